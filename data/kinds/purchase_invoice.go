package kinds

import (
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// PurchaseInvoice 采购发票: what the supplier bills, in flow invoice. Matched with receipts it clears what was accrued and says what the
// goods really cost (rule C7); its red letter is matched with returns.
var PurchaseInvoice = &slip.Kind{
	Code: "purchase-invoice", Title: text.T("采购发票", "Purchase invoice"), Prefix: "CF", Group: slip.Purchase, Flow: "invoice",
	Party: slip.Suppliers, VAT: "input", Taxed: true, PriceField: "purchase_price", Money: slip.MoneyUse{Opens: []slip.Book{slip.Payable}},
	From:    []slip.Source{{Kind: "goods-receipt", Usual: true}, {Kind: "purchase-return", Usual: true}},
	Matches: []string{"goods-receipt", "purchase-return"},
	Header:  billed([]slip.Field{supplier, date, buyer, dueDate, department, externalNo, discount}),
	Lines:   billedLines(), Paper: buyBillPaper,
	Post: postPurchaseInvoice,
}

func postPurchaseInvoice(d *slip.Doc) (slip.Effects, error) {
	var e slip.Effects
	var accrued, tax, diff num.Amount // matched returns stand apart: they clear the other side
	var services []slip.Entry         // what services cost more or less than was accrued and cannot be added there any more
	var back slip.Entry
	for i := range d.Lines {
		l := &d.Lines[i]
		cost := d.Worth(l)
		tax += l.Gross - cost
		rest := cost
		for _, m := range l.Matches {
			rest -= m.Net
			switch {
			case m.Back: // what the return credited is cleared; the price of the red invoice may differ
				back.Credit -= m.Value
				if l.Service {
					services = append(services, slip.Entry{Account: l.ContraAccount, Debit: m.Net - m.Value})
				} else {
					diff += m.Net - m.Value
				}
			case m.Late && l.Service: // the difference is a cost of the invoice's day
				accrued += m.Value
				services = append(services, slip.Entry{Account: l.ContraAccount, Debit: m.Net - m.Value})
			case m.Late: // the closed month stays: what the goods cost more or less falls on the invoice's day
				accrued += m.Value
				e.Stock = append(e.Stock, slip.Move{Line: i, Warehouse: m.Warehouse, Basis: slip.Late, Value: m.Net - m.Value, Matched: max(m.Qty, -m.Qty), Source: m.Line,
					Stock: m.Stock, Variance: l.ContraAccount, OutSide: m.Net < m.Value})
			default: // the receipt is worth what the invoice says
				accrued += m.Net
			}
		}
		accrued += rest
	}
	e.Debit(accruals, accrued)
	e.Debit(inputVAT, max(tax, 0))
	if back.Credit != 0 {
		e.Debit(payables, -d.Gross)
		e.Credit(accruals, back.Credit)
		e.Credit(inputVAT, -min(tax, 0))
	} else {
		e.Debit(inputVAT, min(tax, 0))
		e.Credit(payables, d.Gross)
	}
	if diff > 0 {
		e.Debit(costOfSales, diff)
	} else {
		e.Credit(costOfSales, -diff)
	}
	for _, x := range services {
		e.Debit(x.Account, x.Debit)
	}
	e.Party = []slip.PartyEntry{{Role: slip.Suppliers, Party: d.Party, Book: slip.Payable, Amount: d.Gross, Due: dueOf(d)}}
	paidNow(&e, d, slip.Suppliers, slip.Payable, 1)
	return e, nil
}
