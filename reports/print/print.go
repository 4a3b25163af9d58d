// Package print turns slips 单据 into paper: it reads a slip and its masters, chooses the form its kind declares, and
// hands plain models to reports/paper. It changes nothing; the count of prints is raised by workflow.Book.Printed.
//
// Three words: ply 联 is one copy of a set; red letter 红字 is a slip whose figures print negative; pick list 备货单
// is the warehouse's walk in the order of the shelves.
//
// # Contents
//
//	the form   print.go, forms.go (what a kind prints as), fields.go (labels and values), send.go, send_unix.go, send_windows.go (printers)
//	vouchers   goods.go, money.go, entries.go, stock.go, items.go (further grids), lots.go, merged.go
//	others     picklist.go, labels.go, till.go (receipts), request.go (payment requests), statement.go, voucher.go (journal), report.go
package print

import (
	"cmp"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports/paper"
)

// Options say how to print. What is left empty takes the kind's default; Ways lists what a kind allows.
type Options struct {
	Paper  string    // a4, a5, 241x140, 241x93, 240x140, 80mm, 58mm; of labels 60x40, 40x30, 70x38, a4
	Plies  []string  // white, red, yellow: a page each; empty: one strike for all on 241 mm, one page on the others
	As     string    // slip, pick-list, merged-pick-list, label, voucher, request, count-sheet, count-sheet-book, recount-sheet, count-differences; empty: slip
	Lang   text.Lang // empty: the party's on the slip itself, the book's on all else
	Each   bool      // of labels: one for every piece of the slip instead of one a product
	Number int       // of labels: so many of each product; 0: one
	Skip   int       // of labels on A4: places of the first sheet already used
	Shift  Shift
	File   string // that the paper is written to, for the log; empty: a printer's
	// Without are the parts a slip's paper leaves out: money, discount, words, balance, times.
	Without []string
}

// Shift moves everything on the paper, for a printer that feeds a little off. Millimetres, right and down positive.
type Shift struct{ X, Y float64 }

// colours are the plies in the order they are printed.
var colours = []string{"white", "red", "yellow"}

// Slip prints the slips of the numbers, one after the other, as one PDF. Errors are faults: Usage for options that do
// not exist, NotFound for a number, Refused where a slip has no such paper.
func Slip(b *workflow.Book, numbers []string, opt Options) ([]byte, error) {
	chosen := opt.Lang != ""
	if err := opt.complete(b); err != nil {
		return nil, err
	}
	if len(numbers) == 0 {
		return nil, fault.New(fault.Usage, "请给出要打印的单号", "name the slips to print")
	}
	if opt.As == AsMerged {
		return merged(b, numbers, opt)
	}
	var papers []paper.Paper
	m := &months{of: map[text.Month]map[int64]*voucherOf{}, batch: len(numbers)}
	for _, n := range numbers {
		d, err := b.Load(n)
		if err != nil {
			return nil, err
		}
		if !chosen && opt.As == AsSlip {
			opt.Lang = LangOf(b, d)
		}
		list, err := papersOf(b, d, opt, m)
		if err != nil {
			return nil, err
		}
		papers = append(papers, list...)
	}
	return paper.PDF(papers...)
}

// LangOf is the language a slip prints in where nobody chooses: of the party that gets it, else the book's.
func LangOf(b *workflow.Book, d *slip.Doc) text.Lang {
	if k, ok := kinds.ByCode(d.Kind); ok {
		if p, ok := b.Masters().Find(string(k.RoleOf(d)), d.Party); ok {
			return langOf(b, p)
		}
	}
	return b.Settings().Lang
}

func langOf(b *workflow.Book, party *master.Record) text.Lang {
	return cmp.Or(text.Lang(party.Get("lang")), b.Settings().Lang)
}

// Printed counts the print of slips, all or none, where the paper is one that counts, and tells the log of it in any case (J1); a merged pick list is remembered by its number. Call it when the file is saved or the
// job is sent, not at a preview.
func Printed(b *workflow.Book, numbers []string, opt Options) error {
	if opt.As == AsMerged {
		if err := opt.complete(b); err != nil {
			return err
		}
		return keepWalks(b, numbers, opt)
	}
	as := cmp.Or(opt.As, AsSlip)
	return b.PrintedTo(numbers, as, opt.File, slices.Contains(counted, as))
}

// counted are the papers whose prints are counted, each by itself.
var counted = []string{AsSlip, AsVoucher, AsRequest, AsCountDiff}

