package standing

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/workflow/who"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// Two people on one record (M6): what another program saves shows at once where nothing is typed; where something is, a strip says so and
// F2 merges. Different fields both stand; of the same field a person chooses.

// typing tells whether something typed would be lost if the record were shown anew.
func (m *masterForm) typing() bool {
	if m.dirty {
		return true
	}
	for _, x := range m.fields {
		if x.Dirty() {
			return true
		}
	}
	return false
}

// drawElsewhere shows or takes back the strip.
func (m *masterForm) drawElsewhere() {
	s := m.s
	if m.page != nil {
		defer m.page.Refresh() // the strip takes room from the fields
	}
	switch {
	case m.notice == nil:
	case m.gone:
		parts.Set(m.notice, kit.Notice(kit.Refusal, s.Tr("这条%s已在别处删除，不能再保存", "this %s was deleted elsewhere and can no longer be saved", m.typ.One)))
	case m.elsewhere != nil:
		parts.Set(m.notice, kit.Notice(kit.Warning, s.Tr("这条%s已在别处修改", "this %s was changed elsewhere", m.typ.One),
			kit.Offer{Key: fyne.KeyF2, Label: s.Tr("并入修改", "merge"), Run: m.mergeElsewhere}))
	case m.held != nil:
		m.held.Show(s, m.notice, m.takeOver)
	default:
		parts.Set(m.notice)
	}
}

// Changed shows the record anew if nothing is typed; else the strip tells what became of it.
func (m *masterForm) Changed() {
	if m.acting || m.rec.ID == 0 {
		return
	}
	r, ok := m.s.Book().Masters().ByID(m.typ.Code, m.rec.ID)
	switch {
	case !ok:
		m.gone = true
	case !m.typing():
		m.take(r.Clone())
		return
	case r.Version != m.rec.Version:
		m.elsewhere = r
	}
	m.drawElsewhere()
	m.s.DrawMenu()
}

// take shows a record as it stands in the book.
func (m *masterForm) take(r *master.Record) {
	m.rec, m.dirty, m.elsewhere, m.mine = r, false, nil, false
	m.fill()
	m.drawElsewhere()
	if m.title != nil { // a new record that was saved has a name
		m.title.Text = m.s.T(m.Title())
		m.title.Refresh()
	}
}

func (m *masterForm) fill() {
	for k, f := range m.fields {
		f.SetValue(m.rec.Get(k))
	}
	m.sayTax()
}

// mergeElsewhere brings the record in step with what another person saved.
func (m *masterForm) mergeElsewhere() {
	if m.elsewhere == nil {
		return
	}
	if !m.typing() {
		m.take(m.elsewhere.Clone())
		return
	}
	if !m.settled() {
		return
	}
	g := master.MergeRecords(m.rec.Opened(), m.rec, m.elsewhere)
	if g.Open() > 0 {
		m.choose(g, "")
		return
	}
	said := theirs(m, g)
	m.merged(g)
	m.s.Say(kit.Warning, m.s.Tr("他人的修改已并入，和您的都在：%s。Ctrl+S 保存", "both changes stand: %s. Ctrl+S saves", said))
}

// Editing is the record's key, while something is typed in it or it was taken over.
func (m *masterForm) Editing() (string, bool) {
	return who.Record(m.typ.Code, m.rec.Opened().Key()), m.rec.ID != 0 && (m.typing() || m.mine)
}

// Others takes in who else types in the record (12.4), as a slip's form does: what is only read here is not typed in, unless it is taken over;
// where something is typed the strip says who took it over.
func (m *masterForm) Others(list []who.Person) {
	if m.s.Current() != host.Screen(m) || m.s.Layer().Modal() != nil { // the keyboard is with something else, and stays there: a moment later will do
		return
	}
	var now *parts.Held
	if key, typed := m.Editing(); m.rec.ID != 0 {
		now = parts.HeldBy(m.s, list, key, typed)
	}
	m.heldBy(now)
}

// heldBy shows who else types in the record; nil: nobody.
func (m *masterForm) heldBy(now *parts.Held) {
	if m.held.Same(now) {
		return
	}
	reads := m.held.Reads()
	if m.held = now; now.Reads() != reads {
		m.anew()
	} else {
		m.drawElsewhere()
	}
	if m.s.Current() == host.Screen(m) {
		m.s.DrawTools()
	}
}

// anew builds the form with fields that can be typed in, or only read; the cursor stays in its field.
func (m *masterForm) anew() {
	at := m.at
	for k, x := range m.fields {
		if x.Focused() {
			m.at = k
		}
	}
	m.s.Anew(m)
	if m.s.Current() == host.Screen(m) && m.s.Layer().Modal() == nil {
		m.Focus()
	}
	m.at = at
}

// takeOver makes the record one's own to type in; who typed in it is told, and what was typed there stays there.
func (m *masterForm) takeOver() {
	m.mine = true
	m.s.TellWho(who.Record(m.typ.Code, m.rec.Opened().Key()))
	m.heldBy(nil)
	m.s.Refresh()
}

// merged puts the proposal into the form, on top of what the book has now.
func (m *masterForm) merged(g *master.Merge) {
	m.take(g.Record)
	m.dirty = true
	m.s.Refresh()
}

// choose shows the three columns, and saves what was chosen.
func (m *masterForm) choose(g *master.Merge, who string) {
	parts.ShowMerge(m.s, parts.Merging{What: strings.Join(keys(m.rec), " "), Who: who, Rows: func() []slip.Difference { return g.Rows },
		Take:  func(i int, s slip.Side) error { g.Take(i, s); return nil },
		Field: func(d slip.Difference) slip.Field { f, _ := m.typ.Field(d.Field); return f },
		Save: func() {
			m.merged(g)
			m.save(nil)
		}})
}

// clashed shows the three columns where a refusal is another person's change of the same field; false: it is another refusal.
func (m *masterForm) clashed(err error) bool {
	var c *master.Clash
	if !errors.As(err, &c) {
		return false
	}
	if now, ok := m.s.Book().Masters().ByID(m.typ.Code, m.rec.ID); ok {
		m.elsewhere = now
		m.drawElsewhere()
	}
	m.s.Fail(err)
	m.choose(c.Merge, parts.Someone(m.s, c.Person, c.At))
	return true
}

// theirs says in words what the other person changed.
func theirs(m *masterForm, g *master.Merge) string {
	var list []slip.Difference
	for _, d := range g.Rows {
		if d.Opened == d.Mine {
			list = append(list, d)
		}
	}
	return slip.Changes(list).In(m.s.Lang())
}

// othersIn says in words what a saved record has that was not typed: another person's fields, which the book kept.
func (m *masterForm) othersIn(typed, saved *master.Record) string {
	var list []slip.Difference
	for _, f := range m.typ.Fields {
		if was, is := typed.Opened().Get(f.Key), saved.Get(f.Key); was != is && typed.Get(f.Key) == was && f.Key != "initials" {
			list = append(list, slip.Difference{Field: f.Key, Label: f.Label, Opened: was, Now: is})
		}
	}
	if len(list) == 0 {
		return ""
	}
	return slip.Changes(list).In(m.s.Lang())
}
