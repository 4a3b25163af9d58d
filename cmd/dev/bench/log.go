package main

import (
	"errors"
	"fmt"

	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// log measures verify of a book whose audit log is long: 100,000 entries, in the long form a million, which may take 10 s.
func (b *bench) log(large bool) error {
	if err := b.buildConsole(); err != nil {
		return err
	}
	n, size, limit := 100_000, "100k entries", "1 s"
	if large {
		n, size, limit = 1_000_000, "1m entries", "10 s"
	}
	path := b.path("log.zg")
	book, err := workflow.Create(path, workflow.Settings{})
	if err != nil {
		return err
	}
	if err := errors.Join(longLog(book, n), book.Close()); err != nil {
		return err
	}
	return b.command("verify of a long log", size, limit, "", "verify", path)
}

// longLog gives a book's log n more entries, of files that were written out of it, many to a commit.
func longLog(b *workflow.Book, n int) error {
	const portion = 50_000
	for done := 0; done < n; done += portion {
		_, _, err := b.Once(store.Request{ID: fmt.Sprint("log-", done), Hash: "log"}, func() (string, error) {
			for i := done; i < min(done+portion, n); i++ {
				b.User = fmt.Sprint("person ", i%5)
				if err := b.Exported("delivery", fmt.Sprintf("deliveries-%d.csv", i%9000), i%100); err != nil {
					return "", err
				}
			}
			return "", nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
