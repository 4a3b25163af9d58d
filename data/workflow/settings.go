package workflow

import (
	"maps"
	"slices"
	"strings"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Set changes settings in one transaction, modules first, with an entry in the audit log of what was and what is. A key or value that is
// none is refused as wrong usage, with what would do; one that is chosen with the book, or belongs to a module that is off, by the rules.
func (b *Book) Set(pairs map[string]string) error { return b.SetSeen(pairs, nil) }

// SettingClash refuses to write settings over others that somebody wrote since they were seen (M6). Nothing was changed.
type SettingClash struct {
	*fault.Fault
	Rows []slip.Difference // the settings both changed: Opened as they were seen, Mine as they would be written, Now as they stand
}

// Unwrap gives the words.
func (c *SettingClash) Unwrap() error { return c.Fault }

// SetSeen is Set of a person who saw the settings as seen has them: one that stands otherwise now and would be written over is refused with
// *SettingClash; others that changed meanwhile stand. nil: whatever stands there is written over.
func (b *Book) SetSeen(pairs, seen map[string]string) error {
	values, err := readPairs(pairs)
	if err != nil {
		return err
	}
	if b.DB.ReadOnly {
		return store.ErrLooking
	}
	b.changing.Lock()
	err = b.db.Write(func(tx *store.Tx) error {
		tx.Acts(b.User, b.Now)
		return b.press.once(tx, func(tx *store.Tx) error { return b.putSettings(tx, values, seen) })
	})
	if err == nil {
		err = b.readSettings()
	}
	b.changing.Unlock()
	b.Refused(err)
	if err == nil {
		b.tell()
	}
	return err
}

// putSettings writes those of the values that change something.
func (b *Book) putSettings(tx *store.Tx, values, seen map[string]string) error {
	if err := b.need(rights.Need("book.settings")); err != nil {
		return err
	}
	now, err := settingsOf(tx)
	if err != nil {
		return err
	}
	if err := now.clash(values, seen); err != nil {
		return err
	}
	said, err := now.set(values)
	if err != nil || len(said) == 0 {
		return err
	}
	for _, k := range said {
		if err := tx.SetSetting(k.key, k.is); err != nil {
			return err
		}
	}
	return b.note(tx, "settings", store.AreaSettings, "", auditlog.Detail{Changes: changes(said)})
}

// clash refuses values over settings that are not as they were seen, unless both say the same.
func (s *Settings) clash(values, seen map[string]string) error {
	var rows []slip.Difference
	for _, x := range Declared {
		v, mine := values[x.Key]
		was, known := seen[x.Key]
		if now := s.Get(x.Key); mine && known && now != was && now != v {
			rows = append(rows, slip.Difference{Field: x.Key, Label: x.Label, Opened: was, Mine: v, Now: now, Both: true})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return &SettingClash{fault.New(fault.Conflict, "设置已被修改%s", "the settings were changed meanwhile%s", whatChanged(rows)).At(rows[0].Field), rows}
}

// readPairs brings what was typed into the form that is kept; every fault is told.
func readPairs(pairs map[string]string) (map[string]string, error) {
	var faults fault.List
	values := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		x, ok := SettingOf(key)
		if mods := slip.Bringing(key); !ok && mods != nil {
			faults = append(faults, slip.SwitchOn(mods).At(key))
			continue
		}
		if !ok {
			var known []string
			for _, x := range Declared {
				known = append(known, x.Key)
			}
			faults = append(faults, fault.New(fault.Usage, "没有“%s”这项设置，可设的有：%s", "there is no setting %q; the settings are %s", key, strings.Join(known, ", ")))
			continue
		}
		v, err := x.Read(pairs[key])
		faults = append(faults, fault.Of(err)...)
		values[key] = v
	}
	return values, faults.Or()
}

// changed is one change of a setting.
type changed struct{ key, was, is string }

// changes says of settings what the audit log keeps.
func changes(list []changed) (said []auditlog.Change) {
	for _, c := range list {
		said = append(said, auditlog.Change{Field: c.key, Before: c.was, After: c.is})
	}
	return said
}

// set gives the settings values that were read, modules first, and tells which changed.
func (s *Settings) set(values map[string]string) (list []changed, err error) {
	if v, ok := values["modules"]; ok {
		if err := checkModules(strings.Fields(v)); err != nil {
			return nil, err
		}
		if was := s.Get("modules"); was != v {
			list = append(list, changed{"modules", was, v})
			s.Put("modules", v)
		}
	}
	for _, x := range Declared {
		v, ok := values[x.Key]
		if !ok || x.Key == "modules" {
			continue
		}
		if err := s.rules().Off(x.Module); err != nil {
			return nil, err
		}
		was := s.Get(x.Key)
		switch {
		case was == v:
			continue
		case x.Chosen && !x.Through.Empty():
			return nil, &fault.Fault{Code: fault.Refused, Text: x.Through, Field: x.Key}
		case x.Chosen:
			return nil, fault.New(fault.Refused, "%s在建账时定下，不能改", "%s is chosen with the book and does not change", text.T(x.Label.Zh, x.Key)).At(x.Key)
		}
		list = append(list, changed{x.Key, was, v})
		s.Put(x.Key, v)
	}
	return list, s.agree()
}

// agree refuses values that contradict each other.
func (s *Settings) agree() error {
	if s.DeadDays < s.SlowDays {
		return fault.New(fault.Refused, "呆滞天数 %d 少于滞销天数 %d", "goods would be dead after %d days, before they are slow after %d", s.DeadDays, s.SlowDays).At("dead_days")
	}
	return nil
}

// doing says what changes of settings that take long are, for whoever waits for the lock.
var doing = map[string]text.Text{"close-month": text.T("正在结账", "closes a month"), "reopen": text.T("正在反结账", "reopens a month"), "costing": text.T("正在重算成本", "changes the costing")}

// changing are the rights that changes of settings need which are use cases of their own.
var changing = map[string]rights.Right{"close-month": "book.close", "reopen": "book.reopen", "costing": "book.costing"}

// change writes settings and tells the watchers once they hold. Which, and what the audit log says of it, decide finds by what stands
// under the book's lock.
func (b *Book) change(verb, what string, decide func(*store.Tx) (values map[string]string, detail auditlog.Detail, err error)) error {
	if b.DB.ReadOnly {
		return store.ErrLooking
	}
	defer b.db.Doing(doing[verb].Zh, doing[verb].En)()
	b.changing.Lock()
	err := b.db.Write(func(tx *store.Tx) error {
		if err := b.need(rights.Need(changing[verb])); err != nil {
			return err
		}
		values, detail, err := decide(tx)
		if err != nil {
			return err
		}
		for k, v := range values {
			if err := tx.SetSetting(k, v); err != nil {
				return err
			}
		}
		return b.note(tx, verb, store.AreaSettings, what, detail)
	})
	if err == nil {
		err = b.readSettings()
	}
	b.changing.Unlock()
	b.Refused(err)
	if err == nil {
		b.tell()
	}
	return err
}

// Next are the kinds that a slip can be pushed down to: those of its kind, but none that would carry out what awaits nothing.
func (b *Book) Next(d *slip.Doc) []*slip.Kind {
	return slices.DeleteFunc(b.NextKinds(d.Kind), func(k *slip.Kind) bool { return arrived(k, d) != nil })
}

// NextKinds are the kinds that a kind can be pushed down to in the book, what usually follows first.
func (b *Book) NextKinds(code string) (list []*slip.Kind) {
	for _, k := range b.Kinds() {
		if _, ok := k.Source(code); ok {
			list = append(list, k)
		}
	}
	slices.SortStableFunc(list, func(x, y *slip.Kind) int { return usual(x, code) - usual(y, code) })
	return list
}

// usual is 0 of a kind that mostly follows from the other, else 1.
func usual(k *slip.Kind, source string) int {
	if s, _ := k.Source(source); s.Usual || s.Executes {
		return 0
	}
	return 1
}
