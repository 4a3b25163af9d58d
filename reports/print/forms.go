package print

import (
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports/paper"
)

// The papers a slip can be printed as.
const (
	AsSlip      = "slip"
	AsPickList  = "pick-list"
	AsMerged    = "merged-pick-list"  // one walk for all slips, and who gets what behind it
	AsLabel     = "label"             // a label a product, or a piece
	AsVoucher   = "voucher"           // what it posted
	AsRequest   = "request"           // of money to be paid: the chain of those who approve it
	AsCount     = "count-sheet"       // of a stocktake: to count on, blind
	AsCountBook = "count-sheet-book"  // the same with what the book says
	AsRecount   = "recount-sheet"     // of a stocktake: the lines to be counted again
	AsCountDiff = "count-differences" // of a stocktake: what differs, with its value, to be approved
)

var (
	titleRecount     = text.T("复盘表", "Recount sheet")
	titleDifferences = text.T("盘点差异表", "Count differences")
)

// Form is one paper that slips of a kind print as, and what can be chosen for it. The first of each list is the default.
type Form struct {
	As      string // for Options.As
	Title   text.Text
	Papers  []slip.Choice // for Options.Paper
	Plies   []slip.Choice // for Options.Plies; none: it has no plies
	Parts   []slip.Choice // for Options.Without; none: it is printed whole
	Counted bool          // its prints are counted, and the next is a reprint 补打
}

// Forms lists how slips of a kind print, the slip itself first. Hidden kinds have no paper.
func Forms(k *slip.Kind) []Form {
	if k.Hidden {
		return nil
	}
	out := []Form{{As: AsSlip, Title: k.Title, Papers: slipPapers(k), Plies: plyChoices(k), Parts: partsOf(k), Counted: true}}
	if k.Paper.Layout == "payment" {
		out = append(out, Form{As: AsRequest, Counted: true, Title: requestTitle(k), Papers: sizes(paper.A5)})
	}
	if picks(k) {
		out = append(out, Form{As: AsPickList, Title: text.T("备货单", "Pick list"), Papers: sizes(paper.A4)})
	}
	if k.Stock.Counts {
		out = append(out, Form{As: AsCount, Title: text.T("盘点表（盲盘）", "Count sheet, blind"), Papers: sizes(paper.A4)},
			Form{As: AsCountBook, Title: text.T("盘点表（印账面数）", "Count sheet with book quantities"), Papers: sizes(paper.A4)},
			Form{As: AsRecount, Title: titleRecount, Papers: sizes(paper.A4)}, Form{As: AsCountDiff, Counted: true, Title: titleDifferences, Papers: sizes(paper.A4, paper.A5, paper.Continuous, paper.ContinuousThird)})
	}
	if k.Goods() {
		out = append(out, LabelForm())
	}
	if k.Posts() {
		out = append(out, Form{As: AsVoucher, Counted: true, Title: text.T("记账凭证", "Journal voucher"), Papers: sizes(paper.CutSheet, paper.Continuous)})
	}
	return out
}

// FormsOf lists how so many slips of a kind print: as each does alone, and what several make together.
func FormsOf(k *slip.Kind, slips int) []Form {
	out := Forms(k)
	if slips < 2 {
		return out
	}
	if i := slices.IndexFunc(out, func(w Form) bool { return w.As == AsPickList }); i >= 0 {
		out = slices.Insert(out, i+1, Form{As: AsMerged, Title: text.T("合并备货单", "Merged pick list"), Papers: out[i].Papers})
	}
	return out
}

// Papers lists the papers a kind's slips may use, its own first; Plies the copies of a set, in the order they are printed.
func Papers(k *slip.Kind) []slip.Choice { return slipPapers(k) }

// Plies lists the copies of a kind's slips, none where it has no plies.
func Plies(k *slip.Kind) []slip.Choice { return plyChoices(k) }

// Default is how a kind's slips print when nothing is chosen: on its own paper, in one strike, in the book's language.
func Default(k *slip.Kind) Options {
	o := Options{As: AsSlip}
	if list := slipPapers(k); len(list) > 0 {
		o.Paper = list[0].Value
	}
	return o
}

// slipPapers are the sheets of a layout, and till rolls for what has an amount.
func slipPapers(k *slip.Kind) []slip.Choice {
	if k.Hidden {
		return nil
	}
	own := paper.Continuous
	switch k.Paper.Layout {
	case "order":
		own = paper.A4
	case "till":
		own = paper.Roll80
	case "journal":
		own = paper.CutSheet
	}
	list := append([]paper.Size{own}, paper.Sizes()...)
	if paid(k) {
		list = append(list, paper.Roll80, paper.Roll58)
	}
	for i := len(list) - 1; i > 0; i-- {
		if list[i] == own {
			list = slices.Delete(list, i, i+1)
		}
	}
	return sizes(list...)
}

// paid tells whether a kind's paper says an amount of money.
func paid(k *slip.Kind) bool {
	_, amount := k.HeaderField("amount")
	if !amount && !k.Goods() {
		_, amount = k.LineField("amount")
	}
	return !k.Paper.NoMoney && (k.Taxed || amount)
}

// picks tells whether a kind takes goods out of a warehouse, now or later.
func picks(k *slip.Kind) bool {
	_, moves := k.HeaderField("to_warehouse")
	return k.Goods() && (k.Stock.Direction < 0 || k.Stock.Promise == slip.Reserved || moves)
}

func sizes(list ...paper.Size) []slip.Choice {
	out := make([]slip.Choice, len(list))
	for i, s := range list {
		out[i] = slip.Choice{Value: string(s), Label: s.Name()}
	}
	return out
}

