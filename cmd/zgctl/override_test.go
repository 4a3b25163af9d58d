package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/text"
)

// tradeFirm is a book whose list price is 12.00 net with 13 % tax, with stock and a customer who may owe 5,000.00 and owes 4,200.00, and its staff.
func tradeFirm(t *testing.T) (f firm, today text.Date) {
	t.Helper()
	f = opened(t)
	f.must("", "import", f.book, "warehouses", f.file("w.csv", "code,name\nW1,Main\nW2,East\n"))
	f.must("", "import", f.book, "products", f.file("p.csv", "code,name,unit,purchase_price,sales_price\nP1,Lamp,piece,5,12\nP2,Bulb,piece,4,10\n"))
	f.must("", "import", f.book, "suppliers", f.file("g.csv", "code,name\nG1,Maker\n"))
	f.must("", "import", f.book, "customers", f.file("k.csv", "code,name,credit_limit\nK1,Buyer,5000\nK2,Shop,\n"))
	f.must("", "import", f.book, "opening-balances", f.file("o.csv", "party_kind,party,receivable\ncustomer,K1,4200\n"))
	today = text.DateOf(time.Now())
	f.must("", "import", f.book, "slips", f.file("s.csv", fmt.Sprintf("kind,number,date,party,warehouse,product,qty,price,audit\ngoods-receipt,R1,%[1]s,G1,W1,P1,5000,5,yes\ngoods-receipt,R2,%[1]s,G1,W1,P2,5000,4,yes\n", today.AddDays(-20))))
	f.hire("boss", "owner")
	for _, x := range [][2]string{{"wang", "sales-clerk"}, {"chen", "head"}, {"zhang", "manager"}, {"zhou", "keeper"}, {"li", "finance"}} {
		f.hire(x[0], x[1])
	}
	return f, today
}

// lent runs a command for which another lends what is lacking.
func (f firm) lent(lender, password string, args ...string) []string {
	f.t.Helper()
	f.t.Setenv("ZG_OVERRIDE_PASSWORD", password)
	return append(args, "--override", lender, "--reason", "the owner said so")
}

// entries are the entries of the log of a verb, a map of its columns each.
func (f firm) entries(verb string) (list []map[string]any) {
	f.t.Helper()
	if err := json.Unmarshal([]byte(f.must("boss", "report", f.book, "audit-log", "--verb", verb, "--format", "json")), &list); err != nil {
		f.t.Fatal(err)
	}
	return list
}

// called is the number a slip was given that a file calls so.
func (f firm) called(external string) string {
	f.t.Helper()
	var list []map[string]any
	if err := json.Unmarshal([]byte(f.must("boss", "slip", "list", f.book, "--json")), &list); err != nil {
		f.t.Fatal(err)
	}
	for _, x := range list {
		if x["external_no"] == external {
			return x["number"].(string)
		}
	}
	f.t.Fatalf("no slip %s", external)
	return ""
}

// Example Off of 8.5: 100 × 11.20 less 3 %: net 1,086.40 of 1,200.00, off 0.0947: the clerk is refused, the head may. With a slip discount of 60.00 net
// is 1,033.30, off 0.1389: the head may; with 80.00 net is 1,015.60, off 0.1537: he may not.
func TestExampleOff(t *testing.T) {
	f, today := tradeFirm(t)
	order := func(number, discount string) []string {
		return []string{"import", f.book, "slips", f.file(number+".csv", "kind,number,date,party,warehouse,product,qty,price,discount_rate,slip_discount,audit\nsales-order,"+number+","+today.String()+",K2,W1,P1,100,11.20,3%,"+discount+",yes\n")}
	}
	delivery := []string{"import", f.book, "slips", f.file("d.csv", "kind,number,date,party,warehouse,product,qty,price,discount_rate,audit\ndelivery,D1,"+today.String()+",K2,W1,P1,100,11.20,3%,yes\n")}
	f.refused("may.price: wang may not take off prices, 9.47% (at most 5%); who may: chen, zhang, li (1 more)", "wang", delivery...)
	f.must("chen", order("O1", "")...)
	f.must("chen", order("O2", "60.00")...)
	f.refused("may.price: chen may not take off prices, 15.37% (at most 15%)", "chen", order("O3", "80.00")...)
	if out := f.must("boss", "slip", "show", f.book, f.called("O2"), "--json"); !strings.Contains(out, `"net": "1033.30"`) {
		t.Error(out)
	}
	// the head lends what he has himself, no more
	f.must("wang", f.lent("chen", "chen-password", delivery...)...)
	f.must("boss", "slip", "unaudit", f.book, f.called("D1"))
	f.must("boss", "slip", "set", f.book, f.called("D1"), "slip_discount=80.00")
	f.refused("may.price: chen may not take off prices, 15.37% (at most 15%); who may: zhang, boss", "wang", f.lent("chen", "chen-password", "slip", "audit", f.book, f.called("D1"))...)
	f.must("wang", f.lent("zhang", "zhang-password", "slip", "audit", f.book, f.called("D1"))...)
	f.must("boss", "verify", f.book)
}

