package paper

import (
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// Labels are price and shelf labels 标签, one a page on a label printer, or 24 on an A4 sheet.
type Labels struct {
	Lang  text.Lang
	Kind  LabelKind
	Items []Label
	Sheet bool // A4 with 3 × 8 of 70 × 37, for Shelf70
	Skip  int  // places already used on the first sheet
	Shift Shift
}

// LabelKind is a label's size and pattern.
type LabelKind string

// The labels.
const (
	Label60x40 LabelKind = "60x40"
	Label40x30 LabelKind = "40x30"
	Shelf70x38 LabelKind = "70x38"
)

// LabelKinds are the labels in the order a setting offers them.
func LabelKinds() []LabelKind { return []LabelKind{Label60x40, Label40x30, Shelf70x38} }

// Label is one product's label. Price carries its sign and unit: ¥4.40/套 (on the shelf label: ¥4.40 and Unit).
type Label struct {
	Name, Spec, Code    string
	Price               string
	Barcode             string // 13 digits with a right check digit print as EAN-13, all else as Code 128
	Shop                string // foot of 60 × 40
	Unit, Origin, Shelf string // shelf label
	Changed             string // 2026-10-01 调价
	Lot                 *LotLabel
}

// LotLabel makes a 60 × 40 label one of a lot 批次: instead of price and bar code it says lot and expiry, in words and as a QR code.
type LotLabel struct {
	Lot      string
	Expiry   text.Date // none: the lot does not expire
	Receipt  string    // number of the slip it came with
	Quantity string    // with its unit
	Pieces   string    // the same without, for the code
}

// LotCode is what the QR code of a lot's label says: TL08003;L20260918A;E20280917;Q1. What is not known is left out.
func LotCode(product string, l *LotLabel) string {
	out := product + ";L" + l.Lot
	if l.Expiry != 0 {
		out += ";E" + strings.ReplaceAll(l.Expiry.String(), "-", "")
	}
	if l.Pieces != "" {
		out += ";Q" + strings.ReplaceAll(l.Pieces, ",", "")
	}
	return out
}

func (l *Labels) pages() ([]page, error) {
	if len(l.Items) == 0 {
		return nil, errNothing
	}
	if l.Sheet {
		return l.sheets()
	}
	size := map[LabelKind][2]float64{Label60x40: {60, 40}, Label40x30: {40, 30}, Shelf70x38: {70, 38}}
	wh, ok := size[l.Kind]
	if !ok {
		return nil, fault.New(fault.Invalid, "不认识的标签“%s”，请选 60x40、40x30 或 70x38", "Unknown label “%s”; choose 60x40, 40x30 or 70x38", string(l.Kind)).At("label")
	}
	out := make([]page, len(l.Items))
	for i := range l.Items {
		out[i] = page{w: wh[0], h: wh[1], dx: l.Shift.X, dy: l.Shift.Y}
		if err := l.draw(&out[i], &l.Items[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sheets sets shelf labels on A4, three in a row; 297 mm hold eight rows of 37 with half a millimetre over.
func (l *Labels) sheets() ([]page, error) {
	var out []page
	for i := range l.Items {
		place := i + min(max(l.Skip, 0), 23)
		if i == 0 || place%24 == 0 {
			out = append(out, page{w: a4W, h: a4H, dx: l.Shift.X, dy: l.Shift.Y})
		}
		p := &out[len(out)-1]
		x, y := 70*float64(place%3), 0.5+37*float64(place%24/3)
		one := page{dx: x + l.Shift.X} // bars start on a dot of the sheet
		if err := l.shelf(&one, &l.Items[i]); err != nil {
			return nil, err
		}
		for _, o := range one.ops {
			o.x, o.y = o.x+x, o.y+y
			if o.kind == 'l' {
				o.w, o.h = o.w+x, o.h+y
			}
			p.ops = append(p.ops, o)
		}
	}
	return out, nil
}

func (l *Labels) draw(p *page, it *Label) error {
	switch l.Kind {
	case Label60x40:
		if it.Lot != nil {
			return l.lot(p, it)
		}
	case Label40x30:
		return l.small(p, it)
	case Shelf70x38:
		return l.shelf(p, it)
	}
	return l.large(p, it)
}

// two sets a text on at most two lines; labels are the only paper that cuts names.
func two(s string, size float64, bold bool, room float64) []string {
	lines := wrap(s, size, bold, room)
	if len(lines) > 2 {
		rest := strings.TrimSpace(strings.TrimPrefix(s, lines[0]))
		lines = []string{lines[0], cut(rest, size, bold, room)}
	}
	return lines
}

func (l *Labels) large(p *page, it *Label) error {
	names := two(safe(it.Name), 10, true, 56)
	p.text(2, 1.9, 4, names[0], 10, true, left)
	specY, specSize, priceY := 6.4, 8.5, 12.1
	if len(names) > 1 {
		p.text(2, 5.9, 4, names[1], 10, true, left)
		specY, specSize = 9.2, 7
		if it.Spec != "" { // three rows of words: price and code go down to the bars
			priceY = 13.5
		}
	}
	if it.Spec != "" {
		s := safe(text.T("规格 ", "").In(l.Lang) + it.Spec)
		fit := shrink(s, specSize, false, 56)
		p.text(2, specY, 4, cut(s, fit, false, 56), fit, false, left)
	}
	price := safe(it.Price)
	fit := shrink(price, 15, true, 34)
	p.text(58, priceY, 4, price, fit, true, right)
	code := safe(it.Code)
	p.text(2, priceY-0.1, 4, code, shrink(code, 9, false, 55-width(price, fit, true)), false, left)
	if err := p.barcode(30, 19, 13.5, moduleCoarse, 60, it.Barcode, 8.5); err != nil {
		return err
	}
	shop := safe(it.Shop)
	p.text(30, 36, 3, shop, shrink(shop, smallest, false, 56), false, middle)
	return nil
}

func (l *Labels) small(p *page, it *Label) error {
	name := safe(strings.TrimSpace(it.Name + " " + it.Spec))
	p.lines(1.75, 1.9, 5, two(name, 7.5, true, 36.5), 7.5, 1.12, true, left)
	price := safe(it.Price)
	fit := shrink(price, 11, true, 24)
	p.text(38.25, 7.9, 4, price, fit, true, right)
	code := safe(it.Code)
	p.text(1.75, 7.9, 4, code, shrink(code, 7.5, false, 35.5-width(price, fit, true)), false, left)
	return p.barcode(20, 13.2, 11.5, moduleFine, 40, it.Barcode, 7.5)
}

const moduleQR = 0.625

// lot is the label of a lot: the clear text under the code says the same, for a scanner that reads no QR codes.
func (l *Labels) lot(p *page, it *Label) error {
	name := safe(strings.TrimSpace(it.Name + " " + it.Spec))
	names := two(name, 10, true, 56)
	p.lines(2, 1.6, 4.4, names[:1], 10, 1.12, true, left)
	if len(names) > 1 {
		p.text(2, 5.4, 3, names[1], shrink(names[1], 8, true, 56), true, left)
	}
	rows := []struct {
		label text.Text
		value string
		bold  bool
	}{{wordCode, it.Code, false}, {wordLot, it.Lot.Lot, true}, {wordExpiry, it.Lot.Expiry.String(), true}, {wordSlip, it.Lot.Receipt, false}, {wordPieces, it.Lot.Quantity, false}}
	y := 8.2
	for _, r := range rows {
		if r.value == "" {
			continue
		}
		v := safe(r.value)
		p.text(2, y, 4, r.label.In(l.Lang), 8.5, false, left)
		fit := shrink(v, 9, r.bold, 26)
		p.text(11, y, 4, cut(v, fit, r.bold, 26), fit, r.bold, left)
		y += 5.05
	}
	code := LotCode(it.Code, it.Lot)
	if _, err := p.qrAt(38.8, 8.4, moduleQR, code); err != nil {
		return err
	}
	code = safe(code)
	p.text(2, 35.2, 3.2, code, shrink(code, 7, false, 56), false, left)
	return nil
}

var (
	wordCode   = text.T("编码", "Code")
	wordLot    = text.T("批号", "Lot")
	wordExpiry = text.T("到期", "Expiry")
	wordSlip   = text.T("单号", "Slip")
	wordPieces = text.T("数量", "Qty")
)

var (
	wordSpec   = text.T("规格", "Spec.")
	wordPer    = text.T("单位", "Unit")
	wordOrigin = text.T("产地", "Origin")
	wordShelf  = text.T("货位", "Shelf")
	wordRetail = text.T("零售价（元/%s）", "Price (CNY per %s)")
)

func (l *Labels) shelf(p *page, it *Label) error {
	name := safe(it.Name)
	if fit := shrink(name, 12, true, 66); width(name, fit, true) <= 66 && fit >= 8.5 {
		p.text(2, 2.4, 4, name, fit, true, left)
	} else {
		p.lines(2, 1, 7.4, two(name, 8.5, true, 66), 8.5, 1.12, true, left)
	}
	l.facts(p, it)
	p.line(2, 18, 68, 18, 0.25)
	room := 36.0
	if it.Barcode != "" {
		widths, err := p.codeWidths(it.Barcode)
		if err != nil {
			return err
		}
		const x0 = 5.0
		if end := x0 + float64(total(widths)+quiet)*moduleFine; !isEAN(it.Barcode) {
			room = 68 - end
		}
		if room < 14 {
			return fault.New(fault.Invalid, "条码“%s”太长，货架标签印不下价格，请用更短的条码", "The bar code “%s” leaves no room for the price; use a shorter code", it.Barcode).At("barcode")
		}
		p.symbol(x0, 20, 11.5, moduleFine, widths, it.Barcode, 7.5)
	}
	code := safe(it.Code)
	p.text(2, 34.1, 4, code, shrink(code, 7, false, 34), false, left)
	caption := safe(strings.Replace(wordRetail.In(l.Lang), "%s", it.Unit, 1))
	p.text(68, 19, 4, caption, shrink(caption, 8, false, min(room, 33)), false, right)
	price := safe(it.Price)
	p.text(68, 23.25, 10, price, shrink(price, 30, true, room), true, right)
	changed := safe(it.Changed)
	p.text(68, 34.1, 4, changed, shrink(changed, smallest, false, 30), false, right)
	return nil
}

// facts are what the price marking rule asks beside the price: specification, unit, origin, and the shelf. A long specification has a row of its
// own and the others share the one below it, so that it is not cut while half of the label is empty.
func (l *Labels) facts(p *page, it *Label) {
	pairs := [][2]string{{wordSpec.In(l.Lang), safe(it.Spec)}, {wordPer.In(l.Lang), safe(it.Unit)}, {wordOrigin.In(l.Lang), safe(it.Origin)}, {wordShelf.In(l.Lang), safe(it.Shelf)}}
	put := func(pair [2]string, x, y, right float64) {
		p.text(x, y, 4, pair[0], 8, false, left)
		at := x + max(7.5, width(pair[0], 8, false)+1)
		fit := shrink(pair[1], 8, false, right-at)
		p.text(at, y, 4, cut(pair[1], fit, false, right-at), fit, false, left)
	}
	y := 8.5
	if at := 2 + max(7.5, width(pairs[0][0], 8, false)+1); width(pairs[0][1], 8, false) > 27.5-at {
		put(pairs[0], 2, y, 68)
		pairs, y = pairs[1:], y+4.4
		pairs = slices.DeleteFunc(pairs, func(p [2]string) bool { return p[1] == "" })
		for i, pair := range pairs {
			each := 66 / float64(len(pairs))
			put(pair, 2+each*float64(i), y, 1+each*float64(i+1))
		}
		return
	}
	pairs = slices.DeleteFunc(pairs, func(p [2]string) bool { return p[1] == "" })
	for i, pair := range pairs {
		x, right := 2.0, 27.5
		if i%2 == 1 {
			x, right = 28, 67.5
		}
		put(pair, x, y+4.4*float64(i/2), right)
	}
}

// isEAN tells thirteen digits with the right check digit.
func isEAN(s string) bool {
	if len(s) != 13 || digitRun(s) != 13 {
		return false
	}
	sum := 0
	for i := 0; i < 12; i++ {
		d := int(s[i] - '0')
		if i%2 == 1 {
			d *= 3
		}
		sum += d
	}
	return (10-sum%10)%10 == int(s[12]-'0')
}

// The digit patterns of EAN-13: set A as widths, and which of the left six digits use set B by the first digit.
var (
	eanDigits = [10]string{"3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"}
	eanSets   = [10]string{"AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"}
)

// ean13 gives the widths of bars and spaces, beginning with a bar.
func ean13(s string) []int {
	out := []int{1, 1, 1}
	add := func(p string, mirrored bool) {
		for i := range p {
			k := i
			if mirrored {
				k = len(p) - 1 - i
			}
			out = append(out, int(p[k]-'0'))
		}
	}
	sets := eanSets[s[0]-'0']
	for i := 0; i < 6; i++ { // the left half begins with spaces; set B is set A mirrored
		add(eanDigits[s[i+1]-'0'], sets[i] == 'B')
	}
	out = append(out, 1, 1, 1, 1, 1)
	for i := 7; i < 13; i++ {
		add(eanDigits[s[i]-'0'], false)
	}
	return append(out, 1, 1, 1)
}

func (p *page) codeWidths(s string) ([]int, error) {
	if isEAN(s) {
		return ean13(s), nil
	}
	return code128(s)
}

// barcode draws an EAN-13 or Code 128 around x. A Code 128 takes the coarse module only where it fits with its
// quiet zones; one too long for the fine module is an error.
func (p *page) barcode(x, y, h, module, label float64, s string, size float64) error {
	if s == "" {
		return nil
	}
	widths, err := p.codeWidths(s)
	if err != nil {
		return err
	}
	if !isEAN(s) {
		n := float64(total(widths) + 2*quiet)
		if n*module > label {
			module = moduleFine
		}
		if n*module > label {
			return fault.New(fault.Invalid, "条码“%s”太长，这种标签印不下，请用更大的标签或更短的条码", "The bar code “%s” is too long for this label; use a larger label or a shorter code", s).At("barcode")
		}
	}
	p.symbol(x-float64(total(widths))*module/2, y, h, module, widths, s, size)
	return nil
}

// symbol draws bars from x0 with their text underneath; EAN digits stand under their bars.
func (p *page) symbol(x0, y, h, module float64, widths []int, s string, size float64) {
	p.bars(x0, y, h, module, widths)
	mid := y + h + 0.1925 + 0.195*size
	base := mid + 0.37*size*pt
	if !isEAN(s) {
		fit := shrink(s, size, false, float64(total(widths))*module)
		p.textAt(x0+float64(total(widths))*module/2, base, s, fit, false, middle)
		return
	}
	for i, d := range s {
		at := 6.5 + 7*float64(i-1)
		switch {
		case i == 0:
			at = -5.5
		case i > 6:
			at += 5
		}
		p.textAt(x0+at*module, base, string(d), size, false, middle)
	}
}
