package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Table is a file read into rows: the header and, for each row, its cells and its line in the file.
type Table struct {
	Name   string
	Header []string
	Rows   []Row
}

// Row is one record of a Table.
type Row struct {
	Line  int
	Cells []string
}

// Imported tells what an import did.
type Imported struct {
	New, Changed, Unchanged int
	Slips, Lines            int
	Notes                   []text.Text
	Warnings                fault.List
}

// SlipColumns are the import columns of slips; more than a kind needs are refused only where they are filled. What a kind's
// declaration has beyond the usual ones stands behind them.
var SlipColumns = ownColumns([]slip.Field{
	f("kind", "单据类型"), f("number", "单号"), f("date", "日期"), f("party", "往来单位"), f("warehouse", "仓库"), f("to_warehouse", "调入仓"), f("account", "资金账户"),
	f("product", "商品编码"), f("qty", "数量"), f("unit", "单位"), f("price", "单价"), f("price_includes_tax", "含税"), f("tax_rate", "税率"), f("discount_rate", "折扣率"),
	f("amount", "金额"), f("source", "源单"), f("source_line", "源单行"), f("due_date", "到期日"), f("employee", "业务员"), f("department", "部门"), f("slip_discount", "整单优惠"), f("paid", "本次收付"),
	f("offset_kind", "核销类型"), f("to_party", "转入单位"), f("allocate_by", "分摊方式"), f("debit_account", "借方科目"), f("credit_account", "贷方科目"), f("redeliver", "需补货"),
	f("external_no", "外部单号"), f("remark", "备注"), f("audit", "审核"),
})

// ownColumns adds the fields of the kinds that no usual column carries.
func ownColumns(list []slip.Field) []slip.Field {
	has := func(key string) bool {
		return slices.ContainsFunc(list, func(f slip.Field) bool { return f.Key == key })
	}
	for _, k := range kinds.All {
		for _, f := range append(slices.Clone(k.Header), k.Lines...) {
			if _, isLine := k.LineField(f.Key); slip.IsSplit(f.Key) || k.Hidden || f.ReadOnly || has(f.Key) || isLine && k.Row.Read != nil {
				continue
			}
			list = append(list, slip.Field{Key: f.Key, Label: text.T(f.Label.Zh, f.Key)})
		}
	}
	return list
}

func f(key, zh string) slip.Field { return slip.Field{Key: key, Label: text.T(zh, key)} }

// Import reads a table of masters or slips in one transaction: every row lands, or none, and all faults are listed.
// A dry run checks everything and lands nothing.
func (b *Book) Import(kind string, t *Table, dry bool) (Imported, error) {
	list, err := b.ImportAll(kind, []*Table{t}, dry)
	return list[0], err
}

// ImportAll reads several tables of a kind, one after the other, in one transaction, and tells of each what it did.
func (b *Book) ImportAll(kind string, tables []*Table, dry bool) ([]Imported, error) {
	list := make([]Imported, len(tables))
	err := b.write(func(tx *store.Tx) error {
		var faults fault.List
		for i, t := range tables {
			more, err := b.importTable(tx, kind, t, &list[i])
			if err != nil {
				return err
			}
			faults = append(faults, more...)
		}
		switch {
		case len(faults) > 0:
			return faults
		case dry:
			return store.ErrTrial
		}
		return nil
	})
	if dry && err == store.ErrTrial {
		err = nil
	}
	return list, err
}

func (b *Book) importTable(tx *store.Tx, kind string, t *Table, res *Imported) (faults fault.List, err error) {
	if kind == "slips" {
		faults, err = b.importSlips(tx, t, res)
	} else if typ, ok := master.ByCode(kind); ok && typ != master.GL {
		faults, err = b.importMasters(tx, typ, t, res)
	} else {
		return nil, fault.New(fault.Usage, "不能导入“%s”", "cannot import %q", kind)
	}
	if err != nil || len(faults) > 0 {
		return faults, err
	}
	return nil, b.log(tx, "import", kind, t.Name)
}

