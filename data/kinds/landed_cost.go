package kinds

import (
	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// LandedCost 采购费用分摊单: freight, duty and the like, billed by whoever carried the goods and spread over the lines of receipts.
// While a receipt's period is open it costs more from its own place on (rule C7). What is owed for it is of its own day: the accrual 220202
// carries it from the receipt's (7.3.1).
var LandedCost = &slip.Kind{
	Code: "landed-cost", Title: text.T("采购费用分摊单", "Landed cost"), Prefix: "FT", Group: slip.Purchase,
	Party: slip.Suppliers, VAT: "input", Money: slip.MoneyUse{Opens: []slip.Book{slip.Payable}}, Whole: true,
	From: []slip.Source{{Kind: "goods-receipt", Free: true}},
	Header: []slip.Field{carrierParty, date, must(money("amount", "费用金额(不含税)", "Amount (net)", slip.TypeAmount, 130)), field("tax_rate", "税率", "Tax rate", slip.TypeRate, 70),
		{Key: "allocate_by", Label: text.T("分摊方式", "Spread by"), Type: slip.TypeChoice, Default: "amount", Width: 110, Choices: []slip.Choice{
			{Value: "amount", Label: text.T("按金额", "Amount")}, {Value: "quantity", Label: text.T("按数量", "Quantity")}, {Value: "weight", Label: text.T("按重量", "Weight")}}},
		dueDate, buyer, department, invoiceNo, invoiceDate, invoiceType, externalNo, remark},
	Lines: []slip.Field{lineProduct, lineName, lineSpec, shown(lineUnit), shown(lineQty), hidden(field("weight", "重量", "Weight", slip.TypeQuantity, 88)), lineNet,
		must(show(lineSource)), show(lineSourceNo), lineRemark},
	Paper: buyBillPaper,
	Work:  spreadLanded,
	Check: func(d *slip.Doc) fault.List {
		if r := landedRate(d); r < 0 || r >= num.RateOne {
			return fault.List{fault.New(fault.Invalid, "税率应在 0%% 与 100%% 之间", "the tax rate is between 0%% and 100%%").At("tax_rate")}
		}
		return nil
	},
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		for i := range d.Lines {
			l := &d.Lines[i]
			for _, m := range l.Matches {
				move := slip.Move{Line: i, Warehouse: m.Warehouse, Basis: slip.Late, Value: d.Worth(l), Matched: max(m.Qty, -m.Qty), Source: m.Line, Stock: m.Stock,
					Contra: payables, Variance: l.ContraAccount, OutSide: l.Net < 0, AtSource: !m.Late}
				if m.Apart {
					move.Contra = accruals
					e.Debit(accruals, move.Value)
					e.Credit(payables, move.Value)
				}
				e.Stock = append(e.Stock, move)
			}
		}
		if d.General {
			e.Debit(inputVAT, d.Tax)
			e.Credit(payables, d.Tax)
		}
		e.Party = []slip.PartyEntry{{Role: slip.Suppliers, Party: d.Party, Book: slip.Payable, Amount: d.Gross, Due: dueOf(d)}}
		return e, nil
	},
}

func landedRate(d *slip.Doc) num.Rate {
	r, _ := num.ParseRate(d.Extra["tax_rate"])
	return r
}

// spreadLanded spreads the amount and its tax over the lines by what they came to, how many they are, or what they weigh.
func spreadLanded(d *slip.Doc) error {
	tax, err := d.Amount.Times(landedRate(d))
	if err != nil {
		return err
	}
	weights := make([]int64, len(d.Lines))
	for i := range d.Lines {
		l := &d.Lines[i]
		w, _ := num.ParseQuantity(l.Extra["weight"])
		weights[i] = map[string]int64{"quantity": int64(l.Qty), "weight": int64(w)}[d.Extra["allocate_by"]]
		if d.Extra["allocate_by"] == "amount" || d.Extra["allocate_by"] == "" {
			weights[i] = int64(l.Amount)
		}
	}
	nets, err := num.Spread(d.Amount, weights)
	if err != nil {
		return err
	}
	taxes, err := num.Spread(tax, weights)
	for i := range d.Lines {
		if l := &d.Lines[i]; err == nil {
			l.Net, l.Tax, l.Gross = nets[i], taxes[i], nets[i]+taxes[i]
		}
	}
	return err
}
