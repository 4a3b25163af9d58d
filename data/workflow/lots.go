package workflow

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/ledger"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// lotter names the lots of one slip's lines and holds them against what is known of them.
type lotter struct {
	b        *Book
	tx       *store.Tx
	k        *slip.Kind
	d        *slip.Doc
	auditing bool
	moves    []*slip.Move // by line: what the line does to stock; nil: nothing, or it cannot be told yet
	free     map[[2]int64]*freeLots
	faults   fault.List
}

// lots returns the lotter of a slip some line of which moves goods told apart by lots or serial numbers; nil: none does.
func (b *Book) lots(tx *store.Tx, k *slip.Kind, d *slip.Doc, auditing bool) *lotter {
	if _, has := k.LineField(slip.LotKey); !has {
		return nil
	}
	for i := range d.Lines {
		if p, ok := b.Masters().Product(d.Lines[i].Product); ok && p.Tracked() {
			t := &lotter{b: b, tx: tx, k: k, d: d, auditing: auditing, free: map[[2]int64]*freeLots{}}
			t.readMoves()
			return t
		}
	}
	return nil
}

// readMoves asks the kind what its lines do to stock, so that no kind need say it again. Of two moves of a line the first counts: where
// the goods leave.
func (t *lotter) readMoves() {
	t.moves = make([]*slip.Move, len(t.d.Lines))
	e, err := t.k.Post(t.d)
	if err != nil {
		return // half typed
	}
	for i := range e.Stock {
		if m := &e.Stock[i]; t.moves[m.Line] == nil {
			t.moves[m.Line] = m
		}
	}
}

// out tells whether a line takes goods out.
func (t *lotter) out(i int) bool {
	m := t.moves[i]
	return m != nil && m.Qty < 0 && m.Basis != slip.Counted
}

// fillLots names the lots of lines where no person did: those of the line it follows from, else what expires first and is there. A draft
// keeps what was filled in while it can still be had. When auditing, too little on hand is refused.
func (b *Book) fillLots(tx *store.Tx, k *slip.Kind, d *slip.Doc, auditing bool) (fault.List, error) {
	t := b.lots(tx, k, d, auditing)
	if t == nil {
		return nil, nil
	}
	for _, own := range []bool{false, true} { // what people named is taken before the program chooses
		for i := range d.Lines {
			l := &d.Lines[i]
			p, ok := b.Masters().Product(l.Product)
			if !ok || !p.Tracked() || l.Filled(slip.LotKey) != own {
				continue
			}
			if err := t.fill(i, l, p, own); err != nil {
				return nil, err
			}
		}
	}
	return t.faults, nil
}

func (t *lotter) fill(i int, l *slip.Line, p *master.Product, own bool) error {
	lots, bad := slip.ParseLots(l.Lot(), l.Base, p.Serial())
	switch {
	case !own:
		if bad == nil {
			l.Extra[slip.LotKey] = slip.FormatLots(lots, p.Serial())
		}
	case l.Base == 0:
	default:
		chosen, found, err := t.ofSource(i, l, p, lots)
		if err != nil {
			return err
		}
		if !found && t.out(i) {
			chosen, err = t.firstExpired(i, l, p, lots)
		} else if !found {
			chosen = lots
		}
		if err != nil {
			return err
		}
		l.Fill(slip.LotKey, slip.FormatLots(chosen, p.Serial()))
		lots = chosen
	}
	if err := t.take(i, p, lots); err != nil {
		return err
	}
	return t.fillExpiry(i, l, p, lots)
}

