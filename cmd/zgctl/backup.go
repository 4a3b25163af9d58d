package main

import (
	"fmt"

	"zhanggui/data/workflow"
)

func backup(c *call) error {
	if err := c.need(2, "backup BOOK DEST"); err != nil {
		return err
	}
	c.asksOnce = true
	return c.book(0, func(b *workflow.Book) (err error) {
		path, done := b.BackupPath(c.words[1]), false
		if c.flags["request"] == "" {
			err = b.Backup(path)
		} else {
			path, done, err = b.BackupOnce(c.words[1], c.request(0, b.User))
		}
		if err != nil {
			return err
		}
		return c.answered(path+"\n", done)
	})
}

// restored puts the backup in the book's place; with a request id not twice (done).
func (c *call) restored() (former string, done bool, err error) {
	if c.flags["request"] == "" {
		former, err = workflow.RestoreBy(person("admin"), c.words[0], c.words[1])
		return former, false, err
	}
	return workflow.RestoredOnce(person("admin"), c.words[0], c.words[1], c.request(1, person("admin")), c.words[1]+"\n")
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
