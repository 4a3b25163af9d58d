package main

import (
	"os"
	"strings"
	"testing"

	"zhanggui/reports/sheet"
)

// Four sales by hand: Wang's 2 at 10.00 and 1 at 30.00 from the shop, the web's 4 at 5.00, and 1 of the 30.00 taken back.
func TestReportsAreNarrowed(t *testing.T) {
	s := newShop(t, "--negative", "allow", "--vat", "0")
	s.must("import", s.book(), "employees", s.file("e.csv", "code,name\nWANG,Wang\n"))
	s.must("import", s.book(), "slips", s.file("s.csv", "kind,number,date,party,warehouse,product,qty,price,employee,department,due_date,source,audit\n"+
		"delivery,1,2026-01-05,C,W,A,2,10,WANG,shop,,,yes\ndelivery,2,2026-01-06,C,W,A,1,30,WANG,shop,,,yes\ndelivery,3,2026-01-07,C,W,A,4,5,,web,,,yes\nsales-return,4,2026-01-08,C,W,A,1,30,WANG,shop,,2,yes\n"+
		"sales-order,o1,2026-01-09,C,W,A,7,10,WANG,,2026-01-20,,yes\nsales-order,o2,2026-01-09,C,W,A,9,10,,,2026-02-03,,yes\n"))
	for _, x := range []struct {
		args, want string
		rows       int
	}{
		{"sales-ledger --department web", ",4,5.00,20.00,", 1},
		{"sales-ledger --employee WANG", ",2,10.00,20.00,", 3},
		{"sales-ledger --employee WANG --kind sales-return", ",-1,30.00,-30.00,", 1},
		{"sales-summary --kind delivery", "A,Screw,7,70.00", 1},
		{"sales-summary --employee WANG", "A,Screw,2,20.00", 1},
		{"order-status --employee WANG", ",7,0,7,2026-01-20,", 1},
		{"order-status --until 2026-01-31", ",7,0,7,2026-01-20,", 1},
		{"order-status --until 2026-02-03", ",9,0,9,2026-02-03,", 2},
		{"journal --kind sales-return", "", 2},
		{"sales-ledger --person " + os.Getenv("USER"), ",4,5.00,20.00,", 4},
		{"sales-ledger --person nobody", "", 0},
	} {
		if strings.HasSuffix(x.args, "--person ") {
			continue // the program was told of no person
		}
		args := append([]string{"report", s.book()}, strings.Fields(x.args)...)
		got := s.must(append(args, "--format", "csv")...)
		if n := strings.Count(got, "\n") - 1; n != x.rows || !strings.Contains(got, x.want) {
			t.Errorf("%s gives %d rows, want %d with %q:\n%s", x.args, n, x.rows, x.want, got)
		}
	}
}

// What a report does not take is refused with what it takes, and so is a value that is none.
func TestAReportSaysWhatItTakes(t *testing.T) {
	s := newShop(t)
	for _, x := range []struct {
		status     int
		args, want string
	}{
		{2, "stock-on-hand --employee W", "stock-on-hand takes no --employee, only --as-of, --by, --product, --warehouse"},
		{2, "stock-on-hand --colour red", "stock-on-hand takes no --colour, only --as-of, --by, --product, --warehouse"},
		{2, "sales-ledger --verb audit", "sales-ledger takes no --verb, only --from, --to, --party, --product, --warehouse, --employee, --department, --kind, --person"},
		{2, "sales-summary --by colour", "by: sales-summary cannot be by \"colour\", only by product, customer, employee, category, month, day, warehouse, supplier, department"},
		{2, "sales-ledger --kind payment", "kind: sales-ledger has no slips of a kind \"payment\", only delivery, sales-return, retail-sale"},
		{2, "order-status --until soon", "--until: \"soon\" is not a date; write 2026-01-31"},
		{1, "sales-ledger --employee NO", "there is no employee \"NO\""},
	} {
		s.refused(x.status, x.want+"\n", append([]string{"report", s.book()}, strings.Fields(x.args)...)...)
	}
	list := s.must("report", "--list")
	for _, want := range []string{"order-status\n  area: sales\n  parameters: from, to, party, product, by, employee, department, until (by: sales-order, purchase-order)\n", "in-transit\n  area: warehouse\n  parameters: product, warehouse, until\n"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list of reports lacks %q:\n%s", want, list)
		}
	}
}

