package exchange

import (
	"context"
	"runtime/debug"
	"runtime/metrics"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Table is a file read into rows: the header and, for each row, its cells and its line in the file. Add puts rows beyond some in a file.
type Table struct {
	Name   string
	Title  string // what stands alone in the line above the header
	Line   int    // of the header; 0: the first
	Header []string
	Rows   []Row // in memory; Each gives all

	size int        // bytes of those
	far  files.Pile // the others
}

// Row is one record of a Table.
type Row struct {
	Line  int
	Cells []string
}

// Imported tells what an import did.
type Imported struct {
	New, Changed, Unchanged int
	Slips, Lines            int
	Notes                   []text.Text
	Made                    []text.Text // units, categories and departments that nobody entered: Unit "barrel"
	Warnings                fault.List  // at most fault.Most and one that counts the rest
}

// Import reads a table of masters or slips in one transaction: every row lands, or none, and all faults are listed.
// A dry run checks everything and lands nothing.
func Import(b *workflow.Book, kind string, t *Table, dry bool) (Imported, error) {
	list, err := ImportAll(b, kind, []*Table{t}, dry)
	return list[0], err
}

// ImportAll reads several tables of a kind, one after the other, in one transaction, and tells of each what it did.
func ImportAll(b *workflow.Book, kind string, tables []*Table, dry bool) ([]Imported, error) {
	return ImportUntil(context.Background(), b, kind, tables, dry)
}

// ImportUntil is ImportAll that lands nothing where ctx is cancelled before it is done; nil: never.
func ImportUntil(ctx context.Context, b *workflow.Book, kind string, tables []*Table, dry bool) ([]Imported, error) {
	book := of(b)
	write := book.Write
	if dry {
		write = book.Dry
	}
	return book.imports(ctx, kind, tables, write, func([]Imported) bool { return dry })
}

// ImportAsking is ImportUntil of a table that lands nothing, too, where it would make units, categories or departments that nobody entered:
// Imported.Made then names them, and a person is asked whether they are meant or mistyped.
func ImportAsking(ctx context.Context, b *workflow.Book, kind string, t *Table) (Imported, error) {
	book := of(b)
	list, err := book.imports(ctx, kind, []*Table{t}, book.Write, func(list []Imported) bool { return len(list[0].Made) > 0 })
	return list[0], err
}

// imports is ImportUntil where it is known only after all was read whether it was a trial.
func (b book) imports(ctx context.Context, kind string, tables []*Table, write func(context.Context, func(*store.Tx) error) error, trial func([]Imported) bool) ([]Imported, error) {
	list := make([]Imported, len(tables))
	defer b.Doing("正在导入", "imports")()
	defer files.Lean(130 << 20)()
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent()))
	err := write(ctx, func(tx *store.Tx) error {
		var faults fault.Many
		for i, t := range tables {
			if err := b.importTable(tx, kind, t, &list[i], &faults); err != nil {
				return err
			}
		}
		switch {
		case faults.Len() > 0:
			return faults.List()
		case trial(list):
			return store.ErrTrial
		}
		return nil
	})
	if err == store.ErrTrial {
		return list, nil
	}
	if x := broughtBy(kind); err == nil && x != nil && x.Landed != nil {
		err = x.Landed(b.Book)
	}
	return list, err
}

// gcPercent lets an import have room for 60 MB of what is no longer used: clearing up more often was a fifth of its time. What it keeps grows
// with its file, so that this is asked again on the way.
func gcPercent() int {
	const room = 60 << 20
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	return int(min(400, max(30, room*100/max(1, live[0].Value.Uint64()))))
}

// gcAgain is after how many rows that is asked again.
const gcAgain = 8192

// importTable reads one table; its faults are added to those of the tables before it.
func (b book) importTable(tx *store.Tx, kind string, t *Table, res *Imported, faults *fault.Many) (err error) {
	before := faults.Len()
	if kind == "slips" {
		err = b.importSlips(tx, t, res, faults)
	} else if x := broughtBy(kind); x != nil {
		err = x.In(b.Book, tx, t, res, faults)
	} else if typ, ok := master.ByCode(kind); ok && typ != master.GL {
		if err := b.Off(typ.Module); err != nil {
			return err
		}
		err = b.importMasters(tx, typ, t, res, faults)
	} else if mods := slip.Bringing(kind); mods != nil {
		return slip.SwitchOn(mods)
	} else {
		return fault.New(fault.Usage, "不能导入“%s”", "cannot import %q", kind)
	}
	if err != nil || faults.Len() > before {
		return err
	}
	return b.Note(tx, "import", kind, "", auditlog.Detail{File: t.Name, Rows: t.Len()})
}
