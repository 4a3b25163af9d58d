package parts

import (
	"io"

	"context"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/reports/sheet"
)

// Folder is where files were saved last, else the person's documents or home.
func Folder(s host.Host) string {
	if f := s.Preferences().String("folder"); f != "" {
		if i, err := os.Stat(f); err == nil && i.IsDir() {
			return f
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	for _, d := range []string{"Documents", "文档"} {
		if i, err := os.Stat(filepath.Join(home, d)); err == nil && i.IsDir() {
			return filepath.Join(home, d)
		}
	}
	return home
}

func SetFolder(s host.Host, path string) { s.Preferences().SetString("folder", filepath.Dir(path)) }

// FileName makes a name that every system accepts.
func FileName(words string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, words)
}

// SaveFile asks where to save: the path is typed, proposed or looked up; the first ending is added where none is. What exists is
// written over only after a second Enter.
func SaveFile(s host.Host, title, name string, endings []string, save func(path string)) {
	askFile(s, title, filepath.Join(Folder(s), FileName(name)+endings[0]), endings, true, save)
}

// OpenFile asks for a file that exists.
func OpenFile(s host.Host, title string, endings []string, open func(path string)) {
	askFile(s, title, Folder(s)+string(filepath.Separator), endings, false, open)
}

func askFile(s host.Host, title, path string, endings []string, saving bool, then func(string)) {
	kind, verb := OldFile, s.Tr("打开", "Open")
	if saving {
		kind, verb = NewFile, s.Tr("保存", "Save")
	}
	f := PathField(s, "", kind, endings...)
	f.SetValue(path)
	why := kit.Label("", kit.Negative, kit.M().Caption, false)
	agreed := ""
	var over *kit.Overlay
	run := func() {
		p := Absolute(f.Text())
		if saving && p != "" && !hasEnding(p, endings) {
			p += endings[0]
		}
		if err := fileFits(s, p, endings, saving, agreed == p); err != nil {
			agreed = p
			why.Text = s.Words(err)
			why.Refresh()
			return
		}
		SetFolder(s, p)
		s.Layer().Close(over)
		then(p)
	}
	f.OnWalk = func(w kit.Way) {
		if w == kit.Next {
			run()
		}
	}
	IntoFolders(f)
	body := container.NewVBox(kit.Caption(s.Tr("文件（%s）；F3 浏览，F4 列出文件夹", "file (%s); F3 browses, F4 lists the folder", strings.Join(endings, " "))), f.Input, why,
		container.New(kit.Row{Gap: 8}, kit.Button{Label: verb, Key: "Enter", Primary: true, Run: run}.Object()))
	over = s.Dialog(title, body, fyne.NewSize(760, 230), f.Input, host.Answer{Label: text.T("取消", "Cancel")})
	f.Caret()
}

func fileFits(s host.Host, p string, endings []string, saving, agreed bool) error {
	i, err := os.Stat(p)
	switch {
	case p == "":
		return fault.New(fault.Invalid, "请填写文件名", "give a file name")
	case !saving && (err != nil || i.IsDir()):
		return fault.New(fault.NotFound, "没有文件 %s", "there is no file %s", p)
	case !saving && !hasEnding(p, endings):
		return fault.New(fault.Invalid, "文件应是 %s", "the file should be %s", strings.Join(endings, ", "))
	case saving && err == nil && i.IsDir():
		return fault.New(fault.Invalid, "%s 是文件夹", "%s is a folder", p)
	case saving && err == nil && !agreed:
		return fault.New(fault.Conflict, "%s 已存在，再按一次 Enter 覆盖", "%s exists; Enter once more writes it over", filepath.Base(p))
	}
	if d, err := os.Stat(filepath.Dir(p)); saving && (err != nil || !d.IsDir()) {
		return fault.New(fault.NotFound, "没有文件夹 %s", "there is no folder %s", filepath.Dir(p))
	}
	return nil
}

// Column is one column of a table to save.
type Column struct {
	Title string
	Type  slip.Type
	Total bool
}

// Table is what a screen saves as a workbook or as text.
type Table struct {
	Title   string
	Area    string // the kind, type or report it is of, for the audit log
	Columns []Column
	Totals  []string
}

// Plain takes the separators out of a shown figure.
func Plain(s string) string {
	if s == "" || !strings.ContainsAny(s[:1], "-0123456789") || strings.ContainsFunc(s, func(r rune) bool { return !strings.ContainsRune("-0123456789.,", r) }) {
		return s
	}
	return strings.ReplaceAll(s, ",", "")
}

// SaveTable asks for a file and writes the rows there: .xlsx with real figures, days, a frozen head, a filter and totals, or .csv.
func SaveTable(s host.Host, t Table, rows func(context.Context) ([][]string, error)) {
	SaveFile(s, s.Tr("导出 %s", "Export %s", t.Title), t.Title, []string{".xlsx", ".csv"}, func(path string) {
		s.LongWrite(s.Tr("导出 %s", "exporting %s", t.Title), func(ctx context.Context) error {
			list, err := rows(ctx)
			if err != nil {
				return err
			}
			if err := WriteTable(path, t, list); err != nil {
				return err
			}
			return s.Book().Exported(t.Area, path, len(list))
		}, func(err error) {
			if err != nil {
				s.Fail(err)
				return
			}
			s.Say(kit.Hint, s.Tr("已保存 %s", "saved %s", path))
		})
	})
}

// WriteTable writes the rows into a file of that ending.
func WriteTable(path string, t Table, rows [][]string) error {
	return files.Write(path, func(w io.Writer) error { return fillTable(w, path, t, rows) })
}

func fillTable(w io.Writer, path string, t Table, rows [][]string) error {
	if strings.HasSuffix(strings.ToLower(path), ".csv") {
		head := make([]string, len(t.Columns))
		for i, c := range t.Columns {
			head[i] = c.Title
		}
		return sheet.WriteCSV(w, head, rows)
	}
	cols := make([]sheet.Column, len(t.Columns))
	for i, c := range t.Columns {
		cols[i] = sheet.Column{Title: c.Title, Type: c.Type, Total: c.Total}
	}
	totals := t.Totals
	if totals == nil {
		totals = Sums(t.Columns, rows)
	}
	return sheet.WriteXLSX(w, t.Title, cols, rows, totals)
}
