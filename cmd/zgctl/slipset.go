package main

import (
	"fmt"
	"strconv"
	"strings"

	"zhanggui/data/workflow"
)

// setSlip changes single fields of a slip and prints its number: KEY=VALUE in the header, N.KEY=VALUE on line N.
func setSlip(c *call) error {
	const use = "slip set BOOK NUMBER[@VERSION] KEY=VALUE... N.KEY=VALUE..."
	if len(c.words) < 4 {
		return usage("%s", use)
	}
	ref, version, err := atVersion(c.words[2])
	if err != nil {
		return err
	}
	var changes []workflow.Change
	for _, w := range c.words[3:] {
		key, value, ok := strings.Cut(w, "=")
		if !ok || key == "" {
			return usage("%q is not KEY=VALUE; %s", w, use)
		}
		x := workflow.Change{Key: key, Value: value}
		if line, rest, found := strings.Cut(key, "."); found {
			if x.Line, err = strconv.Atoi(line); err != nil || x.Line < 1 || rest == "" {
				return usage("%q is not N.KEY=VALUE; %s", w, use)
			}
			x.Key = rest
		}
		changes = append(changes, x)
	}
	return c.book(1, func(b *workflow.Book) error {
		number, warnings, err := b.Change(ref, version, changes)
		c.warn(warnings)
		if err == nil {
			fmt.Fprintln(c.out, number)
		}
		return err
	})
}

// atVersion reads NUMBER@VERSION; no version is 0.
func atVersion(s string) (ref string, version int64, err error) {
	at := strings.LastIndex(s, "@")
	if at <= 0 {
		return s, 0, nil
	}
	if version, err = strconv.ParseInt(s[at+1:], 10, 64); err != nil || version < 1 {
		return "", 0, usage("%q is not NUMBER@VERSION", s)
	}
	return s[:at], version, nil
}
