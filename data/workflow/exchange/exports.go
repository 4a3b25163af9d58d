package exchange

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

// Export gives the table that Import reads back unchanged; its header is the column names.
func Export(w *workflow.Book, kind string) (*Table, []slip.Field, error) {
	b := of(w)
	if kind == "slips" {
		return b.exportSlips()
	}
	if x := broughtBy(kind); x != nil {
		return x.Out(w)
	}
	typ, ok := master.ByCode(kind)
	if mods := slip.Bringing(kind); !ok && mods != nil {
		return nil, nil, slip.SwitchOn(mods)
	}
	if !ok {
		return nil, nil, fault.New(fault.Usage, "不能导出“%s”", "cannot export %q", kind)
	}
	if err := b.Off(typ.Module); err != nil {
		return nil, nil, err
	}
	if err := b.May(typ.Code, "see", "export"); err != nil {
		return nil, nil, err
	}
	t, fields := &Table{Name: kind}, b.Fields(typ)
	for _, f := range fields {
		t.Header = append(t.Header, f.Key)
	}
	records := slices.Clone(b.Masters().List(typ.Code))
	if typ == master.Boms { // a bill's components stand in the order somebody gave them
		slices.SortStableFunc(records, func(x, y *master.Record) int {
			return cmp.Or(cmp.Compare(x.Get("product"), y.Get("product")), cmp.Compare(x.ID, y.ID))
		})
	}
	for _, r := range records {
		if !b.There(r) {
			continue
		}
		if typ == master.OpeningBalances && !r.Figured() { // of an older book: says nothing
			continue
		}
		row := Row{Line: len(t.Rows) + 2}
		for _, f := range fields {
			row.Cells = append(row.Cells, r.Get(f.Key))
		}
		t.Rows = append(t.Rows, row)
	}
	t, fields = filled(t, fields)
	return t, fields, nil
}

// WithVersions adds the column version to an exported table of masters; slips say theirs by NUMBER@VERSION.
func WithVersions(b *workflow.Book, t *Table, fields []slip.Field) ([]slip.Field, error) {
	typ, ok := master.ByCode(t.Name)
	if !ok {
		return nil, fault.New(fault.Usage, "只有资料有版本列", "only masters are exported with versions")
	}
	var keys []int
	for _, k := range typ.KeyFields() {
		keys = append(keys, slices.Index(t.Header, k))
	}
	for i := range t.Rows {
		var key []string
		for _, k := range keys {
			key = append(key, t.Rows[i].Cells[k])
		}
		r, _ := b.Masters().Find(typ.Code, key...)
		version := ""
		if r != nil {
			version = strconv.FormatInt(r.Version, 10)
		}
		t.Rows[i].Cells = append(t.Rows[i].Cells, version)
	}
	t.Header = append(t.Header, versionColumn.Key)
	return append(slices.Clone(fields), versionColumn), nil
}

func (b book) exportSlips() (*Table, []slip.Field, error) {
	t := &Table{Name: "slips"}
	columns, err := b.exported(SlipColumns(b.Book))
	if err != nil {
		return nil, nil, err
	}
	for _, f := range columns {
		t.Header = append(t.Header, f.Key)
	}
	ids, err := b.DB.SlipOrder()
	if err != nil {
		return nil, nil, err
	}
	rounded := map[string]bool{}
	for _, id := range ids {
		d, err := b.DB.Slip(id)
		if err != nil {
			return nil, nil, err
		}
		k, err := b.Kind(d.Kind)
		if err != nil || k.Hidden || !b.Who().May(k.Code, "export") || !b.InScope(d) {
			continue
		}
		if !b.Who().Sees(k.SideOf(d)) {
			own := *k
			own.Veiled = true
			k = &own
		}
		rounded[d.Number] = d.Rounding != 0
		if d.Rounding == 0 && k.Pays() && (k.Money.AtOnce || d.Red(k)) && slices.ContainsFunc(d.Lines, func(l slip.Line) bool { return rounded[l.SourceNumber] }) {
			d.SayRounding() // an empty cell would give it back
		}
		for _, cells := range SlipRows(columns, k, d) {
			t.Rows = append(t.Rows, Row{Line: len(t.Rows) + 2, Cells: cells})
		}
	}
	t, columns = filled(t, columns)
	return t, columns, nil
}

// exported are the columns of those who may give slips out: without what they see of no kind they may.
func (b book) exported(columns []slip.Field) (list []slip.Field, err error) {
	who := b.Who()
	if !who.Asked() {
		return columns, nil
	}
	shown, hidden, some := map[string]bool{}, map[string]bool{}, false
	for _, k := range b.Kinds() {
		if !who.May(k.Code, "export") {
			continue
		}
		some = true
		all, err := b.FullKind(k.Code)
		if err != nil {
			return nil, err
		}
		for _, fields := range [][]slip.Field{all.Header, all.Lines} {
			for _, f := range fields {
				hidden[f.Key] = true
			}
		}
		for _, fields := range [][]slip.Field{k.Header, k.Lines} {
			for _, f := range fields {
				shown[f.Key] = true
			}
		}
		if who.Sees(k.Side()) {
			shown["allocations"], shown["amount"] = true, true
		}
	}
	if !some {
		return nil, b.May(b.firstKind(), "export")
	}
	hidden["allocations"], hidden["amount"] = true, true
	for _, f := range columns {
		if shown[f.Key] || !hidden[f.Key] {
			list = append(list, f)
		}
	}
	return list, nil
}

