package workflow

import (
	"encoding/json"
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
	doc, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("keep %s: %w", key, err)
	}
	return b.DB.Write(func(tx *store.Tx) error {
		return tx.KeepDoc(store.KeptDoc{Key: key, Kind: d.Kind, Doc: doc, At: b.Now().UnixMilli()})
	})
}

// Drop takes it off the desk again: it was saved, or given up. Nothing there is no fault.
func (b *Book) Drop(key string) error {
	return b.DB.Write(func(tx *store.Tx) error { return tx.DropDoc(key) })
}

// Kept is an unsaved slip as it lay on the desk.
type Kept struct {
	Key string
	Doc *slip.Doc
	At  time.Time
}

// KeptSlips lists what lies on the desk, oldest first.
func (b *Book) KeptSlips() ([]Kept, error) {
	rows, err := b.DB.KeptDocs()
	if err != nil {
		return nil, err
	}
	var list []Kept
	for _, r := range rows {
		d := &slip.Doc{}
		if err := json.Unmarshal(r.Doc, d); err != nil {
			return nil, fmt.Errorf("kept slip %s: %w", r.Key, err)
		}
		list = append(list, Kept{Key: r.Key, Doc: d, At: time.UnixMilli(r.At)})
	}
	return list, nil
}
