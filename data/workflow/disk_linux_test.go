package workflow_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// smallDisk mounts a disk of so many bytes in memory; only root may.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if os.Getuid() != 0 {
		t.Skip("only root mounts a disk")
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fillDisk leaves nothing free on a disk but so many bytes.
func fillDisk(t *testing.T, dir string, but int64) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "fill"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := int64(0)
	for {
		w, err := f.Write(make([]byte, 4096))
		if n += int64(w); err != nil {
			break
		}
	}
	if err := f.Truncate(max(0, n-but)); err != nil {
		t.Fatal(err)
	}
}

func TestAFullDiskIsCalledThatEverywhere(t *testing.T) {
	dir := smallDisk(t, "8m")
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
	fillDisk(t, dir, 0)
	full("a backup", b.Backup(filepath.Join(dir, "backup.zg")))
	_, err = workflow.Create(filepath.Join(dir, "new.zg"), workflow.Settings{})
	full("a new book", err)
	if err := os.Remove(filepath.Join(dir, "fill")); err != nil { // closing folds the log into the book
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	fillDisk(t, dir, 0)
	_, err = workflow.Open(path)
	full("opening", err)
	left, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, f := range left {
		if n := filepath.Base(f); n != "b.zg" && n != "b.zg-wal" && n != "b.zg-shm" && n != "fill" {
			t.Errorf("%s is left over", n)
		}
	}
	if err := os.Remove(filepath.Join(dir, "fill")); err != nil {
		t.Fatal(err)
	}
	if b, err = workflow.Open(path); err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if _, ok := b.Masters().Find("warehouses", "W1"); !ok {
		t.Error("the warehouse is gone")
	}
	fillDisk(t, dir, 0)
	full("a write", b.Tamper(func(tx *store.Tx) error {
		for i := range 500 {
			if err := tx.SetSetting(strconv.Itoa(i), strings.Repeat("x", 4000)); err != nil {
				return err
			}
		}
		return nil
	}))
}
