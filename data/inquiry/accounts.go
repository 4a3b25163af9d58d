package inquiry

import (
	"cmp"

	"zhanggui/data/chart"
	"zhanggui/data/master"
)

// AccountsOf are the stock, sales and cost accounts of a category; what it does not name comes from its parents, then from the standard.
func (b *Book) AccountsOf(category string) (stock, sales, cost string) {
	stock, sales, cost = b.named(category)
	return cmp.Or(stock, chart.Goods), cmp.Or(sales, chart.Sales), cmp.Or(cost, chart.CostOfSales)
}

// ServiceAccount is where what a service of a category costs goes (7.3.11).
func (b *Book) ServiceAccount(category string) string {
	_, _, cost := b.named(category)
	return cmp.Or(cost, chart.Administration)
}

// named are the accounts a category or its parents name.
func (b *Book) named(category string) (stock, sales, cost string) {
	for range 20 {
		c, ok := b.Masters().Find(master.Categories.Code, category)
		if !ok {
			break
		}
		stock, sales, cost = cmp.Or(stock, c.Get("stock_account")), cmp.Or(sales, c.Get("sales_account")), cmp.Or(cost, c.Get("cost_account"))
		category = c.Get("parent")
	}
	return stock, sales, cost
}
