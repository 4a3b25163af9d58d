package store

import (
	"database/sql"
	"math/rand/v2"
	"strconv"
	"testing"

	_ "modernc.org/sqlite"

	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// What a query gives a part of a line is the share rule to the cent, also where a fraction of floating point would not hold the figures.
func TestThePortionOfAQueryIsTheShareRule(t *testing.T) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r := rand.New(rand.NewPCG(7, 11))
	for range 400 {
		w := r.Int64N(900_000_000_000_000) - 450_000_000_000_000 // up to 4.5 trillion
		l := r.Int64N(2_000_000_000) + 1
		q := r.Int64N(l) + 1
		q0 := r.Int64N(l - q + 1)
		if r.IntN(2) == 0 { // a red letter's
			l, q, q0 = -l, -q, -q0
		}
		s := func(v int64) string { return "(" + strconv.FormatInt(v, 10) + ")" }
		var got any
		if err := db.QueryRow("SELECT " + shared(s(w), s(q0+q), s(q), s(l))).Scan(&got); err != nil {
			t.Fatal(err)
		}
		before, err := num.Share(num.Amount(w), num.Quantity(q0), num.Quantity(l))
		if err != nil {
			t.Fatal(err)
		}
		want, err := slip.ShareRule(num.Amount(w), num.Quantity(l), num.Quantity(q0), before, num.Quantity(q))
		if n, ok := got.(int64); err != nil || !ok || n != int64(want) {
			t.Fatalf("%d of %d after %d, worth %d: the query says %v, the rule %d", q, l, q0, w, got, want)
		}
	}
}
