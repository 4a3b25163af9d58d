package paper

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"zhanggui/assets"
)

const (
	pt       = 0.352778 // millimetres a point
	pad      = 0.8      // left and right inside a cell
	smallest = 6.5      // no shrinking below
	lost     = '〓'      // stands for a character the font lacks
)

// face holds the advance of every basic-plane character in thousandths of the size; missing ones are absent. A character beyond that plane stands
// a second time in the private use area, for the PDF writer knows 16 bits only: private tells where.
type face struct {
	advance [1 << 16]uint16
	private map[rune]rune
}

// The private use area: the fonts keep there, in ascending order, all they have beyond the basic plane.
const (
	privateFrom = 0xE000
	privateTo   = 0xF8FF
)

const absent = 1<<16 - 1

var faces = sync.OnceValue(func() [2]*face {
	return [2]*face{readFace(assets.FontRegular()), readFace(assets.FontBold())}
})

// readFace measures one font once; a broken embedded font is a defect of the build and panics.
func readFace(data []byte) *face {
	font, err := sfnt.Parse(data)
	if err != nil {
		panic("paper: embedded font: " + err.Error())
	}
	var buf sfnt.Buffer
	f := &face{private: map[rune]rune{}}
	if g, err := font.GlyphIndex(&buf, privateFrom); err == nil && g != 0 { // the cut fonts have none: they are never asked
		at := rune(privateFrom)
		for r := rune(1 << 16); r < 0x32000; r++ {
			if g, err := font.GlyphIndex(&buf, r); err == nil && g != 0 {
				f.private[r] = at
				at++
			}
		}
	}
	for r := range f.advance {
		f.advance[r] = absent
		if r < ' ' || unicode.Is(unicode.Cs, rune(r)) {
			continue
		}
		g, err := font.GlyphIndex(&buf, rune(r))
		if err != nil || g == 0 {
			continue
		}
		if a, err := font.GlyphAdvance(&buf, g, fixed.I(1000), 0); err == nil {
			f.advance[r] = uint16(a.Round())
		}
	}
	return f
}

// has tells whether the font draws a character. What is typed in the private use area means something else on every machine.
func (f *face) has(r rune) bool {
	if r >= 1<<16 {
		return f.private[r] != 0
	}
	return f.advance[r] != absent && (r < privateFrom || r > privateTo)
}

// basic is where a character stands in the basic plane.
func (f *face) basic(r rune) rune {
	if r >= 1<<16 {
		return f.private[r]
	}
	return r
}

// written is a safe text as the PDF writer takes it.
func written(s string) string {
	regular := faces()[0]
	for _, r := range s {
		if r >= 1<<16 {
			return strings.Map(regular.basic, s)
		}
	}
	return s
}

// safe makes a text that the PDF writer can carry: tabs and line ends become blanks, other controls go, and what
// the font cannot draw becomes 〓 instead of an empty box.
func safe(s string) string {
	clean := true
	regular := faces()[0]
	for _, r := range s {
		if !regular.has(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unicode.IsControl(r) || r == '\uFEFF' || r == '\u200B' || r >= '\uFE00' && r <= '\uFE0F':
			return -1
		case !regular.has(r):
			return lost
		}
		return r
	}, s)
}

// width is the length of a safe text in millimetres.
func width(s string, size float64, bold bool) float64 {
	f := faces()[0]
	if bold {
		f = faces()[1]
	}
	sum := 0
	for _, r := range s {
		if !f.has(r) {
			r = lost
		}
		sum += int(f.advance[f.basic(r)])
	}
	return float64(sum) / 1000 * size * pt
}

// shrink finds the size, in quarter points from size down to 6.5, at which a single line fits.
func shrink(s string, size float64, bold bool, room float64) float64 {
	for size > smallest && width(s, size, bold) > room {
		size -= 0.25
	}
	return max(size, smallest)
}

