package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"

	"zhanggui/data/demo"
	"zhanggui/data/text"
)

// makeDemo makes a believable company; Ctrl+C takes it back.
func makeDemo(c *call) error {
	if err := c.need(1, "demo BOOK [--size shop|10k|100k|1m] [--seed N] [--lang zh|en] [--today D] [--people]"); err != nil {
		return err
	}
	if err := c.notLooking(); err != nil {
		return err
	}
	o := demo.Options{Size: c.flags["size"], Lang: text.Lang(c.flags["lang"]), People: c.flags["people"] != "", Progress: c.progress()}
	if o.Lang != "" && o.Lang != text.Zh && o.Lang != text.En {
		return usage("--lang is zh or en")
	}
	var err error
	if v, ok := c.flags["seed"]; ok {
		if o.Seed, err = strconv.ParseUint(v, 10, 64); err != nil {
			return usage("--seed: %q is not a whole number", v)
		}
	}
	if o.Today, err = c.date("today"); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return c.made(0, func(path string) error {
		b, err := demo.Make(ctx, path, o)
		if err != nil {
			return err
		}
		if o.People { // who may sign in, and by what
			for _, m := range demo.Members(b.Settings().Lang) {
				fmt.Fprintf(c.out, "%s: %s, password %s\n", m.Name, strings.Join(m.Roles, " "), demo.Password)
			}
		}
		return b.Close()
	})
}

// progress shows how far long work is, on standard error when that is a terminal.
func (c *call) progress() func(done, all int) {
	f, ok := c.errOut.(*os.File)
	if !ok {
		return nil
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	var last time.Time
	return func(done, all int) {
		if now := time.Now(); done == all || now.Sub(last) > 200*time.Millisecond {
			last = now
			end := ""
			if done == all {
				end = "\n"
			}
			fmt.Fprintf(f, "\r%3d %%%s", done*100/max(1, all), end)
		}
	}
}
