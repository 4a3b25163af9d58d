package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/workflow"
)

// salvaged runs salvage and reads what it says.
func salvaged(t *testing.T, damaged, dest string, more ...string) (rc int, saved map[string]int, missing []map[string]string) {
	t.Helper()
	var out, errOut bytes.Buffer
	rc = run(append([]string{"salvage", damaged, dest, "--json"}, more...), &out, &errOut)
	var said struct {
		Saved   map[string]int
		Missing []map[string]string
	}
	if rc == 0 || rc == 3 {
		if err := json.Unmarshal(out.Bytes(), &said); err != nil {
			t.Fatalf("%v in %q, %s", err, out.String(), errOut.String())
		}
	}
	return rc, said.Saved, said.Missing
}

// TestSalvage (7.8): a sound book comes out whole, with the same balances; of one with a page of slips gone, the rest comes out under its
// own numbers without a gap, what is lost is void and named, and the result verifies. Nothing is written to the damaged file.
func TestSalvage(t *testing.T) {
	dir := t.TempDir()
	at := func(n string) string { return filepath.Join(dir, n) }
	ctl := func(args ...string) string {
		t.Helper()
		var out, errOut bytes.Buffer
		if rc := run(args, &out, &errOut); rc != 0 {
			t.Fatalf("zgctl %v: %d %s", args, rc, errOut.String())
		}
		return out.String()
	}
	ctl("demo", at("shop.zg"), "--today", "2026-03-31", "--lang", "en")
	rc, saved, missing := salvaged(t, at("shop.zg"), at("whole.zg"))
	if rc != 0 || len(missing) != 0 || saved["slips"] == 0 || saved["products"] == 0 {
		t.Fatalf("a sound book: %d, %v saved, %v missing", rc, saved, missing)
	}
	for _, report := range []string{"stock-on-hand", "trial-balance", "receivables", "payables", "sales-ledger"} {
		was, is := ctl("report", at("shop.zg"), report, "--format", "csv"), ctl("report", at("whole.zg"), report, "--format", "csv")
		if was != is {
			t.Errorf("%s differs", report)
		}
	}

	whole, err := os.ReadFile(at("shop.zg"))
	if err != nil {
		t.Fatal(err)
	}
	torn := bytes.Clone(whole)
	for page := 4096; page < len(torn); page += 4096 { // wherever a delivery of February is told of
		if bytes.Contains(torn[page:page+4096], []byte("XC-202602-0010")) {
			clear(torn[page : page+4096])
		}
	}
	if err := os.WriteFile(at("torn.zg"), torn, 0o600); err != nil {
		t.Fatal(err)
	}
	rc, rest, missing := salvaged(t, at("torn.zg"), at("rest.zg"))
	if rc != 3 || len(missing) == 0 || rest["slips"] < saved["slips"]-50 {
		t.Errorf("a torn book: %d, %v saved, %d missing", rc, rest, len(missing))
	}
	if out := ctl("verify", at("rest.zg")); strings.Contains(out, "FAILS") {
		t.Error(out)
	}
	numbers := func(book string) string {
		var list []map[string]any
		if err := json.Unmarshal([]byte(ctl("slip", "list", book, "--kind", "delivery", "--json")), &list); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, n := range list {
			b.WriteString(n["number"].(string) + "\n")
		}
		return b.String()
	}
	if was, is := strings.Count(numbers(at("shop.zg")), "XC-"), strings.Count(numbers(at("rest.zg")), "XC-"); was != is {
		t.Errorf("%d deliveries were numbered, %d are", was, is)
	}
	if now, err := os.ReadFile(at("torn.zg")); err != nil || !bytes.Equal(now, torn) {
		t.Error("the damaged file was written to")
	}

	for _, c := range []struct {
		from, to string
		rc       int
	}{{"shop.zg", "whole.zg", 1}, {"none.zg", "x.zg", 1}, {"letter.txt", "x.zg", 1}} {
		if c.from == "letter.txt" {
			if err := os.WriteFile(at(c.from), []byte("Dear Sir"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if rc, _, _ := salvaged(t, at(c.from), at(c.to)); rc != c.rc {
			t.Errorf("salvage %s %s: %d, want %d", c.from, c.to, rc, c.rc)
		}
	}
	if _, err := os.Stat(at("x.zg")); err == nil {
		t.Error("a refused salvage left a book")
	}
}

// TestSalvageNamesWhatIsDoubtful: one character of a product's name and one of a slip's number from outside are changed on the disk. SQLite
// sees nothing; the checksums do, and what stood on those pages is saved and named.
func TestSalvageNamesWhatIsDoubtful(t *testing.T) {
	dir := t.TempDir()
	at := func(n string) string { return filepath.Join(dir, n) }
	ctl := func(args ...string) (int, string) {
		var out, errOut bytes.Buffer
		rc := run(args, &out, &errOut)
		return rc, out.String() + errOut.String()
	}
	write := func(name, words string) string {
		if err := os.WriteFile(at(name), []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
		return at(name)
	}
	for _, args := range [][]string{
		{"new", at("b.zg"), "--company", "X", "--start", "2026-01", "--lang", "en"},
		{"import", at("b.zg"), "warehouses", write("w.csv", "code,name\nW1,Main\n")},
		{"import", at("b.zg"), "suppliers", write("s.csv", "code,name\nS,Supplier\n")},
		{"import", at("b.zg"), "products", write("p.csv", "code,name\nA,Brass screws\n")},
		{"import", at("b.zg"), "slips", write("l.csv", "kind,number,date,party,warehouse,product,qty,price,external_no,audit\ngoods-receipt,R1,2026-01-05,S,W1,A,5,10,WAYBILL-77,yes\n")},
	} {
		if rc, said := ctl(args...); rc != 0 {
			t.Fatalf("%v: %d %s", args, rc, said)
		}
	}
	raw, err := os.ReadFile(at("b.zg"))
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{"Brass screws": "Grass screws", "WAYBILL-77": "WAYBILL-37"} {
		if !bytes.Contains(raw, []byte(from)) {
			t.Fatalf("%s is not in the file", from)
		}
		raw = bytes.ReplaceAll(raw, []byte(from), []byte(to))
	}
	if err := os.WriteFile(at("b.zg"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if rc, said := ctl("verify", at("b.zg")); rc != 3 || !strings.Contains(said, "zgctl salvage") {
		t.Errorf("verify: %d %s", rc, said)
	}
	if rc, said := ctl("report", at("b.zg"), "stock-on-hand"); rc != 0 || !strings.Contains(said, "zgctl salvage") {
		t.Errorf("a report is shown with a word: %d %s", rc, said)
	}
	if rc, said := ctl("import", at("b.zg"), "customers", write("c.csv", "code,name\nC,Customer\n")); rc != 3 || !strings.Contains(said, "Nothing more is written") {
		t.Errorf("an import: %d %s", rc, said)
	}
	rc, saved, missing := salvaged(t, at("b.zg"), at("new.zg"))
	named := map[string]bool{}
	for _, m := range missing {
		named[m["what"]+" "+m["key"]] = strings.Contains(m["why"], "doubtful")
	}
	if rc != 3 || saved["slips"] != 1 || !named["products A"] || !named["slip CR-202601-0001"] {
		t.Errorf("salvage: %d, %v saved, %v missing", rc, saved, missing)
	}
	if rc, said := ctl("verify", at("new.zg")); rc != 0 {
		t.Errorf("the new book: %d %s", rc, said)
	}
}

// TestSalvageOfAFileCutShort: the last page gone, or the head overwritten, all the rest is read; nothing is written to the file.
func TestSalvageOfAFileCutShort(t *testing.T) {
	s := newShop(t)
	whole, err := os.ReadFile(s.book())
	if err != nil {
		t.Fatal(err)
	}
	headless := bytes.Clone(whole)
	clear(headless[:100])
	for name, data := range map[string][]byte{"short": whole[:len(whole)-4096], "headless": headless} {
		damaged := filepath.Join(t.TempDir(), name+".zg")
		if err := os.WriteFile(damaged, data, 0o600); err != nil {
			t.Fatal(err)
		}
		rc, saved, _ := salvaged(t, damaged, damaged+".new")
		if rc != 0 && rc != 3 || saved["products"] != 1 {
			t.Errorf("%s: %d, %v saved", name, rc, saved)
		}
		if now, _ := os.ReadFile(damaged); !bytes.Equal(now, data) {
			t.Errorf("%s was written to", name)
		}
	}
}

// TestVerifyNamesTheDamageOfAnOlderBook: a book of an older shape is copied before it is brought into today's, and a damaged one is not
// copied; verify names what is wrong with it all the same, and leaves it as it is.
func TestVerifyNamesTheDamageOfAnOlderBook(t *testing.T) {
	s := newShop(t)
	db, err := sql.Open("sqlite", s.book())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("UPDATE setting SET value = 'older' WHERE key = 'shape'"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(s.book())
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	last := len(raw)/page*page - page
	raw[last+100] ^= 4
	if err := os.WriteFile(s.book(), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	rc, said := (&console{t: t}).try("verify", s.book())
	if rc != 3 || !strings.Contains(said, fmt.Sprintf("proof 11: pages not as written: %d", last/page+1)) || !strings.Contains(said, "zgctl salvage") {
		t.Errorf("verify: %d %s", rc, said)
	}
	if now, _ := os.ReadFile(s.book()); !bytes.Equal(now, raw) {
		t.Error("the file was changed")
	}
}

// TestStatusSaysWhatPagesAreWorth: a page that opening reads is not what was written.
func TestStatusSaysWhatPagesAreWorth(t *testing.T) {
	s := newShop(t)
	c := &console{t: t}
	if rc, said := c.try("status", s.book(), "--json"); rc != 0 || !strings.Contains(said, `"pages": "whole"`) {
		t.Errorf("a sound book: %d %s", rc, said)
	}
	raw, err := os.ReadFile(s.book())
	if err != nil {
		t.Fatal(err)
	}
	name := []byte("Warehouse")
	if !bytes.Contains(raw, name) {
		name = []byte("Main")
	}
	raw = bytes.ReplaceAll(raw, name, append([]byte("V"), name[1:]...))
	if err := os.WriteFile(s.book(), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if rc, said := c.try("status", s.book()); rc != 0 || !strings.Contains(said, "pages        damaged") || !strings.Contains(said, "zgctl salvage") {
		t.Errorf("a damaged book: %d %s", rc, said)
	}
}

// TestNoBookIsMadeInAFolderThatCannotBeWritten: also not by who may do everything, as the book could only be looked at afterwards.
func TestNoBookIsMadeInAFolderThatCannotBeWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "shut")
	if err := os.Mkdir(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "windows" {
		t.Skip("of folders the mark means something else there")
	}
	c := &console{t: t}
	for _, args := range [][]string{{"new", filepath.Join(dir, "a.zg")}, {"demo", filepath.Join(dir, "b.zg")}} {
		if rc, said := c.try(args...); rc != 1 || !strings.Contains(said, "cannot be written") {
			t.Errorf("%v: %d %s", args, rc, said)
		}
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) > 0 {
		t.Errorf("%v lie there, %v", list, err)
	}
}

// hit makes a copy of a book in which a statement changed something that the disk, and not the program, changed: the pages keep the
// checksums they had.
func hit(t *testing.T, book, statement string) string {
	t.Helper()
	sound, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	damaged := filepath.Join(t.TempDir(), "hit.zg")
	if err := os.WriteFile(damaged, sound, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", damaged)
	if err == nil {
		_, err = db.Exec(statement)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(damaged)
	if err != nil || len(raw) != len(sound) {
		t.Fatalf("%d bytes, %v", len(raw), err)
	}
	const page, kept = 4096, 4
	for at := 0; at < len(raw); at += page {
		copy(raw[at+page-kept:at+page], sound[at+page-kept:at+page])
	}
	if err := os.WriteFile(damaged, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return damaged
}

// TestSalvageKnowsANumberThatWasHit: 12 @ 7.50 and 8 @ 3.00 are received of an order, 5 of the first are sold at 11.00. Whichever number of the
// receipt is hit, the others say what it was: the whole chain stands as before, and only the receipt's figure is doubtful, by line and field.
func TestSalvageKnowsANumberThatWasHit(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "products", s.file("b.csv", "code,name\nB,Bolt\n"))
	s.must("import", s.book(), "slips", s.file("o.csv", "kind,number,date,party,warehouse,product,qty,price,source,audit\n"+
		"purchase-order,O1,2026-01-02,S,W,A,12,7.5,,yes\npurchase-order,O1,2026-01-02,S,W,B,8,3,,yes\n"))
	receipt := strings.TrimSpace(s.must("push", s.book(), "CD-202601-0001", "goods-receipt", "--date", "2026-01-05", "--audit"))
	s.must("import", s.book(), "slips", s.file("d.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ndelivery,D1,2026-01-09,C,W,A,5,11,yes\n"))
	was := s.must("report", s.book(), "stock-on-hand", "--format", "csv")
	line := func(no int) string {
		return fmt.Sprintf(" WHERE no = %d AND slip_id = (SELECT id FROM slip WHERE kind = 'goods-receipt')", no)
	}
	for _, c := range []struct{ statement, why string }{
		{"UPDATE slip_line SET qty = qty + 1048576" + line(1), "line 1 Qty reads 116.8576; only 12 agrees"},
		{"UPDATE slip_line SET price = price + 131072" + line(2), "line 2 Price reads 3.131072; only 3.00 agrees"},
		{"UPDATE slip_line SET tax_rate = tax_rate | 64" + line(1), "line 1 Tax % reads"},
		{"UPDATE slip_line SET gross = gross + 32" + line(1), "line 1 gross amount reads 102.02"},
		{"UPDATE slip_line SET product_id = (SELECT id FROM product WHERE code = 'B')" + line(1), "line 1 Code reads B; only A agrees"},
		{"UPDATE slip SET gross = gross + 64 WHERE kind = 'goods-receipt'", "gross amount reads 129.46"},
	} {
		damaged := hit(t, s.book(), c.statement)
		fresh := filepath.Join(t.TempDir(), "new.zg")
		rc, _, missing := salvaged(t, damaged, fresh)
		told := false
		for _, m := range missing {
			if strings.Contains(m["why"], "stands as") || !strings.HasPrefix(m["why"], "doubtful: ") {
				t.Errorf("%s: %v", c.statement, m)
			}
			told = told || m["what"] == "slip" && m["key"] == receipt && strings.Contains(m["why"], c.why)
		}
		if rc != 3 || !told {
			t.Errorf("%s: %d, %v", c.statement, rc, missing)
			continue
		}
		if is := s.must("report", fresh, "stock-on-hand", "--format", "csv"); is != was {
			t.Errorf("%s: in stock are\n%swant\n%s", c.statement, is, was)
		}
		s.must("verify", fresh)
	}
}

// TestSalvageKeepsTheSettingsItCanRead: one that is hit has its default, the others stand.
func TestSalvageKeepsTheSettingsItCanRead(t *testing.T) {
	s := newShop(t, "--company", "Nordwind", "--taxpayer", "small", "--slow-days", "77")
	fresh := filepath.Join(t.TempDir(), "new.zg")
	rc, _, missing := salvaged(t, hit(t, s.book(), "UPDATE setting SET value = 'smbll' WHERE key = 'taxpayer'"), fresh)
	if rc != 3 || !slices.ContainsFunc(missing, func(m map[string]string) bool {
		return m["what"] == "setting" && m["key"] == "taxpayer" && strings.Contains(m["why"], `"smbll"`)
	}) {
		t.Errorf("%d, %v", rc, missing)
	}
	if said := s.must("set", fresh); !strings.Contains(said, "Nordwind") || !strings.Contains(said, "77") {
		t.Error(said)
	}
}

// TestABookWithoutItsLogSaysSo: three things are entered and lie in the log; the file alone is copied. Every command says that 3 writes are
// missing, verify fails, status counts them; the book itself says nothing.
func TestABookWithoutItsLogSaysSo(t *testing.T) {
	s := newShop(t)
	b, err := workflow.Open(s.book())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []string{"61", "62", "63"} {
		if err := b.Set(map[string]string{"slow_days": v}); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(s.book())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	alone := s.file("alone.zg", string(raw))
	c := &console{t: t}
	const word = "the last 3 writes are not in the book"
	if rc, said := c.try("status", alone, "--json"); rc != 0 || !strings.Contains(said, word) || !strings.Contains(said, `"lost_writes": 3`) {
		t.Errorf("status: %d %s", rc, said)
	}
	if rc, said := c.try("verify", alone); rc != 3 || !strings.Contains(said, "13 FAILS") || !strings.Contains(said, word) {
		t.Errorf("verify: %d %s", rc, said)
	}
	if rc, said := c.try("report", alone, "stock-on-hand"); rc != 0 || !strings.Contains(said, "warning: ") || !strings.Contains(said, word) {
		t.Errorf("a report: %d %s", rc, said)
	}
	if rc, said := c.try("verify", s.book()); rc != 0 || strings.Contains(said, "not in the book") {
		t.Errorf("the book itself: %d %s", rc, said)
	}
}

// TestVerifyOfNoBookProvesNothing: another program's file, and an empty one, are refused as no book, without a word of proofs.
func TestVerifyOfNoBookProvesNothing(t *testing.T) {
	dir := t.TempDir()
	mail, empty := filepath.Join(dir, "mail.db"), filepath.Join(dir, "empty.zg")
	db, err := sql.Open("sqlite", mail)
	if err == nil {
		_, err = db.Exec("CREATE TABLE letters (words TEXT)")
	}
	if err := errors.Join(err, db.Close(), os.WriteFile(empty, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{mail, empty} {
		if rc, said := (&console{t: t}).try("verify", path); rc != 3 || strings.Contains(said, " ok ") || !strings.Contains(said, "it is not a book") {
			t.Errorf("%s: %d %s", filepath.Base(path), rc, said)
		}
	}
}
