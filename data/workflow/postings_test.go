package workflow_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

var update = flag.Bool("update", false, "write the golden files anew")

// story is one slip of every kind, and of every row of the posting table, in an order that makes sense. In flow direct the invoices
// are left out.
var story = [][]string{
	{"kind=goods-receipt number=r1 date=2026-01-02 party=S warehouse=W1 product=A qty=100 price=10 remark=采购入库"},
	{"kind=goods-receipt number=r2 date=2026-01-02 party=S warehouse=W1 product=B qty=10 price=5 account=B paid=50 rounding=0.5 remark=本次付款抹零"},
	{"kind=purchase-invoice number=f1 date=2026-01-03 party=S product=A qty=100 price=11 source=r1 remark=发票价高"},
	{"kind=landed-cost number=l1 date=2026-01-04 party=S2 amount=90 tax_rate=9% source=r1 remark=运费分摊"},
	{"kind=purchase-return number=t1 date=2026-01-05 party=S warehouse=W1 product=A qty=10 source=r1 remark=采购退货"},
	{"kind=purchase-invoice number=f2 date=2026-01-05 party=S product=A qty=-10 source=t1 remark=红字发票"},
	{"kind=delivery number=d1 date=2026-01-06 party=C warehouse=W1 product=A qty=20 price=20 remark=销售出库"},
	{"kind=sales-invoice number=g1 date=2026-01-07 party=C product=A qty=15 source=d1 remark=开票一部分"},
	{"kind=sales-return number=x1 date=2026-01-08 party=C warehouse=W1 product=A qty=5 source=d1 remark=销售退货"},
	{"kind=sales-invoice number=g2 date=2026-01-08 party=C product=A qty=5 source=d1 remark=其余开票"},
	{"kind=sales-invoice number=g3 date=2026-01-09 party=C product=A qty=-5 source=x1 remark=红字发票"},
	{"kind=retail-sale number=k1 date=2026-01-10 warehouse=W1 account=K product=A qty=2 price=20 rounding=0.2 remark=零售抹零"},
	{"kind=prepayment number=y1 date=2026-01-11 party=S account=B amount=100 remark=预付"},
	{"kind=advance number=y2 date=2026-01-11 party=C account=K amount=100 remark=预收"},
	{"kind=offset number=h1 date=2026-01-12 offset_kind=prepaid-payable party=S amount=60 remark=预付冲应付"},
	{"kind=offset number=h2 date=2026-01-12 offset_kind=advance-receivable party=C amount=60 remark=预收冲应收"},
	{"kind=offset number=h3 date=2026-01-12 offset_kind=receivable-payable party=C to_party=S amount=20 remark=应收冲应付"},
	{"kind=offset number=h4 date=2026-01-12 offset_kind=receivable-receivable party=C to_party=C2 amount=20 remark=应收转户"},
	{"kind=offset number=h5 date=2026-01-12 offset_kind=payable-payable party=S to_party=S2 amount=20 remark=应付转户"},
	{"kind=offset number=h6 date=2026-01-12 offset_kind=bad-debt party=C2 amount=20 remark=坏账"},
	{"kind=payment number=p1 date=2026-01-13 party=S account=B amount=200 slip_discount=10 remark=付款享折扣"},
	{"kind=collection number=c1 date=2026-01-13 party=C account=K amount=100 slip_discount=5 rounding=0.3 remark=收款让折扣"},
	{"kind=collection number=c2 date=2026-01-14 party=C2 account=K amount=20 credit_account=5301 remark=收回坏账"},
	{"kind=expense number=e1 date=2026-01-15 account=K amount=106 tax_rate=6% remark=现付费用"},
	{"kind=expense number=e2 date=2026-01-15 party=S2 amount=80 debit_account=5601 remark=挂账费用"},
	{"kind=income number=i1 date=2026-01-15 account=B amount=113 tax_rate=13% remark=其他收入"},
	{"kind=income number=i2 date=2026-01-15 party=C2 amount=40 credit_account=5301 remark=挂账收入"},
	{"kind=cash-transfer number=z1 date=2026-01-16 account=B to_account=K amount=50 remark=提现"},
	{"kind=journal-voucher number=j1 date=2026-01-16 debit_account=5602 credit_account=2211 amount=1000 remark=计提工资"},
	{"kind=other-receipt number=q1 date=2026-01-17 warehouse=W1 product=B qty=4 price=6 remark=其他收货"},
	{"kind=other-issue number=q2 date=2026-01-17 warehouse=W1 product=B qty=1 remark=其他出库"},
	{"kind=material-issue number=m1 date=2026-01-18 warehouse=W1 product=B qty=2 remark=领料"},
	{"kind=material-return number=m2 date=2026-01-18 warehouse=W1 product=B qty=1 source=m1 remark=退料"},
	{"kind=write-off number=w1 date=2026-01-19 warehouse=W1 product=B qty=1 remark=报损"},
	{"kind=overage number=w2 date=2026-01-19 warehouse=W1 product=B qty=1 remark=报溢"},
	{"kind=stocktake number=w3 date=2026-01-20 warehouse=W1 product=B qty=11 remark=盘点"},
	{"kind=cost-adjustment number=a1 date=2026-01-21 warehouse=W1 product=B amount=5 remark=成本调整"},
	{"kind=transfer number=v1 date=2026-01-22 warehouse=W1 to_warehouse=W2 product=B qty=3 remark=调拨"},
	{"kind=assembly number=n1 date=2026-01-23 warehouse=W1 product=T qty=1 amount=3 remark=组装", "kind=assembly number=n1 date=2026-01-23 warehouse=W1 product=B qty=-2 remark=组装"},
	{"kind=disassembly number=n2 date=2026-01-24 warehouse=W1 product=T qty=1 remark=拆卸", "kind=disassembly number=n2 date=2026-01-24 warehouse=W1 product=B qty=-2 remark=拆卸"},
	{"kind=journal-voucher number=j2 date=2026-01-24 debit_account=5711 credit_account=1901 amount=5 remark=处理盘亏", "kind=journal-voucher number=j2 date=2026-01-24 debit_account=5711 credit_account=22210109 amount=0.65 remark=进项税额转出"},
	{"kind=journal-voucher number=j3 date=2026-01-24 debit_account=1901 credit_account=5301 amount=6 remark=处理盘盈"},
	{"kind=delivery number=d2 date=2026-01-24 party=C2 warehouse=W1 product=A qty=5 price=20 slip_discount=3 freight=10 account=K paid=60 rounding=0.5 remark=折扣运费现收"},
	{"kind=goods-receipt number=r3 date=2026-01-24 party=S2 warehouse=W1 product=R qty=10 price=8 remark=原材料入库"},
	{"kind=material-issue number=m3 date=2026-01-25 warehouse=W1 product=R qty=4 remark=领原材料"},
	{"kind=delivery number=d3 date=2026-01-25 party=C2 warehouse=W1 product=N qty=3 price=9 remark=欠库存发货"},
	{"kind=goods-receipt number=r4 date=2026-01-26 party=S2 warehouse=W1 product=N qty=5 price=7 remark=到货并更正欠库存成本"},
	{"kind=goods-receipt number=r5 date=2026-01-26 party=S2 warehouse=W1 product=Y qty=1 price=30 remark=买服务"},
	{"kind=delivery number=d4 date=2026-01-26 party=C2 product=Y qty=1 price=40 remark=卖服务"},
	{"kind=price-change number=u1 date=2026-01-25 product=A price=22 remark=调价"},
	{"kind=purchase-plan number=o1 date=2026-01-26 product=A qty=5 remark=计划"},
	{"kind=purchase-order number=o2 date=2026-01-26 party=S product=A qty=5 source=o1 remark=采购订单"},
	{"kind=quotation number=o3 date=2026-01-26 party=C product=A qty=5 remark=报价"},
	{"kind=sales-order number=o4 date=2026-01-26 party=C product=A qty=5 source=o3 remark=销售订单"},
}

