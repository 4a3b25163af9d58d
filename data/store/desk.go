package store

import (
	"context"
	"database/sql"
	"encoding/json"
)

// KeptDoc is what lies on the desk: the text of an unsaved slip.
type KeptDoc struct {
	Key, Kind string
	Doc       json.RawMessage
	At        int64 // milliseconds
	Fresh     bool  // it has no number yet: once saved under the key it is not kept any more
}

const keepDoc = `INSERT INTO desk (key, kind, doc, at) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, doc = excluded.doc, at = excluded.at`

// KeepDoc puts an unsaved slip on the desk, over what lay there under the key.
func (tx *Tx) KeepDoc(d KeptDoc) error {
	tx.quiet = true
	if d.Fresh {
		if saved, err := tx.requested(d.Key); err != nil || saved { // what comes late would become a second slip
			return err
		}
	}
	_, err := tx.exec(keepDoc, d.Key, d.Kind, string(d.Doc), d.At)
	return err
}

// onDesk is KeepDoc on a connection of its own.
func onDesk(d KeptDoc) func(*sql.Conn) error {
	return func(c *sql.Conn) error {
		_, err := c.ExecContext(context.Background(), keepDoc, d.Key, d.Kind, string(d.Doc), d.At)
		return err
	}
}

// DropDoc takes an unsaved slip off the desk.
func (tx *Tx) DropDoc(key string) error {
	tx.quiet = true
	_, err := tx.exec(`DELETE FROM desk WHERE key = ?`, key)
	return err
}

// KeptDocs lists what lies on the desk, oldest first.
func (db *Reader) KeptDocs() ([]KeptDoc, error) {
	var list []KeptDoc
	err := each(db, `SELECT key, kind, doc, at FROM desk ORDER BY at, key`, nil, func(scan func(...any) error) error {
		var d KeptDoc
		var doc string
		err := scan(&d.Key, &d.Kind, &doc, &d.At)
		d.Doc = json.RawMessage(doc)
		list = append(list, d)
		return err
	})
	return list, err
}

// RekeyDoc gives what lies on the desk under one key another one, and tells whether it lay there.
func (tx *Tx) RekeyDoc(old, key string) (bool, error) {
	tx.quiet = true
	r, err := tx.exec(`UPDATE desk SET key = ? WHERE key = ?`, key, old)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n == 1, err
}