// firstKind is the kind of which a refusal speaks where none may be given out.
func (b book) firstKind() string {
	for _, k := range b.Kinds() {
		return k.Code
	}
	return "journal-voucher"
}

// SlipRows are the cells of a slip's rows in these columns: its lines, or what it settles and the money left over; then its lists.
func SlipRows(columns []slip.Field, k *slip.Kind, d *slip.Doc) (rows [][]string) {
	n := ownRows(k, d)
	for _, g := range k.Lists {
		n += len(d.Lists[g.Key])
	}
	for i := range n {
		rows = append(rows, exportRow(columns, k, d, i))
	}
	return rows
}

// exportItem gives the cells of a slip's n-th row of its lists; each says of which list it is, and nothing of the slip but its number.
func exportItem(columns []slip.Field, k *slip.Kind, d *slip.Doc, n int) []string {
	cells := make([]string, len(columns))
	for _, g := range k.Lists {
		rows := d.Lists[g.Key]
		if n >= len(rows) {
			n -= len(rows)
			continue
		}
		for c, f := range columns {
			switch own, has := g.Field(f.Key); {
			case has && !own.ReadOnly:
				cells[c] = rows[n].Get(f.Key)
			case f.Key == listKey:
				cells[c] = g.Key
			case f.Key == "kind" || f.Key == "number" || f.Key == "date" || f.Key == "audit":
				cells[c] = exportCell(k, d, 0, f.Key)
			}
		}
		break
	}
	return cells
}

func ownRows(k *slip.Kind, d *slip.Doc) int {
	if len(k.Lines) > 0 {
		return max(1, len(d.Lines), len(d.Splits)+1)
	}
	chosen, rest := exportChosen(d)
	if rest != 0 {
		return len(chosen) + 1
	}
	return max(1, len(chosen))
}

// exportChosen are the allocations a person chose, as rows of an import say them: without what is let off, which comes on top; and
// the money that is not among them.
func exportChosen(d *slip.Doc) (list []slip.Allocation, rest num.Amount) {
	off := d.Discount + d.Rounding
	rest = d.Amount
	for _, a := range d.Allocations {
		if !a.Chosen {
			continue
		}
		if off > 0 {
			less := min(off, max(0, a.Amount-1))
			a.Amount, off = a.Amount-less, off-less
		}
		list, rest = append(list, a), rest-a.Amount
	}
	return list, rest
}

func exportRow(columns []slip.Field, k *slip.Kind, d *slip.Doc, i int) []string {
	if n := ownRows(k, d); i >= n {
		return exportItem(columns, k, d, i-n)
	}
	cells := make([]string, len(columns))
	var own map[string]string
	if k.Row.Write != nil && i < len(d.Lines) {
		own = k.Row.Write(&d.Lines[i])
	}
	for c, f := range columns {
		if v, ok := own[f.Key]; ok {
			cells[c] = v
			continue
		}
		cells[c] = exportCell(k, d, i, f.Key)
	}
	return cells
}

func exportCell(k *slip.Kind, d *slip.Doc, i int, key string) string {
	switch key {
	case "kind":
		return d.Kind
	case "audit":
		if d.Status == slip.Void || d.Status == slip.Closed {
			return string(d.Status)
		}
		return map[bool]string{true: "yes", false: "no"}[d.Status.Live()]
	}
	if key == "allocations" {
		return exportAllocations(k, d, i)
	}
	if _, head := k.HeaderField("remark"); head && key == "remark" {
		return d.Remark
	} else if key == "line_remark" {
		if _, line := k.LineField("remark"); !head || !line || i >= len(d.Lines) {
			return ""
		}
		return d.Lines[i].Remark
	}
	if f, ok := k.LineField(key); ok && k.Row.Write == nil && (!f.ReadOnly || f.Again) {
		if i >= len(d.Lines) {
			return ""
		}
		l := &d.Lines[i]
		switch {
		case key == "warehouse":
			return d.At(l)
		case f.Type == slip.TypeBool && l.Get(key) == "no" && key != "price_includes_tax":
			return ""
		}
		return l.Get(key)
	}
	if len(k.Lines) == 0 && (key == "source" || key == "amount") {
		return exportMoney(d, i, key)
	}
	if k.Pays() && i > 0 && (key == "paid" || key == "account") {
		if i > len(d.Splits) {
			return ""
		}
		return d.Get(key + strconv.Itoa(i+1))
	}
	if _, ok := k.HeaderField(key); !ok && !anyKind[key] || key == "amount" && i > 0 {
		return ""
	}
	return d.Get(key)
}

// nothingSettled says of an audited slip that it settles no other: an empty cell would let the import choose.
const nothingSettled = "none"

// exportAllocations is all that an audited slip settles, also what the program chose, as it stands: NUMBER:AMOUNT, a space between.
func exportAllocations(k *slip.Kind, d *slip.Doc, i int) string {
	if k.Veiled || i > 0 || !d.Status.Live() || !allocates(k) || k.Claims(d) == nil && !(k.Bills() && d.Gross < 0) {
		return ""
	}
	var list []string
	for _, a := range d.Allocations {
		list = append(list, a.Target+":"+a.Amount.String())
	}
	if list == nil {
		return nothingSettled
	}
	return strings.Join(list, " ")
}

func exportMoney(d *slip.Doc, i int, key string) string {
	chosen, rest := exportChosen(d)
	a := slip.Allocation{Amount: rest}
	if i < len(chosen) {
		a = chosen[i]
	}
	if key == "source" {
		return a.Target
	}
	return a.Amount.String()
}
