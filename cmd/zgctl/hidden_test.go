package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/inquiry"
	"zhanggui/data/workflow"
)

// dealing is a book with goods received, sold and counted, and a person of each role that sees but a part of it.
func dealing(t *testing.T) firm {
	f := opened(t)
	f.imports("", "warehouses", "code,name", "W1,Main", "W2,Other")
	f.imports("", "suppliers", "code,name", "G1,Maker")
	f.imports("", "customers", "code,name", "K1,Quiet Buyer")
	f.imports("", "products", "code,name,unit,purchase_price,sales_price", "P1,Lamp,piece,40,88.31")
	f.imports("", "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,R1,2026-01-05,G1,W1,P1,10,40,yes", "goods-receipt,R2,2026-01-05,G1,W2,P1,4,40,yes",
		"sales-order,O1,2026-01-07,K1,W1,P1,2,88.31,yes", "stocktake,C1,2026-01-08,,W1,P1,9,,no", "stocktake,C2,2026-01-08,,W2,P1,3,,no")
	f.hire("boss", "owner")
	for name, role := range map[string]string{"sun": "buyer", "zhou": "keeper", "wu": "cashier", "wang": "sales-clerk"} {
		f.hire(name, role)
	}
	return f
}

// A label bears the sales price for who may see it, and is printed without for who may not: of a slip, whose prices do not stand on it, as well as
// of a product (R4).
func TestLabelsWithoutThePrice(t *testing.T) {
	f := dealing(t)
	receipt := f.called("R1")
	out := filepath.Join(t.TempDir(), "l.pdf")
	for _, who := range []string{"sun", "zhou", "boss"} {
		for _, ask := range [][]string{{"print", f.book, receipt, "-o", out, "--as", "label"}, {"label", f.book, "P1", "-o", out}} {
			f.must(who, ask...)
			words := inside(t, out)
			if !strings.Contains(words, "Lamp") || strings.Contains(words, "99.79") != (who == "boss") { // 88.31 with 13 % tax
				t.Errorf("%s %v: %q", who, ask, words)
			}
		}
	}
	f.refused("goods-receipt.see: wang may not see goods receipt", "wang", "print", f.book, receipt, "-o", out, "--as", "label")
}

// What a count found is asked for the right to see it; of other slips that are hidden, or out of scope, there is none.
func TestCountDiffAsks(t *testing.T) {
	f := dealing(t)
	one, two := f.called("C1"), f.called("C2")
	f.must("zhou", "count", "diff", f.book, one)
	f.refused("stocktake.see: wu may not see", "wu", "count", "diff", f.book, one)
	f.refused("there is no slip "+f.called("R1"), "wu", "count", "diff", f.book, f.called("R1"))
	f.refused("is no stocktake", "zhou", "count", "diff", f.book, f.called("R1"))
	f.must("boss", "user", "set", f.book, "zhou", "warehouses=W1")
	f.must("zhou", "count", "diff", f.book, one)
	f.refused("there is no slip "+two, "zhou", "count", "diff", f.book, two)
}

// watch tells nothing of slips out of the watcher's scope (R8), nor of kinds he may not see.
func TestWatchKeepsToTheScope(t *testing.T) {
	f := dealing(t)
	told := func(who string) (keys []string) {
		for _, l := range strings.Split(strings.TrimSpace(f.must(who, "watch", f.book, "--since", "0", "--timeout", "0", "--json")), "\n") {
			var x struct{ Key string }
			if err := json.Unmarshal([]byte(l), &x); err != nil {
				t.Fatal(l, err)
			}
			keys = append(keys, x.Key)
		}
		return keys
	}
	here, there := f.called("R1"), f.called("R2")
	if keys := told("zhou"); !slices.Contains(keys, here) || !slices.Contains(keys, there) {
		t.Errorf("a keeper of all is told of %v", keys)
	}
	if keys := told("sun"); !slices.Contains(keys, here) || slices.Contains(keys, "K1") {
		t.Errorf("a buyer is told of %v", keys)
	}
	f.must("boss", "user", "set", f.book, "zhou", "warehouses=W1")
	if keys := told("zhou"); !slices.Contains(keys, here) || slices.Contains(keys, there) || slices.Contains(keys, f.called("C2")) || !slices.Contains(keys, "P1") {
		t.Errorf("a keeper of W1 is told of %v", keys)
	}
	if keys := told("boss"); !slices.Contains(keys, there) || !slices.Contains(keys, "K1") {
		t.Errorf("the owner is told of %v", keys)
	}
}

// A customer is not there for who may not see customers: neither with an order he sees nor as what a list is narrowed by (R5). Whether a receipt is
// paid is told only to who sees what it comes to (R4).
func TestPartiesNotSeenAreAbsent(t *testing.T) {
	f := dealing(t)
	order, receipt := f.called("O1"), f.called("R1")
	for _, ask := range [][]string{{"slip", "show", f.book, order, "--json"}, {"slip", "show", f.book, order}, {"slip", "list", f.book}, {"slip", "list", f.book, "--json", "--kind", "sales-order"}} {
		if all := f.must("sun", ask...); strings.Contains(all, "K1") || strings.Contains(all, "Quiet") || !strings.Contains(all, order) {
			t.Errorf("a buyer %v: %s", ask, all)
		}
	}
	if all := f.must("sun", "slip", "list", f.book, "--json"); !strings.Contains(all, `"party": "G1"`) {
		t.Errorf("a buyer is not told whom he buys from: %s", all)
	}
	f.imports("boss", "slips", "kind,number,date,party,warehouse,product,qty,price", "sales-order,O2,2026-01-09,K1,W1,P1,1,88.31")
	b, err := workflow.Open(f.book)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for who, name := range map[string]string{"sun": "", "boss": "Quiet Buyer"} { // what home says waits for him
		tasks, err := b.As(who).Tasks(50)
		i := slices.IndexFunc(tasks, func(x inquiry.Task) bool { return x.Number == f.called("O2") })
		if err != nil || i < 0 || tasks[i].PartyName != name {
			t.Errorf("%s: %+v %v", who, tasks, err)
		}
	}
	f.refused(`there is no party "K1"`, "sun", "slip", "list", f.book, "--party", "K1")
	if all := f.must("wang", "slip", "list", f.book, "--party", "K1"); !strings.Contains(all, order) {
		t.Errorf("the orders of K1: %s", all)
	}
	for who, sees := range map[string]bool{"zhou": false, "sun": true, "boss": true} {
		if all := f.must(who, "slip", "show", f.book, receipt, "--json"); strings.Contains(all, `"paid_up"`) != sees {
			t.Errorf("%s: paid_up: %s", who, all)
		}
	}
}
