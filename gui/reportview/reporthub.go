package reportview

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/reports"
)

// OpenReportHub shows the doors to all reports.
func OpenReportHub(s host.Host) { s.Open(&ReportHub{s: s}) }

// ReportHub shows every report as a door, grouped by the part of the business it looks at.
type ReportHub struct {
	s     host.Host
	at    int
	rows  [][]int // doors as they stand, by rows
	List  []*reports.Report
	faces []*fyne.Container
	keys  *kit.Keys
}

const hubColumns = 4

// ID, Title, Area, Unsaved, Leave and Changed are part of Screen.
func (h *ReportHub) ID() string            { return "reports" }
func (h *ReportHub) Title() text.Text      { return text.T("报表", "Reports") }
func (h *ReportHub) Area() string          { return "reports" }
func (h *ReportHub) Unsaved() bool         { return false }
func (h *ReportHub) Leave(done func(bool)) { done(true) }
func (h *ReportHub) Changed()              {}

// Commands, Keys, Key and Focus are part of Screen.
func (h *ReportHub) Commands() []host.Command { return nil }

// Keys are told in the help.
func (h *ReportHub) Keys() []host.Command {
	return []host.Command{{Label: text.T("打开报表", "Open the report"), Key: "Enter"}, {Label: text.T("打开第几张", "Open by its number"), Key: "1 … 9"},
		{Label: text.T("选报表", "Choose a report"), Key: "← → ↑ ↓"}}
}
func (h *ReportHub) Key(*fyne.KeyEvent) bool { return false }
func (h *ReportHub) Focus() {
	kit.Focus(h.keys)
	h.s.Hint(h.s.Tr("数字或 Enter 打开；报表里的每个数都能用 Enter 追到单据", "A digit or Enter opens; in a report Enter leads from every figure to its slip"))
}

// Object is part of Screen.
func (h *ReportHub) Object() fyne.CanvasObject {
	h.rows, h.List, h.faces = nil, nil, nil
	h.keys = kit.NewKeys(h.key)
	h.keys.OnRune = h.digit
	col := container.NewVBox()
	for _, g := range slip.Groups {
		var group []*reports.Report
		for _, r := range reports.Of(h.s.Book()) {
			if r.Area == g.Code {
				group = append(group, r)
			}
		}
		if len(group) > 0 {
			col.Add(kit.Pad(0, 6, kit.Label(h.s.T(g.Title), kit.Ink2, kit.M().Text, true)))
			col.Add(h.doors(group))
		}
	}
	h.at = min(h.at, len(h.List)-1)
	h.light()
	return container.NewStack(h.keys, container.NewVScroll(kit.Pad(16, 8, col)))
}

func (h *ReportHub) doors(group []*reports.Report) fyne.CanvasObject {
	box := container.NewVBox()
	for len(group) > 0 {
		n := min(hubColumns, len(group))
		row := container.New(kit.Filters{Gap: 12, Least: 150})
		var places []int
		for _, r := range group[:n] {
			places = append(places, len(h.List))
			row.Add(h.door(r))
		}
		box.Add(kit.Pad(0, 4, row))
		h.rows, group = append(h.rows, places), group[n:]
	}
	return box
}

func (h *ReportHub) door(r *reports.Report) fyne.CanvasObject {
	i := len(h.List)
	h.List = append(h.List, r)
	title := kit.Label(h.s.T(r.Title), kit.Ink, kit.M().Text, true)
	key := kit.Label("", kit.Accent, kit.M().Caption, true)
	if i < 9 {
		key.Text = string(rune('1' + i))
	}
	about := kit.Fitted(h.about(r), kit.Ink2, kit.M().Caption, false)
	face := container.NewStack(kit.Framed(kit.Paper, kit.Line, 1))
	h.faces = append(h.faces, face)
	body := container.NewStack(face, kit.Pad(10, 7, container.NewVBox(container.NewBorder(nil, nil, nil, key, title), about)))
	return kit.Fixed(296, 58, kit.NewTap(body, func() { h.at = i; h.open() }))
}

// about says what a report can be narrowed to and grouped by.
func (h *ReportHub) about(r *reports.Report) string {
	var words []string
	for _, p := range r.Params {
		if p == "from" || p == "by" {
			continue
		}
		x, _ := reports.ParamOf(p)
		w := h.s.T(x.Title)
		if p == "to" {
			w = h.s.Tr("期间", "Period")
		}
		words = append(words, w)
	}
	for _, by := range r.By {
		if by.Code != "" {
			words = append(words, h.s.T(by.Word))
		}
	}
	return strings.Join(words, " · ")
}

func (h *ReportHub) light() {
	for i, f := range h.faces {
		line, w, ground := kit.Line, float32(1), kit.Paper
		if i == h.at {
			line, w, ground = kit.Accent, 2, kit.Select
		}
		f.Objects = []fyne.CanvasObject{kit.Framed(ground, line, w)}
		f.Refresh()
	}
}

func (h *ReportHub) open() {
	h.light()
	if h.at < len(h.List) {
		OpenReport(h.s, h.List[h.at], reports.Params{})
	}
}

func (h *ReportHub) digit(r rune) {
	if i := int(r - '1'); i >= 0 && i < min(9, len(h.List)) {
		h.at = i
		h.open()
	}
}

func (h *ReportHub) key(ev *fyne.KeyEvent) bool {
	row, col := h.place()
	switch ev.Name {
	case fyne.KeyLeft:
		h.at = max(0, h.at-1)
	case fyne.KeyRight, fyne.KeyTab:
		h.at = min(len(h.List)-1, h.at+1)
	case fyne.KeyUp, fyne.KeyDown:
		if ev.Name == fyne.KeyUp {
			row--
		} else {
			row++
		}
		if row >= 0 && row < len(h.rows) {
			h.at = h.rows[row][min(col, len(h.rows[row])-1)]
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		h.open()
	default:
		return false
	}
	h.light()
	return true
}

func (h *ReportHub) place() (row, col int) {
	for r, places := range h.rows {
		for c, i := range places {
			if i == h.at {
				return r, c
			}
		}
	}
	return 0, 0
}
