package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// firm is a book with users, as zgctl meets it: everybody's password is his name and -password.
type firm struct {
	t    *testing.T
	book string
}

func opened(t *testing.T) firm {
	t.Helper()
	f := firm{t, filepath.Join(t.TempDir(), "firm.zg")}
	f.must("", "new", f.book, "--company", "Firm", "--start", "2026-01", "--lang", "en")
	return f
}

// run gives what a command as a person ends with, says and complains of.
func (f firm) run(who string, args ...string) (rc int, out, errOut string) {
	f.t.Helper()
	if who != "" {
		f.t.Setenv("ZG_PASSWORD", who+"-password")
		args = append(args, "--user", who)
	}
	var o, e bytes.Buffer
	rc = run(args, &o, &e)
	return rc, o.String(), e.String()
}

func (f firm) must(who string, args ...string) string {
	f.t.Helper()
	rc, out, errOut := f.run(who, args...)
	if rc != 0 {
		f.t.Fatalf("%s %v: %d %s", who, args, rc, errOut)
	}
	return out
}

func (f firm) refused(words, who string, args ...string) {
	f.t.Helper()
	if rc, _, errOut := f.run(who, args...); rc != 1 || !strings.Contains(errOut, words) {
		f.t.Errorf("%s %v: %d %q, want 1 and %q", who, args, rc, errOut, words)
	}
}

func (f firm) stdin(text string, who string, args ...string) (int, string, string) {
	f.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		f.t.Fatal(err)
	}
	w.WriteString(text)
	w.Close()
	was := os.Stdin
	os.Stdin = r
	defer func() { os.Stdin = was; r.Close() }()
	return f.run(who, append(args, "--password-stdin")...)
}

func (f firm) hire(name, role string) {
	f.t.Helper()
	boss := "boss"
	if name == boss {
		boss = ""
	}
	given := name + "-given-first"
	if name == "boss" {
		given = "boss-password"
	}
	if rc, _, e := f.stdin(given+"\n", boss, "user", "add", f.book, name, "--role", role); rc != 0 {
		f.t.Fatal(e)
	}
	if name == "boss" {
		return
	}
	f.t.Setenv("ZG_PASSWORD", given)
	r, w, _ := os.Pipe()
	w.WriteString(name + "-password\n")
	w.Close()
	was := os.Stdin
	os.Stdin = r
	defer func() { os.Stdin = was }()
	var o, e bytes.Buffer
	if rc := run([]string{"user", "password", f.book, name, "--user", name, "--password-stdin"}, &o, &e); rc != 0 {
		f.t.Fatal(e.String())
	}
}

func (f firm) file(name, rows string) string {
	f.t.Helper()
	p := filepath.Join(f.t.TempDir(), name)
	if err := os.WriteFile(p, []byte(rows), 0o600); err != nil {
		f.t.Fatal(err)
	}
	return p
}

// A book with users wants a name and a password of every command but status (U2); without, nothing is asked.
func TestUsersAreAsked(t *testing.T) {
	f := opened(t)
	f.must("", "slip", "list", f.book)
	f.hire("boss", "owner")
	f.refused("this book has users: say --user NAME", "", "slip", "list", f.book)
	f.must("", "status", f.book)
	f.refused("name or password is wrong", "nobody", "slip", "list", f.book)
	f.must("boss", "slip", "list", f.book)
	f.hire("sun", "buyer")
	f.refused("book.users: sun may not change users and roles; who may: boss", "sun", "user", "add", f.book, "li", "--role", "finance")
	f.refused("book.settings", "sun", "set", f.book, "phone=1")
	f.refused("book.books", "sun", "books", f.book, "2026-01", "-o", filepath.Join(t.TempDir(), "b.xlsx"))
	f.refused("journal.see: sun may not see journal", "sun", "report", f.book, "journal")
	f.must("boss", "verify", f.book)
	if out := f.must("boss", "user", "list", f.book, "--json"); !strings.Contains(out, `"roles": "buyer"`) {
		t.Error(out)
	}
}

