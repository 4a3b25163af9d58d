package demo

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

// scale is how large a company to make for measuring; lines are those of goods, orders included.
type scale struct{ products, vendors, clients, lines, years int }

// scales are the sizes beside the shop.
var scales = map[string]scale{
	"10k":  {2_000, 100, 400, 10_000, 1},
	"100k": {10_000, 500, 2_000, 100_000, 3},
	"1m":   {20_000, 1_000, 4_000, 1_000_000, 5},
}

// wholesaler is the large company while its years are played. Slips go in by import, a week in one transaction.
type wholesaler struct {
	*shop
	size    scale
	wares   []*ware
	clients []*client
	vendors []*client
	last    map[string]int // highest number by kind and month
	table   *exchange.Table
	rows    int // lines of goods so far
}

type ware struct {
	code     string
	cost     num.Price
	price    num.Price
	supplier int
	store    int
	lot      int
	level    int // what is kept of it
	stock    int
	low      bool // waits to be restocked
}

type client struct {
	code string
	days int
	open []bill
	low  []*ware // of a supplier: what is to be restocked
}

type bill struct {
	number string
	day    text.Date
	gross  num.Amount
}

func (w *wholesaler) fill(ctx context.Context) error {
	if err := w.enter(); err != nil {
		return err
	}
	all := (w.opt.Today.Sub(w.open) + 7) / 7
	for week := range all {
		w.opt.Progress(week, all)
		if err := ctx.Err(); err != nil {
			return err
		}
		first := w.open.AddDays(week * 7)
		w.at(first, 9*60)
		w.table = &exchange.Table{Name: "slips", Header: header}
		w.week(first, w.size.lines*(week+1)/all)
		if _, err := exchange.Import(w.book, "slips", w.table, false); err != nil {
			return fmt.Errorf("demo week of %s: %w", first, err)
		}
	}
	w.opt.Progress(all, all)
	return nil
}

// enter imports the shop's standing data, and its goods and parties over again until there are enough.
func (w *wholesaler) enter() error {
	if err := w.masters(); err != nil {
		return err
	}
	for _, f := range []func() *exchange.Table{w.enterSuppliers, w.enterProducts, w.enterCustomers, w.enterStock} {
		t := f()
		for i := range t.Rows {
			t.Rows[i].Line = i + 2
		}
		if _, err := exchange.Import(w.book, t.Name, t, false); err != nil {
			return err
		}
	}
	return nil
}

func (w *wholesaler) enterProducts() *exchange.Table {
	t := &exchange.Table{Name: "products", Header: []string{"code", "name", "name2", "spec", "category", "unit", "barcode", "purchase_price", "sales_price", "reference_cost", "min_stock", "max_stock",
		"supplier", "brand", "shelf"}}
	base := w.book.Masters()
	for i := range w.size.products {
		g := w.goods[i%len(w.goods)]
		r, _ := base.Product(g.code)
		v := i/len(w.goods) + 1
		x := &ware{code: fmt.Sprintf("%s-%02d", g.code, v), supplier: w.rand.IntN(w.size.vendors), store: w.rand.IntN(2), lot: g.lot, cost: cents(g.cost * num.Price(80+w.rand.IntN(60)) / 100)}
		x.price = cents(x.cost * num.Price(112+w.rand.IntN(30)) / 100)
		weekly := float64(w.size.lines) / float64(w.size.years*52) * 0.7 * share(i, w.size.products)
		x.level = x.lot * (6 + int(weekly*5))
		w.wares = append(w.wares, x)
		t.Rows = append(t.Rows, exchange.Row{Cells: []string{x.code, r.Get("name"), r.Get("name2"), fmt.Sprintf("%s #%02d", r.Get("spec"), v), g.category, g.unit, barcode(i), x.cost.String(), x.price.String(),
			x.cost.String(), strconv.Itoa(x.level / 2), strconv.Itoa(x.level * 2), supplierCode(x.supplier), r.Get("brand"), fmt.Sprintf("%s-%03d", r.Get("shelf"), v)}})
	}
	// the quick ones are anywhere in the list
	w.rand.Shuffle(len(w.wares), func(i, j int) {
		a, b := w.wares[i], w.wares[j]
		a.level, b.level = b.level/b.lot*a.lot, a.level/a.lot*b.lot
		w.wares[i], w.wares[j] = b, a
	})
	return t
}

