package workflow

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Save checks a draft and writes it; a new one gets its number. An older version than the book's is refused with a *slip.Clash. A
// refusal changes nothing, neither the book nor d.
func (b *Book) Save(d *slip.Doc) error {
	_, err := b.SaveTold(d)
	return err
}

// SaveTold is Save with what is to be known of it: approvals of the slip that fell away (A6).
func (b *Book) SaveTold(d *slip.Doc) (told fault.List, err error) {
	work := d.Clone()
	err = b.write(func(tx *store.Tx) error {
		told, err = b.save(tx, work)
		return err
	})
	if err == nil {
		*d = *work
	}
	return told, err
}

// SaveAndAudit checks a slip, new or a draft, and posts it at once in one transaction: F9 on a slip with something typed. A new
// one is written once. Warnings come back beside; a refusal changes nothing, neither the book nor d.
func (b *Book) SaveAndAudit(d *slip.Doc) (warnings fault.List, err error) {
	work := d.Clone()
	err = b.write(func(tx *store.Tx) error {
		work, warnings, err = b.enter(tx, work)
		return err
	})
	if err == nil {
		*d = *work
	}
	return warnings, err
}

// enter writes a slip and audits it; what stands in the book afterwards comes back.
func (b *Book) enter(tx *store.Tx, d *slip.Doc) (*slip.Doc, fault.List, error) {
	if err := b.mayOn(d, "enter"); err != nil {
		return nil, nil, err
	}
	if !b.chained(d.Kind) { // of one that needs approval, auditing says which (A5)
		if err := b.mayOn(d, "audit"); err != nil {
			return nil, nil, err
		}
	}
	if d.ID != 0 {
		told, err := b.save(tx, d)
		if err != nil {
			return nil, nil, err
		}
		saved, err := tx.Slip(d.ID)
		if err != nil {
			return nil, nil, err
		}
		warnings, err := b.audit(tx, saved)
		return saved, append(told, warnings...), err
	}
	k, err := b.FullKind(d.Kind)
	if err != nil {
		return nil, nil, err
	}
	if err := b.prepare(tx, k, d); err != nil {
		return nil, nil, err
	}
	if err := b.mayHandle(d); err != nil {
		return nil, nil, err
	}
	d.Version, d.Status = 1, slip.Draft
	warnings, err := b.audit(tx, d)
	return d, warnings, err
}

// save checks a draft and writes it; what is to be known of it comes back.
func (b *Book) save(tx *store.Tx, d *slip.Doc) (told fault.List, err error) {
	if err := b.mayOn(d, "enter"); err != nil {
		return nil, err
	}
	k, err := b.FullKind(d.Kind)
	if err != nil {
		return nil, err
	}
	var old *slip.Doc
	if d.ID != 0 {
		if old, err = tx.Slip(d.ID); err != nil {
			return nil, err
		}
		if err := b.there(old, old.Number); err != nil {
			return nil, err
		}
		if !old.Status.Editable() {
			return nil, fault.New(fault.Refused, "%s %s，不能修改", "%s is %[3]s and cannot be changed", old.Number, old.Status.Label(), string(old.Status))
		}
		if err := b.clash(tx, old, d.Version); err != nil {
			return nil, err
		}
	}
	if err := b.prepare(tx, k, d); err != nil {
		return nil, err
	}
	if err := b.mayHandle(d); err != nil {
		return nil, err
	}
	if faults := b.check(tx, k, d, false); len(faults) > 0 {
		return nil, faults
	}
	if old != nil {
		recount(k, d, old)
	}
	if err := stampCounts(tx, k, d); err != nil {
		return nil, err
	}
	return b.put(tx, k, d, old)
}

// prepare completes, links and works out what was typed.
func (b *Book) prepare(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	b.Complete(k, d)
	if err := b.belong(tx, k, d); err != nil {
		return err
	}
	if err := b.whole(tx, k, d); err != nil {
		return err
	}
	if err := b.link(tx, k, d); err != nil {
		return err
	}
	if err := b.route(tx, k, d); err != nil {
		return err
	}
	if err := slip.Calculate(k, d); err != nil {
		return err
	}
	b.payAtOnce(k, d)
	if _, err := b.fillLots(tx, k, d, false); err != nil {
		return err
	}
	return b.choose(tx, k, d)
}

// refers is the slip that d names by ref, as a source, to match, to settle or as its case; none is 0, as with a wrong number, also where who acts
// may not see it (R5, R8). What d named before, as it stands in the book, stays.
func (b *Book) refers(tx *store.Tx, d *slip.Doc, ref string) (int64, error) {
	id, err := tx.SlipID(ref)
	if err != nil || id <= 0 || !b.who().Asked() {
		return id, err
	}
	to, err := tx.Read(id)
	if err != nil || to == nil {
		return id, err
	}
	if sees, err := b.visible(to); sees || err != nil || d.ID == 0 {
		return onlyIf(sees, id), err
	}
	old, err := tx.Slip(d.ID)
	return onlyIf(old != nil && old.Names(to.Number), id), err
}

