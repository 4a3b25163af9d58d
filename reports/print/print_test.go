package print

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/scan"
	"zhanggui/reports/paper"
	"zhanggui/reports/paper/raster"
)

func load(t testing.TB, b *workflow.Book, kind, header string, rows ...string) {
	t.Helper()
	tab := &exchange.Table{Name: kind + ".csv", Header: strings.Split(header, ",")}
	for i, r := range rows {
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
	}
	if _, err := exchange.Import(b, kind, tab, false); err != nil {
		t.Fatal(err)
	}
}

// shop is a book of two products. The delivery d1 is 4 A at 20.00 less 5 % and 2 B at 9.00, 13 % tax:
// 76.00 + 18.00 = 94.00, tax 9.88 + 2.34 = 12.22, together 106.22. Of it x1 sends one A back: 19.00 + 2.47 = 21.47.
func shop(t *testing.T) *workflow.Book {
	t.Helper()
	b, err := workflow.Create(filepath.Join(t.TempDir(), "book.zg"), workflow.Settings{Company: "江城恒泰五金", Address: "解放路 66 号",
		Phone: "0888-6655", Start: 202601, VAT: 1300})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	b.Now = func() time.Time { return time.Date(2026, 12, 31, 9, 0, 0, 0, time.UTC) }
	load(t, b, "products", "code,name,name2,spec,unit,purchase_price,sales_price,unit2,unit2_factor,shelf",
		"A,螺丝,Screw,M8×30,个,10,20,盒,100,A-10", "B,螺母,Nut,M8,个,5,9,,,A-2")
	load(t, b, "suppliers", "code,name,bank,bank_account", "S,五金厂,农商银行,6228 0001")
	load(t, b, "customers", "code,name,contact,phone,address,payment_days", "C,新禾装饰,陈志远,138 0000,学府路 218 号,30")
	load(t, b, "warehouses", "code,name,keeper", "W1,主仓,马超", "W2,东仓,")
	load(t, b, "accounts", "code,name,type", "K,现金,cash")
	load(t, b, "slips", "kind,number,date,party,warehouse,to_warehouse,product,unit,qty,price,discount_rate,source,audit,remark,line_remark",
		"purchase-order,p1,2026-01-01,S,W1,,A,,10,10,,,yes,,",
		"goods-receipt,r1,2026-01-02,S,W1,,A,,6,10,,p1,yes,,", "goods-receipt,r2,2026-01-02,S,W1,,B,,10,5,,,yes,,",
		"delivery,d1,2026-01-04,C,W1,,A,,4,20,5%,,yes,周六送货,周六送货", "delivery,d1,2026-01-04,C,W1,,B,,2,9,,,yes,,",
		"sales-return,x1,2026-01-05,C,W1,,A,,1,,,d1,yes,,", "transfer,m1,2026-01-07,,W1,W2,B,,3,,,,yes,,",
		"sales-order,o1,2026-01-08,C,W1,,A,盒,2,1800,,,no,,")
	load(t, b, "slips", "kind,number,date,party,account,amount,audit", "collection,k1,2026-01-09,C,K,100,yes")
	return b
}

// reader is shared: starting it costs more than all the pages.
var reader = raster.New("")

// words prints and reads the pages back, blanks taken out.
func words(t *testing.T, b *workflow.Book, n string, opt Options) []string {
	t.Helper()
	pdf, err := Slip(b, []string{n}, opt)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := reader.Pages(pdf)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, pages)
	for i := range out {
		s, err := reader.Text(pdf, i)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = strings.Join(strings.Fields(s), "")
	}
	return out
}

func expect(t *testing.T, page string, yes, no []string) {
	t.Helper()
	for _, w := range yes {
		if !strings.Contains(page, w) {
			t.Errorf("%q is not on the page: %s", w, page)
		}
	}
	for _, w := range no {
		if strings.Contains(page, w) {
			t.Errorf("%q is on the page: %s", w, page)
		}
	}
}

