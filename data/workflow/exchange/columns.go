package exchange

import (
	"maps"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// slipColumns are the import columns of slips where the modules are on; more than a kind needs are refused only where they are filled.
// What a kind's declaration has beyond the usual ones stands behind them.
func slipColumns(on slip.On) []slip.Field { return ownColumns(usualColumns, on) }

var usualColumns = []slip.Field{
	f("kind", "单据类型"), f("number", "单号"), f("date", "日期"), f("party", "往来单位"), f("warehouse", "仓库"), f("to_warehouse", "调入仓"), f("account", "资金账户"),
	f("product", "商品编码"), f("qty", "数量"), f("unit", "单位"), f("price", "单价"), f("price_includes_tax", "含税"), f("tax_rate", "税率"), f("discount_rate", "折扣率"),
	f("amount", "金额"), f("source", "源单"), f("source_line", "源单行"), f("due_date", "到期日"), f("employee", "业务员"), f("department", "部门"), f("slip_discount", "整单优惠"), f("paid", "本次收付"),
	f("offset_kind", "核销类型"), f("to_party", "转入单位"), f("allocate_by", "分摊方式"), f("debit_account", "借方科目"), f("credit_account", "贷方科目"), f("redeliver", "需补货"),
	f("external_no", "外部单号"), f("remark", "备注"), f("line_remark", "行备注"), f("allocations", "核销明细"), f("audit", "审核"),
}

// ownColumns adds the fields of the kinds that no usual column carries.
func ownColumns(list []slip.Field, on slip.On) []slip.Field {
	list = slices.Clone(list)
	has := func(key string) bool {
		return slices.ContainsFunc(list, func(f slip.Field) bool { return f.Key == key })
	}
	for _, k := range kinds.All {
		for _, f := range append(slices.Clone(k.Header), k.Lines...) {
			if _, isLine := k.LineField(f.Key); !on.Has(k.Module) || !on.Has(f.Module) || slip.IsSplit(f.Key) || k.Hidden || f.ReadOnly && !f.Again || has(f.Key) || isLine && k.Row.Read != nil {
				continue
			}
			list = append(list, slip.Field{Key: f.Key, Label: text.T(f.Label.Zh, f.Key), Sparse: f.Sparse || len(f.Module) > 0})
		}
	}
	return append(list, listColumns(list, on)...)
}

// listColumns are the column `list`, where a kind has further grids, and of their fields those that nothing else carries.
func listColumns(known []slip.Field, on slip.On) (list []slip.Field) {
	has := func(key string) bool {
		return slices.ContainsFunc(slices.Concat(known, list), func(f slip.Field) bool { return f.Key == key })
	}
	for _, k := range kinds.All {
		if !on.Has(k.Module) {
			continue
		}
		for _, g := range on.Lists(k.Lists) {
			for _, f := range append([]slip.Field{{Key: listKey, Label: text.T("子表", listKey)}}, g.Fields...) {
				if !f.ReadOnly && !has(f.Key) {
					list = append(list, slip.Field{Key: f.Key, Label: text.T(f.Label.Zh, f.Key), Sparse: true})
				}
			}
		}
	}
	return list
}

// listKey is the import column that says which list of a slip a row is of; a row without is one of its own lines.
const listKey = "list"

func f(key, zh string) slip.Field { return slip.Field{Key: key, Label: text.T(zh, key)} }

// columns maps the header onto fields, by key or by the words of either language, in any case. The names that would do are told once.
func columns(t *Table, fields []slip.Field, required []string, faults *fault.Many) map[string]int {
	at := map[string]int{}
	bad := func(zh, en string, args ...any) {
		x := fault.New(fault.Invalid, zh, en, args...)
		x.File, x.Row = t.Name, max(t.Line, 1)
		faults.Add(x)
	}
	if t.Title != "" && fieldNamed(fields, t.Title) != "" { // the header it is, then, and the row behind it is too wide
		bad("下一行的列数比表头多", "the next row has more columns than the header")
		return at
	}
	strange := 0
	for i, h := range t.Header {
		key := fieldNamed(fields, h)
		switch {
		case key == "" && strange == 0:
			strange++
			zh, en := fieldNames(fields)
			bad("没有“%s”这一列，可用的列：%s", "unknown column %q; the columns are %s", text.Short(h), text.T(zh, en))
		case key == "":
			bad("没有“%s”这一列", "unknown column %q", text.Short(h))
		case has2(at, key):
			bad("“%s”列出现两次", "the column %q stands twice", text.Short(h))
		default:
			at[key] = i
		}
	}
	for _, k := range required {
		if !has2(at, k) {
			bad("缺少“%s”列", "the column %q is missing", k)
		}
	}
	return at
}

// fieldNamed is the key of the field that a heading means, empty if it means none.
func fieldNamed(fields []slip.Field, h string) string {
	h = strings.TrimSpace(text.Seen(h, false))
	if h == "" || len(h) > slip.MostName {
		return ""
	}
	for _, f := range fields {
		if strings.EqualFold(h, f.Key) || strings.EqualFold(h, f.Label.En) || strings.EqualFold(h, f.Label.Zh) {
			return f.Key
		}
	}
	return ""
}

// fieldNames are the columns that would do, in both languages.
func fieldNames(fields []slip.Field) (zh, en string) {
	var z, e []string
	for _, f := range fields {
		z, e = append(z, f.Label.Zh), append(e, f.Key)
	}
	return strings.Join(z, "、"), strings.Join(e, ", ")
}

func has2(m map[string]int, k string) bool { _, ok := m[k]; return ok }

// anyKind are columns every slip may fill: they say nothing of what the kind has.
var anyKind = map[string]bool{"kind": true, "number": true, "date": true, "audit": true, "remark": true, "external_no": true, "due_date": true, "warehouse": true, "source": true, "source_line": true}

// remarked tells of a kind whose lines have remarks of their own.
func remarked(k *slip.Kind) bool {
	_, line := k.LineField("remark")
	return line || k.Row.Write != nil
}

// allocates tells of a kind whose slips settle others; of bills the red ones do.
func allocates(k *slip.Kind) bool {
	return k.Bills() || len(k.Lines) == 0 || k.Money.Settles != "" || k.Money.Claims != nil
}

// strange tells of what the row fills that the kind does not have.
func (c *draft) strange(get func(string) string) {
	k := c.kind
	for i := range c.columns {
		f := &c.columns[i]
		v := get(f.Key)
		if v == "" || anyKind[f.Key] || k.Row.Read != nil && journalColumns[f.Key] {
			continue
		}
		if k.Has(f.Key) {
			continue
		}
		debit, _ := k.HeaderField("debit_account")
		credit, _ := k.HeaderField("credit_account")
		switch {
		case f.Key == "line_remark" && remarked(k):
		case f.Key == "allocations" && allocates(k):
		case slices.Contains(slices.Collect(maps.Values(k.Row.Also)), f.Key):
		case (f.Key == "credit_account" || f.Key == "debit_account") && (debit.Default != "" || credit.Default != ""):
		case !k.Taxed && saysNothing(f.Key, v):
		case f.Key == "redeliver" && saysNothing("price_includes_tax", v):
		default:
			c.bad = append(c.bad, fault.New(fault.Invalid, "%s没有“%s”", "a %s has no %s", k.Title, f.Key).At(f.Key))
		}
	}
}

// journalColumns are what a kind that reads its own rows may find in them.
var journalColumns = map[string]bool{"debit_account": true, "credit_account": true, "amount": true, "party": true, "account": true}

// saysNothing: a zero rate and a no say of an untaxed slip what is so anyway.
func saysNothing(key, v string) bool {
	typ, ok := map[string]slip.Type{"tax_rate": slip.TypeRate, "discount_rate": slip.TypeRate, "price_includes_tax": slip.TypeBool}[key]
	r, err := slip.Canonical(slip.Field{Key: key, Type: typ}, v)
	return ok && err == nil && (r == "0" || r == "no")
}

// SlipColumns are the columns of imported and exported slips that the book has.
func SlipColumns(b *workflow.Book) []slip.Field { return slipColumns(b.Settings().Modules) }

// filled are the columns of an export with its rows, without those that came later and say nothing throughout: what an older program
// reads stays what it was.
func filled(t *Table, fields []slip.Field) (*Table, []slip.Field) {
	var gone []int
	for i, f := range fields {
		if f.Sparse && !slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Cells[i] != "" && !(f.Type == slip.TypeBool && r.Cells[i] == "no") }) {
			gone = append(gone, i)
		}
	}
	slices.Reverse(gone)
	for _, i := range gone {
		t.Header = slices.Delete(slices.Clone(t.Header), i, i+1)
		fields = slices.Delete(slices.Clone(fields), i, i+1)
		for r := range t.Rows {
			t.Rows[r].Cells = slices.Delete(t.Rows[r].Cells, i, i+1)
		}
	}
	return t, fields
}
