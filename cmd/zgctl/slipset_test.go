package main

import (
	"encoding/json"
	"strings"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

func TestSlipSetChangesFieldsAndPrintsTheNumber(t *testing.T) {
	s := newShop(t, "--vat", "0.13", "--negative", "allow")
	s.must("import", s.book(), "slips", s.file("s.csv", slipHead+"delivery,d1,2026-01-05,C,W,A,2,20,,no\ndelivery,d2,2026-01-05,C,W,A,1,20,,yes\n"))
	if out := s.must("slip", "set", s.book(), "d1@1", "remark=Shop", "1.qty=3", "1.price=19.5"); out != "XC-202601-0001\n" {
		t.Errorf("printed %q", out)
	}
	if out := s.must("slip", "show", s.book(), "d1", "--json"); !strings.Contains(out, `"net": "58.50"`) || !strings.Contains(out, `"remark": "Shop"`) {
		t.Error(out)
	}
	if code, out, says := zgctl("slip", "set", s.book(), "d1@1", "remark=x"); code != 1 || out != "" || !strings.Contains(says, "version 1 is now 2; ") || !strings.Contains(says, "remark — → Shop, qty 2 → 3, price 20.00 → 19.50") {
		t.Errorf("%d %q %s", code, out, says)
	}
	s.refused(1, "remark: XC-202601-0002 is audited: its remark cannot be changed any more\n", "slip", "set", s.book(), "d2", "remark=x")
	s.refused(1, "XC-202601-0001 needs no approval: audit it\n", "slip", "submit", s.book(), "d1")
	for _, wrong := range [][]string{{"d1"}, {"d1", "qty"}, {"d1", "x.qty=1"}} {
		if status, _, _ := zgctl(append([]string{"slip", "set", s.book()}, wrong...)...); status != 2 {
			t.Errorf("%v: status %d", wrong, status)
		}
	}
	s.refused(1, "there is no slip d1@x\n", "slip", "set", s.book(), "d1@x", "remark=1") // it may be what somebody calls a slip
	if _, _, errOut := zgctl("slip", "list", s.book(), "--status", "waiting"); !strings.Contains(errOut, "draft, submitted, approved, audited") {
		t.Error(errOut)
	}
	s.must("slip", "list", s.book(), "--status", "approved")
}

// Rows of a kind's further grids are set by --list and --row, and shown.
func TestSlipSetOfAList(t *testing.T) {
	old := kinds.SalesOrder.Lists
	t.Cleanup(func() { kinds.SalesOrder.Lists = old })
	kinds.SalesOrder.Lists = []slip.List{{Key: "steps", Title: text.T("步骤", "Steps"), Fields: []slip.Field{{Key: "item", Label: text.T("事项", "Item"), Required: true}, {Key: "ready", Label: text.T("完成", "Ready"), Type: slip.TypeDate, Live: true}}}}
	s := newShop(t, "--vat", "0.13", "--negative", "allow")
	s.must("import", s.book(), "slips", s.file("s.csv", slipHead+"sales-order,o1,2026-01-05,C,W,A,2,20,,no\n"))
	for _, args := range [][]string{{"item=measure", "--list", "steps", "--row", "1"}, {"--list", "steps", "--row", "2", "item=fit", "ready=2026/1/9"}} {
		if out := s.must(append([]string{"slip", "set", s.book(), "o1"}, args...)...); out != "XD-202601-0001\n" {
			t.Errorf("printed %q", out)
		}
	}
	s.must("slip", "audit", s.book(), "o1")
	s.must("slip", "set", s.book(), "o1", "ready=2026-01-07", "--list", "steps", "--row", "1")
	var got struct{ Lists map[string][]map[string]any }
	if err := json.Unmarshal([]byte(s.must("slip", "show", s.book(), "o1", "--json")), &got); err != nil {
		t.Fatal(err)
	}
	rows := got.Lists["steps"]
	if len(rows) != 2 || rows[0]["item"] != "measure" || rows[0]["ready"] != "2026-01-07" || rows[1]["ready"] != "2026-01-09" || rows[1]["row"] != 2.0 {
		t.Errorf("%v", got.Lists)
	}
	if out := s.must("slip", "show", s.book(), "o1"); !strings.Contains(out, "lists steps:\n   1 measure 2026-01-07\n   2 fit 2026-01-09\n") {
		t.Error(out)
	}
	s.refused(1, "steps: row 1: item: XD-202601-0001 is audited: its item cannot be changed any more\n", "slip", "set", s.book(), "o1", "item=x", "--list", "steps", "--row", "1")
	s.refused(1, "list: a Sales order has no list \"people\"; it has steps\n", "slip", "set", s.book(), "o1", "item=x", "--list", "people", "--row", "1")
	for _, wrong := range [][]string{{"--list", "steps"}, {"--row", "1"}, {"--list", "steps", "--row", "0"}} {
		if code, _, _ := zgctl(append([]string{"slip", "set", s.book(), "o1", "item=x"}, wrong...)...); code != 2 {
			t.Errorf("%v: %d", wrong, code)
		}
	}
	s.must("report", "--list")
	s.must("verify", s.book())
}
