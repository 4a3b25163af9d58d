package rights_test

import (
	"slices"
	"testing"

	"zhanggui/data/rights"
)

func people() []rights.Member {
	return []rights.Member{
		{Name: "老板", Roles: []string{"owner"}, Active: true}, {Name: "张启明", Roles: []string{"manager"}, Active: true}, {Name: "李敏", Roles: []string{"finance"}, Active: true},
		{Name: "孙倩", Roles: []string{"buyer", "keeper"}, Active: true, Scope: rights.Scope{Warehouses: []string{"W1"}}}, {Name: "冯二", Roles: []string{"manager"}},
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
	if s := c.Scope("孙倩"); s.Person != "孙倩" || s.Get(rights.Warehouses) != "W1" || !c.Scope("李敏").Whole() {
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
