package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/store/pages"
)

// Reading a damaged book, rule 7.8: whatever rows can still be read are copied into a sound file of today's tables, without asking
// whether they agree. The damaged file is read as bytes only.

// Lost says what of a table could not be read. Keys are codes or numbers that an index still has; where no index has them, From and To
// are the rows between which something is missing.
type Lost struct {
	Table    string
	From, To int64
	Keys     []string
}

// Doubt is a record or slip that could be read, but from a page that is not what was written. Key is empty where nobody can tell which.
type Doubt struct{ What, Key string }

// probes is how many rows one by one are tried behind a place that cannot be read.
const probes = 200_000

// rescuedMark is the setting that tells of a file of what could be read: its rows may refer to what is lost, also when it is an older
// program's and is brought into shape.
const rescuedMark = "rescued"

// copyEnding is what the copy's name has behind that of the file beside it.
const copyEnding = ".in"

// headed begins every book's file: SQLite's name, pages of 4,096 bytes, and the log's form of writing and reading.
const headed = "SQLite format 3\x00\x10\x00\x02\x02"

// onCopy runs f on a copy of a damaged file, made beside scratch and removed again, with what its write-ahead log holds.
func onCopy(damaged, scratch string, f func(*sql.Conn) error) error {
	in := scratch + copyEnding
	defer func() {
		for _, s := range []string{"", walSuffix, "-shm"} {
			os.Remove(in + s)
		}
	}()
	if err := copyBytes(damaged, in); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return fault.New(fault.NotFound, "找不到账套文件：%s", "there is no book %s", damaged)
		}
		return unwritten(damaged, in, err)
	}
	if err := copyBytes(damaged+walSuffix, in+walSuffix); err != nil && !errors.Is(err, os.ErrNotExist) {
		return unwritten(damaged, in, err)
	}
	if err := readable(in); err != nil {
		return unwritten(damaged, in, err)
	}
	return withFile(in, "?_pragma=busy_timeout(1000)", f)
}

// readable mends what of a copy keeps SQLite from reading any of it: a head that is not one of this program's gets the fixed values, and
// a file cut short is as long as its head says, with empty pages for those that are gone.
func readable(copied string) error {
	f, err := os.OpenFile(copied, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	head := make([]byte, 100)
	if _, short := f.ReadAt(head, 0); err != nil || short != nil {
		return err // too short to be anything
	}
	there := uint32(min((info.Size()+pages.Size-1)/pages.Size, math.MaxInt32/16))
	said := binary.BigEndian.Uint32(head[28:])
	if !strings.HasPrefix(string(head), headed) || string(head[21:24]) != "\x40\x20\x20" || said < there || said > 16*there {
		copy(head, headed)
		copy(head[20:], []byte{pages.Kept, 64, 32, 32})
		said = there
		for at, v := range map[int]uint32{28: said, 32: 0, 36: 0, 44: 4, 52: 0, 56: 1, 92: binary.BigEndian.Uint32(head[24:])} {
			binary.BigEndian.PutUint32(head[at:], v)
		}
		_, err = f.WriteAt(head, 0)
	}
	if err == nil && said > there {
		err = f.Truncate(int64(said) * pages.Size)
	}
	return err
}

// Rescue copies what can be read of a damaged book into a new file at scratch; a file of which nothing can be read is refused as damaged.
func Rescue(damaged, scratch string) (lost []Lost, doubts []Doubt, err error) {
	key := pages.Key(scratch + copyEnding)
	db, err := Create(scratch)
	if err != nil {
		return nil, nil, err
	}
	if err := db.Close(); err != nil {
		return nil, nil, err
	}
	rows := 0
	err = onCopy(damaged, scratch, func(from *sql.Conn) error {
		return withFile(scratch, "?_pragma=foreign_keys(0)&_pragma=synchronous(OFF)", func(to *sql.Conn) error {
			for _, q := range definitions() {
				table, ok := defines(q)
				if !ok {
					continue
				}
				r := &rescue{from: from, to: to, table: table, rowid: !strings.Contains(q, "WITHOUT ROWID")}
				seen := pages.Bad(key)
				if err := r.run(); err != nil {
					return fmt.Errorf("rescue %s: %w", table, err)
				}
				for _, n := range pages.Bad(key) {
					if !slices.Contains(seen, n) {
						doubts = append(doubts, r.doubts(n)...)
					}
				}
				lost, rows = append(lost, r.lost...), rows+r.rows
			}
			_, err := to.ExecContext(context.Background(), "INSERT OR REPLACE INTO setting (key, value) VALUES (?, '1')", rescuedMark)
			return err
		})
	})
	if err == nil && rows == 0 {
		err = fault.New(fault.Refused, "%s 中没有可以读出的内容，或不是账套", "nothing can be read of %s, or it is no book", damaged)
	}
	return lost, doubts, err
}

func copyBytes(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, src)
	return errors.Join(err, dst.Close())
}

