package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/making"
)

func slips(c *call) error {
	if err := c.need(2, "slip list|show|set|submit|approve|return|withdraw|audit|unaudit|void|close BOOK [NUMBER...]"); err != nil {
		return err
	}
	verb := c.words[0]
	if verb != "list" && len(c.words) < 3 {
		return usage("slip %s needs a NUMBER", verb)
	}
	numbers := c.words[2:]
	if verb == "set" {
		return setSlip(c)
	}
	return c.lookIf(verb == "list" || verb == "show", 1, func(b *workflow.Book) error {
		switch verb {
		case "list":
			return list(c, b)
		case "show":
			return show(c, b, numbers)
		case "audit":
			return each(numbers, func(n string) error {
				d, err := b.Load(n)
				if err != nil {
					return err
				}
				warnings, err := b.Audit(n)
				c.warn(warnings)
				if err == nil {
					fmt.Fprintln(c.out, d.Number)
				}
				return err
			})
		case "unaudit":
			return each(numbers, func(n string) error {
				done, err := b.Unaudit(n, c.flags["cascade"] != "")
				for _, d := range done {
					if err == nil {
						fmt.Fprintln(c.out, d)
					}
				}
				return err
			})
		case "submit", "approve", "return", "withdraw":
			return c.approving(b, verb, numbers)
		case "void":
			return each(numbers, func(n string) error {
				d, err := b.Load(n)
				if err != nil {
					return err
				}
				if err = b.Void(n); err == nil {
					fmt.Fprintln(c.out, d.Number)
				}
				return err
			})
		case "close":
			return each(numbers, func(n string) error {
				d, err := b.Load(n)
				if err != nil {
					return err
				}
				if err = b.CloseSlip(n, c.flags["reason"]); err == nil {
					fmt.Fprintln(c.out, d.Number)
				}
				return err
			})
		}
		return usage("unknown verb %q: list, show, set, submit, approve, return, withdraw, audit, unaudit, void, close", verb)
	})
}

// each runs every number as a transaction of its own; what is refused is named, and the others are done.
func each(numbers []string, f func(string) error) error {
	var refused fault.List
	for _, n := range numbers {
		err := f(n)
		list := fault.Of(err)
		if err != nil && (len(list) == 0 || fault.Is(err, fault.Usage) || fault.Is(err, fault.Damaged) || errors.Is(err, workflow.ErrLooking) || errors.Is(err, workflow.ErrBusy)) {
			return err
		}
		for _, x := range list {
			named := *x
			if !strings.Contains(x.Text.En, n) && len(numbers) > 1 {
				named.Text = text.T(n+"："+x.Text.Zh, n+": "+x.Text.En)
			}
			refused = append(refused, &named)
		}
		if err != nil && len(numbers) == 1 {
			return err
		}
	}
	if len(refused) > 0 {
		return partly{refused}
	}
	return nil
}

func (c *call) json(v any) error {
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}

