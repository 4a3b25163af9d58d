package gui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/workflow/approve"
	"zhanggui/data/workflow/people"
	"zhanggui/gui/bookroom"
	guipeople "zhanggui/gui/people"
)

// The owner, once: settings, people, his name and password, and the recovery code is shown; he goes on as himself. Then a line a person, who changes
// his password at the door; removed he is out.
func TestFirstUserAndStaffByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.newBook("恒达")
		h.s.Settings()
		h.press("F3")
		h.sees(h.s.tr("账套还没有用户：谁打开都能做一切。Ctrl+N 加第一个用户，就是老板。", "The book has no users: who opens it may do everything. Ctrl+N adds the first, who is the owner."))
		h.press("Ctrl+N")
		h.press("Ctrl+A")
		h.write("王强")
		h.press("Enter")
		for range 2 {
			h.write(ownWord)
			h.press("Enter")
		}
		h.sees("王强")
		if h.s.layer.Modal() == nil || !strings.Contains(h.reads(), "-") || !b.Users() {
			t.Fatalf("no recovery code: %s", h.reads())
		}
		h.press("Enter")
		if h.s.Book().User != "王强" || len(h.s.tabs) != 3 {
			t.Errorf("%s works, %d tabs", h.s.Book().User, len(h.s.tabs))
		}
		h.press("Ctrl+N")
		h.write("小李")
		h.press("Enter")
		h.write(h.s.tr("采购", "buyer"))
		h.press("Enter", "Enter")
		h.write("given-by-boss")
		h.press("Enter")
		h.sees("小李", h.s.tr("登录时要换密码", "changes the password first"))
		if who := b.As("小李").Who(); !who.Has("goods-receipt.see") || who.Has("goods-receipt.audit") {
			t.Error("he is no buyer")
		}
		h.press("F6")
		grid, ok := h.s.Current().(*guipeople.RoleGrid)
		if !ok {
			t.Fatal("no roles")
		}
		grid.GoTo("goods-receipt", "buyer")
		h.write("a")
		if grid.Unsaved() == false {
			t.Error("nothing is turned")
		}
		h.press("Ctrl+S")
		if who := b.As("小李").Who(); !who.Has("goods-receipt.audit") {
			t.Errorf("he may not audit: %s", h.says())
		}
		h.press("Ctrl+W")
		h.press("Home", "Down")
		h.press("Delete", "Y")
		h.sees(h.s.tr("已停用", "not active"))
		if _, err := people.SignIn(b, "小李", "given-by-boss"); err == nil {
			t.Error("who was removed signs in")
		}
	})
}

// Chains come from a file as they go out; what is wrong with one stands in a list, and who may not change them is refused.
func TestChainsFromAFile(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.office()
		write := func(rows string) string {
			path := filepath.Join(t.TempDir(), "chains.csv")
			h.fine(os.WriteFile(path, []byte("chain,kind,step,by,title,from_amount\n"+rows), 0o666))
			return path
		}
		h.as("老板")
		bookroom.ImportFile(h.s, approve.Kind, write("big,payment,1,head,A,\nbig,payment,2,role:manager,B,10000\n"))
		h.s.OpenPeople()
		h.press("F7")
		h.sees("big", h.s.tr("付款单", "Payment"), "role:manager", "10000.00")
		bookroom.ImportFile(h.s, approve.Kind, write("bad,payment,1,role:nobody,A,\n"))
		h.sees(h.s.tr("没有角色“nobody”", `there is no role "nobody"`))
		h.as("孙倩")
		bookroom.ImportFile(h.s, approve.Kind, write("big,payment,1,user:孙倩,A,\n"))
		if !strings.Contains(h.reads(), "book.chains") {
			t.Errorf("a buyer changes chains: %s", h.says())
		}
	})
}
