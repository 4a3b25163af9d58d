package reports

import (
	"slices"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

var (
	bought, broughtBack = []string{"goods-receipt"}, []string{"purchase-return"}
	sold, takenBack     = []string{"delivery", "retail-sale"}, []string{"sales-return"}
)

// tradeColumns are those of a summary of what was bought or sold, whose amounts have the tag of that side.
func tradeColumns(side slip.Tag) []Column {
	return []Column{txt("key", "项目", "Key"), itsName, qty("qty", "数量", "Qty"), amt("net", "金额", "Net", side), amt("tax", "税额", "Tax", side), amt("gross", "价税合计", "Gross", side),
		amt("cost", "成本", "Cost", slip.TagCost), amt("profit", "毛利", "Profit", slip.TagMargin), share("margin", "毛利率", "Margin", slip.TagMargin).zero()}
}

var orderKeys = []By{by("", "全部", "All"), kindBy("sales-order"), kindBy("purchase-order")}

// quiet are the columns with what is only of the contract not shown to people.
func quiet(columns []Column, keys ...string) []Column {
	columns = slices.Clone(columns)
	for i := range columns {
		columns[i].Quiet = slices.Contains(keys, columns[i].Key)
	}
	return columns
}

// PurchaseSummary 采购汇总 and SalesSummary 销售汇总 by any key; returns count against.
var (
	PurchaseSummary = &Report{Name: "purchase-summary", Narrows: ofSlips, Title: text.T("采购汇总表", "Purchase summary"), Area: slip.Purchase, Params: []string{"from", "to", "by"}, Filters: []string{"party", "product", "warehouse", "employee", "department", "kind"}, Kinds: slices.Concat(bought, broughtBack),
		Columns: quiet(tradeColumns(slip.TagPurchase), "cost", "profit", "margin"), By: buyKeys, Run: trade(bought, broughtBack, 1, buyKeys, master.Suppliers.Code)}
	SalesSummary = &Report{Name: "sales-summary", Narrows: ofSlips, Title: text.T("销售汇总表", "Sales summary"), Area: slip.Sales, Params: []string{"from", "to", "by"}, Filters: []string{"party", "product", "warehouse", "employee", "department", "kind"}, Kinds: slices.Concat(sold, takenBack),
		Columns: tradeColumns(slip.TagSales), By: sellKeys, Run: trade(sold, takenBack, -1, sellKeys, master.Customers.Code)}
)

func trade(of, ret []string, sign int64, keys []By, role string) func(*workflow.Book, Params) ([]Row, error) {
	return func(b *workflow.Book, p Params) ([]Row, error) {
		by := keys[max(0, slices.IndexFunc(keys, func(x By) bool { return x.Code == p.By }))]
		from, to, err := span(b, p)
		if err != nil {
			return nil, err
		}
		only := map[string]int64{}
		for _, x := range [][3]string{{"party", p.Party, role}, {"product", p.Product, master.Products.Code}, {"warehouse", p.Warehouse, master.Warehouses.Code}, {"employee", p.Employee, master.Employees.Code}, {"department", p.Department, master.Departments.Code}} {
			r, err := one(b, x[1], x[2])
			if err != nil {
				return nil, err
			}
			if r != nil {
				only[x[0]] = r.ID
			}
		}
		f, err := b.Seen().Trade(narrow(of, p.Kind), narrow(ret, p.Kind), storeKey(by.Code, sign), from, to, only)
		if err != nil {
			return nil, err
		}
		var rows []Row
		for _, x := range f {
			key, name := by.read(b, x.Key)
			net, cost := x.Net, x.Value*num.Amount(sign)
			profit, margin := num.Amount(0), num.Rate(0)
			if sign < 0 {
				profit = net - cost
				if net != 0 {
					if m, err := num.MulDiv(int64(net-cost), num.RateOne, int64(net)); err == nil {
						margin = num.Rate(m)
					}
				}
			}
			rows = append(rows, Row{Word(key), Word(name), x.Qty, net, x.Tax, x.Gross, cost, profit, margin})
		}
		return sorted(rows), nil
	}
}

// narrow leaves of kinds of slips the one that is asked for.
func narrow(list []string, kind string) []string {
	if kind == "" {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(k string) bool { return k != kind })
}

// storeKey: what is sold is summed by the supplier the product comes from, what is bought is for no customer.
func storeKey(by string, sign int64) string {
	switch {
	case by == "supplier" && sign < 0:
		return "product's supplier"
	case by == "customer" && sign > 0:
		return "nobody"
	}
	return by
}

// PurchaseLedger 采购明细账 and SalesLedger 销售明细账 are the summaries line by line, in ledger order; their totals are the same.
var (
	PurchaseLedger = &Report{Name: "purchase-ledger", Narrows: ofSlips, Title: text.T("采购明细账", "Purchase ledger"), Area: slip.Purchase, Params: []string{"from", "to", "party", "product", "warehouse"},
		Filters: []string{"employee", "department", "kind", "person"}, Kinds: slices.Concat(bought, broughtBack),
		Columns: lineColumns(slip.TagPurchase, txt("party", "供应商", "Supplier").of(master.Suppliers.Code).grows(3)), Run: Stream(tradeLines(bought, broughtBack, 1, master.Suppliers.Code)).all, Stream: tradeLines(bought, broughtBack, 1, master.Suppliers.Code)}
	SalesLedger = &Report{Name: "sales-ledger", Narrows: ofSlips, Title: text.T("销售明细账", "Sales ledger"), Area: slip.Sales, Params: []string{"from", "to", "party", "product", "warehouse"},
		Filters: []string{"employee", "department", "kind", "person"}, Kinds: slices.Concat(sold, takenBack),
		Columns: append(lineColumns(slip.TagSales, txt("party", "客户", "Customer").of(master.Customers.Code).grows(3)), amt("profit", "毛利", "Profit", slip.TagMargin)), Run: Stream(tradeLines(sold, takenBack, -1, master.Customers.Code)).all, Stream: tradeLines(sold, takenBack, -1, master.Customers.Code)}
)

func lineColumns(side slip.Tag, who Column) []Column {
	return []Column{dated, numbered, kindOf, who, txt("party_name", "名称", "Party name"), place,
		good, txt("name", "商品名称", "Product name").grows(6), inUnit, qty("qty", "数量", "Qty"), unit("price", "不含税单价", "Price, net", side),
		amt("net", "金额", "Net", side), amt("tax", "税额", "Tax", side), amt("gross", "价税合计", "Gross", side), amt("cost", "成本", "Cost", slip.TagCost)}
}

func tradeLines(of, ret []string, sign num.Amount, role string) Stream {
	return func(b *workflow.Book, p Params, f func(Row) error) error {
		for _, x := range [][2]string{{p.Party, role}, {p.Product, master.Products.Code}, {p.Warehouse, master.Warehouses.Code}} {
			if _, err := one(b, x[0], x[1]); err != nil {
				return err
			}
		}
		from, to, err := span(b, p)
		if err != nil {
			return err
		}
		return b.Seen().TradeLines(narrow(of, p.Kind), narrow(ret, p.Kind), from, to, func(r *store.TradeLine) error {
			if !theirs(b, p, r.Employee, r.Department) || p.Person != "" && p.Person != r.Maker || !slices.Contains(of, r.Kind) && !slices.Contains(ret, r.Kind) && !b.Who().May(r.Kind, "see") {
				return nil
			}
			who, wh, prod := party(b, r.Party), record(b, master.Warehouses.Code, r.Warehouse), record(b, master.Products.Code, r.Product)
			if p.Party != "" && p.Party != who.Code() || p.Product != "" && p.Product != prod.Code() || p.Warehouse != "" && p.Warehouse != wh.Code() {
				return nil
			}
			cost := r.Value * sign
			price, _ := num.UnitPrice(r.Net, r.Qty)
			row := Row{r.Date, Word(r.Number), Word(r.Kind), Word(who.Code()), Word(who.Get("name")), Word(wh.Code()), Word(prod.Code()), Word(prod.Get("name")), unitOf(b, prod), r.Qty, price,
				r.Net, r.Tax, r.Gross, cost}
			if sign < 0 {
				row = append(row, r.Net-cost)
			}
			return f(row)
		})
	}
}

// theirs tells whether a slip is of the employee and the department asked for.
func theirs(b *workflow.Book, p Params, employee, department int64) bool {
	return (p.Employee == "" || record(b, master.Employees.Code, employee).Code() == p.Employee) && (p.Department == "" || record(b, master.Departments.Code, department).Code() == p.Department)
}

// OrderStatus 订单执行情况: what is ordered, done and still open, line by line.
var OrderStatus = &Report{Name: "order-status", Narrows: ofSlips, Title: text.T("订单执行表", "Order status"), Area: slip.Sales, Params: []string{"from", "to", "party", "product", "by"},
	Filters: []string{"employee", "department", "until"},
	Columns: []Column{numbered, dated, partner, good, qty("ordered", "订购", "Ordered"),
		qty("done", "已执行", "Done"), qty("remaining", "未执行", "Remaining").zero(), day("due_date", "要求日期", "Due"), stateOf},
	By: orderKeys, Run: orderStatus}

func orderStatus(b *workflow.Book, p Params) ([]Row, error) {
	from, to, err := span(b, p)
	if err != nil {
		return nil, err
	}
	f, err := b.Seen().OrderLines([]string{"sales-order", "purchase-order"}, from, to)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, r := range f {
		who, prod := party(b, r.Party).Code(), record(b, master.Products.Code, r.Product).Code()
		if !b.Who().May(r.Kind, "see") || p.Party != "" && p.Party != who || p.Product != "" && p.Product != prod || p.By != "" && p.By != r.Kind ||
			!theirs(b, p, r.Employee, r.Department) || p.Until != 0 && (r.Due == 0 || r.Due > p.Until) {
			continue
		}
		rows = append(rows, Row{Word(r.Number), r.Date, Word(who), Word(prod), r.Ordered, r.Done, r.Ordered - r.Done, r.Due, Word(r.Status)})
	}
	return rows, nil
}
