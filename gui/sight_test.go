package gui

import (
	"fmt"
	"image/color"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"golang.org/x/image/font/sfnt"

	"zhanggui/assets"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
)

// rect is a place in the window.
type rect struct{ x0, y0, x1, y1 float32 }

func place(at fyne.Position, s fyne.Size) rect {
	return rect{at.X, at.Y, at.X + s.Width, at.Y + s.Height}
}

func (r rect) within(o rect) rect {
	return rect{max(r.x0, o.x0), max(r.y0, o.y0), min(r.x1, o.x1), min(r.y1, o.y1)}
}

func (r rect) empty() bool { return r.x1 <= r.x0 || r.y1 <= r.y0 }

// holds tells whether o lies within r, but for half a unit.
func (r rect) holds(o rect) bool {
	return o.x0 >= r.x0-0.5 && o.y0 >= r.y0-0.5 && o.x1 <= r.x1+0.5 && o.y1 <= r.y1+0.5
}

// sighted is a text as it stands in the window: where its ink is, and what of that its surroundings let through.
type sighted struct {
	t         *canvas.Text
	ink, clip rect
	ground    color.NRGBA // what it stands on
	head      bool        // in the head of a table
	row       bool        // in the rows of a table
	cut       bool        // something lies over a part of it
	hidden    bool        // something lies over all of it
}

// sight is one look at the window, as a painter goes over it: each layer over the ones before.
type sight struct {
	texts  []*sighted
	faults map[string]bool
	lang   text.Lang
	data   map[string]bool // words of the book's own records
	ground color.NRGBA
	fills  []ground // painted so far, the last on top
}

// frame is what an object stands in.
type frame struct {
	clip  rect
	rolls bool // a scroller: what is out of it upwards or downwards is only scrolled away
	slips bool // likewise sideways
	table *kit.Table
	top   float32 // of the table
}

// look goes over everything in the window and tells what is wrong with its words.
func look(s *Shell, data map[string]bool) []string {
	v := &sight{lang: s.lang, data: data, faults: map[string]bool{}, ground: kit.Bg.Color()}
	size := s.Win.Canvas().Size()
	if least := s.Win.Content().MinSize(); least.Width > size.Width || least.Height > size.Height {
		v.faults[fmt.Sprintf("wide: the window cannot be %v, its parts need %v", size, least)] = true
	}
	all := frame{clip: place(fyne.Position{}, size)}
	under := s.root.Objects[:len(s.root.Objects)-1]
	for _, o := range under {
		v.paint(o, fyne.Position{}, all)
		v.reach(o, fyne.Position{}, all, "", false)
	}
	v.judge()
	for _, o := range s.layer.Object().(*fyne.Container).Objects {
		v.texts = nil
		v.paint(o, fyne.Position{}, all)
		v.reach(o, fyne.Position{}, all, "", false)
		v.judge()
	}
	list := make([]string, 0, len(v.faults))
	for f := range v.faults {
		list = append(list, f)
	}
	return list
}

func (v *sight) paint(o fyne.CanvasObject, at fyne.Position, f frame) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	switch o := o.(type) {
	case *canvas.Text:
		v.text(o, at, f)
	case *canvas.Rectangle:
		v.cover(o, at, f)
	case *fyne.Container:
		for _, c := range o.Objects {
			v.paint(c, at, f)
		}
	case *container.Scroll:
		f.clip, f.rolls, f.slips = f.clip.within(place(at, o.Size())), true, o.Direction == container.ScrollHorizontalOnly
		v.paint(o.Content, at, f)
	case fyne.Widget:
		if t := tableOf(o); t != nil {
			f.table, f.top = t, at.Y
			f.clip = f.clip.within(place(at, o.Size()))
		}
		for _, c := range test.WidgetRenderer(o).Objects() {
			in := f
			if _, own := c.(*canvas.Text); !own && f.table != nil && tableOf(o) == nil {
				in.table = nil // a box over a cell has lines of its own
			}
			v.paint(c, at, in)
		}
	}
}

