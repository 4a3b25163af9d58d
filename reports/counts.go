package reports

import (
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/scan"
)

// CountDifferences 盘点差异表: what counts found against the books, with its value; of a draft as auditing it now would post it.
var CountDifferences = &Report{Name: "count-differences", Narrows: ofSlips, Title: text.T("盘点差异表", "Count differences"), Area: slip.Warehouse, Params: []string{"from", "to", "warehouse", "product"},
	Columns: []Column{dated, numbered, stateOf, place, txt("shelf", "货位", "Shelf"),
		good, itsName, inUnit, qty("book", "账面数", "Book"), qty("counted", "实盘数", "Counted"),
		qty("difference", "差异", "Difference"), amt("value", "差异金额", "Value", slip.TagCost), txt("lot", "批号", "Lot")},
	Run: countDifferences}

func countDifferences(b *workflow.Book, p Params) ([]Row, error) {
	for typ, code := range map[string]string{master.Products.Code: p.Product, master.Warehouses.Code: p.Warehouse} {
		if _, err := one(b, code, typ); err != nil {
			return nil, err
		}
	}
	var codes []string
	for _, k := range kinds.All {
		if k.Stock.Counts {
			codes = append(codes, k.Code)
		}
	}
	list, err := b.List(inquiry.Filter{Kinds: codes, From: p.From, To: p.To}, inquiry.Sorting{Key: "date"})
	if err != nil {
		return nil, err
	}
	slips, err := b.Rows(list.IDs)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, s := range slips {
		if s.Status == slip.Void {
			continue
		}
		diffs, err := scan.CountDiffs(b, s.Number)
		if fault.Is(err, fault.Refused) || fault.Is(err, fault.Invalid) {
			continue // a draft that cannot be posted as it is
		}
		if err != nil {
			return nil, err
		}
		for _, x := range diffs {
			if x.Diff == 0 || p.Warehouse != "" && x.Warehouse != p.Warehouse || p.Product != "" && x.Product != p.Product {
				continue
			}
			r, _ := b.Masters().Find(master.Products.Code, x.Product)
			rows = append(rows, Row{s.Date, Word(s.Number), Word(s.Status), Word(x.Warehouse), Word(x.Shelf), Word(x.Product), Word(r.Get("name")), unitOf(b, r),
				x.Book, x.Counted, x.Diff, x.Value, Word(x.Lot)})
		}
	}
	return rows, nil
}
