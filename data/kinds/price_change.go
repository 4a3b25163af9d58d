package kinds

import (
	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// PriceChange 调价单: new prices from its date on: the list's, a price level's, or one customer's. The slips are the history; each line
// keeps the price before.
var PriceChange = &slip.Kind{
	Code: "price-change", Title: text.T("调价单", "Price change"), Prefix: "TJ", Group: slip.Sales, Reprices: true,
	Header: []slip.Field{date,
		{Key: "price_of", Label: text.T("调整", "Change"), Type: slip.TypeChoice, Default: "sales_price", Width: 110, Choices: []slip.Choice{
			{Value: "sales_price", Label: text.T("售价", "Sales price")}, {Value: "purchase_price", Label: text.T("进价", "Purchase price")}}},
		field("price_level", "价格级别", "Price level", slip.TypeText, 90), ref("customer", "客户", "Customer", "customers", 250), employee, department, externalNo, remark},
	Lines: []slip.Field{lineProduct, lineName, lineSpec, again(shown(money("old_price", "原价", "Old price", slip.TypePrice, 92))), must(money("price", "新价", "New price", slip.TypePrice, 92)), lineRemark},
	Paper: slip.Paper{Layout: "voucher", Plies: salesPlies, Hands: []slip.Hand{maker, auditor, hand("批准", "Approved by", "")}},
	Check: func(d *slip.Doc) fault.List {
		if (d.Extra["price_level"] != "" || d.Extra["customer"] != "") && d.Extra["price_of"] == "purchase_price" || d.Extra["price_level"] != "" && d.Extra["customer"] != "" {
			return fault.List{fault.New(fault.Invalid, "售价可按级别或客户之一调整，进价只有一个", "a sales price is changed for a level or for a customer; there is one purchase price").At("price_level")}
		}
		return nil
	},
	Sided: func(d *slip.Doc) slip.Tag {
		if d.Extra["price_of"] == "purchase_price" {
			return slip.TagPurchase
		}
		return slip.TagSales
	},
	Post: func(*slip.Doc) (slip.Effects, error) { return slip.Effects{}, nil },
}
