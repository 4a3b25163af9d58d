package print

import (
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

// pickLists are the walks for a slip, one for each warehouse. An order lists what is still to be delivered.
func (s *sheet) pickLists() ([]paper.Paper, error) {
	if s.d.Negative(s.k) {
		return nil, fault.New(fault.Refused, "%s 是红字单据，没有货要备", "%s is a red-letter slip and takes no goods out", s.d.Number)
	}
	if s.d.Status == slip.Void {
		return nil, fault.New(fault.Refused, "%s 已作废，不能备货", "%s is void; there is nothing to pick", s.d.Number)
	}
	src, err := s.sources()
	if err != nil {
		return nil, err
	}
	var out []paper.Paper
	for _, w := range s.pickFrom() {
		l := &paper.PickList{Lang: s.opt.Lang, Company: s.company(), Number: s.d.Number, Fields: s.pickFields(w, src), Shift: paper.Shift(s.opt.Shift)}
		l.Print.Marks = s.print().Marks
		if l.Lines, err = s.pickLines(w); err != nil {
			return nil, err
		}
		if len(l.Lines) > 0 {
			out = append(out, l)
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Refused, "%s 已全部出库，没有货要备", "%s is delivered in full; there is nothing to pick", s.d.Number)
	}
	return out, nil
}

// pickFrom are the warehouses, or none named on an order that leaves it open.
func (s *sheet) pickFrom() []string {
	list := s.warehouses()
	for i := range s.d.Lines {
		if s.d.At(&s.d.Lines[i]) == "" {
			return append(list, "")
		}
	}
	return list
}

func (s *sheet) pickFields(warehouse string, src *sources) []paper.Field {
	party := labelCustomer
	if s.role() == slip.Suppliers {
		party = labelSupplier
	}
	required := src.required
	if s.k.Plan {
		required = s.d.DueDate
	}
	person := s.name("employees", s.d.Employee)
	printed := s.b.Now().Format("2006-01-02 15:04") + " " + s.b.User
	fields := []paper.Field{
		{Label: s.in(party), Value: s.coded(string(s.role()), s.d.Party), Bold: true},
		{Label: s.in(labelWarehouse), Value: s.coded("warehouses", warehouse)},
		{Label: s.in(labelRequired), Value: required.String(), Bold: true},
		{Label: s.in(labelDate), Value: s.d.Date.String()},
		{Label: s.in(labelSales), Value: person},
		{Label: s.in(labelPrinted), Value: printed},
	}
	if len(src.numbers) > 0 {
		fields[3] = paper.Field{Label: s.in(labelOrder), Value: src.numbers[0]}
	}
	return slices.DeleteFunc(fields, func(f paper.Field) bool { return f.Value == "" })
}

// pickLines are the goods to fetch from one warehouse; the paper sorts them by shelf.
func (s *sheet) pickLines(warehouse string) ([]paper.PickLine, error) {
	var out []paper.PickLine
	for i := range s.d.Lines {
		l := &s.d.Lines[i]
		if s.d.At(l) != warehouse {
			continue
		}
		qty := l.Qty
		if s.k.Plan && s.d.Status.Live() && l.Factor != 0 {
			n, err := num.MulDiv(int64(l.Remaining), int64(num.QuantityOne), int64(l.Factor))
			if err != nil {
				return nil, err
			}
			if qty = num.Quantity(n); qty <= 0 {
				continue
			}
		}
		p := paper.PickLine{Code: l.Product, LineCode: paper.LineCode(s.d.Number, l.No), Unit: s.name("units", l.Unit), Quantity: qty.Grouped(), Name: l.Product}
		if m, ok := s.b.Masters().Product(l.Product); ok {
			p.Name, p.Shelf = m.Name(s.other), m.Get("shelf")
			if spec := m.Get("spec"); spec != "" {
				p.Name += " " + spec
			}
		}
		if s.opt.Lang == text.Zh && l.Remark != "" {
			p.Name += "（" + l.Remark + "）"
		} else if l.Remark != "" {
			p.Name += " (" + l.Remark + ")"
		}
		out = append(out, p)
	}
	return out, nil
}