func list(c *call, b *workflow.Book) error {
	from, err := c.date("from")
	if err != nil {
		return err
	}
	to, err := c.date("to")
	if err != nil {
		return err
	}
	if k := c.flags["kind"]; k != "" {
		if _, ok := kinds.ByCode(k); !ok && slip.Bringing(k) == nil {
			return usage("there is no slip kind %q", k)
		}
		if _, err := b.Kind(k); err != nil {
			return err
		}
	}
	if st := c.flags["status"]; st != "" && !slices.ContainsFunc(slip.Statuses, func(x slip.Choice) bool { return x.Value == st }) {
		var all []string
		for _, x := range slip.Statuses {
			all = append(all, x.Value)
		}
		return usage("there is no status %q: %s", st, strings.Join(all, ", "))
	}
	var parties []int64
	if p := c.flags["party"]; p != "" {
		for _, t := range []string{master.Customers.Code, master.Suppliers.Code} {
			if r, ok := b.Masters().Find(t, p); ok && b.Who().May(t, "see") && b.There(r) {
				parties = append(parties, r.ID)
			}
		}
		if len(parties) == 0 {
			return fault.New(fault.NotFound, "没有往来单位“%s”", "there is no party %q", p)
		}
	} else {
		parties = []int64{0}
	}
	rows := []row{}
	for _, p := range parties {
		f, err := b.Seen().Listed(b.Absent(), c.flags["kind"], c.flags["status"], from, to, p)
		if err != nil {
			return err
		}
		for _, x := range f {
			party := b.Party(x.Party)
			wh, _ := b.Masters().ByID(master.Warehouses.Code, x.Warehouse)
			r := head(x.Number, x.ExternalNo, x.Kind, x.Date, party.Code(), wh.Code(), string(x.Status), x.Red, x.Net, x.Tax, x.Gross)
			if k, err := b.FullKind(x.Kind); err == nil {
				r = r.seen(b, k, &slip.Doc{Kind: x.Kind}, slip.OnHead)
			}
			if party != nil && !b.Who().May(party.Type.Code, "see") { // of a kind whose slips are with either
				r = r.without("party")
			}
			rows = append(rows, r)
		}
	}
	if c.flags["json"] != "" {
		return c.json(rows)
	}
	for _, r := range rows {
		fmt.Fprintf(c.out, "%-16v %-14v %-18v %v %-12v %-12v %14v\n", r.of("number"), r.of("external_no"), r.of("kind"), r.of("date"), r.of("party"), r.of("status"), r.of("gross"))
	}
	return nil
}

func head(number, external, kind string, date text.Date, party, wh, status string, red bool, net, tax, gross num.Amount) row {
	var r row
	r.add("number", number)
	r.add("external_no", external)
	r.add("kind", kind)
	r.add("date", date.String())
	r.add("party", party)
	r.add("warehouse", wh)
	r.add("status", status)
	r.add("red", red)
	r.add("net", net.String())
	r.add("tax", tax.String())
	r.add("gross", gross.String())
	return r
}

func show(c *call, b *workflow.Book, numbers []string) error {
	var objects []row
	for _, n := range numbers {
		b, err := b.ForStep(n)
		if err != nil {
			return err
		}
		d, err := b.Load(n)
		if err != nil {
			return err
		}
		r, err := shown(b, d)
		if err != nil {
			return err
		}
		if objects = append(objects, r); c.flags["json"] != "" {
			continue
		}
		for i, k := range r.keys {
			switch v := r.values[i].(type) {
			case []row:
				c.rows(k, v)
			case row:
				for n, list := range v.keys {
					c.rows(k+" "+list, v.values[n].([]row))
				}
			default:
				fmt.Fprintf(c.out, "%s: %v\n", k, v)
			}
		}
	}
	switch {
	case c.flags["json"] == "":
		return nil
	case len(objects) == 1:
		return c.json(objects[0])
	}
	return c.json(objects)
}

func (c *call) rows(title string, list []row) {
	fmt.Fprintln(c.out, title+":")
	for _, x := range list {
		fmt.Fprintln(c.out, "  ", strings.Trim(fmt.Sprint(x.values), "[]"))
	}
}

