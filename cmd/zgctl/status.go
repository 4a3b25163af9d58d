package main

import (
	"fmt"

	"zhanggui/data/files"
	"zhanggui/data/workflow"
)

// status says what a book is and how it stands, and where the log of internal errors lies.
func status(c *call) error {
	if err := c.need(1, "status BOOK"); err != nil {
		return err
	}
	if len(c.words) > 1 {
		return usage("status takes one BOOK, no %q", c.words[1])
	}
	c.unnamed = true
	return c.look(0, func(b *workflow.Book) error {
		lost := b.File().LostWrites()
		shape, err := b.File().Shape()
		if err != nil {
			return err
		}
		last := ""
		if at, ok := b.LastBackup(); ok {
			last = at.Format("2006-01-02 15:04:05")
		}
		pages := "whole" // as far as this has read them; verify reads them all
		if b.File().Doubtful() != nil {
			pages = "damaged"
		} else if sealed, err := b.File().Sealed(); err != nil {
			return err
		} else if !sealed {
			pages = "unsealed"
		}
		end, _, err := b.File().LogEnd()
		if err != nil {
			return err
		}
		var r row
		r.add("engine", "sqlite")
		r.add("book", b.Path())
		r.add("shape", shape)
		r.add("program", files.Version())
		r.add("person", b.User)
		r.add("closed", b.Settings().Closed.String())
		r.add("last_backup", last)
		r.add("pages", pages)
		r.add("lost_writes", lost)
		r.add("tick", b.File().Tick())
		r.add("log_entry", end.Entry)
		r.add("log_hash", end.Hash)
		r.add("log", files.LogPath())
		if c.flags["json"] != "" {
			return c.json(r)
		}
		for i, k := range r.keys {
			fmt.Fprintf(c.out, "%-12s %v\n", k, r.values[i])
		}
		return nil
	})
}
