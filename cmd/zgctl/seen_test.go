package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An old copy in the place of a book: every command warns on standard error and does what it is to do, verify names it; a book that is restored,
// or made anew, is meant.
func TestAnOldCopyIsWarnedOf(t *testing.T) {
	dir := t.TempDir()
	book, backup := filepath.Join(dir, "b.zg"), filepath.Join(dir, "copy.zg")
	do := func(want int, args ...string) (string, string) {
		t.Helper()
		rc, out, errOut := zgctl(args...)
		if rc != want {
			t.Fatalf("%v: %d %s %s", args, rc, out, errOut)
		}
		return out, errOut
	}
	quiet := func(args ...string) {
		t.Helper()
		if _, errOut := do(0, args...); strings.Contains(errOut, "old copy") || strings.Contains(errOut, "not the one this PC") {
			t.Errorf("%v: %s", args, errOut)
		}
	}
	do(0, "new", book, "--start", "2026-01")
	do(0, "backup", book, backup)
	quiet("status", book)
	old, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	do(0, "set", book, "company=甲")
	do(0, "set", book, "company=乙")
	quiet("status", book)
	if err := os.WriteFile(book, old, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"status", book}, {"status", book, "--read-only"}, {"slip", "list", book}, {"set", book, "company=丙"}, {"status", book}} {
		if _, errOut := do(0, args...); !strings.Contains(errOut, "warning: this file ends at entry ") || !strings.Contains(errOut, ": an old copy?") {
			t.Errorf("%v: %q", args, errOut)
		}
	}
	if out, errOut := do(3, "verify", book); !strings.Contains(out+errOut, "proof 10: an anchor kept outside says entry ") {
		t.Errorf("verify says %s", out+errOut)
	}
	do(0, "restore", backup, book)
	quiet("status", book)
	quiet("verify", book)
	if err := os.Remove(book); err != nil {
		t.Fatal(err)
	}
	do(0, "new", book, "--start", "2026-02")
	quiet("status", book)
	quiet("verify", book)
}
