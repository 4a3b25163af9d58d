package gui

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/gui/bookroom"
	"zhanggui/gui/kit"
	"zhanggui/gui/reportview"
	"zhanggui/gui/standing"
	"zhanggui/gui/stocktake"
	"zhanggui/reports"
)

// menuBar is the room that the window's own menu takes.
const menuBar = 23

// A stop is one screen or dialog: its name and how to get there from home.
type stop struct {
	name string
	open func(h *hands)
}

// stops are all screens and dialogs of the book in the window: every kind, list, record, report and tool.
func (h *hands) stops() []stop {
	s, b := h.s, h.s.Book()
	var all []stop
	add := func(name string, open func(h *hands)) { all = append(all, stop{name, open}) }
	keys := func(first func(), keys ...string) func(*hands) {
		return func(h *hands) { first(); h.press(keys...) }
	}
	for _, g := range b.Groups() {
		add("home-"+string(g.Code), func(*hands) { s.OpenArea(g.Code) })
	}
	for _, k := range b.Kinds() {
		add("list-"+k.Code, func(*hands) { s.OpenList(k) })
		add("new-"+k.Code, func(*hands) { s.NewSlip(k) })
		for _, n := range h.samples(k) {
			add("slip-"+k.Code+"-"+string(n.Status), func(*hands) { s.OpenSlip(n.Number) })
			if n.Status == slip.Audited {
				add("flow-"+k.Code, func(*hands) { s.OpenFlow(n.Number) })
				add("voucher-"+k.Code, func(*hands) { s.OpenVoucher(n.Number) })
				add("unaudit-"+k.Code, keys(func() { s.OpenSlip(n.Number) }, "Ctrl+F9"))
				add("push-"+k.Code, keys(func() { s.OpenSlip(n.Number) }, "F8"))
			}
		}
		add("sources-"+k.Code, keys(func() { s.NewSlip(k) }, "F3"))
	}
	for _, t := range b.Types() {
		add("masters-"+t.Code, func(*hands) { standing.OpenMasters(s, t) })
		add("record-"+t.Code, keys(func() { standing.OpenMasters(s, t) }, "Enter"))
		add("newrecord-"+t.Code, func(*hands) { s.NewMaster(t, "", nil) })
	}
	for _, r := range reports.Of(b) {
		add("report-"+r.Name, func(*hands) { s.OpenReport(r, reports.Params{}) })
	}
	add("masters", func(*hands) { standing.OpenMasterHub(s) })
	add("reports", func(*hands) { reportview.OpenReportHub(s) })
	add("settings", func(*hands) { s.Settings() })
	add("backups", func(*hands) { s.BackupDialog() })
	add("periods", func(*hands) { s.ClosePeriod() })
	add("verify", func(*hands) { s.Verify() })
	add("newbook", func(*hands) { s.NewBook() })
	add("openbook", func(*hands) { s.OpenBookDialog() })
	add("lookbook", func(*hands) { s.LookDialog("") })
	add("import", func(*hands) { s.Import("") })
	add("import-products", func(*hands) { s.Import("products") })
	add("export", func(*hands) { s.Export("") })
	add("cashcount", func(*hands) { s.CountCash() })
	add("costing", func(*hands) { s.ChangeCosting() })
	add("salvage", func(*hands) { bookroom.OpenSalvage(s) })
	add("picking", func(*hands) { stocktake.OpenPicking(s) })
	add("help-home", keys(s.OpenHome, "F1"))
	add("palette", keys(s.OpenHome, "F10"))
	add("about", func(*hands) { s.About() })
	return all
}

// words are all that stands in the book's records: of the other language only by intent, as a foreign name is.
func (h *hands) words() map[string]bool {
	all := map[string]bool{}
	for _, t := range h.s.Book().Types() {
		h.s.Book().Masters().Each(t.Code, func(r *master.Record) {
			for _, v := range r.Values {
				all[v] = true
			}
		})
	}
	return all
}

// samples are one slip of a kind in each state there is.
func (h *hands) samples(k *slip.Kind) []*slip.Doc {
	h.t.Helper()
	list, err := h.s.Book().List(inquiry.Filter{Kinds: []string{k.Code}}, inquiry.Sorting{Key: "date"})
	if err != nil {
		h.t.Fatal(err)
	}
	rows, err := h.s.Book().Rows(list.IDs[:min(len(list.IDs), 200)])
	if err != nil {
		h.t.Fatal(err)
	}
	var found []*slip.Doc
	for _, r := range rows {
		if !slices.ContainsFunc(found, func(d *slip.Doc) bool { return d.Status == r.Status }) {
			d, err := h.s.Book().Load(r.Number)
			if err != nil {
				h.t.Fatal(err)
			}
			found = append(found, d)
		}
	}
	return found
}

