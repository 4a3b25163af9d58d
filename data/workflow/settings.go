package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// SaveSettings changes what stands at the head of the company's papers, and the book's language. What changed is in the audit log.
func (b *Book) SaveSettings(company, address, phone string, lang text.Lang) error {
	if lang != text.Zh && lang != text.En {
		return fault.New(fault.Invalid, "语言只能是 zh 或 en，不能是“%s”", "the language is zh or en, not %q", lang).At("lang")
	}
	s := b.Settings()
	now := map[string]string{"company": s.Company, "address": s.Address, "phone": s.Phone, "lang": string(s.Lang)}
	values := map[string]string{"company": strings.TrimSpace(company), "address": strings.TrimSpace(address), "phone": strings.TrimSpace(phone), "lang": string(lang)}
	var said []string
	for _, k := range slices.Sorted(maps.Keys(values)) {
		if values[k] != now[k] {
			said = append(said, fmt.Sprintf("%s: %q → %q", k, now[k], values[k]))
		}
	}
	if len(said) == 0 {
		return nil
	}
	return b.change(values, "settings", "", strings.Join(said, "; "))
}

// belowRules are what a book may say of sales below cost.
const belowRules = "warn forbid allow"

// SetBelowCost says from now on what becomes of a sale below cost: "warn", "forbid" or "allow". Nothing posted changes.
func (b *Book) SetBelowCost(rule string) error {
	was := b.Settings().Below
	switch {
	case !has(belowRules, rule):
		return fault.New(fault.Invalid, "低于成本只能是 warn、forbid 或 allow，不能是“%s”", "below_cost is warn, forbid or allow, not %q", rule).At("below_cost")
	case rule == was:
		return nil
	}
	return b.change(map[string]string{"below_cost": rule}, "settings", "", fmt.Sprintf("below_cost: %q → %q", was, rule))
}

// change writes settings and tells the watchers once they hold.
func (b *Book) change(values map[string]string, verb, what, detail string) error {
	return b.changeWith(values, verb, what, detail, nil)
}

// changeWith is change with something else in the same transaction.
func (b *Book) changeWith(values map[string]string, verb, what, detail string, also func(*store.Tx) error) error {
	b.changing.Lock()
	err := b.DB.Write(func(tx *store.Tx) error {
		if also != nil {
			if err := also(tx); err != nil {
				return err
			}
		}
		for k, v := range values {
			if err := tx.SetSetting(k, v); err != nil {
				return err
			}
		}
		return b.log(tx, verb, what, detail)
	})
	if err == nil {
		err = b.readSettings()
	}
	b.changing.Unlock()
	if err == nil {
		b.tell()
	}
	return err
}

// Kinds are the kinds of slip the book has, in menu order: those of its flow, and not the ones only the program makes.
func (b *Book) Kinds() (list []*slip.Kind) {
	flow := b.Settings().Flow
	for _, k := range kinds.All {
		if !k.Hidden && (k.Flow == "" || k.Flow == flow) {
			list = append(list, k)
		}
	}
	return list
}

// Next are the kinds that a slip can be pushed down to: those of its kind, but none that would carry out what awaits nothing.
func (b *Book) Next(d *slip.Doc) []*slip.Kind {
	return slices.DeleteFunc(b.NextKinds(d.Kind), func(k *slip.Kind) bool { return arrived(k, d) != nil })
}

// NextKinds are the kinds that a kind can be pushed down to in the book.
func (b *Book) NextKinds(code string) (list []*slip.Kind) {
	for _, k := range b.Kinds() {
		if _, ok := k.Source(code); ok {
			list = append(list, k)
		}
	}
	return list
}
