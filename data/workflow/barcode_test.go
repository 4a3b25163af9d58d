package workflow_test

import (
	"testing"

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
