package workflow

import (
	"errors"

	"zhanggui/data/store"
)

// Once runs f as request r: a second time nothing is done and the first answer given (done, W3). The request lands with f's first
// commit or not at all; where it landed, what f answered is kept with it.
func (b *Book) Once(r store.Request, f func() (answer string, err error)) (answer string, done bool, err error) {
	if answer, done, err = b.DB.Answered(r); err != nil || done {
		return answer, done, err
	}
	b.db.Once(r)
	answer, err = f()
	if _, landed, _ := b.DB.Answered(r); landed {
		err = errors.Join(err, b.db.Answer(r, answer))
	}
	return answer, false, err
}
