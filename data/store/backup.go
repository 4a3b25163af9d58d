package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/secret"
	"zhanggui/data/store/presence"
	"zhanggui/data/text"
)

// Backup writes a whole copy of the book as it stands into one new file, on a connection of its own: work goes on meanwhile.
// The copy is read back before it gets its name. An existing file is replaced only where asked, and only by a whole one.
func (db *DB) Backup(dest string, replace bool) error {
	if _, err := os.Stat(dest); err == nil && !replace {
		return fault.New(fault.Refused, "文件已存在：%s", "%s exists already", dest)
	}
	if db.ReadOnly {
		return copied(db.Path, dest, func(part string) error {
			return withFile(db.Path, db.how, func(c *sql.Conn) error { return copyPages(c, part) })
		})
	}
	return copyBook(db.Path, dest)
}

// BackupBy is Backup into a new file that is encrypted by a password; none: it is not. The copy that is encrypted lies where only this
// person looks, and for no longer than that takes.
func (db *DB) BackupBy(dest, password string) error {
	if password == "" {
		return db.Backup(dest, false)
	}
	if err := errors.Join(Free(dest), secret.Password("", password)); err != nil {
		return err
	}
	return hidden(db.Path, db.ReadOnly, func(plain string) error {
		if err := db.Backup(plain, false); err != nil {
			return err
		}
		return encrypted(dest, secret.EncryptFile(plain, dest, password))
	})
}

// Unlocked lets f have what is in an encrypted backup, as a file that lies beside the book and is gone afterwards.
func Unlocked(backup, book, password string, f func(plain string) error) error {
	return hidden(book, false, func(plain string) error {
		if err := encrypted(backup, secret.DecryptFile(backup, plain, password)); err != nil {
			return err
		}
		return f(plain)
	})
}

func encrypted(file string, err error) error {
	if err == nil {
		return nil
	}
	return unwritten(file, file, err)
}

// hidden lets f make a file in a folder of its own that nobody else may look into: beside the book, which lies as plain there, and on a
// disk that has room for it; else, or where nothing may be laid beside it, where the system keeps what passes. All of it is removed.
func hidden(book string, look bool, f func(plain string) error) error {
	folder, err := "", error(nil)
	if !look {
		folder, err = os.MkdirTemp(filepath.Dir(book), ".zg-*")
	}
	if look || err != nil {
		folder, err = os.MkdirTemp("", "zg-*")
	}
	if err != nil {
		return unwritten(book, book, err)
	}
	defer os.RemoveAll(folder)
	return f(filepath.Join(folder, "copy.zg"))
}

// copyBook copies a book, also one that is open, to a file.
func copyBook(from, dest string) error {
	how := atRest
	if _, err := os.Stat(from + walSuffix); err == nil {
		how = beside
	}
	return copied(from, dest, func(part string) error {
		return withFile(from, how, func(c *sql.Conn) error {
			if err := copyPages(c, part); err != nil {
				return err
			}
			if err := wholePages(from); err != nil { // in the copy they look right
				return fault.Because(fault.New(fault.Damaged, "%s 已损坏，未生成副本；请从以前的备份恢复，或用 zgctl salvage 抢救", "%s is damaged and was not copied; restore an earlier backup, or save what can be read with zgctl salvage", from), err)
			}
			return nil
		})
	})
}

// copyWith copies the book a connection has open, wherever its file is now, to a new file.
func copyWith(c *sql.Conn, dest string) error {
	return copied(dest, dest, func(part string) error { return copyPages(c, part) })
}

