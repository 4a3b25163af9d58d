package inquiry

import (
	"zhanggui/data/auditlog"
	"zhanggui/data/master"
	"zhanggui/data/store"
)

// File is a book's file as such: what is so of it, whatever stands in it.
type File struct{ db *store.Reader }

// File is the book's file.
func (b *Book) File() File { return File{b.DB} }

// Tick is the number of the book's commits that memory has seen.
func (f File) Tick() int64 { return f.db.Tick() }

// Refresh brings memory to the file's newest commit, and tells whether that is another.
func (f File) Refresh() (bool, error) { return f.db.Refresh() }

// Looking tells whether nothing is written into it (W5).
func (f File) Looking() bool { return f.db.ReadOnly }

// Gone says that commits it knows of are not in it; nil: none is missing.
func (f File) Gone() error { return f.db.Gone() }

// Doubtful says that what was read of it may be wrong; nil: it is as it was written.
func (f File) Doubtful() error { return f.db.Doubtful() }

// Told puts what the disk says into words; every other error stays what it is.
func (f File) Told(err error) error { return f.db.Told(err) }

// LostWrites is how many of its commits were lost.
func (f File) LostWrites() int { return f.db.LostWrites() }

// Shape is what its tables are like.
func (f File) Shape() (string, error) { return f.db.Setting("shape") }

// Sealed tells whether every page of it has a checksum.
func (f File) Sealed() (bool, error) { return f.db.Sealed() }

// LogEnd is where its audit log ends, and the moment of that entry in ms.
func (f File) LogEnd() (end auditlog.Anchor, at int64, err error) { return f.db.LogEnd() }

// Party is the customer or supplier of a row; nil: there is none.
func (b *Book) Party(id int64) *master.Record {
	r, _ := b.DB.PartyByID(id)
	return r
}
