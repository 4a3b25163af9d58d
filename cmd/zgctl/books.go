package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/seen"
	"zhanggui/reports/binder"
	"zhanggui/reports/sheet"
)

func newBook(c *call) error {
	if err := c.need(1, "new BOOK"); err != nil {
		return err
	}
	if err := c.notLooking(); err != nil {
		return err
	}
	var s workflow.Settings
	for _, x := range workflow.Declared {
		v, given := c.flags[strings.ReplaceAll(x.Key, "_", "-")]
		switch {
		case x.Key == "vat" && given:
			v = strings.TrimSuffix(v, "%") + "%" // 13 is 13 per cent
		case x.Key == "vat" && s.Taxpayer == "small": // taxpayer stands before it
			v = "3%"
		case x.Key == "vat":
			v = "13%"
		case !given:
			continue
		}
		kept, err := x.Read(v)
		if rate, _ := num.ParseRate(kept); err == nil && x.Key == "vat" && (rate < 0 || rate > num.RateOne) {
			err = usage("--vat is a percentage such as 13")
		}
		if err != nil {
			return err
		}
		s.Put(x.Key, kept)
	}
	if err := c.askTax(&s); err != nil {
		return err
	}
	return c.made(0, func(path string) error {
		b, err := workflow.Create(path, s)
		if err != nil {
			return err
		}
		return b.Close()
	})
}

func importFiles(c *call) error {
	if err := c.need(3, "import BOOK KIND FILE..."); err != nil {
		return err
	}
	return c.book(0, func(b *workflow.Book) error {
		if c.words[1] == "roles" {
			return c.importRoles(b)
		}
		var tables []*exchange.Table
		for _, path := range c.words[2:] {
			t, err := sheet.Open(path)
			if err != nil {
				return err
			}
			defer t.Close()
			tables = append(tables, t)
		}
		list, err := exchange.ImportAll(b, c.words[1], tables, c.flags["dry-run"] != "")
		if err != nil {
			return err
		}
		for i, res := range list {
			t := tables[i]
			c.warn(res.Warnings)
			for _, n := range res.Notes {
				fmt.Fprintln(c.out, n.En)
			}
			if c.words[1] == "slips" {
				fmt.Fprintln(c.out, text.Tf("", "%s: %d {slip|slips}, %d {line|lines}", t.Name, res.Slips, res.Lines).En)
			} else {
				fmt.Fprintf(c.out, "%s: %d new, %d changed, %d unchanged\n", t.Name, res.New, res.Changed, res.Unchanged)
			}
		}
		return nil
	})
}

func exportFile(c *call) error {
	if err := c.need(2, "export BOOK KIND -o FILE"); err != nil {
		return err
	}
	path := c.flags["o"]
	if path == "" {
		return usage("say where to: -o FILE.csv or FILE.xlsx")
	}
	return c.look(0, func(b *workflow.Book) error {
		if c.words[1] == "roles" {
			return c.exportRoles(b, path)
		}
		t, fields, err := exchange.Export(b, c.words[1])
		if err == nil && c.flags["versions"] != "" {
			fields, err = exchange.WithVersions(b, t, fields)
		}
		if err != nil {
			return err
		}
		rows := make([][]string, len(t.Rows))
		for i, r := range t.Rows {
			rows[i] = r.Cells
		}
		cols := make([]sheet.Column, len(fields))
		for i, f := range fields {
			cols[i] = sheet.Column{Title: f.Key, Type: f.Type}
			if c.flags["lang"] == string(text.Zh) {
				cols[i].Title = f.Label.Zh
			}
		}
		c.gives(c.words[1], path, len(rows))
		return writeFile(path, t.Name, cols, rows, nil)
	})
}

// writeFile writes a table by the file's ending.
func writeFile(path, title string, cols []sheet.Column, rows [][]string, totals []string) error {
	return writeAs(strings.ToLower(filepath.Ext(path)), path, title, cols, rows, totals)
}

// writeAs is writeFile in the format of another ending.
func writeAs(ending, path, title string, cols []sheet.Column, rows [][]string, totals []string) error {
	var buf bytes.Buffer
	switch ending {
	case ".csv":
		head := make([]string, len(cols))
		for i, c := range cols {
			head[i] = c.Title
		}
		if err := sheet.WriteCSV(&buf, head, rows); err != nil {
			return err
		}
	case ".xlsx":
		if err := sheet.WriteXLSX(&buf, title, cols, rows, totals); err != nil {
			return err
		}
	default:
		return usage("%s: the file ends in .csv or .xlsx", path)
	}
	return files.Bytes(path, buf.Bytes())
}

