package preview

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports/paper"
	"zhanggui/reports/print"
)

// panel is what can be chosen, at the right of the page.
func (v *Screen) panel() fyne.CanvasObject {
	v.ring = &kit.Ring{After: func() { kit.Focus(v.keys) }, Before: func() { kit.Focus(v.keys) }}
	col := container.NewVBox(panelHead(v.s.Tr("打印到", "Print to")))
	col.Add(v.row(v.printerField()))
	col.Add(v.row(v.copiesField()))
	col.Add(panelHead(v.s.Tr("印什么", "What")))
	if len(v.Ways) > 1 {
		col.Add(v.row(v.wayField()))
	}
	if way := v.Way(); way != nil && len(way.Papers) > 0 {
		col.Add(v.row(v.paperField()))
	}
	col.Add(v.row(v.langField()))
	if v.Opt.As == print.AsLabel {
		if !v.Opt.Each {
			col.Add(v.row(v.numberField()))
		}
		if v.kind != host.LabelKind { // a slip says how many pieces there are
			col.Add(v.eachCheck())
		}
		if v.Opt.Paper == string(paper.A4) {
			col.Add(v.row(v.skipField()))
		}
	}
	if len(v.Ways) > 0 {
		col.Add(panelHead(v.s.Tr("对位（毫米）", "Shift (mm)")))
		col.Add(v.row(v.shiftField(v.s.Tr("右移", "Right"), &v.Opt.Shift.X)))
		col.Add(v.row(v.shiftField(v.s.Tr("下移", "Down"), &v.Opt.Shift.Y)))
	}
	if way := v.Way(); way != nil && len(way.Parts) > 0 && v.onForm() {
		col.Add(panelHead(v.s.Tr("印哪些", "What to print")))
		grid := container.NewGridWithColumns(2)
		for _, p := range way.Parts {
			c := kit.NewCheck(v.s.T(p.Label), !slices.Contains(v.Opt.Without, p.Value), func(on bool) { v.leaveOut(p.Value, !on) })
			v.ring.AddCheck(c)
			c.OnEnter = func() { kit.Reveal(v.room, c) }
			grid.Add(c)
		}
		col.Add(grid)
	}
	if v.noPrint != nil {
		col.Add(panelHead(v.s.Tr("没有打印机", "No printer")))
		for _, line := range wrapWords(v.s.Words(v.noPrint), 262) {
			col.Add(kit.Label(line, kit.Warn, kit.M().Caption, false))
		}
	}
	v.room = container.NewVScroll(col)
	return v.room
}

func panelHead(words string) fyne.CanvasObject {
	return container.NewVBox(kit.Pad(0, 3, kit.Label(words, kit.Ink, kit.M().Text, true)), kit.HLine(kit.Hair))
}

func (v *Screen) row(f *kit.Field) fyne.CanvasObject {
	v.ring.Add(f)
	f.OnRefuse = func(err error) { v.s.Fail(err) }
	f.OnSettle = v.s.Settled
	f.OnEnter = func() { kit.Reveal(v.room, f.Input) }
	return kit.Pad(0, 2, container.New(kit.FormGrid{Columns: []float32{278}, Label: 62 * kit.M().Zoom()}, kit.Labelled(f.Label, f.Input)))
}

// wrapWords breaks words into lines no wider than w; Chinese breaks anywhere.
func wrapWords(s string, w float32) (lines []string) {
	line := ""
	for _, r := range s {
		if kit.Width(line+string(r), kit.M().Caption, false) > w {
			cut := strings.LastIndex(line, " ")
			if r >= 0x2E80 || cut < 0 {
				lines, line = append(lines, line), ""
			} else {
				lines, line = append(lines, line[:cut]), line[cut+1:]
			}
		}
		line += string(r)
	}
	return append(lines, line)
}

// Rebuilt shows the choices anew after one that changes the others.
func (v *Screen) Rebuilt() {
	v.PDF = nil
	v.s.Anew(v)
}

