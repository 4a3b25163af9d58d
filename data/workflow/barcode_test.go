package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// The check digit by hand: 2·1 + 0·3 + … + 1·3 = 5, so 5 more make ten.
func TestOwnCodesAreGivenOnce(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "products", "code,name,barcode", "C,锤子,6901234567892", "D,旧货,2000000000022", "E,胶水,")
	given, err := b.OwnCodes([]string{"B", "C"})
	if err != nil || len(given) != 1 || given[0] != (workflow.OwnCode{Product: "B", Barcode: "2000000000015"}) {
		t.Fatalf("%v %v", given, err)
	}
	if p, ok := b.Masters().Product("2000000000015"); !ok || p.Code() != "B" {
		t.Error("B is not found by its code")
	}
	// 200000000002 is taken by D; 3: 2 + 3·3 = 11, so 9.
	if given, err = b.OwnCodes(nil); err != nil || len(given) != 2 || given[0].Barcode != "2000000000039" || given[1].Product != "E" || given[1].Barcode != "2000000000046" {
		t.Fatalf("%v %v", given, err)
	}
	p, _ := b.Masters().Find("products", "E")
	if err := b.DeleteMaster(p); err != nil {
		t.Fatal(err)
	}
	load(t, b, "products", "code,name", "F,灯泡")
	if given, err = b.OwnCodes(nil); err != nil || len(given) != 1 || given[0].Barcode != "2000000000053" {
		t.Errorf("a code of a deleted product is given again: %v %v", given, err)
	}
	if given, err = b.OwnCodes(nil); err != nil || len(given) != 0 {
		t.Errorf("given twice: %v %v", given, err)
	}
	if _, err := b.OwnCodes([]string{"X"}); err == nil {
		t.Error("an unknown product was given a code")
	}
	mustHold(t, b)
}

// A bar code is one product's, and codes and bar codes are one space: the second product is refused by name, at save and at import.
func TestABarCodeIsOneProducts(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "products", "code,name,barcode", "M1,门锁,6911111111116", "M2,合页,")
	for rows, want := range map[string]string{
		"N1,插销,6911111111116":                      "products:2: barcode: the bar code 6911111111116 is already that of M1 门锁",
		"N1,插销,M2":                                 "products:2: barcode: the bar code M2 is the code of M2 合页",
		"6911111111116,插销,":                        "products:2: code: 6911111111116 is the bar code of M1 门锁 and cannot be another's code",
		"N1,插销,6922222222221\nN2,拉手,6922222222221": "products:3: barcode: the bar code 6922222222221 is already that of N1 插销",
		"N1,插销,6.93217E+12":                        "products:2: barcode: the bar code 6.93217E+12 is a figure that a spreadsheet shortened, its digits are lost: make the column text and enter it again",
	} {
		if err := try(b, "products", "code,name,barcode", strings.Split(rows, "\n")...); err == nil || err.Error() != strings.Replace(want, "products:", "products.csv:", 1) {
			t.Errorf("%s\n is %v\nwant %s", rows, err, want)
		}
	}
	load(t, b, "products", "code,name,barcode", "M2,合页,6911111111116", "M1,门锁,M1") // it goes from one to the other, in whatever order
	if p, _ := b.Masters().Product("6911111111116"); p == nil || p.Code() != "M2" {
		t.Error("the bar code did not go to M2")
	}
	r, _ := b.Masters().Find("products", "M1")
	r = r.Clone()
	r.Values["barcode"] = "6911111111116"
	if err := b.SaveMaster(r); err == nil || !strings.Contains(err.Error(), "M2 合页") {
		t.Errorf("saved: %v", err)
	}
	if list := b.Doubles(); list != nil {
		t.Error(list)
	}
}

// A factor below 1 says the base unit is the larger one.
func TestASecondUnitHoldsAtLeastOneOfTheFirst(t *testing.T) {
	b := open(t, workflow.Settings{})
	if err := try(b, "products", "code,name,unit,unit2,unit2_factor", "R,绳子,米,厘米,0.01"); err == nil || !strings.Contains(err.Error(), "make the smaller unit the base") {
		t.Error(err)
	}
	load(t, b, "products", "code,name,unit,unit2,unit2_factor", "R,绳子,厘米,米,100")
}

// A book of before may have doubles: verify names them, a line that says only the bar code is refused naming both, a code goes before.
func TestDoublesOfAnOlderBookAreNamed(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "products", "code,name", "D1,门锁", "D2,合页")
	err := b.Tamper(func(tx *store.Tx) error {
		for _, code := range []string{"D1", "D2"} {
			r, _ := tx.Master("products", code)
			r = r.Clone()
			r.Values["barcode"] = "6933333333339"
			if err := tx.SaveMaster(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if list := b.Doubles(); len(list) != 1 || list[0].Error() != "the bar code 6933333333339 is that of several products: D1 门锁, D2 合页; a scan asks which" {
		t.Error(list)
	}
	err = try(b, "slips", goods, "goods-receipt,r1,2026-01-02,S,W1,,6933333333339,1,10,,yes")
	if err == nil || err.Error() != "slips.csv:2: product: the bar code 6933333333339 is that of several products: D1 门锁, D2 合页; give the code" {
		t.Error(err)
	}
	load(t, b, "slips", goods, "goods-receipt,r1,2026-01-02,S,W1,,D2,1,10,,yes")
	load(t, b, "products", "code,name", "D1,门锁新") // another field may change all the same
	load(t, b, "products", "code,barcode,name", "D2,,合页")
	if p, ok := b.Masters().Product("6933333333339"); !ok || p.Code() != "D1" || b.Doubles() != nil {
		t.Error("cleared at D2, the bar code is not D1's alone")
	}
	mustHold(t, b)
}
