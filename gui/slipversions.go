package gui

import (
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// Two people on one slip (M6, M7): what another program saves shows at once where nothing is typed; where something is, a strip says so and
// F2 merges. What is audited, un-audited, voided, closed or pushed is the version on the screen.

// seen is the slip with the version on the screen, as the book's acts take it.
func (f *slipForm) seen() string { return seenAs(f.doc) }

func seenAs(d *slip.Doc) string { return fmt.Sprintf("%s@%d", d.Number, d.Version) }

// opens remembers the slip as it was opened, to tell later who changed what.
func (f *slipForm) opens() {
	f.opened, f.elsewhere, f.whose = f.doc.Clone(), nil, nil
}

// fromDesk looks what became of a slip in the book while it lay on the desk.
func (f *slipForm) fromDesk() error {
	if f.doc.Number == "" {
		return nil
	}
	d, err := f.s.Book().Load(f.doc.Number)
	if err != nil {
		return err
	}
	if d.Version == f.doc.Version {
		f.opened = d
		return nil
	}
	f.opened, f.elsewhere = &slip.Doc{Kind: d.Kind}, d // who changed what is not known: whatever differs is asked for
	return nil
}

// typing tells whether something typed would be lost if the slip were read anew.
func (f *slipForm) typing() bool {
	if f.dirty || f.correcting {
		return true
	}
	for _, x := range f.fields {
		if x.Dirty() {
			return true
		}
	}
	for _, x := range f.lists {
		if e := x.Editing(); e != nil && e.Dirty() {
			return true
		}
	}
	e := f.grid.Editing()
	return e != nil && e.Dirty()
}

// changedElsewhere takes in what another program made of the slip while something is typed here, and says who did what.
func (f *slipForm) changedElsewhere(now *slip.Doc) {
	f.elsewhere, f.whose = now, nil
	seen, b := f.seen(), f.s.Book()
	Read(f.s, f.s.tr("看修改", "who changed it"), func() (*slip.Clash, error) {
		var c *slip.Clash
		if _, err := b.Load(seen); err != nil && !errors.As(err, &c) {
			return nil, err
		}
		return c, nil
	}, func(c *slip.Clash) {
		if f.elsewhere == now {
			f.whose = c
			f.drawElsewhere()
			f.s.DrawMenu()
		}
	})
}

// drawElsewhere shows or takes back the strip.
func (f *slipForm) drawElsewhere() {
	if f.notice == nil {
		return
	}
	if f.page != nil {
		defer f.page.Refresh() // the strip takes room from the lines
	}
	if f.elsewhere == nil && f.held != nil {
		f.held.Show(f.s, f.notice, f.takeOver)
		return
	}
	if f.elsewhere == nil {
		parts.Set(f.notice)
		if !f.turn.Back.Empty() && f.doc.Status == slip.Draft {
			parts.Set(f.notice, kit.Notice(kit.Warning, f.s.T(f.turn.Back)))
		}
		return
	}
	s := f.s
	what := ""
	if c := f.whose; c != nil && len(c.Changes) > 0 {
		what = s.tr("：", ": ") + slip.Changes(c.Changes).In(s.lang)
	}
	parts.Set(f.notice, kit.Notice(kit.Warning, s.tr("%s 已在别处修改%s%s", "%s was changed elsewhere%s%s", f.doc.Number, f.lastOne(), what),
		kit.Offer{Key: fyne.KeyF2, Label: s.tr("并入修改", "merge"), Run: f.mergeElsewhere}))
}

// lastOne says who saved the slip last.
func (f *slipForm) lastOne() string {
	if f.whose == nil {
		return ""
	}
	return parts.Someone(f.s, f.whose.Person, f.whose.At)
}

// act writes off the main goroutine; what the book tells of it meanwhile is one's own doing, not another's.
func (f *slipForm) act(what string, do func() error, done func(error)) {
	f.acting = true
	f.s.Write(what, do, func(err error) {
		f.acting = false
		done(err)
	})
}

// clashed takes in that a refusal is another person's change, which F2 merges.
func (f *slipForm) clashed(err error) {
	var c *slip.Clash
	if !errors.As(err, &c) || c.Number != f.doc.Number {
		return
	}
	if now, err := f.s.Book().Load(f.doc.Number); err == nil {
		f.elsewhere, f.whose = now, c
		f.drawElsewhere()
		f.s.Refresh()
	}
}

// mergeElsewhere brings the slip in step with what another person saved: read anew where nothing is typed; else both changes stand, and of what
// both changed a person chooses.
func (f *slipForm) mergeElsewhere() {
	s, now := f.s, f.elsewhere
	switch {
	case now == nil:
		return
	case !f.dirty:
		f.take(now)
		s.Say(kit.Hint, s.tr("%s 已按现在的内容显示", "%s is shown as it now stands", now.Number))
		return
	case f.correcting || !now.Status.Editable():
		f.cannotMerge(now)
		return
	case !f.settled():
		return
	}
	m, err := slip.MergeDocs(f.kind, f.opened, f.trimmed(), now)
	if err != nil {
		s.Fail(err)
		return
	}
	if m.Open() == 0 {
		f.merged(m, now)
		s.Say(kit.Warning, s.tr("他人的修改已并入，和您的都在：%s。Ctrl+S 保存", "both changes stand: %s. Ctrl+S saves", theirs(m, s.lang)))
		return
	}
	parts.ShowMerge(s, parts.Merging{What: now.Number, Who: f.lastOne(), Rows: func() []slip.Difference { return m.Rows }, Take: m.Take, Field: f.differs,
		Save: func() {
			f.merged(m, now)
			f.save(nil)
		}})
}

// differs is the declaration of a field that differs.
func (f *slipForm) differs(d slip.Difference) slip.Field {
	find := f.kind.HeaderField
	if d.Line > 0 {
		find = f.kind.LineField
	}
	x, _ := find(d.Field)
	return x
}

// merged puts the proposal into the form, on top of what the book has now.
func (f *slipForm) merged(m *slip.Merge, now *slip.Doc) {
	f.doc = m.Doc
	f.opened, f.elsewhere, f.whose = now, nil, nil
	f.dirty = true
	f.fill()
	f.loadParty()
	f.touched()
	f.drawElsewhere()
	f.s.Refresh()
}

// theirs says in words what the other person changed.
func theirs(m *slip.Merge, l text.Lang) string {
	var list []slip.Difference
	for _, d := range m.Rows {
		if d.Opened == d.Mine {
			list = append(list, d)
		}
	}
	return slip.Changes(list).In(l)
}

// cannotMerge: the slip is no draft any more, so what is typed has no place in it; it can become a slip of its own.
func (f *slipForm) cannotMerge(now *slip.Doc) {
	s := f.s
	s.Ask(s.tr("%s 现在是“%s”", "%s is %s now", now.Number, now.Status.Label()),
		[]string{s.tr("别处已改变它的状态，您录入的内容不能再存进去。", "It was changed elsewhere; what you typed can no longer be saved into it.")},
		Answer{Label: text.T("留在这里", "Stay")},
		Answer{Label: text.T("另开新单", "As a new slip"), Key: fyne.KeyN, Run: func() {
			mine := *f
			mine.doc = f.trimmed()
			f.drop()
			f.take(now)
			mine.copy()
		}},
		Answer{Label: text.T("放弃录入", "Give up what I typed"), Key: fyne.KeyY, Run: func() {
			f.drop()
			f.take(now)
		}})
}
