package main

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"zhanggui/data/text"
)

// whole measures what a console command takes that reads a whole book: its time, and the memory it peaks at.
func (b *bench) whole() error {
	if err := b.buildConsole(); err != nil {
		return err
	}
	s, err := open(b.path("month.zg"))
	if err != nil {
		return err
	}
	s.perDay = 400 // 100,000 lines in the first month
	if err := errors.Join(s.fill(100_000, 0), s.Close()); err != nil {
		return err
	}
	month := text.Date(20210101).Month()
	return b.command("month's books, workbook", "100,000 lines", "4 s, 200 MB", "books", s.Path(), month.String(), "-o", b.path("books.xlsx"))
}

// buildConsole builds zgctl, so that its memory is its own and not the bench's.
func (b *bench) buildConsole() error {
	out, err := exec.Command("go", "build", "-o", b.path("zgctl"), "zhanggui/cmd/zgctl").CombinedOutput()
	if err != nil {
		return fmt.Errorf("build zgctl: %w: %s", err, out)
	}
	return nil
}

// command runs zgctl once.
func (b *bench) command(work, size, limit string, args ...string) error {
	c := exec.Command(b.path("zgctl"), args...)
	start := time.Now()
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("zgctl %s: %w: %s", strings.Join(args, " "), err, out)
	}
	b.add(result{work: work, size: size, took: times{time.Since(start)}, limit: limit, peak: peak(c.ProcessState), cpu: c.ProcessState.UserTime() + c.ProcessState.SystemTime()})
	return nil
}
