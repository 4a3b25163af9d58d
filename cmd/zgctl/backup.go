package main

import (
	"fmt"

	"zhanggui/data/workflow"
)

func backup(c *call) error {
	if err := c.need(2, "backup BOOK DEST"); err != nil {
		return err
	}
	return c.book(0, func(b *workflow.Book) error {
		path := b.BackupPath(c.words[1])
		if err := b.Backup(path); err != nil {
			return err
		}
		if c.flags["request"] != "" {
			if err := b.Acted(); err != nil {
				return err
			}
		}
		fmt.Fprintln(c.out, path)
		return nil
	})
}

// restored puts the backup in the book's place; with a request id not twice (done).
func (c *call) restored() (former string, done bool, err error) {
	if c.flags["request"] == "" {
		former, err = workflow.RestoreKeeping(c.words[0], c.words[1])
		return former, false, err
	}
	return workflow.RestoredOnce(c.words[0], c.words[1], c.request(1, person("admin")), c.words[1]+"\n")
}

func restore(c *call) error {
	if err := c.need(2, "restore BACKUP BOOK"); err != nil {
		return err
	}
	if err := c.notLooking(); err != nil {
		return err
	}
	former, done, err := c.restored()
	if err != nil {
		return err
	}
	if done {
		fmt.Fprintln(c.errOut, "done before")
	}
	fmt.Fprintln(c.out, c.words[1])
	if former != "" {
		fmt.Fprintln(c.errOut, "the former book is kept as", former)
	}
	return nil
}
