package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Unseen tells of characters that show nothing of themselves: control characters, those of no width, soft hyphens, byte order marks,
// those that turn the direction of writing or choose how another is drawn, fillers. Spaces are seen.
func Unseen(r rune) bool {
	switch {
	case r < 0x7f:
		return r < ' '
	case r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0, r == 0x2800, // fillers of Korean letters, the Braille letter without dots
		r == 0x034f, r == 0x17b4, r == 0x17b5, r >= 0x180b && r <= 0x180f, r == 0x2028, r == 0x2029, r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0000 && r <= 0xe0fff:
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n")

// Seen takes out what cannot be seen. Line breaks and tabs become spaces, or stay where there may be several lines.
func Seen(s string, lines bool) string {
	if strings.IndexFunc(s, Unseen) < 0 {
		return s
	}
	s = lineEnds.Replace(s)
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			if lines {
				return r
			}
			return ' '
		case Unseen(r):
			return -1
		}
		return r
	}, s)
}

// shortest is how many characters of a long text a message shows.
const shortest = 30

// Short is what a message shows of a text: its beginning, where it is long, and nothing that cannot be seen.
func Short(s string) string {
	if len(s) > 8*shortest { // enough for any 30 characters, and little to look through
		s = s[:8*shortest]
		s = strings.ToValidUTF8(s, "") + "…" // the last character may be cut
	}
	s = Seen(s, false)
	if utf8.RuneCountInString(s) > shortest+10 {
		return string([]rune(s)[:shortest]) + "…"
	}
	return s
}
