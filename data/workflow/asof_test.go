package workflow_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// What slips promised at the end of a day is asked of the book's nearer end. Both ends must say what the slips themselves come to, line by line
// from the start, on every day of a history.
func TestWhatWasPromisedIsTheSameFromEitherEnd(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		b := opened(t, settings(r))
		var in []string
		for _, e := range draw(r) {
			if try(b, "slips", history, e.row) == nil {
				in = append(in, e.ref)
			}
		}
		in = append(in, ordered(r, b)...)
		for _, ref := range in { // some are taken back, so that what followed them is carried out no more
			if rapid.IntRange(0, 9).Draw(r, "taken back") == 0 {
				b.Unaudit(ref, false) // refused where something follows
			}
		}
		docs := all(r, b)
		days := map[text.Date]bool{}
		for _, d := range docs {
			days[d.Date], days[d.Date.AddDays(-1)] = true, true
		}
		for _, day := range slices.Sorted(maps.Keys(days)) {
			list, err := b.DB.PromisedAt(inquiry.Carried(), inquiry.Promising, day)
			if err != nil {
				r.Fatal(err)
			}
			got := map[store.Standing]num.Quantity{}
			for _, x := range list {
				q := x.Promised
				x.Promised = 0
				got[x] += q
			}
			if want := promised(b, docs, day); !maps.Equal(got, want) {
				r.Fatalf("promised on %s: %v, by the slips %v", day, got, want)
			}
		}
		wantTrade(r, b)
	})
}

// wantTrade checks that the trade of a span of days is what the trade of the whole book has on these days, billed parts among it.
func wantTrade(r *rapid.T, b *workflow.Book) {
	for _, of := range [][2][]string{{{"delivery", "retail-sale"}, {"sales-return"}}, {{"goods-receipt"}, {"purchase-return"}}} {
		lines := func(from, to text.Date) (list []store.TradeLine) {
			err := b.DB.TradeLines(of[0], of[1], from, to, func(l *store.TradeLine) error {
				list = append(list, *l)
				return nil
			})
			if err != nil {
				r.Fatal(err)
			}
			return list
		}
		whole := lines(20260101, 20261231)
		for from := text.Date(20260101); from < 20260701; from = from.AddDays(17) {
			to := from.AddDays(16)
			want := slices.DeleteFunc(slices.Clone(whole), func(l store.TradeLine) bool { return l.Date < from || l.Date > to })
			if got := lines(from, to); !slices.Equal(got, want) {
				r.Fatalf("trade of %s to %s: %v, of the whole book %v", from, to, got, want)
			}
		}
	}
}

// ordered enters orders of a day and then, a day each, goods receipts of some of them and returns that reopen them: so few slips stand behind the
// last days that these are asked from the end.
func ordered(r *rapid.T, b *workflow.Book) (refs []string) {
	const header = "kind,number,date,party,warehouse,product,qty,price,source,redeliver,audit"
	day, n := text.Date(20260601), rapid.IntRange(8, 12).Draw(r, "orders")
	enter := func(row string) bool {
		ref := fmt.Sprint("end", len(refs))
		if try(b, "slips", header, strings.Replace(row, "REF", ref, 1)) != nil {
			return false
		}
		refs = append(refs, ref)
		return true
	}
	for range n {
		enter(fmt.Sprintf("purchase-order,REF,%s,S,W1,A,10,7,,,yes", day))
	}
	for i := range n {
		if rapid.Bool().Draw(r, "received") && enter(fmt.Sprintf("goods-receipt,REF,%s,S,W1,A,%d,7,%s,,yes", day.AddDays(1+i), rapid.IntRange(1, 10).Draw(r, "qty"), refs[i])) &&
			rapid.Bool().Draw(r, "sent back") {
			enter(fmt.Sprintf("purchase-return,REF,%s,S,W1,A,1,7,%s,yes,yes", day.AddDays(2+i), refs[len(refs)-1]))
		}
	}
	return refs
}

// all loads every slip of a book that people see.
func all(r *rapid.T, b *workflow.Book) (docs []*slip.Doc) {
	heads, err := b.DB.Listed(kinds.Hidden(), "", "", 0, 0, 0)
	if err != nil {
		r.Fatal(err)
	}
	for _, h := range heads {
		d, err := b.Load(h.Number)
		if err != nil {
			r.Fatal(err)
		}
		docs = append(docs, d)
	}
	return docs
}

// promised is what the slips dated up to a day promise: of each line what no slip up to that day carried out, by product and places.
func promised(b *workflow.Book, docs []*slip.Doc, day text.Date) map[store.Standing]num.Quantity {
	sum := map[store.Standing]num.Quantity{}
	place := func(code string) int64 {
		w, _ := b.Masters().Find(master.Warehouses.Code, code)
		if w == nil {
			return 0
		}
		return w.ID
	}
	for _, d := range docs {
		k, _ := kinds.ByCode(d.Kind)
		if k.Stock.Promise == "" || d.Date > day || d.Status == slip.Draft || d.Status == slip.Void || d.Status == slip.Closed {
			continue
		}
		for _, l := range d.Lines {
			if l.Service || d.Kind == kinds.Transfer.Code && l.ToWarehouse == "" {
				continue
			}
			if left := l.Base - carried(docs, d.Kind, l.ID, day); left > 0 {
				p, _ := b.Masters().Find(master.Products.Code, l.Product)
				sum[store.Standing{Kind: d.Kind, Product: p.ID, Warehouse: place(cmp.Or(l.Warehouse, d.Warehouse)), To: place(d.ToWarehouse), Through: place(l.ToWarehouse)}] += left
			}
		}
	}
	return sum
}

// carried is how much of a line of a kind slips dated up to a day carry out, less what red letters and returns that reopen it take back of that.
func carried(docs []*slip.Doc, kind string, line int64, day text.Date) (done num.Quantity) {
	follow := func(line int64, f func(d *slip.Doc, l slip.Line)) {
		for _, d := range docs {
			if d.Date > day || d.Status == slip.Draft || d.Status == slip.Void {
				continue
			}
			for _, l := range d.Lines {
				if l.SourceID == line {
					f(d, l)
				}
			}
		}
	}
	follow(line, func(x *slip.Doc, l slip.Line) {
		if !kinds.Executes(x.Kind, kind) {
			return
		}
		q := l.Base
		if x.Kind == kind {
			q = max(q, -q)
		}
		follow(l.ID, func(r *slip.Doc, back slip.Line) {
			if back.Redeliver || r.Kind == x.Kind {
				q -= max(back.Base, -back.Base)
			}
		})
		done += q
	})
	return done
}
