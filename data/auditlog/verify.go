package auditlog

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"zhanggui/data/text"
)

// Break is one place where the log is not what was written.
type Break struct {
	Entry int64
	Why   text.Text
}

// Chain reads a log from its first entry and tells where it was changed. It keeps the last seal of each thing, not the entries.
type Chain struct {
	last     Entry
	breaks   []Break
	erased   map[int64]bool // details that are not what the digest says: a later entry must have made them so
	seals    map[Thing]Sealed
	marks    map[int64]string // entries that anchors ask for, and the hash found there
	opened   bool             // the first entry of today's form came
	entries  int64
	anchored []Anchored
	// upgraded is the entry that sealed what was there before there were seals; 0: none.
	upgraded int64
}

// Thing is what a seal is of: an area and a key in it.
type Thing struct{ Area, Key string }

// Settings is the area of the settings, which are one thing: what an entry's key says of them, as the month that was closed, is none.
const Settings = "settings"

// Verbs by which things come under seals, or leave them, otherwise than by an entry of their own: an upgrade seals all that was there.
const (
	Deleted  = "master-delete"
	Upgraded = "upgrade"
)

// Of is the thing an entry speaks of.
func Of(e *Entry) Thing {
	if e.Area == Settings {
		return Thing{Area: Settings}
	}
	return Thing{e.Area, e.Key}
}

// Sealed is the seal of a thing and the entry that wrote it.
type Sealed struct {
	Entry int64
	Seal  string
}

// Anchored is what an entry says of the anchor that is kept of it: of what occasion, at what moment, and, of an owner's, whose key marked it.
type Anchored struct {
	Entry, At int64
	Kind, Key string
}

// NewChain begins a reading that remembers the hashes of the entries named.
func NewChain(asked ...int64) *Chain {
	c := &Chain{erased: map[int64]bool{}, seals: map[Thing]Sealed{}, marks: map[int64]string{}}
	for _, id := range asked {
		c.marks[id] = ""
	}
	return c
}

// Mended is what stands in the place of details that were erased.
const Mended = "＊"

// Add reads the next entry.
func (c *Chain) Add(e *Entry) {
	c.entries++
	switch {
	case e.ID != c.last.ID+1:
		c.broken(e.ID, text.Tf("记录 %d 之后是 %d", "entry %d is followed by %d", c.last.ID, e.ID))
	case e.At < c.last.At && c.last.Form == Form:
		c.broken(e.ID, text.T("时间早于上一条", "its moment is before that of the entry before"))
	}
	if e.Form == 1 {
		c.former(e)
	} else {
		c.today(e)
	}
	if _, ok := c.marks[e.ID]; ok {
		c.marks[e.ID] = e.Hash
	}
	c.last = Entry{ID: e.ID, At: e.At, Hash: e.Hash, Form: e.Form}
}

func (c *Chain) former(e *Entry) {
	switch {
	case c.opened:
		c.broken(e.ID, text.T("旧格式的记录排在新格式之后", "an entry of the former form stands behind those of today's"))
	case e.Previous != c.last.Hash:
		c.broken(e.ID, text.T("与上一条不衔接", "it does not follow the entry before"))
	case e.Hash != FormerHash(e.Previous, e.At, e.Person, e.Verb, e.Key, e.Detail):
		c.broken(e.ID, text.T("内容被改过", "it was changed"))
	}
}

func (c *Chain) today(e *Entry) {
	if c.last.ID > 0 && !c.opened && e.Verb != Upgraded {
		c.broken(e.ID, text.T("旧记录之后没有升级记录", "no upgrade stands behind the former entries"))
	}
	c.opened = true
	switch want := cmp.Or(c.last.Hash, Beginning); {
	case e.Form != Form:
		c.broken(e.ID, text.Tf("格式 %d 未知", "its form %d is not known", e.Form))
	case e.Previous != want:
		c.broken(e.ID, text.T("与上一条不衔接", "it does not follow the entry before"))
	case e.Hash != e.hashed():
		c.broken(e.ID, text.T("内容被改过", "it was changed"))
	case e.Digest != Digest(e.Detail) && strings.Contains(e.Detail, Mended):
		c.erased[e.ID] = true
	case e.Digest != Digest(e.Detail):
		c.broken(e.ID, text.T("细节被改过", "its detail was changed"))
	}
	c.sealed(e)
	if strings.Contains(e.Detail, `"anchor":"`) { // in a value the quotes would be escaped
		if d, err := Read(e.Detail); err == nil && d.Anchor != "" {
			c.anchored = append(c.anchored, Anchored{e.ID, e.At, d.Anchor, d.Mark})
		}
	}
	if e.Verb == "erase" {
		d, err := Read(e.Detail)
		if err != nil {
			c.broken(e.ID, text.T("细节读不出", "its detail cannot be read"))
		}
		for _, id := range d.Erased {
			delete(c.erased, id)
		}
	}
}

// sealed takes in what the entry leaves behind.
func (c *Chain) sealed(e *Entry) {
	t := Of(e)
	if e.Verb == Deleted {
		delete(c.seals, t)
	}
	if strings.Contains(e.Detail, `"was":"`) {
		if d, err := Read(e.Detail); err == nil && d.Was != "" {
			delete(c.seals, Thing{e.Area, d.Was})
		}
	}
	if seal := SealIn(e.Detail); seal != "" {
		c.seals[t] = Sealed{e.ID, seal}
	}
	if e.Verb == Upgraded {
		c.upgraded = e.ID
	}
}

func (c *Chain) broken(id int64, why text.Text) {
	if len(c.breaks) < 100 {
		c.breaks = append(c.breaks, Break{id, why})
	}
}

// End tells where the chain is broken, first entry first; none: it is whole. At most 100 are told.
func (c *Chain) End() []Break {
	for _, id := range slices.Sorted(maps.Keys(c.erased)) {
		c.broken(id, text.T("细节成了 ＊，后面没有抹除记录提到它", "its detail is ＊, and no later erase names it"))
	}
	slices.SortStableFunc(c.breaks, func(a, b Break) int { return cmp.Compare(a.Entry, b.Entry) })
	return c.breaks
}

// Last is the anchor of the end of the log; entry 0: it has none.
func (c *Chain) Last() Anchor { return Anchor{c.last.ID, c.last.Hash} }

// Entries counts what was read.
func (c *Chain) Entries() int64 { return c.entries }

// Seal is what the last entry that sealed the thing wrote.
func (c *Chain) Seal(t Thing) (Sealed, bool) { s, ok := c.seals[t]; return s, ok }

// Upgraded is the entry that sealed what was there before there were seals; 0: there was none.
func (c *Chain) Upgraded() int64 { return c.upgraded }

// Things lists what entries sealed, by area and key.
func (c *Chain) Things() []Thing {
	return slices.SortedFunc(maps.Keys(c.seals), func(a, b Thing) int { return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Key, b.Key)) })
}

// Anchors are those that entries say are kept of them, oldest first.
func (c *Chain) Anchors() []Anchored { return c.anchored }

// Hash is the hash of an entry that was asked for; empty: the log has none such.
func (c *Chain) Hash(entry int64) string { return c.marks[entry] }

// Holds tells whether the log is, up to the anchor's entry, the very one the anchor was made of. The entry must have been asked for
// when the reading began.
func (c *Chain) Holds(a Anchor) bool {
	hash := c.marks[a.Entry]
	return hash != "" && strings.HasPrefix(hash, a.Hash)
}
