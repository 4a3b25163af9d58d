package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
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
func (s *Shell) OpenVoucher(number string) { s.Open(&voucherScreen{s: s, number: number}) }

// voucherScreen shows the journal voucher of one slip.
type voucherScreen struct {
	s       *Shell
	number  string
	voucher string
	doc     *slip.Doc
	lines   []inquiry.VoucherLine
	read    bool
	turn    int
	table   *kit.Table
	head    *fyne.Container
}

// ID, Title, Area, Unsaved, Leave, Changed and Key are part of Screen.
func (v *voucherScreen) ID() string              { return "voucher " + v.number }
func (v *voucherScreen) Title() text.Text        { return text.Tf("凭证 %s", "Voucher %s", v.number) }
func (v *voucherScreen) Area() string            { return string(slip.Books) }
func (v *voucherScreen) Unsaved() bool           { return false }
func (v *voucherScreen) Leave(done func(bool))   { done(true) }
func (v *voucherScreen) Changed()                { v.load() }
func (v *voucherScreen) Key(*fyne.KeyEvent) bool { return false }

// Commands are part of Screen.
func (v *voucherScreen) Commands() []Command {
	none := len(v.lines) == 0
	return []Command{
		{Label: text.T("看科目账", "Account's book"), Key: "Enter", Icon: "book", Primary: true, Off: none, Run: func() { v.account(v.table.Row()) }},
		{Label: text.T("打开单据", "Open slip"), Key: "F3", Icon: "edit", Run: func() { v.s.OpenSlip(v.number) }},
		{Label: text.T("单据流", "Flow"), Key: "Ctrl+L", Icon: "flow", Run: func() { v.s.OpenFlow(v.number) }},
		{Label: text.T("打印", "Print"), Key: "Ctrl+P", Icon: "print", Off: none, Run: v.print},
	}
}

// Focus is part of Screen.
func (v *voucherScreen) Focus() {
	kit.Focus(v.table)
	v.say()
}

func (v *voucherScreen) say() {
	debit, credit := v.sums()
	if len(v.lines) > 0 {
		v.s.Hint(v.s.tr("Enter 看科目账   Esc 返回\t借方 %s = 贷方 %s", "Enter opens the account's book   Esc back\tdebit %s = credit %s", debit.Grouped(), credit.Grouped()))
	}
}

func (v *voucherScreen) sums() (debit, credit num.Amount) {
	for _, l := range v.lines {
		debit, credit = debit+l.Debit, credit+l.Credit
	}
	return debit, credit
}

func (v *voucherScreen) load() {
	v.turn++
	turn, b := v.turn, v.s.Book()
	type found struct {
		doc     *slip.Doc
		voucher string
		lines   []inquiry.VoucherLine
	}
	Read(v.s, v.s.tr("读凭证", "reading the voucher"), func() (f found, err error) {
		if f.doc, err = b.Load(v.number); err != nil {
			return f, err
		}
		f.voucher, f.lines, err = b.Voucher(v.number)
		return f, err
	}, func(f found) {
		if turn != v.turn {
			return
		}
		v.doc, v.voucher, v.lines, v.read = f.doc, f.voucher, f.lines, true
		v.draw()
		v.s.Refresh()
		v.say()
	})
}

// Object is part of Screen.
func (v *voucherScreen) Object() fyne.CanvasObject {
	v.head = container.NewStack()
	t := kit.NewTable()
	right := fyne.TextAlignTrailing
	t.Columns = []kit.Column{{Key: "account", Title: v.s.tr("科目", "Account"), Width: 110}, {Key: "name", Title: v.s.tr("科目名称", "Account name"), Width: 240},
		{Key: "summary", Title: v.s.tr("摘要", "Summary"), Width: 300, Grow: true}, {Key: "debit", Title: v.s.tr("借方", "Debit"), Width: 140, Align: right},
		{Key: "credit", Title: v.s.tr("贷方", "Credit"), Width: 140, Align: right}}
	t.Length = func() int { return len(v.lines) }
	t.CellAt = func(row, col int) kit.Cell {
		l := v.lines[row]
		return kit.Cell{Text: []string{l.Account, l.Name, l.Summary, nothing(l.Debit), nothing(l.Credit)}[col], Link: col == 0}
	}
	t.Foot = func() [][]kit.Cell {
		debit, credit := v.sums()
		return [][]kit.Cell{{{Text: v.s.tr("合计", "Total")}, {Text: v.s.tr("%d 行", "%d {line|lines}", len(v.lines))}, {}, {Text: debit.Grouped()}, {Text: credit.Grouped()}}}
	}
	t.OnOpen = func(row, _ int) { v.account(row) }
	v.table = t
	if v.read {
		v.draw()
	} else {
		v.load()
	}
	return container.NewBorder(v.head, nil, nil, nil, t)
}

func (v *voucherScreen) draw() {
	v.table.Empty = v.s.tr("这张单据没有凭证：还没审核，或不影响账", "This slip has no voucher: it is not audited, or posts nothing")
	row := container.New(kit.Row{Gap: 14}, kit.Label(v.s.tr("记账凭证 %s", "Journal voucher %s", v.voucher), kit.Ink, kit.M().Sub, true))
	if v.doc != nil {
		for _, w := range []string{v.number, v.doc.Date.String(), v.partyName()} {
			if w != "" {
				row.Add(kit.Label(w, kit.Ink2, kit.M().Text, false))
			}
		}
	}
	v.head.Objects = []fyne.CanvasObject{kit.Box(kit.Paper), kit.Fixed(0, 34, kit.Pad(8, 2, row))}
	v.head.Refresh()
	v.table.Refresh()
}

func (v *voucherScreen) partyName() string {
	if v.doc.Party == "" {
		return ""
	}
	for _, t := range []string{"customers", "suppliers"} {
		if r, ok := v.s.Book().Masters().Find(t, v.doc.Party); ok {
			return v.doc.Party + " " + parts.Name(v.s, r)
		}
	}
	return v.doc.Party
}

// account opens the book of a line's account for the month of the slip.
func (v *voucherScreen) account(row int) {
	if row < 0 || row >= len(v.lines) || v.doc == nil {
		return
	}
	m := v.doc.Date.Month()
	p := reports.Params{Account: v.lines[row].Account, From: m.First(), To: m.Last()}
	for _, name := range []string{"general-ledger", "journal"} {
		if r, ok := reports.ByName(name); ok {
			v.s.OpenReport(r, p)
			return
		}
	}
}

func (v *voucherScreen) print() {
	b, number := v.s.Book(), v.number
	paper := host.PlainPaper(v.Title(), v.Area(), func(b *workflow.Book, o print.Options) ([]byte, error) { return print.Voucher(b, number, o.Lang) })
	paper.Options.Lang = b.Settings().Lang
	v.s.ShowPaper(paper)
}
