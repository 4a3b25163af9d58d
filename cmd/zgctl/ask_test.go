package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// The question of a new book takes yes and no in both languages, the proposal for an empty line, asks again for anything else, and is not
// answered by the end of the input.
func TestTheQuestionOfTaxInPrices(t *testing.T) {
	for _, x := range []struct {
		typed    string
		proposed bool
		want     bool
		asked    int
	}{{"\n", true, true, 1}, {"\n", false, false, 1}, {"y\n", false, true, 1}, {"否\n", true, false, 1}, {"也许\n含税\n", false, true, 2}, {"no", true, false, 1}} {
		var said bytes.Buffer
		got, err := asked(strings.NewReader(x.typed), &said, x.proposed)
		if err != nil || got != x.want || strings.Count(said.String(), "含税吗") != x.asked {
			t.Errorf("%q: %v (%v), asked %q", x.typed, got, err, said.String())
		}
		if proposal := map[bool]string{true: "[是]", false: "[否]"}[x.proposed]; !strings.Contains(said.String(), proposal) {
			t.Errorf("%q does not show the proposal %s", said.String(), proposal)
		}
	}
	if _, err := asked(strings.NewReader(""), &bytes.Buffer{}, true); err == nil {
		t.Error("the end of the input is taken for an answer")
	}
}

// Nobody is asked where no person sits: from a pipe or a file, with the option given, or for an English book.
func TestNobodyIsAskedWithoutATerminal(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	w.Close()
	path := filepath.Join(t.TempDir(), "a.zg")
	c := &call{in: r, name: "new", words: []string{"new", path}, flags: map[string]string{"lang": "zh", "taxpayer": "small"}, out: &bytes.Buffer{}, errOut: &bytes.Buffer{}}
	s := workflow.Settings{Lang: text.Zh, Taxpayer: "small"}
	if err := c.askTax(&s); err != nil || s.InclTax || c.errOut.(*bytes.Buffer).Len() > 0 {
		t.Errorf("a pipe is asked: %v, %v", err, c.errOut)
	}
}
