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
	"time"

	"zhanggui/data/fault"
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

// copyBook copies a book, also one that is open, to a file.
func copyBook(from, dest string) error {
	how := atRest
	if _, err := os.Stat(from + walSuffix); err == nil {
		how = beside
	}
	return copied(from, dest, func(part string) error {
		return withFile(from, how, func(c *sql.Conn) error { return copyPages(c, part) })
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
		err = withFile(part, freshCopy, func(c *sql.Conn) error { return c.PingContext(context.Background()) })
	}
	if err == nil {
		if err = CheckFile(part); fault.Is(err, fault.Damaged) {
			err = fault.Because(fault.New(fault.Damaged, "%s 已损坏，未生成副本；请从以前的备份恢复", "%s is damaged and was not copied; restore an earlier backup", from), err)
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
	if _, err := os.Stat(path); err != nil {
		return fault.New(fault.NotFound, "找不到文件：%s", "there is no file %s", path)
	}
	how := atRest
	if _, err := os.Stat(path + walSuffix); err == nil {
		how = beside
	}
	err := withFile(path, how, func(c *sql.Conn) error {
		var answer, version string
		if err := c.QueryRowContext(context.Background(), wholeness).Scan(&answer); err != nil {
			return err
		}
		if answer != "ok" {
			return errors.New(answer)
		}
		if err := c.QueryRowContext(context.Background(), `SELECT value FROM setting WHERE key = 'schema'`).Scan(&version); err != nil {
			return err
		}
		if n, _ := strconv.Atoi(version); n > schemaVersion {
			return fault.New(fault.Refused, "%s 由更新版本的程序写成，请升级程序", "%s was written by a newer version of the program; please update the program", path)
		}
		return nil
	})
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
