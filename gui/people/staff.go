package people

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow/people"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// Staff is the grid of who there is in the book: a line a person. In a book without users it says plainly what they do, and makes the first, who
// is the owner.
type Staff struct {
	host.Still
	s     host.Host
	rows  [][]string
	roles []rights.Role
	table *kit.Table
}

// Open opens the people of the book.
func Open(s host.Host) { s.Open(&Staff{s: s}) }

func (x *Staff) ID() string { return "people" }

func (x *Staff) Title() text.Text { return text.T("人员", "People") }

func (x *Staff) Area() string { return "settings" }

// column is a column of the grid: what it is called, how wide, and what of a person stands in it.
type column struct {
	zh, en string
	width  float32
	show   func(x *Staff, row []string) kit.Cell
}

// of is a value of a person by its key.
func of(row []string, key string) string { return row[slices.Index(people.Columns, key)] }

func plain(key string) func(*Staff, []string) kit.Cell {
	return func(_ *Staff, row []string) kit.Cell { return kit.Cell{Text: of(row, key)} }
}

var staffColumns = []column{
	{"姓名", "Name", 110, func(_ *Staff, row []string) kit.Cell { return kit.Cell{Text: of(row, "name"), Link: true} }},
	{"员工", "Employee", 110, func(x *Staff, row []string) kit.Cell {
		return kit.Cell{Text: parts.NameOf(x.s, master.Employees.Code, of(row, "employee"))}
	}},
	{"角色", "Roles", 180, func(x *Staff, row []string) kit.Cell { return kit.Cell{Text: x.titles(of(row, "roles"))} }},
	{"范围", "Scope", 210, func(x *Staff, row []string) kit.Cell { return kit.Cell{Text: x.scope(row)} }},
	{"不在时由谁代", "Substitute", 180, func(x *Staff, row []string) kit.Cell { return kit.Cell{Text: x.substitute(row)} }},
	{"状态", "State", 190, (*Staff).state},
	{"最近登录", "Last seen", 140, plain("last_seen")},
}

// titles are roles by their names.
func (x *Staff) titles(codes string) string {
	list := strings.Fields(codes)
	for i, c := range list {
		for _, r := range rights.RolesOf([]string{c}, x.roles) {
			list[i] = x.s.T(r.Title())
		}
	}
	return strings.Join(list, x.s.Tr("、", ", "))
}

// scope is what of the book a person has to do with; empty: all of it.
func (x *Staff) scope(row []string) string {
	var list []string
	for _, p := range []struct{ key, zh, en, typ string }{{"own", "自己的单据", "own slips", ""}, {"customers", "自己的客户", "own customers", ""}, {"warehouses", "仓库 ", "warehouses ", master.Warehouses.Code},
		{"departments", "部门 ", "departments ", master.Departments.Code}, {"accounts", "资金账户 ", "accounts ", master.Accounts.Code}} {
		v := of(row, p.key)
		if v == "" || v == "no" {
			continue
		}
		if p.typ == "" {
			list = append(list, x.s.Tr(p.zh, p.en))
			continue
		}
		names := strings.Fields(v)
		for i, c := range names {
			names[i] = parts.NameOf(x.s, p.typ, c)
		}
		list = append(list, x.s.Tr(p.zh, p.en)+strings.Join(names, " "))
	}
	return strings.Join(list, x.s.Tr("；", "; "))
}

func (x *Staff) substitute(row []string) string {
	who := of(row, "substitute")
	if who == "" {
		return ""
	}
	return strings.TrimSpace(who + " " + of(row, "substitute_from") + " – " + of(row, "substitute_to"))
}

// state says whether a person can work.
func (x *Staff) state(row []string) kit.Cell {
	s := x.s
	switch {
	case of(row, "active") != "yes":
		return kit.Cell{Text: s.Tr("已停用", "not active"), Mark: kit.MarkVoid}
	case of(row, "locked_until") != "":
		return kit.Cell{Text: s.Tr("锁定到 %s", "locked until %s", of(row, "locked_until")[11:16]), Mark: kit.MarkLate}
	case of(row, "must_change") == "yes":
		return kit.Cell{Text: s.Tr("登录时要换密码", "changes the password first"), Mark: kit.MarkDue}
	}
	return kit.Cell{Text: s.Tr("在用", "active"), Mark: kit.MarkDone}
}

