// Package salvage makes a new book of what a damaged one still says, by the program's own rules. It asks the damaged book and has the
// use cases of workflow fill the new one; it opens no transaction of its own.
//
//	salvage.go  the work and its outcome: settings, standing data, proofs
//	slips.go    slips in their places, and void ones for what is gone
//	people.go   users with their hashes, roles, chains of approval and what was done by them
//	mend.go     a number that was hit, known by the others
package salvage

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/master"
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
	What string
	Key  string
	Why  text.Text
}

// MarshalJSON writes the reason as the console says it.
func (m Missing) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		What string `json:"what"`
		Key  string `json:"key"`
		Why  string `json:"why"`
	}{m.What, m.Key, m.Why.En})
}

func (s *Outcome) miss(what, key string, why text.Text) {
	if m := (Missing{what, key, why}); !slices.Contains(s.Missing, m) {
		s.Missing = append(s.Missing, m)
	}
}

// wordsOf are those of an error: a fault's own, in both languages.
func wordsOf(err error) text.Text {
	if list := fault.Of(err); len(list) > 0 {
		return list[0].Text
	}
	return text.T(err.Error(), err.Error())
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
		return s, files.Unwritten(os.TempDir(), err)
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
	old = workflow.Steps{Book: old}.Free().Book // whoever saves the book sees all of it
	part := filepath.Join(dir, "new.zg")
	w := &salvage{ctx: ctx, step: step, old: old, codes: codes, numbers: numbers, lost: lost, doubts: doubts, s: Outcome{Saved: map[string]int{}},
		doubtful: map[string]bool{}, agrees: map[string]bool{}, named: map[string]bool{}}
	for _, d := range doubts {
		if d.What == "slip" {
			w.doubtful[d.Key] = true
		}
	}
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

	doubtful map[string]bool // slips read from a page that is not what was written
	agrees   map[string]bool // those of them whose figures agree with each other
	named    map[string]bool // those of which the figure is told
}

func (w *salvage) run(path, dest string) error {
	set := w.old.Settings()
	if set.Start == 0 || set.Check() != nil {
		set = w.settings(set)
	}
	closed, turns := set.Closed, set.Turns
	set.Closed, set.Turns = 0, nil
	b, err := workflow.Create(path, set)
	if err != nil {
		return err
	}
	w.b = b
	if err = w.fill(closed, turns); err == nil {
		err = workflow.Steps{Book: b}.Free().Backup(dest)
	}
	return errors.Join(err, b.Close())
}

// settings are those that can be read, with defaults for the others.
func (w *salvage) settings(set workflow.Settings) workflow.Settings {
	own := set
	for _, x := range workflow.Declared {
		v := own.Get(x.Key)
		if _, err := x.Read(v); v != "" && err != nil {
			own.Put(x.Key, x.Default)
			w.s.miss("setting", x.Key, text.Tf("读出为“%s”，不可用，已按默认值", "it reads %q, which it cannot be; the default stands", text.Short(v)))
		}
	}
	if own.Start == 0 {
		own.Start = w.firstMonth()
		w.s.miss("setting", "start", text.Tf("读不出，按最早的单据取 %s", "it cannot be read; %s stands, the month of the oldest slip", own.Start))
	}
	if own.Check() == nil {
		return own
	}
	w.s.miss("setting", "", text.T("公司设置读不出，已按默认值", "the company's settings cannot be read; defaults stand"))
	return workflow.Settings{Company: set.Company, Start: own.Start}
}

// fill lays masters, slips and closed months into the new book, and proves it.
func (w *salvage) fill(closed text.Date, turns []workflow.Turn) error {
	w.step(text.T("资料", "standing data"))
	if err := w.masters(); err != nil {
		return err
	}
	for _, t := range turns {
		if err := w.b.ChangeCosting(t.To, t.From); err != nil {
			w.s.miss("setting", "costing", wordsOf(err))
		}
	}
	w.step(text.T("单据", "slips"))
	if err := w.slips(); err != nil {
		return err
	}
	if closed != 0 {
		if err := w.b.ClosePeriod(closed.Month()); err != nil {
			w.s.miss("setting", "closed", text.Tf("%s 未能重新结账：%s", "%s could not be closed again: %s", closed.Month(), wordsOf(err)))
		}
	}
	w.step(text.T("用户", "users"))
	if err := w.people(); err != nil {
		return err
	}
	for _, d := range w.doubts {
		switch {
		case d.What == "slip" && w.named[d.Key]:
		case d.What == "slip" && w.agrees[d.Key]:
			w.s.miss(d.What, d.Key, text.T("可疑：所在的页不是写入时的内容；各数字彼此相符", "doubtful: it was read from a page that is not what was written; its figures agree with each other"))
		default:
			w.s.miss(d.What, d.Key, text.T("可疑：所在的页不是写入时的内容", "doubtful: it was read from a page that is not what was written"))
		}
	}
	for _, l := range w.lost {
		switch l.Table {
		case "setting", "desk":
			w.s.miss(l.Table, "", text.T("读不完整", "cannot be read whole"))
		case "log":
			w.s.miss(l.Table, "", text.T("账套旁边的 -wal 日志已损坏或丢失，最后写入的内容读不出", "the -wal log beside the book is damaged or was lost: what was written last cannot be read"))
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
				w.s.miss(typ, code, text.T("读不出", "the record cannot be read"))
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
			w.s.miss(t.Code, key, text.Tf("略去 %s“%s”：%s", "%s %q is left out: %s", text.T(field.Label.Zh, f.Field), r.Cells[at], f.Text))
			r.Cells[at] = ""
			return
		}
		gone[r.Line] = true
		w.s.miss(t.Code, key, f.Text)
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
			w.s.miss(master.GL.Code, r.Code(), wordsOf(err))
		} else if err != nil {
			return err
		}
	}
	return nil
}
