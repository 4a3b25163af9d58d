package slip_test

import (
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// twoLines is a delivery of 10 at 6.00 and 5 at 8.00, 13 %, as it was opened.
func twoLines(t *testing.T) (*slip.Kind, *slip.Doc) {
	k, _ := kinds.ByCode("delivery")
	line := func(id int64, p string, qty int64, price int64) slip.Line {
		q := num.Quantity(qty * 10000)
		return slip.Line{ID: id, Product: p, Qty: q, Base: q, Factor: num.QuantityOne, Price: num.Price(price * 10000), PriceGiven: true, TaxRate: 1300 * num.RateOne / 10000, TaxGiven: true}
	}
	d := &slip.Doc{ID: 1, Kind: k.Code, Number: "XC-202603-0001", Date: 20260306, Party: "C1", Warehouse: "W1", Version: 3,
		Lines: []slip.Line{line(11, "A", 10, 600), line(12, "B", 5, 800)}}
	if err := slip.Calculate(k, d); err != nil {
		t.Fatal(err)
	}
	return k, d
}

func set(t *testing.T, k *slip.Kind, l *slip.Line, key, v string) {
	t.Helper()
	f, ok := k.LineField(key)
	if !ok {
		t.Fatal(key)
	}
	if err := l.Set(f, v); err != nil {
		t.Fatal(err)
	}
	l.Base = l.Qty
}

// Two people change different lines: both stand, 72.00 + 42.50 = 114.50, tax 9.36 + 5.53 = 14.89, gross 129.39.
func TestMergeDifferentLines(t *testing.T) {
	k, opened := twoLines(t)
	mine, now := opened.Clone(), opened.Clone()
	set(t, k, &now.Lines[0], "qty", "12")
	now.Version = 4
	set(t, k, &mine.Lines[1], "price", "8.50")
	mine.Remark = "soon"
	m, err := slip.MergeDocs(k, opened, mine, now)
	if err != nil {
		t.Fatal(err)
	}
	if d := m.Doc; d.Net.String() != "114.50" || d.Tax.String() != "14.89" || d.Gross.String() != "129.39" || d.Version != 4 || d.Remark != "soon" {
		t.Errorf("net %s tax %s gross %s version %d remark %q", d.Net, d.Tax, d.Gross, d.Version, d.Remark)
	}
	if m.Open() != 0 || len(m.Rows) != 3 {
		t.Errorf("rows %+v", m.Rows)
	}
	if got := slip.Changes(slip.Differing(k, opened, now)).En; got != "line 1 qty 10 → 12" {
		t.Errorf("words %q", got)
	}
}

// Two people change the same field: mine stands until one side is taken.
func TestMergeSameField(t *testing.T) {
	k, opened := twoLines(t)
	mine, now := opened.Clone(), opened.Clone()
	set(t, k, &now.Lines[0], "qty", "12")
	set(t, k, &mine.Lines[0], "qty", "15")
	mine.Employee, now.Employee = "E1", "E1" // alike: no question
	m, err := slip.MergeDocs(k, opened, mine, now)
	if err != nil {
		t.Fatal(err)
	}
	if m.Open() != 1 || len(m.Rows) != 1 || m.Rows[0] != (slip.Difference{Line: 1, Field: "qty", Label: m.Rows[0].Label, Opened: "10", Mine: "15", Now: "12", Both: true}) {
		t.Fatalf("rows %+v", m.Rows)
	}
	for side, want := range map[slip.Side]string{slip.Mine: "15", slip.Now: "12", slip.Opened: "10"} {
		if err := m.Take(0, side); err != nil || m.Doc.Lines[0].Qty.String() != want || m.Open() != 0 {
			t.Errorf("side %d: %s %v", side, m.Doc.Lines[0].Qty, err)
		}
	}
}

// A line given up by one and changed by the other is asked for; new lines of both stand.
func TestMergeLinesGoneAndNew(t *testing.T) {
	k, opened := twoLines(t)
	mine, now := opened.Clone(), opened.Clone()
	set(t, k, &now.Lines[0], "qty", "12")
	now.Lines = append(now.Lines, slip.Line{ID: 13, Product: "N", Qty: 10000, Factor: num.QuantityOne, Base: 10000})
	mine.Lines = append(mine.Lines[1:], slip.Line{Product: "M", Qty: 20000, Factor: num.QuantityOne, Base: 20000})
	m, err := slip.MergeDocs(k, opened, mine, now)
	if err != nil {
		t.Fatal(err)
	}
	products := func() (s string) {
		for _, l := range m.Doc.Lines {
			s += l.Product
		}
		return s
	}
	if products() != "BNM" || m.Open() != 1 {
		t.Fatalf("%s %+v", products(), m.Rows)
	}
	for i, r := range m.Rows {
		if !r.Both {
			continue
		}
		if r.Opened != "A 10 6.00" || r.Mine != "" || r.Now != "A 12 6.00" || r.In(text.Zh) != "第 1 行 整行 A 10 6.00 → A 12 6.00" {
			t.Errorf("%+v %s", r, r.In(text.Zh))
		}
		if err := m.Take(i, slip.Now); err != nil || products() != "ABNM" || m.Doc.Lines[0].Qty != 120000 {
			t.Errorf("%s %v", products(), err)
		}
	}
	if id := m.Doc.Lines[3].ID; id != 0 {
		t.Errorf("a new line has the row %d", id)
	}
}
