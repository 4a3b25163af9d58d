package kinds

import (
	"zhanggui/data/chart"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

const capital = chart.Capital

// OpeningNumber is the number of the one opening voucher.
const OpeningNumber = "OPENING"

// Opening 期初: the one opening voucher, made by the program from opening stock, opening balances and the cash
// accounts' openings. What does not balance goes to capital.
var Opening = &slip.Kind{
	Code: "opening", Title: text.T("期初", "Opening"), Prefix: "QC0", Group: slip.Books, Hidden: true,
	Header: []slip.Field{date},
	Lines:  []slip.Field{ref("product", "商品编码", "Code", "products", 100), ref("warehouse", "仓库", "Store", "warehouses", 74), field("qty", "数量", "Qty", slip.TypeQuantity, 88)},
	Post:   postOpening,
}

// Opening lines without a product carry a balance: Extra["book"] names a party book or "cash", Debit its amount.
func postOpening(d *slip.Doc) (slip.Effects, error) {
	var e slip.Effects
	var diff num.Amount // debits so far
	for i := range d.Lines {
		l := &d.Lines[i]
		if l.Product != "" {
			e.Stock = append(e.Stock, slip.Move{Line: i, Warehouse: l.Warehouse, Qty: l.Base, Basis: slip.Given, Value: l.Net, Contra: capital})
			continue
		}
		book := slip.Book(l.Extra["book"])
		switch book {
		case "cash":
			e.Cash = append(e.Cash, slip.CashEntry{Account: l.Extra["cash"], Amount: l.Debit})
		default:
			e.Party = append(e.Party, slip.PartyEntry{Role: l.Role, Party: l.Party, Book: book, Amount: l.Debit, Due: d.Date})
		}
		if book == slip.Payable || book == slip.Advance {
			e.Credit(l.Account, l.Debit)
			diff -= l.Debit
		} else {
			e.Debit(l.Account, l.Debit)
			diff += l.Debit
		}
	}
	if diff > 0 {
		e.Credit(capital, diff)
	} else {
		e.Debit(capital, -diff)
	}
	return e, nil
}