// Figures that nothing else of the book contains: what was paid for P1, what P2 cost, what P1 is sold for; each with what it comes to.
var (
	canaryPurchase = []string{"7919.37", "7,919.37", "15838.74", "15,838.74", "79193.7", "63354.96", "purchase_price"}
	canaryCost     = []string{"6173.91", "6,173.91", "12347.82", "12,347.82", "18521.73", "18,521.73", "reference_cost", "unit_cost", "\"cost\""}
	canarySales    = []string{"8831.57", "8,831.57", "17663.14", "17,663.14", "19959.35", "19,959.35", "9979.67", "9,979.67", "sales_price"}
)

// Whatever a person asks for, by any command, in any form, a figure he may not see is not in it (R4): not its key, not its value.
func TestHiddenIsAbsent(t *testing.T) {
	f := opened(t)
	f.must("", "import", f.book, "warehouses", f.file("w.csv", "code,name\nW1,Main\n"))
	f.must("", "import", f.book, "suppliers", f.file("g.csv", "code,name\nG1,Maker\n"))
	f.must("", "import", f.book, "customers", f.file("k.csv", "code,name\nK1,Buyer\n"))
	f.must("", "import", f.book, "products", f.file("p.csv", "code,name,unit,purchase_price,sales_price,reference_cost\nP1,Lamp,piece,7919.37,8831.57,\nP2,Bulb,piece,,9,6173.91\n"))
	f.must("", "import", f.book, "opening-stock", f.file("o.csv", "warehouse,product,qty,cost\nW1,P2,3,6173.91\n"))
	f.must("", "import", f.book, "slips", f.file("s.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ngoods-receipt,R1,2026-01-05,G1,W1,P1,10,7919.37,yes\ndelivery,D1,2026-01-06,K1,W1,P1,2,8831.57,yes\n"+
		"delivery,D2,2026-01-06,K1,W1,P2,2,9,yes\nother-issue,Q1,2026-01-07,,W1,P2,1,,yes\nsales-order,O1,2026-01-07,K1,,P1,2,8831.57,yes\npurchase-order,O2,2026-01-07,G1,,P1,2,7919.37,yes\n"))
	f.hire("boss", "owner")
	roles := map[string]string{"wang": "sales-clerk", "zhou": "keeper", "till1": "till", "sun": "buyer", "chen": "head", "wu": "cashier", "li": "finance"}
	for name, role := range roles {
		f.hire(name, role)
	}
	numbers := []string{}
	var list []map[string]any
	if err := json.Unmarshal([]byte(f.must("boss", "slip", "list", f.book, "--json")), &list); err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		numbers = append(numbers, x["number"].(string))
	}
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	var asks [][]string
	for _, n := range numbers {
		asks = append(asks, []string{"slip", "show", ".", n, "--json"}, []string{"slip", "show", ".", n}, []string{"flow", ".", n, "--format", "json"}, []string{"flow", ".", n}, []string{"explain", ".", n, "--json"}, []string{"missing", ".", n, "--json"},
			[]string{"print", ".", n, "-o", in("slip.pdf")}, []string{"print", ".", n, "-o", in("voucher.pdf"), "--as", "voucher"}, []string{"print", ".", n, "-o", in("pick.pdf"), "--as", "pick-list"},
			[]string{"print", ".", n, "-o", in("label.pdf"), "--as", "label"}, []string{"count", "diff", ".", n})
	}
	asks = append(asks, []string{"slip", "list", ".", "--json"}, []string{"slip", "list", "."}, []string{"verify", "."}, []string{"status", ".", "--json"}, []string{"approvals", ".", "--all", "--json"}, []string{"watch", ".", "--since", "0", "--timeout", "0", "--json"},
		[]string{"label", ".", "P1", "P2", "-o", in("label.pdf")}, []string{"books", ".", "2026-01", "-o", in("books.xlsx")}, []string{"set", ".", "--json"}, []string{"costing", ".", "--json"},
		[]string{"report", ".", "party-statement", "--party", "G1", "-o", in("g.pdf")}, []string{"report", ".", "stock-ledger", "--product", "P1", "--format", "json"}, []string{"report", ".", "stock-ledger", "--product", "P2", "-o", in("l.pdf")})
	for _, k := range append(masterCodes(), "slips", "roles", "approval-chains") {
		asks = append(asks, []string{"export", ".", k, "-o", in(k + ".csv")})
	}
	for _, r := range strings.Split(reportNames(t), "\n") {
		for _, form := range []string{"json", "csv", "table"} {
			asks = append(asks, []string{"report", ".", r, "--format", form})
		}
		asks = append(asks, []string{"report", ".", r, "-o", in(r + ".xlsx")}, []string{"report", ".", r, "-o", in(r + ".pdf")})
	}
	seen := map[string]string{}
	for who, role := range roles {
		if testing.Short() && who != "zhou" && who != "wang" {
			continue
		}
		hidden := map[string][]string{"sales-clerk": slices.Concat(canaryCost, canaryPurchase), "keeper": slices.Concat(canaryCost, canaryPurchase, canarySales), "till": slices.Concat(canaryCost, canaryPurchase), "buyer": slices.Concat(canaryCost, canarySales),
			"head": canaryCost, "cashier": canaryCost}[role]
		for _, a := range asks {
			os.RemoveAll(dir)
			os.MkdirAll(dir, 0o700)
			all := f.within(who, a...)
			files, _ := filepath.Glob(filepath.Join(dir, "*"))
			for _, p := range files {
				all += inside(t, p)
			}
			seen[who] += all
			for _, word := range hidden {
				if strings.Contains(all, word) {
					t.Errorf("a %s (%s) %v: %q is in it: %.300s", role, who, a, word, all)
				}
			}
		}
	}
	for who, words := range map[string][]string{"li": {"7919.37", "6173.91", "8831.57", "7,919.37"}, "sun": {"7919.37"}, "wang": {"8831.57"}, "chen": {"7919.37", "8831.57"}} { // who may see a figure does
		for _, w := range words {
			if seen[who] != "" && !strings.Contains(seen[who], w) {
				t.Errorf("%s does not see %s", who, w)
			}
		}
	}
	f.refused("price: see.purchase", "zhou", "import", f.book, "slips", f.file("r.csv", "kind,number,date,party,warehouse,product,qty,price\ngoods-receipt,R2,2026-01-05,G1,W1,P1,10,1\n"))
}

