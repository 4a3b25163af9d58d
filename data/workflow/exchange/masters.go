package exchange

import (
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// mostMasters is how many records one file may bring: each of them stays in memory while the book is open.
const mostMasters = 100_000

func (b book) importMasters(tx *store.Tx, typ *master.Type, t *Table, res *Imported, faults *fault.Many) error {
	var need []string
	for _, f := range b.Fields(typ) {
		if f.Required && !(f.Key == "code" && b.CodesItself(typ)) {
			need = append(need, f.Key)
		}
	}
	before := faults.Len()
	all := b.Rules().Modules.Fields(typ.Fields)
	at := columns(t, append(slices.Clone(all), versionColumn), need, faults)
	for _, f := range all { // nobody says what he does not see (R4)
		if x := b.Who().Unseen(f.Tag); x != nil && has2(at, f.Key) {
			x.File, x.Row = t.Name, max(t.Line, 1)
			faults.Add(x.At(f.Key))
		}
	}
	if t.Len() > mostMasters {
		x := fault.New(fault.Refused, "有 %d 行，一次最多导入 %d 行资料，请拆成几个文件", "has %d rows; a file may bring %d records, split it into several", t.Len(), mostMasters)
		x.File = t.Name
		faults.Add(x)
	}
	if faults.Len() > before {
		return nil
	}
	seen, known := map[string]int{}, (*master.Codes)(nil)
	var renamed []recoded
	err := t.Each(func(row Row) error {
		r := &master.Record{Type: typ, Values: map[string]string{}}
		version := ""
		for k, i := range at {
			switch {
			case i >= len(row.Cells):
			case k == versionColumn.Key:
				version = strings.TrimSpace(row.Cells[i])
			default:
				r.Values[k] = strings.TrimSpace(row.Cells[i])
			}
		}
		var list fault.List
		if r.Code() == "" && typ.Coded() {
			if known == nil {
				known = master.NewCodes(tx.Masters(), typ, b.CodePrefix(typ))
			}
			if f := known.Find(r); f != nil {
				list = fault.List{f}
			}
		}
		if list == nil {
			list = b.importRecord(tx, r, version, row.Line, seen, res, &renamed)
		}
		if known != nil && r.Code() != "" && len(list) == 0 {
			known.Add(r)
		}
		for _, x := range list {
			x.File, x.Row, x.Line = t.Name, row.Line, 0
		}
		faults.Add(list...)
		return nil
	})
	if err != nil {
		return err
	}
	if faults.Len() == before {
		faults.Add(doubled(tx.Masters(), t, renamed)...)
	}
	if faults.Len() > before {
		return nil
	}
	return b.AfterMasters(tx, typ)
}

// recoded is a product whose code or bar code the file changes, and where.
type recoded struct {
	old, now *master.Record
	line     int
}

// doubled finds codes and bar codes that are two products' once the whole file is in: a bar code may go from one product to another
// in any order of their rows. The later row is told.
func doubled(set *master.Set, t *Table, list []recoded) (faults fault.List) {
	line := make(map[int64]int, len(list))
	for _, c := range list {
		line[c.now.ID] = c.line
	}
	for _, c := range list {
		for _, x := range set.CheckCodes(c.old, c.now, func(p *master.Record) bool { return line[p.ID] > c.line }) {
			x.File, x.Row = t.Name, c.line
			faults = append(faults, x)
		}
	}
	return faults
}

// versionColumn says which version of a record a row was made of.
var versionColumn = f("version", "版本")

func (b book) importRecord(tx *store.Tx, r *master.Record, version string, line int, seen map[string]int, res *Imported, renamed *[]recoded) fault.List {
	if faults := b.create(tx, r, res); len(faults) > 0 {
		return faults
	}
	given := map[string]bool{}
	for k := range r.Values {
		given[k] = true
	}
	if r.Type == master.OpeningStock && (r.Get("cost") != "" || r.Get("amount") != "") { // one says what the other said before
		given["cost"], given["amount"] = true, true
	}
	key := r.Key()
	old, exists := tx.Master(r.Type.Code, r.Keys()...)
	if exists { // what the file does not name stays
		for k, v := range old.Values {
			if !given[k] {
				r.Values[k] = v
			}
		}
		r.ID, r.Version = old.ID, old.Version
		if !given["initials"] && r.Get("name") != old.Get("name") && r.Get("initials") == text.Initials(old.Get("name")) {
			r.Values["initials"] = "" // the program's own go with the name
		}
	}
	faults := b.CheckMaster(tx, r)
	if first, twice := seen[key]; twice && strings.TrimSpace(key) != "" {
		faults = append(faults, fault.New(fault.Invalid, "%s 在第 %d 行已出现", "%s stands already on line %d", key, first).At(r.Type.KeyFields()[0]))
	}
	if f := b.CheckVersion(tx, r, old, version); f != nil {
		faults = append(faults, f)
	}
	seen[key] = line
	if len(faults) > 0 {
		return faults
	}
	r.FillInitials()
	if exists && old.Same(r) {
		res.Unchanged++
		return nil
	}
	if err := tx.SaveMaster(r); err != nil {
		return fault.List{fault.Internal(fmt.Errorf("save %s %s: %w", r.Type.Code, r.Code(), err))}
	}
	if r.Type == master.Products && (!exists || old.Get("barcode") != r.Get("barcode")) {
		*renamed = append(*renamed, recoded{old, r, line})
	}
	if exists {
		res.Changed++
	} else {
		res.New++
	}
	return nil
}

// create makes units and categories that products name, and departments anybody names, that nobody entered yet.
func (b book) create(tx *store.Tx, r *master.Record, res *Imported) fault.List {
	for _, f := range b.Fields(r.Type) {
		typ, ok := made[f.Ref]
		v := r.Values[f.Key]
		if v == "" && f.Key == "unit" && r.Type == master.Products {
			v = f.Default
		}
		if !ok || f.Type != slip.TypeRef || typ == r.Type || r.Type != master.Products && typ != master.Departments || v == "" {
			continue
		}
		if list := b.make(tx, typ, f.Key, v, res); list != nil {
			return list
		}
	}
	return nil
}

// made are the types of which an import makes what it names and nobody entered.
var made = map[string]*master.Type{master.Units.Code: master.Units, master.Categories.Code: master.Categories, master.Departments.Code: master.Departments}

// make makes a record with its code as its name, where there is none, and says so.
func (b book) make(tx *store.Tx, typ *master.Type, key, code string, res *Imported) fault.List {
	if _, ok := tx.Master(typ.Code, code); ok {
		return nil
	}
	r := &master.Record{Type: typ, Values: map[string]string{"code": code, "name": code}}
	if list := b.CheckMaster(tx, r); len(list) > 0 {
		for _, f := range list {
			f.At(key)
		}
		return list
	}
	if err := tx.SaveMaster(r); err != nil {
		return fault.List{fault.Internal(fmt.Errorf("make %s %s: %w", typ.Code, code, err))}
	}
	res.Made = append(res.Made, text.Tf("%s “%s”", "%s %q", typ.One, code))
	res.Notes = append(res.Notes, text.Tf("新建%s“%s”", "created %s %q", typ.One, code))
	return nil
}
