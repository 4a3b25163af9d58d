package store

import (
	"time"

	"zhanggui/data/fault"
)

// Request is a call that is made once, whatever happens to its answer (M8): its id and what the call was.
type Request struct{ ID, Hash string }

// keptRequests is how long an answer is kept.
const keptRequests = 30 * 24 * time.Hour

// Once ties the next commit to a request: it lands with the request's row, or not at all where the row is there already.
func (db *DB) Once(r Request) { db.request = &r }

// Answered tells the answer a request was given, if it was made; another call under the same id is refused.
func (db *Reader) Answered(r Request) (answer string, done bool, err error) {
	hash := ""
	done, err = one(db, `SELECT hash, answer FROM request WHERE id = ?`, []any{r.ID}, &hash, &answer)
	if done && hash != r.Hash {
		return "", false, fault.New(fault.Refused, "请求号 %s 已用于另一个操作", "the request %s was another call", r.ID)
	}
	return answer, done, err
}

// Answer keeps what a request was answered.
func (db *DB) Answer(r Request, answer string) error {
	return db.Write(func(tx *Tx) error {
		tx.quiet = true
		_, err := tx.exec(`UPDATE request SET answer = ? WHERE id = ?`, answer, r.ID)
		return err
	})
}

// putRequest writes the row of the request the transaction belongs to, if it does.
func (tx *Tx) putRequest(n int64) error {
	r := tx.db.request
	if r == nil {
		return nil
	}
	now := time.Now()
	if _, err := tx.exec(`DELETE FROM request WHERE at < ?`, now.Add(-keptRequests).UnixMilli()); err != nil {
		return err
	}
	_, err := tx.exec(`INSERT INTO request (id, hash, at, n, answer) VALUES (?, ?, ?, ?, '')`, r.ID, r.Hash, now.UnixMilli(), n)
	if code(err) == sqliteConstraint {
		return fault.New(fault.Conflict, "请求 %s 刚由另一个程序完成", "the request %s was just done by another program", r.ID)
	}
	return err
}