// Example Credit of 8.5: 5,000.00, owed 4,200.00, a delivery of 904.00: 5,104.00. With `warn` the clerk is refused; the manager lends, and it is told.
func TestExampleCredit(t *testing.T) {
	f, today := tradeFirm(t)
	delivery := []string{"import", f.book, "slips", f.file("d.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ndelivery,D1,"+today.String()+",K1,W1,P2,80,10,yes\n")}
	f.refused("may.over-credit: wang may not go over a credit limit; who may: zhang, boss", "wang", delivery...)
	f.must("wang", f.lent("zhang", "zhang-password", delivery...)...)
	if out := f.must("boss", "report", f.book, "receivables", "--format", "csv"); !strings.Contains(out, "K1,Buyer,5104.00") {
		t.Error(out)
	}
	number := f.called("D1")
	list := f.entries("override")
	if len(list) != 1 || list[0]["person"] != "wang" || list[0]["by"] != "zhang" || list[0]["area"] != "delivery" || list[0]["key"] != number || list[0]["reason"] != "the owner said so" || !strings.Contains(fmt.Sprint(list[0]), "may.over-credit") {
		t.Errorf("%v", list)
	}
	acts := 0
	for _, e := range f.entries("audit") {
		if e["key"] == number && e["by"] == "zhang" && e["person"] == "wang" && e["reason"] == "the owner said so" {
			acts++
		}
	}
	if acts != 1 {
		t.Errorf("%d entries of the act name who lent: %v", acts, f.entries("audit"))
	}
	// where the setting forbids, nobody lends it
	f.must("boss", "set", f.book, "over_credit=forbid")
	f.refused("credit", "wang", f.lent("zhang", "zhang-password", "import", f.book, "slips", f.file("e.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ndelivery,D2,"+today.String()+",K1,W1,P2,1,10,yes\n"))...)
}

// Example Backdate of 8.5: three days back the clerk may, four not.
func TestExampleBackdate(t *testing.T) {
	f, today := tradeFirm(t)
	row := func(number string, back int) []string {
		return []string{"import", f.book, "slips", f.file(number+".csv", "kind,number,date,party,warehouse,product,qty,price,audit\ndelivery,"+number+","+today.AddDays(-back).String()+",K2,W1,P1,1,12,yes\n")}
	}
	f.must("wang", row("A1", 3)...)
	f.refused("may.backdate: wang may not date back, 4 days (at most 3); who may: chen, zhang, li (1 more)", "wang", row("A2", 4)...)
	f.must("wang", f.lent("chen", "chen-password", row("A2", 4)...)...)
	f.refused("may.backdate: chen may not date back, 8 days (at most 7)", "wang", f.lent("chen", "chen-password", row("A3", 8)...)...)
}

