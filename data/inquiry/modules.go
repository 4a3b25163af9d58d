package inquiry

import (
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
)

// Of a module that is off a book has no kind, type, field, report or paper; asking for one is refused (rule 7.1).

// Off refuses what belongs to modules none of which is on.
func (b *Book) Off(modules []string) error { return b.Rules().Off(modules) }

// Off refuses what belongs to modules none of which is on.
func (r Rules) Off(modules []string) error {
	if r.Modules.Has(modules) {
		return nil
	}
	return slip.SwitchOn(modules)
}

// Kind returns a kind as the book has it: with the fields of the modules that are on. One of a module that is off is refused.
func (b *Book) Kind(code string) (*slip.Kind, error) {
	k, err := kinds.Lookup(code)
	if err != nil {
		return nil, err
	}
	on := b.Rules().Modules
	if err := b.Off(k.Module); err != nil {
		return nil, err
	}
	header, lines, lists := on.Fields(k.Header), on.Fields(k.Lines), on.Lists(k.Lists)
	if len(header) == len(k.Header) && len(lines) == len(k.Lines) && len(lists) == 0 {
		return k, nil
	}
	own := *k
	own.Header, own.Lines, own.Lists = header, lines, lists
	return &own, nil
}

// Kinds are the kinds of slip the book has, in menu order: those of its flow and its modules, and not the ones only the program makes.
func (b *Book) Kinds() (list []*slip.Kind) {
	flow := b.Rules().Flow
	for _, k := range kinds.All {
		if k.Hidden || k.Flow != "" && k.Flow != flow {
			continue
		}
		if own, err := b.Kind(k.Code); err == nil {
			list = append(list, own)
		}
	}
	return list
}

// Groups are the areas of business the book has slips of, in menu order.
func (b *Book) Groups() (list []slip.Area) {
	all := b.Kinds()
	for _, g := range slip.Groups {
		if slices.ContainsFunc(all, func(k *slip.Kind) bool { return k.Group == g.Code }) {
			list = append(list, g)
		}
	}
	return list
}

// Absent lists the kinds whose slips nobody is shown: those only the program makes, and those of modules that are off.
func (b *Book) Absent() []string {
	list := kinds.Hidden()
	for _, k := range kinds.All {
		if !k.Hidden && b.Off(k.Module) != nil {
			list = append(list, k.Code)
		}
	}
	return list
}

// Types are the master types the book has.
func (b *Book) Types() (list []*master.Type) {
	on := b.Rules().Modules
	for _, t := range master.All {
		if on.Has(t.Module) {
			list = append(list, t)
		}
	}
	return list
}

// Type returns a master type the book has.
func (b *Book) Type(code string) (*master.Type, error) {
	t, ok := master.ByCode(code)
	if mods := slip.Bringing(code); !ok && mods != nil {
		return nil, slip.SwitchOn(mods)
	}
	if !ok {
		return nil, fault.New(fault.Usage, "没有资料“%s”", "there are no masters %q", code)
	}
	return t, b.Off(t.Module)
}

// Fields are the fields of a master type that the book has, their defaults in its language.
func (b *Book) Fields(t *master.Type) []slip.Field {
	list := b.Rules().Modules.Fields(t.Fields)
	if t != master.Products {
		return list
	}
	list = slices.Clone(list)
	for i := range list {
		list[i].Default = b.Default(t, list[i])
	}
	return list
}

// Default is what a master's field is where nobody says: the unit is a word, and a book has it in its own language from its beginning.
func (b *Book) Default(t *master.Type, f slip.Field) string {
	unit := master.Piece.In(b.Rules().Lang)
	if t != master.Products || f.Key != "unit" {
		return f.Default
	}
	if _, ok := b.Masters().Find(master.Units.Code, unit); ok {
		return unit
	}
	return f.Default // an English book of before there was a word in it
}