func TestADeliveryPrintsAPageForEachPlyAndHidesPricesFromTheWarehouse(t *testing.T) {
	b := shop(t)
	pages := words(t, b, "d1", Options{Paper: "241x140", Plies: []string{"yellow", "white"}})
	if len(pages) != 2 {
		t.Fatalf("%d pages, want 2", len(pages))
	}
	expect(t, pages[0], []string{"江城恒泰五金", "销售出库单", "XC-202601-0001", "C新禾装饰", "陈志远1380000", "学府路218号", "W1主仓", "2026-02-03",
		"螺丝M8×30", "20.00", "9.5折", "76.00", "13%", "9.88", "85.88", "94.00", "12.22", "106.22", "壹佰零陆元贰角贰分", "admin", "马超", "周六送货", "第1次"},
		[]string{"红字", "补打", "草稿"})
	expect(t, pages[1], []string{"螺丝M8×30", "A-10", "实发", "③黄联"}, []string{"20.00", "106.22", "2026-02-03", "折", "元"})
}

func TestOneStrikeIsTheDefaultOnContinuousPaper(t *testing.T) {
	b := shop(t)
	if pages := words(t, b, "d1", Options{}); len(pages) != 1 {
		t.Fatalf("%d pages, want 1", len(pages))
	} else {
		expect(t, pages[0], []string{"白联", "红联", "黄联", "106.22"}, nil)
	}
}

func TestEnglishOnA4SaysNamesAndSumsInEnglish(t *testing.T) {
	b := shop(t)
	page := words(t, b, "d1", Options{Paper: "a4", Lang: text.En})[0]
	expect(t, page, []string{"DELIVERYNOTE", "ScrewM8×30", "-5%", "VAT13%", "TotalCNY", "94.00", "12.22", "106.22", "Page1of1"}, []string{"螺丝", "大写", "折"})
}

func TestAReturnPrintsNegativeInRed(t *testing.T) {
	b := shop(t)
	page := words(t, b, "x1", Options{})[0]
	expect(t, page, []string{"（红字）", "-1", "-19.00", "-2.47", "-21.47", "负贰拾壹元肆角柒分", "XC-202601-0001"}, []string{"草稿"})
}

func TestAGoodsReceiptComparesOrderedAndReceived(t *testing.T) {
	b := shop(t)
	page := words(t, b, "r1", Options{Paper: "a5"})[0]
	expect(t, page, []string{"订购", "实收", "106", "60.00", "7.80", "67.80", "CD-202601-0001"}, nil)
	page = words(t, b, "r2", Options{Paper: "a5"})[0]
	expect(t, page, []string{"实收"}, []string{"订购"})
}

func TestAWarehousePaperShowsNoMoney(t *testing.T) {
	b := shop(t)
	page := words(t, b, "m1", Options{})[0]
	expect(t, page, []string{"调拨单", "W1主仓", "W2东仓", "螺母"}, []string{"5.00", "15.00", "大写"})
}

func TestACollectionListsWhatItSettles(t *testing.T) {
	b := shop(t)
	for _, size := range []string{"241x140", "a5", "a4", "241x93"} {
		page := words(t, b, "k1", Options{Paper: size})[0]
		expect(t, page, []string{"收款单", "XC-202601-0001", "106.22", "100.00", "壹佰元整", "K现金"}, []string{"价税合计"})
	}
}

func TestAPickListWalksByShelfNumbersByValue(t *testing.T) {
	b := shop(t)
	page := words(t, b, "d1", Options{As: AsPickList})[0]
	expect(t, page, []string{"备货单", "A-2", "A-10", "XC2601000101"}, []string{"20.00", "106.22"})
	if strings.Index(page, "A-2") > strings.Index(page, "A-10") {
		t.Error("A-10 stands before A-2")
	}
}

// join prints several slips as one paper and reads it back.
func join(t *testing.T, b *workflow.Book, opt Options, numbers ...string) []string {
	t.Helper()
	pdf, err := Slip(b, numbers, opt)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := reader.Pages(pdf)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, pages)
	for i := range out {
		s, err := reader.Text(pdf, i)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = strings.Join(strings.Fields(s), "")
	}
	return out
}

