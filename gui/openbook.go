package gui

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/demo"
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/desk"
	usecases "zhanggui/data/workflow/people"
	"zhanggui/data/workflow/seen"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// OpenBook opens a book in the place of the one in the window, with what lay unsaved on its desk. A book that cannot be opened
// leaves the window as it was.
func (s *Shell) OpenBook(path string) error {
	path = parts.Absolute(path)
	if s.isOpen(path, false) {
		s.Choose(0)
		return nil
	}
	b, err := workflow.Open(path)
	if err != nil {
		return err
	}
	s.enter(b)
	return nil
}

// isOpen tells whether the book at a path is the one in the window, opened in the same way.
func (s *Shell) isOpen(path string, look bool) bool {
	return s.file != nil && parts.SamePath(s.file.Path(), path) && s.file.Looking() == look
}

// openPath is OpenBook in the background; what goes wrong is said, and a book that is gone can be struck off the list.
func (s *Shell) openPath(path string) { s.openWith(path, false) }

// openWith is openPath; look: to look only, nothing in the book can be changed.
func (s *Shell) openWith(path string, look bool) {
	path = parts.Absolute(path)
	if s.isOpen(path, look) {
		s.Choose(0)
		return
	}
	open := workflow.Open
	if look {
		open = workflow.OpenToLook
	}
	var b *workflow.Book
	s.Write(s.tr("打开 %s", "opening %s", filepath.Base(path)), func() (err error) {
		b, err = open(path)
		return err
	}, func(err error) {
		if err == nil {
			s.enter(b)
			return
		}
		s.Fail(err)
	})
}

// GoToBook opens a book in the place of the one in the window.
func (s *Shell) GoToBook(path string) { s.openPath(path) }

// provedAtOnce is up to what size a book is verified when it is opened; a larger one, which takes more than seconds, on request.
const provedAtOnce = 50 << 20

// enter makes an opened book the one in the window. One whose log ends before what this PC saw of it is asked about first.
func (s *Shell) enter(b *workflow.Book) {
	odd := seen.Odd(b)
	if odd == (text.Text{}) {
		s.entered(b)
		return
	}
	s.Ask(s.tr("是旧副本吗？", "An old copy?"), []string{filepath.Base(b.Path()), s.T(odd)},
		Answer{Label: text.T("不打开", "Do not open"), Run: func() {
			if err := b.Close(); err != nil {
				s.Fail(err)
			}
		}},
		Answer{Label: text.T("就是这本，打开", "It is the one, open"), Key: "O", Run: func() {
			if !b.Looking() {
				seen.Meant(b)
			}
			s.entered(b)
		}})
}

// entered is enter of a book that is meant.
func (s *Shell) entered(b *workflow.Book) {
	s.closeBook(func() { s.opened(b) })
}

// settle begins somebody's work in the book.
func (s *Shell) settle() {
	b := s.Book()
	parts.SetFolder(s, b.Path())
	s.openHome()
	if n := s.reopenKept(); n > 0 {
		s.Say(kit.Warning, s.tr("有 %d 张没保存完的单据，已在标签里打开，可以接着录", "%d {slip was|slips were} not saved last time and {stands open in its tab|stand open in their tabs}; go on typing", n))
	}
	if info, err := os.Stat(b.Path()); err == nil && info.Size() < provedAtOnce {
		s.Prove(nil)
	}
	s.quietly(func() error { // the pick list's index is made before the first letter is typed
		for _, typ := range []string{master.Products.Code, master.Customers.Code, master.Suppliers.Code} {
			b.Masters().Search(typ, "", 1, nil)
		}
		return nil
	}, func(error) {})
	if b.Looking() {
		s.Say(kit.Warning, s.tr("只看：什么也不会写进账套", "to look only: nothing is written into the book"))
	} else {
		s.dailyBackup()
	}
	seen.Note(b)
	s.comeIn()
	s.tick()
}

// leave closes a book for good, after who signed in is out, backed up or not; how far its log went is remembered.
func leave(b, mine *workflow.Book, backup bool) (err error) {
	if mine != nil {
		err = usecases.Leave(mine, usecases.SignOut)
	}
	if backup {
		_, _, lost := b.DailyBackup(0)
		err = errors.Join(err, lost)
	}
	seen.Note(b)
	return errors.Join(err, b.Close())
}

// reopenKept brings back what was typed and not saved when the program ended, each in a tab, and tells how many.
func (s *Shell) reopenKept() int {
	list, err := desk.Take(s.Book())
	if err != nil {
		s.Fail(err)
	}
	n := 0
	for _, k := range list {
		if _, ok := kinds.ByCode(k.Doc.Kind); !ok {
			continue // of a kind this version does not know: it stays on the desk
		}
		s.editKept(k.Doc, k.Key)
		n++
	}
	s.Choose(0)
	return n
}

