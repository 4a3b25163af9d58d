package people

import (
	"fyne.io/fyne/v2"

	"zhanggui/data/approval"
	"zhanggui/data/kinds"
	"zhanggui/data/text"
	"zhanggui/data/workflow/approve"
	"zhanggui/data/workflow/exchange"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// Chains is the grid of the steps by which slips are approved: a row a step. Ready ones are taken by a key; others come from a file, as they go out.
type Chains struct {
	host.Still
	s     host.Host
	rows  []exchange.Row
	table *kit.Table
}

// OpenChains opens the chains of approval.
func OpenChains(s host.Host) { s.Open(&Chains{s: s}) }

func (x *Chains) ID() string { return "approval-chains" }

func (x *Chains) Title() text.Text { return text.T("审批流", "Approval chains") }

func (x *Chains) Area() string { return "settings" }

// chainTitles are the columns of a file of chains, in words.
var chainTitles = map[string]text.Text{"chain": text.T("审批流", "Chain"), "kind": text.T("单据", "Kind"), "step": text.T("步", "Step"), "by": text.T("谁批", "By"), "title": text.T("名称", "Title"), "department": text.T("部门", "Department"),
	"from_amount": text.T("金额起", "From amount"), "when": text.T("条件", "When"), "twice": text.T("可同一人", "Twice"), "execute": text.T("执行", "Executes"), "name": text.T("说明", "Name"), "active": text.T("启用", "Active")}

var chainWidths = map[string]float32{"chain": 130, "kind": 120, "step": 50, "by": 190, "title": 150, "when": 180}

// Object builds the grid.
func (x *Chains) Object() fyne.CanvasObject {
	s := x.s
	t := kit.NewTable()
	for _, c := range approval.Columns {
		w := max(chainWidths[c], kit.Width(s.T(chainTitles[c]), kit.M().Caption, false)+26, 70)
		t.Columns = append(t.Columns, kit.Column{Key: c, Title: s.T(chainTitles[c]), Width: w, Grow: c == "when"})
	}
	t.Frozen = 2
	t.Length = func() int { return len(x.rows) }
	t.CellAt = func(row, col int) kit.Cell {
		v := x.rows[row].Cells[col]
		if k, ok := kinds.ByCode(v); ok && approval.Columns[col] == "kind" {
			v = s.T(k.Title)
		}
		if v == "yes" || v == "no" {
			v = map[string]string{"yes": s.Tr("是", "yes"), "no": s.Tr("否", "no")}[v]
		}
		return kit.Cell{Text: v}
	}
	t.Empty = s.Tr("还没有审批流：谁有审核权限，谁就审核。F6 取现成的，或从文件导入。", "No chains yet: who may audit audits. F6 takes a ready one, or import a file.")
	x.table = t
	x.load()
	return kit.Pad(8, 6, parts.Panel(nil, t))
}

func (x *Chains) load() {
	b := x.s.Book()
	host.Read(x.s, x.s.Tr("审批流", "chains"), func() (*exchange.Table, error) {
		t, _, err := exchange.Export(b, approve.Kind)
		return t, err
	}, func(t *exchange.Table) {
		x.rows = t.Rows
		x.table.Refresh()
	})
}

// Changed reads anew.
func (x *Chains) Changed() { x.load() }

// readyWords say what the ready chains are.
var readyWords = map[string]text.Text{"suda": text.T("付款、预付：部门主管 → 副总 → 财务 → 总经理 → 出纳", "payments: head → deputy → finance → general manager → cashier"), "k3": text.T("销售订单主管审核，付款财务审核", "sales orders by the leader, payments by finance"),
	"discount": text.T("让价大、低于成本、超额度由总经理批", "large discounts, below cost, over credit: general manager"), "bank": text.T("供应商账号刚改过的付款先核对", "payments to a bank account that was just changed")}

// take puts ready chains into force.
func (x *Chains) take() {
	s, b := x.s, x.s.Book()
	titles := make([]string, len(approval.ReadyNames))
	for i, n := range approval.ReadyNames {
		titles[i] = n + "  " + s.T(readyWords[n])
	}
	parts.Choose(s, s.Tr("现成的审批流", "Ready chains"), titles, func(i int) {
		s.Write(s.Tr("审批流", "chains"), func() error {
			_, err := approve.TakeReady(b, approval.ReadyNames[i])
			return err
		}, host.Then(s, func() {
			x.load()
			s.Say(kit.Hint, s.Tr("已启用 %s", "%s is in force", approval.ReadyNames[i]))
		}))
	})
}

// Focus goes to the grid.
func (x *Chains) Focus() {
	x.s.Hint(x.s.Tr("F6 现成的   Ctrl+I 导入   Ctrl+E 导出，改好再导入", "F6 ready ones   Ctrl+I import   Ctrl+E export, change it and import again"))
	kit.Focus(x.table)
}

// Commands of the screen.
func (x *Chains) Commands() []host.Command {
	needs := host.Needs("book", "chains")
	return []host.Command{
		{Label: text.T("现成的", "Ready ones"), Key: "F6", Icon: "flow", Primary: true, Run: x.take, Needs: needs},
		{Label: text.T("导入…", "Import…"), Key: "Ctrl+I", Icon: "xls", Run: func() { x.s.Import(approve.Kind) }, Needs: needs},
		{Label: text.T("导出 Excel", "Excel"), Key: "Ctrl+E", Icon: "xls", Off: len(x.rows) == 0, Run: func() { x.s.Export(approve.Kind) }},
	}
}