func TestAMergedPickListIsOneWalkWithEachCustomersShare(t *testing.T) {
	b := shop(t)
	load(t, b, "customers", "code,name", "D,远方物业")
	load(t, b, "slips", "kind,number,date,party,warehouse,product,unit,qty,price,line_remark,audit",
		"delivery,n1,2026-01-10,D,W1,B,个,1,9,,no", "delivery,n1,2026-01-10,D,W1,A,个,1,20,要新的,no", "delivery,n1,2026-01-10,D,W2,B,个,3,9,,no", "delivery,n2,2026-01-10,C,W1,A,个,2,20,,no",
		"delivery,n2,2026-01-10,C,W1,A,盒,1,1800,,no")
	// A: C 4 and 2, D 1; a box of A stands by itself; B: C 2, D 1; in W2 there is D's B alone
	pages := join(t, b, Options{As: AsMerged}, "d1", "n1", "n2")
	if len(pages) != 4 {
		t.Fatalf("%d pages, want a walk and a split for each of two warehouses", len(pages))
	}
	expect(t, pages[0], []string{"备货单", "XC-202601-0001+2", "W1主仓", "新禾装饰、远方物业", "新禾装饰6·远方物业1", "新禾装饰2·远方物业1", "新禾装饰1", "个7", "个3", "盒1", "共3行，合计数量11", "草稿"},
		[]string{"20.00", "要新的", "东仓"})
	if strings.Index(pages[0], "A-2") > strings.Index(pages[0], "A-10") {
		t.Error("A-10 stands before A-2")
	}
	expect(t, pages[1], []string{"分单", "新禾装饰XC-202601-0001B螺母M8个2", "新禾装饰XC-202601-0001A螺丝M8×30（周六送货）个4", "单据：XC-202601-000100020003", "远方物业XC-202601-0002A螺丝M8×30（要新的）个1", "新禾装饰XC-202601-0003A螺丝M8×30盒1"}, nil)
	// by customer: all of 新禾装饰 before 远方物业
	if strings.LastIndex(pages[1], "新禾装饰XC") > strings.Index(pages[1], "远方物业XC") {
		t.Error("the split jumps between customers")
	}
	expect(t, pages[2], []string{"W2东仓", "XC-202601-0002", "远方物业3"}, []string{"螺丝", "新禾装饰"})
	expect(t, join(t, b, Options{As: AsMerged, Lang: text.En}, "d1", "n2")[0], []string{"PICKLIST", "新禾装饰6", "Slips"}, nil)
}

func TestWhatCannotBeMergedIsRefusedByName(t *testing.T) {
	b := shop(t)
	for _, c := range []struct {
		numbers []string
		code    fault.Code
		words   string
	}{
		{[]string{"d1", "r1"}, fault.Refused, "CR-202601-0001"},
		{[]string{"d1", "d1"}, fault.Usage, "named twice"},
		{[]string{"d1", "XC-202601-0001"}, fault.Usage, "named twice"},
		{[]string{"d1", "nothing"}, fault.NotFound, "nothing"},
	} {
		if _, err := Slip(b, c.numbers, Options{As: AsMerged}); !fault.Is(err, c.code) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%v: %v", c.numbers, err)
		}
	}
}

func TestOrdersMergeWhatIsStillToBeDelivered(t *testing.T) {
	b := shop(t)
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,due_date,source,audit", "sales-order,q1,2026-01-08,C,W1,B,5,9,2026-01-20,,yes", "sales-order,q2,2026-01-08,C,W1,B,4,9,2026-01-15,,yes",
		"sales-order,q3,2026-01-08,C,W1,B,1,9,,,yes", "delivery,q4,2026-01-09,C,W1,B,2,9,,q1,yes", "delivery,q5,2026-01-09,C,W1,B,1,9,,q3,yes")
	// 3 of q1 and 4 of q2, for one customer; q3 is delivered and takes no part. Wanted first on the 15th.
	pages := join(t, b, Options{As: AsMerged}, "q1", "q2", "q3")
	expect(t, pages[0], []string{"XD-202601-0002+1", "新禾装饰7", "2026-01-15"}, []string{"XD-202601-0004"})
	if _, err := Slip(b, []string{"q3", "q3"}, Options{As: AsMerged}); !fault.Is(err, fault.Usage) {
		t.Errorf("twice: %v", err)
	}
	if _, err := Slip(b, []string{"q3"}, Options{As: AsMerged}); !fault.Is(err, fault.Refused) {
		t.Errorf("nothing left: %v", err)
	}
}