// copied has a copy of a book written beside its place, reads it back, and gives it its name. Nobody else's file is touched for it.
func copied(from, dest string, write func(part string) error) error {
	part, err := reservePart(dest)
	if err != nil {
		return err
	}
	defer discard(part)
	if err = write(part); err == nil {
		err = withFile(part, freshCopy, nobodyIn)
	}
	if err == nil {
		if err = CheckFile(part); fault.Is(err, fault.Damaged) {
			err = fault.Because(fault.New(fault.Damaged, "%s 已损坏，未生成副本；请从以前的备份恢复，或用 zgctl salvage 抢救", "%s is damaged and was not copied; restore an earlier backup, or save what can be read with zgctl salvage", from), err)
		}
	}
	if err == nil {
		err = settle(part, dest)
	}
	if err != nil {
		return unwritten(from, dest, err)
	}
	return nil
}

// nobodyIn takes out of a copy who had the book open meanwhile, where it tells of them.
func nobodyIn(c *sql.Conn) error {
	var tells bool
	err := c.QueryRowContext(context.Background(), tellsPresence).Scan(&tells)
	if err == nil && tells {
		_, err = c.ExecContext(context.Background(), presence.Clear)
	}
	return err
}

// reservePart makes an empty file of a free name beside the place that a file is written for.
func reservePart(dest string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(dest), ".zg-*.part")
	if err != nil {
		return "", unwritten(dest, dest, err)
	}
	return f.Name(), f.Close()
}

// unwritten words why a copy did not come about.
func unwritten(from, dest string, err error) error {
	switch c := code(err); {
	case fault.Of(err) != nil:
		return err
	case diskTrouble(dest, err) != nil:
		return fault.Because(diskTrouble(dest, err), err)
	case c == sqliteBusy || c == sqliteCorrupt || c == sqliteNotADB:
		return explain(from, err)
	}
	return fault.Because(fault.New(fault.Refused, "无法写入 %s，请检查路径、权限和磁盘空间", "cannot write %s; check its path, its rights and the space on the disk", dest), err)
}

// settle makes sure a file is on the disk and gives it its name.
func settle(part, dest string) error {
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, dest); err != nil {
		return err
	}
	if d, err := os.Open(filepath.Dir(dest)); err == nil { // not every system lets a folder be synced
		d.Sync()
		d.Close()
	}
	return nil
}

// CheckFile reads a book through that nobody has open: whole, and of a version this program knows.
func CheckFile(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fault.New(fault.NotFound, "找不到文件：%s", "there is no file %s", path)
	}
	if !info.Mode().IsRegular() { // a pipe would be waited for
		return explain(path, errNoBook)
	}
	how := atRest
	if _, err := os.Stat(path + walSuffix); err == nil {
		how = beside
	}
	err = withFile(path, how, func(c *sql.Conn) error {
		var answer, version string
		if err := c.QueryRowContext(context.Background(), wholeness).Scan(&answer); err != nil {
			return err
		}
		if err := unreadPage(path, answer); err != nil {
			return err
		}
		if answer != "ok" {
			return errors.New(answer)
		}
		if err := wholePages(path); err != nil {
			return err
		}
		if err := c.QueryRowContext(context.Background(), `SELECT value FROM setting WHERE key = 'schema'`).Scan(&version); err != nil {
			return err
		}
		if n, _ := strconv.Atoi(version); n > schemaVersion {
			return fault.New(fault.Refused, "%s 由更新版本的程序写成，请升级程序", "%s was written by a newer version of the program; please update the program", path)
		}
		return nil
	})
	if c := code(err); c == sqliteBusy || c == sqliteCantOpen { // nothing was read, so nothing is known of it
		return explain(path, err)
	}
	if err != nil && fault.Of(err) == nil {
		if f := diskTrouble(path, err); f != nil {
			return fault.Because(f, err)
		}
		return fault.Because(fault.New(fault.Damaged, "%s 已损坏，或不是账套文件", "%s is damaged, or no book", path), err)
	}
	return err
}

// withFile opens a file on one connection for f.
func withFile(path, how string, f func(*sql.Conn) error) error {
	w, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+how)
	if err != nil {
		return err
	}
	defer w.Close()
	c, err := w.Conn(context.Background())
	if err != nil {
		return err
	}
	return errors.Join(f(c), c.Close())
}

