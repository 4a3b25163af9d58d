package auditlog

import (
	"encoding/json"
	"fmt"
)

// Seen is what this PC saw last of the logs of books, by the path of each (J5). It is kept outside the books, so that a copy of yesterday
// in the place of today's is noticed.
type Seen map[string]Anchor

// ReadSeen reads what Text wrote. What cannot be read was damaged: it is an error, and nothing was seen.
func ReadSeen(text []byte) (Seen, error) {
	s := Seen{}
	if len(text) == 0 {
		return s, nil
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return Seen{}, fmt.Errorf("read what this PC saw of logs: %w", err)
	}
	return s, nil
}

// Text is what is kept, a line a book.
func (s Seen) Text() []byte {
	b, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		panic(fmt.Sprintf("what this PC saw: %v", err)) // texts and numbers alone
	}
	return append(b, '\n')
}

// Note remembers the end of a book's log; changed tells whether that is anything new. An end before what was seen is not noted: somebody
// has to say first that the older book is meant.
func (s Seen) Note(path string, end Anchor) (changed bool) {
	if end.Entry < s[path].Entry || s[path] == end {
		return false
	}
	s[path] = end
	return true
}
