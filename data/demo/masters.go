package demo

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"

	"zhanggui/assets"
	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/data/workflow/exchange"
)

// sheet is one table of the demo company.
type sheet struct {
	at   map[string]int
	rows [][]string
}

// read reads a table; it travels inside the program, so a broken one is a fault of the program.
func read(name string) sheet {
	rows, err := csv.NewReader(bytes.NewReader(assets.Demo(name))).ReadAll()
	if err != nil || len(rows) < 2 {
		panic(fmt.Sprintf("demo table %s: %v", name, err))
	}
	t := sheet{at: map[string]int{}, rows: rows[1:]}
	for i, h := range rows[0] {
		t.at[h] = i
	}
	return t
}

func (t sheet) get(row []string, column string) string {
	if i, ok := t.at[column]; ok {
		return row[i]
	}
	return ""
}

func (t sheet) int(row []string, column string) int {
	n, _ := strconv.Atoi(t.get(row, column))
	return n
}

// in is a value in the book's language: the column itself is Chinese, column_en English where it differs.
func (t sheet) in(l text.Lang, row []string, column string) string {
	if v := t.get(row, column+"_en"); l == text.En && v != "" {
		return v
	}
	return t.get(row, column)
}

// masters imports the standing data and the opening.
func (s *shop) masters() error {
	s.at(s.open.AddDays(-1), 9*60)
	words := s.units()
	for _, step := range []struct {
		kind    string
		columns []string
	}{
		{"categories", []string{"code", "name"}},
		{"suppliers", partyColumns}, {"customers", partyColumns},
		{"products", []string{"code", "name", "name2", "spec", "category", "unit", "barcode", "purchase_price", "sales_price", "reference_cost", "min_stock", "max_stock",
			"supplier", "brand", "unit2", "unit2_factor", "shelf"}},
		{"warehouses", []string{"code", "name", "address", "keeper"}},
		{"accounts", []string{"code", "name", "type", "opening"}},
		{"employees", []string{"code", "name", "department", "phone"}},
	} {
		t := read(step.kind)
		table := &exchange.Table{Name: step.kind, Header: step.columns}
		for i, r := range t.rows {
			cells := make([]string, len(step.columns))
			for c, k := range step.columns {
				switch k {
				case "name2":
					cells[c] = t.in(s.other(), r, "name")
				case "unit", "unit2":
					cells[c] = words[t.get(r, k)]
				case "reference_cost":
					cells[c] = t.get(r, "purchase_price")
				default:
					cells[c] = t.in(s.opt.Lang, r, k)
				}
			}
			table.Rows = append(table.Rows, exchange.Row{Line: i + 2, Cells: cells})
		}
		if _, err := exchange.Import(s.book, step.kind, table, false); err != nil {
			return err
		}
	}
	s.know(words)
	if err := s.openingStock(); err != nil {
		return err
	}
	return s.openingBalances()
}

var partyColumns = []string{"code", "name", "contact", "phone", "address", "tax_no", "bank", "bank_account", "credit_limit", "payment_days", "price_level"}

func (s *shop) other() text.Lang {
	if s.opt.Lang == text.En {
		return text.Zh
	}
	return text.En
}

// units gives each unit its word in the book's language.
func (s *shop) units() map[string]string {
	words := map[string]string{}
	t := read("units")
	for _, r := range t.rows {
		words[t.get(r, "code")] = t.in(s.opt.Lang, r, "code")
	}
	return words
}

// know keeps what the course of trade needs of the standing data.
func (s *shop) know(words map[string]string) {
	t := read("products")
	for _, r := range t.rows {
		g := &good{code: t.get(r, "code"), unit: words[t.get(r, "unit")], unit2: words[t.get(r, "unit2")], factor: t.int(r, "unit2_factor"), category: t.get(r, "category"),
			supplier: t.get(r, "supplier"), min: t.int(r, "min_stock"), max: t.int(r, "max_stock"), lot: t.int(r, "lot"), turn: t.int(r, "turn")}
		g.cost, _ = num.ParsePrice(t.get(r, "purchase_price"))
		g.price, _ = num.ParsePrice(t.get(r, "sales_price"))
		g.home = mainStore
		if g.category == "05" || g.category == "07" { // long or heavy
			g.home = eastStore
		}
		s.goods = append(s.goods, g)
		s.byCategory[g.category] = append(s.byCategory[g.category], g)
	}
	for _, kind := range []string{"customers", "suppliers"} {
		t := read(kind)
		for _, r := range t.rows {
			p := &party{code: t.get(r, "code"), days: t.int(r, "payment_days"), level: t.get(r, "price_level"), weight: t.int(r, "weight"), basket: t.int(r, "basket"),
				habit: t.get(r, "habit"), limit: num.Amount(t.int(r, "credit_limit")) * num.AmountOne}
			for i := 0; i+2 <= len(t.get(r, "buys")); i += 3 {
				p.buys = append(p.buys, t.get(r, "buys")[i:i+2])
			}
			if kind == "customers" {
				s.customers = append(s.customers, p)
			} else {
				s.suppliers = append(s.suppliers, p)
			}
		}
	}
	t = read("employees")
	for _, r := range t.rows {
		s.staff[t.get(r, "role")] = append(s.staff[t.get(r, "role")], person{t.get(r, "code"), t.in(s.opt.Lang, r, "name"), t.in(s.opt.Lang, r, "department")})
	}
	t = read("accounts")
	for _, r := range t.rows {
		a, _ := num.ParseAmount(t.get(r, "opening"))
		s.cash[t.get(r, "code")] = a
	}
}

// openingStock puts a good store into the shelves: some goods just above their minimum, others well filled.
func (s *shop) openingStock() error {
	t := &exchange.Table{Name: "opening-stock", Header: []string{"warehouse", "product", "qty", "cost"}}
	add := func(g *good, w, q int) {
		if q > 0 {
			g.stock[w] += q
			t.Rows = append(t.Rows, exchange.Row{Line: len(t.Rows) + 2, Cells: []string{stores[w], g.code, strconv.Itoa(q), g.cost.String()}})
		}
	}
	for _, g := range s.goods {
		add(g, g.home, round(g.min+s.rand.IntN(max(1, g.max-g.min))))
		add(g, shopFloor, g.floor())
	}
	_, err := exchange.Import(s.book, t.Name, t, false)
	return err
}

// openingBalances are what was owed when the book began; customers owe well below their limits.
func (s *shop) openingBalances() error {
	t := &exchange.Table{Name: "opening-balances", Header: []string{"party_kind", "party", "receivable", "payable"}}
	for _, c := range s.customers {
		if c.limit == 0 || s.chance(30) {
			continue
		}
		c.balance = c.limit/100*num.Amount(10+s.rand.IntN(30)) + num.Amount(s.rand.IntN(10000))
		t.Rows = append(t.Rows, exchange.Row{Line: len(t.Rows) + 2, Cells: []string{"customer", c.code, c.balance.String(), ""}})
	}
	for _, p := range s.suppliers {
		if s.chance(20) {
			continue
		}
		p.balance = num.Amount(3_000_00 + s.rand.IntN(15_000_00))
		t.Rows = append(t.Rows, exchange.Row{Line: len(t.Rows) + 2, Cells: []string{"supplier", p.code, "", p.balance.String()}})
	}
	_, err := exchange.Import(s.book, t.Name, t, false)
	return err
}