// stem is a path without the file's ending.
func stem(path string) string { return strings.TrimSuffix(path, filepath.Ext(path)) }

// freeName is a name that no file has: a beginning, the moment, and an ending.
func freeName(begin string, now time.Time, end string) string {
	base := begin + now.Format("20060102-150405")
	name := base + end
	for i := 2; ; i++ {
		if _, err := os.Lstat(name); err != nil {
			return name
		}
		name = fmt.Sprintf("%s-%d%s", base, i, end)
	}
}

// Restoring puts a whole copy in a book's place. The former book gets a second name first and the copy then takes its first one, so that
// at every moment a book has the name; only where the disk knows no second names is it without one for an instant, and opening it then
// says where both lie.

var restoring sync.Mutex // restores of this program go one after the other

// giveSecondName and swapped can be replaced by tests: a disk without second names, and a program killed between two steps.
var (
	giveSecondName = os.Link
	swapped        = func(step string) {}
)

// Restore puts a backup in a book's place and returns where the former book, if there was one, is kept. A damaged backup, a book that is
// open, and a place that is a link, a folder or a device are refused; whatever fails, the former book stays.
func Restore(backup, book string, now time.Time) (former string, err error) {
	return RestoreSealed(backup, book, now, func(string) error { return nil })
}

// RestoreSealed is Restore that lets seal write into the copy before it takes the book's place.
func RestoreSealed(backup, book string, now time.Time, seal func(fresh string) error) (former string, err error) {
	if a, err := os.Stat(backup); err == nil {
		if b, err := os.Stat(book); err == nil && os.SameFile(a, b) {
			return "", fault.New(fault.Usage, "备份与账套是同一个文件：%s", "the backup is the book itself: %s", book)
		}
	}
	if err := errors.Join(restorable(book), atHome(book)); err != nil {
		return "", err
	}
	if err := aloneWith(book, text.T("恢复前", "before the book is restored")); err != nil {
		return "", err
	}
	if err := CheckFile(backup); err != nil {
		return "", err
	}
	restoring.Lock()
	defer restoring.Unlock()
	fresh, err := reserveFresh(book)
	if err != nil {
		return "", err
	}
	if err = copyBook(backup, fresh); err == nil {
		err = seal(fresh)
	}
	if err != nil {
		discard(fresh)
		return "", err
	}
	if former, err = putAside(book, now); err == nil {
		err = settle(fresh, book)
		swapped("in place")
	}
	if err != nil {
		discard(fresh)
		err = errors.Join(err, takeBack(former, book))
		return "", unwritten(backup, book, err)
	}
	return former, nil
}

// reserveFresh makes the file that a restored book is written to, under a name of its own that tells what it is.
func reserveFresh(book string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(book), filepath.Base(book)+".restored-*.zg")
	if err != nil {
		return "", unwritten(book, book, err)
	}
	return f.Name(), f.Close()
}

// takeBack gives a former book that a failed restore put aside its own name alone again.
func takeBack(former, book string) error {
	if former == "" {
		return nil
	}
	a, err := os.Lstat(former)
	if err != nil {
		return err
	}
	if b, err := os.Lstat(book); err != nil || !os.SameFile(a, b) {
		return move(former, book)
	}
	for _, c := range companions {
		if err := os.Rename(former+c, book+c); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return os.Remove(former)
}

// restorable refuses a place that a book must not be put in.
func restorable(book string) error {
	info, err := os.Lstat(book)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return unwritten(book, book, err)
	case info.Mode()&os.ModeSymlink != 0:
		to, _ := os.Readlink(book)
		return fault.New(fault.Refused, "%s 是指向 %s 的链接，不会被替换；请写出文件本身的路径", "%s is a link to %s and is not replaced; name the file itself", book, to)
	case info.IsDir():
		return fault.New(fault.Refused, "%s 是文件夹，不会被移开；请写出账套文件的路径", "%s is a folder and is not moved; name the file of the book", book)
	case !info.Mode().IsRegular():
		return fault.New(fault.Refused, "%s 不是普通文件，不会被替换", "%s is no plain file and is not replaced", book)
	}
	return nil
}