// columns maps the header onto fields, by key or by the words of either language.
func columns(t *Table, fields []slip.Field, required []string) (map[string]int, fault.List) {
	at := map[string]int{}
	var faults fault.List
	bad := func(zh, en string, args ...any) {
		x := fault.New(fault.Invalid, zh, en, args...)
		x.File, x.Row = t.Name, 1
		faults = append(faults, x)
	}
	known := text.T("", "")
	for _, f := range fields {
		known = text.T(known.Zh+"、"+f.Label.Zh, known.En+", "+f.Key)
	}
	known = text.T(strings.TrimPrefix(known.Zh, "、"), strings.TrimPrefix(known.En, ", "))
	for i, h := range t.Header {
		h = strings.TrimSpace(h)
		key := ""
		for _, f := range fields {
			if h == f.Key || strings.EqualFold(h, f.Label.En) || h == f.Label.Zh {
				key = f.Key
				break
			}
		}
		switch {
		case key == "":
			bad("没有“%s”这一列，可用的列：%s", "unknown column %q; the columns are %s", h, known)
		case has2(at, key):
			bad("“%s”列出现两次", "the column %q stands twice", h)
		default:
			at[key] = i
		}
	}
	for _, k := range required {
		if !has2(at, k) {
			bad("缺少“%s”列", "the column %q is missing", k)
		}
	}
	return at, faults
}

func has2(m map[string]int, k string) bool { _, ok := m[k]; return ok }

func (b *Book) importMasters(tx *store.Tx, typ *master.Type, t *Table, res *Imported) (fault.List, error) {
	var need []string
	for _, f := range typ.Fields {
		if f.Required {
			need = append(need, f.Key)
		}
	}
	at, faults := columns(t, typ.Fields, need)
	if len(faults) > 0 {
		return faults, nil
	}
	seen := map[string]int{}
	for _, row := range t.Rows {
		r := &master.Record{Type: typ, Values: map[string]string{}}
		for k, i := range at {
			if i < len(row.Cells) {
				r.Values[k] = strings.TrimSpace(row.Cells[i])
			}
		}
		list := b.importRecord(tx, r, row.Line, seen, res)
		for _, x := range list {
			x.File, x.Row, x.Line = t.Name, row.Line, 0
		}
		faults = append(faults, list...)
	}
	if len(faults) > 0 {
		return faults, nil
	}
	return nil, b.afterMasters(tx, typ)
}

func (b *Book) importRecord(tx *store.Tx, r *master.Record, line int, seen map[string]int, res *Imported) fault.List {
	if faults := b.create(tx, r, res); len(faults) > 0 {
		return faults
	}
	given := map[string]bool{}
	for k := range r.Values {
		given[k] = true
	}
	if r.Type == master.OpeningStock && (r.Get("cost") != "" || r.Get("amount") != "") { // one says what the other said before
		given["cost"], given["amount"] = true, true
	}
	key := strings.Join(keysOf(r), " ")
	old, exists := tx.Master(r.Type.Code, keysOf(r)...)
	if exists { // what the file does not name stays
		for k, v := range old.Values {
			if !given[k] {
				r.Values[k] = v
			}
		}
		r.ID = old.ID
		if !given["initials"] && r.Get("name") != old.Get("name") && r.Get("initials") == text.Initials(old.Get("name")) {
			r.Values["initials"] = "" // the program's own go with the name
		}
	}
	faults := b.checkMaster(tx, r)
	if first, twice := seen[key]; twice && strings.TrimSpace(key) != "" {
		faults = append(faults, fault.New(fault.Invalid, "%s 在第 %d 行已出现", "%s stands already on line %d", key, first).At(r.Type.KeyFields()[0]))
	}
	seen[key] = line
	if len(faults) > 0 {
		return faults
	}
	initials(r)
	if exists && same(old, r) {
		res.Unchanged++
		return nil
	}
	if err := tx.SaveMaster(r); err != nil {
		return fault.List{fault.New(fault.Invalid, "无法保存：%v", "cannot be saved: %v", err)}
	}
	if exists {
		res.Changed++
	} else {
		res.New++
	}
	return nil
}

