package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/store/presence"
	"zhanggui/data/store/remains"
)

// Reading a damaged book, rule 7.8: whatever rows can still be read are copied into a sound file of today's tables, without asking
// whether they agree. The damaged file is read as bytes only.

// Lost says that something of a table could not be read.
type Lost struct {
	Table string
	Keys  []string
}

// Doubt is a record or slip that could be read, but from a page that is not what was written. Key is empty where nobody can tell which.
type Doubt struct{ What, Key string }

// rescuedMark is the setting that tells of a file of what could be read: its rows may refer to what is lost, also when it is an older
// program's and is brought into shape.
const rescuedMark = "rescued"

// Rescued tells whether the file is what could be read of a damaged book.
func (db *Reader) Rescued() bool {
	mark, _ := db.Setting(rescuedMark)
	return mark != ""
}

// copyEnding is what the copy's name has behind that of the file beside it.
const copyEnding = ".in"

// onCopy runs f on a copy of a damaged file, made beside scratch and removed again, with what its write-ahead log holds and a first page
// by which it can be read.
func onCopy(damaged, scratch string, f func(*remains.File, *rescue) error) error {
	in := scratch + copyEnding
	defer func() {
		for _, s := range []string{"", walSuffix} {
			os.Remove(in + s)
		}
	}()
	if info, err := os.Stat(damaged); err == nil && !info.Mode().IsRegular() { // a pipe would be waited for, a device never ends
		return errNothing(damaged)
	}
	if err := copyBytes(damaged, in); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return fault.New(fault.NotFound, "找不到账套文件：%s", "there is no book %s", damaged)
		}
		return unwritten(damaged, in, err)
	}
	torn, err := remains.Fold(in, damaged+walSuffix)
	if err == nil {
		err = remains.Mend(in)
	}
	if err != nil {
		return unwritten(damaged, in, err)
	}
	file, err := remains.Open(in)
	if err != nil {
		return errNothing(damaged)
	}
	r := &rescue{file: file, parts: map[string]remains.Part{}, keys: map[string]remains.Part{}}
	if torn {
		r.lose(logTable)
	}
	parts, _ := file.List()
	for _, p := range parts {
		switch {
		case p.Kind == "table":
			r.parts[p.Name] = p
		case p.Kind == "index" && p.SQL == "" && r.keys[p.Table].Root == 0:
			r.keys[p.Table] = p
		}
	}
	return errors.Join(f(file, r), file.Close())
}

func errNothing(damaged string) error {
	return fault.New(fault.Refused, "%s 中没有可以读出的内容，或不是账套", "nothing can be read of %s, or it is no book", damaged)
}

// logTable stands among the tables of which something is lost for the log beside a book.
const logTable = "log"

