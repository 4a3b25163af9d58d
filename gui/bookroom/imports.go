package bookroom

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"zhanggui/gui/host"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/desk"
	"zhanggui/data/workflow/exchange"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports/sheet"
)

// importable are the kinds of file that can be read: every master type and the slips.
func importable(s host.Host) []slip.Choice {
	var list []slip.Choice
	for _, t := range s.Book().Types() {
		if t != master.GL {
			list = append(list, slip.Choice{Value: t.Code, Label: t.Title})
		}
	}
	return append(list, slip.Choice{Value: "slips", Label: text.T("单据", "Slips")})
}

// Import asks for the kind, where it is not known, and for a file; all its lines land, or none.
func Import(s host.Host, kind string) {
	if kind == "" || kind == master.GL.Code {
		askKind(s, s.Tr("导入什么", "What to import"), func(kind string) { Import(s, kind) })
		return
	}
	parts.OpenFile(s, s.Tr("导入%s", "Import %s", recordWord(s, kind)), []string{".csv", ".xlsx"}, func(path string) { ImportFile(s, kind, path) })
}

func recordWord(s host.Host, kind string) text.Text {
	for _, c := range importable(s) {
		if c.Value == kind {
			return c.Label
		}
	}
	return text.T(kind, kind)
}

// askKind asks which kind of record is meant.
func askKind(s host.Host, title string, then func(kind string)) {
	list := importable(s)
	t := kit.NewTable()
	t.NoHead = true
	t.Columns = []kit.Column{{Width: 220}, {Width: 160, Grow: true}}
	t.Length = func() int { return len(list) }
	t.CellAt = func(row, col int) kit.Cell {
		if col == 0 {
			return kit.Cell{Text: s.T(list[row].Label)}
		}
		return kit.Cell{Text: list[row].Value, Shade: kit.Ink3}
	}
	var over *kit.Overlay
	t.OnOpen = func(row, _ int) {
		s.Layer().Close(over)
		then(list[row].Value)
	}
	over = s.Dialog(title, t, fyne.NewSize(460, 480), t, host.Answer{Label: text.T("取消", "Cancel")})
}

// ImportFile reads a file in the background. Faults are listed, all of them; nothing landed then. Units, categories and departments that it
// names and nobody entered are asked about first: they may be mistyped.
func ImportFile(s host.Host, kind, path string) { importFile(s, kind, path, desk.Key(), false) }

// importFile is ImportFile; made: what the file makes was asked about and is meant. The file lands once for a key.
func importFile(s host.Host, kind, path, key string, made bool) {
	b := s.Book()
	var res exchange.Imported
	s.LongWrite(s.Tr("导入 %s", "importing %s", path), func(ctx context.Context) error {
		t, err := host.Beside(ctx, func() (*exchange.Table, error) { return sheet.Open(path) })
		if err != nil {
			return err
		}
		defer t.Close()
		sum, err := files.Sum(path)
		if err != nil {
			return err
		}
		asked := b.Asking(key, fmt.Sprint("import ", kind, " ", sum))
		if !made {
			res, err = exchange.ImportAsking(ctx, asked, kind, t)
			return err
		}
		list, err := exchange.ImportUntil(ctx, asked, kind, []*exchange.Table{t}, false)
		res = list[0]
		return err
	}, func(err error) {
		if list := fault.Of(err); len(list) > 0 {
			s.Open(&faultList{s: s, kind: kind, path: path, faults: list, made: res.Made})
			return
		}
		if errors.Is(err, workflow.ErrDone) {
			s.Say(kit.Hint, s.Tr("此前已导入，未再改动", "this was imported before; nothing was changed"))
			return
		}
		if err != nil {
			s.Fail(err)
			return
		}
		if !made && len(res.Made) > 0 {
			askMade(s, res.Made, func() { importFile(s, kind, path, key, true) })
			return
		}
		words := s.Tr("导入完成：新增 %d，更新 %d，未变 %d", "imported: %d new, %d changed, %d unchanged", res.New, res.Changed, res.Unchanged)
		if kind == "slips" {
			words = s.Tr("导入完成：%d 张单据，%d 行", "imported: %d {slip|slips}, %d {line|lines}", res.Slips, res.Lines)
		}
		for _, n := range res.Notes {
			words += "  " + s.T(n)
		}
		if len(res.Warnings) > 0 {
			s.Say(kit.Warning, words+"  "+s.Words(res.Warnings))
			return
		}
		s.Say(kit.Hint, words)
	})
}

// mostMade is how many new names a question has room for.
const mostMade = 12

// askMade asks whether what a file names and nobody entered is to be made.
func askMade(s host.Host, made []text.Text, then func()) {
	var lines []string
	for i, m := range made {
		if i == mostMade-1 && len(made) > mostMade {
			lines = append(lines, s.Tr("… 共 %d 个", "… %d in all", len(made)))
			break
		}
		lines = append(lines, s.T(m))
	}
	lines = append(lines, s.Tr("如果是写错了，请先改文件；现在什么也没有导入。", "If they are mistyped, mend the file first; nothing is imported yet."))
	s.Ask(s.Tr("文件里有账套没有的资料，新建它们？", "The file names what the book has not; make it?"), lines,
		host.Answer{Label: text.T("不导入", "Do not import")}, host.Answer{Label: text.T("新建并导入", "Make and import"), Key: fyne.KeyY, Run: then})
}

