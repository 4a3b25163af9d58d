package workflow

import (
	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Table is a file read into rows: the header and, for each row, its cells and its line in the file.
type Table struct {
	Name   string
	Header []string
	Rows   []Row
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
	Warnings                fault.List
}

// Import reads a table of masters or slips in one transaction: every row lands, or none, and all faults are listed.
// A dry run checks everything and lands nothing.
func (b *Book) Import(kind string, t *Table, dry bool) (Imported, error) {
	list, err := b.ImportAll(kind, []*Table{t}, dry)
	return list[0], err
}

// ImportAll reads several tables of a kind, one after the other, in one transaction, and tells of each what it did.
func (b *Book) ImportAll(kind string, tables []*Table, dry bool) ([]Imported, error) {
	list := make([]Imported, len(tables))
	err := b.write(func(tx *store.Tx) error {
		var faults fault.List
		for i, t := range tables {
			more, err := b.importTable(tx, kind, t, &list[i])
			if err != nil {
				return err
			}
			faults = append(faults, more...)
		}
		switch {
		case len(faults) > 0:
			return faults
		case dry:
			return store.ErrTrial
		}
		return nil
	})
	if dry && err == store.ErrTrial {
		err = nil
	}
	return list, err
}

func (b *Book) importTable(tx *store.Tx, kind string, t *Table, res *Imported) (faults fault.List, err error) {
	if kind == "slips" {
		faults, err = b.importSlips(tx, t, res)
	} else if typ, ok := master.ByCode(kind); ok && typ != master.GL {
		faults, err = b.importMasters(tx, typ, t, res)
	} else {
		return nil, fault.New(fault.Usage, "不能导入“%s”", "cannot import %q", kind)
	}
	if err != nil || len(faults) > 0 {
		return faults, err
	}
	return nil, b.log(tx, "import", kind, t.Name)
}
