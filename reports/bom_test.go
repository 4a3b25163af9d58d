package reports_test

import (
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/reports"
)

// workshop makes kits K of 2 frames F and a box X; a frame of 3 screws A with 10 % scrap and a bracket B. The box holds a screw too.
func workshop(t *testing.T) *workflow.Book {
	b := shop(t)
	put(t, b, "products", "code,name,reference_cost", "K,套装,20", "F,支架,5", "X,盒子,2.5", "N,新件,0.333333")
	put(t, b, "boms", "product,component,qty,scrap_rate", "K,F,2,", "K,X,1,", "F,A,3,10%", "F,B,1,", "X,A,1,")
	return b
}

// put imports rows of masters or slips.
func put(t *testing.T, b *workflow.Book, kind, header string, rows ...string) {
	t.Helper()
	tab := &exchange.Table{Name: kind, Header: strings.Split(header, ",")}
	for i, r := range rows {
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
	}
	if _, err := exchange.Import(b, kind, tab, false); err != nil {
		t.Fatal(err)
	}
}

func TestTheCostOfASetRollsUpOverAllLevels(t *testing.T) {
	b := workshop(t)
	// a frame: 3.3 A at 1.00 and a B at 2.00 = 5.30; two frames and a box of one A: 11.60
	if got, want := lines(t, b, "bom-cost", reports.Params{Product: "K"}), `K 套装 0   件 1 11.60 11.60 20.00 -8.40
K 套装 1 F 支架 件 2 5.30 10.60  
K 套装 2 A 螺丝 件 6.6 1.00 6.60  
K 套装 2 B 螺母 件 2 2.00 4.00  
K 套装 1 X 盒子 件 1 1.00 1.00  
K 套装 2 A 螺丝 件 1 1.00 1.00  `; got != want {
		t.Errorf("bom-cost:\n%s\nwant\n%s", got, want)
	}
	// what was never bought costs its reference cost: 5.30 + 0.333333
	put(t, b, "boms", "product,component,qty", "F,N,1")
	if got := lines(t, b, "bom-cost", reports.Params{Product: "F"}); !strings.HasPrefix(got, "F 支架 0   件 1 5.633333 5.633333 5.00 0.633333\n") {
		t.Errorf("with a part never bought:\n%s", got)
	}
	// before anything came in there are reference costs alone, and A and B have none
	if got := lines(t, b, "bom-cost", reports.Params{Product: "X", AsOf: 20260105}); got != "X 盒子 0   件 1 0.00 0.00 2.50 -2.50\nX 盒子 1 A 螺丝 件 1 0.00 0.00  " {
		t.Errorf("before the first receipt:\n%s", got)
	}
}

func TestAComponentTellsAllSetsItGoesInto(t *testing.T) {
	b := workshop(t)
	for product, want := range map[string]string{
		"A": "A 螺丝 1 F 支架 3.3 件\nA 螺丝 1 X 盒子 1 件\nA 螺丝 2 K 套装 7.6 件", // 2 × 3.3 in the frames and one in the box
		"F": "F 支架 1 K 套装 2 件",
		"K": "",
		"":  "A 螺丝 1 F 支架 3.3 件\nA 螺丝 1 X 盒子 1 件\nA 螺丝 2 K 套装 7.6 件\nB 螺母 1 F 支架 1 件\nB 螺母 2 K 套装 2 件\nF 支架 1 K 套装 2 件\nX 盒子 1 K 套装 1 件",
	} {
		if got := lines(t, b, "where-used", reports.Params{Product: product}); got != want {
			t.Errorf("%q:\n%s\nwant\n%s", product, got, want)
		}
	}
}

// A circle can only come from a book written by something else; reports refuse it and say where it runs.
func TestACircleOfSetsIsRefusedInWords(t *testing.T) {
	b := workshop(t)
	b.Masters().Put(&master.Record{ID: 999, Type: master.Boms, Values: map[string]string{"product": "A", "component": "K", "qty": "1"}})
	for _, name := range []string{"bom-cost", "where-used"} {
		r, _ := reports.ByName(name)
		if _, err := r.Run(b, reports.Params{}); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "A 螺丝 M8 → K 套装 → F 支架 → A 螺丝 M8") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The shop has 7 A and 15 B in its stores; a frame takes 3.3 A and a B, a box an A.
func TestTheReportSaysWhichComponentKeepsFromMoreSets(t *testing.T) {
	b := workshop(t)
	if got, want := lines(t, b, "buildable", reports.Params{Product: "F"}), `F 支架   件  0 2
F 支架 A 螺丝 件 3.3 7 2
F 支架 B 螺母 件 1 15 15`; got != want {
		t.Errorf("buildable:\n%s\nwant\n%s", got, want)
	}
	// down to what is bought a kit takes 7.6 A and 2 B: none can be built; of direct parts no frame is there
	if got, want := lines(t, b, "buildable", reports.Params{Product: "K", By: "bought"}), `K 套装   件  0 0
K 套装 A 螺丝 件 7.6 7 0
K 套装 B 螺母 件 2 15 7`; got != want {
		t.Errorf("buildable by what is bought:\n%s\nwant\n%s", got, want)
	}
	r, _ := reports.ByName("bom-cost")
	rows, err := r.Run(b, reports.Params{Product: "K"})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Indent(r.Index("component"), rows[2]) + rows[2][r.Index("component")].String(); got != "· A" {
		t.Errorf("a screw of a frame stands in as %q", got)
	}
}
