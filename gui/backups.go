package gui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// backups is where the book is backed up and brought back: with a book in the window that one, else one named by its path.
type backups struct {
	still
	s     *Shell
	path  string // of the book
	to    string // folder to back up to
	rows  []backupFile
	boxes *parts.Boxes
	table *kit.Table
}

// backupFile is a daily backup beside the book.
type backupFile struct {
	path string
	at   time.Time
	size int64
}

// BackupDialog opens the backups of the book in the window.
func (s *Shell) BackupDialog() { s.Open(&backups{s: s}) }

// RestoreDialog opens the backups of a book that is not open: lost, damaged, or still to be named.
func (s *Shell) RestoreDialog() { s.Open(&backups{s: s}) }

func (x *backups) ID() string { return "backups" }

func (x *backups) Title() text.Text { return text.T("备份和恢复", "Backups") }

func (x *backups) Area() string { return "settings" }

// Object builds the screen.
func (x *backups) Object() fyne.CanvasObject {
	s := x.s
	x.boxes = parts.NewBoxes(s, 760)
	if s.Book() != nil {
		x.path = s.Book().Path()
		x.boxes.Read("path", s.tr("账套", "Book"), s.tr("在窗口里打开的", "the one in the window"), x.path)
		x.addFolder()
	} else {
		x.addPath()
	}
	t := kit.NewTable()
	t.Columns = []kit.Column{{Key: "at", Title: s.tr("备份时间", "Made"), Width: 170}, {Key: "name", Title: s.tr("文件", "File"), Width: 300, Grow: true},
		{Key: "size", Title: s.tr("大小", "Size"), Width: 100, Align: fyne.TextAlignTrailing}, {Key: "what", Width: 90}}
	t.Length = func() int { return len(x.rows) }
	t.CellAt = x.cell
	t.Empty = s.tr("账套旁边还没有每日备份。F3 选别处的备份文件", "there is no daily backup beside the book; F3 chooses a backup elsewhere")
	t.OnOpen = func(row, _ int) { x.ask(x.rows[row].path) }
	t.OnEdge = func(down bool) bool {
		if down {
			return false
		}
		x.boxes.Ring.Last()
		return true
	}
	x.table = t
	x.boxes.Ring.After = func() { kit.Focus(t) }
	x.load()
	head := parts.Panel(parts.HeadLine(s.tr("备份和恢复", "Backups"), s.tr("打开和关闭账套时自动备份，保留 30 天", "made by itself when a book is opened and closed; 30 days are kept")), kit.Pad(12, 8, x.boxes.Object()))
	list := parts.Panel(parts.HeadLine(s.tr("每日备份", "Daily backups"), "", kit.Caption(s.tr("Enter 用它恢复，会先问", "Enter restores it, after asking"))), t)
	return kit.Pad(8, 6, container.NewBorder(head, nil, nil, nil, kit.Pad(0, 6, list)))
}

// addFolder adds the box for where to back up to.
func (x *backups) addFolder() {
	s := x.s
	if x.to == "" {
		x.to = s.prefs.p.StringWithFallback("backups", parts.Folder(s)+parts.Sep)
	}
	f := parts.PathField(s, s.tr("备份到", "Back up to"), parts.AFolder)
	f.SetValue(x.to)
	x.boxes.Add("to", s.tr("U 盘或网盘的文件夹；文件名按时间起", "a folder on a stick or a share; the file is named by the moment"), f)
	f.OnCommit = func(v string) error {
		if i, err := os.Stat(v); err != nil || !i.IsDir() {
			return fault.New(fault.Invalid, "没有文件夹 %s", "there is no folder %s", v).At("to")
		}
		x.to = v
		return nil
	}
}

// addPath adds the box for the book to be brought back.
func (x *backups) addPath() {
	s := x.s
	if x.path == "" {
		x.path = parts.Folder(s) + parts.Sep
		if list := s.prefs.recent(); len(list) > 0 {
			x.path = list[0]
		}
	}
	f := parts.PathField(s, s.tr("账套文件", "Book file"), parts.NewFile, parts.BookExt)
	f.SetValue(x.path)
	x.boxes.Add("path", s.tr("要找回的账套；它现在的文件会改名留着", "the book to bring back; its present file is kept under another name"), f)
	f.OnCommit = func(v string) error {
		x.path = v
		x.load()
		return nil
	}
	parts.IntoFolders(f)
}

// load lists the daily backups of the book, newest first.
func (x *backups) load() {
	folder := workflow.BackupsOf(x.path)
	Read(x.s, x.s.tr("查找备份", "looking for backups"), func() ([]backupFile, error) {
		entries, _ := os.ReadDir(folder) // none yet
		var rows []backupFile
		for _, e := range entries {
			if i, err := e.Info(); err == nil && !i.IsDir() && strings.EqualFold(filepath.Ext(e.Name()), parts.BookExt) {
				rows = append(rows, backupFile{filepath.Join(folder, e.Name()), i.ModTime(), i.Size()})
			}
		}
		slices.SortFunc(rows, func(a, b backupFile) int { return strings.Compare(b.path, a.path) })
		return rows, nil
	}, func(rows []backupFile) {
		x.rows = rows
		x.table.Refresh()
	})
}