// later are slips of the next month, when January is closed: what came late is posted on its own date (C7).
var later = [][]string{
	{"kind=purchase-invoice number=f3 date=2026-02-03 party=S product=B qty=10 price=6 source=r2 remark=上月货的发票价高"},
	{"kind=landed-cost number=l2 date=2026-02-04 party=S2 amount=20 source=r3 remark=上月货的运费"},
	{"kind=sales-invoice number=g4 date=2026-02-05 party=C2 product=A qty=5 slip_discount=3 freight=10 source=d2 remark=上月货开票"},
	{"kind=payment number=p2 date=2026-02-06 party=S account=B amount=100 rounding=0.4 remark=付款抹零"},
}

// storyBook is a book in which the story is told; seen learns its kinds.
func storyBook(t *testing.T, flow, taxpayer string, seen map[string]bool) *workflow.Book {
	t.Helper()
	b := trader(t, workflow.Settings{Flow: flow, Taxpayer: taxpayer})
	load(t, b, "categories", "code,name,stock_account", "R,原材料,1403")
	load(t, b, "products", "code,name,category,negative,reference_cost", "T,套装,,,", "R,钢板,R,,", "N,油漆,,allow,6")
	load(t, b, "products", "code,name,service", "Y,运费,yes")
	tell(t, b, story, seen)
	return b
}

