package bookroom

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
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// BackupScreen is where the book is backed up and brought back: with a book in the window that one, else one named by its path.
type BackupScreen struct {
	host.Still
	s     host.Host
	path  string // of the book
	to    string // folder to back up to
	lock  bool   // by a password
	Rows  []backupFile
	Boxes *parts.Boxes
	table *kit.Table
}

// backupFile is a daily backup beside the book.
type backupFile struct {
	path string
	at   time.Time
	size int64
}

// Backups opens the backups of the book in the window; without one, those of a book that is lost, damaged, or still to be named.
func Backups(s host.Host) { s.Open(&BackupScreen{s: s}) }

func (x *BackupScreen) ID() string { return "backups" }

func (x *BackupScreen) Title() text.Text { return text.T("备份和恢复", "Backups") }

func (x *BackupScreen) Area() string { return "settings" }

// Object builds the screen.
func (x *BackupScreen) Object() fyne.CanvasObject {
	s := x.s
	x.Boxes = parts.NewBoxes(s, 760)
	if s.Book() != nil {
		x.path = s.Book().Path()
		x.Boxes.Read("path", s.Tr("账套", "Book"), s.Tr("在窗口里打开的", "the one in the window"), x.path)
		x.addFolder()
	} else {
		x.addPath()
	}
	boxes := x.Boxes.Object()
	if s.Book() != nil {
		boxes = container.NewVBox(boxes, kit.Pad(0, 4, container.NewHBox(kit.NewCheck(s.Tr("加密：只有密码能恢复 (Ctrl+E)", "Encrypt: only a password restores it (Ctrl+E)"), x.lock, func(on bool) { x.lock = on }))))
	}
	t := kit.NewTable()
	t.Columns = []kit.Column{{Key: "at", Title: s.Tr("备份时间", "Made"), Width: 170}, {Key: "name", Title: s.Tr("文件", "File"), Width: 300, Grow: true},
		{Key: "size", Title: s.Tr("大小", "Size"), Width: 100, Align: fyne.TextAlignTrailing}, {Key: "what", Width: 90}}
	t.Length = func() int { return len(x.Rows) }
	t.CellAt = x.cell
	t.Empty = s.Tr("账套旁边还没有每日备份。F3 选别处的备份文件", "there is no daily backup beside the book; F3 chooses a backup elsewhere")
	t.OnOpen = func(row, _ int) { x.Ask(x.Rows[row].path) }
	t.OnEdge = func(down bool) bool {
		if down {
			return false
		}
		x.Boxes.Ring.Last()
		return true
	}
	x.table = t
	x.Boxes.Ring.After = func() { kit.Focus(t) }
	x.load()
	head := parts.Panel(parts.HeadLine(s.Tr("备份和恢复", "Backups"), s.Tr("打开和关闭账套时自动备份；保留 30 天，最近两天每天保留 6 份", "made by itself when a book is opened and closed; 30 days are kept, six of each of the last two")), kit.Pad(12, 8, boxes))
	list := parts.Panel(parts.HeadLine(s.Tr("每日备份", "Daily backups"), "", kit.Caption(s.Tr("Enter 用它恢复，会先问", "Enter restores it, after asking"))), t)
	return kit.Pad(8, 6, container.NewBorder(head, nil, nil, nil, kit.Pad(0, 6, list)))
}

// addFolder adds the box for where to back up to.
func (x *BackupScreen) addFolder() {
	s := x.s
	if x.to == "" {
		x.to = s.Preferences().StringWithFallback("backups", parts.Folder(s)+parts.Sep)
	}
	f := parts.PathField(s, s.Tr("备份到", "Back up to"), parts.AFolder)
	f.SetValue(x.to)
	x.Boxes.Add("to", s.Tr("U 盘或网盘的文件夹；文件名按时间起", "a folder on a stick or a share; the file is named by the moment"), f)
	f.OnCommit = func(v string) error {
		if i, err := os.Stat(v); err != nil || !i.IsDir() {
			return fault.New(fault.Invalid, "没有文件夹 %s", "there is no folder %s", v).At("to")
		}
		x.to = v
		return nil
	}
}

// addPath adds the box for the book to be brought back.
func (x *BackupScreen) addPath() {
	s := x.s
	if x.path == "" {
		x.path = parts.Folder(s) + parts.Sep
		if list := parts.Recent(s); len(list) > 0 {
			x.path = list[0]
		}
	}
	f := parts.PathField(s, s.Tr("账套文件", "Book file"), parts.NewFile, parts.BookExt)
	f.SetValue(x.path)
	x.Boxes.Add("path", s.Tr("要找回的账套；它现在的文件会改名留着", "the book to bring back; its present file is kept under another name"), f)
	f.OnCommit = func(v string) error {
		x.path = v
		x.load()
		return nil
	}
	parts.IntoFolders(f)
}

// load lists the daily backups of the book, newest first.
func (x *BackupScreen) load() {
	folder := workflow.BackupsOf(x.path)
	host.Read(x.s, x.s.Tr("查找备份", "looking for backups"), func() ([]backupFile, error) {
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
		x.Rows = rows
		x.table.Refresh()
	})
}

func (x *BackupScreen) cell(row, col int) kit.Cell {
	r := x.Rows[row]
	switch col {
	case 0:
		return kit.Cell{Text: parts.Moment(x.s, r.at)}
	case 1:
		return kit.Cell{Text: filepath.Base(r.path), Shade: kit.Ink2}
	case 2:
		return kit.Cell{Text: sizeWords(r.size)}
	}
	return kit.Cell{Text: x.s.Tr("恢复 →", "Restore →"), Link: true}
}

