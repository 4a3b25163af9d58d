// Package salvage makes a new book of what a damaged one still says, by the program's own rules. It asks the damaged book and has the
// use cases of workflow fill the new one; it opens no transaction of its own.
package salvage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

// Outcome says what of a damaged book stands in the new one, and what is missing or doubtful in it (rule 7.8).
type Outcome struct {
	Saved   map[string]int `json:"saved"` // by master type, and slips
	Missing []Missing      `json:"missing"`
}

// Missing is one thing that could not be saved as it was. What is a kind of record or "slip", Key its code or number.
type Missing struct {
	What string `json:"what"`
	Key  string `json:"key"`
	Why  string `json:"why"`
}

func (s *Outcome) miss(what, key, why string, args ...any) {
	m := Missing{what, key, fmt.Sprintf(why, args...)}
	if !slices.Contains(s.Missing, m) {
		s.Missing = append(s.Missing, m)
	}
}

// Book makes a new book at dest of what can still be read of a damaged one, by the program's own rules: masters, openings, then slips in
// the order of their places, audited ones audited again under their own numbers. A slip that cannot be read whole stands in it as void,
// one that can no longer be audited as a draft. The damaged file is only read. A dest that exists, and a file of which nothing can be
// read, are refused.
func Book(damaged, dest string) (s Outcome, err error) {
	return Until(context.Background(), damaged, dest, func(text.Text) {})
}

// Until is Book that tells each step as it begins, and leaves nothing where ctx is cancelled before the new book has its name.
func Until(ctx context.Context, damaged, dest string, step func(text.Text)) (s Outcome, err error) {
	if _, err := os.Lstat(dest); err == nil {
		return s, fault.New(fault.Refused, "文件已存在：%s", "%s exists already", dest)
	}
	dir, err := os.MkdirTemp("", "zhanggui-salvage")
	if err != nil {
		return s, err
	}
	scratch := filepath.Join(dir, "read.zg")
	var lost []store.Lost
	var doubts []store.Doubt
	step(text.T("读取损坏的账套", "reading the damaged book"))
	read := fault.Go(func() (err error) {
		lost, doubts, err = store.Rescue(damaged, scratch)
		return err
	})
	select {
	case err = <-read:
		defer os.RemoveAll(dir)
	case <-ctx.Done(): // reading goes on beside for what is left of it, and tidies up
		fault.Go(func() error { return errors.Join(<-read, os.RemoveAll(dir)) })
		return s, ctx.Err()
	}
	if err != nil {
		return s, unreadable(damaged, err)
	}
	codes, numbers := store.Keys(damaged, scratch)
	old, err := workflow.Open(scratch)
	if err != nil {
		return s, unreadable(damaged, err)
	}
	defer old.Close()
	part := filepath.Join(dir, "new.zg")
	w := &salvage{ctx: ctx, step: step, old: old, codes: codes, numbers: numbers, lost: lost, doubts: doubts, s: Outcome{Saved: map[string]int{}}}
	err = w.run(part, dest)
	return w.s, err
}

// unreadable says that there is nothing to be saved, unless the disk or the path has a word of its own.
func unreadable(path string, err error) error {
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Refused) {
		return err
	}
	return fault.New(fault.Refused, "%s 中没有可以读出的内容，或不是账套", "nothing can be read of %s, or it is no book", path)
}

// salvage is one such work.
type salvage struct {
	ctx     context.Context
	step    func(text.Text)
	old, b  *workflow.Book
	codes   map[string][]string
	numbers []string
	lost    []store.Lost
	doubts  []store.Doubt
	s       Outcome
}

func (w *salvage) run(path, dest string) error {
	set := w.old.Settings()
	if set.Start == 0 || set.Check() != nil {
		w.s.miss("setting", "", "the company's settings cannot be read; defaults stand")
		set = workflow.Settings{Company: set.Company, Start: w.firstMonth()}
	}
	closed, turns := set.Closed, set.Turns
	set.Closed, set.Turns = 0, nil
	b, err := workflow.Create(path, set)
	if err != nil {
		return err
	}
	w.b = b
	if err = w.fill(closed, turns); err == nil {
		err = b.Backup(dest)
	}
	return errors.Join(err, b.Close())
}

