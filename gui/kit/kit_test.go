package kit

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"zhanggui/data/text"
)

// window is a host that writes down the keys nobody used.
type window struct {
	fyne.Window
	layer *Layer
	left  []fyne.KeyName
	cuts  []string
}

func (w *window) Before(*fyne.KeyEvent) bool { return false }
func (w *window) After(ev *fyne.KeyEvent)    { w.left = append(w.left, ev.Name) }
func (w *window) Shortcut(s fyne.Shortcut)   { w.cuts = append(w.cuts, s.ShortcutName()) }
func (w *window) Caught(err error)           { panic(err) }

func (w *window) Layer() *Layer { return w.layer }

func newWindow(t *testing.T, o fyne.CanvasObject) *window {
	t.Helper()
	app := test.NewTempApp(t)
	Apply(app, Style{Density: Normal})
	w := &window{Window: app.NewWindow("kit"), layer: NewLayer()}
	w.SetPadded(false)
	w.SetContent(container.NewStack(o, w.layer.Object()))
	w.Resize(fyne.NewSize(800, 400))
	Attach(w.Canvas(), w)
	t.Cleanup(func() { Attach(w.Canvas(), nil) })
	return w
}

// hit presses keys on what has the focus; a word with a colon in front is typed.
func (w *window) hit(keys ...string) {
	for _, k := range keys {
		f := w.Canvas().Focused()
		if words, ok := strings.CutPrefix(k, ":"); ok {
			for _, r := range words {
				w.Canvas().Focused().TypedRune(r)
			}
			continue
		}
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(k)})
	}
}

func TestDaysAsHandsTypeThem(t *testing.T) {
	base := text.Day(2026, 11, 25)
	for typed, want := range map[string]string{"3": "2026-11-03", "30": "2026-11-30", "1103": "2026-11-03", "228": "2026-02-28", "12-5": "2026-12-05", "12.5": "2026-12-05",
		"261201": "2026-12-01", "20270102": "2027-01-02", "2026/1/31": "2026-01-31", "2026-01-31": "2026-01-31"} {
		if d, err := ParseDay(typed, base); err != nil || d.String() != want {
			t.Errorf("%s is %s (%v), want %s", typed, d, err, want)
		}
	}
	for _, typed := range []string{"31", "0", "1331", "229", "20261131", "abc", "-"} {
		if d, err := ParseDay(typed, base); err == nil {
			t.Errorf("%s is taken as %s; November 2026 has 30 days and 2026 is no leap year", typed, d)
		}
	}
}

func TestTextIsCutToItsRoom(t *testing.T) {
	newWindow(t, NewTable())
	full := "销售出库单 Delivery"
	if got := Fit(full, 13, false, Width(full, 13, false)); got != full {
		t.Errorf("what fits is cut to %q", got)
	}
	cut := Fit(full, 13, false, 60)
	if !strings.HasSuffix(cut, "…") || Width(cut, 13, false) > 60 {
		t.Errorf("60 wide is %q of %v", cut, Width(cut, 13, false))
	}
}

func TestAnInputSelectsReplacesAndTakesBack(t *testing.T) {
	i := NewInput()
	w := newWindow(t, i)
	i.SetText("60")
	w.Canvas().Focus(i)
	w.hit(":7") // the whole value was selected
	if i.Text() != "7" {
		t.Errorf("typing over 60 gives %q, want 7", i.Text())
	}
	w.hit(":5", "BackSpace", ":8", "Left", "Delete")
	if i.Text() != "7" {
		t.Errorf("78 less its last character is %q", i.Text())
	}
	i.TypedShortcut(&fyne.ShortcutUndo{})
	if i.Text() != "78" {
		t.Errorf("taken back is %q, want 78", i.Text())
	}
	w.hit("F9", "Escape")
	if fmt.Sprint(w.left) != "[F9 Escape]" {
		t.Errorf("the window was given %v, want F9 and Escape", w.left)
	}
	i.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip("a\nb\x00c")})
	if i.Text() != "78a bc" {
		t.Errorf("pasting two lines and a NUL gives %q", i.Text())
	}
}

type clip string

func (c clip) Content() string   { return string(c) }
func (c clip) SetContent(string) {}

