package main

import (
	"encoding/json"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
)

// answer is a line of a session.
type answer struct {
	RC  int    `json:"rc"`
	Out string `json:"out"`
	Err string `json:"err"`
}

// newPipe starts a session of a book and gives what it is told through, and its answers.
func newPipe(t *testing.T, d desk, book string, more ...string) (*os.File, *json.Decoder) {
	t.Helper()
	theirs, mine, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	read, write := io.Pipe()
	done := make(chan int)
	go func() {
		c := &call{in: theirs, name: "session", words: []string{book}, flags: map[string]string{}, out: write, errOut: io.Discard}
		for i := 0; i < len(more); i++ {
			if more[i] == "--read-only" {
				c.flags["read-only"] = "yes"
			} else {
				c.flags[strings.TrimPrefix(more[i], "--")] = more[i+1]
				i++
			}
		}
		rc := c.fail(session(c))
		write.Close()
		done <- rc
	}()
	t.Cleanup(func() {
		mine.Close()
		go io.Copy(io.Discard, read)
		if rc := <-done; rc != 0 {
			t.Errorf("the session ended with %d", rc)
		}
	})
	return mine, json.NewDecoder(read)
}

// talk asks a session and wants an exit.
type talk struct {
	t   *testing.T
	in  *os.File
	out *json.Decoder
}

func (k talk) raw(line string) answer {
	k.t.Helper()
	k.in.WriteString(line + "\n")
	var a answer
	if err := k.out.Decode(&a); err != nil {
		k.t.Fatal(err)
	}
	return a
}

func (k talk) ask(rc int, args ...string) answer {
	k.t.Helper()
	b, _ := json.Marshal(args)
	a := k.raw(string(b))
	if a.RC != rc {
		k.t.Errorf("%v: %+v, want %d", args, a, rc)
	}
	return a
}

// W6: a program kept open runs a command a line and answers a line each; what is wrong in one ends nothing; what other programs do between
// two lines is known.
func TestSession(t *testing.T) {
	d := stall(t)
	book := d.at("b.zg")
	in, out := newPipe(t, d, book, "--user", "王")
	k := talk{t, in, out}
	if a := k.ask(0, "slip", "audit", ".", "D2"); a.Out != "XC-202601-0002\n" || a.Err != "" {
		t.Errorf("%+v", a)
	}
	var shown struct{ Auditor, Status string }
	if err := json.Unmarshal([]byte(k.ask(0, "slip", "show", ".", "D2", "--json").Out), &shown); err != nil || shown.Auditor != "王" || shown.Status != "audited" {
		t.Errorf("%+v %v", shown, err)
	}
	if a := k.ask(1, "slip", "audit", ".", "D2"); a.Err == "" || a.Out != "" {
		t.Errorf("%+v", a)
	}
	k.ask(2, "nonsense")
	k.ask(2, "session", ".")
	k.ask(2, "restore", "x", ".")
	for _, line := range []string{"not json", `{"a":1}`, `[]`, `[1,2]`} {
		if a := k.raw(line); a.RC != 2 || a.Err == "" {
			t.Errorf("%s: %+v", line, a)
		}
	}
	d.must("import", book, "products", d.file("new.csv", "code,name,sales_price\nP9,New,12\nP1,Nail,6\n"))
	d.must("import", book, "opening-stock", d.file("o9.csv", "warehouse,product,qty,cost\nW1,P9,5,2\n"))
	k.ask(0, "import", ".", "slips", d.file("s9.csv", "kind,number,date,party,warehouse,product,qty,price,audit\ndelivery,D9,2026-01-08,C,W1,P9,5,,yes\ndelivery,D8,2026-01-08,C,W1,P1,3,,yes\n"))
	if a := k.ask(0, "slip", "show", ".", "D8", "--json"); !strings.Contains(a.Out, `"net": "18.00"`) {
		t.Errorf("3 at the new 6.00: %s", a.Out)
	}
	d.must("close", book, "2026-01")
	if a := k.ask(1, "slip", "unaudit", ".", "D9"); !strings.Contains(a.Err, "closed") {
		t.Errorf("%+v", a)
	}
	if a := k.ask(0, "set", ".", "--json"); !strings.Contains(a.Out, `"lock_wait": "10"`) {
		t.Errorf("%+v", a)
	}
	first := k.ask(0, "import", ".", "customers", d.file("c9.csv", "code,name\nC9,New\n"), "--request", "R")
	if again := k.ask(0, "import", ".", "customers", d.at("c9.csv"), "--request", "R"); again.Out != first.Out || !strings.Contains(again.Err, "done before") {
		t.Errorf("%+v, first %+v", again, first)
	}
	k.ask(0, "verify", ".")
	if a := k.ask(1, "import", ".", "customers", d.at("c9.csv"), "--read-only"); !strings.Contains(a.Err, "opened to look") {
		t.Errorf("%+v", a)
	}
	if a := k.ask(0, "report", ".", "stock-on-hand", "--format", "csv", "--read-only"); !strings.Contains(a.Out, "P1") {
		t.Errorf("%+v", a)
	}
	in.Close()
	d.must("verify", book)
}

