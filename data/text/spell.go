package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// Spells tells whether letters typed are the sounds of neighbouring characters of a name, and which bytes of it those are. Each character
// is spelt out or by its first letter, the last as far as it was typed: dayin, dyin, dy and day all mean 打印; a character that is read in
// several ways may be spelt in each of them, ü as v. Letters and digits of the name stand for themselves.
func Spells(name, typed string) (from, to int, ok bool) {
	if typed == "" {
		return 0, 0, false
	}
	sounds := soundTable()
	for at := range name {
		if n := sounds.run(name[at:], typed, true); n > 0 {
			return at, at + n, true
		}
	}
	return 0, 0, false
}

// sounds are the ways to read the Chinese characters of the base block, without tones, with a blank between them.
type sounds [hanLast - hanFirst + 1]string

var soundTable = sync.OnceValue(func() *sounds {
	t := &sounds{}
	for code, list := range pinyin.PinyinDict {
		if code >= hanFirst && code <= hanLast {
			t[code-hanFirst] = withoutTones(list)
		}
	}
	return t
})

// run is how many bytes of s the letters typed spell from its beginning on, 0 where they spell something else. Signs between characters
// are passed by, but a run does not begin with one.
func (t *sounds) run(s, typed string, first bool) int {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return 0
	}
	own := ""
	switch {
	case r >= hanFirst && r <= hanLast:
		own = t[r-hanFirst]
	case r < unicode.MaxASCII && lowerASCII(byte(r)) != 0:
		own = string(rune(lowerASCII(byte(r))))
	}
	if own == "" {
		if n := t.run(s[size:], typed, false); !first && n > 0 {
			return size + n
		}
		return 0
	}
	for sound := range strings.SplitSeq(own, " ") {
		if strings.HasPrefix(sound, typed) {
			return size
		}
		if rest, ok := strings.CutPrefix(typed, sound); ok {
			if n := t.run(s[size:], rest, false); n > 0 {
				return size + n
			}
		}
		if len(sound) > 1 && typed[0] == sound[0] {
			if n := t.run(s[size:], typed[1:], false); n > 0 {
				return size + n
			}
		}
	}
	return 0
}

// withoutTones reads "zhòng,chóng" into "zhong chong".
func withoutTones(list string) string {
	var b strings.Builder
	for _, r := range list {
		switch c := tones[r]; {
		case r == ',':
			b.WriteByte(' ')
		case c != 0:
			b.WriteByte(c)
		case r < unicode.MaxASCII && lowerASCII(byte(r)) != 0:
			b.WriteByte(lowerASCII(byte(r)))
		}
	}
	return b.String()
}

var tones = func() map[rune]byte {
	m := map[rune]byte{}
	for letter, toned := range map[byte]string{'a': "āáǎà", 'e': "ēéěèêếề", 'i': "īíǐì", 'o': "ōóǒò", 'u': "ūúǔù", 'v': "üǖǘǚǜ", 'm': "ḿ", 'n': "ńňǹ"} {
		for _, r := range toned {
			m[r] = letter
		}
	}
	return m
}()
