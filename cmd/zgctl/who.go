package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"

	"zhanggui/data/workflow"
	"zhanggui/data/workflow/who"
)

// whoIsIn lists the programs that have the book open and what is done there (12.4); this one is none of them.
func whoIsIn(c *call) error {
	if err := c.need(1, "who BOOK [--json]"); err != nil {
		return err
	}
	return c.look(0, func(b *workflow.Book) error {
		list, err := who.List(b)
		if err != nil {
			return err
		}
		rows := []row{}
		for _, p := range list {
			var r row
			r.add("person", p.Name)
			r.add("pc", p.PC)
			r.add("program", p.Program)
			r.add("version", p.Version)
			r.add("since", momentText(p.Since))
			r.add("seen", momentText(p.Seen))
			r.add("editing", strings.Join(p.Keys(), ", "))
			r.add("doing", p.Doing)
			rows = append(rows, r)
		}
		if c.flags["json"] != "" {
			return c.json(rows)
		}
		for _, r := range rows {
			c.line(r)
		}
		return nil
	})
}

// line prints a row's values beside each other, an empty one as a dash.
func (c *call) line(r row) {
	words := make([]string, len(r.values))
	for i, v := range r.values {
		if words[i] = fmt.Sprint(v); words[i] == "" {
			words[i] = "-"
		}
	}
	fmt.Fprintln(c.out, strings.Join(words, "  "))
}

// watch prints what is changed in the book as it happens, a line a change, oldest first, until the time is over or Ctrl+C (12.4). With
// --since it begins with what was changed after that tick; else with what comes.
func watch(c *call) error {
	if err := c.need(1, "watch BOOK [--since TICK] [--timeout S] [--json]"); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if v, given := c.flags["timeout"]; given {
		s, err := strconv.ParseFloat(v, 64)
		if err != nil || !(s >= 0 && s <= 1e9) {
			return usage("--timeout: %q is no number of seconds", v)
		}
		var end context.CancelFunc
		ctx, end = context.WithTimeout(ctx, time.Duration(s*float64(time.Second)))
		defer end()
	}
	return c.book(0, func(b *workflow.Book) error {
		since := b.File().Tick()
		if v, given := c.flags["since"]; given {
			n, err := strconv.ParseInt(v, 10, 64)
			if err != nil || n < 0 {
				return usage("--since: %q is no tick; status BOOK tells today's", v)
			}
			if since = n; n < b.File().Tick() {
				if err := who.Missing(b, n); err != nil {
					return err
				}
			}
		}
		if err := who.Enter(b, "zgctl", "watch"); err != nil {
			return err
		}
		return who.Watch(ctx, b, since, func(x who.Change) error {
			var r row
			r.add("tick", x.Tick)
			r.add("area", x.Area)
			r.add("key", x.Key)
			r.add("verb", x.Verb)
			r.add("person", x.Person)
			r.add("at", momentText(x.At))
			if c.flags["json"] == "" {
				c.line(r)
				return nil
			}
			b, err := json.Marshal(r)
			if err == nil {
				_, err = fmt.Fprintf(c.out, "%s\n", b)
			}
			return err
		})
	})
}
