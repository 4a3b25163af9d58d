package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"zhanggui/data/workflow"
)

// zgctl runs the program and returns its exit status and what it said.
func zgctl(args ...string) (status int, out, errOut string) {
	var o, e bytes.Buffer
	status = run(args, &o, &e)
	return status, o.String(), e.String()
}

func TestBackupAndRestore(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	products := at("products.csv")
	if err := os.WriteFile(products, []byte("code,name\nA,螺丝\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	must := func(args ...string) string {
		t.Helper()
		status, out, errOut := zgctl(args...)
		if status != 0 {
			t.Fatalf("%v: %d %s", args, status, errOut)
		}
		return out
	}
	must("new", at("shop.zg"), "--company", "恒达五金", "--start", "2026-01")
	must("import", at("shop.zg"), "products", products)
	if got, want := must("backup", at("shop.zg"), at("b.zg")), at("b.zg")+"\n"; got != want {
		t.Errorf("backup prints %q, want %q", got, want)
	}
	named := strings.TrimSpace(must("backup", at("shop.zg"), dir))
	if !strings.HasPrefix(filepath.Base(named), "shop-2") || filepath.Dir(named) != dir {
		t.Errorf("a backup into a folder is %s", named)
	}
	must("restore", at("b.zg"), at("again.zg"))
	if out := must("verify", at("again.zg")); strings.Count(out, " ok ") != workflow.Proofs {
		t.Errorf("the restored book's proofs:\n%s", out)
	}
	status, _, errOut := zgctl("restore", at("b.zg"), at("again.zg"))
	if status != 0 || !strings.Contains(errOut, "kept as "+at("again.replaced-")) {
		t.Errorf("restoring over a book: %d %s", status, errOut)
	}
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"backup", at("shop.zg"), at("b.zg")}, 1, "exists already"},
		{[]string{"backup", at("shop.zg"), at("no/such/folder/b.zg")}, 1, "cannot write"},
		{[]string{"backup", at("none.zg"), at("c.zg")}, 1, "there is no book"},
		{[]string{"restore", products, at("bad.zg")}, 3, "damaged"},
		{[]string{"restore", at("b.zg")}, 2, "usage"},
	} {
		if status, _, errOut := zgctl(c.args...); status != c.status || !strings.Contains(errOut, c.says) || strings.Count(errOut, "\n") != 1 {
			t.Errorf("%v: %d %q, want %d and %q", c.args, status, errOut, c.status, c.says)
		}
	}
}
