package ledger

import (
	"errors"
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/slip"
)

func q(n int64) num.Quantity { return num.Quantity(n * num.QuantityOne) }

func in(line, n int64, v num.Amount) *Row {
	return &Row{Slip: line, Line: line, Place: line, Product: 1, Warehouse: 1, Qty: q(n), Basis: slip.Given, Given: v}
}

func out(line, n int64) *Row {
	return &Row{Slip: line, Line: line, Place: line, Product: 1, Warehouse: 1, Qty: -q(n), Basis: slip.AtCost}
}

func run(t *testing.T, rows ...*Row) *Pool {
	t.Helper()
	e := NewEngine(Method{Company: true})
	if err := e.Run(rows); err != nil {
		t.Fatal(err)
	}
	return e.Pool(1, 1)
}

func TestWorkedExample1MovingAverageAndABackdatedReceipt(t *testing.T) {
	d := out(3, 4)
	p := run(t, in(1, 10, 10000), in(2, 5, 6500), d)
	if d.Value != -4400 || p.Value != 12100 || p.Qty != q(11) {
		t.Errorf("delivery %v, pool %v of %v; want -44.00, 121.00 of 11", d.Value, p.Value, p.Qty)
	}
	p = run(t, in(1, 10, 10000), in(2, 5, 6500), in(9, 5, 3500), d)
	if d.Value != -4000 || p.Value != 16000 || p.Qty != q(16) {
		t.Errorf("delivery %v, pool %v of %v; want -40.00, 160.00 of 16", d.Value, p.Value, p.Qty)
	}
}

func TestWorkedExample2NoCentStaysOnZeroStock(t *testing.T) {
	a, b, c := out(2, 1), out(3, 1), out(4, 1)
	p := run(t, in(1, 3, 1000), a, b, c)
	if a.Value != -333 || b.Value != -334 || c.Value != -333 || p.Value != 0 {
		t.Errorf("issues %v %v %v, left %v", a.Value, b.Value, c.Value, p.Value)
	}
}

func TestSalesReturnsComeBackAtTheirOwnCostByShare(t *testing.T) {
	ret := func(line, n int64) *Row {
		r := in(line, n, 0)
		r.Basis, r.SourceLine, r.SourceQty = slip.FromSource, 2, q(3)
		return r
	}
	a, b, c := ret(4, 1), ret(5, 1), ret(6, 1)
	run(t, in(1, 3, 1000), out(2, 3), in(3, 1, 9900), a, b, c)
	if a.Value != 333 || b.Value != 334 || c.Value != 333 {
		t.Errorf("came back %v %v %v; want 3.33 3.34 3.33", a.Value, b.Value, c.Value)
	}
}

func TestPurchaseReturnLeavesAtReceiptCostWithVariance(t *testing.T) {
	r := out(3, 2)
	r.Basis, r.SourceLine, r.SourceQty, r.Varies, r.Given = slip.FromSource, 1, q(10), true, 1800
	v := &Row{Slip: 3, Line: 3, Seq: 1, Place: 3, Product: 1, Warehouse: 1, Basis: Variance, SourceLine: 1}
	p := run(t, in(1, 10, 10000), in(2, 10, 20000), r, v)
	if r.Value != -1800 || v.Value != -200 || p.Value != 28000 {
		t.Errorf("credited %v, variance %v, pool %v; want -18.00, -2.00, 280.00", r.Value, v.Value, p.Value)
	}
}

func TestATransferCarriesItsValue(t *testing.T) {
	o := out(2, 4)
	o.Basis = slip.Moved
	i := &Row{Slip: 2, Line: 2, Seq: 1, Place: 2, Product: 1, Warehouse: 2, Qty: q(4), Basis: slip.Carried}
	e := NewEngine(Method{})
	if err := e.Run([]*Row{in(1, 10, 1001), o, i}); err != nil {
		t.Fatal(err)
	}
	if o.Value != -400 || i.Value != 400 || e.Pool(1, 1).Value != 601 || e.Pool(1, 2).Value != 400 {
		t.Errorf("out %v in %v", o.Value, i.Value)
	}
}