func TestSeveralSlipsOfAKindMayPrintAsOneWalk(t *testing.T) {
	for _, k := range kinds.All {
		one, two := Forms(k), FormsOf(k, 2)
		if more := len(two) - len(one); more != 0 && (more != 1 || !picks(k)) || picks(k) && !k.Hidden && more != 1 {
			t.Errorf("%s prints in %d ways, several in %d", k.Code, len(one), len(two))
		}
	}
}

func TestADraftOrderIsMarkedAndShowsTheSecondUnit(t *testing.T) {
	b := shop(t)
	page := words(t, b, "o1", Options{Paper: "a4"})[0]
	expect(t, page, []string{"草稿", "销售订单", "200个", "1,800.00", "3,600.00", "468.00", "4,068.00", "肆仟零陆拾捌元整"}, nil)
}

func TestThePrintCountRisesWithEverySavedPrint(t *testing.T) {
	b := shop(t)
	for want := 1; want <= 2; want++ {
		if err := b.Printed([]string{"d1"}, AsSlip); err != nil {
			t.Fatal(err)
		}
		if d, err := b.Load("d1"); err != nil || d.Prints != want {
			t.Errorf("%d prints, want %d (%v)", d.Prints, want, err)
		}
	}
	expect(t, words(t, b, "d1", Options{})[0], []string{"补打第3次"}, nil)
	if err := b.Printed([]string{"r1", "nothing"}, AsSlip); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown slip: %v", err)
	}
	if d, _ := b.Load("r1"); d.Prints != 0 {
		t.Error("a refused print was counted")
	}
}

func TestEachPaperOfASlipCountsItsOwnPrints(t *testing.T) {
	b := shop(t)
	load(t, b, "slips", "kind,number,date,warehouse,product,qty,audit", "stocktake,t1,2026-01-10,W1,B,4,no") // 5 are there
	if err := b.Printed([]string{"t1"}, AsSlip); err != nil {
		t.Fatal(err)
	}
	expect(t, words(t, b, "t1", Options{As: AsCountDiff})[0], []string{"打印：第1次"}, []string{"补打"})
	if err := Printed(b, []string{"t1"}, Options{As: AsCountDiff}); err != nil {
		t.Fatal(err)
	}
	expect(t, words(t, b, "t1", Options{As: AsCountDiff})[0], []string{"补打第2次"}, nil)
	if d, _ := b.Load("t1"); d.Prints != 1 {
		t.Errorf("the slip itself: %d", d.Prints)
	}
}

// d1 comes to 106.22 and x1 takes 21.47 of it back.
func TestACustomersSlipSaysWhatIsOwedBeforeAndAfter(t *testing.T) {
	b := shop(t)
	expect(t, words(t, b, "d1", Options{Paper: "a5"})[0], []string{"上期欠款0.00", "本单金额106.22", "本次收款0.00", "累计欠款106.22"}, nil)
	expect(t, words(t, b, "x1", Options{Paper: "a5"})[0], []string{"上期欠款106.22", "本单金额-21.47", "累计欠款84.75"}, nil)
	if pages := words(t, b, "d1", Options{Plies: []string{"yellow"}}); strings.Contains(pages[0], "欠款") {
		t.Error("the warehouse's ply says what is owed")
	}
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "delivery,d2,2026-01-12,C,W1,B,1,100,yes") // 113.00
	said := words(t, b, "d2", Options{Paper: "a5"})[0]
	if err := b.Printed([]string{"d2"}, AsSlip); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Unaudit("k1", true); err != nil { // 84.75 were owed after all, but the customer has the paper
		t.Fatal(err)
	}
	if again := words(t, b, "d2", Options{Paper: "a5"})[0]; strings.Contains(said, "上期欠款84.75") || !strings.Contains(again, said[strings.Index(said, "上期欠款"):strings.Index(said, "本单金额")]) {
		t.Errorf("first %s\nthen %s", said, again)
	}
	b.Now = func() time.Time { return time.Date(2026, 12, 31, 10, 0, 0, 0, time.UTC) }
	for _, f := range []func(string, bool) (any, error){func(n string, c bool) (any, error) { return b.Unaudit(n, c) }, func(n string, _ bool) (any, error) { return b.Audit(n) }} {
		if _, err := f("d2", false); err != nil {
			t.Fatal(err)
		}
	}
	expect(t, words(t, b, "d2", Options{Paper: "a5"})[0], []string{"上期欠款84.75", "累计欠款197.75"}, nil) // audited anew
	if err := b.Set(map[string]string{"print_balance": "no"}); err != nil {
		t.Fatal(err)
	}
	expect(t, words(t, b, "d1", Options{Paper: "a5"})[0], nil, []string{"欠款"})
}

