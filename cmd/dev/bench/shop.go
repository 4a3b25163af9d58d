package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

const linesPerSlip = 10

// The masters of every measured book.
const (
	products  = 20_000
	customers = 4_500
	suppliers = 500
)

// shop is a book under measure and what its generator remembers of it. The same shop comes out every time.
type shop struct {
	*workflow.Book
	rnd     *rand.Rand
	slips   int
	stocked int // products that were received
	left    []int
	day     text.Date
	perDay  int // slips of a day
}

// open makes an empty shop with its masters, from January 2021 on.
func open(path string) (*shop, error) { return openAs(path, workflow.Settings{}) }

// openAs is open with rules of stock.
func openAs(path string, set workflow.Settings) (*shop, error) {
	set.Company, set.Start, set.VAT = "恒达五金", 202101, 1300
	b, err := workflow.Create(path, set)
	if err != nil {
		return nil, err
	}
	s := &shop{Book: b, rnd: rand.New(rand.NewPCG(1, 2)), left: make([]int, products), day: 20210101, perDay: 20}
	for _, m := range []struct {
		kind   string
		header []string
		n      int
		row    func(i int) []string
	}{
		{"warehouses", []string{"code", "name"}, 2, func(i int) []string { return []string{fmt.Sprint("W", i+1), "仓库" + strconv.Itoa(i+1)} }},
		{"accounts", []string{"code", "name", "type"}, 1, func(i int) []string { return []string{"K", "现金", "cash"} }},
		{"suppliers", []string{"code", "name"}, suppliers, func(i int) []string { return []string{supplier(i), "供应商" + strconv.Itoa(i)} }},
		{"customers", []string{"code", "name", "payment_days"}, customers, func(i int) []string { return []string{customer(i), "客户" + strconv.Itoa(i), "30"} }},
		{"products", []string{"code", "name", "unit", "spec", "barcode", "purchase_price", "sales_price"}, products, func(i int) []string {
			return []string{product(i), name(s.rnd), "个", spec(i), barcode(i), "10", "16.5"}
		}},
	} {
		t := &exchange.Table{Name: m.kind, Header: m.header}
		for i := range m.n {
			t.Rows = append(t.Rows, exchange.Row{Line: i + 2, Cells: m.row(i)})
		}
		if _, err := exchange.Import(b, m.kind, t, false); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func product(i int) string  { return fmt.Sprintf("P%06d", i) }
func customer(i int) string { return fmt.Sprintf("C%04d", i) }
func supplier(i int) string { return fmt.Sprintf("S%04d", i) }
func barcode(i int) string  { return fmt.Sprintf("69%011d", i*7919) }
func spec(i int) string     { return fmt.Sprintf("M%d×%d", 3+i%17, 10+i%90) }

// name makes a Chinese name of goods.
func name(rnd *rand.Rand) string {
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	return pick("红星", "长城", "大号", "不锈钢", "加长", "十字", "世达", "得力", "家用", "重型") +
		pick("螺丝", "螺母", "垫片", "扳手", "锤子", "钳子", "电钻", "卷尺", "胶带", "插座", "角磨机", "砂纸") + pick("刀", "套装", " M8", " M10", "组合", "(盒)", "加厚")
}

var header = []string{"kind", "number", "date", "party", "warehouse", "product", "qty", "price", "source", "source_line", "audit"}

// entry is the rows of one slip.
type entry [][]string

func (s *shop) next() string {
	s.slips++
	if s.slips%s.perDay == 0 {
		s.day = s.day.AddDays(1)
	}
	return fmt.Sprint("n", s.slips)
}

func (s *shop) price(low int) string {
	return fmt.Sprintf("%d.%02d", low+s.rnd.IntN(4), s.rnd.IntN(100))
}

// receipt brings ten products, those that were never received first.
func (s *shop) receipt() entry {
	number, party := s.next(), supplier(s.rnd.IntN(suppliers))
	e := make(entry, linesPerSlip)
	for i := range e {
		p := s.rnd.IntN(products)
		if s.stocked < products {
			p = s.stocked
			s.stocked++
		}
		s.left[p] += 1000
		e[i] = []string{"goods-receipt", number, s.day.String(), party, "W1", product(p), "1000", s.price(8), "", "", "yes"}
	}
	return e
}

// sale is a delivery or an order of ten products that are there.
func (s *shop) sale(kind string) entry {
	number, party := s.next(), customer(s.rnd.IntN(customers))
	e := make(entry, linesPerSlip)
	for i := range e {
		p, q := s.take()
		e[i] = []string{kind, number, s.day.String(), party, "W1", product(p), strconv.Itoa(q), s.price(14), "", "", "yes"}
	}
	return e
}

// take chooses goods that are there.
func (s *shop) take() (p, qty int) {
	for p = s.rnd.IntN(s.stocked); s.left[p] < 10; {
		p = s.rnd.IntN(s.stocked)
	}
	qty = 1 + s.rnd.IntN(9)
	s.left[p] -= qty
	return p, qty
}

// follow is a delivery of all an order's lines.
func (s *shop) follow(order entry) entry {
	number := s.next()
	e := make(entry, len(order))
	for i, o := range order {
		e[i] = []string{"delivery", number, s.day.String(), o[3], "W1", o[5], o[6], "", o[1], strconv.Itoa(i + 1), "yes"}
	}
	return e
}

// many makes n entries.
func (s *shop) many(n int, f func() entry) []entry {
	list := make([]entry, n)
	for i := range list {
		list[i] = f()
	}
	return list
}

// land imports slips in one transaction.
func (s *shop) land(list []entry) (lines int, err error) {
	t := &exchange.Table{Name: "slips", Header: header}
	for _, e := range list {
		for _, r := range e {
			t.Rows = append(t.Rows, exchange.Row{Line: len(t.Rows) + 2, Cells: r})
		}
	}
	_, err = exchange.Import(s.Book, "slips", t, false)
	return len(t.Rows), err
}

// fill brings the shop to so many slip lines: a fifth receipts, the rest deliveries.
func (s *shop) fill(lines, have int) error {
	for have < lines {
		n, err := s.land(append(s.many(20, s.receipt), s.many(80, func() entry { return s.sale("delivery") })...))
		if err != nil {
			return err
		}
		have += n
	}
	return nil
}

// delivery is a new slip as the form hands it over.
func (s *shop) delivery() *slip.Doc {
	d := &slip.Doc{Kind: "delivery", Date: s.day, Party: customer(s.rnd.IntN(customers)), Warehouse: "W1"}
	for range linesPerSlip {
		p, q := s.take()
		d.Lines = append(d.Lines, slip.Line{Product: product(p), Qty: num.Quantity(q) * num.QuantityOne, Price: num.Price(14_000_000 + s.rnd.IntN(4_000_000)), PriceGiven: true})
	}
	return d
}
