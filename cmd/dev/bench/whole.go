package main

import (
	"bytes"
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
	if err := b.command("verify", "100k", "", "", "verify", s.Path()); err != nil {
		return err
	}
	return b.importMemory(s.Path(), s.many(20_000, s.receipt))
}

// importMemory lands a file of slips by the console: what that takes of memory must not grow with the file. Of a faulty one nothing lands.
func (b *bench) importMemory(book string, list []entry) error {
	for _, x := range []struct{ work, audit string }{{"import of a file", "yes"}, {"import of a faulty file", "perhaps"}} {
		var file bytes.Buffer
		file.WriteString(strings.Join(header, ",") + "\n")
		for i, e := range list {
			for _, r := range e {
				cells := append([]string{r[0], fmt.Sprint("f", i)}, r[2:]...)
				cells[len(cells)-1] = x.audit
				file.WriteString(strings.Join(cells, ",") + "\n")
			}
		}
		path := b.path("import.csv")
		if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
			return err
		}
		file = bytes.Buffer{}
		err := b.command(x.work, fmt.Sprint(len(list)*linesPerSlip, " lines"), "300 MB", "", "import", book, "slips", path)
		if err != nil && x.audit == "yes" {
			return err
		}
	}
	return nil
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

// command runs zgctl once, whether it does what it is told or fails; its floor are the bytes of the file it writes, if any.
func (b *bench) command(work, size, limit, file string, args ...string) error {
	if file != "" {
		args = append(args, "-o", file)
	}
	c := exec.Command(b.path("zgctl"), args...)
	small()
	start := time.Now()
	out, failed := c.CombinedOutput()
	if failed != nil {
		failed = fmt.Errorf("zgctl %s: %w: %.300s", strings.Join(args, " "), failed, out)
	}
	if c.ProcessState == nil {
		return failed
	}
	r := result{work: work, size: size, took: times{time.Since(start)}, limit: limit, peak: peak(c.ProcessState), cpu: c.ProcessState.UserTime() + c.ProcessState.SystemTime()}
	if file != "" && failed == nil {
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
	return failed
}
