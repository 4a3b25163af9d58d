package workflow

import "zhanggui/data/store"

// Tamper writes to a book past the use cases, as another program or a fault would; for tests alone.
func (b *Book) Tamper(f func(tx *store.Tx) error) error { return b.db.Write(f) }
