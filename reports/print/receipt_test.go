package print

import (
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

// Of 60 ordered 50 came: 48 of A were taken in and 2 sent back, 10 of B are right. Amounts are of what was taken in: 480.00.
func TestAReceiptSaysWhatArrivedAndWhatWasFound(t *testing.T) {
	b := shop(t)
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,arrived,rejected,result,inspector,audit",
		"goods-receipt,i1,2026-01-12,S,W1,A,48,10,50,2,reject,何建国,yes", "goods-receipt,i1,2026-01-12,S,W1,B,10,5,,,pass,何建国,yes")
	page := words(t, b, "i1", Options{Paper: "a5"})[0]
	expect(t, page, []string{"送货实收单价", "504810.00480.00", "10105.0050.00", "合计6058", "验收情况：", "部分拒收", "第1行拒收2个", "验收：何建国", "[验收结果合格]"}, nil)
	expect(t, words(t, b, "i1", Options{Paper: "a5", Lang: text.En})[0], []string{"DeliveredReceived", "Partlyrefused", "line1:2个rejected", "Inspectedby:何建国"}, nil)
	expect(t, words(t, b, "i1", Options{Paper: "a5", Plies: []string{"white"}})[0], []string{"送货实收", "验收情况："}, []string{"480.00", "单价"})
	// nothing is known of r1: its boxes are for the pen, and no column repeats what was received
	expect(t, words(t, b, "r1", Options{Paper: "a5"})[0], []string{"验收情况：", "全部合格", "让步接收"}, []string{"送货实收"})
}

func TestWhatArrivedIsWhatWasTakenInAndRejected(t *testing.T) {
	d := &slip.Doc{Lines: []slip.Line{{No: 1, Qty: 480000}}}
	f, _ := kinds.GoodsReceipt.LineField(kinds.Arrived)
	if err := d.Lines[0].Set(f, "51"); err != nil {
		t.Fatal(err)
	}
	if list := kinds.GoodsReceipt.Check(d); len(list) != 1 || list[0].Field != kinds.Arrived || list[0].Line != 1 || !fault.Is(list[0], fault.Invalid) {
		t.Errorf("51 arrived, 48 were taken in: %v", list)
	}
}

// The bank stands on what a customer gets, on every sheet with room for it, and on no receipt.
func TestTheBankStandsWhereACustomerLooks(t *testing.T) {
	b := shop(t)
	if err := b.Set(map[string]string{"bank": "农商银行城东支行", "bank_account": "6228 0001"}); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{"241x140", "a5", "a4"} {
		expect(t, words(t, b, "d1", Options{Paper: p})[0], []string{"农商银行城东支行62280001"}, nil)
		expect(t, words(t, b, "r1", Options{Paper: p})[0], nil, []string{"城东支行"})
	}
}

// Terms stand on 241 mm and A5 too where all of them fit, and not where a part would be cut.
func TestTermsStandOnTheOtherSheetsWhereTheyFit(t *testing.T) {
	b := shop(t)
	if err := b.Set(map[string]string{"terms_zh": "质量按国家标准。|送到 {place}。"}); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{"241x140", "a5"} {
		expect(t, words(t, b, "p1", Options{Paper: p})[0], []string{"1.质量按国家标准。", "2.送到主仓解放路66号。"}, nil)
	}
	expect(t, words(t, b, "p1", Options{Paper: "241x140", Plies: []string{"white"}})[0], nil, []string{"质量按"})
	if err := b.Set(map[string]string{"terms_zh": strings.Repeat("质量按国家标准及双方封样，到货七日内验收，不合格品由供方在五日内退换并承担往返运费。", 12)}); err != nil {
		t.Fatal(err)
	}
	expect(t, words(t, b, "p1", Options{Paper: "241x140"})[0], nil, []string{"质量按"})
	expect(t, words(t, b, "p1", Options{Paper: "a4"})[0], []string{"质量按"}, nil)
}

// 106.22 less 21.47 given back: 84.75 were owed before the collection of 100.00.
func TestACollectionSaysWhatIsOwedBeforeAndAfter(t *testing.T) {
	b := shop(t)
	expect(t, words(t, b, "k1", Options{})[0], []string{"上期欠款84.75", "本次收款-100.00", "累计欠款-15.25"}, nil)
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,account,paid,audit", "delivery,d9,2026-01-20,C,W1,B,2,50,K,13,yes") // 113.00
	expect(t, words(t, b, "d9", Options{})[0], []string{"上期欠款-15.25", "本单金额113.00", "本次收款（现金）-13.00", "累计欠款84.75"}, nil)
}