func (v *Screen) printerField() *kit.Field {
	f := parts.ChoiceField(v.s, v.s.Tr("打印机", "Printer"), func() (list []slip.Choice) {
		for _, p := range v.printers {
			list = append(list, slip.Choice{Value: p.Name, Label: text.T(p.Name, p.Name)})
		}
		return list
	})
	f.Input.Hint = v.s.Tr("没有", "none")
	f.SetValue(v.printer)
	f.OnCommit = func(name string) error {
		v.printer = name
		v.s.Preferences().SetString("printer", name)
		v.recall()
		v.lay()
		return nil
	}
	return f
}

// onForm tells whether the paper chosen is a form, which can leave parts out; a till's roll and a bound voucher are printed whole.
func (v *Screen) onForm() bool {
	return slices.Contains(paper.Sizes(), paper.Size(v.Opt.Paper))
}

// leaveOut prints without a part, or with it again; it is kept for the next time.
func (v *Screen) leaveOut(part string, out bool) {
	v.Opt.Without = slices.DeleteFunc(slices.Clone(v.Opt.Without), func(p string) bool { return p == part })
	if out {
		v.Opt.Without = append(v.Opt.Without, part)
	}
	v.page = 0
	v.remember()
	v.lay()
}

// findPrinters asks the system in the background; it may take a second.
func (v *Screen) findPrinters() {
	var list []print.Printer
	b := v.s.Book()
	v.s.Work(v.s.Tr("找打印机", "looking for printers"), func() (err error) {
		list, err = print.Printers()
		return err
	}, func(err error) {
		if v.s.Book() != b {
			return
		}
		v.printers, v.noPrint = list, err
		if v.printer == "" && len(list) > 0 {
			v.printer = list[0].Name
		}
		v.panelAnew()
	})
}

// panelAnew draws the choices again; the page stays.
func (v *Screen) panelAnew() {
	if v.side == nil {
		return
	}
	had := v.s.Window().Canvas().Focused()
	v.side.Objects = []fyne.CanvasObject{v.panel()}
	v.side.Refresh()
	if v.s.Current() == host.Screen(v) && had != nil && had != fyne.Focusable(v.keys) && v.s.Layer().Modal() == nil {
		kit.Focus(v.keys)
	}
}

func (v *Screen) copiesField() *kit.Field {
	f := kit.NewField(v.s.Tr("份数", "Copies"))
	f.Parse = func(typed string) (string, error) {
		n, err := strconv.Atoi(strings.TrimSpace(typed))
		if err != nil || n < 1 || n > 99 {
			return "", fault.New(fault.Invalid, "份数应在 1 到 99 之间", "copies are 1 to 99")
		}
		return strconv.Itoa(n), nil
	}
	f.SetValue(strconv.Itoa(v.copies))
	f.OnCommit = func(n string) error {
		v.copies, _ = strconv.Atoi(n)
		return nil
	}
	return f
}

func (v *Screen) wayField() *kit.Field {
	f := parts.ChoiceField(v.s, v.s.Tr("单据", "Form"), func() (list []slip.Choice) {
		for _, w := range v.Ways {
			list = append(list, slip.Choice{Value: w.As, Label: w.Title})
		}
		return list
	})
	f.SetValue(v.Way().As)
	f.OnCommit = func(as string) error {
		v.Opt.As, v.Opt.Plies, v.Opt.Paper, v.page, v.ruler = as, nil, "", 0, false
		if way := v.Way(); way != nil && len(way.Papers) > 0 {
			v.Opt.Paper = way.Papers[0].Value
		}
		v.recall()
		v.Rebuilt()
		return nil
	}
	return f
}

func (v *Screen) paperField() *kit.Field {
	f := parts.ChoiceField(v.s, v.s.Tr("纸张", "Paper"), func() []slip.Choice { return v.Way().Papers })
	f.SetValue(v.Opt.Paper)
	f.OnCommit = func(name string) error {
		was := v.onForm()
		v.Opt.Paper, v.page = name, 0
		v.remember()
		if v.Opt.As == print.AsLabel || was != v.onForm() { // a sheet of labels asks for its first place, a form for its parts
			v.Rebuilt()
			return nil
		}
		v.lay()
		return nil
	}
	return f
}

