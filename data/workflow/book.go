// Package workflow holds the use cases: save, audit, un-audit, push down, void, import, close a period, verify. Each
// opens one transaction and knows the rights, the numbering and the audit log; the window and the console call nothing
// else to change a book. Three words: audit 审核, un-audit 反审核, push down 下推.
package workflow

import (
	"bytes"
	"encoding/csv"
	"sync"
	"time"

	"zhanggui/assets"
	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Settings of a company (rule 2.3). They are chosen with the book and change only at a period's start.
type Settings struct {
	Company  string
	Address  string
	Phone    string
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
}

// FirstOpen is the oldest month that is not closed.
func (s Settings) FirstOpen() text.Month {
	if s.Closed == 0 {
		return s.Start
	}
	return s.Closed.Month().Next()
}

// Book is an open book.
type Book struct {
	DB   *store.DB
	User string // who acts; written on slips and in the audit log
	Now  func() time.Time

	changing sync.Mutex // one change of settings at a time
	mu       sync.RWMutex
	settings Settings
	watchers []func()
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
	b := &Book{DB: db, User: "admin", Now: time.Now, settings: s}
	if err := db.Write(func(tx *store.Tx) error {
		if err := writeSettings(tx, s); err != nil {
			return err
		}
		if err := seed(tx, s); err != nil {
			return err
		}
		return b.log(tx, "create", "", s.Company)
	}); err != nil {
		db.Close()
		return nil, err
	}
	return b, nil
}

// Check refuses settings whose rules do not exist; empty ones stand for their defaults.
func (s Settings) Check() error { return s.complete() }

// complete fills defaults and refuses what cannot be kept.
func (s *Settings) complete() error {
	def := func(v *string, d string) {
		if *v == "" {
			*v = d
		}
	}
	def(&s.Costing, "average")
	def(&s.Pool, "company")
	def(&s.Flow, "direct")
	def(&s.Taxpayer, "general")
	def(&s.Negative, "forbid")
	def(&s.Below, "warn")
	if s.Lang == "" {
		s.Lang = text.Zh
	}
	if s.Start == 0 {
		s.Start = text.DateOf(time.Now()).Month()/100*100 + 1
	}
	for _, c := range []struct{ key, value, can string }{
		{"costing", s.Costing, methods}, {"flow", s.Flow, "direct invoice"}, {"negative", s.Negative, "forbid warn allow"}, {"below_cost", s.Below, belowRules},
		{"pool", s.Pool, "company warehouse"}, {"taxpayer", s.Taxpayer, "general small"},
	} {
		if has(c.can, c.value) {
			continue
		}
		return fault.New(fault.Usage, "%s=%s 不可选", "%s cannot be %q", c.key, c.value).At(c.key)
	}
	return nil
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
	for k, v := range map[string]string{"company": s.Company, "address": s.Address, "phone": s.Phone, "start": s.Start.String(), "costing": s.Costing,
		"pool": s.Pool, "flow": s.Flow, "taxpayer": s.Taxpayer, "negative": s.Negative, "below_cost": s.Below, "vat": s.VAT.String(), "lang": string(s.Lang), "closed": s.Closed.String()} {
		if err := tx.SetSetting(k, v); err != nil {
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
	unit := "件"
	return tx.SaveMaster(&master.Record{Type: master.Units, Values: map[string]string{"code": unit, "name": unit}})
}

// Open opens a book.
func Open(path string) (*Book, error) {
	db, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	b := &Book{DB: db, User: "admin", Now: time.Now}
	if err := b.readSettings(); err != nil {
		db.Close()
		return nil, err
	}
	return b, nil
}

func (b *Book) readSettings() error {
	m, err := b.DB.Settings()
	if err != nil {
		return err
	}
	s := Settings{Company: m["company"], Address: m["address"], Phone: m["phone"], Costing: m["costing"], Pool: m["pool"], Flow: m["flow"],
		Taxpayer: m["taxpayer"], Negative: m["negative"], Below: or(m["below_cost"], "warn"), Lang: text.Lang(m["lang"])}
	s.Turns = parseTurns(m["costing_turns"])
	s.Start, _ = text.ParseMonth(m["start"])
	s.VAT, _ = num.ParseRate(m["vat"])
	s.Closed, _ = text.ParseDate(m["closed"])
	b.mu.Lock()
	b.settings = s
	b.mu.Unlock()
	return nil
}

// Close closes the book.
func (b *Book) Close() error { return b.DB.Close() }

// Path is the book's file.
func (b *Book) Path() string { return b.DB.Path }

// Settings returns the company settings.
func (b *Book) Settings() Settings {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.settings
}

// Masters are the book's standing data, for look-ups.
func (b *Book) Masters() *master.Set { return b.DB.Masters }

// Today is the current day.
func (b *Book) Today() text.Date { return text.DateOf(b.Now()) }

// Watch calls f after every change of the book; lists reload by it.
func (b *Book) Watch(f func()) {
	b.mu.Lock()
	b.watchers = append(b.watchers, f)
	b.mu.Unlock()
}

// write runs one use case in one transaction and tells the watchers.
func (b *Book) write(f func(tx *store.Tx) error) error {
	if err := b.DB.Write(f); err != nil {
		return err
	}
	b.tell()
	return nil
}

func (b *Book) tell() {
	b.mu.RLock()
	list := b.watchers
	b.mu.RUnlock()
	for _, w := range list {
		w()
	}
}
