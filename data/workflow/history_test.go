package workflow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// settings draws a book's rules of stock.
func settings(t *rapid.T) workflow.Settings {
	return workflow.Settings{Costing: rapid.SampledFrom([]string{"average", "fifo", "monthly"}).Draw(t, "costing"), Pool: rapid.SampledFrom([]string{"company", "warehouse"}).Draw(t, "pool"),
		Negative: rapid.SampledFrom([]string{"forbid", "allow", "warn"}).Draw(t, "negative"), Taxpayer: rapid.SampledFrom([]string{"general", "small"}).Draw(t, "taxpayer"),
		Flow: rapid.SampledFrom([]string{"direct", "invoice"}).Draw(t, "flow")}
}

// opened is a book for random histories: T is made of 2 A and 1 B, U of a T and 2 A of which a twentieth is scrapped, and A was never
// bought at its reference cost. Y is a service.
func opened(t testing.TB, s workflow.Settings) *workflow.Book {
	b := open(t, s)
	load(t, b, "products", "code,name,reference_cost,tracking", "A,螺丝,7.5,", "T,工具箱,,", "U,工具车,,", "L,药膏,3,lot", "N,仪器,50,serial")
	load(t, b, "products", "code,name,service", "Y,运费,yes")
	load(t, b, "accounts", "code,name,type", "G,工行,bank")
	load(t, b, "boms", "product,component,qty,scrap_rate", "T,A,2,", "T,B,1,", "U,T,1,", "U,A,2,5%")
	load(t, b, "opening-stock", "warehouse,product,qty,cost", "W1,A,12,7", "W1,B,5,3.33", "W2,A,5,6", "W1,T,2,21")
	load(t, b, "suppliers", "code,name", "S2,钢厂")
	load(t, b, "customers", "code,name", "C2,物业")
	return b
}

// lots draws what a slip says of its lots, where it has to: goods that leave take what expires first. Serial numbers are counted one by one.
func lots(t *rapid.T, kind, product string, qty int) (q int, lot, expiry string) {
	names := kind == "goods-receipt" || kind == "other-receipt" || kind == "overage" || kind == "stocktake" || strings.HasSuffix(kind, "-return")
	switch {
	case product == "L" && names:
		n := rapid.IntRange(1, 3).Draw(t, "lot")
		return qty, fmt.Sprintf("L%d", n), fmt.Sprintf("2026-0%d-20", n)
	case product == "N" && kind == "stocktake":
		return min(qty, 1), fmt.Sprintf("N%d", 1+qty%6), ""
	case product == "N" && names:
		first := rapid.IntRange(1, 9).Draw(t, "serial")
		return qty, fmt.Sprintf("N%d~N%d", first, first+qty-1), ""
	}
	return qty, "", ""
}

// chosen are the events with the lots they took in a book.
func chosen(t *rapid.T, b *workflow.Book, list []event) []event {
	list = slices.Clone(list)
	for i := range list {
		f := list[i].read()
		if f["product"] != "L" && f["product"] != "N" || f["lot"] != "" {
			continue
		}
		d, err := b.Load(list[i].ref)
		if err != nil {
			t.Fatal(err)
		}
		f["lot"] = d.Lines[0].Lot()
		list[i].row = f.row()
	}
	return list
}

// enter enters the events in the order given, again and again those that were refused. A return and the delivery it
// follows may block each other where later slips took their stock: then the later ones are un-audited, newest first, and
// all is audited again by date.
func enter(b *workflow.Book, byDate, list []event) (in map[string]bool) {
	in = map[string]bool{}
	defer func() {
		if len(in) == len(list) {
			return
		}
		first := slices.IndexFunc(byDate, func(e event) bool { return !in[e.ref] })
		for i := len(byDate) - 1; i > first; i-- {
			if in[byDate[i].ref] {
				b.Unaudit(byDate[i].ref, true) // one taken back with its source already says so
			}
		}
		for _, e := range byDate[first:] {
			if in[e.ref] {
				b.Audit(e.ref)
			} else if try(b, "slips", history, e.row) == nil {
				in[e.ref] = true
			}
		}
	}()
	for again := true; again; {
		again = false
		for _, e := range list {
			if !in[e.ref] && try(b, "slips", history, e.row) == nil {
				in[e.ref], again = true, true
			}
		}
	}
	return in
}

