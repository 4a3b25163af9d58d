package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/store/pages"
)

// Every page of a book has a checksum (room pages). What is read of a page that is not what was written is shown all the same, so that a
// damaged book can be looked at; but nothing is written to such a book, which would put a right checksum on wrong figures, and no copy
// of it is taken for a backup.

// Doubtful tells in words that pages read of the book so far are not what was written; nil where all were.
func (db *Reader) Doubtful() error {
	list := pages.Bad(db.place.key)
	if list == nil {
		return nil
	}
	return fault.New(fault.Damaged, "账套 %s 第 %s 页不是写入时的内容：已损坏，或被别的程序改过，因此不再写入；请从备份恢复，或用 zgctl salvage 抢救",
		"page %[2]s of the book %[1]s is not what was written: it is damaged, or another program changed it. Nothing more is written to it; restore a backup, or save what can be read with zgctl salvage", db.Path, pageList(list))
}

// LostWrites is how many commits are missing, as Gone tells.
func (db *Reader) LostWrites() int { return int(db.gone.Load()) }

// Gone tells in words that the book lacks commits of which its file knows: the log that held them was lost, or the file was copied without
// it; nil where none is missing, and again once something is written.
func (db *Reader) Gone() error {
	n := db.gone.Load()
	if n == 0 {
		return nil
	}
	return fault.New(fault.Refused, "账套 %s 的 -wal 日志丢失或未一起复制：最后 %d 次写入不在账套里。若文件是复制来的，请连同旁边的 -wal 文件重新复制；否则请核对并补录",
		"the -wal log of the book %s was lost, or not copied with it: the last %d {write is|writes are} not in the book. If the file was copied, copy it again with the -wal file beside it; else see what is missing and enter it again", db.Path, n)
}

// pageList names the first of some numbers.
func pageList(list []uint32) string {
	const most = 5
	var s []string
	for i, n := range list {
		if i == most {
			s = append(s, "…")
			break
		}
		s = append(s, fmt.Sprint(n))
	}
	return strings.Join(s, ", ")
}

// wholePages is an error where a page was read of a file, open still, that is not what was written.
func wholePages(path string) error {
	if list := pages.Bad(pages.Key(path)); list != nil {
		return errors.New("pages not as written: " + pageList(list))
	}
	return nil
}

// mostDamage is how many findings of a damaged file are told.
const mostDamage = 20

// Damage names what is wrong with the pages of a book that is too damaged to be opened, as far as it can be read; the file is only read.
func Damage(path string) (list []string) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // it has no pages, and a pipe would be waited for
		return nil
	}
	how := atRest
	if _, err := os.Stat(path + walSuffix); err == nil {
		how = looking
	}
	err := withFile(path, how, func(c *sql.Conn) error {
		ctx := context.Background()
		rows, err := c.QueryContext(ctx, fmt.Sprintf("PRAGMA integrity_check(%d)", mostDamage))
		if err == nil {
			defer rows.Close()
			for rows.Next() {
				var s string
				if rows.Scan(&s) == nil && s != "ok" {
					list = append(list, strings.Split(s, "\n")...)
				}
			}
			err = rows.Err()
		}
		if bad := pages.Bad(pages.Key(path)); bad != nil {
			list = append(list, "pages not as written: "+pageList(bad))
		}
		return err
	})
	if err != nil && len(list) == 0 {
		list = append(list, err.Error())
	}
	return list[:min(len(list), mostDamage)]
}

// sealedPages tells whether the pages of an opened file have checksums.
func sealedPages(c *sql.Conn) (bool, error) {
	var kept string
	err := c.QueryRowContext(context.Background(), keptInPage).Scan(&kept)
	return kept == fmt.Sprintf("%02X", pages.Kept), err
}

// Sealed tells whether the book's pages have checksums; one of an older version gets them when it is brought into today's shape.
func (db *Reader) Sealed() (bool, error) {
	kept := ""
	_, err := one(db, keptInPage, nil, &kept)
	return kept == fmt.Sprintf("%02X", pages.Kept), err
}

// sealLater gives a book of an older version its checksums. Where there is no room for it now, or somebody else is at work, the book is
// used as it is and the next opening tries again.
func (db *DB) sealLater() error {
	err := db.sealAll()
	switch c := code(err); {
	case c == sqliteBusy || c == sqliteProtocol || c == sqliteReadOnly:
		return nil
	case err != nil && diskTrouble(db.Path, err) != nil:
		return nil
	}
	return err
}

// sealAll gives every page of a book a checksum: its content goes into a file whose pages have room for one, and comes back page by page,
// in one transaction.
func (db *DB) sealAll() error {
	if have, err := sealedPages(db.conn); err != nil || have {
		return err
	}
	part, err := reservePart(db.Path)
	if err != nil {
		return err
	}
	defer discard(part)
	if err := os.Remove(part); err != nil { // it must not be there, and its name is nobody's
		return err
	}
	if _, err := db.conn.ExecContext(context.Background(), rewriteInto, roomy(part)); err != nil {
		return err
	}
	if err := db.Doubtful(); err != nil {
		return err
	}
	KeepPrivate(part)
	return pagesBack(db.conn, part)
}
