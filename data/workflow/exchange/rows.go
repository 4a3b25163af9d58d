package exchange

import (
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// again holds what a further row says of the whole slip against the first row: it may repeat that, or be silent.
func (c *draft) again(get func(string) string) {
	c.repeats(&auditColumn, get)
	for i := range c.kind.Header {
		c.repeats(&c.kind.Header[i], get)
	}
}

// auditColumn says of the whole slip whether it is audited.
var auditColumn = slip.Field{Key: "audit", Type: slip.TypeBool}

// repeats holds one field of a further row against the first row.
func (c *draft) repeats(f *slip.Field, get func(string) string) {
	v, first := get(f.Key), c.said[f.Key]
	if v == "" || v == first || f.Key == "amount" || c.kind.Row.Read != nil && journalColumns[f.Key] {
		return
	}
	if list := get(listKey); list != "" && c.inList(list, f.Key) {
		return
	}
	_, line := c.kind.LineField(f.Key)
	if split := c.kind.Pays() && (f.Key == "account" || f.Key == "paid"); line || split {
		return
	}
	a, err := slip.Canonical(*f, v)
	if b, err2 := slip.Canonical(*f, first); err == nil && err2 == nil && a == b {
		return
	}
	x := fault.New(fault.Invalid, "“%s”与本单首行（第 %d 行）的“%s”不符", "%q is not what the slip's first row, line %d, says: %q", text.Short(v), c.first, text.Short(first)).At(f.Key)
	x.Line = len(c.rows) + 1
	c.bad = append(c.bad, x)
}

// header reads what the first row says of the whole slip.
func (c *draft) header(get func(string) string) {
	d, k := c.doc, c.kind
	c.said = map[string]string{"audit": get("audit")}
	for _, f := range k.Header {
		v := get(f.Key)
		c.said[f.Key] = v
		switch {
		case f.Key == "remark" && k.Row.Read != nil && !c.remarks:
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
	c.listed(get("allocations"))
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

// row reads one line of the slip.
func (c *draft) row(get func(string) string, line int) {
	c.rows = append(c.rows, line)
	n := len(c.rows)
	before := len(c.bad)
	c.strange(get)
	switch {
	case c.kind.Row.Read != nil:
		lines, err := c.kind.Row.Read(func(key string) string {
			if key == "remark" && c.remarks {
				key = "line_remark"
			}
			return get(key)
		})
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
	case c.kind.Optional && !c.hasLine(get):
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
	if many := len(c.bad) - fault.Most; many > 0 {
		c.bad, c.untold = c.bad[:fault.Most], c.untold+many
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
	switch {
	case c.kind.Whole || c.doc.Amount == 0: // each source has its part
		c.doc.Amount += row.Amount
	case row.Amount != c.doc.Amount: // a fee of the whole slip, which the rows may repeat
		x := fault.New(fault.Invalid, "“%s”与本单首行（第 %d 行）的“%s”不符", "%q is not what the slip's first row, line %d, says: %q", row.Amount, c.first, c.doc.Amount).At("amount")
		x.Line = len(c.rows) + 1
		c.bad = append(c.bad, x)
	}
}

// line reads a row into the fields the kind's lines have.
func (c *draft) line(get func(string) string) slip.Line {
	var l slip.Line
	for _, f := range c.kind.Lines {
		v := get(f.Key)
		if f.Key == "remark" {
			v = c.lineRemark(get)
		}
		if f.Again && has2(c.at, f.Key) {
			c.doc.Told = true
		}
		if (!f.ReadOnly || f.Again) && v != "" && (c.kind.Taxed || !c.kind.Goods() || !saysNothing(f.Key, v)) {
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

// lineRemark is what a row says of its line. Where the slip has a remark too, the column remark is that one's; a further row that says
// something else there, as in files of before there was line_remark, means its line.
func (c *draft) lineRemark(get func(string) string) string {
	v := get("line_remark")
	if _, head := c.kind.HeaderField("remark"); v == "" && (!head || !c.remarks && len(c.rows) > 1 && get("remark") != c.said["remark"]) {
		v = get("remark")
	}
	return v
}

// listed reads what the slip settles, where the file says so in full: NUMBER:AMOUNT, a space between, or none.
func (c *draft) listed(value string) {
	if value == "" || !allocates(c.kind) {
		return
	}
	c.doc.Settled = true
	if value == nothingSettled {
		return
	}
	for _, w := range strings.Fields(value) {
		i := strings.LastIndex(w, ":")
		a := slip.Allocation{Target: w[:max(i, 0)]}
		var err error
		if a.Amount, err = num.ParseAmount(w[i+1:]); i <= 0 || err != nil {
			c.bad = append(c.bad, fault.New(fault.Invalid, "“%s”应写成 单号:金额，如 XC-202601-0001:30.00", "%q is not NUMBER:AMOUNT such as XC-202601-0001:30.00", text.Short(w)).At("allocations"))
			return
		}
		c.settles = append(c.settles, a)
	}
}

// settle puts in place what the file lists: what a row names as its source too was chosen by a person.
func (c *draft) settle() {
	if !c.doc.Settled {
		return
	}
	chosen := map[string]bool{}
	for _, a := range c.doc.Allocations {
		chosen[a.Target] = true
	}
	for i := range c.settles {
		c.settles[i].Chosen = chosen[c.settles[i].Target]
	}
	c.doc.Allocations = c.settles
}
