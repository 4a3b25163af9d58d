package store

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/num"
	"zhanggui/data/store/presence"
	"zhanggui/data/text"
)

// What a write under way has not committed nobody else can read; so who writes for longer than a moment says who it is in a small file
// beside the book, which whoever waits looks into (M10). Nothing but words depends on it.

const (
	holderSuffix = ".busy"
	saysHolder   = 200 * time.Millisecond // later than nearly every write ends
)

// Holder is who writes to a book, and since when.
type Holder struct {
	Person string    `json:"person"`
	PC     string    `json:"pc"`
	Doing  text.Text `json:"doing"` // as in 王 正在导入, "Wang imports"
	Since  time.Time `json:"since"`
	PID    int       `json:"pid"`
}

// writing is what the holder of the lock says of itself.
type writing struct {
	mu     sync.Mutex
	person func() string
	doing  text.Text
	timer  *time.Timer
	told   bool
	ended  bool
}

var thisPC = sync.OnceValue(func() string {
	name, _ := os.Hostname()
	return name
})

// OnAsking tells the store who acts, for whoever waits for the book's lock.
func (db *DB) OnAsking(person func() string) { db.writing.person = person }

// Doing says what the writes until done is called are, for whoever waits: zh as in 王 正在导入, en as in "Wang imports".
func (db *DB) Doing(zh, en string) (done func()) {
	set := func(t text.Text) {
		db.writing.mu.Lock()
		defer db.writing.mu.Unlock()
		db.writing.doing = t
	}
	set(text.T(zh, en))
	return func() { set(text.Text{}) }
}

// hold begins to hold the lock.
func (db *DB) hold() {
	w := &db.writing
	h := Holder{PC: thisPC(), PID: os.Getpid(), Since: time.Now()}
	if w.person != nil {
		h.Person = w.person()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if h.Doing = w.doing; h.Doing.Empty() {
		h.Doing = text.T("正在写入", "writes")
	}
	w.told, w.ended = false, false
	w.timer = fault.After(saysHolder, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if b, err := json.Marshal(h); err == nil && !w.ended {
			w.told = os.WriteFile(db.Path+holderSuffix, b, 0o600) == nil
		}
	}, func(err error) { files.Log(err) })
}

// release ends holding the lock.
func (db *DB) release() {
	w := &db.writing
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer == nil {
		return
	}
	w.timer.Stop()
	w.timer, w.ended = nil, true
	if w.told {
		os.Remove(db.Path + holderSuffix)
	}
}

// Holder tells who holds the book's lock, where another program has for longer than a moment.
func (db *Reader) Holder() (h Holder, ok bool) {
	b, err := os.ReadFile(db.Path + holderSuffix)
	if err != nil || json.Unmarshal(b, &h) != nil {
		return Holder{}, false
	}
	return h, files.Alive(h.PID)
}

// saysWaiting is how long a write waits for another program's before anybody is told that it does.
const saysWaiting = 500 * time.Millisecond

// Waits tells whether a write of this program has been waiting for another's for longer than a moment, and for whose; Person and PC are
// empty where nobody knows.
func (db *DB) Waits() (h Holder, waits bool) {
	since := db.asked.Load()
	if since == 0 || time.Since(time.Unix(0, since)) < saysWaiting {
		return Holder{}, false
	}
	h, _ = db.Holder()
	return h, true
}

// ErrBusy is behind the refusal of a write that waited for another program's too long.
var ErrBusy = busyError{}

type busyError struct{}

func (busyError) Error() string { return "the book's lock was not to be had" }

// busy words that a write waited in vain.
func (db *DB) busy(wait time.Duration) error {
	s := int(wait / time.Second)
	h, ok := db.Holder()
	if !ok {
		return fault.Because(fault.New(fault.Conflict, "账套正忙：另一个程序正在写入，已等 %d 秒；什么也没有改变，请稍后再试", "busy: another program has been writing for %d s; nothing was changed, try again", s), ErrBusy)
	}
	return fault.Because(fault.New(fault.Conflict, "账套正忙：%[1]s（%[2]s）自 %[4]s 起%[3]s；什么也没有改变，请稍后再试", "busy: %s on %s %s since %s; nothing was changed",
		h.Person, h.PC, h.Doing, h.Since.Format("15:04:05")), ErrBusy)
}

// Enter takes a place among those who have the book open, for a program of a name and version that does something, until the book is closed.
// A book that is only looked at is looked at unseen, and a second call changes nothing.
func (db *DB) Enter(program, version, doing string) error {
	if db.ReadOnly || db.seat != nil {
		return nil
	}
	conn, err := sql.Open("sqlite", file(db.Path)+presence.How)
	if err != nil {
		return err
	}
	person := db.writing.person
	if person == nil {
		person = func() string { return "" }
	}
	db.seat = presence.Sit(conn, presence.Row{PC: thisPC(), Program: program, Version: version, Doing: doing}, person, db.Moved)
	return nil
}

