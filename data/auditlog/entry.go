package auditlog

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// Form is how an entry's hash is worked out. Former entries keep form 1; what is written now has form 2.
const Form = 2

// Beginning is what entry 1 follows: 64 zeros.
var Beginning = strings.Repeat("0", 64)

// Entry is one entry of the log (J2). Area is a kind, a master type, `settings` or `users`; Key the number or code it is about; At the moment
// in milliseconds, never before the entry before. Detail is text in the form Detail.Text gives it; Digest stands for it in the chain, so that
// a detail can be made unreadable later (erase) without breaking what follows.
type Entry struct {
	ID                        int64 // 1, 2, 3 … without a gap
	At                        int64
	Person, PC, Program, Verb string
	Area, Key                 string
	Version                   int64 // of the slip or record; 0: it has none
	Detail                    string
	Digest, Previous, Hash    string
	Form                      int
}

// Follow makes the entry the next behind one of this id and hash; id 0: it is the first.
func (e *Entry) Follow(id int64, hash string) {
	if id == 0 {
		hash = Beginning
	}
	e.ID, e.Previous, e.Form = id+1, hash, Form
	e.Digest = Digest(e.Detail)
	e.Hash = e.hashed()
}

// Digest is what stands for a text in the chain: SHA-256 in lower hex.
func Digest(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// hashed works the entry's hash out: SHA-256 over "zhanggui-log-2" and each value as N(x) (J3).
func (e *Entry) hashed() string {
	var room [512]byte
	b := append(room[:0], "zhanggui-log-2"...)
	b = add(b, e.Previous)
	b = addNumber(b, e.ID)
	b = addNumber(b, e.At)
	for _, v := range [...]string{e.Person, e.PC, e.Program, e.Verb, e.Area, e.Key} {
		b = add(b, v)
	}
	b = addNumber(b, e.Version)
	b = add(b, e.Digest)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// add writes N(v): how many bytes, a colon, the text, a comma. So no two lists of values read the same.
func add(b []byte, v string) []byte {
	b = strconv.AppendInt(b, int64(len(v)), 10)
	b = append(b, ':')
	b = append(b, v...)
	return append(b, ',')
}

func addNumber(b []byte, n int64) []byte { return add(b, strconv.FormatInt(n, 10)) }
