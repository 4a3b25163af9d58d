package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"zhanggui/data/workflow"
)

// shop is a book with two parties, two warehouses, a till and a product, and a hand to type commands with.
type shop struct {
	t   *testing.T
	dir string
}

func newShop(t *testing.T, flags ...string) *shop {
	t.Helper()
	s := &shop{t, t.TempDir()}
	s.must(append([]string{"new", s.book(), "--start", "2026-01", "--lang", "en"}, flags...)...)
	for kind, body := range map[string]string{"suppliers": "code,name\nS,Factory\n", "customers": "code,name\nC,Builder\n", "warehouses": "code,name\nW,Main\nV,Second\n",
		"accounts": "code,name,type\nK,Till,cash\nG,Bank,bank\n", "products": "code,name\nA,Screw\n"} {
		s.must("import", s.book(), kind, s.file(kind+".csv", body))
	}
	return s
}

func (s *shop) book() string { return filepath.Join(s.dir, "a.zg") }

func (s *shop) file(name, body string) string {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
		s.t.Fatal(err)
	}
	return path
}

// must runs a command that works and gives what it prints.
func (s *shop) must(args ...string) string {
	s.t.Helper()
	status, out, errOut := zgctl(args...)
	if status != 0 {
		s.t.Fatalf("%v: %d %s", args, status, errOut)
	}
	return out
}

// refused runs a command that does not and holds its status and words against those wanted.
func (s *shop) refused(status int, words string, args ...string) {
	s.t.Helper()
	got, out, errOut := zgctl(args...)
	if got != status || errOut != words || out != "" {
		s.t.Errorf("%v: status %d, printed %q, says\n%swant %d\n%s", args, got, out, errOut, status, words)
	}
}

const slipHead = "kind,number,date,party,warehouse,product,qty,price,source,audit\n"

func TestAllBadLinesAreNamedAtOnce(t *testing.T) {
	s := newShop(t)
	path := s.file("slips.csv", "kind,number,date,party,warehouse,product,qty,price,tax_rate,audit\n"+
		"goods-receipt,,2026-01-05,S,W,A,1,1,,yes\n"+
		"goods-receipt,x1,,S,W,A,1,1,,yes\n"+
		"goods-receipt,x2,2026-01-05,S,,A,1,1,,yes\n"+
		"goods-receipt,x3,2026-01-05,S,W,A,0,1,,yes\n"+
		"goods-receipt,x4,2026-01-05,S,W,A,1,1,1300%,yes\n"+
		"delivery,x5,2026-01-05,C,W,A,1,1,,yes\n")
	s.refused(1, "slips.csv:2: number: number is missing\nslips.csv:3: date: Date is missing\nslips.csv:4: warehouse: warehouse is missing\n"+
		"slips.csv:5: qty: the quantity cannot be zero\nslips.csv:6: tax_rate: the tax rate is between 0% and 100%\n"+
		"slips.csv:7: qty: not enough stock: A Screw in Main would be -1 on 2026-01-05 at XC-202601-0001\n", "import", s.book(), "slips", path)
	s.refused(1, "p.csv:2: tax_rate: the tax rate is between 0% and 100%, such as 13% or 0.13\n", "import", s.book(), "products", s.file("p.csv", "code,name,tax_rate\nB,b,13\n"))
	s.refused(1, "o.csv:2: amount: the unit cost 5.00 contradicts the amount 51.00; one of them will do\n", "import", s.book(), "opening-stock",
		s.file("o.csv", "warehouse,product,qty,cost,amount\nW,A,10,5,51\n"))
}

func TestSeveralFilesLandTogetherOrNotAtAll(t *testing.T) {
	s := newShop(t)
	s.must("set", s.book(), "auto_codes=") // codes are typed
	one, two := s.file("one.csv", "code,name\nB,b\n"), s.file("two.csv", "code,name\n,c\n")
	s.refused(1, "two.csv:2: code: Code is missing\n", "import", s.book(), "products", one, two)
	if out := s.must("import", s.book(), "products", one); out != "one.csv: 1 new, 0 changed, 0 unchanged\n" {
		t.Error(out)
	}
}

