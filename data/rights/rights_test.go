package rights_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports"
)

func TestRightsFollowFromWhatThereIs(t *testing.T) {
	space := today()
	for _, r := range []rights.Right{"delivery.see", "delivery.unaudit", "payment.void", "customers.terms", "customers.delete", "ageing.export", "see.cost", "book.chains", "till.refund-other", "may.over-credit"} {
		if got, ok := space.Parse(" " + strings.ToUpper(string(r)) + " "); !ok || got != r {
			t.Errorf("%s is no right", r)
		}
	}
	for _, s := range []string{"", "delivery", "delivery.", ".see", "delivery.delete", "products.terms", "products.audit", "ageing.enter", "see.all", "may.fly", "opening.enter", "roles.enter", "nothing.see", "delivery.see.cost"} {
		if r, ok := space.Parse(s); ok {
			t.Errorf("%q is the right %s", s, r)
		}
	}
	all := space.All()
	if len(all) != len(slices.Compact(slices.Sorted(slices.Values(all)))) {
		t.Error("a right stands there twice")
	}
	for _, k := range kinds.All {
		if r := space.Right(k.Code, "see"); k.Hidden != (r == "journal-voucher.see" && k.Code != "journal-voucher") {
			t.Errorf("%s is seen by %s", k.Code, r)
		}
	}
	if space.Right("roles", "enter") != "book.users" || space.Right("approval-chains", "see") != "book.chains" || space.Right("customers", "enter") != "customers.enter" {
		t.Error("roles and chains have no rights of their own")
	}
}

func TestSetsAddUp(t *testing.T) {
	clerk := rights.NewSet(map[rights.Right]rights.Limit{"delivery.enter": rights.NoLimit, "may.backdate": 3, "may.price": 500})
	head := rights.NewSet(map[rights.Right]rights.Limit{"delivery.audit": rights.NoLimit, "may.backdate": 7, "may.price": 200})
	both := rights.Together(clerk, head)
	if l, ok := both.Limit("may.backdate"); !ok || l != 7 {
		t.Errorf("back %d days", l)
	}
	if l, _ := both.Limit("may.price"); l != 500 || !both.Has("delivery.enter") || !both.Has("delivery.audit") || both.Has("delivery.void") {
		t.Errorf("off %d", l)
	}
	if (rights.Set{}).Has("delivery.see") || rights.Together().Has("see.cost") {
		t.Error("who has no role may something")
	}
	owner := rights.Together(clerk, rights.Everything())
	if !owner.Has("payment.audit") || len(owner.Beyond(both)) == 0 || len(both.Beyond(owner)) != 0 {
		t.Error("with the owner's role one is the owner")
	}
	if b := head.Beyond(clerk); !reflect.DeepEqual(b, []rights.Grant{{Right: "delivery.audit", Limit: rights.NoLimit}, {Right: "may.backdate", Limit: 7}}) {
		t.Errorf("%v", b)
	}
	roles := rights.RolesOf([]string{"keeper", "nobody", "mine"}, []rights.Role{{Code: "mine"}})
	if len(roles) != 2 || !rights.SetOf(roles, today()).Has("goods-receipt.enter") {
		t.Errorf("%v", roles)
	}
}

func TestWhoSeesWhat(t *testing.T) {
	for right, want := range map[rights.Right][]slip.Tag{
		"see.margin": {slip.TagMargin, slip.TagCost, slip.TagSales, slip.TagPurchase}, "see.cost": {slip.TagCost, slip.TagPurchase}, "see.purchase": {slip.TagPurchase}, "see.sales": {slip.TagSales}, "see.private": {slip.TagPrivate}} {
		set := rights.NewSet(map[rights.Right]rights.Limit{right: rights.NoLimit})
		for _, tag := range slip.Tags {
			if shown := !tag.Hides() || slices.Contains(want, tag); set.Sees(tag) != shown {
				t.Errorf("with %s one sees %s: %v", right, tag, !shown)
			}
		}
	}
}

func rows(role string, cells ...[3]string) (list []rights.Row) {
	for i, c := range cells {
		list = append(list, rights.Row{File: "roles.csv", No: i + 2, Role: role, Object: c[0], Verbs: c[1], Limit: c[2]})
	}
	return list
}

