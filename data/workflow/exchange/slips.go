package exchange

import (
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// kindNamed finds a kind by its code or by its title in either language.
func kindNamed(s string) (*slip.Kind, error) {
	for _, k := range kinds.All {
		if s != "" && (s == k.Title.Zh || strings.EqualFold(s, k.Title.En)) {
			return k, nil
		}
	}
	return kinds.Lookup(s)
}

// draft is one slip of the file being gathered.
type draft struct {
	at       map[string]int // where the file has which column
	columns  []slip.Field   // there are in the file's format
	doc      *slip.Doc
	kind     *slip.Kind
	rows     []int            // file line of each slip line
	listRows map[string][]int // and of each row of its lists
	first    int
	said     map[string]string // what the first row says of the whole slip
	audit    bool
	void     bool // only its number and what it said are kept
	close    bool // by hand, once what follows from it is there
	bad      fault.List
	remarks  bool              // the file has line_remark
	settles  []slip.Allocation // what the file lists as settled
	untold   int               // faults beyond those in bad
}

func (b book) importSlips(tx *store.Tx, t *Table, res *Imported, faults *fault.Many) error {
	before := faults.Len()
	known := SlipColumns(b.Book)
	at := columns(t, known, []string{"kind", "number", "date"}, faults)
	if faults.Len() > before {
		return nil
	}
	if err := b.reserve(tx, t, at); err != nil {
		return err
	}
	var warnings fault.Many
	var cur *draft
	seen := newSeen()
	var closed []closing
	flush := func() error {
		if cur == nil {
			return nil
		}
		number := cur.doc.Number
		cur.settle()
		if err := cur.rename(b, tx, seen); err != nil {
			return err
		}
		list, warned, err := b.land(tx, cur, seen, res)
		if cur.doc.Number != number && len(list) == 0 { // what hangs on a faulty slip still finds it by what the file calls it
			seen.given[seen.key(cur.doc.Kind, number)] = cur.doc.ID
		}
		for _, x := range slices.Concat(list, warned) {
			x.File, x.Row = t.Name, cur.rowOf(x)
			x.Line, x.List = 0, ""
		}
		faults.Add(once(list)...)
		faults.Count(cur.untold)
		if warnings.Add(warned...); cur.close {
			closed = append(closed, closing{cur.doc.ID, cur.first})
		}
		cur = nil
		return err
	}
	var prevKind, prevNumber string
	veiled := map[string]bool{} // kinds whose columns were looked at
	rows := 0
	err := t.Each(func(row Row) error {
		if rows++; rows%gcAgain == 0 {
			debug.SetGCPercent(gcPercent())
		}
		get := func(k string) string {
			if i, ok := at[k]; ok && i < len(row.Cells) {
				return strings.TrimSpace(row.Cells[i])
			}
			return ""
		}
		if cur == nil || get("kind") != prevKind || get("number") != prevNumber {
			if err := flush(); err != nil {
				return err
			}
			prevKind, prevNumber = get("kind"), get("number")
			cur = &draft{at: at, remarks: has2(at, "line_remark"), columns: known, first: row.Line, doc: &slip.Doc{Kind: prevKind, Number: prevNumber}}
			k, err := kindNamed(prevKind)
			if err == nil {
				cur.doc.Kind = k.Code
			}
			if own, off := k, error(nil); err == nil && !k.Hidden {
				if own, off = b.FullKind(k.Code); off == nil {
					k = own
				}
				err = off
			}
			if fault.Is(err, fault.Refused) {
				cur.bad = append(cur.bad, fault.Of(err)[0].At("kind"))
			} else if err != nil || k.Hidden {
				cur.bad = append(cur.bad, fault.New(fault.Invalid, "没有单据类型“%s”", "there is no slip kind %q", text.Short(prevKind)).At("kind"))
			} else {
				cur.kind = k
			}
			this := seen.key(cur.doc.Kind, prevNumber)
			if first, again := seen.began[this]; again && prevNumber != "" {
				cur.bad = append(cur.bad, fault.New(fault.Invalid, "同一张单据的行要放在一起，%s 从第 %d 行开始", "rows of one slip stand together, %s first at line %d", prevNumber, first).At("number"))
			} else {
				seen.began[this] = int32(row.Line)
			}
			if prevNumber == "" {
				cur.bad = append(cur.bad, fault.New(fault.Invalid, "缺少单号", "number is missing").At("number"))
			}
			if _, err := slip.Check(slip.Field{Key: "number"}, prevNumber); err != nil {
				cur.bad = append(cur.bad, fault.Of(err)...)
			}
			if cur.kind != nil {
				faults.Add(b.unsayable(t, cur, at, veiled)...)
				cur.header(get)
			}
		} else if cur.kind != nil {
			cur.again(get)
		}
		switch {
		case cur.kind == nil:
		case get(listKey) == "":
			cur.row(get, row.Line)
		case cur.first == row.Line:
			cur.bad = append(cur.bad, fault.New(fault.Invalid, "单据的第一行不能是子表行", "a slip's first row is not one of a list").At(listKey))
		default:
			cur.item(get, row.Line)
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		return err
	}
	res.Warnings = append(res.Warnings, warnings.List()...)
	if faults.Len() > before {
		return nil
	}
	list, err := b.closeAll(tx, t, closed)
	faults.Add(list...)
	return err
}

// unsayable refuses columns of a file that who brings it may not see of the slip's kind: nobody says what he does not see (R4).
func (b book) unsayable(t *Table, c *draft, at map[string]int, before map[string]bool) (list fault.List) {
	if !b.Who().Asked() || before[c.kind.Code] {
		return nil
	}
	before[c.kind.Code] = true
	for part, fields := range map[slip.Part][]slip.Field{slip.OnHead: c.kind.Header, slip.OnLine: c.kind.Lines} {
		for _, f := range fields {
			if x := b.Unseen(c.kind, c.doc, part, f); x != nil && has2(at, f.Key) {
				x.File, x.Row, x.Line = t.Name, max(t.Line, 1), 0
				list = append(list, x)
			}
		}
	}
	return list
}

// rowOf is the file's row that a fault of the slip is about.
func (c *draft) rowOf(x *fault.Fault) int {
	rows := c.rows
	if x.List != "" {
		rows = c.listRows[x.List]
	}
	switch {
	case x.Row > 0:
		return x.Row
	case x.Line > 0 && x.Line <= len(rows):
		return rows[x.Line-1]
	}
	return c.first
}

// once leaves out what is told already of the same row.
func once(list fault.List) fault.List {
	told := map[fault.Fault]bool{}
	return slices.DeleteFunc(list, func(x *fault.Fault) bool {
		was := told[*x]
		told[*x] = true
		return was
	})
}

// closing is an order to be closed, and where the file has it.
type closing struct {
	id  int64
	row int
}

// closeAll closes the orders that were closed by hand where the file comes from, now that what follows from them is there.
func (b book) closeAll(tx *store.Tx, t *Table, list []closing) (faults fault.List, err error) {
	for _, c := range list {
		d, err := tx.Slip(c.id)
		if err != nil {
			return nil, err
		}
		if err = b.CloseSlip(tx, d, ""); err == nil {
			continue
		}
		more := fault.Of(err)
		if len(more) == 0 {
			return nil, err
		}
		for _, x := range more {
			x.File, x.Row = t.Name, c.row
		}
		faults = append(faults, more...)
	}
	return faults, nil
}

// land saves a gathered slip and audits it where asked.
func (b book) land(tx *store.Tx, c *draft, seen *seen, res *Imported) (faults, warnings fault.List, err error) {
	number := c.doc.Number
	if len(c.bad) == 0 && c.hangsOn(seen) { // what hangs on a faulty slip is not reported again
		seen.fail(number)
		return nil, nil, nil
	}
	if len(c.bad) == 0 && c.doc.Department != "" {
		c.bad = b.make(tx, master.Departments, "department", c.doc.Department, res)
	}
	if len(c.bad) == 0 {
		c.bad = b.resolveTargets(tx, c)
	}
	if len(c.bad) == 0 {
		if err := b.takeCase(tx, c); err != nil {
			return nil, nil, fmt.Errorf("find the case of %s: %w", number, err)
		}
	}
	if len(c.bad) > 0 {
		seen.fail(number)
		return c.bad, nil, nil
	}
	if taken, err := tx.Taken(c.doc.Kind, number); err != nil {
		return nil, nil, err
	} else if taken {
		seen.fail(number)
		return fault.List{fault.New(fault.Refused, "单号 %s 已存在", "the number %s exists already", number).At("number")}, nil, nil
	}
	switch {
	case c.void:
		err = b.landVoid(tx, c)
	case c.audit:
		c.doc.Filed = true
		_, warnings, err = b.Enter(tx, c.doc)
	default:
		warnings, err = b.Save(tx, c.doc)
	}
	if err != nil {
		list := fault.Of(err)
		if len(list) == 0 {
			return nil, nil, fmt.Errorf("import %s: %w", number, err)
		}
		seen.fail(number)
		return list, nil, nil
	}
	res.Slips++
	res.Lines += len(c.rows)
	return nil, warnings, nil
}

// landVoid writes a slip that is void: its number stays used, what it said can be read, it follows from nothing and settles nothing.
func (b book) landVoid(tx *store.Tx, c *draft) error {
	d := c.doc
	d.Allocations = nil
	for i := range d.Lines {
		l := &d.Lines[i]
		l.SourceNumber, l.SourceLine, l.Matches = "", 0, nil
	}
	if d.Date < b.Settings().Start.First() {
		return fault.New(fault.Invalid, "%s 早于账套启用月份 %s", "%s is before the book's start %s", d.Date, b.Settings().Start).At("date")
	}
	b.Complete(c.kind, d)
	if err := slip.Calculate(c.kind, d); err != nil {
		return err
	}
	if err := b.May(d.Kind, "enter"); err != nil {
		return err
	}
	if err := b.Put(tx, c.kind, d, nil); err != nil {
		return err
	}
	return tx.SetStatus(d.ID, slip.Void, "")
}

// reserve keeps the numbers of the program's own form that continue their sequences, in whatever order the file has them.
func (b book) reserve(tx *store.Tx, t *Table, at map[string]int) error {
	type sequence struct {
		kind  *slip.Kind
		month text.Month
	}
	in := map[sequence][]int{}
	var before [2]string // most rows are of the slip of the row before
	err := t.Each(func(row Row) error {
		if at["kind"] >= len(row.Cells) || at["number"] >= len(row.Cells) {
			return nil
		}
		kind, number := row.Cells[at["kind"]], strings.TrimSpace(row.Cells[at["number"]])
		if before == [2]string{kind, number} {
			return nil
		}
		before = [2]string{kind, number}
		k, err := kindNamed(strings.TrimSpace(kind))
		if err != nil {
			return nil // its row says so
		}
		if m, n, ok := workflow.ParseNumber(k, number); ok && number == workflow.FormatNumber(k, m, n) {
			in[sequence{k, m}] = append(in[sequence{k, m}], n)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for s, numbers := range in {
		last, err := tx.LastNumber(s.kind.Code, s.month)
		if err != nil {
			return err
		}
		first := last
		slices.Sort(numbers)
		for _, n := range numbers {
			if n == last+1 {
				last = n
				tx.Reserve(workflow.FormatNumber(s.kind, s.month, n))
			}
		}
		if last == first {
			continue
		}
		if err := tx.SetLastNumber(s.kind.Code, s.month, last); err != nil {
			return err
		}
	}
	return nil
}

// rename calls the sources of a slip by the numbers they were given: what the file calls them may not stand in the book, or be the
// external number of slips of several kinds.
func (c *draft) rename(b book, tx *store.Tx, seen *seen) error {
	known := map[string]string{"": ""}
	name := func(ref *string) (err error) {
		n, ok := known[*ref]
		if !ok {
			n, err = c.meant(b, tx, seen, *ref)
			known[*ref] = n
		}
		*ref = n
		return err
	}
	for i := range c.doc.Lines {
		if err := name(&c.doc.Lines[i].SourceNumber); err != nil {
			return err
		}
	}
	for i := range c.doc.Allocations {
		if err := name(&c.doc.Allocations[i].Target); err != nil {
			return err
		}
	}
	return name(&c.doc.Case)
}

// meant is the number of the slip that a source named ref is, ref itself where that says it.
func (c *draft) meant(b book, tx *store.Tx, seen *seen, ref string) (string, error) {
	if c.kind == nil {
		return ref, nil
	}
	var from []string
	for _, s := range c.kind.From {
		from = append(from, s.Kind)
	}
	from = append(from, c.kind.Code) // a red letter follows from its own kind
	from = append(from, c.kind.Cases...)
	if c.kind.InCase() && ref == c.doc.Case {
		for _, k := range kinds.All {
			if k.Case {
				from = append(from, k.Code)
			}
		}
	}
	for _, k := range from {
		if id := seen.given[seen.key(k, ref)]; id != 0 {
			return tx.SlipNumber(id)
		}
	}
	number, err := tx.NumberAmong(ref, from)
	if number == "" || err != nil {
		return ref, err
	}
	if id, err := b.Refers(tx, c.doc, number); id <= 0 { // its number is nobody's to know who may not see it
		return ref, err
	}
	return number, nil
}

// hangsOn tells whether a source or a settled slip was faulty.
func (c *draft) hangsOn(seen *seen) bool {
	if c.doc.Case != "" && seen.hasFailed(c.doc.Case) {
		return true
	}
	for i := range c.doc.Lines {
		if n := c.doc.Lines[i].SourceNumber; n != "" && seen.hasFailed(n) {
			return true
		}
	}
	return slices.ContainsFunc(c.doc.Allocations, func(a slip.Allocation) bool { return seen.hasFailed(a.Target) })
}

// resolveTargets finds the slips a money slip settles. What is let off beside the money settles them too, first named first.
func (b book) resolveTargets(tx *store.Tx, c *draft) fault.List {
	var faults fault.List
	off := c.doc.Rounding
	if len(c.kind.Lines) == 0 {
		off += c.doc.Discount
	}
	if c.doc.Settled {
		off = 0 // the amounts are what they are
	}
	for i := range c.doc.Allocations {
		a := &c.doc.Allocations[i]
		id, err := b.Refers(tx, c.doc, a.Target)
		if err != nil {
			return append(faults, fault.Internal(fmt.Errorf("find %s to settle: %w", a.Target, err)))
		}
		if id <= 0 {
			faults = append(faults, fault.New(fault.Invalid, "没有单据“%s”", "there is no slip %q", a.Target).At("source").OnLine(i+1))
			continue
		}
		if t, err := tx.Slip(id); err == nil && t != nil {
			a.Target = t.Number
		}
		if open, err := tx.OpenAmount(inquiry.Openings, id, 0); err == nil && off > 0 && a.Amount > 0 {
			more := max(0, min(off, open-a.Amount))
			a.Amount, off = a.Amount+more, off-more
		}
	}
	return faults
}