// rescue copies one table.
type rescue struct {
	from, to *sql.Conn
	table    string
	rowid    bool // rows have a number of their own
	columns  string
	width    int
	put      *sql.Stmt
	rows     int
	lost     []Lost
}

func (r *rescue) run() error {
	ctx := context.Background()
	old, _ := r.names(r.from)
	now, err := r.names(r.to)
	if err != nil {
		return err
	}
	both := slices.DeleteFunc(now, func(c string) bool { return !slices.Contains(old, c) })
	if len(both) == 0 { // the table came later, or its definition cannot be read
		return nil
	}
	for i, c := range both {
		both[i] = quotedName(c)
	}
	r.columns, r.width = strings.Join(both, ", "), len(both)
	tx, err := r.to.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if r.put, err = tx.PrepareContext(ctx, fmt.Sprintf("INSERT OR REPLACE INTO %s (%s) VALUES (?%s)", r.table, r.columns, strings.Repeat(", ?", len(both)-1))); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if r.rowid {
		r.numbered()
	} else {
		r.fromBothEnds()
	}
	return errors.Join(r.put.Close(), tx.Commit())
}

func (r *rescue) names(c *sql.Conn) (list []string, err error) {
	rows, err := c.QueryContext(context.Background(), "SELECT name FROM pragma_table_info(?)", r.table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// doubts names what stood on a page of the table that is not what was written; of what is worked out again, nothing.
func (r *rescue) doubts(page uint32) (list []Doubt) {
	what, key, of := r.keyed()
	if what == "" {
		return nil
	}
	var raw []byte
	if r.from.QueryRowContext(context.Background(), pageOfFile, page).Scan(&raw) != nil {
		return []Doubt{{what, ""}}
	}
	rows := pages.Rows(raw)
	if len(rows) == 0 { // a page above others, or the rest of a long text
		return []Doubt{{what, ""}}
	}
	for _, row := range rows {
		d := Doubt{What: what}
		role := ""
		if r.to.QueryRowContext(context.Background(), fmt.Sprintf("SELECT %s FROM %s WHERE x.rowid = ?", key, of), row).Scan(&d.Key, &role) != nil {
			continue // it was not taken: it shows among what is missing
		}
		for _, t := range master.All {
			if t.Table == r.table && string(t.Role) == role {
				d.What = t.Code
			}
		}
		if !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list
}

// keyed tells what the rows of a table belong to, and from which tables x and others its key and role are read; nothing for what the
// program works out again.
func (r *rescue) keyed() (what, key, of string) {
	switch r.table {
	case "slip":
		return "slip", "x.number, ''", "slip x"
	case "slip_line", "slip_item", "split", "allocation":
		return "slip", "s.number, ''", r.table + " x JOIN slip s ON s.id = x.slip_id"
	case "match":
		return "slip", "s.number, ''", "match x JOIN slip_line l ON l.id = x.line_id JOIN slip s ON s.id = l.slip_id"
	case "setting":
		return "setting", "x.key, ''", "setting x"
	}
	for _, t := range master.All {
		if t.Table != r.table {
			continue
		}
		var columns []string
		for _, k := range t.KeyFields() {
			f, _ := t.Field(k)
			columns = append(columns, "x."+column(f))
		}
		role := "''"
		if t.Role != "" {
			role = "x.role"
		}
		return t.Code, strings.Join(columns, " || ' ' || ") + ", " + role, r.table + " x"
	}
	return "", "", ""
}

// take copies the rows of a query, the first column of which is their number where they have one, and returns the last number; a row
// that the table does not take is left out.
func (r *rescue) take(where string, args ...any) (last int64, n int, err error) {
	number := ""
	if r.rowid {
		number = "rowid, "
	}
	rows, err := r.from.QueryContext(context.Background(), fmt.Sprintf("SELECT %s%s FROM %s %s", number, r.columns, r.table, where), args...)
	if err != nil {
		return 0, 0, err
	}
	defer rows.Close()
	values := make([]any, r.width)
	dest := make([]any, 0, r.width+1)
	if r.rowid {
		dest = append(dest, &last)
	}
	for i := range values {
		dest = append(dest, &values[i])
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return last, n, err
		}
		n++
		if _, err := r.put.Exec(values...); err == nil {
			r.rows++
		} else if r.rowid {
			r.lost = append(r.lost, Lost{Table: r.table, From: last, To: last})
		}
	}
	return last, n, rows.Err()
}

// numbered copies a table whose rows have numbers: on from each place that cannot be read.
func (r *rescue) numbered() {
	var end int64
	_ = r.from.QueryRowContext(context.Background(), fmt.Sprintf("SELECT rowid FROM %s ORDER BY rowid DESC LIMIT 1", r.table)).Scan(&end)
	for at := int64(-1) << 62; ; {
		last, n, err := r.take("WHERE rowid > ? ORDER BY rowid", at)
		if err == nil {
			return
		}
		if n > 0 {
			at = last
		}
		start := max(at, 0)
		next := start
		for next++; next <= start+probes; next++ {
			if end > 0 && next > end {
				break
			}
			if _, n, err := r.take("WHERE rowid = ?", next); err == nil && n > 0 {
				break
			}
		}
		r.lost = append(r.lost, Lost{Table: r.table, From: start + 1, To: next - 1})
		if next > start+probes || end > 0 && next > end {
			return
		}
		at = next
	}
}

// fromBothEnds copies a table kept in its key's tree as far as it can be read forwards, then backwards.
func (r *rescue) fromBothEnds() {
	if _, _, err := r.take(""); err == nil {
		return
	}
	var keys []string
	rows, err := r.to.QueryContext(context.Background(), "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", r.table)
	if err == nil {
		for rows.Next() {
			var s string
			_ = rows.Scan(&s)
			keys = append(keys, s+" DESC")
		}
		rows.Close()
	}
	_, _, _ = r.take("ORDER BY " + strings.Join(keys, ", ")) // what is lost between both ends shows in the slips it belongs to
	r.lost = append(r.lost, Lost{Table: r.table})
}

// Keys lists what a unique index of a damaged book still knows of a master type, or of slips: codes and numbers of rows that may be lost.
// It works on a copy, as Rescue does; an index that is damaged itself knows nothing.
func Keys(damaged, scratch string) (codes map[string][]string, numbers []string) {
	codes = map[string][]string{}
	_ = onCopy(damaged, scratch, func(c *sql.Conn) error {
		read := func(q string, args ...any) (list []string) {
			rows, err := c.QueryContext(context.Background(), q, args...)
			if err != nil {
				return nil
			}
			defer rows.Close()
			for rows.Next() {
				var s string
				if rows.Scan(&s) != nil {
					break
				}
				list = append(list, s)
			}
			return list
		}
		for _, t := range master.All {
			if keys := t.KeyFields(); len(keys) == 1 {
				f, _ := t.Field(keys[0])
				if t.Role != "" {
					codes[t.Code] = read(fmt.Sprintf("SELECT %s FROM %s WHERE role = ? ORDER BY role, %[1]s", column(f), t.Table), string(t.Role))
				} else {
					codes[t.Code] = read(fmt.Sprintf("SELECT %s FROM %s ORDER BY %[1]s", column(f), t.Table))
				}
			}
		}
		numbers = read("SELECT number FROM slip ORDER BY number")
		return nil
	})
	return codes, numbers
}
