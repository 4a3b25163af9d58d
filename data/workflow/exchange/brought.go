package exchange

import (
	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Brought is a table that a room above this one takes in and gives out, beside masters and slips. It goes the way of every other: all tables of a
// call in one transaction, each fault at its row, a dry run, an entry in the log.
type Brought struct {
	Code  string
	Title text.Text
	// In reads one table; its faults are added to those of the tables before it. Out is the table that In reads back unchanged.
	In  func(b *workflow.Book, tx *store.Tx, t *Table, res *Imported, faults *fault.Many) error
	Out func(b *workflow.Book) (*Table, []slip.Field, error)
	// Landed is told once what was read is in the book.
	Landed func(b *workflow.Book) error
}

var brought []*Brought

// Bring declares a table. It is called once, as the program starts.
func Bring(x *Brought) { brought = append(brought, x) }

// AllBrought are the tables that rooms above this one brought.
func AllBrought() []*Brought { return brought }

func broughtBy(code string) *Brought {
	for _, x := range brought {
		if x.Code == code {
			return x
		}
	}
	return nil
}
