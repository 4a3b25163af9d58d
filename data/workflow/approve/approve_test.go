package approve_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/approve"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/testbook"
	"zhanggui/reports"
)

// staff are the people of the tests' shop: name, employee, role.
var staff = [][3]string{{"老板", "", "owner"}, {"孙倩", "E1", "buyer"}, {"陈立", "E2", "head"}, {"高翔", "E3", "deputy"}, {"李敏", "E4", "finance"}, {"吴芳", "E5", "cashier"}, {"张启明", "E6", "manager"}}

// office is a book with users: 采购部 is headed by 陈立, 孙倩 buys for it. Its clock stands at 2026-04-10.
func office(t testing.TB, negative ...string) *workflow.Book {
	t.Helper()
	b := testbook.Trader(t, workflow.Settings{Negative: strings.Join(negative, "")})
	at(b, 2026, 4, 10)
	testbook.Load(t, b, "departments", "code,name", "D1,采购部")
	testbook.Load(t, b, "employees", "code,name,department", "E1,孙倩,D1", "E2,陈立,D1", "E3,高翔,", "E4,李敏,", "E5,吴芳,", "E6,张启明,")
	testbook.Load(t, b, "departments", "code,name,manager", "D1,采购部,E2")
	err := workflow.Steps{Book: b}.Write(context.Background(), func(tx *store.Tx) error {
		for _, p := range staff {
			u := store.User{Name: p[0], Folded: p[0], Roles: []string{p[2]}, Active: true}
			if r, ok := b.Masters().Find("employees", p[1]); ok {
				u.Employee = r.ID
			}
			if err := tx.PutUser(&u); err != nil {
				return err
			}
		}
		return tx.SwitchUsers(true)
	})
	if err != nil {
		t.Fatal(err)
	}
	path := b.DB.Path
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	b, err = workflow.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	at(b, 2026, 4, 10)
	b = b.As("老板")
	return b
}

func at(b *workflow.Book, y int, m time.Month, d int) {
	b.Now = func() time.Time { return time.Date(y, m, d, 9, 0, 0, 0, time.Local) }
}

// chains imports rows of chains, cells parted by commas.
func chains(b *workflow.Book, header string, rows ...string) error {
	tab := &exchange.Table{Name: "chains.csv", Header: strings.Split(header, ",")}
	for i, r := range rows {
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
	}
	_, err := exchange.Import(b, approve.Kind, tab, false)
	return err
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, words string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Fatalf("got %v, want %q", err, words)
	}
}

// draft saves a prepayment of 孙倩 to S.
func draft(t *testing.T, b *workflow.Book, kind, amount string) string {
	t.Helper()
	k, err := b.Kind(kind)
	ok(t, err)
	d := &slip.Doc{Kind: kind, Date: b.Today()}
	for _, x := range [][2]string{{"party", "S"}, {"account", "B"}, {"amount", amount}} {
		f, has := k.HeaderField(x[0])
		if !has {
			t.Fatal(kind, x)
		}
		ok(t, d.Set(f, x[1]))
	}
	ok(t, b.Save(d))
	return d.Number
}

func status(t *testing.T, b *workflow.Book, number string) slip.Status {
	t.Helper()
	d, err := b.Load(number)
	ok(t, err)
	return d.Status
}

