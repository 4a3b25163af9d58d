// Package remains reads rows out of what is left of a book's file, page by page, where SQLite would give up at the first page that is
// not as it should be. It knows the form of pages and rows, not what they mean, and it only reads, but for Fold and Mend, which
// work on a copy.
//
// A table is a tree of pages: those above name those below and the rows each holds. Reading goes down from the top; a page that is gone,
// or no page of this table, is a gap, and reading goes on beside it. Pages that no tree leads to any more are strays: what stands on
// them is known by its form. A page whose checksum is wrong is read as far as it makes sense, and its rows are called doubtful.
//
//	remains.go  the file, its trees, gaps and strays
//	row.go      cells and rows
//	mend.go     the log beside a copy, its head, its first page
package remains

import (
	"encoding/binary"
	"io"
	"os"

	"zhanggui/data/store/pages"
)

// Row is one of a table as it lies in the file: columns in the file's order; each is nil, an int64, a float64, a string or bytes. ID is
// its number, 0 in a table that is kept in its key's tree. Doubtful: a page it was read from is not what was written.
type Row struct {
	ID       int64
	Values   []any
	Doubtful bool
}

// Form is what the rows of a table look like: its columns in the file's order.
type Form struct {
	Columns []Column
	Keyed   bool // kept in its key's tree: rows have no numbers
}

// Column is one of a table. Number: it is the row's number, and nil in the row itself.
type Column struct {
	Name               string
	Text, Null, Number bool
}

