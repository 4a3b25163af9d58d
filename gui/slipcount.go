package gui

import (
	"slices"
	"strings"
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/gui/stocktake"

	"fyne.io/fyne/v2"
)

// openDifferences saves the stocktake and shows its differences.
func (f *slipForm) openDifferences() {
	if !f.editable() || f.doc.Number != "" && !f.dirty {
		stocktake.OpenDifferences(f.s, f.doc.Number)
		return
	}
	f.save(func() { stocktake.OpenDifferences(f.s, f.doc.Number) })
}

// fillCount asks for a range of shelves or a category and lists its products to be counted.
func (f *slipForm) fillCount() {
	if !f.settled() {
		return
	}
	s, b := f.s, f.s.Book()
	from, to := kit.NewField(s.tr("货位从", "Shelf from")), kit.NewField(s.tr("货位到", "Shelf to"))
	category := parts.RefField(s, s.tr("类别", "Category"), "categories", true, parts.Picked{})
	none := parts.ChoiceField(s, s.tr("含无库存", "None left too"), func() []slip.Choice { return parts.YesNo })
	none.SetValue("no")
	for _, x := range []*kit.Field{from, to, category} {
		x.Hint = s.tr("全部", "all")
	}
	d, n := f.trimmed(), 0
	parts.AskForm(s, s.tr("列出要盘的商品", "List what is to be counted"), s.tr("只列本仓有库存的商品，按货位排列；已在单上的不重复。", "Products in stock at this store, by shelf; what is on the slip already is not listed twice."),
		[]*kit.Field{from, to, category, none}, text.T("列出", "List"), func() (err error) {
			n, err = b.FillCount(d, workflow.CountRange{From: from.Value(), To: to.Value(), Category: category.Value(), None: none.Value() == "yes"})
			if err == nil && n == 0 {
				err = fault.New(fault.NotFound, "这个范围没有要盘的商品", "nothing of this range is to be counted")
			}
			return err
		}, func() {
			b.Complete(f.kind, d)
			f.doc = d
			f.fill()
			f.touched()
			f.enterGrid()
			s.Say(kit.Hint, s.tr("列出 %d 个商品：Ctrl+P 打印盘点表，F8 扫码盘点", "%d products listed: Ctrl+P prints the sheet, F8 counts by scanner", n))
		})
}

// mergeCounts puts the ticked draft counts into the first of them and shows its differences, where what two counted is decided.
func (l *slipList) mergeCounts() {
	l.chosen(func(rows []inquiry.SlipRow) {
		slices.SortFunc(rows, func(a, b inquiry.SlipRow) int { return strings.Compare(a.Number, b.Number) })
		list, b := numbers(rows), l.s.Book()
		if len(list) < 2 {
			l.s.Say(kit.Hint, l.s.tr("请勾选两张以上的盘点草稿", "tick two or more drafts of counts"))
			return
		}
		l.s.Ask(l.s.tr("把 %d 张盘点单合并到 %s？", "Merge %d counts into %s?", len(list), list[0]), []string{
			l.s.tr("不同货位的数量相加；每行保留自己的盘点时刻；其余各张作废。", "Quantities of different shelves add up; each line keeps its moment; the others are void."),
			l.s.tr("同一货位盘了两次的，合并后再决定取舍。", "Where a shelf was counted twice you decide afterwards.")},
			Answer{Label: text.T("不合并", "Cancel")}, Answer{Label: text.T("合并", "Merge"), Key: fyne.KeyY, Run: func() {
				l.s.Write(l.s.tr("合并盘点", "merging"), func() error {
					_, err := b.MergeCounts(list, workflow.Undecided)
					return err
				}, func(err error) {
					if err != nil {
						l.s.Fail(err)
						return
					}
					l.ticked = map[int64]bool{}
					stocktake.OpenDifferences(l.s, list[0])
				})
			}})
	})
}
