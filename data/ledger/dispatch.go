package ledger

import (
	"cmp"
	"slices"

	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Dispatched is what happened to a delivery line in goods dispatched 发出商品: cost that came in or went back, and quantities
// returned or invoiced.
type Dispatched struct {
	Slip     int64
	Date     text.Date
	Place    int64
	Cost     num.Amount   // into 1406, signed: deliveries and their corrections +, returns -
	Returned num.Quantity // went back
	Invoiced num.Quantity // matched with an invoice; a red one takes back
	Back     bool         // Cost is a return's
}

// Recognised moves cost of a delivery line from goods dispatched to cost of sales with a slip, or back where negative.
type Recognised struct {
	Slip  int64
	Date  text.Date
	Place int64
	Value num.Amount
}

// Recognise works out what each slip moves to cost of sales, for a line that delivered q. At every date 1406 holds the share of the cost
// known then that is not invoiced; the last match takes the remainder (rule 2.6).
func Recognise(q num.Quantity, events []Dispatched) ([]Recognised, error) {
	slices.SortStableFunc(events, func(a, b Dispatched) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Place, b.Place))
	})
	var list []Recognised
	var cost, back, done num.Amount
	var returned, invoiced num.Quantity
	for i, e := range events {
		if e.Back {
			back -= e.Cost
		} else {
			cost += e.Cost
		}
		returned, invoiced = returned+e.Returned, invoiced+e.Invoiced
		if i+1 < len(events) && events[i+1].Date == e.Date && events[i+1].Place == e.Place {
			continue
		}
		now := cost - back
		if invoiced+returned != q {
			var err error
			if now, err = num.Share(cost, invoiced, q); err != nil {
				return nil, err
			}
		}
		if now != done {
			list = append(list, Recognised{e.Slip, e.Date, e.Place, now - done})
			done = now
		}
	}
	return list, nil
}