func TestAnOpeningIsSaidByCostOrByAmount(t *testing.T) {
	s := newShop(t)
	for body, want := range map[string]string{"amount\nW,A,3,10": "10.00", "cost\nW,A,3,4": "12.00", "cost,amount\nW,A,3,3.33,10": "10.00"} {
		s.must("import", s.book(), "opening-stock", s.file("o.csv", "warehouse,product,qty,"+body+"\n"))
		if out := s.must("report", s.book(), "stock-on-hand", "--format", "csv"); !strings.HasSuffix(strings.TrimSpace(out), ","+want) || strings.HasPrefix(out, "\ufeff") {
			t.Errorf("%s: %q", body, out)
		}
	}
}

func TestWarningsNameTheirRow(t *testing.T) {
	s := newShop(t, "--negative", "warn")
	status, _, errOut := zgctl("import", s.book(), "slips", s.file("slips.csv", slipHead+"goods-receipt,r,2026-01-05,S,W,A,1,10,,yes\ndelivery,d,2026-01-06,C,W,A,2,20,,yes\n"))
	if status != 0 || !strings.HasPrefix(errOut, "warning: slips.csv:3: ") {
		t.Errorf("%d %s", status, errOut)
	}
}

func TestSlipListAndShowPrintJSONOnly(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "slips", s.file("slips.csv", slipHead+"goods-receipt,r1,2026-01-05,S,W,A,1,10,,yes\ngoods-receipt,r2,2026-01-06,S,W,A,1,10,,no\n"))
	var list []map[string]any
	if err := json.Unmarshal([]byte(s.must("slip", "show", s.book(), "r1", "r2", "--json")), &list); err != nil || len(list) != 2 || list[1]["status"] != "draft" {
		t.Errorf("%v %v", list, err)
	}
	if err := json.Unmarshal([]byte(s.must("slip", "list", s.book(), "--json", "--status", "audited")), &list); err != nil || len(list) != 1 || list[0]["external_no"] != "r1" {
		t.Errorf("%v %v", list, err)
	}
	s.refused(2, "there is no status \"odd\": draft, submitted, approved, audited, partly-done, done, closed, void\n", "slip", "list", s.book(), "--status", "odd")
}