// The worked example: the keeper audits receipts from now on, and voids and prints none.
func TestARowSetsWhatARoleHasOfAnObject(t *testing.T) {
	space := today()
	list, err := rights.Read(rows("keeper", [3]string{"goods-receipt", "see enter audit", ""}), nil, space, rights.Everything())
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	set := list[0].Set(space)
	for r, want := range map[rights.Right]bool{"goods-receipt.see": true, "goods-receipt.enter": true, "goods-receipt.audit": true, "goods-receipt.void": false, "goods-receipt.print": false, "goods-receipt.export": false, "transfer.audit": true} {
		if set.Has(r) != want {
			t.Errorf("%s: %v", r, !want)
		}
	}
}

func TestARoleOfTheShopsOwn(t *testing.T) {
	space := today()
	list, err := rights.Read(append(rows("night", [3]string{"kinds", "see", ""}, [3]string{"area:sales", "see print", ""}, [3]string{"retail-sale", "*", ""}, [3]string{"masters", "see export", ""}, [3]string{"may", "backdate", "2"}, [3]string{"may", "price negative", "12.5%"}, [3]string{"payment", "", ""}, [3]string{"see", "sales", ""}, [3]string{"till", "*", ""}, [3]string{"work-order", "see", ""}),
		rights.Row{Role: "night", Object: "book", Verbs: "log", Name: "夜班"}), nil, space, rights.Everything())
	if err != nil {
		t.Fatal(err)
	}
	r := list[0]
	set := r.Set(space)
	for right, want := range map[rights.Right]bool{"delivery.see": true, "delivery.print": true, "delivery.enter": false, "retail-sale.see": true, "retail-sale.audit": true, "retail-sale.print": true, "sales-ledger.see": true, "sales-ledger.export": false,
		"payment.see": false, "goods-receipt.see": true, "customers.export": true, "customers.terms": false, "see.sales": true, "see.cost": false, "till.drawer": true, "book.log": true, "book.close": false, "may.negative": true, "may.over-credit": false, "work-order.see": false} {
		if set.Has(right) != want {
			t.Errorf("%s: %v", right, !want)
		}
	}
	if !r.Set(later()).Has("work-order.see") {
		t.Error("what was said of work orders does not come into force with them")
	}
	if back, _ := set.Limit("may.backdate"); back != 2 {
		t.Errorf("back %d days", back)
	}
	if off, _ := set.Limit("may.price"); off != 1250 {
		t.Errorf("off %d", off)
	}
	if r.Title().Zh != "夜班" || (rights.Role{Code: "keeper"}).Title().En != "Keeper" || (rights.Role{Code: rights.Owner}).Title().Zh != "老板" {
		t.Error(r.Title())
	}
}

func TestRolesReadBackUnchanged(t *testing.T) {
	space := today()
	changed, err := rights.Read(append(rows("keeper", [3]string{"goods-receipt", "see enter audit", ""}, [3]string{"transfer", "", ""}, [3]string{"may", "backdate", "0"}), rights.Row{Role: "night", Object: "may", Verbs: "price", Limit: "0.05", Name: "夜班"}, rights.Row{Role: "night", Object: "work-order", Verbs: "see"}), nil, space, rights.Everything())
	if err != nil {
		t.Fatal(err)
	}
	have := changed
	for _, r := range rights.ReadyRoles() {
		if r.Code != "keeper" {
			have = append(have, rights.Role{Code: r.Code})
		}
	}
	file := rights.Rows(have, space)
	back, err := rights.Read(file, nil, space, rights.Everything())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range have {
		i := slices.IndexFunc(back, func(x rights.Role) bool { return x.Code == r.Code })
		if i < 0 {
			t.Errorf("%s is not in the file", r.Code)
			continue
		}
		if len(r.Changes) != len(back[i].Changes) || len(r.Changes) > 0 && !reflect.DeepEqual(r.Changes, back[i].Changes) || r.Name != back[i].Name {
			t.Errorf("%s comes back as %v, was %v", r.Code, back[i], r)
		}
	}
	if again := rights.Rows(back, space); len(again) != len(file) {
		t.Errorf("%d rows, then %d", len(file), len(again))
	}
	if len(file[0].Cells()) != len(rights.Columns) {
		t.Error("a row has other columns")
	}
}

