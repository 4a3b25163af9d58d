package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// 7 of 60 are sold with one request, twice: one slip, 53 left; the same id for another call is refused.
func TestARequestIsDoneOnce(t *testing.T) {
	dir := t.TempDir()
	at := func(n string) string { return filepath.Join(dir, n) }
	call := func(args ...string) (int, string, string) {
		var out, errOut bytes.Buffer
		rc := run(args, &out, &errOut)
		return rc, out.String(), errOut.String()
	}
	file := func(name, content string) string {
		if err := os.WriteFile(at(name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return at(name)
	}
	must := func(args ...string) string {
		t.Helper()
		rc, out, errOut := call(args...)
		if rc != 0 {
			t.Fatal(args, rc, errOut)
		}
		return out
	}
	must("new", at("b.zg"), "--start", "2026-01")
	must("import", at("b.zg"), "warehouses", file("w.csv", "code,name\nW1,Main\n"))
	must("import", at("b.zg"), "products", file("p.csv", "code,name\nP1,Nail\n"))
	must("import", at("b.zg"), "customers", file("c.csv", "code,name\nC,Cust\n"))
	must("import", at("b.zg"), "opening-stock", file("o.csv", "warehouse,product,qty,cost\nW1,P1,60,2\n"))
	sale := file("s.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ndelivery,D1,2026-01-05,C,W1,P1,7,5,yes\n")
	first := must("import", at("b.zg"), "slips", sale, "--request", "R")
	rc, again, said := call("import", at("b.zg"), "slips", sale, "--request", "R")
	if rc != 0 || again != first || !strings.Contains(said, "done before") {
		t.Errorf("%d %q %q", rc, again, said)
	}
	if n := strings.Count(must("slip", "list", at("b.zg"), "--kind", "delivery"), "delivery"); n != 1 {
		t.Errorf("%d deliveries", n)
	}
	if rc, _, said := call("slip", "unaudit", at("b.zg"), "D1", "--request", "R"); rc != 1 {
		t.Errorf("another call under the same id: %d %s", rc, said)
	}
	if out := must("slip", "show", at("b.zg"), "D1", "--json"); !strings.Contains(out, `"version": 2`) || !strings.Contains(out, `"place"`) || !strings.Contains(out, `"audited_at": "20`) {
		t.Error(out)
	}
	must("export", at("b.zg"), "products", "-o", at("v.csv"), "--versions")
	if v, _ := os.ReadFile(at("v.csv")); !strings.Contains(string(v), ",version") {
		t.Error(string(v))
	}
	changed, _ := os.ReadFile(at("v.csv"))
	must("import", at("b.zg"), "products", file("n.csv", "code,name,sales_price\nP1,Nail,9\n"))
	if rc, _, said := call("import", at("b.zg"), "products", file("v2.csv", strings.Replace(string(changed), "Nail", "Nagel", 1))); rc != 1 || !strings.Contains(said, "version: 1 is now 2; ") || !strings.Contains(said, "sales_price — → 9.00") || !strings.Contains(said, " → ") {
		t.Errorf("%d %s", rc, said)
	}
	must("verify", at("b.zg"))
}
