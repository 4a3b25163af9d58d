package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// once runs a command that has a request id: a second time it changes nothing and gives the first answer (W3).
func (c *call) once(i int, b *workflow.Book, f func(*workflow.Book) error) error {
	r := store.Request{ID: c.flags["request"], Hash: c.hash(i, b.User)}
	answer, done, err := b.Once(r, func() (string, error) {
		out, said := c.out, &bytes.Buffer{}
		c.out = io.MultiWriter(out, said)
		defer func() { c.out = out }()
		err := f(b)
		return said.String(), err
	})
	if done {
		fmt.Fprintln(c.errOut, "done before")
		_, err = io.WriteString(c.out, answer)
	}
	return err
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
		if st, err := os.Stat(w); err == nil && st.Mode().IsRegular() {
			if content, err := os.ReadFile(w); err == nil {
				put(string(content))
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
