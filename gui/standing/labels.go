package standing

import (
	"strings"

	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports/print"
)

// labelled tells whether the records of the list have labels.
func (m *masterList) labelled() bool { return m.typ == master.Products }

func (m *masterList) tick() {
	r := m.current()
	if r == nil {
		return
	}
	if m.ticked == nil {
		m.ticked = map[int64]bool{}
	}
	if m.ticked[r.ID] {
		delete(m.ticked, r.ID)
	} else {
		m.ticked[r.ID] = true
	}
	m.table.Go(m.table.Row()+1, 0)
	m.drawCount()
}

// tickAll ticks all that is shown, or none where all is ticked.
func (m *masterList) tickAll() {
	all := true
	for _, r := range m.shown {
		all = all && m.ticked[r.ID]
	}
	m.ticked = map[int64]bool{}
	for _, r := range m.shown {
		if !all {
			m.ticked[r.ID] = true
		}
	}
	m.table.Refresh()
	m.drawCount()
}

func (m *masterList) drawCount() {
	words := m.s.Tr("共 %d 个", "%d in all", len(m.shown))
	if n := len(m.ticked); n > 0 {
		words = m.s.Tr("已选 %d 个   ", "%d ticked   ", n) + words
	}
	parts.Set(m.count, kit.Caption(words))
}

// chosen are the codes of what is ticked, in the order of the list, else of the record under the cursor.
func (m *masterList) chosen() (codes []string) {
	for _, r := range m.all {
		if m.ticked[r.ID] {
			codes = append(codes, r.Code())
		}
	}
	if r := m.current(); len(codes) == 0 && r != nil {
		codes = []string{r.Code()}
	}
	return codes
}

// printLabels shows the labels of what is chosen.
func (m *masterList) printLabels() {
	codes := m.chosen()
	if len(codes) == 0 {
		return
	}
	list := make([]print.LabelRequest, len(codes))
	for i, c := range codes {
		list[i].Product = c
	}
	title := text.Tf("标签 %s", "Labels %s", codes[0])
	if n := len(codes); n > 1 {
		title = text.Tf("%d 种标签", "Labels of %d", n)
	}
	way := print.LabelForm()
	m.s.ShowPaper(host.Paper{ID: "labels " + strings.Join(codes, " "), Title: title, Kind: host.LabelKind, Area: m.Area(), Forms: []print.Form{way}, Options: print.Options{Lang: m.s.Book().Settings().Lang, As: way.As, Paper: way.Papers[0].Value},
		Make: func(b *workflow.Book, o print.Options) ([]byte, error) { return print.Labels(b, list, o) }})
}

// ownCodes gives what is chosen and has no bar code one of the shop's own.
func (m *masterList) ownCodes() {
	codes, b := m.chosen(), m.s.Book()
	if len(codes) == 0 {
		return
	}
	var given []workflow.OwnCode
	m.s.Write(m.s.Tr("编店内条码", "giving bar codes"), func() (err error) {
		given, err = b.OwnCodes(codes)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			m.s.Fail(err)
		case len(given) == 0:
			m.s.Say(kit.Hint, m.s.Tr("所选商品都已有条码", "the chosen products all have bar codes"))
		default:
			m.load()
			m.s.Say(kit.Hint, m.s.Tr("%d 个商品编了自编码，%s：%s；Ctrl+P 打印标签", "%d products were given codes, %s: %s; Ctrl+P prints labels", len(given), given[0].Product, given[0].Barcode))
		}
	})
}
