package kit

// Mark is a status drawn as shape, word and colour, so that no eye depends on colour alone.
type Mark int

// The marks.
const (
	NoMark    Mark = iota
	MarkDraft      // ○ grey
	MarkDone       // ● green
	MarkPart       // ◧ blue
	MarkDue        // □ yellow
	MarkLate       // ■ red
	MarkVoid       // — grey
)

func (m Mark) shades() (ink, ground Shade) {
	switch m {
	case MarkDone:
		return Ok, OkGround
	case MarkPart:
		return Accent, Select
	case MarkDue:
		return Warn, WarnGround
	case MarkLate:
		return Negative, NegativeGround
	}
	return Ink2, GreyGround
}

// Cell is what a table shows in one place.
type Cell struct {
	Text  string
	Shade Shade // Bg, the zero value, stands for the column's own ink
	Bold  bool
	Mark  Mark   // drawn as a chip around the text
	Icon  string // in front of the text
	Tick  *bool  // a box to tick instead of text
	Link  bool   // opens something
	Ghost bool   // not read yet: a grey bar
	Side  string // small red word behind a chip
	Tail  string // behind the text; where there is no room for both it keeps two fifths of it
	Parts []Part // instead of Text: pieces with some marked
}

// Part is a piece of a text, marked where it matches what is looked for.
type Part struct {
	Text   string
	Marked bool
}

// whole is the text with its tail behind it; where there is no room for both, the text leaves two fifths of it to the tail.
func (c *Cell) whole(size, room float32) string {
	if c.Tail == "" {
		return c.Text
	}
	tail := " " + c.Tail
	return Fit(c.Text, size, c.Bold, max(room*3/5, room-Width(tail, size, c.Bold))) + tail
}
