package slip

import (
	"cmp"
	"slices"
	"time"

	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Status is where a slip is in its life (rule 2.1).
type Status string

// The statuses. Orders move between audited, partly-done and done as their successors are audited.
const (
	Draft      Status = "draft"
	Submitted  Status = "submitted" // waits for those who approve
	Approved   Status = "approved"  // by all of them; it may be audited
	Audited    Status = "audited"
	PartlyDone Status = "partly-done"
	Done       Status = "done"
	Closed     Status = "closed"
	Void       Status = "void"
)

// Statuses lists all with their words, in order of life.
var Statuses = []Choice{
	{string(Draft), text.T("草稿", "Draft")},
	{string(Submitted), text.T("待批", "Submitted")},
	{string(Approved), text.T("已批准", "Approved")},
	{string(Audited), text.T("已审核", "Audited")},
	{string(PartlyDone), text.T("部分完成", "Partly done")},
	{string(Done), text.T("已完成", "Done")},
	{string(Closed), text.T("已关闭", "Closed")},
	{string(Void), text.T("作废", "Void")},
}

// Label is the status in words.
func (s Status) Label() text.Text {
	for _, c := range Statuses {
		if c.Value == string(s) {
			return c.Label
		}
	}
	return text.T(string(s), string(s))
}

// Live tells whether the slip stands audited (also when done or closed).
func (s Status) Live() bool { return s == Audited || s == PartlyDone || s == Done || s == Closed }

// Editable tells whether the content may still be typed: what was submitted or approved becomes a draft again by it.
func (s Status) Editable() bool { return s == "" || slices.Contains(Drafts, s) }

// Drafts are the statuses of slips that are not audited yet and may still be changed.
var Drafts = []Status{Draft, Submitted, Approved}

// Doc is one slip. References are codes of masters. Amounts are worked out by Calculate; Fixed values are set at
// audit so that replay needs nothing but slips (rule C11).
type Doc struct {
	ID         int64
	Kind       string
	Number     string // PREFIX-YYYYMM-NNNN, given at first save
	ExternalNo string // what another program or the supplier calls it
	Date       text.Date
	Status     Status
	Version    int64 // raised by every save; an older one is refused

	Party       string
	ToParty     string // the other party of an offset
	Warehouse   string // default of the lines
	ToWarehouse string
	Account     string // cash account
	ToAccount   string // of a cash transfer
	Employee    string
	Department  string
	DueDate     text.Date
	Remark      string
	Case        string     // number of the case 事项 that the slip belongs to
	Discount    num.Amount // off the whole slip, incl. tax (slip_discount); on a money slip the settlement discount
	Fee         num.Amount // on top of the whole slip, incl. tax: freight
	Paid        num.Amount // paid on the slip, by Account; more by Splits
	Splits      []Split
	Amount      num.Amount // of a money slip
	Rounding    num.Amount // let off 抹零: settled without money, on a money slip or on one paid at once

	Lines       []Line
	Allocations []Allocation
	Settled     bool              // what it settles stands in Allocations: auditing chooses nothing (an import that says so); not kept with the slip
	Filed       bool              // it comes out of a file: a person is not asked whether price, twin and debt are meant; not kept with the slip
	Told        bool              // from a file that says the fields that are had Again: they are not worked out anew; not kept with the slip
	Extra       map[string]string // fields only one kind has
	Lists       map[string][]Item // rows of the kind's further grids, by their key

	Net, Tax, Gross num.Amount // sums of the lines, or the money slip's amount as Gross

	Place       int64 // posting order within the day; kept when the slip is corrected
	General     bool  // fixed at audit: the company was a general taxpayer
	Invoiced    bool  // fixed at audit: the book was kept in flow invoice
	CashGL      string
	ToCashGL    string
	Maker       string
	Auditor     string
	MadeAt      time.Time
	AuditedAt   time.Time
	Prints      int
	CloseReason string
}

// Line is one row of a slip.
type Line struct {
	ID          int64
	No          int // from 1
	Product     string
	Warehouse   string // empty: the slip's
	ToWarehouse string // of goods sent in transit: the place where they lie until they are received; found when the slip is saved
	Unit        string
	Qty         num.Quantity // in Unit
	Zero        bool         // a typed 0: counted, and nothing there
	Factor      num.Quantity // base units in one Unit; 1.0000 for the base unit
	Base        num.Quantity // Qty × Factor
	Price       num.Price    // per Unit
	PriceGiven  bool         // typed (also a typed 0); otherwise proposed
	InclTax     bool         // the price holds the tax
	InclGiven   bool         // said; otherwise as the book, or the price that is proposed, says
	TaxRate     num.Rate
	TaxGiven    bool // typed, or kept from an earlier save; otherwise proposed
	Discount    num.Rate
	DiscountAmt num.Amount // this line's share of the slip discount, incl. tax
	Net         num.Amount
	Tax         num.Amount
	Gross       num.Amount
	Amount      num.Amount // typed, incl. tax, on lines that are no goods
	Remark      string
	Redeliver   bool // 需补货: the return reopens its order

	SourceID     int64 // line id
	SourceNumber string
	SourceLine   int
	Back         *Back // what it gives back of the source line, where it reverses it; never stored

	// Account, Party, Debit and Credit serve kinds whose lines are not goods (opening, journal voucher).
	Account string
	Party   string
	Role    Role
	Debit   num.Amount
	Credit  num.Amount

	Extra map[string]string

	// Fixed at audit.
	Service       bool // the product is a service: nothing of it lies in stock (also in drafts, as the product says)
	StockAccount  string
	SalesAccount  string
	ContraAccount string // cost of sales, or the reason account; of a service what it costs
	Fallback      num.Price
	Trued         num.Amount // what invoices made a receipt's line cost more or less than it said, while its period was open (C7)
	Matched       bool       // some matches are stored
	Matches       []Match    // of an invoice or landed cost: the goods it belongs to
	Beyond        bool       // it may take more than there is (C4)
	Place         int64      // posting order of its own: when it was counted; 0: the slip's

	// Read from the ledgers, never stored with the slip.
	Cost        num.Amount
	Remaining   num.Quantity // base units not yet taken over
	Provisional num.Quantity // base units taken beyond stock and not covered yet: their cost may change (C4)
	Estimate    bool         // the cost is the moving average until the month is closed and averaged
}

// Match 钩稽 ties a quantity of a line of an invoice, or a landed cost, to a line of goods. All but Line and Qty is fixed at audit.
type Match struct {
	Line      int64  // row of the goods' line
	Number    string // and its slip and line, for people
	No        int
	Qty       num.Quantity // in base units; negative on red letters
	Net       num.Amount   // the invoice's share: what the goods cost by it
	Value     num.Amount   // what the goods stood at: accrued, or credited by a return
	Late      bool         // the goods' period was closed: the difference falls on this slip's date (C7)
	Back      bool         // the goods went back: a return
	Apart     bool         // the accrual carries it from the goods' day to this slip's
	Warehouse string
	Stock     string // the goods' stock account
}

// Split is money paid on a slip by one more cash account. GL is fixed at audit.
type Split struct {
	Account string
	Amount  num.Amount
	GL      string
}

// Payments are all that was paid on the slip.
func (d *Doc) Payments() []Split {
	var list []Split
	if d.Paid != 0 {
		list = append(list, Split{d.Account, d.Paid, d.CashGL})
	}
	for _, s := range d.Splits {
		if s.Amount != 0 {
			list = append(list, s)
		}
	}
	return list
}

// PaidNow is the sum of what was paid on the slip.
func (d *Doc) PaidNow() num.Amount {
	sum := d.Paid
	for _, s := range d.Splits {
		sum += s.Amount
	}
	return sum
}

// Allocation settles part of another slip by a money slip. On a prepayment or advance it only says for which order.
type Allocation struct {
	Target string // number
	Book   Book   // the book it settles; none for an order
	Amount num.Amount
	Chosen bool // by a person; otherwise oldest due first
}

// Names tells whether the slip says the number of another: as a line's source, to match, to settle, or as its case.
func (d *Doc) Names(number string) bool {
	return d.Case == number || slices.ContainsFunc(d.Allocations, func(a Allocation) bool { return a.Target == number }) ||
		slices.ContainsFunc(d.Lines, func(l Line) bool {
			return l.SourceNumber == number || slices.ContainsFunc(l.Matches, func(m Match) bool { return m.Number == number })
		})
}

// Empty tells whether nothing has been entered on the line yet.
func (l *Line) Empty() bool {
	return l.Product == "" && l.Account == "" && l.Party == "" && l.Qty == 0 && l.Price == 0 && l.Remark == "" && l.Amount == 0 && l.Debit == 0 && l.Credit == 0
}

// InTransit tells whether the slip's goods are on their way until they are received by a slip of their own.
func (d *Doc) InTransit() bool { return d.Extra["transit"] == "yes" }

// Worth is what goods bought on a line cost: net, and the tax too where it cannot be deducted.
func (d *Doc) Worth(l *Line) num.Amount {
	if d.General {
		return l.Net
	}
	return l.Gross
}

// At returns the line's warehouse, by default the slip's.
func (d *Doc) At(l *Line) string {
	if l.Warehouse != "" {
		return l.Warehouse
	}
	return d.Warehouse
}

// Red tells whether the slip is a red-letter one: negative, or of a return kind.
func (d *Doc) Red(k *Kind) bool { return k.ReturnOf != "" || d.Negative(k) }

// Negative tells whether the slip reverses its own kind: its money, or every line of it, is below zero. An exchange 换货, with
// lines of both signs, does not.
func (d *Doc) Negative(k *Kind) bool {
	if k.Stock.Parts != 0 {
		return false
	}
	if len(d.Lines) == 0 {
		return d.Amount < 0
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		if cmp.Or(int64(l.Qty), int64(l.Amount), int64(l.Debit), int64(l.Credit)) >= 0 {
			return false
		}
	}
	return true
}

// Clone returns a copy that shares nothing with d.
func (d *Doc) Clone() *Doc {
	c := *d
	c.Lines = append([]Line(nil), d.Lines...)
	c.Splits = append([]Split(nil), d.Splits...)
	c.Allocations = append([]Allocation(nil), d.Allocations...)
	c.Extra, c.Lists = cloneMap(d.Extra), cloneLists(d.Lists)
	for i := range c.Lines {
		c.Lines[i].Extra = cloneMap(c.Lines[i].Extra)
		c.Lines[i].Matches = append([]Match(nil), c.Lines[i].Matches...)
	}
	return &c
}

// Again are the values that a copy or a red letter of the slip begins with beside those with a place of their own.
func (d *Doc) Again(k *Kind) map[string]string {
	m := cloneMap(d.Extra)
	for _, f := range k.Header {
		if f.Own {
			delete(m, f.Key)
		}
	}
	delete(m, roundingTyped) // it is copied or turned, not typed
	return m
}

func cloneMap(m map[string]string) map[string]string {
	if m == nil {
		return nil
	}
	c := make(map[string]string, len(m))
	for k, v := range m {
		c[k] = v
	}
	return c
}
