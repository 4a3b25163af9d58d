// Package files writes what the program gives out: each file beside its place first, on the disk before it gets its name, never over a
// book, so that a failure leaves what was there. It also keeps the log of internal errors.
package files

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"

	"zhanggui/data/fault"
)

// Write has f write a new file for the path, and puts it in its place once it is whole and on the disk. A device or a pipe is written
// to as it is. What cannot be written is a fault, and what was there before stays.
func Write(path string, f func(io.Writer) error) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return Unwritten(path, errors.New("a folder"))
	case err == nil && !info.Mode().IsRegular():
		return through(path, f)
	case IsDatabase(path), isBeside(path):
		return fault.New(fault.Refused, "%s 是账套或其他数据库文件，不会被覆盖；请换一个文件名", "%s is a book or another database; it is not written over. Choose another name", path)
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	mode := os.FileMode(0o600)
	if info != nil {
		mode = info.Mode().Perm()
	}
	part, err := os.CreateTemp(filepath.Dir(path), ".zg-*"+filepath.Ext(path))
	if err != nil {
		return Unwritten(path, err)
	}
	defer os.Remove(part.Name()) // nothing there once it has its name
	out := &outcome{w: part}
	err = pour(out, f)
	if err == nil {
		out.err = errors.Join(part.Sync(), part.Chmod(mode))
		err = out.err
	}
	if closed := part.Close(); err == nil && closed != nil {
		err, out.err = closed, closed
	}
	if err == nil {
		if err = Place(part.Name(), path); err != nil {
			out.err = err
		}
	}
	if out.err != nil {
		return Unwritten(path, out.err)
	}
	return err
}

// Bytes is Write for what is in memory already.
func Bytes(path string, data []byte) error {
	return Write(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// Sum is a checksum of what a file holds: SHA-256, in hexadecimal digits.
func Sum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Place gives a written file its name, and sees to it that the folder knows.
func Place(part, path string) error {
	if err := os.Rename(part, path); err != nil {
		return err
	}
	if d, err := os.Open(filepath.Dir(path)); err == nil { // not every system lets a folder be synced
		d.Sync()
		d.Close()
	}
	return nil
}

func through(path string, f func(io.Writer) error) error {
	w, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return Unwritten(path, err)
	}
	out := &outcome{w: w}
	err = pour(out, f)
	if closed := w.Close(); out.err == nil {
		out.err = closed
	}
	if out.err != nil {
		return Unwritten(path, out.err)
	}
	return err
}

// pour runs f over a buffer.
func pour(out *outcome, f func(io.Writer) error) error {
	w := bufio.NewWriterSize(out, 1<<16)
	err := f(w)
	return errors.Join(err, w.Flush())
}

// outcome remembers that writing failed, apart from what f says.
type outcome struct {
	w   io.Writer
	err error
}

func (o *outcome) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	if err != nil {
		o.err = err
	}
	return n, err
}

// Ailing words an error of the system's that says a disk is full or failing, whatever was being done; nil for any other. What nobody
// expected to fail there would be told as an error of the program.
func Ailing(err error) *fault.Fault {
	at := "" // the file, where it is known
	if p := new(os.PathError); errors.As(err, &p) {
		at = p.Path
	}
	switch {
	case Full(err):
		return fault.New(fault.Refused, "磁盘已满：%s", "the disk is full: %s", at)
	case errors.Is(err, syscall.EIO):
		return fault.New(fault.Refused, "磁盘读写出错：%s，请检查磁盘、U 盘或网络", "the disk has an error: %s; check the disk, the stick or the network", at)
	}
	return nil
}

// Unwritten words why a file was not written.
func Unwritten(path string, err error) error {
	f := fault.New(fault.Refused, "无法写入 %s，请检查路径和权限", "cannot write %s; check its path and its rights", path)
	switch {
	case Full(err):
		f = fault.New(fault.Refused, "无法写入 %s：磁盘已满", "cannot write %s: the disk is full", path)
	case errors.Is(err, syscall.EIO):
		f = fault.New(fault.Refused, "无法写入 %s：磁盘读写出错，请检查磁盘、U 盘或网络", "cannot write %s: the disk has an error; check the disk, the stick or the network", path)
	}
	return fault.Because(f, err)
}

// Full tells whether the system said that a disk has no room, or that a file may not grow: beyond what this person or this kind of disk may hold.
func Full(err error) bool {
	const windowsDiskFull = syscall.Errno(112)
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG) || runtime.GOOS == "windows" && errors.Is(err, windowsDiskFull)
}

// magic begins every SQLite file.
const magic = "SQLite format 3\x00"

// isBeside tells of a file that SQLite keeps beside a book: in its log stand slips that were called safe.
func isBeside(path string) bool {
	for _, ending := range []string{"-wal", "-shm", "-journal"} {
		if of, ok := strings.CutSuffix(path, ending); ok && IsDatabase(of) {
			return true
		}
	}
	return false
}

// IsDatabase tells by its first bytes whether a file is a book, or another program's SQLite file. A book that is open in this program is
// known by its file: reading it here would give up the locks on it.
func IsDatabase(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	held := false
	open.Range(func(_, f any) bool {
		held = os.SameFile(f.(os.FileInfo), info)
		return !held
	})
	if held {
		return true
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(magic))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == magic
}

var open sync.Map // FileInfo of the books open in this program, by who holds them

// Hold says that somebody has a book open; Release, that he has no longer.
func Hold(who any, f os.FileInfo) { open.Store(who, f) }

// Release is the end of Hold.
func Release(who any) { open.Delete(who) }