func TestTheMonthsBooksAreAWorkbook(t *testing.T) {
	s := newShop(t)
	path := filepath.Join(s.dir, "books.xlsx")
	s.refused(2, "say where to: -o FILE.xlsx\n", "books", s.book(), "2026-01")
	s.refused(2, "\"January\" is not a month; write 2026-01\n", "books", s.book(), "January", "-o", path)
	s.refused(1, "2025-12 is before the book's start 2026-01\n", "books", s.book(), "2025-12", "-o", path)
	s.must("books", s.book(), "2026-01", "-o", path)
	if left, err := filepath.Glob(filepath.Join(s.dir, ".books-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() < 5000 {
		t.Errorf("%v %v", info, err)
	}
}

func TestWhatASupplierOwesIsAReceivable(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "opening-balances", s.file("o.csv", "party_kind,party,receivable,payable\nsupplier,S,30,\ncustomer,C,,4\n"))
	for name, want := range map[string]string{"receivables": "party,name,balance,advance,overdue\r\nS,Factory,30.00,0.00,30.00\r\n", "payables": "party,name,balance,prepaid,overdue\r\nC,Builder,4.00,0.00,4.00\r\n"} {
		if got := s.must("report", s.book(), name, "--format", "csv"); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestSlipsOfSeveralKindsMayShareAnExternalNumber(t *testing.T) {
	s := newShop(t)
	in := func(rows string) []string {
		return []string{"import", s.book(), "slips", s.file("slips.csv", slipHead+rows)}
	}
	s.must(in("goods-receipt,N7,2026-01-05,S,W,A,10,10,,yes\ndelivery,N7,2026-01-06,C,W,A,4,20,,yes\nsales-return,N7,2026-01-07,C,W,A,1,,N7,yes\n")...)
	s.must(in("purchase-return,N8,2026-01-08,S,W,A,2,,N7,yes\n")...) // in a file of its own, too, it can only mean the receipt
	for number, source := range map[string]string{"XT-202601-0001": "XC-202601-0001", "CT-202601-0001": "CR-202601-0001"} {
		var d struct{ Lines []struct{ Source string } }
		if err := json.Unmarshal([]byte(s.must("slip", "show", s.book(), number, "--json")), &d); err != nil || d.Lines[0].Source != source {
			t.Errorf("%s follows from %+v, %v", number, d, err)
		}
	}
	s.refused(1, "N7 is the external number of several slips\n", "slip", "show", s.book(), "N7")
	s.refused(1, "slips.csv:2: number: the number N7 exists already\n", in("delivery,N7,2026-01-09,C,W,A,1,20,,yes\n")...)
	s.must("slip", "unaudit", s.book(), "XC-202601-0001", "--cascade")
	s.must("slip", "void", s.book(), "XT-202601-0001", "XC-202601-0001")
	s.must(in("delivery,N7,2026-01-09,C,W,A,1,20,,yes\n")...) // what was made void may come again
	s.must("verify", s.book())
}

func TestSummariesGoByEveryKey(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "products", s.file("p.csv", "code,name,supplier\nB,Nut,S\n"))
	s.must("import", s.book(), "slips", s.file("slips.csv", slipHead+"goods-receipt,r,2026-01-05,S,W,B,10,10,,yes\ndelivery,d,2026-01-06,C,W,B,4,20,,yes\n"))
	for by, keys := range map[string][2]string{"product": {"B", "B"}, "customer": {"", "C"}, "supplier": {"S", "S"}, "employee": {"", ""}, "category": {"", ""}, "month": {"2026-01", "2026-01"},
		"day": {"2026-01-05", "2026-01-06"}, "warehouse": {"W", "W"}} {
		for i, name := range []string{"purchase-summary", "sales-summary"} {
			var rows []map[string]string
			if err := json.Unmarshal([]byte(s.must("report", s.book(), name, "--by", by, "--format", "json")), &rows); err != nil || len(rows) != 1 || rows[0]["key"] != keys[i] {
				t.Errorf("%s by %s: %v %v", name, by, rows, err)
			}
		}
	}
	s.refused(1, "there is no warehouse \"X\"\n", "report", s.book(), "stock-on-hand", "--warehouse", "X")
}

func TestNumbersOfAnotherBookComeInWholeInAnyOrder(t *testing.T) {
	s := newShop(t)
	out := s.must("import", s.book(), "slips", s.file("slips.csv", slipHead+
		"goods-receipt,CR-202601-0003,2026-01-02,S,W,A,10,10,,yes\n"+ // entered last, dated first
		"goods-receipt,DN5,2026-01-03,S,W,A,1,10,,yes\n"+
		"purchase-return,CT-202601-0001,2026-01-04,S,W,A,1,,CR-202601-0003,void\n"+
		"goods-receipt,CR-202601-0001,2026-01-05,S,W,A,1,10,,yes\n"+
		"goods-receipt,CR-202601-0002,2026-01-05,S,W,A,1,10,,no\n"+
		"goods-receipt,CR-202601-0009,2026-01-06,S,W,A,1,10,,yes\n")) // does not continue
	if out != "slips.csv: 6 slips, 6 lines\n" {
		t.Error(out)
	}
	var list []struct {
		Number     string
		ExternalNo string `json:"external_no"`
		Status     string
	}
	if err := json.Unmarshal([]byte(s.must("slip", "list", s.book(), "--json")), &list); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range list {
		got = append(got, x.Number+" "+x.ExternalNo+" "+x.Status)
	}
	want := "CR-202601-0003  audited|CR-202601-0004 DN5 audited|CT-202601-0001  void|CR-202601-0001  audited|CR-202601-0002  draft|CR-202601-0005 CR-202601-0009 audited"
	if strings.Join(got, "|") != want {
		t.Errorf("%s\nwant %s", strings.Join(got, "|"), want)
	}
	s.must("verify", s.book())
	first := filepath.Join(s.dir, "out.csv")
	s.must("export", s.book(), "slips", "-o", first)
	copied := newShop(t)
	copied.must("import", copied.book(), "slips", first)
	second := filepath.Join(copied.dir, "out.csv")
	copied.must("export", copied.book(), "slips", "-o", second)
	a, _ := os.ReadFile(first)
	b, _ := os.ReadFile(second)
	if string(a) != string(b) {
		t.Errorf("reads back as\n%s\nwas\n%s", b, a)
	}
}

func TestExportsHaveChineseColumnNamesOnDemand(t *testing.T) {
	s, copied := newShop(t), newShop(t)
	s.must("import", s.book(), "slips", s.file("slips.csv", slipHead+"goods-receipt,r,2026-01-05,S,W,A,1,10,,yes\n"))
	for _, kind := range kindsInOrder {
		path := filepath.Join(s.dir, kind+".csv")
		s.must("export", s.book(), kind, "-o", path, "--lang", "zh")
		if body, err := os.ReadFile(path); err != nil || strings.ContainsAny(strings.SplitN(string(body), "\r\n", 2)[0], "abcdefghijklmnopqrstuvwxyz") {
			t.Errorf("%s: %.200q %v", kind, body, err)
		}
		copied.must("import", copied.book(), kind, path)
	}
	if a, b := s.must("report", s.book(), "trial-balance", "--format", "csv"), copied.must("report", copied.book(), "trial-balance", "--format", "csv"); a != b {
		t.Errorf("%s\nwas\n%s", b, a)
	}
}

func TestAFileInChineseIsRead(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "slips", s.file("slips.csv", "单据类型,单号,日期,往来单位,仓库,商品编码,数量,单价,审核\n采购入库单,送001,2026/1/5,S,W,A,\"1,000\",10,是\n"))
	if out := s.must("slip", "list", s.book(), "--kind", "goods-receipt", "--status", "audited"); !strings.Contains(out, "送001") || !strings.Contains(out, "11300.00") {
		t.Error(out)
	}
}