func TestNothingGoesBelowZeroAtAnyMoment(t *testing.T) {
	e := NewEngine(Method{Company: true})
	err := e.Run([]*Row{in(1, 3, 300), out(2, 4), in(3, 9, 900)})
	var s *Short
	if !errors.As(err, &s) || s.Row.Line != 2 || s.Left != -q(1) {
		t.Errorf("got %v; want the issue of line 2 short by 1", err)
	}
}

// engine runs rows and returns the engine for a look at what is left.
func engine(t *testing.T, m Method, rows ...*Row) *Engine {
	t.Helper()
	e := NewEngine(m)
	if err := e.Run(rows); err != nil {
		t.Fatal(err)
	}
	return e
}

func beyond(line, n int64) *Row {
	r := out(line, n)
	r.Beyond, r.Contra = true, "5401"
	return r
}

func TestWorkedExample3GoodsIssuedBeyondStockAreCorrectedWhenTheyCome(t *testing.T) {
	for _, fifo := range []bool{false, true} {
		d := beyond(2, 5)
		e := engine(t, Method{FIFO: fifo, Company: true}, in(1, 2, 2000), d)
		if p := e.Pool(1, 1); d.Value != -5000 || p.Qty != -q(3) || p.Value != -3000 || e.State(1).Short(2) != q(3) {
			t.Errorf("fifo %v: issue %v, pool %v of %v", fifo, d.Value, p.Value, p.Qty)
		}
		if err := e.Run([]*Row{in(3, 10, 12000)}); err != nil {
			t.Fatal(err)
		}
		if p := e.Pool(1, 1); p.Qty != q(7) || p.Value != 8400 || len(e.Made) != 1 {
			t.Fatalf("fifo %v: pool %v of %v, corrections %v", fifo, p.Value, p.Qty, e.Made)
		}
		if c := e.Made[0]; c.Value != -600 || c.Line != 2 || c.Slip != 3 || c.Contra != "5401" || c.Entries()[0].Debit != 600 {
			t.Errorf("fifo %v: correction %+v, want 6.00 of line 2 to 5401 with slip 3", fifo, c)
		}
	}
}

func TestWorkedExample4FIFO(t *testing.T) {
	d := out(3, 4)
	e := engine(t, Method{FIFO: true, Company: true}, in(1, 10, 10000), in(2, 5, 6500), d)
	p := e.Pool(1, 1)
	if d.Value != -4000 || p.Value != 12500 || len(p.Layers) != 2 || p.Layers[0].Qty != q(6) || p.Layers[0].Value != 6000 || p.Layers[1].Value != 6500 {
		t.Errorf("delivery %v, pool %v in %+v; want -40.00, 125.00 as 6 @ 10 and 5 @ 13", d.Value, p.Value, p.Layers)
	}
}

func TestFIFOLayersKeepTheirCentsAndOrigins(t *testing.T) {
	a, b, c := out(2, 1), out(3, 1), out(4, 1)
	engine(t, Method{FIFO: true}, in(1, 3, 1000), a, b, c)
	if a.Value != -333 || b.Value != -334 || c.Value != -333 {
		t.Errorf("issues %v %v %v, want as in example 2", a.Value, b.Value, c.Value)
	}
	// W2 has a younger layer of its own; the older one carried over goes out first
	w2 := func(r *Row) *Row { r.Warehouse = 2; return r }
	o := out(3, 12)
	o.Basis = slip.Moved
	i := w2(&Row{Slip: 3, Line: 3, Seq: 1, Place: 3, Product: 1, Qty: q(12), Basis: slip.Carried})
	s := w2(out(4, 11))
	e := engine(t, Method{FIFO: true}, in(1, 10, 10000), w2(in(2, 5, 9900)), in(22, 5, 6500))
	o.Place, i.Place, s.Place = 30, 30, 40
	if err := e.Run([]*Row{o, i, s}); err != nil {
		t.Fatal(err)
	}
	// 10 @ 10.00 and 2 @ 13.00 move; then 10 @ 10.00 and 1 of line 2's 19.80
	if o.Value != -12600 || s.Value != -11980 || e.Pool(1, 1).Value != 3900 || e.Pool(1, 2).Value != 9900+12600-11980 {
		t.Errorf("moved %v, issued %v, left %v and %v", o.Value, s.Value, e.Pool(1, 1).Value, e.Pool(1, 2).Value)
	}
}