func (x *backups) cell(row, col int) kit.Cell {
	r := x.rows[row]
	switch col {
	case 0:
		return kit.Cell{Text: x.s.moment(r.at)}
	case 1:
		return kit.Cell{Text: filepath.Base(r.path), Shade: kit.Ink2}
	case 2:
		return kit.Cell{Text: sizeWords(r.size)}
	}
	return kit.Cell{Text: x.s.tr("恢复 →", "Restore →"), Link: true}
}

// sizeWords is a file's size for people.
func sizeWords(n int64) string {
	if n >= 10<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d KB", (n+1023)>>10)
}

// backUp copies the book into the folder.
func (x *backups) backUp() {
	s, b := x.s, x.s.Book()
	if b == nil || !x.boxes.Take() {
		return
	}
	dest := b.BackupPath(strings.TrimSuffix(x.to, parts.Sep) + parts.Sep)
	s.prefs.p.SetString("backups", x.to)
	s.Work(s.tr("备份到 %s", "backing up to %s", dest), func() error { return b.Backup(dest) }, func(err error) {
		if err != nil {
			s.Fail(err)
			return
		}
		s.Say(kit.Hint, s.tr("已备份并读回核对：%s", "backed up and read back: %s", dest))
	})
}

// other asks for a backup that lies elsewhere.
func (x *backups) other() {
	parts.OpenFile(x.s, x.s.tr("选备份文件", "Choose a backup"), []string{parts.BookExt}, x.ask)
}

// ask asks before a backup takes the book's place.
func (x *backups) ask(backup string) {
	s := x.s
	if s.looking() {
		return
	}
	if strings.HasSuffix(x.path, parts.Sep) || x.path == "" {
		x.boxes.Refuse(fault.New(fault.Invalid, "请先写要找回的账套文件名", "first name the book to bring back").At("path"))
		return
	}
	lines := []string{s.tr("备份：%s", "Backup: %s", filepath.Base(backup)), s.tr("账套：%s", "Book: %s", x.path)}
	if _, err := os.Stat(x.path); err == nil {
		lines = append(lines, s.tr("现在的账套文件改名留在旁边，不会丢。", "The present file stays beside it under another name; nothing is lost."))
	}
	s.Ask(s.tr("用这个备份恢复账套？", "Restore this backup?"), lines, Answer{Label: text.T("不恢复", "Leave it")},
		Answer{Label: text.T("恢复", "Restore"), Key: fyne.KeyF9, Run: func() { s.restore(backup, x.path) }})
}

// restore puts a backup in a book's place and opens it; where that fails the book is what it was.
func (s *Shell) restore(backup, book string) {
	was := s.Book() != nil
	s.shut(false, func() { // no backup now: of a day only the last is kept, and this one may be of today
		s.showWelcome()
		var b *workflow.Book
		former := ""
		s.Write(s.tr("恢复账套", "restoring the book"), func() (err error) {
			if former, err = workflow.RestoreKeeping(backup, book); err == nil {
				b, err = workflow.Open(book)
			}
			return err
		}, func(err error) {
			switch {
			case err != nil && was:
				s.openPath(book)
				s.Fail(err)
			case err != nil:
				s.Fail(err)
			default:
				s.enter(b)
				said := s.tr("已从备份恢复", "restored from the backup")
				if former != "" {
					said += s.tr("；原来的文件是 %s", "; the former file is %s", filepath.Base(former))
				}
				s.Say(kit.Hint, said)
			}
		})
	})
}

// Focus goes to the list, or to the box where there is none.
func (x *backups) Focus() {
	x.s.Hint(x.s.tr("↑↓ 选一个备份，Enter 恢复；F3 选别处的备份", "↑↓ choose a backup, Enter restores it; F3 chooses one elsewhere"))
	if len(x.rows) > 0 && x.s.Book() != nil {
		kit.Focus(x.table)
		return
	}
	x.boxes.Ring.First()
}

// Commands of the screen.
func (x *backups) Commands() []Command {
	s := x.s
	list := []Command{
		{Label: text.T("立即备份", "Back up now"), Key: "Ctrl+S", Icon: "save", Primary: true, Run: x.backUp},
		{Label: text.T("恢复选中的", "Restore chosen"), Key: "F9", Icon: "undo", Off: len(x.rows) == 0, Run: func() {
			if x.table.Row() < len(x.rows) {
				x.ask(x.rows[x.table.Row()].path)
			}
		}},
		{Label: text.T("别处的备份…", "Backup elsewhere…"), Key: "F3", Icon: "find", Run: x.other},
	}
	if s.Book() == nil {
		list = list[1:]
	}
	return list
}

// dailyBackup backs the book up in the background where anything was done since the last time.
func (s *Shell) dailyBackup() {
	b := s.Book()
	s.quietly(func() error {
		_, _, err := b.DailyBackup(0)
		return err
	}, func(err error) {
		if s.Book() != b {
			return
		}
		if err != nil {
			s.Say(kit.Warning, s.tr("每日备份没有成功：%s", "the daily backup failed: %s", s.words(err)))
			return
		}
		s.drawStatus()
	})
}

// lastBackup says when the book was backed up last.
func (s *Shell) lastBackup() string {
	at, ok := s.Book().LastBackup()
	if !ok {
		return s.tr("还没有", "none")
	}
	return s.moment(at)
}