// cut shortens a text to the room and marks the cut with ….
func cut(s string, size float64, bold bool, room float64) string {
	if width(s, size, bold) <= room {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 && width(string(runes)+"…", size, bold) > room {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// full makes the marks beside Chinese characters full width. It is for our own labels; names print as typed.
func full(s string) string {
	runes := []rune(s)
	marks := map[rune]rune{':': '：', ',': '，', ';': '；', '(': '（', ')': '）'}
	beside := func(i int) bool {
		return i >= 0 && i < len(runes) && (unicode.Is(unicode.Han, runes[i]) || runes[i] > 0xFF00)
	}
	for i, r := range runes {
		if m, ok := marks[r]; ok && (beside(i-1) || beside(i+1)) {
			runes[i] = m
		}
	}
	return string(runes)
}

// closing marks never begin a line, opening marks never end one.
const (
	closing = "，。、；：？！）】》〉」』”’％…·,.;:?!)]}%°℃"
	opening = "（【《〈「『“‘([{¥￥"
)

// wide tells characters a line may break beside.
func wide(r rune) bool {
	return r >= 0x2E80 && r <= 0xFFEF && r != '\u3000'
}

// atoms cuts a text into what must stay whole: a Chinese character with its marks, or a run of Latin and digits.
// A number and the unit behind it are one atom although a blank stands between.
func atoms(s string) []string {
	var out []string
	runes := []rune(s)
	for i := 0; i < len(runes); {
		j := i + 1
		switch {
		case runes[i] == ' ' || runes[i] == '\u3000':
			for j < len(runes) && (runes[j] == ' ' || runes[j] == '\u3000') {
				j++
			}
		case wide(runes[i]):
		default:
			for j < len(runes) && runes[j] != ' ' && runes[j] != '\u3000' && !wide(runes[j]) {
				j++
			}
		}
		out = append(out, string(runes[i:j]))
		i = j
	}
	return join(out)
}

// join glues marks to their neighbours and units to their numbers.
func join(parts []string) []string {
	var out []string
	for i := 0; i < len(parts); i++ {
		p := parts[i]
		last := len(out) - 1
		switch {
		case last >= 0 && out[last] != " " && strings.ContainsRune(closing, first(p)):
			out[last] += p
		case last >= 0 && strings.ContainsRune(opening, end(out[last])):
			out[last] += p
		case p == " " && last >= 0 && i+1 < len(parts) && endsInNumber(out[last]) && isUnit(parts[i+1]):
			out[last] += p + parts[i+1]
			i++
		default:
			out = append(out, p)
		}
	}
	return out
}

func first(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func end(s string) rune {
	var last rune
	for _, r := range s {
		last = r
	}
	return last
}

// endsInNumber tells "4" and "2×18" but not "DN25" or "T8".
func endsInNumber(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && !strings.ContainsRune(".,×-–/~±", r) {
			return false
		}
	}
	return s != "" && end(s) >= '0' && end(s) <= '9'
}

// isUnit tells a short word such as m, mm², W, kg or V/Hz, perhaps with a mark behind it.
func isUnit(s string) bool {
	s = strings.TrimRight(s, closing)
	n := 0
	for _, r := range s {
		if n++; n > 4 || !unicode.IsLetter(r) && !strings.ContainsRune("²³°℃%/·µΩ", r) || unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return n > 0
}

// wrap breaks a text into lines no longer than room: between Chinese characters anywhere, between words at
// blanks; a run that alone is too long breaks inside. It always returns at least one line.
func wrap(s string, size float64, bold bool, room float64) []string {
	var lines []string
	line := ""
	flush := func() {
		lines = append(lines, strings.TrimRight(line, " \u3000"))
		line = ""
	}
	for _, a := range atoms(s) {
		if strings.TrimSpace(a) == "" {
			if line != "" {
				line += a
			}
			continue
		}
		if line != "" && width(line+a, size, bold) > room {
			flush()
		}
		for width(a, size, bold) > room {
			head := fitting(a, size, bold, room)
			lines = append(lines, head)
			a = a[len(head):]
		}
		line += a
	}
	if line != "" || len(lines) == 0 {
		flush()
	}
	return lines
}

// fitting is the longest beginning of a run that fits, at least one character.
func fitting(s string, size float64, bold bool, room float64) string {
	last := len(string(first(s)))
	for i := range s {
		if i > 0 && width(s[:i], size, bold) <= room {
			last = i
		}
	}
	return s[:last]
}
