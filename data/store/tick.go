package store

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"zhanggui/data/auditlog"
	"zhanggui/data/master"
	"zhanggui/data/store/pages"
)

// Every commit raises the book's one tick 变更号 and says what it changed; a write takes the lock first, then looks whether its memory
// is of that tick, and reads again what is not, before anything is decided (M1, M3). So no decision is taken with a record or setting
// that another program changed since, whenever this one was opened.

// keptTicks is so many commits back the book says what each changed; memory older than that is read anew.
const keptTicks = 10_000

// defaultWait is how long a write waits for another program's (M10).
const defaultWait = 10 * time.Second

// The areas of changes that are no kind of slip and no master type.
const (
	AreaSettings = auditlog.Settings
)

// change names what a commit changed: a record of a master type, a slip of a kind, or the settings (id 0).
type change struct {
	area string
	id   int64
}

// memory is what the program remembers of the book, and of which tick it is.
type memory struct {
	mu   sync.Mutex // held while memory is brought to a tick
	tick int64
	// writing: this program's own transaction may have put into memory what is not committed.
	writing bool
	// Of the tick too, and used by writes alone: the last ids given, and the last entry of the audit log.
	seq map[string]sequence
	log logEnd
	// settings is told of settings another program changed.
	settings func(map[string]string)
	// people is told that another program changed users, roles or chains of approval.
	people func(Query) error
	// acted says whether the book has chains, so that slips may have approvals: unknown, none or some.
	acted atomic.Int32
}

// OnSettings is told all settings whenever another program changed one, before anything is decided by them.
func (db *Reader) OnSettings(f func(map[string]string)) { db.memory.settings = f }

// Tick is the number of the book's commits that memory has seen.
func (db *Reader) Tick() int64 {
	db.memory.mu.Lock()
	defer db.memory.mu.Unlock()
	return db.memory.tick
}

// SetLockWait says how long a write waits for another program's (setting lock_wait); the next write goes by it.
func (db *DB) SetLockWait(d time.Duration) { db.wait.Store(int64(d)) }

const readTick = `SELECT n, place FROM tick WHERE id = 1`

// begin takes the book's lock and brings memory to what stands under it.
func (tx *Tx) begin() error {
	wait := time.Duration(tx.db.wait.Load())
	if wait != tx.db.waits {
		if _, err := tx.exec(waitFor(wait)); err != nil {
			return err
		}
		tx.db.waits = wait
	}
	tx.db.asked.Store(time.Now().UnixNano())
	_, err := tx.exec("BEGIN IMMEDIATE")
	tx.db.asked.Store(0)
	if err != nil {
		if code(err) == sqliteBusy {
			return tx.db.busy(wait)
		}
		return explain(tx.db.Path, err)
	}
	tx.db.hold()
	if tx.db.shaping {
		return nil
	}
	if _, err := one(tx, readTick, nil, &tx.tick, &tx.place); err != nil {
		return err
	}
	m := &tx.db.memory
	m.mu.Lock()
	defer m.mu.Unlock()
	m.writing = true
	return tx.db.catchUp(tx, tx.tick)
}

// settled says that a transaction has ended: memory is what was committed.
func (m *memory) settled() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.writing = false
}

// commit raises the tick, says what was changed, and commits.
func (tx *Tx) commit() error {
	m := &tx.db.memory
	if tx.db.shaping || tx.quiet && len(tx.touched) == 0 {
		_, err := tx.exec("COMMIT")
		return err
	}
	n := tx.tick + 1
	if err := tx.say(n); err != nil {
		return err
	}
	m.mu.Lock() // nobody looks for what others changed between the commit and memory's own tick
	defer m.mu.Unlock()
	if _, err := tx.exec("COMMIT"); err != nil {
		return err
	}
	tx.mark(n)
	m.tick, m.log = n, tx.log
	for table, s := range tx.seq {
		s.fresh = false
		m.seq[table] = s
	}
	return nil
}

// mark has the file say that a commit was made. The next look into the book on any connection writes it, so one is taken here.
func (tx *Tx) mark(n int64) {
	pages.MarkNext(tx.db.place.key, n)
	tx.db.gone.Store(0)
	tx.until = nil
	var tick, place int64
	one(tx.writer, readTick, nil, &tick, &place) // nothing depends on it: the commit stands
	tx.db.place.log.now(tx.db.Path)
}

// say writes the tick, what was changed by it and the ids given.
func (tx *Tx) say(n int64) error {
	if _, err := tx.exec(`UPDATE tick SET n = ?, place = ? WHERE id = 1`, n, tx.place); err != nil {
		return err
	}
	list := slices.SortedFunc(maps.Keys(tx.touched), func(a, b change) int {
		return cmp.Or(strings.Compare(a.area, b.area), cmp.Compare(a.id, b.id))
	})
	for _, c := range list {
		entry, own := tx.entered[c]
		if !own {
			entry = -tx.lastEntry
		}
		if _, err := tx.exec(`INSERT INTO changed (n, area, id, entry) VALUES (?, ?, ?, ?)`, n, c.area, c.id, entry); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(tx.seq)) {
		s := tx.seq[name]
		if !s.fresh {
			continue
		}
		if _, err := tx.exec(`INSERT INTO seq (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last`, name, s.upto); err != nil {
			return err
		}
	}
	if n%100 != 0 {
		return nil
	}
	_, err := tx.exec(`DELETE FROM changed WHERE n <= ?`, n-keptTicks)
	return err
}

