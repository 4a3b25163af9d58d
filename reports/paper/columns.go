package paper

import (
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// col is a column placed on a page.
type col struct {
	Column
	x, w float64
}

// set is the columns of one kind of ply, with the size words and figures are set in.
type set struct {
	cols []col
	size float64
}

func (s *set) name() *col {
	for i := range s.cols {
		if s.cols[i].Key == ColName {
			return &s.cols[i]
		}
	}
	return nil
}

// defaults gives kind and behaviour of the known keys.
var defaults = map[Key]Column{
	ColNumber: {Kind: Centre}, ColCode: {Kind: Words}, ColName: {Kind: Words}, ColUnit: {Kind: Centre},
	ColQuantity: {Kind: Figure, Sum: true}, ColPrice: {Kind: Figure}, ColNet: {Kind: Figure, Sum: true},
	ColRate: {Kind: Centre, Drop: true}, ColTax: {Kind: Figure, Sum: true}, ColGross: {Kind: Figure, Sum: true},
	ColDiscount: {Kind: Figure, Drop: true}, ColRemark: {Kind: Words, Drop: true}, ColShelf: {Kind: Words, Drop: true},
	ColIssued: {Kind: Blank}, ColTick: {Kind: Box}, ColOrdered: {Kind: Figure, Drop: true},
	ColDelivered: {Kind: Figure, Sum: true}, ColReceived: {Kind: Figure, Sum: true}, ColDue: {Kind: Centre, Drop: true},
	ColLot: {Kind: Words, Drop: true}, ColExpiry: {Kind: Centre, Drop: true},
}

// widths are the columns of a set in their order; the name takes what is left of the table.
type widths []struct {
	key Key
	mm  float64
}

// The sets of the three forms, by sheet: continuous paper, A5, A4.
var (
	stockApart = [3]widths{
		{{ColNumber, 7}, {ColCode, 20}, {ColName, 0}, {ColUnit, 10}, {ColQuantity, 16}, {ColPrice, 18}, {ColDiscount, 11}, {ColNet, 21}, {ColRate, 10}, {ColTax, 17}, {ColGross, 21}},
		{{ColNumber, 7}, {ColCode, 19}, {ColName, 0}, {ColUnit, 9}, {ColQuantity, 15}, {ColPrice, 17}, {ColDiscount, 10}, {ColNet, 21}, {ColRate, 10}, {ColTax, 17}, {ColGross, 21}},
		{{ColNumber, 7}, {ColCode, 18}, {ColName, 0}, {ColUnit, 11}, {ColQuantity, 14}, {ColPrice, 17}, {ColDiscount, 11}, {ColNet, 20}, {ColRate, 11}, {ColTax, 16}, {ColGross, 21}},
	}
	stockInclusive = [3]widths{
		{{ColNumber, 7}, {ColCode, 20}, {ColName, 0}, {ColUnit, 10}, {ColQuantity, 16}, {ColPrice, 18}, {ColDiscount, 11}, {ColNet, 24}, {ColRemark, 20}},
		{{ColNumber, 7}, {ColCode, 19}, {ColName, 0}, {ColUnit, 10}, {ColQuantity, 15}, {ColPrice, 18}, {ColDiscount, 11}, {ColNet, 23}, {ColRemark, 20}},
		{{ColNumber, 7}, {ColCode, 18}, {ColName, 0}, {ColUnit, 11}, {ColQuantity, 14}, {ColPrice, 19}, {ColDiscount, 11}, {ColNet, 23}, {ColRemark, 20}},
	}
	stockPlain = [3]widths{
		{{ColNumber, 7}, {ColShelf, 18}, {ColCode, 20}, {ColName, 0}, {ColUnit, 12}, {ColQuantity, 18}, {ColIssued, 18}, {ColTick, 10}},
		{{ColNumber, 7}, {ColShelf, 18}, {ColCode, 19}, {ColName, 0}, {ColUnit, 12}, {ColQuantity, 18}, {ColIssued, 18}, {ColTick, 10}},
		{{ColNumber, 7}, {ColShelf, 18}, {ColCode, 18}, {ColName, 0}, {ColUnit, 12}, {ColQuantity, 18}, {ColIssued, 18}, {ColTick, 10}},
	}
	receiptMoney = [3]widths{
		{{ColNumber, 7}, {ColCode, 20}, {ColName, 0}, {ColUnit, 10}, {ColOrdered, 15}, {ColDelivered, 15}, {ColReceived, 16}, {ColPrice, 16}, {ColNet, 21}, {ColTax, 18}},
		{{ColNumber, 7}, {ColCode, 19}, {ColName, 0}, {ColUnit, 9}, {ColOrdered, 14}, {ColDelivered, 14}, {ColReceived, 15}, {ColPrice, 15}, {ColNet, 20}, {ColTax, 18}},
		{{ColNumber, 7}, {ColCode, 18}, {ColName, 0}, {ColUnit, 10}, {ColOrdered, 14}, {ColDelivered, 15}, {ColReceived, 15}, {ColPrice, 16}, {ColNet, 20}, {ColTax, 17}},
	}
	receiptPlain = [3]widths{
		{{ColNumber, 7}, {ColShelf, 18}, {ColCode, 20}, {ColName, 0}, {ColUnit, 12}, {ColOrdered, 18}, {ColDelivered, 18}, {ColReceived, 18}, {ColTick, 10}},
		{{ColNumber, 7}, {ColShelf, 18}, {ColCode, 19}, {ColName, 0}, {ColUnit, 10}, {ColOrdered, 16}, {ColDelivered, 16}, {ColReceived, 16}, {ColTick, 10}},
		{{ColNumber, 7}, {ColShelf, 18}, {ColCode, 18}, {ColName, 0}, {ColUnit, 11}, {ColOrdered, 16}, {ColDelivered, 16}, {ColReceived, 16}, {ColTick, 10}},
	}
	orderMoney = [3]widths{
		{{ColNumber, 7}, {ColCode, 20}, {ColName, 0}, {ColUnit, 10}, {ColQuantity, 16}, {ColPrice, 19}, {ColDiscount, 11}, {ColNet, 22}, {ColRate, 10}, {ColTax, 18}, {ColDue, 19}},
		{{ColNumber, 7}, {ColCode, 19}, {ColName, 0}, {ColUnit, 9}, {ColQuantity, 15}, {ColPrice, 19}, {ColDiscount, 11}, {ColNet, 21}, {ColRate, 10}, {ColTax, 17}, {ColDue, 18}},
		{{ColNumber, 7}, {ColCode, 19}, {ColName, 0}, {ColUnit, 11}, {ColQuantity, 15}, {ColPrice, 19}, {ColDiscount, 11}, {ColNet, 21}, {ColRate, 10}, {ColTax, 19}, {ColDue, 18}},
	}
	orderPlain = [3]widths{
		{{ColNumber, 7}, {ColCode, 20}, {ColName, 0}, {ColUnit, 12}, {ColQuantity, 18}, {ColDue, 20}},
		{{ColNumber, 7}, {ColCode, 19}, {ColName, 0}, {ColUnit, 12}, {ColQuantity, 18}, {ColDue, 20}},
		{{ColNumber, 7}, {ColCode, 19}, {ColName, 0}, {ColUnit, 12}, {ColQuantity, 18}, {ColDue, 20}},
	}
)

// own gives the form's own columns for the sheet, with or without amounts.
func (v *Voucher) own(amounts bool) []Column {
	sheet := 0
	switch v.Size {
	case A5:
		sheet = 1
	case A4:
		sheet = 2
	}
	table := stockApart
	switch {
	case v.Form == Receipt && amounts:
		table = receiptMoney
	case v.Form == Receipt:
		table = receiptPlain
	case v.Form == Order && amounts && v.Inclusive:
		table = stockInclusive
		for i := range table { // an order says when each line is due
			table[i] = append(append(widths(nil), table[i][:len(table[i])-1]...), orderMoney[i][len(orderMoney[i])-1], table[i][len(table[i])-1])
		}
	case v.Form == Order && amounts:
		table = orderMoney
	case v.Form == Order:
		table = orderPlain
	case !amounts:
		table = stockPlain
	case v.Inclusive:
		table = stockInclusive
	}
	var out []Column
	for _, w := range table[sheet] {
		c := defaults[w.key]
		c.Key, c.Width = w.key, w.mm
		out = append(out, c)
	}
	return out
}

// columns resolves the columns of a ply: the caller's or the form's own, with widths and titles filled in.
func (v *Voucher) columns(amounts bool) []Column {
	given := v.Columns
	if !amounts {
		given = v.Plain
	}
	own := v.own(amounts)
	if given == nil {
		given = own
	}
	out := append([]Column(nil), given...)
	for i := range out {
		c := &out[i]
		if c.Width == 0 && c.Key != ColName {
			c.Width = 18
			for _, o := range own {
				if o.Key == c.Key {
					c.Width = o.Width
				}
			}
		}
		if c.Title == "" {
			c.Title = v.title(c.Key)
		}
	}
	return out
}

func (v *Voucher) title(k Key) string {
	switch {
	case k == ColPrice && v.Inclusive:
		return titlePriceInclusive.In(v.Lang)
	case k == ColPrice && v.Form == Order:
		return titlePriceNet.In(v.Lang)
	case k == ColNet && v.Inclusive:
		return titleNetInclusive.In(v.Lang)
	}
	return columnTitles[k].In(v.Lang)
}

// place drops the columns that are empty in every line, lets figures take what they need from the name, and
// sets the columns side by side from x.
func (v *Voucher) place(amounts bool, x, tableWidth, size float64) (*set, error) {
	s := &set{size: size}
	rate, single := v.singleRate()
	for _, c := range v.columns(amounts) {
		if c.Drop && !v.used(c.Key) || v.Size == A4 && c.Key == ColRate && single {
			continue
		}
		if c.Key == ColTax && v.Size == A4 && single && (v.Form == Order || v.Lang == text.Zh) {
			c.Title += " " + rate
		}
		s.cols = append(s.cols, col{Column: c, w: c.Width})
	}
	name := s.name()
	if name == nil {
		return nil, fmt.Errorf("paper: the columns of %s lack a name column", v.Title)
	}
	rest := tableWidth
	for i := range s.cols {
		c := &s.cols[i]
		if c.Key == ColName {
			continue
		}
		if c.Kind == Figure {
			need, err := v.needed(c, size)
			if err != nil {
				return nil, err
			}
			c.w = max(c.w, need)
		}
		rest -= c.w
	}
	if rest < 20 {
		return nil, fault.New(fault.Invalid, "这张单据的数字太长，%s 纸放不下，请改用更宽的纸",
			"The figures of this slip are too long for %s paper; choose a wider sheet", string(v.Size)).At("size")
	}
	name.w = rest
	for i := range s.cols {
		s.cols[i].x = micro(x)
		x += s.cols[i].w
	}
	return s, nil
}

// used tells whether any line has something in the column; a rate of nought counts as nothing.
func (v *Voucher) used(k Key) bool {
	for i := range v.Lines {
		c := v.Lines[i].Cells[k]
		if k == ColRemark && v.Lines[i].Remark != "" {
			return true
		}
		if c != "" && !(k == ColRate && (c == "0%" || c == "0")) {
			return true
		}
	}
	return false
}

// singleRate tells whether all lines have one tax rate, and which.
func (v *Voucher) singleRate() (string, bool) {
	rate := ""
	for i := range v.Lines {
		c := v.Lines[i].Cells[ColRate]
		if i > 0 && c != rate {
			return "", false
		}
		rate = c
	}
	return rate, rate != ""
}

// needed is the width at which every cell of a figure column and its running totals fit.
func (v *Voucher) needed(c *col, size float64) (float64, error) {
	need := 0.0
	sum := sums{}
	for i := range v.Lines {
		need = max(need, width(v.Lines[i].Cells[c.Key], size, false))
		if c.Sum {
			if err := sum.add(v, &v.Lines[i], i, c.Key); err != nil {
				return 0, err
			}
			need = max(need, width(v.shown(sum, c.Key), size, true))
		}
	}
	return micro(need + 2*pad), nil
}

// isCount tells the columns that hold quantities.
func isCount(k Key) bool {
	return slices.Contains([]Key{ColQuantity, ColOrdered, ColDelivered, ColReceived, ColBook, ColCounted, ColDiffers}, k)
}

// sums are running totals by column, in the scale of the column's cells.
type sums map[Key]int64

func (s sums) add(v *Voucher, l *Line, i int, k Key) error {
	cell := strings.TrimSpace(l.Cells[k])
	if cell == "" {
		return nil
	}
	var n int64
	var err error
	if isCount(k) {
		var q num.Quantity
		q, err = num.ParseQuantity(cell)
		n = int64(q)
	} else {
		var a num.Amount
		a, err = num.ParseAmount(cell)
		n = int64(a)
	}
	if err == nil {
		s[k], err = num.Add(s[k], n)
	}
	if err != nil {
		return fmt.Errorf("paper: line %d, column %s, %q: %w", i+1, k, cell, err)
	}
	return nil
}

// shown formats a running total; a total quantity may be left out by setting.
func (v *Voucher) shown(s sums, k Key) string {
	if isCount(k) {
		if v.NoTotalQuantity {
			return ""
		}
		return num.Quantity(s[k]).Grouped()
	}
	return num.Amount(s[k]).Grouped()
}
