package master

import (
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
)

// Merge is what two people's changes of one record make together (M6): the fields they differ in, and the proposal. Record has the
// version of the book, so that saving it is no conflict; where only one of them changed a field it stands there already, where both did
// mine stands until Take chooses.
type Merge struct {
	Record *Record
	Rows   []slip.Difference // Line is 0
	three  [3]*Record
}

// MergeRecords merges a record as it was opened, as I have it, and as it stands in the book now.
func MergeRecords(opened, mine, now *Record) *Merge {
	m := &Merge{Record: now.Clone(), three: [3]*Record{slip.Mine: mine, slip.Now: now, slip.Opened: opened}}
	for _, f := range now.Type.Fields {
		d := slip.Difference{Field: f.Key, Label: f.Label, Opened: opened.Get(f.Key), Mine: mine.Get(f.Key), Now: now.Get(f.Key)}
		d.Both = d.Opened != d.Mine && d.Opened != d.Now && d.Mine != d.Now
		if d.Mine == d.Now {
			continue
		}
		if d.Opened != d.Mine {
			m.take(f.Key, slip.Mine)
		}
		m.Rows = append(m.Rows, d)
	}
	return m
}

// Open tells how many fields still wait for a person.
func (m *Merge) Open() (n int) {
	for _, r := range m.Rows {
		if r.Both {
			n++
		}
	}
	return n
}

// Take chooses a side for row i; it is then no longer open.
func (m *Merge) Take(i int, s slip.Side) {
	m.take(m.Rows[i].Field, s)
	m.Rows[i].Both = false
}

func (m *Merge) take(key string, s slip.Side) {
	if v := m.three[s].Get(key); v != "" {
		m.Record.Values[key] = v
	} else {
		delete(m.Record.Values, key)
	}
}

// Clash is the refusal to save a record over changes another person made to the same fields (M6). Nothing was changed. Merge has the
// three columns, and once all its rows are chosen, the record to save.
type Clash struct {
	*fault.Fault
	Merge  *Merge
	Person string // who changed it last; empty where the book does not know
	At     time.Time
}

// Unwrap gives the words.
func (c *Clash) Unwrap() error { return c.Fault }
