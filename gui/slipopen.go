package gui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// openLines are the slips of the party that money can settle, with what of each this slip settles. Nothing typed: the oldest
// due first.
type openLines struct {
	f     *slipForm
	party string
	rows  []inquiry.SlipRow
	read  bool
	none  bool // money that settles nothing: there is only the head
}

var openColumns = []struct {
	key, zh, en string
	width       float32
	right       bool
}{
	{"#", "#", "#", 34, false}, {"number", "单号", "Number", 150, false}, {"kind", "类型", "Kind", 130, false}, {"date", "日期", "Date", 100, false}, {"due", "到期日", "Due", 100, false},
	{"gross", "价税合计", "Total", 130, true}, {"open", "未结", "Open", 130, true}, {"amount", "本次核销", "Settled here", 140, true}, {"remark", "备注", "Remark", 200, false},
}

const settleColumn = 7

func (o *openLines) columns() ([]kit.Column, []*kit.Field) {
	if o.none {
		return []kit.Column{{Width: 100, Grow: true}}, []*kit.Field{nil}
	}
	cols := make([]kit.Column, len(openColumns))
	fields := make([]*kit.Field, len(openColumns))
	for i, c := range openColumns {
		cols[i] = kit.Column{Key: c.key, Title: o.f.s.tr(c.zh, c.en), Width: c.width, Grow: c.key == "remark"}
		if c.right {
			cols[i].Align = fyne.TextAlignTrailing
		}
	}
	a := slip.Field{Key: "amount", Type: slip.TypeAmount, Label: text.T("本次核销", "settled here")}
	x := kit.NewField("")
	x.Show = func(v string) string { return parts.Shown(o.f.s, a, v) }
	x.Parse = func(typed string) (string, error) { return parts.Read(o.f.s, a, typed) }
	fields[settleColumn] = x
	return cols, fields
}

// reload reads the open slips when the party has changed, and those already settled here.
func (o *openLines) reload() {
	about := o.f.doc.Party + " " + o.f.doc.Get("to_party") + " " + o.f.doc.Get("offset_kind")
	if o.read && o.party == about {
		return
	}
	o.party, o.read, o.rows = about, true, nil
	if o.f.doc.Party == "" {
		return
	}
	k, party, b, d := o.f.kind, o.party, o.f.s.Book(), o.f.doc.Clone()
	Read(o.f.s, o.f.s.tr("未结单据", "open slips"), func() ([]inquiry.SlipRow, error) {
		return b.Settleable(k, d)
	}, func(rows []inquiry.SlipRow) {
		if o.party == party {
			o.rows = rows
			o.f.grid.Reload()
			o.f.draw()
		}
	})
}

func (o *openLines) length() int {
	if o.none {
		return 0
	}
	o.reload()
	return len(o.rows)
}

func (o *openLines) settled(number string) num.Amount {
	for _, a := range o.f.doc.Allocations {
		if a.Target == number {
			return a.Amount
		}
	}
	return 0
}

func (o *openLines) cell(row, col int) kit.Cell {
	r := o.rows[row]
	switch openColumns[col].key {
	case "#":
		return kit.Cell{Text: fmt.Sprint(row + 1), Shade: kit.Ink3}
	case "number":
		return kit.Cell{Text: r.Number, Link: true}
	case "kind":
		return kit.Cell{Text: parts.KindTitle(o.f.s, r.Kind)}
	case "date":
		return kit.Cell{Text: r.Date.String()}
	case "due":
		c := kit.Cell{Text: r.DueDate.String()}
		if r.DueDate != 0 && r.DueDate < o.f.s.Book().Today() && r.Open > 0 {
			c.Shade = kit.Negative
		}
		return c
	case "gross":
		return kit.Cell{Text: parts.Money(r.Gross)}
	case "open":
		return kit.Cell{Text: parts.Money(r.Open)}
	case "amount":
		if a := o.settled(r.Number); a != 0 {
			return kit.Cell{Text: parts.Money(a), Bold: true}
		}
		return kit.Cell{}
	}
	return kit.Cell{Text: r.Remark}
}

func (o *openLines) foot() []kit.Cell {
	if o.none {
		return nil
	}
	cells := make([]kit.Cell, len(openColumns))
	var gross, open, here num.Amount
	for _, r := range o.rows {
		gross, open = gross+r.Gross, open+r.Open
	}
	for _, a := range o.f.doc.Allocations {
		here += a.Amount
	}
	cells[1].Text = o.f.s.tr("合计", "Total")
	cells[2].Text = o.f.s.tr("%d 张", "%d {slip|slips}", len(o.rows))
	cells[5].Text, cells[6].Text, cells[7].Text = parts.Money(gross), parts.Money(open), parts.Money(here)
	cells[8].Text = o.f.s.tr("未核销的部分按到期先后自动核销", "the rest settles the oldest due first")
	return cells
}

func (o *openLines) can(row, col int) bool   { return col == settleColumn && row < len(o.rows) }
func (o *openLines) stops(row, col int) bool { return true }
func (o *openLines) blank(int) bool          { return false }
func (o *openLines) firstBlank() int         { return 0 }
func (o *openLines) column(string) int       { return settleColumn }

func (o *openLines) firstColumn() int {
	if o.none {
		return 0
	}
	return settleColumn
}

func (o *openLines) value(row, col int) string {
	if a := o.settled(o.rows[row].Number); a != 0 {
		return a.String()
	}
	return ""
}

// commit settles a slip by an amount; nothing takes it back.
func (o *openLines) commit(row, col int, v string) error {
	r, d := o.rows[row], o.f.doc
	a, _ := num.ParseAmount(parts.ZeroIfEmpty(v))
	if a < 0 || a > r.Open {
		return fault.New(fault.Refused, "%s 未结 %s，不能核销 %s", "%s has %s open; %s cannot be settled", r.Number, r.Open, a).At("amount")
	}
	for i := range d.Allocations {
		if d.Allocations[i].Target == r.Number {
			d.Allocations = append(d.Allocations[:i:i], d.Allocations[i+1:]...)
			break
		}
	}
	if a != 0 {
		d.Allocations = append(d.Allocations, slip.Allocation{Target: r.Number, Amount: a, Chosen: true})
	}
	o.f.touched()
	return nil
}
