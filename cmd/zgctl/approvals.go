package main

import (
	"fmt"
	"strings"

	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/approve"
)

// approving submits, approves, returns or withdraws slips, each in a transaction of its own.
func (c *call) approving(b *workflow.Book, verb string, numbers []string) error {
	rows := []row{}
	err := each(numbers, func(n string) error {
		var s approve.State
		var err error
		switch verb {
		case "submit":
			s, err = approve.Submit(b, n)
		case "approve":
			s, err = approve.Approve(b, n, c.flags["comment"])
		case "return":
			s, err = approve.Return(b, n, c.flags["reason"])
		default:
			s, err = approve.Withdraw(b, n, c.flags["reason"])
		}
		switch {
		case err != nil:
			return err
		case c.flags["json"] == "":
			fmt.Fprintln(c.out, s.Number)
		}
		rows = append(rows, stateRow(s))
		return nil
	})
	if c.flags["json"] == "" || len(rows) == 0 {
		return err
	}
	if len(numbers) == 1 {
		return c.json(rows[0])
	}
	if e := c.json(rows); e != nil {
		return e
	}
	return err
}

func stateRow(s approve.State) row {
	var r row
	r.add("number", s.Number)
	r.add("status", string(s.Status))
	r.add("step", s.Step)
	r.add("title", s.Title)
	r.add("waits_for", append([]string{}, s.WaitsFor...))
	return r
}

// approvals lists what waits for who asks, or takes ready chains.
func approvals(c *call) error {
	if err := c.need(1, "approvals BOOK [--all] [--json]"); err != nil {
		return err
	}
	if name, given := c.flags["ready"]; given {
		return c.book(0, func(b *workflow.Book) error {
			chains, err := approve.TakeReady(b, name)
			if err != nil {
				return err
			}
			for _, x := range chains {
				fmt.Fprintln(c.out, x.Code)
			}
			return nil
		})
	}
	return c.look(0, func(b *workflow.Book) error {
		list, err := approve.Inbox(b, 0, 0)
		if c.flags["all"] != "" {
			list, err = approve.Everybodys(b)
		}
		if err != nil {
			return err
		}
		rows := []row{}
		for _, w := range list {
			r, gross := stateRow(w.State), w.Gross().String()
			r.add("kind", w.Slip.Kind)
			r.add("date", w.Slip.Date.String())
			if approve.Names(b.Who(), w.Slip.Kind) {
				r.add("party", w.Slip.Party)
				r.add("name", w.Slip.PartyName)
			}
			if w.Hidden {
				gross = ""
			} else {
				r.add("gross", gross)
			}
			r.add("maker", w.Slip.Maker)
			r.add("submitted_at", momentText(w.Submitted))
			r.add("version", w.Slip.Version)
			rows = append(rows, r)
			if c.flags["json"] == "" {
				fmt.Fprintf(c.out, "%-16v %-18v %v %-12v %14v %-10v %v %v %v\n", w.Number, w.Slip.Kind, w.Slip.Date, w.Slip.Party, gross, w.Slip.Maker, w.Step, w.Title, strings.Join(w.WaitsFor, ","))
			}
		}
		if c.flags["json"] != "" {
			return c.json(rows)
		}
		return nil
	})
}

// approvalsOf adds where a slip stands in its approval, and what was approved of it; of a slip in none, nothing.
func approvalsOf(b *workflow.Book, d *slip.Doc, r *row) error {
	s, taken, ok, err := approve.Of(b, d)
	if err != nil || !ok {
		return err
	}
	r.add("step", s.Step)
	r.add("title", s.Title)
	r.add("waits_for", append([]string{}, s.WaitsFor...))
	rows := []row{}
	for _, t := range taken {
		var x row
		x.add("step", t.Step)
		x.add("title", t.Title)
		x.add("by", t.By)
		x.add("person", t.Person)
		x.add("for", t.For)
		x.add("verb", string(t.Verb))
		x.add("at", momentText(t.At))
		x.add("comment", t.Comment)
		x.add("version", t.Version)
		rows = append(rows, x)
	}
	r.add("approvals", rows)
	return nil
}
