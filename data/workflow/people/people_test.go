package people_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/people"
	_ "zhanggui/reports"
)

const owner, pass = "老板", "horse-battery-7"

// shop is a book with an owner; the clock of it can be set.
func shop(t *testing.T) (b, boss *workflow.Book, code string, now *time.Time) {
	t.Helper()
	b, err := workflow.Create(filepath.Join(t.TempDir(), "shop.zg"), workflow.Settings{Company: "Shop", Start: 202601, VAT: num.RateOne * 13 / 100})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	at := time.Date(2026, 3, 10, 9, 0, 0, 0, time.Local)
	b.Now = func() time.Time { return at }
	code, err = people.Add(b, owner, pass, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	boss, err = people.SignIn(b, owner, pass)
	if err != nil {
		t.Fatal(err)
	}
	return b, boss, code, &at
}

func hire(t *testing.T, b, boss *workflow.Book, name string, roles ...string) *workflow.Book {
	t.Helper()
	if _, err := people.Add(boss, name, "first-password-1", roles, ""); err != nil {
		t.Fatal(err)
	}
	mine, err := people.Changing(b, name, "first-password-1")
	if err != nil {
		t.Fatal(err)
	}
	if err := people.Password(mine, name, "first-password-1", "own-password-1"); err != nil {
		t.Fatal(err)
	}
	if mine, err = people.SignIn(b, name, "own-password-1"); err != nil {
		t.Fatal(err)
	}
	return mine
}

func says(t *testing.T, err error, words string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("said %v, want %q", err, words)
	}
}

// The first user switches users on, is the owner and gets the recovery code; nobody acts without a name then.
func TestFirstUserIsTheOwner(t *testing.T) {
	b, boss, code, _ := shop(t)
	if len(code) != 29 || !b.Users() {
		t.Errorf("code %q, users %v", code, b.Users())
	}
	if rows, err := people.List(boss); err != nil || len(rows) != 1 || rows[0][0] != owner || rows[0][2] != "owner" {
		t.Errorf("list %v, %v", rows, err)
	}
	err := b.As("nobody").SaveMaster(&master.Record{Type: master.Suppliers, Values: map[string]string{"code": "G1", "name": "G"}})
	says(t, err, "suppliers.enter: nobody may not enter suppliers; who may: 老板")
	_, err = people.Add(b.As("nobody"), "x", "first-password-1", []string{"keeper"}, "")
	says(t, err, "book.users: nobody may not change users")
	for _, p := range mustVerify(t, b) {
		t.Error(p)
	}
}

func mustVerify(t *testing.T, b *workflow.Book) (bad []string) {
	t.Helper()
	proofs, err := b.Verify()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range proofs {
		bad = append(bad, p.Faults...)
	}
	return bad
}

// Three wrong passwords lock for a minute, each further one doubles; the right one is refused meanwhile, and resets behind it (U4).
func TestWrongPasswordsLock(t *testing.T) {
	b, boss, _, now := shop(t)
	hire(t, b, boss, "孙倩", "buyer")
	wrong := func() error { _, err := people.SignIn(b, "孙倩", "no-password-1"); return err }
	says(t, wrong(), "name or password is wrong")
	says(t, wrong(), "name or password is wrong")
	says(t, wrong(), "locked until 09:01")
	_, err := people.SignIn(b, "孙倩", "own-password-1")
	says(t, err, "locked until 09:01")
	*now = now.Add(61 * time.Second)
	says(t, wrong(), "locked until 09:03")
	*now = now.Add(2 * time.Minute)
	if _, err := people.SignIn(b, "孙倩", "own-password-1"); err != nil {
		t.Error(err)
	}
	says(t, wrong(), "name or password is wrong")
	_, err = people.SignIn(b, "nobody", "own-password-1")
	says(t, err, "name or password is wrong")
	for range 2 {
		wrong()
	}
	if err := people.Set(boss, "孙倩", [][2]string{{"locked", "no"}}); err != nil {
		t.Error(err)
	}
	if _, err := people.SignIn(b, "孙倩", "own-password-1"); err != nil {
		t.Error(err)
	}
}

