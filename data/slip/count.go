package slip

import (
	"slices"

	"zhanggui/data/num"
)

// The line fields by which several counters 盘点人 count into one slip, see Counts.
const (
	CountShelf   = "shelf"   // where it was counted
	CountCounter = "counter" // who counted
	CountUse     = "use"     // of a place counted twice: Used or SetAside
	CountRange   = "range"   // of the slip: what it lists of the warehouse; empty: all of it
	CountFirst   = "count1"  // what was counted first, of a line counted again
)

// What a person decides of a place that was counted twice.
const (
	Used     = "yes" // adds to what the others counted there
	SetAside = "no"  // does not count
)

// Count is what a slip that counts says of one product in one warehouse, of goods with lots of one lot: lines of several shelves and counters add up. It stands in
// the ledger where its last line was counted, as the sum is known only then (C10).
type Count struct {
	Product, Warehouse string
	Lot                string
	Lines              []int        // of the slip, from 0
	Base               num.Quantity // what the lines in use add up to
	Last               int          // the line counted last
	Open               bool         // a line waits for its count: what is summed is a part
	Doubt              []int        // lines of a place counted twice, of which nobody decided
}

// Counts lists what the slip counted, in the order of its lines. The error is an overflow.
func (d *Doc) Counts() ([]Count, error) {
	var list []Count
	at := map[[3]string]int{}
	for i := range d.Lines {
		l := &d.Lines[i]
		if l.Product == "" {
			continue
		}
		for _, lot := range l.Lots() {
			key := [3]string{l.Product, d.At(l), lot.Code}
			n, ok := at[key]
			if !ok {
				n = len(list)
				at[key] = n
				list = append(list, Count{Product: key[0], Warehouse: key[1], Lot: key[2], Last: -1})
			}
			list[n].Lines = append(list[n].Lines, i)
		}
	}
	for n := range list {
		if err := list[n].add(d); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// add sums the lines and finds places counted twice.
func (c *Count) add(d *Doc) (err error) {
	for _, i := range c.Lines {
		l := &d.Lines[i]
		if l.Extra[CountUse] == SetAside {
			continue
		}
		if !l.IsCounted() {
			c.Open = true
			continue
		}
		for _, lot := range l.Lots() {
			if lot.Code != c.Lot {
				continue
			}
			if c.Base, err = num.Add(c.Base, lot.Qty); err != nil {
				return err
			}
		}
		if c.Last < 0 || l.Place == 0 || l.Place >= d.Lines[c.Last].Place {
			c.Last = i
		}
	}
	c.Open = c.Open || c.Last < 0
	for _, i := range c.Lines {
		if same := c.samePlace(d, i); len(same) > 1 && slices.ContainsFunc(same, func(k int) bool { return d.Lines[k].Extra[CountUse] == "" }) {
			c.Doubt = append(c.Doubt, i)
		}
	}
	return nil
}

// samePlace are the lines in use that were counted at the shelf of a line in use.
func (c *Count) samePlace(d *Doc, line int) (same []int) {
	for _, i := range c.Lines {
		if d.Lines[i].Extra[CountUse] != SetAside && d.Lines[i].Extra[CountShelf] == d.Lines[line].Extra[CountShelf] {
			same = append(same, i)
		}
	}
	if !slices.Contains(same, line) {
		return nil
	}
	return same
}

// IsCounted tells whether the line of a count has its figure: one without a quantity waits for it, unless a 0 was typed.
func (l *Line) IsCounted() bool { return l.Product != "" && (l.Qty != 0 || l.Zero) }
