package main

import (
	"errors"
	"fmt"
	"os"
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
	if err := b.command("books of a month", "100,000 lines", "4 s, 200 MB", b.path("books.xlsx"), "books", s.Path(), month.String()); err != nil {
		return err
	}
	if err := b.ledgers(s.Path(), "100k"); err != nil {
		return err
	}
	return b.command("verify", "100k", "", "", "verify", s.Path())
}

// ledgers writes the two longest reports in every format; what they take of memory must not grow with the book.
func (b *bench) ledgers(book, size string) error {
	for _, report := range []string{"sales-ledger", "general-ledger"} {
		for _, format := range []string{"csv", "json", "xlsx", "pdf"} {
			if err := b.command(report+", "+format, size, "200 MB", b.path("ledger."+format), "report", book, report, "--format", format); err != nil {
				return err
			}
		}
	}
	return nil
}

// buildConsole builds zgctl, so that its memory is its own and not the bench's.
func (b *bench) buildConsole() error {
	out, err := exec.Command("go", "build", "-o", b.path("zgctl"), "zhanggui/cmd/zgctl").CombinedOutput()
	if err != nil {
		return fmt.Errorf("build zgctl: %w: %s", err, out)
	}
	return nil
}

// command runs zgctl once; its floor are the bytes of the file it writes, if any.
func (b *bench) command(work, size, limit, file string, args ...string) error {
	if file != "" {
		args = append(args, "-o", file)
	}
	c := exec.Command(b.path("zgctl"), args...)
	small()
	start := time.Now()
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("zgctl %s: %w: %s", strings.Join(args, " "), err, out)
	}
	r := result{work: work, size: size, took: times{time.Since(start)}, limit: limit, peak: peak(c.ProcessState), cpu: c.ProcessState.UserTime() + c.ProcessState.SystemTime()}
	if file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if r.floor, err = b.written(data); err != nil {
			return err
		}
		r.what = "its bytes copied to disk, one fsync"
	}
	b.add(r)
	return nil
}