// momentText is a moment as 2026-01-31T10:31:05+08:00; none is empty.
func momentText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func shown(b *workflow.Book, d *slip.Doc) (row, error) {
	k, err := b.Kind(d.Kind)
	if err != nil {
		return row{}, err
	}
	all, err := b.FullKind(d.Kind) // whose tags say what is left out
	if err != nil {
		return row{}, err
	}
	r := head(d.Number, d.ExternalNo, d.Kind, d.Date, d.Party, d.Warehouse, string(d.Status), d.Red(k), d.Net, d.Tax, d.Gross)
	for _, key := range []string{"to_party", "to_warehouse", "account", "to_account", "amount", "rounding", "employee", "department", "due_date", "slip_discount", "remark"} {
		r.add(key, d.Get(key))
	}
	r.add("version", d.Version)
	if err := approvalsOf(b, d, &r); err != nil {
		return row{}, err
	}
	r.add("place", d.Place)
	r.add("maker", d.Maker)
	r.add("auditor", d.Auditor)
	r.add("made_at", momentText(d.MadeAt))
	r.add("audited_at", momentText(d.AuditedAt))
	for _, f := range k.Header { // what only this kind has
		if !slices.Contains(r.keys, f.Key) && d.Get(f.Key) != "" {
			r.add(f.Key, d.Get(f.Key))
		}
	}
	lines := []row{}
	for i := range d.Lines {
		l := &d.Lines[i]
		var x row
		x.add("line", l.No)
		x.add("product", l.Product)
		x.add("warehouse", d.At(l))
		x.add("qty", l.Qty.String())
		x.add("unit", l.Unit)
		x.add("base_qty", l.Base.String())
		x.add("price", l.Price.String())
		x.add("price_includes_tax", l.Get("price_includes_tax"))
		x.add("tax_rate", l.TaxRate.String())
		x.add("discount_rate", l.Discount.String())
		x.add("net", l.Net.String())
		x.add("tax", l.Tax.String())
		x.add("gross", l.Gross.String())
		x.add("cost", l.Cost.String())
		x.add("provisional", l.Provisional.String())
		x.add("estimate", l.Estimate)
		x.add("source", l.SourceNumber)
		x.add("source_line", l.SourceLine)
		x.add("remaining", l.Remaining.String())
		for _, f := range k.Lines {
			if v := l.Get(f.Key); !slices.Contains(x.keys, f.Key) && v != "" {
				x.add(f.Key, v)
			}
		}
		if len(l.Matches) > 0 {
			var list []row
			for _, m := range matched(l) {
				list = append(list, m.seen(b, all, d, slip.OnMatch))
			}
			x.add("matches", list)
		}
		lines = append(lines, x.seen(b, all, d, slip.OnLine))
	}
	r = r.seen(b, all, d, slip.OnHead)
	r.add("lines", lines)
	if len(k.Lists) > 0 {
		r.add("lists", listed(k, d))
	}
	allocations := []row{}
	for _, a := range d.Allocations {
		var x row
		x.add("target", a.Target)
		x.add("amount", a.Amount.String())
		allocations = append(allocations, x.seen(b, all, d, slip.OnAllocation))
	}
	r.add("allocations", allocations)
	p, err := b.Progress(d.Number)
	if err != nil {
		return r, err
	}
	for _, x := range [][2]string{{"done", p.Done}, {"billed", p.Billed}, {"paid_up", p.Paid}} {
		if x[1] != "" {
			r.add(x[0], x[1])
		}
	}
	if !b.Who().Sees(slip.TagMargin) {
		return r, nil
	}
	entries, err := voucher(b, d)
	r.add("voucher", entries)
	return r, err
}

// listed are the rows of the slip's further grids, by their key.
func listed(k *slip.Kind, d *slip.Doc) row {
	var lists row
	for _, g := range k.Lists {
		rows := []row{}
		for i, x := range d.Lists[g.Key] {
			var r row
			r.add("row", i+1)
			for _, f := range g.Fields {
				r.add(f.Key, x.Get(f.Key))
			}
			rows = append(rows, r)
		}
		lists.add(g.Key, rows)
	}
	return lists
}

// matched are the goods a line of an invoice or landed cost belongs to.
func matched(l *slip.Line) []row {
	list := []row{}
	for _, m := range l.Matches {
		var x row
		x.add("number", m.Number)
		x.add("line", m.No)
		x.add("qty", m.Qty.String())
		x.add("net", m.Net.String())
		x.add("value", m.Value.String())
		list = append(list, x)
	}
	return list
}

// voucher reads a slip's voucher as the journal shows it, cost lines included.
func voucher(b *workflow.Book, d *slip.Doc) ([]row, error) {
	rows := []row{}
	entries, err := b.Ledgers().Voucher(d.ID)
	for _, e := range entries {
		var x row
		x.add("account", e.Account)
		x.add("debit", e.Debit.String())
		x.add("credit", e.Credit.String())
		rows = append(rows, x)
	}
	return rows, err
}

