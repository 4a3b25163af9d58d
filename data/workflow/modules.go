package workflow

import (
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
)

// Of a module that is off a book has no kind, type, field, report or paper; asking for one is refused (rule 7.1).

// Off refuses what belongs to modules none of which is on.
func (b *Book) Off(modules []string) error { return b.Settings().off(modules) }

// Kind returns a kind as the book has it: with the fields of the modules that are on. One of a module that is off is refused.
func (b *Book) Kind(code string) (*slip.Kind, error) {
	k, err := kindOf(code)
	if err != nil {
		return nil, err
	}
	on := b.Settings().Modules
	if err := b.Off(k.Module); err != nil {
		return nil, err
	}
	header, lines := on.Fields(k.Header), on.Fields(k.Lines)
	if len(header) == len(k.Header) && len(lines) == len(k.Lines) {
		return k, nil
	}
	own := *k
	own.Header, own.Lines = header, lines
	return &own, nil
}

// Kinds are the kinds of slip the book has, in menu order: those of its flow and its modules, and not the ones only the program makes.
func (b *Book) Kinds() (list []*slip.Kind) {
	flow := b.Settings().Flow
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

// Types are the master types the book has.
func (b *Book) Types() (list []*master.Type) {
	on := b.Settings().Modules
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
	if !ok {
		return nil, fault.New(fault.Usage, "没有资料“%s”", "there are no masters %q", code)
	}
	return t, b.Off(t.Module)
}

// Fields are the fields of a master type that the book has.
func (b *Book) Fields(t *master.Type) []slip.Field { return b.Settings().Modules.Fields(t.Fields) }

// slipColumns are the columns of imported and exported slips that the book has.
func (b *Book) slipColumns() []slip.Field { return slipColumns(b.Settings().Modules) }

// filled are the columns of an export with its rows, without those that came later and say nothing throughout: what an older program
// reads stays what it was.
func filled(t *Table, fields []slip.Field) (*Table, []slip.Field) {
	var gone []int
	for i, f := range fields {
		if f.Sparse && !slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Cells[i] != "" && !(f.Type == slip.TypeBool && r.Cells[i] == "no") }) {
			gone = append(gone, i)
		}
	}
	slices.Reverse(gone)
	for _, i := range gone {
		t.Header = slices.Delete(slices.Clone(t.Header), i, i+1)
		fields = slices.Delete(slices.Clone(fields), i, i+1)
		for r := range t.Rows {
			t.Rows[r].Cells = slices.Delete(t.Rows[r].Cells, i, i+1)
		}
	}
	return t, fields
}