// A password from the owner opens nothing but a change of it (U5).
func TestGivenPasswordMustChange(t *testing.T) {
	b, boss, _, _ := shop(t)
	if _, err := people.Add(boss, "吴芳", "first-password-1", []string{"cashier"}, ""); err != nil {
		t.Fatal(err)
	}
	_, err := people.SignIn(b, "吴芳", "first-password-1")
	says(t, err, "change your password first")
	mine, err := people.Changing(b, "吴芳", "first-password-1")
	if err != nil {
		t.Fatal(err)
	}
	says(t, people.Password(mine, owner, "", "another-password"), "only an owner gives another a password")
	says(t, people.Password(mine, "吴芳", "first-password-1", "吴芳"), "8 to 128")
}

// The recovery code gives an owner another password, once; the new code is another.
func TestRecoveryCode(t *testing.T) {
	b, _, code, _ := shop(t)
	_, err := people.Recover(b, owner, "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", "brand-new-word")
	says(t, err, "name or password is wrong")
	fresh, err := people.Recover(b, owner, strings.ToLower(code), "brand-new-word")
	if err != nil || fresh == code || fresh == "" {
		t.Fatal(fresh, err)
	}
	if _, err := people.SignIn(b, owner, "brand-new-word"); err != nil {
		t.Error(err)
	}
	_, err = people.Recover(b, owner, code, "brand-new-word")
	says(t, err, "name or password is wrong")
}

// The last owner is not removed, demoted or narrowed; names are used once, also when they only look the same (U6).
func TestTheLastOwnerStays(t *testing.T) {
	_, boss, _, _ := shop(t)
	says(t, people.Remove(boss, owner), "one owner must stay")
	says(t, people.Role(boss, owner, []string{"viewer"}), "one owner must stay")
	says(t, people.Set(boss, owner, [][2]string{{"own", "yes"}}), "one owner must stay")
	if _, err := people.Add(boss, "Anna", "first-password-1", []string{"till"}, ""); err != nil {
		t.Fatal(err)
	}
	_, err := people.Add(boss, "anпa", "first-password-1", []string{"till"}, "")
	_ = err // another letter that looks otherwise is another name
	_, err = people.Add(boss, "ＡＮＮＡ", "first-password-1", []string{"till"}, "")
	says(t, err, "there is a user \"Anna\"")
	if err := people.Remove(boss, "anna"); err != nil {
		t.Error(err)
	}
	_, err = people.Add(boss, "Anna", "first-password-1", []string{"till"}, "")
	says(t, err, "there is a user")
}

// Example Data of 8.5: `keeper, goods-receipt, see enter audit`: audits receipts now, voids and prints none. What was exported reads back
// unchanged, and nobody gives what he has not.
func TestRolesAreData(t *testing.T) {
	b, boss, _, _ := shop(t)
	keeper := hire(t, b, boss, "老周", "keeper")
	if who := keeper.Who(); who.Has("goods-receipt.audit") || !who.Has("goods-receipt.void") {
		t.Error("the keeper's receipts")
	}
	row := []rights.Row{{File: "r.csv", No: 2, Role: "keeper", Object: "goods-receipt", Verbs: "see enter audit"}}
	_, _, err := people.Import(keeper, row, false)
	says(t, err, "book.users: 老周 may not")
	if made, changed, err := people.Import(boss, row, false); err != nil || made != 0 || changed != 1 {
		t.Errorf("%d made, %d changed: %v", made, changed, err)
	}
	if who := keeper.Who(); !who.Has("goods-receipt.audit") || who.Has("goods-receipt.void") || who.Has("goods-receipt.print") {
		t.Error("the keeper's receipts are not as the file says")
	}
	rows, err := people.Export(boss)
	if err != nil {
		t.Fatal(err)
	}
	if made, changed, err := people.Import(boss, rows, false); err != nil || made+changed != 0 {
		t.Errorf("what was exported changes %d and makes %d: %v", changed, made, err)
	}
	for _, p := range mustVerify(t, b) {
		t.Error(p)
	}
}

