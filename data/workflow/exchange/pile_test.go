package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/testbook"
)

// 300 rows of 60 KB, among others, do not stay in memory; they come back in order, as often as they are asked for, and cells may be empty or hold line ends.
func TestRowsOfALongTableArePutAside(t *testing.T) {
	tab := &exchange.Table{Name: "t.csv", Header: []string{"a", "b", "c"}}
	defer tab.Close()
	row := func(i int) exchange.Row {
		return exchange.Row{Line: i + 2, Cells: []string{fmt.Sprint("螺丝\n", i), "", strings.Repeat("x", 60_000+i)}[:1+i%3]}
	}
	const n = 900
	for i := range n {
		if err := tab.Add(row(i)); err != nil {
			t.Fatal(err)
		}
	}
	if tab.Len() != n || len(tab.Rows) > 600 {
		t.Errorf("%d rows, %d in memory", tab.Len(), len(tab.Rows))
	}
	for range 2 {
		i := 0
		err := tab.Each(func(r exchange.Row) error {
			if want := row(i); r.Line != want.Line || !slices.Equal(r.Cells, want.Cells) {
				return fmt.Errorf("row %d: line %d, %.60q", i, r.Line, r.Cells)
			}
			i++
			return nil
		})
		if err != nil || i != n {
			t.Error(i, err)
		}
	}
}

// Slips land in the same way from rows put aside: numbers continue, a source is found by what the file calls it, rows that stand apart are told.
func TestSlipsLandFromRowsPutAside(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{})
	testbook.Load(t, b, "warehouses", "code,name", "W1,仓")
	testbook.Load(t, b, "customers", "code,name", "C,甲")
	testbook.Load(t, b, "suppliers", "code,name", "S,乙")
	testbook.Load(t, b, "products", "code,name", "A,螺丝")
	long := strings.Repeat("注", 1900)
	tab := &exchange.Table{Name: "s.csv", Header: strings.Split("kind,number,date,party,warehouse,product,qty,price,source,line_remark,audit", ",")}
	defer tab.Close()
	add := func(cells ...string) {
		if err := tab.Add(exchange.Row{Line: tab.Len() + 2, Cells: cells}); err != nil {
			t.Fatal(err)
		}
	}
	for range 2000 { // one receipt of 2,000 lines with long remarks: 11 MB
		add("goods-receipt", "r1", "2026-01-03", "S", "W1", "A", "1", "2", "", long, "yes")
	}
	add("sales-order", "o1", "2026-01-04", "C", "W1", "A", "7", "5", "", "", "yes")
	add("delivery", "d1", "2026-01-05", "C", "W1", "A", "7", "", "o1", "", "yes")
	if len(tab.Rows) >= 2000 {
		t.Errorf("%d rows in memory", len(tab.Rows))
	}
	res, err := exchange.Import(b, "slips", tab, false)
	if err != nil || res.Slips != 3 || res.Lines != 2002 {
		t.Fatal(res.Slips, res.Lines, err)
	}
	d, err := b.Load("d1")
	if err != nil || d.Number != "XC-202601-0001" || d.Lines[0].SourceNumber != "XD-202601-0001" {
		t.Errorf("%+v, %v", d, err)
	}
	add("delivery", "d1", "2026-01-05", "C", "W1", "A", "1", "5", "", "", "yes")
	add("goods-receipt", "r1", "2026-01-05", "S", "W1", "A", "1", "5", "", "", "yes")
	_, err = exchange.Import(testbook.Open(t, workflow.Settings{}), "slips", tab, true)
	if list := fault.Of(err); len(list) == 0 || !strings.Contains(list.Error(), "rows of one slip stand together, r1 first at line 2") {
		t.Errorf("%.300v", err)
	}
}
