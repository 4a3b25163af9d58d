package print

import (
	"bytes"
	"cmp"
	"io"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
	"zhanggui/reports/paper"
)

// Report prints the rows of a report as a plain table on A4: upright while it fits and has few columns, else landscape.
func Report(b *workflow.Book, r *reports.Report, p reports.Params, rows []reports.Row, l text.Lang) ([]byte, error) {
	var out bytes.Buffer
	err := StreamReport(&out, b, r, p, func(f func(reports.Row) error) error {
		for _, row := range rows {
			if err := f(row); err != nil {
				return err
			}
		}
		return nil
	}, l)
	return out.Bytes(), err
}

// nearRows is how many rows of a report are in memory; those behind them lie in a file until the report is printed.
const nearRows = 5000

// StreamReport writes a Report of rows that are given one after the other.
func StreamReport(w io.Writer, b *workflow.Book, r *reports.Report, p reports.Params, each func(f func(reports.Row) error) error, l text.Lang) error {
	r, cut := r.Kept(func(c reports.Column) bool { return c.Seen(p) })
	said, err := parameters(b, r, l, p)
	if err != nil {
		return err
	}
	t := &paper.Table{Lang: l, Company: companyOf(b), Title: r.Title.In(l),
		Parameters: said, Landscape: len(r.Columns) > 7, Print: paper.Print{Count: 1, At: b.Now(), By: text.Person(b.User, b.Users(), l)}}
	for _, col := range r.Columns {
		k := paper.Words
		switch {
		case col.Type == slip.TypeDate:
			k = paper.Centre
		case (slip.Field{Type: col.Type}).Numeric():
			k = paper.Figure
		}
		t.Columns = append(t.Columns, paper.Column{Key: paper.Key(col.Key), Title: col.Title.In(l), Kind: k})
	}
	var far files.Pile
	defer far.Close()
	add := func(row paper.Row) error {
		if len(t.Rows) < nearRows {
			t.Rows = append(t.Rows, row)
			return nil
		}
		bold := 0
		if row.Bold {
			bold = 1
		}
		return far.Add(bold, row.Cells)
	}
	sums := r.Sums()
	err = each(func(row reports.Row) error {
		row = cut(row)
		sums.Add(row)
		return add(paper.Row{Cells: shown(b, r, p, l, row)})
	})
	if err != nil {
		return err
	}
	if len(t.Rows) > 0 && r.Adds() {
		total := shown(b, r, p, l, sums.Cells())
		if total[0] == "" {
			total[0] = text.T("合计", "Total").In(l)
		}
		if err := add(paper.Row{Cells: total, Bold: true}); err != nil {
			return err
		}
	}
	t.More = func(f func(paper.Row) error) error {
		return far.Each(func(bold int, cells []string) error { return f(paper.Row{Cells: cells, Bold: bold == 1}) })
	}
	err = paper.Write(w, t)
	if fault.Is(err, fault.Invalid) && !t.Landscape {
		t.Landscape = true
		err = paper.Write(w, t) // nothing is written before all columns have their room
	}
	return err
}

// shown are a row's cells as the paper says them, a code with its name where no column says that.
func shown(b *workflow.Book, r *reports.Report, p reports.Params, l text.Lang, cells reports.Row) []string {
	out := make([]string, len(cells))
	for i, v := range cells {
		c := r.Columns[i]
		if name := r.Named(b, l, p.By, i, v.String()); name != "" {
			out[i] = v.String() + " " + name
			continue
		}
		if out[i] = cmp.Or(r.NameOf(b, l, p.By, i, cells), c.Shown(l, v)); c.Blank && reports.Nothing(v) {
			out[i] = ""
		}
		out[i] = r.Indent(i, cells) + out[i]
	}
	return out
}

// parameters as the paper says them.
func parameters(b *workflow.Book, r *reports.Report, l text.Lang, p reports.Params) ([]string, error) {
	if p.AsOf == 0 && p.To == 0 && r.Takes("as-of") {
		last, err := b.LastDay()
		if err != nil {
			return nil, err
		}
		p.AsOf = max(last, b.Today())
	}
	var out []string
	for _, x := range r.Said(b, l, p) {
		out = append(out, text.Tf("%s：%s", "%s: %s", x[0], x[1]).In(l))
	}
	return out, nil
}
