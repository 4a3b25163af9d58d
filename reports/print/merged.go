package print

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/scan"
	"zhanggui/reports/paper"
)

// walk is one merged pick list: what several slips take out of one warehouse, fetched together and shared out behind.
type walk struct {
	warehouse string
	slips     []*sheet // that take something, in the order they were named
	required  text.Date
	goods     []*share
	split     []paper.SplitLine
}

// share is a product in one unit, and who gets how much of it.
type share struct {
	product, unit string
	first         good
	qty           num.Quantity
	who           []string
	lots          string
	of            map[string]num.Quantity
}

// merged prints one walk for the slips of the numbers.
func merged(b *workflow.Book, numbers []string, opt Options) ([]byte, error) {
	walks, err := walksOf(b, numbers, opt)
	if err != nil {
		return nil, err
	}
	var papers []paper.Paper
	for _, w := range walks {
		papers = append(papers, w.list())
	}
	return paper.PDF(papers...)
}

// keepWalks remembers the walks by the numbers on their papers, for the scanner.
func keepWalks(b *workflow.Book, numbers []string, opt Options) error {
	walks, err := walksOf(b, numbers, opt)
	if err != nil {
		return err
	}
	for _, w := range walks {
		var of []string
		for _, s := range w.slips {
			of = append(of, s.d.Number)
		}
		if err := scan.KeepWalk(b, w.number(), w.warehouse, of); err != nil {
			return err
		}
	}
	return nil
}

// walksOf are the walks for several slips, one for each warehouse.
func walksOf(b *workflow.Book, numbers []string, opt Options) ([]*walk, error) {
	slips := make([]*sheet, len(numbers))
	for i, n := range numbers {
		d, err := b.Load(n)
		if err != nil {
			return nil, err
		}
		if slips[i], err = sheetOf(b, d, opt); err != nil {
			return nil, err
		}
	}
	walks := map[string]*walk{}
	for i, s := range slips {
		if err := s.pickable(); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(slips[:i], func(o *sheet) bool { return o.d.ID == s.d.ID }) {
			return nil, fault.New(fault.Usage, "%s 出现两次", "%s is named twice", s.d.Number)
		}
		for _, at := range s.pickFrom() {
			w := walks[at]
			if w == nil {
				w = &walk{warehouse: at}
				walks[at] = w
			}
			if err := w.add(s); err != nil {
				return nil, err
			}
		}
	}
	var out []*walk
	for _, at := range slices.Sorted(maps.Keys(walks)) {
		if w := walks[at]; len(w.goods) > 0 {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Refused, "所选单据已全部出库，没有货要备", "the slips are all delivered in full; there is nothing to pick")
	}
	return out, nil
}

// number is what a walk's paper is called: its first slip, and how many more.
func (w *walk) number() string {
	if n := len(w.slips); n > 1 {
		return fmt.Sprintf("%s+%d", w.slips[0].d.Number, n-1)
	}
	return w.slips[0].d.Number
}

// receiver is who the goods of a slip go to: its party, the warehouse they are moved to, else the slip itself.
func (s *sheet) receiver() string {
	switch {
	case s.d.Party != "":
		return s.name(string(s.role()), s.d.Party)
	case s.d.ToWarehouse != "":
		return s.name(master.Warehouses.Code, s.d.ToWarehouse)
	}
	return s.d.Number
}