// An import whose pipe began before the month was closed: all its rows of the month are faults, and nothing lands.
func TestAPipeThatBeganBeforeTheClose(t *testing.T) {
	d := stall(t)
	book, pipe := d.at("b.zg"), d.at("pipe.csv")
	if err := makePipe(pipe); err != nil {
		if runtime.GOOS != "windows" {
			t.Fatal(err)
		}
		t.Skip("a folder holds no pipes there")
	}
	d.must("slip", "void", book, "D2", "ST")
	done := make(chan string)
	go func() {
		rc, out, said := d.call("import", book, "slips", pipe)
		if rc != 1 {
			t.Errorf("%d %q", rc, out)
		}
		done <- said
	}()
	w, err := os.OpenFile(pipe, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "kind,number,date,party,warehouse,product,qty,price,audit\n")
	d.must("close", book, "2026-01")
	io.WriteString(w, "delivery,X1,2026-01-20,C,W1,P1,1,5,yes\ndelivery,X2,2026-01-30,C,W1,P1,1,5,yes\ndelivery,X3,2026-02-01,C,W1,P1,1,5,yes\n")
	w.Close()
	said := <-done
	if n := strings.Count(said, "closed"); n != 2 || !strings.Contains(said, "pipe.csv:2:") || !strings.Contains(said, "pipe.csv:3:") {
		t.Errorf("%s", said)
	}
	if out := d.must("slip", "list", book, "--kind", "delivery"); strings.Count(out, "delivery") != 2 {
		t.Errorf("deliveries: %s", out)
	}
	d.must("verify", book)
}

// A session notices at the next line what became of its person: who was given a password by the owner changes it first, to another one, and who was
// removed does nothing more. Others see him by his name in the book; a line takes no name and no password of its own.
func TestASessionNoticesWhatBecameOfItsPerson(t *testing.T) {
	f := opened(t)
	f.hire("boss", "owner")
	f.hire("sally", "sales-clerk")
	t.Setenv("ZG_PASSWORD", "sally-password")
	in, out := newPipe(t, desk{}, f.book, "--user", "sally")
	k := talk{t, in, out}
	if a := k.ask(0, "who", ".", "--json"); !strings.Contains(a.Out, `"sally"`) {
		t.Errorf("in the book are %s", a.Out)
	}
	for _, args := range [][]string{{"slip", "list", ".", "--user", "boss"}, {"user", "pin", ".", "sally", "--password-stdin"}} {
		if a := k.ask(1, args...); !strings.Contains(a.Err, "session") {
			t.Errorf("%v: %+v", args, a)
		}
	}
	if rc, _, e := f.stdin("\n", "boss", "user", "pin", f.book, "sally"); rc != 1 || !strings.Contains(e, "PIN") {
		t.Errorf("an empty PIN: %d %s", rc, e)
	}
	if rc, _, e := f.stdin("sally-password\n", "boss", "user", "password", f.book, "sally"); rc != 0 {
		t.Fatal(e)
	}
	if rc, _, e := f.stdin("sally-password\n", "sally", "user", "password", f.book, "sally"); rc != 1 || !strings.Contains(e, "say another") {
		t.Errorf("the password she was given is no change: %d %s", rc, e)
	}
	file := f.file("c.csv", "code,name\nC9,New\n")
	for _, args := range [][]string{{"import", ".", "customers", file}, {"verify", "."}} {
		if a := k.ask(1, args...); !strings.Contains(a.Err, "change your password first") {
			t.Errorf("%v: %+v", args, a)
		}
	}
	f.must("boss", "user", "remove", f.book, "sally")
	for _, args := range [][]string{{"verify", "."}, {"who", "."}, {"set", ".", "--json"}, {"report", ".", "audit-log"}, {"user", "list", "."}, {"import", ".", "customers", file}} {
		if a := k.ask(1, args...); !strings.Contains(a.Err, "sally is no active user") {
			t.Errorf("%v: %+v", args, a)
		}
	}
}
