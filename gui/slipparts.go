package gui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow/making"
	"zhanggui/data/workflow/scan"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/gui/stocktake"
	"zhanggui/reports"
)

// explodes is called before a change of a set's slip; what comes back, after it: components that were those of the bill of materials
// follow the set, those a person typed stay.
func (f *slipForm) explodes() func() {
	if f.kind.Stock.Parts == 0 || !f.s.Book().Exploded(f.kind, f.doc) {
		return func() {}
	}
	return func() {
		d := f.doc.Clone()
		if f.s.Book().Explode(f.kind, d) == nil {
			f.doc.Lines = d.Lines
			f.grid.Reload()
		}
	}
}

// explode writes the components anew from the bill of materials.
func (f *slipForm) explode() {
	if !f.settled() {
		return
	}
	if err := f.s.Book().Explode(f.kind, f.doc); err != nil {
		f.s.Fail(err)
		return
	}
	f.fill()
	f.touched()
	f.s.Say(kit.Hint, f.s.tr("已按物料清单展开：%d 种组件", "exploded by the bill of materials: %d components", len(f.doc.Lines)-1))
}

// mostLacks is how many lines of what is lacking a dialog has room for.
const mostLacks = 16

// makeMissing saves the assembly, says what it lacks, and makes a draft for each sub-assembly that is to be put together first.
func (f *slipForm) makeMissing() {
	f.save(func() {
		s, n, b, d := f.s, f.doc.Number, f.s.Book(), f.doc.Clone()
		Read(s, s.tr("缺件", "what is lacking"), func() ([]making.Lack, error) { return making.Lacks(b, d) }, func(lacks []making.Lack) {
			if len(lacks) == 0 {
				s.Say(kit.Hint, s.tr("%s 不缺件", "%s lacks nothing", n))
				return
			}
			words, made := f.lackLines(lacks)
			answers := []Answer{{Label: text.T("关闭", "Close")}}
			if made > 0 {
				answers = append(answers, Answer{Label: text.Tf("生成 %d 张组装单", "Make %d assemblies", made), Key: fyne.KeyY, Run: func() { f.madeMissing(n) }})
			}
			s.Ask(s.tr("%s 缺这些", "%s lacks these", n), words, answers...)
		})
	})
}

// lackLines words what is lacking, and counts what can be made.
func (f *slipForm) lackLines(lacks []making.Lack) (lines []string, made int) {
	s := f.s
	for _, x := range lacks {
		way := s.tr("外购", "buy")
		if x.Made() {
			made++
			way = s.tr("先装", "make")
		}
		lines = append(lines, strings.Join([]string{way, x.Product.Code(), parts.Name(s, x.Product.Record), qtyIn(x.Short, parts.NameOf(s, master.Units.Code, x.Product.Unit)), parts.NameOf(s, master.Warehouses.Code, x.Warehouse)}, "   "))
	}
	if n := len(lines); n > mostLacks {
		lines = append(lines[:mostLacks-1], s.tr("… 共 %d 种", "… %d in all", n))
	}
	return lines, made
}

func (f *slipForm) madeMissing(number string) {
	s, b := f.s, f.s.Book()
	var made []string
	s.Write(s.tr("补做缺件", "making what is missing"), func() (err error) {
		made, _, err = making.Drafts(b, number)
		return err
	}, func(err error) {
		if err != nil {
			s.Fail(err)
			return
		}
		s.Say(kit.Hint, s.tr("已生成 %s，按此顺序审核", "made %s, to be audited in this order", strings.Join(made, ", ")),
			kit.Offer{Key: fyne.KeyF7, Label: s.tr("打开第一张", "open the first"), Run: func() { s.OpenSlip(made[0]) }})
	})
}

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
	category := parts.RefField(s, s.tr("类别", "Category"), master.Categories.Code, true, parts.Picked{})
	none := parts.ChoiceField(s, s.tr("含无库存", "None left too"), func() []slip.Choice { return parts.YesNo })
	none.SetValue("no")
	for _, x := range []*kit.Field{from, to, category} {
		x.Hint = s.tr("全部", "all")
	}
	d, n := f.trimmed(), 0
	parts.AskForm(s, s.tr("列出要盘的商品", "List what is to be counted"), s.tr("只列本仓有库存的商品，按货位排列；已在单上的不重复。", "Products in stock at this store, by shelf; what is on the slip already is not listed twice."),
		[]*kit.Field{from, to, category, none}, text.T("列出", "List"), func() (err error) {
			n, err = scan.FillCount(b, d, scan.CountRange{From: from.Value(), To: to.Value(), Category: category.Value(), None: none.Value() == "yes"})
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
			l.s.tr("同一货位盘了两次的，合并后再决定算哪次。", "Where a shelf was counted twice you decide afterwards.")},
			Answer{Label: text.T("不合并", "Cancel")}, Answer{Label: text.T("合并", "Merge"), Key: fyne.KeyY, Run: func() {
				l.s.Write(l.s.tr("合并盘点", "merging"), func() error {
					_, err := scan.MergeCounts(b, list, scan.Undecided)
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

// goneSince says that a correction's red letter would take back goods that are gone by now, and shows where they went. The number the red letter
// would have had is nobody's.
func (f *slipForm) goneSince(short error) {
	s, x := f.s, fault.Of(short)[0]
	said := s.words(short)
	for _, n := range aNumber.FindAllString(said, -1) {
		if _, err := s.Book().Load(n); err != nil {
			said = strings.NewReplacer("（"+n+"）", "", " at "+n, "").Replace(said)
		}
	}
	said = s.tr("更正要先红冲，货已出去，退不回来：%s", "the red letter of a correction would take back goods that are gone: %s", said)
	ledger, ok := reports.ByName("stock-ledger")
	if l := f.shownRow(x.Line); ok && x.Line > 0 && l < len(f.doc.Lines) {
		p := reports.Params{Product: f.doc.Lines[l].Product}
		s.Say(kit.Refusal, said, kit.Offer{Key: fyne.KeyF2, Label: s.tr("看库存明细", "see where they went"), Run: func() { s.OpenReport(ledger, p) }})
		return
	}
	s.Say(kit.Refusal, said)
}
