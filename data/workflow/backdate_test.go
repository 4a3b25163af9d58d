package workflow_test

import (
	"cmp"
	"fmt"
	"testing"

	"zhanggui/data/workflow"
)

// BenchmarkBackdate puts a receipt before 50,000 moves of its product and takes it out again; every later cost changes. One delivery in
// twenty comes back in part, and where stock may fall below zero it does.
func BenchmarkBackdate(b *testing.B) {
	const moves = 50_000
	for _, s := range []workflow.Settings{{}, {Pool: "warehouse"}, {Costing: "fifo"}, {Costing: "fifo", Pool: "warehouse"}, {Negative: "allow"}, {Costing: "fifo", Negative: "allow"}} {
		b.Run(fmt.Sprintf("%s-%s-%s", cmp.Or(s.Costing, "average"), cmp.Or(s.Pool, "company"), cmp.Or(s.Negative, "forbid")), func(b *testing.B) {
			book := open(b, s)
			stocked := 40
			if s.Negative == "allow" {
				stocked = 1
			}
			rows := []string{fmt.Sprintf("goods-receipt,first,2026-01-02,S,W1,,A,%d,10,,yes", stocked)}
			last := ""
			for i := 1; i < moves; i++ {
				day := fmt.Sprintf("2026-%02d-%02d", 2+i/5000, 1+i%5000/180)
				switch {
				case i%2 == 0:
					rows = append(rows, fmt.Sprintf("goods-receipt,r%d,%s,S,W1,,A,%d,%d.%02d,,yes", i, day, 4+i%7, 9+i%3, i%100))
				case i%40 == 1 && last != "":
					rows = append(rows, fmt.Sprintf("sales-return,x%d,%s,C,W1,,A,1,,%s,yes", i, day, last))
					last = ""
				default:
					last = fmt.Sprintf("d%d", i)
					rows = append(rows, fmt.Sprintf("delivery,%s,%s,C,W1,,A,%d,20,,yes", last, day, 4+i%7))
				}
			}
			load(b, book, "slips", goods, rows...)
			load(b, book, "slips", goods, "goods-receipt,late,2026-01-03,S,W1,,A,7,13.37,,no")
			b.ResetTimer()
			for range b.N {
				if _, err := book.Audit("late"); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				if _, err := book.Unaudit("late", false); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
			b.StopTimer()
			if b.N == 1 {
				mustHold(b, book)
			}
		})
	}
}
