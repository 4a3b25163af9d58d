package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"zhanggui/data/workflow"
)

// shopFiles are a small trader's files; slips run through both flows, those of flow invoice apart.
var shopFiles = map[string]string{
	"products":   "code,name,sales_price,weight\nA,Screw,20,0.5\nB,Nut,9,0.1\n",
	"suppliers":  "code,name\nS,Factory\nF,Carrier\n",
	"customers":  "code,name,payment_days,price_level\nC,Builder,30,VIP\n",
	"accounts":   "code,name,type\nK,Till,cash\nG,Bank,bank\n",
	"warehouses": "code,name\nW,Main\n",
	"prices":     "product,price_level,price,from_qty\nA,VIP,18,5\n",
	"slips": `kind,number,date,party,warehouse,account,product,qty,price,amount,tax_rate,source,paid,slip_discount,rounding,offset_kind,allocate_by,debit_account,credit_account,method,cheque_no,external_no,audit
purchase-plan,PL1,2026-01-03,,,,A,100,10,,,,,,,,,,,,,,yes
purchase-order,PO1,2026-01-04,S,W,,A,100,,,,PL1,,,,,,,,,,,yes
prepayment,PP1,2026-01-04,S,,G,,,,300,,PO1,,,,,,,,cheque,8812,,yes
goods-receipt,GR1,2026-01-05,S,W,,A,90,,,,PO1,,,,,,,,,,DN77,yes
landed-cost,LC1,2026-01-06,F,,,,,,40,9%,GR1,,,,,weight,,,,,,yes
sales-order,SO1,2026-01-08,C,W,,A,10,,,,,,,,,,,,,,,yes
delivery,DE1,2026-01-09,C,W,,A,8,,,,SO1,,,,,,,,,,,yes
delivery,DE1,2026-01-09,C,W,,A,1,20,,,,,,,,,,,,,,yes
retail-sale,RS1,2026-01-11,,W,K,A,2,20,,,,25,,0.2,,,,,,,,yes
retail-sale,RS1,2026-01-11,,W,G,,,,,,,20,,,,,,,,,,yes
advance,AD1,2026-01-11,C,,G,,,,50,,SO1,,,,,,,,,,,yes
journal-voucher,JV1,2026-01-12,,,,,,,1000,,,,,,,,5602,2211,,,,yes
expense,EX1,2026-01-12,,,K,,,,106,6%,,,,,,,5601,,,,,yes
expense,EX1,2026-01-12,,,,,,,50,,,,,,,,5602,,,,,yes
income,IN1,2026-01-13,C,,,,,,30,,,,,,,,,5301,,,,yes
quotation,QU1,2026-01-14,C,,,B,5,9,,,,,,,,,,,,,,no
`,
	"slips direct": `kind,number,date,party,account,amount,source,slip_discount,offset_kind,audit
offset,OF1,2026-01-15,S,,300,DN77,,prepaid-payable,yes
payment,PA1,2026-01-16,S,G,500,DN77,17,,yes
collection,CO1,2026-01-17,C,K,100,DE1,5,,yes
`,
	"slips invoice": `kind,number,date,party,warehouse,account,product,qty,price,amount,source,audit
purchase-invoice,PI1,2026-01-15,S,,,A,60,11,,DN77,yes
sales-invoice,SI1,2026-01-15,C,,,A,8,,,DE1,yes
sales-return,SR1,2026-01-16,C,W,,A,2,,,DE1,yes
payment,PA1,2026-01-16,S,,G,,,,500,PI1,yes
collection,CO1,2026-01-17,C,,K,,,,100,SI1,yes
`,
}

// kindsInOrder is the order files are read in.
var kindsInOrder = strings.Fields("units categories products suppliers customers warehouses accounts employees prices boms opening-stock opening-balances slips")

func TestWhatIsExportedComesInUnchanged(t *testing.T) {
	for _, flow := range []string{"direct", "invoice"} {
		t.Run(flow, func(t *testing.T) {
			dir := t.TempDir()
			at := func(name string) string { return filepath.Join(dir, name) }
			must := func(args ...string) string {
				t.Helper()
				status, out, errOut := zgctl(args...)
				if status != 0 {
					t.Fatalf("%v: %d %s", args, status, errOut)
				}
				return out
			}
			must("new", at("a.zg"), "--start", "2026-01", "--flow", flow)
			for _, kind := range append(append([]string{}, kindsInOrder...), "slips "+flow) {
				if body := shopFiles[kind]; body != "" {
					if err := os.WriteFile(at("in.csv"), []byte(body), 0o644); err != nil {
						t.Fatal(err)
					}
					must("import", at("a.zg"), strings.Fields(kind)[0], at("in.csv"))
				}
			}
			must("new", at("b.zg"), "--start", "2026-01", "--flow", flow)
			for _, ext := range []string{".csv", ".xlsx"} {
				for _, kind := range kindsInOrder {
					must("export", at("a.zg"), kind, "-o", at(kind+ext))
				}
			}
			for i, kind := range kindsInOrder {
				ext := []string{".csv", ".xlsx"}[i%2]
				must("import", at("b.zg"), kind, at(kind+ext))
			}
			for _, kind := range kindsInOrder {
				must("export", at("b.zg"), kind, "-o", at("again.csv"))
				x, _ := os.ReadFile(at(kind + ".csv"))
				y, _ := os.ReadFile(at("again.csv"))
				if string(x) != string(y) {
					t.Errorf("%s went out as\n%s\nand came back as\n%s", kind, x, y)
				}
			}
			for _, book := range []string{"a.zg", "b.zg"} {
				if out := must("verify", at(book)); strings.Count(out, " ok ") != workflow.Proofs {
					t.Errorf("%s:\n%s", book, out)
				}
			}
			for _, name := range []string{"trial-balance", "stock-on-hand", "payables", "receivables", "vat", "balance-sheet"} {
				if x, y := must("report", at("a.zg"), name, "--format", "csv"), must("report", at("b.zg"), name, "--format", "csv"); x != y {
					t.Errorf("%s:\n%s\nand\n%s", name, x, y)
				}
			}
			shows(t, must("slip", "show", at("a.zg"), "PA1", "--json"), flow)
		})
	}
}

// shows reads the payment as a program would.
func shows(t *testing.T, out, flow string) {
	t.Helper()
	var d struct {
		Gross   string
		Voucher []struct{ Account, Debit, Credit string }
	}
	if err := json.Unmarshal([]byte(out), &d); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"direct": "517.00", "invoice": "500.00"}[flow]
	if d.Gross != "500.00" || len(d.Voucher) == 0 || d.Voucher[0].Account != "220201" || d.Voucher[0].Debit != want {
		t.Errorf("the payment shows %+v", d)
	}
}
