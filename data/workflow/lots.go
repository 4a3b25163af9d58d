package workflow

import (
	"cmp"
	"math"
	"slices"

	"zhanggui/data/fault"
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
		short := t.b.shortage(p.Record, w, t.d.Date, number, -rest)
		if err := t.b.nameTaker(t.tx, short, p.ID, w.ID); err != nil {
			return nil, err
		}
		t.faults = append(t.faults, short.OnLine(i+1))
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
