package master

import (
	"cmp"
	"encoding/binary"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"zhanggui/data/text"
)

// Match is a record that Search found.
type Match struct {
	Record *Record
	Marks  []Mark // what the words matched, in the order of the words
}

// Mark is a matched part of a field: bytes From up to To of Record.Get(Field). Initials that only the name's reading
// holds mark the characters of the name they stand for.
type Mark struct {
	Field    string
	From, To int
}

// How well a word matches, best first.
const (
	whole     = iota // a whole code or barcode
	start            // the start of a code, barcode or initials
	wordStart        // the start of a word of any field
	inside
	none
)

// Search finds the active records of a type that every one of the words (parted by spaces) stands in: in code, name, other
// name, initials (every reading of the name's characters), barcode or specification; letter case and width do not matter. The
// best come first: a whole code or barcode, then words matched at the start of code or initials, at the start of a word,
// inside; among equals the higher rank (how often this customer took it; nil for none), then the code. Only where nothing is found
// the words may be pinyin spelt out (luosi for 螺丝). No words find every
// record. rank is called without any lock held, for as few records as decide. Records found must not be written to.
func (s *Set) Search(typ, words string, limit int, rank func(*Record) int) []Match {
	if limit <= 0 {
		return nil
	}
	list := strings.Fields(fold(words))
	s.prepare(typ)
	s.mu.RLock()
	found, worst := s.search[typ].find(list, limit)
	if !slices.ContainsFunc(found, func(h *hits) bool { return len(h.list) > 0 }) {
		found = append(found, s.search[typ].spelt(list))
	}
	s.mu.RUnlock()
	hits := best(found, worst, limit, rank)
	for _, f := range found {
		f.free()
	}
	matches := make([]Match, len(hits))
	for i, h := range hits {
		matches[i] = Match{h.Record, marks(h.Record, list)}
	}
	return matches
}

// entry is one record made ready for the search. Its text holds every field folded, each behind a byte that says what a match
// at its start is worth; one more such byte ends it.
type entry struct {
	*Record
	code, text string
}

const (
	codeField  = '\x01' // code, barcode
	startField = '\x02' // initials
	plainField = '\x03' // names, specification, initials from a later word on
)

func newEntry(r *Record) *entry {
	if !r.Active() {
		return nil
	}
	var b strings.Builder
	b.Grow(128)
	add := func(kind byte, v string) {
		if v != "" {
			b.WriteByte(kind)
			b.WriteString(v)
		}
	}
	add(codeField, fold(r.Get("code")))
	add(codeField, fold(r.Get("barcode")))
	given := fold(r.Get("initials"))
	add(startField, given)
	for _, key := range []string{"name", "name2"} {
		name := r.Get(key)
		if name == "" {
			continue
		}
		places := text.InitialPlaces(name)
		for _, reading := range text.InitialsAll(name) {
			if reading != given {
				add(startField, reading)
			}
			for i, at := range places { // 红星 螺丝刀 is found by lsd as by hxlsd
				if i > 0 && name[at] >= utf8.RuneSelf && startsWord(name, at) {
					add(plainField, reading[i:])
				}
			}
		}
		add(plainField, fold(name))
	}
	add(plainField, fold(r.Get("spec")))
	b.WriteByte(plainField)
	return &entry{r, r.Code(), b.String()}
}

// match tells how well a folded word matches the entry at best.
func (e *entry) match(word string) int {
	found := none
	for from := 0; ; {
		i := strings.Index(e.text[from:], word)
		if i < 0 {
			return found
		}
		at := from + i // never 0: a field's kind stands before it
		from = at + 1
		how := inside
		switch e.text[at-1] {
		case codeField:
			if how = start; e.text[at+len(word)] <= plainField {
				return whole
			}
		case startField:
			how = start
		case plainField:
			how = wordStart
		default:
			if found > wordStart && startsWord(e.text, at) {
				how = wordStart
			}
		}
		if found = min(found, how); found == start && e.text[at-1] != codeField {
			return found // codes stand first: nothing better follows
		}
	}
}

// index is what Search looks through: the entries of a type in no order.
type index struct {
	entries []*entry
	pairs   []pairs       // of each entry's text; lying together they are passed through far faster than the texts
	letters []letters     // likewise, for the first letter somebody types
	first   []uint64      // the beginning of each code: with equals among many, most are told apart by it
	at      map[int64]int // place in entries by row
}

