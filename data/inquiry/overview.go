package inquiry

import (
	"cmp"
	"slices"

	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// KindCount is what the home page says of a kind. Open counts orders with something left, slips not settled, and money slips not
// wholly allocated; OpenAmount is what is left or open of them. Today leaves void slips out.
type KindCount struct {
	Drafts, Today     int
	Open              int
	OpenAmount        num.Amount
	DueToday, Overdue int // of the open ones
}

// Counts returns the home page's numbers by kind, every kind but hidden ones.
func (b *Book) Counts() (map[string]KindCount, error) {
	list := b.shown()
	counted, err := b.Seen().CountKinds(list, opens(slip.Receivable, slip.Payable), b.Today())
	if err != nil {
		return nil, err
	}
	m := map[string]KindCount{}
	for k, c := range counted {
		m[k] = KindCount{Drafts: c.Drafts, Today: c.Today, Open: c.Open, OpenAmount: c.OpenAmount, DueToday: c.DueToday, Overdue: c.Overdue}
	}
	orders, err := b.promises()
	for _, o := range orders {
		c := m[o.kind]
		c.Open++
		c.OpenAmount += o.amount
		switch {
		case o.due == b.Today():
			c.DueToday++
		case o.due != 0 && o.due < b.Today():
			c.Overdue++
		}
		m[o.kind] = c
	}
	return m, err
}

// shown lists the kinds that who asks sees.
func (b *Book) shown() (list []string) {
	for _, k := range kinds.All {
		if !k.Hidden && b.Who().May(k.Code, "see") {
			list = append(list, k.Code)
		}
	}
	return list
}

// everyKind lists the kinds that people see.
func everyKind() (list []string) {
	for _, k := range kinds.All {
		if !k.Hidden {
			list = append(list, k.Code)
		}
	}
	return list
}

// seen leaves of kinds those that who asks sees.
func (b *Book) seen(codes []string) []string {
	return slices.DeleteFunc(codes, func(k string) bool { return !b.Who().May(k, "see") })
}

// promise is an order with something left.
type promise struct {
	id     int64
	kind   string
	due    text.Date
	amount num.Amount // gross of what is left
}

func (b *Book) promises() ([]*promise, error) {
	lines, err := b.Seen().Promises()
	m := map[int64]*promise{}
	var list []*promise
	for _, l := range lines {
		if !b.Who().May(l.Kind, "see") {
			continue
		}
		p := m[l.Slip]
		if p == nil {
			p = &promise{id: l.Slip, kind: l.Kind, due: l.Due}
			m[l.Slip] = p
			list = append(list, p)
		}
		a, err := num.Share(l.Gross, l.Open, l.Base)
		if err != nil {
			return nil, err
		}
		p.amount += a
	}
	return list, err
}

// DaySales is a day's sales.
type DaySales struct {
	Date  text.Date
	Gross num.Amount
}

// Overview is the owner's look at the day. Sales and purchases are gross, returns and red letters taken off. Profit is gross profit as
// booked: revenue less cost of sales. Collected and paid is money from customers and to suppliers.
type Overview struct {
	SalesToday, SalesMonth, ProfitToday, ProfitMonth, CollectedToday, CollectedMonth num.Amount
	BoughtToday, BoughtMonth, PaidToday, PaidMonth                                   num.Amount
	Days                                                                             []DaySales // every day of this month
	// Ageing is what customers owe: not yet due, 1-30 days overdue, 31-60, 61-90, longer. Its sum is the receivables' balance.
	Ageing [5]num.Amount
	Below  []BelowMin
	// Expiring are the lots on hand that expired or soon will.
	Expiring []ExpiringLot

	hidden map[Figure]bool
}

// Figure is one of those the home page shows.
type Figure string

// The figures.
const (
	FigureSold      Figure = "sold"
	FigureProfit    Figure = "profit"
	FigureCollected Figure = "collected"
	FigureBought    Figure = "bought"
	FigurePaid      Figure = "paid"
	FigureOwed      Figure = "owed" // by customers, by age
	FigureShort     Figure = "short"
	FigureExpiring  Figure = "expiring"
)

// Has tells whether a figure is there for who asked.
func (o *Overview) Has(f Figure) bool { return !o.hidden[f] }

// behind says of each figure which report tells the same: who may not see that, what it counts, or has to do with a part of the book that the
// figure cannot be narrowed to, has none.
var behind = map[Figure]struct {
	report  string
	tag     slip.Tag
	narrows []rights.Axis
}{
	FigureSold:      {"sales-summary", slip.TagSales, bySlip},
	FigureProfit:    {"sales-summary", slip.TagMargin, nil},
	FigureCollected: {"cash-book", "", bySlip},
	FigureBought:    {"purchase-summary", slip.TagPurchase, bySlip},
	FigurePaid:      {"cash-book", "", bySlip},
	FigureOwed:      {"ageing", "", []rights.Axis{rights.Customers}},
	FigureShort:     {"reorder", "", []rights.Axis{rights.Warehouses}},
	FigureExpiring:  {"expiry", "", []rights.Axis{rights.Warehouses}},
}

var bySlip = []rights.Axis{rights.Own, rights.Customers, rights.Warehouses, rights.Departments, rights.Accounts}

// hides are the figures that are not there for who asks.
func (b *Book) hides() map[Figure]bool {
	who, hidden := b.Who(), map[Figure]bool{}
	if !who.Asked() {
		return hidden
	}
	for f, x := range behind {
		hidden[f] = !who.May(x.report, "see") || !who.Sees(x.tag) || who.Scope().Refuse(x.narrows...) != nil
	}
	hidden[FigureOwed] = hidden[FigureOwed] || !who.May(master.Customers.Code, "see")
	return hidden
}

// BelowMin is a product of which less is available than its minimum; Suggested fills it up to the maximum (else the minimum).
type BelowMin struct {
	Product, Name             string
	Available, Min, Suggested num.Quantity
}

// Overview works out the home page's figures as of today.
func (b *Book) Overview() (o Overview, err error) {
	today := b.Today()
	month := today.Month()
	o.hidden = b.hides()
	for d := month.First(); d <= month.Last(); d = d.AddDays(1) {
		o.Days = append(o.Days, DaySales{Date: d})
	}
	if err := b.traded(&o); err != nil {
		return o, err
	}
	if err := b.cashed(&o); err != nil {
		return o, err
	}
	o.without()
	if o.Has(FigureProfit) {
		if o.ProfitMonth, o.ProfitToday, err = b.DB.Earned(b.profitAccounts(), today); err != nil {
			return o, err
		}
	}
	if o.Has(FigureOwed) {
		aged, err := b.Aged(slip.Receivable, today, 0)
		if err != nil {
			return o, err
		}
		for _, a := range aged {
			for i, v := range a.By {
				o.Ageing[i] += v
			}
		}
	}
	if o.Has(FigureShort) {
		if o.Below, err = b.belowMin(); err != nil {
			return o, err
		}
	}
	if o.Has(FigureExpiring) {
		o.Expiring, err = b.Expiring()
	}
	return o, err
}

// without takes out what is not there for who asks of what was summed up in one pass.
func (o *Overview) without() {
	for f, figures := range map[Figure][]*num.Amount{FigureSold: {&o.SalesToday, &o.SalesMonth}, FigureCollected: {&o.CollectedToday, &o.CollectedMonth},
		FigureBought: {&o.BoughtToday, &o.BoughtMonth}, FigurePaid: {&o.PaidToday, &o.PaidMonth}} {
		for _, a := range figures {
			if !o.Has(f) {
				*a = 0
			}
		}
	}
	for i := range o.Days {
		if !o.Has(FigureSold) {
			o.Days[i].Gross = 0
		}
	}
}

// tradeSign tells whether a kind trades goods in a group: +1, -1 for a return, 0 not.
func tradeSign(k *slip.Kind, g slip.Group) num.Amount {
	switch {
	case k.Group != g || !k.Posts() || !k.Taxed || k.Stock.Direction == 0:
		return 0
	case k.ReturnOf != "":
		return -1
	}
	return 1
}

// traded fills in sales and purchases of the month.
func (b *Book) traded(o *Overview) error {
	today := b.Today()
	list, err := b.Seen().GrossByDay(everyKind(), today.Month().First(), today.Month().Last())
	for _, a := range list {
		k, _ := kinds.ByCode(a.Kind)
		sold, bought := a.Amount*tradeSign(k, slip.Sales), a.Amount*tradeSign(k, slip.Purchase)
		o.SalesMonth += sold
		o.BoughtMonth += bought
		o.Days[a.Date%100-1].Gross += sold
		if a.Date == today {
			o.SalesToday += sold
			o.BoughtToday += bought
		}
	}
	return err
}

// cashed fills in the money of the month.
func (b *Book) cashed(o *Overview) error {
	today := b.Today()
	list, err := b.Seen().CashByDay(today.Month().First(), today.Month().Last())
	for _, a := range list {
		k, ok := kinds.ByCode(a.Kind)
		if !ok {
			continue
		}
		month, day, sign := &o.CollectedMonth, &o.CollectedToday, num.Amount(1)
		switch {
		case k.Party == slip.Customers || k.Group == slip.Sales:
		case k.Party == slip.Suppliers || k.Group == slip.Purchase:
			month, day, sign = &o.PaidMonth, &o.PaidToday, -1
		default:
			continue
		}
		*month += a.Amount * sign
		if a.Date == today {
			*day += a.Amount * sign
		}
	}
	return err
}

// profitAccounts are the accounts sales and their cost are booked to.
func (b *Book) profitAccounts() []string {
	_, sales, cost := b.AccountsOf("")
	list := []string{sales, cost}
	b.Masters().Each(master.Categories.Code, func(r *master.Record) {
		for _, a := range []string{r.Get("sales_account"), r.Get("cost_account")} {
			if a != "" && !slices.Contains(list, a) {
				list = append(list, a)
			}
		}
	})
	return list
}

// Aged is what a party owes or is owed in a book. By spreads the balance by how long it has been due: not yet, 1-30 days overdue, 31-60,
// 61-90, longer; the five add up to the balance.
type Aged struct {
	Party   *master.Record
	Balance num.Amount
	By      [5]num.Amount
}

// Overdue is what of the balance is past its day.
func (a Aged) Overdue() num.Amount { return a.By[1] + a.By[2] + a.By[3] + a.By[4] }

// Aged lists the parties with a balance in a book as at the end of a day, by code. What was paid and settles no slip covers the opening
// balance first; the rest of it, like what else the party has to its credit, stands against what is not due, then against what is longest
// overdue. Party 0 is all.
func (b *Book) Aged(book slip.Book, day text.Date, party int64) ([]Aged, error) {
	rows, err := b.DB.Ageing(Openings, book, opens(book), kinds.Opening.Code, day, party)
	if err != nil {
		return nil, err
	}
	opening := bucket(day, b.Rules().Start.First().AddDays(-1))
	list := make([]Aged, 0, len(rows))
	for _, r := range rows {
		if p, ok := b.DB.PartyByID(r.Party); ok && b.There(p) {
			list = append(list, Aged{p, r.Balance, age(r, opening)})
		}
	}
	slices.SortFunc(list, func(a, b Aged) int {
		return cmp.Or(cmp.Compare(a.Party.Code(), b.Party.Code()), cmp.Compare(a.Party.ID, b.Party.ID))
	})
	return list, nil
}

// bucket is the ageing column of what was due on a day.
func bucket(today, due text.Date) int {
	late := today.Sub(due)
	switch {
	case late <= 0:
		return 0
	case late > 90:
		return 4
	}
	return (late + 29) / 30
}

// age spreads a party's balance: what is open on slips by when they were due, what is left of the opening balance where the book began,
// and all else, being due on no day, as not due. Credits larger than that go against what is overdue.
func age(a store.Aged, opening int) [5]num.Amount {
	rest := a.Balance - max(0, a.Opening)
	for _, v := range a.Open {
		rest -= v
	}
	covered := max(0, min(a.Opening, -rest))
	a.Open[opening] += max(0, a.Opening) - covered
	a.Open[0] += rest + covered
	for i := len(a.Open) - 1; i > 0 && a.Open[0] < 0; i-- { // what is overdue is never more than the balance: the rest covers the longest first
		v := max(0, min(a.Open[i], -a.Open[0]))
		a.Open[i], a.Open[0] = a.Open[i]-v, a.Open[0]+v
	}
	return a.Open
}

// belowMin lists active products of which too little is available, by code.
func (b *Book) belowMin() ([]BelowMin, error) {
	ids := []int64{}
	b.Masters().Each(master.Products.Code, func(r *master.Record) {
		if r.Get("min_stock") != "" && r.Active() && r.Get("service") != "yes" {
			ids = append(ids, r.ID)
		}
	})
	stands, err := b.Stands(ids, 0)
	below := []BelowMin{}
	for _, id := range ids {
		r, _ := b.Masters().ByID(master.Products.Code, id)
		p, ok := b.Masters().Product(r.Code())
		if !ok || p.Min <= 0 {
			continue
		}
		if q := stands.At(p.ID, 0).Available(); q < p.Min {
			below = append(below, BelowMin{p.Code(), p.Get("name"), q, p.Min, max(p.Min, p.Max) - q})
		}
	}
	slices.SortFunc(below, func(a, b BelowMin) int { return cmp.Compare(a.Product, b.Product) })
	return below, err
}

// Task is something to do. Urgency counts the days it is late: 0 is today's.
type Task struct {
	Kind                     string
	What                     text.Text
	Number, Party, PartyName string
	Amount                   num.Amount
	Date                     text.Date // when it was due; of a draft its own date
	Urgency                  int
	Action                   string // audit, collect, pay, deliver, receive
	NoAmount                 bool   // who asks may not see it
}

// Tasks lists what waits, the latest first: drafts to audit, receivables and payables due, orders due with something left.
func (b *Book) Tasks(limit int) ([]Task, error) {
	today := b.Today()
	drafts, due, err := b.Seen().TaskIDs(b.shown(), b.seen(opens(slip.Receivable, slip.Payable)), today, limit)
	if err != nil {
		return nil, err
	}
	orders, err := b.promises()
	if err != nil {
		return nil, err
	}
	orders = slices.DeleteFunc(orders, func(p *promise) bool { return p.due == 0 || p.due > today })
	slices.SortFunc(orders, func(a, b *promise) int { return cmp.Or(cmp.Compare(a.due, b.due), cmp.Compare(a.id, b.id)) })
	left := map[int64]num.Amount{}
	var ids []int64
	for _, o := range orders[:min(limit, len(orders))] {
		left[o.id] = o.amount
		ids = append(ids, o.id)
	}
	rows, err := b.Rows(slices.Concat(drafts, due, ids))
	if err != nil {
		return nil, err
	}
	list := make([]Task, 0, len(rows))
	for _, r := range rows {
		list = append(list, b.task(r, left[r.ID], today))
	}
	slices.SortStableFunc(list, func(a, b Task) int { return cmp.Or(cmp.Compare(b.Urgency, a.Urgency), cmp.Compare(b.Amount, a.Amount)) })
	return list[:min(limit, len(list))], nil
}

// task words what is to be done with a slip: a draft is to be audited, an open one settled, an order carried out.
func (b *Book) task(r SlipRow, left num.Amount, today text.Date) Task {
	k, _ := kinds.ByCode(r.Kind)
	t := Task{Kind: r.Kind, Number: r.Number, Party: r.Party, PartyName: r.PartyName, Amount: r.Gross, Date: r.Date, Action: "audit"}
	doing := text.Tf("%s待审核", "%s to be audited", k.Title)
	if !r.Status.Editable() {
		t.Date, t.Amount = max(r.DueDate, r.Date), r.Open
		if r.ToParty != "" {
			t.Party, t.PartyName = r.ToParty, r.ToPartyName
		}
		customer := r.whose == master.Customers
		switch {
		case k.Stock.Promise == slip.Reserved:
			t.Action, t.Amount, t.Date, doing = "deliver", left, r.DueDate, text.T("订单待发货", "Order to be delivered")
		case k.Stock.Promise == slip.InTransit:
			t.Action, t.Amount, t.Date, doing = "receive", left, r.DueDate, text.T("在途货物待收货", "Goods in transit to be received")
		case k.Stock.Promise == slip.OnOrder:
			t.Action, t.Amount, t.Date, doing = "receive", left, r.DueDate, text.T("订单待收货", "Order to be received")
		case !slices.Contains(k.Money.Opens, slip.Receivable) || slices.Contains(k.Money.Opens, slip.Payable) && !customer:
			t.Action, doing = "pay", text.T("应付款", "Payable")
		default:
			t.Action, doing = "collect", text.T("应收款", "Receivable")
		}
	}
	t.Urgency = max(0, today.Sub(t.Date))
	if !b.Who().Sees(k.TagOf(&slip.Doc{Kind: r.Kind}, slip.OnHead, "gross")) {
		t.Amount, t.NoAmount = 0, true
	}
	switch {
	case t.Action == "audit":
		t.What = doing
	case t.Urgency == 0:
		t.What = text.Tf("%s，今天到期", "%s, due today", doing)
	default:
		t.What = text.Tf("%s，逾期 %d 天", "%s, %d {day|days} overdue", doing, t.Urgency)
	}
	return t
}
