package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"zhanggui/data/fault"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/seen"
)

// A command with a request id is done once, whole, whatever becomes of its answer: again it changes nothing and gives the first answer (W3).

// partly is what a command refused of what it was to do; the rest was done.
type partly struct{ fault.List }

// Unwrap gives the refusals.
func (p partly) Unwrap() error { return p.List }

// refusedThen stands before what was refused, in the answer that is kept.
const refusedThen = "\x00"

// errSaid is exit 1 where all is said already.
var errSaid = errors.New("said already")

// mostRequest is how many characters a request id has at most; a UUID has 36.
const mostRequest = 64

// namesRequest refuses what is no id of a request: the log and others' answers tell it on one line, so all of it has to be seen there.
func namesRequest(id string) error {
	n, at := utf8.RuneCountInString(id), strings.IndexFunc(id, text.Unseen)
	switch {
	case n > mostRequest:
		return usage("--request: at most %d characters, not %d", mostRequest, n)
	case !utf8.ValidString(id):
		return usage("--request: is not UTF-8")
	case at >= 0:
		r, _ := utf8.DecodeRuneInString(id[at:])
		return usage("--request: contains the character U+%04X, which cannot be seen", r)
	}
	return nil
}

// once runs a command that has a request id on a book that is there.
func (c *call) once(i int, b *workflow.Book, f func(*workflow.Book) error) error {
	out, said := c.out, &bytes.Buffer{}
	c.out = said // told once it is on the disk
	var part partly
	answer, done, err := b.Once(c.request(i, b.User), func() (string, error) {
		err := f(b)
		if errors.As(err, &part) {
			return said.String() + refusedThen + eachOnALine(part.List), nil
		}
		return said.String(), err
	})
	c.out = out
	if err != nil {
		return err
	}
	if !done {
		b.Refused(part.List)
	}
	return c.answered(answer, done)
}

// made runs a command that makes a book at word i: with a request id beside its place first.
func (c *call) made(i int, make func(path string) error) error {
	f := func(path string) error {
		err := make(path)
		if err == nil || errors.Is(err, errProof) {
			seen.Forget(c.words[i]) // what was seen there was another book
		}
		return err
	}
	if c.flags["request"] == "" {
		return f(c.words[i])
	}
	out, said := c.out, &bytes.Buffer{}
	c.out = said
	var after error // what the answer says too
	answer, done, err := workflow.MadeOnce(c.words[i], c.request(i, person("admin")), func(path string) (string, error) {
		err := f(path)
		if errors.Is(err, errProof) { // made, and something is missing
			after, err = err, nil
		}
		return said.String(), err
	})
	c.out = out
	if err != nil {
		return err
	}
	return errors.Join(c.answered(answer, done), after)
}

// answered gives a request's answer, the first or once more.
func (c *call) answered(answer string, done bool) error {
	if done {
		fmt.Fprintln(c.errOut, "done before")
	}
	out, refused, part := strings.Cut(answer, refusedThen)
	if _, err := io.WriteString(c.out, out); err != nil {
		return err
	}
	if !part {
		return nil
	}
	if _, err := io.WriteString(c.errOut, refused); err != nil {
		return err
	}
	return errSaid
}

func eachOnALine(list fault.List) string {
	var b strings.Builder
	for _, f := range list {
		fmt.Fprintln(&b, oneLine(f.In(text.En)))
	}
	return b.String()
}

// person is who runs the program, or someone else where the system does not say.
func person(otherwise string) string {
	if u := os.Getenv("USER"); u != "" {
		return u
	}
	return otherwise
}

// request is the call as a request; its book stands at word i.
func (c *call) request(i int, person string) store.Request {
	return store.Request{ID: c.flags["request"], Hash: c.hash(i, person)}
}

// hash stands for the call: its words and flags, who makes it, and what is in the files it names; the book at word i aside.
func (c *call) hash(i int, person string) string {
	h := sha256.New()
	put := func(s string) { fmt.Fprintf(h, "%d:%s,", len(s), s) }
	put(c.name)
	put(person)
	for n, w := range c.words {
		if n == i {
			continue
		}
		put(w)
		if !slices.Contains([]string{"import", "restore", "salvage"}, c.name) { // others name no file that they read
			continue
		}
		if st, err := os.Stat(w); err == nil && st.Mode().IsRegular() {
			if f, err := os.Open(w); err == nil {
				io.Copy(h, f)
				f.Close()
			}
		}
	}
	for _, k := range slices.Sorted(maps.Keys(c.flags)) {
		if k != "request" {
			put(k + "=" + c.flags[k])
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
