package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/secret"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// Once runs f as request r: a second time nothing is done and the first answer given (done, W3). Whatever f writes, by any number of use
// cases, lands with the request and its answer, or nothing of it does.
func (b *Book) Once(r store.Request, f func() (answer string, err error)) (answer string, done bool, err error) {
	if answer, done, err = b.DB.Answered(r); err != nil || done {
		return answer, done, err
	}
	err = b.db.Once(r, func() (_ string, err error) {
		answer, err = f()
		return answer, err
	})
	if errors.Is(err, store.ErrDone) {
		return b.DB.Answered(r)
	}
	b.Refused(err)
	return answer, false, err
}

// ErrDone says of a book that was asked by Asking that the request was done before, and nothing was done now.
var ErrDone = store.ErrDone

// press is a call that changes the book once, however often it is made.
type press struct {
	store.Request
	answer func() string
}

// Asking is the book as one press of a key asks something of it (M8): its next use case lands together with the request's key and hash, and
// asked again, as when the answer was lost, changes nothing and ends with ErrDone. What is all that is asked. It is for use cases of one
// transaction; those that lie on the desk have SaveOnce.
func (b *Book) Asking(key string, what any) *Book {
	return b.asking(key, what, func() string { return "" })
}

func (b *Book) asking(key string, what any, answer func() string) *Book {
	sum := sha256.Sum256(fmt.Appendf(nil, "%v %s", what, b.User))
	x := *b
	x.press = &press{store.Request{ID: key, Hash: hex.EncodeToString(sum[:])}, answer}
	return &x
}

// once runs f in its transaction, unless it was run for the request before.
func (a *press) once(tx *store.Tx, f func(*store.Tx) error) error {
	if a == nil {
		return f(tx)
	}
	if _, done, err := tx.Answered(a.Request); err != nil {
		return err
	} else if done {
		return store.ErrDone
	}
	if err := f(tx); err != nil {
		return err
	}
	return tx.Answer(a.Request, a.answer())
}

// SaveMasterOnce is SaveMaster for one press of a key: a record without a code would get a second one where the answer was lost. Asked again r
// is the record as it was saved.
func (b *Book) SaveMasterOnce(key string, r *master.Record) error {
	x := b.asking(key, fmt.Sprint(r.Type.Code, r.ID, r.Values), func() string { return strconv.FormatInt(r.ID, 10) })
	err := x.SaveMaster(r)
	if !errors.Is(err, ErrDone) {
		return err
	}
	answer, _, err := b.DB.Answered(x.press.Request)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(answer, 10, 64)
	if err != nil {
		return fmt.Errorf("answer %q of request %s: %w", answer, key, err)
	}
	saved, ok := b.Masters().ByID(r.Type.Code, id)
	if !ok {
		return fault.New(fault.Conflict, "已保存过，之后被他人删除", "it was saved before, and deleted by another since")
	}
	*r = *saved.Clone()
	return nil
}

// MadeOnce is Once of a call that makes a book: make does so at the place it is told, which becomes the book's when all of it is there.
func MadeOnce(path string, r store.Request, make func(path string) (answer string, err error)) (answer string, done bool, err error) {
	if answer, done, err = store.AnsweredAt(path, r); err != nil || done {
		return answer, done, err
	}
	if err := store.Free(path); err != nil {
		return "", false, err
	}
	part := store.PartOf(path, r)
	store.Discard(part)
	defer store.Discard(part)
	if answer, err = make(part); err != nil {
		return "", false, err
	}
	if err = store.Sign(part, r, answer); err == nil {
		err = store.Settle(part, path)
	}
	return answer, false, err
}

// RestoredOnce is Once of RestoreBy, which answers with answer.
func RestoredOnce(person, backup, book string, r store.Request, answer string) (former string, done bool, err error) {
	return restoredOnce(person, backup, backup, book, r, answer)
}

// UnlockedOnce is Once of RestoreEncrypted.
func UnlockedOnce(person, backup, book, password string, r store.Request, answer string) (former string, done bool, err error) {
	err = store.Unlocked(backup, book, password, func(plain string) (err error) {
		former, done, err = restoredOnce(person, plain, backup, book, r, answer)
		return err
	})
	return former, done, err
}