// A party without address and contact has no empty labels; what it says stands in order. d1 is still open in part.
func TestAStatementHasNoEmptyLabels(t *testing.T) {
	b := shop(t)
	load(t, b, "customers", "code,name", "N,无名")
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit,remark", "delivery,n1,2026-01-20,N,W1,B,2,50,yes,三号门")
	if err := b.Set(map[string]string{"bank": "农商银行", "bank_account": "6228 0001"}); err != nil {
		t.Fatal(err)
	}
	page := statement(t, b, "N", 0, 20260131, false, "")
	expect(t, page, []string{"客户：N无名", "对账日：2026-01-31", "销售出库单三号门", "未结清：XC-202601-0002113.00", "收款账户：农商银行62280001户名：江城恒泰五金"}, []string{"地址：期间", "联系人：", "账期/额度：", "地址：对账"})
	// of an earlier day the books of today say nothing
	expect(t, statement(t, b, "C", 0, 20260105, false, ""), nil, []string{"未结清"})
}

// A kind's paper speaks the language of the party that gets it, and a paper without a party the book's.
func TestEveryKindsPaperSpeaksTheLanguageOfWhoGetsIt(t *testing.T) {
	b := shop(t)
	load(t, b, "customers", "code,name,lang", "C,Builder,en")
	load(t, b, "suppliers", "code,name,lang", "S,Factory,en")
	for _, k := range kinds.All {
		if k.Hidden {
			continue
		}
		d := &slip.Doc{Kind: k.Code, Number: k.Prefix + "-1", Status: slip.Draft}
		want := text.Zh
		switch k.RoleOf(d) {
		case slip.Customers:
			d.Party, want = "C", text.En
		case slip.Suppliers:
			d.Party, want = "S", text.En
		}
		if got := LangOf(b, d); got != want {
			t.Errorf("%s prints in %s, want %s", k.Code, got, want)
		}
	}
	for n, title := range map[string]string{"d1": "DELIVERYNOTE", "r1": "GOODSRECEIPT", "p1": "PURCHASEORDER", "x1": "SALESRETURN", "k1": "COLLECTION", "m1": "调拨单"} {
		expect(t, strings.ToUpper(words(t, b, n, Options{Paper: "a4"})[0]), []string{title}, nil)
	}
}

// Letters of all Europe and ideographs beyond 16 bits stand on every paper of every kind: in the company's name, a party's, a product's, a store's.
func TestNoPaperLacksALetter(t *testing.T) {
	const rare = "ýňńžťčąęł𠮷"
	b := shop(t)
	load(t, b, "customers", "code,name", "C,客"+rare)
	load(t, b, "suppliers", "code,name", "S,厂"+rare)
	load(t, b, "warehouses", "code,name", "W1,仓"+rare)
	load(t, b, "products", "code,name,shelf", "A,品"+rare+",A-1", "B,料"+rare+",A-2")
	load(t, b, "slips", "kind,number,date,warehouse,account,product,qty,price,audit", "retail-sale,l1,2026-01-10,W1,K,B,1,9,yes")
	load(t, b, "slips", "kind,number,date,warehouse,product,qty,audit", "stocktake,st,2026-01-11,W1,B,7,no")
	if err := b.Set(map[string]string{"company": "公司" + rare}); err != nil {
		t.Fatal(err)
	}
	for _, n := range []string{"d1", "r1", "x1", "p1", "o1", "m1", "k1", "l1", "st"} {
		d, err := b.Load(n)
		if err != nil {
			t.Fatal(err)
		}
		k, err := b.Kind(d.Kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range Forms(k) {
			if w.As == AsRecount || w.As == AsVoucher && (!d.Status.Live() || n == "m1") { // nothing to count again; it moves no account
				continue
			}
			for i, p := range w.Papers {
				if testing.Short() && i > 0 || p.Value == string(paper.CutSheet) && w.As == AsSlip {
					continue
				}
				page := strings.Join(words(t, b, n, Options{As: w.As, Paper: p.Value}), "")
				if !lettered(page) {
					t.Errorf("%s as %s on %s: %s", n, w.As, p.Value, page)
				}
			}
		}
	}
	if page := statement(t, b, "C", 0, 20260131, true, ""); !lettered(page) {
		t.Errorf("the statement: %s", page)
	}
}

// lettered tells whether a page has all the letters. The reader takes the halves of a character beyond 16 bits apart.
func lettered(page string) bool {
	return !strings.Contains(page, "〓") && strings.Contains(strings.ReplaceAll(page, "\uFFFD\uFFFD", "𠮷"), "ýňńžťčąęł𠮷")
}
