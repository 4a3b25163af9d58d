package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/store/pages"
)

// TestAnOlderDamagedBookIsRescued: rows that refer to what is lost do not keep what could be read from today's shape.
func TestAnOlderDamagedBookIsRescued(t *testing.T) {
	dir := t.TempDir()
	damaged, scratch := filepath.Join(dir, "b.zg"), filepath.Join(dir, "read.zg")
	db, err := Create(damaged)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	err = withFile(damaged, "?_pragma=foreign_keys(0)", func(c *sql.Conn) error {
		_, err := c.ExecContext(context.Background(), "INSERT INTO slip_print (slip_id, paper, times, before, audited) VALUES (8, 'a4', 1, 0, 0); UPDATE setting SET value = 'older' WHERE key = 'shape'")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Rescue(damaged, scratch); err != nil {
		t.Fatal(err)
	}
	x, err := Open(scratch)
	if err != nil {
		t.Fatal(err)
	}
	x.Close()
}

// rescuedSettings are the settings that could be read of a file, by key.
func rescuedSettings(t *testing.T, damaged string) (map[string]string, []Lost) {
	t.Helper()
	scratch := filepath.Join(t.TempDir(), "read.zg")
	lost, _, err := Rescue(damaged, scratch)
	if err != nil {
		t.Fatal(err)
	}
	db, err := Open(scratch)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	m, err := db.Settings()
	if err != nil {
		t.Fatal(err)
	}
	return m, lost
}

// asWritten counts which of the 400 settings of a filled book are there as they were.
func asWritten(m map[string]string) (n int) {
	for i := range 400 {
		if v := m[fmt.Sprintf("k%d", i)]; len(v) >= 300 && v[0] == fmt.Sprint(i % 10)[0] {
			n++
		}
	}
	return n
}

// pagesOf are the pages of a table in a sound book, by their kind: those above and the lowest; and how many rows begin on each.
func pagesOf(t *testing.T, path, table string) (above, lowest []int64, rows map[int64]int) {
	t.Helper()
	rows = map[int64]int{}
	err := withFile(path, atRest, func(c *sql.Conn) error {
		list, err := c.QueryContext(context.Background(), "SELECT pageno, pagetype, ncell FROM dbstat WHERE name = ? ORDER BY pageno", table)
		if err != nil {
			return err
		}
		defer list.Close()
		for list.Next() {
			var n int64
			var cells int
			var kind string
			if err := list.Scan(&n, &kind, &cells); err != nil {
				return err
			}
			rows[n] = cells
			switch kind {
			case "internal":
				above = append(above, n)
			case "leaf":
				lowest = append(lowest, n)
			}
		}
		return list.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return above, lowest, rows
}

// TestWhatIsBesideADamagedPageIsRead: without the first page, without the pages above a table's, or with one of the lowest gone, every row
// that stands on a page that is there is read, and nothing else is missing.
func TestWhatIsBesideADamagedPageIsRead(t *testing.T) {
	path := filled(t)
	above, lowest, rows := pagesOf(t, path, "setting")
	if len(above) == 0 || len(lowest) < 10 {
		t.Fatalf("pages above %v, lowest %v", above, lowest)
	}
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		gone  []int64
		least int
		lost  bool
	}{
		{"nothing", nil, 400, false},
		{"the first page", []int64{1}, 400, false},
		{"what is above", above, 400, true},
		{"the first page and what is above", append([]int64{1}, above...), 400, true},
		{"one of the lowest", lowest[4:5], 400 - rows[lowest[4]], true},
	} {
		raw := bytes.Clone(sound)
		for _, n := range c.gone {
			clear(raw[(n-1)*pages.Size : n*pages.Size])
		}
		damaged := filepath.Join(t.TempDir(), "b.zg")
		if err := os.WriteFile(damaged, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		m, lost := rescuedSettings(t, damaged)
		if n := asWritten(m); n != c.least || slices.ContainsFunc(lost, func(l Lost) bool { return l.Table == "setting" }) != c.lost {
			t.Errorf("%s: %d settings are read, want %d; lost %v", c.name, n, c.least, lost)
		}
	}
}

// TestOneBitOfTheHeadCostsNothing: whichever of the first 112 bytes is hit, all is read.
func TestOneBitOfTheHeadCostsNothing(t *testing.T) {
	path := filled(t)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := filepath.Join(t.TempDir(), "b.zg")
	for at := 0; at < 112; at += 5 {
		raw := bytes.Clone(sound)
		raw[at] ^= 1 << (at % 8)
		if err := os.WriteFile(damaged, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if m, lost := rescuedSettings(t, damaged); asWritten(m) != 400 || len(lost) > 0 {
			t.Errorf("bit %d of byte %d: %d settings are read, lost %v", at%8, at, asWritten(m), lost)
		}
	}
}

// TestTheLogOfADamagedBookIsReadToo: what was committed and not yet folded into the file is there; where the log itself is hit, what is
// behind that place is not, and that is said.
func TestTheLogOfADamagedBookIsReadToo(t *testing.T) {
	db := book(t)
	db.folding.Store(true) // nothing is to be folded meanwhile
	for i := range 100 {
		if err := db.Write(set(fmt.Sprintf("k%d", i), strings.Repeat(fmt.Sprint(i%10), 300))); err != nil {
			t.Fatal(err)
		}
	}
	damaged := filepath.Join(t.TempDir(), "b.zg")
	for _, end := range []string{"", walSuffix} {
		if err := copyBytes(db.Path+end, damaged+end); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	m, lost := rescuedSettings(t, damaged)
	if asWritten(m) != 100 || len(lost) > 0 {
		t.Errorf("%d settings are read, lost %v", asWritten(m), lost)
	}
	log, err := os.Stat(damaged + walSuffix)
	if err != nil {
		t.Fatal(err)
	}
	flip(t, damaged+walSuffix, log.Size()/2, 3)
	m, lost = rescuedSettings(t, damaged)
	if n := asWritten(m); n < 12 || n > 88 || !slices.ContainsFunc(lost, func(l Lost) bool { return l.Table == logTable }) {
		t.Errorf("half a log: %d settings are read, lost %v", n, lost)
	}
}

// TestNoDamageEndsTheRescue: whatever stands on the pages, reading ends, in words or with rows.
func TestNoDamageEndsTheRescue(t *testing.T) {
	path := filled(t)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	damaged, scratch := filepath.Join(t.TempDir(), "b.zg"), filepath.Join(t.TempDir(), "read.zg")
	for i := range 30 {
		raw := bytes.Clone(sound)
		for range 1 + random.IntN(200) {
			raw[random.IntN(len(raw))] = byte(random.IntN(256))
		}
		if i%3 == 0 { // pages in each other's place
			a, b := random.IntN(len(raw)/pages.Size), random.IntN(len(raw)/pages.Size)
			copy(raw[a*pages.Size:(a+1)*pages.Size], bytes.Clone(raw[b*pages.Size:(b+1)*pages.Size]))
		}
		if i%5 == 0 {
			raw = raw[:random.IntN(len(raw))]
		}
		if err := os.WriteFile(damaged, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		discard(scratch)
		if _, _, err := Rescue(damaged, scratch); err != nil && !fault.Is(err, fault.Refused) {
			t.Fatalf("%d: %v", i, err)
		}
	}
}
