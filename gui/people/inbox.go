package people

import (
	"fmt"

	"fyne.io/fyne/v2"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow/approve"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// Inbox is what waits for who works here: Enter opens a slip, F9 approves, Ctrl+F9 returns with a reason; Space ticks several.
type Inbox struct {
	host.Still
	s      host.Host
	rows   []approve.Waiting
	ticked map[int64]bool
	table  *kit.Table
}

// OpenInbox opens what waits for who works here.
func OpenInbox(s host.Host) { s.Open(&Inbox{s: s, ticked: map[int64]bool{}}) }

func (x *Inbox) ID() string { return "inbox" }

func (x *Inbox) Title() text.Text { return text.T("待我审批", "Waiting for me") }

func (x *Inbox) Area() string { return "home" }

// Object builds the list.
func (x *Inbox) Object() fyne.CanvasObject {
	s := x.s
	t := kit.NewTable()
	t.Columns = []kit.Column{{Key: "tick", Width: 30}, {Key: "days", Title: s.Tr("等了", "Waits"), Width: 90}, {Key: "slip", Title: s.Tr("单据", "Slip"), Width: 240}, {Key: "date", Title: s.Tr("日期", "Date"), Width: 92},
		{Key: "party", Title: s.Tr("往来单位", "Party"), Width: 200, Grow: true}, {Key: "amount", Title: s.Tr("金额", "Amount"), Width: 120, Align: fyne.TextAlignTrailing},
		{Key: "maker", Title: s.Tr("制单", "Made by"), Width: 100}, {Key: "step", Title: s.Tr("步骤", "Step"), Width: 170}}
	t.Length = func() int { return len(x.rows) }
	t.CellAt = x.cell
	t.Lit = func(row int) bool { return x.ticked[x.rows[row].Slip.ID] }
	t.Empty = s.Tr("没有等您审批的单据", "Nothing waits for you")
	t.OnOpen = func(row, _ int) { s.OpenSlip(x.rows[row].Number) }
	t.OnRune = func(r rune) bool {
		if r != ' ' || t.Row() >= len(x.rows) {
			return false
		}
		x.tick(t.Row())
		t.Step(fyne.KeyDown)
		return true
	}
	t.OnTap = func(row, col int) bool {
		if col == 0 && row < len(x.rows) {
			x.tick(row)
		}
		return col == 0
	}
	x.table = t
	x.load()
	return kit.Pad(8, 6, parts.Panel(nil, t))
}

func (x *Inbox) tick(row int) {
	id := x.rows[row].Slip.ID
	x.ticked[id] = !x.ticked[id]
	x.table.Refresh()
}

func (x *Inbox) cell(row, col int) kit.Cell {
	s, w := x.s, x.rows[row]
	switch col {
	case 0:
		on := x.ticked[w.Slip.ID]
		return kit.Cell{Tick: &on}
	case 1:
		days := s.Book().Today().Sub(text.DateOf(w.Since))
		if days == 0 {
			return kit.Cell{Text: s.Tr("今天", "today"), Mark: kit.MarkDue}
		}
		return kit.Cell{Text: s.Tr("%d 天", "%d {day|days}", days), Mark: kit.MarkLate}
	case 2:
		return kit.Cell{Text: parts.KindTitle(s, w.Slip.Kind) + " " + w.Number, Link: true}
	case 3:
		return kit.Cell{Text: w.Slip.Date.String()}
	case 4:
		return kit.Cell{Text: w.Slip.PartyName}
	case 5:
		if w.Hidden {
			return kit.Cell{}
		}
		return kit.Cell{Text: parts.Money(w.Slip.Gross)}
	case 6:
		return kit.Cell{Text: w.Slip.Maker}
	}
	return kit.Cell{Text: w.Title}
}

func (x *Inbox) load() {
	b := x.s.Book()
	host.Read(x.s, x.s.Tr("待我审批", "what waits"), func() ([]approve.Waiting, error) { return approve.Inbox(b, 0, 0) }, func(rows []approve.Waiting) {
		x.rows = rows
		still := map[int64]bool{}
		for _, w := range rows {
			still[w.Slip.ID] = x.ticked[w.Slip.ID]
		}
		x.ticked = still
		x.table.Go(min(x.table.Row(), max(0, len(rows)-1)), 0)
		x.table.Refresh()
		x.s.DrawTools()
	})
}

// Changed reads anew.
func (x *Inbox) Changed() { x.load() }

// chosen are the slips that are ticked, else the one under the cursor.
func (x *Inbox) chosen() (list []approve.Waiting) {
	for _, w := range x.rows {
		if x.ticked[w.Slip.ID] {
			list = append(list, w)
		}
	}
	if len(list) == 0 && x.table.Row() < len(x.rows) {
		list = append(list, x.rows[x.table.Row()])
	}
	return list
}

// approve takes the step of the chosen slips, one after the other, as they were seen; the first refusal stops. What is to be carried out is opened:
// auditing tells things first.
func (x *Inbox) approve() {
	s, b, list := x.s, x.s.Book(), x.chosen()
	if len(list) == 1 && list[0].Status == slip.Approved {
		s.OpenSlip(list[0].Number)
		return
	}
	done := 0
	s.Write(s.Tr("批准 %d 张", "approving %d {slip|slips}", len(list)), func() error {
		for _, w := range list {
			if w.Status == slip.Approved {
				continue
			}
			if _, err := approve.Approve(b, seen(w), ""); err != nil {
				return err
			}
			done++
		}
		return nil
	}, func(err error) {
		x.load()
		if err != nil {
			s.Fail(err)
			return
		}
		s.Say(kit.Hint, s.Tr("已批准 %d 张", "%d approved", done))
	})
}

// seen names a slip as it was seen: another version is refused.
func seen(w approve.Waiting) string { return fmt.Sprintf("%s@%d", w.Number, w.Slip.Version) }

// giveBack returns the chosen slips to who made them, with one reason.
func (x *Inbox) giveBack() {
	s, b, list := x.s, x.s.Book(), x.chosen()
	if len(list) == 0 {
		return
	}
	title := s.Tr("退回 %s", "Return %s", list[0].Number)
	if len(list) > 1 {
		title = s.Tr("退回 %d 张", "Return %d slips", len(list))
	}
	done := 0
	parts.AskWord(s, title, s.Tr("原因", "Reason"), text.T("退回", "Return"), func(reason string) error {
		for ; done < len(list); done++ {
			if _, err := approve.Return(b, seen(list[done]), reason); err != nil {
				return err
			}
		}
		return nil
	}, func() {
		x.load()
		s.Say(kit.Hint, s.Tr("已退回 %d 张", "%d returned", done))
	})
}

// Focus goes to the list.
func (x *Inbox) Focus() {
	x.s.Hint(x.s.Tr("Enter 打开   F9 批准   Ctrl+F9 退回   空格 多选", "Enter opens   F9 approves   Ctrl+F9 returns   Space ticks"))
	kit.Focus(x.table)
}

// Keys are the keys that are no commands, for the help.
func (x *Inbox) Keys() []host.Command {
	return []host.Command{{Label: text.T("打开", "open"), Key: "Enter"}, {Label: text.T("勾选", "tick"), Key: x.s.Tr("空格", "Space")}}
}

// Commands of the screen.
func (x *Inbox) Commands() []host.Command {
	none := len(x.rows) == 0
	return []host.Command{
		{Label: text.T("批准", "Approve"), Key: "F9", Icon: "check", Primary: true, Off: none, Run: x.approve},
		{Label: text.T("退回…", "Return…"), Key: "Ctrl+F9", Icon: "undo", Off: none, Run: x.giveBack},
		{Label: text.T("刷新", "Refresh"), Key: "F5", Icon: "ref", Run: x.load},
	}
}
