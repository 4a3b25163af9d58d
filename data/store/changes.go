package store

import (
	"maps"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Changes is what a transaction would change in the ledgers, before it is written.
type Changes struct {
	Slips    map[int64]num.Amount // stock value by slip
	Products map[int64]OnHand
	Stock    num.Amount
	Parties  map[PartyBook]num.Amount
	Accounts map[AccountMonth]num.Amount // debit less credit
}

// OnHand is what lies there of a product, and what it is worth.
type OnHand struct {
	Qty   num.Quantity
	Value num.Amount
}

// PartyBook is a party in one of its books.
type PartyBook struct {
	Party int64
	Book  slip.Book
}

// AccountMonth is a GL account in a month.
type AccountMonth struct {
	Account string
	Month   text.Month
}

// Changes sums up what the transaction did to the ledgers so far; what came to nothing is left out.
func (tx *Tx) Changes() Changes {
	c := Changes{Slips: map[int64]num.Amount{}, Products: map[int64]OnHand{}, Parties: map[PartyBook]num.Amount{}, Accounts: map[AccountMonth]num.Amount{}}
	for id, v := range tx.value {
		if v != 0 {
			c.Slips[id] = v
			c.Stock += v
		}
	}
	for k, n := range tx.stock {
		x := c.Products[k.product]
		c.Products[k.product] = OnHand{x.Qty + num.Quantity(n.qty), x.Value + num.Amount(n.value)}
	}
	maps.DeleteFunc(c.Products, func(_ int64, x OnHand) bool { return x == OnHand{} })
	for k, a := range tx.party {
		if a != 0 {
			c.Parties[PartyBook{k.party, k.book}] = num.Amount(a)
		}
	}
	for k, s := range tx.gl {
		if s.debit != s.credit {
			c.Accounts[AccountMonth{k.account, k.month}] = num.Amount(s.debit - s.credit)
		}
	}
	return c
}

// StockKept is what was on hand of a product, or of all (0: the quantity says nothing then), before the transaction.
func (tx *Tx) StockKept(product int64) (x OnHand, err error) {
	stmt, args := `SELECT COALESCE(SUM(qty), 0), COALESCE(SUM(value), 0) FROM stock_now`, []any{}
	if product != 0 {
		stmt, args = stmt+` WHERE product_id = ?`, []any{product}
	}
	_, err = one(tx, stmt, args, &x.Qty, &x.Value)
	return x, err
}

// StockValueOf is what a slip moves in stock, as it now stands.
func (tx *Tx) StockValueOf(slip int64) (a num.Amount, err error) {
	_, err = one(tx, `SELECT COALESCE(SUM(value), 0) FROM stock_row WHERE slip_id = ?`, []any{slip}, &a)
	return a, err
}

// ProfitKept is a month's profit before the transaction: credit less debit of the accounts that begin with 5.
func (tx *Tx) ProfitKept(m text.Month) (a num.Amount, err error) {
	_, err = one(tx, `SELECT COALESCE(SUM(credit - debit), 0) FROM account_month WHERE month = ? AND account >= '5' AND account < '6'`, []any{int64(m)}, &a)
	return a, err
}
