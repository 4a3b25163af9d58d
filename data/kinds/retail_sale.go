package kinds

import (
	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// RetailSale 零售单: goods over the counter, paid at once by one or several cash accounts. A customer may be named; nobody owes.
var RetailSale = &slip.Kind{
	Code: "retail-sale", Title: text.T("零售单", "Counter sale"), Prefix: "LS", Group: slip.Sales,
	Party: slip.Customers, VAT: "output", Stock: slip.StockUse{Direction: -1, Beyond: true}, Taxed: true, PriceField: "sales_price", Money: slip.MoneyUse{AtOnce: true},
	Header: head([]slip.Field{optional(customer), date, warehouse, employee, department, externalNo, discount}, show(own(money("tendered", "实收", "Tendered", slip.TypeAmount, 100)))),
	Lines:  byLot(priced()), Paper: tillPaper,
	Check: func(d *slip.Doc) fault.List {
		given, err := num.ParseAmount(d.Extra["tendered"])
		if d.Extra["tendered"] != "" && err == nil && given < d.PaidNow() {
			return fault.List{fault.New(fault.Invalid, "实收 %s 少于应收 %s", "%s tendered, but %s is to pay", given, d.PaidNow()).At("tendered")}
		}
		return nil
	},
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		for _, p := range d.Payments() {
			e.Debit(p.GL, p.Amount)
			e.Cash = append(e.Cash, slip.CashEntry{Account: p.Account, Amount: p.Amount})
		}
		e.Debit(finance, d.Rounding)
		handOver(&e, d, +1, "")
		revenue(&e, d, 1)
		return e, nil
	},
}
