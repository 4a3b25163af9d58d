package rights_test

import (
	"slices"
	"testing"

	"zhanggui/data/rights"
)

func people() []rights.Member {
	return []rights.Member{
		{Name: "老板", Roles: []string{"owner"}, Active: true}, {Name: "张启明", Roles: []string{"manager"}, Active: true}, {Name: "李敏", Roles: []string{"finance"}, Active: true},
		{Name: "孙倩", Roles: []string{"buyer", "keeper"}, Active: true, Scope: rights.Scope{Warehouses: []int64{4}}}, {Name: "冯二", Roles: []string{"manager"}},
	}
}

func TestACrew(t *testing.T) {
	c := rights.NewCrew(today(), []rights.Role{{Code: "keeper", Changes: map[string]rights.Part{"goods-receipt": {"see": rights.NoLimit, "audit": rights.NoLimit}}}}, people())
	for who, want := range map[string][3]bool{"老板": {true, true, true}, "张启明": {true, true, true}, "李敏": {true, true, false}, "孙倩": {true, false, false}, "冯二": {}, "nobody": {}, "": {}} {
		set := c.Set(who)
		if got := [3]bool{set.Has("goods-receipt.audit"), set.Has("payment.audit"), set.Has("sales-order.audit")}; got != want {
			t.Errorf("%s: %v", who, got)
		}
	}
	if may := c.WhoMay(rights.Need("payment.audit"), "孙倩"); !slices.Equal(may, []string{"张启明", "李敏", "老板"}) {
		t.Errorf("payments are audited by %v", may)
	}
	if s := c.Scope("孙倩"); s.Person != "孙倩" || !slices.Equal(s.Warehouses, []int64{4}) || !c.Scope("李敏").Whole() {
		t.Errorf("%+v", s)
	}
	if f := c.Refuse("孙倩", nil, rights.Need("goods-receipt.audit"), rights.Need("payment.audit")); f == nil || f.Error() != "payment.audit: 孙倩 may not audit payment; who may: 张启明, 李敏, 老板" {
		t.Error(f)
	}
	if f := c.Refuse("孙倩", nil, rights.Far("may.backdate", 9)); f == nil || f.Error() != "may.backdate: 孙倩 may not date back, 9 days (at most 3); who may: 张启明, 李敏, 老板" {
		t.Error(f)
	}
	if f := c.Refuse("孙倩", []rights.Grant{rights.Far("may.backdate", 8)}, rights.Far("may.backdate", 9)); f == nil {
		t.Error("8 days are lent, and 9 go back")
	}
	if f := c.Refuse("孙倩", []rights.Grant{rights.Far("may.backdate", 9)}, rights.Far("may.backdate", 9)); f != nil {
		t.Error(f)
	}
	if f := c.Refuse("李敏", nil, rights.Need("payment.audit"), rights.Far("may.backdate", 31)); f != nil {
		t.Error(f)
	}
}

// A book without users asks nothing: any name may everything.
func TestABookWithoutUsersAsksNothing(t *testing.T) {
	var none *rights.Crew
	for _, c := range []*rights.Crew{none, rights.NewCrew(today(), nil, nil)} {
		if !c.Asleep() || !c.Set("whoever").Owns() || !c.Scope("whoever").Whole() || c.Refuse("whoever", nil, rights.Need("payment.audit"), rights.Far("may.backdate", 9999)) != nil || len(c.Members()) != 0 {
			t.Error("something is asked")
		}
	}
	if rights.NewCrew(today(), nil, people()).Asleep() {
		t.Error("five people, and nothing is asked")
	}
}

