package slip

import (
	"strings"

	"zhanggui/data/text"
)

// mergedItem is a row of a list of the proposal in its three states; one that is missing there is nil.
type mergedItem struct {
	list              List
	mine, now, opened *Item
	out               Item
	in                bool
}

func (x *mergedItem) on(s Side) *Item { return [3]*Item{Mine: x.mine, Now: x.now, Opened: x.opened}[s] }

// take chooses a side for a field of the row, or for the row as a whole.
func (x *mergedItem) take(_ *Merge, field string, s Side) error {
	from := x.on(s)
	if field == "" {
		if x.in = from != nil; x.in {
			if x.out = copyOf(*from); x.now == nil { // its row is gone: it is a new one
				x.out.ID = 0
			}
		}
		return nil
	}
	x.out.put(field, itemValue(from, field))
	return nil
}

func copyOf(x Item) Item { return Item{x.ID, cloneMap(x.Values)} }

// put sets a value that is canonical already.
func (x *Item) put(key, value string) {
	values := cloneMap(x.Values)
	if values == nil {
		values = map[string]string{}
	}
	if values[key] = value; value == "" {
		delete(values, key)
	}
	x.Values = values
}

func itemValue(x *Item, key string) string {
	if x == nil {
		return ""
	}
	return x.Get(key)
}

// mergeItems pairs the rows of every list by their rows in the book, as lines are: those of now in their order, then mine that are new.
func (m *Merge) mergeItems() {
	mine, now, opened := m.three[Mine], m.three[Now], m.three[Opened]
	for _, g := range m.kind.Lists {
		for i := range now.Lists[g.Key] {
			n := &now.Lists[g.Key][i]
			m.items = append(m.items, &mergedItem{list: g, mine: itemWith(mine, g.Key, n.ID), now: n, opened: itemWith(opened, g.Key, n.ID)})
		}
		for i := range mine.Lists[g.Key] {
			if a := &mine.Lists[g.Key][i]; a.ID == 0 || itemWith(now, g.Key, a.ID) == nil {
				m.items = append(m.items, &mergedItem{list: g, mine: a, opened: itemWith(opened, g.Key, a.ID)})
			}
		}
	}
	for _, x := range m.items {
		m.mergeItem(x)
	}
}

func (m *Merge) mergeItem(x *mergedItem) {
	no := rowOf(m.three[Mine], x.list.Key, x.mine)
	if x.mine == nil {
		no = rowOf(m.three[Now], x.list.Key, x.now)
	}
	if x.mine == nil || x.now == nil { // new, or given up by one of us
		x.in = x.opened == nil || x.changed()
		switch {
		case x.in && x.mine != nil:
			x.out = copyOf(*x.mine)
			x.out.ID = 0
		case x.in:
			x.out = copyOf(*x.now)
		}
		rows := len(m.Rows)
		m.row(x, Difference{List: x.list.Key, Line: no, Label: text.T("整行", "the row"), Opened: x.words(x.opened), Mine: x.words(x.mine), Now: x.words(x.now)})
		if len(m.Rows) > rows && x.opened != nil { // one gave it up: a person chooses where the other changed it
			if m.Rows[rows].Both = x.in; x.in && x.mine == nil {
				x.in = false // mine stands until then: it is gone
			}
		}
		return
	}
	x.in, x.out = true, copyOf(*x.now)
	for _, f := range x.list.Fields {
		if f.ReadOnly {
			continue
		}
		o, a, n := itemValue(x.opened, f.Key), x.mine.Get(f.Key), x.now.Get(f.Key)
		if a != n && o != a {
			x.out.put(f.Key, a)
		}
		m.row(x, Difference{List: x.list.Key, Line: no, Field: f.Key, Label: f.Label, Opened: o, Mine: a, Now: n})
	}
}

// changed tells whether who still has the row changed it since it was opened.
func (x *mergedItem) changed() bool {
	has := x.mine
	if has == nil {
		has = x.now
	}
	for _, f := range x.list.Fields {
		if !f.ReadOnly && itemValue(x.opened, f.Key) != has.Get(f.Key) {
			return true
		}
	}
	return false
}

// words says a whole row in short: its first three values.
func (x *mergedItem) words(row *Item) string {
	if row == nil {
		return ""
	}
	var list []string
	for _, f := range x.list.Fields {
		if v := row.Get(f.Key); v != "" && len(list) < 3 {
			list = append(list, v)
		}
	}
	if len(list) == 0 {
		return "…"
	}
	return strings.Join(list, " ")
}

// finishItems puts the rows chosen onto the proposal.
func (m *Merge) finishItems() {
	m.Doc.Lists = nil
	for _, x := range m.items {
		if !x.in {
			continue
		}
		if m.Doc.Lists == nil {
			m.Doc.Lists = map[string][]Item{}
		}
		m.Doc.Lists[x.list.Key] = append(m.Doc.Lists[x.list.Key], copyOf(x.out))
	}
}

// itemWith is the row of a list with that number in the book; a new one has none.
func itemWith(d *Doc, list string, id int64) *Item {
	for i := range d.Lists[list] {
		if x := &d.Lists[list][i]; x.ID == id && id != 0 {
			return x
		}
	}
	return nil
}

func rowOf(d *Doc, list string, x *Item) int {
	for i := range d.Lists[list] {
		if &d.Lists[list][i] == x {
			return i + 1
		}
	}
	return 0
}
