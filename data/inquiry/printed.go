package inquiry

import (
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// Prints tells how often a paper of a slip was printed.
func (b *Book) Prints(d *slip.Doc, paper string) (int, error) {
	if paper == store.OwnPaper {
		return d.Prints, nil
	}
	return b.DB.Printed(d.ID, paper)
}

// Stood is what a slip's party owed, or was owed, when the slip was audited, before it, and what the slip added, on the day of asking; ok is
// false where the slip posts nothing there.
func (b *Book) Stood(d *slip.Doc, book slip.Book) (before, own num.Amount, ok bool, err error) {
	if d.ID == 0 || d.AuditedAt.IsZero() {
		return 0, 0, false, nil
	}
	return b.DB.OwedAtAudit(d.ID, string(book), kinds.Hidden())
}

// Owed is what a customer owed when the slip was audited, before it, and what the slip added, as it stands on the slip's paper: what its first print said,
// or now worked out. ok is false where the slip posts nothing there.
func (b *Book) Owed(d *slip.Doc) (before, own num.Amount, ok bool, err error) {
	if d.ID == 0 || d.AuditedAt.IsZero() {
		return 0, 0, false, nil
	}
	before, own, ok, err = b.DB.OwedAtAudit(d.ID, string(slip.Receivable), kinds.Hidden())
	if err != nil || !ok {
		return 0, 0, false, err
	}
	kept, said, err := b.DB.SaidOwed(d.ID, store.OwnPaper)
	if said {
		before = kept
	}
	return before, own, true, err
}
