package kinds

import (
	"zhanggui/data/chart"
	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Accounts that postings name most.
const (
	receivables = chart.Receivables
	payables    = chart.Payables
	inputVAT    = chart.InputVAT
	outputVAT   = chart.OutputVAT
	smallVAT    = chart.SmallVAT
	prepayments = chart.Prepayments
	advances    = chart.Advances
	accruals    = chart.Accruals
	dispatched  = chart.Dispatched
	costOfSales = chart.CostOfSales
	finance     = chart.Finance
	badDebts    = chart.SundryExpense
)

// eachLine runs over the lines of goods and services that say a quantity.
func eachLine(d *slip.Doc, f func(i int, l *slip.Line)) {
	for i := range d.Lines {
		if l := &d.Lines[i]; l.Base != 0 {
			f(i, l)
		}
	}
}

// eachGood runs over the lines that move goods; a service moves none.
func eachGood(d *slip.Doc, f func(i int, l *slip.Line)) {
	eachLine(d, func(i int, l *slip.Line) {
		if !l.Service {
			f(i, l)
		}
	})
}

// buy posts goods from (sign +1) or back to (sign -1) a supplier. A small taxpayer's input VAT is part of the cost (rule 2.3). In flow
// invoice the goods are accrued at what they are worth, and the invoice makes the payable and the tax. A service is no goods: it goes to
// the account of what it costs (7.3.11).
func buy(d *slip.Doc, sign int64) (slip.Effects, error) {
	var e slip.Effects
	var tax num.Amount
	owed := payables
	if d.Invoiced {
		owed = accruals
	}
	eachLine(d, func(i int, l *slip.Line) {
		cost := d.Worth(l)
		tax += l.Gross - cost
		if l.Service {
			serve(&e, l, owed, cost, sign)
			return
		}
		m := slip.Move{Line: i, Warehouse: d.At(l), Qty: l.Base * num.Quantity(sign), Contra: owed, OutSide: sign < 0}
		switch {
		case m.Qty > 0 && (l.SourceID == 0 || sign > 0): // also an unlinked red return: back at the price typed
			m.Basis, m.Value = slip.Given, cost*num.Amount(sign)+l.Trued
		default: // goods sent back (C6); the difference to the credit is a variance
			m.Credited = -cost * num.Amount(sign)
			m.Variance = l.ContraAccount
			m.Basis = slip.AtCost
			if l.SourceID != 0 {
				m.Basis = slip.FromSource
			}
		}
		e.Stock = append(e.Stock, m)
	})
	s := num.Amount(sign)
	if !d.Invoiced {
		if sign > 0 {
			e.Debit(inputVAT, tax)
			e.Credit(payables, tax)
		} else {
			e.Debit(payables, tax)
			e.Credit(inputVAT, tax)
		}
		e.Party = []slip.PartyEntry{{Role: slip.Suppliers, Party: d.Party, Book: slip.Payable, Amount: d.Gross * s, Due: dueOf(d)}}
	}
	paidNow(&e, d, slip.Suppliers, slip.Payable, s)
	return e, nil
}

// serve posts a service bought (sign +1) or given back (sign -1). What its invoices say it cost more or less, while its period was open,
// comes on top, as with goods.
func serve(e *slip.Effects, l *slip.Line, owed string, cost num.Amount, sign int64) {
	if sign > 0 {
		e.Debit(l.ContraAccount, cost+l.Trued)
		e.Credit(owed, cost+l.Trued)
		return
	}
	e.Debit(owed, cost)
	e.Credit(l.ContraAccount, cost)
}

// sell posts goods to (sign +1) or back from (sign -1) a customer; a return is the same entry with the sign turned. In flow
// invoice only their cost moves, into goods dispatched; the invoice makes the receivable.
func sell(d *slip.Doc, sign int64) (slip.Effects, error) {
	var e slip.Effects
	s := num.Amount(sign)
	if d.Invoiced {
		handOver(&e, d, sign, dispatched)
	} else {
		e.Debit(receivables, d.Gross*s)
		handOver(&e, d, sign, "")
		revenue(&e, d, s)
		e.Party = []slip.PartyEntry{{Role: slip.Customers, Party: d.Party, Book: slip.Receivable, Amount: d.Gross * s, Due: dueOf(d)}}
	}
	paidNow(&e, d, slip.Customers, slip.Receivable, s)
	return e, nil
}

// handOver moves the goods of a sale, their cost into an account; none: each line's cost of sales.
func handOver(e *slip.Effects, d *slip.Doc, sign int64, account string) {
	eachGood(d, func(i int, l *slip.Line) {
		m := slip.Move{Line: i, Warehouse: d.At(l), Qty: -l.Base * num.Quantity(sign), Basis: slip.AtCost, Contra: account, OutSide: true}
		if account == "" {
			m.Contra = l.ContraAccount
		}
		if l.SourceID != 0 && m.Qty > 0 || l.SourceID != 0 && sign < 0 {
			m.Basis = slip.FromSource
		}
		e.Stock = append(e.Stock, m)
	})
}

// paidNow posts what is paid on the slip, and what is rounded off, right behind the slip's own entry (sign -1: money back).
func paidNow(e *slip.Effects, d *slip.Doc, role slip.Role, book slip.Book, sign num.Amount) {
	paid := (d.PaidNow() + d.Rounding) * sign
	if paid == 0 {
		return
	}
	way := num.Amount(1)
	if book == slip.Payable {
		way = -1
		e.Debit(payables, paid)
	}
	for _, p := range d.Payments() {
		if book == slip.Payable {
			e.Credit(p.GL, p.Amount*sign)
		} else {
			e.Debit(p.GL, p.Amount*sign)
		}
		e.Cash = append(e.Cash, slip.CashEntry{Account: p.Account, Amount: p.Amount * sign * way})
	}
	if book == slip.Payable {
		e.Credit(finance, d.Rounding*sign)
	} else {
		e.Debit(finance, d.Rounding*sign)
		e.Credit(receivables, paid)
	}
	e.Party = append(e.Party, slip.PartyEntry{Role: role, Party: d.Party, Book: book, Amount: -paid, Own: true})
}

// outputTax is the account of the tax on what is sold.
func outputTax(d *slip.Doc) string {
	if d.General {
		return outputVAT
	}
	return smallVAT
}

// settle posts money to a supplier or from a customer, with what is let off beside it.
func settle(d *slip.Doc, role slip.Role, book slip.Book) (slip.Effects, error) {
	var e slip.Effects
	off := d.Discount + d.Rounding
	cash := d.Amount
	if book == slip.Payable {
		e.Debit(payables, d.Amount+off)
		e.Credit(d.CashGL, d.Amount)
		e.Credit(finance, off)
		cash = -d.Amount
	} else {
		e.Debit(d.CashGL, d.Amount)
		e.Debit(finance, off)
		e.Credit(receivables, d.Amount+off)
	}
	e.Cash = []slip.CashEntry{{Account: d.Account, Amount: cash}}
	e.Party = []slip.PartyEntry{{Role: role, Party: d.Party, Book: book, Amount: -d.Amount - off}}
	return e, nil
}

// checkLetOff wants what is let off to have the sign of the money; a recovery settles nothing that could be let off.
func checkLetOff(d *slip.Doc) fault.List {
	var faults fault.List
	for _, x := range []struct {
		key string
		a   num.Amount
	}{{"slip_discount", d.Discount}, {"rounding", d.Rounding}} {
		switch {
		case x.a != 0 && (x.a < 0) != (d.Amount < 0):
			faults = append(faults, fault.New(fault.Invalid, "折让与金额的正负不同", "what is let off has the sign of the amount").At(x.key))
		case x.a != 0 && recovers(d):
			faults = append(faults, fault.New(fault.Invalid, "收回坏账没有折让", "nothing is let off a recovery").At(x.key))
		}
	}
	return faults
}

// refunds adds the return whose credit money pays back.
func refunds(from []slip.Source, kind string) []slip.Source {
	return append(append([]slip.Source{}, from...), slip.Source{Kind: kind, Money: true, Refund: true, Path: text.T("退款", "Refund")})
}

// mostly are sources of which the money is what usually follows.
func mostly(from []slip.Source) []slip.Source {
	list := append([]slip.Source{}, from...)
	for i := range list {
		list[i].Usual = true
	}
	return list
}

// The kinds of slips that money to suppliers, or from customers, settles.
var (
	owedBySuppliers = []slip.Source{{Kind: "goods-receipt", Money: true}, {Kind: "purchase-invoice", Money: true}, {Kind: "landed-cost", Money: true}, {Kind: "expense", Money: true}, {Kind: "offset", Money: true}}
	owedByCustomers = []slip.Source{{Kind: "delivery", Money: true}, {Kind: "sales-invoice", Money: true}, {Kind: "income", Money: true}, {Kind: "offset", Money: true}}
)