func TestFIFOGoodsSentBackLeaveTheirOwnLayerFirst(t *testing.T) {
	r := out(3, 6)
	r.Basis, r.SourceLine, r.SourceQty, r.Varies, r.Given = slip.FromSource, 2, q(5), true, 7000
	v := &Row{Slip: 3, Line: 3, Seq: 1, Place: 3, Product: 1, Warehouse: 1, Basis: Variance, SourceLine: 2}
	e := engine(t, Method{FIFO: true}, in(1, 10, 10000), in(2, 5, 6500), r, v)
	if r.Value != -7000 || v.Value != -500 || e.Pool(1, 1).Value != 9000 {
		t.Errorf("credited %v, variance %v, left %v; want -70.00, -5.00 (65.00 + 10.00 left), 90.00", r.Value, v.Value, e.Pool(1, 1).Value)
	}
}

func TestShortLinesAreCoveredOldestFirstAndPartByPart(t *testing.T) {
	a, b := beyond(2, 2), beyond(3, 3)
	a.Fallback, b.Contra = 10_000000, "4001"
	e := engine(t, Method{Company: true}, a, b) // never any stock: the reference cost 10.00, then the last issue's
	if a.Value != -2000 || b.Value != -3000 {
		t.Fatalf("issued at %v and %v", a.Value, b.Value)
	}
	if err := e.Run([]*Row{in(4, 4, 5000)}); err != nil { // 12.50 each: 2 for line 2, 2 of 3 for line 3
		t.Fatal(err)
	}
	p := e.Pool(1, 1)
	if len(e.Made) != 2 || e.Made[0].Value != -500 || e.Made[0].Line != 2 || e.Made[1].Value != -500 || e.Made[1].Contra != "4001" || p.Qty != -q(1) || p.Value != -1000 {
		t.Errorf("corrections %+v, pool %v of %v", e.Made, p.Value, p.Qty)
	}
}

func TestAReturnOfAShortLineCancelsItsOwnShortageFirst(t *testing.T) {
	back := func(line, n int64) *Row {
		r := in(line, n, 0)
		r.Basis, r.SourceLine, r.SourceQty = slip.FromSource, 3, q(5)
		return r
	}
	first, last := back(4, 2), back(6, 3)
	e := engine(t, Method{Company: true}, beyond(2, 1), in(9, 3, 3000), beyond(3, 5), first)
	if p := e.Pool(1, 1); first.Value != 2000 || p.Qty != -q(1) || p.Value != -1000 {
		t.Errorf("2 came back at %v, pool %v of %v; want 20.00, -10.00 of -1", first.Value, p.Value, p.Qty)
	}
	if err := e.Run([]*Row{in(5, 4, 4800), last}); err != nil { // the one still short costs 12.00: the line 2 × 10 + 2 × 10 + 12 = 52.00
		t.Fatal(err)
	}
	if p := e.Pool(1, 1); last.Value != 3200 || p.Qty != q(6) || p.Value != 3600+3200 {
		t.Errorf("3 came back at %v, pool %v of %v; want 32.00", last.Value, p.Value, p.Qty)
	}
}

