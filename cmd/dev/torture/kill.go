package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// newBook makes a book with a warehouse, some goods and parties.
func newBook(path string) error {
	b, err := workflow.Create(path, workflow.Settings{Company: "恒达五金", Start: 202601, Lang: text.En})
	if err != nil {
		return err
	}
	defer b.Close()
	records := []string{"warehouses W1", "suppliers S", "customers C"}
	for i := range 20 {
		records = append(records, fmt.Sprintf("products P%d", i))
	}
	for _, r := range records {
		typ, code, _ := strings.Cut(r, " ")
		t, _ := master.ByCode(typ)
		v := map[string]string{"code": code, "name": "Name of " + code}
		if typ == "products" {
			v["unit"] = "pcs"
		}
		if err := b.SaveMaster(&master.Record{Type: t, Values: v}); err != nil {
			return err
		}
	}
	return nil
}

// next is the n-th slip: a receipt, then deliveries out of it.
func next(n int) *slip.Doc {
	d := &slip.Doc{Kind: "delivery", Date: 20260103 + text.Date(n%25), Party: "C", Warehouse: "W1"}
	qty, price := num.Quantity(10000), num.Price(20_000000)
	if n%4 == 0 {
		d.Kind, d.Party, d.Date, qty, price = "goods-receipt", "S", 20260102, 100000, 10_000000
	}
	for i := range 3 {
		d.Lines = append(d.Lines, slip.Line{Product: fmt.Sprintf("P%d", (n/4+i)%20), Qty: qty, Price: price, PriceGiven: true})
	}
	return d
}

// post is the child: it audits slips and says the number of each once that is done, until it is killed or refused.
func post(path string) int {
	b, err := workflow.Open(path)
	if err != nil {
		fmt.Println("refused:", err)
		return 1
	}
	for n := 0; ; n++ {
		d := next(n)
		if _, err := b.SaveAndAudit(d); err != nil {
			fmt.Println("refused:", err)
			b.Close()
			return 1
		}
		fmt.Println(d.Number)
	}
}

// child starts one on a book.
func (t *torture) child(path string) (*exec.Cmd, io.Reader, *bytes.Buffer, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, nil, err
	}
	cmd := exec.Command(self, "-child", path)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	said := &bytes.Buffer{}
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, nil, nil, err
	}
	return cmd, out, said, cmd.Start()
}

// kill lets a child post and kills it at any moment, so many times; after each the book must verify and hold every slip it confirmed.
func (t *torture) kill(times int) error {
	const perBook = 25 // a book that grows makes every look at it longer
	var path string
	var numbers []string
	for i := range times {
		if i%perBook == 0 {
			path, numbers = t.path(fmt.Sprintf("kill%d.zg", i)), nil
			if err := newBook(path); err != nil {
				return err
			}
		}
		cmd, out, said, err := t.child(path)
		if err != nil {
			return err
		}
		fault.After(time.Duration(5+t.random.IntN(400))*time.Millisecond, func() { cmd.Process.Kill() }, t.mind)
		lines := bufio.NewReader(out)
		for {
			line, err := lines.ReadString('\n')
			if err != nil { // half a line confirms nothing
				break
			}
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "refused:") {
				cmd.Wait()
				return fmt.Errorf("a child: %s", line)
			}
			numbers = append(numbers, line)
			t.f.acknowledged++
		}
		cmd.Wait()
		t.f.killed++
		if strings.Contains(said.String(), "panic:") || strings.Contains(said.String(), "fatal error:") {
			t.f.panics++
			fmt.Println(said)
		}
		if err := t.look(path, numbers); err != nil {
			return err
		}
	}
	return nil
}

// look counts what a book lost of confirmed slips, and whether it verifies.
func (t *torture) look(path string, numbers []string) error {
	b, err := workflow.Open(path)
	if err != nil {
		return fmt.Errorf("after a kill: %w", err)
	}
	defer b.Close()
	for _, n := range numbers {
		if d, err := b.Load(n); err != nil || d.Status != slip.Audited {
			t.f.lost++
			fmt.Println("lost:", n, err)
		}
	}
	if why := t.proved(b); why != "" {
		t.f.broken++
		fmt.Println("does not verify:", why)
	}
	return nil
}

// proved verifies a book and says what does not hold; a panic is counted.
func (t *torture) proved(b *workflow.Book) (why string) {
	err := fault.Guard(func() error {
		list, err := b.Verify()
		for _, p := range list {
			if !p.Holds() {
				why += fmt.Sprintf("%d: %v; ", p.Number, p.Faults)
			}
		}
		return err
	})
	t.mind(err)
	if err != nil {
		why += err.Error()
	}
	if strings.Contains(why, "internal error") { // a proof that panics fails, and that is no answer
		t.f.panics++
		fmt.Println("panic in a proof:", why)
	}
	return why
}

// mind counts an error that is a panic.
func (t *torture) mind(err error) {
	if p := panicOf(err); p != nil {
		t.f.panics++
		fmt.Println("panic:", p)
	}
}

// fillDisk lets a child post on a disk that gets full, then makes room and looks.
func (t *torture) fillDisk() error {
	dir, mounted, free, err := smallDisk(t.path("disk"))
	if err != nil {
		return err
	}
	defer free()
	fmt.Println("a disk of its own:", mounted)
	if runtime.GOOS != "linux" {
		return nil
	}
	path := filepath.Join(dir, "b.zg")
	if err := newBook(path); err != nil {
		return err
	}
	var numbers []string
	for range 5 {
		undo, err := fill(dir, 64<<10)
		if err != nil {
			return err
		}
		cmd, out, said, err := t.child(path)
		if err != nil {
			return err
		}
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if words, ok := strings.CutPrefix(lines.Text(), "refused: "); ok {
				t.f.full++
				// under a limit to files SQLite is told that a write failed, and not why
				if !strings.Contains(words, "disk is full") && (mounted || !strings.Contains(words, "disk has an error")) {
					t.f.wrongWords++
					fmt.Println("on a full disk:", words)
				}
				continue
			}
			numbers = append(numbers, lines.Text())
			t.f.acknowledged++
		}
		cmd.Wait()
		if strings.Contains(said.String(), "panic:") {
			t.f.panics++
			fmt.Println(said)
		}
		if err := undo(); err != nil {
			return err
		}
		if err := t.look(path, numbers); err != nil {
			return err
		}
	}
	return nil
}
