package store

import "time"

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
