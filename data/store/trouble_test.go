package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/store/pages"
)

// ailing plays a disk on which the n-th call of a sort ends so, and all after it; it tells how often that happened.
func ailing(t *testing.T, call pages.Call, n int, end int32) *int {
	times := new(int)
	pages.Trouble = func(c pages.Call) int32 {
		if c == call {
			if n--; n < 0 {
				*times++
				return end
			}
		}
		return 0
	}
	t.Cleanup(func() { pages.Trouble = nil })
	return times
}

func work(path, folder string) error {
	db, err := Open(path)
	if err != nil {
		return err
	}
	_, err = db.Settings()
	if err == nil {
		err = db.Write(set("long", strings.Repeat("x", 50_000)))
	}
	if err == nil {
		err = db.Backup(filepath.Join(folder, "copy.zg"), false)
	}
	if err == nil {
		_, err = db.Integrity()
	}
	return errors.Join(db.Told(err), db.Told(db.Close()))
}

// Whatever call the disk fails, the words name the disk and never a damaged book, whose owner would throw work away by restoring a
// backup; and what was there before is there afterwards.
func TestAFailingOrFullDiskIsCalledThatAtEveryCall(t *testing.T) {
	path := filled(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		call pages.Call
		end  int32
		want string
		step int
	}{
		{pages.Opening, pages.OpenFails, "cannot", 5},
		{pages.Reading, pages.ReadFails, "disk has an error", 301},
		{pages.Writing, pages.WriteFails, "disk has an error", 101},
		{pages.Writing, pages.Full, "disk is full", 101},
		{pages.Syncing, pages.SyncFails, "disk has an error", 4},
	} {
		failed := 0
		for n := 0; ; n += c.step {
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			folder := t.TempDir()
			times := ailing(t, c.call, n, c.end)
			err := work(path, folder)
			pages.Trouble = nil
			if *times == 0 {
				break // there are no more calls of the sort
			}
			failed++
			if err == nil { // of one that is made good later: the log is folded in at the next closing
				if c.end != pages.Full {
					t.Errorf("%s fails from call %d on: no word", c.call, n)
				}
			} else if !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "damaged") {
				t.Errorf("%s fails from call %d on: %v", c.call, n, err)
			}
			for _, end := range companions {
				if end == "-shm" {
					os.Remove(path + end)
				}
			}
			if err := work(path, t.TempDir()); err != nil {
				t.Fatalf("after %s failed from call %d on: %v", c.call, n, err)
			}
			if left, _ := filepath.Glob(filepath.Join(folder, "*.part")); len(left) != 0 {
				t.Errorf("%s from call %d on leaves %v", c.call, n, left)
			}
		}
		if failed < 2 {
			t.Errorf("%s failed %d times", c.call, failed)
		}
	}
}

// A restore, and looking at a folder, on a disk that fails.
func TestTheSystemsOwnWordForABrokenDiskIsUnderstood(t *testing.T) {
	for _, err := range []error{
		&os.PathError{Op: "open", Path: "x", Err: syscall.EIO},
		&os.PathError{Op: "stat", Path: "x", Err: syscall.EIO},
	} {
		if f := diskTrouble("x", err); f == nil || !strings.Contains(f.Error(), "disk has an error") {
			t.Errorf("%v: %v", err, f)
		}
	}
	path, backup := twoBooks(t)
	ailing(t, pages.Reading, 3, pages.ReadFails)
	_, err := Restore(backup, path, time.Now())
	pages.Trouble = nil
	if !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "disk has an error") || whose(t, path) != "mine" {
		t.Errorf("%v", err)
	}
}