// Signed as the papers of the shop are: head, deputy, finance, then manager or deputy, and the cashier pays.
func TestSuda(t *testing.T) {
	b := office(t)
	_, err := approve.TakeReady(b, "suda")
	ok(t, err)
	as := func(name string) *workflow.Book { return b.As(name) }
	sun := as("孙倩")
	n := draft(t, sun, "prepayment", "3390")
	_, err = as("吴芳").Audit(n)
	refused(t, err, "needs approval: step 1 部门主管")
	s, err := approve.Submit(sun, n)
	ok(t, err)
	if s.Status != slip.Submitted || s.Step != 1 || s.Title != "部门主管" || !slices.Equal(s.WaitsFor, []string{"陈立"}) {
		t.Errorf("submitted: %+v", s)
	}
	_, err = approve.Approve(sun, n, "")
	refused(t, err, "it waits for 陈立 (部门主管)")
	take := func(name string) approve.State {
		t.Helper()
		if list, err := approve.Inbox(as(name), 0, 0); err != nil || len(list) != 1 || list[0].Number != n {
			t.Errorf("the inbox of %s: %v, %v", name, list, err)
		}
		s, err := approve.Approve(as(name), n, "")
		ok(t, err)
		return s
	}
	take("陈立")
	take("高翔")
	_, told, err := sun.Change(n, 0, []workflow.Change{{Key: "amount", Value: "3930"}})
	if ok(t, err); len(told) != 1 || told[0].Error() != n+": 2 approvals fell away, submit again" || told[0].In(text.Zh) != n+" 已修改，2 个审批作废，需重新提交" {
		t.Error(told)
	}
	if status(t, b, n) != slip.Draft {
		t.Error("a changed slip is no draft")
	}
	_, _, err = sun.Change(n, 0, []workflow.Change{{Key: "amount", Value: "3390"}})
	ok(t, err)
	_, err = approve.Submit(sun, n)
	ok(t, err)
	take("陈立")
	take("高翔")
	take("李敏")
	_, err = approve.Approve(as("李敏"), n, "")
	refused(t, err, "")
	if s := take("高翔"); s.Status != slip.Approved || s.Title != "出纳" || !slices.Equal(s.WaitsFor, []string{"吴芳"}) {
		t.Errorf("approved: %+v", s)
	}
	refused(t, b.Void(n), "only a draft")
	rows := func(name, by string) (list []string) {
		all, err := reports.Approvals.Texts(as(name), reports.Params{By: by})
		ok(t, err)
		for _, r := range all {
			list = append(list, strings.Join([]string{r[10], r[11], r[13], r[14], r[16], r[21]}, " "))
		}
		return list
	}
	if got := rows("孙倩", "open"); !slices.Equal(got, []string{"5 出纳 吴芳   approved"}) {
		t.Error(got)
	}
	if mine, other := rows("吴芳", "mine"), rows("李敏", "mine"); len(mine) != 1 || len(other) != 0 {
		t.Error(mine, other)
	}
	if got := rows("孙倩", "history"); len(got) != 9 || got[3] != "   孙倩 fell-away approved" || got[8] != "4 总经理  高翔 approve approved" {
		t.Errorf("%q", got)
	}
	_, err = as("李敏").Audit(n)
	refused(t, err, "")
	// who carries it out may still say by which cheque, and the approvals stand
	_, warned, err := as("吴芳").Change(n, 0, []workflow.Change{{Key: "cheque_no", Value: "77"}})
	if err != nil || len(warned) > 0 || status(t, b, n) != slip.Approved {
		t.Error(warned, err, status(t, b, n))
	}
	_, err = as("吴芳").Audit(n)
	ok(t, err)
	if v := testbook.Voucher(t, b, n); v != "Dr 1123 3390.00; Cr 1002 3390.00" {
		t.Error(v)
	}
	d, _ := b.Load(n)
	_, taken, in, err := approve.Of(b, d)
	var who []string
	for _, x := range taken {
		who = append(who, fmt.Sprint(x.Step, x.Title, x.Person, x.Verb))
	}
	if want := []string{"1部门主管陈立approve", "2副总经理高翔approve", "3财务李敏approve", "4总经理高翔approve", "5出纳吴芳execute"}; !in || err != nil || !slices.Equal(who, want) {
		t.Error(who, in, err)
	}
	testbook.Holds(t, b)
	_, err = b.Unaudit(n, false)
	ok(t, err)
	if _, _, in, _ := approve.Of(b, d); status(t, b, n) != slip.Draft {
		t.Error("still in a round", in)
	}
	_, err = as("吴芳").Audit(n)
	refused(t, err, "needs approval: step 1 部门主管")
	testbook.Holds(t, b)
}

// One, two or three sign, by what it comes to.
func TestAmounts(t *testing.T) {
	b := office(t)
	ok(t, chains(b, "chain,kind,step,by,title,from_amount", "big,prepayment,1,head,,", "big,prepayment,2,role:manager,,10000", "big,prepayment,3,user:老板,,20000"))
	sun := b.As("孙倩")
	for amount, want := range map[string]int{"9999.99": 1, "10000.00": 2, "21000.00": 3} {
		n := draft(t, sun, "prepayment", amount)
		_, err := approve.Submit(sun, n)
		ok(t, err)
		steps := 0
		for _, name := range []string{"陈立", "张启明", "老板"} {
			s, err := approve.Approve(b.As(name), n, "")
			ok(t, err)
			if steps++; s.Status == slip.Approved {
				break
			}
		}
		if steps != want {
			t.Errorf("%s: %d signed, want %d", amount, steps, want)
		}
	}
}

// An account that was changed 30 days ago or less is asked about; one of longer ago is not.
func TestBankAccountChanged(t *testing.T) {
	b := office(t)
	_, err := approve.TakeReady(b, "bank")
	ok(t, err)
	at(b, 2027, 2, 1)
	r, _ := b.Masters().Find("suppliers", "S")
	r = r.Clone()
	r.Values["bank_account"] = "6222 0001"
	ok(t, b.SaveMaster(r))
	at(b, 2027, 3, 2)
	r, _ = b.Masters().Find("suppliers", "S")
	r = r.Clone()
	r.Values["bank_account"] = "6222 0002"
	ok(t, b.SaveMaster(r))
	for day, asked := range map[int]bool{1: true, 2: false} {
		sun := b.As("孙倩")
		at(sun, 2027, 4, day)
		n := draft(t, sun, "prepayment", fmt.Sprint(100*day))
		s, err := approve.Submit(sun, n)
		ok(t, err)
		if want := map[bool]slip.Status{true: slip.Submitted, false: slip.Approved}[asked]; s.Status != want {
			t.Errorf("04-%02d: %+v", day, s)
		}
		d, _ := b.Load(n)
		acts, err := store.ActsOf(b.DB, d.ID)
		if said := acts[0].Comment; err != nil || asked != strings.Contains(said, "6222 0001 → 6222 0002，老板 于 2027-03-02") {
			t.Error(said, err)
		}
	}
}