func TestUnknownOptionsAreRefusedInWords(t *testing.T) {
	b := shop(t)
	for _, c := range []struct {
		number string
		opt    Options
		code   fault.Code
	}{
		{"d1", Options{Paper: "a3"}, fault.Usage}, {"d1", Options{Plies: []string{"blue"}}, fault.Usage}, {"d1", Options{As: "poster"}, fault.Usage},
		{"d1", Options{Lang: "fr"}, fault.Usage}, {"d1", Options{As: AsPickList, Paper: "a5"}, fault.Usage},
		{"d1", Options{As: AsPickList, Plies: []string{"red"}}, fault.Usage}, {"no", Options{}, fault.NotFound},
		{"r1", Options{As: AsPickList}, fault.Refused}, {"k1", Options{As: AsPickList}, fault.Refused},
	} {
		if _, err := Slip(b, []string{c.number}, c.opt); !fault.Is(err, c.code) {
			t.Errorf("%s %+v: %v, want %s", c.number, c.opt, err, c.code)
		}
	}
	if _, err := Slip(b, nil, Options{}); !fault.Is(err, fault.Usage) {
		t.Errorf("no number: %v", err)
	}
}

func TestEveryKindAndSheetPrintsInBothLanguages(t *testing.T) {
	b := shop(t)
	var papers int
	for _, n := range []string{"p1", "r1", "d1", "x1", "m1", "o1", "k1"} {
		for _, size := range paper.Sizes() {
			for _, l := range []text.Lang{text.Zh, text.En} {
				if _, err := Slip(b, []string{n}, Options{Paper: string(size), Lang: l, Plies: []string{"white", "red", "yellow"}}); err != nil {
					t.Errorf("%s on %s in %s: %v", n, size, l, err)
				}
				papers++
			}
		}
	}
	if papers != 56 {
		t.Errorf("%d papers", papers)
	}
}

func TestTheReversalOfAReturnIsNotRed(t *testing.T) {
	k, _ := kinds.ByCode("sales-return")
	for qty, want := range map[num.Quantity]bool{10000: true, -10000: false} {
		s := &sheet{k: k, d: &slip.Doc{Lines: []slip.Line{{Qty: qty}}}}
		if s.red() != want {
			t.Errorf("quantity %d: red %v", qty, s.red())
		}
	}
}

func TestATillRollShowsWhatIsPaidWithTax(t *testing.T) {
	b := shop(t)
	for _, size := range []string{"80mm", "58mm"} {
		page := words(t, b, "d1", Options{Paper: size})[0]
		// 20.00 × 1.13 = 22.60; 4 of it less 5 % are 76.00 + 9.88
		expect(t, page, []string{"江城恒泰五金", "XC-202601-0001", "C新禾装饰", "螺丝M8×30", "4个", "22.60", "9.5折", "85.88", "2个", "10.17", "20.34",
			"合计2项6件", "¥106.22", "其中税额12.22", "周六送货", "谢谢惠顾", "第1次"}, []string{"红字"})
	}
	expect(t, words(t, b, "x1", Options{Paper: "80mm"})[0], []string{"（红字）", "-1个", "¥-21.47"}, nil)
	expect(t, words(t, b, "k1", Options{Paper: "80mm", Lang: text.En})[0], []string{"Collection", "XC-202601-0001Delivery", "106.22", "¥100.00", "K现金"}, nil)
}

