package inquiry

import (
	"cmp"
	"slices"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Settleable lists the slips that a money slip can settle as it stands, oldest due first; those an audited one settles already
// count what it took from them as open.
func (b *Book) Settleable(k *slip.Kind, d *slip.Doc) ([]SlipRow, error) {
	var rows []SlipRow
	for _, c := range k.Claims(d) {
		p, ok := b.Masters().Find(string(c.Role), c.Party)
		if !ok {
			continue
		}
		ids, err := b.DB.OpenIDs(settles(k, c.Book), p.ID, slip.NoParty)
		if err != nil {
			return nil, err
		}
		page, err := b.Rows(ids)
		if err != nil {
			return nil, err
		}
		rows = append(rows, page...)
	}
	if d.Status.Live() {
		var err error
		if rows, err = b.withOwn(rows, d); err != nil {
			return nil, err
		}
	}
	due := func(r SlipRow) text.Date { return cmp.Or(r.DueDate, r.Date) }
	slices.SortStableFunc(rows, func(a, b SlipRow) int { return cmp.Or(cmp.Compare(due(a), due(b)), cmp.Compare(a.Number, b.Number)) })
	return rows, nil
}

// settles are the kinds that open items of a party book which k settles.
func settles(k *slip.Kind, book slip.Book) (list []string) {
	for _, s := range k.From {
		if from, ok := kinds.ByCode(s.Kind); ok && s.Money && slices.Contains(from.Money.Opens, book) {
			list = append(list, s.Kind)
		}
	}
	return list
}

// withOwn adds the slips that a live money slip settles itself.
func (b *Book) withOwn(rows []SlipRow, d *slip.Doc) ([]SlipRow, error) {
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
