package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
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

// Entry is one entry of the audit log about a slip, or about the records of a master type.
type Entry struct {
	At     time.Time
	Person string
	Verb   string
	Detail string
}

// History returns the audit log's entries about a number, or a master type's code, oldest first. It reads the whole log: it is asked
// only where two people's changes meet.
func (tx *Tx) History(number string) ([]Entry, error) { return history(tx, number) }

// History is Tx.History for who only looks.
func (db *Reader) History(number string) ([]Entry, error) { return history(db, number) }

func history(q Query, number string) (list []Entry, err error) {
	err = each(q, `SELECT at, person, verb, detail FROM audit_log WHERE number = ? ORDER BY id`, []any{number}, func(scan func(...any) error) error {
		var e Entry
		var at int64
		err := scan(&at, &e.Person, &e.Verb, &e.Detail)
		e.At = moment(at)
		list = append(list, e)
		return err
	})
	return list, err
}
