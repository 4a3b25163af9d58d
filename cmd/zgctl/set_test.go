package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestSetListsAndChanges(t *testing.T) {
	s := newShop(t, "--below_cost", "forbid", "--dead-days", "200", "--tax-no", "TAX7")
	s.must("set", s.book(), "over_credit=forbid", "slow_days=30")
	var got map[string]string
	if err := json.Unmarshal([]byte(s.must("set", s.book(), "--json")), &got); err != nil {
		t.Fatal(err)
	}
	for k, want := range map[string]string{"below_cost": "forbid", "dead_days": "200", "tax_no": "TAX7", "over_credit": "forbid", "slow_days": "30", "lock_wait": "10", "modules": "",
		"auto_codes": "customers:K suppliers:G products:P", "start": "2026-01", "flow": "direct", "vat": "0.13", "company": ""} {
		if v, ok := got[k]; !ok || v != want {
			t.Errorf("%s is %q, want %q", k, v, want)
		}
	}
	if list := s.must("set", s.book()); !strings.Contains(list, "over_credit         forbid") || !strings.Contains(list, "warn, forbid, allow") {
		t.Errorf("listed:\n%s", list)
	}
	if code, out, words := zgctl("set", s.book(), "price-includes-tax=yes"); code != 0 || out != "" || words != "price_includes_tax: nothing was converted: prices that were kept are read the new way from now on\n" {
		t.Errorf("%d %q %q", code, out, words)
	}
	s.refused(2, "below_cost: below_cost cannot be \"never\"; it may be: warn, forbid, allow\n", "set", s.book(), "below_cost=never")
	s.refused(1, "flow: flow is chosen with the book and does not change\n", "set", s.book(), "flow=invoice")
	s.refused(1, "modules: this program has not got the module production yet, a later one will; trade, stock and books need no module\n", "set", s.book(), "company=X", "modules=production")
	s.refused(1, "kind: switch on module production\n", "slip", "list", s.book(), "--kind", "work-order")
	s.refused(1, "switch on module members\n", "report", s.book(), "points-ledger")
	s.refused(2, "\"company\" is not KEY=VALUE\n", "set", s.book(), "company")
	if code, _, words := zgctl("set", s.book(), "colour=red"); code != 2 || !strings.Contains(words, "over_credit, lock_wait") {
		t.Errorf("an unknown key: %d %s", code, words)
	}
	if strings.Contains(s.must("set", s.book(), "--json"), "\"X\"") {
		t.Error("a refused command changed something")
	}
}
