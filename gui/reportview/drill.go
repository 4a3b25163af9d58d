package reportview

import (
	"slices"

	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/reports"
)

// Behind is what Enter does on a cell: the words for it and the deed, nil if nothing is behind. First counts what the cell
// itself names, then the slip of the row, then what else the row is about; at last the report the figures come from.
func (v *ReportScreen) Behind(row, col int) (string, func()) {
	if row >= len(v.Order) || col <= 0 || col >= len(v.Cols) {
		return "", nil
	}
	cells := v.Rows[v.Order[row]]
	if key := v.Cols[col].Key; key == "voucher" && v.value(cells, "number") != "" {
		return v.s.Tr("看凭证", "opens the voucher"), func() { v.s.OpenVoucher(v.value(cells, "number")) }
	}
	if words, open := v.about(v.Cols[col].Key, cells); open != nil {
		return words, open
	}
	if n := v.value(cells, "number"); n != "" {
		return v.s.Tr("打开 %s", "opens %s", n), func() { v.s.OpenSlip(n) }
	}
	for _, c := range v.R.Columns {
		if words, open := v.about(c.Key, cells); open != nil {
			return words, open
		}
	}
	return v.source(cells)
}

// OpenCell does what Enter does on the cell.
func (v *ReportScreen) OpenCell(row, col int) {
	if _, open := v.Behind(row, col); open != nil {
		open()
	}
}

func (v *ReportScreen) value(cells reports.Row, key string) string {
	if i := v.R.Index(key); i >= 0 {
		return cells[i].String()
	}
	return ""
}

// span is the report's own time as a period for the next one.
func (v *ReportScreen) span() reports.Params {
	p := reports.Params{From: v.P.From, To: v.P.To}
	if p.To == 0 {
		p.To = v.P.AsOf
	}
	return p
}

// about opens what is known of the record a cell names: a product's ledger, a party's statement, an account's book.
func (v *ReportScreen) about(key string, cells reports.Row) (string, func()) {
	code := v.value(cells, key)
	if code == "" {
		return "", nil
	}
	if key == "key" || key == "month" {
		if words, open := v.summary(code); open != nil {
			return words, open
		}
	}
	if key == "lot" {
		return v.aboutLot(code, cells)
	}
	p, name := v.span(), ""
	for _, t := range v.R.Refs(key, v.P.By) {
		if _, ok := v.s.Book().Masters().Find(t, code); !ok {
			continue
		}
		switch t {
		case master.Products.Code:
			name, p.Product, p.Warehouse = "stock-ledger", code, v.P.Warehouse
			if p.Warehouse == "" {
				p.Warehouse = v.value(cells, "warehouse")
			}
		case master.Customers.Code, master.Suppliers.Code:
			name, p.Party = "party-statement", code
		case master.Warehouses.Code:
			name, p.Warehouse = "stock-movement", code
		case "accounts":
			name, p.Account = "cash-book", code
		case "gl":
			name, p.Account = "journal", code
			if _, ok := reports.ByName("general-ledger"); ok && v.R.Name != "general-ledger" {
				name = "general-ledger"
			}
		}
		break
	}
	return v.opens(name, p, code)
}

// aboutLot opens where a lot came from and who got it, or where a serial number has been.
func (v *ReportScreen) aboutLot(lot string, cells reports.Row) (string, func()) {
	name, p := reports.Recall.Name, reports.Params{Lot: lot, Product: v.value(cells, "product")}
	if prod, ok := v.s.Book().Masters().Product(p.Product); ok && prod.Serial() {
		name = reports.SerialHistory.Name
	}
	return v.opens(name, p, lot)
}

// opens leads to another report, unless it is this one as it stands.
func (v *ReportScreen) opens(name string, p reports.Params, of string) (string, func()) {
	r, ok := reports.ByName(name)
	if !ok || r.Name == v.R.Name && p == v.P {
		return "", nil
	}
	return v.s.Tr("看%s %s", "opens %s %s", r.Title, of), func() { OpenReport(v.s, r, p) }
}

// summary goes from a month to its days and from a day to who it was with.
func (v *ReportScreen) summary(key string) (string, func()) {
	p := v.span()
	if m, err := text.ParseMonth(key); err == nil && len(key) == len("2026-01") {
		p.From, p.To = max(p.From, m.First()), m.Last()
		if v.P.To != 0 {
			p.To = min(p.To, v.P.To)
		}
		if slices.Contains(v.R.Ways(), "day") {
			p.By = "day"
			return v.s.Tr("看 %s 每天", "opens the days of %s", key), func() { OpenReport(v.s, v.R, p) }
		}
		return v.opens("journal", p, key)
	}
	if d, err := text.ParseDate(key); err == nil && slices.Contains(v.R.Ways(), "day") {
		p.From, p.To = d, d
		for _, by := range []string{"customer", "supplier", "product"} {
			if slices.Contains(v.R.Ways(), by) {
				p.By = by
				return v.s.Tr("看 %s 按%s", "opens %s by %s", key, v.R.Word(by)), func() { OpenReport(v.s, v.R, p) }
			}
		}
	}
	return "", nil
}

// source is the report that a statement's figures are made of.
func (v *ReportScreen) source(reports.Row) (string, func()) {
	switch v.R.Name {
	case "balance-sheet", "income-statement":
		return v.opens("trial-balance", v.span(), "")
	}
	return "", nil
}
