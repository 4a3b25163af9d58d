package kinds

import (
	"regexp"
	"testing"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// checkKind is what every declaration must pass.
func checkKind(t *testing.T, k *slip.Kind) {
	t.Helper()
	if k.Title.Zh == "" || k.Title.En == "" || !regexp.MustCompile(`^[A-Z][A-Z0-9]+$`).MatchString(k.Prefix) {
		t.Errorf("%s: title %v, prefix %q", k.Code, k.Title, k.Prefix)
	}
	if _, ok := k.HeaderField("date"); !ok {
		t.Errorf("%s has no date", k.Code)
	}
	if k.Plan == k.Posts() {
		t.Errorf("%s: a plan posts nothing, everything else posts", k.Code)
	}
	seen := map[string]bool{}
	for i, f := range append(append([]slip.Field{}, k.Header...), k.Lines...) {
		if i == len(k.Header) {
			seen = map[string]bool{}
		}
		if f.Key == "" || f.Label.Zh == "" || f.Label.En == "" || seen[f.Key] {
			t.Errorf("%s: field %q lacks words or stands twice", k.Code, f.Key)
		}
		seen[f.Key] = true
		if _, ok := master.ByCode(f.Ref); f.Type == slip.TypeRef && !ok {
			t.Errorf("%s: field %s refers to %q, which is no master", k.Code, f.Key, f.Ref)
		}
		if f.Type == slip.TypeChoice && len(f.Choices) == 0 {
			t.Errorf("%s: field %s has no choices", k.Code, f.Key)
		}
	}
	if !k.Hidden && len(k.Paper.Hands) == 0 {
		t.Errorf("%s has nobody to sign its paper", k.Code)
	}
}

func TestEveryKind(t *testing.T) {
	codes, prefixes := map[string]bool{}, map[string]bool{}
	for _, k := range All {
		t.Run(k.Code, func(t *testing.T) { checkKind(t, k) })
		if codes[k.Code] || prefixes[k.Prefix] {
			t.Errorf("%s or its prefix %s stands twice", k.Code, k.Prefix)
		}
		codes[k.Code], prefixes[k.Prefix] = true, true
		for _, s := range k.From {
			if _, ok := ByCode(s.Kind); !ok {
				t.Errorf("%s follows from %q, which does not exist", k.Code, s.Kind)
			}
		}
		if _, ok := ByCode(k.ReturnOf); k.ReturnOf != "" && !ok {
			t.Errorf("%s returns %q, which does not exist", k.Code, k.ReturnOf)
		}
	}
}

// The kinds that bend the model, declared to see that a declaration carries them.
var bent = []*slip.Kind{
	{Code: "landed-cost", Title: text.T("采购费用分摊单", "Landed cost"), Prefix: "FT", Group: slip.Purchase, Party: slip.Suppliers,
		Header: []slip.Field{supplier, date, amount, {Key: "allocate_by", Label: text.T("分摊方式", "Spread by"), Type: slip.TypeChoice, Choices: []slip.Choice{{Value: "amount", Label: text.T("金额", "Amount")}}}},
		Lines:  []slip.Field{lineSource, lineSourceNo}, From: []slip.Source{{Kind: "goods-receipt"}}, Paper: buyPaper,
		Post: func(d *slip.Doc) (slip.Effects, error) { // value only, spread over the receipt's lines
			weights := make([]int64, len(d.Lines))
			for i := range d.Lines {
				weights[i] = int64(d.Lines[i].Gross)
			}
			parts, err := num.Spread(d.Amount, weights)
			e := slip.Effects{Party: []slip.PartyEntry{{Role: slip.Suppliers, Party: d.Party, Book: slip.Payable, Amount: d.Amount}}}
			for i, p := range parts {
				e.Stock = append(e.Stock, slip.Move{Line: i, Basis: slip.Given, Value: p, Contra: payables})
			}
			return e, err
		}},
	{Code: "offset", Title: text.T("往来核销单", "Offset"), Prefix: "HX", Group: slip.Money, Party: slip.Suppliers, Header: []slip.Field{supplier, date, amount}, Paper: moneyPaper,
		From: []slip.Source{{Kind: "goods-receipt", Money: true}},
		Post: func(d *slip.Doc) (slip.Effects, error) {
			var e slip.Effects
			e.Debit(payables, d.Amount)
			e.Credit("1123", d.Amount)
			e.Party = []slip.PartyEntry{{Role: slip.Suppliers, Party: d.Party, Book: slip.Payable, Amount: -d.Amount}, {Role: slip.Suppliers, Party: d.Party, Book: slip.Prepaid, Amount: -d.Amount}}
			return e, nil
		}},
	{Code: "journal-voucher", Title: text.T("记账凭证", "Journal voucher"), Prefix: "JZ", Group: slip.Books, Header: []slip.Field{date}, Paper: moneyPaper,
		Lines: []slip.Field{must(ref("line_account", "科目", "Account", "gl", 120)), field("debit", "借方", "Debit", slip.TypeAmount, 110), field("credit", "贷方", "Credit", slip.TypeAmount, 110), lineRemark},
		Post: func(d *slip.Doc) (slip.Effects, error) {
			var e slip.Effects
			for i := range d.Lines {
				e.Debit(d.Lines[i].Account, d.Lines[i].Debit)
				e.Credit(d.Lines[i].Account, d.Lines[i].Credit)
			}
			return e, nil
		}},
}

func TestTheDeclarationCarriesTheKindsThatBendIt(t *testing.T) {
	for _, k := range bent {
		checkKind(t, k)
	}
	d := &slip.Doc{Party: "S", Amount: 1000, Warehouse: "W", Lines: []slip.Line{{Product: "A", Base: 10000, Gross: 3000}, {Product: "B", Base: -20000, Gross: 6000}}}
	want := map[string]struct{ moves, parties, entries int }{"landed-cost": {2, 1, 0}, "offset": {0, 2, 2}, "journal-voucher": {0, 0, 2}}
	d.Lines[0].Account, d.Lines[0].Debit, d.Lines[1].Account, d.Lines[1].Credit = "5602", 500, "1002", 500
	for _, k := range bent {
		e, err := k.Post(d)
		if w := want[k.Code]; err != nil || len(e.Stock) != w.moves || len(e.Party) != w.parties || len(e.Entries) != w.entries {
			t.Errorf("%s gives %d moves, %d party and %d voucher lines (%v), want %+v", k.Code, len(e.Stock), len(e.Party), len(e.Entries), err, w)
		}
		var sum num.Amount
		for _, x := range e.Entries {
			sum += x.Debit - x.Credit
		}
		if sum != 0 {
			t.Errorf("%s does not balance by %s", k.Code, sum)
		}
	}
	if e, _ := bent[0].Post(d); e.Stock[0].Value != 333 || e.Stock[1].Value != 667 {
		t.Errorf("10.00 over 30.00 and 60.00 is %v and %v, want 3.33 and 6.67", e.Stock[0].Value, e.Stock[1].Value)
	}
}
