package inquiry

import (
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
)

// What a person may not see is not there either: the one filter of kinds, types and fields stands here (R4, R5).
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

// FullKind is a kind with all fields of the modules that are on, whoever asks: use cases work with it, what a person may not see included.
// One of a module that is off is refused.
func (b *Book) FullKind(code string) (*slip.Kind, error) {
	return b.kind(code, b.Rules(), rights.Who{})
}

// Kind returns a kind as the book has it for who asks: with the fields of the modules that are on, and without those he may not see. One of
// a module that is off is refused, and so is one he may not see.
func (b *Book) Kind(code string) (*slip.Kind, error) {
	rules := b.Rules()
	k, err := b.kind(code, rules, rules.Who)
	if err == nil {
		if f := rules.Who.Object(code, "see"); f != nil {
			return nil, f
		}
	}
	return k, err
}

func (b *Book) kind(code string, rules Rules, who rights.Who) (*slip.Kind, error) {
	k, err := kinds.Lookup(code)
	if err != nil {
		return nil, err
	}
	on := rules.Modules
	if err := rules.Off(k.Module); err != nil {
		return nil, err
	}
	header, lines, lists := on.Fields(k.Header), on.Fields(k.Lines), on.Lists(k.Lists)
	if who.Asked() {
		header, lines = fieldsFor(who, k, header), fieldsFor(who, k, lines)
		for i := range lists {
			lists[i].Fields = fieldsFor(who, k, lists[i].Fields)
		}
	}
	if len(header) == len(k.Header) && len(lines) == len(k.Lines) && len(lists) == 0 {
		return k, nil
	}
	own := *k
	own.Header, own.Lines, own.Lists = header, lines, lists
	return &own, nil
}

// fieldsFor are the fields that a person sees: without figures he may not see, and without what refers to records he may not see. k is the kind
// of slip whose fields they are; nil: they are a record's. Where a kind's slips are of one side or another, what either shows is there.
func fieldsFor(who rights.Who, k *slip.Kind, fields []slip.Field) (list []slip.Field) {
	for _, f := range fields {
		sees := who.Sees(f.Tag) || k != nil && k.Sided != nil && f.Tag == k.Side() && (who.Sees(slip.TagPurchase) || who.Sees(slip.TagSales))
		if sees && (f.Type != slip.TypeRef || who.May(f.Ref, "see")) {
			list = append(list, f)
		}
	}
	return list
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

// Absent lists the kinds whose slips nobody is shown: those only the program makes, those of modules that are off, and
// those that who asks may not see.
func (b *Book) Absent() []string {
	list := kinds.Hidden()
	for _, k := range kinds.All {
		if !k.Hidden && (b.Off(k.Module) != nil || !b.Who().May(k.Code, "see")) {
			list = append(list, k.Code)
		}
	}
	return list
}

// Types are the master types the book has.
func (b *Book) Types() (list []*master.Type) {
	rules := b.Rules()
	for _, t := range master.All {
		if rules.Modules.Has(t.Module) && rules.Who.May(t.Code, "see") {
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
	if err := b.Off(t.Module); err != nil {
		return t, err
	}
	if f := b.Who().Object(code, "see"); f != nil {
		return t, f
	}
	return t, nil
}

// Fields are the fields of a master type that the book has for who asks, their defaults in its language.
func (b *Book) Fields(t *master.Type) []slip.Field {
	rules := b.Rules()
	list := rules.Modules.Fields(t.Fields)
	if rules.Who.Asked() {
		list = fieldsFor(rules.Who, nil, list)
	}
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
