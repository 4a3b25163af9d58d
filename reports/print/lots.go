package print

import (
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

var wordLots = text.T("批号", "Lot")

// lots says of which lots a line is; of several, each with its day, where the line has not one for all.
func (s *sheet) lots(l *slip.Line) (string, error) {
	p, ok := s.b.Masters().Product(l.Product)
	if !ok || p.Serial() || l.Lot() == "" || l.Get(slip.ExpiryKey) != "" {
		return l.Lot(), nil
	}
	list := l.Lots()
	if len(list) < 2 {
		return l.Lot(), nil
	}
	var words []string
	for _, x := range list {
		w := x.Code + ":" + x.Qty.String()
		lot, err := s.b.Seen().Lot(p.ID, x.Code)
		if err != nil {
			return "", err
		}
		if lot != nil && lot.Expiry != 0 {
			w += " (" + lot.Expiry.String() + ")"
		}
		words = append(words, w)
	}
	return strings.Join(words, " "), nil
}

// ofLots is what stands behind a name where one lot is counted or fetched: lots, and the day they expire.
func (s *sheet) ofLots(l *slip.Line) string {
	v, err := s.lots(l)
	if err != nil || v == "" {
		return ""
	}
	if day := l.Get(slip.ExpiryKey); day != "" {
		v += " (" + day + ")"
	}
	return " " + s.in(wordLots) + " " + v
}

// lotLabels are the labels of a line's lots: one each, or one for every piece. A line without lots has none.
func (s *sheet) lotLabels(l *slip.Line) (list []LabelRequest, err error) {
	p, ok := s.b.Masters().Product(l.Product)
	if !ok || !p.Tracked() || l.Lot() == "" {
		return nil, nil
	}
	unit := s.name(master.Units.Code, p.Unit)
	for _, x := range l.Lots() {
		lot, err := s.b.Seen().Lot(p.ID, x.Code)
		if err != nil {
			return nil, err
		}
		label := &paper.LotLabel{Lot: x.Code, Receipt: s.d.Number, Quantity: strings.TrimSpace(x.Qty.Grouped() + " " + unit), Pieces: x.Qty.Grouped()}
		if day, err := text.ParseDate(l.Get(slip.ExpiryKey)); err == nil && l.Get(slip.ExpiryKey) != "" {
			label.Expiry = day
		} else if lot != nil {
			label.Expiry = lot.Expiry
		}
		r := LabelRequest{Product: l.Product, Lot: label}
		if s.opt.Each {
			r.Number = pieces(&slip.Line{Base: x.Qty})
			label.Quantity, label.Pieces = strings.TrimSpace("1 "+unit), "1"
		}
		list = append(list, r)
	}
	if len(list) > most {
		return nil, fault.New(fault.Refused, "标签超过 %d 张，请分几次打印", "more than %d labels; print them in parts", most)
	}
	return list, nil
}

// lotCounts are the lines to count of what lies of a product: one for each lot.
func lotCounts(s *sheet, warehouse string, line paper.CountLine, q num.Quantity) ([]paper.CountLine, error) {
	p, ok := s.b.Masters().Product(line.Code)
	w, there := s.b.Masters().Find(master.Warehouses.Code, warehouse)
	line.Book = q.Grouped()
	if !ok || !there || !p.Tracked() {
		return []paper.CountLine{line}, nil
	}
	lots, err := s.b.Seen().LotsNow(p.ID, w.ID)
	var list []paper.CountLine
	for _, x := range lots {
		one := line
		one.Name = strings.TrimSpace(one.Name) + " " + s.in(wordLots) + " " + x.Code
		if x.Expiry != 0 {
			one.Name += " (" + x.Expiry.String() + ")"
		}
		one.Book = x.Qty.Grouped()
		list = append(list, one)
	}
	return list, err
}