func TestLabelsSayWhatACustomerPays(t *testing.T) {
	b := shop(t)
	pages := words(t, b, "d1", Options{As: AsLabel})
	if len(pages) != 2 {
		t.Fatalf("%d labels, want one for each of two products", len(pages))
	}
	expect(t, pages[0], []string{"螺丝", "规格M8×30", "A", "¥22.60/个"}, nil)
	expect(t, pages[1], []string{"螺母", "¥10.17/个"}, nil)
	if pages = words(t, b, "d1", Options{As: AsLabel, Paper: "40x30", Each: true}); len(pages) != 6 {
		t.Errorf("%d labels, want one for each of 4 + 2 pieces", len(pages))
	}
	expect(t, words(t, b, "o1", Options{As: AsLabel, Paper: "70x38"})[0], []string{"¥22.60", "A-10", "元/个"}, nil)
	if pages = words(t, b, "d1", Options{As: AsLabel, Paper: "a4", Skip: 23}); len(pages) != 2 {
		t.Errorf("%d sheets, want 2: one place is left on the first", len(pages))
	}
	if err := b.Set(map[string]string{"price_includes_tax": "yes"}); err != nil { // 20.00 now is what a customer pays
		t.Fatal(err)
	}
	expect(t, words(t, b, "d1", Options{As: AsLabel})[0], []string{"¥20.00/个"}, nil)
}

func TestAVoucherHasAllLinesOfASlip(t *testing.T) {
	b := shop(t)
	page := words(t, b, "d1", Options{As: AsVoucher})[0]
	// the delivery costs 4 × 10.00 and 2 × 5.00: 106.22 + 50.00 on both sides; one digit a box
	expect(t, page, []string{"记账凭证", "1122应收账款", "C新禾装饰", "5001主营业务收入", "2221应交税费", "22210107销项税额", "5401主营业务成本", "1405库存商品", "W1主仓",
		"合计：人民币壹佰伍拾陆元贰角贰分", "10622", "9400", "1222", "5000", "¥15622", "第0003号", "来源单据XC-202601-0001", "2026年1月4日",
		"新禾装饰销售出库单XC-202601-00011122", "结转成本XC-202601-00015401", "结转成本XC-202601-00011405"}, nil)
	pdf, err := Voucher(b, "k1", text.En)
	if err != nil {
		t.Fatal(err)
	}
	s, err := reader.Text(pdf, 0)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, strings.Join(strings.Fields(s), ""), []string{"JOURNALVOUCHER", "1001Cashonhand", "K现金", "1122Accountsreceivable", "100.00"}, nil)
	for _, n := range []string{"o1", "m1"} { // not audited; moves no account
		if _, err := Voucher(b, n, ""); !fault.Is(err, fault.Refused) {
			t.Errorf("%s: %v", n, err)
		}
	}
}

func statement(t *testing.T, b *workflow.Book, party string, from, to text.Date, lines bool, lang text.Lang) string {
	t.Helper()
	pdf, err := Statement(b, party, from, to, lines, lang)
	if err != nil {
		t.Fatal(err)
	}
	s, err := reader.Text(pdf, 0)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(s), "")
}

func TestAStatementCarriesTheBalanceFromSlipToSlip(t *testing.T) {
	b := shop(t)
	// 106.22 − 21.47 − 100.00 = −15.25: the customer paid too much
	expect(t, statement(t, b, "C", 0, 20260131, false, ""), []string{"客户对账单", "C新禾装饰", "XC-202601-0001", "2026-02-03", "106.22", "-21.47", "84.75", "SK-202601-0001", "100.00", "-15.25",
		"期末余额（大写）：人民币负壹拾伍元贰角伍分", "未到期", "对账回执", "我方应付余额¥-15.25"}, []string{"螺丝"})
	expect(t, statement(t, b, "C", 20260105, 20260131, true, ""), []string{"期初余额106.22", "螺丝M8×30", "-1个", "22.60", "-21.47"}, nil)
	// r1 is 60.00 + 7.80 and r2 50.00 + 6.50; nothing is paid, and both were due at once: 124.30 is 31 to 60 days late on 15 February
	expect(t, statement(t, b, "S", 0, 20260215, true, text.En), []string{"SUPPLIERSTATEMENT", "Goodsreceipt", "ScrewM8×30", "124.30", "31–60days", "Total124.30"}, nil)
	if _, err := Statement(b, "nobody", 0, 0, false, ""); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown party: %v", err)
	}
	if _, err := Statement(b, "C", 20260201, 20260101, false, ""); !fault.Is(err, fault.Usage) {
		t.Errorf("days turned: %v", err)
	}
}