func TestATableDrawsOnlyWhatIsInSight(t *testing.T) {
	tb := NewTable()
	asked := map[int]bool{}
	tb.Columns = []Column{{Title: "a", Width: 100}, {Title: "b", Width: 100}}
	tb.Length = func() int { return 1_000_000 }
	tb.CellAt = func(row, _ int) Cell { asked[row] = true; return Cell{Text: fmt.Sprint(row)} }
	w := newWindow(t, tb)
	w.Canvas().Focus(tb)
	w.hit("End", "Up")
	if tb.Row() != 999_998 {
		t.Errorf("End and up is row %d, want 999998", tb.Row())
	}
	w.hit("Home", "Next", "Next")
	if _, page := tb.Top(); tb.Row() != 2*page {
		t.Errorf("two pages down is row %d, want %d", tb.Row(), 2*page)
	}
	if len(asked) > 200 {
		t.Errorf("%d rows were asked for to show five screens", len(asked))
	}
}

func newGrid(rows *[][]string) *LineGrid {
	g := NewLineGrid()
	g.Columns = []Column{{Title: "#", Width: 30}, {Title: "code", Width: 100}, {Title: "name", Width: 100}, {Title: "qty", Width: 80}}
	g.Fields = []*Field{nil, NewField(""), nil, NewField("")}
	g.Length = func() int { return len(*rows) + 1 }
	at := func(row, col int) string {
		if row < len(*rows) {
			return (*rows)[row][col]
		}
		return ""
	}
	g.CellAt = func(row, col int) Cell { return Cell{Text: at(row, col)} }
	g.Value = at
	g.Blank = func(row int) bool { return at(row, 1) == "" }
	g.Commit = func(row, col int, v string) error {
		if v == "bad" {
			return errors.New("refused")
		}
		if row == len(*rows) {
			*rows = append(*rows, make([]string, 4))
		}
		(*rows)[row][col] = v
		return nil
	}
	g.Bind()
	return g
}

func TestEnterWalksTheCellsAndOnToANewLine(t *testing.T) {
	var rows [][]string
	g := newGrid(&rows)
	var refused error
	after := 0
	g.OnRefuse = func(_, _ int, err error) { refused = err }
	g.OnAfter = func() { after++ }
	w := newWindow(t, g)
	g.Edit(0, 1)
	w.hit(":A1", "Return", ":12", "Return", ":B2", "Return", ":3", "Return")
	if got := fmt.Sprint(rows); got != "[[ A1  12] [ B2  3]]" {
		t.Errorf("two lines typed are %s", got)
	}
	if g.Row() != 2 || g.Col() != 1 {
		t.Errorf("the cursor is at %d,%d, want the first cell of a third line", g.Row(), g.Col())
	}
	w.hit("Up", ":bad", "Return")
	if refused == nil || !g.Fields[1].Refused() || g.Fields[1].Text() != "bad" || rows[1][1] != "B2" {
		t.Errorf("a refused value: error %v, shown %q, line %v", refused, g.Fields[1].Text(), rows[1])
	}
	w.hit("Escape", "Right")
	if g.Col() != 3 || g.Fields[1].Refused() {
		t.Errorf("Escape puts the value back and → leaves the cell: column %d", g.Col())
	}
	w.hit("Down", "Return")
	if g.Row() != 2 || after != 1 {
		t.Errorf("Enter on an empty last line: row %d, left %d times, want the foot", g.Row(), after)
	}
}

func TestAPickListTakesTheRowUnderTheCursor(t *testing.T) {
	f := NewField("")
	all := []string{"apple", "pear", "peach"}
	took, walked := "", 0
	p := &Picker{Columns: []Column{{Width: 200}}}
	p.Find = func(words string) (rows []PickRow, total int) {
		for _, a := range all {
			if strings.HasPrefix(a, words) {
				rows = append(rows, PickRow{Value: a, Cells: []Cell{{Text: a}}})
			}
		}
		return rows, len(rows)
	}
	made := ""
	p.OnNew = func(words string) { made = words }
	f.WithPicker(p)
	f.OnCommit = func(v string) error { took = v; return nil }
	f.OnWalk = func(Way) { walked++ }
	w := newWindow(t, f.Input)
	w.Canvas().Focus(f.Input)
	w.hit(":p", "Down", "Return")
	if took != "peach" || walked != 1 || p.Opened() {
		t.Errorf("the second of pear and peach: took %q, walked %d times, open %v", took, walked, p.Opened())
	}
	f.SelectAll()
	w.hit(":zz", "Insert")
	if made != "zz" {
		t.Errorf("Insert makes %q, want zz", made)
	}
	f.Parse = func(string) (string, error) { return "", errors.New("no such fruit; Ins makes it") }
	f.SelectAll()
	w.hit(":qq", "Return", "Insert")
	if made != "qq" || took != "peach" {
		t.Errorf("Insert on what was refused makes %q, want qq; took %q", made, took)
	}
}