// away goes back to home from wherever a stop led.
func (h *hands) away() {
	h.s.layer.CloseAll()
	h.s.Win.Canvas().Unfocus()
	h.s.tabs = h.s.tabs[:1]
	h.s.busy = nil
	h.s.Choose(0)
}

// settle lays the window out anew, as the frame after would: Fyne's test window does not when a part's least size changes.
func (h *hands) settle() {
	content := h.s.Win.Content()
	content.Resize(content.Size().SubtractWidthHeight(1, 1))
	content.Resize(content.Size().AddWidthHeight(1, 1))
}

// looks are the windows a walk goes through.
type looks struct {
	size  fyne.Size
	style kit.Style
}

func (l looks) String() string {
	shade := "light"
	if l.style.Dark {
		shade = "dark"
	}
	return fmt.Sprintf("%.0fx%.0f-%s-%s", l.size.Width, l.size.Height, l.style.Density, shade)
}

var (
	windows   = []fyne.Size{{Width: 1366, Height: 768}, {Width: 1024, Height: 640}, {Width: 1280, Height: 672}, {Width: 1920, Height: 1080}}
	densities = []kit.Density{kit.Normal, kit.Large, kit.Compact}
)

// whole tells that every screen is walked in every look: ZG_WALK=all, as dev shots sets it. Otherwise the most used window and
// the extremes are.
func whole() bool { return os.Getenv("ZG_WALK") == "all" }

func walks() []looks {
	if !whole() && os.Getenv("ZG_LOOK") == "" {
		return []looks{
			{windows[0], kit.Style{Density: kit.Normal}},
			{windows[1], kit.Style{Density: kit.Large, Dark: true}},
		}
	}
	var list []looks
	for _, w := range windows {
		for _, d := range densities {
			for _, dark := range []bool{false, true} {
				if l := (looks{w, kit.Style{Density: d, Dark: dark}}); strings.Contains(l.String(), os.Getenv("ZG_LOOK")) {
					list = append(list, l)
				}
			}
		}
	}
	return list
}

// Every screen, list, record, report and dialog, in both languages: no word is cut, covered, out of sight, over another, of the
// other language, too pale or too small to read, and no figure is shown in part. ZG_SHOTS names a folder to keep pictures in,
// ZG_LOOK a part of a look's name and
// ZG_STOP a part of a stop's name to walk only that.
func TestEveryScreenIsReadable(t *testing.T) {
	only := os.Getenv("ZG_STOP")
	bothLanguages(t, func(t *testing.T, h *hands, _ bool) {
		h.demoBook()
		all, data := h.stops(), h.words()
		for _, l := range walks() {
			h.s.tabs = h.s.tabs[:1]
			h.s.active = 0
			h.s.SetStyle(l.style)
			h.s.Win.Resize(l.size.SubtractWidthHeight(0, menuBar))
			said := map[string][]string{}
			for _, p := range all {
				if only != "" && !strings.Contains(p.name, only) {
					continue
				}
				h.s.Calm()
				p.open(h)
				h.settle()
				faults := look(h.s, data)
				for _, f := range faults {
					said[f] = append(said[f], p.name)
				}
				h.shoot(l, p.name, len(faults) > 0)
				h.away()
			}
			h.tell(l, said)
		}
	})
}

// tell fails for each fault once, naming the screens that have it.
func (h *hands) tell(l looks, said map[string][]string) {
	h.t.Helper()
	var list []string
	for f := range said {
		list = append(list, f)
	}
	slices.Sort(list)
	for _, f := range list {
		more := ""
		if n := len(said[f]) - 3; n > 0 {
			more = fmt.Sprintf(" and %d more", n)
		}
		h.t.Errorf("%v: %s: %s%s", l, f, strings.Join(said[f][:min(3, len(said[f]))], ", "), more)
	}
}

// shoot keeps a picture.
func (h *hands) shoot(l looks, name string, bad bool) {
	folder := os.Getenv("ZG_SHOTS")
	if folder == "" {
		return
	}
	folder = filepath.Join(folder, string(h.s.lang), l.String())
	if bad {
		folder = filepath.Join(folder, "bad")
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		h.t.Fatal(err)
	}
	w, err := os.Create(filepath.Join(folder, strings.ReplaceAll(name, "/", "-")+".png"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer w.Close()
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, h.s.Win.Canvas().Capture()); err != nil {
		h.t.Fatal(err)
	}
}
