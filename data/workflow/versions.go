package workflow

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// What a person saw is what is changed and audited (M6, M7): slips and records have versions, and the audit log says of each version
// what it changed, so that a refusal can name it.

// traced is what the audit log keeps of changes.
func traced(list []slip.Difference) (changes []auditlog.Change) {
	for _, d := range list {
		changes = append(changes, auditlog.Change{List: d.List, Line: d.Line, Field: d.Field, Before: d.Opened, After: d.Now})
	}
	return changes
}

// statusFrom is what it keeps of a slip that changed nothing but its status.
func statusFrom(d *slip.Doc, was slip.Status) auditlog.Detail {
	return auditlog.Detail{Changes: []auditlog.Change{{Field: "status", Before: string(was), After: string(d.Status)}}}
}

// changedSince gathers what the entries say was changed after a version of what has the key; and who did so last, and when.
func changedSince(entries []auditlog.Entry, key string, version int64) (list []slip.Difference, person string, at time.Time) {
	changes, last := auditlog.Since(entries, key, version)
	for _, c := range changes {
		list = append(list, slip.Difference{List: c.List, Line: c.Line, Field: c.Field, Opened: c.Before, Now: c.After})
	}
	if last == nil {
		return list, "", time.Time{}
	}
	return list, last.Person, time.UnixMilli(last.At)
}

// who says who changed something and when, in both languages; empty where the book does not know.
func who(person string, at time.Time, now time.Time) text.Text {
	if person == "" {
		return text.T("", "")
	}
	form := "15:04"
	if text.DateOf(at) != text.DateOf(now) {
		form = "2006-01-02 15:04"
	}
	return text.T("："+person+" "+at.Local().Format(form), "; "+person+" "+at.Local().Format(form))
}

func whatChanged(list []slip.Difference) text.Text {
	if len(list) == 0 {
		return text.T("", "")
	}
	c := slip.Changes(list)
	return text.T("："+c.Zh, ": "+c.En)
}

// clash is the refusal of an act on a version of a slip that is not the book's; nil where it is.
func (b *Book) clash(tx *store.Tx, d *slip.Doc, version int64) error {
	if version == d.Version {
		return nil
	}
	entries, err := tx.History(d.Kind, d.Number)
	if err != nil {
		return err
	}
	return b.clashOf(entries, d, version)
}

// clashNow is clash outside a transaction, of a version that is known to be another.
func (b *Book) clashNow(d *slip.Doc, version int64) error {
	entries, err := b.DB.History(d.Kind, d.Number)
	if err != nil {
		return err
	}
	return b.clashOf(entries, d, version)
}

func (b *Book) clashOf(entries []auditlog.Entry, d *slip.Doc, version int64) error {
	list, person, at := changedSince(entries, d.Number, version)
	k, _ := kinds.ByCode(d.Kind)
	if k != nil {
		list = slices.DeleteFunc(list, func(x slip.Difference) bool { return !b.sees(k, d, x) })
	}
	for i := range list {
		if list[i].Label = text.T(list[i].Field, list[i].Field); k != nil {
			list[i].Label = labelOf(k, list[i])
		}
		if len(d.Lines) <= 1 && list[i].List == "" {
			list[i].Line = 0
		}
	}
	f := fault.New(fault.Conflict, "%s 已被修改，版本 %d 现为 %d%s%s", "%s was changed meanwhile: version %d is now %d%s%s", d.Number, version, d.Version,
		who(person, at, b.Now()), whatChanged(list)).At("version")
	return &slip.Clash{Fault: f, Number: d.Number, Version: version, Now: d.Version, Person: person, At: at, Changes: list}
}

// sees tells whether who acts sees a figure that was changed.
func (b *Book) sees(k *slip.Kind, d *slip.Doc, x slip.Difference) bool {
	return b.SeesChange(k, d, auditlog.Change{List: x.List, Line: x.Line, Field: x.Field})
}

// seesOf is sees of a record.
func (b *Book) seesOf(t *master.Type, list []slip.Difference) []slip.Difference {
	return slices.DeleteFunc(list, func(x slip.Difference) bool {
		f, _ := t.Field(x.Field)
		return !b.who().Sees(f.Tag)
	})
}