// Changed is what a commit changed: a record or slip of an area by its id (0: the settings). Entry is the entry of the audit log that tells
// of it; where none does it is less 0, the last one of the commit, whose act it follows from, or 0.
type Changed struct {
	N     int64
	Area  string
	ID    int64
	Entry int64
}

// ChangesSince lists what was changed after a tick, oldest first.
func (db *Reader) ChangesSince(n int64) ([]Changed, error) {
	return list[Changed](db, `SELECT n, area, id, entry FROM changed WHERE n > ? ORDER BY n, ABS(entry), entry < 0, area, id`, n)
}

// OldestTick is the first commit of which the book still says what it changed; 0: of none.
func (db *Reader) OldestTick() (n int64, err error) {
	_, err = one(db, `SELECT n FROM changed ORDER BY n LIMIT 1`, nil, &n)
	return n, err
}

// SlipNumber is the number of a slip by its id; none where it is not there.
func (db *Reader) SlipNumber(id int64) (number string, err error) {
	_, err = one(db, `SELECT number FROM slip WHERE id = ?`, []any{id}, &number)
	return number, err
}

// touch says that the transaction changes something others may remember.
func (tx *Tx) touch(area string, id int64) {
	if tx.touched == nil {
		tx.touched = map[change]bool{}
	}
	tx.touched[change{area, id}] = true
}

// touchSlip is touch of a slip, and gives its kind.
func (tx *Tx) touchSlip(id int64) (kind string, err error) {
	_, err = one(tx, `SELECT kind FROM slip WHERE id = ?`, []any{id}, &kind)
	tx.touch(kind, id)
	return kind, err
}

// sequence is what is known of a table's ids: the last one given, and the last one that is set aside on the disk.
type sequence struct {
	last, upto int64
	fresh      bool // set aside by the transaction under way: still to be written
}

// inBlocks are the tables of which every audit writes rows: so many ids are set aside at once, so that not every audit writes a row of seq
// for each. What is left of a block when the program ends, or another one writes, is given to nobody.
var inBlocks = map[string]bool{"stock_row": true, "party_row": true, "cash_row": true, "voucher_line": true, "dispatch_row": true}

const block = 64

// nextID gives the next id of a table. None is ever given twice, whatever is deleted: what another program remembers of an id is of the
// same record or of none.
func (tx *Tx) nextID(table string) (int64, error) {
	s, ok := tx.seq[table]
	if !ok {
		s, ok = tx.db.memory.seq[table]
	}
	if !ok {
		if _, err := one(tx, `SELECT last FROM seq WHERE name = ?`, []any{table}, &s.last); err != nil {
			return 0, err
		}
		s.upto = s.last
	}
	s.last++
	if s.last > s.upto {
		s.upto, s.fresh = s.last, true
		if inBlocks[table] {
			s.upto += block - 1
		}
	}
	if tx.seq == nil {
		tx.seq = map[string]sequence{}
	}
	tx.seq[table] = s
	return s.last, nil
}

// NextPlace gives the next posting order (M5): within a day slips stand in the order they were committed in.
func (tx *Tx) NextPlace() int64 {
	tx.place++
	return tx.place
}

// Refresh brings memory to the book's newest commit, and tells whether another program had made one since. Whoever only looks calls it;
// a write does so by itself, under its lock.
func (db *Reader) Refresh() (changed bool, err error) {
	if db.shaping {
		return false, nil
	}
	m := &db.memory
	m.mu.Lock()
	defer m.mu.Unlock()
	var n, place int64
	if _, err := one(db, readTick, nil, &n, &place); err != nil || n == m.tick {
		return false, err
	}
	return true, db.catchUp(db, n)
}

// catchUp reads again what the commits since memory's tick changed, up to tick n; the memory's lock is held.
func (db *Reader) catchUp(q Query, n int64) error {
	m := &db.memory
	if n == m.tick {
		return nil
	}
	if n < m.tick || n-m.tick > keptTicks { // n is lower only where another book was put in this one's place
		if err := db.readAll(q); err != nil {
			return err
		}
	} else if err := db.readChanged(q, m.tick); err != nil {
		return err
	}
	m.tick, m.seq, m.log = n, map[string]sequence{}, logEnd{}
	return nil
}

