package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/salvage"
	"zhanggui/reports/sheet"
)

// panicOf is the panic behind an error; nil where there is none.
func panicOf(err error) *fault.Panic {
	var p *fault.Panic
	errors.As(err, &p)
	return p
}

// traded makes a closed book with so many slips.
func (t *torture) traded(name string, slips int) (string, error) {
	path := t.path(name)
	if err := newBook(path); err != nil {
		return "", err
	}
	b, err := workflow.Open(path)
	if err != nil {
		return "", err
	}
	for n := range slips {
		if _, err := b.SaveAndAudit(next(n)); err != nil {
			return "", errors.Join(err, b.Close())
		}
	}
	return path, b.Close()
}

// flip turns one bit in each of so many copies of a book: opening it, or verifying it, must say so, and what is saved of it must verify.
func (t *torture) flip(times int) error {
	path, err := t.traded("whole.zg", 120)
	if err != nil {
		return err
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for i := range times {
		bad := bytes.Clone(whole)
		at, bit := t.random.IntN(len(bad)), t.random.IntN(8)
		bad[at] ^= 1 << bit
		copied := t.path(fmt.Sprintf("flip%d.zg", i))
		if err := os.WriteFile(copied, bad, 0o600); err != nil {
			return err
		}
		t.f.flipped++
		if t.notices(copied) {
			t.f.found++
		} else {
			t.f.unseen++
			fmt.Printf("unseen: bit %d of byte %d (page %d)\n", bit, at, at/4096+1)
		}
		if err := t.salvage(copied, copied+".new.zg"); err != nil {
			return err
		}
		for _, end := range []string{"", "-wal", "-shm", ".new.zg"} {
			os.Remove(copied + end)
		}
	}
	return nil
}

// notices tells whether a damaged book is refused, or does not verify.
func (t *torture) notices(path string) (found bool) {
	err := fault.Guard(func() error {
		b, err := workflow.Open(path)
		if err != nil {
			return err
		}
		defer b.Close()
		found = t.proved(b) != ""
		return nil
	})
	t.mind(err)
	return found || err != nil
}

// salvage saves a damaged book into another and proves that.
func (t *torture) salvage(damaged, saved string) error {
	err := fault.Guard(func() error {
		_, err := salvage.Book(damaged, saved)
		return err
	})
	t.mind(err)
	switch _, gone := os.Stat(saved); {
	case err == nil:
		b, err := workflow.Open(saved)
		if err != nil {
			return fmt.Errorf("what was salvaged: %w", err)
		}
		defer b.Close()
		if why := t.proved(b); why != "" {
			t.f.unsaved++
			fmt.Println("salvaged, and does not verify:", why)
			return nil
		}
		t.f.saved++
	case fault.Is(err, fault.Refused) && errors.Is(gone, os.ErrNotExist):
		t.f.nothing++
	default:
		t.f.unsaved++
		fmt.Println("not salvaged:", err)
	}
	return nil
}

// nonsense reads changed tables into a book, of every kind that can be read in, as CSV and as a workbook; nothing lands.
func (t *torture) nonsense(long time.Duration) error {
	path, err := t.traded("fuzz.zg", 12)
	if err != nil {
		return err
	}
	b, err := workflow.Open(path)
	if err != nil {
		return err
	}
	defer b.Close()
	kinds := []string{"slips"}
	for _, typ := range master.All {
		kinds = append(kinds, typ.Code)
	}
	seeds := map[string][]byte{}
	for _, k := range kinds {
		table, _, err := exchange.Export(b, k)
		if err != nil {
			continue // of a module that is off
		}
		var buf bytes.Buffer
		rows := [][]string{}
		for _, r := range table.Rows[:min(len(table.Rows), 40)] {
			rows = append(rows, r.Cells)
		}
		if err := sheet.WriteCSV(&buf, table.Header, rows); err != nil {
			return err
		}
		seeds[k] = buf.Bytes()
	}
	before, _, err := b.DB.LastLog()
	if err != nil {
		return err
	}
	for end := time.Now().Add(long); time.Now().Before(end); t.f.read++ {
		kind := kinds[t.random.IntN(len(kinds))]
		data := t.spoil(seeds[kind])
		err := fault.Guard(func() error {
			name := "f.csv"
			table, err := sheet.ReadCSV(name, data)
			if err != nil {
				return err
			}
			_, err = exchange.Import(b, kind, table, true)
			return err
		})
		if p := panicOf(err); p != nil {
			t.f.panics++
			fmt.Printf("panic: %s of %q\n%v\n", kind, data, p)
		}
	}
	if after, _, err := b.DB.LastLog(); err != nil || after != before {
		return fmt.Errorf("what was only tried landed: %w", err)
	}
	if why := t.proved(b); why != "" {
		t.f.broken++
		fmt.Println("after nonsense:", why)
	}
	return nil
}

// nasty are cells that importers were ever wrong about.
var nasty = []string{"", "-", "=1+1", "'", "9999-12-31", "0000-00-00", "2026-02-30", "99999999999999999999", "-0.0000001", "1e308", "NaN", "6.93E+12", "yes", "no",
	"\u200b", "\u202e", "\x1b[31m", "\x00", "½", "１２", strings.Repeat("长", 3000), "a:1 b:2", "N:", ":", ",", ";", "P1", "W1", "S", "C", "delivery", "goods-receipt", "collection",
	"opening", "void", "closed", "1:2:3", "10000000000:10000000000"}

// spoil changes a table here and there: cells for nasty ones, bytes, lines twice or gone.
func (t *torture) spoil(csv []byte) []byte {
	lines := strings.Split(string(csv), "\n")
	for range 1 + t.random.IntN(6) {
		i := t.random.IntN(len(lines))
		switch t.random.IntN(6) {
		case 0, 1, 2:
			cells := strings.Split(lines[i], ",")
			cells[t.random.IntN(len(cells))] = nasty[t.random.IntN(len(nasty))]
			lines[i] = strings.Join(cells, ",")
		case 3:
			if b := []byte(lines[i]); len(b) > 0 {
				b[t.random.IntN(len(b))] = byte(t.random.IntN(256))
				lines[i] = string(b)
			}
		case 4:
			lines = append(lines, lines[i])
		case 5:
			lines[i] += ",\"" + nasty[t.random.IntN(len(nasty))]
		}
	}
	return []byte(strings.Join(lines, "\n"))
}