// add takes what a slip fetches from the walk's warehouse; goods of different units are fetched apart.
func (w *walk) add(s *sheet) error {
	list, err := s.toPick(w.warehouse)
	if err != nil || len(list) == 0 {
		return err
	}
	src, err := s.sources()
	if err != nil {
		return err
	}
	if day := s.required(src); day != 0 && (w.required == 0 || day < w.required) {
		w.required = day
	}
	w.slips = append(w.slips, s)
	who := s.receiver()
	sort.SliceStable(list, func(i, j int) bool { return text.ShelfLess(list[i].shelf, list[j].shelf) })
	for _, g := range list {
		i := slices.IndexFunc(w.goods, func(x *share) bool { return x.product == g.line.Product && x.unit == g.line.Unit })
		if i < 0 {
			i = len(w.goods)
			w.goods = append(w.goods, &share{product: g.line.Product, unit: g.line.Unit, first: g, of: map[string]num.Quantity{}})
		}
		x := w.goods[i]
		x.lots += s.ofLots(g.line)
		if !slices.Contains(x.who, who) {
			x.who = append(x.who, who)
		}
		if x.of[who], err = num.Add(x.of[who], g.qty); err != nil {
			return err
		}
		if x.qty, err = num.Add(x.qty, g.qty); err != nil {
			return err
		}
		w.split = append(w.split, paper.SplitLine{Party: who, Slip: s.d.Number, Name: g.name + s.noted(g.line), Code: g.line.Product, Unit: s.name(master.Units.Code, g.line.Unit), Quantity: g.qty.Grouped()})
	}
	return nil
}

var labelSlips = text.T("单据", "Slips")

// list is the paper of a walk.
func (w *walk) list() *paper.PickList {
	s := w.slips[0]
	l := &paper.PickList{Lang: s.opt.Lang, Company: s.company(), Number: w.number(), Fields: w.fields(), Shift: paper.Shift(s.opt.Shift), Split: w.split}
	var who []string
	for _, x := range w.slips {
		who = addNew(who, x.receiver())
		l.Print.Marks = addNew(l.Print.Marks, x.print().Marks...)
	}
	slices.SortStableFunc(w.split, func(a, b paper.SplitLine) int {
		return cmp.Compare(slices.Index(who, a.Party), slices.Index(who, b.Party))
	})
	slices.SortStableFunc(w.goods, func(a, b *share) int { return cmp.Compare(a.product, b.product) })
	for _, g := range w.goods {
		parts := make([]string, len(g.who))
		for i, who := range g.who {
			parts[i] = who + " " + g.of[who].Grouped()
		}
		l.Lines = append(l.Lines, paper.PickLine{Shelf: g.first.shelf, Name: g.first.name + g.lots, Code: g.product, LineCode: s.scanned(g.product), Unit: s.name(master.Units.Code, g.unit),
			Quantity: g.qty.Grouped(), Shares: strings.Join(parts, " · ")})
	}
	return l
}

// fields are the head of a walk.
func (w *walk) fields() []paper.Field {
	s := w.slips[0]
	var who, numbers []string
	for _, x := range w.slips {
		who = addNew(who, x.receiver())
		n := x.d.Number
		if i := strings.LastIndex(n, "-") + 1; len(numbers) > 0 && strings.HasPrefix(s.d.Number, n[:i]) { // of one month the last figures will do
			n = n[i:]
		}
		numbers = append(numbers, n)
	}
	sep, party := "、", labelCustomer
	if s.opt.Lang == text.En {
		sep = ", "
	}
	if s.role() == slip.Suppliers {
		party = labelSupplier
	}
	fields := []paper.Field{
		{Label: s.in(party), Value: strings.Join(who, sep), Bold: true},
		{Label: s.in(labelWarehouse), Value: s.coded(master.Warehouses.Code, w.warehouse)},
		{Label: s.in(labelRequired), Value: w.required.String(), Bold: true},
		{Label: s.in(labelSlips), Value: strings.Join(numbers, " ")},
		{Label: s.in(labelPrinted), Value: s.b.Now().Format("2006-01-02 15:04") + " " + s.person(s.b.User)},
	}
	return slices.DeleteFunc(fields, func(f paper.Field) bool { return f.Value == "" })
}

// scanned is the bar code a product is known by: its own, else its code; none where a bar code cannot say it.
func (s *sheet) scanned(product string) string {
	r, _ := s.b.Masters().Find(master.Products.Code, product)
	for _, code := range []string{r.Get("barcode"), product} {
		if code != "" && !strings.ContainsFunc(code, func(c rune) bool { return c < 32 || c > 126 }) {
			return code
		}
	}
	return ""
}

func addNew(list []string, more ...string) []string {
	for _, x := range more {
		if !slices.Contains(list, x) {
			list = append(list, x)
		}
	}
	return list
}
