package main

import (
	"fmt"
	"runtime"
	"strconv"
	"time"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store/floor"
	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// books measures on a book of 10,000 lines, then on the same of 100,000 and, where asked, 1,000,000.
func (b *bench) books(large bool) error {
	s, err := open(b.path("growth.zg"))
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.fill(10_000, 0); err != nil {
		return err
	}
	if err := b.book(s, "10k"); err != nil {
		return err
	}
	if err := b.imports(s); err != nil {
		return err
	}
	if err := b.book(s, "100k"); err != nil || !large {
		return err
	}
	if err := s.fill(1_000_000, 110_000); err != nil {
		return err
	}
	if err := b.book(s, "1m"); err != nil {
		return err
	}
	if err := b.buildConsole(); err != nil {
		return err
	}
	return b.ledgers(s.Path(), "1m")
}

// importAlone measures an import into a book of 10,000 lines where nothing else is asked for; growth does so too, on its way.
func (b *bench) importAlone(only string) error {
	if only != "import" {
		return nil
	}
	s, err := open(b.path("import.zg"))
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.fill(10_000, 0); err != nil {
		return err
	}
	return b.imports(s)
}

// imports measures an import of 100,000 lines in four parts, and the floor of one of them.
func (b *bench) imports(s *shop) error {
	var total time.Duration
	var allCPU time.Duration
	run := func(name string, list []entry) (time.Duration, error) {
		runtime.GC() // what was before is not this one's to clear away
		start, began := time.Now(), processor()
		lines, err := s.land(list)
		took, cpu := time.Since(start), processor()-began
		total, allCPU = total+took, allCPU+cpu
		if err == nil {
			b.add(result{work: "import: " + name, size: fmt.Sprint(lines, " lines"), took: times{took}, lines: lines, cpu: cpu})
		}
		return took, err
	}
	if _, err := run("receipts", s.many(2000, s.receipt)); err != nil {
		return err
	}
	orders := s.many(2000, func() entry { return s.sale("sales-order") })
	if _, err := run("orders", orders); err != nil {
		return err
	}
	var linked []entry
	for _, o := range orders {
		linked = append(linked, s.follow(o))
	}
	if _, err := run("deliveries of orders", linked); err != nil {
		return err
	}
	bare, err := floor.Copy(s.Path(), b.path("import-floor.zg"))
	if err != nil {
		return err
	}
	defer bare.Close()
	mark, err := bare.Mark()
	if err != nil {
		return err
	}
	free := s.many(4000, func() entry { return s.sale("delivery") })
	_, err = run("deliveries", free)
	if err != nil {
		return err
	}
	rows, err := since(s.Path(), mark)
	if err != nil {
		return err
	}
	runtime.GC()
	start, began := time.Now(), processor()
	if err := bare.Insert(rows); err != nil {
		return err
	}
	floorCPU := processor() - began
	n := len(free) * linesPerSlip
	last := &b.results[len(b.results)-1]
	last.limit, last.floorCPU = "1.7×", floorCPU
	last.floor, last.what = times{time.Since(start)}, "the same rows, bare SQLite"
	b.add(result{work: "import with posting, all", size: "100,000 lines", took: times{total}, limit: "15000/s", lines: 60_000 + n, cpu: allCPU})
	return nil
}

func since(path string, m floor.Mark) ([]floor.Row, error) {
	b, err := floor.Open(path)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	return b.Since(m)
}

// book measures what people do all day on a book of some size.
func (b *bench) book(s *shop, size string) error {
	bare, err := floor.Copy(s.Path(), b.path("floor-"+size+".zg"))
	if err != nil {
		return err
	}
	defer bare.Close()
	live, err := floor.Open(s.Path())
	if err != nil {
		return err
	}
	defer live.Close()
	once := func(work, limit string, f func(d *slip.Doc) error) error {
		var took, bareTook times
		for range 400 {
			mark, err := live.Mark()
			if err != nil {
				return err
			}
			d := s.delivery()
			start := time.Now()
			if err := f(d); err != nil {
				return err
			}
			took = append(took, time.Since(start))
			rows, err := live.Since(mark)
			if err != nil {
				return err
			}
			start = time.Now()
			if err := bare.Insert(rows); err != nil {
				return err
			}
			bareTook = append(bareTook, time.Since(start))
		}
		b.add(result{work: work, size: size, took: took, limit: limit, floor: bareTook, what: "the same rows, bare SQLite, one fsync"})
		return nil
	}
	if err := once("enter and audit 10 lines at once", "p99 10 ms, 3×", func(d *slip.Doc) error {
		_, err := s.SaveAndAudit(d)
		return err
	}); err != nil {
		return err
	}
	if err := once("save, then audit 10 lines", "p99 10 ms", func(d *slip.Doc) error {
		if err := s.Save(d); err != nil {
			return err
		}
		_, err := s.Audit(d.Number)
		return err
	}); err != nil {
		return err
	}
	var gate times
	for range 400 {
		d := s.delivery()
		start := time.Now()
		if _, err := s.Gate(d); err != nil {
			return err
		}
		gate = append(gate, time.Since(start))
	}
	b.add(result{work: "what is told before 10 lines are posted", size: size, took: gate, limit: "p99 20 ms"})
	return b.reports(s, size, live)
}

// reports measures the reports people open all day.
func (b *bench) reports(s *shop, size string, bare *floor.Book) error {
	month := s.day.Month()
	var today times // what stock takes as it is now
	for _, r := range []struct {
		report *reports.Report
		p      reports.Params
		what   string
		limit  string
		table  string
		where  string
		args   []any
	}{
		{reports.StockOnHand, reports.Params{}, "", "100 ms", "stock_now", "qty <> 0", nil},
		{reports.StockOnHand, reports.Params{AsOf: s.day.AddDays(-5)}, ", five days ago", "1.5×", "", "", nil},
		{reports.StockOnHand, reports.Params{AsOf: s.day.AddDays(-s.day.Sub(20210101) / 2)}, ", half way back", "1.5×", "", "", nil},
		{reports.StockMovement, reports.Params{From: month.First(), To: month.Last()}, ", this month", "300 ms", "stock_month", "month = ?", []any{int64(month)}},
		{reports.StockMovement, reports.Params{From: 20210101, To: 20210131}, ", first month", "300 ms", "stock_month", "month = 202101", nil},
		{reports.StockLedger, reports.Params{Product: product(5)}, " of a product", "50 ms", "stock_row", "product_id = 6", nil},
		{reports.PartyStatement, reports.Params{Party: customer(5)}, "", "50 ms", "party_row", "party_id = 506", nil},
	} {
		took, err := measure(9, func(int) error {
			_, err := r.report.Run(s.Book, r.p)
			return err
		})
		if err != nil {
			return err
		}
		if r.report == reports.StockOnHand && r.p.AsOf == 0 {
			today = took
		}
		if r.table == "" {
			b.add(result{work: r.report.Name + r.what, size: size, took: took, limit: r.limit, floor: today, what: "today's stock by the same report"})
			continue
		}
		least, err := measure(5, func(int) error {
			_, err := bare.Read(r.table, r.where, r.args...)
			return err
		})
		if err != nil {
			return err
		}
		b.add(result{work: r.report.Name + r.what, size: size, took: took, limit: r.limit, floor: least, what: "its rows read, bare SQLite"})
	}
	return nil
}

// backdate enters a receipt a year before many moves of its product, under each costing method and over goods that are owed, and grows.
func (b *bench) backdate() error {
	for _, x := range []struct {
		set   workflow.Settings
		moves int
	}{{workflow.Settings{}, 5_000}, {workflow.Settings{}, 50_000}, {workflow.Settings{}, 100_000}, {workflow.Settings{Costing: workflow.FIFO}, 50_000},
		{workflow.Settings{Costing: workflow.Monthly}, 50_000}, {workflow.Settings{Negative: "allow"}, 50_000}, {workflow.Settings{Costing: workflow.FIFO, Negative: "allow"}, 50_000}} {
		if err := b.backdateUnder(x.set, x.moves); err != nil {
			return err
		}
	}
	return nil
}

// backdateUnder measures one book. Where stock may fall below zero, it does so over and over; where months are averaged, the month of the
// moves is closed in the end.
func (b *bench) backdateUnder(set workflow.Settings, moves int) error {
	what := set.Costing
	if what == "" {
		what = workflow.Average
	}
	first := "100000"
	if set.Negative != "" {
		what, first = what+", stock owed", "1"
	}
	path := b.path(fmt.Sprintf("backdate-%s-%s-%d.zg", set.Costing, set.Negative, moves))
	s, err := openAs(path, set)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.moves(moves, first); err != nil {
		return err
	}
	took, err := measure(3, func(i int) error {
		_, err := s.SaveAndAudit(&slip.Doc{Kind: "goods-receipt", Date: 20210105, Party: supplier(1), Warehouse: "W1",
			Lines: []slip.Line{{Product: product(0), Qty: 5 * num.QuantityOne, Price: num.Price(7+i) * num.PriceOne, PriceGiven: true}}})
		return err
	})
	if err != nil {
		return err
	}
	bare, err := floor.Copy(s.Path(), path+"-floor")
	if err != nil {
		return err
	}
	defer bare.Close()
	least, err := measure(3, func(int) error { return bare.Revalue(moves) })
	if err != nil {
		return err
	}
	limit := ""
	if moves == 50_000 {
		limit = "1 s"
	}
	size := fmt.Sprintf("%d,000 moves", moves/1000)
	b.add(result{work: "backdate a receipt by a year: " + what, size: size, took: took, limit: limit, floor: least, what: "as many values written, one fsync"})
	if set.Costing != workflow.Monthly {
		return nil
	}
	took, err = measure(1, func(int) error { return s.ClosePeriod(s.day.AddDays(366).Month()) })
	b.add(result{work: "close a month at its average", size: size, took: took})
	return err
}

// moves lands so many moves of the first product, a year on: nine deliveries of ten lines and a receipt that makes up for them.
func (s *shop) moves(n int, first string) error {
	one := func(kind, party, qty string) func() entry {
		return func() entry {
			number := s.next()
			e := make(entry, linesPerSlip)
			for i := range e {
				e[i] = []string{kind, number, s.day.AddDays(366).String(), party, "W1", product(0), qty, s.price(9), "", "", "yes"}
			}
			return e
		}
	}
	list := s.many(1, one("goods-receipt", supplier(0), first))
	for range n/linesPerSlip/10 + 1 {
		list = append(list, s.many(9, one("delivery", customer(0), "2"))...)
		list = append(list, s.many(1, one("goods-receipt", supplier(0), "20"))...)
	}
	_, err := s.land(list)
	return err
}

// party measures a payment and an audit for customers of few and of very many deliveries.
func (b *bench) party() error {
	s, err := open(b.path("party.zg"))
	if err != nil {
		return err
	}
	defer s.Close()
	if _, err := s.land(s.many(10, s.receipt)); err != nil {
		return err
	}
	for _, n := range []int{200, 20_000} {
		who := customer(n % 7)
		var list []entry
		for i := range n {
			list = append(list, entry{{"delivery", s.next(), s.day.String(), who, "W1", product(i % 100), "1", "10", "", "", "yes"}})
		}
		if _, err := s.land(list); err != nil {
			return err
		}
		size := strconv.Itoa(n) + " deliveries"
		took, err := measure(100, func(int) error {
			_, err := s.SaveAndAudit(&slip.Doc{Kind: "collection", Date: s.day, Party: who, Account: "K", Amount: 30_00})
			return err
		})
		if err != nil {
			return err
		}
		b.add(result{work: "collect from a customer", size: size, took: took, limit: "10 ms"})
		took, err = measure(100, func(i int) error {
			_, err := s.SaveAndAudit(&slip.Doc{Kind: "delivery", Date: s.day, Party: who, Warehouse: "W1",
				Lines: []slip.Line{{Product: product(i), Qty: num.QuantityOne}}})
			return err
		})
		if err != nil {
			return err
		}
		b.add(result{work: "deliver one line to a customer", size: size, took: took, limit: "10 ms"})
	}
	return nil
}
