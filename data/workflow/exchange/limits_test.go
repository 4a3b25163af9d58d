package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/testbook"
)

// 2,345 bad rows: a thousand are told, then that there are 1,345 more.
func TestAnImportStopsTellingAndCountsTheRest(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{})
	tab := &exchange.Table{Name: "p.csv", Header: []string{"CODE", "Name", "sales_price"}}
	for i := range 2345 {
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: []string{fmt.Sprint("X", i), "x", strings.Repeat("dear", 100_000)}})
	}
	for _, kind := range []string{"products", "slips"} {
		if kind == "slips" {
			tab.Header = []string{"kind", "number", "date"}
			for i := range tab.Rows {
				tab.Rows[i].Cells = []string{strings.Repeat("nothing", 10_000), "n1", "2026-01-01"}
			}
		}
		_, err := exchange.Import(b, kind, tab, false)
		list := fault.Of(err)
		if kind == "slips" { // all rows are one slip, of a kind that is not there
			if len(list) != 1 || len(list[0].Text.Zh) > 200 {
				t.Errorf("%d faults, %s", len(list), list)
			}
			continue
		}
		if len(list) != 1001 || list[1000].Error() != "p.csv: … and 1,345 more" || len(list.Error()) > 200_000 {
			t.Errorf("%s: %d faults in %d bytes, the last %s", kind, len(list), len(list.Error()), list[len(list)-1])
		}
	}
}

// Ten thousand columns nobody knows: their names would do are told once.
func TestColumnsAreNamedOnce(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{})
	tab := &exchange.Table{Name: "p.csv", Header: []string{"code", "name"}}
	for i := range 10_000 {
		tab.Header = append(tab.Header, fmt.Sprint("strange", i))
	}
	_, err := exchange.Import(b, "products", tab, false)
	list := fault.Of(err)
	if len(list) != 1001 || strings.Count(list.Error(), "initials") != 1 || list[1000].Error() != "p.csv: … and 9,000 more" {
		t.Errorf("%d faults: %.300s", len(list), list)
	}
}

func TestOneFileBringsSoManyMasters(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{})
	tab := &exchange.Table{Name: "p.csv", Header: []string{"code", "name"}, Rows: make([]exchange.Row, 100_001)}
	if _, err := exchange.Import(b, "products", tab, false); !fault.Is(err, fault.Refused) {
		t.Error(err)
	}
}

// A product of an older book may have too long a name: its other fields can be changed, the name only to a shorter one.
func TestALongNameOfAnOlderBookStands(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{})
	testbook.Load(t, b, "products", "code,name", "L,long")
	r, _ := b.Masters().Find("products", "L")
	r = r.Clone()
	r.Values["name"] = strings.Repeat("x", 201)
	if err := b.SaveMaster(r); !fault.Is(err, fault.Invalid) {
		t.Errorf("a name of 201 characters: %v", err)
	}
	r.Values["name"] = strings.Repeat("x", 200)
	if err := b.SaveMaster(r); err != nil {
		t.Error(err)
	}
}