// fill lays masters, slips and closed months into the new book, and proves it.
func (w *salvage) fill(closed text.Date, turns []workflow.Turn) error {
	w.step(text.T("资料", "standing data"))
	if err := w.masters(); err != nil {
		return err
	}
	for _, t := range turns {
		if err := w.b.ChangeCosting(t.To, t.From); err != nil {
			w.s.miss("setting", "costing", "%v", err)
		}
	}
	w.step(text.T("单据", "slips"))
	if err := w.slips(); err != nil {
		return err
	}
	if closed != 0 {
		if err := w.b.ClosePeriod(closed.Month()); err != nil {
			w.s.miss("setting", "closed", "%s could not be closed again: %v", closed.Month(), err)
		}
	}
	for _, d := range w.doubts {
		w.s.miss(d.What, d.Key, "doubtful: it was read from a page that is not what was written")
	}
	for _, l := range w.lost {
		if len(l.Keys) == 0 && (l.Table == "setting" || l.Table == "desk") {
			w.s.miss(l.Table, "", "cannot be read whole")
		}
	}
	w.step(text.T("核对新账套", "proving the new book"))
	proofs, err := w.b.Prove(w.ctx, nil)
	if err != nil {
		return err
	}
	for _, p := range proofs {
		if !p.Holds() {
			return fault.New(fault.Damaged, "抢救出的账套核对不平：%s", "the salvaged book does not verify: %s", p.Title)
		}
	}
	return nil
}

// firstMonth is the month of the oldest slip that can be read.
func (w *salvage) firstMonth() (m text.Month) {
	ids, _ := w.old.DB.SlipOrder()
	for _, id := range ids {
		if d, err := w.slip(id); err == nil && d.Date != 0 {
			return d.Date.Month()
		}
	}
	return 0
}

// masters lays every type in, those that refer to others after them.
func (w *salvage) masters() error {
	waiting := slices.Clone(master.All)
	for len(waiting) > 0 {
		var left []*master.Type
		for _, t := range waiting {
			if err := w.ctx.Err(); err != nil {
				return err
			}
			if err := w.importType(t, false); len(fault.Of(err)) > 0 {
				left = append(left, t)
			} else if err != nil {
				return err
			}
		}
		if len(left) == len(waiting) { // nothing goes by itself any more: what cannot be referred to is left out
			if err := w.importType(left[0], true); err != nil {
				return err
			}
			left = left[1:]
		}
		waiting = left
	}
	for typ, codes := range w.codes {
		for _, code := range codes {
			if _, ok := w.b.Masters().Find(typ, code); !ok {
				w.s.miss(typ, code, "the record cannot be read")
			}
		}
	}
	for _, t := range master.All {
		if n := len(w.b.Masters().List(t.Code)); n > 0 {
			w.s.Saved[t.Code] = n
		}
	}
	return nil
}

// importType lays the records of a type in; reduced, without the fields and then the records that are refused.
func (w *salvage) importType(t *master.Type, reduced bool) error {
	if t == master.GL {
		return w.accounts()
	}
	if w.old.Off(t.Module) != nil {
		return nil
	}
	table, _, err := exchange.Export(w.old, t.Code)
	if err != nil || len(table.Rows) == 0 {
		return err
	}
	for {
		_, err := exchange.Import(w.b, t.Code, table, false)
		list := fault.Of(err)
		if err == nil || !reduced || len(list) == 0 {
			return err
		}
		gone := map[int]bool{}
		for _, f := range list {
			w.reduce(t, table, f, gone)
		}
		table.Rows = slices.DeleteFunc(table.Rows, func(r exchange.Row) bool { return gone[r.Line] })
		if len(table.Rows) == 0 {
			return nil
		}
	}
}

