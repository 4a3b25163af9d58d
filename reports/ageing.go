package reports

import (
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Ageing 账龄: what is open by how long it is overdue. What a party paid and nobody allocated covers its opening balance first; the rest
// of it stands negative under current.
var Ageing = &Report{Name: "ageing", Title: text.T("账龄分析表", "Ageing"), Area: slip.Money, Params: []string{"as-of", "by", "party"}, By: []string{"receivables", "payables"},
	Columns: []Column{txt("party", "往来单位", "Party"), txt("name", "名称", "Name"), amt("current", "未到期", "Current"), amt("d1_30", "1–30天", "1–30 days"), amt("d31_60", "31–60天", "31–60 days"),
		amt("d61_90", "61–90天", "61–90 days"), amt("d90_plus", "90天以上", "Over 90 days"), amt("total", "合计", "Total")},
	Run: ageing}

// openItem is what is left of a slip, or of an opening balance, at a day.
type openItem struct {
	party   int64
	due     text.Date
	opening bool
	open    num.Amount
}

func ageing(b *workflow.Book, p Params) ([][]string, error) {
	book, typ := slip.Receivable, "customers"
	switch p.By {
	case "", "receivables":
	case "payables":
		book, typ = slip.Payable, "suppliers"
	default:
		return nil, fault.New(fault.Usage, "--by 只能是 receivables 或 payables", "--by is receivables or payables")
	}
	if _, err := one(b, p.Party, typ, otherRole(typ)); err != nil {
		return nil, err
	}
	day := until(b, p)
	items, err := openItems(b, book, day)
	if err != nil {
		return nil, err
	}
	balances, err := b.DB.PartyBalances(day)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, r := range balances {
		who := party(b, r[0])
		if who == nil || slip.Book(str(r[1])) != book || p.Party != "" && p.Party != who.Code() {
			continue
		}
		ages, some := aged(items[i64(r[0])], amount(r[2]), day)
		if !some {
			continue
		}
		row := []string{who.Code(), who.Get("name")}
		for _, a := range ages {
			row = append(row, a.String())
		}
		rows = append(rows, append(row, amount(r[2]).String()))
	}
	return sorted(rows), nil
}

// aged puts a party's open items where they belong. What the balance says beside them is money nobody allocated.
func aged(items []openItem, balance num.Amount, day text.Date) (ages [5]num.Amount, some bool) {
	rest := balance
	for _, x := range items {
		rest -= x.open
	}
	for _, x := range items {
		if x.opening && rest < 0 {
			covered := min(x.open, -rest)
			x.open, rest = x.open-covered, rest+covered
		}
		n := 0
		if late := day.Sub(x.due); late > 0 {
			n = min(1+(late-1)/30, 4)
		}
		ages[n] += x.open
	}
	ages[0] += rest
	return ages, ages != [5]num.Amount{}
}

// openItems works out what was open at the end of a day: the items slips opened, less what was allocated to them and what came back
// of them by then.
func openItems(b *workflow.Book, book slip.Book, day text.Date) (map[int64][]openItem, error) {
	f, err := b.DB.Items(string(book), day)
	if err != nil {
		return nil, err
	}
	var returns []string
	for _, k := range kinds.All {
		if k.ReturnOf != "" {
			returns = append(returns, k.Code)
		}
	}
	backs, err := b.DB.Backs(returns, day)
	if err != nil {
		return nil, err
	}
	opened := map[int64]num.Amount{}
	for _, r := range f {
		opened[i64(r[0])] += amount(r[4])
	}
	credit := map[int64]num.Amount{} // what came back, as far as it was not refunded or taken in exchange
	for _, r := range backs {
		if has := -opened[i64(r[0])]; has > 0 {
			credit[i64(r[1])] += min(has, amount(r[2]))
		}
	}
	list := map[int64][]openItem{}
	for _, r := range f {
		x := openItem{party: i64(r[1]), due: date(r[3]), opening: str(r[2]) == kinds.Opening.Code, open: amount(r[4]) - amount(r[5]) - credit[i64(r[0])]}
		if x.opening {
			x.open = amount(r[4])
		}
		if x.open > 0 {
			list[x.party] = append(list[x.party], x)
		}
	}
	return list, nil
}
