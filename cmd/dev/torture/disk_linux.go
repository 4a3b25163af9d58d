package main

import (
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

// smallDisk is a folder that takes little: a disk in memory of its own, where this person may mount one, else a plain one, where the size of files is limited instead.
func smallDisk(dir string) (string, bool, func(), error) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", false, nil, err
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=6m"); err != nil {
		return dir, false, func() {}, nil
	}
	return dir, true, func() { syscall.Unmount(dir, syscall.MNT_DETACH) }, nil
}

// fill leaves so many bytes free on a small disk and gives them back when told; where there is none, no file may grow by more than that.
func fill(dir string, free int64) (func() error, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return nil, err
	}
	const tmpfs = 0x01021994
	if s.Type != tmpfs {
		return limitFiles(filepath.Join(dir, "b.zg"), free)
	}
	name := filepath.Join(dir, "fill")
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	n, block := int64(0), make([]byte, 4096)
	for err == nil {
		var w int
		w, err = f.Write(block)
		n += int64(w)
	}
	if err := f.Truncate(max(0, n-free)); err != nil {
		return nil, err
	}
	return func() error { return os.Remove(name) }, f.Close()
}

// limitFiles sets the largest size of files to a book's and a little more, for this program and its children.
func limitFiles(book string, more int64) (func() error, error) {
	signal.Ignore(syscall.SIGXFSZ)
	info, err := os.Stat(book)
	if err != nil {
		return nil, err
	}
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		return nil, err
	}
	limit := old
	limit.Cur = uint64(info.Size() + more)
	return func() error { return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old) }, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
}
