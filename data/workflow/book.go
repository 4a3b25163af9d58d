package workflow

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"zhanggui/assets"
	"zhanggui/data/approval"
	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Settings of a company (rule 2.3). They are chosen with the book and change only at a period's start.
type Settings struct {
	Company  string
	Address  string
	Phone    string
	TaxNo    string
	Start    text.Month // the first month
	Costing  string     // average, fifo, monthly: the method the book began with
	Turns    []Turn     // later ones, by month
	Pool     string     // company, warehouse
	Flow     string     // direct
	Taxpayer string     // general, small
	Negative string     // forbid, warn, allow
	Below    string     // sales below cost: warn, forbid, allow
	VAT      num.Rate   // default rate
	Lang     text.Lang
	Closed   text.Date // no slip on or before this day

	OverCredit         string  // sales over a customer's credit limit: warn, forbid, allow
	LockWait           int     // seconds a write waits for another's
	LockAfter          int     // minutes without a touch until the window of a book with users locks; 0: never
	SlowDays, DeadDays int     // goods not sold for so many days are slow, or dead
	AutoCodes          string  // customers:K suppliers:G products:P
	InclTax            bool    // prices that do not say otherwise hold the tax
	PrintBalance       string  // yes, no: what a customer owes before and after stands on its slips
	EnterSkips         string  // none; filled: Enter passes price and discount that memory filled in
	Modules            slip.On // what the book has beyond trade
	More               map[string]string
}

// FirstOpen is the oldest month that is not closed.
func (s Settings) FirstOpen() text.Month {
	if s.Closed == 0 {
		return s.Start
	}
	return s.Closed.Month().Next()
}

// Book is an open book as one person has it: what can be asked of it, and what changes it.
type Book struct {
	*inquiry.Book
	*shared
	User string         // who acts; written on slips and in the audit log
	lent []rights.Grant // rights that the act under way brings with it
	loan *loan          // who lends what is lacking for the act under way; nil: nobody
	own  owning
	pin  *pinned // how far a PIN opens it; nil: it was opened by a password
	// gives: a moment of a book whose log hears of what is given out of it.
	gives bool
	// trying: what is done is taken back again, and nobody's rights are asked for it, nor any approval.
	trying bool
	press  *press // what this book does is done once; nil: as often as it is called
}

// shared is what is the open file's, whoever acts on it.
type shared struct {
	db   *store.DB                   // the one handle that writes
	crew atomic.Pointer[rights.Crew] // who may do what; nil: the book has no users

	chains atomic.Pointer[[]approval.Chain] // what asks for approval; nil: nothing

	changing sync.Mutex // one change of settings at a time
	mu       sync.RWMutex
	settings Settings
	watchers []func()
	told     atomic.Int64  // the tick the watchers know
	moved    atomic.Bool   // they know, too, that the file is not where it was
	stop     chan struct{} // ends the asking for other programs' commits; nil while nobody watches
}

// Create makes a new book with the chart of accounts and a unit. Settings that do not exist are refused in words.
func Create(path string, s Settings) (*Book, error) {
	if err := s.complete(); err != nil {
		return nil, err
	}
	db, err := store.Create(path)
	if err != nil {
		return nil, err
	}
	b := newBook(db, "admin", s)
	b.heed()
	if err := db.Write(func(tx *store.Tx) error {
		tx.Acts(b.User, b.Now)
		if err := writeSettings(tx, s); err != nil {
			return err
		}
		if err := seed(tx, s); err != nil {
			return err
		}
		return b.note(tx, "create", store.AreaSettings, "", auditlog.Detail{Note: s.Company})
	}); err != nil {
		b.Abandon() // of a book that has no settings nobody could say what it is
		return nil, err
	}
	return b, nil
}

// Abandon closes a book that was just made and could not be filled, and removes its file: what stays half done would be taken for a book.
func (b *Book) Abandon() {
	b.Close()
	store.Discard(b.db.Path)
}

// Check refuses settings whose rules do not exist; empty ones stand for their defaults.
func (s Settings) Check() error { return s.complete() }

// complete fills defaults and refuses what cannot be kept.
func (s *Settings) complete() error {
	if s.Start == 0 {
		s.Start = text.DateOf(time.Now()).Month()/100*100 + 1
	}
	for _, x := range Declared {
		v := s.Get(x.Key)
		if v == "" || v == "0" && x.Type == slip.TypeInt {
			s.Put(x.Key, x.Default)
			continue
		}
		kept, err := x.Read(v)
		if err != nil {
			return err
		}
		s.Put(x.Key, kept)
	}
	if err := checkModules(s.Modules); err != nil {
		return err
	}
	return s.agree()
}

