package reports

import (
	"slices"

	"zhanggui/data/chart"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Reconciliation 账表核对 leads what was sold and bought, as the summaries and ledgers have it, over to what was billed and booked (7.3.3). In
// flow direct both are the same; in flow invoice goods handed over wait for their bills. The rows stand in the order of reconciled, what other
// slips entered by the kind of slip behind their sum; the last is the difference, and 0.00. It is a page of the month's books, not a report of
// its own.
var Reconciliation = &Report{Name: "reconciliation", Title: text.T("账表核对", "Reconciliation"), Area: slip.Books, Tag: slip.TagMargin, Params: []string{"from", "to"},
	Columns: []Column{txt("item", "项目", "Item").grows(6), balance("sales", "销售", "Sales, net", slip.TagSales), balance("cost", "销售成本", "Cost of sales", slip.TagCost), balance("purchases", "采购", "Purchases, net", slip.TagPurchase)},
	Run:     reconciliation}

// The rows of Reconciliation by what they say; behind TiedOther stand its parts.
const (
	TiedLedger = iota
	TiedLater
	TiedEarlier
	TiedLoose
	TiedBilled
	TiedBooked
	TiedOther
	TiedDifference
)

// reconciled are the rows of Reconciliation in words.
var reconciled = [...]text.Text{
	TiedLedger:     text.T("明细账（按发货、收货）", "As delivered and received: sales and purchase ledgers"),
	TiedLater:      text.T("减：已发货（收货），尚未开票", "Less: delivered (received), not yet invoiced"),
	TiedEarlier:    text.T("加：本期开票，以前发货（收货）", "Plus: invoiced of earlier deliveries (receipts)"),
	TiedLoose:      text.T("加：已开票，尚未钩稽", "Plus: invoiced, not matched with goods"),
	TiedBilled:     text.T("按开票", "As billed"),
	TiedBooked:     text.T("账上：5001、5401；采购发票", "As booked: 5001, 5401; bills of purchases"),
	TiedOther:      text.T("减：科目的其他发生额", "Less: other entries on these accounts"),
	TiedDifference: text.T("差额", "Difference"),
}

// tie is one column of Reconciliation.
type tie struct {
	ledger num.Amount
	store.Timing
	booked, other num.Amount
	parts         map[string]num.Amount // other, by kind of slip
}

// part adds what slips of a kind entered.
func (t *tie) part(kind string, a num.Amount) {
	if t.parts == nil {
		t.parts = map[string]num.Amount{}
	}
	t.parts[kind] += a
	t.other += a
}

// rows are the figures of the tie in the order of reconciled.
func (t tie) rows() []num.Amount {
	billed := t.ledger - t.Later + t.Earlier + t.Loose
	return []num.Amount{TiedLedger: t.ledger, TiedLater: t.Later, TiedEarlier: t.Earlier, TiedLoose: t.Loose, TiedBilled: billed, TiedBooked: t.booked, TiedOther: t.other,
		TiedDifference: billed - (t.booked - t.other)}
}

func reconciliation(b *workflow.Book, p Params) ([]Row, error) {
	from, to, err := span(b, p)
	if err != nil {
		return nil, err
	}
	sales, cost, err := salesTies(b, from, to)
	if err != nil {
		return nil, err
	}
	purchases, err := purchaseTie(b, from, to)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for i, x := range reconciled {
		rows = append(rows, Row{Word(x.In(b.Settings().Lang)), sales.rows()[i], cost.rows()[i], purchases.rows()[i]})
		if i == TiedOther {
			rows = append(rows, others(b.Settings().Lang, sales, cost, purchases)...)
		}
	}
	return rows, nil
}

// others are the parts of what other slips entered, each by the title of its kind.
func others(l text.Lang, ties ...tie) (rows []Row) {
	for _, k := range kinds.All {
		row, any := Row{Word(text.Tf("　其中：%s", "  of which: %s", k.Title).In(l))}, false
		for _, t := range ties {
			a := t.parts[k.Code]
			row, any = append(row, a), any || a != 0
		}
		if any {
			rows = append(rows, row)
		}
	}
	return rows
}

// salesTies are the ties of what was sold, and of what it cost.
func salesTies(b *workflow.Book, from, to text.Date) (sales, cost tie, err error) {
	bill := kinds.SalesInvoice
	all, err := b.Seen().Trade(sold, takenBack, "nobody", from, to, nil)
	if err != nil {
		return sales, cost, err
	}
	for _, x := range all {
		sales.ledger, cost.ledger = sales.ledger+x.Net, cost.ledger-x.Value
	}
	if sales.Timing, err = b.Seen().NetTiming(followed(sold, bill), followed(takenBack, bill), bill.Code, from, to); err != nil {
		return sales, cost, err
	}
	if cost.Timing, err = b.Seen().CostTiming(from, to); err != nil {
		return sales, cost, err
	}
	theirs := slices.Concat(sold, takenBack, []string{bill.Code})
	for _, x := range []struct {
		t     *tie
		cost  bool
		key   string
		first string
		sign  num.Amount
	}{{&sales, false, "sales_account", chart.Sales, -1}, {&cost, true, "cost_account", chart.CostOfSales, 1}} {
		accounts, err := b.Seen().TradeAccounts(x.cost, theirs, from, to)
		if err != nil {
			return sales, cost, err
		}
		accounts = append(accounts, x.first)
		for _, r := range b.Masters().List(master.Categories.Code) {
			if a := r.Get(x.key); a != "" {
				accounts = append(accounts, a)
			}
		}
		booked, err := b.Seen().Booked(accounts, from, to)
		if err != nil {
			return sales, cost, err
		}
		x.t.booked = booked * x.sign
		others, err := b.Seen().Entered(accounts, theirs, from, to)
		if err != nil {
			return sales, cost, err
		}
		for _, o := range others {
			x.t.part(o.Kind, o.Amount*x.sign)
		}
	}
	return sales, cost, nil
}

// purchaseTie is the tie of what was bought: what bills, and receipts that no bill follows, come to.
func purchaseTie(b *workflow.Book, from, to text.Date) (t tie, err error) {
	bill := kinds.PurchaseInvoice
	all, err := b.Seen().Trade(bought, broughtBack, "nobody", from, to, nil)
	if err != nil {
		return t, err
	}
	for _, x := range all {
		t.ledger += x.Net
	}
	if t.Timing, err = b.Seen().NetTiming(followed(bought, bill), followed(broughtBack, bill), bill.Code, from, to); err != nil {
		return t, err
	}
	t.booked, err = b.Seen().BilledNet(bought, broughtBack, bill.Matches, bill.Code, from, to)
	return t, err
}

// followed are those of some kinds that bills of a kind follow.
func followed(list []string, bill *slip.Kind) (of []string) {
	for _, k := range list {
		if slices.Contains(bill.Matches, k) {
			of = append(of, k)
		}
	}
	return of
}
