package auditlog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Change is one value that an act changed: before and after as canonical text. Line is that of the slip, or the row of its list; 0: the head.
type Change struct {
	List   string `json:"list,omitempty"`
	Line   int    `json:"line,omitempty"`
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Detail is what an entry tells beside its head. Empty parts are left out. What is new lists no changes; a secret is never among them.
type Detail struct {
	Changes []Change `json:"changes,omitempty"`
	Date    string   `json:"date,omitempty"`    // the slip's, at that moment
	Reason  string   `json:"reason,omitempty"`  // why, where it is asked
	By      string   `json:"by,omitempty"`      // who lent the right (override)
	For     string   `json:"for,omitempty"`     // whom the person stands for
	Request string   `json:"request,omitempty"` // id of the request, so that nothing is done twice
	Right   string   `json:"right,omitempty"`   // that was lent or lacking
	Comment string   `json:"comment,omitempty"` // of who approved
	Step    int      `json:"step,omitempty"`    // of an approval
	File    string   `json:"file,omitempty"`    // that was written or read
	Rows    int      `json:"rows,omitempty"`
	Note    string   `json:"note,omitempty"`   // what else there is to say
	Erased  []int64  `json:"erased,omitempty"` // entries whose details this one made unreadable
	Was     string   `json:"was,omitempty"`    // the key of a record before the act gave it another
	Anchor  string   `json:"anchor,omitempty"` // the occasion of which the entry's hash is kept as an anchor; the anchor cannot go unnoticed
	Mark    string   `json:"mark,omitempty"`   // of whose key the anchor bears an owner's mark
	Seal    string   `json:"seal,omitempty"`   // of what the act left behind; the last, so that it is found without reading the rest
}

// Text is the detail's one written form: keys in the order above, no spaces, characters as they are.
func (d Detail) Text() string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(d); err != nil {
		panic(fmt.Sprintf("detail of the log: %v", err)) // strings and numbers alone: they can always be written
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Read gives the detail of an entry back.
func Read(text string) (d Detail, err error) {
	if text == "" {
		return d, nil
	}
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return d, fmt.Errorf("read the log's detail %.80q: %w", text, err)
	}
	return d, nil
}

const sealKey = `"seal":"`

// SealIn is the seal an entry of this detail wrote; empty: none. It looks at the end alone: a million entries are read in a proof.
func SealIn(text string) string {
	at := len(text) - len(`"}`) - sealLen
	if at < len(sealKey) || !strings.HasSuffix(text, `"}`) || text[at-len(sealKey):at] != sealKey {
		return ""
	}
	return text[at : at+sealLen]
}

// Since gathers what entries say was changed after a version of what has the key, the first before and the last after of each field that is
// not as it was; and the last entry that says so.
func Since(entries []Entry, key string, version int64) (list []Change, last *Entry) {
	type place struct {
		list  string
		line  int
		field string
	}
	index := map[place]int{}
	for n := range entries {
		e := &entries[n]
		d, v, k := e.Said()
		if k != key || v <= version {
			continue
		}
		last = e
		for _, c := range d.Changes {
			p := place{c.List, c.Line, c.Field}
			i, has := index[p]
			if !has {
				i = len(list)
				index[p], list = i, append(list, c)
			}
			list[i].After = c.After
		}
	}
	return slices.DeleteFunc(list, func(c Change) bool { return c.Before == c.After }), last
}