// pairs marks which pairs of neighbouring bytes a text holds, some falling together. A word stands only in texts that hold all its
// pairs, which for three letters leaves one text in twenty to be looked into.
type pairs [4]uint64

func (p *pairs) add(s string) {
	for i := 1; i < len(s); i++ {
		a, b := s[i-1], s[i]
		if a > plainField && b > plainField {
			h := (uint32(a)<<8 | uint32(b)) * 2654435761 >> 24
			p[h>>6] |= 1 << (h & 63)
		}
	}
}

func (p *pairs) hold(o *pairs) bool {
	return p[0]&o[0] == o[0] && p[1]&o[1] == o[1] && p[2]&o[2] == o[2] && p[3]&o[3] == o[3]
}

// letters marks which letters and digits stand at the start of a code, barcode or initials of an entry, at the start of a word, and
// anywhere.
type letters struct{ start, wordStart, inside uint64 }

// single marks an entry with a code or barcode of one letter.
const single = 1 << 63

// letter is the mark of a letter or digit that is a whole word, 0 for any other word.
func letter(word string) uint64 {
	if len(word) != 1 || !wordRune(rune(word[0])) {
		return 0
	}
	if word[0] <= '9' {
		return 1 << (word[0] - '0')
	}
	return 1 << (word[0] - 'a' + 10)
}

func lettersOf(text string) (l letters) {
	for i := 1; i < len(text); i++ {
		bit := letter(text[i : i+1])
		if bit == 0 {
			continue
		}
		switch before := text[i-1]; {
		case before == codeField && text[i+1] <= plainField:
			l.start |= bit | single
		case before == codeField || before == startField:
			l.start |= bit
		case before == plainField || startsWord(text, i):
			l.wordStart |= bit
		}
		l.inside |= bit
	}
	return l
}

// match is entry.match for a letter.
func (l *letters) match(bit uint64) int {
	switch {
	case l.start&bit != 0:
		return start
	case l.wordStart&bit != 0:
		return wordStart
	case l.inside&bit != 0:
		return inside
	}
	return none
}

// match tells how well a word, with its letter mark, matches the entry at i.
func (x *index) match(i int, word string, bit uint64) int {
	if l := &x.letters[i]; bit != 0 && l.start&single == 0 {
		return l.match(bit)
	}
	return x.entries[i].match(word)
}

func (x *index) put(e *entry) {
	if e == nil {
		return
	}
	x.at[e.ID] = len(x.entries)
	var p pairs
	p.add(e.text)
	x.entries, x.pairs, x.letters, x.first = append(x.entries, e), append(x.pairs, p), append(x.letters, lettersOf(e.text)), append(x.first, beginning(e.code))
}

func (x *index) remove(id int64) {
	i, ok := x.at[id]
	if !ok {
		return
	}
	last := len(x.entries) - 1
	x.entries[i], x.pairs[i], x.letters[i], x.first[i] = x.entries[last], x.pairs[last], x.letters[last], x.first[last]
	x.at[x.entries[i].ID] = i
	x.entries[last] = nil
	x.entries, x.pairs, x.letters, x.first = x.entries[:last], x.pairs[:last], x.letters[:last], x.first[:last]
	delete(x.at, id)
}

