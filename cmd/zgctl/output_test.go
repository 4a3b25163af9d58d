package main

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

func TestNoOutputGoesOverABook(t *testing.T) {
	c := &console{t: t}
	dir := t.TempDir()
	book := filepath.Join(dir, "shop.zg")
	named := filepath.Join(dir, "shop.xlsx") // a book is known by what it holds
	c.ok("new", book, "--start", "2026-01")
	c.ok("new", named)
	c.ok("import", book, "warehouses", c.file("w.csv", "code,name\nW1,Main\n"))
	for _, target := range []string{book, named} {
		before, _ := os.ReadFile(target)
		for _, args := range [][]string{{"report", book, "trial-balance", "--format", "table"}, {"report", book, "trial-balance", "--format", "csv"}, {"report", book, "trial-balance", "--format", "json"},
			{"report", book, "trial-balance", "--format", "pdf"}, {"books", book, "2026-01"}, {"export", book, "warehouses"}} {
			if target == book && (args[0] == "books" || args[0] == "export") {
				continue // refused by its ending already
			}
			if code, said := c.try(append(args, "-o", target)...); code != 1 || !strings.Contains(said, "not written over") {
				t.Errorf("%v over %s: %d %s", args, filepath.Base(target), code, said)
			}
		}
		if after, _ := os.ReadFile(target); !bytes.Equal(before, after) {
			t.Errorf("%s has changed", target)
		}
	}
}

// shut is a pipe whose reader went away.
type shut struct{}

func (shut) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestOutputThatCannotBeWrittenIsOne(t *testing.T) {
	c := &console{t: t}
	book := filepath.Join(t.TempDir(), "b.zg")
	c.ok("new", book, "--start", "2026-01")
	for _, args := range [][]string{{"slip", "list", book, "--json"}, {"verify", book}, {"report", book, "trial-balance"}, {"report", "--list"}, {"status", book}, {"set", book}, {"help"}} {
		var said bytes.Buffer
		if code := run(args, shut{}, &said); code != 1 || !strings.Contains(said.String(), "broken pipe") || strings.Contains(said.String(), "internal") {
			t.Errorf("%v: %d %s", args, code, said.String())
		}
	}
	if full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0); err == nil {
		defer full.Close()
		var said bytes.Buffer
		if code := run([]string{"set", book}, full, &said); code != 1 || !strings.Contains(said.String(), "the disk is full") {
			t.Errorf("set onto a full disk: %d %s", code, said.String())
		}
	}
	if code, said := c.try("report", book, "trial-balance", "--format", "csv", "-o", "/dev/full"); code != 1 {
		t.Errorf("to a full device: %d %s", code, said)
	}
	if code, said := c.try("report", book, "trial-balance", "--format", "json", "-o", filepath.Join(book, "no", "x.json")); code != 1 {
		t.Errorf("into no folder: %d %s", code, said)
	}
}

func TestSwitchesDaysAndWords(t *testing.T) {
	c := &console{t: t}
	book := filepath.Join(t.TempDir(), "b.zg")
	c.ok("new", book, "--start", "2026-01")
	if out := c.ok("slip", "list", book, "--json=no", "--to", "9999-12-31"); strings.Contains(out, "[") {
		t.Errorf("%s", out)
	}
	if code, _ := c.try("slip", "list", book, "--json=perhaps"); code != 2 {
		t.Errorf("--json=perhaps: %d", code)
	}
	if code, _ := c.try("verify", book, "and", "more"); code != 2 {
		t.Errorf("verify with more words: %d", code)
	}
	for _, key := range []string{`"engine": "sqlite"`, `"book": `, `"shape": `, `"program": `, `"person": `, `"last_backup": ""`, `"log": `} {
		if out := c.ok("status", book, "--json"); !strings.Contains(out, key) {
			t.Errorf("status lacks %s: %s", key, out)
		}
	}
}

func TestBooksOfASlipOfAnUnknownKind(t *testing.T) {
	c := &console{t: t}
	book := filepath.Join(t.TempDir(), "b.zg")
	c.ok("demo", book, "--today", "2026-01-31")
	db, err := sql.Open("sqlite", book)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("UPDATE slip SET kind = 'zzz' WHERE id = (SELECT MAX(slip_id) FROM voucher_line)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if code, said := c.try("books", book, "2026-01", "-o", filepath.Join(t.TempDir(), "b.xlsx")); code > 1 {
		t.Errorf("%d %s", code, said)
	}
	if code, said := c.try("verify", book); code != 3 || !strings.Contains(said, "zzz") {
		t.Errorf("%d %s", code, said)
	}
}

// console runs commands of the program.
type console struct{ t *testing.T }

func (c *console) try(args ...string) (int, string) {
	var out, said bytes.Buffer
	code := run(args, &out, &said)
	return code, out.String() + said.String()
}

func (c *console) ok(args ...string) string {
	c.t.Helper()
	code, out := c.try(args...)
	if code != 0 {
		c.t.Fatalf("%v: %d %s", args, code, out)
	}
	return out
}

func (c *console) file(name, body string) string {
	path := filepath.Join(c.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
		c.t.Fatal(err)
	}
	return path
}
