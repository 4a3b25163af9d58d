package store

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// A file is looked at before anything in it is changed: whether it is a book at all, whether this program knows its version, and whether
// all it holds is the program's own. A trigger would run unseen at every write, a view could answer for a table.

// part is one thing that a file defines: a table, an index, a trigger, a view.
type part struct{ kind, name, sql string }

// partsOf lists what a file defines.
func partsOf(q Query) (list []part, err error) {
	return list, each(q, partsOfFile, nil, func(scan func(...any) error) error {
		var p part
		err := scan(&p.kind, &p.name, &p.sql)
		list = append(list, p)
		return err
	})
}

// lookAt refuses what is no book, what a newer program wrote, and what holds anything foreign; the file is only read.
func lookAt(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return noBook(path)
	case diskTrouble(path, err) != nil:
		return fault.Because(diskTrouble(path, err), err)
	case err != nil:
		return fault.Because(fault.New(fault.Refused, "无法打开账套 %s，请检查路径和权限", "cannot open the book %s; check its path and rights", path), err)
	case info.Size() == 0 || !info.Mode().IsRegular():
		return explain(path, errNoBook)
	}
	how := atRest
	for _, c := range []string{walSuffix, "-journal"} {
		if i, err := os.Stat(path + c); err == nil && i.Size() > 0 {
			how = looking
		}
	}
	err = withFile(path, how, func(c *sql.Conn) error {
		return c.Raw(func(c any) error {
			w := &writer{conn: c.(driver.ConnPrepareContext), stmts: map[string]driver.Stmt{}}
			defer w.forget()
			return looked(w)
		})
	})
	if code(err) == sqliteReadOnly || code(err) == sqliteCantOpen { // a journal that is left must be rolled back first, or nothing can be laid beside
		return nil
	}
	if err != nil {
		return explain(path, err)
	}
	return nil
}

// looked is lookAt on an opened file.
func looked(q Query) error {
	parts, err := partsOf(q)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(parts, func(p part) bool { return p.kind == "table" && p.name == "setting" }) {
		return errNoBook
	}
	v, err := setting(q, "schema")
	if err != nil || v == "" {
		return errors.Join(err, errNoBook)
	}
	if n, _ := strconv.Atoi(v); n > schemaVersion {
		return errNewer
	}
	have, err := setting(q, "shape")
	if err != nil {
		return err
	}
	return foreign(parts, have == shape())
}

// foreign refuses by name what the program did not define. In a book of today's shape everything must stand as it was defined; in an
// older one tables and indexes differ, and are brought into shape later.
func foreign(parts []part, today bool) error {
	own := map[string]string{}
	for _, q := range definitions() {
		rest := strings.TrimPrefix(strings.TrimPrefix(q, "CREATE TABLE "), "CREATE INDEX ")
		name, _, _ := strings.Cut(rest, " ")
		own[name] = q
	}
	for _, p := range parts {
		q, known := own[p.name]
		delete(own, p.name)
		switch {
		case p.kind == "trigger" || p.kind == "view":
			return errForeign(p)
		case p.kind == "index" && (p.sql == "" || !today): // of a key, made by SQLite itself; or made anew
		case strings.HasPrefix(p.name, "sqlite_"): // SQLite's own figures
		case !known && today:
			return errForeign(p)
		case !known:
			return fault.New(fault.Refused, "账套里有本程序不认识的表 %s：若由更新版本的程序写成，请升级程序；若是别的程序加的，请从备份恢复",
				"the book holds a table %s that this program does not know: if a newer version wrote the book, please update the program; if another program added it, restore a backup", p.name)
		case today && plain(p.name, p.sql) != q:
			return fault.New(fault.Refused, "账套里 %s 的定义被别的程序改过，不能打开；请从备份恢复", "the definition of %s in this book was changed by another program; it is not opened. Restore a backup", p.name)
		}
	}
	if today {
		for name := range own {
			return fault.New(fault.Refused, "账套里缺少 %s，被别的程序删掉了，不能打开；请从备份恢复", "%s is missing in this book: another program took it away; it is not opened. Restore a backup", name)
		}
	}
	return nil
}

func errForeign(p part) error {
	words := map[string]text.Text{"trigger": text.T("触发器", "a trigger"), "view": text.T("视图", "a view"), "table": text.T("表", "a table"), "index": text.T("索引", "an index")}
	return fault.New(fault.Refused, "账套里有不是本程序的%s %s，不能打开；请从备份恢复", "the book holds %s %s that is not this program's own; it is not opened. Restore a backup", words[p.kind], p.name)
}

// quotedName is a name for SQL, whatever it holds.
func quotedName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
