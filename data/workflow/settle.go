package workflow

import (
	"cmp"
	"slices"

	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Settleable lists the slips of a party that a money slip can settle, oldest due first; those the slip of the number settles
// already count what it took from them as open.
func (b *Book) Settleable(k *slip.Kind, party, number string) ([]SlipRow, error) {
	rows, err := b.Pushable(k, party)
	if err != nil {
		return nil, err
	}
	if number != "" {
		if rows, err = b.withOwn(rows, number); err != nil {
			return nil, err
		}
	}
	due := func(r SlipRow) text.Date { return cmp.Or(r.DueDate, r.Date) }
	slices.SortStableFunc(rows, func(a, b SlipRow) int { return cmp.Or(cmp.Compare(due(a), due(b)), cmp.Compare(a.Number, b.Number)) })
	return rows, nil
}

// withOwn adds the slips that a live money slip settles itself.
func (b *Book) withOwn(rows []SlipRow, number string) ([]SlipRow, error) {
	d, err := b.Load(number)
	if err != nil || !d.Status.Live() {
		return rows, err
	}
	for _, a := range d.Allocations {
		if i := slices.IndexFunc(rows, func(r SlipRow) bool { return r.Number == a.Target }); i >= 0 {
			rows[i].Open += a.Amount
			continue
		}
		id, err := b.DB.SlipID(a.Target)
		if err != nil {
			return nil, err
		}
		own, err := b.Rows([]int64{id})
		if err != nil {
			return nil, err
		}
		for _, r := range own {
			r.Open += a.Amount
			rows = append(rows, r)
		}
	}
	return rows, nil
}
