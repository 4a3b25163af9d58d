package flowview

import (
	"strings"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// reconcileTable answers under a flow what is open of its trade and why: what was ordered, moved, billed and paid, figure by figure,
// and then product by product, those with something open first.
type reconcileTable struct {
	s     host.Host
	trade *inquiry.Reconciled
	rows  [][]kit.Cell
	table *kit.Table
}

func newReconcileTable(s host.Host) *reconcileTable {
	r := &reconcileTable{s: s, table: kit.NewTable()}
	r.table.Length = func() int { return len(r.rows) }
	r.table.CellAt = func(row, col int) kit.Cell { return r.rows[row][col] }
	r.table.Empty = s.Tr("这条流程没有买卖，没有要核对的", "no trade in this flow: nothing to reconcile")
	r.columns()
	return r
}

// columns are the stages the trade has: billed only in a book where invoices make owed what is paid.
func (r *reconcileTable) columns() {
	s := r.s
	stage := [3]text.Text{text.T("订单", "Ordered"), text.T("出库", "Delivered"), text.T("开票", "Invoiced")}
	paid := text.T("收款＋核销", "Received")
	if r.trade != nil && r.trade.Role == slip.Suppliers {
		stage[inquiry.Moved], paid = text.T("收货", "Goods in"), text.T("付款＋核销", "Paid")
	}
	cols := []kit.Column{parts.TableColumn(s, "核对", "Reconciliation", 250, false)}
	for i := range stage {
		if i != inquiry.Billed || r.trade != nil && r.trade.ByInvoice {
			cols = append(cols, parts.TableColumn(s, stage[i].Zh, stage[i].En, 120, true))
		}
	}
	cols = append(cols, parts.TableColumn(s, paid.Zh, paid.En, 120, true), parts.TableColumn(s, "未了", "Open", 120, true), parts.TableColumn(s, "说明", "Why", 300, false))
	cols[len(cols)-1].Grow = true
	r.table.Columns = cols
}

// stagesShown are the stages that have a column.
func (r *reconcileTable) stagesShown() []int {
	if r.trade.ByInvoice {
		return []int{inquiry.Ordered, inquiry.Moved, inquiry.Billed}
	}
	return []int{inquiry.Ordered, inquiry.Moved}
}

// take shows a trade.
func (r *reconcileTable) take(trade *inquiry.Reconciled) {
	r.trade, r.rows = trade, nil
	r.columns()
	if trade != nil && trade.Role != slip.NoParty {
		r.fill()
	}
	r.table.Refresh()
}

// row is a line of the table: a figure by stages, what was paid, what is open, and why.
func (r *reconcileTable) row(label string, by func(stage int) string, paid, left string, shade kit.Shade, why string) {
	cells := []kit.Cell{{Text: label}}
	for _, at := range r.stagesShown() {
		c := kit.Cell{}
		if r.trade.Slips[at] > 0 {
			c.Text = by(at)
		}
		cells = append(cells, c)
	}
	r.rows = append(r.rows, append(cells, kit.Cell{Text: paid}, kit.Cell{Text: left, Shade: shade, Bold: left != "" && left != "0" && left != "0.00"}, kit.Cell{Text: why, Shade: kit.Ink2}))
}

func (r *reconcileTable) fill() {
	s, t := r.s, r.trade
	money := func(label string, of func(inquiry.Figures) num.Amount) {
		left := inquiry.Left(t, &t.ByStage, of)
		r.row(label, func(stage int) string { return parts.Money(of(t.Stages[stage])) }, "", parts.Money(left), parts.SignShade(left), lacks(r, &t.ByStage, of, parts.Money))
	}
	if unit, one := r.oneUnit(); one {
		r.qtyRow(s.Tr("数量（%s）", "Quantity (%s)", unit), &t.ByStage)
	}
	money(s.Tr("不含税", "Net"), func(x inquiry.Figures) num.Amount { return x.Net })
	money(s.Tr("税额", "Tax"), func(x inquiry.Figures) num.Amount { return x.Tax })
	open := inquiry.Left(t, &t.ByStage, gross) + t.Owed()
	r.row(s.Tr("价税合计", "Total"), func(stage int) string { return parts.Money(t.Stages[stage].Gross) }, parts.Money(t.Paid), parts.Money(open), parts.SignShade(open), r.grossWhy())
	if t.Role == slip.Customers {
		cost := t.Stages[inquiry.Moved].Cost
		only := func(at int, v num.Amount) func(int) string {
			return func(stage int) string {
				if stage == at {
					return parts.Money(v)
				}
				return ""
			}
		}
		profit := t.Stages[t.Last()].Net - cost
		r.row(s.Tr("成本", "Cost"), only(inquiry.Moved, cost), "", "", kit.Ink, "")
		if t.Slips[t.Last()] > 0 && (t.Last() == inquiry.Moved || t.Stages[inquiry.Moved].Qty == t.Stages[inquiry.Billed].Qty) {
			r.row(s.Tr("毛利", "Margin"), only(t.Last(), profit), "", "", kit.Ink, s.Tr("%s（%s − %s）", "%s (%s − %s)", parts.Percent(profit, t.Stages[t.Last()].Net), parts.Money(t.Stages[t.Last()].Net), parts.Money(cost)))
		}
	}
	if len(t.Products) > 1 {
		for i := range t.Products {
			p := &t.Products[i]
			label := p.Product
			if x, ok := s.Book().Masters().Product(p.Product); ok {
				label = strings.TrimSpace(parts.NameOf(s, master.Products.Code, p.Product) + " " + x.Get("spec"))
				if u := parts.NameOf(s, master.Units.Code, x.Unit); u != "" {
					label += s.Tr("（%s）", " (%s)", u)
				}
			}
			r.qtyRow(label, &p.ByStage)
		}
	}
}

func gross(x inquiry.Figures) num.Amount { return x.Gross }

func (r *reconcileTable) qtyRow(label string, x *inquiry.ByStage) {
	of := func(f inquiry.Figures) num.Quantity { return f.Qty }
	left := inquiry.Left(r.trade, x, of)
	shade := kit.Ink
	if left < 0 {
		shade = kit.Negative
	}
	r.row(label, func(stage int) string { return of(x.Stages[stage]).Grouped() }, "", left.Grouped(), shade, lacks(r, x, of, num.Quantity.Grouped))
}

// oneUnit is the unit of all products, where they have the same.
func (r *reconcileTable) oneUnit() (unit string, one bool) {
	for i := range r.trade.Products {
		p, ok := r.s.Book().Masters().Product(r.trade.Products[i].Product)
		if !ok || i > 0 && p.Unit != unit {
			return "", false
		}
		unit = p.Unit
	}
	return parts.NameOf(r.s, master.Units.Code, unit), len(r.trade.Products) > 0
}

// lacks says between which stages a figure differs: what is not delivered yet, what is not billed yet, or that all agree.
func lacks[T ~int64](r *reconcileTable, x *inquiry.ByStage, of func(inquiry.Figures) T, show func(T) string) string {
	s, t := r.s, r.trade
	words := [2][2]text.Text{{text.T("未收货 %s", "not received %s"), text.T("多收 %s", "received beyond the order %s")}, {text.T("未到票 %s", "not invoiced %s"), text.T("多开票 %s", "invoiced beyond what came %s")}}
	if t.Role == slip.Customers {
		words = [2][2]text.Text{{text.T("未出库 %s", "not delivered %s"), text.T("多出库 %s", "delivered beyond the order %s")}, {text.T("未开票 %s", "not invoiced %s"), text.T("多开票 %s", "invoiced beyond what went out %s")}}
	}
	var list []string
	say := func(which int, n T) {
		switch {
		case n > 0:
			list = append(list, s.Tr(words[which][0].Zh, words[which][0].En, show(n)))
		case n < 0:
			list = append(list, s.Tr(words[which][1].Zh, words[which][1].En, show(-n)))
		}
	}
	for stage := t.First(); stage < t.Last(); stage++ {
		say(stage, inquiry.Gap(x, stage, of))
	}
	if len(list) > 0 && t.Closed {
		list = append(list, s.Tr("订单已关闭，不再等", "the order is closed: no more is waited for"))
	}
	if back := of(x.Back); back != 0 && t.First() == inquiry.Ordered {
		list = append(list, s.Tr("退回 %s", "sent back %s", show(back)))
	}
	if len(list) == 0 && t.First() != t.Last() {
		return s.Tr("各环节一致", "all stages agree")
	}
	return strings.Join(list, s.Tr("；", "; "))
}

// grossWhy says what the paid part is made of, what is not paid, and from when on it is due.
func (r *reconcileTable) grossWhy() string {
	s, t := r.s, r.trade
	var list []string
	if n := len(t.PaidParts); n > 1 && n <= 4 {
		var sum []string
		for _, a := range t.PaidParts {
			sum = append(sum, parts.Money(a))
		}
		list = append(list, strings.ReplaceAll(strings.Join(sum, " + "), "+ -", "− "))
	}
	if inquiry.Left(t, &t.ByStage, gross) != 0 {
		list = append(list, lacks(r, &t.ByStage, gross, parts.Money))
	}
	in := t.Role == slip.Customers
	switch owed := t.Owed(); {
	case owed > 0 && in:
		list = append(list, s.Tr("未收 %s", "not received %s", parts.Money(owed)))
	case owed > 0:
		list = append(list, s.Tr("未付 %s", "not paid %s", parts.Money(owed)))
	case owed == 0 && t.Stages[t.Last()].Gross != 0:
		list = append(list, s.Tr("已结清", "settled"))
	}
	if t.Due != 0 && t.Owed() > 0 {
		word := s.Tr("%s 到期", "due %s", t.Due)
		if t.Due < s.Book().Today() {
			word = s.Tr("%s 到期，已逾期", "was due %s", t.Due)
		}
		list = append(list, word)
	}
	return strings.Join(list, s.Tr("；", "; "))
}