func labelPapers() []slip.Choice {
	var out []slip.Choice
	for _, k := range paper.LabelKinds() {
		name := strings.Replace(string(k), "x", "×", 1)
		out = append(out, slip.Choice{Value: string(k), Label: text.T("标签 "+name, "label "+name)})
	}
	return append(out, slip.Choice{Value: string(paper.A4), Label: text.T("A4 不干胶 3×8（70×37）", "A4 sheet of 24 (70×37)")})
}

func plyChoices(k *slip.Kind) []slip.Choice {
	var out []slip.Choice
	for i, p := range k.Paper.Plies {
		if i < len(colours) {
			out = append(out, slip.Choice{Value: colours[i], Label: p})
		}
	}
	return out
}

// way finds the way the options ask for and fills their defaults; what the kind or the program does not know is refused.
func (o *Options) way(k *slip.Kind, d *slip.Doc) (Form, error) {
	all := FormsOf(k, 2)
	if len(all) == 0 {
		return Form{}, fault.New(fault.Refused, "%s 由程序生成，没有纸质单据", "%s is made by the program and has no paper", d.Number)
	}
	i := slices.IndexFunc(all, func(w Form) bool { return w.As == o.As })
	if i < 0 {
		return Form{}, noWay(o.As, k, d)
	}
	w := all[i]
	if err := o.paper(w); err != nil {
		return w, err
	}
	if len(o.Plies) > 0 && len(w.Plies) == 0 {
		return w, fault.New(fault.Usage, "%s不分联", "%s has no plies", w.Title).At("plies")
	}
	return w, nil
}

// paper takes the way's own paper where none is chosen, and refuses one it does not print on.
func (o *Options) paper(w Form) error {
	if o.Paper == "" {
		o.Paper = w.Papers[0].Value
	}
	if slices.ContainsFunc(w.Papers, func(c slip.Choice) bool { return c.Value == o.Paper }) {
		return nil
	}
	names := make([]string, len(w.Papers))
	for i, c := range w.Papers {
		names[i] = c.Value
	}
	return fault.New(fault.Usage, "%s不能用“%s”纸，可选 %s", "%s does not print on %q paper; choose from %s", w.Title, o.Paper, strings.Join(names, ", ")).At("paper")
}

// noWay says why a slip has no such paper.
func noWay(as string, k *slip.Kind, d *slip.Doc) error {
	switch as {
	case AsPickList, AsMerged:
		return fault.New(fault.Refused, "%s 是%s，没有货要备；备货单用于订单、出库单和调拨单",
			"%s is a %s and takes no goods out; pick lists are for orders, deliveries and transfers", d.Number, k.Title)
	case AsRequest:
		return fault.New(fault.Refused, "%s 是%s，不需要付款申请", "%s is a %s; payment requests are for money paid out", d.Number, k.Title)
	case AsCount, AsCountBook, AsRecount, AsCountDiff:
		return fault.New(fault.Refused, "%s 是%s，不是盘点单，没有盘点表", "%s is a %s; count sheets are for stocktakes", d.Number, k.Title)
	case AsLabel:
		return fault.New(fault.Refused, "%s 是%s，没有商品，不能打印标签", "%s is a %s without products and has no labels", d.Number, k.Title)
	}
	return fault.New(fault.Refused, "%s 是%s，不产生凭证", "%s is a %s and posts no voucher", d.Number, k.Title)
}

// complete refuses what no kind knows.
func (o *Options) complete(b *workflow.Book) error {
	if o.Lang == "" {
		o.Lang = b.Settings().Lang
	}
	if o.Lang != text.Zh && o.Lang != text.En {
		return fault.New(fault.Usage, "没有语言“%s”，可选 zh、en", "there is no language %q; choose zh or en", string(o.Lang)).At("lang")
	}
	if o.As == "" {
		o.As = AsSlip
	}
	if !slices.Contains(everyWay(), o.As) {
		return fault.New(fault.Usage, "不能打印成“%s”，可选 %s", "a slip cannot print as %q; choose from %s", o.As, strings.Join(everyWay(), ", ")).At("as")
	}
	for _, p := range o.Plies {
		if !slices.Contains(colours, p) {
			return fault.New(fault.Usage, "没有“%s”联，可选 %s", "there is no ply %q; choose from %s", p, strings.Join(colours, ", ")).At("plies")
		}
	}
	for _, p := range o.Without {
		if !slices.ContainsFunc(everyPart, func(c slip.Choice) bool { return c.Value == p }) {
			return fault.New(fault.Usage, "没有“%s”这一部分", "there is no part %q of a paper", p).At("without")
		}
	}
	return nil
}

// Ruler is a page by which is measured how far a printer feeds off a sheet so wide and high, in mm.
func Ruler(width, height float64, opt Options) ([]byte, error) {
	return paper.PDF(&paper.Ruler{Lang: opt.Lang, Width: width, Height: height, Shift: paper.Shift(opt.Shift)})
}

// everyWay lists the ways of all kinds.
func everyWay() []string {
	var out []string
	for _, k := range kinds.All {
		for _, w := range FormsOf(k, 2) {
			if !slices.Contains(out, w.As) {
				out = append(out, w.As)
			}
		}
	}
	return out
}

// TestPage prints a frame at the edge of what a paper may hold and a ruler of millimetres, to set a printer's shift by. paperName
// is one of Options.Paper; lang empty is the book's.
func TestPage(b *workflow.Book, paperName string, lang text.Lang, shift Shift) ([]byte, error) {
	o := Options{Lang: lang}
	if err := o.complete(b); err != nil {
		return nil, err
	}
	return paper.PDF(&paper.TestPage{Lang: o.Lang, Size: paper.Size(paperName), Shift: paper.Shift(shift)})
}