// What ended before the book began is empty; a span turned round is refused.
func TestAReportBeforeTheBookIsEmpty(t *testing.T) {
	s := newShop(t, "--vat", "0")
	s.must("import", s.book(), "slips", s.file("s.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ngoods-receipt,1,2026-01-05,S,W,A,6,10,yes\n"))
	for _, name := range []string{"trial-balance", "stock-movement", "stock-ledger --product A", "purchase-summary", "purchase-ledger", "journal", "general-ledger", "vat", "cash-book", "party-statement --party S", "order-status",
		"income-statement", "stock-on-hand", "payables"} {
		args := append(append([]string{"report", s.book()}, strings.Fields(name)...), "--to", "2025-11-30", "--format", "json")
		if got := s.must(args...); strings.TrimSpace(got) != "[]" {
			t.Errorf("%s before the book: %s", name, got)
		}
	}
	s.refused(2, "--to is before --from\n", "report", s.book(), "trial-balance", "--from", "2026-02-01", "--to", "2026-01-31")
}

// On the terminal kinds stand in words, in the book's language; a statement that adds nothing up ends with its last line. CSV keeps the codes.
func TestATableIsForPeople(t *testing.T) {
	s := newShop(t, "--vat", "0", "--lang", "zh")
	s.must("import", s.book(), "slips", s.file("s.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ngoods-receipt,1,2026-01-05,S,W,A,6,10,yes\n"))
	if got := s.must("report", s.book(), "purchase-ledger"); !strings.Contains(got, "采购入库单") || strings.Contains(got, "goods-receipt") {
		t.Errorf("the table:\n%s", got)
	}
	if got := s.must("report", s.book(), "purchase-ledger", "--format", "csv"); !strings.Contains(got, ",goods-receipt,") {
		t.Errorf("CSV:\n%s", got)
	}
	lines := strings.Split(strings.TrimSuffix(s.must("report", s.book(), "income-statement"), "\n"), "\n")
	if last := lines[len(lines)-1]; !strings.Contains(last, "净利润") {
		t.Errorf("the statement ends with %q", last)
	}
}

// People see the stores side by side; JSON and CSV keep a row a store.
func TestARowAValueForMachines(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "warehouses", s.file("w.csv", "code,name\nW,Main\nV,Shop\n"))
	s.must("import", s.book(), "slips", s.file("s.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ngoods-receipt,1,2026-01-05,S,W,A,6,10,yes\ngoods-receipt,2,2026-01-05,S,V,A,4,10,yes\n"))
	args := []string{"report", s.book(), "stock-on-hand", "--by", "across"}
	if got := s.must(append(args, "--format", "csv")...); !strings.Contains(got, "V,A,Screw,,pcs,4,0,0,0,4,10.00,40.00\r\nW,A,Screw,,pcs,6,") && !strings.Contains(got, "V,A,Screw,,pcs,4,0,0,0,4,10.00,40.00\nW,A,Screw,,pcs,6,") {
		t.Errorf("CSV:\n%s", got)
	}
	if got := s.must(append(args, "--format", "json")...); strings.Count(got, `"warehouse":`) != 2 {
		t.Errorf("JSON:\n%s", got)
	}
	got := s.must(args...)
	if lines := strings.Split(strings.TrimSpace(got), "\n"); len(lines) != 3 || !strings.Contains(lines[0], "V Shop") || strings.Join(strings.Fields(lines[1]), " ") != "A Screw pcs 4 6 10 0 0 0 10 100.00" {
		t.Errorf("the table:\n%s", got)
	}
	path := s.file("across.xlsx", "")
	s.must(append(args, "-o", path)...)
	if x, err := sheet.Open(path); err != nil || strings.Join(x.Header[4:8], "|") != "V Shop|W Main|Qty, total|Reserved" || x.Rows[0].Cells[6] != "10" {
		t.Errorf("the workbook: %v, %v", x, err)
	}
}
