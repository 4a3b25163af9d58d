package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"zhanggui/data/files"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
	"zhanggui/reports/sheet"
)

func report(c *call) error {
	if c.flags["list"] != "" {
		return listReports(c)
	}
	if err := c.need(2, "report BOOK NAME"); err != nil {
		return err
	}
	r, ok := reports.ByName(c.words[1])
	if mods := slip.Bringing(c.words[1]); !ok && mods != nil {
		return slip.SwitchOn(mods)
	}
	if !ok {
		return usage("there is no report %q; zgctl report --list lists them", c.words[1])
	}
	var p reports.Params
	for _, name := range slices.Sorted(maps.Keys(c.flags)) {
		x, ok := reports.ParamOf(name)
		if !ok { // how it is shown, and where to
			continue
		}
		if err := r.Refuse(name); err != nil {
			return err
		}
		if err := x.Put(&p, c.flags[name]); err != nil {
			return err
		}
	}
	return c.look(0, func(b *workflow.Book) error {
		if err := b.Off(r.Module); err != nil {
			return err
		}
		file := c.flags["o"] != "" || slices.Contains([]string{"csv", "xlsx", "pdf"}, c.flags["format"])
		if err := r.Ask(b, p, file); err != nil {
			return err
		}
		r := r.In(b)
		asked, cut := r.Kept(func(col reports.Column) bool { return col.There(p) })
		n := 0
		each := func(f func(reports.Row) error) error {
			n = 0 // a paper may go through them twice
			return r.Each(b, p, func(row reports.Row) error { n++; return f(cut(row)) })
		}
		err := c.render(b, asked, p, each)
		c.gives(r.Name, c.flags["o"], n)
		return err
	})
}

// reported is the report that the words so far ask for, so that what it does not take is refused with what it takes.
func (c *call) reported(cmd command) (*reports.Report, bool) {
	if cmd.name != "report" || len(c.words) < 2 {
		return nil, false
	}
	return reports.ByName(c.words[1])
}

// reportTold is a report as the list of them gives it to another program.
type reportTold struct {
	Code    string   `json:"code"`
	Zh      string   `json:"zh"`
	En      string   `json:"en"`
	Area    string   `json:"area"`
	Params  []string `json:"params"`
	By      []string `json:"by"`
	Columns []string `json:"columns"`
	Modules []string `json:"modules"` // none: it is always there
}

// listReports tells of every report what it takes and gives, one part of the business after the other.
func listReports(c *call) error {
	list := []reportTold{}
	for _, g := range slip.Groups {
		for _, r := range reports.All {
			if r.Area != g.Code {
				continue
			}
			x := reportTold{r.Name, r.Title.Zh, r.Title.En, string(r.Area), slices.Concat([]string{}, r.Params, r.Filters), []string{}, make([]string, len(r.Columns)), slices.Concat([]string{}, r.Module)}
			for _, way := range r.Ways() {
				if way != "" { // the default may have no name
					x.By = append(x.By, way)
				}
			}
			for i, col := range r.Columns {
				x.Columns[i] = col.Key
			}
			list = append(list, x)
		}
	}
	format, path := c.flags["format"], c.flags["o"]
	switch {
	case format == "json":
		return c.written(path, func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			return e.Encode(list)
		})
	case format != "" && format != "table":
		return usage("report --list is there as table and json, not as %s", format)
	}
	return c.written(path, func(w io.Writer) error {
		for _, x := range list {
			params := strings.Join(x.Params, ", ")
			if len(x.By) > 0 {
				params += " (by: " + strings.Join(x.By, ", ") + ")"
			}
			fmt.Fprintf(w, "%s\n  area: %s\n  parameters: %s\n  columns: %s\n", x.Code, x.Area, params, strings.Join(x.Columns, ", "))
			if len(x.Modules) > 0 {
				fmt.Fprintf(w, "  modules: %s\n", strings.Join(x.Modules, ", "))
			}
		}
		return nil
	})
}

// reportOptions are the parameters of reports as the help tells them.
func reportOptions() string {
	var b strings.Builder
	for _, x := range reports.Parameters {
		what := "C"
		if x.Day() {
			what = "D"
		}
		fmt.Fprintf(&b, "[--%s %s] ", x.Name, what)
	}
	return b.String()
}

// rowsOf gives rows one after the other.
type rowsOf func(f func(row reports.Row) error) error

func gathered(each rowsOf) (rows []reports.Row, err error) {
	err = each(func(row reports.Row) error {
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

func (c *call) render(b *workflow.Book, r *reports.Report, p reports.Params, each rowsOf) error {
	l := b.Settings().Lang
	format := c.flags["format"]
	path := c.flags["o"]
	if format == "" && path != "" {
		format = strings.TrimPrefix(strings.ToLower(path[strings.LastIndex(path, ".")+1:]), ".")
	}
	if r.Wide(p) && format != "json" && format != "csv" { // for people
		rows, err := gathered(each)
		if err != nil {
			return err
		}
		r, rows = r.Laid(b, p, rows)
		each = func(f func(reports.Row) error) error {
			for _, row := range rows {
				if err := f(row); err != nil {
					return err
				}
			}
			return nil
		}
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
			return sheet.StreamCSV(w, head, func(f func([]string) error) error {
				return each(func(row reports.Row) error { return f(row.Texts()) })
			})
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
		if r.Name == reports.PartyStatement.Name && format == "pdf" {
			return printStatement(path, b, p)
		}
		if format == "pdf" {
			return printReport(path, b, r, p, each)
		}
		return c.written(path, func(w io.Writer) error { return streamTable(w, l, r, each) })
	}
	return usage("--format is table, csv, json, xlsx or pdf")
}

// streamTable prints aligned columns with totals, for people: kinds, sides and statuses in words, unit costs rounded to what the eye takes in.
// The lines wait in a file until the widest is known.
func streamTable(w io.Writer, l text.Lang, r *reports.Report, each rowsOf) error {
	var lines files.Pile
	defer lines.Close()
	width := make([]int, len(r.Columns))
	add := func(line []string) error {
		for i, v := range line {
			width[i] = max(width[i], cells(v))
		}
		return lines.Add(0, line)
	}
	head := make([]string, len(r.Columns))
	for i, col := range r.Columns {
		head[i] = col.Title.In(l)
	}
	if err := add(head); err != nil {
		return err
	}
	sums := r.Sums()
	err := each(func(x reports.Row) error {
		sums.Add(x)
		line := r.Words(l, x)
		for i, v := range x {
			if p, ok := v.(num.Price); ok {
				line[i] = p.Short()
			}
		}
		return add(line)
	})
	if err == nil && lines.Len() > 1 && r.Adds() {
		err = add(sums.Cells().Texts())
	}
	if err != nil {
		return err
	}
	var b strings.Builder
	return lines.Each(func(_ int, line []string) error {
		b.Reset()
		for i, v := range line {
			pad := strings.Repeat(" ", width[i]-cells(v))
			if r.Columns[i].Type == 0 || r.Columns[i].Type == 1 {
				b.WriteString(v + pad)
			} else {
				b.WriteString(pad + v)
			}
			b.WriteString("  ")
		}
		_, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
		return err
	})
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