// openedElsewhere is how long a restore waits for a book that somebody has open: another restore is done within a moment.
const openedElsewhere = 2 * time.Second

// putAside gives a book that nobody has open, a damaged one too, a second name to be kept under, with all that belongs to it; returned
// empty where there is none. What may still hang on its first name is gone then.
func putAside(book string, now time.Time) (string, error) {
	if _, err := os.Lstat(book); errors.Is(err, os.ErrNotExist) {
		// what a crash left beside a book that is gone would be taken for the new one's
		return "", orphans(book, now)
	}
	for end := time.Now().Add(openedElsewhere); ; time.Sleep(20 * time.Millisecond) {
		err := withFile(book, alone, func(c *sql.Conn) error {
			_, err := c.ExecContext(context.Background(), `BEGIN IMMEDIATE; SELECT COUNT(*) FROM setting; ROLLBACK`)
			return err
		})
		if code(err) != sqliteBusy {
			break
		}
		if time.Now().After(end) {
			return "", fault.New(fault.Conflict, "账套 %s 正在使用，请先关闭它再恢复", "the book %s is open; close it before it is restored", book)
		}
	}
	aside, err := secondName(book, now)
	if err != nil {
		return "", fault.Because(fault.New(fault.Refused, "无法移开原账套 %s，请检查权限", "cannot move the former book %s aside; check its rights", book), err)
	}
	return aside, nil
}

// secondName keeps a book under a free name beside its own; where the disk knows no second names it only has that one afterwards.
func secondName(book string, now time.Time) (string, error) {
	for {
		aside := asideName(book, now)
		err := giveSecondName(book, aside)
		if errors.Is(err, os.ErrExist) { // another restore was a moment earlier
			continue
		}
		if err != nil {
			err = move(book, aside)
			swapped("moved")
			return aside, err
		}
		swapped("second name")
		for _, c := range companions { // a log must not be found beside the book that comes
			if err := os.Rename(book+c, aside+c); err != nil && !errors.Is(err, os.ErrNotExist) {
				return "", err
			}
		}
		swapped("log aside")
		return aside, nil
	}
}

func orphans(book string, now time.Time) error {
	aside := asideName(book, now)
	for _, c := range companions {
		if err := os.Rename(book+c, aside+c); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// asideName is a free name for a former book.
func asideName(book string, now time.Time) string {
	return freeName(stem(book)+".replaced-", now, filepath.Ext(book))
}

// move renames a book with its companions.
func move(from, to string) error {
	for _, c := range companions {
		if err := os.Rename(from+c, to+c); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return os.Rename(from, to)
}

// noBook says that there is no book at a path, and where it may lie: a restore or another program may have been stopped on its way.
func noBook(path string) error {
	var near []string
	for _, begin := range []string{stem(path) + ".replaced-", path + ".restored-", stem(path) + ".rescued-"} {
		entries, _ := os.ReadDir(filepath.Dir(path))
		for _, e := range entries {
			full := filepath.Join(filepath.Dir(path), e.Name())
			if strings.HasPrefix(full, filepath.Clean(begin)) && !e.IsDir() && !strings.HasSuffix(full, walSuffix) && !strings.HasSuffix(full, "-shm") {
				near = append(near, full)
			}
		}
	}
	if len(near) == 0 {
		return fault.New(fault.NotFound, "找不到账套文件：%s", "there is no book %s", path)
	}
	return fault.New(fault.NotFound, "找不到账套文件：%s；旁边有 %s，可能是恢复中断时留下的，请把要用的一个改回原名", "there is no book %s; beside it lies %s: a restore may have been stopped. Give the one you want the book's name",
		path, strings.Join(near, ", "))
}