// Seat is this program's place in the book; nil: it took none.
func (db *DB) Seat() *presence.Seat { return db.seat }

func (db *DB) leaveSeat() {
	if db.seat != nil {
		if err := db.seat.Leave(); err != nil { // the row is soon taken for gone
			files.Log(err)
		}
		db.seat = nil
	}
}

// Present lists the programs that have the book open, in the order they came in. Who writes for long cannot say so in the book meanwhile:
// its file beside the book does.
func (db *Reader) Present() ([]presence.Row, error) {
	rows, err := list[presence.Row](db, presence.Select)
	return db.present(rows, time.Now()), err
}

func (db *Reader) present(rows []presence.Row, now time.Time) (list []presence.Row) {
	h, holds := db.Holder()
	for _, r := range rows {
		if holds && r.PID() == h.PID && r.PC == h.PC {
			r.Seen, r.Doing, holds = now.UnixMilli(), h.Doing.En, false
		}
		if r.Alive(now, thisPC()) {
			list = append(list, r)
		}
	}
	if holds {
		list = append(list, presence.Row{Session: holderSession(h.PID), Person: h.Person, PC: h.PC, Since: h.Since.UnixMilli(), Seen: now.UnixMilli(), Doing: h.Doing.En})
	}
	return list
}

// holderSession stands for the session of a program that is known by what it writes alone.
func holderSession(pid int) string { return fmt.Sprintf("%d-", pid) }

// othersIn names who else has a book open that this program is about to replace or bring into shape; nobody in a book that does not tell.
func othersIn(path string, q Query) []presence.Row {
	tells := 0 // a book from before there was such a table does not; a transaction that asked it all the same would never commit
	if _, err := one(q, tellsPresence, nil, &tells); err != nil || tells == 0 {
		return nil
	}
	rows, err := list[presence.Row](q, presence.Select)
	if err != nil { // damaged
		return nil
	}
	rows = (&Reader{Path: path}).present(rows, time.Now())
	return slices.DeleteFunc(rows, func(r presence.Row) bool { return r.Session == holderSession(os.Getpid()) }) // this program's own write
}

// aloneWith refuses a book that others have open, by their names; one that cannot be read for them is taken as nobody's.
func aloneWith(path string, before text.Text) error {
	var others []presence.Row
	if _, err := os.Stat(path + walSuffix); err != nil { // an open book has a log beside it
		return nil
	}
	withFile(path, looking, func(c *sql.Conn) error {
		return c.Raw(func(c any) error {
			w := &writer{conn: c.(driver.ConnPrepareContext), stmts: map[string]driver.Stmt{}}
			defer w.forget()
			others = othersIn(path, w)
			return nil
		})
	})
	if len(others) == 0 {
		return nil
	}
	return mustClose(before, others)
}

// mustClose refuses what wants a book alone, naming who has it open: the person, at which PC, in which program.
func mustClose(before text.Text, rows []presence.Row) error {
	var names []string
	for _, r := range rows {
		at := r.PC
		if r.Program != "" {
			at += ", " + r.Program
		}
		names = append(names, fmt.Sprintf("%s (%s)", r.Person, at))
	}
	return fault.New(fault.Refused, "%s请让 %s 退出账套；什么也没有改变", "%s these must close the book: %s; nothing was changed", before, text.T(strings.Join(names, "、"), strings.Join(names, "; ")))
}

// Taker is a slip that took goods, by whom and when.
type Taker struct {
	Number, Person string
	Qty            num.Quantity
	At             time.Time
}

// LastTaker is the slip that was audited last of those that took a product (from a warehouse; 0: from any), not before a moment; what this
// transaction does itself is left out.
func (tx *Tx) LastTaker(product, warehouse int64, since time.Time) (t Taker, ok bool, err error) {
	err = each(tx, `SELECT s.id, s.kind, s.number, s.auditor, s.audited_at, -SUM(r.qty) FROM stock_row r JOIN slip s ON s.id = r.slip_id
		WHERE r.product_id = ? AND r.qty < 0 AND (? = 0 OR r.warehouse_id = ?) AND s.audited_at >= ? GROUP BY s.id, s.kind, s.number, s.auditor, s.audited_at ORDER BY s.audited_at DESC, s.id DESC LIMIT 50`,
		[]any{product, warehouse, warehouse, since.UnixMilli()}, func(scan func(...any) error) error {
			var id, at int64
			var kind string
			var x Taker
			if err := scan(&id, &kind, &x.Number, &x.Person, &at, &x.Qty); err != nil {
				return err
			}
			if c := (change{kind, id}); !ok && !tx.touched[c] {
				x.At = moment(at)
				t, ok = x, true
			}
			return nil
		})
	return t, ok, err
}