// within runs a command as a line of a person's session, who signed in once, and gives all that it says.
func (f firm) within(who string, args ...string) string {
	f.t.Helper()
	b, err := workflow.Open(f.book)
	if err != nil {
		f.t.Fatal(err)
	}
	defer b.Close()
	var out, errOut bytes.Buffer
	runIn(b.As(who), args, &out, &errOut)
	return out.String() + errOut.String()
}

func masterCodes() (list []string) {
	for _, t := range master.All {
		list = append(list, t.Code)
	}
	return list
}

// inside is all text of a file: of a workbook what its parts hold.
func inside(t *testing.T, path string) (all string) {
	t.Helper()
	if filepath.Ext(path) == ".pdf" { // packed, its bytes would hide from any search what stands on the page
		pdftotext, err := exec.LookPath("pdftotext")
		if err != nil {
			t.Fatal("pdftotext is not installed; go run ./cmd/dev test installs it")
		}
		words, err := exec.Command(pdftotext, "-layout", path, "-").Output()
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		return string(words)
	}
	if filepath.Ext(path) != ".xlsx" {
		b, _ := os.ReadFile(path)
		return string(b)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(r)
		r.Close()
		all += string(b)
	}
	return all
}

func reportNames(t *testing.T) string {
	t.Helper()
	var o, e bytes.Buffer
	if rc := run([]string{"report", "--list"}, &o, &e); rc != 0 {
		t.Fatal(e.String())
	}
	var names []string
	for _, l := range strings.Split(o.String(), "\n") {
		if l != "" && !strings.HasPrefix(l, " ") {
			names = append(names, l)
		}
	}
	return strings.Join(names, "\n")
}

