package gui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/gui/bookroom"
	"zhanggui/gui/standing"
	"zhanggui/gui/stocktake"
	"zhanggui/reports"
	"zhanggui/reports/print"
)

// rareBook is a book whose invoices make owed what is paid, with names of rare characters, and with codes that nobody could take for names.
func (h *hands) rareBook() *workflow.Book {
	h.t.Helper()
	b, err := workflow.Create(filepath.Join(h.t.TempDir(), "rare.zg"), workflow.Settings{Company: "𠮷ýňńžťčąęł", Start: 202610, Flow: "invoice", VAT: 1300, Lang: h.s.lang})
	if err != nil {
		h.t.Fatal(err)
	}
	b.Now = func() time.Time { return now }
	load := func(kind, header string, rows ...string) {
		h.t.Helper()
		tab := &exchange.Table{Name: kind, Header: strings.Split(header, ",")}
		for i, r := range rows {
			tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
		}
		if _, err := exchange.Import(b, kind, tab, false); err != nil {
			h.t.Fatal(err)
		}
	}
	load("units", "code,name", "QZU1,"+map[text.Lang]string{text.Zh: "只", text.En: "piece"}[h.s.lang])
	load("warehouses", "code,name", "QZW1,Žižkov 𠮷", "QZW2,Łódź")
	load("departments", "code,name", "QZD1,Děčín")
	load("employees", "code,name", "QZE1,Ąženň")
	load("accounts", "code,name,type", "QZK1,Kasa ę,cash")
	load("categories", "code,name", "QZG1,Šroub ť")
	load("products", "code,name,spec,unit,category,barcode,sales_price,purchase_price", "A1,Šroub ýňńžťčąęł,M6×20,QZU1,QZG1,6901234567892,3,2", "B2,𠮷 Łuk,250,QZU1,QZG1,,80,50")
	load("customers", "code,name,credit_limit,payment_days", "C1,Dvořák ž,1000,30", "C2,𠮷野 č,,")
	load("suppliers", "code,name", "S1,Żółć ń")
	load("opening-stock", "warehouse,product,qty,cost", "QZW1,A1,100,2", "QZW1,B2,10,50", "QZW2,B2,20,50")
	load("slips", "kind,number,date,party,warehouse,product,qty,price,employee,department,audit", "goods-receipt,r,2026-11-02,S1,QZW1,A1,10,10,QZE1,QZD1,yes", "delivery,d,2026-11-04,C1,QZW1,A1,4,5,QZE1,QZD1,yes", "delivery,d2,2026-11-05,C2,QZW1,B2,1,80,QZE1,QZD1,")
	load("slips", "kind,number,date,warehouse,product,qty,audit", "material-issue,m,2026-11-03,QZW1,A1,4,yes")
	load("slips", "kind,number,date,party,product,qty,price,audit", "purchase-invoice,i,2026-11-05,S1,A1,10,11,yes", "sales-invoice,j,2026-11-06,C1,A1,4,5,yes")
	load("slips", "kind,number,date,party,account,amount,source,audit", "collection,k,2026-11-10,C1,QZK1,10,j,yes")
	h.s.enter(b)
	return b
}

// bareStops are the screens of a window without a book.
func (h *hands) bareStops() []stop {
	s := h.s
	return []stop{
		{"welcome", func(*hands) {}},
		{"bare-newbook", func(*hands) { s.NewBook() }},
		{"bare-openbook", func(*hands) { s.OpenBookDialog() }},
		{"bare-lookbook", func(*hands) { s.LookDialog("") }},
		{"bare-restore", func(*hands) { s.BackupDialog() }},
		{"bare-salvage", func(*hands) { bookroom.OpenSalvage(s) }},
		{"bare-about", func(*hands) { s.About() }},
		{"bare-help", func(h *hands) { h.press("F1") }},
		{"bare-palette", func(h *hands) { h.press("F10") }},
	}
}

// deepStops are the screens and dialogs that something must be done for first: matching, counting, the gate, versions, papers.
func (h *hands) deepStops() []stop {
	s, b := h.s, h.s.Book()
	all := []stop{}
	add := func(name string, open func(h *hands)) { all = append(all, stop{name, open}) }
	k := func(code string) *slip.Kind { return kind(h.t, code) }
	add("match-purchase", func(*hands) { s.OpenMatching(k("purchase-invoice"), "S1") })
	add("match-sales", func(*hands) { s.OpenMatching(k("sales-invoice"), "C1") })
	add("match-ask", func(h *hands) { s.OpenMatching(k("purchase-invoice"), "S1"); h.press("F8", "F9") })
	add("gate", func(h *hands) { h.delivery("C1", "A1 90 1", "B2 2 800"); h.press("F9") })
	add("shortages", func(h *hands) { h.delivery("C2", "A1 150", "B2 12"); h.press("F9") })
	add("leave-unsaved", func(h *hands) { h.delivery("C2", "A1 1"); h.press("Esc", "Esc", "Esc") })
	add("count", (*hands).counts)
	add("differences", func(h *hands) { h.counts(); h.press("Ctrl+D") })
	add("count-quantity", func(h *hands) { h.counts(); h.press("*") })
	add("merge", func(h *hands) { h.clashes(); h.press("F2") })
	add("changed-elsewhere", (*hands).clashes)
	for _, x := range []string{"delivery", "goods-receipt", "purchase-invoice", "collection"} {
		list := h.samples(k(x))
		for _, w := range print.FormsOf(k(x), 1) {
			add("preview-"+x+"-"+w.As, func(*hands) { s.PreviewAs([]string{list[0].Number}, w.As) })
		}
		add("flow-"+x, func(*hands) { s.OpenFlow(list[0].Number) })
		add("flow-list-"+x, func(h *hands) { s.OpenFlow(list[0].Number); h.press("Ctrl+L") })
	}
	add("preview-report", func(h *hands) { s.OpenReport(reports.Expiry, reports.Params{}); h.press("Ctrl+P") })
	add("labels", func(h *hands) { standing.OpenMasters(s, b.Types()[0]); h.press("Ctrl+A", "Ctrl+P") })
	add("pick", func(h *hands) { stocktake.OpenPicking(s, h.draft("delivery")) })
	add("import-faults", func(h *hands) {
		path := filepath.Join(h.t.TempDir(), "bad.csv")
		if err := os.WriteFile(path, []byte("code,name,unit,sales_price\nX1,,nowhere,abc\nX1,Y,QZU1,1\n,Z,QZU1,2\n"), 0o666); err != nil {
			h.t.Fatal(err)
		}
		bookroom.ImportFile(s, "products", path)
	})
	add("close-month", func(h *hands) { s.ClosePeriod(); h.press("F9") })
	add("costing-trial", func(h *hands) { s.ChangeCosting(); h.press("F4", "Down", "Enter", "Enter", "Enter") })
	add("report-filter", func(h *hands) { h.report("sales-ledger"); h.press("Ctrl+M") })
	add("report-bars", func(h *hands) { h.report("sales-summary"); h.press("Ctrl+G") })
	add("alltabs", func(h *hands) { s.Settings(); s.Verify(); h.press("Ctrl+Shift+T") })
	return all
}

