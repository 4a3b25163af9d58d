package people_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/people"
	_ "zhanggui/reports"
)

const owner, pass = "老板", "horse-battery-7"

// shop is a book with an owner; the clock of it can be set.
func shop(t *testing.T) (b, boss *workflow.Book, code string, now *time.Time) {
	t.Helper()
	b, err := workflow.Create(filepath.Join(t.TempDir(), "shop.zg"), workflow.Settings{Company: "Shop", Start: 202601})
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