// RestoreBook puts a backup in a book's place and opens it; where that fails the book is what it was.
func (s *Shell) RestoreBook(backup, password, book string) {
	if err := s.mayReplace(book); err != nil {
		s.Fail(err)
		return
	}
	was, person := s.Book() != nil, s.person()
	s.shut(false, func() { // no backup now: of a day only the last is kept, and this one may be of today
		s.showWelcome()
		var b *workflow.Book
		former := ""
		s.Write(s.tr("恢复账套", "restoring the book"), func() (err error) {
			if password != "" {
				former, err = workflow.RestoreEncrypted(person, backup, book, password)
			} else {
				former, err = workflow.RestoreBy(person, backup, book)
			}
			if err == nil {
				seen.Forget(book) // an older one is meant
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

// Welcome closes the book and shows the window without one.
func (s *Shell) Welcome() { s.closeBook(s.showWelcome) }

func (s *Shell) showWelcome() {
	s.Win.SetTitle(s.tr("掌柜", "Zhanggui"))
	s.tabs, s.active = nil, 0
	s.frame()
	s.Open(&welcome{s: s})
}

// NewBook shows the form for a new book.
func (s *Shell) NewBook() { s.Open(&newBook{s: s}) }

// OpenBookDialog shows where to type or look for the file of a book.
func (s *Shell) OpenBookDialog() { s.Open(&openForm{s: s}) }

// LookDialog is OpenBookDialog for a book that is only to be looked at; path, if any, is proposed.
func (s *Shell) LookDialog(path string) { s.Open(&openForm{s: s, look: true, path: path}) }

// lookAgain asks for a book to look at; the one in the window is proposed.
func (s *Shell) lookAgain() {
	path := ""
	if s.Book() != nil {
		path = s.Book().Path()
	}
	s.LookDialog(path)
}

// DemoBook makes the demo company in the background and opens it.
func (s *Shell) DemoBook() {
	folder := parts.Folder(s)
	path := parts.FreePath(folder, s.tr("演示 恒达五金商行", "Demo Hengda Hardware"))
	what := s.tr("生成演示账套", "making the demo book")
	var b *workflow.Book
	lang := s.lang
	s.Long(what, func(ctx context.Context) (err error) {
		last := -1
		b, err = demo.Make(ctx, path, demo.Options{Lang: lang, Progress: func(done, all int) {
			if pct := done * 100 / max(1, all); pct != last {
				last = pct
				s.onMain(func() { s.Say(kit.Working, s.tr("%s %d%%  Esc 取消", "%s %d%%  Esc cancels", what, pct)) })
			}
		}})
		if err != nil && ctx.Err() != nil {
			err = errors.Join(context.Canceled, err)
		}
		return err
	}, func(err error) {
		s.Calm()
		if err != nil {
			s.Fail(err)
			return
		}
		seen.Forget(path) // what was seen there was another book
		s.enter(b)
	})
}

// openForm asks for the file of a book: typed, picked from its folder, or found in a file dialog.
type openForm struct {
	still
	s     *Shell
	boxes *parts.Boxes
	path  string
	look  bool // only
}

func (o *openForm) ID() string {
	if o.look {
		return "look-at-book"
	}
	return "open-book"
}

func (o *openForm) Title() text.Text {
	if o.look {
		return text.T("只看打开", "Open to look only")
	}
	return text.T("打开账套", "Open book")
}

func (o *openForm) Area() string { return "home" }

// Object builds the form.
func (o *openForm) Object() fyne.CanvasObject {
	s := o.s
	o.boxes = parts.NewBoxes(s, 760)
	if o.path == "" {
		o.path = parts.Folder(s) + parts.Sep
	}
	f := parts.PathField(s, s.tr("账套文件", "Book file"), parts.OldFile, parts.BookExt)
	f.SetValue(o.path)
	o.boxes.Add("path", s.tr("扩展名 .zg", "its name ends in .zg"), f)
	f.OnCommit = func(v string) error { o.path = v; return nil }
	f.OnWalk = func(w kit.Way) {
		if w == kit.Next {
			o.open()
		}
	}
	parts.IntoFolders(f)
	body := container.NewVBox(kit.Pad(12, 10, o.boxes.Object()))
	s.Hint(s.tr("输入路径，或按 F4 看文件夹里有什么；F3 用文件窗口浏览。Enter 打开。", "Type the path, F4 shows what is in the folder, F3 browses in a window; Enter opens."))
	why := ""
	if o.look {
		why = s.tr("什么也不会写进账套；别人可以同时在用它", "nothing is written into the book; others may be at work in it")
	}
	return kit.Pad(12, 12, container.NewBorder(parts.Panel(parts.HeadLine(s.T(o.Title()), why), body), nil, nil, nil, kit.Box(kit.Bg)))
}

func (o *openForm) field() *kit.Field { return o.boxes.Fields["path"] }

// open opens what is typed.
func (o *openForm) open() {
	if !o.boxes.Take() {
		return
	}
	if i, err := os.Stat(o.path); o.path == "" || err == nil && i.IsDir() {
		o.boxes.Refuse(fault.New(fault.Invalid, "请选一个账套文件（.zg），F4 显示文件夹里的文件", "choose the file of a book (.zg); F4 shows the files in the folder").At("path"))
		return
	} else if err != nil {
		o.boxes.Refuse(fault.New(fault.NotFound, "找不到账套文件：%s", "there is no book %s", o.path).At("path"))
		return
	}
	o.s.openWith(o.path, o.look)
}

// Focus goes to the path.
func (o *openForm) Focus() {
	kit.Focus(o.field().Input)
	o.field().Caret()
}

// Commands of the form.
func (o *openForm) Commands() []Command {
	return []Command{
		{Label: text.T("打开", "Open"), Key: "Ctrl+S", Icon: "data", Primary: true, Run: o.open},
		{Label: text.T("浏览", "Browse"), Key: "F3", Icon: "find", Run: func() { parts.BrowsePath(o.s, o.field(), parts.OldFile, []string{parts.BookExt}) }},
	}
}
