package homeview

import (
	"cmp"
	"maps"
	"slices"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
)

// The process map 流程图 of an area is worked out from the declarations of the kinds alone: a kind stands a column behind what it
// follows from, advances on an order above it, returns and what leads to another area below; what hangs on nothing fills the gaps.

const (
	mapColumns = 5
	mapMax     = 20
)

// node is a kind's place on the map.
type node struct {
	kind     *slip.Kind
	col, row int
}

// arrow leads from a kind to one that follows from it.
type arrow struct{ from, to int }

// processMap is the map of one area. Nodes stand in the order of their digits: the main row first, then row by row.
type processMap struct {
	nodes  []node
	arrows []arrow
	rows   int
}

// areaKinds are the kinds of an area, and those of others that follow from them.
func areaKinds(all []*slip.Kind, g slip.Group) (list []*slip.Kind) {
	for _, k := range all {
		if k.Group == g || slices.ContainsFunc(k.From, func(s slip.Source) bool { f, ok := kinds.ByCode(s.Kind); return ok && f.Group == g && f != k }) {
			list = append(list, k)
		}
	}
	return list[:min(len(list), mapMax)]
}

// where a kind stands to what it follows from
type side int

const (
	behind side = iota
	above
	below
)

func sideOf(k, source *slip.Kind, s slip.Source) side {
	switch {
	case k.ReturnOf == source.Code || k.Group != source.Group && !s.Money:
		return below
	case s.Money && source.Plan:
		return above
	}
	return behind
}

// lead are the arrows between the kinds: of money that settles money only where nothing else leads to it, so that there is no circle.
func lead(list []*slip.Kind) (arrows []arrow) {
	index := map[string]int{}
	for i, k := range list {
		index[k.Code] = i
	}
	for i, k := range list {
		goods := slices.ContainsFunc(k.From, func(s slip.Source) bool {
			j, ok := index[s.Kind]
			return ok && list[j].Money.Settles == "" && list[j].Group != slip.Money
		})
		seen := map[int]bool{i: true}
		for _, s := range k.From {
			j, ok := index[s.Kind]
			if !ok || seen[j] || s.Refund || goods && k.Money.Settles != "" && list[j].Group == slip.Money && s.Money {
				continue
			}
			seen[j] = true
			arrows = append(arrows, arrow{j, i})
		}
	}
	return roundabout(list, arrows)
}

// roundabout drops the arrows past a kind that only one flow has: where there are invoices, money settles them and not the goods.
func roundabout(list []*slip.Kind, arrows []arrow) []arrow {
	return slices.DeleteFunc(slices.Clone(arrows), func(a arrow) bool {
		return slices.ContainsFunc(arrows, func(b arrow) bool {
			return b.from == a.from && list[b.to].Flow != "" && slices.Contains(arrows, arrow{b.to, a.to})
		})
	})
}

// newMap lays an area out.
func newMap(all []*slip.Kind, g slip.Group) *processMap {
	list := areaKinds(all, g)
	arrows := lead(list)
	m := &placing{list: list, arrows: arrows, col: make([]int, len(list)), row: make([]int, len(list)), taken: map[[2]int]bool{}}
	m.columns()
	m.place()
	return m.done()
}

// placing is a map being laid out.
type placing struct {
	list     []*slip.Kind
	arrows   []arrow
	col, row []int
	taken    map[[2]int]bool
}

// into are the arrows to a kind.
func (m *placing) into(i int) (list []arrow) {
	for _, a := range m.arrows {
		if a.to == i {
			list = append(list, a)
		}
	}
	return list
}

func (m *placing) side(a arrow) side {
	s, _ := m.list[a.to].Source(m.list[a.from].Code)
	return sideOf(m.list[a.to], m.list[a.from], s)
}

func (m *placing) linked(i int) bool {
	return slices.ContainsFunc(m.arrows, func(a arrow) bool { return a.from == i || a.to == i })
}

// columns puts every kind a column behind the furthest it follows from; a circle ends after as many rounds as there are kinds.
func (m *placing) columns() {
	for range m.list {
		for _, a := range m.arrows {
			c := m.col[a.from]
			if m.side(a) == behind {
				c++
			}
			m.col[a.to] = min(max(m.col[a.to], c), mapColumns-1)
		}
	}
}

