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
	e := NewEngine(true)
	if err := e.Run(rows); err != nil {
		t.Fatal(err)
	}
	return e.Pool(PoolKey{Product: 1})
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
	i := &Row{Slip: 2, Line: 2, Seq: 1, Place: 2, Product: 1, Warehouse: 2, Qty: q(4), Basis: slip.Carried}
	e := NewEngine(false)
	if err := e.Run([]*Row{in(1, 10, 1001), o, i}); err != nil {
		t.Fatal(err)
	}
	if o.Value != -400 || i.Value != 400 || e.Pool(PoolKey{1, 1}).Value != 601 || e.Pool(PoolKey{1, 2}).Value != 400 {
		t.Errorf("out %v in %v", o.Value, i.Value)
	}
}

func TestNothingGoesBelowZeroAtAnyMoment(t *testing.T) {
	e := NewEngine(true)
	err := e.Run([]*Row{in(1, 3, 300), out(2, 4), in(3, 9, 900)})
	var s *Short
	if !errors.As(err, &s) || s.Row.Line != 2 || s.Left != -q(1) {
		t.Errorf("got %v; want the issue of line 2 short by 1", err)
	}
}
