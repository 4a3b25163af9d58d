package homeview

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
)

// Every kind people see is a door of its own area's map, no two stand in one place, and arrows lead right, up or down.
func TestMapOfEveryArea(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range slip.Groups {
		m := newMap(kinds.All, g.Code)
		place := map[string]string{}
		var b strings.Builder
		for i, n := range m.nodes {
			if n.kind.Group == g.Code {
				seen[n.kind.Code] = true
			}
			at := fmt.Sprint(n.col, n.row)
			if other := place[at]; other != "" {
				t.Errorf("%s: %s stands on %s", g.Code, n.kind.Code, other)
			}
			place[at] = n.kind.Code
			if n.col < 0 || n.col >= mapColumns || n.row < 0 || n.row >= m.rows {
				t.Errorf("%s: %s stands at %d,%d of %d rows", g.Code, n.kind.Code, n.col, n.row, m.rows)
			}
			fmt.Fprintf(&b, "%d %s (%d,%d)\n", i+1, n.kind.Code, n.col, n.row)
		}
		for _, a := range m.arrows {
			if m.nodes[a.from].col > m.nodes[a.to].col {
				t.Errorf("%s: %s leads back to %s", g.Code, m.nodes[a.from].kind.Code, m.nodes[a.to].kind.Code)
			}
			fmt.Fprintf(&b, "%s -> %s\n", m.nodes[a.from].kind.Code, m.nodes[a.to].kind.Code)
		}
		if m.rows > 4 {
			t.Errorf("%s has %d rows", g.Code, m.rows)
		}
		t.Logf("%s\n%s", g.Code, b.String())
	}
	for _, k := range kinds.All {
		if !k.Hidden && !seen[k.Code] {
			t.Errorf("%s is on no map", k.Code)
		}
	}
}

// The chain of a trade reads from left to right in the main row; invoices stand in it where the book has them.
func TestMapOfSales(t *testing.T) {
	direct := slices.DeleteFunc(slices.Clone(kinds.All), func(k *slip.Kind) bool { return k.Hidden || k.Flow == "invoice" })
	invoice := slices.DeleteFunc(slices.Clone(kinds.All), func(k *slip.Kind) bool { return k.Hidden || k.Flow == "direct" })
	for _, x := range []struct {
		all   []*slip.Kind
		chain []string
	}{
		{direct, []string{"quotation", "sales-order", "delivery", "collection"}},
		{invoice, []string{"quotation", "sales-order", "delivery", "sales-invoice", "collection"}},
	} {
		m := newMap(x.all, slip.Sales)
		for i, code := range x.chain {
			if n := m.nodes[i]; n.kind.Code != code || n.col != i {
				t.Errorf("door %d is %s in column %d, want %s in %d", i+1, n.kind.Code, n.col, code, i)
			}
		}
	}
}

// No arrow passes behind a door.
func TestNoArrowOfTheMapPassesBehindADoor(t *testing.T) {
	for _, flow := range []string{"direct", "invoice"} {
		all := slices.DeleteFunc(slices.Clone(kinds.All), func(k *slip.Kind) bool { return k.Hidden || k.Flow != "" && k.Flow != flow })
		for _, area := range slip.Groups {
			m := newMap(all, area.Code)
			l := &mapLayout{rows: m.rows}
			g := l.grid(930)
			for _, a := range m.arrows {
				from, to := m.nodes[a.from], m.nodes[a.to]
				l.parts = nil
				l.arrow(m, from, to)
				for _, p := range l.parts {
					pos, size := p.put(g)
					for _, n := range m.nodes {
						x, y := g.x(n.col), g.y(n.row)
						if pos.X+size.Width > x+2 && pos.X < x+nodeWidth-2 && pos.Y+size.Height > y+2 && pos.Y < y+g.height-2 {
							t.Errorf("%s, flow %s: the arrow from %s to %s passes behind %s", area.Code, flow, from.kind.Code, to.kind.Code, n.kind.Code)
						}
					}
				}
			}
		}
	}
}
