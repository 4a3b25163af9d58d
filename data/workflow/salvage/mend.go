package salvage

import (
	"cmp"
	"slices"

	"zhanggui/data/kinds"
	"zhanggui/data/ledger"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// A slip says most things more than once: a line's amounts follow from quantity, price and tax, its base quantity from its unit, the
// totals from the lines; its goods stand in the stock ledger, and on the lines that took them over. So one number that was hit is found,
// and often known again: it is the only one with which all others agree. What was put right is named, by slip, line and field.

// evidence is what other slips and the ledgers say of a slip's lines.
type evidence struct {
	taken   map[int64]string  // product by line, as the lines that took it over have it
	lines   map[int64]lineRef // every line of the book
	masters *master.Set
}

// lineRef is a line as others name it.
type lineRef struct {
	number, kind, product string
	no                    int
}

// stock lists the products of a slip's lines as the stock ledger has them; nothing where the ledger contradicts itself.
func stock(m *master.Set, rows []*ledger.Row) map[int64]string {
	of := map[int64]string{}
	for _, r := range rows {
		p, ok := m.ByID(master.Products.Code, r.Product)
		if was, had := of[r.Line]; !ok || had && was != p.Code() {
			of[r.Line] = ""
			continue
		}
		of[r.Line] = p.Code()
	}
	return of
}

// finding is a figure of a slip that was put right, or is not what the others say. Line 0 is the head.
type finding struct {
	line  int
	field slip.Field
	was   string // as it was read
	now   string // as it stands; empty: it is worked out anew
}

func (f finding) words() text.Text {
	at := text.Tf("第 %d 行%s", "line %d %s", f.line, f.field.Label)
	if f.line == 0 {
		at = f.field.Label
	}
	if f.now == "" {
		return text.Tf("可疑：%s 读出为 %s，与其他数字不符，已重新计算", "doubtful: %s reads %s, with which the other figures do not agree; it was worked out again", at, f.was)
	}
	return text.Tf("可疑：%s 读出为 %s，只有 %s 与其他数字相符，已改为它", "doubtful: %s reads %s; only %s agrees with the other figures, and stands now", at, f.was, f.now)
}

// mend puts right what one number that was hit made wrong in a slip, and says what. agrees: afterwards every figure agrees with the others.
func mend(k *slip.Kind, d *slip.Doc, e evidence) (list []finding, agrees bool) {
	list = references(k, d, e)
	c, ok := reckoned(k, d)
	switch {
	case !ok:
		return list, false
	case same(c, d):
		return list, true
	}
	if found := results(c, d); found != nil {
		d.Net, d.Tax, d.Gross, d.Lines = c.Net, c.Tax, c.Gross, c.Lines
		return append(list, found...), true
	}
	if f := entered(k, d); f != nil {
		return append(list, *f), true
	}
	return list, false
}

// reckoned is a slip with everything worked out that follows from what was entered.
func reckoned(k *slip.Kind, d *slip.Doc) (*slip.Doc, bool) {
	c := *d
	c.Lines = slices.Clone(d.Lines)
	return &c, slip.Calculate(k, &c) == nil
}

// same tells whether two states of a slip have the same figures.
func same(a, b *slip.Doc) bool {
	return a.Gross == b.Gross && a.Net == b.Net && a.Tax == b.Tax && slices.EqualFunc(a.Lines, b.Lines, func(x, y slip.Line) bool {
		return x.Base == y.Base && x.Net == y.Net && x.Tax == y.Tax && x.Gross == y.Gross
	})
}

// The figures that are worked out.
var (
	netField   = slip.Field{Label: text.T("未税金额", "net amount")}
	taxField   = slip.Field{Label: text.T("税额", "tax")}
	grossField = slip.Field{Label: text.T("含税金额", "gross amount")}
	baseField  = slip.Field{Label: text.T("基本单位数量", "base quantity")}
)

// results names the one figure of a slip read, d, that is not what the others come to, c; nil where more differ: then something entered
// was hit.
func results(c, d *slip.Doc) (list []finding) {
	differ := func(line int, f slip.Field, was, now interface{ String() string }) {
		if was.String() != now.String() {
			list = append(list, finding{line: line, field: f, was: was.String()})
		}
	}
	differ(0, netField, d.Net, c.Net)
	differ(0, taxField, d.Tax, c.Tax)
	differ(0, grossField, d.Gross, c.Gross)
	for i := range d.Lines {
		x, y := &d.Lines[i], &c.Lines[i]
		differ(i+1, baseField, x.Base, y.Base)
		differ(i+1, netField, x.Net, y.Net)
		differ(i+1, taxField, x.Tax, y.Tax)
		differ(i+1, grossField, x.Gross, y.Gross)
	}
	if len(list) > 1 {
		return nil
	}
	return list
}

// numbers are those that are entered in a line, by the field they are told as.
var numbers = []struct {
	field string
	get   func(*slip.Line) int64
	set   func(*slip.Line, int64)
	say   func(int64) string
}{
	{"qty", func(l *slip.Line) int64 { return int64(l.Qty) }, func(l *slip.Line, v int64) { l.Qty = num.Quantity(v) }, func(v int64) string { return num.Quantity(v).String() }},
	{"unit", func(l *slip.Line) int64 { return int64(l.Factor) }, func(l *slip.Line, v int64) { l.Factor = num.Quantity(v) }, func(v int64) string { return num.Quantity(v).String() }},
	{"price", func(l *slip.Line) int64 { return int64(l.Price) }, func(l *slip.Line, v int64) { l.Price = num.Price(v) }, func(v int64) string { return num.Price(v).String() }},
	{"tax_rate", func(l *slip.Line) int64 { return int64(l.TaxRate) }, func(l *slip.Line, v int64) { l.TaxRate = num.Rate(v) }, func(v int64) string { return num.Rate(v).String() }},
	{"discount", func(l *slip.Line) int64 { return int64(l.Discount) }, func(l *slip.Line, v int64) { l.Discount = num.Rate(v) }, func(v int64) string { return num.Rate(v).String() }},
	{"amount", func(l *slip.Line) int64 { return int64(l.Amount) }, func(l *slip.Line, v int64) { l.Amount = num.Amount(v) }, func(v int64) string { return num.Amount(v).String() }},
}

// mostLines is how long a slip may be whose entered numbers are tried.
const mostLines = 300

// entered finds the one number entered in a line that has another bit than it should: with the right one all figures agree. Where two would
// do, nothing is known.
func entered(k *slip.Kind, d *slip.Doc) *finding {
	if len(d.Lines) > mostLines {
		return nil
	}
	var found *finding
	var right slip.Line
	at := 0
	for i := range d.Lines {
		if d.Lines[i].SourceID != 0 && k.Reverses(kindOf(d.Lines[i].SourceNumber)) { // it gives back a share, which is not worked out here
			continue
		}
		for _, n := range numbers {
			f, ok := k.LineField(n.field)
			if !ok {
				continue
			}
			was := n.get(&d.Lines[i])
			for _, v := range neighbours(was) {
				c, tried := *d, slices.Clone(d.Lines)
				c.Lines = tried
				n.set(&tried[i], v)
				line := tried[i]
				if slip.Calculate(k, &c) != nil || !same(&c, d) {
					continue
				}
				if found != nil {
					return nil
				}
				found, right, at = &finding{line: i + 1, field: f, was: n.say(was), now: n.say(v)}, line, i
			}
		}
	}
	if found != nil {
		d.Lines[at] = right
	}
	return found
}

// kindOf is the kind of a slip by its number, empty for one that is not of the program's own form.
func kindOf(number string) string {
	if k, _, ok := kindOfNumber(number); ok {
		return k.Code
	}
	return ""
}

// neighbours are the numbers that one bit makes of another, as they are kept: in 1, 2, 3, 4, 6 or 8 bytes with a sign.
func neighbours(v int64) (list []int64) {
	for _, width := range []uint{8, 16, 24, 32, 48, 64} {
		if most := int64(1) << (width - 1); width < 64 && (v < -most || v >= most) {
			continue
		}
		for bit := range width {
			x := (v ^ int64(1)<<bit) << (64 - width) >> (64 - width)
			if !slices.Contains(list, x) {
				list = append(list, x)
			}
		}
	}
	return list
}

// ofProduct puts right which product a line is of, where something else knows it and the line's unit is one of that product.
func ofProduct(m *master.Set, k *slip.Kind, l *slip.Line, other string) []finding {
	f, has := k.LineField("product")
	p, ok := m.Product(other)
	if !has || !ok || other == l.Product {
		return nil
	}
	if _, counts := p.UnitFactor(l.Unit); !counts {
		return nil
	}
	was := l.Product
	l.Product = other
	return []finding{{l.No, f, was, other}}
}

// references puts right which product a line is of, by what was taken over from it, and which line it follows from, where one bit makes
// it one that fits.
func references(k *slip.Kind, d *slip.Doc, e evidence) (list []finding) {
	for i := range d.Lines {
		l := &d.Lines[i]
		list = append(list, ofProduct(e.masters, k, l, e.taken[l.ID])...)
		if l.SourceID == 0 {
			continue
		}
		fits := func(x lineRef) bool {
			_, follows := k.Source(x.kind)
			return (follows || x.kind == k.Code) && x.product == l.Product
		}
		if x, ok := e.lines[l.SourceID]; ok && fits(x) {
			continue
		}
		var right int64
		n := 0
		for _, id := range neighbours(l.SourceID) {
			if x, ok := e.lines[id]; ok && fits(x) && (i == 0 || len(d.Lines) == 1 || x.number == d.Lines[(i+1)%len(d.Lines)].SourceNumber) {
				right = id
				n++
			}
		}
		if n == 1 {
			x := e.lines[right]
			list = append(list, finding{i + 1, slip.Field{Label: text.T("来源", "source")}, cmp.Or(l.SourceNumber, "?"), x.number})
			l.SourceID, l.SourceNumber, l.SourceLine = right, x.number, x.no
		}
	}
	return list
}

// evidenceOf gathers what lines say of each other, after those of which one has reason to doubt were held against the stock ledger.
func (w *salvage) evidenceOf(docs []*slip.Doc) evidence {
	for _, d := range docs {
		if !w.doubtful[d.Number] {
			continue
		}
		rows, err := w.old.DB.RowsOf(d.ID)
		if err != nil {
			continue
		}
		k, _ := kinds.ByCode(d.Kind)
		goods := stock(w.old.Masters(), rows)
		for i := range d.Lines {
			w.tell(d, ofProduct(w.old.Masters(), k, &d.Lines[i], goods[d.Lines[i].ID]))
		}
	}
	e := evidence{taken: map[int64]string{}, lines: map[int64]lineRef{}, masters: w.old.Masters()}
	for _, d := range docs {
		for i := range d.Lines {
			l := &d.Lines[i]
			e.lines[l.ID] = lineRef{d.Number, d.Kind, l.Product, l.No}
			if l.SourceID == 0 {
				continue
			}
			if was, had := e.taken[l.SourceID]; had && was != l.Product {
				e.taken[l.SourceID] = "" // they contradict each other
			} else {
				e.taken[l.SourceID] = l.Product
			}
		}
	}
	return e
}

// mended is mend of a slip of which one has reason to doubt; its findings are told.
func (w *salvage) mended(k *slip.Kind, d *slip.Doc, e evidence) {
	var gross num.Amount
	for _, l := range d.Lines {
		gross += l.Gross
	}
	if !w.doubtful[d.Number] && (!k.Taxed || gross == d.Gross) {
		return
	}
	list, agrees := mend(k, d, e)
	w.tell(d, list)
	w.agrees[d.Number] = agrees
}

// tell names what was put right in a slip.
func (w *salvage) tell(d *slip.Doc, list []finding) {
	for _, f := range list {
		w.s.miss("slip", d.Number, f.words())
		w.named[d.Number] = true
	}
}