// ofSource takes the lots of the line a line follows from, less what other lines took of them; found tells whether that has any. Those
// filled in before stay while they are left.
func (t *lotter) ofSource(i int, l *slip.Line, p *master.Product, before []slip.Lot) (list []slip.Lot, found bool, err error) {
	left, found, err := t.leftOfSource(i, l, p)
	if err != nil || !found {
		return nil, found, err
	}
	if len(before) > 0 && !slices.ContainsFunc(before, func(x slip.Lot) bool {
		return !slices.ContainsFunc(left, func(y slip.Lot) bool { return y.Code == x.Code && y.Qty >= x.Qty })
	}) {
		return before, true, nil
	}
	rest := max(l.Base, -l.Base)
	for _, x := range left {
		if q := min(x.Qty, rest); q > 0 {
			list, rest = append(list, slip.Lot{Code: x.Code, Qty: q}), rest-q
		}
	}
	if rest > 0 { // more than is left: the check of quantities says so
		list = nil
	}
	return list, true, nil
}

// leftOfSource is what is left of each lot of the source line.
func (t *lotter) leftOfSource(i int, l *slip.Line, p *master.Product) (left []slip.Lot, found bool, err error) {
	if l.SourceID == 0 {
		return nil, false, nil
	}
	src, sl, err := sourceOf(t.tx, l)
	if err != nil {
		return nil, false, err
	}
	left, bad := slip.ParseLots(sl.Lot(), sl.Base, p.Serial())
	if bad != nil || len(left) == 0 || sl.Product != l.Product {
		return nil, false, nil
	}
	less := func(o *slip.Line) {
		took, _ := slip.ParseLots(o.Lot(), o.Base, p.Serial())
		for _, x := range took {
			if n := slices.IndexFunc(left, func(y slip.Lot) bool { return y.Code == x.Code }); n >= 0 {
				left[n].Qty -= x.Qty
			}
		}
	}
	for n := range t.d.Lines[:i] {
		if o := &t.d.Lines[n]; o.SourceID == l.SourceID {
			less(o)
		}
	}
	links, err := t.tx.LinkedLines(sl.ID)
	for _, x := range links {
		if x.Slip == t.d.ID || kinds.SuccessorGroup(x.Kind, src.Kind) != kinds.SuccessorGroup(t.k.Code, src.Kind) {
			continue
		}
		_, o, err := t.tx.Source(x.Line)
		if err != nil {
			return nil, false, err
		}
		less(o)
	}
	return left, true, err
}

// freeLots are the lots of a product in a warehouse as a slip finds them, those that expire first in front, expired ones last.
type freeLots struct {
	list []store.LotStock
	free map[string]num.Quantity // what no later slip needs
	here map[string]num.Quantity // what is there at the slip's place
}

// at reads the lots a line of the slip may take from a warehouse.
func (t *lotter) at(product, warehouse int64) (*freeLots, error) {
	key := [2]int64{product, warehouse}
	if f := t.free[key]; f != nil {
		return f, nil
	}
	place := t.d.Place
	if place == 0 {
		place = math.MaxInt64
	}
	list, err := t.tx.LotsNow(product, warehouse)
	if err != nil {
		return nil, err
	}
	later, err := t.tx.LotMovesAfter(product, warehouse, t.d.Date, place)
	if err != nil {
		return nil, err
	}
	f := &freeLots{free: map[string]num.Quantity{}, here: map[string]num.Quantity{}}
	t.free[key] = f
	byID := map[int64]int{}
	for i := range list {
		byID[list[i].ID] = i
	}
	for _, m := range later {
		i, known := byID[m.Lot]
		if !known { // it is all gone by now
			l, err := t.tx.LotByID(m.Lot)
			if err != nil {
				return nil, err
			}
			i, list = len(list), append(list, store.LotStock{Lot: *l})
			byID[m.Lot] = i
		}
		list[i].Qty -= m.Qty
	}
	for _, l := range list {
		f.here[l.Code], f.free[l.Code] = l.Qty, lowest(l, later)
	}
	expired := func(l store.LotStock) int {
		switch {
		case l.Expiry != 0 && l.Expiry < t.d.Date:
			return 2
		case l.Expiry == 0:
			return 1
		}
		return 0
	}
	slices.SortFunc(list, func(a, b store.LotStock) int {
		return cmp.Or(expired(a)-expired(b), cmp.Compare(a.Expiry, b.Expiry), cmp.Compare(a.Code, b.Code))
	})
	f.list = list
	return f, nil
}

