package workflow

import (
	"errors"
	"fmt"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// checkItems holds the rows of a slip's lists against the declaration of their fields.
func (b *Book) checkItems(k *slip.Kind, d *slip.Doc) (faults fault.List) {
	d.Trim()
	for _, g := range k.Lists {
		for i, x := range d.Lists[g.Key] {
			for _, f := range g.Fields {
				for _, y := range b.checkItem(k, f, x.Get(f.Key)) {
					faults = append(faults, y.InList(g.Key, i+1))
				}
			}
		}
	}
	return faults
}

// checkItem holds one value against its field.
func (b *Book) checkItem(k *slip.Kind, f slip.Field, v string) fault.List {
	switch {
	case f.ReadOnly:
	case v == "" && f.Required:
		return fault.List{missing(f)}
	case v != "" && f.Type == slip.TypeRef:
		return b.checkRefTo(k, f.Ref, f, v)
	}
	return nil
}

// belong calls the case a slip belongs to by its number, whatever it was called.
func (b *Book) belong(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	if d.Case == "" || !k.InCase() {
		return nil
	}
	id, err := tx.SlipID(d.Case)
	if err != nil || id <= 0 {
		return err // the check says that there is none
	}
	c, err := tx.Read(id)
	if err == nil && c != nil {
		d.Case = c.Number
	}
	return err
}

// takesCase tells whether slips of a kind may belong to those of another.
func takesCase(k, of *slip.Kind) bool { return of.Case || slices.Contains(k.Cases, of.Code) }

// checkCase holds the case a slip belongs to: there is one, it is a case, and not called off. A draft may belong to a draft; an audited
// slip only to an audited one, and it is not before it, so that whoever enters the slips again by date finds the case there.
func (b *Book) checkCase(tx *store.Tx, k *slip.Kind, d *slip.Doc, auditing bool) fault.List {
	if d.Case == "" || !k.InCase() {
		return nil
	}
	bad := func(code fault.Code, field, zh, en string, args ...any) fault.List {
		return fault.List{fault.New(code, zh, en, args...).At(field)}
	}
	id, err := tx.SlipID(d.Case)
	if err != nil {
		return fault.List{fault.Internal(fmt.Errorf("find the case %s: %w", d.Case, err))}
	}
	if id <= 0 {
		return bad(fault.Invalid, slip.CaseKey, "没有单据“%s”", "there is no slip %q", d.Case)
	}
	c, err := tx.Read(id)
	if err = errors.Join(err, caseGone(c)); err != nil {
		return fault.List{fault.Internal(fmt.Errorf("read the case %s: %w", d.Case, err))}
	}
	ck, _ := kinds.ByCode(c.Kind)
	switch {
	case c.ID == d.ID || !takesCase(k, ck):
		return bad(fault.Refused, slip.CaseKey, "%s 是%s，不是事项", "%s is a %s and no case", c.Number, ck.Title)
	case c.Status == slip.Void:
		return bad(fault.Refused, slip.CaseKey, "%s 已作废", "%s is void", c.Number)
	case auditing && !c.Status.Live():
		return bad(fault.Refused, slip.CaseKey, "%s 尚未审核", "%s is not audited", c.Number)
	case d.Date != 0 && d.Date < c.Date:
		return bad(fault.Refused, "date", "日期早于事项 %s", "the date is before its case %s", c.Number)
	}
	return nil
}

func caseGone(c *slip.Doc) error {
	if c == nil {
		return errGone
	}
	return nil
}

// caseAfter is the case of what follows from a slip: the slip itself where it is one, else the one it belongs to.
func caseAfter(src *slip.Doc) string {
	if k, _ := kinds.ByCode(src.Kind); k.Case {
		return src.Number
	}
	return src.Case
}

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
		c.listBad(noList(c.kind, key), "", 0, line)
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
func (b *Book) takeCase(tx *store.Tx, c *draft) error {
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
		id, err := tx.SlipID(ref)
		if err != nil || id <= 0 {
			return err // the check says so
		}
		src, err := tx.Read(id)
		if err != nil || src == nil {
			return err
		}
		if c.doc.Case = caseAfter(src); c.doc.Case != "" {
			return nil
		}
	}
	return nil
}