func TestClosingTellsOfDraftsLeftBehind(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "slips", s.file("slips.csv", slipHead+"goods-receipt,r1,2026-01-05,S,W,A,1,1,,no\ngoods-receipt,r2,2026-02-05,S,W,A,1,1,,no\ngoods-receipt,r3,2026-02-06,S,W,A,1,1,,yes\n"))
	for _, c := range [][2]string{{"2026-01", "1 draft up to 2026-01 not audited"}, {"2026-02", "1 draft up to 2026-02 not audited"}} {
		status, out, errOut := zgctl("close", s.book(), c[0])
		if status != 0 || out != "" || errOut != "warning: "+c[1]+": once the month is closed only a later date will do\n" {
			t.Errorf("closing %s: status %d, printed %q, says %q", c[0], status, out, errOut)
		}
	}
	if status, _, errOut := zgctl("close", s.book(), "2026-03"); status != 0 || errOut != "" {
		t.Errorf("closing a month without drafts: status %d, says %q", status, errOut)
	}
}

func TestAnOrderClosedByHandComesBackClosed(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "slips", s.file("slips.csv", slipHead+"goods-receipt,r,2026-01-05,S,W,A,9,1,,yes\nsales-order,o,2026-01-05,C,W,A,5,2,,yes\ndelivery,d,2026-01-06,C,W,A,2,,o,yes\n"))
	s.must("slip", "close", s.book(), "o")
	path := filepath.Join(s.dir, "out.csv")
	s.must("export", s.book(), "slips", "-o", path)
	other := newShop(t)
	other.must("import", other.book(), "slips", path)
	var list []map[string]any
	if err := json.Unmarshal([]byte(other.must("slip", "list", other.book(), "--kind", "sales-order", "--json")), &list); err != nil || len(list) != 1 || list[0]["status"] != "closed" {
		t.Errorf("%v %v", list, err)
	}
	if out := other.must("report", other.book(), "stock-on-hand", "--format", "csv"); !strings.Contains(out, ",7,0,0,0,7,1.00,7.00") {
		t.Errorf("what is left of a closed order is still reserved:\n%s", out)
	}
	other.refused(1, "c.csv:2: CR-202601-0002 is no open order and cannot be closed\n", "import", other.book(), "slips",
		other.file("c.csv", slipHead+"goods-receipt,x,2026-01-05,S,W,A,1,1,,closed\n"))
}