// lowest is the least there is of a lot from now on, up to its first count: that says what is there by itself.
func lowest(l store.LotStock, later []store.LotMove) num.Quantity {
	q, least := l.Qty, l.Qty
	for i, m := range later {
		if m.Lot == l.ID {
			if m.Counted {
				break
			}
			q += m.Qty
		}
		if i+1 == len(later) || later[i+1].Date != m.Date || later[i+1].Place != m.Place {
			least = min(least, q)
		}
	}
	return max(least, 0)
}

// firstExpired chooses lots for a line that takes goods out; those filled in before stay while all of them can be had.
func (t *lotter) firstExpired(i int, l *slip.Line, p *master.Product, before []slip.Lot) ([]slip.Lot, error) {
	m := t.moves[i]
	w, ok := t.b.Masters().Find(master.Warehouses.Code, m.Warehouse)
	if !ok {
		return nil, nil
	}
	f, err := t.at(p.ID, w.ID)
	if err != nil {
		return nil, err
	}
	if len(before) > 0 && !slices.ContainsFunc(before, func(x slip.Lot) bool { return x.Qty > f.free[x.Code] }) {
		return before, nil
	}
	rest := -m.Qty
	var list []slip.Lot
	choose := func(of map[string]num.Quantity) {
		for _, x := range f.list {
			n := slices.IndexFunc(list, func(y slip.Lot) bool { return y.Code == x.Code })
			had := num.Quantity(0)
			if n >= 0 {
				had = list[n].Qty
			}
			q := min(of[x.Code]-had, rest)
			switch {
			case q <= 0:
				continue
			case n >= 0:
				list[n].Qty += q
			default:
				list = append(list, slip.Lot{Code: x.Code, Qty: q})
			}
			rest -= q
		}
	}
	choose(f.free)
	if rest > 0 && t.auditing { // what later slips take: the refusal then names them
		choose(f.here)
	}
	if rest == 0 {
		return list, nil
	}
	if t.auditing {
		number := t.d.Number
		if number == "" {
			number = t.k.Title.En
		}
		t.faults = append(t.faults, shortage(p.Record, w, t.d.Date, number, -rest).OnLine(i+1))
	}
	return nil, nil
}

// take makes what a line moves unavailable to those behind it, or available.
func (t *lotter) take(i int, p *master.Product, lots []slip.Lot) error {
	m := t.moves[i]
	if m == nil || m.Basis == slip.Counted || len(lots) == 0 {
		return nil
	}
	w, ok := t.b.Masters().Find(master.Warehouses.Code, m.Warehouse)
	if !ok {
		return nil
	}
	f, err := t.at(p.ID, w.ID)
	if err != nil {
		return err
	}
	for _, x := range lots {
		q := x.Qty
		if m.Qty < 0 {
			q = -q
		}
		f.free[x.Code], f.here[x.Code] = f.free[x.Code]+q, f.here[x.Code]+q
	}
	return nil
}

// fillExpiry writes onto a line when its lots expire: as is known of them, else, of goods that are new, the days they keep from today.
// What is counted says it only of lots nobody knows.
func (t *lotter) fillExpiry(i int, l *slip.Line, p *master.Product, lots []slip.Lot) error {
	m := t.moves[i]
	if !l.Filled(slip.ExpiryKey) || t.k.Stock.Counts || m == nil {
		return nil
	}
	day, same := text.Date(0), true
	for n, x := range lots {
		lot, err := t.tx.Lot(p.ID, x.Code)
		if err != nil {
			return err
		}
		e := text.Date(0)
		if lot != nil {
			e = lot.Expiry
		}
		if n > 0 && e != day {
			same = false
			day = max(e, day)
			continue
		}
		day = e
	}
	fresh := m.Qty > 0 && t.k.ReturnOf == "" && (m.Basis == slip.Given || m.Basis == slip.Collected)
	switch {
	case day == 0 && fresh && p.ShelfDays > 0 && len(lots) > 0:
		day = t.d.Date.AddDays(p.ShelfDays)
	case !same && !fresh:
		day = 0
	}
	l.Fill(slip.ExpiryKey, day.String())
	return nil
}