// tell enters what of a story belongs to the book's flow.
func tell(t *testing.T, b *workflow.Book, story [][]string, seen map[string]bool) {
	t.Helper()
	for _, rows := range story {
		kind := strings.TrimPrefix(strings.Fields(rows[0])[0], "kind=")
		k, _ := kinds.ByCode(kind)
		if seen[kind] = true; k.Flow != "" && k.Flow != b.Settings().Flow {
			continue
		}
		var lines []string
		for _, r := range rows {
			if b.Settings().Taxpayer == "general" || !strings.Contains(r, "22210109") { // who deducts no input tax transfers none out
				lines = append(lines, row(r))
			}
		}
		load(t, b, "slips", strings.Join(wide, ","), lines...)
	}
}

// Every row of the posting table as a bookkeeper reads it, in both flows, for both kinds of taxpayer; the files are under testdata/postings.
func TestPostings(t *testing.T) {
	for _, flow := range []string{"direct", "invoice"} {
		for _, taxpayer := range []string{"general", "small"} {
			t.Run(flow+"-"+taxpayer, func(t *testing.T) {
				var out strings.Builder
				seen := map[string]bool{}
				b := storyBook(t, flow, taxpayer, seen)
				if err := b.ClosePeriod(202601); err != nil {
					t.Fatal(err)
				}
				tell(t, b, later, seen)
				for _, rows := range slices.Concat(story, later) {
					if err := writePosting(&out, b, rows[0]); err != nil {
						t.Fatal(err)
					}
				}
				fmt.Fprintln(&out, "结转损益")
				writeVoucher(&out, b, "CLOSE-202601")
				for _, k := range kinds.All {
					if !k.Hidden && !seen[k.Code] {
						t.Errorf("no %s in the story", k.Code)
					}
				}
				mustHold(t, b)
				golden(t, flow+"-"+taxpayer, out.String())
			})
		}
	}
}

func writePosting(out *strings.Builder, b *workflow.Book, words string) error {
	f := strings.Fields(words)
	k, _ := kinds.ByCode(strings.TrimPrefix(f[0], "kind="))
	d, err := b.Load(strings.TrimPrefix(f[1], "number="))
	if err != nil && k.Flow != "" {
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(out, k.Title.In(text.Zh), strings.TrimPrefix(f[len(f)-1], "remark="))
	writeVoucher(out, b, d.Number)
	return nil
}

func writeVoucher(out *strings.Builder, b *workflow.Book, number string) {
	_, lines, _ := b.Voucher(number)
	for _, l := range lines {
		if l.Debit != 0 {
			fmt.Fprintf(out, "  借 %-9s%10s  %s\n", l.Account, l.Debit, l.Name)
		} else {
			fmt.Fprintf(out, "    贷 %-9s%20s  %s\n", l.Account, l.Credit, l.Name)
		}
	}
	fmt.Fprintln(out)
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "postings", name+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err == nil {
			err = os.WriteFile(path, []byte(got), 0o644)
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s differs from what is posted (run with -update and read the difference):\n%s", path, got)
	}
}
