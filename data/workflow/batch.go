package workflow

import (
	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// Batch is a run of use cases that share one transaction: all of them land, or none. Many slips with one wait for the
// disk; what each step may do and what it is checked for is the same as alone.
type Batch struct {
	book *Book
	tx   *store.Tx
}

// Batch runs f in one transaction; its first error takes everything back. Inside it only the Batch may be used.
func (b *Book) Batch(f func(*Batch) error) error {
	return b.write(func(tx *store.Tx) error { return f(&Batch{b, tx}) })
}

// Save is Book.Save.
func (x *Batch) Save(d *slip.Doc) error { return x.book.save(x.tx, d) }

// Audit is Book.Audit. The slip as audited comes back.
func (x *Batch) Audit(ref string) (d *slip.Doc, warnings fault.List, err error) {
	if d, err = find(x.tx, ref); err != nil {
		return nil, nil, err
	}
	warnings, err = x.book.audit(x.tx, d)
	return d, warnings, err
}

// Push is Book.Push: the unsaved successor.
func (x *Batch) Push(ref, kind string) (*slip.Doc, error) {
	return x.book.push(x.tx, ref, kind, Taken{})
}
