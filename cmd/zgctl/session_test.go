package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"
)

// answer is a line of a session.
type answer struct {
	RC  int    `json:"rc"`
	Out string `json:"out"`
	Err string `json:"err"`
}

// newPipe starts a session of a book and gives what it is told through, and its answers.
func newPipe(t *testing.T, d desk, book string, more ...string) (*os.File, *json.Decoder) {
	t.Helper()
	theirs, mine, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	read, write := io.Pipe()
	done := make(chan int)
	go func() {
		c := &call{in: theirs, name: "session", words: []string{book}, flags: map[string]string{}, out: write, errOut: io.Discard}
		for i := 0; i < len(more); i++ {
			if more[i] == "--read-only" {
				c.flags["read-only"] = "yes"
			} else {
				c.flags[strings.TrimPrefix(more[i], "--")] = more[i+1]
				i++
			}
		}
		rc := c.fail(session(c))
		write.Close()
		done <- rc
	}()
	t.Cleanup(func() {
		mine.Close()
		go io.Copy(io.Discard, read)
		if rc := <-done; rc != 0 {
			t.Errorf("the session ended with %d", rc)
		}
	})
	return mine, json.NewDecoder(read)
}
