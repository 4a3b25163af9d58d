package salvage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

// slip reads one of the damaged book; whatever its rows make the reading do, the work goes on.
func (w *salvage) slip(id int64) (d *slip.Doc, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("slip %d: %v", id, r)
		}
	}()
	if d, err = w.old.DB.Slip(id); err == nil && d == nil {
		err = fmt.Errorf("slip %d is gone", id)
	}
	return d, err
}

// salvaged is a slip on its way into the new book.
type salvaged struct {
	number string
	rows   []exchange.Row
	gross  num.Amount
	audit  string // yes, no, void, closed: how it is to stand
	why    text.Text
}

// stands notes as what a slip stands in the new book, and why; of several reasons the last.
func (x *salvaged) stands(audit string, why text.Text) {
	x.audit = audit
	if audit == "no" {
		x.why = text.Tf("成为草稿：%s", "stands as a draft: %s", why)
	} else {
		x.why = text.Tf("成为作废单：%s", "stands as void: %s", why)
	}
}

// slips lays the slips in as one table, so that all numbers are known together; what is refused as it was stands as a draft, then as void.
func (w *salvage) slips() error {
	columns := exchange.SlipColumns(w.old)
	table := &exchange.Table{Name: "slips"}
	for _, f := range columns {
		table.Header = append(table.Header, f.Key)
	}
	list, err := w.readSlips(columns)
	if err != nil {
		return err
	}
	audit := slices.Index(table.Header, "audit")
	for {
		of := map[int]*salvaged{}
		table.Rows = nil
		for _, x := range list {
			for _, r := range x.rows {
				r.Line = len(table.Rows) + 2
				r.Cells = slices.Clone(r.Cells)
				r.Cells[audit] = x.audit
				table.Rows = append(table.Rows, r)
				of[r.Line] = x
			}
		}
		if len(table.Rows) == 0 {
			return nil
		}
		done, err := exchange.ImportUntil(w.ctx, w.b, "slips", []*exchange.Table{table}, false)
		res := done[0]
		if err == nil {
			w.s.Saved["slips"] = res.Slips
			for _, x := range list {
				if x.why != (text.Text{}) {
					w.s.miss("slip", x.number, x.why)
				}
			}
			return w.compare(list)
		}
		faults := fault.Of(err)
		if len(faults) == 0 {
			return err
		}
		again := map[*salvaged]bool{}
		for _, f := range faults {
			x := of[f.Row]
			if x == nil || again[x] {
				continue
			}
			again[x] = true
			switch x.audit {
			case "yes", "closed":
				x.stands("no", f.Text)
			case "no":
				x.stands(string(slip.Void), f.Text)
			default:
				x.rows = bare(columns, x.rows)
			}
		}
		if len(again) == 0 {
			return err
		}
	}
}

// bare is what is left of a slip that is refused even as void: its kind, number and day.
func bare(columns []slip.Field, rows []exchange.Row) []exchange.Row {
	if len(rows) == 0 {
		return nil
	}
	full := rows[0].Cells
	cells, said := make([]string, len(columns)), false
	for i, f := range columns {
		switch f.Key {
		case "kind", "number", "date", "audit":
			cells[i] = full[i]
		default:
			said = said || full[i] != ""
		}
	}
	if !said { // not even that is taken
		return nil
	}
	return []exchange.Row{{Cells: cells}}
}

// readSlips reads the slips in the order of their places, and puts void ones in for numbers of which nothing is left.
func (w *salvage) readSlips(columns []slip.Field) (list []*salvaged, err error) {
	ids, err := w.old.DB.SlipOrder()
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	var docs []*slip.Doc
	for _, id := range ids {
		d, err := w.slip(id)
		if err != nil {
			continue // its number shows as missing
		}
		k, ok := kinds.ByCode(d.Kind)
		if !ok || d.Date == 0 {
			continue
		}
		if known[d.Number] = true; !k.Hidden { // the program makes it again
			docs = append(docs, d)
		}
	}
	audit := slices.IndexFunc(columns, func(f slip.Field) bool { return f.Key == "audit" })
	e := w.evidenceOf(docs)
	for _, d := range docs {
		k, _ := kinds.ByCode(d.Kind)
		gap, torn := w.torn(k, d)
		if !torn {
			w.mended(k, d, e)
		}
		x := &salvaged{number: d.Number, gross: d.Gross}
		for _, cells := range exchange.SlipRows(columns, k, d) {
			x.rows = append(x.rows, exchange.Row{Cells: cells})
		}
		x.audit = x.rows[0].Cells[audit]
		if torn && d.Status != slip.Void {
			x.stands(string(slip.Void), gap)
		}
		list = append(list, x)
	}
	return append(w.blanks(columns, known), list...), nil
}

