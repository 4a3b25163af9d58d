package inquiry

import (
	"slices"

	"zhanggui/data/auditlog"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// Who has not book.log sees of the audit log what tells of slips he may see, and what he did himself; of figures that are hidden from him, whoever
// he is, no entry tells him (J6, R4, R8).

// LogSight is what one person sees of the log. It remembers slips: entries about one stand near each other.
type LogSight struct {
	book  *Book
	seen  *store.Reader
	whole bool // all entries
	slips map[thing]*slip.Doc
}

// SightOfLog begins to read the log as who asks sees it.
func (b *Book) SightOfLog() *LogSight {
	who := b.Who()
	return &LogSight{book: b, seen: b.Seen(), whole: !who.Asked() || who.Needs(rights.Need("book.log")) == nil, slips: map[thing]*slip.Doc{}}
}

// mostSlips is how many slips a sight remembers.
const mostSlips = 2000

// Of is what the entry tells who asks; ok: he sees that it is there.
func (l *LogSight) Of(e *auditlog.Entry) (d auditlog.Detail, version int64, key string, ok bool, err error) {
	d, version, key = e.Said()
	who := l.book.Who()
	if !who.Asked() {
		return d, version, key, true, nil
	}
	k, isSlip := kinds.ByCode(e.Area)
	var doc *slip.Doc
	if isSlip && e.Key != "" && (!l.whole && e.Person != who.Name || len(d.Changes) > 0) {
		if doc, err = l.slip(e.Area, key); err != nil {
			return d, version, key, false, err
		}
	}
	if !l.whole && e.Person != who.Name && (doc == nil || k == nil || !who.May(k.Code, "see")) {
		return d, version, key, false, nil
	}
	t, isRecord := master.ByCode(e.Area)
	d.Changes = slices.DeleteFunc(slices.Clone(d.Changes), func(c auditlog.Change) bool {
		switch {
		case isSlip:
			return doc == nil || !who.May(k.Code, "see") || !l.book.SeesChange(k, doc, c)
		case isRecord:
			f, _ := t.Field(c.Field)
			return !who.May(t.Code, "see") || !who.Sees(f.Tag)
		}
		return false
	})
	return d, version, key, true, nil
}

// slip is a slip that is there for who asks; nil: it is not.
func (l *LogSight) slip(kind, number string) (*slip.Doc, error) {
	t := thing{Area: kind, Key: number}
	if d, known := l.slips[t]; known {
		return d, nil
	}
	id, err := l.seen.SlipID(number)
	var d *slip.Doc
	if err == nil && id > 0 {
		d, err = l.book.DB.Slip(id)
	}
	if err != nil {
		return nil, err
	}
	if d != nil && d.Kind != kind {
		d = nil
	}
	if len(l.slips) >= mostSlips {
		clear(l.slips)
	}
	l.slips[t] = d
	return d, nil
}

// SeesChange tells whether who asks sees a figure of a slip that was changed.
func (b *Book) SeesChange(k *slip.Kind, d *slip.Doc, c auditlog.Change) bool {
	who, part := b.Who(), slip.OnHead
	if c.Line > 0 {
		part = slip.OnLine
	}
	if g, ok := k.List(c.List); ok {
		f, _ := g.Field(c.Field)
		return who.Sees(f.Tag)
	}
	whole := c.Line > 0 && c.Field == "" // of a line that came or went, with all its figures
	return who.Sees(k.TagOf(d, part, c.Field)) && (!whole || who.Sees(k.SideOf(d)))
}
