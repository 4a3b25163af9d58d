package workflow_test

import (
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// told says in a few words what a row of a report tells; nothing where it tells nothing.
func told(report string, x []string) string {
	switch {
	case report == "party-statement" && x[2] != "opening": // kind, debit, credit, balance
		return strings.Join(x[2:6], " ")
	case report == "ageing": // not due, 1–30 days, total
		return fmt.Sprintf("current %s late %s of %s", x[2], x[3], x[7])
	case report == "stock-on-hand":
		return fmt.Sprintf("%s worth %s, reserved %s, available %s", x[5], x[11], x[6], x[9])
	case report == "sales-summary":
		return fmt.Sprintf("sold %s for %s, cost %s, gross profit %s", x[2], x[3], x[6], x[7])
	case report == "income-statement" && x[0] == "32":
		return "net profit " + x[2]
	case report == "trial-balance" && x[6] != "0.00": // closing: debit, or credit below zero
		return x[0] + " " + x[6]
	case report == "trial-balance" && x[7] != "0.00":
		return x[0] + " -" + x[7]
	}
	return ""
}

// seller goes through a sale to customer C of product A day by day.
type seller struct {
	*testing.T
	b     *workflow.Book
	since text.Date // the first day of the statement not looked at yet
}

// report tells what stands in a report.
func (s *seller) report(name string, p reports.Params) (list []string) {
	s.Helper()
	r, ok := reports.ByName(name)
	if !ok {
		s.Fatalf("no report %s", name)
	}
	rows, err := r.Texts(s.b, p)
	if err != nil {
		s.Fatal(err)
	}
	for _, x := range rows {
		if words := told(name, x); words != "" {
			list = append(list, words)
		}
	}
	return list
}

// stands wants to read on a day: what is new on the customer's statement, and the ageing; the stock; what was sold and the profit;
// the closing balance of every account. And the proofs hold.
func (s *seller) stands(day text.Date, want ...string) {
	s.Helper()
	year := reports.Params{From: 20260101, To: day}
	var got []string
	for _, line := range [][]string{
		append(s.report("party-statement", reports.Params{Party: "C", From: s.since, To: day}), s.report("ageing", reports.Params{AsOf: day, Party: "C"})...),
		s.report("stock-on-hand", reports.Params{AsOf: day, Product: "A"}),
		append(s.report("sales-summary", year), s.report("income-statement", year)...),
		s.report("trial-balance", year),
	} {
		got = append(got, strings.Join(line, "; "))
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		s.Errorf("on %s the books stand at\n%s\nwant\n%s", day, a, b)
	}
	mustHold(s, s.b)
	s.since = day.AddDays(1)
}

// push makes the next slip on a day, changes it where a person would, and audits it.
func (s *seller) push(day int, from, kind string, change func(d *slip.Doc)) *slip.Doc {
	s.Helper()
	s.b.Now = clock(day)
	d, err := s.b.PushPart(from, kind, workflow.Taken{Date: text.Date(day)})
	if err != nil {
		s.Fatal(err)
	}
	change(d)
	if _, err := s.b.SaveAndAudit(d); err != nil {
		s.Fatal(err)
	}
	return d
}

// left wants a plan to have come so far.
func (s *seller) left(ref string, status slip.Status, want string) {
	s.Helper()
	d, err := s.b.Load(ref)
	if err != nil {
		s.Fatal(err)
	}
	if d.Status != status || d.Lines[0].Remaining.String() != want {
		s.Errorf("%s is %s with %s left, want %s with %s", ref, d.Status, d.Lines[0].Remaining, status, want)
	}
}

// Suda sale: offer 50 screws at 20.00, take an order of 40, receive 300.00 for it, deliver 30, set the 300.00 off, collect the rest less
// 8.00, take 6 back. There are 100 screws at 10.00; VAT is 13 %, the customer has 30 days.
func TestSudaSale(t *testing.T) {
	b := trader(t, workflow.Settings{})
	s := &seller{t, b, 20260101}
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=100 price=10",
		"kind=quotation number=q date=2026-01-03 party=C warehouse=W1 product=A qty=50 price=20 due_date=2026-02-28")

	// 1. An offer changes nothing: 100 × 10.00 lie there, 1000 × 13 % = 130.00 of input tax, 1130.00 owed for them.
	bought := "1405 1000.00; 220201 -1130.00; 22210101 130.00"
	s.stands(20260103, "", "100 worth 1000.00, reserved 0, available 100", "net profit 0.00", bought)

	// 2. The customer takes 40 of the 50: 800.00 + 104.00 tax = 904.00. They are reserved, nothing is posted.
	order := s.push(20260105, "q", "sales-order", func(d *slip.Doc) { d.Lines[0].Qty = 40_0000 })
	if order.Gross.String() != "904.00" || order.Lines[0].Price.String() != "20.00" {
		t.Errorf("the order is at %s for %s", order.Lines[0].Price, order.Gross)
	}
	s.left("q", slip.PartlyDone, "10")
	s.stands(20260105, "", "100 worth 1000.00, reserved 40, available 60", "net profit 0.00", bought)

	// 3. 300.00 come in for the order: owed to the customer, no receivable less, so ageing has nothing to tell yet.
	advance := s.push(20260106, order.Number, "advance", func(d *slip.Doc) {
		if d.Amount != order.Gross {
			t.Errorf("the order asks for an advance of %s", d.Amount)
		}
		d.Amount, d.Allocations[0].Amount, d.Account = 300_00, 300_00, "B"
	})
	s.stands(20260106, "advance 0.00 300.00 -300.00", "100 worth 1000.00, reserved 40, available 60", "net profit 0.00",
		"1002 300.00; 1405 1000.00; 220201 -1130.00; 2203 -300.00; 22210101 130.00")

	// 4. Only 30 are picked: 600.00 + 78.00 = 678.00 due on 9 February, cost 300.00. 10 stay reserved on the order; 678 − 300 = 378.
	delivery := s.push(20260110, order.Number, "delivery", func(d *slip.Doc) {
		if d.Lines[0].Qty != 40_0000 {
			t.Errorf("%s are proposed, want all 40", d.Lines[0].Qty)
		}
		d.Lines[0].Qty = 30_0000
	})
	s.left(order.Number, slip.PartlyDone, "10")
	sold := "sold 30 for 600.00, cost 300.00, gross profit 300.00; net profit 300.00"
	s.stands(20260110, "delivery 678.00 0.00 378.00; current 678.00 late 0.00 of 678.00", "70 worth 700.00, reserved 10, available 60", sold,
		"1002 300.00; 1122 678.00; 1405 700.00; 220201 -1130.00; 2203 -300.00; 22210101 130.00; 22210107 -78.00; 5001 -600.00; 5401 300.00")

	// 5. The advance is set off: both accounts fall by 300.00, the customer's balance stays.
	offset := s.push(20260112, delivery.Number, "offset", func(d *slip.Doc) {
		if d.Amount != 300_00 || d.Extra["offset_kind"] != "advance-receivable" {
			t.Errorf("%s of %s is offered", d.Extra["offset_kind"], d.Amount)
		}
	})
	if len(offset.Allocations) != 2 || offset.Allocations[1].Target != advance.Number {
		t.Errorf("it settles %v, not the delivery and the advance", offset.Allocations)
	}
	shelf, books := "70 worth 700.00, reserved 10, available 60",
		"1002 300.00; 1122 378.00; 1405 700.00; 220201 -1130.00; 22210101 130.00; 22210107 -78.00; 5001 -600.00; 5401 300.00"
	s.stands(20260112, "offset 300.00 0.00 678.00; offset 0.00 300.00 378.00; current 378.00 late 0.00 of 378.00", shelf, sold, books)

	// 6. On 15 February the 378.00 are six days late; on the 20th 370.00 come in and 8.00 are let off: 300 − 8 = 292 profit.
	s.stands(20260215, "current 0.00 late 378.00 of 378.00", shelf, sold, books)
	collection := s.push(20260220, delivery.Number, "collection", func(d *slip.Doc) {
		if d.Amount != 378_00 {
			t.Errorf("%s are left to collect, want 378.00", d.Amount)
		}
		d.Amount, d.Discount, d.Account = 370_00, 8_00, "B"
	})
	s.stands(20260220, "collection 0.00 378.00 0.00", shelf,
		"sold 30 for 600.00, cost 300.00, gross profit 300.00; net profit 292.00",
		"1002 670.00; 1405 700.00; 220201 -1130.00; 22210101 130.00; 22210107 -78.00; 5001 -600.00; 5401 300.00; 5603 8.00")

	// 7. 6 of the 30 come back: 120.00 + 15.60 = 135.60 to the customer's credit, 60.00 of cost into stock; 24 sold, 480 − 240 − 8 = 232.
	back := s.push(20260222, delivery.Number, "sales-return", func(d *slip.Doc) { d.Lines[0].Qty = 6_0000 })
	s.left(order.Number, slip.PartlyDone, "10") // they are not to be sent again
	s.stands(20260222, "sales-return -135.60 0.00 -135.60; current -135.60 late 0.00 of -135.60", "76 worth 760.00, reserved 10, available 66",
		"sold 24 for 480.00, cost 240.00, gross profit 240.00; net profit 232.00",
		"1002 670.00; 1122 -135.60; 1405 760.00; 220201 -1130.00; 22210101 130.00; 22210107 -62.40; 5001 -480.00; 5401 240.00; 5603 8.00")

	wantPosted(t, b, map[string]string{
		advance.Number:    "Dr 1002 300.00; Cr 2203 300.00",
		delivery.Number:   "Dr 1122 678.00; Dr 5401 300.00; Cr 5001 600.00; Cr 22210107 78.00; Cr 1405 300.00",
		offset.Number:     "Dr 2203 300.00; Cr 1122 300.00",
		collection.Number: "Dr 1002 370.00; Dr 5603 8.00; Cr 1122 378.00",
		back.Number:       "Dr 1122 -135.60; Dr 5401 -60.00; Cr 5001 -120.00; Cr 22210107 -15.60; Cr 1405 -60.00",
	})
	sameAgain(t, b)
	done, err := b.Unaudit("q", true)
	if err != nil || len(done) != 7 {
		t.Errorf("the chain comes back as %v, %v", done, err)
	}
	s.since = 20260101
	s.stands(20260222, "", "100 worth 1000.00, reserved 0, available 100", "net profit 0.00", bought)
}
