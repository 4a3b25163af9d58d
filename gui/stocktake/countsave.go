package stocktake

import (
	"sync"

	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// countSaver writes a count as it stands, one save after the other, while scanning goes on: a scanner does not wait for the disk, and no
// code of it may be lost. What is scanned during a save goes into the next one.
type countSaver struct {
	mu    sync.Mutex
	idle  sync.Cond
	next  *slip.Doc // to be saved
	saved *slip.Doc // as it stands in the book
	busy  bool
	own   bool // it has changed the book since it was last asked
}

func NewCountSaver(d *slip.Doc) *countSaver {
	v := &countSaver{saved: d}
	v.idle.L = &v.mu
	return v
}

// Put asks for a save; true: nobody is at it, run has to be called.
func (v *countSaver) Put(d *slip.Doc) (start bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.next = d
	start = !v.busy
	v.busy = true
	return start
}

// Run saves until nothing is left to be saved.
func (v *countSaver) Run(save func(*slip.Doc) error) error {
	for {
		v.mu.Lock()
		d := v.next
		v.next = nil
		if d == nil {
			v.stop()
			v.mu.Unlock()
			return nil
		}
		adopt(d, v.saved)
		v.own = true
		v.mu.Unlock()
		err := save(d)
		v.mu.Lock()
		if err != nil {
			v.own, v.next = false, nil
			v.stop()
			v.mu.Unlock()
			return err
		}
		v.saved = d
		v.mu.Unlock()
	}
}

func (v *countSaver) stop() {
	v.busy = false
	v.idle.Broadcast()
}

// wait returns when all is saved.
func (v *countSaver) wait() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for v.busy {
		v.idle.Wait()
	}
}

// Heard tells whether the form itself has changed the book since it was last asked.
func (v *countSaver) Heard() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	own := v.own
	v.own = false
	return own
}

// State gives what stands in the book, and whether more is on its way there.
func (v *countSaver) State() (saved *slip.Doc, busy bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.saved, v.busy
}

// loaded takes a slip just read.
func (v *countSaver) loaded(d *slip.Doc) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.saved = d
}

// adopt gives a slip scanned further what the book gave it: its version, and its lines their rows and their moments where they were
// not counted on.
func adopt(d, saved *slip.Doc) {
	type place struct{ product, lot, warehouse, shelf, counter string }
	at := func(d *slip.Doc, l *slip.Line) place {
		return place{l.Product, l.Lot(), d.At(l), l.Extra[slip.CountShelf], l.Extra[slip.CountCounter]}
	}
	known := map[place]*slip.Line{}
	for i := range saved.Lines {
		known[at(saved, &saved.Lines[i])] = &saved.Lines[i]
	}
	d.ID, d.Number, d.Version, d.Status = saved.ID, saved.Number, saved.Version, saved.Status
	for i := range d.Lines {
		l := &d.Lines[i]
		x := known[at(d, l)]
		switch {
		case x == nil:
		case x.Base == l.Base && x.Zero == l.Zero:
			*l = *x
		default:
			l.ID = x.ID
		}
		l.No = i + 1
	}
}

// Pieces puts a quantity of base units on a line.
func Pieces(l *slip.Line, q num.Quantity) {
	l.Unit, l.Factor, l.Qty, l.Base, l.Zero = "", num.QuantityOne, q, q, q == 0
}
