// Package ledger is the arithmetic of the ledgers worked out from slips: the stock ledger with its costing, and what
// the books prove about themselves. It is pure; store reads and writes the rows. Three words: pool 成本核算范围,
// replay 重算, stock ledger 库存明细账.
//
// # Contents
//
//	stock.go (rows and their bases), engine.go (one pass forward), pool.go (cost pools), state.go (what is kept between passes),
//	lots.go (quantities by lot), month.go (the month's average), dispatch.go (cost of what is delivered and not invoiced)
package ledger

import (
	"strings"

	"zhanggui/data/chart"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Bases of rows that no slip asks for by name.
const (
	// Variance is the second row of goods sent back: what left stock less what was credited (rule C6).
	Variance slip.Basis = "variance"
	// Correction re-values goods issued beyond stock when they come in (rule C4). It stands with the slip that brings them, after its
	// own rows, and belongs to the line that was short. The engine makes it.
	Correction slip.Basis = "correction"
	// Rest is the second row of a late difference: what goods no longer there bear (rule C7).
	Rest slip.Basis = "rest"
	// Monthly is what a month's average differs from the estimate a line was valued at (MonthEnd), as Given. It stands at the month's end.
	Monthly slip.Basis = "monthly"
	// MonthlyIn is the same of what a transfer brought in; another row of the line has it with the sign turned.
	MonthlyIn slip.Basis = "monthly-in"
)

// Row is one row of the stock ledger. Everything but Value is fixed by its slip; Value is worked out by Engine, and so are Qty and
// OutSide of a Counted row.
type Row struct {
	ID         int64
	Slip       int64
	Line       int64 // slip line
	Seq        int   // order within the slip
	Product    int64
	Warehouse  int64
	Date       text.Date
	Place      int64
	Qty        num.Quantity
	Value      num.Amount
	Basis      slip.Basis
	Given      num.Amount // the slip's own value (Given), or what the supplier credits (before a variance row)
	Varies     bool       // a variance row follows
	SourceLine int64
	SourceQty  num.Quantity // the source line's quantity
	Fallback   num.Price
	Stock      string
	Contra     string
	OutSide    bool
	Weight     int64        // of a Collected row
	Counted    num.Quantity // what lay there, of a Counted row
	Beyond     bool         // it may take more than there is (C4)
	Lots       Lots         // of which lots the quantity is; a Counted row has one, of which Counted lay there
	Expiry     text.Date    // when they expire, where the line that brought them says so
}

// difference tells whether the row has value alone and stands on the side its sign says.
func (r *Row) difference() bool {
	switch r.Basis {
	case Variance, Correction, Rest, Monthly, MonthlyIn:
		return true
	}
	return false
}

// bought tells whether the goods came from a supplier: they face the payables, accrued ones until they are invoiced.
func (r *Row) bought() bool {
	return r.Basis == slip.Given && r.Qty > 0 && strings.HasPrefix(r.Contra, chart.Trade)
}

// Before tells whether the row stands before the other in the ledger.
func (r *Row) Before(o *Row) bool {
	if r.Date != o.Date {
		return r.Date < o.Date
	}
	if r.Place != o.Place {
		return r.Place < o.Place
	}
	return r.Seq < o.Seq
}

// Incoming tells on which side of a stock movement the row counts: receipts and goods returned by customers in,
// issues and goods returned to suppliers out; a variance row goes with its issue.
func (r *Row) Incoming() bool {
	if r.Qty != 0 {
		return r.Qty > 0
	}
	return !r.OutSide
}

// Entries are the row's two voucher lines: Dr stock, Cr contra for a receipt; Dr contra, Cr stock for an issue. Equal
// accounts (a transfer) make none; without a contra there is the stock account's line alone. Negative figures are red letters, except that a variance, correction or month's difference stands on its proper side.
func (r *Row) Entries() []slip.Entry {
	if r.Value == 0 || r.Stock == r.Contra {
		return nil
	}
	out := r.OutSide
	if r.difference() {
		out = r.Value < 0
	}
	if r.Contra == "" {
		if out {
			return []slip.Entry{{Account: r.Stock, Credit: -r.Value}}
		}
		return []slip.Entry{{Account: r.Stock, Debit: r.Value}}
	}
	if r.Basis == Rest { // on the same side as the difference it is the rest of
		if out {
			return []slip.Entry{{Account: r.Contra, Debit: -r.Value}, {Account: r.Stock, Debit: r.Value}}
		}
		return []slip.Entry{{Account: r.Stock, Credit: -r.Value}, {Account: r.Contra, Credit: r.Value}}
	}
	if out {
		return []slip.Entry{{Account: r.Contra, Debit: -r.Value}, {Account: r.Stock, Credit: -r.Value}}
	}
	return []slip.Entry{{Account: r.Stock, Debit: r.Value}, {Account: r.Contra, Credit: r.Value}}
}

// Voucher merges entries of the same account and side, in the order they first stand, and drops what came to nothing.
func Voucher(entries []slip.Entry) []slip.Entry {
	type side struct {
		account string
		debit   bool
	}
	at := map[side]int{}
	var list []slip.Entry
	for _, e := range entries {
		k := side{e.Account, e.Debit != 0}
		i, ok := at[k]
		if !ok {
			i = len(list)
			at[k] = i
			list = append(list, slip.Entry{Account: e.Account})
		}
		list[i].Debit += e.Debit
		list[i].Credit += e.Credit
	}
	kept := list[:0]
	for _, e := range list {
		if e.Debit != 0 || e.Credit != 0 {
			kept = append(kept, e)
		}
	}
	return kept
}
