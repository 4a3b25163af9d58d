package bookroom

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/data/workflow/salvage"
	"zhanggui/data/workflow/seen"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// salvager makes a new book of what can still be read of a damaged one, and says what is missing or doubtful in it (rule 7.8).
type salvager struct {
	host.Still
	s       host.Host
	damaged string
	dest    string
	named   bool // the new file was named by hand
	boxes   *parts.Boxes
	done    *salvage.Outcome // nil until it is done
	made    string           // the new book
	table   *kit.Table
	head    *fyne.Container
}

// OpenSalvage opens the door to salvage a book.
func OpenSalvage(s host.Host) { s.Open(&salvager{s: s}) }

// SalvageOf opens it with the damaged book named.
func SalvageOf(s host.Host, damaged string) {
	v := &salvager{s: s, damaged: damaged}
	v.dest = freshName(s, damaged)
	s.Open(v)
}

// freshName is a name for what is salvaged, beside the damaged book.
func freshName(s host.Host, damaged string) string {
	return parts.FreePath(filepath.Dir(damaged), strings.TrimSuffix(filepath.Base(damaged), filepath.Ext(damaged))+s.Tr(" 抢救", " salvaged"))
}

func (v *salvager) ID() string { return "salvage" }

func (v *salvager) Title() text.Text { return text.T("抢救账套", "Salvage") }

func (v *salvager) Area() string { return "home" }

// Object builds the screen.
func (v *salvager) Object() fyne.CanvasObject {
	s := v.s
	v.boxes = parts.NewBoxes(s, 760)
	if v.damaged == "" {
		v.damaged = parts.Folder(s) + parts.Sep
	}
	from := parts.PathField(s, s.Tr("损坏的账套", "Damaged book"), parts.OldFile, parts.BookExt)
	from.SetValue(v.damaged)
	v.boxes.Add("damaged", s.Tr("只读取，不改动它", "it is only read, and stays as it is"), from)
	to := parts.PathField(s, s.Tr("存为新账套", "New book"), parts.NewFile, parts.BookExt)
	to.SetValue(v.dest)
	v.boxes.Add("dest", s.Tr("还能读出的都存进这个新文件", "all that can be read goes into this new file"), to)
	from.OnCommit = func(p string) error {
		v.damaged = p
		if !v.named && !strings.HasSuffix(p, parts.Sep) {
			v.dest = freshName(s, p)
			to.SetValue(v.dest)
		}
		return nil
	}
	to.OnCommit = func(p string) error {
		v.named = v.named || p != v.dest
		v.dest = p
		return nil
	}
	parts.IntoFolders(from)
	parts.IntoFolders(to)
	v.boxes.Ring.After = v.run
	v.head = container.NewStack()
	v.table = v.report()
	v.draw()
	top := parts.Panel(parts.HeadLine(s.Tr("抢救损坏的账套", "Salvage a damaged book"), s.Tr("有备份时先用备份恢复", "where there is a backup, restore that first")), kit.Pad(12, 8, v.boxes.Object()))
	return kit.Pad(8, 6, container.NewBorder(top, nil, nil, nil, kit.Pad(0, 6, parts.Panel(v.head, v.table))))
}

// report is the list of what is missing or doubtful.
func (v *salvager) report() *kit.Table {
	s := v.s
	t := kit.NewTable()
	t.Columns = []kit.Column{{Key: "what", Title: s.Tr("种类", "Kind"), Width: 150}, {Key: "key", Title: s.Tr("编码或单号", "Code or number"), Width: 190}, {Key: "why", Title: s.Tr("缺什么", "What is missing"), Width: 500, Grow: true}}
	t.Length = func() int {
		if v.done == nil {
			return 0
		}
		return len(v.done.Missing)
	}
	t.CellAt = func(row, col int) kit.Cell {
		m := v.done.Missing[row]
		return kit.Cell{Text: []string{s.T(kindWord(m.What)), m.Key, s.T(m.Why)}[col]}
	}
	t.Empty = v.empty()
	return t
}

// kindWord is what a kind of record is called.
func kindWord(what string) text.Text {
	if t, ok := master.ByCode(what); ok {
		return t.Title
	}
	switch what {
	case "slip":
		return text.T("单据", "Slip")
	case "setting":
		return text.T("设置", "Setting")
	case "desk":
		return text.T("未存单据", "Unsaved slips")
	}
	return text.T(what, what)
}

