package workflow_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/auditlog"
	"zhanggui/data/workflow"
)

// kept opens a copy of a book that a version of before made.
func kept(t *testing.T, name string) *workflow.Book {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata/books", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.zg")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := workflow.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// A book of each version that was given out opens, grows, goes on and proves itself: one order of ten, four of them delivered, a draft, goods moved
// between two stores, a month closed, a collection. The older has no seals: one entry seals all of it.
func TestBooksOfVersionsBeforeGoOn(t *testing.T) {
	for name, want := range map[string]struct{ upgrades, copies int }{
		"landed-19.zg.gz": {1, 1},
		"landed-20.zg.gz": {0, 1}, // a table came since, without a value that would need an entry
		"landed-21.zg.gz": {0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := kept(t, name)
			mustHold(t, b)
			found := 0
			if err := b.DB.EachEntry(func(e *auditlog.Entry) error {
				if e.Verb == auditlog.Upgraded {
					found++
				}
				return nil
			}); err != nil || found != want.upgrades {
				t.Errorf("%d upgrades in the log, want %d (%v)", found, want.upgrades, err)
			}
			copies, _ := filepath.Glob(b.Path() + ".before-*")
			if len(copies) != want.copies {
				t.Errorf("copies of before: %v", copies)
			}
			if d, err := b.Load("O1"); err != nil || d.Status != "partly-done" || d.Lines[0].Remaining.String() != "6" {
				t.Errorf("the order stands at %v (%v)", d, err)
			}
			if _, err := b.Audit("D2"); err != nil {
				t.Fatal(err)
			}
			enterRows(t, b, "kind=delivery number=d9 date=2026-02-20 party=C warehouse=W1 product=A qty=6 price=20 source=O1")
			if d, err := b.Load("O1"); err != nil || d.Status != "done" {
				t.Errorf("the order is %v (%v)", d, err)
			}
			if err := b.ClosePeriod(202602); err != nil {
				t.Fatal(err)
			}
			mustHold(t, b)
			said := failing(t, damaged(t, b, "UPDATE party SET bank_account = '6222-9' WHERE code = 'C'"), 10)
			if !strings.Contains(said, "customers C is not as entry") {
				t.Errorf("a changed account is not named: %s", said)
			}
		})
	}
}