// In a low window neither above nor below the box there is room for nine rows: the list is as high as one side is, whole, on that side.
func TestAPickListIsNeverHigherThanItsRoom(t *testing.T) {
	for _, at := range []float32{10, 180, 340} {
		f := NewField("")
		p := &Picker{Columns: []Column{{Width: 200}}, Footer: func(int) string { return "keys" }, OnPick: func(string) {}}
		p.Find = func(string) (rows []PickRow, total int) {
			for i := range 30 {
				v := strings.Repeat("x", i+1)
				rows = append(rows, PickRow{Value: v, Cells: []Cell{{Text: v}}})
			}
			return rows, len(rows)
		}
		p.Now = func() string { return strings.Repeat("x", 20) }
		f.WithPicker(p)
		w := newWindow(t, container.NewWithoutLayout(f.Input))
		w.Resize(fyne.NewSize(600, 400))
		f.Input.Resize(fyne.NewSize(120, 26))
		f.Input.Move(fyne.NewPos(0, at))
		w.Canvas().Focus(f.Input)
		w.hit("F4")
		o := w.layer.Top().Object
		top, bottom := o.Position().Y, o.Position().Y+o.Size().Height
		if top < 0 || bottom > 400 || top < at+26 && bottom > at || p.Shown() > 9 || p.Shown() < 4 {
			t.Errorf("at %v: from %v to %v, %d rows", at, top, bottom, p.Shown())
		}
		if first, _ := p.table.Top(); p.table.row < first || p.table.row >= first+p.Shown() {
			t.Errorf("at %v: row %d is not among the %d from %d on", at, p.table.row, p.Shown(), first)
		}
	}
}

// "Audited" takes more than the column was given; half of it might be "Auditing".
func TestAStatusIsReadWhole(t *testing.T) {
	tb := NewTable()
	tb.Columns = []Column{{Key: "status", Title: "S", Width: 40}, {Key: "name", Title: "Name", Width: 600}, {Key: "remark", Title: "Remark", Width: 600}}
	tb.Length = func() int { return 1 }
	tb.CellAt = func(_, col int) Cell {
		if col == 0 {
			return Cell{Text: "Audited", Mark: MarkDone}
		}
		return Cell{Text: "Hand saw"}
	}
	w := newWindow(t, tb)
	w.Canvas().Capture()
	tb.Refresh()
	if got, want := tb.columnWidth(0), Width("Audited", tb.Metrics.Caption, false)+markPad+cellPad; got < want {
		t.Errorf("the column of a status is %v wide, %v are needed", got, want)
	}
}

func TestARingPassesWhatCannotBeTypedIn(t *testing.T) {
	r := &Ring{}
	var parts []fyne.CanvasObject
	var fields []*Field
	for range 3 {
		f := NewField("")
		fields = append(fields, f)
		r.Add(f)
		parts = append(parts, f.Input)
	}
	fields[1].Plain = true
	left := false
	r.After = func() { left = true }
	w := newWindow(t, container.NewVBox(parts...))
	r.First()
	w.hit("Return")
	if !fields[2].Focused() {
		t.Error("Enter does not pass the box that is only read")
	}
	w.hit("Return")
	if !left {
		t.Error("Enter in the last box does not lead on")
	}
}

func TestEveryIconCanBeDrawn(t *testing.T) {
	newWindow(t, NewTable())
	for name := range iconPaths() {
		if r := Icon(name, Ink); !strings.Contains(string(r.Content()), "stroke=\"#1d2630\"") {
			t.Errorf("%s is not drawn in the ink's colour", name)
		}
	}
}

func TestTabsStayInTheWindow(t *testing.T) {
	test.NewTempApp(t)
	list := []Tab{{Title: "Home", Fixed: true}}
	for range 20 {
		list = append(list, Tab{Title: "A delivery 0123"})
	}
	for active := range list {
		o := Tabs(list, active, nil, nil, nil).(*fyne.Container)
		if w := o.MinSize().Width; w > 300 {
			t.Fatalf("20 tabs want %g of the window", w)
		}
		o.Resize(fyne.NewSize(1290, 28))
		row := o.Objects[1].(*fyne.Container).Objects[0].(*fyne.Container)
		seen := 0
		for i, tab := range row.Objects[:len(list)] {
			if tab.Visible() {
				seen++
				if right := tab.Position().X + tab.Size().Width; right > 1290 {
					t.Errorf("with tab %d in front tab %d ends at %g", active, i, right)
				}
			}
		}
		if !row.Objects[0].Visible() || !row.Objects[active].Visible() || seen < 7 {
			t.Errorf("tab %d in front: it is in sight %v, with %d others", active, row.Objects[active].Visible(), seen)
		}
	}
}

