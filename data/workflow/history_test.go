package workflow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// event is one slip of a random history; each has a day of its own, so the order within a day does not matter.
type event struct {
	ref, source string
	row         string
}

const history = "kind,number,date,party,warehouse,to_warehouse,account,product,qty,unit,price,amount,source,lot,expiry,audit,paid,offset_kind,allocate_by,transit,levels"

// settings draws a book's rules of stock.
func settings(t *rapid.T) workflow.Settings {
	return workflow.Settings{Costing: rapid.SampledFrom([]string{"average", "fifo", "monthly"}).Draw(t, "costing"), Pool: rapid.SampledFrom([]string{"company", "warehouse"}).Draw(t, "pool"),
		Negative: rapid.SampledFrom([]string{"forbid", "allow", "warn"}).Draw(t, "negative"), Taxpayer: rapid.SampledFrom([]string{"general", "small"}).Draw(t, "taxpayer"),
		Flow: rapid.SampledFrom([]string{"direct", "invoice"}).Draw(t, "flow")}
}

// opened is a book for random histories: T is made of 2 A and 1 B, U of a T and 2 A of which a twentieth is scrapped, and A was never
// bought at its reference cost.
func opened(t testing.TB, s workflow.Settings) *workflow.Book {
	b := open(t, s)
	load(t, b, "products", "code,name,reference_cost,tracking", "A,螺丝,7.5,", "T,工具箱,,", "U,工具车,,", "L,药膏,3,lot", "N,仪器,50,serial")
	load(t, b, "accounts", "code,name,type", "G,工行,bank")
	load(t, b, "boms", "product,component,qty,scrap_rate", "T,A,2,", "T,B,1,", "U,T,1,", "U,A,2,5%")
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
		cells := strings.Split(list[i].row, ",")
		if cells[7] != "L" && cells[7] != "N" || cells[13] != "" {
			continue
		}
		d, err := b.Load(list[i].ref)
		if err != nil {
			t.Fatal(err)
		}
		cells[13] = d.Lines[0].Lot()
		list[i].row = strings.Join(cells, ",")
	}
	return list
}

