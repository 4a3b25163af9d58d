package gui

import (
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
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
		Read(s, s.tr("缺件", "what is lacking"), func() ([]workflow.Lack, error) { return b.Missing(d) }, func(lacks []workflow.Lack) {
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
func (f *slipForm) lackLines(lacks []workflow.Lack) (lines []string, made int) {
	s := f.s
	for _, x := range lacks {
		way := s.tr("外购", "buy")
		if x.Made() {
			made++
			way = s.tr("先装", "make")
		}
		lines = append(lines, strings.Join([]string{way, x.Product.Code(), parts.Name(s, x.Product.Record), qtyIn(x.Short, parts.NameOf(s, "units", x.Product.Unit)), parts.NameOf(s, "warehouses", x.Warehouse)}, "   "))
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
		made, _, err = b.MakeMissing(number)
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
