package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// A sale that is bought for, from the offer to the last payment on both sides. The last column tells what each slip must show as its
// sources, by the words the slips were entered under.
const (
	chainHead  = "kind,number,date,party,warehouse,account,product,qty,price,amount,offset_kind,source,due_date,audit\n"
	chainStart = `quotation,offer,2026-01-03,C,,,A,50,20,,,,2026-02-28,yes
sales-order,order,2026-01-04,C,,,A,40,,,,offer,,yes
advance,advance,2026-01-05,C,,G,,,,100,,order,,yes
purchase-plan,plan,2026-01-05,,,,A,40,,,,order,,yes
purchase-order,purchase,2026-01-06,S,,,A,40,10,,,plan,,yes
prepayment,prepayment,2026-01-07,S,,G,,,,100,,purchase,,yes
goods-receipt,receipt,2026-01-08,S,W,,A,40,,,,purchase,,yes
delivery,delivery,2026-01-10,C,W,,A,30,,,,order,,yes
`
	chainDirect = `offset,clearing,2026-01-09,S,,,,,,100,prepaid-payable,receipt,,yes
offset,use,2026-01-11,C,,,,,,100,advance-receivable,delivery,,yes
payment,payment,2026-01-12,S,,G,,,,352,,receipt,,yes
sales-return,return,2026-01-14,C,W,,A,2,,,,delivery,,yes
collection,collection,2026-01-20,C,,K,,,,500,,delivery,,yes
`
	chainInvoice = `purchase-invoice,bill,2026-01-09,S,,,A,40,11,,,receipt,,yes
offset,clearing,2026-01-09,S,,,,,,100,prepaid-payable,bill,,yes
sales-invoice,invoice,2026-01-11,C,,,A,30,,,,delivery,,yes
offset,use,2026-01-11,C,,,,,,100,advance-receivable,invoice,,yes
payment,payment,2026-01-12,S,,G,,,,397.20,,bill,,yes
sales-return,return,2026-01-14,C,W,,A,2,,,,delivery,,yes
sales-invoice,credit note,2026-01-15,C,,,A,-2,,,,return,,yes
collection,collection,2026-01-20,C,,K,,,,500,,invoice,,yes
`
)

// what flow says from any of the slips: number, kind, day, status, total, sources
const (
	flowDirect = `XB-202601-0001 quotation 2026-01-03 partly-done 1130.00
XD-202601-0001 sales-order 2026-01-04 partly-done 904.00 XB-202601-0001
YS-202601-0001 advance 2026-01-05 audited 100.00 XD-202601-0001
CJ-202601-0001 purchase-plan 2026-01-05 done 0.00 XD-202601-0001
CD-202601-0001 purchase-order 2026-01-06 done 452.00 CJ-202601-0001
YF-202601-0001 prepayment 2026-01-07 audited 100.00 CD-202601-0001
CR-202601-0001 goods-receipt 2026-01-08 audited 452.00 CD-202601-0001
HX-202601-0001 offset 2026-01-09 audited 100.00 CR-202601-0001 YF-202601-0001
XC-202601-0001 delivery 2026-01-10 audited 678.00 XD-202601-0001
HX-202601-0002 offset 2026-01-11 audited 100.00 XC-202601-0001 YS-202601-0001
FK-202601-0001 payment 2026-01-12 audited 352.00 CR-202601-0001
XT-202601-0001 sales-return 2026-01-14 audited 45.20 XC-202601-0001
SK-202601-0001 collection 2026-01-20 audited 500.00 XC-202601-0001
`
	flowInvoice = `XB-202601-0001 quotation 2026-01-03 partly-done 1130.00
XD-202601-0001 sales-order 2026-01-04 partly-done 904.00 XB-202601-0001
YS-202601-0001 advance 2026-01-05 audited 100.00 XD-202601-0001
CJ-202601-0001 purchase-plan 2026-01-05 done 0.00 XD-202601-0001
CD-202601-0001 purchase-order 2026-01-06 done 452.00 CJ-202601-0001
YF-202601-0001 prepayment 2026-01-07 audited 100.00 CD-202601-0001
CR-202601-0001 goods-receipt 2026-01-08 audited 452.00 CD-202601-0001
CF-202601-0001 purchase-invoice 2026-01-09 audited 497.20 CR-202601-0001
HX-202601-0001 offset 2026-01-09 audited 100.00 CF-202601-0001 YF-202601-0001
XC-202601-0001 delivery 2026-01-10 audited 678.00 XD-202601-0001
XF-202601-0001 sales-invoice 2026-01-11 audited 678.00 XC-202601-0001
HX-202601-0002 offset 2026-01-11 audited 100.00 XF-202601-0001 YS-202601-0001
FK-202601-0001 payment 2026-01-12 audited 397.20 CF-202601-0001
XT-202601-0001 sales-return 2026-01-14 audited 45.20 XC-202601-0001
XF-202601-0002 sales-invoice 2026-01-15 audited -45.20 XF-202601-0001 XT-202601-0001
SK-202601-0001 collection 2026-01-20 audited 500.00 XF-202601-0001
`
)

