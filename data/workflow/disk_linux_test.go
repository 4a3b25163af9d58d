package workflow_test

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// disk is a folder whose disk can be made full, and given its room back.
type disk struct {
	dir        string
	fill, free func() error
}

// limited is a disk on which no file may grow. It holds for the whole process, which must be one of its own: the test's own notes would not
// find room either.
func limited(t *testing.T) disk {
	t.Helper()
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	limit := func(n uint64) func() error {
		return func() error { return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: old.Max}) }
	}
	t.Cleanup(func() {
		if err := limit(old.Cur)(); err != nil {
			t.Error(err)
		}
	})
	return disk{t.TempDir(), limit(0), limit(old.Cur)}
}

// mounted is a small disk in memory, where this person may mount one.
func mounted(t *testing.T) (disk, error) {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8m"); err != nil {
		return disk{}, err
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	fill := filepath.Join(dir, "fill")
	return disk{dir, func() error {
		f, err := os.Create(fill)
		for err == nil {
			_, err = f.Write(make([]byte, 4096))
		}
		return f.Close()
	}, func() error { return os.Remove(fill) }}, nil
}

// TestAFullDiskIsCalledThatEverywhere has a disk of its own where one may be mounted, and for everybody a limit that no file may grow beyond.
func TestAFullDiskIsCalledThatEverywhere(t *testing.T) {
	const alone = "FULL_DISK_ALONE"
	if os.Getenv(alone) != "" {
		fullDisk(t, limited(t))
		return
	}
	t.Run("no file may grow", func(t *testing.T) {
		c := exec.Command(os.Args[0], "-test.run=^TestAFullDiskIsCalledThatEverywhere$")
		c.Env = append(os.Environ(), alone+"=yes")
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	})
	t.Run("a disk in memory", func(t *testing.T) {
		d, err := mounted(t)
		if err != nil {
			t.Log("no disk of its own may be mounted here:", err)
			return
		}
		fullDisk(t, d)
	})
}

func fullDisk(t *testing.T, d disk) {
	dir := d.dir
	must := func(f func() error) {
		t.Helper()
		if err := f(); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "b.zg")
	b, err := workflow.Create(path, workflow.Settings{Company: "恒达五金", Start: 202601})
	if err != nil {
		t.Fatal(err)
	}
	load(t, b, "warehouses", "code,name", "W1,Main")
	full := func(what string, err error) {
		t.Helper()
		if !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "disk is full") {
			t.Errorf("%s: %v", what, err)
		}
	}
	must(d.fill)
	full("a backup", b.Backup(filepath.Join(dir, "backup.zg")))
	_, err = workflow.Create(filepath.Join(dir, "new.zg"), workflow.Settings{})
	full("a new book", err)
	must(d.free) // closing folds the log into the book
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	must(d.fill)
	_, err = workflow.Open(path)
	full("opening", err)
	left, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, f := range left {
		if n := filepath.Base(f); n != "b.zg" && n != "b.zg-wal" && n != "b.zg-shm" && n != "fill" {
			t.Errorf("%s is left over", n)
		}
	}
	must(d.free)
	if b, err = workflow.Open(path); err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if _, ok := b.Masters().Find("warehouses", "W1"); !ok {
		t.Error("the warehouse is gone")
	}
	must(d.fill)
	full("a write", b.Tamper(func(tx *store.Tx) error {
		for i := range 500 {
			if err := tx.SetSetting(strconv.Itoa(i), strings.Repeat("x", 4000)); err != nil {
				return err
			}
		}
		return nil
	}))
	must(d.free)
}