// Example Data of 8.5: a line gives keepers the audit of receipts at once; they void and print none.
func TestExampleData(t *testing.T) {
	f, today := tradeFirm(t)
	receipt := f.file("r.csv", "kind,number,date,party,warehouse,product,qty\ngoods-receipt,R9,"+today.String()+",G1,W1,P1,5\n")
	f.must("zhou", "import", f.book, "slips", receipt)
	number := f.called("R9")
	f.refused("goods-receipt.audit: zhou may not audit goods receipt", "zhou", "slip", "audit", f.book, number)
	f.must("boss", "import", f.book, "roles", f.file("roles.csv", "role,object,verbs\nkeeper,goods-receipt,see enter audit\n"))
	f.refused("goods-receipt.void: zhou may not void", "zhou", "slip", "void", f.book, number)
	f.refused("goods-receipt.print: zhou may not print", "zhou", "print", f.book, number, "-o", filepath.Join(t.TempDir(), "r.pdf"))
	f.must("zhou", "slip", "audit", f.book, number)
}

// What an override lends: rights of kinds and limits, on one slip, by somebody else who says his password (O1, O2).
func TestWhatIsLent(t *testing.T) {
	f, today := tradeFirm(t)
	day := today.String()
	receipt := f.file("r.csv", "kind,number,date,party,warehouse,product,qty\ngoods-receipt,R9,"+day+",G1,W1,P1,5\n")
	f.must("zhou", "import", f.book, "slips", receipt)
	number := f.called("R9")
	audit := []string{"slip", "audit", f.book, number}
	f.refused("this book has users", "", append([]string{}, audit...)...)
	f.refused("nobody lends himself a right", "zhou", f.lent("zhou", "zhou-password", audit...)...)
	f.refused("override: goods-receipt.audit: wang may not audit goods receipt; who may: zhang, li, boss", "zhou", f.lent("wang", "wang-password", audit...)...)
	f.refused("name or password is wrong", "zhou", f.lent("nobody", "zhang-password", audit...)...)
	f.must("boss", "user", "set", f.book, "li", "warehouses=W2")
	f.refused("goods-receipt.audit: zhou may not audit", "zhou", f.lent("li", "li-password", audit...)...) // it is not in the lender's scope
	f.must("zhou", f.lent("zhang", "zhang-password", audit...)...)
	f.must("zhou", f.lent("zhang", "zhang-password", "slip", "unaudit", f.book, number)...)
	f.must("zhou", "slip", "void", f.book, number) // his own right: nothing is lent
	if list := f.entries("override"); len(list) != 2 {
		t.Errorf("%v", list)
	}
	pdf := filepath.Join(t.TempDir(), "x.pdf")
	delivery := f.file("d.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ndelivery,D1,"+day+",K2,W1,P1,1,12,yes\n")
	f.must("wang", "import", f.book, "slips", delivery)
	f.refused("delivery.unaudit: zhou may not un-audit delivery", "zhou", "slip", "unaudit", f.book, f.called("D1"))
	receipt2 := f.called("R1")
	f.must("wang", "import", f.book, "slips", f.file("o.csv", "kind,number,date,party,product,qty,price\nsales-order,O1,"+day+",K2,P1,1,12\n"))
	f.refused("sales-order.print: zhou may not print", "zhou", "print", f.book, f.called("O1"), "-o", pdf)
	f.must("zhou", f.lent("zhang", "zhang-password", "print", f.book, f.called("O1"), "-o", pdf)...)
	if list := f.entries("print"); len(list) != 1 || list[0]["by"] != "zhang" {
		t.Errorf("%v", list)
	}
	// pushing makes a slip of a kind he may not enter
	f.refused("purchase-return.enter: chen may not enter", "chen", "push", f.book, receipt2, "purchase-return")
	f.refused("sales-return.audit: wang may not audit", "wang", "push", f.book, f.called("D1"), "sales-return", "--audit")
	f.must("wang", f.lent("chen", "chen-password", "push", f.book, f.called("D1"), "sales-return", "--audit")...)
	// never what one sees, nor what is no slip's; nor more than one slip
	f.refused("see.purchase: it cannot be lent", "zhou", f.lent("zhang", "zhang-password", "import", f.book, "slips", f.file("p.csv", "kind,number,date,party,warehouse,product,qty,price\ngoods-receipt,R8,"+day+",G1,W1,P1,5,4\n"))...)
	for _, args := range [][]string{{"set", f.book, "phone=1"}, {"import", f.book, "customers", delivery}, {"slip", "audit", f.book, number, receipt2}, {"slip", "close", f.book, number}, {"slip", "approve", f.book, number}, {"report", f.book, "journal"}} {
		if rc, _, e := f.run("wang", f.lent("zhang", "zhang-password", args...)...); rc != 2 {
			t.Errorf("%v: %d %s", args, rc, e)
		}
	}
	two := f.file("t.csv", "kind,number,date,party,warehouse,product,qty,price,audit\nsales-order,T1,"+day+",K2,W1,P1,1,12,yes\nsales-order,T2,"+day+",K2,W1,P1,1,12,yes\n")
	f.refused("sales-order.audit: wang may not audit", "wang", f.lent("zhang", "zhang-password", "import", f.book, "slips", two)...)
	// two people look where four_eyes says so, whoever lends
	f.must("boss", "set", f.book, "four_eyes=delivery")
	f.refused("four_eyes", "wang", f.lent("zhang", "zhang-password", "import", f.book, "slips", f.file("e.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ndelivery,D3,"+day+",K2,W1,P1,1,12,yes\n"))...)
	// wrong passwords count for who lends
	for range 3 {
		f.run("zhou", f.lent("chen", "wrong", audit...)...)
	}
	f.refused("locked until", "zhou", f.lent("chen", "chen-password", audit...)...)
	f.refused("locked until", "chen", "slip", "list", f.book)
	f.must("zhou", "slip", "list", f.book)
	f.must("boss", "verify", f.book)
}