func TestWrongRowsAreNamed(t *testing.T) {
	space := today()
	for _, c := range []struct {
		row   rights.Row
		field string
	}{
		{rights.Row{Object: "delivery", Verbs: "see"}, "role"}, {rights.Row{Role: "owner", Object: "delivery", Verbs: "see"}, "role"}, {rights.Row{Role: "a b", Object: "delivery", Verbs: "see"}, "role"}, {rights.Row{Role: strings.Repeat("x", 10_000), Object: "delivery"}, "role"}, {rights.Row{Role: "a\x00", Object: "delivery"}, "role"},
		{rights.Row{Role: "a", Object: "", Verbs: "see"}, "object"}, {rights.Row{Role: "a", Object: "deliveries", Verbs: "see"}, "object"}, {rights.Row{Role: "a", Object: "area:moon", Verbs: "see"}, "object"}, {rights.Row{Role: "a", Object: "roles", Verbs: "see"}, "object"}, {rights.Row{Role: "a", Object: "opening", Verbs: "see"}, "object"},
		{rights.Row{Role: "a", Object: "delivery", Verbs: "see fly"}, "verbs"}, {rights.Row{Role: "a", Object: "reports", Verbs: "enter"}, "verbs"}, {rights.Row{Role: "a", Object: "delivery", Verbs: "see,enter"}, "verbs"},
		{rights.Row{Role: "a", Object: "may", Verbs: "backdate", Limit: "many"}, "limit"}, {rights.Row{Role: "a", Object: "may", Verbs: "backdate", Limit: "-1"}, "limit"}, {rights.Row{Role: "a", Object: "may", Verbs: "backdate", Limit: "1.5"}, "limit"}, {rights.Row{Role: "a", Object: "may", Verbs: "price", Limit: "30"}, "limit"},
		{rights.Row{Role: "a", Object: "may", Verbs: "*", Limit: "3"}, "limit"}, {rights.Row{Role: "a", Object: "delivery", Verbs: "see", Limit: "3"}, "limit"},
	} {
		c.row.File, c.row.No = "roles.csv", 7
		_, err := rights.Read([]rights.Row{{Role: "b", Object: "delivery", Verbs: "see"}, c.row}, nil, space, rights.Everything())
		list := fault.Of(err)
		if len(list) != 1 || list[0].Field != c.field || list[0].Row != 7 || list[0].File != "roles.csv" || list[0].Text.Zh == "" {
			t.Errorf("%.60v: %v", c.row, err)
		}
	}
}

// Nobody gives a right he has not: not one more, and no limit further than his own.
func TestAFileThatGivesMoreThanItsGiverHas(t *testing.T) {
	space := today()
	giver := rights.Together(rights.Role{Code: "it"}.Set(space), rights.Role{Code: "sales-clerk"}.Set(space))
	ok := append(rows("mine", [3]string{"delivery", "see enter audit", ""}, [3]string{"may", "price", "0.05"}, [3]string{"see", "sales", ""}), rows("keeper", [3]string{"transfer", "see audit", ""}, [3]string{"stocktake", "", ""})...)
	if _, err := rights.Read(ok, nil, space, giver); err != nil {
		t.Errorf("what he has, and what a role had before: %v", err)
	}
	for _, c := range [][3]string{{"delivery", "unaudit", ""}, {"payment", "see", ""}, {"may", "price", "0.06"}, {"may", "price", ""}, {"may", "negative", ""}, {"see", "cost", ""}, {"book", "*", ""}, {"kinds", "*", ""}, {"customers", "terms", ""}, {"area:money", "see", ""}, {"work-order", "see", ""}} {
		_, err := rights.Read(rows("mine", c), nil, space, giver)
		if list := fault.Of(err); len(list) != 1 || list[0].Code != fault.Refused || list[0].Row != 2 || list[0].Field != "verbs" {
			t.Errorf("%v: %v", c, err)
		}
	}
	if _, err := rights.Read(rows("keeper", [3]string{"transfer", "see enter audit unaudit", ""}), nil, space, giver); err == nil {
		t.Error("a right is added to a role that its giver has not")
	}
}

