package exchange

import (
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// item reads a row of one of the slip's lists: its columns are that list's fields.
func (c *draft) item(get func(string) string, line int) {
	key := get(listKey)
	g, ok := c.kind.List(key)
	for _, x := range c.kind.Lists {
		if key == x.Title.Zh || key == x.Title.En {
			g, ok = x, true
		}
	}
	if !ok {
		c.listBad(c.kind.NoList(key), "", 0, line)
		return
	}
	var x slip.Item
	n := len(c.doc.Lists[g.Key]) + 1
	for _, f := range g.Fields {
		v := get(f.Key)
		if v == "" {
			v = f.Default
		}
		if f.ReadOnly || v == "" {
			continue
		}
		for _, y := range fault.Of(x.Set(f, v)) {
			c.listBad(y, g.Key, n, line)
		}
	}
	for _, f := range c.columns {
		_, own := g.Field(f.Key)
		_, head := c.kind.HeaderField(f.Key)
		if !own && !head && !slipColumn[f.Key] && get(f.Key) != "" {
			c.listBad(fault.New(fault.Invalid, "%s没有“%s”", "%s has no %s", g.Title, f.Key).At(f.Key), g.Key, n, line)
		}
	}
	if x.Empty() {
		c.listBad(fault.New(fault.Invalid, "%s行是空的", "the row of %s says nothing", g.Title).At(listKey), g.Key, n, line)
		return
	}
	if c.doc.Lists == nil {
		c.doc.Lists, c.listRows = map[string][]slip.Item{}, map[string][]int{}
	}
	c.doc.Lists[g.Key] = append(c.doc.Lists[g.Key], x)
	c.listRows[g.Key] = append(c.listRows[g.Key], line)
}

// listBad keeps a fault of a row of a list.
func (c *draft) listBad(f *fault.Fault, list string, n, line int) {
	f.InList(list, n)
	f.Row = line
	if len(c.bad) < fault.Most {
		c.bad = append(c.bad, f)
	} else {
		c.untold++
	}
}

// slipColumn are the columns that every row of a slip may repeat.
var slipColumn = map[string]bool{"kind": true, "number": true, "date": true, "audit": true, listKey: true}

// inList tells whether a column of a list's row is that list's field, whatever the header calls by the same name.
func (c *draft) inList(list, key string) bool {
	g, _ := c.kind.List(list)
	_, own := g.Field(key)
	return own
}

// hasLine tells whether a row says anything of a line.
func (c *draft) hasLine(get func(string) string) bool {
	for _, f := range c.kind.Lines {
		if _, head := c.kind.HeaderField(f.Key); !head && !f.ReadOnly && get(f.Key) != "" {
			return true
		}
	}
	return get("line_remark") != ""
}

// takeCase gives a slip for which the file names no case its source's: the source itself where that is one.
func (b book) takeCase(tx *store.Tx, c *draft) error {
	if c.doc.Case != "" || c.kind == nil || !c.kind.InCase() {
		return nil
	}
	var refs []string
	for i := range c.doc.Lines {
		refs = append(refs, c.doc.Lines[i].SourceNumber)
	}
	for _, a := range c.doc.Allocations {
		refs = append(refs, a.Target)
	}
	for _, ref := range refs {
		if ref == "" {
			continue
		}
		id, err := b.Refers(tx, c.doc, ref)
		if err != nil || id <= 0 {
			return err // the check says so
		}
		src, err := tx.Read(id)
		if err != nil || src == nil {
			return err
		}
		if c.doc.Case = kinds.CaseAfter(src); c.doc.Case != "" {
			return nil
		}
	}
	return nil
}
