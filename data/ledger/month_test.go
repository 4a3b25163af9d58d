package ledger

import (
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// closeMonth runs the rows of a month by the moving average, then its average, and then the rows of the month's end. It returns the
// rates and what each line cost in the end.
func closeMonth(t *testing.T, m Method, opening map[PoolKey]Balance, rows ...*Row) (string, map[int64]num.Amount, *Engine) {
	t.Helper()
	e := NewEngine(m)
	var all []*Row
	for k, b := range opening {
		w := k.Warehouse
		if w == 0 {
			w = 1
		}
		if err := e.Run([]*Row{{Line: 1000 + k.Product, Product: k.Product, Warehouse: w, Date: 20251231, Qty: b.Qty, Basis: slip.Given, Given: b.Value}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range rows {
		if r.Date == 0 {
			r.Date = 20260101 + text.Date(r.Place)
		}
	}
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && samePlace(rows[n], rows[0]) {
			n++
		}
		if err := e.Run(rows[:n]); err != nil {
			t.Fatal(err)
		}
		all = append(append(all, rows[:n]...), e.Made...)
		rows = rows[n:]
	}
	rates, made, err := MonthEnd(m, opening, all)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range made {
		r.Date, r.Place = 20260131, 9999
	}
	if len(made) > 0 {
		if err := e.Run(made); err != nil {
			t.Fatal(err)
		}
	}
	cost := map[int64]num.Amount{}
	for _, r := range append(all, made...) {
		if r.Basis != slip.Carried && r.Basis != MonthlyIn {
			cost[r.Line] -= r.Value
		}
	}
	var s []string
	for _, r := range rates {
		s = append(s, fmt.Sprintf("%d/%d: %s for %s", r.Pool.Product, r.Pool.Warehouse, r.Value, r.Qty))
	}
	return strings.Join(s, ", "), cost, e
}

var company = Method{Company: true}

func opened(v num.Amount, n int64) map[PoolKey]Balance {
	return map[PoolKey]Balance{{1, 0}: {q(n), v}}
}

// 10 at 10.00, issue 4, 10 more at 16.00, issue 6: 260.00 for 20 make 13.00 each. The estimates were 40.00 and 82.50.
func TestWorkedExampleOfTheMonthlyAverage(t *testing.T) {
	a, b := out(2, 4), out(4, 6)
	rates, cost, e := closeMonth(t, company, opened(10000, 10), a, in(3, 10, 16000), b)
	if a.Value != -4000 || b.Value != -8250 {
		t.Errorf("estimated at %v and %v; want 40.00 and 82.50", a.Value, b.Value)
	}
	if p := e.Pool(1, 1); rates != "1/0: 260.00 for 20" || cost[2] != 5200 || cost[4] != 7800 || p.Qty != q(10) || p.Value != 13000 {
		t.Errorf("%s; issues cost %v and %v, %v left for %v; want 52.00, 78.00, 130.00 for 10", rates, cost[2], cost[4], p.Value, p.Qty)
	}
}

// The goods that ran out in between were cheap, those sold afterwards dear; the month knows one cost of both. Every issue costs its share,
// and none of the three cents of 10.00 over 3 is lost.
func TestNoCentOfAMonthIsLostWhereStockRunsOut(t *testing.T) {
	rates, cost, e := closeMonth(t, company, nil, in(1, 10, 10000), out(2, 10), in(3, 10, 30000), out(4, 5))
	if p := e.Pool(1, 1); rates != "1/0: 400.00 for 20" || cost[2] != 20000 || cost[4] != 10000 || p.Value != 10000 {
		t.Errorf("%s; %v and %v, left %v; want 200.00, 100.00 and 100.00", rates, cost[2], cost[4], p.Value)
	}
	_, cost, e = closeMonth(t, company, nil, in(1, 1, 100), out(2, 1), in(3, 2, 900), out(4, 1), out(5, 1))
	if p := e.Pool(1, 1); cost[2] != 333 || cost[4] != 334 || cost[5] != 333 || p.Value != 0 {
		t.Errorf("%v %v %v, left %v; want 3.33 3.34 3.33 and nothing", cost[2], cost[4], cost[5], p.Value)
	}
}

func TestWhatComesBackWithinTheMonthIsAtItsRate(t *testing.T) {
	back := in(5, 2, 0)
	back.Basis, back.SourceLine, back.SourceQty = slip.FromSource, 2, q(6)
	old := in(6, 1, 0) // of an earlier month: what that line cost, 8.00
	old.Basis, old.SourceLine, old.SourceQty = slip.FromSource, 7, q(1)
	found := in(8, 1, 0)
	found.Basis = slip.AtCost
	e := NewEngine(company)
	e.line(7).Cost = -800
	// 10 for 100.00, 8 for 180.00, and 1 for 8.00 from last month: 288.00 for 19
	rows := []*Row{in(1, 10, 10000), out(2, 6), in(4, 8, 18000), back, old, found}
	for _, r := range rows {
		r.Date = 20260101 + text.Date(r.Place)
		if err := e.Run([]*Row{r}); err != nil {
			t.Fatal(err)
		}
	}
	rates, made, err := MonthEnd(company, nil, rows)
	if err != nil || len(rates) != 1 || rates[0].Qty != q(19) || rates[0].Value != 28800 {
		t.Fatalf("rates %v, %v; want 288.00 for 19", rates, err)
	}
	v := map[int64]num.Amount{}
	for _, r := range append(rows, made...) {
		v[r.Line] += r.Value
	}
	// 6 at 15.1579, 2 of them back, 1 found over
	if v[2] != -9095 || v[5] != 3032 || v[6] != 800 || v[8] != 1516 {
		t.Errorf("issue %v, back %v, old %v, found %v; want -90.95, 30.32, 8.00, 15.16", v[2], v[5], v[6], v[8])
	}
}

// W1: 10 for 100.00 and 10 for 300.00, 10 go to W2 after the first, 5 of W2 are sold and 4 of W1. W1's rate is 20.00, so W2 has 10 for
// 200.00 and sells at 20.00 too, though both were estimated at 10.00.
func TestTransfersCarryTheRateOn(t *testing.T) {
	o := out(2, 10)
	o.Basis, o.Stock, o.Contra = slip.Moved, "1405", "1405"
	i := &Row{Slip: 2, Line: 2, Seq: 1, Place: 2, Product: 1, Warehouse: 2, Qty: q(10), Basis: slip.Carried, Stock: "1405", Contra: "1405"}
	s := out(3, 5)
	s.Warehouse = 2
	rates, cost, e := closeMonth(t, Method{}, nil, in(1, 10, 10000), o, i, s, in(4, 10, 30000), out(5, 4))
	if rates != "1/1: 400.00 for 20, 1/2: 200.00 for 10" || cost[2] != 20000 || cost[3] != 10000 || cost[5] != 8000 {
		t.Errorf("%s; moved %v, sold %v and %v; want 200.00, 100.00, 80.00", rates, cost[2], cost[3], cost[5])
	}
	if a, b := e.Pool(1, 1), e.Pool(1, 2); a.Value != 12000 || b.Value != 10000 {
		t.Errorf("left %v and %v; want 120.00 and 100.00", a.Value, b.Value)
	}
}

// Goods that go there and back make the rates depend on each other: 10 for 100.00 in W1, all to W2, all back, 10 more for 300.00 to W1.
// W1's rate r is of 10 + 10 + 10 with 400.00 + 10 r: 20.00.
func TestRatesThatDependOnEachOtherSettle(t *testing.T) {
	move := func(line, from, to int64) []*Row {
		o := out(line, 10)
		o.Warehouse, o.Basis = from, slip.Moved
		return []*Row{o, {Slip: line, Line: line, Seq: 1, Place: line, Product: 1, Warehouse: to, Qty: q(10), Basis: slip.Carried}}
	}
	rows := append([]*Row{in(1, 10, 10000)}, append(move(2, 1, 2), move(3, 2, 1)...)...)
	rates, cost, e := closeMonth(t, Method{}, nil, append(rows, in(4, 10, 30000), out(5, 20))...)
	if rates != "1/1: 600.00 for 30, 1/2: 200.00 for 10" || cost[5] != 40000 || e.Pool(1, 1).Value != 0 || e.Pool(1, 2).Value != 0 {
		t.Errorf("%s; sold for %v, left %v and %v", rates, cost[5], e.Pool(1, 1).Value, e.Pool(1, 2).Value)
	}
}

// A set is made of 2 of product 1 before those became dearer: 10 for 100.00, 10 for 300.00, so 20.00 each and the set 40.00 and its fee.
func TestASetCostsItsComponentsRates(t *testing.T) {
	c := out(2, 2)
	c.OutSide = true
	set := &Row{Slip: 2, Line: 3, Seq: 1, Place: 2, Product: 2, Warehouse: 1, Qty: q(1), Basis: slip.Collected, Given: 500, Weight: 1}
	sold := &Row{Slip: 5, Line: 5, Place: 5, Product: 2, Warehouse: 1, Qty: -q(1), Basis: slip.AtCost}
	rates, cost, e := closeMonth(t, company, nil, in(1, 10, 10000), c, set, in(4, 10, 30000), sold)
	if rates != "1/0: 400.00 for 20, 2/0: 45.00 for 1" || cost[5] != 4500 || e.Pool(1, 1).Value != 36000 || e.Pool(2, 1).Value != 0 {
		t.Errorf("%s; the set sold for %v, left %v and %v", rates, cost[5], e.Pool(1, 1).Value, e.Pool(2, 1).Value)
	}
}

// Example 3 within a month: 20.00 for 2 and 120.00 for 10 make 140.00 for 12. Issued were 5, with the correction for 56.00.
func TestAShortageCoveredWithinTheMonthIsAveragedToo(t *testing.T) {
	rates, cost, e := closeMonth(t, company, nil, in(1, 2, 2000), beyond(2, 5), in(3, 10, 12000))
	if rates != "1/0: 140.00 for 12" || cost[2] != 5833 || e.Pool(1, 1).Value != 8167 {
		t.Errorf("%s; cost %v, left %v; want 58.33 and 81.67", rates, cost[2], e.Pool(1, 1).Value)
	}
}

// A pool that ends below zero keeps its estimates, and so does what goes into it.
func TestAPoolThatOwesGoodsKeepsItsEstimate(t *testing.T) {
	rates, cost, e := closeMonth(t, company, nil, in(1, 2, 2000), beyond(2, 5), in(3, 1, 3000))
	if rates != "" || cost[2] != 5000+2000 || e.Pool(1, 1).Qty != -q(2) || e.Pool(1, 1).Value != -2000 {
		t.Errorf("%s; cost %v, left %v", rates, cost[2], e.Pool(1, 1).Value)
	}
	c := out(2, 2)
	set := &Row{Slip: 2, Line: 3, Seq: 1, Place: 2, Product: 2, Warehouse: 1, Qty: q(1), Basis: slip.Collected, Weight: 1}
	sold := &Row{Slip: 5, Line: 5, Place: 5, Product: 2, Warehouse: 1, Qty: -q(3), Basis: slip.AtCost, Beyond: true}
	other := out(6, 3)
	// 400.00 for 20 less the 2 that went into the set at 20.00: 380.00 for 18
	rates, cost, e = closeMonth(t, company, nil, in(1, 10, 10000), c, set, in(4, 10, 30000), sold, other)
	if rates != "1/0: 380.00 for 18" || cost[6] != 6333 || cost[5] != 6000 || e.Pool(2, 1).Value != -4000 {
		t.Errorf("%s; issued for %v, sets for %v, owed %v", rates, cost[6], cost[5], e.Pool(2, 1).Value)
	}
}

func TestATurnOfTheMethodKeepsWhatLiesThere(t *testing.T) {
	at := func(r *Row, d text.Date) *Row { r.Date = d; return r }
	m := Method{Company: true, Turns: []Turn{{20260201, true}, {20260301, false}}}
	a, b, c := at(out(3, 4), 20260110), at(out(4, 12), 20260205), at(out(6, 2), 20260302)
	e := engine(t, m, at(in(1, 10, 10000), 20260101), at(in(2, 5, 6500), 20260102), a)
	if err := e.Run([]*Row{at(in(5, 6, 9000), 20260203), b}); err != nil { // 11 for 121.00 are one layer, then 6 at 15.00
		t.Fatal(err)
	}
	if p := e.Pool(1, 1); a.Value != -4400 || b.Value != -13600 || p.Value != 7500 || len(p.Layers) != 1 {
		t.Errorf("%v by average, %v by layers (want -44.00, -121.00 - 15.00), left %v in %v", a.Value, b.Value, p.Value, p.Layers)
	}
	if err := e.Run([]*Row{c}); err != nil {
		t.Fatal(err)
	}
	if p := e.Pool(1, 1); c.Value != -3000 || p.Value != 4500 || p.Layers != nil {
		t.Errorf("then %v, left %v in %v", c.Value, p.Value, p.Layers)
	}
}
