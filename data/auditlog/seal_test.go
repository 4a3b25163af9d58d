package auditlog

import (
	"slices"
	"strings"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

func delivery() *slip.Doc {
	return &slip.Doc{Kind: "delivery", Number: "XC-202603-0007", Date: text.Day(2026, 3, 6), Status: slip.Audited, Version: 3, Prints: 1, Party: "C01", Warehouse: "W1", Remark: "first\nsecond",
		Lines: []slip.Line{{No: 1, Product: "P1", Unit: "件", Qty: 4 * num.QuantityOne, Price: 10 * num.PriceOne, PriceGiven: true, TaxRate: 1300, Net: 4000, Tax: 520, Gross: 4520}}}
}

func TestASlipIsSealedLineByLine(t *testing.T) {
	want := `status=audited
version=3
prints=1
kind=delivery
number=XC-202603-0007
party=C01
date=2026-03-06
warehouse=W1
`
	got := Slip(kinds.Delivery, delivery(), nil).Text()
	if !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s", got)
	}
	for _, line := range []string{"1.product=P1", "1.unit=件", "1.qty=4", "1.price=10", "1.tax_rate=0.13", "1.net=40.00", "1.tax=5.20", "1.gross=45.20"} {
		if !slices.ContainsFunc(strings.Split(got, "\n"), func(l string) bool { return strings.HasPrefix(l, line) }) {
			t.Errorf("no %s in\n%s", line, got)
		}
	}
	if seal := Slip(kinds.Delivery, delivery(), nil).Seal(); seal != Digest(got) || len(seal) != 64 {
		t.Errorf("seal %s", seal)
	}
}

func TestASealIsOfTheSlipsOwnLife(t *testing.T) {
	seal := func(change func(*slip.Doc)) string {
		d := delivery()
		change(d)
		return Slip(kinds.Delivery, d, nil).Seal()
	}
	was := seal(func(*slip.Doc) {})
	for name, change := range map[string]func(*slip.Doc){
		"partly done": func(d *slip.Doc) { d.Status = slip.PartlyDone }, "done": func(d *slip.Doc) { d.Status = slip.Done },
		"what is left of a line": func(d *slip.Doc) { d.Lines[0].Remaining = 1 }, "its cost": func(d *slip.Doc) { d.Lines[0].Cost = 700 },
		"a settlement that nobody chose": func(d *slip.Doc) { d.Allocations = []slip.Allocation{{Target: "XC-1", Amount: 1}} },
		"the place in the day":           func(d *slip.Doc) { d.Place = 99 },
	} {
		if seal(change) != was {
			t.Errorf("%s is in the seal", name)
		}
	}
	for name, change := range map[string]func(*slip.Doc){
		"closed": func(d *slip.Doc) { d.Status = slip.Closed }, "draft": func(d *slip.Doc) { d.Status = slip.Draft }, "version": func(d *slip.Doc) { d.Version++ }, "prints": func(d *slip.Doc) { d.Prints++ },
		"number": func(d *slip.Doc) { d.Number = "XC-202603-0008" }, "party": func(d *slip.Doc) { d.Party = "C02" }, "date": func(d *slip.Doc) { d.Date++ }, "remark": func(d *slip.Doc) { d.Remark = "first" },
		"price": func(d *slip.Doc) { d.Lines[0].Price++ }, "net": func(d *slip.Doc) { d.Lines[0].Net++ }, "quantity": func(d *slip.Doc) { d.Lines[0].Qty++ }, "discount": func(d *slip.Doc) { d.Discount = 1 }, "paid": func(d *slip.Doc) { d.Paid = 1 },
		"second payment":              func(d *slip.Doc) { d.Splits = []slip.Split{{Account: "1001", Amount: 5}} },
		"a settlement somebody chose": func(d *slip.Doc) { d.Allocations = []slip.Allocation{{Target: "XC-1", Amount: 1, Chosen: true}} },
		"another line":                func(d *slip.Doc) { d.Lines = append(d.Lines, d.Lines[0]) }, "no line": func(d *slip.Doc) { d.Lines = nil },
	} {
		if seal(change) == was {
			t.Errorf("%s is not in the seal", name)
		}
	}
}

func TestARecordsNewCodeBreaksNoSlip(t *testing.T) {
	id := func(typ, code string) string {
		return map[string]string{"customers C01": "17", "customers C01A": "17"}[typ+" "+code]
	}
	a, b := delivery(), delivery()
	b.Party = "C01A"
	if Slip(kinds.Delivery, a, id).Seal() != Slip(kinds.Delivery, b, id).Seal() {
		t.Error("the customer got another code, and the slip another seal")
	}
	if Slip(kinds.Delivery, a, nil).Seal() == Slip(kinds.Delivery, b, nil).Seal() {
		t.Error("codes are sealed where nothing else names the record")
	}
}

// What executing an approved slip may still say is not what was approved.
func TestContentWithoutWhatIsSaidLater(t *testing.T) {
	d := &slip.Doc{Kind: "payment", Number: "FK-202603-0001", Date: text.Day(2026, 3, 6), Version: 2, Party: "G1", Amount: 339000}
	was := Approved(kinds.Payment, d, nil).Seal()
	d.Date, d.Account, d.Status, d.Version, d.Prints = text.Day(2026, 3, 9), "BANK", slip.Approved, 9, 2
	d.Extra = map[string]string{"method": "transfer", "cheque_no": "77"}
	if Approved(kinds.Payment, d, nil).Seal() != was {
		t.Error("what the cashier says is sealed")
	}
	for _, k := range kinds.All {
		var said []string
		for _, f := range slices.Concat(k.Header, k.Lines) {
			if f.Executes {
				said = append(said, f.Key)
			}
		}
		if len(said) > 0 != (k.Group == slip.Money && !k.Hidden) || len(said) > 4 {
			t.Errorf("%s: %v is said by who carries it out", k.Code, said)
		}
	}
	d.Amount = 393000
	if Approved(kinds.Payment, d, nil).Seal() == was {
		t.Error("the amount is not sealed")
	}
}

