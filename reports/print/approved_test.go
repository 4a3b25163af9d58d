package print

import (
	"testing"
	"time"

	"zhanggui/data/store"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/approve"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/testbook"
)

// The boxes of a payment request say who decided, how, when and what was said; a step that is no hand of the paper has a box, one nobody took yet a
// line. A hand of any other paper whose label is a step's title bears who took it.
func TestBoxesSayWhoDecided(t *testing.T) {
	b := testbook.Trader(t, workflow.Settings{})
	err := workflow.Steps{Book: b}.Write(t.Context(), func(tx *store.Tx) error {
		for _, p := range [][2]string{{"老板", "owner"}, {"孙倩", "buyer"}, {"高翔", "deputy"}, {"张启明", "manager"}, {"吴芳", "cashier"}} {
			u := store.User{Name: p[0], Folded: p[0], Roles: []string{p[1]}, Active: true}
			if p[0] == "高翔" {
				u.Substitute = "张启明"
			}
			if err := tx.PutUser(&u); err != nil {
				return err
			}
		}
		return tx.SwitchUsers(true)
	})
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(err)
	path := b.DB.Path
	must(b.Close())
	b, err = workflow.Open(path)
	must(err)
	t.Cleanup(func() { b.Close() })
	b.Now = func() time.Time { return time.Date(2026, 4, 10, 9, 30, 0, 0, time.Local) }
	as := b.As
	b = as("老板")
	tab := &exchange.Table{Name: "c.csv", Header: []string{"chain", "kind", "step", "by", "title", "execute"}}
	for i, r := range [][]string{{"c", "payment", "1", "role:manager", "账号核对", ""}, {"c", "payment", "2", "role:deputy", "副总经理", ""}, {"c", "payment", "3", "role:cashier", "出纳", "yes"}, {"w", "write-off", "1", "user:吴芳", "财务", ""}} {
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: r})
	}
	_, err = exchange.Import(b, approve.Kind, tab, false)
	must(err)
	testbook.Load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,r1,2026-04-10,S,W1,A,10,10,yes")
	testbook.Load(t, b, "slips", "kind,number,date,warehouse,product,qty", "write-off,w1,2026-04-10,W1,A,1")
	testbook.Load(t, b, "slips", "kind,number,date,party,account,amount,cheque_no", "payment,f1,2026-04-10,S,B,113,8842")
	take := func(who, n, comment string) {
		t.Helper()
		_, err := approve.Approve(as(who), n, comment)
		must(err)
	}
	page := func(n string, opt Options) string { t.Helper(); return words(t, b, n, opt)[0] }
	_, err = approve.Submit(b, "f1")
	must(err)
	take("张启明", "f1", "已电话核对")
	_, err = approve.Return(as("高翔"), "f1", "发票没到")
	must(err)
	expect(t, page("f1", Options{As: AsRequest}), []string{"草稿", "1账号核对", "张启明同意", "2026-04-1009:30", "已电话核对", "2部门主管", "3副总经理", "高翔驳回", "发票没到", "6出纳", "审批以系统记录为准"}, []string{"吴芳", "高翔同意"})
	_, err = approve.Submit(b, "f1")
	must(err)
	expect(t, page("f1", Options{As: AsRequest}), []string{"待批", "1账号核对", "3副总经理"}, []string{"驳回", "同意", "草稿"})
	take("张启明", "f1", "")
	take("高翔", "f1", "")
	_, err = as("吴芳").Audit("f1")
	must(err)
	expect(t, page("f1", Options{As: AsRequest}), []string{"张启明同意", "高翔同意", "吴芳已付", "流水8842", "已付讫2026-04-10"}, []string{"吴芳同意", "驳回"})
	expect(t, page("f1", Options{As: AsRequest, Lang: "en"}), []string{"1账号核对", "2Headofdepartment", "3Deputymanager", "高翔Approved", "吴芳Paid", "No.8842", "PAID2026-04-10"}, []string{"同意", "吴芳已付"})
	_, err = approve.Submit(b, "w1")
	must(err)
	expect(t, page("w1", Options{}), []string{"财务"}, []string{"吴芳"})
	take("吴芳", "w1", "")
	expect(t, page("w1", Options{}), []string{"财务：吴芳"}, nil)
}
