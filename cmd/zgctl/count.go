package main

import (
	"fmt"
	"strconv"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/scan"
)

const countUsage = "count new|merge|recount|diff BOOK ..."

// counts makes drafts to count on, merges those of several counters, asks for second counts and shows the differences.
func counts(c *call) error {
	if err := c.need(2, countUsage); err != nil {
		return err
	}
	run := map[string]func(*call, *workflow.Book, []string) error{"new": newCount, "merge": mergeCounts, "recount": recount, "diff": countDiff}[c.words[0]]
	if run == nil {
		return usage("unknown word %q; usage: zgctl %s", c.words[0], countUsage)
	}
	if len(c.words) < 3 {
		return usage("count %s needs a %s", c.words[0], map[bool]string{true: "WAREHOUSE", false: "NUMBER"}[c.words[0] == "new"])
	}
	return c.lookIf(c.words[0] == "diff", 1, func(b *workflow.Book) error { return run(c, b, c.words[2:]) })
}

// newCount makes a draft with a line for every product of a range, and prints its number.
func newCount(c *call, b *workflow.Book, words []string) error {
	day, err := c.date("date")
	if err != nil {
		return err
	}
	if day == 0 {
		day = b.Today()
	}
	d := &slip.Doc{Kind: kinds.Stocktake.Code, Date: day, Warehouse: words[0], Employee: c.flags["employee"], Status: slip.Draft}
	r := scan.CountRange{From: c.flags["from-shelf"], To: c.flags["to-shelf"], Category: c.flags["category"], None: c.flags["all"] != ""}
	if _, err := scan.FillCount(b, d, r); err != nil {
		return err
	}
	if err := b.Save(d); err != nil {
		return err
	}
	fmt.Fprintln(c.out, d.Number)
	return nil
}

// mergeCounts puts several drafts into the first and prints its number; what is left to decide goes to standard error.
func mergeCounts(c *call, b *workflow.Book, numbers []string) error {
	d, err := scan.MergeCounts(b, numbers, scan.Same(c.flags["same"]))
	if err != nil {
		return err
	}
	fmt.Fprintln(c.out, d.Number)
	counts, err := d.Counts()
	for _, x := range counts {
		for _, i := range x.Doubt {
			l := &d.Lines[i]
			fmt.Fprintf(c.errOut, "decide: %s %s shelf %s: line %d, %s counted %s\n", x.Product, x.Warehouse, l.Extra[slip.CountShelf], i+1, l.Extra[slip.CountCounter], l.Qty)
		}
	}
	return err
}

// recount makes lines wait for a second count: the ones named, else all that differ. It prints what is to be counted again.
func recount(c *call, b *workflow.Book, words []string) error {
	var lines []int
	for _, w := range words[1:] {
		n, err := strconv.Atoi(w)
		if err != nil {
			return usage("%q is not the number of a line", w)
		}
		lines = append(lines, n)
	}
	d, err := scan.Recount(b, words[0], lines)
	if err != nil {
		return err
	}
	for i := range d.Lines {
		if l := &d.Lines[i]; !l.IsCounted() && l.Extra[slip.CountFirst] != "" {
			fmt.Fprintf(c.out, "%3d  %-12s %-6s %10s\n", i+1, l.Product, l.Extra[slip.CountShelf], l.Extra[slip.CountFirst])
		}
	}
	return nil
}

// countDiff prints what a count found against the book, with its value, before or after it is posted.
func countDiff(c *call, b *workflow.Book, numbers []string) error {
	diffs, err := scan.CountDiffs(b, numbers[0])
	if err != nil {
		return err
	}
	rows, sees := []row{}, b.Who().Sees(slip.TagCost)
	for _, x := range diffs {
		var r row
		r.add("product", x.Product)
		r.add("warehouse", x.Warehouse)
		r.add("shelf", x.Shelf)
		r.add("counted", x.Counted.String())
		r.add("book", x.Book.String())
		r.add("difference", x.Diff.String())
		if sees {
			r.add("value", x.Value.String())
		}
		r.add("lines", append([]int{}, x.Lines...))
		r.add("doubt", append([]int{}, x.Doubt...))
		r.add("state", x.Said().En)
		rows = append(rows, r)
	}
	if c.flags["json"] != "" {
		return c.json(rows)
	}
	for _, x := range diffs {
		value := ""
		if sees {
			value = x.Value.String()
		}
		fmt.Fprintf(c.out, "%-12s %-6s %-8s %10s %10s %10s %12s  %s\n", x.Product, x.Warehouse, x.Shelf, x.Counted, x.Book, x.Diff, value, x.Said().In(b.Settings().Lang))
	}
	return nil
}
