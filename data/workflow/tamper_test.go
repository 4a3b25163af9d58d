package workflow

import "zhanggui/data/store"

// Tamper writes to a book past the use cases, as another program or a fault would; for tests alone.
func (b *Book) Tamper(f func(tx *store.Tx) error) error { return b.db.Write(f) }

// StopBackup lets f make backups that end, as by a kill, once their request is in the book.
func StopBackup(f func()) {
	backedUp = func() { panic("killed") }
	defer func() { backedUp = func() {} }()
	f()
}
