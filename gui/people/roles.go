package people

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/rights"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/people"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// RoleGrid is what roles may do: a row an object, a column a role, a letter a verb. Letters turn on and off; saving writes all at once.
type RoleGrid struct {
	host.Still
	s       host.Host
	roles   []rights.Role // as they stand here
	kept    []rights.Role // as the book has them
	rows    []objectRow
	changed map[string]map[string]bool // objects by role
	table   *kit.Table
}

// objectRow is a row of the grid: an object, and of those whose rights are words one of them.
type objectRow struct {
	object rights.Object
	verb   string // of words: the one right of the row
	title  text.Text
}

// OpenRoles opens the roles.
func OpenRoles(s host.Host) { s.Open(&RoleGrid{s: s}) }

func (x *RoleGrid) ID() string { return "roles" }

func (x *RoleGrid) Title() text.Text { return text.T("角色", "Roles") }

func (x *RoleGrid) Area() string { return "settings" }

// letters are the verbs as keys turn them.
var letters = []struct {
	rune rune
	verb string
}{{'s', "see"}, {'e', "enter"}, {'t', "terms"}, {'a', "audit"}, {'u', "unaudit"}, {'v', "void"}, {'d', "delete"}, {'p', "print"}, {'x', "export"}}

// read takes the roles from the book.
func (x *RoleGrid) read() error {
	list, err := people.Roles(x.s.Book())
	if err != nil {
		return err
	}
	x.kept = list
	x.roles = slices.Clone(list)
	x.changed = map[string]map[string]bool{}
	space := workflow.Space()
	x.rows = nil
	for _, o := range space.Objects() {
		if o.Class != rights.Words {
			x.rows = append(x.rows, objectRow{o, "", o.Title})
			continue
		}
		for _, v := range o.Verbs() {
			x.rows = append(x.rows, objectRow{o, v, space.Words(rights.Of(o.Code, v))})
		}
	}
	return nil
}

// Object builds the grid.
func (x *RoleGrid) Object() fyne.CanvasObject {
	s := x.s
	if x.roles == nil {
		if err := x.read(); err != nil {
			s.Fail(err)
		}
	}
	t := kit.NewTable()
	t.ByCell, t.Frozen = true, 1
	t.Columns = []kit.Column{{Key: "object", Title: s.Tr("对象", "Object"), Width: 190}}
	for _, r := range x.roles {
		title := s.T(r.Title())
		t.Columns = append(t.Columns, kit.Column{Key: r.Code, Title: title, Width: max(84, kit.Width(title, kit.M().Caption, false)+26)})
	}
	t.Length = func() int { return len(x.rows) }
	t.CellAt = func(row, col int) kit.Cell {
		if col == 0 {
			return kit.Cell{Text: s.T(x.rows[row].title)}
		}
		c := kit.Cell{Text: x.said(row, col-1)}
		if x.changed[x.roles[col-1].Code][x.rows[row].object.Code] {
			c.Shade = kit.Accent
		}
		return c
	}
	t.OnRune = x.turn
	t.OnOpen = func(row, col int) { x.limit() }
	x.table = t
	x.table.Go(0, 1)
	legend := s.Tr("s 看  e 录入  t 条件  a 审核  u 反审核  v 作废  d 删除  p 打印  x 导出；空格 开关“可以…”的，Enter 填限额", "s see  e enter  t terms  a audit  u un-audit  v void  d delete  p print  x export; Space turns rights of one word, Enter sets a limit")
	return kit.Pad(8, 6, parts.Panel(nil, container.NewBorder(nil, kit.Pad(10, 4, kit.Fitted(legend, kit.Ink2, kit.M().Caption, false)), nil, nil, t)))
}

// said is what a role has of a row: letters, or of a word a dot or how far it goes.
func (x *RoleGrid) said(row, role int) string {
	r, p := x.rows[row], x.roles[role].Part(x.rows[row].object)
	if r.verb != "" {
		l, has := p[r.verb]
		switch {
		case !has:
			return ""
		case l == rights.NoLimit:
			return "●"
		}
		return rights.Of(r.object.Code, r.verb).Text(l)
	}
	words := ""
	for _, l := range letters {
		if _, has := p[l.verb]; has {
			words += string(l.rune)
		}
	}
	return words
}

// at is the row and role under the cursor; ok is false on the column of objects.
func (x *RoleGrid) at() (row, role int, ok bool) {
	row, role = x.table.Row(), x.table.Col()-1
	return row, role, role >= 0 && role < len(x.roles) && row < len(x.rows)
}

// turn turns a letter on or off.
func (x *RoleGrid) turn(c rune) bool {
	row, role, ok := x.at()
	if !ok {
		return false
	}
	o := x.rows[row]
	verb := o.verb
	if i := slices.IndexFunc(letters, func(l struct {
		rune rune
		verb string
	}) bool {
		return l.rune == c
	}); verb == "" && i >= 0 {
		verb = letters[i].verb
	} else if c != ' ' || verb == "" {
		return false
	}
	if !slices.Contains(o.object.Verbs(), verb) {
		return true
	}
	p := rights.Part{}
	for v, l := range x.roles[role].Part(o.object) {
		p[v] = l
	}
	if _, has := p[verb]; has {
		delete(p, verb)
	} else {
		p[verb] = rights.NoLimit
	}
	x.give(role, o.object, p)
	return true
}

// give sets what a role has of an object.
func (x *RoleGrid) give(role int, o rights.Object, p rights.Part) {
	r := &x.roles[role]
	r.Give(o, p)
	if x.changed[r.Code] == nil {
		x.changed[r.Code] = map[string]bool{}
	}
	x.changed[r.Code][o.Code] = true
	x.table.Refresh()
	x.s.DrawTabs()
	x.s.DrawTools()
}