// checkLots holds lots and expiry dates against what is known. A draft may leave lots out; an audited slip may not.
func (b *Book) checkLots(tx *store.Tx, k *slip.Kind, d *slip.Doc, auditing bool) fault.List {
	faults := b.untracked(k, d)
	t := b.lots(tx, k, d, auditing)
	if t == nil {
		return faults
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		p, ok := b.Masters().Product(l.Product)
		if !ok || !p.Tracked() {
			continue
		}
		list, err := t.checkLine(i, l, p)
		if err != nil {
			return append(faults, fault.Internal(fmt.Errorf("lots of line %d: %w", i+1, err)))
		}
		for _, f := range list {
			faults = append(faults, f.OnLine(i+1))
		}
	}
	return faults
}

// untracked refuses lots on lines of products that have none.
func (b *Book) untracked(k *slip.Kind, d *slip.Doc) (faults fault.List) {
	for i := range d.Lines {
		l := &d.Lines[i]
		if len(l.Extra) == 0 {
			continue
		}
		for _, f := range []slip.Field{{Key: slip.LotKey}, {Key: slip.ExpiryKey}} {
			p, ok := b.Masters().Product(l.Product)
			if ok && !p.Tracked() && l.Extra[f.Key] != "" {
				faults = append(faults, fault.New(fault.Invalid, "商品 %s 不管批次；如需管理，请在商品资料中设置批次管理", "the product %s has no lots; its tracking is set among the products", l.Product).At(f.Key).OnLine(i+1))
			}
		}
	}
	return faults
}

func (t *lotter) checkLine(i int, l *slip.Line, p *master.Product) (faults fault.List, err error) {
	bad := func(field, zh, en string, args ...any) {
		faults = append(faults, fault.New(fault.Invalid, zh, en, args...).At(field))
	}
	if p.Serial() && l.Base%num.QuantityOne != 0 {
		bad("qty", "%s 按序列号管理，数量应为整数", "%s has serial numbers, its quantity is whole", l.Product)
	}
	lots, wrong := slip.ParseLots(l.Lot(), l.Base, p.Serial())
	switch {
	case wrong != nil:
		return append(faults, fault.Of(wrong)...), nil
	case len(lots) == 0:
		if counted := t.k.Stock.Counts && (l.Qty != 0 || l.Zero); t.auditing && (counted || l.Base != 0 && !t.out(i)) {
			bad(slip.LotKey, "%s 按%s管理，请填写", "%s has %[3]s; fill them in", l.Product, names(p).Zh, names(p).En)
		}
		return faults, nil
	}
	if left, found, err := t.leftOfSource(i, l, p); err != nil {
		return nil, err
	} else if found {
		for _, x := range lots {
			n := slices.IndexFunc(left, func(y slip.Lot) bool { return y.Code == x.Code })
			if n < 0 {
				bad(slip.LotKey, "%s 不在源单 %s 上", "%s was not on %s", x.Code, l.SourceNumber)
			} else if x.Qty > left[n].Qty {
				bad(slip.LotKey, "%s 超过源单 %s 的剩余数量：剩 %s", "%s: %[3]s left on %[2]s", x.Code, l.SourceNumber, max(0, left[n].Qty))
			}
		}
	}
	more, err := t.checkKnown(i, l, p, lots)
	return append(faults, more...), err
}

func names(p *master.Product) text.Text {
	if p.Serial() {
		return text.T("序列号", "serial numbers")
	}
	return text.T("批号", "lots")
}

