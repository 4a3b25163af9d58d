// Package desk keeps what is typed and not saved 未存单据: it lies in the book's own file, right or wrong, and comes back after a crash.
// It is no save: no check, no number, no entry in the audit log, and nobody is told.
package desk

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// book is a book whose steps are at hand.
type book struct{ workflow.Steps }

func of(b *workflow.Book) book { return book{workflow.Steps{Book: b}} }

// Keep puts what is typed so far on the desk.
func Keep(w *workflow.Book, key string, d *slip.Doc) error {
	b := of(w)
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
	kept := store.KeptDoc{Key: key, Kind: d.Kind, Doc: doc, At: b.Now().UnixMilli(), Fresh: d.Number == ""}
	err = b.Quiet(func(tx *store.Tx) error { return tx.KeepDoc(kept) })
	if err != nil && b.DB.Moved() { // beside the old place, then
		err = errors.Join(err, b.Aside(kept))
	}
	return err
}

// Drop takes it off the desk again: it was saved, or given up. Nothing there is no fault.
func Drop(w *workflow.Book, key string) error {
	b := of(w)
	if b.DB.ReadOnly {
		return nil
	}
	return b.Quiet(func(tx *store.Tx) error { return tx.DropDoc(key) })
}

// Slip is an unsaved slip as it lay on the desk.
type Slip struct {
	Key string
	Doc *slip.Doc
	At  time.Time
}

// Slips lists what lies on the desk, oldest first. What cannot be read stays there and does not hide the others: with them comes an
// error that names it.
func Slips(b *workflow.Book) ([]Slip, error) {
	rows, err := b.DB.KeptDocs()
	if err != nil {
		return nil, err
	}
	var list []Slip
	var bad fault.List
	for _, r := range rows {
		d := &slip.Doc{}
		if err := json.Unmarshal(r.Doc, d); err != nil {
			bad = append(bad, fault.New(fault.Damaged, "未存单据 %s 无法读取，留在原处", "the unsaved slip %s cannot be read; it stays where it is", r.Key))
			continue
		}
		list = append(list, Slip{Key: r.Key, Doc: d, At: time.UnixMilli(r.At)})
	}
	return list, bad.Or()
}

// What lies on the desk belongs to the window that laid it there, as long as that runs: its key says which. In a book with users it belongs to
// who typed it (U7): the key ends in his name.

// deskAge is after how long what lies on the desk is taken for left behind, whatever its key says.
const deskAge = 24 * time.Hour

// Key is a new key for the desk: no two windows lay anything under the same one.
func Key() string {
	return fmt.Sprintf("w-%d-%016x", os.Getpid(), rand.Uint64())
}

// KeyOf is a new key for what the person of the book types.
func KeyOf(b *workflow.Book) string {
	if !b.Users() {
		return Key()
	}
	return Key() + " " + b.User
}

// mine tells whether what lies under a key is for the person of the book: his own; what was typed before there were users is the owners'.
func mine(b *workflow.Book, key string) bool {
	who := b.Who()
	_, name, named := strings.Cut(key, " ")
	if !who.Asked() {
		return true
	}
	return named && name == b.User || !named && who.Crew.Set(b.User).Owns()
}

// deskOwner is the program whose window made a key; 0: none that is known.
func deskOwner(key string) (pid int) {
	if _, err := fmt.Sscanf(key, "w-%d-", &pid); err != nil {
		return 0
	}
	return pid
}

// Take takes what windows that run no longer left on the desk, oldest first, under keys of this one: of two windows that open at once
// one gets it. What is another's stays his. What cannot be read stays, and is told of.
func Take(w *workflow.Book) (list []Slip, err error) {
	b := of(w)
	if b.DB.ReadOnly {
		return nil, nil
	}
	all, bad := Slips(b.Book)
	if len(all) == 0 {
		return nil, bad
	}
	err = b.Quiet(func(tx *store.Tx) error {
		list = nil
		for _, k := range all {
			pid := deskOwner(k.Key)
			if !mine(b.Book, k.Key) {
				continue
			}
			if pid != 0 && pid != os.Getpid() && files.AliveHere(pid) && b.Now().Sub(k.At) < deskAge {
				continue
			}
			key := KeyOf(b.Book)
			there, err := tx.RekeyDoc(k.Key, key)
			if err != nil {
				return err
			}
			if there {
				k.Key = key
				list = append(list, k)
			}
		}
		return nil
	})
	return list, errors.Join(err, bad)
}
