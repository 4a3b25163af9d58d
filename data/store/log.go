package store

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"zhanggui/data/auditlog"
	"zhanggui/data/files"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
)

// What a transaction did is told to the audit log when it ends: each entry follows the one before it by its hash, and bears the seal of what it
// speaks of as the transaction leaves it (J3, J4).

// manyEntries of one transaction are written before it ends: a file of a million lines must not lie in memory twice.
const manyEntries = 1000

// logEnd is where the audit log ends.
type logEnd struct {
	at   int64
	hash string // none: not known
}

// Program is what the entries of this process say made them: its name and version.
var Program = "zhanggui " + files.Version()

// Acts says who the transaction acts for, and by which clock.
func (tx *Tx) Acts(person string, now func() time.Time) { tx.person, tx.now = person, now }

// Log tells the audit log of an act. Who did it, where and by what program may be left out: then it is who the transaction acts for, here.
func (tx *Tx) Log(e auditlog.Entry, d auditlog.Detail) error {
	tx.complete(&e, &d)
	tx.entries = append(tx.entries, told{e, d})
	if len(tx.entries) < manyEntries {
		return nil
	}
	return tx.writeLog(false)
}

// complete fills in what of an entry is the same of all of the transaction.
func (tx *Tx) complete(e *auditlog.Entry, d *auditlog.Detail) {
	if e.At == 0 && tx.now != nil {
		e.At = tx.now().UnixMilli()
	}
	if e.At == 0 {
		e.At = time.Now().UnixMilli()
	}
	if e.Person == "" {
		e.Person = tx.person
	}
	e.PC, e.Program = thisPC(), Program
	if w := tx.db.whole; w != nil {
		d.Request = w.request.ID
	}
}

// told is an entry that is not written yet.
type told struct {
	auditlog.Entry
	detail auditlog.Detail
}

// writeLog writes the entries told so far, sealed. What was changed and not told of yet gets an entry of its own at the end.
func (tx *Tx) writeLog(end bool) error {
	if err := tx.sealAll(end); err != nil {
		return err
	}
	if len(tx.entries) > 0 {
		if err := tx.writeEntries(end); err != nil {
			return err
		}
	}
	if end && tx.anchored.kind != "" {
		return tx.putAnchor()
	}
	return nil
}

func (tx *Tx) writeEntries(end bool) error {
	if err := tx.findLogEnd(); err != nil {
		return err
	}
	if end && tx.anchored.kind != "" {
		d := &tx.entries[len(tx.entries)-1].detail
		d.Anchor, d.Mark = tx.anchored.kind, tx.anchored.key.ID()
	}
	for i := range tx.entries {
		e := &tx.entries[i]
		id, err := tx.nextID("audit_log")
		if err != nil {
			return err
		}
		e.At, e.Entry.Detail = max(e.At, tx.log.at), e.detail.Text()
		e.Follow(id-1, tx.log.hash)
		tx.log, tx.lastEntry = logEnd{e.At, e.Hash}, id
		if err := tx.putEntry(&e.Entry); err != nil {
			return err
		}
	}
	if err := tx.putSeals(); err != nil {
		return err
	}
	tx.entries = tx.entries[:0]
	return nil
}

// findLogEnd reads where the log ends, where memory does not know.
func (tx *Tx) findLogEnd() error {
	if tx.log.hash == "" {
		tx.log = tx.db.memory.log
	}
	if tx.log.hash == "" {
		if _, err := one(tx, `SELECT at, hash FROM audit_log ORDER BY id DESC LIMIT 1`, nil, &tx.log.at, &tx.log.hash); err != nil {
			return err
		}
	}
	return nil
}

const entryColumns = `id, at, person, pc, program, verb, area, key, version, detail, digest, previous, hash, form`

