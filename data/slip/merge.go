package slip

import (
	"fmt"
	"strings"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Difference is one field that was changed since it was opened, in three columns: as it was opened 打开时, as I have it 我的, as it
// stands in the book now 现在.
type Difference struct {
	List              string // of a kind's lists: Line is a row of it
	Line              int    // of the slip, from 1, as I see it; 0: a field of the head, or of a record that has no lines
	Field             string // key; empty: the line as a whole, given up by one and changed by the other
	Label             text.Text
	Opened, Mine, Now string // canonical text; a line as a whole says its product and quantity, and nothing where it is gone
	Both              bool   // changed by both, and not to the same: a person chooses by Take
}

// In says it in one language as "qty 20 → 2", with its line where there are several: what another person made of it.
func (d Difference) In(l text.Lang) string {
	name := d.Label.In(l)
	if l == text.En {
		name = d.Field
	}
	switch {
	case d.List != "":
		name = text.Tf("%s 第 %d 行 %s", "%s row %d %s", d.List, d.Line, name).In(l)
	case d.Line > 0:
		name = text.Tf("第 %d 行 %s", "line %d %s", d.Line, name).In(l)
	}
	return strings.TrimSpace(name) + " " + shownValue(d.Opened) + " → " + shownValue(d.Now)
}

func shownValue(v string) string {
	if v == "" {
		return "—"
	}
	return v
}

// Changes says what another person made of something in words: the first three differences, in both languages.
func Changes(list []Difference) text.Text {
	var zh, en []string
	line, grid := 0, ""
	for i, d := range list {
		if d.Line == line && d.List == grid { // said already
			d.Line, d.List = 0, ""
		} else {
			line, grid = d.Line, d.List
		}
		if i == 3 {
			zh, en = append(zh, "…"), append(en, "…")
			break
		}
		zh, en = append(zh, d.In(text.Zh)), append(en, d.In(text.En))
	}
	return text.T(strings.Join(zh, "，"), strings.Join(en, ", "))
}

// Clash is the refusal of an act on an older version of a slip than the book's (M6, M7): the words name who changed it last, when, and
// the first three fields. Nothing was changed; what was typed is the caller's still, see MergeDocs.
type Clash struct {
	*fault.Fault
	Number  string
	Version int64  // the one acted on
	Now     int64  // the book's
	Person  string // who changed it last; empty where the book does not know
	At      time.Time
	Changes []Difference // what was changed since, Opened → Now; Mine is empty
}

// Unwrap gives the words.
func (c *Clash) Unwrap() error { return c.Fault }

// Side is one of the three columns of a difference.
type Side int

// The sides.
const (
	Mine Side = iota
	Now
	Opened
)

// Merge is what two people's changes of one slip make together (M6). Doc is the proposal, with the book's version, so that saving it is
// no conflict: where only one of them touched a field or a line it stands there already, where both did (Both) mine stands until Take
// chooses. Its sums are those of Calculate.
type Merge struct {
	Doc  *Doc
	Rows []Difference // head first, then by line; what both changed alike is not among them
	kind *Kind
	// of each row: the line, or row of a list, it is of; nil: of the head
	at    []merged
	lines []*mergedLine
	items []*mergedItem
	three [3]*Doc
}

// merged is what a difference is of, where that is not the head.
type merged interface {
	take(m *Merge, field string, s Side) error
}

// mergedLine is a line of the proposal in its three states; one that is missing there is nil.
type mergedLine struct {
	mine, now, opened *Line
	out               Line
	in                bool
}

func (l *mergedLine) on(s Side) *Line { return [3]*Line{Mine: l.mine, Now: l.now, Opened: l.opened}[s] }

// Open tells how many rows still wait for a person; saving before that would be silent.
func (m *Merge) Open() (n int) {
	for _, r := range m.Rows {
		if r.Both {
			n++
		}
	}
	return n
}

// Take chooses a side for row i; it is then no longer open.
func (m *Merge) Take(i int, s Side) error {
	r := &m.Rows[i]
	if of := m.at[i]; of == nil {
		if err := setHead(m.kind, m.Doc, m.three[s], r.Field); err != nil {
			return err
		}
	} else if err := of.take(m, r.Field, s); err != nil {
		return err
	}
	r.Both = false
	return m.finish()
}

// take chooses a side for a field of the line, or for the line as a whole.
func (l *mergedLine) take(m *Merge, field string, s Side) error {
	if field != "" {
		return setLine(m.kind, m.three[s], &l.out, l.on(s), field)
	}
	if l.in = l.on(s) != nil; l.in {
		l.out = *l.on(s)
		if l.now == nil { // its row is gone: it is a new line
			l.out.ID = 0
		}
	}
	return nil
}

// MergeDocs merges two people's changes of a slip: as it was opened, as I have it, as it stands in the book now.
func MergeDocs(k *Kind, opened, mine, now *Doc) (*Merge, error) {
	m := &Merge{Doc: now.Clone(), kind: k, three: [3]*Doc{Mine: mine, Now: now, Opened: opened}}
	for _, f := range headFields(k) {
		o, a, n := headValue(opened, f.Key), headValue(mine, f.Key), headValue(now, f.Key)
		if a != n && o != a { // the book's stands where only the other changed it
			if err := setHead(k, m.Doc, mine, f.Key); err != nil {
				return nil, err
			}
		}
		m.row(nil, Difference{Field: f.Key, Label: f.Label, Opened: o, Mine: a, Now: n})
	}
	if err := m.mergeLines(); err != nil {
		return nil, err
	}
	m.mergeItems()
	return m, m.finish()
}

// row keeps a difference that is one.
func (m *Merge) row(of merged, d Difference) {
	d.Both = d.Opened != d.Mine && d.Opened != d.Now && d.Mine != d.Now
	if d.Mine != d.Now {
		m.Rows, m.at = append(m.Rows, d), append(m.at, of)
	}
}

// mergeLines pairs the lines by their rows in the book: those of now in their order, then mine that are new.
func (m *Merge) mergeLines() error {
	mine, now, opened := m.three[Mine], m.three[Now], m.three[Opened]
	for i := range now.Lines {
		n := &now.Lines[i]
		m.lines = append(m.lines, &mergedLine{mine: lineWith(mine, n.ID), now: n, opened: lineWith(opened, n.ID)})
	}
	for i := range mine.Lines {
		if a := &mine.Lines[i]; a.ID == 0 || lineWith(now, a.ID) == nil {
			m.lines = append(m.lines, &mergedLine{mine: a, opened: lineWith(opened, a.ID)})
		}
	}
	for _, l := range m.lines {
		if err := m.mergeLine(l); err != nil {
			return err
		}
	}
	return nil
}

func (m *Merge) mergeLine(l *mergedLine) error {
	no := 0
	switch {
	case l.mine != nil:
		no = numberOf(m.three[Mine], l.mine)
	case l.now != nil:
		no = numberOf(m.three[Now], l.now)
	}
	if l.mine == nil || l.now == nil { // new, or given up by one of us
		l.in = l.opened == nil || changedLine(m.kind, m.three, l)
		switch {
		case l.in && l.mine != nil:
			l.out, l.out.ID = *l.mine, 0
		case l.in:
			l.out = *l.now
		}
		d := Difference{Line: no, Label: text.T("整行", "the line"), Opened: lineWords(l.opened), Mine: lineWords(l.mine), Now: lineWords(l.now)}
		m.row(l, d)
		if n := len(m.Rows) - 1; l.opened != nil { // one gave it up: a person chooses where the other changed it
			if m.Rows[n].Both = l.in; l.in && l.mine == nil {
				l.in = false // mine stands until then: it is gone
			}
		}
		return nil
	}
	l.in, l.out = true, *l.now
	for _, f := range m.kind.Lines {
		if f.ReadOnly {
			continue
		}
		o, a, n := lineValue(m.three[Opened], l.opened, f.Key), lineValue(m.three[Mine], l.mine, f.Key), lineValue(m.three[Now], l.now, f.Key)
		if a != n && o != a {
			if err := setLine(m.kind, m.three[Mine], &l.out, l.mine, f.Key); err != nil {
				return err
			}
		}
		m.row(l, Difference{Line: no, Field: f.Key, Label: f.Label, Opened: o, Mine: a, Now: n})
	}
	return nil
}

// finish puts the lines chosen onto the proposal and works its sums out.
func (m *Merge) finish() error {
	m.Doc.Lines = nil
	for _, l := range m.lines {
		if !l.in {
			continue
		}
		x := l.out
		x.No, x.Extra, x.Matches = len(m.Doc.Lines)+1, cloneMap(x.Extra), append([]Match(nil), x.Matches...)
		m.Doc.Lines = append(m.Doc.Lines, x)
	}
	m.finishItems()
	return Calculate(m.kind, m.Doc)
}

// Differing are the fields in which two versions of a slip differ, the older one first, as another person's changes: Opened → Now.
func Differing(k *Kind, older, newer *Doc) []Difference {
	m := &Merge{kind: k, three: [3]*Doc{Mine: older, Now: newer, Opened: older}, Doc: newer.Clone()}
	for _, f := range headFields(k) {
		o, n := headValue(older, f.Key), headValue(newer, f.Key)
		m.row(nil, Difference{Field: f.Key, Label: f.Label, Opened: o, Mine: o, Now: n})
	}
	m.mergeLines() // setting what stands unchanged cannot fail
	m.mergeItems()
	for i := range m.Rows {
		m.Rows[i].Mine, m.Rows[i].Both = "", false
	}
	return m.Rows
}

// allocationsField stands for what a person chose to settle, as one field.
const allocationsField = "allocations"

// headFields are what can be typed in a slip's head, and what it settles.
func headFields(k *Kind) (list []Field) {
	for _, f := range k.Header {
		if !f.ReadOnly {
			list = append(list, f)
		}
	}
	for _, f := range []Field{{Key: "warehouse", Label: text.T("仓库", "Warehouse")}, {Key: "external_no", Label: text.T("外部单号", "External no.")},
		{Key: "due_date", Label: text.T("到期日", "Due"), Type: TypeDate}, {Key: allocationsField, Label: text.T("核销", "Settles")}} {
		if _, has := k.HeaderField(f.Key); !has {
			list = append(list, f)
		}
	}
	return list
}

func headValue(d *Doc, key string) string {
	if key != allocationsField {
		return d.Get(key)
	}
	var list []string
	for _, a := range d.Allocations {
		if a.Chosen {
			list = append(list, fmt.Sprintf("%s:%s", a.Target, a.Amount))
		}
	}
	return strings.Join(list, " ")
}

func setHead(k *Kind, d, from *Doc, key string) error {
	if key == allocationsField {
		d.Allocations = append([]Allocation(nil), from.Allocations...)
		return nil
	}
	f, ok := k.HeaderField(key)
	if !ok {
		f = Field{Key: key}
	}
	return d.Set(f, from.Get(key))
}

// lineValue is a field of a line; the slip's own warehouse says nothing of its own.
func lineValue(d *Doc, l *Line, key string) string {
	if l == nil || key == "warehouse" && l.Warehouse == d.Warehouse {
		return ""
	}
	return l.Get(key)
}

func setLine(k *Kind, d *Doc, l, from *Line, key string) error {
	f, _ := k.LineField(key)
	return l.Set(f, lineValue(d, from, key))
}

// changedLine tells whether who still has a line changed it since it was opened.
func changedLine(k *Kind, three [3]*Doc, l *mergedLine) bool {
	d, x := three[Mine], l.mine
	if x == nil {
		d, x = three[Now], l.now
	}
	for _, f := range k.Lines {
		if !f.ReadOnly && lineValue(three[Opened], l.opened, f.Key) != lineValue(d, x, f.Key) {
			return true
		}
	}
	return false
}

// lineWith is the line with that row; a new line has none.
func lineWith(d *Doc, id int64) *Line {
	for i := range d.Lines {
		if d.Lines[i].ID == id && id != 0 {
			return &d.Lines[i]
		}
	}
	return nil
}

func numberOf(d *Doc, l *Line) int {
	for i := range d.Lines {
		if &d.Lines[i] == l {
			return i + 1
		}
	}
	return 0
}

// lineWords says a whole line in short.
func lineWords(l *Line) string {
	if l == nil {
		return ""
	}
	var list []string
	for _, w := range []string{l.Product, l.Account, l.Party, l.Get("qty"), l.Get("price"), l.Get("amount"), sideText(l.Debit, l.Credit)} {
		if w != "" {
			list = append(list, w)
		}
	}
	if len(list) == 0 {
		return "…"
	}
	return strings.Join(list, " ")
}

func sideText(debit, credit num.Amount) string {
	if debit == credit {
		return ""
	}
	return (debit - credit).String()
}