func TestABarHidesWhatDoesNotFit(t *testing.T) {
	test.NewTempApp(t)
	var o []fyne.CanvasObject
	for range 10 {
		o = append(o, Fixed(90, 20, Box(Ink)))
	}
	bar := container.New(Bar{Gap: 10}, append(o, Fixed(50, 20, Box(Ink)))...)
	if w := bar.MinSize().Width; w > 160 {
		t.Errorf("a bar of ten wants %g", w)
	}
	bar.Resize(fyne.NewSize(350, 30)) // 300 less the end: three
	for i, c := range o {
		if c.Visible() != (i < 3) {
			t.Errorf("part %d in sight: %v", i, c.Visible())
		}
	}
	bar.Resize(fyne.NewSize(1100, 30))
	if !o[9].Visible() {
		t.Error("with room again the last part stays hidden")
	}
}

// A list opened before its box was in a frame has its keys at once and stands under the box with the next frame, not in the corner.
func TestAPickListWaitsForItsField(t *testing.T) {
	known, later := drawn, nextFrame
	defer func() { drawn, nextFrame = known, later }()
	var frame func()
	drawn = func(fyne.CanvasObject) bool { return false }
	nextFrame = func(_ Host, f func()) { frame = f }
	f := NewField("")
	p := &Picker{Columns: []Column{{Width: 200}}}
	p.Find = func(string) ([]PickRow, int) { return []PickRow{{Value: "a"}}, 1 }
	f.WithPicker(p)
	w := newWindow(t, f.Input)
	w.Canvas().Focus(f.Input)
	w.hit(":a")
	if !p.Opened() || p.over.Object.Visible() || frame == nil {
		t.Fatalf("open %v, in sight %v", p.Opened(), p.over.Object.Visible())
	}
	drawn = known
	frame()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(f.Input)
	if got := p.over.Object.Position(); !p.over.Object.Visible() || got.Y < at.Y+f.Input.Size().Height-1 && got.Y > 0 {
		t.Errorf("the list stands at %v, its box at %v", got, at)
	}
}

// In a line with too little room what can have the keyboard stays in sight; words go first.
func TestFiltersHideNoBox(t *testing.T) {
	test.NewTempApp(t)
	var o []fyne.CanvasObject
	for range 5 {
		o = append(o, Caption("Customer"), Fixed(130, 24, NewInput()))
	}
	o = append(o, NewCheck("Prices include tax", false, nil))
	for _, width := range []float32{1200, 700, 500, 380} {
		c := container.New(Filters{Gap: 8, Least: 72}, o...)
		c.Resize(fyne.NewSize(width, 24))
		end := float32(0)
		for i, x := range o {
			if _, word := x.(*canvas.Text); word && !x.Visible() {
				continue
			}
			if !x.Visible() || x.Size().Width < 20 || x.Position().X < end || x.Position().X+x.Size().Width > width+1 {
				t.Errorf("in %.0f units part %d stands at %.0f, %.0f wide, visible %v", width, i, x.Position().X, x.Size().Width, x.Visible())
			}
			end = x.Position().X + x.Size().Width
		}
	}
}

// A pile is as high as its parts; in a higher place the last one gets the rest.
func TestPileDropsNothing(t *testing.T) {
	test.NewTempApp(t)
	a, b, c := Fixed(10, 50, Box(Bg)), Fixed(10, 60, Box(Bg)), Fixed(10, 20, Box(Bg))
	p := container.New(Pile{Gap: 5, Last: 40}, a, b, c)
	if got := p.MinSize().Height; got != 160 {
		t.Errorf("the pile needs %.0f, want 50 + 5 + 60 + 5 + 40", got)
	}
	p.Resize(fyne.NewSize(100, 200))
	if c.Size().Height != 80 || c.Position().Y != 120 {
		t.Errorf("the last is %.0f high at %.0f, want 80 at 120", c.Size().Height, c.Position().Y)
	}
}
