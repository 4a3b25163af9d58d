package bookroom

import (
	"fmt"
	"strconv"

	"zhanggui/gui/host"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow/scan"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// notes are the notes and coins of the renminbi, in cents.
var notes = []num.Amount{10000, 5000, 2000, 1000, 500, 100, 50, 10}

// cashCount counts a till by notes and coins against the books, and makes the slip of the difference.
type cashCount struct {
	host.Still
	s       host.Host
	account string
	pieces  [8]int64 // by note
	balance num.Amount

	field *kit.Field
	ring  *kit.Ring
	grid  *kit.LineGrid
	right *fyne.Container
}

// CountCash opens the count of a cash account.
func CountCash(s host.Host) {
	c := &cashCount{s: s}
	for _, r := range s.Book().Masters().List(master.Accounts.Code) {
		if r.Active() && r.Get("type") != "bank" {
			c.account = r.Code()
			break
		}
	}
	s.Open(c)
}

func (c *cashCount) ID() string       { return "cash count" }
func (c *cashCount) Title() text.Text { return text.T("现金盘点", "Cash count") }
func (c *cashCount) Area() string     { return string(slip.Money) }
func (c *cashCount) Changed()         { c.load() }

// Focus goes to the first note.
func (c *cashCount) Focus() {
	if c.account == "" {
		kit.Focus(c.field.Input)
		return
	}
	c.grid.Edit(0, 1)
}

// Commands are what can be done here.
func (c *cashCount) Commands() []host.Command {
	return []host.Command{
		{Label: text.T("生成差额单", "Slip of the difference"), Key: "F9", Icon: "check", Primary: true, Run: c.make},
		{Label: text.T("清零重数", "Count anew"), Key: "Ctrl+0", Icon: "x", Run: func() { c.pieces = [8]int64{}; c.grid.Reload(); c.draw() }},
		{Label: text.T("资金日记账", "Cash book"), Key: "Ctrl+L", Icon: "rep", Run: func() { parts.OpenCashBook(c.s, c.account) }},
		{Label: text.T("换账户", "Other account"), Key: "F4", Icon: "find", Run: func() { kit.Focus(c.field.Input) }},
	}
}

// Object builds the screen.
func (c *cashCount) Object() fyne.CanvasObject {
	s := c.s
	c.ring = &kit.Ring{After: func() { c.grid.Edit(0, 1) }, Before: func() {}}
	c.field = parts.RefField(s, "", master.Accounts.Code, true, parts.Picked{})
	c.field.SetValue(c.account)
	c.field.OnCommit = func(v string) error {
		if _, ok := s.Book().Masters().Find(master.Accounts.Code, v); !ok {
			return fault.New(fault.Invalid, "请选资金账户", "choose a cash account")
		}
		c.account = v
		c.load()
		return nil
	}
	c.field.OnRefuse = func(err error) { s.Fail(err) }
	c.ring.Add(c.field)
	c.right = container.NewStack()
	c.build()
	c.load()
	bar := container.NewStack(kit.Box(kit.Paper), container.NewBorder(nil, kit.HLine(kit.Hair), nil, nil, kit.Fixed(0, 35, kit.Pad(10, 0, container.New(kit.Row{Gap: 8},
		kit.Caption(s.Tr("资金账户", "Cash account")), kit.Fixed(260, kit.M().Box, c.field.Input))))))
	s.Hint(s.Tr("数张数，Enter 下一种；F9 生成差额单", "type how many, Enter goes on; F9 makes the slip of the difference"))
	return container.NewBorder(bar, nil, nil, container.NewStack(kit.Box(kit.Paper), kit.Fixed(420, 0, kit.Pad(16, 12, c.right))), c.grid)
}

func (c *cashCount) build() {
	s := c.s
	g := kit.NewLineGrid()
	g.Columns = []kit.Column{{Key: "note", Title: s.Tr("面额", "Note"), Width: 140, Align: fyne.TextAlignTrailing}, {Key: "pieces", Title: s.Tr("张（枚）数", "Pieces"), Width: 140, Align: fyne.TextAlignTrailing},
		{Key: "amount", Title: s.Tr("金额", "Amount"), Width: 160, Align: fyne.TextAlignTrailing, Grow: true}}
	x := kit.NewField("")
	g.Fields = []*kit.Field{nil, x, nil}
	g.Length = func() int { return len(notes) }
	g.CellAt = func(row, col int) kit.Cell {
		return kit.Cell{Text: []string{parts.Money(notes[row]), c.value(row), parts.Money(notes[row] * num.Amount(c.pieces[row]))}[col]}
	}
	g.Foot = func() [][]kit.Cell {
		return [][]kit.Cell{{{Text: s.Tr("合计", "Total")}, {}, {Text: parts.Money(c.counted())}}}
	}
	g.Value = func(row, _ int) string { return c.value(row) }
	g.Commit = func(row, _ int, v string) error {
		n, err := strconv.ParseInt(v, 10, 32)
		if v == "" {
			n, err = 0, nil
		}
		if err != nil || n < 0 {
			return fault.New(fault.Invalid, "“%s”不是张数", "%q is no number of pieces", v)
		}
		c.pieces[row] = n
		c.draw()
		return nil
	}
	g.OnRefuse = func(_, _ int, err error) { s.Fail(err) }
	g.OnBefore = func() { kit.Focus(c.field.Input) }
	g.OnAfter = func() { g.Edit(0, 1) }
	g.Bind()
	c.grid = g
}

func (c *cashCount) value(row int) string {
	if c.pieces[row] == 0 {
		return ""
	}
	return fmt.Sprint(c.pieces[row])
}

func (c *cashCount) counted() (sum num.Amount) {
	for i, n := range c.pieces {
		sum += notes[i] * num.Amount(n)
	}
	return sum
}

func (c *cashCount) load() {
	if c.account == "" {
		c.draw()
		return
	}
	b, account := c.s.Book(), c.account
	host.Read(c.s, c.s.Tr("账面余额", "balance"), func() (num.Amount, error) { return scan.CashBalance(b, account) }, func(v num.Amount) {
		c.balance = v
		c.draw()
	})
}

// draw shows the count against the books, large.
func (c *cashCount) draw() {
	s, m := c.s, kit.M()
	diff := c.counted() - c.balance
	word, shade := s.Tr("相符", "agrees"), kit.Ok
	switch {
	case diff > 0:
		word, shade = s.Tr("长款 ", "over ")+parts.Money(diff), kit.Accent
	case diff < 0:
		word, shade = s.Tr("短款 ", "short ")+parts.Money(-diff), kit.Negative
	}
	row := func(label string, a num.Amount) fyne.CanvasObject {
		return container.NewBorder(nil, nil, kit.Caption(label), kit.Label(parts.Money(a), parts.SignShade(a), m.Head, true))
	}
	parts.Set(c.right, container.NewVBox(row(s.Tr("账面", "Books"), c.balance), row(s.Tr("实点", "Counted"), c.counted()), kit.HLine(kit.Line), kit.Label(word, shade, 24, true)))
	c.grid.Table.Refresh()
}

// make opens the slip of the difference.
func (c *cashCount) make() {
	if !c.grid.Leave() {
		return
	}
	b, account, counted := c.s.Book(), c.account, c.counted()
	host.Read(c.s, c.s.Tr("现金盘点", "cash count"), func() (*slip.Doc, error) { return scan.CashDifference(b, account, counted) }, func(d *slip.Doc) {
		if d == nil {
			c.s.Say(kit.Hint, c.s.Tr("账实相符，不用做单", "the till agrees with the books; there is nothing to enter"))
			return
		}
		c.s.EditDoc(d)
	})
}