// fits tells whether a row may be one of the table's; whole: with all columns that it has today.
func (f Form) fits(r Row, whole bool) bool {
	if len(r.Values) > len(f.Columns) || len(r.Values) == 0 || whole && len(r.Values) != len(f.Columns) {
		return false
	}
	for i, v := range r.Values {
		c := f.Columns[i]
		switch v.(type) {
		case nil:
			if !c.Null && !c.Number {
				return false
			}
		case int64:
			if c.Text || c.Number {
				return false
			}
		case string:
			if !c.Text {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// Gap is where rows of a table cannot be read: between two numbers, both among what is missing.
type Gap struct{ From, To int64 }

// File is a book's file, opened to be read page by page.
type File struct {
	f      *os.File
	n      uint32 // pages
	usable int    // bytes of a page that are its own
	sealed bool
	seen   map[uint32]bool // pages that a tree led to, or that are free
	mark   int64           // the last commit the file knows of
}

// Mark is the last commit that the file knows of; 0 where it is not known.
func (x *File) Mark() int64 { return x.mark }

// Open opens a file that Mend made readable.
func Open(path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	x := &File{f: f, seen: map[uint32]bool{1: true}}
	head, err := x.raw(1)
	if err != nil {
		f.Close()
		return nil, err
	}
	x.n = binary.BigEndian.Uint32(head[28:])
	x.usable = pages.Size - int(head[20])
	x.sealed = head[20] == pages.Kept
	x.mark = pages.MarkIn(head)
	x.free(binary.BigEndian.Uint32(head[32:]))
	return x, nil
}

// Close closes the file.
func (x *File) Close() error { return x.f.Close() }

// raw is a page as it lies in the file; one beyond its end is an error.
func (x *File) raw(n uint32) ([]byte, error) {
	p := make([]byte, pages.Size)
	got, err := x.f.ReadAt(p, int64(n-1)*pages.Size)
	if err == io.EOF && got > 0 {
		err = nil
	}
	return p, err
}

// page is a page, the place of its head in it, and whether it is what was written; nil where there is none.
func (x *File) page(n uint32) (p []byte, head int, sound bool) {
	if n == 0 || n > x.n {
		return nil, 0, false
	}
	p, err := x.raw(n)
	if err != nil {
		return nil, 0, false
	}
	if n == 1 {
		head = headSize
	}
	return p, head, !x.sealed || pages.Sound(p, n)
}

// free marks the pages that hold nothing any more, as far as their list can be followed.
func (x *File) free(trunk uint32) {
	for trunk != 0 && trunk <= x.n && !x.seen[trunk] {
		p, _, sound := x.page(trunk)
		if p == nil || !sound {
			return
		}
		x.seen[trunk] = true
		count := int(binary.BigEndian.Uint32(p[4:]))
		for i := 0; i < count && 12+4*i <= len(p); i++ {
			x.seen[binary.BigEndian.Uint32(p[8+4*i:])] = true
		}
		trunk = binary.BigEndian.Uint32(p)
	}
}

// Kinds of pages: the lowest of a table and of a key's tree, and those above them.
const (
	leafOfTable, leafOfKey   = 13, 10
	aboveTable, aboveKey     = 5, 2
	deepest                  = 20
	least                    = -1 << 63
	most                     = 1<<63 - 1
	headSize, headOf, headUp = 100, 8, 12
)

// Tree gives every row of the tree that begins at a page, in order, and tells what of it cannot be read.
func (x *File) Tree(root uint32, form Form, each func(Row)) (gaps []Gap) {
	w := &walk{File: x, form: form, each: each}
	w.down(root, least, most, 0)
	return w.gaps
}

type walk struct {
	*File
	form Form
	each func(Row)
	gaps []Gap
}

func (w *walk) gap(after, to int64) {
	if after < most {
		after++
	}
	if n := len(w.gaps); n > 0 && !w.form.Keyed && w.gaps[n-1].To >= after-1 {
		w.gaps[n-1].To = max(to, w.gaps[n-1].To)
		return
	}
	w.gaps = append(w.gaps, Gap{after, to})
}

// down reads a page and what is below it; its rows have numbers behind after, up to to.
func (w *walk) down(n uint32, after, to int64, depth int) {
	p, head, sound := w.page(n)
	if p == nil || w.seen[n] && n != 1 || depth > deepest {
		w.gap(after, to)
		return
	}
	kind := p[head]
	switch {
	case !w.form.Keyed && kind == leafOfTable, w.form.Keyed && kind == leafOfKey:
		w.leaf(n, p, head, sound, after, to)
	case !w.form.Keyed && kind == aboveTable, w.form.Keyed && kind == aboveKey:
		w.seen[n] = true
		w.above(p, head, sound, after, to, depth)
	default:
		w.gap(after, to)
	}
}

// leaf gives the rows of one of the lowest pages, if they are this table's.
func (w *walk) leaf(n uint32, p []byte, head int, sound bool, after, to int64) {
	rows, broken := w.rows(p, head, sound)
	own := 0
	for _, r := range rows {
		if w.form.fits(r, false) && (w.form.Keyed || r.ID > after && r.ID <= to) {
			own++
		}
	}
	if own < len(rows) && sound || 2*own < len(rows) || len(rows) == 0 && broken > 0 { // another's page, or nothing of it makes sense
		w.gap(after, to)
		return
	}
	w.seen[n] = true
	last := after
	for _, r := range rows {
		if !w.form.fits(r, false) || !w.form.Keyed && (r.ID <= last || r.ID > to) {
			broken++
			continue
		}
		if !w.form.Keyed {
			if broken > 0 {
				w.gap(last, r.ID-1)
				broken = 0
			}
			last = r.ID
		}
		w.each(r)
	}
	if broken > 0 {
		w.gap(last, to)
	}
}

// above reads what is below a page, in order, and the rows that a key's tree holds between.
func (w *walk) above(p []byte, head int, sound bool, after, to int64, depth int) {
	count := int(binary.BigEndian.Uint16(p[head+3:]))
	for i := range count {
		at, ok := cellAt(p, head, headUp, i)
		if !ok || at+4 > w.usable {
			w.gap(after, after)
			continue
		}
		child := binary.BigEndian.Uint32(p[at:])
		if w.form.Keyed {
			w.down(child, after, to, depth+1)
			if r, ok := w.keyed(p, at+4, sound); ok && w.form.fits(r, false) {
				w.each(r)
			} else {
				w.gap(after, to)
			}
			continue
		}
		v, n := varint(p, at+4)
		upTo := int64(v)
		if n == 0 || upTo <= after || upTo > to { // the number was hit: whatever is below tells by itself
			w.down(child, after, to, depth+1)
			continue
		}
		w.down(child, after, upTo, depth+1)
		after = upTo
	}
	w.down(binary.BigEndian.Uint32(p[head+8:]), after, to, depth+1)
}

// Strays gives the rows of pages that no tree led to, where all rows of a page fit exactly one of the forms by which they are known.
// It comes after the trees were read.
func (x *File) Strays(forms map[string]Form, each func(table string, r Row)) {
	for n := uint32(2); n <= x.n; n++ {
		if x.seen[n] {
			continue
		}
		p, head, sound := x.page(n)
		if p == nil || p[head] != leafOfTable && p[head] != leafOfKey {
			continue
		}
		rows, broken := x.rows(p, head, sound)
		if len(rows) == 0 || broken > 0 && sound {
			continue
		}
		of := ""
		for table, form := range forms {
			if form.Keyed != (p[head] == leafOfKey) || !all(rows, form) {
				continue
			}
			if of != "" { // two tables look alike
				of = ""
				break
			}
			of = table
		}
		if of == "" {
			continue
		}
		x.seen[n] = true
		for _, r := range rows {
			each(of, r)
		}
	}
}

func all(rows []Row, form Form) bool {
	for _, r := range rows {
		if !form.fits(r, true) {
			return false
		}
	}
	return true
}