// Example Scope of 8.5: who has W1 sends from W1 to W2, not from W2 to W1; the stock is that of W1, and what is another's is not there.
func TestScopeOfAWarehouse(t *testing.T) {
	f := opened(t)
	f.must("", "import", f.book, "warehouses", f.file("w.csv", "code,name\nW1,Main\nW2,East\n"))
	f.must("", "import", f.book, "products", f.file("p.csv", "code,name,unit,purchase_price,sales_price\nP1,Lamp,piece,5,12\n"))
	f.must("", "import", f.book, "suppliers", f.file("g.csv", "code,name\nG1,Maker\n"))
	f.must("", "import", f.book, "slips", f.file("s.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ngoods-receipt,R1,2026-04-01,G1,W1,P1,100,5,yes\ngoods-receipt,R2,2026-04-01,G1,W2,P1,40,5,yes\n"))
	f.hire("boss", "owner")
	f.hire("zhou", "keeper")
	f.must("boss", "user", "set", f.book, "zhou", "warehouses=W1")
	f.refused("there is no warehouse \"W9\"", "boss", "user", "set", f.book, "zhou", "warehouses=W1 W9")
	today := text.DateOf(time.Now()).String()
	moves := func(number, from, to string) string {
		return f.file(number+".csv", "kind,number,date,warehouse,to_warehouse,product,qty,audit\ntransfer,"+number+","+today+","+from+","+to+",P1,10,yes\n")
	}
	f.must("zhou", "import", f.book, "slips", moves("T1", "W1", "W2"))
	f.refused("out of the scope of zhou (warehouses)", "zhou", "import", f.book, "slips", moves("T2", "W2", "W1"))
	if out := f.must("zhou", "report", f.book, "stock-on-hand", "--format", "csv"); !strings.Contains(out, "\nW1,P1,Lamp,,piece,90,") || strings.Contains(out, "W2") {
		t.Error(out)
	}
	numbers := map[string]string{}
	var list []map[string]any
	json.Unmarshal([]byte(f.must("boss", "slip", "list", f.book, "--json")), &list)
	for _, x := range list {
		numbers[x["external_no"].(string)] = x["number"].(string)
	}
	if out := f.must("zhou", "slip", "list", f.book); !strings.Contains(out, numbers["R1"]) || strings.Contains(out, numbers["R2"]) || !strings.Contains(out, numbers["T1"]) {
		t.Error(out)
	}
	for _, a := range [][]string{{"slip", "show", f.book, numbers["R2"]}, {"slip", "audit", f.book, numbers["R2"]}, {"flow", f.book, numbers["R2"]}, {"print", f.book, numbers["R2"], "-o", filepath.Join(t.TempDir(), "x.pdf")}} {
		f.refused("there is no slip "+numbers["R2"], "zhou", a...)
	}
	f.hire("li", "finance")
	f.must("boss", "user", "set", f.book, "li", "warehouses=W1")
	f.refused("it covers the whole book and cannot be narrowed to what one may see (warehouses)", "li", "report", f.book, "journal")
	if out := f.must("li", "report", f.book, "purchase-summary", "--by", "warehouse", "--format", "csv"); !strings.Contains(out, "W1,Main,100,500.00") || strings.Contains(out, "W2") {
		t.Error(out)
	}
}