func has(list, word string) bool {
	for _, w := range bytes.Fields([]byte(list)) {
		if string(w) == word {
			return true
		}
	}
	return false
}

func writeSettings(tx *store.Tx, s Settings) error {
	if err := tx.SetSetting("closed", s.Closed.String()); err != nil {
		return err
	}
	for _, x := range Declared {
		if err := tx.SetSetting(x.Key, s.Get(x.Key)); err != nil {
			return err
		}
	}
	return nil
}

func seed(tx *store.Tx, s Settings) error {
	rows, err := csv.NewReader(bytes.NewReader(assets.Accounts())).ReadAll()
	if err != nil {
		return err
	}
	for _, r := range rows[1:] {
		if err := tx.SaveMaster(&master.Record{Type: master.GL, Values: map[string]string{"code": r[0], "name": r[1], "name2": r[2], "side": r[3]}}); err != nil {
			return err
		}
	}
	unit := master.Piece.In(s.Lang)
	return tx.SaveMaster(&master.Record{Type: master.Units, Values: map[string]string{"code": unit, "name": unit}})
}

// Open opens a book.
func Open(path string) (*Book, error) {
	db, err := store.Open(path)
	return opened(db, err)
}

// OpenToLook opens a book that is only looked at (W5): nothing is written, and what would write is refused.
func OpenToLook(path string) (*Book, error) {
	db, err := store.OpenToLook(path)
	return opened(db, err)
}

// Looking tells whether the book is only looked at: it was opened so, or cannot be written where it lies.
func (b *Book) Looking() bool { return b.DB.ReadOnly }

func opened(db *store.DB, err error) (*Book, error) {
	if err != nil {
		return nil, err
	}
	b := newBook(db, "admin", Settings{})
	people := b.readPeople(db)
	if people != nil && db.Rescued() { // whoever saves what is left reads them one by one
		people = nil
	}
	if err := db.Told(errors.Join(b.readSettings(), people)); err != nil {
		db.Close()
		return nil, err
	}
	b.heed()
	if db.ReadOnly {
		return b, nil
	}
	err = db.Told(b.accrueLanded())
	if err != nil && !fault.Is(err, fault.Damaged) { // a damaged book opens: verify says what is damaged, and all that can be read is read
		db.Close()
		return nil, err
	}
	return b, nil
}

// settingsOf reads the settings as q sees them; what a book does not say is as the program begins.
func settingsOf(q interface {
	Settings() (map[string]string, error)
}) (s Settings, err error) {
	m, err := q.Settings()
	return settingsIn(m), err
}

// settingsIn reads the settings from what the book says.
func settingsIn(m map[string]string) (s Settings) {
	for _, x := range Declared {
		v, said := m[x.Key]
		if !said {
			v = x.Default
		}
		s.Put(x.Key, v)
	}
	s.Turns = parseTurns(m["costing_turns"])
	s.Closed, _ = text.ParseDate(m["closed"])
	return s
}

func (b *Book) readSettings() error {
	s, err := settingsOf(b.DB)
	if err != nil {
		return err
	}
	b.take(s)
	return nil
}

// take makes settings hold.
func (b *Book) take(s Settings) {
	b.mu.Lock()
	was := b.settings.LockWait
	b.settings = s
	b.mu.Unlock()
	if was != s.LockWait {
		b.db.SetLockWait(time.Duration(s.LockWait) * time.Second)
	}
}

// heed lets the settings follow what other programs make of them: a write finds them so under its lock.
func (b *Book) heed() {
	b.DB.OnSettings(func(m map[string]string) { b.take(settingsIn(m)) })
	b.DB.OnPeople(b.readPeople)
}

// rules are the settings that answers depend on.
func (s Settings) rules() inquiry.Rules {
	return inquiry.Rules{Start: s.Start, Pool: s.Pool, Flow: s.Flow, Lang: s.Lang, InclTax: s.InclTax, Modules: s.Modules, SlowDays: s.SlowDays, DeadDays: s.DeadDays}
}

// newBook is the book in an open file, for a person to act on under these settings.
func newBook(db *store.DB, user string, s Settings) *Book {
	b := seated(&shared{db: db, settings: s}, user)
	db.OnAsking(func() string { return b.User })
	return b
}

