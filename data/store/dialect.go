package store

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"modernc.org/sqlite"

	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store/pages"
	"zhanggui/data/store/presence"
)

// schemaVersion is the version this program writes; a newer book is refused politely. Since 2 every page has a checksum, which a program
// that knows nothing of them must not write over.
const schemaVersion = 2

// pragmas of every connection: one that comes later makes no new file where the book was; one writer that never loses a confirmed slip, and has room; readers find in the system's memory what is not in theirs.
// What a statement of several rows may have to take back (its statement journal) the writer keeps in memory: on disk it was a tenth of an import.
// Its log is folded into the file while nothing is written (see rests), by the writer itself only from 40 MB on, in a small book from its own size on.
const (
	pragmas = "?mode=rw&_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=synchronous(FULL)&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)"
	writes  = "&_pragma=wal_autocheckpoint(10000)&_pragma=cache_size(-65536)&_pragma=temp_store(MEMORY)"
	reads   = "&_pragma=cache_size(-8192)&_pragma=query_only(1)"
)

// What only SQLite knows of whole files: its own quick check, and openings of a file that nobody writes, of one that others may write,
// of one that is only looked at, of a fresh copy (which then needs no files beside it), and of one that must be nobody else's.
const (
	wholeness = `PRAGMA quick_check`
	atRest    = "?mode=ro&immutable=1&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)"
	beside    = "?_pragma=busy_timeout(5000)"
	looking   = "?mode=ro&_pragma=busy_timeout(5000)&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)"
	looks     = "&_pragma=foreign_keys(1)&_pragma=cache_size(-8192)&_pragma=query_only(1)"
	freshCopy = "?_pragma=journal_mode(DELETE)"
	alone     = "?_pragma=busy_timeout(100)&_pragma=locking_mode(EXCLUSIVE)"
	walSuffix = "-wal"
	foldLog   = `PRAGMA wal_checkpoint(TRUNCATE)`

	foldQuietly = `PRAGMA wal_checkpoint(PASSIVE)`

	leastLog, mostLog = 1000, 10000 // pages a log may grow to before its writer folds it
)

// What only SQLite knows of pages: how many bytes each keeps for others, and writing the whole file anew with room for a checksum in each.
const (
	keptInPage  = `SELECT hex(substr(data, 21, 1)) FROM sqlite_dbpage WHERE pgno = 1`
	rewriteInto = `VACUUM INTO ?`
)

// roomy names a file for rewriteInto that keeps room in every page.
func roomy(path string) string { return fmt.Sprintf("%s?reserve=%d", file(path), pages.Kept) }

// pagesBack puts all pages of a file into an open book, in one transaction.
func pagesBack(c *sql.Conn, from string) error {
	return c.Raw(func(c any) error {
		b, err := c.(interface {
			NewRestore(string) (*sqlite.Backup, error)
		}).NewRestore(file(from))
		if err != nil {
			return err
		}
		_, err = b.Step(-1)
		return errors.Join(err, b.Finish())
	})
}

// What is asked of a file about its own tables when it is upgraded, and what lets tables be made anew meanwhile.
const (
	tablesOfFile      = `SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`
	partsOfFile       = `SELECT type, name, COALESCE(sql, '') FROM sqlite_master ORDER BY type DESC, name`
	columnsOfTable    = `SELECT name, type, ("notnull" = 1 OR pk > 0) AND dflt_value IS NULL FROM pragma_table_info(?)`
	lostReferences    = `SELECT "table" FROM pragma_foreign_key_check() LIMIT 1`
	tellsPresence     = `SELECT COUNT(*) > 0 FROM sqlite_master WHERE type = 'table' AND name = 'presence'`
	withoutReferences = `PRAGMA foreign_keys = OFF`
	withReferences    = `PRAGMA foreign_keys = ON`
)

// companions are the files SQLite keeps beside an open book; they belong to it and move with it.
var companions = []string{walSuffix, "-shm", "-journal"}

// copyPages copies a whole book as it stands, page by page, into a file that is not there; others read and write meanwhile.
func copyPages(c *sql.Conn, dest string) error {
	sealed, err := sealedPages(c)
	if err != nil {
		return err
	}
	if sealed { // from its first page on the copy must know that each gets a checksum
		if err := os.WriteFile(dest, pages.Blank(), 0o600); err != nil {
			return err
		}
	}
	return c.Raw(func(c any) error {
		b, err := c.(interface {
			NewBackup(string) (*sqlite.Backup, error)
		}).NewBackup(file(dest))
		if err != nil {
			return err
		}
		_, err = b.Step(-1)
		return errors.Join(err, b.Finish())
	})
}

