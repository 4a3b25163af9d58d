package reports

import (
	"fmt"
	"strconv"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Cell is a value of a row. It stays what it is, a num.Amount, a num.Quantity, a num.Price, a num.Rate, a text.Date, a Whole or a Word, until
// somebody reads it: String is its canonical text, Column.Shown what people see.
type Cell = fmt.Stringer

// Word is a text: a code, a name, a number of a slip.
type Word string

func (w Word) String() string { return string(w) }

// Whole is a whole number.
type Whole int

func (n Whole) String() string { return strconv.Itoa(int(n)) }

// None is a cell that says nothing, of whatever column.
const None Word = ""

// Row is a row of a report, a cell for each of its columns.
type Row []Cell

// Texts are the row's canonical texts.
func (r Row) Texts() []string {
	out := make([]string, len(r))
	for i, c := range r {
		out[i] = c.String()
	}
	return out
}

// Words are the row's canonical texts, kinds and statuses in words: figures and days stay what a workbook can take for real ones.
func (r *Report) Words(l text.Lang, row Row) []string {
	out := make([]string, len(row))
	for i, c := range r.Columns {
		out[i] = c.Text(l, row[i])
	}
	return out
}

// Text is a cell's canonical text, or its word.
func (c Column) Text(l text.Lang, v Cell) string {
	if c.Type == slip.TypeText {
		return c.Shown(l, v)
	}
	return v.String()
}

// blank is a row of n cells that say nothing.
func blank(n int) Row {
	r := make(Row, n)
	for i := range r {
		r[i] = None
	}
	return r
}

// Scaled is a figure as a number to compare by: amounts with amounts, prices with prices. What is none counts as nothing.
func Scaled(c Cell) int64 {
	switch v := c.(type) {
	case num.Amount:
		return int64(v)
	case num.Quantity:
		return int64(v)
	case num.Price:
		return int64(v)
	case num.Rate:
		return int64(v)
	case Whole:
		return int64(v)
	}
	return 0
}

// Nothing tells whether a figure is zero, or not there.
func Nothing(c Cell) bool { return Scaled(c) == 0 }

// Fits tells whether a cell is of the column's type; one that says nothing fits everywhere.
func (c Column) Fits(v Cell) bool {
	if v == None {
		return true
	}
	var ok bool
	switch c.Type {
	case slip.TypeAmount:
		_, ok = v.(num.Amount)
	case slip.TypeQuantity:
		_, ok = v.(num.Quantity)
	case slip.TypePrice:
		_, ok = v.(num.Price)
	case slip.TypeRate:
		_, ok = v.(num.Rate)
	case slip.TypeInt:
		_, ok = v.(Whole)
	case slip.TypeDate:
		_, ok = v.(text.Date)
	case slip.TypeText:
		_, ok = v.(Word)
	}
	return ok
}
