package workflow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

// listed gives the external numbers of a list's slips in order.
func listed(t *testing.T, b *workflow.Book, f inquiry.Filter, o inquiry.Sorting) string {
	t.Helper()
	l, err := b.List(f, o)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows(l.IDs)
	if err != nil {
		t.Fatal(err)
	}
	return names(rows)
}

func names(rows []inquiry.SlipRow) string {
	var s []string
	for _, r := range rows {
		s = append(s, r.ExternalNo)
	}
	return strings.Join(s, " ")
}

func shop(t *testing.T) *workflow.Book {
	b := open(t, workflow.Settings{})
	load(t, b, "customers", "code,name,initials", "C,装修队,zxd", "D,百货,bh")
	load(t, b, "employees", "code,name,initials", "E1,王五,ww", "E2,李四,ls")
	load(t, b, "products", "code,name,unit,spec", "N,钉子,个,M8%")
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,tax_rate,source,due_date,employee,remark,audit",
		"goods-receipt,r1,2026-01-02,S,W1,A,100,10,0,,2026-02-01,,,yes",
		"goods-receipt,r1,2026-01-02,S,W1,N,100,1,0,,2026-02-01,,,yes",
		"sales-order,so,2026-01-03,C,W1,A,9,20,0,,2026-01-09,E1,,yes",
		"delivery,d1,2026-01-05,C,W1,A,4,20,0,so,2026-02-05,E1,,yes",
		"delivery,d2,2026-01-04,D,W1,N,10,3,0.1,,2026-01-20,E2,,yes",
		"delivery,d3,2026-01-05,D,W1,A,1,50,0,,2026-01-25,,,no",
		"delivery,d4,2026-01-06,C,W2,A,1,70,0,,2026-01-26,,,no",
		"sales-return,x1,2026-01-07,C,W1,A,1,,,d1,2026-01-07,,,yes")
	load(t, b, "slips", "kind,number,date,party,account,amount,source,audit", "collection,k1,2026-01-08,C,K,50,d1,yes", "collection,k2,2026-01-09,D,K,40,,yes")
	if err := b.Void("d4"); err != nil {
		t.Fatal(err)
	}
	d, err := b.Load("d3")
	if err != nil {
		t.Fatal(err)
	}
	d.Remark = "急件"
	if err := b.Save(d); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAListFindsOrdersAndAddsUp(t *testing.T) {
	b := shop(t)
	deliveries := []string{"delivery"}
	for _, c := range []struct {
		name string
		f    inquiry.Filter
		o    inquiry.Sorting
		want string
	}{
		{"newest first", inquiry.Filter{Kinds: deliveries}, inquiry.Sorting{}, "d4 d3 d1 d2"},
		{"every kind", inquiry.Filter{}, inquiry.Sorting{Key: "date"}, "r1 so d2 d1 d3 d4 x1 k1 k2"},
		{"by number", inquiry.Filter{Kinds: deliveries}, inquiry.Sorting{Key: "number", Down: true}, "d4 d3 d2 d1"},
		{"by party, as it sounds", inquiry.Filter{Kinds: deliveries}, inquiry.Sorting{Key: "party"}, "d2 d3 d1 d4"},
		{"by status", inquiry.Filter{Kinds: deliveries}, inquiry.Sorting{Key: "status"}, "d3 d2 d1 d4"},
		{"by gross", inquiry.Filter{Kinds: deliveries}, inquiry.Sorting{Key: "gross", Down: true}, "d1 d4 d3 d2"},
		{"by open", inquiry.Filter{Kinds: deliveries}, inquiry.Sorting{Key: "open", Down: true}, "d1 d4 d3 d2"},
		{"by employee", inquiry.Filter{Kinds: deliveries, Status: []slip.Status{slip.Audited}}, inquiry.Sorting{Key: "employee"}, "d2 d1"},
		{"a day", inquiry.Filter{From: 20260105, To: 20260105}, inquiry.Sorting{}, "d3 d1"},
		{"drafts and void", inquiry.Filter{Status: []slip.Status{slip.Draft, slip.Void}}, inquiry.Sorting{}, "d4 d3"},
		{"a party", inquiry.Filter{Party: "D"}, inquiry.Sorting{}, "k2 d3 d2"},
		{"a product", inquiry.Filter{Product: "N"}, inquiry.Sorting{}, "d2 r1"},
		{"an employee", inquiry.Filter{Employee: "E1"}, inquiry.Sorting{}, "d1 so"},
		{"a warehouse", inquiry.Filter{Warehouse: "W2"}, inquiry.Sorting{}, "d4"},
		{"in the remark", inquiry.Filter{Words: "急"}, inquiry.Sorting{}, "d3"},
		{"in the number", inquiry.Filter{Words: "xc-202601-0001"}, inquiry.Sorting{}, "d1"},
		{"in the external number", inquiry.Filter{Words: "D3"}, inquiry.Sorting{}, "d3"},
		{"in the party, by initials", inquiry.Filter{Words: "bh"}, inquiry.Sorting{}, "k2 d3 d2"},
		{"in a product's specification", inquiry.Filter{Words: "m8%"}, inquiry.Sorting{}, "d2 r1"},
		{"every word", inquiry.Filter{Words: "钉子 百货"}, inquiry.Sorting{}, "d2"},
		{"a sign that is none", inquiry.Filter{Words: "_"}, inquiry.Sorting{}, ""},
	} {
		if got := listed(t, b, c.f, c.o); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	// d1 80.00: 50 collected, 20 came back; d2 33.00 settled by the 40.00, 7.00 of which is left
	l, err := b.List(inquiry.Filter{Kinds: deliveries}, inquiry.Sorting{})
	if want := "4 slips, 1 draft, 1 void: net 160.00 tax 3.00 gross 163.00 settled 103.00 open 10.00"; err != nil || sums(*l) != want {
		t.Errorf("the list adds up to %s, %v; want %s", sums(*l), err, want)
	}
	two, err := b.SumOf(l.IDs[2:])
	if want := "2 slips, 0 draft, 0 void: net 110.00 tax 3.00 gross 113.00 settled 103.00 open 10.00"; err != nil || sums(two) != want {
		t.Errorf("the ticked add up to %s, %v; want %s", sums(two), err, want)
	}
	for _, f := range []inquiry.Filter{{Party: "?"}, {Product: "?"}, {Kinds: []string{"?"}}} {
		if _, err := b.List(f, inquiry.Sorting{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v gives %v", f, err)
		}
	}
	mustHold(t, b)
}

func sums(l inquiry.SlipList) string {
	return fmt.Sprintf("%d slips, %d draft, %d void: net %s tax %s gross %s settled %s open %s", l.Count, l.Drafts, l.Voids, l.Net, l.Tax, l.Gross, l.Settled, l.Open)
}

func TestARowShowsWhatAListShows(t *testing.T) {
	b := shop(t)
	l, err := b.List(inquiry.Filter{Words: "d1"}, inquiry.Sorting{})
	if err != nil {
		t.Fatal(err)
	}
	more, err := b.List(inquiry.Filter{Words: "k2"}, inquiry.Sorting{})
	if err != nil {
		t.Fatal(err)
	}
	order, err := b.List(inquiry.Filter{Words: "so"}, inquiry.Sorting{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows([]int64{more.IDs[0], l.IDs[0], order.IDs[0]})
	if err != nil || len(rows) != 3 {
		t.Fatalf("%v, %v", rows, err)
	}
	show := func(r inquiry.SlipRow) string {
		return fmt.Sprintf("%s %s %s due %s %s, %s %s by %s at %s, from %s, %s; %s settled %s open %s left %s %q", r.Number, r.ExternalNo, r.Date, r.DueDate, r.Status, r.Party, r.PartyName,
			r.EmployeeName, r.Warehouse, r.Source, r.Auditor, r.Gross, r.Settled, r.Open, r.Left, r.Remark)
	}
	for i, want := range []string{
		`SK-202601-0002 k2 2026-01-09 due  audited, D 百货 by  at , from XC-202601-0002, admin; 40.00 settled 33.00 open 7.00 left 0 ""`,
		`XC-202601-0001 d1 2026-01-05 due 2026-02-05 audited, C 装修队 by 王五 at W1, from XD-202601-0001, admin; 80.00 settled 70.00 open 10.00 left 0 ""`,
		`XD-202601-0001 so 2026-01-03 due 2026-01-09 partly-done, C 装修队 by 王五 at W1, from , admin; 180.00 settled 0.00 open 0.00 left 5 ""`,
	} {
		if got := show(rows[i]); got != want {
			t.Errorf("row %d is\n%s, want\n%s", i, got, want)
		}
	}
}

func TestNextAndPreviousSlipOfAKind(t *testing.T) {
	b := shop(t) // by date: d2, then d1 and d3 of the same day, then d4
	number := map[string]string{"": ""}
	for ref, n := range map[string]string{"d1": "XC-202601-0001", "d2": "XC-202601-0002", "d3": "XC-202601-0003", "d4": "XC-202601-0004"} {
		number[ref] = n
	}
	for _, c := range []struct {
		from string
		step int
		want string
	}{{"d2", 1, "d1"}, {"d1", 1, "d3"}, {"d3", 1, "d4"}, {"d4", 1, ""}, {"d4", -1, "d3"}, {"d1", -1, "d2"}, {"d2", -1, ""}, {"", -1, "d4"}, {"d2", 3, "d4"}} {
		if got, err := b.Neighbour("delivery", number[c.from], c.step); err != nil || got != number[c.want] {
			t.Errorf("%+d from %q is %s, %v; want %s", c.step, c.from, got, err, number[c.want])
		}
	}
}

func TestWhatASlipCanBePushedFrom(t *testing.T) {
	b := shop(t)
	for _, c := range []struct{ kind, party, want string }{
		{"delivery", "C", "so left 5 open 0.00"},
		{"delivery", "D", ""},
		{"sales-return", "", "d1 left 3 open 10.00, d2 left 10 open 0.00"},
		{"collection", "", "d1 left 0 open 10.00"},
		{"payment", "S", "r1 left 0 open 1100.00"},
		{"goods-receipt", "", ""},
	} {
		k, _ := kinds.ByCode(c.kind)
		rows, err := b.Pushable(k, c.party)
		var got []string
		for _, r := range rows {
			got = append(got, fmt.Sprintf("%s left %s open %s", r.ExternalNo, r.Left, r.Open))
		}
		if s := strings.Join(got, ", "); err != nil || s != c.want {
			t.Errorf("%s of %q can come from %s, %v; want %s", c.kind, c.party, s, err, c.want)
		}
	}
	// a draft takes its part too, as pushing down itself counts it
	if _, _, err := b.PushAndSave("so", "delivery", false, workflow.Taken{}); err != nil {
		t.Fatal(err)
	}
	k, _ := kinds.ByCode("delivery")
	if rows, err := b.Pushable(k, "C"); err != nil || len(rows) != 0 {
		t.Errorf("after the draft %v, %v are left", rows, err)
	}
}

func TestDebtsMovedAndPaidAheadShowWhereTheyStand(t *testing.T) {
	b := trader(t, workflow.Settings{})
	b.Now = func() time.Time { return time.Date(2026, 1, 31, 9, 0, 0, 0, time.UTC) }
	enterRows(t, b,
		"kind=purchase-order number=po date=2026-01-02 party=S warehouse=W1 product=A qty=100 price=10 tax_rate=0", // 1000
		"kind=purchase-order number=paid date=2026-01-02 party=S warehouse=W1 product=A qty=1 price=10 tax_rate=0",
		"kind=prepayment number=y1 date=2026-01-03 party=S account=B amount=300 source=po",
		"kind=prepayment number=y2 date=2026-01-03 party=S account=B amount=10 source=paid",
		"kind=goods-receipt number=r date=2026-01-04 party=S warehouse=W1 product=A qty=50 price=10 tax_rate=0 source=po due_date=2026-02-04",
		"kind=delivery number=dx date=2026-01-05 party=X warehouse=W1 product=A qty=5 price=20 tax_rate=0 due_date=2026-01-05",
		"kind=offset number=h date=2026-01-06 offset_kind=receivable-receivable party=X to_party=C2 amount=60 source=dx",
		"kind=expense number=e date=2026-01-07 party=S2 amount=80")
	for _, c := range []struct{ kind, party, want string }{
		{"prepayment", "S", "po left 50 open 700.00"},
		{"payment", "S", "r left 0 open 500.00"},
		{"payment", "", "r left 0 open 500.00, e left 0 open 80.00"},
		{"collection", "C2", "h left 0 open 60.00"},
		{"collection", "X", "dx left 0 open 40.00"},
		{"offset", "S", "r left 0 open 500.00, y1 left 0 open 300.00, y2 left 0 open 10.00"},
	} {
		k, _ := kinds.ByCode(c.kind)
		rows, err := b.Pushable(k, c.party)
		var got []string
		for _, r := range rows {
			got = append(got, fmt.Sprintf("%s left %s open %s", r.ExternalNo, r.Left, r.Open))
		}
		if s := strings.Join(got, ", "); err != nil || s != c.want {
			t.Errorf("%s of %q can come from %s, %v; want %s", c.kind, c.party, s, err, c.want)
		}
	}
	for party, want := range map[string]string{"C2": "h", "X": "h dx"} {
		if got := listed(t, b, inquiry.Filter{Party: party}, inquiry.Sorting{}); got != want {
			t.Errorf("the slips of %s are %s, want %s", party, got, want)
		}
	}
	if f, err := b.PartyFacts(slip.Customers, "C2"); err != nil || f.Balance.String() != "60.00" || f.Overdue.String() != "60.00" {
		t.Errorf("who took the debt over stands at %v, %v", f, err)
	}
	o, err := b.Overview()
	if want := "[0.00 100.00 0.00 0.00 0.00]"; err != nil || fmt.Sprint(o.Ageing) != want {
		t.Errorf("what customers owe is %v, %v; want %s", o.Ageing, err, want)
	}
	list, err := b.Tasks(10)
	var got []string
	for _, x := range list {
		got = append(got, fmt.Sprintf("%s %s %s %s", x.Action, x.Party, x.Amount, x.Date))
	}
	if s, want := strings.Join(got, ", "), "collect X 40.00 2026-01-05, collect C2 60.00 2026-01-06, pay S2 80.00 2026-01-07"; err != nil || s != want {
		t.Errorf("the tasks are %s, %v; want %s", s, err, want)
	}
	mustHold(t, b)
}

func TestAWordOfManyProductsIsFoundAsOneOfFew(t *testing.T) {
	b := shop(t)
	var rows []string
	for i := range 300 {
		rows = append(rows, fmt.Sprintf("M%03d,垫片%d", i, i))
	}
	load(t, b, "products", "code,name", rows...)
	load(t, b, "slips", full, "delivery,many,2026-01-20,D,W1,M000,1,,5,no,0,0,,,no")
	for words, want := range map[string]string{"垫片": "many", "m000": "many", "垫片 装修队": ""} {
		if got := listed(t, b, inquiry.Filter{Words: words}, inquiry.Sorting{}); got != want {
			t.Errorf("%s finds %q, want %q", words, got, want)
		}
	}
}