// skew makes a few goods quick and most of them slow: the i-th of n gets share(i, n) of the lines.
const skew = 2.5

func share(i, n int) float64 {
	at := func(k int) float64 { return math.Pow(float64(k)/float64(n), 1/skew) }
	return at(i+1) - at(i)
}

func (w *wholesaler) ware() *ware {
	return w.wares[int(math.Pow(w.rand.Float64(), skew)*float64(len(w.wares)))]
}

// barcode is the i-th EAN-13 of the range that is free within a company.
func barcode(i int) string {
	s := fmt.Sprintf("200%09d", i+1)
	sum := 0
	for k, c := range s {
		sum += int(c-'0') * (1 + k%2*2)
	}
	return s + strconv.Itoa((10-sum%10)%10)
}

func supplierCode(i int) string { return fmt.Sprintf("G%04d", i+1) }

var partyHeader = []string{"code", "name", "contact", "phone", "address", "payment_days"}

// Names of firms are put together from three lists; with a number where they come round again.
var (
	towns  = []text.Text{text.T("苏州", "Suzhou"), text.T("无锡", "Wuxi"), text.T("常州", "Changzhou"), text.T("昆山", "Kunshan"), text.T("吴江", "Wujiang"), text.T("常熟", "Changshu"), text.T("太仓", "Taicang"), text.T("江阴", "Jiangyin"), text.T("宜兴", "Yixing"), text.T("嘉兴", "Jiaxing"), text.T("湖州", "Huzhou"), text.T("南通", "Nantong")}
	words  = []text.Text{text.T("宏远", "Hongyuan"), text.T("恒信", "Hengxin"), text.T("金鼎", "Jinding"), text.T("华泰", "Huatai"), text.T("永兴", "Yongxing"), text.T("顺达", "Shunda"), text.T("新光", "Xinguang"), text.T("嘉禾", "Jiahe"), text.T("天成", "Tiancheng"), text.T("东升", "Dongsheng"), text.T("万里", "Wanli"), text.T("瑞丰", "Ruifeng"), text.T("中兴", "Zhongxing"), text.T("广源", "Guangyuan"), text.T("百顺", "Baishun"), text.T("长青", "Changqing")}
	trades = []text.Text{text.T("建筑工程", "Construction"), text.T("装饰工程", "Decoration"), text.T("机电安装", "M&E Installation"), text.T("物业管理", "Property"), text.T("机械制造", "Machinery"), text.T("家具厂", "Furniture"), text.T("五金店", "Hardware"), text.T("水电安装", "Plumbing"), text.T("门窗厂", "Windows & Doors"), text.T("园林绿化", "Landscaping"), text.T("汽修厂", "Auto Repair"), text.T("市政养护", "Maintenance"), text.T("钢结构", "Steelworks"), text.T("模具厂", "Moulds"), text.T("酒店", "Hotel"), text.T("电气工程", "Electrical")}
)

func (w *wholesaler) firm(i int) (name, address string) {
	l := w.opt.Lang
	town, word, trade := towns[i%len(towns)], words[i/len(towns)%len(words)], trades[(i+i/len(towns)/len(words))%len(trades)]
	name = town.In(l) + word.In(l) + trade.In(l)
	if l == text.En {
		name = town.En + " " + word.En + " " + trade.En
	}
	return name, w.say(fmt.Sprintf("%s市工业路%d号", town.Zh, i%400+1), fmt.Sprintf("%d Gongye Rd, %s", i%400+1, town.En))
}