func TestTheLastOwnerStays(t *testing.T) {
	if rights.Keeps(people()) != nil || rights.Keeps(nil) != nil {
		t.Error("an owner is there")
	}
	for name, change := range map[string]func(*rights.Member){
		"removed": func(m *rights.Member) { m.Active = false }, "demoted": func(m *rights.Member) { m.Roles = []string{"manager"} }, "narrowed": func(m *rights.Member) { m.Scope.Own = true },
	} {
		list := people()
		change(&list[0])
		if rights.Keeps(list) == nil {
			t.Errorf("the last owner is %s", name)
		}
		if rights.Keeps(append(list, rights.Member{Name: "b", Roles: []string{"till", "owner"}, Active: true})) != nil {
			t.Errorf("one is %s, another stays", name)
		}
	}
}

func BenchmarkAskingARight(b *testing.B) {
	c := rights.NewCrew(today(), nil, people())
	for b.Loop() {
		if c.Refuse("李敏", nil, rights.Need(rights.Of("payment", "audit")), rights.Far("may.backdate", 3)) != nil {
			b.Fatal("she may not")
		}
	}
}

func TestWhoLends(t *testing.T) {
	c := rights.NewCrew(today(), nil, people())
	credit := []rights.Grant{rights.Need("may.over-credit"), rights.Far("may.price", 1389)}
	for lender, want := range map[string]string{"张启明": "", "老板": "", "孙倩": "override: nobody lends himself a right", "李敏": "override: may.over-credit: 李敏 may not go over a credit limit; who may: 张启明, 老板", "冯二": "override: may.over-credit: 冯二 may not go over a credit limit; who may: 张启明, 老板", "nobody": "override: may.over-credit: nobody may not go over a credit limit; who may: 张启明, 老板"} {
		lent, f := c.Lend("孙倩", lender, credit)
		if (f == nil) != (want == "") || f != nil && f.Error() != want || f == nil && len(lent) != 2 {
			t.Errorf("%s: %v, %v", lender, lent, f)
		}
		if f == nil && c.Refuse("孙倩", lent, credit...) != nil {
			t.Errorf("%s lent it, and it is lacking", lender)
		}
	}
	if _, f := c.Lend("孙倩", "老板", []rights.Grant{rights.Need("see.cost")}); f == nil || f.Error() != "override: see.cost: it cannot be lent" {
		t.Error(f)
	}
}

func TestWhereARightComesFrom(t *testing.T) {
	space := today()
	list := rights.Sources(rights.RolesOf([]string{"buyer", "keeper", "head"}, nil), space)
	from := map[rights.Right]rights.Source{}
	for _, s := range list {
		from[s.Right] = s
	}
	for r, want := range map[rights.Right][]string{"goods-receipt.see": {"buyer", "keeper", "head"}, "goods-receipt.enter": {"keeper"}, "may.backdate": {"head"}, "see.purchase": {"buyer", "head"}, "suppliers.terms": {"buyer"}} {
		if !slices.Equal(from[r].Roles, want) {
			t.Errorf("%s comes from %v", r, from[r].Roles)
		}
	}
	if from["may.backdate"].Limit != 7 || len(from["payment.audit"].Roles) != 0 {
		t.Errorf("%v", from["may.backdate"])
	}
}

// By a PIN nobody, not even the owner, does more than sell.
func TestWhatAPINOpens(t *testing.T) {
	space := today()
	for _, role := range []string{rights.Owner, "manager", "till", "sales-clerk"} {
		whole := rights.Role{Code: role}.Set(space)
		set := whole.ByPIN(space)
		if set.Owns() || !set.Has("retail-sale.audit") || !set.Has("products.see") || !set.Has("see.sales") || set.Has("till.drawer") != whole.Has("till.drawer") {
			t.Errorf("%s: what the till needs", role)
		}
		for _, g := range set.Grants(space) {
			o := g.Right.Object()
			x, _ := space.Object(o)
			if !whole.Reaches(g.Right, g.Limit) || o != "retail-sale" && o != "till" && o != "may" && g.Right != "see.sales" && (x.Class != rights.Masters || g.Right.Verb() != "see") {
				t.Errorf("%s by PIN: %s", role, g.Right)
			}
		}
	}
}