// pagesInMemory copies what a connection sees of a book into memory.
func pagesInMemory(c any) (driver.Conn, error) {
	b, err := c.(interface {
		NewBackup(string) (*sqlite.Backup, error)
	}).NewBackup(":memory:")
	if err != nil {
		return nil, err
	}
	if _, err := b.Step(-1); err != nil {
		return nil, errors.Join(err, b.Finish())
	}
	return b.Commit()
}

// waitFor makes a connection wait so long for another's write.
func waitFor(d time.Duration) string {
	return fmt.Sprintf("PRAGMA busy_timeout = %d", d.Milliseconds())
}

// theTable stands before the name of a table where the name alone would mean what a question says of it.
const theTable = "main."

// masterDDL makes one table a master type from its declaration. Parties of both roles share one table.
func masterDDL() []string {
	var list []string
	done := map[string]bool{}
	for _, t := range master.All {
		if done[t.Table] {
			continue
		}
		done[t.Table] = true
		cols := []string{"id INTEGER PRIMARY KEY", "version INTEGER NOT NULL DEFAULT 1"}
		if t.Role != "" {
			cols = append(cols, "role TEXT NOT NULL")
		}
		for _, f := range t.Fields {
			cols = append(cols, fmt.Sprintf("%s %s", column(f), columnType(f)))
		}
		keys := make([]string, 0, 3)
		if t.Role != "" {
			keys = append(keys, "role")
		}
		for _, k := range t.KeyFields() {
			f, _ := t.Field(k)
			keys = append(keys, column(f))
		}
		cols = append(cols, "UNIQUE ("+strings.Join(keys, ", ")+")")
		list = append(list, fmt.Sprintf("CREATE TABLE %s (%s) STRICT", t.Table, strings.Join(cols, ", ")))
	}
	return list
}

// column is the name of the field's column; a reference is kept by row, except the GL account, whose code is its name.
func column(f slip.Field) string {
	if f.Type == slip.TypeRef && !byCode(f.Ref) {
		return f.Key + "_id"
	}
	switch f.Key { // words of SQL
	case "from", "to":
		return f.Key + "_day"
	case "of", "order":
		return "in_" + f.Key
	}
	return f.Key
}

// byCode tells whether references to a master type are kept by its code, which then never changes.
func byCode(ref string) bool { return ref == master.GL.Code || ref == master.Departments.Code }

func columnType(f slip.Field) string {
	switch f.Type {
	case slip.TypeRef:
		if byCode(f.Ref) {
			return "TEXT NOT NULL DEFAULT ''"
		}
		t, _ := master.ByCode(f.Ref)
		return "INTEGER REFERENCES " + t.Table + "(id)"
	case slip.TypeAmount, slip.TypeQuantity, slip.TypePrice, slip.TypeRate, slip.TypeInt, slip.TypeDate, slip.TypeBool:
		return "INTEGER"
	}
	return "TEXT NOT NULL DEFAULT ''"
}