func tableOf(o fyne.Widget) *kit.Table {
	switch o := o.(type) {
	case *kit.Table:
		return o
	case *kit.LineGrid:
		return &o.Table
	}
	return nil
}

func (v *sight) text(t *canvas.Text, at fyne.Position, f frame) {
	if strings.TrimSpace(t.Text) == "" {
		return
	}
	m := t.MinSize()
	x := at.X
	switch over := t.Size().Width - m.Width; t.Alignment {
	case fyne.TextAlignCenter:
		x += over / 2
	case fyne.TextAlignTrailing:
		x += over
	}
	y := at.Y + (t.Size().Height-m.Height)/2
	// The ink of a line takes some two thirds of its height.
	ink := rect{x, y + m.Height*0.2, x + m.Width, y + m.Height*0.8}
	s := &sighted{t: t, ink: ink, clip: f.clip, ground: v.groundAt(ink)}
	if f.table != nil {
		s.head = at.Y-f.top < f.table.HeadHeight()-1
		s.row = !s.head
	}
	if ink.within(f.clip).empty() {
		if !f.rolls {
			v.say("out", s, "stands out of sight")
		}
		return
	}
	if !f.slips && (ink.x0 < f.clip.x0-1 || ink.x1 > f.clip.x1+1) || !f.rolls && !f.clip.holds(ink) {
		v.say("clipped", s, "is cut by its surroundings")
	}
	v.texts = append(v.texts, s)
}

// ground is a fill.
type ground struct {
	at   rect
	fill color.NRGBA
}

func (v *sight) groundAt(ink rect) color.NRGBA {
	for i := len(v.fills) - 1; i >= 0; i-- {
		if g := v.fills[i]; g.at.x0 <= (ink.x0+ink.x1)/2 && g.at.x1 >= (ink.x0+ink.x1)/2 && g.at.y0 <= (ink.y0+ink.y1)/2 && g.at.y1 >= (ink.y0+ink.y1)/2 {
			return g.fill
		}
	}
	return v.ground
}

// cover lays a filled rectangle over what stands there already.
func (v *sight) cover(r *canvas.Rectangle, at fyne.Position, f frame) {
	fill, ok := r.FillColor.(color.NRGBA)
	if !ok || fill.A < 0xFF {
		return
	}
	p := place(at, r.Size()).within(f.clip)
	if p.empty() {
		return
	}
	if p.x1-p.x0 > 4 && p.y1-p.y0 > 4 {
		v.fills = append(v.fills, ground{p, fill})
	}
	for _, s := range v.texts {
		part := s.ink.within(s.clip).within(p)
		switch {
		case part.empty() || s.hidden:
		case p.holds(s.ink.within(s.clip)):
			s.hidden = true
		case part.x1-part.x0 > 1.5 && part.y1-part.y0 > 1.5 || f.table != nil && s.row && part.x1-part.x0 > 0 && part.y1-part.y0 > 4:
			s.cut = true
		}
	}
}

func (v *sight) say(what string, s *sighted, words string) {
	v.faults[fmt.Sprintf("%s: %q at (%.0f,%.0f) %s", what, s.t.Text, s.ink.x0, s.ink.y0, words)] = true
}

var (
	cutFigure = regexp.MustCompile(`^[-−+¥]?\d[\d,.:\-/%]*…$|^[-−¥]?…$`)
	// foreign are words that stand in Chinese as they are.
	foreign = regexp.MustCompile(`(?i)^(english|excel|csv|pdf|xlsx|zg|json|zhanggui|esc|enter|tab|ctrl|alt|shift|del|ins|home|end|pgup|pgdn|f\d+|ean|sku|usb|bom|fifo|kg|mm|pcs|ok|demo)$`)
	latin   = regexp.MustCompile(`[A-Za-z]{3,}`)
)

