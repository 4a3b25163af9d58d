package main

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The end of the log is told by status and stands on the cover of the month's books; verify holds the log against what was written down.
func TestVerifyHoldsTheLogAgainstAnchors(t *testing.T) {
	c := &console{t: t}
	dir := t.TempDir()
	book := filepath.Join(dir, "b.zg")
	c.ok("new", book, "--start", "2026-01")
	var end struct {
		Entry int64  `json:"log_entry"`
		Hash  string `json:"log_hash"`
	}
	if err := json.Unmarshal([]byte(c.ok("status", book, "--json")), &end); err != nil || end.Entry < 1 || len(end.Hash) != 64 {
		t.Fatalf("%+v %v", end, err)
	}
	at := strconv.FormatInt(end.Entry, 10)
	workbook := filepath.Join(dir, "books.xlsx")
	c.ok("books", book, "2026-01", "-o", workbook)
	f, err := excelize.OpenFile(workbook)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("封面")
	if err != nil {
		t.Fatal(f.GetSheetList(), err)
	}
	if want := "日志 " + at + " " + end.Hash[:16]; rows[3][0] != want {
		t.Errorf("the cover says %q, want %q", rows[3], want)
	}
	c.ok("close", book, "2026-01")
	c.ok("backup", book, filepath.Join(dir, "copy.zg"))
	said := c.ok("verify", book, "--anchor", at+":"+end.Hash[:8], "--anchor="+at+":"+strings.ToUpper(end.Hash))
	if !regexp.MustCompile(`(?m)^10 ok +the audit log's chain is unbroken \(\d+ entries, \d+ seals, 2 anchors\)$`).MatchString(said) {
		t.Error(said)
	}
	if code, said := c.try("verify", book, "--anchor", at+":"+end.Hash[:8], "--anchor", at+":00000000"); code != 3 || !strings.Contains(said, "proof 10: an anchor kept outside says entry "+at+" is 00000000, it is "+end.Hash[:16]) {
		t.Errorf("%d %s", code, said)
	}
	for _, bad := range []string{"4812", "x:12345678", at + ":1234567", at + ":zzzzzzzz"} {
		if code, said := c.try("verify", book, "--anchor", bad); code != 2 || !strings.Contains(said, "is no anchor") {
			t.Errorf("%s: %d %s", bad, code, said)
		}
	}
}
