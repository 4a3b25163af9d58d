package main

import (
	"fmt"
	"strings"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// costing tells by which method costs are reckoned and since when, changes it from a month on, or (--dry-run) says what that would change.
func costing(c *call) error {
	const use = "costing BOOK [average|fifo|monthly --from 2026-03 [--dry-run]] [--json]"
	if len(c.words) < 1 || len(c.words) > 2 || len(c.words) == 2 && c.flags["from"] == "" {
		return usage("usage: zgctl %s", use)
	}
	return c.lookIf(len(c.words) == 1, 0, func(b *workflow.Book) error {
		if len(c.words) == 1 {
			return c.methods(b.Settings())
		}
		from, err := text.ParseMonth(c.flags["from"])
		if err != nil {
			return usage("--from: %q is not a month; write 2026-03", c.flags["from"])
		}
		if c.flags["dry-run"] == "" {
			return b.ChangeCosting(c.words[1], from)
		}
		t, err := b.TryCosting(c.words[1], from)
		if err != nil {
			return err
		}
		return c.costingTrial(t)
	})
}

// methods prints a book's costing methods by month.
func (c *call) methods(s workflow.Settings) error {
	rows := []row{}
	for _, t := range append([]workflow.Turn{{From: s.Start, To: s.Costing}}, s.Turns...) {
		var r row
		r.add("from", t.From.String())
		r.add("method", t.To)
		rows = append(rows, r)
	}
	return c.lines(rows)
}

// costingTrial prints what another method would change: changes of the method that fall away, the stock of products, the profit of months.
func (c *call) costingTrial(t workflow.CostingTrial) error {
	rows := []row{}
	add := func(what, name, qty, before, after string) {
		var r row
		r.add("what", what)
		r.add("name", name)
		r.add("qty", qty)
		r.add("before", before)
		r.add("after", after)
		rows = append(rows, r)
	}
	for _, x := range t.Was {
		add("method", x.From.String(), "", x.To, t.Method)
	}
	for _, x := range t.Stock {
		add("stock", x.Product, x.QtyAfter.String(), x.Value.Before.String(), x.Value.After.String())
	}
	for _, x := range t.Profit {
		add("profit", x.Month.String(), "", x.Before.String(), x.After.String())
	}
	return c.lines(rows)
}

// lines prints rows as JSON where that is asked for, else their values in columns.
func (c *call) lines(rows []row) error {
	if c.flags["json"] != "" {
		return c.json(rows)
	}
	for _, r := range rows {
		var s strings.Builder
		for _, v := range r.values {
			fmt.Fprintf(&s, "%-12s ", v)
		}
		fmt.Fprintln(c.out, strings.TrimSpace(s.String()))
	}
	return nil
}