func TestFlagsAreTakenByTheirWholeName(t *testing.T) {
	s := newShop(t)
	if status, _, errOut := zgctl("import", s.book(), "units", "x.csv", "--dry"); status != 2 || !strings.HasPrefix(errOut, "unknown flag --dry;") {
		t.Errorf("%d %s", status, errOut)
	}
	if status, out, _ := zgctl("help"); status != 0 || !strings.Contains(out, "zgctl verify BOOK [--anchor ENTRY:HEX ...]\n") {
		t.Errorf("%d %s", status, out)
	}
}

// Pages of the file are overwritten, one place after the other: what cannot be read is said in words that lead on, wherever it is. Where the book
// still opens the other proofs run; where what every book begins with is gone (settings, masters), nothing can be proved.
func TestATornBookIsProvedAsFarAsItCanBeRead(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "slips", s.file("slips.csv", slipHead+"goods-receipt,r,2026-01-05,S,W,A,9,1,,yes\n"))
	data, err := os.ReadFile(s.book())
	if err != nil {
		t.Fatal(err)
	}
	proved := 0
	for at := 0; at < len(data); at += len(data) / 32 {
		harmed := slices.Clone(data)
		for i := at; i < min(at+20_000, len(harmed)); i++ {
			harmed[i] = 'U'
		}
		status, out, errOut := zgctl("verify", s.file("torn.zg", string(harmed)))
		lines := strings.Count(out, "\n")
		if status != 3 || strings.Contains(errOut, "SELECT") || strings.Contains(errOut, "internal") || lines != 0 && lines != workflow.Proofs || !strings.Contains(errOut, "restore a backup") || !strings.Contains(errOut, "zgctl salvage") {
			t.Errorf("torn at byte %d: %d\n%s\n%s", at, status, out, errOut)
		}
		if lines == workflow.Proofs && strings.Count(out, "FAIL") < lines {
			proved++
		}
	}
	if proved < 10 { // of some 33 places
		t.Errorf("only %d torn books were proved as far as they could be read", proved)
	}
}

func TestAFurtherRowRepeatsWhatTheFirstSaysOrIsSilent(t *testing.T) {
	s := newShop(t)
	head := "kind,number,date,party,warehouse,product,qty,price,slip_discount,audit\n"
	s.refused(1, "slips.csv:3: audit: \"no\" is not what the slip's first row, line 2, says: \"yes\"\nslips.csv:3: party: \"T\" is not what the slip's first row, line 2, says: \"S\"\n"+
		"slips.csv:3: slip_discount: \"1\" is not what the slip's first row, line 2, says: \"\"\n",
		"import", s.book(), "slips", s.file("slips.csv", head+"goods-receipt,r,2026-01-05,S,W,A,1,9,,yes\ngoods-receipt,r,2026/1/5,T,V,A,2,9,1,no\n"))
	s.must("import", s.book(), "slips", s.file("slips.csv", head+"goods-receipt,r,2026-01-05,S,W,A,1,9,1,yes\ngoods-receipt,r,2026/1/5,S,V,A,2,9,1.00,是\ngoods-receipt,r,,,,A,3,9,,\n"))
}

