package store

import (
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Changes is what a transaction would change in the ledgers, before it is written.
type Changes struct {
	Slips    map[int64]num.Amount // stock value by slip
	Stock    num.Amount
	Parties  map[PartyBook]num.Amount
	Accounts map[AccountMonth]num.Amount // debit less credit
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
	c := Changes{Slips: map[int64]num.Amount{}, Parties: map[PartyBook]num.Amount{}, Accounts: map[AccountMonth]num.Amount{}}
	for id, v := range tx.value {
		if v != 0 {
			c.Slips[id] = v
			c.Stock += v
		}
	}
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
