package flowview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports"
	"zhanggui/reports/print"
)

// OpenVoucher shows what a slip posted.
func OpenVoucher(s host.Host, number string) { s.Open(&VoucherScreen{s: s, number: number}) }

// VoucherScreen shows the journal voucher of one slip.
type VoucherScreen struct {
	s       host.Host
	number  string
	Voucher string
	Doc     *slip.Doc
	Lines   []inquiry.VoucherLine
	read    bool
	turn    int
	Table   *kit.Table
	head    *fyne.Container
}

// ID, Title, Area, Unsaved, Leave, Changed and Key are part of Screen.
func (v *VoucherScreen) ID() string              { return "voucher " + v.number }
func (v *VoucherScreen) Title() text.Text        { return text.Tf("凭证 %s", "Voucher %s", v.number) }
func (v *VoucherScreen) Area() string            { return string(slip.Books) }
func (v *VoucherScreen) Unsaved() bool           { return false }
func (v *VoucherScreen) Leave(done func(bool))   { done(true) }
func (v *VoucherScreen) Changed()                { v.load() }
func (v *VoucherScreen) Key(*fyne.KeyEvent) bool { return false }

// Commands are part of Screen.
func (v *VoucherScreen) Commands() []host.Command {
	none := len(v.Lines) == 0
	return []host.Command{
		{Label: text.T("看科目账", "Account's book"), Key: "Enter", Icon: "book", Primary: true, Off: none, Run: func() { v.account(v.Table.Row()) }},
		{Label: text.T("打开单据", "Open slip"), Key: "F3", Icon: "edit", Run: func() { v.s.OpenSlip(v.number) }},
		{Label: text.T("单据流", "Flow"), Key: "Ctrl+L", Icon: "flow", Run: func() { OpenFlow(v.s, v.number) }},
		{Label: text.T("打印", "Print"), Key: "Ctrl+P", Icon: "print", Off: none, Run: v.print},
	}
}

// Focus is part of Screen.
func (v *VoucherScreen) Focus() {
	kit.Focus(v.Table)
	v.say()
}

func (v *VoucherScreen) say() {
	debit, credit := v.Sums()
	if len(v.Lines) > 0 {
		v.s.Hint(v.s.Tr("Enter 看科目账   Esc 返回\t借方 %s = 贷方 %s", "Enter opens the account's book   Esc back\tdebit %s = credit %s", debit.Grouped(), credit.Grouped()))
	}
}

// Sums are what all lines debit and credit.
func (v *VoucherScreen) Sums() (debit, credit num.Amount) {
	for _, l := range v.Lines {
		debit, credit = debit+l.Debit, credit+l.Credit
	}
	return debit, credit
}

func (v *VoucherScreen) load() {
	v.turn++
	turn, b := v.turn, v.s.Book()
	type found struct {
		doc     *slip.Doc
		Voucher string
		lines   []inquiry.VoucherLine
	}
	host.Read(v.s, v.s.Tr("读凭证", "reading the voucher"), func() (f found, err error) {
		if f.doc, err = b.Load(v.number); err != nil {
			return f, err
		}
		f.Voucher, f.lines, err = b.Voucher(v.number)
		return f, err
	}, func(f found) {
		if turn != v.turn {
			return
		}
		v.Doc, v.Voucher, v.Lines, v.read = f.doc, f.Voucher, f.lines, true
		v.draw()
		v.s.Refresh()
		v.say()
	})
}

// Object is part of Screen.
func (v *VoucherScreen) Object() fyne.CanvasObject {
	v.head = container.NewStack()
	t := kit.NewTable()
	right := fyne.TextAlignTrailing
	t.Columns = []kit.Column{{Key: "account", Title: v.s.Tr("科目", "Account"), Width: 110}, {Key: "name", Title: v.s.Tr("科目名称", "Account name"), Width: 240},
		{Key: "summary", Title: v.s.Tr("摘要", "Summary"), Width: 300, Grow: true}, {Key: "debit", Title: v.s.Tr("借方", "Debit"), Width: 140, Align: right},
		{Key: "credit", Title: v.s.Tr("贷方", "Credit"), Width: 140, Align: right}}
	t.Length = func() int { return len(v.Lines) }
	t.CellAt = func(row, col int) kit.Cell {
		l := v.Lines[row]
		return kit.Cell{Text: []string{l.Account, l.Name, l.Summary, nothing(l.Debit), nothing(l.Credit)}[col], Link: col == 0}
	}
	t.Foot = func() [][]kit.Cell {
		debit, credit := v.Sums()
		return [][]kit.Cell{{{Text: v.s.Tr("合计", "Total")}, {Text: v.s.Tr("%d 行", "%d {line|lines}", len(v.Lines))}, {}, {Text: debit.Grouped()}, {Text: credit.Grouped()}}}
	}
	t.OnOpen = func(row, _ int) { v.account(row) }
	v.Table = t
	if v.read {
		v.draw()
	} else {
		v.load()
	}
	return container.NewBorder(v.head, nil, nil, nil, t)
}

func (v *VoucherScreen) draw() {
	v.Table.Empty = v.s.Tr("这张单据没有凭证：还没审核，或不影响账", "This slip has no voucher: it is not audited, or posts nothing")
	row := container.New(kit.Row{Gap: 14}, kit.Label(v.s.Tr("记账凭证 %s", "Journal voucher %s", v.Voucher), kit.Ink, kit.M().Sub, true))
	if v.Doc != nil {
		for _, w := range []string{v.number, v.Doc.Date.String(), v.partyName()} {
			if w != "" {
				row.Add(kit.Label(w, kit.Ink2, kit.M().Text, false))
			}
		}
	}
	v.head.Objects = []fyne.CanvasObject{kit.Box(kit.Paper), kit.Fixed(0, 34, kit.Pad(8, 2, row))}
	v.head.Refresh()
	v.Table.Refresh()
}

func (v *VoucherScreen) partyName() string {
	if v.Doc.Party == "" {
		return ""
	}
	for _, t := range []string{master.Customers.Code, master.Suppliers.Code} {
		if r, ok := v.s.Book().Masters().Find(t, v.Doc.Party); ok {
			return v.Doc.Party + " " + parts.Name(v.s, r)
		}
	}
	return v.Doc.Party
}

// account opens the book of a line's account for the month of the slip.
func (v *VoucherScreen) account(row int) {
	if row < 0 || row >= len(v.Lines) || v.Doc == nil {
		return
	}
	m := v.Doc.Date.Month()
	p := reports.Params{Account: v.Lines[row].Account, From: m.First(), To: m.Last()}
	for _, name := range []string{"general-ledger", "journal"} {
		if r, ok := reports.ByName(name); ok {
			v.s.OpenReport(r, p)
			return
		}
	}
}

func (v *VoucherScreen) print() { printVoucher(v.s, v.number, v.number) }

// printVoucher previews the voucher of a slip, under a number.
func printVoucher(s host.Host, slipNumber, number string) {
	b := s.Book()
	paper := host.PlainPaper(text.Tf("凭证 %s", "Voucher %s", number), string(slip.Books), func(b *workflow.Book, o print.Options) ([]byte, error) { return print.Voucher(b, slipNumber, o.Lang) })
	paper.Options.Lang = b.Settings().Lang
	s.ShowPaper(paper)
}
