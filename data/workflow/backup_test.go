package workflow_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// trade makes a book with a receipt and a delivery.
func trade(t *testing.T) *workflow.Book {
	b := open(t, workflow.Settings{Company: "恒达五金"})
	load(t, b, "slips", full, "goods-receipt,r1,2026-01-02,S,W1,A,10,,10,no,0.13,0,,,yes", "delivery,d1,2026-01-05,C,W1,A,1,,20,no,0.13,0,,,yes")
	return b
}

func TestABackupHoldsAllAndComesBack(t *testing.T) {
	b := trade(t)
	dir := t.TempDir()
	dest := filepath.Join(dir, "copy 备份#1.zg")
	if err := b.Backup(dest); err != nil {
		t.Fatal(err)
	}
	if err := b.Backup(dest); !fault.Is(err, fault.Refused) {
		t.Errorf("a second time over the first: %v", err)
	}
	if head, err := os.ReadFile(dest); err != nil || head[18] != 1 {
		t.Errorf("the copy needs files beside it: journal version %d, %v", head[18], err)
	}
	load(t, b, "slips", full, "delivery,d2,2026-01-06,C,W1,A,1,,20,no,0.13,0,,,yes") // after the backup

	book := filepath.Join(dir, "new.zg")
	if err := workflow.Restore(dest, book); err != nil {
		t.Fatal(err)
	}
	c, err := workflow.Open(book)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	mustHold(t, c)
	if d, err := c.Load("d1"); err != nil || d.Gross.String() != "22.60" || c.Settings().Company != "恒达五金" {
		t.Errorf("what comes back is %v, %v", d, err)
	}
	if _, err := c.Load("d2"); !fault.Is(err, fault.NotFound) {
		t.Errorf("what was made after the backup: %v", err)
	}
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		if strings.Contains(f.Name(), ".part") || strings.Contains(f.Name(), ".restored") {
			t.Errorf("%s is left over", f.Name())
		}
	}
}

func TestRestoringNeverLosesTheFormerBook(t *testing.T) {
	b := trade(t)
	book := b.Path()
	backup := filepath.Join(t.TempDir(), "b.zg")
	if err := b.Backup(backup); err != nil {
		t.Fatal(err)
	}
	if err := workflow.Restore(backup, book); !fault.Is(err, fault.Conflict) {
		t.Errorf("restoring over an open book: %v", err)
	}
	load(t, b, "slips", full, "delivery,d2,2026-01-06,C,W1,A,1,,20,no,0.13,0,,,yes")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := workflow.Restore(book, book); !fault.Is(err, fault.Usage) {
		t.Errorf("restoring a book from itself: %v", err)
	}
	former, err := workflow.RestoreKeeping(backup, book)
	if err != nil || former == "" {
		t.Fatalf("restoring over a closed book: kept %q, %v", former, err)
	}
	for path, there := range map[string]bool{book: false, former: true} {
		c, err := workflow.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Load("d2"); (err == nil) != there {
			t.Errorf("%s has the later slip: %v", path, err)
		}
		mustHold(t, c)
		c.Close()
	}
}

// overwritten is a book with nonsense in a page that opening does not need, and that book opened.
func overwritten(t *testing.T, whole []byte) ([]byte, *workflow.Book) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "torn.zg")
	for n := len(whole)/4096 - 1; n > 0; n-- {
		page := bytes.Clone(whole)
		copy(page[n*4096:(n+1)*4096], bytes.Repeat([]byte{0x5a}, 4096))
		if err := os.WriteFile(path, page, 0o600); err != nil {
			t.Fatal(err)
		}
		if b, err := workflow.Open(path); err == nil {
			return page, b
		}
	}
	t.Fatal("opening needs every page")
	return nil, nil
}

