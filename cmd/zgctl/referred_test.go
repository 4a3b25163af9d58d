package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"zhanggui/data/text"
)

// What a slip follows from, settles or belongs to is not there for whom it is hidden from, in the words of a wrong number (R5, R8): by the scope and by
// the kind; what another named on a slip stays.
func TestWhatIsHiddenIsNotReferredTo(t *testing.T) {
	f := opened(t)
	today := text.DateOf(time.Now()).String()
	f.must("", "import", f.book, "warehouses", f.file("w.csv", "code,name\nW1,Main\n"))
	f.must("", "import", f.book, "products", f.file("p.csv", "code,name,unit,purchase_price,sales_price\nP1,Lamp,piece,5,12\n"))
	f.must("", "import", f.book, "suppliers", f.file("g.csv", "code,name\nG1,Maker\n"))
	f.must("", "import", f.book, "customers", f.file("k.csv", "code,name\nK1,Buyer\n"))
	f.must("", "import", f.book, "accounts", f.file("a.csv", "code,name,type\nA1,Cash,cash\n"))
	f.hire("boss", "owner")
	f.hire("wang", "sales-clerk")
	f.must("boss", "import", f.book, "roles", f.file("r.csv", "role,object,verbs\nnarrow,delivery,see enter\nnarrow,collection,see enter\nnarrow,masters,see\nnarrow,see,sales\n"))
	f.hire("narr", "narrow")
	f.must("boss", "user", "set", f.book, "wang", "own=yes")
	f.must("boss", "import", f.book, "slips", f.file("s.csv", "kind,number,date,party,warehouse,product,qty,price,audit\n"+
		"goods-receipt,R1,"+today+",G1,W1,P1,100,5,yes\nsales-order,O1,"+today+",K1,,P1,10,12,yes\nsales-order,O2,"+today+",K1,,P1,10,12,yes\ndelivery,D1,"+today+",K1,W1,P1,10,12,yes\n"))
	numbers := map[string]string{}
	var list []map[string]any
	json.Unmarshal([]byte(f.must("boss", "slip", "list", f.book, "--json")), &list)
	for _, x := range list {
		numbers[x["external_no"].(string)] = x["number"].(string)
	}
	delivery := func(no, source string) []string {
		return []string{"import", f.book, "slips", f.file(no+".csv", "kind,number,date,party,warehouse,product,qty,source\ndelivery,"+no+","+today+",K1,W1,P1,1,"+source+"\n")}
	}
	collection := func(no, target, amount string) []string {
		return []string{"import", f.book, "slips", f.file(no+".csv", "kind,number,date,party,account,amount,allocations\ncollection,"+no+","+today+",K1,A1,5,"+target+amount+"\n")}
	}
	// same tells whether a hidden slip and none are refused in the same words
	same := func(who string, args func(ref string) []string, hidden ...string) {
		t.Helper()
		rc, out, none := f.run(who, args("NONE-1")...)
		if rc != 1 || out != "" || !strings.Contains(none, "there is no slip") {
			t.Errorf("%s, none: %d %q %q", who, rc, out, none)
		}
		for _, h := range hidden {
			if rc, out, said := f.run(who, args(h)...); rc != 1 || out != "" || said != strings.ReplaceAll(none, "NONE-1", h) {
				t.Errorf("%s, %s: %d %q %q, want %q", who, h, rc, out, said, none)
			}
		}
	}
	for _, who := range []string{"wang", "narr"} {
		same(who, func(ref string) []string { return delivery("Z1", ref) }, numbers["O1"], "O1")
		same(who, func(ref string) []string { return append(delivery("Z1", ref), "--dry-run") }, numbers["O1"], "O1")
	}
	same("wang", func(ref string) []string { return collection("Z2", ref, ":5") }, numbers["D1"], "D1")
	same("narr", func(ref string) []string { return collection("Z2", ref, ":5") }, numbers["O1"], "O1") // an advance's order
	f.must("narr", collection("Z3", numbers["D1"], ":5")...)
	if out := f.must("wang", "slip", "list", f.book); out != "" {
		t.Errorf("something was made: %s", out)
	}

	// another's slip that follows from what one does not see is changed without it, and no more of it is named
	f.must("boss", delivery("Z4", numbers["O1"])...)
	json.Unmarshal([]byte(f.must("boss", "slip", "list", f.book, "--kind", "delivery", "--json")), &list)
	for _, x := range list {
		numbers[x["external_no"].(string)] = x["number"].(string)
	}
	f.must("narr", "slip", "set", f.book, numbers["Z4"], "remark=left at the door")
	f.refused("there is no slip", "narr", "slip", "set", f.book, numbers["Z4"], "1.source="+numbers["O2"])
	var doc struct {
		Lines []map[string]any `json:"lines"`
	}
	json.Unmarshal([]byte(f.must("boss", "slip", "show", f.book, numbers["Z4"], "--json")), &doc)
	if len(doc.Lines) != 1 || doc.Lines[0]["source"] != numbers["O1"] {
		t.Errorf("the source is %v", doc.Lines)
	}
}
