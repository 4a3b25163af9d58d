package main

import (
	"fmt"
	"strconv"
	"strings"

	"zhanggui/data/workflow"
)

// setSlip changes single fields of a slip and prints its number: KEY=VALUE in the header, N.KEY=VALUE on line N; with --list and --row
// KEY=VALUE in that row of one of its further grids.
func setSlip(c *call) error {
	const use = "slip set BOOK NUMBER[@VERSION] KEY=VALUE... N.KEY=VALUE... [--list L --row N]"
	if len(c.words) < 4 {
		return usage("%s", use)
	}
	list, row, err := c.listRow()
	if err != nil {
		return err
	}
	var changes []workflow.Change
	for _, w := range c.words[3:] {
		key, value, ok := strings.Cut(w, "=")
		if !ok || key == "" {
			return usage("%q is not KEY=VALUE; %s", w, use)
		}
		x := workflow.Change{Key: key, Value: value, List: list, Line: row}
		if line, rest, found := strings.Cut(key, "."); found && list == "" {
			if x.Line, err = strconv.Atoi(line); err != nil || x.Line < 1 || rest == "" {
				return usage("%q is not N.KEY=VALUE; %s", w, use)
			}
			x.Key = rest
		}
		changes = append(changes, x)
	}
	return c.book(1, func(b *workflow.Book) error {
		number, warnings, err := b.Change(c.words[2], 0, changes)
		c.warn(warnings)
		if err == nil {
			fmt.Fprintln(c.out, number)
		}
		return err
	})
}

// listRow reads which row of which list is meant; none: list is empty.
func (c *call) listRow() (list string, row int, err error) {
	list = c.flags["list"]
	said := c.flags["row"]
	if list == "" && said == "" {
		return "", 0, nil
	}
	if row, err = strconv.Atoi(said); list == "" || err != nil || row < 1 {
		return "", 0, usage("--list L and --row N stand together, and N is the number of a row")
	}
	return list, row, nil
}
