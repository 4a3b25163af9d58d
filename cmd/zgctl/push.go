package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// push pushes a slip down and prints the number of what was made of it.
func push(c *call) error {
	if err := c.need(3, "push BOOK NUMBER KIND [--date D] [--line N] [--audit]"); err != nil {
		return err
	}
	var part workflow.Taken
	var err error
	if part.Date, err = c.date("date"); err != nil {
		return err
	}
	for _, w := range strings.FieldsFunc(c.flags["line"], func(r rune) bool { return r == ',' || r == ' ' }) {
		n, err := strconv.Atoi(w)
		if err != nil || n < 1 {
			return usage("--line: %q is not the number of a line", w)
		}
		part.Lines = append(part.Lines, n)
	}
	return c.book(0, func(b *workflow.Book) error {
		d, warnings, err := b.PushAndSave(c.words[1], c.words[2], c.flags["audit"] != "", part)
		c.warn(warnings)
		if err == nil {
			fmt.Fprintln(c.out, d.Number)
		}
		if part.Date == 0 {
			return undated(err)
		}
		return err
	})
}

// undated adds to a refusal for the day, which nobody said, how to say one.
func undated(err error) error {
	list := slices.Clone(fault.Of(err))
	i := slices.IndexFunc(list, func(f *fault.Fault) bool { return f.About == workflow.ClosedPeriod })
	if i < 0 {
		return err
	}
	f := *list[i]
	f.Text = text.Tf("%s；请用 --date 指定日期", "%s; say another day with --date", f.Text)
	list[i] = &f
	return list
}
