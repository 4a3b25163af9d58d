package workflow

import (
	"zhanggui/data/inquiry"
	"zhanggui/data/store"
)

// Printed counts one print of every slip, all or none. Call it when the file is saved or the job is sent, not at a
// preview: the count is what marks the next paper as a reprint 补打.
func (b *Book) Printed(numbers []string) error {
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
			if _, err := tx.RaisePrints(id); err != nil {
				return err
			}
			if err := b.log(tx, "print", d.Number, ""); err != nil {
				return err
			}
		}
		return nil
	})
}
