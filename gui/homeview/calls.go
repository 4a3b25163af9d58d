package homeview

import (
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/approve"
	"zhanggui/gui/kit"
)

// What home says of approvals stands before all other work: what waits for who looks, with the days the oldest has waited, and what was given back
// to him. In a book without chains there is nothing of it.

// call is a row of that.
type call struct {
	mark  kit.Mark
	words text.Text
	open  func()
}

// calls are the rows there are.
func (h *Home) calls() (list []call) {
	if h.Data == nil {
		return nil
	}
	c := h.Data.Called
	if c.Waiting > 0 {
		days := c.Days(h.s.Book().Today())
		mark, words := kit.MarkDue, text.Tf("待我审批 %d 张", "%d {slip waits|slips wait} for me", c.Waiting)
		if days > 0 {
			mark, words = kit.MarkLate, text.Tf("待我审批 %d 张，最久 %d 天", "%d {slip waits|slips wait} for me, %d {day|days} at most", c.Waiting, days)
		}
		list = append(list, call{mark, words, h.s.OpenInbox})
	}
	if n := len(h.Data.Returned); n > 0 {
		list = append(list, call{kit.MarkLate, text.Tf("退回给我 %d 张", "%d returned to me", n), h.openReturned})
	}
	return list
}

// openReturned opens what was given back, each in its tab; of many the first.
func (h *Home) openReturned() {
	const most = 5
	for i, n := range h.Data.Returned {
		if i == most {
			break
		}
		h.s.OpenSlip(n)
	}
}

// readCalls reads what home says of approvals.
func (d *Data) readCalls(b *workflow.Book) (err error) {
	if d.Called, err = approve.Calls(b); err != nil || d.Called.Returned == 0 {
		return err
	}
	d.Returned, err = approve.Returned(b)
	return err
}

// workCell is a cell of the list of what waits: calls first, then tasks.
func (h *Home) workCell(row, col int) kit.Cell {
	calls := h.calls()
	if row >= len(calls) {
		return h.taskCell(h.Data.Tasks[row-len(calls)], col)
	}
	switch c := calls[row]; col {
	case 0:
		return kit.Cell{Text: h.s.Tr("审批", "approval"), Mark: c.mark}
	case 1:
		return kit.Cell{Text: h.s.T(c.words), Link: true}
	}
	return kit.Cell{}
}

// openWork opens a row of the list of what waits.
func (h *Home) openWork(row int) {
	calls := h.calls()
	if row < len(calls) {
		calls[row].open()
		return
	}
	h.s.OpenSlip(h.Data.Tasks[row-len(calls)].Number)
}
