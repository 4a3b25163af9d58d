package flowview

import (
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// quantityOf says how many goods a slip is about, where all of its lines have one unit.
func quantityOf(b *workflow.Book, k *slip.Kind, d *slip.Doc) string {
	var sum num.Quantity
	unit := ""
	for i := range d.Lines {
		l := &d.Lines[i]
		if l.Product == "" || l.Service || k.Stock.Parts != 0 {
			continue
		}
		if p, ok := b.Masters().Product(l.Product); !ok || unit != "" && p.Unit != unit {
			return ""
		} else {
			unit = p.Unit
		}
		sum += max(l.Base, -l.Base)
	}
	if sum == 0 {
		return ""
	}
	return sum.Grouped() + " " + b.Masters().UnitName(unit)
}

// voucherNode is the voucher of a slip that makes something owed: it stands for itself between the slip and what pays it. Vouchers of other
// slips are told in their boxes; nil.
func voucherNode(n *Node, lines []inquiry.VoucherLine, at int) *Node {
	if n.kind.Party == slip.NoParty || n.kind.SettlesOthers() {
		return nil
	}
	var owed, sum num.Amount
	role := slip.NoParty
	for _, l := range lines {
		sum += l.Debit
		if r, book, ok := kinds.PartyAccount(l.Account); ok && (book == slip.Receivable || book == slip.Payable) {
			owed, role = owed+l.Debit-l.Credit, r
		}
	}
	says := text.Tf("应收 %s", "receivable %s", owed.Grouped())
	if role == slip.Suppliers {
		says = text.Tf("应付 %s", "payable %s", (-owed).Grouped())
	}
	if owed == 0 {
		return nil
	}
	v := &Node{SlipRow: n.SlipRow, kind: voucherKind, sources: []int{at}, of: n.Number, says: says}
	v.Number, v.Gross, v.Settled, v.Open, v.Left, v.Red = n.Voucher, sum, 0, 0, 0, false
	n.Voucher = ""
	return v
}

// withVouchers puts vouchers behind their slips: what pays a slip then follows from its voucher.
func withVouchers(nodes, vouchers []Node) []Node {
	for i, v := range vouchers {
		at := len(nodes) + i
		for j := range nodes {
			if !nodes[j].kind.SettlesOthers() {
				continue
			}
			for k, src := range nodes[j].sources {
				if src == v.sources[0] {
					nodes[j].sources[k] = at
				}
			}
		}
	}
	return append(nodes, vouchers...)
}
