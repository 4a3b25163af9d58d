//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package files

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// Where SQLite's programs lock a file that they have open, and the index beside its log: whoever has either open holds a part of these.
const (
	lockedAt, lockedFor = 0x40000000, 512
	sharedAt            = 128
)

// Alone tells whether nobody but who shares the index beside has a book's file open or wrote it after a moment, wherever the file lies now.
// Where a file that this program has open cannot be found, it is taken to be so.
func Alone(book, index os.FileInfo, since time.Time) bool {
	n, now := held(book)
	if now == nil {
		return true
	}
	if now.ModTime().After(since) {
		return false
	}
	who := holder(n, lockedAt, lockedFor)
	if who == 0 || index == nil {
		return who == 0
	}
	m, shared := held(index)
	return shared != nil && holder(m, sharedAt, 1) == who
}

// Written tells when a file that this program has open was written last, wherever it lies now; false where it has it not.
func Written(f os.FileInfo) (time.Time, bool) {
	if _, now := held(f); now != nil {
		return now.ModTime(), true
	}
	return time.Time{}, false
}

// held finds a file that this program has open among all it has open, and how it is now; nil where it is not found.
func held(f os.FileInfo) (int, os.FileInfo) {
	for _, dir := range []string{"/proc/self/fd", "/dev/fd"} {
		list, err := os.ReadDir(dir)
		if err != nil {
			continue
		}
		for _, e := range list {
			n, err := strconv.Atoi(e.Name())
			if err != nil {
				continue
			}
			if now, err := os.Stat(filepath.Join(dir, e.Name())); err == nil && os.SameFile(now, f) {
				return n, now
			}
		}
	}
	return 0, nil
}

// holder is a program that holds a part of an open file, so that another cannot have it alone; 0: nobody but this one.
func holder(open int, from, n int64) int {
	l := syscall.Flock_t{Type: syscall.F_WRLCK, Start: from, Len: n}
	if syscall.FcntlFlock(uintptr(open), syscall.F_GETLK, &l) != nil || l.Type == syscall.F_UNLCK {
		return 0
	}
	return int(l.Pid)
}
