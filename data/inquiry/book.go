package inquiry

import (
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Rules are the settings of a company that answers depend on.
type Rules struct {
	Start text.Month // the first month
	Pool  string     // company, warehouse
	Flow  string     // direct, invoice
	Lang  text.Lang
	// InclTax: prices that do not say otherwise hold the tax.
	InclTax bool
	// Modules are what the book has beyond trade (7.1).
	Modules slip.On
	// SlowDays and DeadDays are after how many days without a sale goods are slow 滞销, and dead 呆滞.
	SlowDays, DeadDays int
	// Who asks: what he may not see is not there (R4).
	Who rights.Who
}

// Book is a book that can only be asked. Whoever may change it has a workflow.Book, which answers the same questions.
type Book struct {
	DB  *store.Reader
	Now func() time.Time

	rules func() Rules
	load  func(ref string) (*slip.Doc, error)
}

// New returns the asking side of an open book: rules are read at each question, load gives a slip as a form shows it.
func New(db *store.Reader, rules func() Rules, load func(ref string) (*slip.Doc, error)) *Book {
	return &Book{DB: db, Now: time.Now, rules: rules, load: load}
}

// Rules are the settings that answers depend on, as they are now.
func (b *Book) Rules() Rules { return b.rules() }

// Who is the person who asks.
func (b *Book) Who() rights.Who { return b.rules().Who }

// Load returns a slip by its number, or by an external number that is unique.
func (b *Book) Load(ref string) (*slip.Doc, error) { return b.load(ref) }

// Masters are the book's standing data, for look-ups.
func (b *Book) Masters() *master.Set { return b.DB.Masters }

// Path is the book's file.
func (b *Book) Path() string { return b.DB.Path }

// Today is the current day.
func (b *Book) Today() text.Date { return text.DateOf(b.Now()) }

// NotFound says why a reference names no slip: there is none (id 0), or several have it as their external number (below 0).
func NotFound(ref string, id int64) error {
	if id < 0 {
		return fault.New(fault.NotFound, "外部单号 %s 对应多张单据", "%s is the external number of several slips", ref)
	}
	return fault.New(fault.NotFound, "没有单据 %s", "there is no slip %s", ref)
}
