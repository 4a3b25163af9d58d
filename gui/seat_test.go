package gui

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/desk"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/people"
	"zhanggui/gui/kit"
)

// ownWord is the password of everybody in the tests' office.
const ownWord = "horse-battery-7"

// staff are the people of the office: name, employee, role.
var staff = [][3]string{{"孙倩", "E1", "buyer"}, {"陈立", "E2", "head"}, {"高翔", "E3", "deputy"}, {"李敏", "E4", "finance"}, {"吴芳", "E5", "cashier"}, {"张启明", "E6", "manager"}, {"小王", "", "sales-clerk"}}

// fine fails where there is an error.
func (h *hands) fine(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// offices are the office in both languages, made once: secrets are costly by intent.
var offices sync.Map

// office opens a book with users, which the window asks who is there of. 采购部 is headed by 陈立, 孙倩 buys for it.
func (h *hands) office() *workflow.Book {
	h.t.Helper()
	data, ok := offices.Load(h.s.lang)
	if !ok {
		b := h.makeOffice()
		path := b.Path()
		h.fine(b.Close())
		bytes, err := os.ReadFile(path)
		h.fine(err)
		data = bytes
		offices.Store(h.s.lang, data)
	}
	path := filepath.Join(h.t.TempDir(), "office.zg")
	h.fine(os.WriteFile(path, data.([]byte), 0o666))
	b := mustOpen(h, path)
	h.s.enter(b)
	return b
}

func (h *hands) makeOffice() *workflow.Book {
	h.t.Helper()
	b, err := workflow.Create(filepath.Join(h.t.TempDir(), "office.zg"), workflow.Settings{Company: "Office", Start: 202611, VAT: num.RateOne * 13 / 100, Lang: h.s.lang})
	h.fine(err)
	b.Now = func() time.Time { return now }
	load := func(kind, header string, rows ...string) {
		h.t.Helper()
		tab := &exchange.Table{Name: kind, Header: strings.Split(header, ",")}
		for i, r := range rows {
			tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
		}
		_, err := exchange.Import(b, kind, tab, false)
		h.fine(err)
	}
	load("warehouses", "code,name", "W1,W1")
	load("departments", "code,name", "D1,采购部")
	load("employees", "code,name,department", "E1,孙倩,D1", "E2,陈立,D1", "E3,高翔,", "E4,李敏,", "E5,吴芳,", "E6,张启明,")
	load("departments", "code,name,manager", "D1,采购部,E2")
	load("accounts", "code,name,type", "B1,Bank,bank")
	load("products", "code,name,unit,sales_price,purchase_price", "P1,Lamp,"+map[text.Lang]string{text.Zh: "个", text.En: "pcs"}[h.s.lang]+",12,5")
	load("suppliers", "code,name", "S1,Maker")
	load("customers", "code,name,credit_limit", "K1,Buyer,5000")
	load("slips", "kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,R1,2026-11-02,S1,W1,P1,500,5,yes")
	code, err := people.Add(b, "老板", ownWord, nil, "")
	h.fine(err)
	if len(code) != 29 {
		h.t.Fatal(code)
	}
	boss := b.As("老板")
	for _, p := range staff {
		_, err := people.Add(boss, p[0], "first-given-1", []string{p[2]}, p[1])
		h.fine(err)
		mine, err := people.Changing(b, p[0], "first-given-1")
		h.fine(err)
		h.fine(people.Password(mine, p[0], "first-given-1", ownWord))
	}
	return b
}

// signs signs a person in by keys.
func (h *hands) signs(name string) {
	h.t.Helper()
	if h.s.Book() != nil {
		h.press("Ctrl+Alt+U")
	}
	h.write(name)
	h.press("Enter")
	h.write(ownWord)
	h.press("Enter")
	if h.s.Book() == nil || h.s.Book().User != name {
		h.t.Fatalf("%s is not in: %s", name, h.says())
	}
}

// Nothing of a book with users shows before somebody has said who he is; letters find the name; a wrong password is refused without saying what is
// wrong, and three lock for a minute (U4).
func TestSomebodySignsIn(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.office()
		if h.s.Book() != nil || strings.Contains(h.reads(), "office.zg") || h.s.Win.MainMenu().Items[1].Label == h.s.tr("操作", "Actions") {
			t.Error("the window is open to everybody")
		}
		h.write("sq")
		h.press("Enter")
		h.sees("孙倩")
		for range 2 {
			h.write("wrong-word-1")
			h.press("Enter")
			if want := h.s.tr("用户名或密码不对", "name or password is wrong"); h.says() != want {
				t.Errorf("said %q, want %q", h.says(), want)
			}
		}
		h.write("wrong-word-1")
		h.press("Enter")
		if want := h.s.tr("已锁定，09:41 后再试", "locked until 09:41"); !strings.Contains(h.says(), want) {
			t.Errorf("said %q, want %q", h.says(), want)
		}
		h.inside()
		at := now.Add(2 * time.Minute)
		b.Now = func() time.Time { return at }
		h.write(ownWord)
		h.press("Enter")
		if h.s.Book() == nil || h.s.Book().User != "孙倩" {
			t.Fatalf("she is not in: %s", h.says())
		}
		h.sees(h.s.tr("用户 ", "User ") + "孙倩")
		h.s.closeBook(func() {})
		if h.s.file != nil {
			t.Error("the book is still open")
		}
	})
}