// create makes units and categories that products name and nobody entered yet.
func (b *Book) create(tx *store.Tx, r *master.Record, res *Imported) fault.List {
	if r.Type != master.Products {
		return nil
	}
	for _, key := range []string{"unit", "unit2", "category"} {
		typ := master.Units
		if key == "category" {
			typ = master.Categories
		}
		v := r.Values[key]
		if v == "" && key == "unit" {
			v = "件"
		}
		if v == "" {
			continue
		}
		if _, ok := tx.Master(typ.Code, v); ok {
			continue
		}
		if err := tx.SaveMaster(&master.Record{Type: typ, Values: map[string]string{"code": v, "name": v}}); err != nil {
			return fault.List{fault.New(fault.Invalid, "无法新建 %s", "cannot create %s", v).At(key)}
		}
		res.Notes = append(res.Notes, text.Tf("新建%s“%s”", "created %s %q", typ.One, v))
	}
	return nil
}

func initials(r *master.Record) {
	if _, ok := r.Type.Field("initials"); ok && r.Values["initials"] == "" {
		if v := text.Initials(r.Values["name"]); v != "" {
			r.Values["initials"] = v
		}
	}
}

func same(a, b *master.Record) bool {
	for _, f := range a.Type.Fields {
		if a.Values[f.Key] != b.Values[f.Key] {
			return false
		}
	}
	return true
}

// kindNamed finds a kind by its code or by its title in either language.
func kindNamed(s string) (*slip.Kind, error) {
	for _, k := range kinds.All {
		if s != "" && (s == k.Title.Zh || strings.EqualFold(s, k.Title.En)) {
			return k, nil
		}
	}
	return kindOf(s)
}

// draft is one slip of the file being gathered.
type draft struct {
	doc   *slip.Doc
	kind  *slip.Kind
	rows  []int // file line of each slip line
	first int
	said  map[string]string // what the first row says of the whole slip
	audit bool
	void  bool // only its number and what it said are kept
	close bool // by hand, once what follows from it is there
	bad   fault.List
}

func (b *Book) importSlips(tx *store.Tx, t *Table, res *Imported) (fault.List, error) {
	at, faults := columns(t, SlipColumns, []string{"kind", "number", "date"})
	if len(faults) > 0 {
		return faults, nil
	}
	if err := b.reserve(tx, t, at); err != nil {
		return nil, err
	}
	var cur *draft
	failed, given := map[string]bool{}, map[[2]string]string{}
	var closed []*draft
	flush := func() error {
		if cur == nil {
			return nil
		}
		number := cur.doc.Number
		if err := cur.rename(tx, given); err != nil {
			return err
		}
		told := len(res.Warnings)
		list, err := b.land(tx, cur, failed, res)
		if cur.doc.Number != number && len(list) == 0 { // what hangs on a faulty slip still finds it by what the file calls it
			given[[2]string{cur.doc.Kind, number}] = cur.doc.Number
		}
		for _, x := range slices.Concat(list, res.Warnings[told:]) {
			x.File = t.Name
			x.Row = cur.first
			if x.Line > 0 && x.Line <= len(cur.rows) {
				x.Row = cur.rows[x.Line-1]
			}
			x.Line = 0
		}
		if faults = append(faults, list...); cur.close {
			closed = append(closed, cur)
		}
		cur = nil
		return err
	}
	var prevKind, prevNumber string
	for _, row := range t.Rows {
		get := func(k string) string {
			if i, ok := at[k]; ok && i < len(row.Cells) {
				return strings.TrimSpace(row.Cells[i])
			}
			return ""
		}
		if cur == nil || get("kind") != prevKind || get("number") != prevNumber {
			if err := flush(); err != nil {
				return nil, err
			}
			prevKind, prevNumber = get("kind"), get("number")
			cur = &draft{first: row.Line, doc: &slip.Doc{Kind: prevKind, Number: prevNumber}}
			k, err := kindNamed(prevKind)
			if err == nil {
				cur.doc.Kind = k.Code
			}
			if err != nil || k.Hidden {
				cur.bad = append(cur.bad, fault.New(fault.Invalid, "没有单据类型“%s”", "there is no slip kind %q", prevKind).At("kind"))
			} else {
				cur.kind = k
			}
			if prevNumber == "" {
				cur.bad = append(cur.bad, fault.New(fault.Invalid, "缺少单号", "number is missing").At("number"))
			}
			if cur.kind != nil {
				cur.header(get)
			}
		} else if cur.kind != nil {
			cur.again(get)
		}
		if cur.kind != nil {
			cur.row(get, row.Line)
		}
	}
	if err := flush(); err != nil || len(faults) > 0 {
		return faults, err
	}
	return b.closeAll(tx, t, closed)
}