// Export writes a kind as a file that import reads back.
func Export(s host.Host, kind string) {
	if kind == "" {
		askKind(s, s.Tr("导出什么", "What to export"), func(kind string) { Export(s, kind) })
		return
	}
	word := s.T(recordWord(s, kind))
	if kind == master.GL.Code {
		word = s.T(master.GL.Title)
	}
	var t *exchange.Table
	var fields []slip.Field
	err := s.Book().Still(func(still *workflow.Book) (err error) {
		t, fields, err = exchange.Export(still, kind)
		return err
	})
	if err != nil {
		s.Fail(err)
		return
	}
	out := parts.Table{Title: word, Area: kind}
	for _, f := range fields {
		title := f.Key // the name every version of the program reads
		if s.Lang() == text.Zh && f.Label.Zh != "" {
			title = f.Label.Zh
		}
		out.Columns = append(out.Columns, parts.Column{Title: title, Type: f.Type})
	}
	out.Totals = []string{}
	parts.SaveTable(s, out, func(context.Context) ([][]string, error) {
		rows := make([][]string, len(t.Rows))
		for i, r := range t.Rows {
			rows[i] = r.Cells
		}
		return rows, nil
	})
}

// faultList shows all that is wrong with a file.
type faultList struct {
	s          host.Host
	kind, path string
	faults     fault.List
	made       []text.Text // what the file names and nobody entered: perhaps mistyped too
	table      *kit.Table
}

func (f *faultList) ID() string            { return "faults " + f.path }
func (f *faultList) Title() text.Text      { return text.T("导入错误", "Import faults") }
func (f *faultList) Area() string          { return "masters" }
func (f *faultList) Unsaved() bool         { return false }
func (f *faultList) Leave(done func(bool)) { done(true) }
func (f *faultList) Focus()                { kit.Focus(f.table) }
func (f *faultList) Changed()              {}

func (f *faultList) Key(*fyne.KeyEvent) bool { return false }

// Commands are what can be done about it.
func (f *faultList) Commands() []host.Command {
	return []host.Command{
		{Label: text.T("改好后再导入", "Import again"), Key: "F9", Icon: "ref", Primary: true, Run: func() {
			f.s.CloseTab()
			ImportFile(f.s, f.kind, f.path)
		}},
		{Label: text.T("导出 Excel", "Excel"), Key: "Ctrl+E", Icon: "xls", Run: func() {
			out := parts.Table{Area: f.kind, Title: f.s.Tr("导入错误", "Import faults"), Columns: []parts.Column{{Title: f.s.Tr("行", "Row"), Type: slip.TypeInt}, {Title: f.s.Tr("列", "Column"), Type: slip.TypeText}, {Title: f.s.Tr("问题", "What is wrong"), Type: slip.TypeText}}, Totals: []string{}}
			parts.SaveTable(f.s, out, func(context.Context) ([][]string, error) {
				var rows [][]string
				for _, x := range f.faults {
					rows = append(rows, []string{fmt.Sprint(x.Row), x.Field, f.s.T(x.Text)})
				}
				return rows, nil
			})
		}},
	}
}

// Object builds the list.
func (f *faultList) Object() fyne.CanvasObject {
	s := f.s
	t := kit.NewTable()
	t.Columns = []kit.Column{{Title: s.Tr("文件", "File"), Width: 180}, {Title: s.Tr("行", "Row"), Width: 70, Align: fyne.TextAlignTrailing}, {Title: s.Tr("列", "Column"), Width: 130}, {Title: s.Tr("问题", "What is wrong"), Width: 500, Grow: true}}
	t.Length = func() int { return len(f.faults) }
	t.CellAt = func(row, col int) kit.Cell {
		x := f.faults[row]
		switch col {
		case 0:
			return kit.Cell{Text: x.File}
		case 1:
			if x.Row == 0 {
				return kit.Cell{}
			}
			return kit.Cell{Text: fmt.Sprint(x.Row)}
		case 2:
			return kit.Cell{Text: x.Field}
		}
		return kit.Cell{Text: s.T(x.Text), Shade: kit.Negative}
	}
	f.table = t
	note := kit.Strip(kit.NegativeGround, 32, kit.Label(s.Tr("%d 处错误，什么也没有导入。改好文件后按 F9 再导入。", "%d {fault|faults}; nothing was imported. Mend the file and press F9.", len(f.faults)), kit.Negative, kit.M().Text, true))
	top := container.NewVBox(note)
	if len(f.made) > 0 {
		names := make([]string, len(f.made))
		for i, m := range f.made {
			names[i] = s.T(m)
		}
		top.Add(kit.Notice(kit.Warning, s.Tr("账套里没有，会先问是否新建：%s", "not in the book, you will be asked whether to make: %s", strings.Join(names, s.Tr("、", ", ")))))
	}
	return container.NewBorder(top, nil, nil, nil, t)
}
