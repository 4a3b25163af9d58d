package workflow

import (
	"zhanggui/data/chart"
	"zhanggui/data/store"
)

// accrueLanded posts anew, each in its place, the landed costs that an older program posted to the carrier on the receipts' own day: what is
// owed is of the landed cost's day, and the accrual carries it there (7.3.1). Costs, stock, parties and every balance at a month's end stay
// to the cent; what changes is 220201 on the days between, and the turnover of 220202. So also closed months agree with their party
// ledgers on every day.
func (b *Book) accrueLanded() error {
	ids, err := b.DB.LandedUnaccrued()
	if err != nil || len(ids) == 0 {
		return err
	}
	return b.write(func(tx *store.Tx) error {
		for _, id := range ids {
			d, err := tx.Slip(id)
			if err != nil {
				return err
			}
			for i := range d.Lines {
				for j := range d.Lines[i].Matches {
					m := &d.Lines[i].Matches[j]
					m.Apart = m.Apart || !m.Late
				}
			}
			if err := tx.FixLines(d); err != nil {
				return err
			}
			if err := b.repost(tx, d); err != nil {
				return err
			}
			if err := b.log(tx, "repost", d.Number, chart.Accruals); err != nil {
				return err
			}
		}
		return nil
	})
}