func TestWhatMayNotGoBeyondStockIsRefusedThoughOthersMay(t *testing.T) {
	moved := out(3, 1)
	moved.Warehouse, moved.Basis = 2, slip.Moved
	arrived := &Row{Slip: 3, Line: 3, Seq: 1, Place: 3, Product: 1, Warehouse: 1, Qty: q(1), Basis: slip.Carried}
	err := NewEngine(Method{Company: true}).Run([]*Row{in(1, 3, 300), beyond(2, 4), moved, arrived})
	var s *Short
	if !errors.As(err, &s) || s.Row != moved {
		t.Errorf("a transfer out of an empty warehouse: %v", err)
	}
	w2 := in(1, 1, 100)
	w2.Warehouse = 2
	part := out(3, 1)
	part.Warehouse = 2
	err = NewEngine(Method{Company: true}).Run([]*Row{w2, beyond(2, 4), part})
	if !errors.As(err, &s) || !s.Pool || s.Left != -q(4) {
		t.Errorf("a component of a pool that owes goods: %v", err)
	}
}

func TestAnAdjustmentAndALateCostGoToWhatLiesThere(t *testing.T) {
	adj := &Row{Slip: 3, Line: 3, Place: 3, Product: 1, Warehouse: 1, Basis: slip.Adjusted, Given: -2000}
	e := engine(t, Method{FIFO: true}, in(1, 10, 10000), in(2, 5, 5000), adj)
	if p := e.Pool(1, 1); p.Layers[0].Value != 8667 || p.Layers[1].Value != 4333 { // −20.00 over 100.00 : 50.00
		t.Errorf("layers %+v", p.Layers)
	}
	for _, fifo := range []bool{false, true} { // example 5, the month closed: 10.00 more for 10, 6 of them still there
		late := &Row{Slip: 3, Line: 3, Place: 3, Product: 1, Warehouse: 1, Basis: slip.Late, Given: 1000, SourceLine: 1, SourceQty: q(10)}
		rest := &Row{Slip: 3, Line: 3, Seq: 1, Place: 3, Product: 1, Warehouse: 1, Basis: Rest, SourceLine: 1}
		e := engine(t, Method{FIFO: fifo}, in(1, 10, 10000), out(2, 4), late, rest)
		if p := e.Pool(1, 1); late.Value != 1000 || rest.Value != -400 || p.Value != 6600 {
			t.Errorf("fifo %v: late %v, rest %v, pool %v; want 10.00, -4.00, 66.00", fifo, late.Value, rest.Value, p.Value)
		}
	}
}

func TestLandedCostIsInTheUnitCostThatCoversAShortage(t *testing.T) {
	for _, fifo := range []bool{false, true} { // 5 short at nothing; 10 come for 120.00 and 20.00 freight in the same open month
		late := &Row{Slip: 4, Line: 4, Seq: 9, Place: 2, Product: 1, Warehouse: 1, Basis: slip.Late, Given: 2000, SourceLine: 2, SourceQty: q(10)}
		rest := &Row{Slip: 4, Line: 4, Seq: 10, Place: 2, Product: 1, Warehouse: 1, Basis: Rest, SourceLine: 2}
		e := engine(t, Method{FIFO: fifo}, beyond(1, 5), in(2, 10, 12000), late, rest)
		if p := e.Pool(1, 1); p.Value != 7000 || e.Made[0].Value != -7000 || late.Value != 2000 || rest.Value != 0 {
			t.Errorf("fifo %v: pool %v, correction %v, late %v, rest %v; want 70.00, -70.00, 20.00, 0.00", fifo, p.Value, e.Made[0].Value, late.Value, rest.Value)
		}
	}
}

func TestGoodsSentBackLeaveAtAllTheirLineCostLateOrNot(t *testing.T) {
	late := &Row{Slip: 3, Line: 3, Place: 3, Product: 1, Warehouse: 1, Basis: slip.Late, Given: 2000, SourceLine: 1, SourceQty: q(10)}
	rest := &Row{Slip: 3, Line: 3, Seq: 1, Place: 3, Product: 1, Warehouse: 1, Basis: Rest, SourceLine: 1}
	back := &Row{Slip: 4, Line: 4, Place: 4, Product: 1, Warehouse: 1, Qty: -q(1), Basis: slip.FromSource, SourceLine: 1, SourceQty: q(10)}
	p := run(t, in(1, 10, 10000), out(2, 4), late, rest, back) // 100.00 and 20.00 later, of which 12.00 into stock: 12.00 each
	if back.Value != -1200 || p.Value != 6000 {
		t.Errorf("sent back at %v, left %v; want 12.00, 60.00", back.Value, p.Value)
	}
}