// tables are the slips and what is worked out from them. Balances kept for speed live in their key's tree alone (WITHOUT ROWID).
var tables = []string{
	`CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,
	`CREATE TABLE tick (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, place INTEGER NOT NULL) STRICT`,
	`CREATE TABLE changed (n INTEGER NOT NULL, area TEXT NOT NULL, id INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (n, area, id)) STRICT, WITHOUT ROWID`,
	presence.Table,
	`CREATE TABLE request (id TEXT PRIMARY KEY, hash TEXT NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL, answer TEXT NOT NULL) STRICT, WITHOUT ROWID`,
	`CREATE TABLE seq (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
	`CREATE TABLE counter (kind TEXT NOT NULL, month INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (kind, month)) STRICT`,
	`CREATE TABLE slip (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, number TEXT NOT NULL UNIQUE, external_no TEXT NOT NULL,
		date INTEGER NOT NULL, status TEXT NOT NULL, red INTEGER NOT NULL, version INTEGER NOT NULL,
		party_id INTEGER REFERENCES party(id), to_party_id INTEGER REFERENCES party(id), warehouse_id INTEGER REFERENCES warehouse(id), to_warehouse_id INTEGER REFERENCES warehouse(id),
		account_id INTEGER REFERENCES account(id), to_account_id INTEGER REFERENCES account(id), employee_id INTEGER REFERENCES employee(id), department TEXT NOT NULL,
		due_date INTEGER NOT NULL, remark TEXT NOT NULL, discount INTEGER NOT NULL, fee INTEGER NOT NULL, paid INTEGER NOT NULL, amount INTEGER NOT NULL, rounding INTEGER NOT NULL,
		net INTEGER NOT NULL, tax INTEGER NOT NULL, gross INTEGER NOT NULL, place INTEGER NOT NULL, general INTEGER NOT NULL, invoiced INTEGER NOT NULL,
		cash_gl TEXT NOT NULL, to_cash_gl TEXT NOT NULL, maker TEXT NOT NULL, auditor TEXT NOT NULL, made_at INTEGER NOT NULL, audited_at INTEGER NOT NULL,
		prints INTEGER NOT NULL, close_reason TEXT NOT NULL, extra TEXT NOT NULL, open INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0,
		case_id INTEGER REFERENCES slip(id)) STRICT`,
	`CREATE INDEX slip_by_case ON slip (case_id) WHERE case_id IS NOT NULL`,
	`CREATE INDEX slip_by_kind ON slip (kind, status, date, gross)`,
	`CREATE INDEX slip_by_day ON slip (kind, date, id)`,
	`CREATE INDEX slip_open ON slip (kind, party_id, due, open) WHERE open <> 0`,
	`CREATE INDEX slip_due ON slip (party_id, due, date, place) WHERE open <> 0`,
	`CREATE INDEX slip_due_to ON slip (to_party_id, due, date, place) WHERE to_party_id IS NOT NULL AND open <> 0`,
	`CREATE INDEX slip_by_date ON slip (date, place)`,
	`CREATE INDEX slip_by_to_party ON slip (to_party_id) WHERE to_party_id IS NOT NULL`,
	`CREATE INDEX slip_by_party ON slip (party_id, date)`,
	`CREATE INDEX slip_by_external ON slip (external_no)`,
	`CREATE TABLE slip_given (number TEXT NOT NULL, slip_id INTEGER NOT NULL REFERENCES slip(id), PRIMARY KEY (number, slip_id)) STRICT, WITHOUT ROWID`,
	`CREATE TABLE slip_line (id INTEGER PRIMARY KEY, slip_id INTEGER NOT NULL REFERENCES slip(id), no INTEGER NOT NULL,
		product_id INTEGER REFERENCES product(id), warehouse_id INTEGER REFERENCES warehouse(id), to_warehouse_id INTEGER REFERENCES warehouse(id),
		unit TEXT NOT NULL, qty INTEGER NOT NULL, factor INTEGER NOT NULL, base INTEGER NOT NULL, price INTEGER NOT NULL, price_given INTEGER NOT NULL,
		incl_tax INTEGER NOT NULL, tax_rate INTEGER NOT NULL, discount INTEGER NOT NULL, discount_amt INTEGER NOT NULL,
		net INTEGER NOT NULL, tax INTEGER NOT NULL, gross INTEGER NOT NULL, amount INTEGER NOT NULL, remark TEXT NOT NULL, redeliver INTEGER NOT NULL,
		source_id INTEGER REFERENCES slip_line(id), account TEXT NOT NULL, party_id INTEGER REFERENCES party(id),
		debit INTEGER NOT NULL, credit INTEGER NOT NULL, matched INTEGER NOT NULL, trued INTEGER NOT NULL DEFAULT 0, stock_account TEXT NOT NULL, sales_account TEXT NOT NULL, contra_account TEXT NOT NULL,
		fallback INTEGER NOT NULL, place INTEGER NOT NULL, zero INTEGER NOT NULL, beyond INTEGER NOT NULL, service INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, open INTEGER NOT NULL DEFAULT 0, extra TEXT NOT NULL) STRICT`,
	`CREATE INDEX line_of_slip ON slip_line (slip_id, no, product_id, warehouse_id)`,
	`CREATE INDEX line_by_source ON slip_line (source_id) WHERE source_id IS NOT NULL`,
	`CREATE INDEX line_by_product ON slip_line (product_id, slip_id)`,
	`CREATE INDEX line_open ON slip_line (product_id, warehouse_id, open) WHERE open <> 0`,
	`CREATE TABLE slip_item (id INTEGER PRIMARY KEY, slip_id INTEGER NOT NULL REFERENCES slip(id), list TEXT NOT NULL, no INTEGER NOT NULL, "values" TEXT NOT NULL) STRICT`,
	`CREATE INDEX item_of_slip ON slip_item (slip_id, list, no)`,
	`CREATE TABLE used_now (kind TEXT NOT NULL, party_id INTEGER NOT NULL, product_id INTEGER NOT NULL, times INTEGER NOT NULL, line_id INTEGER NOT NULL,
		date INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (kind, party_id, product_id)) STRICT, WITHOUT ROWID`,
	`CREATE TABLE slip_print (slip_id INTEGER NOT NULL REFERENCES slip(id), paper TEXT NOT NULL, times INTEGER NOT NULL, before INTEGER NOT NULL, audited INTEGER NOT NULL,
		PRIMARY KEY (slip_id, paper)) STRICT, WITHOUT ROWID`,
	`CREATE TABLE desk (key TEXT PRIMARY KEY, kind TEXT NOT NULL, doc TEXT NOT NULL, at INTEGER NOT NULL) STRICT`,
	`CREATE TABLE match (line_id INTEGER NOT NULL REFERENCES slip_line(id), goods_line INTEGER NOT NULL REFERENCES slip_line(id), qty INTEGER NOT NULL,
		net INTEGER NOT NULL, value INTEGER NOT NULL, late INTEGER NOT NULL, back INTEGER NOT NULL, apart INTEGER NOT NULL, PRIMARY KEY (line_id, goods_line)) STRICT`,
	`CREATE INDEX match_by_goods ON match (goods_line)`,
	`CREATE TABLE dispatch_row (id INTEGER PRIMARY KEY, slip_id INTEGER NOT NULL REFERENCES slip(id), line_id INTEGER NOT NULL REFERENCES slip_line(id),
		date INTEGER NOT NULL, place INTEGER NOT NULL, value INTEGER NOT NULL, account TEXT NOT NULL) STRICT`,
	`CREATE INDEX dispatch_by_line ON dispatch_row (line_id)`,
	`CREATE INDEX dispatch_by_slip ON dispatch_row (slip_id)`,
	`CREATE TABLE split (slip_id INTEGER NOT NULL REFERENCES slip(id), no INTEGER NOT NULL, account_id INTEGER REFERENCES account(id), amount INTEGER NOT NULL,
		gl TEXT NOT NULL, PRIMARY KEY (slip_id, no)) STRICT`,
	`CREATE TABLE allocation (slip_id INTEGER NOT NULL REFERENCES slip(id), target_id INTEGER NOT NULL REFERENCES slip(id), book TEXT NOT NULL, amount INTEGER NOT NULL,
		chosen INTEGER NOT NULL, PRIMARY KEY (slip_id, target_id)) STRICT, WITHOUT ROWID`,
	`CREATE INDEX allocation_by_target ON allocation (target_id)`,
	`CREATE TABLE stock_row (id INTEGER PRIMARY KEY, slip_id INTEGER NOT NULL REFERENCES slip(id), line_id INTEGER NOT NULL REFERENCES slip_line(id),
		seq INTEGER NOT NULL, product_id INTEGER NOT NULL REFERENCES product(id), warehouse_id INTEGER NOT NULL REFERENCES warehouse(id),
		date INTEGER NOT NULL, place INTEGER NOT NULL, qty INTEGER NOT NULL, value INTEGER NOT NULL, basis TEXT NOT NULL, given INTEGER NOT NULL,
		varies INTEGER NOT NULL, source_line INTEGER NOT NULL, source_qty INTEGER NOT NULL, fallback INTEGER NOT NULL,
		stock TEXT NOT NULL, contra TEXT NOT NULL, out_side INTEGER NOT NULL, weight INTEGER NOT NULL, counted INTEGER NOT NULL, beyond INTEGER NOT NULL,
		lots INTEGER NOT NULL) STRICT`,
	`CREATE INDEX stock_by_product ON stock_row (product_id, date, place, seq)`,
	`CREATE INDEX stock_by_date ON stock_row (date, product_id, warehouse_id, qty, value)`,
	`CREATE INDEX stock_by_slip ON stock_row (slip_id)`,
	`CREATE INDEX stock_by_line ON stock_row (line_id)`,
	`CREATE INDEX stock_by_source ON stock_row (source_line) WHERE source_line <> 0`,
	`CREATE TABLE stock_head (product_id INTEGER PRIMARY KEY REFERENCES product(id), date INTEGER NOT NULL, place INTEGER NOT NULL, state TEXT NOT NULL) STRICT`,
	`CREATE TABLE stock_mark (product_id INTEGER NOT NULL REFERENCES product(id), date INTEGER NOT NULL, place INTEGER NOT NULL, state TEXT NOT NULL,
		PRIMARY KEY (product_id, date, place)) STRICT`,
	`CREATE TABLE month_rate (month INTEGER NOT NULL, product_id INTEGER NOT NULL, warehouse_id INTEGER NOT NULL, qty INTEGER NOT NULL, value INTEGER NOT NULL,
		PRIMARY KEY (month, product_id, warehouse_id)) STRICT, WITHOUT ROWID`,
	`CREATE TABLE stock_now (product_id INTEGER NOT NULL, warehouse_id INTEGER NOT NULL, qty INTEGER NOT NULL, value INTEGER NOT NULL,
		PRIMARY KEY (product_id, warehouse_id)) STRICT, WITHOUT ROWID`,
	`CREATE TABLE lot (id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL REFERENCES product(id), code TEXT NOT NULL, expiry INTEGER NOT NULL,
		UNIQUE (product_id, code)) STRICT`,
	`CREATE INDEX lot_by_expiry ON lot (expiry, product_id) WHERE expiry <> 0`,
	`CREATE INDEX lot_by_code ON lot (code, product_id)`,
	`CREATE TABLE lot_row (row_id INTEGER NOT NULL REFERENCES stock_row(id), lot_id INTEGER NOT NULL REFERENCES lot(id), qty INTEGER NOT NULL, expiry INTEGER NOT NULL,
		PRIMARY KEY (row_id, lot_id)) STRICT, WITHOUT ROWID`,
	`CREATE INDEX lot_row_by_lot ON lot_row (lot_id, expiry, qty)`,
	`CREATE TABLE lot_now (product_id INTEGER NOT NULL, warehouse_id INTEGER NOT NULL, lot_id INTEGER NOT NULL, qty INTEGER NOT NULL,
		PRIMARY KEY (product_id, warehouse_id, lot_id)) STRICT, WITHOUT ROWID`,
	`CREATE TABLE stock_month (month INTEGER NOT NULL, product_id INTEGER NOT NULL, warehouse_id INTEGER NOT NULL,
		in_qty INTEGER NOT NULL, in_value INTEGER NOT NULL, out_qty INTEGER NOT NULL, out_value INTEGER NOT NULL,
		PRIMARY KEY (month, product_id, warehouse_id)) STRICT, WITHOUT ROWID`,
	`CREATE TABLE party_row (id INTEGER PRIMARY KEY, slip_id INTEGER NOT NULL REFERENCES slip(id), party_id INTEGER NOT NULL REFERENCES party(id),
		book TEXT NOT NULL, date INTEGER NOT NULL, place INTEGER NOT NULL, amount INTEGER NOT NULL, due INTEGER NOT NULL, own INTEGER NOT NULL) STRICT`,
	`CREATE INDEX party_by_party ON party_row (party_id, date, place)`,
	`CREATE INDEX party_by_slip ON party_row (slip_id)`,
	`CREATE TABLE party_now (party_id INTEGER NOT NULL, book TEXT NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (party_id, book)) STRICT, WITHOUT ROWID`,
	`CREATE TABLE cash_row (id INTEGER PRIMARY KEY, slip_id INTEGER NOT NULL REFERENCES slip(id), account_id INTEGER NOT NULL REFERENCES account(id),
		date INTEGER NOT NULL, place INTEGER NOT NULL, amount INTEGER NOT NULL) STRICT`,
	`CREATE INDEX cash_by_account ON cash_row (account_id, date, place)`,
	`CREATE INDEX cash_by_slip ON cash_row (slip_id)`,
	`CREATE TABLE cash_now (account_id INTEGER PRIMARY KEY, amount INTEGER NOT NULL) STRICT`,
	`CREATE TABLE voucher_line (id INTEGER PRIMARY KEY, slip_id INTEGER NOT NULL REFERENCES slip(id), seq INTEGER NOT NULL, account TEXT NOT NULL,
		date INTEGER NOT NULL, place INTEGER NOT NULL, debit INTEGER NOT NULL, credit INTEGER NOT NULL) STRICT`,
	`CREATE INDEX voucher_by_slip ON voucher_line (slip_id)`,
	`CREATE INDEX voucher_by_account ON voucher_line (account, date)`,
	`CREATE TABLE account_month (account TEXT NOT NULL, month INTEGER NOT NULL, debit INTEGER NOT NULL, credit INTEGER NOT NULL,
		PRIMARY KEY (account, month)) STRICT, WITHOUT ROWID`,
	`CREATE TABLE audit_log (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, person TEXT NOT NULL, pc TEXT NOT NULL, program TEXT NOT NULL, verb TEXT NOT NULL, area TEXT NOT NULL,
		key TEXT NOT NULL, version INTEGER NOT NULL, detail TEXT NOT NULL, digest TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL, form INTEGER NOT NULL) STRICT`,
	`CREATE INDEX audit_log_by_key ON audit_log (key, area)`,
	`CREATE TABLE user_ (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, folded TEXT NOT NULL UNIQUE, employee INTEGER NOT NULL, roles TEXT NOT NULL, scope TEXT NOT NULL,
		password TEXT NOT NULL, pin TEXT NOT NULL, recovery TEXT NOT NULL, wrapped TEXT NOT NULL, wrapped_code TEXT NOT NULL, wrong INTEGER NOT NULL, wrong_at INTEGER NOT NULL,
		must_change INTEGER NOT NULL, substitute TEXT NOT NULL, substitute_from TEXT NOT NULL, substitute_to TEXT NOT NULL, active INTEGER NOT NULL, last_seen INTEGER NOT NULL,
		version INTEGER NOT NULL) STRICT`,
	`CREATE TABLE role (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, parts TEXT NOT NULL, version INTEGER NOT NULL) STRICT`,
	`CREATE TABLE chain (id INTEGER PRIMARY KEY, code TEXT NOT NULL, kind TEXT NOT NULL, department TEXT NOT NULL, name TEXT NOT NULL, active INTEGER NOT NULL, steps TEXT NOT NULL,
		version INTEGER NOT NULL, UNIQUE (code, kind)) STRICT`,
	`CREATE TABLE approval (id INTEGER PRIMARY KEY, slip_id INTEGER NOT NULL REFERENCES slip(id), verb TEXT NOT NULL, step INTEGER NOT NULL, title TEXT NOT NULL, person TEXT NOT NULL,
		for_ TEXT NOT NULL, at INTEGER NOT NULL, comment TEXT NOT NULL, version INTEGER NOT NULL, seal TEXT NOT NULL, round TEXT NOT NULL) STRICT`,
	`CREATE INDEX approval_by_slip ON approval (slip_id)`,
	`CREATE TABLE waiting (slip_id INTEGER PRIMARY KEY REFERENCES slip(id), submitted INTEGER NOT NULL, since INTEGER NOT NULL, state TEXT NOT NULL) STRICT`,
	`CREATE INDEX waiting_by_state ON waiting (state, since)`,
	`CREATE TABLE seal (area TEXT NOT NULL, key TEXT NOT NULL, entry INTEGER NOT NULL, seal TEXT NOT NULL, PRIMARY KEY (area, key)) STRICT, WITHOUT ROWID`,
	`CREATE TABLE anchor (entry INTEGER NOT NULL, hash TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (entry, kind, at)) STRICT, WITHOUT ROWID`,
}

// SQLite's primary result codes that people are told of.
const (
	sqliteBusy       = 5
	sqliteReadOnly   = 8
	sqliteIO         = 10
	sqliteCorrupt    = 11
	sqliteFull       = 13
	sqliteCantOpen   = 14
	sqliteProtocol   = 15
	sqliteConstraint = 19
	sqliteNotADB     = 26
)

// code is SQLite's primary result code behind an error; 0 for any other.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}
