package print

import (
	"cmp"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports/paper"
)

// most is the number of labels one print may have: a mistyped quantity would else run a roll empty.
const most = 5000

// LabelRequest asks for the labels of one product.
type LabelRequest struct {
	Product string          // code
	Number  int             // how many; 0: as many as the options say
	Lot     *paper.LotLabel // of a lot: a label of 60 × 40 then says lot and expiry instead of price and bar code
}

// LabelForm is how labels of products print that no slip asks for.
func LabelForm() Form {
	return Form{As: AsLabel, Title: text.T("商品标签", "Product labels"), Papers: labelPapers()}
}

// Labels prints labels of products in the order they are asked for. Faults: NotFound for a product, Usage for options that do not
// exist, Refused for more than a roll holds, Invalid for a bar code that fits no label of the size.
func Labels(b *workflow.Book, list []LabelRequest, opt Options) ([]byte, error) {
	opt.As = AsLabel
	if f := b.Who().Needs(rights.Need("products.see")); f != nil {
		return nil, f
	}
	if err := opt.complete(b); err != nil {
		return nil, err
	}
	if err := opt.paper(LabelForm()); err != nil {
		return nil, err
	}
	s := &sheet{b: b, k: &slip.Kind{}, d: &slip.Doc{}, opt: opt, other: opt.Lang != b.Settings().Lang}
	papers, err := s.labelled(list)
	if err != nil {
		return nil, err
	}
	return paper.PDF(papers...)
}

// labels are those of a slip's products: so many each, in the order of the lines, or one for every piece.
func (s *sheet) labels() ([]paper.Paper, error) {
	var list []LabelRequest
	seen := map[string]bool{}
	for i := range s.d.Lines {
		l := &s.d.Lines[i]
		if _, ok := s.b.Masters().Product(l.Product); !ok || seen[l.Product] && !s.opt.Each {
			continue
		}
		lots, err := s.lotLabels(l)
		if err != nil {
			return nil, err
		}
		if len(lots) > 0 { // every lot has its own
			list = append(list, lots...)
			continue
		}
		seen[l.Product] = true
		r := LabelRequest{Product: l.Product}
		if s.opt.Each {
			r.Number = pieces(l)
		}
		list = append(list, r)
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Refused, "%s 没有商品，不能打印标签", "%s has no products to label", s.d.Number)
	}
	return s.labelled(list)
}

// labelled lays out what is asked for.
func (s *sheet) labelled(list []LabelRequest) ([]paper.Paper, error) {
	out := &paper.Labels{Lang: s.opt.Lang, Kind: paper.LabelKind(s.opt.Paper), Skip: s.opt.Skip, Shift: paper.Shift(s.opt.Shift)}
	if s.opt.Paper == string(paper.A4) {
		out.Kind, out.Sheet = paper.Shelf70x38, true
	}
	for _, r := range list {
		p, ok := s.b.Masters().Product(r.Product)
		if !ok {
			return nil, fault.New(fault.NotFound, "没有商品“%s”", "there is no product %q", r.Product).At("product")
		}
		one, err := s.label(p, out.Kind)
		if err != nil {
			return nil, err
		}
		one.Lot = r.Lot
		n := cmp.Or(r.Number, s.opt.Number, 1)
		if n < 0 || n > most || len(out.Items)+n > most {
			return nil, fault.New(fault.Refused, "标签超过 %d 张，请分几次打印", "more than %d labels; print them in parts", most)
		}
		for range n {
			out.Items = append(out.Items, one)
		}
	}
	if len(out.Items) == 0 {
		return nil, fault.New(fault.Usage, "请给出要打印标签的商品", "name the products to label")
	}
	return []paper.Paper{out}, nil
}

// pieces is how many labels the goods of a line need: one for every base unit, a part of one counting whole.
func pieces(l *slip.Line) int {
	q := l.Base
	if q < 0 {
		q = -q
	}
	return int(min((q+num.QuantityOne-1)/num.QuantityOne, most+1))
}

// label is what stands on one product's label. The price is what a customer pays: the sales price with tax, a base unit; who may not see
// sales prices gets labels without it (R4).
func (s *sheet) label(p *master.Product, kind paper.LabelKind) (paper.Label, error) {
	unit := s.name(master.Units.Code, p.Unit)
	out := paper.Label{Name: p.Name(s.other), Code: p.Code(), Barcode: p.Get("barcode"), Shop: s.b.Settings().Company, Unit: unit, Shelf: p.Get("shelf"),
		Spec: strings.Join(strings.Fields(p.Get("spec")+" "+p.Get("colour")+" "+p.Get("size")), " ")}
	if out.Barcode == "" && printable(p.Code()) {
		out.Barcode = p.Code()
	}
	if p.Sales == 0 || !s.b.Who().Sees(slip.TagSales) {
		return out, nil
	}
	rate := s.b.Settings().VAT
	if p.HasTax {
		rate = p.TaxRate
	}
	price, err := slip.WithTax(p.Sales, rate, s.b.PricedWithTax(p.Record), true)
	if err != nil {
		return out, err
	}
	out.Price = "¥" + cents(price).Grouped()
	if kind != paper.Shelf70x38 && unit != "" {
		out.Price += "/" + unit
	}
	return out, nil
}

// cents rounds a price to what can be paid.
func cents(p num.Price) num.Amount {
	a, err := num.Extend(num.QuantityOne, p, 0)
	if err != nil {
		return 0
	}
	return a
}

// printable tells what a bar code can say.
func printable(code string) bool {
	for _, r := range code {
		if r < ' ' || r > '~' {
			return false
		}
	}
	return code != ""
}
