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
	id, err := b.refers(tx, d, d.Case)
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
	id, err := b.refers(tx, d, d.Case)
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