func TestAStateWrittenReadsBackTheSame(t *testing.T) {
	e := engine(t, Method{FIFO: true}, in(1, 10, 10000), in(2, 5, 6500), beyond(3, 20))
	w2 := in(4, 3, 1000)
	w2.Warehouse, w2.Contra = 2, "220201"
	if err := e.Run([]*Row{w2}); err != nil {
		t.Fatal(err)
	}
	s := e.State(1).String()
	r, err := ParseState(s)
	if err != nil || r.String() != s || r.Rows != 4 || r.Short(3) != q(5) || !r.Bought.Known {
		t.Errorf("%q reads back as %q, %v", s, r.String(), err)
	}
}

func of(r *Row, lots ...LotQty) *Row { r.Lots = PackLots(lots); return r }

func TestNoMoreOfALotIsTakenThanIsThere(t *testing.T) {
	a, b := LotQty{1, q(10)}, LotQty{2, q(5)}
	e := engine(t, Method{Company: true}, of(in(1, 10, 10000), a), of(in(2, 5, 6500), b), of(out(3, 7), LotQty{2, -q(5)}, LotQty{1, -q(2)}))
	if s := e.State(1); s.Lots.at(1, 1) != q(8) || s.Lots.everywhere(2) != 0 || len(s.Lots) != 1 {
		t.Errorf("lots left: %v, want 8 of the first", s.Lots)
	}
	state := e.State(1).String()
	if r, err := ParseState(state); err != nil || r.String() != state || r.Lots.at(1, 1) != q(8) {
		t.Errorf("%q reads back as %q, %v", state, r.String(), err)
	}
	more := of(out(4, 9), LotQty{1, -q(9)})
	more.Beyond = true
	more.Fallback = 1
	var s *Short
	if err := e.Run([]*Row{of(in(5, 2, 2600), b), more}); !errors.As(err, &s) || s.Lot != 1 || s.Left != -q(1) {
		t.Errorf("9 of 8 taken: %v", err)
	}
}

func TestACountSaysWhatIsThereOfItsLot(t *testing.T) {
	c := of(&Row{Slip: 3, Line: 3, Place: 3, Product: 1, Warehouse: 1, Basis: slip.Counted, Counted: q(3)}, LotQty{Lot: 2})
	e := engine(t, Method{Company: true}, of(in(1, 10, 10000), LotQty{1, q(10)}), of(in(2, 5, 5000), LotQty{2, q(5)}), c)
	if s := e.State(1); c.Qty != -q(2) || s.Stock[1] != q(13) || s.Lots.at(2, 1) != q(3) || c.Lots != PackLots([]LotQty{{2, -q(2)}}) {
		t.Errorf("2 of the lot are missing: %v, lots %v", c.Qty, s.Lots)
	}
}

func TestASerialNumberIsInOnePlaceOnly(t *testing.T) {
	run := func(rows ...*Row) (s *Short) {
		e := NewEngine(Method{Company: true})
		e.Serial = func(int64) bool { return true }
		errors.As(e.Run(rows), &s)
		return s
	}
	one := LotQty{7, q(1)}
	back := of(in(3, 1, 100), one)
	if s := run(of(in(1, 1, 100), one), of(out(2, 1), LotQty{7, -q(1)}), back); s != nil {
		t.Errorf("a serial number comes back: %v", s)
	}
	elsewhere := of(in(2, 1, 100), one)
	elsewhere.Warehouse = 2
	if s := run(of(in(1, 1, 100), one), elsewhere); s == nil || !s.Twice || s.Row != elsewhere {
		t.Errorf("a serial number comes in twice: %v", s)
	}
}
