package reports

import (
	"cmp"
	"strings"

	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// PriceHistory 调价历史: what price changes put into force, oldest first: the list's prices, a price level's, or a customer's.
var PriceHistory = withSpec(&Report{Name: "price-history", Narrows: ofSlips, Title: text.T("调价历史", "Price history"), Area: slip.Sales, Params: []string{"from", "to", "party", "product"},
	Columns: []Column{good, itsName, dated, numbered, txt("price_of", "调整", "Change").called(changeOf).sided(priceTag),
		txt("price_level", "价格级别", "Price level"), txt("party", "客户", "Customer").of(master.Customers.Code).grows(3), unit("old_price", "原价", "Old price", slip.TagSales), unit("price", "新价", "New price", slip.TagSales),
		txt(master.InclTax, "含税否", "Tax").called(withTax)},
	Run: priceHistory})

// withTax says of a price whether it holds the tax.
func withTax(v string) (text.Text, bool) {
	words, ok := map[string]text.Text{"yes": text.T("含税", "with tax"), "no": text.T("不含税", "before tax")}[v]
	return words, ok
}

// priceTag is the tag of a product's price by the field it stands in.
func priceTag(field string) slip.Tag {
	f, _ := master.Products.Field(field)
	return f.Tag
}

func priceHistory(b *workflow.Book, p Params) ([]Row, error) {
	if _, err := one(b, p.Product, master.Products.Code); err != nil {
		return nil, err
	}
	if _, err := one(b, p.Party, master.Customers.Code); err != nil {
		return nil, err
	}
	f := inquiry.Filter{From: p.From, To: p.To, Status: []slip.Status{slip.Audited}, Product: p.Product}
	for _, k := range kinds.All {
		if k.Reprices {
			f.Kinds = append(f.Kinds, k.Code)
		}
	}
	list, err := b.List(f, inquiry.Sorting{Key: "date"})
	if err != nil {
		return nil, err
	}
	slips, err := b.Rows(list.IDs)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, s := range slips {
		d, err := b.Load(s.Number)
		if err != nil {
			return nil, err
		}
		rows = append(rows, changedPrices(b, d, p)...)
	}
	return sorted(rows), nil
}

// changedPrices are the rows of one price change.
func changedPrices(b *workflow.Book, d *slip.Doc, p Params) (rows []Row) {
	what := cmp.Or(d.Get("price_of"), master.SalesPrice)
	for i := range d.Lines {
		l := &d.Lines[i]
		prod, ok := b.Masters().Product(l.Product)
		if !ok || p.Product != "" && !strings.EqualFold(p.Product, l.Product) || p.Party != "" && p.Party != d.Extra["customer"] {
			continue
		}
		tax := Word("no")
		if b.RepricedWithTax(d, l) {
			tax = "yes"
		}
		rows = append(rows, Row{Word(prod.Code()), Word(prod.Get("name")), d.Date, Word(d.Number), Word(what), Word(d.Extra["price_level"]), Word(d.Extra["customer"]), oldPrice(l.Extra["old_price"]), l.Price, tax})
	}
	return rows
}

// oldPrice is what a line says the price was; lines entered before it was kept say nothing.
func oldPrice(v string) Cell {
	if p, err := num.ParsePrice(v); v != "" && err == nil {
		return p
	}
	return None
}