// Lines of one value are never those of two.
func TestValuesKeepApart(t *testing.T) {
	a := Values{{Key: "a", Value: "1\nb=2"}}
	b := Values{{Key: "a", Value: "1"}, {Key: "b", Value: "2"}}
	c := Values{{Key: "a", Value: `1\nb=2`}}
	if a.Seal() == b.Seal() || a.Seal() == c.Seal() || b.Seal() == c.Seal() {
		t.Errorf("%q %q %q", a.Text(), b.Text(), c.Text())
	}
	var l Values
	l.Put("x", "")
	l.Put("y", "1")
	if l.Text() != "y=1\n" {
		t.Errorf("%q", l.Text())
	}
}

func TestDifferencesNameLineAndField(t *testing.T) {
	a, b := delivery(), delivery()
	b.Lines[0].Price, b.Remark = 55*num.PriceOne, ""
	d := Slip(kinds.Delivery, a, nil).Differences(Slip(kinds.Delivery, b, nil))
	if len(d) != 2 || d[0] != (Change{Field: "remark", Before: "first\nsecond"}) && d[1] != (Change{Field: "remark", Before: "first\nsecond"}) || d[0] != (Change{Line: 1, Field: "price", Before: "10.00", After: "55.00"}) && d[1] != (Change{Line: 1, Field: "price", Before: "10.00", After: "55.00"}) {
		t.Errorf("%v", d)
	}
}

func TestARecordIsSealedInTheOrderOfItsDeclaration(t *testing.T) {
	values := map[string]string{"name": "华东", "code": "C01", "credit_limit": "8000.00", "active": "yes"}
	l := Record(master.Customers.Fields, func(k string) string { return values[k] }, nil)
	if got := l.Text(); got != "code=C01\nname=华东\ncredit_limit=8000.00\nactive=yes\n" {
		t.Errorf("%s", got)
	}
	values["credit_limit"], values["phone"] = "5000.00", "139"
	now := Record(master.Customers.Fields, func(k string) string { return values[k] }, nil)
	if d := l.Differences(now); len(d) != 2 || d[0] != (Change{Field: "credit_limit", Before: "8000.00", After: "5000.00"}) || d[1] != (Change{Field: "phone", After: "139"}) {
		t.Errorf("%v", d)
	}
}

// Every kind's every typed field is in its seal: a value in it makes another one.
func TestEveryTypedFieldIsSealed(t *testing.T) {
	sample := map[slip.Type]string{slip.TypeText: "x", slip.TypeDate: "2026-05-05", slip.TypeAmount: "7.00", slip.TypeQuantity: "7", slip.TypePrice: "7", slip.TypeRate: "0.07", slip.TypeInt: "7", slip.TypeBool: "yes", slip.TypeRef: "R", slip.TypeUnit: "U", slip.TypeSource: "XX-202603-0001", slip.TypeTime: "08:30"}
	n := 0
	for _, k := range kinds.All {
		bare := &slip.Doc{Kind: k.Code, Lines: []slip.Line{{}}}
		was := Slip(k, bare, nil).Seal()
		try := func(f slip.Field, set func(*slip.Doc, string) error) {
			if f.ReadOnly || f.Key == "match" || f.Key == "source_line" {
				return
			}
			v := sample[f.Type]
			if f.Type == slip.TypeChoice {
				v = f.Choices[0].Value
			}
			d := bare.Clone()
			if err := set(d, v); err != nil {
				t.Errorf("%s: %s: %v", k.Code, f.Key, err)
				return
			}
			n++
			if Slip(k, d, nil).Seal() == was {
				t.Errorf("%s: %s=%s is not in the seal", k.Code, f.Key, v)
			}
		}
		for _, f := range k.Header {
			try(f, func(d *slip.Doc, v string) error { return d.Set(f, v) })
		}
		for _, f := range k.Lines {
			try(f, func(d *slip.Doc, v string) error { return d.Lines[0].Set(f, v) })
		}
		for _, g := range k.Lists {
			for _, f := range g.Fields {
				try(f, func(d *slip.Doc, v string) error { return d.SetRow(g, 1, f, v) })
			}
		}
	}
	if n < 300 {
		t.Errorf("looked at %d fields", n)
	}
}

// An entry with its seal may cost a twentieth of an audit of a ten-line delivery.
func BenchmarkEntryAndSealOfTenLines(b *testing.B) {
	d := delivery()
	for range 9 {
		d.Lines = append(d.Lines, d.Lines[0])
	}
	id := func(typ, code string) string { return "17" }
	for b.Loop() {
		e := &Entry{At: 1, Person: "李敏", PC: "PC-1", Program: "zgctl 1.5", Verb: "audit", Area: "delivery", Key: d.Number, Version: 3, Detail: Detail{Date: "2026-03-06", Seal: Slip(kinds.Delivery, d, id).Seal()}.Text()}
		e.Follow(1, Beginning)
	}
}