// prepare makes the index of a type where there is none yet; from then on Put and Remove keep it in step. The entries are made
// without the lock: 100,000 names take a while.
func (s *Set) prepare(typ string) {
	s.mu.RLock()
	if s.search[typ] != nil {
		s.mu.RUnlock()
		return
	}
	list := slices.Collect(maps.Values(s.byID[typ]))
	s.mu.RUnlock()
	slices.SortFunc(list, func(a, b *Record) int { return cmp.Compare(a.ID, b.ID) })
	ready := make([]*entry, len(list))
	for i, r := range list {
		ready[i] = newEntry(r)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.search[typ] != nil {
		return
	}
	x := &index{at: make(map[int64]int, len(list))}
	for i, r := range list { // as they lie in memory, so that the search walks through it, not about in it
		if s.byID[typ][r.ID] == r {
			x.put(ready[i])
		}
	}
	for id, r := range s.byID[typ] {
		if _, ok := x.at[id]; !ok { // put meanwhile
			x.put(newEntry(r))
		}
	}
	s.search[typ] = x
}

// hit is a record found and how well: the sum over the words.
type hit struct {
	*entry
	first     uint64
	how, rank int32
}

// beginning is the first eight bytes of a code as a number of the same order.
func beginning(code string) uint64 {
	var b [8]byte
	copy(b[:], code)
	return binary.BigEndian.Uint64(b[:])
}

// tally counts hits by how well they match, and knows from which on they no longer count: so many better ones stand before.
type tally struct {
	count         []int
	worst, better int // better hits than the worst that still count
}

func newTally(words int) *tally {
	count := make([]int, none*words+1)
	return &tally{count: count, worst: len(count) - 1}
}

func (t *tally) add(how, limit int) {
	t.count[how]++
	if how < t.worst {
		t.better++
	}
	for t.better >= limit {
		t.worst--
		t.better -= t.count[t.worst]
	}
}

// shareSize is how many entries are worth a goroutine of their own.
const shareSize = 8192

// hits are kept for the next search: a letter typed may find 100,000, and making room for them anew each time costs more than finding.
type hits struct{ list []hit }

var spare = sync.Pool{New: func() any { return &hits{} }}

func (h *hits) free() {
	clear(h.list) // holds no records
	h.list = h.list[:0]
	spare.Put(h)
}

// find lists, in no order, the records all words match, and how well those match at worst that so many better ones do not stand before.
// Where there are many entries each core looks through a share of them.
func (x *index) find(words []string, limit int) (found []*hits, worst int) {
	shares := max(1, min(runtime.GOMAXPROCS(0), len(x.pairs)/shareSize))
	found = make([]*hits, shares)
	var all sync.WaitGroup
	for n := range found {
		look := func() { found[n] = x.among(n*len(x.pairs)/shares, (n+1)*len(x.pairs)/shares, words, limit) }
		if n < shares-1 {
			all.Go(look)
		} else {
			look()
		}
	}
	all.Wait()
	t := newTally(len(words))
	for _, f := range found {
		for i := range f.list {
			t.add(int(f.list[i].how), limit)
		}
	}
	return found, t.worst
}

// among is find in the entries from one place up to another.
func (x *index) among(from, to int, words []string, limit int) *hits {
	found := spare.Get().(*hits)
	t := newTally(len(words))
	var need pairs
	bits := make([]uint64, len(words))
	for i, w := range words {
		need.add(w)
		bits[i] = letter(w)
	}
entries:
	for i := from; i < to; i++ {
		if !x.pairs[i].hold(&need) {
			continue
		}
		sum := 0
		for n, w := range words {
			how := x.match(i, w, bits[n])
			if sum += how; how == none || sum > t.worst {
				continue entries
			}
		}
		if len(found.list) == 1024 { // it will be very many: once for all
			found.list = slices.Grow(found.list, to-from)
		}
		found.list = append(found.list, hit{entry: x.entries[i], first: x.first[i], how: int32(sum)})
		t.add(sum, limit)
	}
	return found
}

// spelt lists the records whose names the words spell out, or that hold them; none unless a word is three letters at least, as a spelling is.
func (x *index) spelt(words []string) *hits {
	found := spare.Get().(*hits)
	if !slices.ContainsFunc(words, spelling) {
		return found
	}
entries:
	for i, e := range x.entries {
		for _, w := range words {
			if e.match(w) == none && !(spelling(w) && (spells(e.Get("name"), w) || spells(e.Get("name2"), w))) {
				continue entries
			}
		}
		found.list = append(found.list, hit{entry: e, first: x.first[i]})
	}
	return found
}

func spells(name, word string) bool {
	_, _, ok := text.Spells(name, word)
	return ok
}

// spelling tells whether a folded word may be pinyin: letters, and figures of a size behind them.
func spelling(word string) bool {
	return len(word) > 2 && word[0] >= 'a' && word[0] <= 'z' && !strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf || !wordRune(r) })
}

// best returns the first so many of the hits that match no worse than told, in order.
func best(found []*hits, worst, limit int, rank func(*Record) int) []hit {
	var first []hit
	take := func(h hit) {
		if rank != nil {
			h.rank = int32(rank(h.Record))
		}
		if len(first) == limit {
			if h.compare(first[limit-1]) >= 0 {
				return
			}
			first = first[:limit-1]
		}
		i, _ := slices.BinarySearchFunc(first, h, hit.compare)
		first = slices.Insert(first, i, h)
	}
	for _, f := range found {
		for i := range f.list {
			if int(f.list[i].how) <= worst {
				take(f.list[i])
			}
		}
	}
	return first
}