// Under one pool for the company a warehouse's value is its quantity's share of the pool's, in every report.
func TestAWarehousesValueIsItsShareOfThePool(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "slips", s.file("slips.csv", "kind,number,date,party,warehouse,to_warehouse,product,qty,price,audit\n"+
		"goods-receipt,a,2026-01-05,S,W,,A,3,10,yes\ntransfer,b,2026-01-06,,W,V,A,1,,yes\ngoods-receipt,c,2026-01-07,S,W,,A,3,20,yes\ndelivery,d,2026-01-08,C,V,,A,0.5,,yes\n"))
	// V: 1 of 3 worth 10.00, then 1 of 6 worth 15.00, then a half worth 7.50
	for report, want := range map[string]string{
		"stock-movement": "A,Screw,,pcs,0,0.00,1,15.00,0.5,7.50,0.5,7.50\n",
		"stock-ledger":   "2026-01-06,DB-202601-0001,transfer,,1,10.00,0,0.00,1,10.00,10.00\n2026-01-08,XC-202601-0001,delivery,C,0,0.00,0.5,7.50,0.5,15.00,7.50\n",
		"stock-on-hand":  "7.50\n",
	} {
		args := []string{"report", s.book(), report, "--warehouse", "V", "--format", "csv"}
		if report == "stock-ledger" {
			args = append(args, "--product", "A")
		}
		if out := strings.ReplaceAll(s.must(args...), "\r", ""); !strings.HasSuffix(out, want) {
			t.Errorf("%s:\n%swant\n%s", report, out, want)
		}
	}
}

func TestASummaryIsNarrowedToAPartyAProductOrAWarehouse(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "customers", s.file("c.csv", "code,name\nD,Other\n"))
	s.must("import", s.book(), "slips", s.file("slips.csv", slipHead+"goods-receipt,a,2026-01-05,S,W,A,9,1,,yes\ngoods-receipt,b,2026-01-05,S,V,A,9,1,,yes\n"+
		"delivery,c,2026-01-06,C,W,A,2,5,,yes\ndelivery,d,2026-01-06,C,V,A,3,5,,yes\ndelivery,e,2026-01-06,D,V,A,4,5,,yes\n"))
	for want, args := range map[string][]string{"C,Builder,5,25.00": {"--party", "C"}, "C,Builder,3,15.00": {"--party", "C", "--warehouse", "V"}, "D,Other,4,20.00": {"--party", "D", "--product", "A"}} {
		out := s.must(append([]string{"report", s.book(), "sales-summary", "--by", "customer", "--format", "csv"}, args...)...)
		if rows := strings.Split(strings.TrimSpace(out), "\n"); len(rows) != 2 || !strings.HasPrefix(rows[1], want) {
			t.Errorf("%v: %q, want %s", args, rows, want)
		}
	}
	s.refused(1, "there is no supplier \"C\"\n", "report", s.book(), "purchase-summary", "--party", "C")
}

func TestWhatIsPromisedIsToldAsOfTheDay(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "slips", s.file("slips.csv", slipHead+"goods-receipt,a,2026-01-05,S,W,A,10,1,,yes\nsales-order,b,2026-01-10,C,W,A,5,2,,yes\npurchase-order,c,2026-01-12,S,W,A,8,1,,yes\n"+
		"delivery,d,2026-01-20,C,W,A,3,,b,yes\ngoods-receipt,e,2026-01-22,S,W,A,8,,c,yes\n"))
	for day, want := range map[string]string{"2026-01-09": "10,0,0,0,10", "2026-01-10": "10,5,0,0,5", "2026-01-19": "10,5,8,0,13", "2026-01-20": "7,2,8,0,13", "2026-01-22": "15,2,0,0,13"} {
		if out := s.must("report", s.book(), "stock-on-hand", "--as-of", day, "--format", "csv"); !strings.Contains(out, ","+want+",") {
			t.Errorf("%s: want %s\n%s", day, want, out)
		}
	}
}

func TestAFaultIsToldOnce(t *testing.T) {
	s := newShop(t)
	s.refused(1, "slips.csv:2: warehouse: there is no Store \"X\"\nslips.csv:3: source: Source is missing\n", "import", s.book(), "slips",
		s.file("slips.csv", "kind,number,date,party,warehouse,product,qty,amount,audit\ngoods-receipt,a,2026-01-05,S,X,A,1,,yes\nlanded-cost,b,2026-01-05,S,,,,9,yes\n"))
}