// Rescue copies what can be read of a damaged book into a new file at scratch; a file of which nothing can be read is refused as damaged.
func Rescue(damaged, scratch string) (lost []Lost, doubts []Doubt, err error) {
	db, err := Create(scratch)
	if err != nil {
		return nil, nil, err
	}
	if err := db.Close(); err != nil {
		return nil, nil, err
	}
	rows := 0
	err = onCopy(damaged, scratch, func(file *remains.File, r *rescue) error {
		return withFile(scratch, "?_pragma=foreign_keys(0)&_pragma=synchronous(OFF)", func(to *sql.Conn) error {
			r.to = to
			if err := r.all(); err != nil {
				return err
			}
			var n int64
			if to.QueryRowContext(context.Background(), "SELECT n FROM tick").Scan(&n) == nil && n < file.Mark() {
				r.lose(logTable)
			}
			lost, rows = r.lost, r.rows
			doubts = r.named()
			return nil
		})
	})
	if err == nil && rows == 0 {
		err = errNothing(damaged)
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

// rescue copies the tables of a damaged book.
type rescue struct {
	file  *remains.File
	parts map[string]remains.Part // the file's tables by name
	keys  map[string]remains.Part // and the trees of their keys
	to    *sql.Conn
	rows  int
	lost  []Lost
	hit   []hit // rows that are not what was written
}

// hit is such a row: of a table, by its number.
type hit struct {
	table string
	id    int64
}

func (r *rescue) lose(table string) {
	if !slices.ContainsFunc(r.lost, func(l Lost) bool { return l.Table == table }) {
		r.lost = append(r.lost, Lost{Table: table})
	}
}

// all copies every table, then what no table leads to any more, where one of them has gaps.
func (r *rescue) all() error {
	ctx := context.Background()
	open := map[string]remains.Form{}
	tables := map[string]*intake{}
	return inOne(r.to, func(tx *sql.Tx) error {
		for _, q := range definitions() {
			table, ok := defines(q)
			if !ok || q == presence.Table { // nobody is in what is rescued
				continue
			}
			in, err := r.intake(tx, table, q)
			if err != nil {
				return fmt.Errorf("rescue %s: %w", table, err)
			}
			defer in.put.Close()
			tables[table] = in
			root := r.parts[table].Root
			if root != 0 && len(r.file.Tree(root, in.form, in.take)) == 0 {
				continue
			}
			if open[table] = in.form; root != 0 || len(r.parts) == 0 {
				r.lose(table)
			}
		}
		if len(open) > 0 {
			r.file.Strays(open, func(table string, row remains.Row) { tables[table].take(row) })
		}
		for _, s := range [][2]string{{"shape", shape()}, {"schema", strconv.Itoa(schemaVersion)}} {
			if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO setting (key, value) VALUES (?, ?)", s[0], s[1]); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO setting (key, value) VALUES (?, '1')", rescuedMark)
		return err
	})
}

// inOne runs f in one transaction.
func inOne(c *sql.Conn, f func(*sql.Tx) error) error {
	tx, err := c.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// intake takes the rows of a table.
type intake struct {
	r     *rescue
	table string
	form  remains.Form
	at    []int // the places in the row of the values that are put
	must  []any // what columns get that came later
	put   *sql.Stmt
	had   map[int64]bool // the numbers taken
}

// intake is made for a table: the form of its rows in the damaged file, and the statement that takes what of it there is today.
func (r *rescue) intake(tx *sql.Tx, table, definition string) (*intake, error) {
	now, fresh, err := formOf(tx, table, definition)
	if err != nil {
		return nil, err
	}
	in := &intake{r: r, table: table, form: now, had: map[int64]bool{}}
	if p := r.parts[table]; p.SQL != "" && plain(table, p.SQL) != definition {
		if old, ok := formElsewhere(table, plain(table, p.SQL)); ok {
			in.form = old
		}
	}
	var into []string
	if !now.Keyed {
		into = append(into, "rowid")
	}
	for i, c := range in.form.Columns {
		if !c.Number && slices.ContainsFunc(now.Columns, func(x remains.Column) bool { return x.Name == c.Name && !x.Number }) {
			into, in.at = append(into, quotedName(c.Name)), append(in.at, i)
		}
	}
	for i, name := range fresh.names {
		if fresh.must[i] && !slices.ContainsFunc(in.form.Columns, func(x remains.Column) bool { return x.Name == name }) {
			into = append(into, quotedName(name))
			if strings.HasPrefix(fresh.types[i], "INT") {
				in.must = append(in.must, 0)
			} else {
				in.must = append(in.must, "")
			}
		}
	}
	in.put, err = tx.PrepareContext(context.Background(), fmt.Sprintf("INSERT OR REPLACE INTO %s (%s) VALUES (?%s)", table, strings.Join(into, ", "), strings.Repeat(", ?", len(into)-1)))
	return in, err
}

// take puts a row into the new file, unless its number was taken; one that the table refuses is lost.
func (in *intake) take(row remains.Row) {
	var values []any
	if !in.form.Keyed {
		if in.had[row.ID] {
			return
		}
		in.had[row.ID] = true
		values = append(values, row.ID)
	}
	for _, i := range in.at {
		if i < len(row.Values) {
			values = append(values, row.Values[i])
		} else { // a column that came when the row was there
			values = append(values, nil)
		}
	}
	if _, err := in.put.Exec(append(values, in.must...)...); err != nil {
		in.r.lose(in.table)
		return
	}
	in.r.rows++
	if row.Doubtful && !in.form.Keyed {
		in.r.hit = append(in.r.hit, hit{in.table, row.ID})
	}
}

// formOf is the form of a table's rows as a connection has it: in a key's tree the columns of the key lie first.
func formOf(tx *sql.Tx, table, definition string) (f remains.Form, l layout, err error) {
	f.Keyed = strings.Contains(definition, "WITHOUT ROWID")
	rows, err := tx.QueryContext(context.Background(), `SELECT name, type, "notnull", dflt_value IS NOT NULL, pk FROM pragma_table_info(?)`, table)
	if err != nil {
		return f, l, err
	}
	defer rows.Close()
	keys := map[string]int{}
	for rows.Next() {
		var name, typ string
		var must, has bool
		var pk int
		if err := rows.Scan(&name, &typ, &must, &has, &pk); err != nil {
			return f, l, err
		}
		keys[name] = pk
		number := pk > 0 && typ == "INTEGER" && !f.Keyed && strings.Contains(definition, name+" INTEGER PRIMARY KEY")
		f.Columns = append(f.Columns, remains.Column{Name: name, Text: typ == "TEXT", Null: !must && (pk == 0 || !f.Keyed), Number: number})
		l.names, l.types, l.must = append(l.names, name), append(l.types, typ), append(l.must, must && !has && !number)
	}
	if f.Keyed {
		slices.SortStableFunc(f.Columns, func(a, b remains.Column) int {
			return cmp.Compare(uint(keys[a.Name]-1), uint(keys[b.Name]-1)) // those of no key come last
		})
	}
	return f, l, rows.Err()
}

// formElsewhere is the form of a table that is defined in another way than today's, if its definition can be read.
func formElsewhere(table, definition string) (f remains.Form, ok bool) {
	err := withFile(":memory:", "", func(c *sql.Conn) error {
		return inOne(c, func(tx *sql.Tx) (err error) {
			if _, err = tx.ExecContext(context.Background(), definition); err == nil {
				f, _, err = formOf(tx, table, definition)
			}
			return err
		})
	})
	return f, err == nil && len(f.Columns) > 0
}

// named tells which records and slips the rows belong to that are not what was written; of what is worked out again, nothing.
func (r *rescue) named() (list []Doubt) {
	seen := map[Doubt]bool{}
	for _, h := range r.hit {
		what, key, of := keyed(h.table)
		if what == "" {
			continue
		}
		d, role := Doubt{What: what}, ""
		if r.to.QueryRowContext(context.Background(), fmt.Sprintf("SELECT %s FROM %s WHERE x.rowid = ?", key, of), h.id).Scan(&d.Key, &role) != nil {
			continue // it hangs on what is gone, and shows there
		}
		for _, t := range master.All {
			if t.Table == h.table && string(t.Role) == role {
				d.What = t.Code
			}
		}
		if !seen[d] {
			seen[d] = true
			list = append(list, d)
		}
	}
	return list
}

// keyed tells what the rows of a table belong to, and from which tables x and others its key and role are read; nothing for what the
// program works out again.
func keyed(table string) (what, key, of string) {
	switch table {
	case "slip":
		return "slip", "x.number, ''", "slip x"
	case "slip_line", "slip_item", "split", "allocation":
		return "slip", "s.number, ''", table + " x JOIN slip s ON s.id = x.slip_id"
	case "match":
		return "slip", "s.number, ''", "match x JOIN slip_line l ON l.id = x.line_id JOIN slip s ON s.id = l.slip_id"
	case "setting":
		return "setting", "x.key, ''", "setting x"
	}
	for _, t := range master.All {
		if t.Table != table {
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
		return t.Code, strings.Join(columns, " || ' ' || ") + ", " + role, table + " x"
	}
	return "", "", ""
}

// Keys lists what the trees of keys of a damaged book still know of master types, and of slips: codes and numbers of rows that may be lost.
// It works on a copy, as Rescue does; a tree that is damaged itself knows less.
func Keys(damaged, scratch string) (codes map[string][]string, numbers []string) {
	codes = map[string][]string{}
	_ = onCopy(damaged, scratch, func(file *remains.File, r *rescue) error {
		role, code := remains.Column{Name: "role", Text: true}, remains.Column{Name: "code", Text: true}
		row := remains.Column{Name: "rowid"}
		done := map[string]bool{}
		for _, t := range master.All {
			keys := t.KeyFields()
			if len(keys) != 1 || done[t.Table] || r.keys[t.Table].Root == 0 {
				continue
			}
			done[t.Table] = true
			form := remains.Form{Columns: []remains.Column{code, row}, Keyed: true}
			if t.Role != "" {
				form.Columns = []remains.Column{role, code, row}
			}
			file.Tree(r.keys[t.Table].Root, form, func(x remains.Row) {
				for _, o := range master.All {
					if o.Table == t.Table && (o.Role == "" || string(o.Role) == x.Values[0]) && !x.Doubtful {
						codes[o.Code] = append(codes[o.Code], x.Values[len(x.Values)-2].(string))
					}
				}
			})
		}
		file.Tree(r.keys["slip"].Root, remains.Form{Columns: []remains.Column{code, row}, Keyed: true}, func(x remains.Row) {
			if !x.Doubtful {
				numbers = append(numbers, x.Values[0].(string))
			}
		})
		return nil
	})
	return codes, numbers
}