func TestEveryKindSaysWhatItPrintsOn(t *testing.T) {
	for _, k := range kinds.All {
		ways := Forms(k)
		if k.Hidden {
			if len(ways) > 0 {
				t.Errorf("%s is hidden and prints", k.Code)
			}
			continue
		}
		if len(ways) == 0 || ways[0].As != AsSlip || len(Papers(k)) < 4 || Default(k).Paper != Papers(k)[0].Value {
			t.Errorf("%s has %d ways and %d papers, default %q", k.Code, len(ways), len(Papers(k)), Default(k).Paper)
		}
		for _, w := range ways {
			for _, c := range append(append([]slip.Choice{}, w.Papers...), w.Plies...) {
				if c.Value == "" || c.Label.Zh == "" || c.Label.En == "" || w.Title.Zh == "" || w.Title.En == "" {
					t.Errorf("%s as %s: %+v lacks words", k.Code, w.As, c)
				}
			}
		}
	}
	if Default(kinds.PurchaseOrder).Paper != "a4" || Default(kinds.Delivery).Paper != "241x140" || len(Plies(kinds.Delivery)) != 3 {
		t.Error("defaults of orders and deliveries")
	}
}

func TestAStocktakeSaysBookCountAndDifference(t *testing.T) {
	b := shop(t)
	// A: 6 − 4 + 1 = 3 in W1; B: 10 − 2 − 3 = 5 in W1. 2 of A are found, B is not counted yet.
	load(t, b, "slips", "kind,number,date,warehouse,product,qty,audit", "stocktake,s1,2026-01-10,W1,A,2,no", "stocktake,s1,2026-01-10,W1,B,,no")
	expect(t, words(t, b, "s1", Options{Paper: "a4"})[0], []string{"盘点单", "账面数", "实盘数", "差异", "螺丝M8×30个32-1", "螺母M8个5", "合计82-1"}, []string{"30.00"})
	blind := words(t, b, "s1", Options{As: AsCount})[0]
	expect(t, blind, []string{"盘点表", "A-2", "A-10", "W1主仓", "盲盘", "单位初盘复盘备注", "表外商品"}, []string{"差异"})
	if strings.Index(blind, "A-2") > strings.Index(blind, "A-10") {
		t.Error("A-10 stands before A-2")
	}
	expect(t, words(t, b, "s1", Options{As: AsCountBook, Lang: text.En})[0], []string{"COUNTSHEET", "Book", "Difference", "NutM8个5", "ScrewM8×30个32"}, nil)
	pdf, err := CountSheet(b, "W2", true, "")
	if err != nil {
		t.Fatal(err)
	}
	s, err := reader.Text(pdf, 0)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, strings.Join(strings.Fields(s), ""), []string{"W2东仓", "全部库存商品", "螺母M8个3"}, []string{"螺丝"})
	if _, err := Slip(b, []string{"d1"}, Options{As: AsCount}); !fault.Is(err, fault.Refused) {
		t.Errorf("a delivery: %v", err)
	}
	if _, err := Slip(b, []string{"s1"}, Options{As: AsRecount}); !fault.Is(err, fault.Refused) {
		t.Errorf("nothing to count again: %v", err)
	}
	// One screw is missing, of 3 that cost 60.00 (see the sheet of the receipt): approved on paper, then counted again.
	expect(t, words(t, b, "s1", Options{As: AsCountDiff})[0], []string{"盘点差异表", "螺丝M8×30个32-1", "未盘1种"}, []string{"螺母"})
	if _, err := scan.Recount(b, "s1", nil); err != nil {
		t.Fatal(err)
	}
	expect(t, words(t, b, "s1", Options{As: AsRecount})[0], []string{"复盘表", "螺丝M8×30个2"}, []string{"螺母"})
	expect(t, words(t, b, "s1", Options{As: AsRecount, Lang: text.En})[0], []string{"RECOUNTSHEET"}, nil)
	if _, err := CountSheet(b, "W9", true, ""); !fault.Is(err, fault.NotFound) {
		t.Errorf("no warehouse: %v", err)
	}
}