func (tx *Tx) putEntry(e *auditlog.Entry) error {
	_, err := tx.exec(`INSERT INTO audit_log (`+entryColumns+`) VALUES (`+marks(14)+`)`,
		e.ID, e.At, e.Person, e.PC, e.Program, e.Verb, e.Area, e.Key, e.Version, e.Detail, e.Digest, e.Previous, e.Hash, e.Form)
	return err
}

func scanEntry(scan func(...any) error) (e auditlog.Entry, err error) {
	err = scan(&e.ID, &e.At, &e.Person, &e.PC, &e.Program, &e.Verb, &e.Area, &e.Key, &e.Version, &e.Detail, &e.Digest, &e.Previous, &e.Hash, &e.Form)
	return e, err
}

// LogFilter narrows what is read of the audit log; what is empty lets everything through.
type LogFilter struct {
	From, Until             int64 // milliseconds: from the one on, and before the other
	Person, Verb, Area, Key string
}

// where is the filter as conditions with their arguments.
func (f LogFilter) where() (conditions string, args []any) {
	add := func(condition string, v any, asked bool) {
		if asked {
			conditions, args = conditions+" AND "+condition, append(args, v)
		}
	}
	add("at >= ?", f.From, f.From != 0)
	add("at < ?", f.Until, f.Until != 0)
	add("person = ?", f.Person, f.Person != "")
	add("verb = ?", f.Verb, f.Verb != "")
	add("area = ?", f.Area, f.Area != "")
	add("key = ?", f.Key, f.Key != "")
	return conditions, args
}

// EachEntry gives the entries of the audit log in their order.
func (db *Reader) EachEntry(f func(*auditlog.Entry) error) error {
	return db.EachEntryOf(LogFilter{}, f)
}

// EachEntryOf is EachEntry of those that are asked for.
func (db *Reader) EachEntryOf(asked LogFilter, f func(*auditlog.Entry) error) error {
	where, args := asked.where()
	return each(db, `SELECT `+entryColumns+` FROM audit_log WHERE 1 = 1`+where+` ORDER BY id`, args, func(scan func(...any) error) error {
		e, err := scanEntry(scan)
		if err != nil {
			return err
		}
		return f(&e)
	})
}

// Entry returns an entry of the audit log.
func (db *Reader) Entry(id int64) (e auditlog.Entry, ok bool, err error) {
	err = each(db, `SELECT `+entryColumns+` FROM audit_log WHERE id = ?`, []any{id}, func(scan func(...any) error) error {
		ok = true
		e, err = scanEntry(scan)
		return err
	})
	return e, ok, err
}

// LastLog returns the newest entry's row and its moment in milliseconds; 0 when nothing was logged yet.
func (db *Reader) LastLog() (id, at int64, err error) {
	end, at, err := db.LogEnd()
	return end.Entry, at, err
}

// LastAct returns the moment, in milliseconds, of the newest entry that tells of more than a backup; 0 when there is none.
func (db *Reader) LastAct() (at int64, err error) {
	_, err = one(db, `SELECT at FROM audit_log WHERE verb <> 'backup' ORDER BY id DESC LIMIT 1`, nil, &at)
	return at, err
}

// LogEnd returns the newest entry as an anchor, and its moment in milliseconds; entry 0 when nothing was logged yet.
func (db *Reader) LogEnd() (end auditlog.Anchor, at int64, err error) {
	_, err = one(db, `SELECT id, hash, at FROM audit_log ORDER BY id DESC LIMIT 1`, nil, &end.Entry, &end.Hash, &at)
	return end, at, err
}

// History returns the audit log's entries about what has the key in an area, oldest first. Those of the first form, which name no area, are among
// them; of a record they stand under its type.
func (tx *Tx) History(area, key string) ([]auditlog.Entry, error) { return history(tx, area, key) }

// History is Tx.History for who only looks.
func (db *Reader) History(area, key string) ([]auditlog.Entry, error) { return history(db, area, key) }