func (w *wholesaler) enterParties(kind string, n, shift int, code func(int) string, list *[]*client) *exchange.Table {
	t := &exchange.Table{Name: kind, Header: partyHeader}
	for i := range n {
		c := &client{code: code(i), days: []int{15, 30, 30, 45, 60}[w.rand.IntN(5)]}
		*list = append(*list, c)
		name, address := w.firm(i + shift)
		t.Rows = append(t.Rows, exchange.Row{Cells: []string{c.code, name, w.say("张经理", "Mr Zhang"), fmt.Sprintf("0512-0000 %04d", i%10000), address, strconv.Itoa(c.days)}})
	}
	return t
}

func (w *wholesaler) enterSuppliers() *exchange.Table {
	return w.enterParties("suppliers", w.size.vendors, 1000, supplierCode, &w.vendors)
}

func (w *wholesaler) enterCustomers() *exchange.Table {
	return w.enterParties("customers", w.size.clients, 0, func(i int) string { return fmt.Sprintf("K%04d", i+1) }, &w.clients)
}

func (w *wholesaler) enterStock() *exchange.Table {
	t := &exchange.Table{Name: "opening-stock", Header: []string{"warehouse", "product", "qty", "cost"}}
	for _, x := range w.wares {
		x.stock = x.level
		t.Rows = append(t.Rows, exchange.Row{Cells: []string{stores[x.store], x.code, strconv.Itoa(x.stock), x.cost.String()}})
	}
	return t
}

// The columns of the weeks' slips.
var header = []string{"kind", "number", "date", "party", "warehouse", "account", "product", "qty", "price", "amount", "source", "employee", "audit"}

// row writes one line of a slip; of several lines the header's cells are the same.
func (w *wholesaler) row(k *slip.Kind, number string, day text.Date, party, warehouse, account, product, qty, price, amount, source, employee string) {
	w.table.Rows = append(w.table.Rows, exchange.Row{Line: len(w.table.Rows) + 2,
		Cells: []string{k.Code, number, day.String(), party, warehouse, account, product, qty, price, amount, source, employee, "yes"}})
}

// next is the number the program will give: the import keeps it.
func (w *wholesaler) next(k *slip.Kind, day text.Date) string {
	key := k.Prefix + day.Month().String()
	w.last[key]++
	return workflow.FormatNumber(k, day.Month(), w.last[key])
}

// week writes the slips of seven days until there are so many lines of goods in all.
func (w *wholesaler) week(first text.Date, target int) {
	left := 0
	for d := range 7 {
		if day := first.AddDays(d); !w.sunday(day) && day <= w.opt.Today {
			left++
		}
	}
	for d := range 7 {
		day := first.AddDays(d)
		if w.sunday(day) || day > w.opt.Today {
			continue
		}
		quota := w.rows + (target-w.rows)/left
		left--
		w.restockWares(day)
		for tries := 0; w.rows < quota && tries < w.size.lines; tries++ {
			w.deliverWares(day)
		}
		w.takeMoney(day)
	}
}

// restockWares brings in what ran low: a supplier comes when there is enough to carry, or at once for what is all but gone.
func (w *wholesaler) restockWares(day text.Date) {
	for _, v := range w.vendors {
		urgent := false
		for _, x := range v.low {
			urgent = urgent || x.stock < x.level/6
		}
		if len(v.low) == 0 || len(v.low) < 10 && !urgent {
			continue
		}
		b := bill{number: w.next(kinds.GoodsReceipt, day), day: day.AddDays(v.days)}
		for _, x := range v.low {
			price := cents(x.cost * num.Price(97+w.rand.IntN(7)) / 100)
			w.row(kinds.GoodsReceipt, b.number, day, v.code, stores[x.store], "", x.code, strconv.Itoa(x.level), price.String(), "", "", "E04")
			b.gross += amountOf(x.level, price)
			x.stock, x.low = x.stock+x.level, false
			w.rows++
		}
		v.open, v.low = append(v.open, b), v.low[:0]
	}
}

