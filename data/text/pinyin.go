package text

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// MostInitials caps the readings InitialsAll gives for one name.
const MostInitials = 16

// Initials returns the pinyin initials 助记码 of a name in lower-case letters. Latin letters and digits stay, other
// signs fall away: 螺丝M8 is lsm8, 长城干红 is ccgh.
func Initials(name string) string {
	var buf [32]byte
	out := buf[:0]
	eachLetter(name, func(_ int, letter byte, _ string) { out = append(out, letter) })
	return string(out)
}

// InitialPlaces returns, for every letter of Initials, where in the name its character begins (in bytes).
func InitialPlaces(name string) []int {
	var places []int
	eachLetter(name, func(at int, _ byte, _ string) { places = append(places, at) })
	return places
}

// InitialsAll returns the initials of a name in every reading of its characters, the likeliest (that of Initials)
// first and those nearest to it next, at most MostInitials. A name without letters gives none.
func InitialsAll(name string) []string {
	var first []byte
	var others []string
	eachLetter(name, func(_ int, letter byte, other string) {
		first = append(first, letter)
		others = append(others, other)
	})
	if len(first) == 0 {
		return nil
	}
	all := []string{string(first)}
	from := 0 // readings before it have had their neighbours added
	for ; from < len(all) && len(all) < MostInitials; from++ {
		all = addNeighbours(all, all[from], first, others)
	}
	return all
}

// addNeighbours adds the readings that differ from base in one more character.
func addNeighbours(all []string, base string, first []byte, others []string) []string {
	for i := range first {
		if base[i] != first[i] {
			continue
		}
		for j := 0; j < len(others[i]); j++ {
			next := base[:i] + others[i][j:j+1] + base[i+1:]
			if slices.Contains(all, next) {
				continue
			}
			if all = append(all, next); len(all) == MostInitials {
				return all
			}
		}
	}
	return all
}

// eachLetter calls f with the place and letter of every character that has one, and the letters of its other readings.
func eachLetter(name string, f func(at int, letter byte, others string)) {
	t := initialsTable()
	word := "" // letters left of a word whose reading is settled
	for i, r := range name {
		if r < unicode.MaxASCII {
			if c := lowerASCII(byte(r)); c != 0 {
				f(i, c, "")
			}
			word = ""
			continue
		}
		if word == "" {
			word = t.word(name[i:], r)
		}
		letters := t.letters(r)
		switch {
		case word != "":
			f(i, word[0], strings.ReplaceAll(letters, word[:1], ""))
			word = word[1:]
		case letters != "":
			f(i, letters[0], letters[1:])
		}
	}
}

func lowerASCII(c byte) byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return c + 'a' - 'A'
	case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		return c
	}
	return 0
}

// Chinese characters of the base block answer from an array; the rare rest from a map.
const hanFirst, hanLast = 0x4E00, 0x9FFF

type initialTable struct {
	han   [hanLast - hanFirst + 1]string
	rest  map[rune]string
	words map[rune][]reading // by first character, longest first
}

// reading is a word and its initials, a letter a character.
type reading struct{ word, initials string }

var initialsTable = sync.OnceValue(func() *initialTable {
	t := &initialTable{rest: map[rune]string{}, words: map[rune][]reading{}}
	for code, sounds := range pinyin.PinyinDict {
		t.set(rune(code), soundLetters(sounds))
	}
	for letter, chars := range usualLetters {
		for _, r := range chars {
			t.set(r, letter+strings.ReplaceAll(t.letters(r), letter, ""))
		}
	}
	for r := rune('０'); r <= '９'; r++ {
		t.set(r, string('0'+r-'０'))
	}
	for i := range rune(26) {
		t.set('Ａ'+i, string('a'+i))
		t.set('ａ'+i, string('a'+i))
	}
	for pair := range slices.Chunk(strings.Fields(wordReadings), 2) {
		r, _ := utf8.DecodeRuneInString(pair[0])
		t.words[r] = append(t.words[r], reading{pair[0], pair[1]})
	}
	for _, list := range t.words {
		slices.SortFunc(list, func(a, b reading) int { return len(b.word) - len(a.word) })
	}
	return t
})

func (t *initialTable) set(r rune, letters string) {
	if r >= hanFirst && r <= hanLast {
		t.han[r-hanFirst] = letters
		return
	}
	t.rest[r] = letters
}

// letters are the first letters of the readings of a character, the usual one first.
func (t *initialTable) letters(r rune) string {
	if r >= hanFirst && r <= hanLast {
		return t.han[r-hanFirst]
	}
	return t.rest[r]
}

// word gives the initials of the longest known word s begins with.
func (t *initialTable) word(s string, first rune) string {
	for _, w := range t.words[first] {
		if strings.HasPrefix(s, w.word) {
			return w.initials
		}
	}
	return ""
}

// soundLetters reads "zhòng,chóng" into "zc".
func soundLetters(sounds string) string {
	var letters []byte
	for sound := range strings.SplitSeq(sounds, ",") {
		r, _ := utf8.DecodeRuneInString(sound)
		if c := plainLetter(r); c != 0 && !slices.Contains(letters, c) {
			letters = append(letters, c)
		}
	}
	return string(letters)
}

// plainLetter takes the tone off the first letter of a sound.
func plainLetter(r rune) byte {
	if r < unicode.MaxASCII {
		return lowerASCII(byte(r))
	}
	for letter, toned := range map[byte]string{'a': "āáǎà", 'e': "ēéěèêếềế", 'o': "ōóǒò", 'm': "ḿ", 'n': "ńňǹ"} {
		if strings.ContainsRune(toned, r) {
			return letter
		}
	}
	return 0
}