func (h hit) compare(o hit) int {
	switch {
	case h.how != o.how:
		return cmp.Compare(h.how, o.how)
	case h.rank != o.rank:
		return cmp.Compare(o.rank, h.rank)
	case h.first != o.first:
		return cmp.Compare(h.first, o.first)
	}
	return cmp.Or(strings.Compare(h.code, o.code), cmp.Compare(h.ID, o.ID))
}

// marks finds where the words stand in a record that matches them.
func marks(r *Record, words []string) []Mark {
	var list []Mark
	for _, w := range words {
		before := len(list)
		for _, key := range []string{"code", "barcode", "initials", "name", "name2", "spec"} {
			if m, ok := markIn(r, key, w); ok {
				list = append(list, m)
			}
		}
		for _, key := range []string{"name", "name2"} {
			named := slices.ContainsFunc(list[before:], func(m Mark) bool { return m.Field == key })
			if m, ok := markReading(r, key, w); ok && !named {
				list = append(list, m)
			} else if from, to, ok := text.Spells(r.Get(key), w); ok && !named && len(list) == before && spelling(w) {
				list = append(list, Mark{key, from, to})
			}
		}
	}
	return list
}

// markIn marks a word in a field, the best place of several.
func markIn(r *Record, key, word string) (Mark, bool) {
	value := r.Get(key)
	folded := fold(value)
	at := bestPlace(folded, word)
	if at < 0 {
		return Mark{}, false
	}
	// folding keeps the number of characters, not of bytes
	from := nthRune(value, utf8.RuneCountInString(folded[:at]))
	return Mark{key, from, from + nthRune(value[from:], utf8.RuneCountInString(word))}, true
}

// bestPlace is where a word stands in s: at its start, else at a word's, else anywhere, else -1.
func bestPlace(s, word string) int {
	first := strings.Index(s, word)
	for at := first; at >= 0; {
		if at == 0 || startsWord(s, at) {
			return at
		}
		next := strings.Index(s[at+1:], word)
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return first
}

// markReading marks the characters of a name whose initials hold the word.
func markReading(r *Record, key, word string) (Mark, bool) {
	name := r.Get(key)
	places := text.InitialPlaces(name)
	found, best := -1, none
	for _, reading := range text.InitialsAll(name) {
		for from := 0; ; {
			i := strings.Index(reading[from:], word)
			if i < 0 {
				break
			}
			at, how := from+i, inside
			if at == 0 {
				how = start
			} else if startsWord(name, places[at]) {
				how = wordStart
			}
			if how < best {
				found, best = at, how
			}
			from = at + 1
		}
	}
	if found < 0 {
		return Mark{}, false
	}
	from, last := places[found], places[found+len(word)-1]
	_, size := utf8.DecodeRuneInString(name[last:])
	return Mark{key, from, last + size}, true
}

// nthRune is the byte at which character n of s begins.
func nthRune(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// Fold is a text without letter case and full width, for comparing names.
func Fold(s string) string { return fold(strings.TrimSpace(s)) }

// fold takes away what a clerk does not type: letter case, full width, and the ways to write "by" in a size. A
// character stays one character.
func fold(s string) string { return strings.Map(foldRune, s) }

func foldRune(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		return r
	case r == '×' || r == '*' || r == '✕' || r == '＊':
		return 'x'
	case r == '\u3000' || r < ' ':
		return ' '
	case r >= '！' && r <= '～': // full width
		r -= '！' - '!'
	}
	return unicode.ToLower(r)
}

// startsWord tells whether a word begins at byte at > 0 of s: after a sign, or where Chinese meets another writing.
func startsWord(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	if !wordRune(before) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s[at:])
	return wordRune(r) && han(before) != han(r)
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
	}
	return usualHan(r) || unicode.IsLetter(r) || unicode.IsDigit(r)
}

func han(r rune) bool { return usualHan(r) || r >= 0x2E80 && unicode.Is(unicode.Han, r) }

// usualHan answers for nearly every Chinese character without a search of Unicode's tables.
func usualHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FA5 }
