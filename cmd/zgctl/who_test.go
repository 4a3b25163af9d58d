package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// W4: who is in a book is told by name while a session has it open, and a restore over its head is refused; afterwards nobody is in.
func TestWhoIsInABook(t *testing.T) {
	d := desk{t, t.TempDir()}
	book := d.at("b.zg")
	d.must("new", book, "--start", "2026-01")
	d.must("backup", book, d.at("saved.zg"))
	in, answers := newPipe(t, d, book, "--user", "李敏")
	k := talk{t, in, answers}
	k.ask(0, "status", ".")
	var list []map[string]string
	if err := json.Unmarshal([]byte(d.must("who", book, "--json")), &list); err != nil || len(list) != 1 {
		t.Fatalf("in the book are %v (%v)", list, err)
	}
	p := list[0]
	if p["person"] != "李敏" || p["program"] != "zgctl" || p["doing"] != "session" || p["editing"] != "" || p["pc"] == "" || p["since"] == "" || p["seen"] == "" || len(p) != 8 {
		t.Errorf("in the book is %v", p)
	}
	if rc, _, said := d.call("restore", d.at("saved.zg"), book); rc != 1 || !strings.Contains(said, "李敏") {
		t.Errorf("restoring over a session: %d %s", rc, said)
	}
	if out := d.must("who", book, "--read-only"); !strings.Contains(out, "李敏") {
		t.Errorf("who only looks sees %q", out)
	}
}

// 12.4: watch tells what was changed since a tick, a line a change, and ends at its time.
func TestWatchTellsWhatChanged(t *testing.T) {
	d := desk{t, t.TempDir()}
	book := d.at("b.zg")
	d.must("new", book, "--start", "2026-01")
	var s struct{ Tick int64 }
	json.Unmarshal([]byte(d.must("status", book, "--json")), &s)
	if s.Tick == 0 {
		t.Fatal("no tick")
	}
	d.must("import", book, "customers", d.file("c.csv", "code,name\nC77,新客户\n"))
	var line struct {
		Tick                        int64
		Area, Key, Verb, Person, At string
	}
	since := []string{"watch", book, "--since", "0", "--timeout", "0", "--json"}
	all := strings.Split(strings.TrimSpace(d.must(since...)), "\n")
	if err := json.Unmarshal([]byte(all[len(all)-1]), &line); err != nil || line.Tick != s.Tick+1 || line.Area != "customers" || line.Key != "C77" || line.Verb != "master-new" || line.Person == "" || line.At == "" {
		t.Errorf("the newest of %d lines is %+v (%v)", len(all), line, err)
	}
	if out := d.must("watch", book, "--timeout", "0.2"); out != "" {
		t.Errorf("nothing was changed, and told is %q", out)
	}
	for _, bad := range [][]string{{"--timeout", "-1"}, {"--timeout", "soon"}, {"--since", "x"}} {
		if rc, _, _ := d.call(append([]string{"watch", book}, bad...)...); rc != 2 {
			t.Errorf("%v gives %d", bad, rc)
		}
	}
}
