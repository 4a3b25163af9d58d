package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"zhanggui/data/workflow"
)

// set lists what the book is set to and what each setting may be, or changes some, all or none of them.
func set(c *call) error {
	if err := c.need(1, "set BOOK [KEY=VALUE ...] [--json]"); err != nil {
		return err
	}
	pairs := map[string]string{}
	for _, w := range c.words[1:] {
		key, value, ok := strings.Cut(w, "=")
		if !ok {
			return usage("%q is not KEY=VALUE", w)
		}
		key = strings.ReplaceAll(key, "-", "_")
		if _, twice := pairs[key]; twice {
			return usage("%s is set twice", key)
		}
		pairs[key] = value
	}
	return c.lookIf(len(pairs) == 0, 0, func(b *workflow.Book) error {
		if len(pairs) > 0 {
			was := b.Settings()
			if err := b.Set(pairs); err != nil {
				return err
			}
			for _, x := range workflow.Declared {
				if !x.After.Empty() && was.Get(x.Key) != b.Settings().Get(x.Key) {
					fmt.Fprintln(c.errOut, x.Key+": "+x.After.En)
				}
			}
			if c.flags["json"] == "" {
				return nil
			}
		}
		return c.listSettings(b.Settings())
	})
}

func (c *call) listSettings(s workflow.Settings) error {
	if c.flags["json"] != "" {
		values := map[string]string{}
		for _, x := range s.Known() {
			values[x.Key] = s.Get(x.Key)
		}
		enc := json.NewEncoder(c.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(values)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, x := range s.Known() {
		can := x.Can().En
		switch {
		case !x.Through.Empty():
			can = x.Through.En
		case x.Chosen:
			can += " (chosen with the book)"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", x.Key, s.Get(x.Key), can)
	}
	return w.Flush()
}