func (h *hands) report(name string) {
	if r, ok := reports.ByName(name); ok {
		h.s.OpenReport(r, reports.Params{})
	}
}

// counts opens a count of two products with one of them found short.
func (h *hands) counts() {
	h.s.NewSlip(kind(h.t, "stocktake"))
	h.press("Ctrl+G", "Enter", "Enter", "Enter", "Enter", "F8")
	h.write("85*6901234567892")
	h.press("Enter")
}

// clashes types into a slip that another program has changed meanwhile.
func (h *hands) clashes() {
	f := h.delivery("C2", "A1 10")
	h.press("Ctrl+S")
	f.grid.Edit(0, f.lines.column("qty"))
	h.write("15")
	h.press("Enter")
	other := h.other()
	h.does(changed(h.t, other, f.doc.Number, func(d *slip.Doc) { d.Lines[0].Qty = 12 * num.QuantityOne }))
	other.Close()
}

// What is seldom seen is as readable: the window without a book, matching, counting, the gate, what two people changed, every paper of a slip,
// what is wrong with a file. The names in it have rare characters, each drawn with a glyph of its own; no record that people know by name
// is shown by its code.
func TestWhatIsSeldomSeenIsReadable(t *testing.T) {
	t.Setenv("PATH", t.TempDir()) // a machine without printers
	only := os.Getenv("ZG_STOP")
	bothLanguages(t, func(t *testing.T, h *hands, _ bool) {
		for _, l := range walks() {
			h.s.SetStyle(l.style)
			h.s.Win.Resize(l.size.SubtractWidthHeight(0, menuBar))
			h.goOver(l, h.bareStops(), nil, only, func() {
				h.s.layer.CloseAll()
				h.s.Welcome()
			})
		}
		b := h.rareBook()
		all, data := h.deepStops(), h.words()
		for i, p := range h.stops() { // which the other walk goes through with a larger book
			if whole() || only != "" || i%5 == 0 {
				all = append(all, p)
			}
		}
		named := codes(b)
		for _, w := range []string{b.Settings().Company, "王"} {
			data[w] = true
		}
		for _, l := range walks() {
			h.s.tabs = h.s.tabs[:1]
			h.s.active = 0
			h.s.SetStyle(l.style)
			h.s.Win.Resize(l.size.SubtractWidthHeight(0, menuBar))
			h.named = named
			h.goOver(l, all, data, only, h.away)
		}
	})
}

// codes are those of records that people know by name.
func codes(b *workflow.Book) map[string]bool {
	all := map[string]bool{}
	for _, t := range b.Types() {
		b.Masters().Each(t.Code, func(r *master.Record) {
			if strings.HasPrefix(r.Code(), "QZ") {
				all[r.Code()] = true
			}
		})
	}
	return all
}

func (h *hands) goOver(l looks, stops []stop, data map[string]bool, only string, back func()) {
	said := map[string][]string{}
	for _, p := range stops {
		if only != "" && !strings.Contains(p.name, only) {
			continue
		}
		h.s.Calm()
		p.open(h)
		h.settle()
		faults := look(h.s, data)
		if !strings.HasPrefix(p.name, "masters-") && !strings.Contains(p.name, "record-") {
			faults = append(faults, h.coded()...)
		}
		for _, f := range faults {
			said[f] = append(said[f], p.name)
		}
		h.shoot(l, "x-"+p.name, len(faults) > 0)
		back()
	}
	h.tell(l, said)
}

// coded finds records that are shown by their code alone.
func (h *hands) coded() (list []string) {
	for _, words := range strings.Split(h.reads(), "\n") {
		if h.named[words] {
			list = append(list, fmt.Sprintf("code: %q is a code where people look for a name", words))
		}
	}
	return list
}

// draft is a slip of a kind that is not audited.
func (h *hands) draft(code string) string {
	h.t.Helper()
	for _, d := range h.samples(kind(h.t, code)) {
		if d.Status == slip.Draft {
			return d.Number
		}
	}
	h.t.Fatalf("there is no draft of %s", code)
	return ""
}