func papersOf(b *workflow.Book, d *slip.Doc, opt Options, m *months) ([]paper.Paper, error) {
	s, err := sheetOf(b, d, opt)
	if err != nil {
		return nil, err
	}
	s.months = m
	opt = s.opt
	switch opt.As {
	case AsPickList:
		return s.pickLists()
	case AsLabel:
		return s.labels()
	case AsVoucher:
		return s.vouchers()
	case AsRequest:
		return one(s.request())
	case AsCount, AsCountBook, AsRecount:
		return s.countSheets()
	case AsCountDiff:
		return one(s.differences())
	}
	if opt.Paper == string(paper.CutSheet) {
		return one(s.journal())
	}
	if opt.Paper == string(paper.Roll80) || opt.Paper == string(paper.Roll58) {
		return one(s.ticket())
	}
	if !s.k.Goods() {
		return s.withItems(s.money())
	}
	return s.withItems(s.goods())
}

// sheetOf checks that a slip prints so.
func sheetOf(b *workflow.Book, d *slip.Doc, opt Options) (*sheet, error) {
	k, ok := kinds.ByCode(d.Kind)
	if !ok {
		return nil, fault.New(fault.Damaged, "%s 的单据类型“%s”不存在", "%s is of kind %q, which does not exist", d.Number, d.Kind)
	}
	own, err := b.Kind(d.Kind) // without what belongs to modules that are off, and what who asks may not see
	if err == nil {
		k = own
	} else if b.Who().Asked() {
		return nil, err
	}
	if f := b.MayPrint(d); f != nil {
		return nil, f
	}
	if k, err = veiled(b, k, d, opt); err != nil {
		return nil, err
	}
	if _, err := opt.way(k, d); err != nil {
		return nil, err
	}
	return newSheet(b, k, d, opt), nil
}

// plain are the papers that have a form without prices, or none on them.
var plain = []string{AsSlip, AsPickList, AsMerged, AsCount, AsCountBook, AsRecount}

// veiled is the kind with the paper that who asks may have: without prices, where he may not see those of the slip. A paper that is nothing
// without them is refused.
func veiled(b *workflow.Book, k *slip.Kind, d *slip.Doc, opt Options) (*slip.Kind, error) {
	who := b.Who()
	tag := k.SideOf(d)
	switch opt.As {
	case AsVoucher:
		tag = slip.TagMargin
	case AsLabel: // no figure of the slip stands on it, and the sales price only for who may see that
		return k, nil
	}
	f := who.Unseen(tag)
	switch {
	case f == nil:
		return k, nil
	case !slices.Contains(plain, opt.As) || opt.Paper == string(paper.Roll80) || opt.Paper == string(paper.Roll58):
		return nil, f
	}
	own := *k
	own.Paper.NoMoney = true
	return &own, nil
}

func one[P paper.Paper](p P, err error) ([]paper.Paper, error) { return []paper.Paper{p}, err }

// sheet is one slip on its way to paper.
type sheet struct {
	b     *workflow.Book
	k     *slip.Kind
	d     *slip.Doc
	opt   Options
	other bool // the print is in the other language than the book
	sign  int64

	inspected string  // of a receipt: the result its ticked box says
	months    *months // of a batch of vouchers
}

func newSheet(b *workflow.Book, k *slip.Kind, d *slip.Doc, opt Options) *sheet {
	s := &sheet{b: b, k: k, d: d, opt: opt, other: opt.Lang != b.Settings().Lang, sign: 1}
	if k.ReturnOf != "" {
		s.sign = -1
	}
	return s
}

// red tells whether the paper's figures are negative: a return, or a slip that reverses its own kind. The reversal of
// a return is neither.
func (s *sheet) red() bool { return (s.k.ReturnOf != "") != s.d.Negative(s.k) }

// role is what the slip's party is.
func (s *sheet) role() slip.Role { return s.k.RoleOf(s.d) }

func (s *sheet) in(t text.Text) string { return t.In(s.opt.Lang) }

// person is a person's name as this paper has it.
func (s *sheet) person(name string) string { return text.Person(name, s.b.Users(), s.opt.Lang) }

// voucher fills what all slips have: heads, marks, hands and plies.
func (s *sheet) voucher() *paper.Voucher {
	v := &paper.Voucher{
		Lang: s.opt.Lang, Size: paper.Size(s.opt.Paper), Company: s.company(), Title: s.title(), Red: s.red(), Number: s.d.Number,
		Currency: "CNY", Remark: s.d.Remark, Signatures: s.hands(), NoAmounts: s.k.Paper.NoMoney, Print: s.print(), Shift: paper.Shift(s.opt.Shift),
	}
	v.Plies, v.Apart = s.plies()
	return v
}

