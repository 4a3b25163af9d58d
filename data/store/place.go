package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/store/pages"
)

// A book can be moved, removed or replaced while it is open: by a cloud folder, by hand. SQLite goes on in the file it has, which nobody
// finds again, and its log, left beside another file, would be folded into that one. So every write looks whether the path still names
// the file that was opened; where it does not nothing is written, the log is folded into its own file, and a copy of all that was
// open, the desk with it, is laid beside the book's old place.

// place is where the file that was opened stood.
type place struct {
	opened os.FileInfo
	key    string // under which its pages are known
	copied string // the copy laid beside since it is gone
	log    *logged
}

// logged is what is known of the log that SQLite laid beside a book.
type logged struct {
	files atomic.Pointer[[2]os.FileInfo] // it, and its index
	until atomic.Int64                   // until when (Unix, ns) all that was written into the book's file came by way of it
}

// now notes that all that was written into a book's file until now came by way of this log.
func (l *logged) now(path string) {
	l.until.Store(time.Now().UnixNano())
	if l.files.Load() == nil {
		if f := companionsOf(path); f[0] != nil && f[1] != nil {
			l.files.Store(&f)
		}
	}
}

// placeOf is where a book's file stands as it is opened.
func placeOf(path string, opened os.FileInfo) place {
	return place{opened: opened, key: pages.Key(path), log: new(logged)}
}

// companionsOf looks at the log and its index beside a book; nil for one that is not there.
func companionsOf(path string) (list [2]os.FileInfo) {
	for i, c := range companions[:len(list)] {
		list[i], _ = os.Stat(path + c)
	}
	return list
}

// Stands notes that the book's file stands where it stood: what was written into it until now came by way of the log beside.
func (db *Reader) Stands() {
	if !db.Moved() {
		db.place.log.now(db.Path)
	}
}

// estranged tells whether another program has the moved file open at its new place, or has written in it there. What the log holds then
// belongs to a file that is no more: brought into this one it would spoil it.
func (db *Reader) estranged() bool {
	l, index := db.place.log, os.FileInfo(nil)
	until := time.Unix(0, l.until.Load())
	if f := l.files.Load(); f != nil {
		index = f[1]
		if w, ok := files.Written(f[0]); ok && w.After(until) { // who shares the log emptied it, and wrote the file by it just before
			until = w
		}
	}
	return !files.Alone(db.place.opened, index, until)
}

var errMoved = errors.New("the book's file is another one now")

// Moved tells whether the book's path no longer names the file that was opened. It costs one look into the folder.
func (db *Reader) Moved() bool {
	now, err := os.Stat(db.Path)
	return err == nil && !os.SameFile(now, db.place.opened) || errors.Is(err, os.ErrNotExist)
}

