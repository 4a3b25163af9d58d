package testbook

import (
	"fmt"

	"zhanggui/data/auditlog"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// LongLog gives a book's log n more entries, such as many years of work leave there: prints of slips, by several people.
func LongLog(b *workflow.Book, n int) error {
	const portion = 50_000
	s := workflow.Steps{Book: b}
	for done := 0; done < n; done += portion {
		if err := s.Quiet(func(tx *store.Tx) error {
			for i := done; i < min(done+portion, n); i++ {
				tx.Acts(fmt.Sprint("person ", i%5), b.Now)
				if err := s.Note(tx, "print", "delivery", fmt.Sprintf("XC-202601-%04d", i%9000), auditlog.Detail{Note: "slip"}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}