// closeAll closes the orders that were closed by hand where the file comes from, now that what follows from them is there.
func (b *Book) closeAll(tx *store.Tx, t *Table, list []*draft) (faults fault.List, err error) {
	for _, c := range list {
		d, err := tx.Slip(c.doc.ID)
		if err != nil {
			return nil, err
		}
		if err = b.closeSlip(tx, d, ""); err == nil {
			continue
		}
		more := fault.Of(err)
		if len(more) == 0 {
			return nil, err
		}
		for _, x := range more {
			x.File, x.Row = t.Name, c.first
		}
		faults = append(faults, more...)
	}
	return faults, nil
}

// again holds what a further row says of the whole slip against the first row: it may repeat that, or be silent.
func (c *draft) again(get func(string) string) {
	fields := append([]slip.Field{{Key: "audit", Type: slip.TypeBool}}, c.kind.Header...)
	for _, f := range fields {
		_, line := c.kind.LineField(f.Key)
		split := c.kind.Pays() && (f.Key == "account" || f.Key == "paid")
		v, first := get(f.Key), c.said[f.Key]
		if v == "" || v == first || line || split || f.Key == "amount" || c.kind.Row.Read != nil && journalColumns[f.Key] {
			continue
		}
		a, err := slip.Canonical(f, v)
		if b, err2 := slip.Canonical(f, first); err == nil && err2 == nil && a == b {
			continue
		}
		x := fault.New(fault.Invalid, "“%s”与本单首行（第 %d 行）的“%s”不符", "%q is not what the slip's first row, line %d, says: %q", v, c.first, first).At(f.Key)
		x.Line = len(c.rows) + 1
		c.bad = append(c.bad, x)
	}
}

// header reads what the first row says of the whole slip.
func (c *draft) header(get func(string) string) {
	d, k := c.doc, c.kind
	c.said = map[string]string{"audit": get("audit")}
	for _, f := range k.Header {
		v := get(f.Key)
		c.said[f.Key] = v
		switch _, line := k.LineField(f.Key); {
		case f.Key == "remark" && line:
			continue // each row's own
		case f.Key == "debit_account" && v == "" && f.Default != "":
			v = get("credit_account") // the one reason account, whichever column names it
		case f.Key == "credit_account" && v == "" && f.Default != "":
			v = get("debit_account")
		}
		if also := k.Row.Also[f.Key]; v == "" && also != "" {
			v = get(also)
		}
		if v == "" {
			v = f.Default
		}
		if v != "" {
			c.set(f, v, d.Set)
		}
	}
	for _, f := range []slip.Field{{Key: "warehouse"}, {Key: "external_no"}, {Key: "due_date", Type: slip.TypeDate}} {
		if _, known := k.HeaderField(f.Key); !known && get(f.Key) != "" {
			c.set(f, get(f.Key), d.Set)
		}
	}
	switch get("audit") {
	case string(slip.Void), slip.Void.Label().Zh:
		c.void = true
		return
	case string(slip.Closed), slip.Closed.Label().Zh:
		c.audit, c.close = true, true
		return
	}
	audit, err := slip.ParseBool(get("audit"))
	if err != nil {
		_, err = slip.Check(slip.Field{Key: "audit", Type: slip.TypeBool}, get("audit"))
		c.bad = append(c.bad, fault.Of(err)...)
	}
	c.audit = audit
}

func (c *draft) set(f slip.Field, v string, set func(slip.Field, string) error) {
	if err := set(f, v); err != nil {
		c.bad = append(c.bad, fault.Of(err)...)
	}
}

// anyKind are columns every slip may fill: they say nothing of what the kind has.
var anyKind = map[string]bool{"kind": true, "number": true, "date": true, "audit": true, "remark": true, "external_no": true, "due_date": true, "warehouse": true, "source": true, "source_line": true}

