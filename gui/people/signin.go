package people

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/people"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// Door is what the screen needs of the window: what follows when somebody has said who he is, and the way out.
type Door struct {
	Book *workflow.Book // as it was opened, before anybody said who he is
	Name string         // whom it waits for; empty: anybody
	// Come lets the person in; a code is his new recovery code, which is shown once.
	Come func(mine *workflow.Book, code string)
	Shut func() // closes the book
}

// stage is what the screen asks.
type stage int

const (
	asks     stage = iota // name and password
	changes               // another password, in the place of one that somebody else gave
	recovers              // the recovery code, and another password
)

// SignIn asks who is there: name and password. Whom another gave his password changes it here; an owner who forgot his has the recovery code.
type SignIn struct {
	host.Still
	s     host.Host
	door  Door
	stage stage
	typed map[string]string
	mine  *workflow.Book // who has to change his password
	boxes *parts.Boxes
}

// NewSignIn makes the screen.
func NewSignIn(s host.Host, d Door) *SignIn {
	return &SignIn{s: s, door: d, typed: map[string]string{"name": d.Name}}
}

func (x *SignIn) ID() string { return "sign-in" }

func (x *SignIn) Title() text.Text { return text.T("登录", "Sign in") }

func (x *SignIn) Area() string { return "home" }

// Object builds the screen.
func (x *SignIn) Object() fyne.CanvasObject {
	s := x.s
	x.boxes = parts.NewBoxes(s, 460)
	switch x.stage {
	case asks:
		x.addName()
		x.addSecret("password", s.Tr("密码", "Password"), "")
	case changes:
		x.addSecret("fresh", s.Tr("新密码", "New password"), x.rule())
		x.addSecret("again", s.Tr("再输一次", "Once more"), "")
	case recovers:
		x.addName()
		code := kit.NewField(s.Tr("恢复码", "Recovery code"))
		x.add("code", s.Tr("恢复单上的 25 个字符，横线可不输", "25 characters of the recovery sheet; dashes may be left out"), code)
		x.addSecret("fresh", s.Tr("新密码", "New password"), x.rule())
		x.addSecret("again", s.Tr("再输一次", "Once more"), "")
	}
	x.boxes.Ring.After = x.enter
	title, small := x.heads()
	body := container.NewVBox(kit.Pad(14, 12, x.boxes.Object()), kit.Pad(14, 8, kit.Label(x.word(), kit.Ink2, kit.M().Caption, false)))
	company := container.New(kit.Row{Gap: 10}, kit.Label(x.door.Book.Settings().Company, kit.Ink, 24, true), kit.Label(s.Tr("掌柜", "Zhanggui"), kit.Ink2, kit.M().Sub, false))
	page := container.NewBorder(container.NewVBox(kit.Pad(4, 14, company), parts.Panel(parts.HeadLine(title, small), body)), nil, nil, nil, kit.Box(kit.Clear))
	return container.New(kit.AtMost{Width: 760, Height: 420}, page)
}

func (x *SignIn) heads() (title, small string) {
	s := x.s
	switch x.stage {
	case changes:
		return s.Tr("换一个自己的密码", "A password of your own"), s.Tr("%s：现在的密码是别人给的，换了才能用", "%s: the present one was given by somebody else", x.mine.User)
	case recovers:
		return s.Tr("用恢复码找回", "By the recovery code"), s.Tr("只有老板有恢复码", "an owner alone has one")
	}
	return s.Tr("登录", "Sign in"), s.Tr("这个账套有用户", "this book has users")
}

// word is what stands under the boxes.
func (x *SignIn) word() string {
	if x.stage == asks {
		return x.s.Tr("姓名输首字母即可选。忘了密码请老板重设；老板忘了，按 F2 用恢复码。", "The first letters find the name. A forgotten password an owner sets anew; an owner's own: F2, by the recovery code.")
	}
	return x.s.Tr("Esc 返回登录", "Esc goes back to signing in")
}

func (x *SignIn) rule() string {
	return x.s.Tr("8 到 128 个字符，不能是姓名，也不能太常见", "8 to 128 characters, not the name, none of the commonest")
}

// addName adds the box of the name: letters find it, and a name that is nobody's is refused no sooner than a wrong password.
func (x *SignIn) addName() {
	f := parts.ChoiceField(x.s, x.s.Tr("姓名", "Name"), func() (list []slip.Choice) {
		for _, m := range x.door.Book.Who().Crew.Members() {
			if m.Active {
				list = append(list, slip.Choice{Value: m.Name, Label: text.T(m.Name, m.Name)})
			}
		}
		return list
	})
	f.Parse = func(typed string) (string, error) { return typed, nil }
	x.add("name", "", f)
}

func (x *SignIn) addSecret(key, label, help string) {
	f := kit.NewField(label)
	f.Input.Secret = true
	x.add(key, help, f)
}

