package main

import (
	"os"
	"strings"
	"sync"
	"testing"

	"zhanggui/data/workflow"
)

// twice runs a command with a request id three times: the second and third give the first answer, and change nothing.
func (d desk) twice(book, id string, args ...string) (out string) {
	d.t.Helper()
	with := append(args, "--request", id)
	rc, out, said := d.call(with...)
	if rc != 0 {
		d.t.Fatal(with, rc, said)
	}
	if strings.Contains(said, "done before") {
		d.t.Errorf("%v: done before the first time", with)
	}
	before := d.must("status", book, "--json")
	for range 2 {
		rc, again, said := d.call(with...)
		if rc != 0 || again != out || !strings.Contains(said, "done before") {
			d.t.Errorf("%v again: %d %q %q, first %q", with, rc, again, said, out)
		}
	}
	if after := d.must("status", book, "--json"); after != before {
		d.t.Errorf("%v changed the book the second time:\n%s\n%s", with, before, after)
	}
	return out
}

// Every command that writes is done once under a request id, those that make a book too.
func TestEveryWritingCommandIsDoneOnce(t *testing.T) {
	d := desk{t, t.TempDir()}
	b := d.at("b.zg")
	d.twice(b, "n", "new", b, "--start", "2026-01")
	for _, f := range [][2]string{{"warehouses", "code,name\nW1,Main\n"}, {"products", "code,name,min_stock,max_stock,purchase_price\nP1,Nail,50,90,3\nP2,Bolt,,,2\n"}, {"customers", "code,name\nC,Cust\n"}, {"suppliers", "code,name\nS,Sup\n"},
		{"opening-stock", "warehouse,product,qty,cost\nW1,P1,40,3\n"},
		{"slips", "kind,number,date,party,warehouse,product,qty,price,audit\ndelivery,D1,2026-01-05,C,W1,P1,4,5,yes\ndelivery,D2,2026-01-06,C,W1,P1,2,5,no\ndelivery,D3,2026-01-06,C,W1,P1,1,5,no\nsales-order,O1,2026-01-06,C,W1,P1,3,5,yes\n"}} {
		d.twice(b, "import "+f[0], "import", b, f[0], d.file(f[0]+".csv", f[1]))
	}
	if out := d.twice(b, "set", "slip", "set", b, "D2", "1.qty=3"); out != "XC-202601-0002\n" {
		t.Errorf("set: %q", out)
	}
	if out := d.twice(b, "audit", "slip", "audit", b, "D2", "D3"); out != "XC-202601-0002\nXC-202601-0003\n" {
		t.Errorf("audit: %q", out)
	}
	if out := d.twice(b, "unaudit", "slip", "unaudit", b, "D3"); out != "XC-202601-0003\n" {
		t.Errorf("unaudit: %q", out)
	}
	d.twice(b, "void", "slip", "void", b, "D3")
	d.twice(b, "push", "push", b, "D1", "sales-return", "--audit")
	d.twice(b, "close-slip", "slip", "close", b, "O1", "--reason", "gone")
	d.twice(b, "count", "count", "new", b, "W1")
	d.twice(b, "reorder", "reorder", b)
	d.twice(b, "own", "label", b, "P1", "P2", "--own")
	d.twice(b, "settings", "set", b, "company=Other")
	d.twice(b, "costing", "costing", b, "fifo", "--from", "2026-01")
	d.twice(b, "print", "print", b, "D1", "-o", d.at("p.pdf"))
	d.twice(b, "close", "close", b, "2026-01")
	d.twice(b, "reopen", "reopen", b, "2026-01")
	d.twice(b, "backup", "backup", b, d.at("k.zg"))
	d.must("verify", b)
	d.twice(d.at("r.zg"), "restore", "restore", d.at("k.zg"), d.at("r.zg"))
	d.twice(b, "restore over", "restore", d.at("k.zg"), b)
	d.must("verify", b)
	if n := strings.Count(d.folder("."), ".replaced-"); n != 1 {
		t.Errorf("restored over the book: %d former books in %q", n, d.folder("."))
	}
	d.twice(d.at("s.zg"), "salvage", "salvage", b, d.at("s.zg"))
	d.twice(d.at("d.zg"), "demo", "demo", d.at("d.zg"), "--lang", "en", "--today", "2026-03-31")
	d.must("verify", d.at("d.zg"))
	if strings.Contains(d.folder("."), ".part") {
		t.Error("parts are left")
	}
	d.refused("was another call", "new", b, "--start", "2026-02", "--request", "n") // the restored book is of later
	d.refused("exists already", "new", b, "--request", "another")
}