func TestADamagedBackupIsRefusedAndADamagedBookReplaced(t *testing.T) {
	b := trade(t)
	dir := t.TempDir()
	good := filepath.Join(dir, "good.zg")
	if err := b.Backup(good); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	page, torn := overwritten(t, whole)
	book := filepath.Join(dir, "book.zg")
	for name, content := range map[string][]byte{"cut short": whole[:len(whole)/2], "a page overwritten": page, "no book": []byte("not a book at all"), "empty": nil} {
		bad := filepath.Join(dir, name)
		if err := os.WriteFile(bad, content, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := workflow.Restore(bad, book); !fault.Is(err, fault.Damaged) {
			t.Errorf("a backup that is %s: %v", name, err)
		}
		if _, err := os.Stat(book); err == nil {
			t.Fatalf("a backup that is %s left a book", name)
		}
	}
	if err := workflow.Restore(filepath.Join(dir, "none"), book); !fault.Is(err, fault.NotFound) {
		t.Errorf("no backup at all: %v", err)
	}
	// a book with a damaged page gives no backup
	if err := torn.Backup(filepath.Join(dir, "torn.backup.zg")); !fault.Is(err, fault.Damaged) {
		t.Errorf("a damaged book is backed up: %v", err)
	}
	if list, _ := filepath.Glob(filepath.Join(dir, "torn.backup*")); len(list) > 0 {
		t.Errorf("a refused backup left %v", list)
	}
	torn.Close()
	// the book itself is damaged, and a crash left a log beside it: it moves aside, and the log does not spoil what is restored
	for _, f := range []string{book, book + "-wal"} {
		if err := os.WriteFile(f, page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	former, err := workflow.RestoreKeeping(good, book)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(former); err != nil || !bytes.Equal(kept, page) {
		t.Errorf("%s is not kept as it was: %v", former, err)
	}
	c, err := workflow.Open(book)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	mustHold(t, c)
}

func TestOneBackupADayIsKeptOfDaysOnWhichSomethingWasDone(t *testing.T) {
	b := trade(t)
	at := time.Date(2027, 1, 1, 9, 0, 0, 0, time.UTC)
	b.Now = func() time.Time { return at }
	n := 0
	work := func() {
		n++
		load(t, b, "customers", "code,name", fmt.Sprintf("N%d,新客户", n))
	}
	want := func(what string, made bool, files ...string) {
		t.Helper()
		path, did, err := b.DailyBackup(3)
		if err != nil || did != made || filepath.Base(path) != files[len(files)-1] {
			t.Errorf("%s: %s, made %v, %v", what, path, did, err)
		}
		var got []string
		entries, _ := os.ReadDir(b.BackupDir())
		for _, e := range entries {
			got = append(got, e.Name())
		}
		if fmt.Sprint(got) != fmt.Sprint(files) {
			t.Errorf("%s: there are %v, want %v", what, got, files)
		}
	}
	if _, ok := b.LastBackup(); ok {
		t.Error("there is a backup before the first")
	}
	want("the first", true, "book-20270101-090000.zg")
	at = at.Add(time.Hour)
	want("nothing done since", false, "book-20270101-090000.zg")
	first := filepath.Join(b.BackupDir(), "book-20270101-090000.zg")
	if err := os.Chmod(first, 0o644); err != nil { // as older versions wrote them
		t.Fatal(err)
	}
	want("nothing done, with one that others can read", false, "book-20270101-090000.zg")
	if i, err := os.Stat(first); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("the backup's rights are %v, %v", i.Mode(), err)
	}
	work()
	at = at.Add(time.Hour)
	want("later that day", true, "book-20270101-090000.zg", "book-20270101-110000.zg")
	at = at.AddDate(0, 0, 1)
	want("a day nothing was done", false, "book-20270101-090000.zg", "book-20270101-110000.zg")
	if last, ok := b.LastBackup(); !ok || !last.Equal(time.Date(2027, 1, 1, 11, 0, 0, 0, time.UTC)) {
		t.Errorf("the last backup was at %v, %v", last, ok)
	}
	for range 3 {
		at = at.AddDate(0, 0, 1)
		work()
		at = at.Add(time.Minute)
		if _, made, err := b.DailyBackup(3); !made || err != nil {
			t.Fatal(made, err)
		}
	}
	want("the last three days", false, "book-20270103-110100.zg", "book-20270104-110200.zg", "book-20270105-110300.zg")
	for range 7 { // of this day and the one before six each, of days before the last
		work()
		at = at.Add(time.Minute)
		if _, made, err := b.DailyBackup(3); !made || err != nil {
			t.Fatal(made, err)
		}
	}
	want("a busy day", false, "book-20270103-110100.zg", "book-20270104-110200.zg", "book-20270105-110500.zg", "book-20270105-110600.zg", "book-20270105-110700.zg",
		"book-20270105-110800.zg", "book-20270105-110900.zg", "book-20270105-111000.zg")
	at = at.AddDate(0, 0, 2)
	work()
	if _, made, err := b.DailyBackup(2); !made || err != nil {
		t.Fatal(made, err)
	}
	work()
	at = at.AddDate(0, 0, 1)
	if _, made, err := b.DailyBackup(3); !made || err != nil {
		t.Fatal(made, err)
	}
	want("two days later", false, "book-20270105-111000.zg", "book-20270107-111000.zg", "book-20270108-111000.zg")
}

func TestTheCompanysHeadCanBeChanged(t *testing.T) {
	b := open(t, workflow.Settings{Company: "恒达五金"})
	heard := ""
	b.Watch(func() { heard = b.Settings().Company })
	if err := b.Set(map[string]string{"company": " 恒达贸易 ", "address": "人民路 1 号", "phone": "010-1234", "lang": "en"}); err != nil {
		t.Fatal(err)
	}
	if err := b.Set(map[string]string{"company": "x", "lang": "fr"}); !fault.Is(err, fault.Usage) {
		t.Errorf("a language that is none: %v", err)
	}
	if heard != "恒达贸易" {
		t.Errorf("who watches reads %q", heard)
	}
	c, err := workflow.Open(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if s := c.Settings(); s.Company != "恒达贸易" || s.Address != "人民路 1 号" || s.Phone != "010-1234" || s.Lang != text.En || s.Start != 202601 {
		t.Errorf("the settings are %+v", s)
	}
	before, _, _ := b.DB.LastLog()
	if err := b.Set(map[string]string{"company": "恒达贸易", "address": "人民路 1 号", "phone": "010-1234", "lang": "en"}); err != nil {
		t.Fatal(err)
	}
	if after, _, _ := b.DB.LastLog(); after != before {
		t.Error("a change that is none is logged")
	}
	mustHold(t, b)
}