// Whom the owner gave a password changes it before he gets in (U5); an owner who forgot his has the recovery code, which then is another one.
func TestPasswordIsChangedAtTheDoor(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.office()
		_, err := people.Add(b.As("老板"), "Anna", "given-by-boss", []string{"viewer"}, "")
		h.fine(err)
		h.write("ann")
		h.press("Enter")
		h.write("given-by-boss")
		h.press("Enter")
		if h.s.Book() != nil {
			t.Fatal("she is in with a password that was given")
		}
		h.write("my-own-word")
		h.press("Enter")
		h.write("not-the-same")
		h.press("Enter")
		if want := h.s.tr("两次输入的密码不一样", "the two passwords are not the same"); h.says() != want {
			t.Errorf("said %q", h.says())
		}
		h.s.Win.Canvas().Unfocus()
		h.s.Current().Focus()
		h.write("my-own-word")
		h.press("Enter")
		h.write("my-own-word")
		h.press("Enter")
		if h.s.Book() == nil || h.s.Book().User != "Anna" {
			t.Fatalf("she is not in: %s", h.says())
		}
		_, err = people.SignIn(b, "Anna", "my-own-word")
		h.fine(err)
		h.press("Ctrl+Alt+U", "F2")
		h.write("老板")
		h.press("Enter")
		h.write("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA")
		h.press("Enter")
		for range 2 {
			h.write("brand-new-word")
			h.press("Enter")
		}
		if want := h.s.tr("用户名或密码不对", "name or password is wrong"); h.says() != want || h.s.Book() != nil {
			t.Errorf("said %q", h.says())
		}
	})
}

// What somebody types stays his: another who takes his place sees neither his tabs nor his slip, and who comes back finds both as he left them (U7).
func TestTabsAndDeskArePersonal(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.office()
		h.signs("小王")
		f := h.delivery("K1", "P1 7")
		h.press("Ctrl+Alt+K")
		if h.s.Book() != nil {
			t.Fatal("the window is not locked")
		}
		h.sees("小王")
		kept, err := desk.Slips(b)
		if err != nil || len(kept) != 1 || !strings.HasSuffix(kept[0].Key, " 小王") {
			t.Fatalf("on the desk: %v, %v", kept, err)
		}
		h.press("Ctrl+W")
		h.s.enter(mustOpen(h, b.Path()))
		h.signs("孙倩")
		if len(h.s.tabs) != 1 {
			t.Errorf("she has %d tabs", len(h.s.tabs))
		}
		h.signs("小王")
		if n := len(h.s.tabs); n != 2 {
			t.Fatalf("%d tabs", n)
		}
		g, ok := h.s.tabs[1].screen.(*slipForm)
		if !ok || g == f || g.doc.Party != "K1" || g.doc.Lines[0].Qty != 7*num.QuantityOne {
			t.Errorf("%+v", g)
		}
		h.s.Choose(1)
		h.signs("孙倩")
		h.signs("小王")
		if len(h.s.tabs) != 2 || h.s.Current() != Screen(g) {
			t.Error("his tabs are not as he left them")
		}
	})
}

func mustOpen(h *hands, path string) *workflow.Book {
	h.t.Helper()
	b, err := workflow.Open(path)
	h.fine(err)
	b.Now = func() time.Time { return now }
	return b
}

// Nobody's hands on it for as long as the setting says: the window locks, over a dialog too; 0: never. Who was made inactive is out at once.
func TestIdleWindowLocks(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.office()
	h.signs("陈立")
	kit.Touched()
	if h.s.idle(time.Now().Add(9 * time.Minute)) {
		t.Error("locked after 9 minutes")
	}
	h.press("F1")
	if !h.s.idle(time.Now().Add(11*time.Minute)) || h.s.layer.Modal() != nil {
		t.Error("not locked after 11 minutes")
	}
	h.write(ownWord)
	h.press("Enter")
	h.fine(b.As("老板").Set(map[string]string{"lock_after": "0"}))
	if h.s.idle(time.Now().Add(11 * time.Hour)) {
		t.Error("locked, where it never is")
	}
	h.fine(people.Remove(b.As("老板"), "陈立"))
	b.Look()
	if h.s.Book() != nil {
		t.Error("who was removed is still in")
	}
}

// Users that another program switches on are asked for at once, and what was typed before stays on the desk for the owner.
func TestUsersSwitchedOnElsewhere(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	f := h.sell("C1", "3")
	other := mustOpen(h, b.Path())
	_, err := people.Add(other, "王强", ownWord, nil, "")
	h.fine(err)
	h.fine(other.Close())
	b.Look()
	if h.s.Book() != nil {
		t.Fatal("the window goes on without asking who is there")
	}
	h.signs("王强")
	if n := len(h.s.tabs); n != 2 || h.s.tabs[1].screen == Screen(f) {
		t.Errorf("%d tabs: what was typed is not his", n)
	}
}

// What waits in the background goes on while another lends a right, and behind it.
func TestLendingKeepsTheBookInTheWindow(t *testing.T) {
	h := newHands(t, text.Zh)
	h.office()
	h.signs("小王")
	own := h.s.Book()
	h.s.lent = borrowed{own, "李敏"}
	h.s.book = own.As("小王")
	if h.s.own() != own {
		t.Error("who works here is another")
	}
	h.s.unlend()
	if h.s.Book() != own || h.s.own() != own {
		t.Error("the loan is not over")
	}
}
