package seen_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"zhanggui/data/workflow"
	"zhanggui/data/workflow/seen"
	"zhanggui/data/workflow/testbook"
)

func aside(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("XDG_DATA_HOME", dir)
	t.Setenv("LOCALAPPDATA", dir)
}

func saved(t *testing.T, path, code string) {
	t.Helper()
	b, err := workflow.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	testbook.Load(t, b, "customers", "code,name", code+","+code)
	seen.Note(b)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}

func odd(t *testing.T, path string) string {
	t.Helper()
	b, err := workflow.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	return seen.Odd(b).En
}

// The design's example in small: the file in the book's place ends before what this PC saw of it; then it grows past that, and is another log.
func TestAnOldCopyIsNoticed(t *testing.T) {
	aside(t)
	path := filepath.Join(t.TempDir(), "b.zg")
	b, err := workflow.Create(path, workflow.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
	saved(t, path, "C1")
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	saved(t, path, "C2")
	saved(t, path, "C3")
	if said := odd(t, path); said != "" {
		t.Errorf("the newest book is odd: %s", said)
	}
	last := seen.Of(path)
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	b, _ = workflow.Open(path)
	end, at, err := b.DB.LogEnd()
	b.Close()
	if err != nil || len(last) != 1 || end.Entry != last[0].Entry-4 {
		t.Fatalf("%v %v %v", end, last, err)
	}
	want := "this file ends at entry "
	day := time.UnixMilli(at).Format("01-02")
	if said := odd(t, path); !strings.HasPrefix(said, want) || !strings.HasSuffix(said, " of "+day+", this PC has seen "+strconv.FormatInt(last[0].Entry, 10)+": an old copy?") {
		t.Errorf("%q", said)
	}
	saved(t, path, "C4") // nobody said it is meant: what was seen stays
	saved(t, path, "C5")
	saved(t, path, "C6")
	if said := odd(t, path); said != "entry "+strconv.FormatInt(last[0].Entry, 10)+" of this file's log is not the one this PC has seen: another book, or a changed log?" {
		t.Errorf("%q", said)
	}
	b, _ = workflow.Open(path)
	proofs, err := b.Verify()
	for _, p := range proofs {
		if err != nil || !p.Holds() {
			t.Errorf("of itself: %v %v", p.Faults, err)
		}
	}
	seen.Meant(b)
	if said := seen.Odd(b); said.En != "" {
		t.Errorf("meant, and still %q", said.En)
	}
	b.Close()
	if info, err := os.Stat(seen.Path()); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v %v", info.Mode(), err)
	}
	seen.Forget(path)
	if len(seen.Of(path)) != 0 {
		t.Error("not forgotten")
	}
}

// A book that is only looked at leaves no trace; a file that holds something else, or cannot be written, is no fault of anybody's work.
func TestWhatWasSeenNeverStandsInTheWay(t *testing.T) {
	aside(t)
	path := filepath.Join(t.TempDir(), "b.zg")
	b, err := workflow.Create(path, workflow.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
	look, err := workflow.OpenToLook(path)
	if err != nil {
		t.Fatal(err)
	}
	seen.Note(look)
	look.Close()
	if _, err := os.Stat(seen.Path()); err == nil {
		t.Error("a look was remembered")
	}
	for _, x := range []string{"", "{", "[]", `{"a":7}`, "\x00\xff"} {
		os.MkdirAll(filepath.Dir(seen.Path()), 0o700)
		if err := os.WriteFile(seen.Path(), []byte(x), 0o600); err != nil {
			t.Fatal(err)
		}
		if said := odd(t, path); said != "" {
			t.Errorf("%q: %s", x, said)
		}
	}
	saved(t, path, "C1")
	if len(seen.Of(path)) != 1 {
		t.Error("a damaged file is not written anew")
	}
	t.Setenv("XDG_DATA_HOME", filepath.Join(path, "no folder"))
	t.Setenv("LOCALAPPDATA", os.Getenv("XDG_DATA_HOME"))
	saved(t, path, "C2")
}

// Many programs write at once; what each saw stands there afterwards.
func TestManyProgramsRemember(t *testing.T) {
	aside(t)
	dir := t.TempDir()
	var books []*workflow.Book
	for i := range 8 {
		b, err := workflow.Create(filepath.Join(dir, strconv.FormatInt(int64(i), 10)+".zg"), workflow.Settings{})
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		books = append(books, b)
	}
	var all sync.WaitGroup
	for _, b := range books {
		all.Add(1)
		go func() { defer all.Done(); seen.Note(b) }()
	}
	all.Wait()
	for _, b := range books {
		if len(seen.Of(b.Path())) != 1 {
			t.Errorf("%s was lost", b.Path())
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(seen.Path()), "*")); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}