// books prints all ledgers of a book by external numbers.
func books(t *rapid.T, b *workflow.Book) string {
	var s strings.Builder
	names := map[string]string{}
	f, err := b.DB.Listed(kinds.Hidden(), "", "", 0, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range f {
		names[r.Number] = r.ExternalNo
	}
	for _, r := range []struct {
		name string
		p    reports.Params
	}{{"stock-on-hand", reports.Params{}}, {"stock-movement", reports.Params{}}, {"stock-ledger", reports.Params{Product: "A"}}, {"stock-ledger", reports.Params{Product: "B"}}, {"stock-ledger", reports.Params{Product: "T"}}, {"stock-ledger", reports.Params{Product: "L"}}, {"stock-ledger", reports.Params{Product: "N"}}, {"stock-ledger", reports.Params{Product: "U"}}, {"stock-ledger", reports.Params{Product: "A", Warehouse: "W2"}},
		{"receivables", reports.Params{}}, {"payables", reports.Params{}}, {"party-statement", reports.Params{Party: "C"}}, {"cash-book", reports.Params{}},
		{"journal", reports.Params{}}, {"trial-balance", reports.Params{}}, {"purchase-summary", reports.Params{}}, {"sales-summary", reports.Params{}}} {
		rep, _ := reports.ByName(r.name)
		rows, err := rep.Texts(b, r.p)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&s, r.name)
		for _, row := range rows {
			if r.name == "receivables" || r.name == "payables" {
				row = row[:4] // what is overdue depends on what money found open when it came in
			}
			for i, v := range row {
				if n, ok := names[v]; ok {
					row[i] = n
				}
			}
			fmt.Fprintln(&s, strings.Join(row, " "))
		}
	}
	return s.String()
}

// unlike prints the lines of two texts that the other has not.
func unlike(x, y string) string {
	a, b := strings.Split(x, "\n"), strings.Split(y, "\n")
	var s []string
	for i, list := range [][]string{a, b} {
		for _, l := range list {
			if !slices.Contains([][]string{b, a}[i], l) {
				s = append(s, "-+"[i:i+1]+" "+l)
			}
		}
	}
	return strings.Join(s, "\n")
}

func proofs(t *rapid.T, b *workflow.Book) {
	list, err := b.Verify()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if !p.Holds() {
			t.Fatalf("proof %d: %v", p.Number, p.Faults)
		}
	}
}

// sound checks rule C12 after every day: nothing is worth nothing, and the value's sign is the quantity's.
func sound(t *rapid.T, b *workflow.Book) {
	warehouses := []string{""}
	if b.Settings().Pool == "warehouse" {
		warehouses = []string{"W1", "W2"}
		if _, ok := b.Masters().Find("warehouses", "ZT"); ok {
			warehouses = append(warehouses, "ZT")
		}
	}
	rep, _ := reports.ByName("stock-ledger")
	for _, product := range []string{"A", "B", "T", "U", "L", "N"} {
		for _, w := range warehouses {
			rows, err := rep.Texts(b, reports.Params{Product: product, Warehouse: w})
			if err != nil {
				t.Fatal(err)
			}
			for i, r := range rows {
				if i+1 < len(rows) && rows[i+1][0] == r[0] {
					continue
				}
				q, _ := num.ParseQuantity(r[8])
				v, _ := num.ParseAmount(r[10])
				if q == 0 && v != 0 || q > 0 && v < 0 || q < 0 && v > 0 {
					t.Fatalf("%s %s on %s after %s: %s worth %s", product, w, r[0], r[1], r[8], r[10])
				}
			}
		}
	}
	wantSold(t, b, 202604)
}

func TestTheOrderOfEntryDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		list, set := draw(r), settings(r)
		a := opened(t, set)
		var kept []event
		for _, e := range list { // in date order, once: what is refused then is no part of the history
			if try(a, "slips", history, e.row) == nil {
				kept = append(kept, e)
			}
		}
		proofs(r, a)
		sound(r, a)
		kept = chosen(r, a, kept)
		b := opened(t, set)
		if in := enter(b, kept, rapid.Permutation(kept).Draw(r, "order")); len(in) != len(kept) {
			r.Fatalf("only %d of %d slips went in out of order", len(in), len(kept))
		}
		proofs(r, b)
		if x, y := books(r, a), books(r, b); x != y {
			r.Fatalf("in order and out of order:\n%s", unlike(x, y))
		}
		sameClosed(r, a, b)
	})
}

