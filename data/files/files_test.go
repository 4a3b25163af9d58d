package files

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

func TestAFailureLeavesTheFileThatWasThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out.csv")
	if err := Bytes(path, []byte("first")); err != nil {
		t.Fatal(err)
	}
	if i, _ := os.Stat(path); i.Mode().Perm() != 0o600 {
		t.Errorf("its rights are %v", i.Mode())
	}
	stop := errors.New("stopped halfway")
	err := Write(path, func(w io.Writer) error {
		io.WriteString(w, strings.Repeat("half ", 100_000))
		return stop
	})
	if !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
	if now, _ := os.ReadFile(path); string(now) != "first" {
		t.Errorf("the file is now %d bytes", len(now))
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left over: %v", left)
	}
}

func TestWhatCannotBeWrittenIsToldInWords(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{dir, filepath.Join(dir, "no", "x.csv"), "/dev/full"} {
		if err := Bytes(path, []byte("words")); !fault.Is(err, fault.Refused) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestADiskThatAilsIsToldInWordsWhateverWasDone(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil && runtime.GOOS != "linux" {
		t.Skip("only Linux has a device that is always full")
	} else if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	_, err = full.WriteString("words")
	for want, err := range map[string]error{
		"the disk is full: /dev/full":  fmt.Errorf("put rows aside: %w", err),
		"the disk has an error: stock": fmt.Errorf("read rows: %w", &os.PathError{Op: "read", Path: "stock", Err: syscall.EIO}),
	} {
		if f := Ailing(err); f == nil || !strings.HasPrefix(f.In(text.En), want) {
			t.Errorf("%v: %v", err, f)
		}
	}
	if f := Ailing(os.ErrPermission); f != nil {
		t.Errorf("%v", f)
	}
}

func TestNoOutputGoesOverABookWhateverItsName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sales.csv")
	book := magic + "and so on"
	if err := os.WriteFile(path, []byte(book), 0o600); err != nil {
		t.Fatal(err)
	}
	link := path + ".link"
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{path, link, path + "-wal", path + "-shm"} {
		if err := Bytes(p, []byte("rows")); !fault.Is(err, fault.Refused) {
			t.Errorf("%s: %v", p, err)
		}
	}
	if now, _ := os.ReadFile(path); string(now) != book {
		t.Errorf("it is now %q", now)
	}
}

func TestTheLogKeepsTheFirstTraceAndTurns(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	t.Setenv("LOCALAPPDATA", os.Getenv("XDG_DATA_HOME"))
	err := fault.Guard(func() error {
		defer func() { panic(fault.Caught(recover())) }() // as a transaction does that is taken back
		panic("assignment to nil map")
	})
	if err := errors.Join(os.MkdirAll(filepath.Dir(LogPath()), 0o700), os.WriteFile(LogPath(), nil, 0o644)); err != nil { // an older version's
		t.Fatal(err)
	}
	id := Log(err)
	said, _ := os.ReadFile(LogPath())
	if !strings.Contains(string(said), "#"+id) || !strings.Contains(string(said), "TestTheLogKeepsTheFirstTraceAndTurns") || !strings.Contains(string(said), "nil map") {
		t.Errorf("the log says %s", said)
	}
	if err := os.Truncate(LogPath(), logSize+1); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		Log(errors.New("again"))
		os.Truncate(LogPath(), logSize+1)
	}
	list, _ := filepath.Glob(LogPath() + "*")
	if len(list) != 1+logsKept {
		t.Errorf("kept: %v", list)
	}
	for _, p := range list {
		if i, _ := os.Stat(p); i.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v", p, i.Mode())
		}
	}
}

func TestPreviewsArePrivateAndGo(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	t.Setenv("LOCALAPPDATA", os.Getenv("XDG_DATA_HOME"))
	a, err := Preview("slip.pdf", []byte("%PDF"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Preview("slip.pdf", []byte("%PDF"))
	if err != nil || a == b {
		t.Errorf("%s, %s: %v", a, b, err)
	}
	if i, _ := os.Stat(previewDir()); i.Mode().Perm() != 0o700 {
		t.Errorf("the folder's rights are %v", i.Mode())
	}
	DropPreviews()
	if left, _ := os.ReadDir(previewDir()); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if _, err := Preview("killed.pdf", []byte("%PDF")); err != nil {
		t.Fatal(err)
	}
	shown = nil
	if err := SweepPreviews(time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(previewDir()); len(left) != 0 {
		t.Errorf("left after the next start: %v", left)
	}
}