func (v *Screen) langField() *kit.Field {
	f := parts.ChoiceField(v.s, v.s.Tr("语言", "Language"), func() []slip.Choice {
		return []slip.Choice{{Value: string(text.Zh), Label: text.T("中文", "中文")}, {Value: string(text.En), Label: text.T("English", "English")}}
	})
	f.SetValue(string(v.Opt.Lang))
	f.OnCommit = func(l string) error {
		v.Opt.Lang = text.Lang(l)
		v.lay()
		return nil
	}
	return f
}

func (v *Screen) eachCheck() fyne.CanvasObject {
	c := kit.NewCheck(v.s.Tr("每一件一张", "One for every piece"), v.Opt.Each, func(on bool) {
		v.Opt.Each = on
		v.Rebuilt()
	})
	v.ring.AddCheck(c)
	return c
}

// numberField asks how many labels of each product.
func (v *Screen) numberField() *kit.Field {
	return v.number(v.s.Tr("每种张数", "Of each"), 1, 5000, &v.Opt.Number)
}

// skipField asks how many places of the first sheet are used already.
func (v *Screen) skipField() *kit.Field {
	return v.number(v.s.Tr("空出几格", "Skip"), 0, 23, &v.Opt.Skip)
}

// number is a box of a whole number between two others.
func (v *Screen) number(label string, least, most int, at *int) *kit.Field {
	f := kit.NewField(label)
	f.Parse = func(typed string) (string, error) {
		n, err := strconv.Atoi(strings.TrimSpace(typed))
		if err != nil || n < least || n > most {
			return "", fault.New(fault.Invalid, "请填 %d 到 %d", "fill in %d to %d", least, most)
		}
		return strconv.Itoa(n), nil
	}
	f.SetValue(strconv.Itoa(max(*at, least)))
	f.OnCommit = func(n string) error {
		*at, _ = strconv.Atoi(n)
		v.page = 0
		v.lay()
		return nil
	}
	return f
}

const mostShift = 30

func (v *Screen) shiftField(label string, at *float64) *kit.Field {
	f := kit.NewField(label)
	f.Parse = func(typed string) (string, error) {
		x, err := strconv.ParseFloat(strings.TrimSpace(typed), 64)
		if strings.TrimSpace(typed) == "" {
			x, err = 0, nil
		}
		if err != nil || x < -mostShift || x > mostShift {
			return "", fault.New(fault.Invalid, "对位是 −30 到 30 毫米，例如 0.5", "the shift is -30 to 30 mm, such as 0.5")
		}
		return fmt.Sprintf("%.1f", x), nil
	}
	f.Step = func(value string, by int) string {
		x, _ := strconv.ParseFloat(value, 64)
		return fmt.Sprintf("%.1f", max(-mostShift, min(mostShift, x+float64(by)*0.5)))
	}
	f.SetValue(fmt.Sprintf("%.1f", *at))
	f.OnCommit = func(mm string) error {
		*at, _ = strconv.ParseFloat(mm, 64)
		v.remember()
		v.lay()
		return nil
	}
	return f
}

// kept is what this person prints a kind of paper with.
type kept struct {
	Paper string
	Shift print.Shift
	// Without are the parts this person leaves out.
	Without []string
}

func (v *Screen) keptAt() string {
	return "print/" + v.kind + "/" + v.Opt.As + "/" + v.printer
}

// remember keeps paper and shift for the next time; recall takes them back.
func (v *Screen) remember() {
	if b, err := json.Marshal(kept{v.Opt.Paper, v.Opt.Shift, v.Opt.Without}); err == nil && v.kind != "" {
		v.s.Preferences().SetString(v.keptAt(), string(b))
	}
}

func (v *Screen) recall() {
	v.printer = v.s.Preferences().String("printer")
	var k kept
	if json.Unmarshal([]byte(v.s.Preferences().String(v.keptAt())), &k) != nil {
		return // nothing kept
	}
	v.Opt.Shift, v.Opt.Without = k.Shift, k.Without
	if way := v.Way(); way != nil {
		for _, p := range way.Papers {
			if p.Value == k.Paper {
				v.Opt.Paper = k.Paper
			}
		}
	}
}