// judge looks at every text painted, and at each two of them.
func (v *sight) judge() {
	var list []*sighted
	for _, s := range v.texts {
		if !s.hidden {
			list = append(list, s)
		}
	}
	for i, s := range list {
		words := s.t.Text
		switch {
		case s.cut:
			v.say("covered", s, "has something lying over a part of it")
		case cutFigure.MatchString(words):
			v.say("figure", s, "is a figure not shown whole")
		case s.head && strings.HasSuffix(words, "…"):
			v.say("head", s, "is the head of a column that is too narrow")
		case s.row && s.t.TextSize < 10.5:
			v.say("small", s, fmt.Sprintf("is %.0f units high", s.t.TextSize))
		}
		if r := tofu(words, s.t.TextStyle.Bold); r != 0 {
			v.say("glyph", s, fmt.Sprintf("has %q, which the font has no glyph for", r))
		}
		if ink, ok := s.t.Color.(color.NRGBA); ok {
			if c := contrast(ink, s.ground); c < 3 {
				v.say("pale", s, fmt.Sprintf("stands out from its ground by %.1f only", c))
			}
		}
		v.untranslated(s)
		for _, o := range list[i+1:] {
			both := s.ink.within(s.clip).within(o.ink.within(o.clip))
			if both.x1-both.x0 > 2 && both.y1-both.y0 > 2 {
				v.say("overlap", s, fmt.Sprintf("and %q stand over each other", o.t.Text))
			}
		}
	}
}

// screenFonts are what words are drawn with: regular and bold.
var screenFonts = sync.OnceValue(func() (fonts [2]*sfnt.Font) {
	for i, ttf := range [][]byte{assets.ScreenRegular(), assets.ScreenBold()} {
		f, err := sfnt.Parse(ttf)
		if err != nil {
			panic(err)
		}
		fonts[i] = f
	}
	return fonts
})

// tofu is the first character without a glyph, 0 where all have one.
func tofu(words string, bold bool) rune {
	f := screenFonts()[0]
	if bold {
		f = screenFonts()[1]
	}
	var buf sfnt.Buffer
	for _, r := range words {
		if i, err := f.GlyphIndex(&buf, r); (err != nil || i == 0) && r >= ' ' {
			return r
		}
	}
	return 0
}

// untranslated finds words of the other language. Books made in a language hold data of that language only.
func (v *sight) untranslated(s *sighted) {
	words := v.own(s.t.Text)
	if cut, short := strings.CutSuffix(words, "…"); v.data[words] || short && v.begins(cut) {
		return
	}
	if v.lang == text.En {
		if words == "中文" || strings.Contains(words, "中文 / English") || strings.Contains(words, "掌柜") {
			return
		}
		if strings.ContainsFunc(words, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			v.say("untranslated", s, "is not English")
		}
		return
	}
	if strings.ContainsFunc(words, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return
	}
	if !strings.Contains(words, " ") && strings.ContainsAny(words, "0123456789_/\\.+") || len(words) < 4 {
		return // codes, files, keys
	}
	for _, w := range latin.FindAllString(words, -1) {
		if !foreign.MatchString(w) && strings.ToLower(w) != w {
			v.say("untranslated", s, "is not Chinese")
			return
		}
	}
}

// own are the words without those of records among them, which stand in their own language.
func (v *sight) own(words string) string {
	var names []string
	for d := range v.data {
		if len(d) > 2 && strings.Contains(words, d) && strings.ContainsFunc(d, func(r rune) bool { return r > unicode.MaxLatin1 || unicode.IsLetter(r) }) {
			names = append(names, d)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	for _, d := range names {
		words = strings.ReplaceAll(words, d, "")
	}
	return strings.TrimSpace(words)
}

// begins tells whether a record's word begins so.
func (v *sight) begins(words string) bool {
	for d := range v.data {
		if strings.HasPrefix(d, words) {
			return true
		}
	}
	return false
}

// contrast is the ratio of the two brightnesses, as the web's guidelines reckon it.
func contrast(a, b color.NRGBA) float64 {
	x, y := brightness(a), brightness(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func brightness(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}