// K3's way: who audits is all that is asked; the leader audits sales orders, finance payments, from draft.
func TestOnlyWhoAudits(t *testing.T) {
	b := office(t)
	_, err := approve.TakeReady(b, "k3")
	ok(t, err)
	testbook.Load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,department", "sales-order,o1,2026-04-10,C,W1,A,1,20,D1")
	_, err = b.As("高翔").Audit("o1")
	refused(t, err, "it waits for 陈立, 张启明 (审核)")
	_, err = b.As("陈立").Audit("o1")
	ok(t, err)
	testbook.Holds(t, b)
}

// A file of chains says what is wrong at its lines, comes back as it went in, and replaces what it names.
func TestChainsAsAFile(t *testing.T) {
	b := office(t)
	header := "chain,kind,step,by,title,department,from_amount,when,twice,execute,name,active"
	rows := []string{"buy,payment,1,head,主管,D1,,,,,采购,", "buy,payment,2,role:manager|user:老板,总经理,D1,10000.00,new-account:30 discount:0.1,yes,,,", "buy,payment,3,role:cashier,出纳,D1,,,,yes,,", "buy,expense,1,head,主管,,,,,,,"}
	ok(t, chains(b, header, rows...))
	out, _, err := exchange.Export(b, approve.Kind)
	ok(t, err)
	for i, r := range out.Rows {
		if got := strings.Join(r.Cells, ","); got != rows[i] {
			t.Errorf("row %d: %s\nwent in as %s", i+1, got, rows[i])
		}
	}
	ok(t, chains(b, header, rows[:3]...))
	if out, _, _ := exchange.Export(b, approve.Kind); len(out.Rows) != 3 {
		t.Error(len(out.Rows), "rows: the chain of expenses is still there")
	}
	for row, want := range map[string]string{
		"x,payment,one,head,,,,,,,,": "chains.csv:2: step:", "x,invoice,1,head,,,,,,,,": "chains.csv:2: kind:", "x,payment,1,role:boss,,,,,,,,": "chains.csv:2: by: there is no role", "x,payment,1,user:谁,,,,,,,,": "chains.csv:2: by: there is no user",
		"x,payment,1,head,,D9,,,,,,": "chains.csv:2: department:", "x,payment,1,head,,,,often,,,,": "chains.csv:2: when:", "x,payment,1,head,,D1,,,,,,": "chains buy and x are for the same"} {
		refused(t, chains(b, header, row), want)
	}
	testbook.Holds(t, b)
	refused(t, chains(testbook.Trader(t, workflow.Settings{}), header, rows[3]), "has no users")
}

// Returned with a reason, withdrawn by who made it; a substitute signs for who is away, and says so.
func TestReturnWithdrawSubstitute(t *testing.T) {
	b := office(t)
	ok(t, chains(b, "chain,kind,step,by", "c,prepayment,1,role:deputy"))
	sun, gao, zhang := b.As("孙倩"), b.As("高翔"), b.As("张启明")
	n := draft(t, sun, "prepayment", "50")
	submit := func() { t.Helper(); _, err := approve.Submit(sun, n); ok(t, err) }
	submit()
	_, err := approve.Return(gao, n, " ")
	refused(t, err, "say why")
	_, err = approve.Return(zhang, n, "no")
	refused(t, err, "it waits for 高翔")
	_, err = approve.Return(gao, n, "too dear")
	ok(t, err)
	submit()
	_, err = approve.Withdraw(gao, n, "")
	refused(t, err, "withdraws")
	_, err = approve.Withdraw(sun, n, "")
	ok(t, err)
	submit()
	ok(t, workflow.Steps{Book: b}.Write(context.Background(), func(tx *store.Tx) error {
		p, err := store.ReadPeople(tx)
		ok(t, err)
		u, _ := p.User("高翔")
		u.Substitute, u.SubstituteFrom, u.SubstituteUntil = "张启明", "2026-04-10", text.Day(2026, 4, 12).String()
		return tx.PutUser(u)
	}))
	d, _ := b.Load(n)
	_, err = approve.Approve(zhang, fmt.Sprint(n, "@", d.Version-1), "")
	refused(t, err, "")
	s, err := approve.Approve(zhang, fmt.Sprint(n, "@", d.Version), "fine")
	ok(t, err)
	_, taken, _, err := approve.Of(b, d)
	if s.Status != slip.Approved || err != nil || len(taken) != 1 || taken[0].Signed().En != "张启明 for 高翔" || taken[0].Comment != "fine" {
		t.Error(s, taken, err)
	}
	testbook.Holds(t, b)
	b.Close()
}