// Object builds the screen.
func (x *Staff) Object() fyne.CanvasObject {
	s := x.s
	t := kit.NewTable()
	for i, c := range staffColumns {
		t.Columns = append(t.Columns, kit.Column{Key: c.en, Title: s.Tr(c.zh, c.en), Width: c.width, Grow: i == 3})
	}
	t.Frozen = 1
	t.Length = func() int { return len(x.rows) }
	t.CellAt = func(row, col int) kit.Cell {
		c := staffColumns[col].show(x, x.rows[row])
		if of(x.rows[row], "active") != "yes" && c.Mark == 0 {
			c.Shade = kit.Ink3
		}
		return c
	}
	t.Empty = s.Tr("账套还没有用户：谁打开都能做一切。Ctrl+N 加第一个用户，就是老板。", "The book has no users: who opens it may do everything. Ctrl+N adds the first, who is the owner.")
	t.OnOpen = func(int, int) { x.edit() }
	t.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name != fyne.KeyDelete {
			return false
		}
		s.Do(x.command("Del"))
		return true
	}
	x.table = t
	x.load()
	lines := container.NewVBox()
	for _, l := range said(s, plainly...) {
		lines.Add(kit.Label(l, kit.Ink2, kit.M().Caption, false))
	}
	foot := parts.Panel(parts.HeadLine(s.Tr("说明白", "Said plainly"), ""), kit.Pad(10, 6, lines))
	return kit.Pad(8, 6, container.NewBorder(nil, kit.Pad(0, 4, foot), nil, nil, parts.Panel(nil, t)))
}

// load reads who there is.
func (x *Staff) load() {
	b := x.s.Book()
	host.Read(x.s, x.s.Tr("人员", "people"), func() (rows [][]string, err error) {
		if x.roles, err = people.Roles(b); err != nil {
			return nil, err
		}
		return people.List(b)
	}, func(rows [][]string) {
		x.rows = rows
		x.table.Go(min(x.table.Row(), max(0, len(rows)-1)), x.table.Col())
		x.table.Refresh()
		x.s.Refresh()
	})
}

// Changed reads anew.
func (x *Staff) Changed() { x.load() }

// Focus goes to the grid.
func (x *Staff) Focus() {
	x.s.Hint(x.s.Tr("Ctrl+N 加人   Enter 修改   Del 停用   F6 角色   F7 审批流", "Ctrl+N adds   Enter changes   Del ends   F6 roles   F7 approval chains"))
	kit.Focus(x.table)
}

// chosen is the person under the cursor; empty: nobody is there.
func (x *Staff) chosen() string {
	if x.table == nil || x.table.Row() >= len(x.rows) {
		return ""
	}
	return of(x.rows[x.table.Row()], "name")
}

// Commands of the screen.
func (x *Staff) Commands() []host.Command {
	s, none := x.s, len(x.rows) == 0
	needs := host.Needs("book", "users")
	list := []host.Command{{Label: text.T("加人", "Add"), Key: "Ctrl+N", Icon: "plus", Primary: true, Run: x.add, Needs: needs}}
	if none && !s.Book().Users() {
		list[0].Label, list[0].Run = text.T("第一个用户（老板）", "The first user, the owner"), x.first
	}
	return append(list,
		host.Command{Label: text.T("修改", "Change"), Key: "Enter", Icon: "edit", Off: none, Run: x.edit, Needs: needs},
		host.Command{Label: text.T("重设密码", "New password"), Key: "Ctrl+R", Icon: "undo", Off: none, Run: x.password},
		host.Command{Label: text.T("解锁", "Unlock"), Key: "F8", Icon: "check", Off: none, Run: func() { x.set(s.Tr("已解锁", "unlocked"), [2]string{"locked", "no"}) }, Needs: needs},
		host.Command{Label: text.T("停用", "End"), Key: "Del", Icon: "x", Off: none, Run: x.remove, Needs: needs},
		host.Command{Label: text.T("角色", "Roles"), Key: "F6", Icon: "cols", Gap: true, Run: func() { OpenRoles(s) }, Needs: needs},
		host.Command{Label: text.T("审批流", "Approval chains"), Key: "F7", Icon: "flow", Off: !s.Book().Users(), Why: text.T("先加第一个用户", "add the first user before"), Run: func() { OpenChains(s) }},
		host.Command{Label: text.T("操作日志", "Audit log"), Key: "Ctrl+Shift+H", Icon: "rep", Hidden: true, Run: func() { s.OpenLog("users", x.chosen()) }, Off: none},
		host.Command{Label: text.T("关闭用户…", "Switch users off…"), Icon: "x", Hidden: true, Off: none, Run: x.off, Needs: needs})
}

func (x *Staff) command(key string) host.Command {
	list := x.Commands()
	return list[slices.IndexFunc(list, func(c host.Command) bool { return c.Key == key })]
}