// labelOf is the title of a field that was changed.
func labelOf(k *slip.Kind, d slip.Difference) text.Text {
	find := k.HeaderField
	if g, ok := k.List(d.List); ok {
		find = g.Field
	} else if d.Line > 0 {
		find = k.LineField
	}
	switch f, ok := find(d.Field); {
	case ok:
		return f.Label
	case d.Field == "status":
		return text.T("状态", "Status")
	case d.Field == "" && d.Line > 0:
		return text.T("整行", "the line")
	}
	return text.T(d.Field, d.Field)
}

// versioned parts NUMBER@VERSION; a reference without a version has 0.
func versioned(ref string) (number string, version int64) {
	i := strings.LastIndexByte(ref, '@')
	if i <= 0 {
		return ref, 0
	}
	v, err := strconv.ParseInt(ref[i+1:], 10, 64)
	if err != nil || v <= 0 {
		return ref, 0
	}
	return ref[:i], v
}

// meantSlip finds a slip by NUMBER or NUMBER@VERSION; what somebody else calls NUMBER@VERSION goes first. The version is 0 where none
// was said.
func meantSlip(q interface{ SlipID(string) (int64, error) }, ref string) (id, version int64, err error) {
	id, err = q.SlipID(ref)
	if id != 0 || err != nil {
		return id, 0, err
	}
	number, version := versioned(ref)
	if version == 0 {
		return 0, 0, nil
	}
	id, err = q.SlipID(number)
	return id, version, err
}

// merge brings a record that another person saved meanwhile in step with that (M6): different fields both stand; the same field, and a
// record that is gone, are refused.
func (b *Book) merge(tx *store.Tx, r *master.Record) error {
	if r.ID == 0 {
		return nil
	}
	now, ok := tx.Masters().ByID(r.Type.Code, r.ID)
	if !ok {
		return gone(r)
	}
	if now.Version == r.Version {
		return nil
	}
	m := master.MergeRecords(r.Opened(), r, now)
	if m.Open() > 0 {
		return b.masterClash(tx, m, r)
	}
	*r = *m.Record
	return nil
}

func gone(r *master.Record) error {
	return fault.New(fault.Conflict, "%s已被他人删除，未保存", "%s was deleted meanwhile; nothing was saved", r.Opened().Key())
}

func (b *Book) masterClash(tx *store.Tx, m *master.Merge, r *master.Record) error {
	key := m.Record.Key()
	entries, err := tx.History(r.Type.Code, key)
	if err != nil {
		return err
	}
	_, person, at := changedSince(entries, key, r.Version)
	var both []slip.Difference
	for _, d := range m.Rows {
		if d.Both {
			both = append(both, d)
		}
	}
	both = b.seesOf(r.Type, both)
	f := fault.New(fault.Conflict, "%s 已被修改%s%s", "%s was changed meanwhile%s%s", key, who(person, at, b.Now()), whatChanged(both))
	if len(both) > 0 {
		f = f.At(both[0].Field)
	}
	return &master.Clash{Fault: f, Merge: m, Person: person, At: at}
}

// checkVersion holds the version a file says of a record against the book's; none is not checked.
func (b *Book) checkVersion(tx *store.Tx, r, old *master.Record, said string) *fault.Fault {
	if said == "" {
		return nil
	}
	v, err := strconv.ParseInt(said, 10, 64)
	switch {
	case err != nil:
		return fault.New(fault.Invalid, "“%s”不是版本号", "%q is no version", said).At("version")
	case old == nil:
		return fault.New(fault.Conflict, "版本 %s 已不存在，资料已被删除或改了编码", "%s is gone: the record was deleted, or has another code", said).At("version")
	case v == old.Version:
		return nil
	}
	entries, err := tx.History(r.Type.Code, old.Key())
	if err != nil {
		return fault.Internal(fmt.Errorf("history of %s: %w", r.Type.Code, err))
	}
	list, person, at := changedSince(entries, old.Key(), v)
	list = b.seesOf(r.Type, list)
	for i, d := range list {
		f, ok := r.Type.Field(d.Field)
		if list[i].Label = f.Label; !ok {
			list[i].Label = text.T(d.Field, d.Field)
		}
	}
	return fault.New(fault.Conflict, "%d 现为 %d%s%s", "%d is now %d%s%s", v, old.Version, who(person, at, b.Now()), whatChanged(list)).At("version")
}