// monthBooks writes the month's books as one workbook, beside and then in place, so that no half file stays.
func monthBooks(c *call) error {
	if err := c.need(2, "books BOOK 2026-01 -o FILE.xlsx"); err != nil {
		return err
	}
	path := c.flags["o"]
	if !strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return usage("say where to: -o FILE.xlsx")
	}
	m, err := text.ParseMonth(c.words[1])
	if err != nil {
		return usage("%q is not a month; write 2026-01", c.words[1])
	}
	return c.look(0, func(b *workflow.Book) error {
		if f := b.Who().Needs(rights.Need("book.books"), rights.Need("see.margin")); f != nil {
			return f
		}
		c.gives("books", path, 0)
		return files.Write(path, func(w io.Writer) error { return binder.Write(w, b, m, c.progress()) })
	})
}

func closeMonth(c *call) error {
	return month(c, "close BOOK 2026-01", func(b *workflow.Book, m text.Month) error {
		drafts, err := b.DraftsUntil(m)
		if err != nil {
			return err
		}
		if err := b.ClosePeriod(m); err != nil {
			return err
		}
		lines, moved, err := b.MonthCost(m)
		if err != nil {
			return err
		}
		if lines > 0 {
			fmt.Fprintf(c.out, "%s: %d lines brought to the month's average, cost %s\n", m, lines, moved)
		}
		if drafts > 0 {
			c.warn(fault.List{fault.New(fault.Refused, "到 %s 还有 %d 张未审核的单据，改日期后才能审核", "%[2]d {draft|drafts} up to %[1]s not audited: once the month is closed only a later date will do", m, drafts)})
		}
		return nil
	})
}

func reopenMonth(c *call) error {
	return month(c, "reopen BOOK 2026-01", (*workflow.Book).ReopenPeriod)
}

func month(c *call, what string, f func(*workflow.Book, text.Month) error) error {
	if err := c.need(2, what); err != nil {
		return err
	}
	m, err := text.ParseMonth(c.words[1])
	if err != nil {
		return usage("%q is not a month; write 2026-01", c.words[1])
	}
	return c.book(0, func(b *workflow.Book) error { return f(b, m) })
}

func verify(c *call) error {
	if err := c.need(1, "verify BOOK"); err != nil {
		return err
	}
	if len(c.words) > 1 {
		return usage("verify takes one BOOK, no %q", c.words[1])
	}
	anchors, err := c.anchors()
	if err != nil {
		return err
	}
	opened := false
	err = c.look(0, func(b *workflow.Book) error {
		failed := false
		opened = true
		_, err := b.Prove(context.Background(), func(p workflow.Proof, _ int) {
			failed = failed || !p.Holds()
			if !b.Who().Sees(slip.TagMargin) && !p.Holds() { // its figures are for those who see them
				p.Faults = []string{fmt.Sprintf("%d findings; their figures need see.margin", len(p.Faults))}
			}
			c.proof(p)
		}, anchors...)
		if err != nil {
			return err
		}
		c.warn(b.Doubles())
		if failed {
			return errProof
		}
		return nil
	})
	if fault.Is(err, fault.Damaged) && !opened { // what is wrong with it is what was asked
		c.faults(workflow.Damage(c.words[0]))
	}
	return err
}

// anchors are those that verify is to hold the log against: what one names, and what this PC saw last.
func (c *call) anchors() (list []auditlog.Anchor, err error) {
	path := c.words[0]
	if c.kept != nil && path == "." {
		path = c.kept.Path()
	}
	list = seen.Of(path)
	for _, v := range c.many["anchor"] {
		a, err := auditlog.ParseAnchor(v)
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// proof tells of one.
func (c *call) proof(p workflow.Proof) {
	word := "ok"
	if !p.Holds() {
		word = "FAILS"
	}
	fmt.Fprintf(c.out, "%2d %-5s %s\n", p.Number, word, p.Title.En)
	c.faults(p)
}

// faults tells what contradicts a proof.
func (c *call) faults(p workflow.Proof) {
	for _, f := range p.Faults {
		fmt.Fprintf(c.errOut, "proof %d: %s\n", p.Number, oneLine(f))
	}
}
