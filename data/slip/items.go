package slip

import (
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// List declares one further small grid of a slip beside its lines: instalments, checks, people (7.2). What stands in it posts nothing by
// itself; the kind's own rules read it.
type List struct {
	Key    string // also what the import column `list` says of its rows
	Title  text.Text
	Fields []Field
	Module []string // modules the grid belongs to: it is there where any of them is on; none: with its kind
}

// Field returns the field of the key.
func (g List) Field(key string) (Field, bool) { return find(g.Fields, key) }

// Item is one row of such a grid. Values are canonical text by field key, references are codes.
type Item struct {
	ID     int64 // its row in the book; 0: it is new
	Values map[string]string
}

// Get returns a value; empty where there is none.
func (x Item) Get(key string) string { return x.Values[key] }

// Set takes a value from text as a person types it; a wrong one is a Fault at the field and leaves the row as it was.
func (x *Item) Set(f Field, value string) error {
	if _, err := clean(f, value); err != nil && value == x.Get(f.Key) { // stands so since before there were limits
		return nil
	}
	values, err := setExtra(cloneMap(x.Values), f, value)
	if err != nil {
		return bad(f, value, err)
	}
	x.Values = values
	return nil
}

// Empty tells whether nothing has been entered on the row yet.
func (x Item) Empty() bool { return len(x.Values) == 0 }

// Begin is a new row with what the declaration proposes.
func (g List) Begin() Item {
	var x Item
	for _, f := range g.Fields {
		if f.Default != "" {
			_ = x.Set(f, f.Default) // a default of the declaration is right, or its test fails
		}
	}
	return x
}

// List returns the grid of the key.
func (k *Kind) List(key string) (List, bool) {
	for _, g := range k.Lists {
		if g.Key == key {
			return g, true
		}
	}
	return List{}, false
}

// NoList refuses a list of the key that the kind does not have, and says which it has.
func (k *Kind) NoList(key string) *fault.Fault {
	var known []string
	for _, g := range k.Lists {
		known = append(known, g.Key)
	}
	if known == nil {
		return fault.New(fault.Invalid, "%s没有子表", "a %s has no lists", k.Title).At("list")
	}
	return fault.New(fault.Invalid, "%s没有子表“%s”，有：%s", "a %s has no list %q; it has %s", k.Title, text.Short(key), strings.Join(known, ", ")).At("list")
}

// Lists are those of the grids that are there, with the fields that are.
func (on On) Lists(list []List) (own []List) {
	for _, g := range list {
		if on.Has(g.Module) {
			g.Fields = on.Fields(g.Fields)
			own = append(own, g)
		}
	}
	return own
}

// cloneLists copies the grids so that nothing is shared.
func cloneLists(lists map[string][]Item) map[string][]Item {
	if lists == nil {
		return nil
	}
	c := make(map[string][]Item, len(lists))
	for key, rows := range lists {
		c[key] = make([]Item, len(rows))
		for i, x := range rows {
			c[key][i] = Item{x.ID, cloneMap(x.Values)}
		}
	}
	return c
}

// ListsAgain are the rows that a copy or a red letter of the slip begins with: new ones, without what is of one slip alone.
func (d *Doc) ListsAgain(k *Kind) map[string][]Item {
	c := cloneLists(d.Lists)
	for key, rows := range c {
		g, _ := k.List(key)
		for i := range rows {
			rows[i].ID = 0
			for _, f := range g.Fields {
				if f.Own {
					delete(rows[i].Values, f.Key)
				}
			}
		}
	}
	return c
}

// SetRow sets a value of a row of a list, from 1; the row behind the last one is made by it.
func (d *Doc) SetRow(g List, row int, f Field, value string) error {
	rows := d.Lists[g.Key]
	x := g.Begin()
	if row <= len(rows) {
		x = rows[row-1]
	}
	if err := x.Set(f, value); err != nil {
		return err
	}
	if d.Lists == nil {
		d.Lists = map[string][]Item{}
	}
	if row <= len(rows) {
		rows[row-1] = x
	} else {
		d.Lists[g.Key] = append(rows, x)
	}
	return nil
}

// Trim leaves rows with nothing on them out.
func (d *Doc) Trim() {
	for key, rows := range d.Lists {
		kept := rows[:0:0]
		for _, x := range rows {
			if !x.Empty() {
				kept = append(kept, x)
			}
		}
		if d.Lists[key] = kept; len(kept) == 0 {
			delete(d.Lists, key)
		}
	}
}