// Names and passwords that are none, too long, invisible or look like another's are refused in words, and nobody comes in by them.
func TestBadNamesAndPasswords(t *testing.T) {
	f := opened(t)
	f.hire("boss", "owner")
	long := strings.Repeat("x", 10_000)
	for name, words := range map[string]string{"": "a name has 1 to 40 characters", "   ": "a name has 1 to 40 characters", long: "a name has 1 to 40 characters, this one 10000", "wang\x00": "cannot be seen", "wa\u200bng": "cannot be seen", "\xff\xfe": "is no text",
		"a,b": "may not hold", "BOSS": "there is a user", "bоss": "there is a user", "ｂｏｓｓ": "there is a user", " boss ": "there is a user", "Bo\u0455\u0455": "there is a user"} {
		if rc, out, e := f.stdin("good-password-9\n", "boss", "user", "add", f.book, name, "--role", "till"); rc != 1 || !strings.Contains(e, words) || len(e) > 3000 || strings.ContainsRune(e, 0) {
			t.Errorf("%.20q: %d %q %.200q, want %q", name, rc, out, e, words)
		}
	}
	for password, words := range map[string]string{"": "8 to 128 characters, this one 0", "1234567": "this one 7", strings.Repeat("p", 129): "this one 129", long: "this one 10000", "password": "everybody would guess", "PASSWORD": "everybody would guess", "with\x00zero": "cannot be typed", "new clerk": "the password is the name", "nеw clеrk": "the password is the name"} {
		if rc, _, e := f.stdin(password+"\n", "boss", "user", "add", f.book, "new clerk", "--role", "till"); rc != 1 || !strings.Contains(e, words) || strings.Contains(e, long[:100]) {
			t.Errorf("%.20q: %d %.200q, want %q", password, rc, e, words)
		}
	}
	if list := f.must("boss", "user", "list", f.book, "--json"); strings.Count(list, "\"name\"") != 1 {
		t.Error(list)
	}
	for _, password := range []string{"", "wrong", long, "boss-Password", "\u200bboss-password", "' OR 1=1 --"} {
		for _, name := range []string{"nobody", long, "no\x00body", "", "boss;"} {
			t.Setenv("ZG_PASSWORD", password)
			var o, e bytes.Buffer
			if rc := run([]string{"slip", "list", f.book, "--user=" + name}, &o, &e); rc != 1 || o.Len() != 0 || !strings.Contains(e.String(), "name or password is wrong") && !strings.Contains(e.String(), "say --user NAME") || e.Len() > 500 {
				t.Errorf("%.20q %.20q: %d %.200s", name, password, rc, e.String())
			}
		}
	}
	t.Setenv("ZG_PASSWORD", "boss-password")
	for _, name := range []string{"BOSS", "bоss", "ｂｏｓｓ"} { // they are the boss, however one writes him
		var o, e bytes.Buffer
		if rc := run([]string{"slip", "list", f.book, "--user", name}, &o, &e); rc != 0 {
			t.Errorf("%q: %s", name, e.String())
		}
	}
	for _, pin := range []string{"", "123", "123456789", "12a4", "12 34", "１２３", long} {
		if rc, _, e := f.stdin(pin+"\n", "boss", "user", "pin", f.book, "boss"); pin != "" && (rc != 1 || !strings.Contains(e, "a PIN has 4 to 8 digits")) {
			t.Errorf("PIN %.20q: %d %.100s", pin, rc, e)
		}
	}
	// whoever guesses is locked out after three, also with the right one
	for i, want := range []string{"wrong", "wrong", "locked until", "locked until"} {
		t.Setenv("ZG_PASSWORD", fmt.Sprint("guess-", i))
		var o, e bytes.Buffer
		if rc := run([]string{"slip", "list", f.book, "--user", "boss"}, &o, &e); rc != 1 || !strings.Contains(e.String(), want) {
			t.Errorf("guess %d: %s", i, e.String())
		}
	}
	f.refused("locked until", "boss", "slip", "list", f.book)
}

