package workflow

import (
	"errors"
	"time"

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
	return answer, false, err
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

// RestoredOnce is Once of RestoreKeeping, which answers with answer.
func RestoredOnce(backup, book string, r store.Request, answer string) (former string, done bool, err error) {
	if _, done, err = store.AnsweredAt(book, r); err != nil || done {
		return "", done, err
	}
	former, err = store.RestoreSealed(backup, book, time.Now(), func(fresh string) error { return store.Sign(fresh, r, answer) })
	return former, false, err
}

// Acted lets a request that writes nothing into the book, but a file, be kept with it.
func (b *Book) Acted() error {
	if b.DB.ReadOnly {
		return nil
	}
	return b.db.Write(func(*store.Tx) error { return nil })
}