func TestWhatIsLetOffComesOffWhatAPaymentSettles(t *testing.T) {
	b := shop(t)
	load(t, b, "slips", "kind,number,date,party,account,amount,slip_discount,audit", "payment,f1,2026-01-12,S,K,60,7.8,yes")
	// r1 is 67.80, of it 7.80 are let off
	expect(t, words(t, b, "f1", Options{Paper: "a5"})[0], []string{"付款单", "CR-202601-0001", "67.80", "结算折扣", "-7.80", "60.00", "陆拾元整"}, []string{"未指定单据"})
	load(t, b, "slips", "kind,number,date,party,account,amount,audit", "prepayment,y1,2026-01-13,S,K,50,yes")
	expect(t, words(t, b, "y1", Options{Paper: "a5"})[0], []string{"预付款单", "事项", "伍拾元整"}, []string{"核销单据"})
}

func TestManyVouchersHaveTheNumbersTheyHaveAlone(t *testing.T) {
	b := shop(t)
	many := []string{"r1", "r2", "d1", "x1", "k1", "r1", "r2", "d1", "x1", "k1"}
	pdf, err := Slip(b, many, Options{As: AsVoucher})
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range many[:5] {
		all, err := reader.Text(pdf, i)
		if err != nil {
			t.Fatal(err)
		}
		if one := words(t, b, n, Options{As: AsVoucher})[0]; strings.Join(strings.Fields(all), "") != one {
			t.Errorf("%s among many: %s\nalone: %s", n, all, one)
		}
	}
}

func TestAPaymentIsAskedForByTheChainOfThoseWhoApprove(t *testing.T) {
	b := shop(t)
	load(t, b, "slips", "kind,number,date,party,account,amount,slip_discount,audit", "payment,f1,2026-01-12,S,K,60,7.8,no")
	// owed: r1 67.80 and r2 56.50; 67.80 are settled
	page := words(t, b, "f1", Options{As: AsRequest})[0]
	expect(t, page, []string{"付款申请单", "草稿", "S五金厂", "农商银行62280001", "人民币陆拾元整", "1部门主管", "5出纳", "余额124.30，付款及折扣后56.50"}, []string{"已付讫", "同意"})
	if _, err := b.Audit("f1"); err != nil {
		t.Fatal(err)
	}
	expect(t, words(t, b, "f1", Options{As: AsRequest})[0], []string{"CR-202601-0001", "67.80", "结算折扣7.80", "60.00", "admin同意", "余额124.30，付款及折扣后56.50", "已付讫2026-01-12", "付款凭证记-"}, []string{"草稿"})
	if _, err := Slip(b, []string{"k1"}, Options{As: AsRequest}); !fault.Is(err, fault.Refused) {
		t.Errorf("a collection: %v", err)
	}
}

func TestEveryPaperHasATestPage(t *testing.T) {
	b := shop(t)
	for _, k := range kinds.All {
		for _, w := range Forms(k) {
			for _, c := range w.Papers {
				if _, err := TestPage(b, c.Value, text.En, Shift{X: 0.5}); err != nil {
					t.Errorf("%s: %v", c.Value, err)
				}
			}
		}
	}
	if _, err := TestPage(b, "a3", "", Shift{}); !fault.Is(err, fault.Usage) {
		t.Errorf("a3: %v", err)
	}
}

// A service stands on the papers of what was bought and sold with all its figures, and on no list of goods to fetch.
func TestAServiceIsPrintedAndNotPicked(t *testing.T) {
	b := shop(t)
	load(t, b, "products", "code,name,name2,unit,service", "Y,运费,Freight,次,yes")
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "delivery,d2,2026-01-10,C,W1,B,1,9,yes", "delivery,d2,2026-01-10,C,,Y,2,31,yes")
	expect(t, words(t, b, "d2", Options{Lang: text.Zh})[0], []string{"运费", "62.00", "80.23"}, nil) // 71.00 and 9.23 of tax
	expect(t, words(t, b, "d2", Options{Lang: text.En})[0], []string{"Freight"}, nil)
	expect(t, words(t, b, "d2", Options{As: AsPickList})[0], []string{"螺母"}, []string{"运费"})
}