// Close closes the book.
func (b *Book) Close() error {
	b.mu.Lock()
	if b.stop != nil {
		close(b.stop)
		b.stop = nil
	}
	b.mu.Unlock()
	return b.db.Close()
}

// ErrLooking refuses what would write to a book that was opened to look.
var ErrLooking = store.ErrLooking

// ErrBusy is behind the refusal of a write that waited in vain for another program's.
var ErrBusy error = store.ErrBusy

// Waits says for whom a write of this book waits, where one has for longer than half a second (M10).
func (b *Book) Waits() (words text.Text, waits bool) {
	h, waits := b.db.Waits()
	switch {
	case !waits:
		return text.Text{}, false
	case h.PC == "":
		return text.T("等另一个程序写完", "waiting for another program to end its writing"), true
	}
	return text.Tf("等待：%[1]s（%[2]s）自 %[4]s 起%[3]s", "waiting: %s on %s %s since %s", h.Person, h.PC, h.Doing, h.Since.Format("15:04:05")), true
}

// Still lets f ask the book as it stands at one moment, while others go on writing (M11). What f is given can only be asked, and only by
// f, in one goroutine.
func (b *Book) Still(f func(still *Book) error) error { return b.Until(context.Background(), f) }

// Until is Still that ends where ctx is cancelled, with its error; context.Background: never.
func (b *Book) Until(ctx context.Context, f func(still *Book) error) error {
	return b.db.StillUntil(ctx, func(db *store.DB) error {
		s, err := settingsOf(db)
		if err != nil {
			return err
		}
		still := newBook(db, b.User, s)
		still.crew.Store(b.crew.Load())
		still.chains.Store(b.chains.Load())
		still.Now, still.own, still.pin, still.loan, still.gives = b.Now, b.own, b.pin, b.loan, b.gives || !b.DB.ReadOnly
		return f(still)
	})
}

// Settings returns the company settings.
func (b *Book) Settings() Settings {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.settings
}

// Watch calls f after every change of the book, also another program's, and when its file is moved away under it; lists reload by it.
func (b *Book) Watch(f func()) {
	b.Hear(f)
	b.mu.Lock()
	if b.stop == nil {
		b.stop = make(chan struct{})
		stop := b.stop
		fault.Go(func() error { b.ask(stop); return nil })
	}
	b.mu.Unlock()
}

// Hear is Watch for who asks by itself what other programs did, see Look.
func (b *Book) Hear(f func()) {
	b.mu.Lock()
	if len(b.watchers) == 0 {
		b.told.Store(b.DB.Tick())
	}
	b.watchers = append(b.watchers, f)
	b.mu.Unlock()
}

// askEvery is how often the book is asked whether another program has changed it: what one does others show within a second.
const askEvery = 400 * time.Millisecond

// ask looks after other programs' commits until the book is closed.
func (b *Book) ask(stop chan struct{}) {
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			if err := fault.Guard(func() error { b.Look(); return nil }); err != nil {
				files.Log(err) // the next look may go well
			}
		}
	}
}

// Look asks at once what other programs did, and tells the watchers if anything; memory is of the newest then. It tells once, too, that the
// book's file is not where it was (Adrift), or is again.
func (b *Book) Look() {
	b.DB.Refresh() // a book that cannot be read says so where it is read
	b.DB.Stands()
	moved := b.DB.Moved()
	if b.moved.Swap(moved) != moved || b.DB.Tick() != b.told.Load() {
		b.tell()
	}
}

// Adrift says in words that the book's file was moved, removed or replaced while it is open, after all that was open was laid beside its old
// place; nil where it stands as it did.
func (b *Book) Adrift() error { return b.db.Adrift() }

// write runs one use case in one transaction and tells the watchers.
func (b *Book) write(f func(tx *store.Tx) error) error { return b.writeUntil(context.Background(), f) }

// writeUntil is write that changes nothing where ctx is cancelled before it is done; nil: never.
func (b *Book) writeUntil(ctx context.Context, f func(tx *store.Tx) error) error {
	if b.DB.ReadOnly {
		return store.ErrLooking
	}
	if err := b.db.WriteUntil(ctx, func(tx *store.Tx) error {
		tx.Acts(b.User, b.Now)
		b.loan.begin()
		return b.press.once(tx, f)
	}); err != nil {
		b.Refused(err)
		return err
	}
	b.loan.end()
	b.tell()
	return nil
}

func (b *Book) tell() {
	b.told.Store(b.DB.Tick())
	b.mu.RLock()
	list := b.watchers
	b.mu.RUnlock()
	for _, w := range list {
		w()
	}
}
