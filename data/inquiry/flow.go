package inquiry

import (
	"cmp"
	"maps"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// Node is one slip of a document flow and the slips it follows from. Open is what of it is not settled (of a money slip: not
// allocated), Left what its order lines still promise, in base units.
type Node struct {
	Doc     *slip.Doc
	Sources []string
	Open    num.Amount
	Left    num.Quantity
}

// Chain returns the whole connected chain of a slip in date order.
func (b *Book) Chain(ref string) ([]Node, error) {
	start, err := b.Seen().SlipID(ref)
	if err != nil {
		return nil, err
	}
	if start <= 0 {
		return nil, NotFound(ref, start)
	}
	seen := map[int64]*Node{}
	sources := map[int64][]int64{}
	todo := []int64{start}
	for len(todo) > 0 {
		id := todo[0]
		todo = todo[1:]
		if seen[id] != nil {
			continue
		}
		d, err := b.DB.Slip(id)
		if err != nil {
			return nil, err
		}
		see := b.FullKind
		if id == start { // of the others one who may not see them is told number, kind, date and status
			see = b.Kind
		}
		if _, err := see(d.Kind); fault.Is(err, fault.Refused) { // its module is off: what is beyond it is not of this chain
			if id == start {
				return nil, err
			}
			continue
		}
		seen[id] = &Node{Doc: d}
		next, err := b.DB.Neighbours(id)
		if err != nil {
			return nil, err
		}
		for _, n := range next {
			if n.Source {
				sources[id] = append(sources[id], n.Slip)
			}
			todo = append(todo, n.Slip)
		}
	}
	rows, err := b.Seen().ListRows(slices.Collect(maps.Keys(seen)), Openings)
	if err != nil {
		return nil, err
	}
	var list []Node
	for id := range seen {
		if rows[id] == nil { // it is out of the scope of who asks: the chain goes on behind it
			delete(seen, id)
		}
	}
	for id, n := range seen {
		n.Open, n.Left = rows[id].Open, rows[id].Left
		for _, s := range sources[id] {
			if seen[s] != nil {
				n.Sources = append(n.Sources, seen[s].Doc.Number)
			}
		}
		slices.Sort(n.Sources)
		list = append(list, *n)
	}
	slices.SortFunc(list, func(a, b Node) int {
		return cmp.Or(cmp.Compare(a.Doc.Date, b.Doc.Date), cmp.Compare(a.Doc.ID, b.Doc.ID))
	})
	return list, nil
}
