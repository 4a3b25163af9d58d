package gui

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/gui/stocktake"
)

func (l *slipList) tick(row int) {
	if l.list != nil && row < len(l.list.IDs) {
		l.tickOn(row, !l.ticked[l.list.IDs[row]])
	}
}

func (l *slipList) tickOn(row int, on bool) {
	if l.list == nil || row >= len(l.list.IDs) {
		return
	}
	id := l.list.IDs[row]
	if on {
		l.ticked[id] = true
	} else {
		delete(l.ticked, id)
	}
	l.resum()
}

// retick forgets ticks on slips that are no longer listed.
func (l *slipList) retick() {
	if len(l.ticked) == 0 {
		return
	}
	still := map[int64]bool{}
	for _, id := range l.list.IDs {
		if l.ticked[id] {
			still[id] = true
		}
	}
	l.ticked = still
	l.resum()
}

func (l *slipList) resum() {
	ids := l.tickedIDs()
	b := l.s.Book()
	Read(l.s, l.s.tr("合计", "summing"), func() (inquiry.SlipList, error) { return b.SumOf(ids) }, func(v inquiry.SlipList) {
		l.sums = v
		l.table.Refresh()
	})
}

func (l *slipList) tickedIDs() []int64 {
	var ids []int64
	for _, id := range l.list.IDs {
		if l.ticked[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// chosen hands the rows that work is meant for: ticked, in the order they were written, else the one under the cursor.
func (l *slipList) chosen(then func([]inquiry.SlipRow)) {
	if l.list == nil || len(l.list.IDs) == 0 {
		return
	}
	ids := l.tickedIDs()
	if len(ids) == 0 {
		ids = []int64{l.list.IDs[l.table.Row()]}
	}
	b := l.s.Book()
	Read(l.s, l.s.tr("读取", "reading"), func() ([]inquiry.SlipRow, error) { return b.Rows(ids) }, then)
}

// Commands are what can be done from the list.
func (l *slipList) Commands() []Command {
	s := l.s
	list := []Command{
		{Label: text.T("新增", "New"), Key: "Ctrl+N", Icon: "plus", Primary: true, Run: func() { s.NewSlip(l.kind) }, Needs: host.Needs(l.kind.Code, "enter")},
		{Label: text.T("打开", "Open"), Key: "Enter", Icon: "edit", Run: func() { l.table.Step(fyne.KeyReturn) }},
		{Label: text.T("审核", "Audit"), Key: "F9", Icon: "check", Gap: true, Run: l.audit, Needs: host.Needs(l.kind.Code, "audit")},
	}
	if len(l.s.Book().NextKinds(l.kind.Code)) > 0 {
		list = append(list, Command{Label: text.T("下推", "Push down"), Key: "F8", Icon: "push", Run: l.push})
	}
	if stocktake.Picks(l.kind) {
		list = append(list, Command{Label: text.T("扫码拣货", "Pick by scanner"), Key: "Ctrl+F8", Icon: "scan", Hidden: true, Run: func() {
			l.chosen(func(rows []inquiry.SlipRow) { stocktake.OpenPicking(s, numbers(rows)...) })
		}})
	}
	if l.kind.Stock.Counts {
		list = append(list, Command{Label: text.T("合并", "Merge"), Key: "Ctrl+M", Icon: "copy", Run: l.mergeCounts})
	}
	if len(l.kind.Matches) > 0 {
		list = append(list, Command{Label: text.T("钩稽", "Match"), Key: "Ctrl+Y", Icon: "offset", Run: func() {
			party := l.filter.Party
			if r, ok := l.row(l.table.Row()); ok && l.table.Length() > 0 {
				party = r.Party
			}
			s.OpenMatching(l.kind, party)
		}})
	}
	return append(list,
		Command{Label: text.T("打印", "Print"), Key: "Ctrl+P", Icon: "print", Run: func() {
			l.chosen(func(rows []inquiry.SlipRow) { s.Preview(numbers(rows)) })
		}, Needs: host.Needs(l.kind.Code, "print")},
		Command{Label: text.T("导出 Excel", "Excel"), Key: "Ctrl+E", Icon: "xls", Run: l.export, Needs: host.Needs(l.kind.Code, "export")},
		Command{Label: text.T("单据流", "Flow"), Key: "Ctrl+L", Icon: "flow", Run: func() {
			if r, ok := l.row(l.table.Row()); ok {
				s.OpenFlow(r.Number)
			}
		}},
		Command{Label: text.T("刷新", "Refresh"), Key: "F5", Icon: "ref", Gap: true, Run: l.load},
		Command{Label: text.T("查找", "Find"), Key: "Ctrl+F", Icon: "find", Hidden: true, Run: func() { kit.Focus(l.words.Input) }},
		Command{Label: text.T("全选", "Tick all"), Key: "Ctrl+A", Hidden: true, Run: l.tickAll},
		Command{Label: text.T("清除筛选", "Clear filters"), Key: "Ctrl+0", Icon: "filter", Hidden: true, Run: l.clear},
		Command{Label: text.T("导入…", "Import…"), Hidden: true, Run: func() { s.Import("slips") }, Needs: host.Needs(l.kind.Code, "enter")})
}

// Keys are the list's own keys, for the help.
func (l *slipList) Keys() []Command {
	return []Command{{Label: text.T("勾选", "tick"), Key: text.T("空格", "Space").In(l.s.lang)}, {Label: text.T("连选", "tick a range"), Key: "Shift+↑ ↓"},
		{Label: text.T("到筛选栏", "to the filters"), Key: "Tab"}}
}

func numbers(rows []inquiry.SlipRow) []string {
	list := make([]string, len(rows))
	for i, r := range rows {
		list[i] = r.Number
	}
	return list
}

func (l *slipList) tickAll() {
	if l.list == nil {
		return
	}
	all := len(l.ticked) < len(l.list.IDs)
	l.ticked = map[int64]bool{}
	if all {
		for _, id := range l.list.IDs {
			l.ticked[id] = true
		}
	}
	l.resum()
	l.table.Refresh()
}

// audit posts the chosen drafts, oldest first, each in a transaction of its own; the first refusal stops, and what should be known is told
// before.
func (l *slipList) audit() {
	l.chosen(func(rows []inquiry.SlipRow) {
		var drafts, seen []string // with the versions in sight: what was seen is what is audited
		for i := len(rows) - 1; i >= 0; i-- {
			if r := rows[i]; r.Status.Editable() {
				drafts, seen = append(drafts, r.Number), append(seen, fmt.Sprintf("%s@%d", r.Number, cmp.Or(l.seen[r.ID], r.Version)))
			}
		}
		if len(drafts) == 0 {
			l.s.Say(kit.Hint, l.s.tr("所选单据里没有草稿", "no draft among the chosen slips"))
			return
		}
		l.auditAll(drafts, seen, 0, nil)
	})
}

// auditAll audits drafts, as they were seen, from one on, that one by a person who knows some findings. Where something else should be known
// first it says so, and goes on by a key.
func (l *slipList) auditAll(drafts, seen []string, done int, known fault.List) {
	b := l.s.Book()
	l.s.LongWrite(l.s.tr("审核 %d 张", "auditing %d {slip|slips}", len(drafts)), func(ctx context.Context) error {
		for ; done < len(drafts); done++ {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := b.AuditHeard(seen[done], known); err != nil {
				return err
			}
			known = nil
		}
		return nil
	}, func(err error) {
		if err == nil {
			l.ticked = map[int64]bool{}
			l.load()
			l.s.Say(kit.Hint, l.s.tr("已审核 %d 张", "%d audited", done))
			return
		}
		so := l.s.tr("已审核 %d 张；%s：", "%d audited; %s: ", done, drafts[done])
		open := kit.Offer{Key: fyne.KeyF2, Label: l.s.tr("打开它", "open it"), Run: func() { l.s.OpenSlip(drafts[done]) }}
		var u *workflow.Unheard
		if errors.As(err, &u) {
			l.s.Say(kit.Warning, so+l.s.words(u.Findings),
				kit.Offer{Key: fyne.KeyF7, Label: l.s.tr("知道了，继续", "go on"), Run: func() { l.auditAll(drafts, seen, done, u.Findings) }}, open)
			return
		}
		l.s.Say(kit.Refusal, so+l.s.words(err), open)
	})
}

func (l *slipList) push() {
	l.chosen(func(rows []inquiry.SlipRow) {
		if len(rows) > 10 {
			l.s.Say(kit.Refusal, l.s.tr("一次最多下推 10 张", "ten slips at most can be pushed down at a time"))
			return
		}
		l.s.PushDown(numbers(rows), l.kind)
	})
}

// export writes the list as it stands, all rows, to a workbook.
func (l *slipList) export() {
	cols := l.columns()[1:]
	out := parts.Table{Title: l.s.T(l.Title()), Area: l.kind.Code}
	for _, c := range cols {
		typ := slip.TypeText
		switch {
		case c.key == "date" || c.key == "due":
			typ = slip.TypeDate
		case c.key == "prints":
			typ = slip.TypeInt
		case c.key == "left":
			typ = slip.TypeQuantity
		case c.right:
			typ = slip.TypeAmount
		}
		out.Columns = append(out.Columns, parts.Column{Title: l.s.tr(c.zh, c.en), Type: typ, Total: c.right && c.key != "prints"})
	}
	b, ids := l.s.Book(), l.list.IDs
	parts.SaveTable(l.s, out, func(ctx context.Context) (rows [][]string, err error) {
		err = b.Until(ctx, func(still *workflow.Book) error { // one moment
			for i := 0; i < len(ids); i += listPage {
				page, err := still.Rows(ids[i:min(len(ids), i+listPage)])
				if err != nil {
					return err
				}
				for _, r := range page {
					row := make([]string, len(cols))
					for j, c := range cols {
						row[j] = parts.Plain(c.show(l, r).Text)
					}
					rows = append(rows, row)
				}
			}
			return nil
		})
		return rows, err
	})
}
