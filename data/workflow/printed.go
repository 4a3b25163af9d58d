package workflow

import (
	"zhanggui/data/auditlog"
	"zhanggui/data/inquiry"
	"zhanggui/data/store"
)

// Printed counts one print of a paper of every slip, all or none. Call it when the file is saved or the job is sent, not at a
// preview: the count is what marks the next paper as a reprint 补打. What the party owed before is kept with the first print, so that a reprint
// says the same.
func (b *Book) Printed(numbers []string, paper string) error {
	if b.DB.ReadOnly { // a look leaves no trace
		return nil
	}
	return b.write(func(tx *store.Tx) error {
		for _, ref := range numbers {
			id, err := tx.SlipID(ref)
			if err != nil {
				return err
			}
			if id <= 0 {
				return inquiry.NotFound(ref, id)
			}
			d, err := tx.Slip(id)
			if err != nil {
				return err
			}
			before, _, _, err := b.Owed(d)
			if err != nil {
				return err
			}
			if err := tx.RaisePrints(id, paper, before); err != nil {
				return err
			}
			if err := b.log(tx, "print", d, auditlog.Detail{Note: paper}); err != nil {
				return err
			}
		}
		return nil
	})
}
