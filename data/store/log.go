package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Log appends to the audit log; each entry's hash covers the one before it.
func (tx *Tx) Log(at int64, person, verb, number, detail string) error {
	if tx.hash == "" {
		tx.hash = tx.db.memory.hash
	}
	if tx.hash == "" {
		if _, err := one(tx, `SELECT hash FROM audit_log ORDER BY id DESC LIMIT 1`, nil, &tx.hash); err != nil {
			return err
		}
	}
	prev, id := tx.hash, int64(0)
	var err error
	if id, err = tx.nextID("audit_log"); err != nil {
		return err
	}
	tx.hash = chain(prev, at, person, verb, number, detail)
	_, err = tx.exec(`INSERT INTO audit_log (id, at, person, verb, number, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		id, at, person, verb, number, detail, prev, tx.hash)
	return err
}

// LastLog returns the newest entry's row and its moment in milliseconds; 0 when nothing was logged yet.
func (db *Reader) LastLog() (id, at int64, err error) {
	_, err = one(db, `SELECT id, at FROM audit_log ORDER BY id DESC LIMIT 1`, nil, &id, &at)
	return id, at, err
}

func chain(prev string, at int64, person, verb, number, detail string) string {
	h := sha256.Sum256(fmt.Appendf(nil, "%s\x1f%d\x1f%s\x1f%s\x1f%s\x1f%s", prev, at, person, verb, number, detail))
	return hex.EncodeToString(h[:])
}

// BrokenLog returns the id of the first audit log entry whose hash does not follow; 0 when the chain is whole.
func (db *Reader) BrokenLog() (int64, error) {
	var broken int64
	prev := ""
	err := each(db, `SELECT id, at, person, verb, number, detail, previous, hash FROM audit_log ORDER BY id`, nil, func(scan func(...any) error) error {
		var id, at int64
		var person, verb, number, detail, previous, hash string
		if err := scan(&id, &at, &person, &verb, &number, &detail, &previous, &hash); err != nil {
			return err
		}
		if broken == 0 && (previous != prev || hash != chain(prev, at, person, verb, number, detail)) {
			broken = id
		}
		prev = hash
		return nil
	})
	return broken, err
}
