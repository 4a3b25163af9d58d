package gui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/inquiry"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/gui/preview"
	"zhanggui/reports"
	"zhanggui/reports/print"
)

// oneOf is the number of a slip of a kind, the first by date.
func oneOf(t *testing.T, s *Shell, kind string) string {
	t.Helper()
	list, err := s.Book().List(inquiry.Filter{Kinds: []string{kind}}, inquiry.Sorting{Key: "date"})
	if err != nil || len(list.IDs) == 0 {
		t.Fatalf("no %s: %v", kind, err)
	}
	rows, err := s.Book().Rows(list.IDs[:1])
	if err != nil {
		t.Fatal(err)
	}
	return rows[0].Number
}

func TestPreviewShowsAndCountsOnlyWhatIsSaved(t *testing.T) {
	t.Setenv("PATH", t.TempDir()) // a machine without printers
	s := northwind(t)
	number := oneOf(t, s, "delivery")
	s.Preview([]string{number})
	v, ok := s.Current().(*preview.Screen)
	if !ok || v.PDF == nil {
		t.Fatal("no preview")
	}
	if v.Pages != 1 || int(v.MM[0]+0.5) != 241 || int(v.MM[1]+0.5) != 140 {
		t.Errorf("%d pages of %.0f × %.0f mm, want one of 241 × 140", v.Pages, v.MM[0], v.MM[1])
	}
	if words := v.FootWords(); !strings.HasPrefix(words, "241 × 139.7 mm") {
		t.Errorf("the paper is said to be %q", words)
	}
	s.Win.Canvas().Focused().TypedRune('1')
	s.Win.Canvas().Focused().TypedRune('3')
	if v.Pages != 2 || strings.Join(v.Opt.Plies, " ") != "white yellow" {
		t.Errorf("1 and 3 give %d pages of %v", v.Pages, v.Opt.Plies)
	}
	press(s, fyne.KeyPageDown)
	if words := v.FootWords(); !strings.HasSuffix(words, "page 2 of 2") {
		t.Errorf("PgDn shows %q", words)
	}
	press(s, fyne.KeyReturn)
	if words, tone := s.message.Text(); tone != kit.Refusal || words == "" {
		t.Errorf("without a printer Enter says %q", words)
	}
	if d, _ := s.Book().Load(number); d.Prints != 0 {
		t.Errorf("looking counts %d prints", d.Prints)
	}
	press(s, fyne.KeyF2) // the offer: save it
	if s.layer.Modal() == nil {
		t.Fatal("F2 asks for no file")
	}
	path := filepath.Join(t.TempDir(), "slip")
	in := s.Win.Canvas().Focused().(*kit.Input)
	in.SetText(path)
	press(s, fyne.KeyReturn)
	if pdf, err := os.ReadFile(path + ".pdf"); err != nil || !strings.HasPrefix(string(pdf), "%PDF") {
		t.Errorf("no PDF was saved: %v", err)
	}
	if words, _ := s.message.Text(); !strings.Contains(words, path) {
		t.Errorf("the line does not tell where it went: %q", words)
	}
	if d, _ := s.Book().Load(number); d.Prints != 1 {
		t.Errorf("saving counts %d prints, want 1", d.Prints)
	}
}

func TestEveryWayOfADeliveryPreviews(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	s := northwind(t)
	s.Preview([]string{oneOf(t, s, "delivery")})
	v := s.Current().(*preview.Screen)
	for _, lang := range []text.Lang{text.Zh, text.En} {
		s.SetLang(lang)
		for _, way := range v.Ways {
			v.Opt.As, v.Opt.Paper, v.Opt.Plies = way.As, way.Papers[0].Value, nil
			v.Rebuilt()
			if v.PDF == nil || v.Pages == 0 {
				t.Errorf("%s in %s: nothing to see (%v)", way.As, lang, v.Fault)
			}
		}
		if min := v.Object().MinSize(); min.Width > 1290 || min.Height > 560 {
			t.Errorf("the preview needs %v", min)
		}
	}
}