// torn says why a slip was not read whole: lines of it are missing. Where all lines of the book could be read its total is only doubtful.
func (w *salvage) torn(k *slip.Kind, d *slip.Doc) (why text.Text, torn bool) {
	var gross num.Amount
	for i, l := range d.Lines {
		if l.No != i+1 {
			return text.Tf("第 %d 行读不出", "line %d cannot be read", i+1), true
		}
		gross += l.Gross
	}
	switch {
	case k.Goods() && len(d.Lines) == 0:
		return text.T("明细行读不出", "its lines cannot be read"), true
	case k.Taxed && gross != d.Gross && slices.ContainsFunc(w.lost, func(l store.Lost) bool { return l.Table == "slip_line" }):
		if c, ok := reckoned(k, d); !ok || c.Gross != d.Gross {
			return text.Tf("各行合计 %s，单据合计 %s", "its lines come to %s, its total is %s", gross, d.Gross), true
		}
	}
	return why, false
}

// blanks are void slips for the numbers in a row, and those an index still knows, of which nothing can be read.
func (w *salvage) blanks(columns []slip.Field, known map[string]bool) (list []*salvaged) {
	last := map[string]int{}
	missing := map[string]bool{}
	for number := range known {
		w.widen(number, last)
	}
	for _, number := range w.numbers {
		w.widen(number, last)
		missing[number] = !known[number]
	}
	counters, _ := w.old.DB.Counters() // what of them can be read: the last number of a month may be lost with its slip
	for _, c := range counters {
		const believed = 1000 // beyond the last number that is known; a damaged counter may say anything
		k, ok := kinds.ByCode(c.Kind)
		if !ok || c.Last <= 0 {
			continue
		}
		if number := workflow.FormatNumber(k, c.Month, c.Last); c.Last <= last[number[:strings.LastIndex(number, "-")]]+believed {
			w.widen(number, last)
		}
	}
	for _, k := range kinds.All {
		for key, n := range last {
			prefix, month, _ := strings.Cut(key, "-")
			if prefix != k.Prefix {
				continue
			}
			m, _ := text.ParseMonth(month[:4] + "-" + month[4:])
			for i := 1; i <= n; i++ {
				number := workflow.FormatNumber(k, m, i)
				if known[number] || k.Hidden {
					continue
				}
				cells := make([]string, len(columns))
				for c, f := range columns {
					cells[c] = map[string]string{"kind": k.Code, "number": number, "date": m.First().String(), "audit": string(slip.Void)}[f.Key]
				}
				list = append(list, &salvaged{number: number, rows: []exchange.Row{{Cells: cells}}, audit: string(slip.Void)})
				w.s.miss("slip", number, text.T("成为作废单：内容全部读不出", "stands as void: nothing of it can be read"))
				delete(missing, number)
			}
		}
	}
	for number, is := range missing {
		if is && !ownVoucher(number) {
			w.s.miss("slip", number, text.T("内容全部读不出", "nothing of it can be read"))
		}
	}
	slices.SortFunc(list, func(a, b *salvaged) int { return cmp.Compare(a.number, b.number) })
	return list
}

// ownVoucher tells whether a number is one of the vouchers the program makes by itself.
func ownVoucher(number string) bool {
	return slices.ContainsFunc(kinds.All, func(k *slip.Kind) bool { return k.Hidden && strings.HasPrefix(number, k.Prefix) })
}

// widen notes how far the sequence of a number of the program's own form goes.
func (w *salvage) widen(number string, last map[string]int) {
	if k, n, ok := kindOfNumber(number); ok {
		key := number[:strings.LastIndex(number, "-")]
		if k != nil {
			last[key] = max(last[key], n)
		}
	}
}

// kindOfNumber tells whose number of the program's own form it is, and its place in the sequence.
func kindOfNumber(number string) (*slip.Kind, int, bool) {
	for _, k := range kinds.All {
		if m, n, ok := workflow.ParseNumber(k, number); ok && workflow.FormatNumber(k, m, n) == number {
			return k, n, true
		}
	}
	return nil, 0, false
}

// compare names the slips whose total the program works out otherwise than the damaged book had it.
func (w *salvage) compare(list []*salvaged) error {
	for _, x := range list {
		if x.audit == string(slip.Void) || len(x.rows) == 0 {
			continue
		}
		id, err := w.b.DB.SlipID(x.number)
		if err != nil {
			return err
		}
		d, err := w.b.DB.Slip(id)
		if err != nil {
			return err
		}
		if d == nil {
			w.s.miss("slip", x.number, text.T("单号已变", "it has another number now"))
		} else if d.Gross != x.gross {
			w.s.miss("slip", x.number, text.Tf("可疑：合计原为 %s，重算为 %s", "doubtful: its total was %s and comes to %s", x.gross, d.Gross))
		}
	}
	return nil
}