// sizeWords is a file's size for people.
func sizeWords(n int64) string {
	if n >= 10<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d KB", (n+1023)>>10)
}

// backUp copies the book into the folder.
func (x *BackupScreen) backUp() {
	s, b := x.s, x.s.Book()
	if b == nil || !x.Boxes.Take() {
		return
	}
	dest := b.BackupPath(strings.TrimSuffix(x.to, parts.Sep) + parts.Sep)
	s.Preferences().SetString("backups", x.to)
	if !x.lock {
		x.make(dest, func() error { return b.Backup(dest) })
		return
	}
	dest = b.EncryptedPath(dest)
	x.newPassword(func(password string) { x.make(dest, func() error { return b.BackupEncrypted(dest, password) }) })
}

// make makes a backup off the main goroutine and says where it lies.
func (x *BackupScreen) make(dest string, do func() error) {
	s := x.s
	s.Work(s.Tr("备份到 %s", "backing up to %s", dest), do, func(err error) {
		if err != nil {
			s.Fail(err)
			return
		}
		s.Say(kit.Hint, s.Tr("已备份并读回核对：%s", "backed up and read back: %s", dest))
	})
}

// newPassword asks for a password twice.
func (x *BackupScreen) newPassword(then func(password string)) {
	s := x.s
	first, second := passwordField(s.Tr("密码", "Password")), passwordField(s.Tr("再输一次", "Once more"))
	parts.AskForm(s, s.Tr("给备份加密", "Encrypt the backup"), s.Tr("请记牢密码：没有它谁也打不开这个备份，也没有办法找回。", "Keep the password: without it nobody can open this backup, and nobody can find it out."),
		[]*kit.Field{first, second}, text.T("备份", "Back up"), func() error {
			if err := workflow.BackupPassword(first.Value()); err != nil {
				return err
			}
			if first.Value() != second.Value() {
				return fault.New(fault.Refused, "两次输入的密码不一样", "the two passwords are not the same")
			}
			return nil
		}, func() { then(first.Value()) })
}

func passwordField(label string) *kit.Field {
	f := kit.NewField(label)
	f.Input.Secret = true
	return f
}

// other asks for a backup that lies elsewhere.
func (x *BackupScreen) other() {
	parts.OpenFile(x.s, x.s.Tr("选备份文件", "Choose a backup"), []string{parts.BookExt, workflow.AgeExt}, x.Ask)
}

// Ask asks before a backup takes the book's place.
func (x *BackupScreen) Ask(backup string) {
	s := x.s
	if parts.Looking(s) {
		return
	}
	if strings.HasSuffix(x.path, parts.Sep) || x.path == "" {
		x.Boxes.Refuse(fault.New(fault.Invalid, "请先写要找回的账套文件名", "first name the book to bring back").At("path"))
		return
	}
	lines := []string{s.Tr("备份：%s", "Backup: %s", filepath.Base(backup)), s.Tr("账套：%s", "Book: %s", x.path)}
	if _, err := os.Stat(x.path); err == nil {
		lines = append(lines, s.Tr("现在的账套文件改名留在旁边，不会丢。", "The present file stays beside it under another name; nothing is lost."))
	}
	s.Ask(s.Tr("用这个备份恢复账套？", "Restore this backup?"), lines, host.Answer{Label: text.T("不恢复", "Leave it")},
		host.Answer{Label: text.T("恢复", "Restore"), Key: fyne.KeyF9, Run: func() { x.restore(backup) }})
}

// restore restores a backup; of one that is encrypted it asks the password first.
func (x *BackupScreen) restore(backup string) {
	s, path := x.s, x.path
	if !workflow.IsEncrypted(backup) {
		s.RestoreBook(backup, "", path)
		return
	}
	f := passwordField(s.Tr("密码", "Password"))
	parts.AskForm(s, s.Tr("备份的密码", "The backup's password"), filepath.Base(backup), []*kit.Field{f}, text.T("恢复", "Restore"),
		func() error { return workflow.PasswordOpens(backup, f.Value()) }, func() { s.RestoreBook(backup, f.Value(), path) })
}

// Focus goes to the list, or to the box where there is none.
func (x *BackupScreen) Focus() {
	x.s.Hint(x.s.Tr("↑↓ 选一个备份，Enter 恢复；F3 选别处的备份", "↑↓ choose a backup, Enter restores it; F3 chooses one elsewhere"))
	if len(x.Rows) > 0 && x.s.Book() != nil {
		kit.Focus(x.table)
		return
	}
	x.Boxes.Ring.First()
}

// Commands of the screen.
func (x *BackupScreen) Commands() []host.Command {
	s := x.s
	list := []host.Command{
		{Label: text.T("立即备份", "Back up now"), Key: "Ctrl+S", Icon: "save", Primary: true, Run: x.backUp, Needs: host.Needs("book", "backup")},
		{Label: text.T("恢复选中的", "Restore chosen"), Key: "F9", Icon: "undo", Off: len(x.Rows) == 0, Run: func() {
			if x.table.Row() < len(x.Rows) {
				x.Ask(x.Rows[x.table.Row()].path)
			}
		}},
		{Label: text.T("加密", "Encrypt"), Key: "Ctrl+E", Icon: "check", Hidden: true, Run: func() {
			x.lock = !x.lock
			s.Rebuild()
		}},
		{Label: text.T("别处的备份…", "Backup elsewhere…"), Key: "F3", Icon: "find", Run: x.other},
	}
	if s.Book() == nil {
		list = slices.Delete(list, 2, 3)[1:]
	}
	return list
}