// checkKnown: what goes out is known, and a lot expires on one day.
func (t *lotter) checkKnown(i int, l *slip.Line, p *master.Product, lots []slip.Lot) (faults fault.List, err error) {
	day, err := text.ParseDate(l.Extra[slip.ExpiryKey])
	if l.Extra[slip.ExpiryKey] == "" {
		day, err = 0, nil
	}
	if err != nil {
		return nil, err
	}
	for _, x := range lots {
		lot, err := t.tx.Lot(p.ID, x.Code)
		if err != nil {
			return nil, err
		}
		if lot == nil {
			if t.out(i) && t.auditing {
				faults = append(faults, fault.New(fault.Refused, "%s 没有批号“%s”", "there is no lot %[2]q of %[1]s", l.Product, x.Code).At(slip.LotKey))
			}
			continue
		}
		said, number := lot.Expiry, ""
		if !t.out(i) {
			if said, number, err = t.tx.SaidExpiry(lot.ID, t.d.ID); err != nil {
				return nil, err
			}
		}
		if day != 0 && said != 0 && day != said {
			where := text.T("", "")
			if number != "" {
				where = text.Tf("（%s）", " (%s)", number)
			}
			faults = append(faults, fault.New(fault.Refused, "%s 批号 %s 的有效期是 %s%s，不是 %s", "lot %[2]s of %[1]s expires on %[3]s%[4]s, not on %[5]s", l.Product, x.Code, said, where, day).At(slip.ExpiryKey))
		}
	}
	return faults, nil
}

// nameLots says on a row of which lots it is.
func nameLots(tx *store.Tx, l *slip.Line, p *master.Product, m slip.Move, r *ledger.Row) error {
	if !p.Tracked() || m.Qty == 0 && m.Basis != slip.Counted {
		return nil
	}
	lots, err := []slip.Lot{{Code: m.Lot}}, error(nil)
	if m.Basis != slip.Counted {
		lots, err = slip.ParseLots(l.Lot(), m.Qty, p.Serial())
	}
	if err != nil {
		return err
	}
	if r.Qty > 0 && m.Basis != slip.FromSource && m.Basis != slip.Carried || m.Basis == slip.Counted {
		if v := l.Extra[slip.ExpiryKey]; v != "" {
			if r.Expiry, err = text.ParseDate(v); err != nil {
				return err
			}
		}
	}
	list := make([]ledger.LotQty, 0, max(len(lots), 1))
	for _, x := range lots {
		lot, err := tx.Lot(p.ID, x.Code)
		if err == nil && lot == nil {
			lot, err = tx.NewLot(p.ID, x.Code)
		}
		if err != nil {
			return err
		}
		q := x.Qty
		if m.Qty < 0 {
			q = -q
		}
		list = append(list, ledger.LotQty{Lot: lot.ID, Qty: q})
	}
	if len(list) == 0 {
		list = append(list, ledger.LotQty{Qty: m.Qty})
	}
	r.Lots = ledger.PackLots(list)
	return nil
}

// serials tells of products whether their lots are serial numbers.
func serials(tx *store.Tx) func(product int64) bool {
	return func(product int64) bool {
		r, ok := tx.Masters().ByID(master.Products.Code, product)
		return ok && r.Get("tracking") == master.BySerial
	}
}

// expiredWarnings tells of goods handed out, or built in, after their day.
func (b *Book) expiredWarnings(tx *store.Tx, k *slip.Kind, d *slip.Doc, rows []*ledger.Row) (list fault.List, err error) {
	if !uses(k) {
		return nil, nil
	}
	for _, r := range rows {
		for _, x := range r.Lots.List() {
			if x.Qty >= 0 {
				continue
			}
			lot, err := tx.LotByID(x.Lot)
			if err != nil {
				return nil, err
			}
			if line := lineOf(d, r.Line); lot.Expiry != 0 && lot.Expiry < d.Date && line > 0 {
				list = append(list, fault.New(fault.Refused, "%s 批号 %s 已于 %s 过期", "lot %[2]s of %[1]s expired on %[3]s", d.Lines[line-1].Product, lot.Code, lot.Expiry).At(slip.LotKey).OnLine(line))
			}
		}
	}
	return list, nil
}