// place gives every kind a row: 0 is the main row, rows above it are negative.
func (m *placing) place() {
	var order []int
	for i := range m.list {
		if m.linked(i) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(m.rank(a), m.rank(b)) })
	for _, i := range order {
		m.put(i, m.want(i))
	}
	m.keepWays()
	top := 0
	for i := range m.list {
		top = min(top, m.row[i])
	}
	for i := range m.list {
		if m.linked(i) {
			continue
		}
		m.free(i, top)
	}
}

// keepWays keeps the gaps free that arrows lead through, along the row they come from, or where that is blocked the one they go to.
func (m *placing) keepWays() {
	nodes := maps.Clone(m.taken)
	for _, a := range m.arrows {
		way := m.row[a.from]
		for c := m.col[a.from] + 1; c < m.col[a.to]; c++ {
			if nodes[[2]int{c, way}] {
				way = m.row[a.to]
			}
		}
		for c := m.col[a.from] + 1; c < m.col[a.to]; c++ {
			m.taken[[2]int{c, way}] = true
		}
	}
}

// rank orders the placing: the main row's first, then what stands beside it.
func (m *placing) rank(i int) int {
	r := m.col[i]
	for _, a := range m.into(i) {
		if m.side(a) != behind {
			r += 100
		}
	}
	if len(m.into(i)) > 1 {
		r += 10
	}
	return r
}

// want is the row a kind would like.
func (m *placing) want(i int) int {
	for _, a := range m.into(i) {
		switch m.side(a) {
		case above:
			return m.row[a.from] - 1
		case below:
			return m.row[a.from] + 1
		}
	}
	return 0
}

// put takes the free place nearest to the wanted row; of two equally near, money takes the upper one.
func (m *placing) put(i, want int) {
	first := 1
	if m.list[i].Group == slip.Money && want <= 0 {
		first = -1
	}
	for d := 0; ; d++ {
		for _, row := range []int{want + first*d, want - first*d} {
			if at := [2]int{m.col[i], row}; !m.taken[at] && row >= -1 && row <= 3 {
				m.row[i] = row
				m.taken[at] = true
				return
			}
		}
		if d > 5 { // the column is full
			m.col[i] = (m.col[i] + 1) % mapColumns
			d = -1
		}
	}
}

// free gives what hangs on nothing the first gap beneath the main row, then in it, then above.
func (m *placing) free(i, top int) {
	bottom := 0
	for at := range m.taken {
		bottom = max(bottom, at[1])
	}
	var order []int
	for row := 1; row <= bottom; row++ {
		order = append(order, row)
	}
	for row := 0; row >= top; row-- {
		order = append(order, row)
	}
	for _, row := range append(order, bottom+1) {
		for col := range mapColumns {
			if at := [2]int{col, row}; !m.taken[at] {
				m.col[i], m.row[i] = col, row
				m.taken[at] = true
				return
			}
		}
	}
}

// done numbers the kinds and makes the rows count from 0.
func (m *placing) done() *processMap {
	order := make([]int, len(m.list))
	top, bottom := 0, 0
	for i := range m.list {
		order[i] = i
		top, bottom = min(top, m.row[i]), max(bottom, m.row[i])
	}
	main := func(i int) int {
		if m.row[i] == 0 {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(main(a), main(b)), cmp.Compare(m.row[a], m.row[b]), cmp.Compare(m.col[a], m.col[b]))
	})
	p := &processMap{rows: bottom - top + 1}
	at := map[int]int{}
	for n, i := range order {
		at[i] = n
		p.nodes = append(p.nodes, node{m.list[i], m.col[i], m.row[i] - top})
	}
	for _, a := range m.arrows {
		p.arrows = append(p.arrows, arrow{at[a.from], at[a.to]})
	}
	return p
}

// occupied tells whether a node stands there.
func (p *processMap) occupied(col, row int) bool {
	return slices.ContainsFunc(p.nodes, func(n node) bool { return n.col == col && n.row == row })
}
