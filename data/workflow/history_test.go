package workflow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// event is one slip of a random history; each has a day of its own, so the order within a day does not matter.
type event struct {
	ref, source string
	row         string
}

const history = "kind,number,date,party,warehouse,to_warehouse,account,product,qty,unit,price,amount,source,audit"

// draw makes a history of every kind; returns and money follow an earlier slip, each at most once.
func draw(t *rapid.T) []event {
	var list []event
	type base struct {
		ref, product, wh string
		qty              int
	}
	var receipts, deliveries []base
	n := rapid.IntRange(3, 25).Draw(t, "slips")
	for i := range n {
		ref := fmt.Sprintf("s%d", i)
		day := fmt.Sprintf("2026-%02d-%02d", 1+i/28, 1+i%28)
		product := rapid.SampledFrom([]string{"A", "B"}).Draw(t, "product")
		wh := rapid.SampledFrom([]string{"W1", "W2"}).Draw(t, "warehouse")
		qty := rapid.IntRange(1, 30).Draw(t, "qty")
		cents := rapid.IntRange(0, 5000).Draw(t, "price")
		price := fmt.Sprintf("%d.%02d", cents/100, cents%100)
		put := func(kind, party, wh, to, account, product, qty, unit, price, amount, source string) {
			list = append(list, event{ref, source, strings.Join([]string{kind, ref, day, party, wh, to, account, product, qty, unit, price, amount, source, "yes"}, ",")})
		}
		q := fmt.Sprint(qty)
		switch rapid.IntRange(0, 9).Draw(t, "kind") {
		case 0, 1:
			put("goods-receipt", "S", wh, "", "", product, q, "", price, "", "")
			receipts = append(receipts, base{ref, product, wh, qty})
		case 2, 3:
			put("delivery", "C", wh, "", "", product, q, "", price, "", "")
			deliveries = append(deliveries, base{ref, product, wh, qty})
		case 4:
			other := map[string]string{"W1": "W2", "W2": "W1"}[wh]
			put("transfer", "", wh, other, "", product, q, "", "", "", "")
		case 5:
			put("other-receipt", "", wh, "", "", product, q, "", price, "", "")
		case 6:
			put("other-issue", "", wh, "", "", product, q, "", "", "", "")
		case 7:
			if len(receipts) == 0 {
				put("purchase-return", "S", wh, "", "", product, q, "", price, "", "")
				break
			}
			r := receipts[0]
			receipts = receipts[1:]
			put("purchase-return", "S", r.wh, "", "", r.product, fmt.Sprint(1+qty%r.qty), "", "", "", r.ref)
		case 8:
			if len(deliveries) == 0 {
				put("sales-return", "C", wh, "", "", product, q, "", price, "", "")
				break
			}
			d := deliveries[0]
			deliveries = deliveries[1:]
			put("sales-return", "C", d.wh, "", "", d.product, fmt.Sprint(1+qty%d.qty), "", "", "", d.ref)
		case 9:
			put("payment", "S", "", "", "K", "", "", "", "", price+"1", "")
		}
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
	f, err := b.DB.Listed("", "", 0, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range f {
		names[r[0].(string)] = r[1].(string)
	}
	for _, r := range []struct {
		name string
		p    reports.Params
	}{{"stock-on-hand", reports.Params{}}, {"stock-movement", reports.Params{}}, {"stock-ledger", reports.Params{Product: "A"}}, {"stock-ledger", reports.Params{Product: "B"}},
		{"receivables", reports.Params{}}, {"payables", reports.Params{}}, {"party-statement", reports.Params{Party: "C"}}, {"cash-book", reports.Params{}},
		{"journal", reports.Params{}}, {"trial-balance", reports.Params{}}} {
		rep, _ := reports.ByName(r.name)
		rows, err := rep.Run(b, r.p)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&s, r.name)
		for _, row := range rows {
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

func TestTheOrderOfEntryDoesNotMatter(t *testing.T) {
	for _, pool := range []string{"company", "warehouse"} {
		t.Run(pool, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				list := draw(r)
				a := open(t, workflow.Settings{Pool: pool})
				inOrder := map[string]bool{}
				var kept []event
				for _, e := range list { // in date order, once: what is refused then is no part of the history
					if try(a, "slips", history, e.row) == nil {
						inOrder[e.ref] = true
						kept = append(kept, e)
					}
				}
				proofs(r, a)
				b := open(t, workflow.Settings{Pool: pool})
				if in := enter(b, kept, rapid.Permutation(kept).Draw(r, "order")); len(in) != len(kept) {
					r.Fatalf("only %d of %d slips went in out of order", len(in), len(kept))
				}
				proofs(r, b)
				if x, y := books(r, a), books(r, b); x != y {
					r.Fatalf("in order:\n%s\nout of order:\n%s", x, y)
				}
			})
		})
	}
}

func TestUnauditGivesBackTheStateBefore(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		list := draw(r)
		b := open(t, workflow.Settings{})
		var refs []string
		for _, e := range list {
			if try(b, "slips", history, e.row) == nil {
				refs = append(refs, e.ref)
			}
		}
		if len(refs) == 0 {
			return
		}
		ref := rapid.SampledFrom(refs).Draw(r, "ref")
		before := books(r, b)
		if _, err := b.Unaudit(ref, false); err != nil {
			if books(r, b) != before {
				r.Fatal("a refused un-audit changed the books")
			}
			return
		}
		proofs(r, b)
		if _, err := b.Audit(ref); err != nil {
			r.Fatalf("audit again: %v", err)
		}
		proofs(r, b)
		if after := books(r, b); after != before {
			r.Fatalf("before:\n%s\nafter:\n%s", before, after)
		}
	})
}