// What was refused for want of a right is told to the log, with the right, once the act is taken back; what is only tried leaves nothing (J1).
func TestRefusalsAreTold(t *testing.T) {
	f, today := tradeFirm(t)
	receipt := f.file("r.csv", "kind,number,date,party,warehouse,product,qty\ngoods-receipt,R9,"+today.String()+",G1,W1,P1,5\n")
	f.must("zhou", "import", f.book, "slips", receipt)
	number := f.called("R9")
	order := f.file("o.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ndelivery,D1,"+today.String()+",K1,W1,P2,80,10,yes\npurchase-order,D2,"+today.String()+",G1,W1,P2,80,10,yes\npurchase-order,D3,"+today.String()+",G1,W1,P2,80,10,yes\n")
	told := func(want ...string) {
		t.Helper()
		var got []string
		for _, e := range f.entries("refused") {
			got = append(got, fmt.Sprintf("%v %v %v %v", e["person"], e["area"], e["key"], e["after"]))
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("told %q, want %q", got, want)
		}
	}
	f.refused("may.over-credit", "wang", "import", f.book, "slips", order, "--dry-run")
	told()
	f.refused("may.over-credit", "wang", "import", f.book, "slips", order)
	want := []string{"wang delivery  may.over-credit", "wang purchase-order  see.purchase", "wang purchase-order  purchase-order.enter"}
	told(want...)
	f.refused("goods-receipt.audit", "zhou", "slip", "audit", f.book, number)
	want = append(want, "zhou goods-receipt "+number+" goods-receipt.audit")
	told(want...)
	f.refused("goods-receipt.audit", "zhou", "slip", "audit", f.book, number, "--request", "once-1")
	want = append(want, "zhou goods-receipt "+number+" goods-receipt.audit")
	told(want...)
	f.refused("journal.see", "zhou", "report", f.book, "journal")
	f.refused("book.settings", "zhou", "set", f.book, "phone=1")
	f.refused("book.users", "zhou", "user", "add", f.book, "new", "--role", "till")
	f.refused("book.close", "wang", "close", f.book, "2026-01")
	f.refused("customers.enter", "zhou", "import", f.book, "customers", f.file("k.csv", "code,name\nK9,New\n"))
	f.refused("products.export", "zhou", "export", f.book, "products", "-o", filepath.Join(t.TempDir(), "p.csv"))
	want = append(want, "zhou journal  journal.see", "zhou settings  book.settings", "zhou users  book.users", "wang settings  book.close", "zhou customers  customers.enter", "zhou products  products.export")
	told(want...)
	f.must("boss", "verify", f.book)
}
