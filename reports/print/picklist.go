package print

import (
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

// pickLists are the walks for a slip, one for each warehouse. An order lists what is still to be delivered.
func (s *sheet) pickLists() ([]paper.Paper, error) {
	if err := s.pickable(); err != nil {
		return nil, err
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

// pickable refuses slips that take nothing out.
func (s *sheet) pickable() error {
	if s.d.Negative(s.k) {
		return fault.New(fault.Refused, "%s 是红字单据，没有货要备", "%s is a red-letter slip and takes no goods out", s.d.Number)
	}
	if s.d.Status == slip.Void {
		return fault.New(fault.Refused, "%s 已作废，不能备货", "%s is void; there is nothing to pick", s.d.Number)
	}
	return nil
}

// pickFrom are the warehouses, or none named on an order that leaves it open.
func (s *sheet) pickFrom() []string {
	list := s.warehouses()
	for i := range s.d.Lines {
		if l := &s.d.Lines[i]; s.d.At(l) == "" && !l.Service {
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
	person := s.name(master.Employees.Code, s.d.Employee)
	printed := s.b.Now().Format("2006-01-02 15:04") + " " + s.person(s.b.User)
	fields := []paper.Field{
		{Label: s.in(party), Value: s.coded(string(s.role()), s.d.Party), Bold: true},
		{Label: s.in(labelWarehouse), Value: s.coded(master.Warehouses.Code, warehouse)},
		{Label: s.in(labelRequired), Value: s.required(src).String(), Bold: true},
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
	list, err := s.toPick(warehouse)
	var out []paper.PickLine
	for _, g := range list {
		out = append(out, paper.PickLine{Code: g.line.Product, LineCode: paper.LineCode(s.d.Number, g.line.No), Unit: s.name(master.Units.Code, g.line.Unit), Quantity: g.qty.Grouped(),
			Name: g.name + s.noted(g.line), Shelf: g.shelf})
	}
	return out, err
}

// good is what of a slip's line is to be fetched.
type good struct {
	line        *slip.Line
	qty         num.Quantity // in the line's unit
	name, shelf string
}

// required is the day the goods are wanted: an order's own, or that of the order they were sold by.
func (s *sheet) required(src *sources) text.Date {
	if s.k.Plan {
		return s.d.DueDate
	}
	return src.required
}

// toPick are the lines with goods to fetch from a warehouse: of an order what is not delivered yet.
func (s *sheet) toPick(warehouse string) ([]good, error) {
	var out []good
	for i := range s.d.Lines {
		l := &s.d.Lines[i]
		if s.d.At(l) != warehouse || l.Service {
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
		g := good{line: l, qty: qty, name: l.Product}
		if m, ok := s.b.Masters().Product(l.Product); ok {
			g.name, g.shelf = m.Name(s.other), m.Get("shelf")
			if spec := m.Get("spec"); spec != "" {
				g.name += " " + spec
			}
		}
		out = append(out, g)
	}
	return out, nil
}

// noted is what stands behind a line's name: the lots to fetch, and its remark.
func (s *sheet) noted(l *slip.Line) string {
	lots := s.ofLots(l)
	switch {
	case l.Remark == "":
		return lots
	case s.opt.Lang == text.Zh:
		return lots + "（" + l.Remark + "）"
	}
	return lots + " (" + l.Remark + ")"
}
