package slip

import (
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Book is one of the four party ledgers.
type Book string

// The party books: 应收, 应付, 预收, 预付.
const (
	Receivable Book = "receivable"
	Payable    Book = "payable"
	Advance    Book = "advance"
	Prepaid    Book = "prepaid"
)

// Basis says how the ledger finds the value of a stock move.
type Basis string

// The bases. All depend only on moves earlier in the ledger, so one pass forward re-costs everything (rule C11).
const (
	// Given: the slip itself says the value (receipts; rule C1).
	Given Basis = "given"
	// AtCost: an issue at the pool's cost (C2), or goods coming back free at the current or last known cost (C5).
	AtCost Basis = "cost"
	// FromSource: the share of the source line's cost (C5, C6).
	FromSource Basis = "source"
	// Moved: goods leave for another warehouse, at the pool's cost (C9); Carried stands right after it and brings them in.
	Moved   Basis = "moved"
	Carried Basis = "carried"
	// Collected: a share by Weight of what the slip's other rows took out and of the Values of the collecting rows (C8).
	Collected Basis = "collected"
	// Adjusted: no quantity, only Value; the pool's value never turns negative by it, and nothing stays on zero stock.
	Adjusted Basis = "adjusted"
	// Late: no quantity; Value is the difference an invoice or landed cost makes to Matched units of a source line whose period is
	// closed. What is still on hand bears its share, a second row takes the rest to Variance (C7).
	Late Basis = "late"
	// Counted: Qty is what was counted; the move is the difference from the book (C10).
	Counted Basis = "counted"
)

// Move is one change of stock wanted by a slip line. Qty is signed, in base units: + into the warehouse.
type Move struct {
	Line      int // index of the slip's line
	Warehouse string
	Lot       string // of a Counted move of goods with lots: the one that was counted
	Qty       num.Quantity
	Basis     Basis
	Value     num.Amount   // for Given and Adjusted, signed; for Collected what is added, such as a fee
	Weight    int64        // for Collected
	Matched   num.Quantity // for Late: how many units of the source line Value belongs to
	// Contra is the account facing the stock account. None: the row has one voucher line only, its stock account; the slip's
	// other rows and entries balance it (assembly).
	Contra string
	// Credited is what the supplier credits for goods sent back; where Variance names an account, the difference to
	// what leaves stock is posted there (C6).
	Credited num.Amount
	Variance string
	// OutSide: the voucher shows the row as an issue (Dr contra, Cr stock) whatever its sign.
	OutSide bool
	// Source is the goods' line a Late move belongs to, Stock their account; AtSource: it stands right behind their own rows.
	Source   int64
	Stock    string
	AtSource bool
}

// PartyEntry changes what a party owes or is owed: + raises the book. With a day it falls due it opens an item that money slips
// settle; without one it settles others.
type PartyEntry struct {
	Role   Role
	Party  string
	Book   Book
	Amount num.Amount
	Due    text.Date
	Own    bool // settles the slip's own item: paid on the slip
}

// CashEntry changes a cash account: + in, - out.
type CashEntry struct {
	Account string
	Amount  num.Amount
}

// Entry is one line of the voucher; exactly one side is not zero. Negative figures are red letters.
type Entry struct {
	Account string
	Debit   num.Amount
	Credit  num.Amount
}

// Effects is all an audited slip does. Cost lines of the voucher are not here: they are read from the stock ledger.
type Effects struct {
	Stock   []Move
	Party   []PartyEntry
	Cash    []CashEntry
	Entries []Entry
}

// Debit adds a debit line; nothing for zero.
func (e *Effects) Debit(account string, a num.Amount) {
	if a != 0 {
		e.Entries = append(e.Entries, Entry{Account: account, Debit: a})
	}
}

// Credit adds a credit line; nothing for zero.
func (e *Effects) Credit(account string, a num.Amount) {
	if a != 0 {
		e.Entries = append(e.Entries, Entry{Account: account, Credit: a})
	}
}
