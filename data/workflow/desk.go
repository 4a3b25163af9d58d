package workflow

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// Keep puts what is typed so far on the desk 未存单据, right or wrong, so that it survives a crash. It is no save: no check, no
// number, no entry in the audit log, and nobody is told.
func (b *Book) Keep(key string, d *slip.Doc) error {
	if key == "" {
		return fault.New(fault.Usage, "缺少暂存键", "what is kept needs a key")
	}
	if b.DB.ReadOnly { // a look leaves no trace
		return nil
	}
	doc, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("keep %s: %w", key, err)
	}
	kept := store.KeptDoc{Key: key, Kind: d.Kind, Doc: doc, At: b.Now().UnixMilli()}
	err = b.db.Write(func(tx *store.Tx) error { return tx.KeepDoc(kept) })
	if err != nil && b.DB.Moved() { // beside the old place, then
		err = errors.Join(err, b.db.KeepAside(kept))
	}
	return err
}

// Drop takes it off the desk again: it was saved, or given up. Nothing there is no fault.
func (b *Book) Drop(key string) error {
	if b.DB.ReadOnly {
		return nil
	}
	return b.db.Write(func(tx *store.Tx) error { return tx.DropDoc(key) })
}

// Kept is an unsaved slip as it lay on the desk.
type Kept struct {
	Key string
	Doc *slip.Doc
	At  time.Time
}

// KeptSlips lists what lies on the desk, oldest first. What cannot be read stays there and does not hide the others: with them comes an
// error that names it.
func (b *Book) KeptSlips() ([]Kept, error) {
	rows, err := b.DB.KeptDocs()
	if err != nil {
		return nil, err
	}
	var list []Kept
	var bad fault.List
	for _, r := range rows {
		d := &slip.Doc{}
		if err := json.Unmarshal(r.Doc, d); err != nil {
			bad = append(bad, fault.New(fault.Damaged, "未存单据 %s 无法读取，留在原处", "the unsaved slip %s cannot be read; it stays where it is", r.Key))
			continue
		}
		list = append(list, Kept{Key: r.Key, Doc: d, At: time.UnixMilli(r.At)})
	}
	return list, bad.Or()
}
