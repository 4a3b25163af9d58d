package print

import (
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

// The papers' labels, where they say more than the window's.
var (
	labelCustomer  = text.T("客户", "Customer")
	labelSupplier  = text.T("供应商", "Supplier")
	labelContact   = text.T("联系人", "Contact")
	labelDate      = text.T("日期", "Date")
	labelDeliver   = text.T("送货地址", "Deliver to")
	labelPlace     = text.T("交货地点", "Deliver to")
	labelAddress   = text.T("地址", "Address")
	labelWarehouse = text.T("仓库", "Warehouse")
	labelFrom      = text.T("调出仓", "From")
	labelTo        = text.T("调入仓", "To")
	labelSales     = text.T("业务员", "Sales")
	labelBuyer     = text.T("采购员", "Buyer")
	labelStaff     = text.T("经办人", "Staff")
	labelOrder     = text.T("来源订单", "Order")
	labelSource    = text.T("原单", "Original slip")
	labelFollows   = text.T("来源单据", "From slip")
	labelDue       = text.T("到期日", "Due")
	labelRequired  = text.T("要求送达", "Required")
	labelBring     = text.T("交货日期", "Required")
	labelExternal  = text.T("外部单号", "External no.")
	labelTheirs    = text.T("供方送货单号", "Supplier's delivery no.")
	labelDiscount  = text.T("整单优惠", "Slip discount")
	labelCarrier   = text.T("承运", "Carrier")
	labelFreight   = text.T("运费", "Freight")
	wordWaybill    = text.T("运单", "waybill")
	wordSpread     = text.T("%s（已摊入各行）", "%s (taken off the lines)")
	wordOntoLines  = text.T("%s（已摊入各行）", "%s (in the lines)")
	labelAccount   = text.T("资金账户", "Account")
	labelBank      = text.T("收款账号", "Payee's bank")
	labelPrinted   = text.T("打印", "Printed")
)

// coded is code and name of a record: "01 总仓".
func (s *sheet) coded(typ, code string) string {
	if code == "" {
		return ""
	}
	r, ok := s.b.Masters().Find(typ, code)
	if !ok || r.Name(s.other) == code { // named by its code: once is enough
		return code
	}
	return strings.TrimSpace(code + " " + r.Name(s.other))
}

// name is the name of a record, its code when there is none.
func (s *sheet) name(typ, code string) string {
	if r, ok := s.b.Masters().Find(typ, code); ok && r.Name(s.other) != "" {
		return r.Name(s.other)
	}
	return code
}

func (s *sheet) party() *master.Record {
	r, _ := s.b.Masters().Find(string(s.role()), s.d.Party)
	return r
}

// fields are the head of the paper. Fields without a key take the places that are free.
func (s *sheet) fields(src *sources) []paper.Field {
	var out []paper.Field
	add := func(key paper.Key, label text.Text, value string) {
		if value = strings.TrimSpace(value); value != "" {
			out = append(out, paper.Field{Key: key, Label: s.in(label), Value: value, Bold: key == paper.FieldParty || key == paper.FieldSupplier})
		}
	}
	d, p := s.d, s.party()
	partyLabel := labelCustomer
	if s.role() == slip.Suppliers {
		partyLabel = labelSupplier
	}
	if s.role() != slip.NoParty {
		add(paper.FieldParty, partyLabel, s.coded(string(s.role()), d.Party))
		add(paper.FieldContact, labelContact, p.Get("contact")+" "+p.Get("phone"))
	}
	add(paper.FieldDate, labelDate, d.Date.String())
	s.places(add, p)
	person := labelStaff
	switch s.k.Group {
	case slip.Sales:
		person = labelSales
	case slip.Purchase:
		person = labelBuyer
	}
	add(paper.FieldPerson, person, s.name(master.Employees.Code, d.Employee))
	s.dates(add, src)
	if s.buys() {
		add(paper.FieldTerms, labelPayment, s.payment())
		add(paper.FieldCurrency, labelCurrency, s.in(wordYuan))
	}
	from := labelOrder
	switch {
	case s.k.ReturnOf != "":
		from = labelSource
	case !src.orders:
		from = labelFollows
	}
	add(paper.FieldSource, from, strings.Join(src.numbers, " "))
	if s.k.Paper.Layout == "receipt" {
		add(paper.FieldSupplier, labelTheirs, d.ExternalNo)
	}
	s.shipping(add)
	if !s.k.Goods() && s.role() == slip.Suppliers { // the widest place: an account number is never cut
		add(paper.FieldAddress, labelBank, p.Get("bank")+" "+p.Get("bank_account"))
	}
	if d.Account != "" && !s.k.Pays() {
		at := paper.Key("")
		if d.Party == "" {
			at = paper.FieldParty
		}
		add(at, labelAccount, s.coded(master.Accounts.Code, d.Account))
	}
	s.declared(add)
	return out
}

// placed are the header fields that fields has a place for; remark and a money slip's amount stand under the lines.
var placed = []string{"date", "party", "warehouse", "to_warehouse", "employee", "due_date", "account", "remark", "carrier", "waybill", "freight", "paid", "rounding", "inspector",
	"account2", "account3", "account4", "paid2", "paid3", "paid4"}

// shipping is who carries the goods and what it costs.
func (s *sheet) shipping(add func(paper.Key, text.Text, string)) {
	carrier, waybill := s.d.Get("carrier"), s.d.Get("waybill")
	if waybill != "" {
		carrier = strings.TrimSpace(carrier + "  " + s.in(wordWaybill) + " " + waybill)
	}
	add(paper.FieldCarrier, labelCarrier, carrier)
	if s.d.Fee != 0 { // the key keeps it off the plies without amounts
		add(paper.FieldDue, labelFreight, fmt.Sprintf(s.in(wordOntoLines), s.amount(s.d.Fee).Grouped()))
	}
}

// declared adds what else the kind declares, so that no field of a form is missing on its paper.
func (s *sheet) declared(add func(paper.Key, text.Text, string)) {
	for _, f := range s.k.Header {
		v := s.d.Get(f.Key)
		switch {
		case v == "" || slices.Contains(placed, f.Key) && (f.Key != "rounding" || s.k.Pays()) || f.Key == "address" && s.addressed() || f.Key == "amount" && len(s.k.Lines) == 0 || f.Key == "external_no" && s.k.Paper.Layout == "receipt":
		case f.Type == slip.TypeAmount && s.k.Paper.NoMoney:
		case slices.Contains(offMoney, f.Key) && len(s.k.Claims(s.d)) == 1: // a line of its own
		case f.Key == "slip_discount" && s.k.Goods():
			// The key keeps it off the plies without amounts.
			add(paper.FieldDue, labelDiscount, fmt.Sprintf(s.in(wordSpread), s.amount(s.d.Discount).Grouped()))
		case f.Key == "external_no":
			add("", labelExternal, v)
		default:
			add("", f.Label, s.value(f, v))
		}
	}
}

// addressed tells whether the paper has a place for the slip's address.
func (s *sheet) addressed() bool {
	return s.k.Group == slip.Sales && s.k.ReturnOf == "" && s.d.ToWarehouse == ""
}

// value is a field's value as people read it.
func (s *sheet) value(f slip.Field, v string) string {
	if f.Type == slip.TypeRef {
		return s.coded(s.k.RefOf(s.d, f), v)
	}
	return slip.Look{Lang: s.opt.Lang}.Shown(f, v)
}

// places are where the goods go and come from.
func (s *sheet) places(add func(paper.Key, text.Text, string), p *master.Record) {
	d := s.d
	warehouses := s.warehouses()
	named := make([]string, len(warehouses))
	for i, w := range warehouses {
		named[i] = s.coded(master.Warehouses.Code, w)
	}
	sep := "、"
	if s.opt.Lang == text.En {
		sep = ", "
	}
	switch {
	case d.ToWarehouse != "":
		add(paper.FieldParty, labelFrom, strings.Join(named, sep)) // they stand where a party would
		add(paper.FieldContact, labelTo, s.coded(master.Warehouses.Code, d.ToWarehouse))
		return
	case d.Party == "" && s.k.Goods(): // the warehouse stands where a party would
		add(paper.FieldParty, labelWarehouse, strings.Join(named, sep))
		if s.addressed() {
			add(paper.FieldAddress, labelDeliver, d.Get("address"))
		}
		return
	case s.k.Paper.Layout == "order" && s.role() == slip.Suppliers: // the supplier is told our place, not his own
		add(paper.FieldAddress, labelPlace, s.place())
		return
	case s.addressed():
		to := d.Get("address") // of this slip, or the customer's own
		if to == "" {
			to = p.Get("address")
		}
		add(paper.FieldAddress, labelDeliver, to)
	case !s.k.Goods() || s.k.Paper.Layout == "receipt": // we know where they live, and the room is wanted
	default:
		add(paper.FieldAddress, labelAddress, p.Get("address"))
	}
	add(paper.FieldWarehouse, labelWarehouse, strings.Join(named, sep))
}

// place is where an order's goods are to come: its warehouse, and the warehouse's address or ours.
func (s *sheet) place() string {
	place := s.b.Settings().Address
	list := s.warehouses()
	if len(list) == 0 {
		return place
	}
	w, _ := s.b.Masters().Find(master.Warehouses.Code, list[0])
	if a := w.Get("address"); a != "" {
		place = a
	}
	return strings.TrimSpace(w.Name(s.other) + " " + place)
}

// dates are when to pay and when to deliver. A delivery takes the day it is wanted from its order.
func (s *sheet) dates(add func(paper.Key, text.Text, string), src *sources) {
	due := s.d.DueDate
	f, _ := s.k.HeaderField("due_date")
	switch {
	case due != 0 && s.k.Plan && f.Meaning != slip.Wanted: // a quotation holds until then
		add(paper.FieldRequired, f.Label, due.String())
	case due != 0 && s.k.Plan && s.k.Group == slip.Purchase:
		add(paper.FieldRequired, labelBring, due.String())
	case due != 0 && s.k.Plan:
		add(paper.FieldRequired, labelRequired, due.String())
	case due != 0 && s.k.Stock.Promise == slip.InTransit:
		add(paper.FieldRequired, f.Label, due.String())
	case due != 0 && !s.k.Paper.NoMoney:
		add(paper.FieldDue, labelDue, due.String())
	}
	if !s.k.Plan && src.required != 0 {
		add(paper.FieldRequired, labelRequired, src.required.String())
	}
}

// warehouses lists those the slip's lines move through, in the order of the lines.
func (s *sheet) warehouses() []string {
	var out []string
	for i := range s.d.Lines {
		if w := s.d.At(&s.d.Lines[i]); w != "" && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	if len(out) == 0 && s.d.Warehouse != "" {
		out = append(out, s.d.Warehouse)
	}
	return out
}

// sources are the slips the lines came from.
type sources struct {
	numbers  []string
	docs     map[string]*slip.Doc
	required text.Date
	orders   bool // all are orders or plans
}

func (s *sheet) sources() (*sources, error) {
	src := &sources{docs: map[string]*slip.Doc{}, orders: true}
	for i := range s.d.Lines {
		n := s.d.Lines[i].SourceNumber
		if n == "" || src.docs[n] != nil {
			continue
		}
		d, err := s.b.Load(n)
		if err != nil {
			return nil, err
		}
		src.docs[n] = d
		src.numbers = append(src.numbers, n)
		k, ok := kinds.ByCode(d.Kind)
		src.orders = src.orders && ok && k.Plan
		if ok && k.Plan && k.Group == slip.Sales && d.DueDate != 0 && (src.required == 0 || d.DueDate < src.required) {
			src.required = d.DueDate
		}
	}
	return src, nil
}

// line returns the source line, nil for a line without one.
func (src *sources) line(l *slip.Line) *slip.Line {
	d := src.docs[l.SourceNumber]
	if d == nil {
		return nil
	}
	for i := range d.Lines {
		if d.Lines[i].No == l.SourceLine {
			return &d.Lines[i]
		}
	}
	return nil
}