// amountOf is what a line of n at a price comes to with tax.
func amountOf(n int, price num.Price) num.Amount {
	l := slip.Line{Qty: num.Quantity(n) * num.QuantityOne, Price: price, TaxRate: vat}
	_, _, gross, _ := l.Amounts()
	return gross
}

// sold is one line of a delivery.
type sold struct {
	*ware
	n int
}

// deliverWares is one delivery; one in ten follows an order of the same day, three in a hundred have something come back.
func (w *wholesaler) deliverWares(day text.Date) {
	c := w.clients[int(math.Pow(w.rand.Float64(), 1.5)*float64(len(w.clients)))]
	var lines []sold
	seen := map[*ware]bool{}
	for range w.between(4, 16) {
		x := w.ware()
		if n := x.lot * w.between(1, 2); !seen[x] && x.stock >= n {
			seen[x] = true
			lines = append(lines, sold{x, n})
		}
	}
	if len(lines) == 0 {
		return
	}
	employee := []string{"E02", "E03"}[w.rand.IntN(2)]
	order := ""
	if w.chance(10) {
		order = w.next(kinds.SalesOrder, day)
		for _, x := range lines {
			w.row(kinds.SalesOrder, order, day, c.code, stores[x.store], "", x.code, strconv.Itoa(x.n), x.price.String(), "", "", employee)
			w.rows++
		}
	}
	b := bill{number: w.next(kinds.Delivery, day), day: day.AddDays(c.days)}
	for _, x := range lines {
		w.row(kinds.Delivery, b.number, day, c.code, stores[x.store], "", x.code, strconv.Itoa(x.n), x.price.String(), "", order, employee)
		b.gross += amountOf(x.n, x.price)
		w.rows++
		if x.stock -= x.n; x.stock < x.level/2 && !x.low {
			v := w.vendors[x.supplier]
			x.low, v.low = true, append(v.low, x.ware)
		}
	}
	if x := lines[0]; w.chance(3) {
		w.row(kinds.SalesReturn, w.next(kinds.SalesReturn, day), day, c.code, stores[x.store], "", x.code, strconv.Itoa(x.n), "", "", b.number, employee)
		x.stock += x.n
		b.gross -= amountOf(x.n, x.price)
		w.rows++
	}
	if b.gross > 0 {
		c.open = append(c.open, b)
	}
}

// takeMoney collects and pays what is due; every party has its day of the month. The bank is never overdrawn.
func (w *wholesaler) takeMoney(day text.Date) {
	for i := int(day) % 100 % 28; i < len(w.clients); i += 28 {
		w.clear(kinds.Collection, w.clients[i], day, w.clients[i].dueBy(day, -1))
	}
	for i := int(day) % 100 % 28; i < len(w.vendors); i += 28 {
		w.clear(kinds.Payment, w.vendors[i], day, w.vendors[i].dueBy(day, w.cash[bank]))
	}
}

// dueBy counts the oldest bills that are due and fit into what can be spent; below zero: anything fits.
func (c *client) dueBy(day text.Date, spend num.Amount) (n int) {
	var sum num.Amount
	for _, b := range c.open {
		if sum += b.gross; b.day > day || spend >= 0 && sum > spend {
			break
		}
		n++
	}
	return n
}

func (w *wholesaler) clear(k *slip.Kind, c *client, day text.Date, n int) {
	if n == 0 {
		return
	}
	number := w.next(k, day)
	for _, b := range c.open[:n] {
		w.row(k, number, day, c.code, "", bank, "", "", "", b.gross.String(), b.number, "E06")
		if k == kinds.Collection {
			w.cash[bank] += b.gross
		} else {
			w.cash[bank] -= b.gross
		}
	}
	c.open = c.open[n:]
}