func history(q Query, area, key string) (list []auditlog.Entry, err error) {
	err = each(q, `SELECT `+entryColumns+` FROM audit_log WHERE key = ? AND area IN (?, '') OR key = ? AND area = '' ORDER BY id`, []any{key, area, area}, func(scan func(...any) error) error {
		e, err := scanEntry(scan)
		list = append(list, e)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("history of %s %s: %w", area, key, err)
	}
	return list, nil
}

// Every slip, every record and the settings bear a seal 封印: what they come to as the last entry about them left them (J4). Whatever writes one of
// them marks it here; when the log is written it is sealed, so that no use case can forget to.

// unsealed is what was changed and is not sealed yet.
type unsealed struct {
	change
	was  *master.Record // a record as it stood before the transaction; nil: it is new
	gone bool           // a record that was deleted
}

// unseal marks what was changed.
func (tx *Tx) unseal(u unsealed) {
	if i, has := tx.unsealedAt[u.change]; has {
		tx.unsealed[i].gone = u.gone
		return
	}
	if tx.unsealedAt == nil {
		tx.unsealedAt = map[change]int{}
	}
	tx.unsealedAt[u.change] = len(tx.unsealed)
	tx.unsealed = append(tx.unsealed, u)
}

// unsealRecord is unseal of a record: the store itself tells of it, so many need not wait until the transaction ends.
func (tx *Tx) unsealRecord(u unsealed) error {
	tx.unseal(u)
	if len(tx.unsealed) < manyEntries {
		return nil
	}
	return tx.writeLog(false)
}

// unsealSlip is unseal of a slip whose newest form has to be read.
func (tx *Tx) unsealSlip(kind string, id int64) {
	delete(tx.written, id)
	tx.unseal(unsealed{change: change{kind, id}})
}

// unsealWritten is unseal of a slip that was just written as it stands in d, whole: it need not be read again.
func (tx *Tx) unsealWritten(d *slip.Doc) {
	if tx.written == nil {
		tx.written = map[int64]*slip.Doc{}
	}
	tx.written[d.ID] = d
	tx.unseal(unsealed{change: change{d.Kind, d.ID}})
}

// seal is a seal to be written: of which entry of those told it is.
type seal struct {
	of        change // what it is of, where the transaction changed it
	area, key string
	entry     int // of tx.entries
	value     string
	gone      bool
}

// sealAll seals what was changed and told of. At the end what nobody told of is told of here.
func (tx *Tx) sealAll(end bool) error {
	if len(tx.unsealed) == 0 {
		return nil
	}
	last := make(map[[2]string]int, len(tx.entries))
	for i, e := range tx.entries {
		last[[2]string{e.Area, e.Key}] = i
		if e.Area == AreaSettings {
			last[[2]string{AreaSettings, ""}] = i
		}
	}
	defer clear(tx.written)
	var later []unsealed
	for _, u := range tx.unsealed {
		done, err := tx.sealOne(u, last, end)
		if err != nil {
			return err
		}
		if !done {
			later = append(later, u)
		}
	}
	tx.unsealed, tx.unsealedAt = nil, nil
	for _, u := range later {
		tx.unseal(u)
	}
	return nil
}

func (tx *Tx) sealOne(u unsealed, last map[[2]string]int, end bool) (done bool, err error) {
	if t, ok := master.ByCode(u.area); ok {
		return true, tx.sealRecord(t, u, last)
	}
	s, e := seal{of: u.change, area: u.area}, auditlog.Entry{Area: u.area, Verb: "save"}
	switch u.area {
	case AreaSettings:
		e.Verb = "settings"
		s.value, err = settingsSeal(tx)
	case AreaUsers, AreaRoles, AreaChains:
		var seals map[[2]string]string
		var keys map[change]string
		seals, keys, err = peopleSeals(tx)
		s.key = keys[u.change]
		e.Verb, e.Key, s.value = peopleVerbs[u.area], s.key, seals[[2]string{u.area, s.key}]
	default:
		var d *slip.Doc
		if d = tx.written[u.id]; d == nil {
			d, err = tx.Read(u.id)
		}
		if err == nil && d != nil {
			s.key, e.Key, e.Version = d.Number, d.Number, d.Version
			s.value, err = slipSeal(tx, tx.db.Reader, d)
		}
	}
	if err != nil {
		return false, err
	}
	at, said := last[[2]string{s.area, s.key}]
	if !said && !end {
		return false, nil
	}
	if !said {
		at = tx.tell(e, auditlog.Detail{})
	}
	tx.put(s, at)
	return true, nil
}

// sealRecord seals a record of standing data and tells of it, unless somebody did.
func (tx *Tx) sealRecord(t *master.Type, u unsealed, last map[[2]string]int) error {
	r, ok := tx.db.Masters.ByID(t.Code, u.id)
	if !ok || u.gone {
		if u.was != nil {
			at := tx.tell(auditlog.Entry{Area: t.Code, Key: u.was.Key(), Verb: auditlog.Deleted}, auditlog.Detail{})
			tx.seals = append(tx.seals, seal{of: u.change, area: t.Code, key: u.was.Key(), entry: at, gone: true})
		}
		return nil
	}
	s := seal{of: u.change, area: t.Code, key: r.Key(), value: recordSeal(tx.db.Reader, r)}
	at, said := last[[2]string{s.area, s.key}]
	if !said {
		e, d := auditlog.Entry{Area: t.Code, Key: s.key, Version: r.Version, Verb: "master-new"}, auditlog.Detail{}
		if u.was != nil {
			if e.Verb = "master"; u.was.Key() != s.key {
				d.Was = u.was.Key()
			}
			for _, f := range t.Fields {
				if was, is := u.was.Get(f.Key), r.Get(f.Key); was != is {
					d.Changes = append(d.Changes, auditlog.Change{Field: f.Key, Before: was, After: is})
				}
			}
		}
		at = tx.tell(e, d)
	}
	if u.was != nil && u.was.Key() != s.key {
		tx.seals = append(tx.seals, seal{area: t.Code, key: u.was.Key(), entry: at, gone: true})
	}
	tx.put(s, at)
	return nil
}

// tell adds an entry that no use case told, and gives its place.
func (tx *Tx) tell(e auditlog.Entry, d auditlog.Detail) int {
	if n := len(tx.entries); n > 0 {
		e.At, e.Person = tx.entries[n-1].At, tx.entries[n-1].Person
	}
	tx.complete(&e, &d)
	tx.entries = append(tx.entries, told{e, d})
	return len(tx.entries) - 1
}

func (tx *Tx) put(s seal, entry int) {
	s.entry = entry
	tx.entries[entry].detail.Seal = s.value
	tx.seals = append(tx.seals, s)
}

// putSeals writes the seals, once their entries are written.
func (tx *Tx) putSeals() error {
	for _, s := range tx.seals {
		if tx.entered == nil {
			tx.entered = map[change]int64{}
		}
		tx.entered[s.of] = tx.entries[s.entry].ID
		if s.gone {
			if _, err := tx.exec(`DELETE FROM seal WHERE area = ? AND key = ?`, s.area, s.key); err != nil {
				return err
			}
			continue
		}
		if _, err := tx.exec(`INSERT INTO seal (area, key, entry, seal) VALUES (?, ?, ?, ?) ON CONFLICT (area, key) DO UPDATE SET entry = excluded.entry, seal = excluded.seal`,
			s.area, s.key, tx.entries[s.entry].ID, s.value); err != nil {
			return err
		}
	}
	tx.seals = tx.seals[:0]
	return nil
}

// recordRef names what a code means by its row; what is kept by its code stays a code.
func recordRef(db *Reader) auditlog.Ref {
	return func(typ, code string) string {
		if byCode(typ) {
			return code
		}
		if r, ok := db.Masters.Find(typ, code); ok {
			return fmt.Sprintf("#%d", r.ID)
		}
		return code
	}
}

// slipSeal is the seal of a slip as it stands; one of a kind that is not there has none.
func slipSeal(q Query, db *Reader, d *slip.Doc) (string, error) {
	k, ok := kinds.ByCode(d.Kind)
	if !ok {
		return "", nil
	}
	v := auditlog.Slip(k, d, recordRef(db))
	acts, err := actsSealed(q, db, d.ID)
	return append(v, acts...).Seal(), err
}

func recordSeal(db *Reader, r *master.Record) string {
	v := auditlog.Values{{Key: "version", Value: strconv.FormatInt(r.Version, 10)}}
	return append(v, auditlog.Record(r.Type.Fields, r.Get, recordRef(db))...).Seal()
}

// notes are what the program keeps for itself among the settings: no word of a person.
var notes = []string{"shape", "schema", "walks", "own_code", rescuedMark}

func settingsSeal(q Query) (string, error) {
	all, err := settings(q)
	if err != nil {
		return "", err
	}
	var keys []string
	for k := range all {
		if !slices.Contains(notes, k) {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	var v auditlog.Values
	for _, k := range keys {
		v.Put(k, all[k])
	}
	return v.Seal(), nil
}

// SealedThing is a seal as the book keeps it.
type SealedThing struct {
	Area, Key string
	Entry     int64
	Seal      string
}

// Seals lists what the book keeps of seals, by area and key.
func (db *Reader) Seals() ([]SealedThing, error) {
	return list[SealedThing](db, `SELECT area, key, entry, seal FROM seal ORDER BY area, key`)
}

// SealOf is the seal of a slip as it stands now, with what was approved of it.
func (db *Reader) SealOf(d *slip.Doc) (string, error) { return slipSeal(db, db, d) }

// SealOfRecord is the seal of a record as it stands now.
func (db *Reader) SealOfRecord(r *master.Record) string { return recordSeal(db, r) }

// SealOfSettings is the seal of the settings as they stand now.
func (db *Reader) SealOfSettings() (string, error) { return settingsSeal(db) }

// sealOld seals a book that was kept before there were seals, with one entry that says so.
func (db *DB) sealOld() error {
	if sealed, err := one(db, `SELECT 1 FROM audit_log WHERE form = 2 LIMIT 1`, nil, new(int)); err != nil || sealed {
		return err
	}
	return db.Write(func(tx *Tx) error {
		if sealed, err := one(tx, `SELECT 1 FROM audit_log WHERE form = 2 LIMIT 1`, nil, new(int)); err != nil || sealed {
			return err
		}
		if err := tx.Log(auditlog.Entry{Verb: auditlog.Upgraded}, auditlog.Detail{}); err != nil {
			return err
		}
		value, err := settingsSeal(tx)
		if err != nil {
			return err
		}
		tx.seals = append(tx.seals, seal{area: AreaSettings, value: value})
		people, _, err := peopleSeals(tx)
		for k, v := range people {
			tx.seals = append(tx.seals, seal{area: k[0], key: k[1], value: v})
		}
		if err != nil {
			return err
		}
		for _, t := range master.All {
			for _, r := range db.Masters.List(t.Code) {
				tx.seals = append(tx.seals, seal{area: t.Code, key: r.Key(), value: recordSeal(db.Reader, r)})
			}
		}
		ids, err := tx.slipIDs()
		if err != nil {
			return err
		}
		for _, id := range ids {
			d, err := tx.Slip(id)
			if err != nil {
				return err
			}
			value, err := slipSeal(tx, db.Reader, d)
			if err != nil {
				return err
			}
			tx.seals = append(tx.seals, seal{area: d.Kind, key: d.Number, value: value})
		}
		return nil
	})
}

func (tx *Tx) slipIDs() (ids []int64, err error) {
	err = each(tx, `SELECT id FROM slip ORDER BY id`, nil, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}
