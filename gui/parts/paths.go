package parts

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"zhanggui/gui/host"
	"zhanggui/gui/kit"
)

const (
	BookExt  = ".zg"
	mostSeen = 200 // files shown of a folder
)

// fileKind says what a path is for.
type fileKind int

const (
	OldFile fileKind = iota // a file to be read
	NewFile                 // a file to be written
	AFolder
)

// PathField makes a box for a path: typed, with what stands in the folder shown under it, or found in Fyne's own dialog with F3.
// endings are those of the files to show; none shows folders only.
func PathField(s host.Host, label string, kind fileKind, endings ...string) *kit.Field {
	f := kit.NewField(label)
	f.Parse = func(typed string) (string, error) { return Absolute(typed), nil }
	p := &kit.Picker{Columns: []kit.Column{{Key: "name", Title: s.Tr("文件夹和文件", "Folders and files"), Width: 330}, {Key: "at", Title: s.Tr("修改时间", "Changed"), Width: 130}}}
	p.Find = func(words string) ([]kit.PickRow, int) {
		if words == "" {
			words = f.Value()
			if !strings.HasSuffix(words, Sep) {
				words = filepath.Dir(words) + Sep
			}
		}
		rows := filesLike(Absolute(words), kind, endings)
		return rows, len(rows)
	}
	p.None = func(string) string { return s.Tr("没有这样的文件夹或文件", "no such folder or file") }
	p.Footer = func(int) string {
		return s.Tr("↑↓ 选择   Enter 选入   F3 浏览   Esc 关闭", "↑↓ choose   Enter takes   F3 browses   Esc closes")
	}
	f.WithPicker(p)
	own := f.OnKey
	f.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyF3 {
			BrowsePath(s, f, kind, endings)
			return true
		}
		return own(ev)
	}
	return f
}

// IntoFolders makes a field whose folder was picked go on in that folder; call it once the field is in its ring.
func IntoFolders(f *kit.Field) {
	walk := f.OnWalk
	f.OnWalk = func(w kit.Way) {
		if w == kit.Next && strings.HasSuffix(f.Value(), Sep) {
			f.Caret()
			f.Pick.Open(f.Input, f.Value())
			return
		}
		if walk != nil {
			walk(w)
		}
	}
}

const Sep = string(filepath.Separator)

// Absolute reads a path as hands type it: quotes around it as Windows copies it, ~ for the home folder, else within the program's folder.
func Absolute(typed string) string {
	p := strings.Trim(strings.TrimSpace(typed), `"`)
	if p == "" {
		return ""
	}
	if home, err := os.UserHomeDir(); err == nil && (p == "~" || strings.HasPrefix(p, "~"+Sep)) {
		p = home + p[1:]
	}
	tail := ""
	if strings.HasSuffix(p, Sep) {
		tail = Sep
	}
	if a, err := filepath.Abs(p); err == nil {
		p = a
	}
	if tail != "" && !strings.HasSuffix(p, Sep) {
		p += tail
	}
	return p
}

// filesLike lists what begins as the path does: folders first; the file of the very name before them.
func filesLike(path string, kind fileKind, endings []string) []kit.PickRow {
	dir, start := filepath.Split(path)
	entries, _ := os.ReadDir(dir) // a folder that cannot be read shows nothing
	var exact, folders, files []kit.PickRow
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(strings.ToLower(name), strings.ToLower(start)) || strings.HasPrefix(name, ".") && !strings.HasPrefix(start, ".") {
			continue
		}
		info, err := os.Stat(filepath.Join(dir, name)) // a link is what it points to
		switch {
		case err != nil:
		case info.IsDir():
			folders = append(folders, kit.PickRow{Value: filepath.Join(dir, name) + Sep, Cells: []kit.Cell{{Text: name, Icon: "data"}}})
		case kind == AFolder || !hasEnding(name, endings):
		default:
			row := kit.PickRow{Value: filepath.Join(dir, name), Cells: []kit.Cell{{Text: name, Icon: "book"}, {Text: info.ModTime().Format("2006-01-02 15:04")}}}
			if name == start {
				exact = append(exact, row)
			} else {
				files = append(files, row)
			}
		}
		if len(folders)+len(files) >= mostSeen {
			break
		}
	}
	list := slices.Concat(exact, folders, files)
	typed := kit.PickRow{Value: path, Cells: []kit.Cell{{Text: filepath.Base(path), Icon: "plus"}}}
	if kind == NewFile && start != "" && exact == nil || kind == AFolder && start == "" {
		list = slices.Insert(list, 0, typed) // what is typed is as good as what is there
	}
	return list
}

// BrowsePath shows Fyne's file dialog. For a new file it only looks for the folder: Fyne's dialog for saving empties what it is given.
func BrowsePath(s host.Host, f *kit.Field, kind fileKind, endings []string) {
	took := func(path string, err error) {
		if err != nil {
			s.Fail(err)
		} else if path != "" {
			f.SetText(path)
			f.Commit()
		}
		kit.Focus(f.Input)
	}
	var d *dialog.FileDialog
	if kind == OldFile {
		d = dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
			if r == nil {
				took("", err)
				return
			}
			r.Close()
			took(r.URI().Path(), err)
		}, s.Window())
		d.SetFilter(storage.NewExtensionFileFilter(endings))
	} else {
		d = dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
			switch {
			case u == nil:
				took("", err)
			case kind == NewFile && !strings.HasSuffix(f.Value(), Sep):
				took(filepath.Join(u.Path(), filepath.Base(f.Value())), err)
			default:
				took(u.Path()+Sep, err)
			}
		}, s.Window())
	}
	dir := f.Value()
	if !strings.HasSuffix(dir, Sep) {
		dir = filepath.Dir(dir)
	}
	if u, err := storage.ListerForURI(storage.NewFileURI(dir)); err == nil {
		d.SetLocation(u)
	}
	d.Resize(fyne.NewSize(900, 560))
	d.Show()
}

func hasEnding(path string, endings []string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.EqualFold(filepath.Ext(path), e) })
}

// FreePath is a path for a new file of a name in the folder, numbered where the name is taken.
func FreePath(folder, name string) string {
	name = FileName(strings.TrimSpace(name))
	path := filepath.Join(folder, name+BookExt)
	for n := 2; ; n++ {
		if _, err := os.Stat(path); err != nil {
			return path
		}
		path = filepath.Join(folder, name+" "+strconv.Itoa(n)+BookExt)
	}
}

// SamePath tells whether two paths name one file.
func SamePath(a, b string) bool {
	if a == b {
		return true
	}
	if runtime.GOOS == "windows" && strings.EqualFold(a, b) {
		return true
	}
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}