// referred is the slip that d names by ref; one that is not there, or not for who acts, is refused.
func (b *Book) referred(tx *store.Tx, d *slip.Doc, ref string) (*slip.Doc, error) {
	id, err := b.refers(tx, d, ref)
	if err != nil {
		return nil, err
	}
	if id <= 0 {
		return nil, inquiry.NotFound(ref, id)
	}
	return tx.Slip(id)
}

func onlyIf(is bool, id int64) int64 {
	if is {
		return id
	}
	return 0
}

// visible tells whether who acts may see a slip: its kind, and in his scope; or as one who may take a step of it, or of what hangs on it.
func (b *Book) visible(d *slip.Doc) (bool, error) {
	if b.InScope(d) && b.who().May(d.Kind, "see") {
		return true, nil
	}
	return b.forStep(d)
}

// link resolves the source of every line by number and line, or by product.
func (b *Book) link(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	var faults fault.List
	used := map[int64]bool{}
	sources := map[string]*slip.Doc{}
	r := reversalOf(k, d.ID, tx.LinkedLines)
	for i := range d.Lines {
		l := &d.Lines[i]
		if err := b.named(tx, d, l); err != nil {
			faults = append(faults, fault.Of(err)...)
			continue
		}
		if l.SourceNumber == "" {
			l.SourceID, l.Back = 0, nil
			b.defaults(k, d, l, nil)
			continue
		}
		src := sources[l.SourceNumber]
		if src == nil {
			id, err := b.refers(tx, d, l.SourceNumber)
			if err != nil {
				return err
			}
			if id <= 0 {
				faults = append(faults, fault.New(fault.Invalid, "没有单据“%s”", "there is no slip %q", l.SourceNumber).At("source").OnLine(i+1))
				continue
			}
			if src, err = tx.Read(id); err != nil {
				return err
			}
			sources[l.SourceNumber] = src
		}
		sl, err := b.sourceLeft(tx, k, d.ID, src, l, used)
		if err != nil {
			return err
		}
		if sl == nil {
			faults = append(faults, fault.New(fault.Invalid, "%s 没有商品 %s 的行", "%s has no line of %s", src.Number, b.Called(master.Products, l.Product)).At("source").OnLine(i+1))
			continue
		}
		used[sl.ID] = true
		l.SourceID, l.SourceNumber, l.SourceLine = sl.ID, src.Number, sl.No
		arrive(k, d, l, src, sl)
		back, err := r.back(src, sl)
		if err != nil {
			return err
		}
		l.Back = back
		if sk, _ := kinds.ByCode(src.Kind); sk.PriceField != k.PriceField { // another side of the trade has another price
			sl = nil
		}
		b.defaults(k, d, l, sl)
	}
	return faults.Or()
}

// sourceLeft is the line of a source that a line means: where only the product says so and several have it, the first with enough left.
func (b *Book) sourceLeft(tx *store.Tx, k *slip.Kind, own int64, src *slip.Doc, l *slip.Line, used map[int64]bool) (*slip.Line, error) {
	first := sourceLine(src, l, used)
	if first == nil || l.SourceLine != 0 {
		return first, nil
	}
	want, err := num.Convert(l.Qty, max(l.Factor, 1))
	if err != nil {
		return first, nil // the check says so
	}
	for i := range src.Lines {
		sl := &src.Lines[i]
		if sl.Product != l.Product || used[sl.ID] {
			continue
		}
		left, err := b.left(tx, src, sl, k, own)
		if err != nil || left >= max(want, -want) {
			return sl, err
		}
	}
	return first, nil
}

func sourceLine(src *slip.Doc, l *slip.Line, used map[int64]bool) *slip.Line {
	var again *slip.Line
	for i := range src.Lines {
		sl := &src.Lines[i]
		if l.SourceLine != 0 {
			if sl.No == l.SourceLine {
				return sl
			}
			continue
		}
		if sl.Product != l.Product {
			continue
		}
		if !used[sl.ID] {
			return sl
		}
		again = sl
	}
	return again
}