// draw makes a history of every kind; returns follow an earlier slip, those of materials part by part.
func draw(t *rapid.T) []event {
	var list []event
	type base struct {
		ref, product, wh string
		qty              int
	}
	var receipts, deliveries, issues, bought, sold, wentBack, ordered, sent []base
	n := rapid.IntRange(3, 30).Draw(t, "slips")
	for i := range n {
		ref := fmt.Sprintf("s%d", i)
		day := fmt.Sprintf("2026-%02d-%02d", 1+i/28, 1+i%28)
		product := rapid.SampledFrom([]string{"A", "A", "B", "T", "L", "L", "N"}).Draw(t, "product")
		wh := rapid.SampledFrom([]string{"W1", "W1", "W2"}).Draw(t, "warehouse")
		qty := rapid.IntRange(1, 30).Draw(t, "qty")
		if product == "N" {
			qty = 1 + qty%3
		}
		cents := rapid.IntRange(0, 5000).Draw(t, "price")
		price := fmt.Sprintf("%d.%02d", cents/100, cents%100)
		put := func(kind, party, wh, to, account, product, qty, unit, price, amount, source string) {
			lot, expiry := "", ""
			if n := 0; product == "L" || product == "N" {
				if fmt.Sscan(qty, &n); source == "" {
					n, lot, expiry = lots(t, kind, product, n)
					qty = fmt.Sprint(n)
				}
			}
			list = append(list, event{ref, source, strings.Join([]string{kind, ref, day, party, wh, to, account, product, qty, unit, price, amount, source, lot, expiry, "yes"}, ",")})
		}
		with := func(more ...string) { list[len(list)-1].row += "," + strings.Join(more, ",") }
		// back returns part of the first slip of a list, or goods without a source
		back := func(kind, party string, from *[]base) {
			if len(*from) == 0 {
				put(kind, party, wh, "", "", product, fmt.Sprint(qty), "", "", "", "")
				return
			}
			f := &(*from)[0]
			q := 1 + qty%f.qty
			to := f.wh
			if qty%3 == 0 {
				to = wh
			}
			put(kind, party, to, "", "", f.product, fmt.Sprint(q), "", "", "", f.ref)
			if f.qty -= q; f.qty == 0 || party != "" { // the price of a second return follows the order of entry, its cost does not
				*from = (*from)[1:]
			}
		}
		q := fmt.Sprint(qty)
		switch rapid.IntRange(0, 38).Draw(t, "kind") {
		case 0, 1, 2:
			put("goods-receipt", "S", wh, "", "", product, q, "", price, "", "")
			receipts, bought = append(receipts, base{ref, product, wh, qty}), append(bought, base{ref, product, wh, qty})
		case 3, 4, 5:
			put("delivery", "C", wh, "", "", product, q, "", price, "", "")
			deliveries, sold = append(deliveries, base{ref, product, wh, qty}), append(sold, base{ref, product, wh, qty})
		case 6:
			other := map[string]string{"W1": "W2", "W2": "W1"}[wh]
			put("transfer", "", wh, other, "", product, q, "", "", "", "")
		case 7:
			put("other-receipt", "", wh, "", "", product, q, "", price, "", "")
		case 8:
			put("other-issue", "", wh, "", "", product, q, "", "", "", "")
		case 9:
			back("purchase-return", "S", &receipts)
		case 10, 11:
			back("sales-return", "C", &deliveries)
			if f := strings.Split(list[len(list)-1].row, ","); f[12] != "" {
				n := 0
				fmt.Sscan(f[8], &n)
				wentBack = append(wentBack, base{ref, f[7], wh, n})
			}
		case 12:
			put("payment", "S", "", "", "K", "", "", "", "", price+"1", "")
		case 13:
			put("material-issue", "", wh, "", "", product, q, "", "", "", "")
			issues = append(issues, base{ref, product, wh, qty})
		case 14:
			back("material-return", "", &issues)
		case 15:
			put("write-off", "", wh, "", "", product, q, "", "", "", "")
		case 16:
			if qty%2 == 0 {
				price = ""
			}
			put("overage", "", wh, "", "", product, q, "", price, "", "")
		case 17:
			put("stocktake", "", wh, "", "", product, fmt.Sprint(qty-1), "", "", "", "")
		case 18:
			put("cost-adjustment", "", wh, "", "", product, "", "", "", fmt.Sprint(qty-15), "")
		case 20, 21: // a receipt is either billed or sent back: what a return credits follows the order of entry
			if len(receipts) > 0 {
				put("purchase-invoice", "S", "", "", "", receipts[0].product, fmt.Sprint(receipts[0].qty), "", price, "", receipts[0].ref)
				receipts = receipts[1:]
			}
		case 22, 23:
			if len(sold) > 0 {
				f := &sold[0]
				q := 1 + qty%f.qty
				put("sales-invoice", "C", "", "", "", f.product, fmt.Sprint(q), "", price, "", f.ref)
				if f.qty -= q; f.qty == 0 {
					sold = sold[1:]
				}
			}
		case 24:
			if len(wentBack) > 0 {
				put("sales-invoice", "C", "", "", "", wentBack[0].product, fmt.Sprint(-wentBack[0].qty), "", price, "", wentBack[0].ref)
				wentBack = wentBack[1:]
			}
		case 25:
			if len(bought) > 0 {
				put("landed-cost", "S", "", "", "", "", "", "", "", price+"1", rapid.SampledFrom(bought).Draw(t, "landed").ref)
				with("", "", rapid.SampledFrom([]string{"amount", "quantity"}).Draw(t, "spread"))
			}
		case 26:
			put("retail-sale", "", wh, "", "K", product, q, "", price, "", "")
		case 27:
			put("delivery", "C", wh, "", "K", product, q, "", price+"1", "", "")
			with("0.01")
		case 28:
			put(rapid.SampledFrom([]string{"prepayment", "payment"}).Draw(t, "money"), "S", "", "", "K", "", "", "", "", price+"1", "")
		case 29:
			put(rapid.SampledFrom([]string{"advance", "collection"}).Draw(t, "money"), "C", "", "", "G", "", "", "", "", price+"1", "")
		case 30:
			kind := rapid.SampledFrom([]string{"prepaid-payable", "advance-receivable", "bad-debt"}).Draw(t, "offset")
			put("offset", map[bool]string{true: "S", false: "C"}[kind == "prepaid-payable"], "", "", "", "", "", "", "", price+"1", "")
			with("", kind)
		case 32:
			put("sales-order", "C", wh, "", "", product, q, "", price, "", "")
			ordered = append(ordered, base{ref, product, wh, qty})
		case 33:
			if len(ordered) > 0 {
				f := &ordered[0]
				n := 1 + qty%f.qty
				put("delivery", "C", wh, "", "", f.product, fmt.Sprint(n), "", "", "", f.ref)
				sold, deliveries = append(sold, base{ref, f.product, wh, n}), append(deliveries, base{ref, f.product, wh, n})
				if f.qty -= n; f.qty == 0 {
					ordered = ordered[1:]
				}
			}
		case 34, 35:
			other := map[string]string{"W1": "W2", "W2": "W1"}[wh]
			put("transfer", "", wh, other, "", product, q, "", "", "", "")
			with("", "", "", "yes")
			sent = append(sent, base{ref, product, other, qty})
		case 36, 37: // what is in transit arrives part by part, goes back, or is lost
			if len(sent) > 0 {
				f := &sent[0]
				n := 1 + qty%f.qty
				switch kind := rapid.SampledFrom([]string{"transfer", "transfer", "back", "write-off"}).Draw(t, "arrives"); kind {
				case "transfer":
					put(kind, "", "", f.wh, "", f.product, fmt.Sprint(n), "", "", "", f.ref)
				case "back":
					put("transfer", "", "", map[string]string{"W1": "W2", "W2": "W1"}[f.wh], "", f.product, fmt.Sprint(n), "", "", "", f.ref)
				default:
					put(kind, "", "", "", "", f.product, fmt.Sprint(n), "", "", "", f.ref)
				}
				if f.qty -= n; f.qty == 0 {
					sent = sent[1:]
				}
			}
		case 38:
			put(rapid.SampledFrom([]string{"assembly", "assembly", "disassembly"}).Draw(t, "parts"), "", wh, "", "", "U", fmt.Sprint(1+qty/8), "", "", fmt.Sprint(qty%3), "")
			with("", "", "", "", rapid.SampledFrom([]string{"1", "all"}).Draw(t, "levels"))
		case 31:
			put(rapid.SampledFrom([]string{"expense", "income"}).Draw(t, "other"), "", "", "", "G", "", "", "", "", price+"1", "")
		case 19:
			put(rapid.SampledFrom([]string{"assembly", "assembly", "disassembly"}).Draw(t, "parts"), "", wh, "", "", "T", fmt.Sprint(1+qty/4), "", "", fmt.Sprint(qty%3), "")
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
	}{{"stock-on-hand", reports.Params{}}, {"stock-movement", reports.Params{}}, {"stock-ledger", reports.Params{Product: "A"}}, {"stock-ledger", reports.Params{Product: "B"}}, {"stock-ledger", reports.Params{Product: "T"}}, {"stock-ledger", reports.Params{Product: "L"}}, {"stock-ledger", reports.Params{Product: "N"}}, {"stock-ledger", reports.Params{Product: "U"}}, {"stock-ledger", reports.Params{Product: "A", Warehouse: "W2"}},
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
			rows, err := rep.Run(b, reports.Params{Product: product, Warehouse: w})
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
			r.Fatalf("in order:\n%s\nout of order:\n%s", x, y)
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
			r.Fatalf("%s closed, in order:\n%s\nout of order:\n%s", m, x, y)
		}
	}
	if err := a.ReopenPeriod(202601); err != nil {
		r.Fatal(err)
	}
	proofs(r, a)
	if now := books(r, a); now != was {
		r.Fatalf("before closing:\n%s\nopened again:\n%s", was, now)
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
			r.Fatalf("before:\n%s\naudited again:\n%s", with, again)
		}
		if _, err := b.Unaudit(ref, false); err != nil {
			r.Fatalf("un-audit again: %v", err)
		}
		if again := books(r, b); again != without {
			r.Fatalf("without it:\n%s\nun-audited again:\n%s", without, again)
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
		january := func() string {
			var s []string
			for _, rep := range []*reports.Report{stock, trial} {
				rows, err := rep.Run(b, reports.Params{From: 20260101, To: 20260131})
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