// limit asks how far a limited right goes.
func (x *RoleGrid) limit() {
	row, role, ok := x.at()
	if !ok {
		return
	}
	o := x.rows[row]
	right := rights.Of(o.object.Code, o.verb)
	if o.verb == "" || !right.Limited() {
		x.turn(' ')
		return
	}
	s := x.s
	parts.AskWord(s, s.T(o.title), s.Tr("限额：天数写 3，让价写 0.05；空着没有限额", "the limit: days like 3, off a price like 0.05; empty for none"), text.T("填上", "Set"), func(v string) error {
		l, ok := right.ReadLimit(v)
		if !ok {
			return fault.New(fault.Invalid, "“%s”不是限额", "%q is no limit", text.Short(v))
		}
		p := rights.Part{}
		for k, was := range x.roles[role].Part(o.object) {
			p[k] = was
		}
		p[o.verb] = l
		x.give(role, o.object, p)
		return nil
	}, func() {})
}

// Unsaved tells whether something was turned and not saved.
func (x *RoleGrid) Unsaved() bool { return len(x.changed) > 0 }

// Leave asks where something is not saved.
func (x *RoleGrid) Leave(done func(bool)) {
	if !x.Unsaved() {
		done(true)
		return
	}
	x.s.Ask(x.s.Tr("角色的改动还没有保存", "The roles are not saved"), nil, host.Answer{Label: text.T("回去", "Back"), Run: func() { done(false) }},
		host.Answer{Label: text.T("不保存", "Do not save"), Key: fyne.KeyN, Run: func() { done(true) }},
		host.Answer{Label: text.T("保存", "Save"), Key: fyne.KeyS, Run: func() { x.save(func() { done(true) }) }})
}

// save writes all that was turned, or nothing of it.
func (x *RoleGrid) save(then func()) {
	s, b := x.s, x.s.Book()
	var rows []rights.Row
	for _, r := range rights.Rows(x.roles, workflow.Space()) {
		if x.changed[r.Role][r.Object] {
			rows = append(rows, r)
		}
	}
	for i := range x.roles { // what a role of the shop's own has no longer
		r := &x.roles[i]
		for object := range x.changed[r.Code] {
			if !slices.ContainsFunc(rows, func(w rights.Row) bool { return w.Role == r.Code && w.Object == object }) {
				rows = append(rows, rights.Row{Role: r.Code, Object: object, Name: r.Name})
			}
		}
	}
	s.Write(s.Tr("保存角色", "saving the roles"), func() error {
		_, _, err := people.Import(b, rows, false)
		return err
	}, host.Then(s, func() {
		x.roles = nil
		s.Anew(x)
		s.Say(kit.Hint, s.Tr("已保存", "saved"))
		if then != nil {
			then()
		}
	}))
}

// fresh makes a role of the shop's own, empty.
func (x *RoleGrid) fresh() {
	s := x.s
	code, name := kit.NewField(s.Tr("代码", "Code")), kit.NewField(s.Tr("名称", "Name"))
	parts.AskForm(s, s.Tr("新角色", "A new role"), s.Tr("代码用英文字母，建好后在格子里开关字母。", "The code is of letters; then turn letters on in the grid."), []*kit.Field{code, name}, text.T("建立", "Make"), func() error {
		c := strings.TrimSpace(code.Value())
		if c == "" || c == rights.Owner || slices.ContainsFunc(x.roles, func(r rights.Role) bool { return r.Code == c }) {
			return fault.New(fault.Invalid, "“%s”不能作角色代码", "%q cannot be the code of a role", text.Short(c))
		}
		x.roles = append(x.roles, rights.Role{Code: c, Name: strings.TrimSpace(name.Value())})
		return nil
	}, func() {
		s.Anew(x)
		x.table.Go(0, len(x.roles))
	})
}

// Focus goes to the grid.
func (x *RoleGrid) Focus() {
	x.s.Hint(x.s.Tr("← → ↑ ↓ 走格子，字母开关，Ctrl+S 保存", "← → ↑ ↓ walk, letters turn on and off, Ctrl+S saves"))
	kit.Focus(x.table)
}

// Keys are the keys that are no commands, for the help.
func (x *RoleGrid) Keys() []host.Command {
	return []host.Command{{Label: text.T("开关一个权限", "turn a right on or off"), Key: "s e t a u v d p x"}, {Label: text.T("开关“可以…”", "turn a right of one word"), Key: x.s.Tr("空格", "Space")}, {Label: text.T("填限额", "set a limit"), Key: "Enter"}}
}

// Commands of the screen.
func (x *RoleGrid) Commands() []host.Command {
	needs := host.Needs("book", "users")
	return []host.Command{
		{Label: text.T("保存", "Save"), Key: "Ctrl+S", Icon: "save", Primary: true, Off: !x.Unsaved(), Run: func() { x.save(nil) }, Needs: needs},
		{Label: text.T("新角色", "New role"), Key: "Ctrl+N", Icon: "plus", Run: x.fresh, Needs: needs},
		{Label: text.T("放弃改动", "Give up"), Key: "Ctrl+Z", Icon: "undo", Hidden: true, Off: !x.Unsaved(), Run: func() { x.roles = nil; x.s.Anew(x) }},
	}
}

// GoTo puts the cursor on what a role has of an object.
func (x *RoleGrid) GoTo(object, role string) {
	row := slices.IndexFunc(x.rows, func(r objectRow) bool { return r.object.Code == object })
	x.table.Go(row, 1+slices.IndexFunc(x.roles, func(r rights.Role) bool { return r.Code == role }))
}