// A buyer's suppliers are his; the bank account of one is agreed by who has the terms, a customer is none of his.
func TestMastersAreAsked(t *testing.T) {
	b, boss, _, _ := shop(t)
	buyer, clerk, finance := hire(t, b, boss, "孙倩", "buyer"), hire(t, b, boss, "小王", "sales-clerk"), hire(t, b, boss, "李敏", "finance")
	supplier := func(code, limit string) *master.Record {
		return &master.Record{Type: master.Suppliers, Values: map[string]string{"code": code, "name": code, "payment_days": limit}}
	}
	if err := buyer.SaveMaster(supplier("G1", "30")); err != nil {
		t.Error(err)
	}
	says(t, clerk.SaveMaster(supplier("G2", "")), "suppliers.enter: 小王 may not enter suppliers; who may: 孙倩, 老板")
	customer := func(code, limit string) *master.Record {
		return &master.Record{Type: master.Customers, Values: map[string]string{"code": code, "name": code, "credit_limit": limit}}
	}
	says(t, buyer.SaveMaster(customer("K1", "")), "customers.enter")
	if err := clerk.SaveMaster(customer("K1", "")); err != nil {
		t.Error(err)
	}
	says(t, clerk.SaveMaster(customer("K2", "5000")), "customers.terms")
	r, _ := b.Masters().Find(master.Customers.Code, "K1")
	r = r.Clone()
	r.Values["credit_limit"] = "5000"
	says(t, clerk.SaveMaster(r), "credit_limit: customers.terms")
	if err := finance.SaveMaster(r.Clone()); err != nil { // who agrees terms alone
		t.Error(err)
	}
	r, _ = b.Masters().Find(master.Customers.Code, "K1")
	r = r.Clone()
	r.Values["name"] = "another"
	says(t, finance.SaveMaster(r), "customers.enter")
	if _, err := clerk.Type(master.Suppliers.Code); !fault.Is(err, fault.Refused) {
		t.Errorf("the clerk sees suppliers: %v", err)
	}
	for _, f := range clerk.Fields(master.Products) {
		if f.Key == "purchase_price" || f.Key == "reference_cost" || f.Ref == "suppliers" {
			t.Errorf("the clerk sees %s of products", f.Key)
		}
	}
	says(t, clerk.Set(map[string]string{"phone": "1"}), "book.settings")
	says(t, clerk.ClosePeriod(202601), "book.close")
}

// trade is a book with a list price of 12.00 net, stock, and a customer with a limit of 5,000.00; today is 2026-04-10.
func trade(t *testing.T) (b, boss *workflow.Book) {
	t.Helper()
	b, boss, _, now := shop(t)
	*now = time.Date(2026, 4, 10, 9, 0, 0, 0, time.Local)
	record := func(typ *master.Type, values map[string]string) {
		t.Helper()
		if err := boss.SaveMaster(&master.Record{Type: typ, Values: values}); err != nil {
			t.Fatal(err)
		}
	}
	record(master.Warehouses, map[string]string{"code": "W1", "name": "One"})
	record(master.Warehouses, map[string]string{"code": "W2", "name": "Two"})
	record(master.Customers, map[string]string{"code": "K1", "name": "Buyer", "credit_limit": "5000"})
	record(master.Suppliers, map[string]string{"code": "G1", "name": "Maker"})
	record(master.Products, map[string]string{"code": "P1", "name": "Lamp", "unit": "件", "sales_price": "12", "purchase_price": "5"})
	table(t, boss, "kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,R1,2026-04-01,G1,W1,P1,5000,5,yes")
	return b, boss
}

// table takes rows into the book; what it says where it is refused comes back.
func table(t *testing.T, b *workflow.Book, header string, rows ...string) {
	t.Helper()
	if err := tried(b, header, rows...); err != nil {
		t.Fatal(err)
	}
}

