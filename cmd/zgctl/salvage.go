package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/rights"
	"zhanggui/data/workflow"
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
	if err := c.maySalvage(c.words[0]); err != nil {
		return err
	}
	return c.made(1, c.salvaged)
}

// maySalvage asks for the sign-in of an owner where the damaged book still says who its users are; where it cannot be read, it says so and asks
// nobody: a damaged book is to be saved all the same.
func (c *call) maySalvage(path string) error {
	b, err := workflow.OpenToLook(path)
	if err != nil {
		fmt.Fprintln(c.errOut, "the damaged book cannot be opened to ask who its users are: nobody is asked to sign in")
		return nil
	}
	crew := b.Who().Crew
	if b.Users() && !slices.ContainsFunc(crew.Members(), func(m rights.Member) bool { return crew.Set(m.Name).Owns() }) {
		fmt.Fprintln(c.errOut, "the damaged book has no owner any more: nobody is asked to sign in")
		return b.Close()
	}
	mine, err := c.signIn(b)
	if err == nil && mine.Users() && !mine.Who().Crew.Set(mine.User).Owns() {
		err = fault.New(fault.Refused, "有用户的账套只有老板能抢救", "only an owner salvages a book with users")
	}
	return errors.Join(err, b.Close())
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