// sameClosed closes two months of two books that are the same, and opens them again: they stay the same, and are as they were.
func sameClosed(r *rapid.T, a, b *workflow.Book) {
	was := books(r, a)
	for m := text.Month(202601); m <= 202602; m = m.Next() {
		for _, x := range []*workflow.Book{a, b} {
			if err := x.ClosePeriod(m); err != nil {
				r.Fatal(err)
			}
			proofs(r, x)
			sound(r, x)
		}
		if x, y := books(r, a), books(r, b); x != y {
			r.Fatalf("%s closed, in order and out of order:\n%s", m, unlike(x, y))
		}
	}
	if err := a.ReopenPeriod(202601); err != nil {
		r.Fatal(err)
	}
	proofs(r, a)
	if now := books(r, a); now != was {
		r.Fatalf("before closing, and opened again:\n%s", unlike(was, now))
	}
}

func TestUnauditGivesBackTheStateBefore(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		list, set := draw(r), settings(r)
		b := opened(t, set)
		var refs []string
		for _, e := range list {
			if try(b, "slips", history, e.row) == nil {
				refs = append(refs, e.ref)
			}
		}
		if len(refs) == 0 {
			return
		}
		if rapid.Bool().Draw(r, "closed") {
			if err := b.ClosePeriod(202601); err != nil {
				r.Fatal(err)
			}
		}
		ref := rapid.SampledFrom(refs).Draw(r, "ref")
		with := books(r, b)
		if _, err := b.Unaudit(ref, false); err != nil {
			if books(r, b) != with {
				r.Fatal("a refused un-audit changed the books")
			}
			return
		}
		proofs(r, b)
		sound(r, b)
		without := books(r, b)
		if _, err := b.Audit(ref); err != nil {
			r.Fatalf("audit again: %v", err)
		}
		proofs(r, b)
		if again := books(r, b); again != with {
			r.Fatalf("before, and audited again:\n%s", unlike(with, again))
		}
		if _, err := b.Unaudit(ref, false); err != nil {
			r.Fatalf("un-audit again: %v", err)
		}
		if again := books(r, b); again != without {
			r.Fatalf("without it, and un-audited again:\n%s", unlike(without, again))
		}
	})
}

// Months are closed on the way: what invoices and landed costs change of them falls on their own dates, and the closed months stay.
func TestProofsHoldOverClosedMonths(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		list, set := draw(r), settings(r)
		set.Flow = rapid.SampledFrom([]string{"invoice", "invoice", "direct"}).Draw(r, "flow again")
		b := opened(t, set)
		month, printed := text.Month(202601), ""
		stock, _ := reports.ByName("stock-movement")
		trial, _ := reports.ByName("trial-balance")
		sales, _ := reports.ByName("sales-ledger")
		purchases, _ := reports.ByName("purchase-ledger")
		january := func() string {
			var s []string
			for _, rep := range []*reports.Report{stock, trial, sales, purchases, reports.Reconciliation} {
				rows, err := rep.Texts(b, reports.Params{From: 20260101, To: 20260131})
				if err != nil {
					r.Fatal(err)
				}
				s = append(s, fmt.Sprint(rows))
			}
			return strings.Join(s, "\n")
		}
		for _, e := range list {
			n := 0
			fmt.Sscanf(e.ref, "s%d", &n)
			cells := strings.Split(e.row, ",")
			m := text.Month(202601 + n/8)
			cells[2] = fmt.Sprintf("%s-%02d", m, 1+n%8)
			for ; month < m; month = month.Next() {
				if err := b.ClosePeriod(month); err != nil {
					r.Fatal(err)
				}
				if printed == "" {
					printed = january()
				}
			}
			try(b, "slips", history, strings.Join(cells, ","))
		}
		proofs(r, b)
		sound(r, b)
		if printed != "" && january() != printed {
			r.Fatalf("January was closed as\n%s\nand is now\n%s", printed, january())
		}
		if month > 202601 {
			if err := b.ReopenPeriod(202601); err != nil {
				r.Fatal(err)
			}
			proofs(r, b)
		}
	})
}