func tried(b *workflow.Book, header string, rows ...string) error {
	x := &exchange.Table{Name: "r.csv", Header: strings.Split(header, ",")}
	for i, r := range rows {
		x.Rows = append(x.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
	}
	_, err := exchange.Import(b, "slips", x, false)
	return err
}

// Example Off of 8.5: 100 × 11.20 less 3 % with 13 %: net 1,086.40 of 1,200.00, off 0.0947: the clerk may 0.05, the head 0.15. With a slip discount of
// 60.00 it is 0.1389: the head may; with 80.00 it is 0.1537: he may not.
func TestPricesTakenOff(t *testing.T) {
	b, boss := trade(t)
	clerk, head := hire(t, b, boss, "小王", "sales-clerk"), hire(t, b, boss, "陈立", "head")
	const header = "kind,number,date,party,warehouse,product,qty,price,discount_rate,slip_discount,audit"
	row := func(no, price, rate, off string) string {
		return "sales-order," + no + ",2026-04-10,K1,,P1,100," + price + "," + rate + "," + off + ",yes"
	}
	says(t, tried(clerk, header, "delivery,A1,2026-04-10,K1,W1,P1,100,11.20,3%,,yes"), "price: may.price: 小王 may not take off prices, 9.47% (at most 5%); who may: 陈立, 老板")
	if err := tried(head, header, row("A2", "11.20", "3%", "")); err != nil {
		t.Error(err)
	}
	if err := tried(head, header, row("A3", "11.20", "3%", "60")); err != nil {
		t.Error(err)
	}
	says(t, tried(head, header, row("A4", "11.20", "3%", "80")), "may.price: 陈立 may not take off prices, 15.37% (at most 15%)")
	if err := tried(clerk, header, "delivery,A5,2026-04-10,K1,W1,P1,10,12,,,yes", "delivery,A6,2026-04-10,K1,W1,P1,10,13,,,yes"); err != nil {
		t.Errorf("the list's price, and a dearer one: %v", err)
	}
}

// Example Credit of 8.5: a limit of 5,000.00, owed 4,203.60, a delivery more: over. With `warn` the clerk is refused, the manager goes on.
func TestCreditIsPassedByWhoMay(t *testing.T) {
	b, boss := trade(t)
	clerk, manager := hire(t, b, boss, "小王", "sales-clerk"), hire(t, b, boss, "张启明", "manager")
	const header = "kind,number,date,party,warehouse,product,qty,price,audit"
	table(t, boss, header, "delivery,A1,2026-04-10,K1,W1,P1,310,12,yes")
	says(t, tried(clerk, header, "delivery,A2,2026-04-10,K1,W1,P1,100,12,yes"), "may.over-credit: 小王 may not go over a credit limit; who may: 张启明, 老板")
	if err := tried(manager, header, "delivery,A3,2026-04-10,K1,W1,P1,100,12,yes"); err != nil {
		t.Error(err)
	}
}

// Example Backdate of 8.5: on 04-10 the clerk may 04-07, not 04-06.
func TestDatesBack(t *testing.T) {
	b, boss := trade(t)
	clerk := hire(t, b, boss, "小王", "sales-clerk")
	const header = "kind,number,date,party,warehouse,product,qty,price,audit"
	if err := tried(clerk, header, "delivery,A1,2026-04-07,K1,W1,P1,1,12,yes"); err != nil {
		t.Error(err)
	}
	says(t, tried(clerk, header, "delivery,A2,2026-04-06,K1,W1,P1,1,12,no"), "may.backdate: 小王 may not date back, 4 days (at most 3); who may: 老板")
}

// Example Scope of 8.5: who has W1 sends from W1 to W2, not from W2 to W1, and slips of W2 are not there for him.
func TestScopeOfWarehouses(t *testing.T) {
	b, boss := trade(t)
	keeper := hire(t, b, boss, "老周", "keeper")
	if err := people.Set(boss, "老周", [][2]string{{"warehouses", "W1"}}); err != nil {
		t.Fatal(err)
	}
	const header = "kind,number,date,warehouse,to_warehouse,product,qty,audit"
	if err := tried(keeper, header, "transfer,T1,2026-04-10,W1,W2,P1,50,yes"); err != nil {
		t.Error(err)
	}
	says(t, tried(keeper, header, "transfer,T2,2026-04-10,W2,W1,P1,10,yes"), "out of the scope of 老周 (warehouses)")
	table(t, boss, "kind,number,date,warehouse,product,qty,price,audit", "other-issue,Q1,2026-04-10,W2,P1,1,,no")
	l, err := boss.List(inquiry.Filter{Kinds: []string{"other-issue"}}, inquiry.Sorting{})
	if err != nil || len(l.IDs) != 1 {
		t.Fatal(l, err)
	}
	d, err := b.DB.Slip(l.IDs[0])
	if err != nil {
		t.Fatal(err)
	}
	_, err = keeper.Load(d.Number)
	says(t, err, "there is no slip "+d.Number)
	_, err = keeper.Audit(d.Number)
	says(t, err, "there is no slip "+d.Number)
	says(t, keeper.Void(d.Number), "there is no slip "+d.Number)
}

// Two people look at a slip of a kind that four_eyes names, the owner too (R10).
func TestFourEyes(t *testing.T) {
	b, boss := trade(t)
	finance := hire(t, b, boss, "李敏", "finance")
	if err := boss.Set(map[string]string{"four_eyes": "journal-voucher, expense"}); err != nil {
		t.Fatal(err)
	}
	says(t, boss.Set(map[string]string{"four_eyes": "no-kind"}), "four_eyes cannot be")
	const header = "kind,number,date,debit_account,credit_account,amount,audit"
	says(t, tried(boss, header, "journal-voucher,J1,2026-04-10,5602,2241,10,yes"), "four_eyes")
	table(t, boss, header, "journal-voucher,J1,2026-04-10,5602,2241,10,no")
	l, err := boss.List(inquiry.Filter{Kinds: []string{"journal-voucher"}}, inquiry.Sorting{})
	if err != nil || len(l.IDs) != 1 {
		t.Fatal(l, err)
	}
	d, _ := b.DB.Slip(l.IDs[0])
	_, err = boss.Audit(d.Number)
	says(t, err, "four_eyes: somebody else audits")
	if _, err := finance.Audit(d.Number); err != nil {
		t.Error(err)
	}
	for _, p := range mustVerify(t, b) {
		t.Error(p)
	}
}

// Every verb of every kind and role is what the table gives: who lacks it is refused by it, whatever the slip is.
func TestEveryRoleKindAndVerb(t *testing.T) {
	b, boss, _, _ := shop(t)
	space := workflow.Space()
	for _, r := range rights.ReadyRoles() {
		if _, err := people.Add(boss, "u "+r.Code, "", []string{r.Code}, ""); err != nil {
			t.Fatal(err)
		}
		mine, set := b.As("u "+r.Code), rights.SetOf([]rights.Role{{Code: r.Code}}, space)
		for _, k := range kinds.All {
			if k.Hidden || len(k.Module) > 0 {
				continue
			}
			d := &slip.Doc{Kind: k.Code}
			for verb, act := range map[string]func() error{
				"see":   func() error { _, err := mine.Kind(k.Code); return err },
				"enter": func() error { return mine.Save(d.Clone()) },
			} {
				want := rights.Right(k.Code + "." + verb)
				if err := act(); strings.Contains(fmt.Sprint(err), string(want)+":") == set.Has(want) {
					t.Errorf("%s of a %s: %v", want, r.Code, err)
				}
			}
			if !set.Has(rights.Right(k.Code+".audit")) || !set.Has(rights.Right(k.Code+".enter")) {
				if _, err := mine.SaveAndAudit(d.Clone()); !strings.Contains(fmt.Sprint(err), k.Code+".") {
					t.Errorf("a %s audits %s: %v", r.Code, k.Code, err)
				}
			}
		}
	}
}