func (db *Reader) readChanged(q Query, since int64) error {
	ids := map[string][]int64{}
	err := each(q, `SELECT DISTINCT area, id FROM changed WHERE n > ?`, []any{since}, func(scan func(...any) error) error {
		var c change
		err := scan(&c.area, &c.id)
		ids[c.area] = append(ids[c.area], c.id)
		return err
	})
	if err != nil {
		return err
	}
	for _, t := range master.All { // what others refer to first
		if err := db.readAgain(q, t, ids[t.Code]); err != nil {
			return err
		}
	}
	if ids[AreaSettings] != nil {
		if err := db.readSettings(q); err != nil {
			return err
		}
	}
	if ids[AreaChains] != nil {
		db.memory.acted.Store(unknown)
	}
	if ids[AreaUsers] != nil || ids[AreaRoles] != nil || ids[AreaChains] != nil {
		return db.readPeople(q)
	}
	return nil
}

func (db *Reader) readPeople(q Query) error {
	if db.memory.people == nil {
		return nil
	}
	return db.memory.people(q)
}

// readAgain reads records of a type again; those that are gone leave memory.
func (db *Reader) readAgain(q Query, t *master.Type, ids []int64) error {
	for _, id := range ids {
		was, had := db.Masters.ByID(t.Code, id)
		if err := db.loadType(q, t, id); err != nil {
			return err
		}
		now, has := db.Masters.ByID(t.Code, id)
		switch {
		case !had || !has:
		case now == was: // not read: it is no longer there
			db.Masters.Remove(was)
		case now.Code() != was.Code():
			db.Masters.Rename(t.Code, was.Code(), now.Code())
		}
	}
	return nil
}

// readAll reads all of memory again.
func (db *Reader) readAll(q Query) error {
	for _, t := range master.All {
		was := db.Masters.List(t.Code)
		if err := db.loadType(q, t, 0); err != nil {
			return err
		}
		for _, r := range was {
			if now, _ := db.Masters.ByID(t.Code, r.ID); now == r {
				db.Masters.Remove(r)
			}
		}
	}
	if err := db.readSettings(q); err != nil {
		return err
	}
	db.memory.acted.Store(unknown)
	return db.readPeople(q)
}

func (db *Reader) readSettings(q Query) error {
	if db.memory.settings == nil {
		return nil
	}
	all, err := settings(q)
	if err == nil {
		db.memory.settings(all)
	}
	return err
}

// numbered are the tables whose ids come from seq.
func numbered() []string {
	list := []string{"slip", "slip_line", "dispatch_row", "stock_row", "lot", "party_row", "cash_row", "voucher_line", "audit_log", "user_", "role", "chain", "approval"}
	for _, t := range master.All {
		if !slices.Contains(list, t.Table) {
			list = append(list, t.Table)
		}
	}
	return list
}

// startCounting gives a book that was made before its tick and its sequences what they begin with.
func (tx *Tx) startCounting() error {
	for _, q := range []string{
		`INSERT INTO tick (id, n, place) SELECT 1, 0, COALESCE((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'place'), 0) WHERE NOT EXISTS (SELECT 1 FROM tick)`,
		`DELETE FROM setting WHERE key = 'place'`,
	} {
		if _, err := tx.exec(q); err != nil {
			return err
		}
	}
	for _, table := range numbered() {
		if _, err := tx.exec(`INSERT INTO seq (name, last) SELECT ?, MAX(id) FROM `+table+` HAVING MAX(id) IS NOT NULL ON CONFLICT (name) DO NOTHING`, table); err != nil {
			return err
		}
	}
	return nil
}

// AheadOfTick says what runs ahead of the book's own count: changes and requests later than its tick, ids beyond their sequence (proof 13).
func (db *Reader) AheadOfTick() (bad []string, err error) {
	tell := func(q, words string) {
		if err != nil {
			return
		}
		var n int64
		if _, err = one(db, q, nil, &n); n > 0 {
			bad = append(bad, words)
		}
	}
	tell(`SELECT COUNT(*) FROM changed WHERE n > (SELECT n FROM tick WHERE id = 1)`, "changed is ahead of the tick")
	tell(`SELECT COUNT(*) FROM request WHERE n > (SELECT n FROM tick WHERE id = 1)`, "request is ahead of the tick")
	tell(`SELECT COUNT(*) <> 1 FROM tick`, "the book has not one tick")
	tell(`SELECT MAX(place) > COALESCE((SELECT place FROM tick WHERE id = 1), 0) FROM (SELECT COALESCE(MAX(place), 0) AS place FROM slip UNION ALL SELECT COALESCE(MAX(place), 0) FROM slip_line)`, "a slip's place is ahead of the book's")
	if gone := db.Gone(); gone != nil && err == nil { // the mark of the file is ahead of its tick
		bad = append(bad, gone.Error())
	}
	for _, table := range numbered() {
		tell(`SELECT COALESCE((SELECT MAX(id) FROM `+table+`), 0) > COALESCE((SELECT last FROM seq WHERE name = '`+table+`'), 0)`, "seq is behind "+table)
	}
	return bad, err
}