func TestFlowListsTheWholeChainFromEverySlip(t *testing.T) {
	for _, c := range []struct{ flow, slips, want string }{{"direct", chainStart + chainDirect, flowDirect}, {"invoice", chainStart + chainInvoice, flowInvoice}} {
		t.Run(c.flow, func(t *testing.T) {
			s := newShop(t, "--flow", c.flow)
			// the last slip is no part of it: another sale to the same customer
			s.must("import", s.book(), "slips", s.file("slips.csv", chainHead+c.slips+"delivery,other,2026-01-09,C,W,,A,1,20,,,,,yes\n"))
			for _, line := range strings.Split(strings.TrimSpace(c.slips), "\n") {
				from := strings.Split(line, ",")[1]
				if got := words(s.must("flow", s.book(), from)); got != c.want {
					t.Errorf("from the %s flow says\n%s\nwant\n%s", from, got, c.want)
				}
				s.flowJSON(from, c.want)
			}
			s.must("verify", s.book())
		})
	}
}

// words are printed lines with one blank between columns.
func words(printed string) string {
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(printed), "\n") {
		b.WriteString(strings.Join(strings.Fields(line), " ") + "\n")
	}
	return b.String()
}

// flowJSON holds what a program reads against the lines wanted.
func (s *shop) flowJSON(from, want string) {
	s.t.Helper()
	var nodes []struct {
		Number, Kind, Date, Status, Gross string
		Sources                           []string
	}
	if err := json.Unmarshal([]byte(s.must("flow", s.book(), from, "--format", "json")), &nodes); err != nil {
		s.t.Fatal(err)
	}
	var b strings.Builder
	for _, n := range nodes {
		if n.Sources == nil {
			s.t.Errorf("%s has sources null, want a list", n.Number)
		}
		b.WriteString(strings.Join(append([]string{n.Number, n.Kind, n.Date, n.Status, n.Gross}, n.Sources...), " ") + "\n")
	}
	if b.String() != want {
		s.t.Errorf("as JSON from the %s:\n%s\nwant\n%s", from, b.String(), want)
	}
}

func TestUnauditNamesTheWholeChainAndTakesItNewestFirst(t *testing.T) {
	s := newShop(t)
	s.must("import", s.book(), "slips", s.file("slips.csv", chainHead+chainStart+chainDirect))
	chain := []string{"SK-202601-0001", "XT-202601-0001", "FK-202601-0001", "HX-202601-0002", "XC-202601-0001", "HX-202601-0001", "CR-202601-0001", "YF-202601-0001", "CD-202601-0001", "CJ-202601-0001", "YS-202601-0001"}
	s.refused(1, "XD-202601-0001 has audited slips after it: "+strings.Join(chain, ", ")+"; un-audit the whole chain with --cascade\n", "slip", "unaudit", s.book(), "order")
	s.refused(1, "CR-202601-0001 has audited slips after it: FK-202601-0001, HX-202601-0001; un-audit the whole chain with --cascade\n", "slip", "unaudit", s.book(), "receipt")
	if got, want := strings.Fields(s.must("slip", "unaudit", s.book(), "order", "--cascade")), append(slices.Clone(chain), "XD-202601-0001"); !slices.Equal(got, want) {
		t.Errorf("un-audited in the order %v, want %v", got, want)
	}
	if got := words(s.must("report", s.book(), "trial-balance", "--format", "csv")); strings.Count(got, "\n") != 1 {
		t.Errorf("the books are not empty again:\n%s", got)
	}
	s.must("verify", s.book())
}
