package main

import (
	"fmt"

	"zhanggui/data/workflow"
)

// explain prints what may explain the differences of a stocktake.
func explain(c *call) error {
	if err := c.need(2, "explain BOOK NUMBER [--json]"); err != nil {
		return err
	}
	return c.look(0, func(b *workflow.Book) error {
		clues, err := b.Explain(c.words[1])
		if err != nil {
			return err
		}
		rows := []row{}
		for _, x := range clues {
			var r row
			r.add("line", x.Line)
			r.add("product", x.Product)
			r.add("warehouse", x.Warehouse)
			r.add("counted", x.Counted.String())
			r.add("book", x.Book.String())
			r.add("difference", x.Difference.String())
			r.add("clue", x.Kind)
			r.add("number", x.Number)
			r.add("number_line", x.At)
			r.add("reason", x.Reason.En)
			r.add("reason_zh", x.Reason.Zh)
			rows = append(rows, r)
		}
		if c.flags["json"] != "" {
			return c.json(rows)
		}
		for _, x := range clues {
			fmt.Fprintf(c.out, "%3d  %-12s %-6s %10s  %s\n", x.Line, x.Product, x.Warehouse, x.Difference, x.Reason.In(b.Settings().Lang))
		}
		return nil
	})
}