// Adrift tells in words that the book's file was moved, removed or replaced, after what was open was laid beside its old place; nil
// where it stands as it did.
func (db *DB) Adrift() error {
	if !db.Moved() {
		return nil
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.adrift()
}

// adrift is Adrift for who holds the writer.
func (db *DB) adrift() error {
	if _, err := os.Stat(db.place.copied); db.place.copied == "" && db.estranged() {
		db.disown()
	} else if db.place.copied == "" || err != nil {
		db.foldLog()
		db.place.copied = ""
		to := freeName(stem(db.Path)+".rescued-", time.Now(), ".zg")
		if db.conn == nil { // only looked at: what was seen of it is not ours to keep
			return fault.Because(fault.New(fault.Refused, "账套文件 %s 在打开期间被移走、删除或替换", "the book %s was moved, removed or replaced while it was open", db.Path), errMoved)
		}
		if err := copyWith(db.conn, to); err == nil {
			db.place.copied = to
		}
	}
	if db.place.copied == "" {
		return fault.Because(fault.New(fault.Refused, "账套文件 %s 在打开期间被移走、删除或替换，未写入任何内容；旁边也无法另存，请先抄下未保存的单据",
			"the book %s was moved, removed or replaced while it was open; nothing was written, and no copy could be laid beside it: note what is not saved", db.Path), errMoved)
	}
	return fault.Because(fault.New(fault.Refused, "账套文件 %s 在打开期间被移走、删除或替换，未写入任何内容；打开时的全部内容连同未保存的单据已存到 %s",
		"the book %s was moved, removed or replaced while it was open; nothing was written. All that was open, with the slips not saved yet, lies in %s", db.Path, db.place.copied), errMoved)
}

// foldLog brings what the log holds into the file it belongs to, wherever that is now, and empties it: it must not be taken for the
// log of the file that has the book's name. It fails only where somebody still reads, or the disk does.
func (db *DB) foldLog() {
	if db.conn != nil {
		db.conn.ExecContext(context.Background(), foldLog)
		db.place.log.until.Store(time.Now().UnixNano())
	}
}

// disown takes the log of an estranged book from where it lies, so that it is not taken for that of a file that has the book's name now.
func (db *DB) disown() {
	was := db.place.log.files.Load()
	if was == nil {
		return
	}
	for i, now := range companionsOf(db.Path) {
		if _, ours := files.Written(was[i]); ours && now != nil && os.SameFile(was[i], now) {
			os.Remove(db.Path + companions[i])
		}
	}
}

// KeepAside puts an unsaved slip on the desk of the copy that was laid beside a book which is gone; it does nothing where there is none.
func (db *DB) KeepAside(d KeptDoc) error {
	db.mu.Lock()
	to := db.place.copied
	db.mu.Unlock()
	if to == "" {
		return nil
	}
	return withFile(to, beside, onDesk(d))
}

// networked can be replaced by tests: is a place on another machine?
var networked = files.InNetwork

// atHome refuses a book that lies in a network folder: the locks that keep two programs from writing at once do not hold there. It may be
// looked at, and backups and exports may lie there.
func atHome(path string) error {
	if !networked(path) {
		return nil
	}
	return fault.New(fault.Refused, "账套 %s 在网络文件夹里：在那里两台电脑会互相写坏账套，不能打开来写。请把账套放在本机硬盘上；备份可以放网络文件夹，也可以“只看”打开",
		"the book %s lies in a network folder, where two PCs would spoil each other's writing; it is not opened to write. Keep it on this PC's disk: backups may lie there, and it may be opened to look only", path)
}

// reserve makes an empty file that only this person may read; one that exists is refused, and a folder that is marked as not to be written,
// also where the system lets its administrator do so: what is made there could only be looked at afterwards.
func reserve(path string) error {
	if files.Protected(filepath.Dir(path)) {
		return fault.New(fault.Refused, "文件夹 %s 不可写，未建立 %s", "the folder %s cannot be written; %s was not made", filepath.Dir(path), filepath.Base(path))
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, os.ErrExist):
		return fault.New(fault.Refused, "文件已存在：%s", "%s exists already", path)
	case files.Full(err):
		return fault.Because(errFull(), err)
	case err != nil:
		return fault.Because(fault.New(fault.Refused, "无法写入 %s，请检查路径、权限和磁盘空间", "cannot write %s; check its path, its rights and the space on the disk", path), err)
	}
	return f.Close()
}

// KeepPrivate makes an existing file the person's alone, where an older version of the program let others read it. It is left as it is
// where it belongs to somebody else, or its disk knows no rights.
func KeepPrivate(path string) {
	if i, err := os.Stat(path); err == nil && i.Mode().IsRegular() && i.Mode().Perm()&0o077 != 0 {
		os.Chmod(path, i.Mode().Perm()&0o700)
	}
}

// discard removes a file that this program made, with all that SQLite laid beside it.
func discard(path string) {
	for _, c := range append(companions, "") {
		os.Remove(path + c)
	}
}

func errFull() *fault.Fault {
	return fault.New(fault.Refused, "磁盘已满，未写入任何内容", "the disk is full; nothing was written")
}

func errDisk(path string) *fault.Fault {
	return fault.New(fault.Refused, "磁盘读写出错，未写入任何内容；账套 %s 本身不一定有问题，请检查磁盘、U 盘或网络", "the disk has an error; nothing was written. The book %s itself may be whole: check the disk, the stick or the network", path)
}

// diskTrouble words what ails the disk and not the book: full, or failing. SQLite tells a disk without room from a broken one only where
// it writes rows; elsewhere a small file tells.
func diskTrouble(path string, err error) *fault.Fault {
	c := code(err)
	full := c == sqliteFull || files.Full(err)
	if c == sqliteIO || c == sqliteCantOpen {
		full = full || noRoom(filepath.Dir(path))
	}
	switch {
	case full:
		return errFull()
	case c == sqliteIO || errors.Is(err, syscall.EIO):
		return errDisk(path)
	}
	return nil
}

// unreadPage is an error where SQLite's check of a whole file did not find damage, but could not read: it says so in its answer only.
func unreadPage(path, answer string) error {
	_, number, found := strings.Cut(answer, "error code=")
	if !found {
		return nil
	}
	n := 0
	fmt.Sscan(number, &n)
	if n&0xff != sqliteIO {
		return nil
	}
	return fault.Because(errDisk(path), errors.New(answer))
}

// noRoom tries whether a folder takes a file as large as what SQLite lays beside a book.
func noRoom(folder string) bool {
	f, err := os.CreateTemp(folder, ".zg-*")
	if err != nil {
		return files.Full(err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(make([]byte, 64<<10))
	return files.Full(errors.Join(err, f.Close()))
}
