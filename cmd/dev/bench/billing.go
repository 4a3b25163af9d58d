package main

import (
	"strconv"

	"zhanggui/data/store/floor"
	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// billing measures reports of trade on a book in flow invoice: 50,000 lines of goods, and 40,000 of bills of those sold, each some days after
// its delivery, over fifteen months. What is billed changes what goods are worth in them; a month must not read the bills of all others.
func (b *bench) billing() error {
	s, err := openAs(b.path("billing.zg"), workflow.Settings{Flow: "invoice"})
	if err != nil {
		return err
	}
	defer s.Close()
	for range 50 {
		list := s.many(20, s.receipt)
		goods := s.many(80, func() entry { return s.sale("delivery") })
		list = append(list, goods...)
		for _, g := range goods {
			list = append(list, s.bill(g))
		}
		if _, err := s.land(list); err != nil {
			return err
		}
	}
	bare, err := floor.Open(s.Path())
	if err != nil {
		return err
	}
	defer bare.Close()
	month := s.day.Month().Prev()
	p := reports.Params{From: month.First(), To: month.Last()}
	for _, r := range []struct {
		report *reports.Report
		limit  string
	}{{reports.SalesSummary, "300 ms"}, {reports.SalesLedger, ""}, {reports.Reconciliation, ""}} {
		took, err := measure(9, func(int) error {
			_, err := r.report.Run(s.Book, p)
			return err
		})
		if err != nil {
			return err
		}
		least, err := measure(5, func(int) error {
			_, err := bare.Read("slip_line", "slip_id IN (SELECT id FROM slip WHERE date BETWEEN ? AND ?)", int64(p.From), int64(p.To))
			return err
		})
		if err != nil {
			return err
		}
		b.add(result{work: r.report.Name + " of a month, flow invoice", size: "90,000 lines", took: took, limit: r.limit, floor: least, what: "its slips' lines read, bare SQLite"})
	}
	return nil
}

// bill is an invoice for all a delivery's lines.
func (s *shop) bill(goods entry) entry {
	number := s.next()
	e := make(entry, len(goods))
	for i, g := range goods {
		e[i] = []string{"sales-invoice", number, s.day.String(), g[3], "", g[5], g[6], s.price(14), g[1], strconv.Itoa(i + 1), "yes"}
	}
	return e
}