// uses tells of kinds after which goods are consumed: sales, what can come back, and sets put together. Expired goods may be written
// off, sent back or moved without a word.
func uses(k *slip.Kind) bool {
	return k.Group == slip.Sales || k.Stock.Parts != 0 || slices.ContainsFunc(kinds.All, func(r *slip.Kind) bool { return r.ReturnOf == k.Code && k.Stock.Direction < 0 })
}

// checkTracking: how a product's goods are told apart stays once some moved, and opening stock says its lots.
func checkTracking(tx *store.Tx, r *master.Record) (faults fault.List) {
	switch r.Type {
	case master.Products:
		old, ok := tx.Master(r.Type.Code, r.Code())
		if byID, same := tx.Masters().ByID(r.Type.Code, r.ID); same {
			old, ok = byID, true
		}
		if !ok || inquiry.TrackingOf(old) == inquiry.TrackingOf(r) {
			return nil
		}
		if moved, err := tx.HasMoved(old.ID); err != nil {
			faults = append(faults, fault.Internal(fmt.Errorf("whether %s moved: %w", r.Code(), err)))
		} else if moved {
			faults = append(faults, fault.New(fault.Refused, "%s 已有出入库，不能再改批次管理", "goods of %s have moved; its tracking can no longer change", r.Code()).At("tracking"))
		}
	case master.OpeningStock:
		p, ok := tx.Masters().Product(r.Get("product"))
		q, err := num.ParseQuantity(orZero(r.Get("qty")))
		if !ok || err != nil {
			return nil
		}
		lots, err := slip.ParseLots(r.Get(slip.LotKey), q, p.Serial())
		switch {
		case err != nil:
			faults = fault.Of(err)
		case p.Tracked() && len(lots) == 0:
			faults = append(faults, fault.New(fault.Invalid, "%s 按%s管理，请填写", "%s has %[3]s; fill them in", p.Code(), names(p).Zh, names(p).En).At(slip.LotKey))
		case !p.Tracked() && r.Get(slip.LotKey)+r.Get(slip.ExpiryKey) != "":
			faults = append(faults, fault.New(fault.Invalid, "商品 %s 不管批次；如需管理，请在商品资料中设置批次管理", "the product %s has no lots; its tracking is set among the products", p.Code()).At(slip.LotKey))
		}
	}
	return faults
}

// checkOpeningLots: a lot expires on one day, whatever warehouse it lies in and whoever brought it.
func (b *Book) checkOpeningLots(tx *store.Tx, d *slip.Doc) (faults fault.List) {
	opening, err := tx.SlipID(d.Number)
	if err != nil {
		return nil
	}
	said := map[[2]string]text.Date{}
	for i := range d.Lines {
		l := &d.Lines[i]
		day, err := text.ParseDate(l.Extra[slip.ExpiryKey])
		p, ok := b.Masters().Product(l.Product)
		if err != nil || !ok || !p.Tracked() {
			continue
		}
		for _, x := range l.Lots() {
			code := x.Code
			key := [2]string{l.Product, code}
			was := said[key]
			if lot, err := tx.Lot(p.ID, code); was == 0 && err == nil && lot != nil {
				was, _, _ = tx.SaidExpiry(lot.ID, opening)
			}
			if was != 0 && was != day {
				faults = append(faults, fault.New(fault.Refused, "%s 批号 %s 的有效期是 %s，不是 %s", "lot %[2]s of %[1]s expires on %[3]s, not on %[4]s", l.Product, code, was, day).At(slip.ExpiryKey))
			}
			said[key] = day
		}
	}
	return faults
}