// reduce takes out of a table what a fault is about: the field, where a record can do without it, else the record.
func (w *salvage) reduce(t *master.Type, table *exchange.Table, f *fault.Fault, gone map[int]bool) {
	for i := range table.Rows {
		r := &table.Rows[i]
		if r.Line != f.Row {
			continue
		}
		key := strings.Join(slices.DeleteFunc([]string{cell(table, r, "code"), cell(table, r, "product"), cell(table, r, "warehouse")}, func(s string) bool { return s == "" }), " ")
		at := slices.Index(table.Header, f.Field)
		field, ok := t.Field(f.Field)
		if ok && at >= 0 && at < len(r.Cells) && !field.Required && r.Cells[at] != "" {
			w.s.miss(t.Code, key, "%s %q is left out: %s", f.Field, r.Cells[at], f.Text.En)
			r.Cells[at] = ""
			return
		}
		gone[r.Line] = true
		w.s.miss(t.Code, key, "%s", f.Text.En)
	}
}

func cell(t *exchange.Table, r *exchange.Row, column string) string {
	if i := slices.Index(t.Header, column); i >= 0 && i < len(r.Cells) {
		return r.Cells[i]
	}
	return ""
}

// accounts gives the chart of accounts what the damaged book had of its own.
func (w *salvage) accounts() error {
	for _, r := range w.old.Masters().List(master.GL.Code) {
		own, ok := w.b.Masters().Find(master.GL.Code, r.Code())
		if ok && maps.Equal(own.Values, r.Values) {
			continue
		}
		fresh := &master.Record{Type: master.GL, Values: maps.Clone(r.Values)}
		if ok {
			fresh.ID = own.ID
		}
		if err := w.b.SaveMaster(fresh); len(fault.Of(err)) > 0 {
			w.s.miss(master.GL.Code, r.Code(), "%v", err)
		} else if err != nil {
			return err
		}
	}
	return nil
}

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
				x.audit = "no"
				w.s.miss("slip", x.number, "stands as a draft: %s", f.Text.En)
			case "no":
				x.audit = string(slip.Void)
				w.s.miss("slip", x.number, "stands as void: %s", f.Text.En)
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
	for _, id := range ids {
		d, err := w.slip(id)
		if err != nil {
			continue // its number shows as missing
		}
		k, ok := kinds.ByCode(d.Kind)
		if !ok || d.Date == 0 {
			continue
		}
		if known[d.Number] = true; k.Hidden { // the program makes it again
			continue
		}
		x := &salvaged{number: d.Number, gross: d.Gross}
		for _, cells := range exchange.SlipRows(columns, k, d) {
			x.rows = append(x.rows, exchange.Row{Cells: cells})
		}
		x.audit = x.rows[0].Cells[slices.IndexFunc(columns, func(f slip.Field) bool { return f.Key == "audit" })]
		if why := torn(k, d); why != "" && d.Status != slip.Void {
			x.audit = string(slip.Void)
			w.s.miss("slip", d.Number, "stands as void: %s", why)
		}
		list = append(list, x)
	}
	return append(w.blanks(columns, known), list...), nil
}

// torn says why a slip was not read whole; empty: nothing speaks against it.
func torn(k *slip.Kind, d *slip.Doc) string {
	var gross num.Amount
	for i, l := range d.Lines {
		if l.No != i+1 {
			return fmt.Sprintf("line %d cannot be read", i+1)
		}
		gross += l.Gross
	}
	if k.Taxed && gross != d.Gross {
		return fmt.Sprintf("its lines come to %s, its total is %s", gross, d.Gross)
	}
	if k.Goods() && len(d.Lines) == 0 {
		return "its lines cannot be read"
	}
	return ""
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
				w.s.miss("slip", number, "stands as void: nothing of it can be read")
				delete(missing, number)
			}
		}
	}
	for number, is := range missing {
		if is && !ownVoucher(number) {
			w.s.miss("slip", number, "nothing of it can be read")
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
			w.s.miss("slip", x.number, "it has another number now")
		} else if d.Gross != x.gross {
			w.s.miss("slip", x.number, "doubtful: its total was %s and comes to %s", x.gross, d.Gross)
		}
	}
	return nil
}
