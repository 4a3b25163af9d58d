package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
	"zhanggui/reports/paper"
	"zhanggui/reports/print"
)

// printSlips writes slips as one PDF, or sends them to a printer, and counts the print.
func printSlips(c *call) error {
	if err := c.need(2, "print BOOK NUMBER... -o FILE.pdf"); err != nil {
		return err
	}
	path, printer := c.flags["o"], c.flags["printer"]
	if path == "" && printer == "" || path != "" && !strings.EqualFold(filepath.Ext(path), ".pdf") {
		return usage("say where to: -o FILE.pdf")
	}
	copies := 1
	if v, ok := c.flags["copies"]; ok {
		n, err := strconv.Atoi(v)
		if err != nil {
			return usage("--copies: %q is not a number", v)
		}
		copies = n
	}
	opt := print.Options{Paper: c.flags["paper"], As: c.flags["as"], Lang: text.Lang(c.flags["lang"]), Each: c.flags["each"] != ""}
	if p, ok := c.flags["plies"]; ok {
		opt.Plies = strings.Split(p, ",")
	}
	numbers := c.words[1:]
	return c.book(0, func(b *workflow.Book) error {
		pdf, err := print.Slip(b, numbers, opt)
		if err != nil {
			return err
		}
		if path != "" {
			if err := os.WriteFile(path, pdf, 0o644); err != nil {
				return usage("cannot write %s", path)
			}
		}
		if printer != "" {
			if err := print.Send(pdf, printer, copies, opt.Paper); err != nil {
				return err
			}
		}
		return print.Printed(b, numbers, opt)
	})
}

// printReport writes a report as a plain table on A4: upright while it fits and has few columns, else landscape.
func printReport(path string, b *workflow.Book, r *reports.Report, p reports.Params, rows [][]string) error {
	if path == "" {
		return usage("say where to: -o FILE.pdf")
	}
	s := b.Settings()
	t := &paper.Table{Lang: s.Lang, Company: paper.Company{Name: s.Company, Address: s.Address, Phone: s.Phone}, Title: r.Title.In(s.Lang),
		Parameters: printed(s.Lang, p), Landscape: len(r.Columns) > 7, Print: paper.Print{Count: 1, At: b.Now(), By: b.User}}
	for _, col := range r.Columns {
		k := paper.Words
		switch {
		case col.Type == slip.TypeDate:
			k = paper.Centre
		case (slip.Field{Type: col.Type}).Numeric():
			k = paper.Figure
		}
		t.Columns = append(t.Columns, paper.Column{Key: paper.Key(col.Key), Title: col.Title.In(s.Lang), Kind: k})
	}
	for _, x := range rows {
		t.Rows = append(t.Rows, paper.Row{Cells: onPaper(r, s.Lang, x)})
	}
	if len(rows) > 0 {
		total := onPaper(r, s.Lang, r.Totals(rows))
		if total[0] == "" {
			total[0] = text.T("合计", "Total").In(s.Lang)
		}
		t.Rows = append(t.Rows, paper.Row{Cells: total, Bold: true})
	}
	pdf, err := paper.PDF(t)
	if fault.Is(err, fault.Invalid) && !t.Landscape {
		t.Landscape = true
		pdf, err = paper.PDF(t)
	}
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, pdf, 0o644); err != nil {
		return usage("cannot write %s", path)
	}
	return nil
}

// printed are the parameters as the paper says them.
func printed(l text.Lang, p reports.Params) []string {
	var out []string
	add := func(label text.Text, v string) {
		if v == "" {
			return
		}
		mark := "："
		if l == text.En {
			mark = ": "
		}
		out = append(out, label.In(l)+mark+v)
	}
	add(text.T("自", "From"), p.From.String())
	add(text.T("至", "To"), p.To.String())
	add(text.T("截至", "As of"), p.AsOf.String())
	add(text.T("分组", "By"), p.By)
	add(text.T("往来单位", "Party"), p.Party)
	add(text.T("商品", "Product"), p.Product)
	add(text.T("仓库", "Warehouse"), p.Warehouse)
	add(text.T("账户", "Account"), p.Account)
	return out
}

// onPaper sets what papers have and files for machines have not: thousands commas, per cent, kinds by their names.
func onPaper(r *reports.Report, l text.Lang, cells []string) []string {
	out := append([]string(nil), cells...)
	for i, v := range out {
		if v == "" {
			continue
		}
		switch r.Columns[i].Type {
		case slip.TypeAmount:
			if a, err := num.ParseAmount(v); err == nil {
				out[i] = a.Grouped()
			}
		case slip.TypeQuantity:
			if q, err := num.ParseQuantity(v); err == nil {
				out[i] = q.Grouped()
			}
		case slip.TypeRate:
			if x, err := num.ParseRate(v); err == nil {
				out[i] = x.Percent()
			}
		case slip.TypeText:
			if k, ok := kinds.ByCode(v); ok && r.Columns[i].Key == "kind" {
				out[i] = k.Title.In(l)
			}
		case slip.TypePrice:
			if p, err := num.ParsePrice(v); err == nil {
				out[i] = p.Grouped()
			}
		}
	}
	return out
}
