package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
	"zhanggui/reports/sheet"
)

func report(c *call) error {
	if c.flags["list"] != "" {
		for _, r := range reports.All {
			keys := make([]string, len(r.Columns))
			for i, col := range r.Columns {
				keys[i] = col.Key
			}
			params := strings.Join(slices.Concat(r.Params, r.Filters), ", ")
			if len(r.By) > 0 {
				params += " (by: " + strings.Trim(strings.Join(r.By, ", "), ", ") + ")"
			}
			fmt.Fprintf(c.out, "%s\n  parameters: %s\n  columns: %s\n", r.Name, params, strings.Join(keys, ", "))
		}
		return nil
	}
	if err := c.need(2, "report BOOK NAME"); err != nil {
		return err
	}
	r, ok := reports.ByName(c.words[1])
	if !ok {
		return usage("there is no report %q; zgctl report --list lists them", c.words[1])
	}
	for _, f := range []string{"from", "to", "as-of", "by", "party", "product", "warehouse", "account", "lot", "employee", "department"} {
		if _, given := c.flags[f]; given && !takes(r, f) {
			return usage("%s takes no --%s, only %s", r.Name, f, strings.Join(slices.Concat(r.Params, r.Filters), ", "))
		}
	}
	p := reports.Params{By: c.flags["by"], Party: c.flags["party"], Product: c.flags["product"], Warehouse: c.flags["warehouse"], Account: c.flags["account"], Lot: c.flags["lot"], Employee: c.flags["employee"], Department: c.flags["department"]}
	var err error
	if p.From, err = c.date("from"); err != nil {
		return err
	}
	if p.To, err = c.date("to"); err != nil {
		return err
	}
	if p.AsOf, err = c.date("as-of"); err != nil {
		return err
	}
	return c.look(0, func(b *workflow.Book) error {
		if err := b.Off(r.Module); err != nil {
			return err
		}
		asked, cut := r.Kept(func(col reports.Column) bool { return col.There(p) })
		each := func(f func([]string) error) error {
			return r.Each(b, p, func(row []string) error { return f(cut(row)) })
		}
		return c.render(b, asked, p, each)
	})
}

// takes tells whether a report has the parameter; one that covers a span or a day also takes the other way to say it.
func takes(r *reports.Report, param string) bool {
	for _, p := range slices.Concat(r.Params, r.Filters) {
		if p == param || p == "as-of" && param == "to" || p == "to" && param == "as-of" {
			return true
		}
	}
	return false
}

// rowsOf gives rows one after the other.
type rowsOf func(f func(row []string) error) error

func (c *call) render(b *workflow.Book, r *reports.Report, p reports.Params, each rowsOf) error {
	l := b.Settings().Lang
	format := c.flags["format"]
	path := c.flags["o"]
	if format == "" && path != "" {
		format = strings.TrimPrefix(strings.ToLower(path[strings.LastIndex(path, ".")+1:]), ".")
	}
	switch format {
	case "json":
		return c.written(path, func(w io.Writer) error { return streamJSON(w, r, each) })
	case "csv":
		head := make([]string, len(r.Columns))
		for i, col := range r.Columns {
			head[i] = col.Key
		}
		return c.written(path, func(w io.Writer) error {
			if path != "" { // a file's mark is nothing for a pipe
				io.WriteString(w, "\ufeff")
			}
			return sheet.StreamCSV(w, head, each)
		})
	case "xlsx":
		if path == "" {
			return usage("say where to: -o FILE.xlsx")
		}
		if !strings.EqualFold(filepath.Ext(path), ".xlsx") {
			return usage("%s: the file ends in .xlsx", path)
		}
		return c.written(path, func(w io.Writer) error { return streamXLSX(w, r, l, each) })
	case "pdf", "", "table":
		var rows [][]string
		if err := each(func(row []string) error {
			rows = append(rows, row)
			return nil
		}); err != nil {
			return err
		}
		if format == "pdf" {
			return printReport(path, b, r, p, rows)
		}
		return c.written(path, func(w io.Writer) error {
			to := *c
			to.out = w
			to.table(l, r, rows)
			return nil
		})
	}
	return usage("--format is table, csv, json, xlsx or pdf")
}

// table prints aligned columns with totals, for people; unit costs are rounded to what the eye takes in.
func (c *call) table(l text.Lang, r *reports.Report, rows [][]string) {
	head := make([]string, len(r.Columns))
	for i, col := range r.Columns {
		head[i] = col.Title.In(l)
	}
	all := [][]string{head}
	for _, x := range rows {
		x = slices.Clone(x)
		for i, v := range x {
			if p, err := num.ParsePrice(v); err == nil && v != "" && r.Columns[i].Type == slip.TypePrice {
				x[i] = p.Short()
			}
		}
		all = append(all, x)
	}
	if len(rows) > 0 {
		all = append(all, r.Totals(rows))
	}
	width := make([]int, len(head))
	for _, x := range all {
		for i, v := range x {
			width[i] = max(width[i], cells(v))
		}
	}
	for _, x := range all {
		var b strings.Builder
		for i, v := range x {
			pad := strings.Repeat(" ", width[i]-cells(v))
			if r.Columns[i].Type == 0 || r.Columns[i].Type == 1 {
				b.WriteString(v + pad)
			} else {
				b.WriteString(pad + v)
			}
			b.WriteString("  ")
		}
		fmt.Fprintln(c.out, strings.TrimRight(b.String(), " "))
	}
}

// cells is the width on a terminal: Chinese characters take two.
func cells(s string) int {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if r >= 0x1100 {
			n++
		}
	}
	return n
}
