package gui

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/chart"
	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/seen"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// newBook is the short set-up of a new book. It asks for what cannot be changed later and for what the first slip needs.
type newBook struct {
	still
	s      *Shell
	values map[string]string
	boxes  *parts.Boxes
	named  bool // the file was named by hand
}

// fixedSettings are a book's choices that are made with it, of those that have few values.
func fixedSettings() (list []*workflow.Setting) {
	for _, x := range workflow.Declared {
		if x.Chosen && len(x.Choices) > 0 {
			list = append(list, x)
		}
	}
	return list
}

var bookLangs = []slip.Choice{{Value: "zh", Label: text.T("中文", "Chinese")}, {Value: "en", Label: text.T("英文", "English")}}

// usual rates of the two kinds of taxpayer
var usualVAT = map[string]string{"general": "0.13", "small": "0.03"}

func (n *newBook) ID() string { return "new-book" }

func (n *newBook) Title() text.Text { return text.T("新建账套", "New book") }

func (n *newBook) Area() string { return "home" }

// Object builds the form.
func (n *newBook) Object() fyne.CanvasObject {
	s := n.s
	if n.values == nil {
		n.values = n.start()
	}
	n.boxes = parts.NewBoxes(s, 520)
	n.add("company", s.tr("打在单据抬头", "stands at the head of papers"), kit.NewField(s.tr("公司名称", "Company")))
	n.add("start", s.tr("从这个月起记账，期初是它之前的结余；↑↓ 换月", "the books begin here; opening figures are of the day before; ↑↓"), parts.MonthField(s.tr("启用月份", "First month")))
	for _, x := range fixedSettings() {
		n.add(x.Key, s.T(x.Help), parts.OneOf(s, s.T(x.Label), x.Choices))
		if x.Key == "taxpayer" {
			n.add("vat", s.tr("新商品的税率，每个商品可改", "of new products; each can have its own"), parts.RateField(s, s.tr("默认税率 %", "Default VAT %")))
			incl, _ := workflow.SettingOf(master.InclTax)
			n.add(incl.Key, s.T(incl.Help), parts.OneOf(s, s.T(incl.Label), parts.NoYes))
		}
	}
	n.add("warehouse", s.tr("第一个仓库；另建资金账户“现金”和“银行存款”", "the first one; the accounts Cash and Bank are made too"), kit.NewField(s.tr("仓库", "Warehouse")))
	n.add("lang", s.tr("科目和打印用的语言；界面语言随时可换", "of accounts and papers; the window's can change at any time"), parts.ChoiceField(s, s.tr("账套语言", "Book language"), func() []slip.Choice { return bookLangs }))
	path := parts.PathField(s, s.tr("保存为", "Save as"), parts.NewFile, parts.BookExt)
	n.add("path", s.tr("账套就是这一个文件，可以复制、带走", "the book is this one file; copy it, take it along"), path)
	parts.IntoFolders(path)
	n.boxes.Ring.After = n.create
	s.Hint(s.tr("Enter 逐格往下，最后一格 Enter 建立账套。", "Enter walks down; in the last box it makes the book."))
	note := kit.Pad(12, 6, kit.Label(s.tr("纳税人、成本核算范围等决定每张单怎么记账，建好后不能改（成本计价可从某月起改）。", "Taxpayer, cost pool and the like decide how every slip is booked; they cannot be changed later (costing: from a month on)."), kit.Ink2, kit.M().Caption, false))
	body := container.NewVBox(kit.Pad(12, 10, n.boxes.Object()), note)
	return kit.Pad(12, 12, n.boxes.Scroll(container.NewBorder(parts.Panel(parts.HeadLine(s.tr("新建账套", "New book"), ""), body), nil, nil, nil, kit.Box(kit.Bg))))
}

// start is what stands in the boxes first.
func (n *newBook) start() map[string]string {
	s := n.s
	m := map[string]string{"company": "", "start": text.DateOf(time.Now()).Month().String(), "vat": usualVAT["general"], "lang": string(s.lang), "warehouse": s.tr("主仓库", "Main warehouse")}
	for _, x := range fixedSettings() {
		m[x.Key] = x.Default
	}
	m[master.InclTax] = workflow.UsualInclTax(m["taxpayer"])
	m["path"] = parts.FreePath(parts.Folder(s), s.tr("我的账套", "My book"))
	return m
}

func (n *newBook) add(key, help string, f *kit.Field) {
	f.SetValue(n.values[key])
	n.boxes.Add(key, help, f)
	f.OnCommit = func(v string) error { return n.commit(key, v) }
}

// commit takes a value, with what follows from it.
func (n *newBook) commit(key, v string) error {
	v = strings.TrimSpace(v)
	if v == "" && (key == "company" || key == "start" || key == "path" || key == "warehouse") {
		return fault.New(fault.Invalid, "%s不能为空", "%s is missing", n.boxes.Fields[key].Label).At(key)
	}
	if key == "path" {
		if err := n.checkPath(v); err != nil {
			return err
		}
		n.named = n.named || v != n.values[key]
	}
	n.values[key] = v
	switch key {
	case "company":
		if !n.named {
			n.set("path", parts.FreePath(filepath.Dir(n.values["path"]), v))
		}
	case "taxpayer":
		n.set("vat", usualVAT[v])
		n.set(master.InclTax, workflow.UsualInclTax(v))
	}
	return nil
}

func (n *newBook) set(key, v string) {
	n.values[key] = v
	n.boxes.Fields[key].SetValue(v)
}