func TestOffAPrice(t *testing.T) {
	space := today()
	clerk, head, keeper := rights.Role{Code: "sales-clerk"}.Set(space), rights.Role{Code: "head"}.Set(space), rights.Role{Code: "keeper"}.Set(space)
	for _, c := range []struct {
		net         num.Amount
		off         num.Rate
		clerk, head bool
	}{{108640, 947, false, true}, {103330, 1389, false, true}, {101560, 1537, false, false}, {114000, 500, true, true}, {113999, 500, true, true}, {113993, 501, false, true}, {130000, -833, true, true}} {
		off, err := rights.Off(c.net, 120000)
		if err != nil || off != c.off {
			t.Errorf("%s of 1200.00 is %s off, want %s: %v", c.net, off, c.off, err)
		}
		if clerk.MayPrice(off, false) != c.clerk || head.MayPrice(off, false) != c.head {
			t.Errorf("%s off: clerk %v, head %v", off, !c.clerk, !c.head)
		}
	}
	if off, err := rights.Off(-108640, -120000); off != 947 || err != nil {
		t.Errorf("a red letter is %s off: %v", off, err)
	}
	if off, err := rights.Off(100, 0); off != 0 || err != nil {
		t.Errorf("nothing was proposed, and %s is off: %v", off, err)
	}
	if keeper.MayPrice(-100, false) || keeper.MayPrice(1, false) || !keeper.MayPrice(0, true) || !keeper.MayPrice(500, true) {
		t.Error("who has not the right sells at what is proposed")
	}
}

func TestDatesBack(t *testing.T) {
	space := today()
	clerk, till, viewer := rights.Role{Code: "sales-clerk"}.Set(space), rights.Role{Code: "till"}.Set(space), rights.Role{Code: "viewer"}.Set(space)
	now := text.Day(2026, 4, 10)
	for day, want := range map[int][3]bool{7: {true, false, false}, 6: {false, false, false}, 9: {true, false, false}, 10: {true, true, true}, 11: {true, true, true}} {
		d := text.Day(2026, 4, day)
		if got := [3]bool{clerk.MayDate(d, now), till.MayDate(d, now), viewer.MayDate(d, now)}; got != want {
			t.Errorf("04-%02d: %v", day, got)
		}
	}
	if rights.Backdated(text.Day(2026, 2, 28), text.Day(2026, 3, 2)) != 2 {
		t.Error("days are counted across the month's end")
	}
}

