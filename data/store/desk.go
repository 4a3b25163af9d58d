package store

import "encoding/json"

// KeptDoc is what lies on the desk: the text of an unsaved slip.
type KeptDoc struct {
	Key, Kind string
	Doc       json.RawMessage
	At        int64 // milliseconds
}

// KeepDoc puts an unsaved slip on the desk, over what lay there under the key.
func (tx *Tx) KeepDoc(d KeptDoc) error {
	_, err := tx.exec(`INSERT INTO desk (key, kind, doc, at) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, doc = excluded.doc, at = excluded.at`,
		d.Key, d.Kind, string(d.Doc), d.At)
	return err
}

// DropDoc takes an unsaved slip off the desk.
func (tx *Tx) DropDoc(key string) error {
	_, err := tx.exec(`DELETE FROM desk WHERE key = ?`, key)
	return err
}

// KeptDocs lists what lies on the desk, oldest first.
func (db *DB) KeptDocs() ([]KeptDoc, error) {
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