// Of several slips those that can be are done, and the others named; again the same is said, with the same exit.
func TestWhatIsRefusedIsNamedAndTheRestDone(t *testing.T) {
	d := stall(t)
	b := d.at("b.zg")
	d.must("import", b, "slips", d.file("more.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ndelivery,D3,2026-01-07,C,W1,P1,3,5,no\n"))
	d.must("slip", "void", b, "D2")
	for i := range 3 {
		rc, out, said := d.call("slip", "audit", b, "D2", "D3", "--request", "R")
		if rc != 1 || out != "XC-202601-0003\n" || !strings.Contains(said, "D2") || strings.Contains(said, "done before") != (i > 0) {
			t.Errorf("%d: %d %q %q", i, rc, out, said)
		}
	}
	if out := d.must("status", b, "--json"); !strings.Contains(out, `"tick": 9`) { // the book, six imports, the void, and the request as one
		t.Errorf("%s", out)
	}
	if rc, out, said := d.call("slip", "unaudit", b, "nothing", "D3"); rc != 1 || out != "XC-202601-0003\n" || !strings.Contains(said, "no slip nothing") {
		t.Errorf("%d %q %q", rc, out, said)
	}
	d.must("verify", b)
}

// A request that was stopped between two of its writes has done nothing; made again it does all of it, and what came to the first writes'
// numbers is given anew.
func TestARequestStoppedInTheMiddleHasDoneNothing(t *testing.T) {
	d := stall(t)
	b, err := workflow.Open(d.at("b.zg"))
	if err != nil {
		t.Fatal(err)
	}
	c := &call{name: "slip", words: []string{"audit", ".", "D2", "ST"}, flags: map[string]string{"request": "R"}, out: os.Stdout, errOut: os.Stderr}
	func() {
		defer func() { recover() }()
		c.once(1, b, func(b *workflow.Book) error {
			if _, err := b.Audit("D2"); err != nil {
				t.Error(err)
			}
			if err := b.Set(map[string]string{"company": "Lost"}); err != nil || b.Settings().Company != "Lost" {
				t.Error(err)
			}
			if x, err := b.Load("D2"); err != nil || x.Status != "audited" {
				t.Errorf("within the request: %v %v", x, err)
			}
			panic("the plug")
		})
	}()
	if x, err := b.Load("D2"); err != nil || x.Status != "draft" || b.Settings().Company != "" {
		t.Errorf("afterwards: %v %v %q", x, err, b.Settings().Company)
	}
	if _, err := b.Audit("D2"); err != nil {
		t.Error(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	d.must("slip", "unaudit", d.at("b.zg"), "D2")
	d.twice(d.at("b.zg"), "R", "slip", "audit", d.at("b.zg"), "D2", "ST")
	d.must("verify", d.at("b.zg"))
}

// Five programs that make one request at once do it once, and all get the answer.
func TestTheSameRequestAtOnce(t *testing.T) {
	d := stall(t)
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			rc, out, said := d.call("push", d.at("b.zg"), "D1", "sales-return", "--audit", "--request", "R")
			if rc != 0 || out != "XT-202601-0001\n" {
				t.Errorf("%d %q %q", rc, out, said)
			}
		})
	}
	all.Wait()
	if n := strings.Count(d.must("slip", "list", d.at("b.zg"), "--kind", "sales-return"), "sales-return"); n != 1 {
		t.Errorf("%d returns", n)
	}
	d.must("verify", d.at("b.zg"))
}