// strange tells of what the row fills that the kind does not have.
func (c *draft) strange(get func(string) string) {
	k := c.kind
	for _, f := range SlipColumns {
		v := get(f.Key)
		if v == "" || anyKind[f.Key] || k.Row.Read != nil && journalColumns[f.Key] {
			continue
		}
		_, head := k.HeaderField(f.Key)
		_, line := k.LineField(f.Key)
		debit, _ := k.HeaderField("debit_account")
		credit, _ := k.HeaderField("credit_account")
		switch {
		case head || line:
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

// row reads one line of the slip.
func (c *draft) row(get func(string) string, line int) {
	c.rows = append(c.rows, line)
	n := len(c.rows)
	before := len(c.bad)
	c.strange(get)
	switch {
	case c.kind.Row.Read != nil:
		lines, err := c.kind.Row.Read(get)
		c.bad = append(c.bad, fault.Of(err)...)
		for range lines[min(1, len(lines)):] { // a fault of either line stands at the row
			c.rows = append(c.rows, line)
		}
		c.doc.Lines = append(c.doc.Lines, lines...)
	case len(c.kind.Lines) == 0:
		c.moneyRow(get, n)
	case n > 1 && c.kind.Pays() && get("paid") != "" && get("product") == "": // one more payment, no more goods
		c.paid(get)
		c.rows = c.rows[:n-1]
	default:
		if n > 1 && c.kind.Pays() {
			c.paid(get)
		}
		if n > 1 {
			c.more(get)
		}
		c.doc.Lines = append(c.doc.Lines, c.line(get))
	}
	for _, x := range c.bad[before:] {
		x.Line = n
	}
}

// paid reads by what else the slip was paid from a further row.
func (c *draft) paid(get func(string) string) {
	if get("paid") == "" {
		return
	}
	n := strconv.Itoa(len(c.doc.Splits) + 2)
	if len(c.doc.Splits) >= slip.MaxSplits {
		c.bad = append(c.bad, fault.New(fault.Invalid, "一张单据最多用 %d 个资金账户", "a slip is paid by %d cash accounts at most", slip.MaxSplits+1).At("paid"))
		return
	}
	c.set(slip.Field{Key: "account" + n}, get("account"), c.doc.Set)
	c.set(slip.Field{Key: "paid" + n, Type: slip.TypeAmount}, get("paid"), c.doc.Set)
}

// more adds what a further row says of the slip's one amount, such as a landed cost's.
func (c *draft) more(get func(string) string) {
	_, head := c.kind.HeaderField("amount")
	if _, line := c.kind.LineField("amount"); !head || line || get("amount") == "" {
		return
	}
	row := &slip.Doc{}
	c.set(slip.Field{Key: "amount", Type: slip.TypeAmount}, get("amount"), row.Set)
	c.doc.Amount += row.Amount
}

// line reads a row into the fields the kind's lines have.
func (c *draft) line(get func(string) string) slip.Line {
	var l slip.Line
	for _, f := range c.kind.Lines {
		if v := get(f.Key); !f.ReadOnly && v != "" && (c.kind.Taxed || !c.kind.Goods() || !saysNothing(f.Key, v)) {
			c.set(f, v, l.Set)
		}
	}
	if l.Warehouse == c.doc.Warehouse {
		l.Warehouse = ""
	}
	return l
}

// moneyRow reads a row of a slip without lines: more of its money, and what that settles.
func (c *draft) moneyRow(get func(string) string, n int) {
	row := &slip.Doc{}
	c.set(slip.Field{Key: "amount", Type: slip.TypeAmount}, get("amount"), row.Set)
	if n > 1 {
		c.doc.Amount += row.Amount
	}
	if s := get("source"); s != "" {
		for i := range c.doc.Allocations {
			if a := &c.doc.Allocations[i]; a.Target == s {
				a.Amount += row.Amount
				return
			}
		}
		c.doc.Allocations = append(c.doc.Allocations, slip.Allocation{Target: s, Amount: row.Amount, Chosen: true})
	}
}

// land saves a gathered slip and audits it where asked.
func (b *Book) land(tx *store.Tx, c *draft, failed map[string]bool, res *Imported) (fault.List, error) {
	number := c.doc.Number
	if len(c.bad) == 0 && c.hangsOn(failed) { // what hangs on a faulty slip is not reported again
		failed[number] = true
		return nil, nil
	}
	if len(c.bad) == 0 {
		c.bad = b.resolveTargets(tx, c)
	}
	if len(c.bad) > 0 {
		failed[number] = true
		return c.bad, nil
	}
	if taken, err := tx.Taken(c.doc.Kind, number); err != nil {
		return nil, err
	} else if taken {
		failed[number] = true
		return fault.List{fault.New(fault.Refused, "单号 %s 已存在", "the number %s exists already", number).At("number")}, nil
	}
	var err error
	switch {
	case c.void:
		err = b.landVoid(tx, c)
	case c.audit:
		var warnings fault.List
		_, warnings, err = b.enter(tx, c.doc)
		res.Warnings = append(res.Warnings, warnings...)
	default:
		err = b.save(tx, c.doc)
	}
	if err != nil {
		list := fault.Of(err)
		if len(list) == 0 {
			return nil, fmt.Errorf("import %s: %w", number, err)
		}
		failed[number] = true
		return list, nil
	}
	res.Slips++
	res.Lines += len(c.rows)
	return nil, nil
}

// landVoid writes a slip that is void: its number stays used, what it said can be read, it follows from nothing and settles nothing.
func (b *Book) landVoid(tx *store.Tx, c *draft) error {
	d := c.doc
	d.Allocations = nil
	for i := range d.Lines {
		l := &d.Lines[i]
		l.SourceNumber, l.SourceLine, l.Matches = "", 0, nil
	}
	if d.Date < b.Settings().Start.First() {
		return fault.New(fault.Invalid, "%s 早于账套启用月份 %s", "%s is before the book's start %s", d.Date, b.Settings().Start).At("date")
	}
	b.Complete(c.kind, d)
	if err := slip.Calculate(c.kind, d); err != nil {
		return err
	}
	if err := b.put(tx, c.kind, d); err != nil {
		return err
	}
	return tx.SetStatus(d.ID, slip.Void, "")
}

// reserve keeps the numbers of the program's own form that continue their sequences, in whatever order the file has them.
func (b *Book) reserve(tx *store.Tx, t *Table, at map[string]int) error {
	type sequence struct {
		kind  *slip.Kind
		month text.Month
	}
	in := map[sequence]map[int]string{}
	for _, row := range t.Rows {
		if at["kind"] >= len(row.Cells) || at["number"] >= len(row.Cells) {
			continue
		}
		number := strings.TrimSpace(row.Cells[at["number"]])
		k, err := kindNamed(strings.TrimSpace(row.Cells[at["kind"]]))
		if err != nil {
			continue // its row says so
		}
		if m, n, ok := ParseNumber(k, number); ok && number == FormatNumber(k, m, n) {
			s := sequence{k, m}
			if in[s] == nil {
				in[s] = map[int]string{}
			}
			in[s][n] = number
		}
	}
	for s, numbers := range in {
		last, err := tx.LastNumber(s.kind.Code, s.month)
		if err != nil {
			return err
		}
		first := last
		for numbers[last+1] != "" {
			last++
			tx.Reserve(numbers[last])
		}
		if last == first {
			continue
		}
		if err := tx.SetLastNumber(s.kind.Code, s.month, last); err != nil {
			return err
		}
	}
	return nil
}

// rename calls the sources of a slip by the numbers they were given: what the file calls them may not stand in the book, or be the
// external number of slips of several kinds.
func (c *draft) rename(tx *store.Tx, given map[[2]string]string) error {
	known := map[string]string{"": ""}
	name := func(ref *string) (err error) {
		n, ok := known[*ref]
		if !ok {
			n, err = c.meant(tx, given, *ref)
			known[*ref] = n
		}
		*ref = n
		return err
	}
	for i := range c.doc.Lines {
		if err := name(&c.doc.Lines[i].SourceNumber); err != nil {
			return err
		}
	}
	for i := range c.doc.Allocations {
		if err := name(&c.doc.Allocations[i].Target); err != nil {
			return err
		}
	}
	return nil
}

// meant is the number of the slip that a source named ref is, ref itself where that says it.
func (c *draft) meant(tx *store.Tx, given map[[2]string]string, ref string) (string, error) {
	if c.kind == nil {
		return ref, nil
	}
	var from []string
	for _, s := range c.kind.From {
		from = append(from, s.Kind)
	}
	from = append(from, c.kind.Code) // a red letter follows from its own kind
	for _, k := range from {
		if n := given[[2]string{k, ref}]; n != "" {
			return n, nil
		}
	}
	number, err := tx.NumberAmong(ref, from)
	if number == "" {
		number = ref
	}
	return number, err
}

// hangsOn tells whether a source or a settled slip is among the numbers.
func (c *draft) hangsOn(numbers map[string]bool) bool {
	for i := range c.doc.Lines {
		if n := c.doc.Lines[i].SourceNumber; n != "" && numbers[n] {
			return true
		}
	}
	return slices.ContainsFunc(c.doc.Allocations, func(a slip.Allocation) bool { return numbers[a.Target] })
}

// resolveTargets finds the slips a money slip settles. What is let off beside the money settles them too, first named first.
func (b *Book) resolveTargets(tx *store.Tx, c *draft) fault.List {
	var faults fault.List
	off := c.doc.Rounding
	if len(c.kind.Lines) == 0 {
		off += c.doc.Discount
	}
	for i := range c.doc.Allocations {
		a := &c.doc.Allocations[i]
		id, err := tx.SlipID(a.Target)
		if err != nil || id <= 0 {
			faults = append(faults, fault.New(fault.Invalid, "没有单据“%s”", "there is no slip %q", a.Target).At("source").OnLine(i+1))
			continue
		}
		if t, err := tx.Slip(id); err == nil && t != nil {
			a.Target = t.Number
		}
		if open, err := tx.OpenAmount(kept, id, 0); err == nil && off > 0 && a.Amount > 0 {
			more := max(0, min(off, open-a.Amount))
			a.Amount, off = a.Amount+more, off-more
		}
	}
	return faults
}

// Export gives the table that Import reads back unchanged; its header is the column names.
func (b *Book) Export(kind string) (*Table, []slip.Field, error) {
	if kind == "slips" {
		return b.exportSlips()
	}
	typ, ok := master.ByCode(kind)
	if !ok {
		return nil, nil, fault.New(fault.Usage, "不能导出“%s”", "cannot export %q", kind)
	}
	t := &Table{Name: kind}
	for _, f := range typ.Fields {
		t.Header = append(t.Header, f.Key)
	}
	for i, r := range b.Masters().List(typ.Code) {
		row := Row{Line: i + 2}
		for _, f := range typ.Fields {
			row.Cells = append(row.Cells, r.Get(f.Key))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, typ.Fields, nil
}

func (b *Book) exportSlips() (*Table, []slip.Field, error) {
	t := &Table{Name: "slips"}
	for _, f := range SlipColumns {
		t.Header = append(t.Header, f.Key)
	}
	ids, err := b.DB.SlipOrder()
	if err != nil {
		return nil, nil, err
	}
	for _, id := range ids {
		d, err := b.DB.Slip(id)
		if err != nil {
			return nil, nil, err
		}
		k, ok := kinds.ByCode(d.Kind)
		if !ok || k.Hidden {
			continue
		}
		for i := range exportRows(k, d) {
			t.Rows = append(t.Rows, Row{Line: len(t.Rows) + 2, Cells: exportRow(k, d, i)})
		}
	}
	return t, SlipColumns, nil
}

// exportRows counts the rows of a slip: its lines, or what it settles and the money left over.
func exportRows(k *slip.Kind, d *slip.Doc) int {
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

func exportRow(k *slip.Kind, d *slip.Doc, i int) []string {
	cells := make([]string, len(SlipColumns))
	var own map[string]string
	if k.Row.Write != nil && i < len(d.Lines) {
		own = k.Row.Write(&d.Lines[i])
	}
	for c, f := range SlipColumns {
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
	if f, ok := k.LineField(key); ok && k.Row.Write == nil && !f.ReadOnly {
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