// company is who issues the slip. Its bank stands where the party may ask for it: on what customers get, and on orders.
func (s *sheet) company() paper.Company {
	c := companyOf(s.b)
	if s.k == nil || s.role() != slip.Customers && s.k.Paper.Layout != "order" {
		c.Bank = ""
	}
	return c
}

// companyOf is who issues a book's papers.
func companyOf(b *workflow.Book) paper.Company {
	c := b.Settings()
	return paper.Company{Name: c.Company, Address: c.Address, Phone: c.Phone, TaxNumber: c.TaxNo, Bank: strings.TrimSpace(c.Get("bank") + " " + c.Get("bank_account"))}
}

// title is the paper's own, or the kind's.
func (s *sheet) title() string {
	if t := s.in(s.k.Paper.Title); t != "" {
		return t
	}
	return s.in(s.k.Title)
}

var (
	markDraft = text.T("草稿 未审核", "DRAFT")
	markWait  = text.T("待批 未审核", "SUBMITTED")
	markGiven = text.T("已批准 未审核", "APPROVED")
	markVoid  = text.T("已作废", "VOID")
)

func (s *sheet) print() paper.Print {
	n, err := s.b.Prints(s.d, cmp.Or(s.opt.As, AsSlip))
	if err != nil { // the paper is right without; the next reading says what is wrong
		n = s.d.Prints
	}
	p := paper.Print{Count: n + 1, At: s.b.Now(), By: s.person(s.b.User)}
	switch s.d.Status {
	case slip.Draft:
		p.Marks = []string{s.in(markDraft)}
	case slip.Submitted:
		p.Marks = []string{s.in(markWait)}
	case slip.Approved:
		p.Marks = []string{s.in(markGiven)}
	case slip.Void:
		p.Marks = []string{s.in(markVoid)}
	}
	return p
}

// hands are the kind's signatures: names where the program knows them, else a line for the pen.
func (s *sheet) hands() []paper.Signature {
	named, line := 27.0, 38.0
	if s.opt.Lang == text.En {
		named = 34
	}
	var out []paper.Signature
	for i, h := range s.k.Paper.Hands {
		g := paper.Signature{Label: s.in(h.Label)}
		switch h.From {
		case "maker":
			g.Name = s.person(s.d.Maker)
		case "auditor":
			g.Name = s.person(s.d.Auditor)
		case "inspector":
			g.Name = s.d.Get("inspector")
		case "keeper":
			w, _ := s.b.Masters().Find(master.Warehouses.Code, s.d.Warehouse)
			g.Name = w.Get("keeper")
		}
		if a, ok := s.signed(h.Label); ok {
			g.Name = s.in(a.Signed())
		}
		switch {
		case len(s.k.Paper.Hands) > 5: // all share the line
		case i == len(s.k.Paper.Hands)-1: // the last has the rest: it is stamped as well
		case g.Name != "":
			g.Width = named
		default:
			g.Width = line
		}
		out = append(out, g)
	}
	return out
}

// plies gives the copies and whether they are printed apart.
func (s *sheet) plies() ([]paper.Ply, bool) {
	all := make([]paper.Ply, 0, len(s.k.Paper.Plies))
	for i, p := range s.k.Paper.Plies {
		ply := s.ply(p)
		ply.No = i + 1
		all = append(all, ply)
	}
	if len(s.opt.Plies) == 0 {
		if s.opt.Paper == string(paper.A4) || s.opt.Paper == string(paper.A5) {
			return nil, false // a single sheet is nobody's copy
		}
		return all, false
	}
	var out []paper.Ply
	for i, c := range colours {
		if i < len(all) && slices.Contains(s.opt.Plies, c) {
			out = append(out, all[i])
		}
	}
	return out, true
}

// ply reads a kind's "黄联:仓库": the warehouse sees no amounts, except of money itself.
func (s *sheet) ply(t text.Text) paper.Ply {
	zc, zf, _ := strings.Cut(t.Zh, ":")
	ec, ef, _ := strings.Cut(t.En, ":")
	return paper.Ply{Colour: text.T(zc, ec), For: text.T(zf, strings.ToLower(strings.TrimSpace(ef))),
		Amounts: zf != "仓库" || !s.k.Goods()}
}