// draw shows what was saved.
func (v *salvager) draw() {
	s := v.s
	words := s.Tr("还没有开始；Ctrl+S 或 F9 开始", "not begun; Ctrl+S or F9 begins")
	if v.done != nil {
		var list []string
		for _, t := range master.All {
			if n := v.done.Saved[t.Code]; n > 0 && t != master.GL {
				list = append(list, fmt.Sprintf("%s %d", s.T(t.Title), n))
			}
		}
		list = append(list, s.Tr("单据 %d", "slips %d", v.done.Saved["slips"]))
		words = s.Tr("已存：", "saved: ") + strings.Join(list, s.Tr("，", ", "))
	}
	parts.Set(v.head, parts.HeadLine(s.Tr("结果", "What was saved"), "", kit.Caption(words)))
	if v.table != nil {
		v.table.Empty = v.empty()
		v.table.Refresh()
	}
}

// empty is what the list says while nothing stands in it.
func (v *salvager) empty() string {
	if v.done != nil {
		return v.s.Tr("什么也不缺", "nothing is missing")
	}
	return v.s.Tr("抢救之后，这里按编码和单号列出缺了什么", "once it is done, what is missing is listed here by code and number")
}

// check refuses what cannot be salvaged, or written.
func (v *salvager) check() error {
	if i, err := os.Stat(v.damaged); err != nil || i.IsDir() {
		return fault.New(fault.Invalid, "请选损坏的账套文件（.zg），F4 显示文件夹里的文件", "choose the damaged file (.zg); F4 shows the files in the folder").At("damaged")
	}
	if v.dest == "" || strings.HasSuffix(v.dest, parts.Sep) {
		return fault.New(fault.Invalid, "请写新账套的文件名", "name the file of the new book").At("dest")
	}
	if filepath.Ext(v.dest) == "" {
		v.dest += parts.BookExt
	}
	if _, err := os.Lstat(v.dest); err == nil {
		return fault.New(fault.Refused, "文件已存在：%s，请换一个名字", "%s exists already; take another name", v.dest).At("dest")
	}
	return nil
}

// run salvages in the background; Esc stops it, and nothing is left.
func (v *salvager) run() {
	s := v.s
	if !v.boxes.Take() {
		return
	}
	if err := v.check(); err != nil {
		v.boxes.Refuse(err)
		return
	}
	var done salvage.Outcome
	dest := v.dest
	s.LongWrite(s.Tr("抢救账套", "salvaging"), func(ctx context.Context) (err error) {
		done, err = salvage.Until(ctx, v.damaged, dest, func(step text.Text) {
			s.OnMain(func() {
				s.Say(kit.Working, s.Tr("抢救账套：%s…  Esc 取消", "salvaging: %s…  Esc cancels", step))
			})
		})
		return err
	}, func(err error) {
		if err != nil {
			v.failed(err)
			return
		}
		seen.Forget(dest) // what was seen there was another book
		v.done, v.made = &done, dest
		v.draw()
		s.Refresh()
		offer := kit.Offer{Key: fyne.KeyF8, Label: s.Tr("打开新账套", "open the new book"), Run: v.open}
		if len(done.Missing) == 0 {
			s.Say(kit.Hint, s.Tr("全部救回，新账套已核对通过：%s", "everything was saved, and the new book verifies: %s", dest), offer)
			return
		}
		s.Say(kit.Warning, s.Tr("已救回可读的，%d 处缺少或可疑，列在上面；新账套已核对通过：%s", "saved what can be read; %d {thing is|things are} missing or doubtful, listed above. The new book verifies: %s", len(done.Missing), dest), offer)
		kit.Focus(v.table)
	})
}

func (v *salvager) failed(err error) {
	if errors.Is(err, context.Canceled) {
		v.s.Calm()
		return
	}
	v.boxes.Refuse(err)
}

func (v *salvager) open() {
	if v.made != "" {
		v.s.GoToBook(v.made)
	}
}

// Focus goes to the box of the damaged file.
func (v *salvager) Focus() {
	v.s.Hint(v.s.Tr("输入路径，或按 F4 看文件夹里有什么；Enter 往下；Ctrl+S 开始。损坏的文件不会被改动。", "Type the path, F4 shows what is in the folder; Enter goes on; Ctrl+S begins. The damaged file is not changed."))
	if v.done != nil {
		kit.Focus(v.table)
		return
	}
	kit.Focus(v.boxes.Fields["damaged"].Input)
	v.boxes.Fields["damaged"].Caret()
}

// Commands of the screen.
func (v *salvager) Commands() []host.Command {
	return []host.Command{
		{Label: text.T("开始抢救", "Salvage"), Key: "Ctrl+S", Icon: "save", Primary: v.done == nil, Run: v.run},
		{Label: text.T("开始抢救", "Salvage"), Key: "F9", Hidden: true, Run: v.run},
		{Label: text.T("打开新账套", "Open the new book"), Key: "F8", Icon: "data", Primary: v.done != nil, Off: v.made == "", Run: v.open},
		{Label: text.T("浏览", "Browse"), Key: "F3", Icon: "find", Run: func() {
			parts.BrowsePath(v.s, v.boxes.Fields["damaged"], parts.OldFile, []string{parts.BookExt})
		}},
	}
}
