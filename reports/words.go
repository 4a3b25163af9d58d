package reports

import (
	"strings"

	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// refs are the master types whose codes columns and parameters of these names hold.
var refs = map[string][]string{"product": {"products"}, "party": {"customers", "suppliers"}, "customer": {"customers"}, "supplier": {"suppliers"},
	"warehouse": {"warehouses"}, "account": {"gl"}, "employee": {"employees"}, "department": {"departments"}, "category": {"categories"}}

// Refs are the master types that the codes of a column or parameter may belong to; none: it holds no codes. The key column
// of a summary holds those of what it is summarised by.
func (r *Report) Refs(key, by string) []string {
	for _, c := range r.Columns {
		if c.Key == key && c.Ref != "" {
			return []string{c.Ref}
		}
	}
	if key == "key" {
		if by == "" && len(r.By) > 0 {
			by = r.By[0]
		}
		key = by
	}
	return refs[key]
}

// Takes tells whether a report has the parameter.
func (r *Report) Takes(param string) bool { return contains(r.Params, param) }

// Index is the place of a column, -1 if there is none.
func (r *Report) Index(key string) int {
	for i, c := range r.Columns {
		if c.Key == key {
			return i
		}
	}
	return -1
}

var byWords = map[string]text.Text{"": text.T("全部", "All"), "product": text.T("商品", "Product"), "customer": text.T("客户", "Customer"), "supplier": text.T("供应商", "Supplier"),
	"employee": text.T("业务员", "Employee"), "department": text.T("部门", "Department"), "category": text.T("类别", "Category"), "month": text.T("月份", "Month"), "day": text.T("日期", "Day"),
	"warehouse": text.T("仓库", "Warehouse"), "0": text.T("全部在库", "All on hand"), "30": text.T("30 天以上", "30 days or more"), "60": text.T("60 天以上", "60 days or more"),
	"90": text.T("90 天以上", "90 days or more"), "180": text.T("180 天以上", "180 days or more"), "365": text.T("一年以上", "A year or more"),
	"direct": text.T("直接组件", "Direct parts"), "bought": text.T("展到底层", "What is bought"),
	"warn": text.T("按商品预警天数", "Each product's warning"), "expired": text.T("已过期", "Expired"), "within-30": text.T("30 天内到期", "Within 30 days"), "within-90": text.T("90 天内到期", "Within 90 days"),
	"within-180": text.T("180 天内到期", "Within 180 days"), "any": text.T("全部有效期", "Whatever the day"),
	"min-max": text.T("按上下限", "Minimum and maximum"), "speed": text.T("按销售速度", "Sales speed"), "slips": text.T("单据", "Slips"), "lines": text.T("单据明细", "Slips' lines"), "receivables": text.T("应收", "Receivables"), "payables": text.T("应付", "Payables")}

// ByWord is a choice of By in words.
func ByWord(by string) text.Text {
	if k, ok := kinds.ByCode(by); ok {
		return k.Title
	}
	if w, ok := byWords[by]; ok {
		return w
	}
	return text.T(by, by)
}

// Shown is a value as people read it on the window and on paper: thousands commas, per cent, kinds and statuses in words.
// The value itself stays canonical text.
func (c Column) Shown(l text.Lang, v string) string {
	if v == "" {
		return ""
	}
	switch c.Type {
	case slip.TypeAmount:
		if a, err := num.ParseAmount(v); err == nil {
			return a.Grouped()
		}
	case slip.TypeQuantity:
		if q, err := num.ParseQuantity(v); err == nil {
			return q.Grouped()
		}
	case slip.TypePrice:
		if p, err := num.ParsePrice(v); err == nil {
			return p.Short()
		}
	case slip.TypeRate:
		if x, err := num.ParseRate(v); err == nil {
			if c.Key == "margin" || c.Key == "share" || c.Key == "cumulative" { // a column of them is read by places
				return places(strings.TrimSuffix(x.Percent(), "%")) + "%"
			}
			return x.Percent()
		}
	case slip.TypeText:
		return c.word(l, v)
	}
	return v
}

// places fills up to two decimals.
func places(s string) string {
	whole, dec, _ := strings.Cut(s, ".")
	for len(dec) < 2 {
		dec += "0"
	}
	return whole + "." + dec
}

// sideWords are the sides a balance stands on.
var sideWords = map[string]text.Text{"debit": text.T("借", "Dr"), "credit": text.T("贷", "Cr"), "even": text.T("平", "–")}

// wayWords are how goods come into the house.
var wayWords = map[string]text.Text{"make": text.T("自制", "make"), "buy": text.T("外购", "buy")}

// classWords are how badly goods sell.
var classWords = map[string]text.Text{"slow": text.T("滞销", "slow"), "dead": text.T("呆滞", "dead")}

func (c Column) word(l text.Lang, v string) string {
	switch c.Key {
	case "status":
		for _, s := range slip.Statuses {
			if s.Value == v {
				return s.Label.In(l)
			}
		}
	case "side":
		if w, ok := sideWords[v]; ok {
			return w.In(l)
		}
	case "way":
		if w, ok := wayWords[v]; ok {
			return w.In(l)
		}
	case "class":
		if w, ok := classWords[v]; ok {
			return w.In(l)
		}
	case "price_of":
		if f, ok := kinds.PriceChange.HeaderField(c.Key); ok {
			for _, x := range f.Choices {
				if x.Value == v {
					return x.Label.In(l)
				}
			}
		}
	case "kind", "summary":
		if k, ok := kinds.ByCode(v); ok {
			return k.Title.In(l)
		}
	}
	return v
}