// put writes a slip over an old one, or as a new one; what is to be known of it comes back.
func (b *Book) put(tx *store.Tx, k *slip.Kind, d, old *slip.Doc) (told fault.List, err error) {
	if d.ID != 0 {
		var changes []slip.Difference
		if old != nil {
			changes = slip.Differing(k, old, d)
		}
		d.Version++
		d.Status = slip.Draft
		if told, err = b.keepsApproval(tx, d, old, changes); err != nil {
			return nil, err
		}
		if err := tx.UpdateSlip(k, d); err != nil {
			return nil, err
		}
		if err := tx.ReplaceLines(k, d); err != nil {
			return nil, err
		}
		return told, b.log(tx, "save", d, auditlog.Detail{Changes: traced(changes)})
	}
	d.Version, d.Status = 1, slip.Draft
	return nil, b.insert(tx, k, d)
}

// insert numbers and writes a new slip.
func (b *Book) insert(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	given := d.Number
	if err := b.number(tx, k, d); err != nil {
		return err
	}
	d.Maker, d.MadeAt = b.User, b.Now()
	if err := tx.InsertSlip(k, d); err != nil {
		return err
	}
	if given != "" && given != d.Number && given != d.ExternalNo {
		if err := tx.AlsoCalled(d.ID, given); err != nil {
			return err
		}
	}
	return b.log(tx, "new", d, auditlog.Detail{Note: d.ExternalNo})
}

// number gives the slip its number. One of the program's own form that continues the sequence is kept; any other text
// becomes the external number.
func (b *Book) number(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	given := d.Number
	if tx.TakeReserved(given) {
		return nil
	}
	month := d.Date.Month()
	last, err := tx.LastNumber(k.Code, month)
	if err != nil {
		return err
	}
	if m, n, ok := ParseNumber(k, given); ok && m != month {
		if other, err := tx.LastNumber(k.Code, m); err != nil {
			return err
		} else if n == other+1 {
			month, last = m, other
		}
	}
	d.Number = FormatNumber(k, month, last+1)
	if given != "" && given != d.Number && d.ExternalNo == "" {
		d.ExternalNo = given
	}
	return tx.SetLastNumber(k.Code, month, last+1)
}

// FormatNumber writes PREFIX-YYYYMM-NNNN.
func FormatNumber(k *slip.Kind, m text.Month, n int) string {
	return fmt.Sprintf("%s-%06d-%04d", k.Prefix, int(m), n)
}

// ParseNumber reads a number of the program's own form.
func ParseNumber(k *slip.Kind, s string) (text.Month, int, bool) {
	p := strings.Split(s, "-")
	if len(p) != 3 || p[0] != k.Prefix || len(p[1]) != 6 || len(p[2]) < 4 {
		return 0, 0, false
	}
	m, err := text.ParseMonth(p[1])
	n, err2 := strconv.Atoi(p[2])
	return m, n, err == nil && err2 == nil && n > 0
}

// Load returns a slip by its number (NUMBER@VERSION refuses another version than that), or by an external number that is unique, with costs and what is left of each line.
func (b *Book) Load(ref string) (*slip.Doc, error) {
	if _, err := b.DB.Refresh(); err != nil {
		return nil, err
	}
	id, version, err := meantSlip(b.DB, ref)
	if err != nil {
		return nil, err
	}
	if id <= 0 {
		return nil, inquiry.NotFound(ref, id)
	}
	d, err := b.DB.Slip(id)
	if err != nil {
		return nil, err
	}
	if err := b.there(d, ref); err != nil {
		return nil, err
	}
	if refusal := b.may(d.Kind, "see"); refusal != nil {
		if is, err := b.forStep(d); err != nil || !is {
			return nil, cmp.Or(err, refusal)
		}
	}
	if version != 0 && version != d.Version {
		return nil, b.clashNow(d, version)
	}
	k, err := b.FullKind(d.Kind)
	if err != nil {
		return nil, err
	}
	if err := b.giveBacks(k, d); err != nil {
		return nil, err
	}
	return d, b.addCosts(d)
}

func (b *Book) addCosts(d *slip.Doc) error {
	k, err := kinds.Lookup(d.Kind)
	if err != nil {
		return err
	}
	costs, err := b.DB.LineCosts(d.ID)
	if err != nil {
		return err
	}
	linked := b.linked()
	estimates, err := b.estimates(d)
	if err != nil {
		return err
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		l.Cost = costs[l.ID]
		l.Estimate = estimates[l.ID]
		if p, ok := b.Masters().Product(l.Product); ok && l.Beyond && d.Status.Live() {
			s, err := b.DB.HeadState(p.ID)
			if err != nil {
				return err
			}
			l.Provisional = s.Short(l.ID)
		}
		if _, moves := k.HeaderField("to_warehouse"); moves || k.Stock.Direction < 0 {
			l.Cost = -l.Cost
		}
		if l.Remaining, err = b.remaining(d, l, linked); err != nil {
			return err
		}
	}
	return nil
}
