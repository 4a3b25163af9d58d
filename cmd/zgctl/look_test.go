package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// desk is a folder in which commands are run.
type desk struct {
	t   *testing.T
	dir string
}

func (d desk) at(name string) string { return filepath.Join(d.dir, name) }

func (d desk) file(name, content string) string {
	d.t.Helper()
	if err := os.WriteFile(d.at(name), []byte(content), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return d.at(name)
}

func (d desk) call(args ...string) (rc int, out, said string) {
	var o, e bytes.Buffer
	rc = run(args, &o, &e)
	return rc, o.String(), e.String()
}

func (d desk) must(args ...string) string {
	d.t.Helper()
	rc, out, said := d.call(args...)
	if rc != 0 {
		d.t.Fatal(args, rc, said)
	}
	return out
}

// refused wants exit 1 and words.
func (d desk) refused(words string, args ...string) {
	d.t.Helper()
	if rc, _, said := d.call(args...); rc != 1 || !strings.Contains(said, words) {
		d.t.Errorf("%v: %d %q, want %q", args, rc, said, words)
	}
}

// stall is a book with 40 of P1 at 3.00, of which 4 are sold at 5.00 by D1, 2 more stand on the draft D2, and a count of 30 is a draft.
func stall(t *testing.T) desk {
	t.Helper()
	d := desk{t, t.TempDir()}
	d.must("new", d.at("b.zg"), "--start", "2026-01")
	for _, f := range [][2]string{{"warehouses", "code,name\nW1,Main\n"}, {"products", "code,name\nP1,Nail\n"}, {"customers", "code,name\nC,Cust\n"},
		{"opening-stock", "warehouse,product,qty,cost\nW1,P1,40,3\n"},
		{"slips", "kind,number,date,party,warehouse,product,qty,price,audit\ndelivery,D1,2026-01-05,C,W1,P1,4,5,yes\ndelivery,D2,2026-01-06,C,W1,P1,2,5,no\nstocktake,ST,2026-01-07,,W1,P1,30,,no\n"}} {
		d.must("import", d.at("b.zg"), f[0], d.file(f[0]+".csv", f[1]))
	}
	return d
}

// folder is what lies in a folder: names and contents.
func (d desk) folder(name string) string {
	d.t.Helper()
	var all strings.Builder
	list, err := os.ReadDir(d.at(name))
	if err != nil {
		d.t.Fatal(err)
	}
	for _, e := range list {
		content, err := os.ReadFile(filepath.Join(d.at(name), e.Name()))
		if err != nil {
			d.t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		all.WriteString(e.Name() + " " + string(sum[:]) + "\n")
	}
	return all.String()
}

// inFolder moves the book into a folder of its own.
func (d desk) inFolder() string {
	d.t.Helper()
	if err := os.Mkdir(d.at("in"), 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.Rename(d.at("b.zg"), d.at("in/b.zg")); err != nil {
		d.t.Fatal(err)
	}
	return d.at("in/b.zg")
}

// looks runs every command that only asks, with further words, and wants all that write refused; nothing in the book's folder changes.
func (d desk) looks(book string, more ...string) {
	d.t.Helper()
	before := d.folder("in")
	with := func(args ...string) []string { return append(args, more...) }
	for _, args := range [][]string{{"verify", book}, {"status", book}, {"set", book}, {"costing", book}, {"slip", "list", book}, {"slip", "show", book, "D1"}, {"flow", book, "D1"},
		{"explain", book, "ST"}, {"report", book, "stock-on-hand"}, {"report", book, "trial-balance"}, {"export", book, "products", "-o", d.at("x.csv")}, {"books", book, "2026-01", "-o", d.at("x.xlsx")},
		{"print", book, "D1", "-o", d.at("x.pdf")}, {"label", book, "P1", "-o", d.at("l.pdf")}, {"backup", book, d.at("copy.zg")}} {
		d.must(with(args...)...)
	}
	if out := d.must(with("count", "diff", book, "ST", "--json")...); !strings.Contains(out, `"difference": "-6"`) || !strings.Contains(out, `"value": "-18.00"`) {
		d.t.Errorf("the count finds 30 of 36 at 3.00: %s", out)
	}
	d.must("verify", d.at("copy.zg"))
	os.Remove(d.at("copy.zg"))
	for _, args := range [][]string{{"slip", "audit", book, "D2"}, {"slip", "unaudit", book, "D1"}, {"slip", "void", book, "D2"}, {"slip", "close", book, "D2"}, {"slip", "set", book, "D2", "1.qty=3"},
		{"push", book, "D1", "sales-return"}, {"import", book, "products", d.file("n.csv", "code,name\nP2,Bolt\n")}, {"set", book, "company=Other"}, {"close", book, "2026-01"}, {"reopen", book, "2026-01"},
		{"count", "new", book, "W1"}, {"reorder", book}, {"label", book, "P1", "--own"}, {"costing", book, "fifo", "--from", "2026-01"}} {
		if rc, _, said := d.call(with(args...)...); rc != 1 || !strings.Contains(said, "opened to look") && args[0] != "reorder" && args[0] != "reopen" {
			d.t.Errorf("%v: %d %s", args, rc, said)
		}
	}
	if after := d.folder("in"); after != before {
		d.t.Errorf("what only looks has changed the folder:\n%q\n%q", before, after)
	}
}

// W5: a book opened to look is asked like any other, and nothing is written.
func TestReadOnlyWritesNothing(t *testing.T) {
	d := stall(t)
	book := d.inFolder()
	d.looks(book, "--read-only")
	for _, args := range [][]string{{"new", d.at("n.zg")}, {"demo", d.at("n.zg")}, {"restore", book, d.at("n.zg")}, {"salvage", book, d.at("n.zg")}} {
		d.refused("opened to look", append(args, "--read-only")...)
	}
	if _, err := os.Stat(d.at("n.zg")); err == nil {
		t.Error("a book was made to look")
	}
}

// A file that nobody may write, and a folder that nothing can be laid into, open to look by themselves.
func TestAnUnwritableBookOpensToLook(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights of folders are another thing there")
	}
	t.Run("file", func(t *testing.T) {
		d := stall(t)
		book := d.inFolder()
		os.Chmod(book, 0o400)
		d.looks(book)
	})
	t.Run("folder", func(t *testing.T) {
		d := stall(t)
		book := d.inFolder()
		os.Chmod(d.at("in"), 0o555)
		defer os.Chmod(d.at("in"), 0o755)
		d.looks(book)
	})
	t.Run("written again", func(t *testing.T) {
		d := stall(t)
		book := d.inFolder()
		os.Chmod(book, 0o400)
		d.refused("opened to look", "slip", "audit", book, "D2")
		os.Chmod(book, 0o600)
		d.must("slip", "audit", book, "D2")
		d.must("verify", book)
	})
}

// Who looks sees what another program has written since, and hinders nobody.
func TestLookingSeesOtherPrograms(t *testing.T) {
	d := stall(t)
	book := d.at("b.zg")
	in, out := newPipe(t, d, book, "--read-only")
	ask := func(args ...string) answer {
		t.Helper()
		b, _ := json.Marshal(args)
		in.WriteString(string(b) + "\n")
		var a answer
		if err := out.Decode(&a); err != nil {
			t.Fatal(err)
		}
		return a
	}
	if a := ask("slip", "show", ".", "D2"); a.RC != 0 || !strings.Contains(a.Out, "status: draft") {
		t.Fatalf("%+v", a)
	}
	d.must("slip", "audit", book, "D2")
	if a := ask("slip", "show", ".", "D2"); a.RC != 0 || !strings.Contains(a.Out, "status: audited") {
		t.Errorf("%+v", a)
	}
	if a := ask("slip", "unaudit", ".", "D2"); a.RC != 1 || !strings.Contains(a.Err, "opened to look") {
		t.Errorf("%+v", a)
	}
	if a := ask("verify", "."); a.RC != 0 {
		t.Errorf("%+v", a)
	}
	in.Close()
	d.must("verify", book)
}
