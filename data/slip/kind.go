// Package slip is the business document 单据 itself: its declaration (Kind), its content (Doc), its life (Status),
// its arithmetic (Calculate) and what an audited one does to the ledgers (Effects). It is pure: no SQL, no window,
// no clock. Three words: kind 单据类型, draft 草稿, audited 已审核.
//
// # Contents
//
//	declared  kind.go (Kind), field.go (Field and its types), module.go, limits.go (how long a value may be)
//	content   doc.go (Doc, Line, Status), access.go (by key), items.go (further grids), lots.go, count.go (a stocktake's lines)
//	worked out calculate.go (line and total), rounding.go, effects.go (what auditing does), show.go (how a value is shown)
//	changed   merge.go, merge_items.go (two people's changes in three columns)
package slip

import (
	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Group is the business area a kind belongs to; it orders menus and the process map.
type Group string

// The groups in menu order.
const (
	Purchase   Group = "purchase"
	Sales      Group = "sales"
	Warehouse  Group = "warehouse"
	Production Group = "production"
	Relations  Group = "customers"
	Money      Group = "money"
	Books      Group = "books"
)

// Area is a group with its name.
type Area struct {
	Code  Group
	Title text.Text
}

// Groups lists the groups in menu order. A book shows those it has slips of (see inquiry.Book.Groups).
var Groups = []Area{
	{Purchase, text.T("采购", "Purchase")},
	{Sales, text.T("销售", "Sales")},
	{Warehouse, text.T("仓库", "Warehouse")},
	{Production, text.T("生产", "Production")},
	{Relations, text.T("客户", "Customers")},
	{Money, text.T("资金", "Money")},
	{Books, text.T("账务", "Books")},
}

// Role says which parties a kind deals with.
type Role string

// The roles; they are also the codes of the master types.
const (
	NoParty   Role = ""
	Suppliers Role = "suppliers"
	Customers Role = "customers"
)

// Promise is what the open quantity of a slip's lines means for stock. Where goods can be counted on, all of them count: what is
// available is on hand − reserved + on order + in transit.
type Promise string

// The promises.
const (
	Nothing   Promise = ""
	Reserved  Promise = "reserved"   // 预留: it will leave the line's warehouse
	OnOrder   Promise = "on_order"   // 在订: it will come into the line's warehouse
	InTransit Promise = "in_transit" // 在途: it has left for ToWarehouse and lies in a place of transit until it is received
)

// Source declares that a kind can be pushed down from another; from its own kind, unless it carries that out, a red letter is pushed down.
type Source struct {
	Kind string
	// Executes: the successor carries the source out (an order becomes partly done, done; what it promises
	// falls). A return or a payment does not. Kinds that carry out the same source share what is left of it.
	Executes bool
	// Free: the successor takes no quantities over, so there can be any number of it, and of any party.
	Free bool
	// Again: the successor takes lines whole, any number of times; unlike a Free one it is of the same party.
	Again bool
	// Lines tells which lines of the source the successor takes; nil: any.
	Lines func(source *Doc, l *Line) bool
	// Money: the successor settles the source (allocation) instead of taking over its lines.
	Money bool
	// Refund: below zero the successor, of money, pays back what the source, a return, has to its party's credit (7.3.5).
	Refund bool
	// Usual: what mostly follows from the source; it is offered first. A successor that carries the source out is as usual.
	Usual bool
	// Path says what the successor does, where the title of its kind alone does not.
	Path text.Text
}

// Hand is one signature on the paper.
type Hand struct {
	Label text.Text
	From  string // "maker", "auditor", "keeper": filled by the program; empty: a line to sign on
}

// Paper declares how a kind prints.
type Paper struct {
	Layout  string      // voucher, receipt, order, money, payment, journal, till: a pattern of reports/paper
	Title   text.Text   // of the paper, where it is not the kind's
	Hands   []Hand      // signatures, left to right
	Plies   []text.Text // names of the white, red and yellow ply
	NoMoney bool        // a warehouse paper: never prices
}

// Kind declares one kind of slip. Everything about it is derived from this value: menu entry, form, focus order,
// list, import columns, sheet, paper, numbering, push-downs and postings.
type Kind struct {
	Code   string
	Title  text.Text
	Prefix string // of numbers: PREFIX-YYYYMM-NNNN
	Group  Group
	Party  Role
	Header []Field
	Lines  []Field // none: the slip has no lines
	Lists  []List  // further small grids under the lines
	From   []Source
	// Module names the modules the kind belongs to: it is there where any of them is on; none: always.
	Module []string

	Stock StockUse // what it does to stock
	Money MoneyUse // what it owes and settles
	Row   RowUse   // how an import row becomes lines

	// VAT is the side of the tax its slips make: "input", "output" or none.
	VAT string
	// ReturnOf names the kind this one is the red-letter twin of: amounts reverse that kind's.
	ReturnOf string
	// Taxed kinds carry price, tax and discount; the others know only a cost or nothing.
	Taxed bool
	// Case 事项 kinds are plans that other slips belong to by their header field and import column `case`.
	Case bool
	// Cases are kinds beside those that are a Case to which slips of this kind may belong.
	Cases []string
	// Plan kinds never post; they become partly done, done, or are closed by hand.
	Plan bool
	// Flow is the one flow of a book the kind belongs to; empty: both.
	Flow string
	// Matches are the kinds of goods slips whose lines an invoice is matched with.
	Matches []string
	// Reprices kinds put new prices into force instead of moving anything.
	Reprices bool
	// Whole: a line that names only its source means all of its lines.
	Whole bool
	// Work works the amounts of the lines out where they are not quantity × price.
	Work func(*Doc) error
	// Optional: a slip may do without lines.
	Optional bool
	// Hidden kinds are made by the program only (the opening voucher).
	Hidden bool
	// PartyOf tells the roles of Party and ToParty where they depend on the slip; nil: Party's is the kind's.
	PartyOf func(*Doc) (party, to Role)
	// LineRef tells the master type a reference field of a line means, where that depends on the line; empty, and nil: the field's own.
	LineRef func(l *Line, f Field) string
	// Pushed completes a slip just pushed down from another, of kind from.
	Pushed func(d, source *Doc, from *Kind)
	// PriceField names the product field that proposes a price: sales_price, purchase_price, reference_cost.
	PriceField string
	// Sided tells the tag of a slip's prices where it depends on the slip; nil, and empty: Side's.
	Sided func(*Doc) Tag
	// Veiled: who asks does not see what the slip comes to, nor what it settles.
	Veiled bool

	// Complete fills what follows from what was typed; it may be nil.
	Complete func(*Doc)
	// Check finds what the shared checks cannot know. It may be nil.
	Check func(*Doc) fault.List
	// Post says what auditing does to the ledgers; nil: nothing (plans). It reads only the slip.
	Post func(*Doc) (Effects, error)

	Paper Paper
}

// StockUse is what slips of a kind do to stock, and what they promise of it.
type StockUse struct {
	// Direction is what a positive quantity does to the stock of the line's warehouse: +1, -1, or 0.
	Direction int
	// Beyond kinds may take more than there is, where the book, warehouse or product allows it (C4).
	Beyond bool
	// Parts kinds put one set together (+1) or take it apart (-1): the line with a positive quantity is the set, those with negative
	// ones are its components. The sign never reverses the slip.
	Parts int
	// Counts kinds say what is there, also 0; a line not counted yet has no quantity (C10).
	Counts bool
	// Promise is what the lines of a live slip promise until others have carried it out.
	Promise Promise
}

// MoneyUse is what slips of a kind leave owed, and what they settle.
type MoneyUse struct {
	// Settles names the party book a money slip settles: receivable or payable.
	Settles Book
	// Opens names the party books whose items slips of the kind open, for money slips to settle.
	Opens []Book
	// Claims tells what the slip may settle where that depends on it; nil: its money, in the book it Settles.
	Claims func(*Doc) []Claim
	// AtOnce kinds are paid in full on the slip.
	AtOnce bool
}

// RowUse is how the rows of an import and the lines of a kind become each other where a row is not simply a line.
type RowUse struct {
	// Read makes the lines of an import row, and Write gives back the columns of a line.
	Read  func(get func(column string) string) ([]Line, error)
	Write func(*Line) map[string]string
	// Also names, for header fields, another import column that may hold them.
	Also map[string]string
}

// HeaderField returns the header field of the key.
func (k *Kind) HeaderField(key string) (Field, bool) { return find(k.Header, key) }

// LineField returns the line field of the key.
func (k *Kind) LineField(key string) (Field, bool) { return find(k.Lines, key) }

// Has tells whether the kind has a field of the header or of its lines.
func (k *Kind) Has(key string) bool { return has(k.Header, key) || has(k.Lines, key) }

func has(fields []Field, key string) bool {
	for i := range fields {
		if fields[i].Key == key {
			return true
		}
	}
	return false
}

func find(fields []Field, key string) (Field, bool) {
	for i := range fields { // a field is large: only the one found is copied
		if fields[i].Key == key {
			return fields[i], true
		}
	}
	return Field{}, false
}

// Valued tells whether the lines are goods that carry an amount of their own and no quantity.
func (k *Kind) Valued() bool { _, ok := k.LineField("amount"); return ok && k.Goods() }

// Source returns how this kind follows from the other.
func (k *Kind) Source(kind string) (Source, bool) {
	for _, s := range k.From {
		if s.Kind == kind {
			return s, true
		}
	}
	return Source{}, false
}

// Reverses tells whether the kind's slips that follow from a slip of the other are its red letters.
func (k *Kind) Reverses(source string) bool {
	s, ok := k.Source(source)
	return source == k.Code && (!ok || !s.Executes)
}

// Claim is how much a slip may settle of a party's items in a book.
type Claim struct {
	Book   Book
	Role   Role
	Party  string
	Amount num.Amount
}

// Claims tells what the slip may settle.
func (k *Kind) Claims(d *Doc) []Claim {
	switch {
	case k.Money.Claims != nil:
		return k.Money.Claims(d)
	case k.Money.Settles != "":
		return []Claim{{k.Money.Settles, k.RoleOf(d), d.Party, d.Amount + d.Discount + d.Rounding}}
	}
	return nil
}

// SettlesOthers tells whether slips of the kind settle others.
func (k *Kind) SettlesOthers() bool { return k.Money.Settles != "" || k.Money.Claims != nil }

// RoleOf is the role of the slip's party.
func (k *Kind) RoleOf(d *Doc) Role {
	if k.PartyOf != nil {
		r, _ := k.PartyOf(d)
		return r
	}
	return k.Party
}

// ToRoleOf is the role of the slip's other party.
func (k *Kind) ToRoleOf(d *Doc) Role {
	if k.PartyOf != nil {
		_, r := k.PartyOf(d)
		return r
	}
	return NoParty
}

// RefOf is the master type a reference field of the slip's header means: a party's depends on the slip.
func (k *Kind) RefOf(d *Doc, f Field) string {
	if k.PartyOf != nil && f.Key == "party" {
		return string(k.RoleOf(d))
	}
	if k.PartyOf != nil && f.Key == "to_party" {
		return string(k.ToRoleOf(d))
	}
	return f.Ref
}

// LineRefOf is the master type a reference field of a line means.
func (k *Kind) LineRefOf(l *Line, f Field) string {
	if k.LineRef != nil && l != nil {
		if typ := k.LineRef(l, f); typ != "" {
			return typ
		}
	}
	return f.Ref
}

// Pays tells whether slips of the kind can be paid on the slip.
func (k *Kind) Pays() bool { _, ok := k.HeaderField("paid"); return ok }

// Posts tells whether an audited slip of this kind has a voucher.
func (k *Kind) Posts() bool { return k.Post != nil }

// Closes tells whether a closed month holds slips of the kind as they are: those that post or put prices into force (7.3.12).
func (k *Kind) Closes() bool { return k.Posts() || k.Reprices }

// Awaits tells whether a slip is there to be carried out by others: an order or a plan, and a transfer whose goods go in transit.
func (k *Kind) Awaits(d *Doc) bool { return k.Plan || k.Stock.Promise == InTransit && d.InTransit() }

// Serves tells whether the kind's lines may be services, which have no stock: what is bought, sold, or priced.
func (k *Kind) Serves() bool { return k.Taxed || k.Reprices }

// CaseKey is the header field and import column that says to which case 事项 a slip belongs.
const CaseKey = "case"

// InCase tells whether slips of the kind can belong to a case.
func (k *Kind) InCase() bool { _, ok := k.HeaderField(CaseKey); return ok }

// Goods tells whether the kind has product lines.
func (k *Kind) Goods() bool { _, ok := k.LineField("product"); return ok }

// Bills tells of a kind whose red slips go against the bills of the goods that went back.
func (k *Kind) Bills() bool { return len(k.Matches) > 0 }