// checkPath refuses what cannot be a new file.
func (n *newBook) checkPath(p string) error {
	if strings.HasSuffix(p, parts.Sep) {
		return nil // the person is still on the way to the folder
	}
	if _, err := os.Stat(p); err == nil {
		return fault.New(fault.Refused, "文件已存在：%s，请换一个名字", "%s exists already; take another name", p).At("path")
	}
	if i, err := os.Stat(filepath.Dir(p)); err != nil || !i.IsDir() {
		return fault.New(fault.Invalid, "没有文件夹 %s", "there is no folder %s", filepath.Dir(p)).At("path")
	}
	return nil
}

// settings are the values as the book keeps them.
func (n *newBook) settings() workflow.Settings {
	v := n.values
	s := workflow.Settings{Company: v["company"], Lang: text.Lang(v["lang"])}
	s.Start, _ = text.ParseMonth(v["start"]) // read by its box already
	s.VAT, _ = num.ParseRate(v["vat"])
	s.Put(master.InclTax, v[master.InclTax])
	for _, x := range fixedSettings() {
		s.Put(x.Key, v[x.Key])
	}
	return s
}

// create makes the book and opens it.
func (n *newBook) create() {
	s := n.s
	if !n.boxes.Take() {
		return
	}
	for _, k := range []string{"company", "path"} { // boxes never walked into
		if err := n.commit(k, n.values[k]); err != nil {
			n.boxes.Refuse(err)
			return
		}
	}
	path := n.values["path"]
	if strings.HasSuffix(path, parts.Sep) {
		path = parts.FreePath(path, n.values["company"])
	} else if filepath.Ext(path) == "" {
		path += parts.BookExt
	}
	set, warehouse := n.settings(), n.values["warehouse"]
	var b *workflow.Book
	s.Write(s.tr("建立账套", "making the book"), func() (err error) {
		b, err = makeBook(path, set, warehouse)
		return err
	}, func(err error) {
		if err != nil {
			n.boxes.Refuse(err)
			return
		}
		seen.Forget(path) // what was seen there was another book
		s.enter(b)
	})
}

// makeBook creates a book with a warehouse and the two accounts every shop has.
func makeBook(path string, set workflow.Settings, warehouse string) (*workflow.Book, error) {
	b, err := workflow.Create(path, set)
	if err != nil {
		return nil, err
	}
	say := func(zh, en string) string { return text.T(zh, en).In(set.Lang) }
	records := []*master.Record{
		{Type: master.Warehouses, Values: map[string]string{"code": "01", "name": warehouse}},
		{Type: master.Accounts, Values: map[string]string{"code": "01", "name": say("现金", "Cash"), "type": "cash", "gl_account": chart.Cash}},
		{Type: master.Accounts, Values: map[string]string{"code": "02", "name": say("银行存款", "Bank"), "type": "bank", "gl_account": chart.Bank}},
	}
	for _, u := range strings.Fields(say("个 盒 箱 包 套 瓶 米 千克", "box carton pack set bottle m kg")) {
		records = append(records, &master.Record{Type: master.Units, Values: map[string]string{"code": u, "name": u}})
	}
	for _, r := range records {
		if err := b.SaveMaster(r); err != nil {
			b.Abandon()
			return nil, err
		}
	}
	return b, nil
}

// Focus goes to the company.
func (n *newBook) Focus() { n.boxes.Ring.First() }

// Unsaved and Leave are part of Screen: what was typed is given up only after a question.
func (n *newBook) Unsaved() bool { return n.boxes != nil && n.typed() }

func (n *newBook) Leave(done func(bool)) {
	if !n.Unsaved() {
		done(true)
		return
	}
	n.s.Ask(n.s.tr("放弃新建账套？", "Give the new book up?"), []string{n.s.tr("填好的内容不会保留，还没有建立文件。", "What is filled in is not kept; no file was made yet.")},
		Answer{Label: text.T("继续填写", "Go on filling in"), Run: func() { done(false) }}, Answer{Label: text.T("放弃", "Give up"), Key: fyne.KeyY, Run: func() { done(true) }})
}

// typed tells whether a person has filled something in.
func (n *newBook) typed() bool {
	start := n.start()
	for key, f := range n.boxes.Fields {
		if f.Dirty() || key != "path" && n.values[key] != start[key] {
			return true
		}
	}
	return false
}

// Keys are the keys that are no commands, for the help.
func (n *newBook) Keys() []Command {
	return []Command{{Label: text.T("下一格；最后一格建立账套", "next box; in the last it makes the book"), Key: "Enter"}, {Label: text.T("每一格 / 往回", "every box / back"), Key: "Tab / Shift+Tab"},
		{Label: text.T("打开列表", "open the list"), Key: "F4"}, {Label: text.T("月份加减一月", "a month on or back"), Key: "↑ ↓"}, {Label: text.T("返回，填过会先问", "back; asks if something is filled in"), Key: "Esc"}}
}

// Commands of the form.
func (n *newBook) Commands() []Command {
	return []Command{
		{Label: text.T("建立账套", "Make the book"), Key: "Ctrl+S", Icon: "check", Primary: true, Run: n.create},
		{Label: text.T("浏览文件夹", "Browse"), Key: "F3", Icon: "find", Run: func() { parts.BrowsePath(n.s, n.boxes.Fields["path"], parts.NewFile, []string{parts.BookExt}) }},
	}
}