// reorder saves a purchase plan of all that is to be bought again and prints its number.
func reorder(c *call) error {
	if err := c.need(1, "reorder BOOK [--by min-max|speed]"); err != nil {
		return err
	}
	by := c.flags["by"]
	if by != "" && by != "min-max" && by != "speed" {
		return usage("--by is min-max or speed")
	}
	return c.book(0, func(b *workflow.Book) error {
		d, err := b.ProposePlan(by == "speed", "")
		if err != nil {
			return err
		}
		if err := b.Save(d); err != nil {
			return err
		}
		fmt.Fprintln(c.out, d.Number)
		return nil
	})
}

// missing tells what an assembly lacks: what has to be bought, then what is to be put together first; or (--make) saves drafts of the
// latter and prints their numbers, audited if they are to be.
func missing(c *call) error {
	if err := c.need(2, "missing BOOK NUMBER"); err != nil {
		return err
	}
	return c.lookIf(c.flags["make"] == "", 0, func(b *workflow.Book) error {
		if c.flags["make"] != "" {
			return makeMissing(c, b)
		}
		d, err := b.Load(c.words[1])
		if err != nil {
			return err
		}
		list, err := making.Lacks(b, d)
		if err != nil {
			return err
		}
		rows := []map[string]string{}
		for _, x := range list {
			way := map[bool]string{true: "make", false: "buy"}[x.Made()]
			rows = append(rows, map[string]string{"product": x.Product.Code(), "warehouse": x.Warehouse, "short": x.Short.String(), "way": way})
			if c.flags["json"] == "" {
				fmt.Fprintln(c.out, way, x.Product.Code(), x.Short, x.Warehouse)
			}
		}
		if c.flags["json"] != "" {
			return json.NewEncoder(c.out).Encode(rows)
		}
		return nil
	})
}

func makeMissing(c *call, b *workflow.Book) error {
	numbers, lacks, err := making.Drafts(b, c.words[1])
	if err != nil {
		return err
	}
	if buy := making.Words(lacks); buy != "" {
		fmt.Fprintln(c.errOut, "to be bought: "+buy)
	}
	return each(numbers, func(n string) error {
		if c.flags["audit"] != "" {
			warnings, err := b.Audit(n)
			c.warn(warnings)
			if err != nil {
				return err
			}
		}
		fmt.Fprintln(c.out, n)
		return nil
	})
}

func flow(c *call) error {
	if err := c.need(2, "flow BOOK NUMBER"); err != nil {
		return err
	}
	return c.look(0, func(b *workflow.Book) error {
		b, err := b.ForStep(c.words[1])
		if err != nil {
			return err
		}
		nodes, err := b.Chain(c.words[1])
		if err != nil {
			return err
		}
		rows := []row{}
		for _, n := range nodes {
			var r row
			r.add("number", n.Doc.Number)
			r.add("kind", n.Doc.Kind)
			r.add("date", n.Doc.Date.String())
			r.add("status", string(n.Doc.Status))
			if k, err := b.Kind(n.Doc.Kind); err != nil || !b.Who().Sees(k.TagOf(n.Doc, slip.OnHead, "gross")) {
				r.add("sources", append([]string{}, n.Sources...))
				rows = append(rows, r)
				continue
			}
			r.add("gross", n.Doc.Gross.String())
			r.add("sources", append([]string{}, n.Sources...))
			rows = append(rows, r)
		}
		switch c.flags["format"] {
		case "json":
			return c.json(rows)
		case "", "table":
			for _, r := range rows {
				fmt.Fprintf(c.out, "%-16v %-16v %v %-12v %14v  %v\n", r.values[0], r.values[1], r.values[2], r.values[3], r.of("gross"), strings.Join(r.of("sources").([]string), " "))
			}
			return nil
		}
		return usage("--format is table or json")
	})
}