func restoredOnce(person, from, backup, book string, r store.Request, answer string) (former string, done bool, err error) {
	if _, done, err = store.AnsweredAt(book, r); err != nil || done {
		return "", done, err
	}
	former, err = store.RestoreSealed(from, book, time.Now(), func(fresh string) error {
		return store.WriteAt(fresh, func(tx *store.Tx) error {
			if err := logRestore(tx, person, backup); err != nil {
				return err
			}
			return tx.Answer(r, answer)
		})
	})
	return former, false, err
}

// SaveOnce is Save, or SaveAndAudit, of what lies on the desk under a key, which leaves it by the same commit. A new slip is made of it
// once (M8): asked again, as when the answer was lost, nothing is done and d is the slip that was made.
func (b *Book) SaveOnce(key string, d *slip.Doc, audit bool) (warnings fault.List, err error) {
	return b.saveOnce(key, d, audit, func(fault.List) error { return nil })
}

// AuditOnce is SaveOnce that audits, of a person who knows some findings: where it finds others, it changes nothing, neither the book nor d,
// and gives all of them back as *Unheard.
func (b *Book) AuditOnce(key string, d *slip.Doc, known fault.List) error {
	_, err := b.saveOnce(key, d, true, func(findings fault.List) error { return unheard(findings, known) })
	return err
}

func (b *Book) saveOnce(key string, d *slip.Doc, audit bool, heard func(fault.List) error) (warnings fault.List, err error) {
	doc, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("save %s: %w", key, err)
	}
	sum := sha256.Sum256(fmt.Appendf(doc, " %s %v", b.User, audit))
	r, fresh, work := store.Request{ID: key, Hash: hex.EncodeToString(sum[:])}, d.ID == 0, d.Clone()
	made := ""
	err = b.write(func(tx *store.Tx) (err error) {
		if fresh {
			if made, err = madeOf(tx, r); err != nil {
				return err
			}
		}
		if audit {
			work, warnings, err = b.enter(tx, work)
		} else {
			warnings, err = b.save(tx, work)
		}
		if err == nil {
			err = heard(warnings)
		}
		if err == nil {
			err = tx.DropDoc(key)
		}
		if err == nil && fresh {
			err = tx.Answer(r, work.Number)
		}
		return err
	})
	if errors.Is(err, store.ErrDone) {
		if work, err = b.Load(made); err == nil {
			*d = *work
		}
		return nil, err
	}
	if err == nil {
		*d = *work
	}
	return warnings, err
}

// madeOf is ErrDone where a slip was made by a request already; made is its number.
func madeOf(tx *store.Tx, r store.Request) (made string, err error) {
	made, done, err := tx.Answered(r)
	switch {
	case done:
		return made, store.ErrDone
	case made != "":
		return made, fault.New(fault.Conflict, "这张单据已存为 %s，请打开它再改", "this slip was saved as %s already; open that to change it", made)
	}
	return "", err
}

// BackupOnce is Once of Backup: the answer is the file's path. The copy waits beside its place under the request's name until the request is in
// the book; a program that is killed between the two is made good by asking again.
func (b *Book) BackupOnce(dest string, r store.Request) (path string, done bool, err error) {
	return b.backupOnce(b.BackupPath, dest, "", r)
}

// BackupEncryptedOnce is Once of BackupEncrypted.
func (b *Book) BackupEncryptedOnce(dest, password string, r store.Request) (path string, done bool, err error) {
	if err := secret.Password("", password); err != nil {
		return "", false, err
	}
	return b.backupOnce(b.EncryptedPath, dest, password, r)
}

func (b *Book) backupOnce(named func(string) string, dest, password string, r store.Request) (path string, done bool, err error) {
	if b.DB.ReadOnly {
		path = named(dest)
		return path, false, b.backupBy(path, password)
	}
	path, done, err = b.Once(r, func() (string, error) {
		path := named(dest)
		part := store.PartOf(path, r)
		store.Discard(part) // of an earlier try
		err := b.need(rights.Need("book.backup"))
		if err == nil {
			err = store.Free(path)
		}
		if err == nil {
			err = b.db.BackupBy(part, password)
		}
		if err == nil {
			err = b.write(func(tx *store.Tx) error { return b.logBackup(tx, path) })
		}
		if err != nil {
			store.Discard(part)
		}
		return path, err
	})
	if err != nil {
		return "", false, err
	}
	backedUp()
	path = strings.TrimSuffix(path, "\n") // so former versions kept it
	part := store.PartOf(path, r)
	if _, gone := os.Stat(part); gone == nil {
		err = store.Settle(part, path)
	}
	return path, done, err
}

// backedUp is where a test stops a backup that is a request.
var backedUp = func() {}
