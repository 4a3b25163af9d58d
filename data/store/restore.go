package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"zhanggui/data/fault"
)

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
	if err := restorable(book); err != nil {
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