// roleField holds one or more roles.
func (x *Staff) roleField(now string) *kit.Field {
	s := x.s
	all := append([]rights.Role{{Code: rights.Owner}}, x.roles...)
	f := parts.ChoiceField(s, s.Tr("角色", "Roles"), func() (list []slip.Choice) {
		for _, r := range all {
			list = append(list, slip.Choice{Value: r.Code, Label: r.Title()})
		}
		return list
	})
	f.Show = x.titles
	f.Parse = func(typed string) (string, error) {
		var codes []string
		for _, w := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(" ,、，", r) }) {
			i := slices.IndexFunc(all, func(r rights.Role) bool {
				return r.Code == w || r.Title().Zh == w || strings.EqualFold(r.Title().En, w)
			})
			if i < 0 {
				return "", fault.New(fault.Invalid, "没有角色“%s”，F4 看有哪些；几个角色用空格隔开", "there is no role %q; F4 shows which there are, several with a space between", text.Short(w))
			}
			codes = append(codes, all[i].Code)
		}
		return strings.Join(codes, " "), nil
	}
	f.SetValue(now)
	return f
}

func (x *Staff) employeeField(now string) *kit.Field {
	f := parts.RefField(x.s, x.s.Tr("员工", "Employee"), master.Employees.Code, true, parts.Picked{})
	f.SetValue(now)
	return f
}

func secretField(label string) *kit.Field {
	f := kit.NewField(label)
	f.Input.Secret = true
	return f
}

// add makes a person; who is given a password changes it at his first sign-in.
func (x *Staff) add() {
	s, b := x.s, x.s.Book()
	name, password := kit.NewField(s.Tr("姓名", "Name")), secretField(s.Tr("密码", "Password"))
	role, employee := x.roleField(""), x.employeeField("")
	parts.AskForm(s, s.Tr("加人", "Add a person"), s.Tr("本人第一次登录时换成自己的密码；会记录他做了什么。", "The password is changed at the first sign-in; what he does is logged."), []*kit.Field{name, role, employee, password}, text.T("加上", "Add"), func() error {
		_, err := people.Add(b, name.Value(), password.Value(), strings.Fields(role.Value()), employee.Value())
		return err
	}, func() {
		x.load()
		s.Say(kit.Hint, s.Tr("已加 %s", "%s is added", name.Value()))
	})
}

// first switches users on: its owner goes on in the window as such, and gets the recovery code.
func (x *Staff) first() {
	s, b := x.s, x.s.Book()
	name, password, again := kit.NewField(s.Tr("姓名", "Name")), secretField(s.Tr("密码", "Password")), secretField(s.Tr("再输一次", "Once more"))
	name.SetValue(b.User)
	code := ""
	parts.AskForm(s, s.Tr("第一个用户，就是老板", "The first user, the owner"), s.Tr("从此打开账套要登录；8 到 128 个字符，不能是姓名。", "From now on the book asks who is there. 8 to 128 characters, not the name."), []*kit.Field{name, password, again}, text.T("启用用户", "Switch users on"), func() (err error) {
		if password.Value() != again.Value() {
			return fault.New(fault.Refused, "两次输入的密码不一样", "the two passwords are not the same")
		}
		code, err = people.Add(b, name.Value(), password.Value(), nil, "")
		return err
	}, func() {
		s.Sit(b.As(strings.TrimSpace(name.Value())))
		x.load()
		ShowCode(s, name.Value(), code)
	})
}

// editKeys are what of a person is changed in one form, in its order.
var editKeys = []struct{ key, zh, en string }{
	{"own", "自己的单据", "Own slips"}, {"customers", "客户", "Customers"}, {"warehouses", "仓库", "Warehouses"}, {"departments", "部门", "Departments"}, {"accounts", "资金账户", "Accounts"},
	{"substitute", "不在时由谁代", "Substitute"}, {"substitute_from", "从", "From"}, {"substitute_to", "到", "To"}, {"active", "在用", "Active"},
}