func TestSeveralDeliveriesPreviewAsOneWalk(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	s := northwind(t)
	l, err := s.Book().List(inquiry.Filter{Kinds: []string{"delivery"}}, inquiry.Sorting{Key: "date"})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := s.Book().Rows(l.IDs[:3])
	if err != nil {
		t.Fatal(err)
	}
	s.Preview([]string{rows[0].Number, rows[1].Number, rows[2].Number})
	v := s.Current().(*preview.Screen)
	v.Opt.As, v.Opt.Paper, v.Opt.Plies = print.AsMerged, "a4", nil
	if v.Way() == nil {
		t.Fatal("several deliveries do not offer a merged pick list")
	}
	v.Rebuilt()
	if v.Pages != 2 || v.Fault != nil { // the walk, and who gets what
		t.Errorf("%d pages, %v", v.Pages, v.Fault)
	}
}

func TestAReportPrintsWithTheRowsInSight(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	s := northwind(t)
	v := openReport(t, s, "sales-summary", reports.Params{})
	v.Look("queso")
	v.Print()
	p, ok := s.Current().(*preview.Screen)
	if !ok || p.Pages != 1 {
		t.Fatal("no preview of the report")
	}
	words, err := preview.Renderer().Text(p.PDF, 0)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(words, "Queso Cabrales") || !strings.Contains(words, "24,877.23") || strings.Contains(words, "Chai") {
		t.Errorf("the paper says %s", words)
	}
}

// A slip speaks to who gets it: turning the window to the other language turns no paper.
func TestAPaperIsNotInTheWindowsLanguage(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	s := northwind(t)
	book := s.Book().Settings().Lang
	for _, lang := range []text.Lang{text.Zh, text.En} {
		s.SetLang(lang)
		s.Preview([]string{oneOf(t, s, "delivery")})
		v := s.Current().(*preview.Screen)
		if v.Opt.Lang != book || !strings.Contains(string(v.PDF), "/Lang (") || strings.Contains(string(v.PDF), "/Lang (zh-CN)") != (book == text.Zh) {
			t.Errorf("in a window of %s the paper is in %s, the book in %s", lang, v.Opt.Lang, book)
		}
		s.CloseTab()
	}
}

// What is to be printed is ticked beside the paper and kept for the next time; Ctrl+R shows the ruler page of the sheet, moved by the shift as it
// is typed, and printing that counts nothing. Ctrl+C copies the page.
func TestPreviewLeavesPartsOutAndMeasures(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		t.Setenv("PATH", t.TempDir())
		h.shop()
		f := h.sell("C1", "20")
		h.press("Ctrl+S")
		number := f.doc.Number
		say := func(z, e string) string { return map[bool]string{true: z, false: e}[zh] }
		on := func() string {
			t.Helper()
			words, err := preview.Renderer().Text(h.s.Current().(*preview.Screen).PDF, 0)
			h.does(err)
			return words
		}
		h.press("Ctrl+P")
		v := h.s.Current().(*preview.Screen)
		h.sees(say("印哪些", "What to print"), say("单价金额", "Prices"), say("上期欠款", "Balance"))
		h.picture("preview")
		if !strings.Contains(on(), say("人民币", "Total CNY")) {
			t.Fatal(on())
		}
		h.press("F6")
		for range 20 {
			if c, ok := h.s.Win.Canvas().Focused().(*kit.Check); ok && c.Label == say("大写金额", "Total line") {
				break
			}
			h.press("Tab")
		}
		h.write(" ")
		if strings.Contains(on(), say("人民币", "Total CNY")) || len(v.Opt.Without) != 1 {
			t.Errorf("without %v the paper says %s", v.Opt.Without, on())
		}
		h.press("F6", "Ctrl+R")
		h.picture("preview-ruler")
		if !strings.Contains(on(), "230") || strings.Contains(on(), number) {
			t.Errorf("the ruler page says %s", on())
		}
		h.press("Ctrl+C")
		h.sees(say("F2 存为图片", "F2 save picture"))
		h.press("Ctrl+R")
		if !strings.Contains(on(), number) {
			t.Errorf("Ctrl+R does not go back: %s", on())
		}
		h.s.CloseTab()
		h.s.Preview([]string{number})
		if v := h.s.Current().(*preview.Screen); len(v.Opt.Without) != 1 || strings.Contains(on(), say("人民币", "Total CNY")) {
			t.Errorf("the next time %v is left out", v.Opt.Without)
		}
	})
}