func (x *SignIn) add(key, help string, f *kit.Field) {
	f.SetValue(x.typed[key])
	x.boxes.Add(key, help, f)
	f.OnCommit = func(v string) error { x.typed[key] = v; return nil }
}

// enter does what the screen is about.
func (x *SignIn) enter() {
	if !x.boxes.Take() {
		return
	}
	switch x.stage {
	case asks:
		x.signIn()
	case changes:
		x.change()
	case recovers:
		x.recover()
	}
}

// refuse says what is wrong; a secret is typed anew.
func (x *SignIn) refuse(err error) {
	for _, key := range []string{"password", "fresh", "again"} {
		if f := x.boxes.Fields[key]; f != nil {
			x.typed[key] = ""
			f.SetValue("")
		}
	}
	x.boxes.Refuse(err)
	if fault.Of(err) != nil && x.stage == asks {
		kit.Focus(x.boxes.Fields["password"].Input)
	}
	x.s.Fail(err) // said last: a box that is entered calms the line
}

func (x *SignIn) signIn() {
	s, b, name, password := x.s, x.door.Book, x.typed["name"], x.typed["password"]
	var mine *workflow.Book
	var must bool
	s.Write(s.Tr("登录", "signing in"), func() (err error) {
		mine, must, err = people.Come(b, name, password)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			x.refuse(err)
		case must:
			x.mine = mine
			x.goTo(changes)
		default:
			x.door.Come(mine, "")
		}
	})
}

// fresh is the new password, typed twice the same.
func (x *SignIn) fresh() (string, error) {
	if x.typed["fresh"] != x.typed["again"] {
		return "", fault.New(fault.Refused, "两次输入的密码不一样", "the two passwords are not the same").At("fresh")
	}
	return x.typed["fresh"], nil
}

func (x *SignIn) change() {
	s, mine, old := x.s, x.mine, x.typed["password"]
	fresh, err := x.fresh()
	if err != nil {
		x.refuse(err)
		return
	}
	s.Write(s.Tr("换密码", "changing the password"), func() error {
		if fresh == old {
			return fault.New(fault.Refused, "新密码不能和原来的一样", "the new password is the old one").At("fresh")
		}
		return people.Password(mine, mine.User, old, fresh)
	}, func(err error) {
		if err != nil {
			x.refuse(err)
			return
		}
		x.door.Come(mine, "")
	})
}

func (x *SignIn) recover() {
	s, b, name, code := x.s, x.door.Book, x.typed["name"], x.typed["code"]
	password, err := x.fresh()
	if err != nil {
		x.refuse(err)
		return
	}
	var mine *workflow.Book
	printed := ""
	s.Write(s.Tr("用恢复码找回", "recovering"), func() (err error) {
		if printed, err = people.Recover(b, name, code, password); err != nil {
			return err
		}
		mine, _, err = people.Come(b, name, password)
		return err
	}, func(err error) {
		if err != nil {
			x.refuse(err)
			return
		}
		x.door.Come(mine, printed)
	})
}

// goTo asks something else.
func (x *SignIn) goTo(to stage) {
	x.stage = to
	delete(x.typed, "fresh")
	delete(x.typed, "again")
	x.s.Calm()
	x.s.Anew(x)
}

// Key has Esc go from the other questions to the first.
func (x *SignIn) Key(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyEscape || x.stage == asks {
		return false
	}
	x.mine, x.typed["password"] = nil, ""
	x.goTo(asks)
	return true
}

// Focus goes to the name, or to the password where it is known.
func (x *SignIn) Focus() {
	x.s.Hint(x.s.Tr("Enter 下一格，最后一格 Enter 登录   F1 全部按键", "Enter next; in the last box it signs in   F1 all keys"))
	if f := x.boxes.Fields["password"]; f != nil && x.typed["name"] != "" {
		kit.Focus(f.Input)
		return
	}
	x.boxes.Ring.First()
}

// Keys are the keys that are no commands, for the help.
func (x *SignIn) Keys() []host.Command {
	return []host.Command{{Label: text.T("下一格；最后一格登录", "next box; in the last it signs in"), Key: "Enter"}, {Label: text.T("所有姓名；输首字母即可", "all names; first letters find one"), Key: "F4"}}
}

// Commands of the screen.
func (x *SignIn) Commands() []host.Command {
	list := []host.Command{{Label: text.T("登录", "Sign in"), Key: "Ctrl+S", Icon: "check", Primary: true, Run: x.enter}}
	if x.stage == asks {
		list = append(list, host.Command{Label: text.T("恢复码", "Recovery code"), Key: "F2", Icon: "undo", Run: func() { x.goTo(recovers) }})
	}
	return append(list, host.Command{Label: text.T("关闭账套", "Close book"), Key: "Ctrl+W", Icon: "x", Run: x.door.Shut})
}