func TestRulesOfTheBook(t *testing.T) {
	for _, c := range []struct {
		rule          rights.Rule
		has, approved bool
		want          rights.Verdict
	}{{rights.Allow, false, false, rights.Goes}, {rights.Warn, false, false, rights.Lacks}, {rights.Warn, true, false, rights.Goes}, {rights.Warn, false, true, rights.Goes}, {rights.Forbid, true, true, rights.Never}, {rights.Forbid, false, false, rights.Never}} {
		if got := rights.Judge(c.rule, c.has, c.approved); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// Credit 5000, owed 4200, delivery 904.00: the clerk lacks the right, the manager lends it.
func TestWhatIsLent(t *testing.T) {
	space := today()
	clerk, manager, head := rights.Role{Code: "sales-clerk"}.Set(space), rights.Role{Code: "manager"}.Set(space), rights.Role{Code: "head"}.Set(space)
	lacking := clerk.Lacking(rights.Grant{Right: "delivery.audit", Limit: rights.NoLimit}, rights.Grant{Right: "may.over-credit", Limit: rights.NoLimit}, rights.Grant{Right: "may.price", Limit: 1389})
	if len(lacking) != 2 {
		t.Errorf("%v", lacking)
	}
	if w := space.Lends(manager, lacking); len(w) != 0 {
		t.Errorf("the manager lacks %v", w)
	}
	if w := space.Lends(head, lacking); len(w) != 1 || w[0].Right != "may.over-credit" {
		t.Errorf("the head lacks %v", w)
	}
	for r, want := range map[rights.Right]bool{"delivery.audit": true, "payment.unaudit": true, "delivery.print": true, "may.backdate": true, "till.drawer": true, "see.cost": false, "book.close": false, "customers.terms": false, "customers.enter": false, "ageing.see": false, "delivery.see": false, "nothing.audit": false} {
		if space.Lendable(r) != want {
			t.Errorf("%s is lent: %v", r, !want)
		}
	}
	if w := space.Lends(rights.Everything(), []rights.Grant{{Right: "see.cost", Limit: rights.NoLimit}}); len(w) != 1 {
		t.Error("the owner lends what one sees")
	}
}

func TestFourEyes(t *testing.T) {
	const kinds = "payment delivery"
	for _, c := range []struct {
		kind, person, maker, changed string
		want                         bool
	}{{"payment", "李敏", "李敏", "李敏", true}, {"payment", "李敏", "孙倩", "李敏", true}, {"payment", "李敏", "李敏", "孙倩", true}, {"payment", "李敏", "孙倩", "孙倩", false}, {"collection", "李敏", "李敏", "李敏", false}} {
		if rights.FourEyes(kinds, c.kind, c.person, c.maker, c.changed) != c.want {
			t.Errorf("%+v", c)
		}
	}
	if rights.FourEyes("", "payment", "a", "a", "a") {
		t.Error("no kind is named")
	}
}

// The worked example: W1 → W2 yes, W2 → W1 refused.
func TestScopeOfWarehouses(t *testing.T) {
	var s rights.Scope
	const w1, w2, w3 = 1, 2, 3
	rows := map[string]int64{"W1": w1, "W2": w2, "W3": w3}
	row := func(axis rights.Axis, code string) (int64, error) {
		if rows[code] == 0 {
			return 0, errors.New(string(axis) + " has no " + code)
		}
		return rows[code], nil
	}
	code := func(_ rights.Axis, id int64) string { return fmt.Sprint("W", id) }
	if err := s.Put(rights.Warehouses, "W1, W3", row); err != nil || s.Get(rights.Warehouses, code) != "W1 W3" {
		t.Fatal(err, s)
	}
	if err := s.Put(rights.Warehouses, "W1 W9", row); err == nil || s.Get(rights.Warehouses, code) != "W1 W3" {
		t.Error("a code that is none", s)
	}
	for _, c := range []struct {
		from, to      []int64
		sees, handles bool
	}{{[]int64{w1}, []int64{w2}, true, true}, {[]int64{w2}, []int64{w1}, true, false}, {[]int64{w1, w2}, nil, true, false}, {[]int64{w2}, nil, false, false}, {[]int64{w1, w3}, nil, true, true}, {nil, nil, true, true}} {
		p := rights.Placed{Warehouses: c.from, To: c.to}
		if s.Sees(p, nil) != c.sees || s.Handles(p, nil) != c.handles {
			t.Errorf("%v → %v: sees %v, handles %v", c.from, c.to, s.Sees(p, nil), s.Handles(p, nil))
		}
	}
	if f := s.Refuse(rights.Warehouses); f != nil {
		t.Error(f)
	}
	if f := s.Refuse(rights.Own, rights.Customers); f == nil || !strings.Contains(f.Text.En, "covers the whole book") {
		t.Error(f)
	}
	if f := (rights.Scope{}).Refuse(); f != nil {
		t.Error(f)
	}
}

func TestScopeOfPeopleAndDepartments(t *testing.T) {
	above := func(code string) string {
		return map[string]string{"D11": "D1", "D1": "D", "D2": "D", "R1": "R2", "R2": "R1"}[code]
	}
	own := rights.Scope{Person: "孙倩", Employee: 7, Own: true}
	for _, c := range []struct {
		p    rights.Placed
		want bool
	}{{rights.Placed{Maker: "孙倩"}, true}, {rights.Placed{Maker: "李敏", Employee: 7}, true}, {rights.Placed{Maker: "李敏", Employee: 8}, false}, {rights.Placed{Maker: "李敏"}, false}} {
		if own.Sees(c.p, above) != c.want || own.Handles(c.p, above) != c.want {
			t.Errorf("own: %+v", c.p)
		}
	}
	if (rights.Scope{Person: "孙倩", Own: true}).Sees(rights.Placed{Maker: "李敏"}, nil) {
		t.Error("who is no employee sees slips of no employee")
	}
	mine := rights.Scope{Employee: 7, CustomersOwn: true}
	for owner, want := range map[int64]bool{7: true, 0: true, 8: false} {
		if mine.Customer(owner) != want || mine.Sees(rights.Placed{Customer: 1, Owner: owner}, nil) != want {
			t.Errorf("customer of %d", owner)
		}
	}
	if !mine.Sees(rights.Placed{Owner: 8}, nil) {
		t.Error("a slip of no customer is out of scope")
	}
	d := rights.Scope{Departments: []string{"D1"}}
	for dep, want := range map[string]bool{"D1": true, "D11": true, "D": false, "D2": false, "": true, "R1": false} {
		if d.Sees(rights.Placed{Department: dep}, above) != want || d.Handles(rights.Placed{Department: dep}, above) != want {
			t.Errorf("department %q", dep)
		}
	}
	a := rights.Scope{Accounts: []int64{1}}
	if both := (rights.Placed{Accounts: []int64{1, 2}}); !a.Sees(both, nil) || a.Handles(both, nil) || a.Sees(rights.Placed{Accounts: []int64{2}}, nil) {
		t.Error("accounts")
	}
	all := rights.Scope{Person: "孙倩", Own: true, Warehouses: []int64{1}}
	if all.Sees(rights.Placed{Maker: "孙倩", Warehouses: []int64{2}}, nil) || all.Sees(rights.Placed{Maker: "李敏", Warehouses: []int64{1}}, nil) || !all.Sees(rights.Placed{Maker: "孙倩", Warehouses: []int64{1}}, nil) {
		t.Error("all parts must hold")
	}
	if !(rights.Scope{}).Whole() || all.Whole() || !slices.Equal(all.Axes(), []rights.Axis{rights.Own, rights.Warehouses}) {
		t.Error(all.Axes())
	}
}

func TestScopeIsSetInWords(t *testing.T) {
	var s rights.Scope
	row := func(_ rights.Axis, code string) (int64, error) {
		id, err := strconv.ParseInt(strings.Trim(code, "WD"), 10, 64)
		return id, err
	}
	code := func(_ rights.Axis, id int64) string { return fmt.Sprint(id) }
	for _, x := range [][2]string{{"own", "yes"}, {"customers", "own"}, {"warehouses", "W1,W2"}, {"departments", "D1 D2"}, {"accounts", "1001，1002"}} {
		if err := s.Put(rights.Axis(x[0]), x[1], row); err != nil {
			t.Error(err)
		}
	}
	if s.Get("own", code) != "yes" || s.Get("customers", code) != "own" || s.Get("accounts", code) != "1001 1002" || s.Get("departments", code) != "D1 D2" || len(s.Axes()) != 5 {
		t.Errorf("%+v", s)
	}
	for _, a := range s.Axes() {
		if err := s.Put(a, "", row); err != nil {
			t.Error(err)
		}
	}
	if !s.Whole() {
		t.Errorf("%+v", s)
	}
	if s.Put("own", "maybe", row) == nil || s.Put("customers", "E7", row) == nil {
		t.Error("any word will do")
	}
}

// The buyer sees suppliers and their orders, the clerk customers: each asks by his side alone.
func TestASideOneMayNotSee(t *testing.T) {
	space := today()
	buyer, clerk, keeper := rights.Role{Code: "buyer"}.Set(space), rights.Role{Code: "sales-clerk"}.Set(space), rights.Role{Code: "keeper"}.Set(space)
	for _, c := range []struct {
		report, by           string
		buyer, clerk, keeper bool
	}{{"order-status", "sales-order", true, true, true}, {"order-status", "purchase-order", true, false, true}, {"ageing", "receivables", false, true, true}, {"ageing", "payables", true, false, true}} {
		r, ok := rights.Side(c.report, c.by)
		if !ok || buyer.Has(r) != c.buyer || clerk.Has(r) != c.clerk || keeper.Has(r) != c.keeper {
			t.Errorf("%s by %s needs %s", c.report, c.by, r)
		}
		rep, _ := reports.ByName(c.report)
		if !slices.ContainsFunc(rep.By, func(b reports.By) bool { return b.Code == c.by }) {
			t.Errorf("%s is not asked by %s", c.report, c.by)
		}
		if _, ok := space.Parse(string(r)); !ok {
			t.Errorf("%s is no right", r)
		}
	}
	if _, ok := rights.Side("order-status", ""); ok {
		t.Error("all orders are no side")
	}
	if _, ok := rights.Side("stock-on-hand", "product"); ok {
		t.Error("by product is no side")
	}
	if !clerk.Has(rights.Statement(slip.Customers)) || clerk.Has(rights.Statement(slip.Suppliers)) || buyer.Has(rights.Statement(slip.Customers)) {
		t.Error("statements are of the parties one sees")
	}
}

func TestWordsOfARefusal(t *testing.T) {
	space := today()
	for _, c := range []struct {
		r      rights.Refusal
		en, zh string
	}{
		{rights.Refusal{Right: "payment.audit", Name: "孙倩", May: []string{"李敏", "张启明"}}, "payment.audit: 孙倩 may not audit payment; who may: 李敏, 张启明", "payment.audit：不能审核付款单；可由 李敏、张启明 授权"},
		{rights.Refusal{Right: "goods-receipt.void", Name: "B", May: []string{"A", "C", "D", "E", "F"}}, "goods-receipt.void: B may not void goods receipt; who may: A, C, D (2 more)", "goods-receipt.void：不能作废采购入库单；可由 A、C、D 等 5 人 授权"},
		{rights.Refusal{Right: "suppliers.enter", Name: "B", May: []string{"A"}}, "suppliers.enter: B may not enter suppliers; who may: A", "suppliers.enter：不能录入供应商；有此权限的：A"},
		{rights.Refusal{Right: "see.cost", Name: "B", May: []string{"A"}}, "see.cost: B may not see costs; who may: A", "see.cost：不能查看成本；有此权限的：A"},
		{rights.Refusal{Right: "may.backdate", Name: "B", Far: 4, Most: 3, May: []string{"A"}}, "may.backdate: B may not date back, 4 days (at most 3); who may: A", "may.backdate：不能倒填日期，4 天（至多 3 天）；可由 A 授权"},
		{rights.Refusal{Right: "may.backdate", Name: "B", Far: 1, May: nil}, "may.backdate: B may not date back, 1 day; who may: nobody", "may.backdate：不能倒填日期，1 天；没有人有此权限"},
		{rights.Refusal{Right: "may.price", Name: "B", Far: 947, Most: 500, May: []string{"A"}}, "may.price: B may not take off prices, 9.47% (at most 5%); who may: A", "may.price：不能让价，9.47%（至多 5%）；可由 A 授权"},
		{rights.Refusal{Right: "abc.see", Name: "B", May: []string{"A"}}, "abc.see: B may not see ABC analysis; who may: A", "abc.see：不能查看ABC 分析表；有此权限的：A"},
	} {
		f := space.Fault(c.r)
		if f.In(text.En) != c.en || f.In(text.Zh) != c.zh || f.Code != fault.Refused || f.About != rights.About {
			t.Errorf("%s\n%s", f.In(text.En), f.In(text.Zh))
		}
	}
	f := space.Fault(rights.Refusal{Right: "see.purchase", Name: "B", May: []string{"A"}}).At("price")
	f.File, f.Row = "r.csv", 1
	if !strings.HasPrefix(f.In(text.En), "r.csv:1: price: see.purchase: B may not") {
		t.Error(f.In(text.En))
	}
}

// Every right can be told in both languages.
func TestEveryRightHasWords(t *testing.T) {
	space := today()
	for _, r := range space.All() {
		if w := space.Words(r); w.Zh == "" || w.En == "" || strings.Contains(w.En, string(r)) {
			t.Errorf("%s: %v", r, w)
		}
	}
}

func BenchmarkARightIsALookUp(b *testing.B) {
	set := rights.Role{Code: "manager"}.Set(today())
	for b.Loop() {
		if !set.Has(rights.Of("delivery", "audit")) {
			b.Fatal("it has not")
		}
	}
}