// edit changes the person under the cursor.
func (x *Staff) edit() {
	name := x.chosen()
	if name == "" {
		return
	}
	s, b, row := x.s, x.s.Book(), x.rows[x.table.Row()]
	role, employee := x.roleField(of(row, "roles")), x.employeeField(of(row, "employee"))
	fields := []*kit.Field{role, employee}
	boxes := map[string]*kit.Field{}
	for _, k := range editKeys {
		f := kit.NewField(s.Tr(k.zh, k.en))
		was := of(row, k.key)
		switch k.key {
		case "active":
			f = parts.OneOf(s, s.Tr(k.zh, k.en), parts.NoYes)
		case "own":
			f = parts.OneOf(s, s.Tr(k.zh, k.en), []slip.Choice{{Value: "", Label: text.T("所有人的单据", "everybody's")}, {Value: "yes", Label: text.T("只有自己的", "own only")}})
		case "customers":
			f = parts.OneOf(s, s.Tr(k.zh, k.en), []slip.Choice{{Value: "", Label: text.T("全部客户", "all customers")}, {Value: "own", Label: text.T("自己的和没人管的", "own and nobody's")}})
		}
		f.SetValue(was)
		boxes[k.key] = f
		fields = append(fields, f)
	}
	parts.AskForm(s, s.Tr("修改 %s", "Change %s", name), s.Tr("范围写代码，几个用空格隔开；空着就是全部。", "Scopes are codes with a space between; empty is all."), fields, text.T("保存", "Save"), func() error {
		pairs := [][2]string{}
		if v := employee.Value(); v != of(row, "employee") {
			pairs = append(pairs, [2]string{"employee", v})
		}
		for _, k := range editKeys {
			if v := boxes[k.key].Value(); v != of(row, k.key) {
				pairs = append(pairs, [2]string{k.key, v})
			}
		}
		if role.Value() != of(row, "roles") {
			if err := people.Role(b, name, strings.Fields(role.Value())); err != nil {
				return err
			}
		}
		if len(pairs) == 0 {
			return nil
		}
		return people.Set(b, name, pairs)
	}, func() {
		x.load()
		s.Say(kit.Hint, s.Tr("已保存", "saved"))
	})
}

// set sets parts of the person under the cursor.
func (x *Staff) set(done string, pairs ...[2]string) {
	s, b, name := x.s, x.s.Book(), x.chosen()
	s.Write(s.Tr("修改 %s", "changing %s", name), func() error { return people.Set(b, name, pairs) }, host.Then(s, func() {
		x.load()
		s.Say(kit.Hint, name+" "+done)
	}))
}

// password gives the person under the cursor another password: one's own at once, another's until he changes it.
func (x *Staff) password() {
	s, b, name := x.s, x.s.Book(), x.chosen()
	mine := name == b.User
	old, fresh, again := secretField(s.Tr("现在的密码", "Present password")), secretField(s.Tr("新密码", "New password")), secretField(s.Tr("再输一次", "Once more"))
	fields, help := []*kit.Field{fresh, again}, s.Tr("他登录时要先换成自己的。", "It is changed at the next sign-in.")
	if mine {
		fields, help = []*kit.Field{old, fresh, again}, ""
	}
	parts.AskForm(s, s.Tr("%s 的新密码", "A new password of %s", name), help, fields, text.T("换密码", "Change it"), func() error {
		if fresh.Value() != again.Value() {
			return fault.New(fault.Refused, "两次输入的密码不一样", "the two passwords are not the same")
		}
		if mine {
			if _, err := people.Changing(b, name, old.Value()); err != nil {
				return err
			}
		}
		return people.Password(b, name, old.Value(), fresh.Value())
	}, func() {
		x.load()
		s.Say(kit.Hint, s.Tr("%s 的密码已换", "the password of %s is another", name))
	})
}

// remove ends a person's work: the name stays used.
func (x *Staff) remove() {
	s, b, name := x.s, x.s.Book(), x.chosen()
	s.Ask(s.Tr("停用 %s？", "End %s?", name), []string{s.Tr("马上不能再登录；姓名不再给别人，做过的都留着。", "No more signing in, at once; the name stays used, and what was done stays.")},
		host.Answer{Label: text.T("不停用", "Keep")}, host.Answer{Label: text.T("停用", "End"), Key: fyne.KeyY, Run: func() {
			s.Write(s.Tr("停用 %s", "ending %s", name), func() error { return people.Remove(b, name) }, host.Then(s, func() {
				x.load()
				s.Say(kit.Hint, s.Tr("%s 已停用", "%s is no longer active", name))
			}))
		}})
}

// off puts the users asleep.
func (x *Staff) off() {
	s, b := x.s, x.s.Book()
	s.Ask(s.Tr("关闭用户？", "Switch users off?"), []string{s.Tr("谁打开账套都能做一切；人员和角色都留着，可以再启用。", "Who opens the book may do everything; people and roles stay and can be switched on again.")},
		host.Answer{Label: text.T("不关闭", "Keep")}, host.Answer{Label: text.T("关闭", "Switch off"), Key: fyne.KeyY, Run: func() {
			s.Write(s.Tr("关闭用户", "switching users off"), func() error { return people.Off(b) }, host.Then(s, x.load))
		}})
}
