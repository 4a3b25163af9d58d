package parts

import (
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/reports"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// AskForm asks for a few values in one dialog; an error stays under them. Enter on the last one does it.
func AskForm(s host.Host, title, help string, fields []*kit.Field, verb text.Text, do func() error, then func()) {
	why := kit.Label("", kit.Negative, kit.M().Caption, false)
	var over *kit.Overlay
	said := func(err error) {
		why.Text = s.Words(err)
		why.Refresh()
	}
	run := func() {
		for _, f := range fields {
			if !f.Commit() {
				return
			}
		}
		if err := do(); err != nil {
			said(err)
			return
		}
		s.Layer().Close(over)
		then()
	}
	ring := &kit.Ring{After: run, Before: func() {}}
	box := container.New(kit.FormGrid{Columns: []float32{480}, Label: 110})
	for _, f := range fields {
		f.OnRefuse = said
		ring.Add(f)
		box.Add(kit.Labelled(f.Label, f.Input))
	}
	body := container.NewVBox(kit.Caption(help), box, why, container.NewHBox(kit.Button{Label: s.T(verb), Key: "Enter", Primary: true, Run: run}.Object()))
	over = s.Dialog(title, body, fyne.NewSize(580, 190+float32(len(fields))*(kit.M().Box+6)), fields[0].Input, host.Answer{Label: text.T("取消", "Cancel")})
}

// OpenCashBook shows the moves of a cash account.
func OpenCashBook(s host.Host, account string) {
	if r, ok := reports.ByName("cash-book"); ok {
		s.OpenReport(r, reports.Params{Account: account})
	}
}

// OpenStockLedger shows the moves of a product.
func OpenStockLedger(s host.Host, product string) {
	if r, ok := reports.ByName("stock-ledger"); ok {
		s.OpenReport(r, reports.Params{Product: product})
	}
}
