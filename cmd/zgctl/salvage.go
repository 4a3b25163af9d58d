package main

import (
	"encoding/json"
	"fmt"
	"zhanggui/data/workflow/salvage"
)

// salvageBook makes a new book of what can be read of a damaged one: exit 0 where everything was saved, 3 where something is missing.
func salvageBook(c *call) error {
	if err := c.need(2, "salvage DAMAGED NEW [--json]"); err != nil {
		return err
	}
	if err := c.notLooking(); err != nil {
		return err
	}
	return c.made(1, c.salvaged)
}

// salvaged makes the new book at a path and tells what is missing in it.
func (c *call) salvaged(path string) error {
	s, err := salvage.Book(c.words[0], path)
	if err != nil {
		return err
	}
	if c.flags["json"] == "yes" {
		if s.Missing == nil {
			s.Missing = []salvage.Missing{}
		}
		e := json.NewEncoder(c.out)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		err = e.Encode(s)
	} else {
		for _, m := range s.Missing {
			if _, err = fmt.Fprintf(c.out, "%s %s: %s\n", m.What, m.Key, oneLine(m.Why.En)); err != nil {
				break
			}
		}
	}
	if err == nil && len(s.Missing) > 0 {
		return errProof
	}
	return err
}