// Who may change users gives no right he has not, by a file or a role, and makes no owner.
func TestNobodyGivesWhatHeHasNot(t *testing.T) {
	f := opened(t)
	f.hire("boss", "owner")
	f.must("boss", "import", f.book, "roles", f.file("hr.csv", "role,object,verbs,limit,name\nhr,book,users,,People\nhr,sales-order,see enter,,\nhr,may,price,0.05,\n"))
	f.hire("hua", "hr")
	f.hire("zhou", "keeper")
	for rows, words := range map[string]string{
		"keeper,payment,audit,":                           "r.csv:2: ",
		"keeper,sales-order,see enter audit,":             "r.csv:2: ",
		"keeper,kinds,*,":                                 "r.csv:2: ",
		"keeper,may,price,0.06":                           "r.csv:2: ",
		"keeper,book,users settings,":                     "r.csv:2: ",
		"owner,sales-order,see,":                          "r.csv:2: ",
		"new,see,margin,":                                 "r.csv:2: ",
		"keeper,no-kind,see,":                             "r.csv:2: ",
		"keeper,sales-order,fly,":                         "r.csv:2: ",
		"keeper,may,price,much":                           "r.csv:2: ",
		"keeper,may,price,-0.01":                          "r.csv:2: ",
		strings.Repeat("k", 10_000) + ",sales-order,see,": "r.csv:2: ",
		"ke\x00eper,sales-order,see,":                     "r.csv:2: ",
	} {
		before := f.must("boss", "user", "rights", f.book, "zhou")
		f.refused(words, "hua", "import", f.book, "roles", f.file("r.csv", "role,object,verbs,limit\n"+rows+"\n"))
		if after := f.must("boss", "user", "rights", f.book, "zhou"); after != before {
			t.Errorf("%.40s changed a right", rows)
		}
	}
	f.must("hua", "import", f.book, "roles", f.file("ok.csv", "role,object,verbs,limit\nkeeper,sales-order,see enter,\nkeeper,may,price,0.05\n"))
	f.refused("only an owner makes an owner", "hua", "user", "role", f.book, "zhou", "--role", "owner")
	f.refused("only an owner makes an owner", "hua", "user", "role", f.book, "hua", "--role", "hr,owner")
	f.refused("an owner is changed by owners alone", "hua", "user", "set", f.book, "boss", "active=no")
	f.refused("one owner must stay", "boss", "user", "role", f.book, "boss", "--role", "manager")
	f.refused("book.users: zhou may not change users and roles", "zhou", "import", f.book, "roles", f.file("z.csv", "role,object,verbs\nkeeper,payment,audit\n"))
}

// Whoever has the file soon tries ten thousand PINs: three wrong ones lock, also the right one then, and as who lends.
func TestPINsAreNotGuessed(t *testing.T) {
	f := opened(t)
	f.hire("boss", "owner")
	f.hire("wu", "cashier")
	if rc, _, e := f.stdin("4711\n", "wu", "user", "pin", f.book, "wu"); rc != 0 {
		t.Fatal(e)
	}
	by := func(pin string) (int, string) {
		t.Setenv("ZG_PASSWORD", pin)
		var o, e bytes.Buffer
		return run([]string{"slip", "list", f.book, "--user", "wu"}, &o, &e), e.String()
	}
	if rc, e := by("4711"); rc != 0 {
		t.Fatal(e)
	}
	opened := 0
	for pin := 4700; pin < 4720; pin++ {
		rc, e := by(fmt.Sprint(pin))
		if rc == 0 {
			opened++
		} else if pin > 4702 && !strings.Contains(e, "locked until") {
			t.Errorf("%d: %s", pin, e)
		}
	}
	if opened != 0 {
		t.Error("a PIN was guessed")
	}
	f.refused("locked until", "wu", "slip", "list", f.book)
	f.must("boss", "user", "set", f.book, "wu", "locked=no")
	if rc, e := by("4711"); rc != 0 {
		t.Error(e)
	}
}
