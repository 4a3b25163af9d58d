package workflow

import (
	"slices"
	"strings"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Change is one field to be set on a slip: of its header, of a line, or of a row of one of its lists.
type Change struct {
	Line       int    // from 1; 0: the header; of a list, one behind the last makes a row
	List       string // the list that Line is a row of; none: the slip's own lines
	Key, Value string
}

// Change sets single fields of a slip: any on a draft (one that was submitted or approved becomes a draft by it), those that are Live on an
// audited one, whose version rises. Version is the one the caller saw; 0: whichever it is. The number comes back.
func (b *Book) Change(ref string, version int64, changes []Change) (number string, warnings fault.List, err error) {
	d, err := b.Load(ref)
	if err != nil {
		return "", nil, err
	}
	k, err := b.FullKind(d.Kind)
	if err != nil {
		return "", nil, err
	}
	if version != 0 && version != d.Version {
		return "", nil, b.clashNow(d, version)
	}
	if b, err = b.executing(k, d, changes); err != nil {
		return "", nil, err
	}
	if err := b.mayOn(d, "enter"); err != nil {
		return "", nil, err
	}
	for _, x := range changes {
		part := slip.OnHead
		if x.Line > 0 {
			part = slip.OnLine
		}
		if f := b.unseen(k, d, part, x.field(k)); f != nil {
			return "", nil, f.OnLine(x.Line)
		}
	}
	if err := b.apply(k, d, changes); err != nil {
		return "", nil, err
	}
	if !d.Status.Editable() {
		return d.Number, nil, b.changeLive(k, d, changes)
	}
	if warnings, err = b.SaveTold(d); err != nil {
		return "", nil, err
	}
	return d.Number, warnings, nil
}

// apply sets the fields on the slip in hand, products first: what follows from a product does not replace what is said beside it.
func (b *Book) apply(k *slip.Kind, d *slip.Doc, changes []Change) error {
	var faults fault.List
	ordered := slices.Clone(changes)
	slices.SortStableFunc(ordered, func(x, y Change) int { return first(y) - first(x) })
	for _, x := range ordered {
		faults = append(faults, fault.Of(b.applyOne(k, d, x))...)
	}
	return faults.Or()
}

func first(x Change) int {
	if x.List == "" && x.Line > 0 && x.Key == "product" {
		return 1
	}
	return 0
}

func (b *Book) applyOne(k *slip.Kind, d *slip.Doc, x Change) error {
	if x.List != "" {
		return applyItem(k, d, x)
	}
	fields := k.Header
	if x.Line > 0 {
		fields = k.Lines
	}
	i := slices.IndexFunc(fields, func(f slip.Field) bool { return f.Key == x.Key && !f.ReadOnly })
	switch {
	case i < 0:
		var known []string
		for _, f := range fields {
			if !f.ReadOnly {
				known = append(known, f.Key)
			}
		}
		return fault.New(fault.Usage, "%s没有“%s”，可改：%s", "a %s has no %s; it has %s", k.Title, x.Key, strings.Join(known, ", ")).At(x.Key).OnLine(x.Line)
	case x.Line > len(d.Lines):
		return fault.New(fault.NotFound, "%s 没有第 %d 行", "%s has no line %d", d.Number, x.Line).At(x.Key)
	case !d.Status.Editable() && !fields[i].Live:
		return fault.New(fault.Refused, "%s %s，“%s”不能再改", "%s is %[4]s: its %[5]s cannot be changed any more", d.Number, d.Status.Label(), fields[i].Label, string(d.Status), x.Key).At(x.Key).OnLine(x.Line)
	case x.Line == 0:
		return d.Set(fields[i], x.Value)
	}
	l := &d.Lines[x.Line-1]
	if err := l.Set(fields[i], x.Value); err != nil {
		return onLine(err, x.Line)
	}
	switch p, ok := b.Masters().Product(l.Product); {
	case x.Key == "product":
		return b.Propose(k, d, l)
	case x.Key == "unit" && ok: // the factor is the unit's; the check says where it is none of the product's
		l.Factor, _ = p.UnitFactor(l.Unit)
	}
	return nil
}

// applyItem sets a field of a row of a list.
func applyItem(k *slip.Kind, d *slip.Doc, x Change) error {
	g, ok := k.List(x.List)
	if !ok {
		return k.NoList(x.List)
	}
	rows := len(d.Lists[g.Key])
	f, ok := g.Field(x.Key)
	switch {
	case !ok || f.ReadOnly:
		var known []string
		for _, f := range g.Fields {
			if !f.ReadOnly {
				known = append(known, f.Key)
			}
		}
		return fault.New(fault.Usage, "%s没有“%s”，可改：%s", "%s has no %s; it has %s", g.Title, x.Key, strings.Join(known, ", ")).At(x.Key)
	case x.Line > rows+1 || x.Line > rows && !d.Status.Editable():
		return fault.New(fault.NotFound, "%s 的%s没有第 %d 行", "%s has no row %[3]d in %[2]s", d.Number, text.T(g.Title.Zh, g.Key), x.Line).At(x.Key)
	case !d.Status.Editable() && !f.Live:
		return fault.New(fault.Refused, "%s %s，“%s”不能再改", "%s is %[4]s: its %[5]s cannot be changed any more", d.Number, d.Status.Label(), f.Label, string(d.Status), x.Key).At(x.Key).InList(g.Key, x.Line)
	}
	if err := d.SetRow(g, x.Line, f, x.Value); err != nil {
		list := fault.Of(err)
		for _, y := range list {
			y.InList(g.Key, x.Line)
		}
		return list.Or()
	}
	return nil
}

// onLine says of faults on which line they are.
func onLine(err error, line int) error {
	list := fault.Of(err)
	for _, f := range list {
		f.OnLine(line)
	}
	return list.Or()
}

// changeLive writes Live fields of an audited slip over: nothing is posted anew, the version rises, the log says what was and what is.
func (b *Book) changeLive(k *slip.Kind, d *slip.Doc, changes []Change) error {
	return b.write(func(tx *store.Tx) error {
		now, err := tx.Slip(d.ID)
		if err != nil {
			return err
		}
		if err := b.mayOn(now, "enter"); err != nil {
			return err
		}
		if err := b.clash(tx, now, d.Version); err != nil {
			return err
		}
		var said []slip.Difference
		var faults fault.List
		for _, x := range changes {
			before := x.value(now)
			if err := b.applyOne(k, now, x); err != nil {
				return err
			}
			v := x.value(now)
			for _, y := range b.checkItem(k, x.field(k), v) {
				faults = append(faults, y.InList(x.List, x.Line))
			}
			if v != before {
				said = append(said, slip.Difference{List: x.List, Line: x.Line, Field: x.Key, Opened: before, Now: v})
			}
		}
		if len(faults) > 0 || len(said) == 0 {
			return faults.Or()
		}
		now.Version++
		if err := tx.UpdateSlip(k, now); err != nil {
			return err
		}
		if err := tx.FixLines(k, now); err != nil {
			return err
		}
		if err := tx.PutItems(k, now); err != nil {
			return err
		}
		d.Version = now.Version
		return b.log(tx, "save", now, auditlog.Detail{Changes: traced(said)})
	})
}

// value is what stands at the place of the change.
func (x Change) value(d *slip.Doc) string {
	switch {
	case x.List != "" && x.Line <= len(d.Lists[x.List]):
		return d.Lists[x.List][x.Line-1].Get(x.Key)
	case x.List != "":
		return ""
	case x.Line > 0:
		return d.Lines[x.Line-1].Get(x.Key)
	}
	return d.Get(x.Key)
}

// field is the declaration of what is changed.
func (x Change) field(k *slip.Kind) slip.Field {
	find := k.HeaderField
	if g, ok := k.List(x.List); ok {
		find = g.Field
	} else if x.Line > 0 {
		find = k.LineField
	}
	f, _ := find(x.Key)
	return f
}

// Submit asks for the approval of a slip. A book without chains of approval has none to ask: a slip is audited as it is.
func (b *Book) Submit(ref string) error {
	d, err := b.Load(ref)
	if err != nil {
		return err
	}
	if !d.Status.Editable() {
		return fault.New(fault.Refused, "%s %s，不能提交", "%s is %[3]s and cannot be submitted", d.Number, d.Status.Label(), string(d.Status))
	}
	return fault.New(fault.Refused, "%s 不需要审批，可直接审核", "%s needs no approval: audit it", d.Number)
}
