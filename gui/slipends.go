package gui

import (
	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/text"
	"zhanggui/gui/parts"
)

// How a slip ends that is not carried out.

// void gives the draft up.
func (f *slipForm) void() {
	n, seen, b := f.doc.Number, f.seen(), f.s.Book()
	f.s.Ask(f.s.tr("作废 %s？", "Void %s?", n), []string{f.s.tr("号码不再使用，单据留作记录。", "Its number stays used; the slip stays on record.")},
		Answer{Label: text.T("不作废", "Cancel")}, Answer{Label: text.T("作废", "Void"), Key: fyne.KeyY, Run: func() {
			f.act(f.s.tr("作废", "voiding"), func() error { return b.Void(seen) }, func(err error) {
				if err == nil {
					f.drop()
					f.dirty = false
				}
				f.reloaded(f.s.tr("%s 已作废", "%s is void", n))(err)
			})
		}})
}

// closeOrder closes an order by hand, with a reason.
func (f *slipForm) closeOrder() {
	n, seen, b, s := f.doc.Number, f.seen(), f.s.Book(), f.s
	parts.AskWord(s, s.tr("关闭 %s", "Close %s", n), s.tr("原因", "Reason"), text.T("关闭订单", "Close order"), func(reason string) error {
		if reason == "" {
			return fault.New(fault.Invalid, "请写明原因", "say why")
		}
		return b.CloseSlip(seen, reason)
	}, func() { f.reloaded(s.tr("%s 已关闭", "%s is closed", n))(nil) })
}
