package approval

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// The shop of the examples: 采购部 CG below 公司 GS, headed by 陈立.
func shop() People {
	return People{
		All: []Person{
			{Name: "老板", Roles: []string{"owner"}, Active: true}, {Name: "张启明", Roles: []string{"manager"}, Active: true}, {Name: "高翔", Roles: []string{"deputy"}, Active: true},
			{Name: "陈立", Employee: "E3", Roles: []string{"buyer"}, Active: true}, {Name: "孙倩", Employee: "E4", Roles: []string{"buyer"}, Active: true}, {Name: "李敏", Roles: []string{"finance"}, Active: true},
			{Name: "吴芳", Roles: []string{"cashier"}, Active: true}, {Name: "周正", Employee: "E9", Roles: []string{"head"}, Active: true}, {Name: "冯二", Roles: []string{"deputy"}, Active: false},
		},
		Manager: func(dep string) string { return map[string]string{"CG": "E3", "XX": "E99"}[dep] },
		Above: func(dep string) string {
			return map[string]string{"CG": "GS", "CG1": "CG", "XX": "CG", "R1": "R2", "R2": "R1"}[dep]
		},
		Today: text.Day(2026, 3, 10),
	}
}

func chain(t *testing.T, set, kind string) Chain {
	t.Helper()
	list, ok := ReadyChains(set, text.Zh)
	i := slices.IndexFunc(list, func(c Chain) bool { return c.Kind == kind })
	if !ok || i < 0 {
		t.Fatalf("no chain %s for %s", set, kind)
	}
	return list[i]
}

func read(t *testing.T, rows ...Row) []Chain {
	t.Helper()
	for i := range rows {
		rows[i].File, rows[i].No = "chains.csv", i+2
	}
	list, err := Read(rows, func(k string) bool { return k == "payment" || k == "delivery" })
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// try makes an approval by the person and tells whether it went.
func try(r *Round, who string, x People) error {
	_, err := r.Take(Act{Person: who, Seal: "s1", Version: 1}, x)
	return err
}

func must(t *testing.T, r *Round, who string, x People) {
	t.Helper()
	if err := try(r, who, x); err != nil {
		t.Fatalf("%s: %v", who, err)
	}
}

// The worked example of the payment signed by five.
func TestSudaWhole(t *testing.T) {
	x, c := shop(), chain(t, "suda", "prepayment")
	facts := Facts{Department: "CG", Maker: "孙倩", Changed: "孙倩"}
	submit := func(amount num.Amount) Round {
		t.Helper()
		r, err := Begin(c, facts, "孙倩", amount, Reasons{}, x)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := submit(339000)
	if r.Status != slip.Submitted || !slices.Equal(r.WaitsFor(x), []string{"陈立"}) {
		t.Errorf("%s waits for %v", r.Status, r.WaitsFor(x))
	}
	if err := try(&r, "孙倩", x); err == nil {
		t.Error("she approves it herself")
	}
	for _, other := range []string{"高翔", "李敏", "张启明", "吴芳", "周正", "老板", "nobody"} {
		if err := try(&r, other, x); err == nil {
			t.Errorf("%s takes the head's step", other)
		}
	}
	must(t, &r, "陈立", x)
	if !slices.Equal(r.WaitsFor(x), []string{"高翔"}) {
		t.Errorf("waits for %v", r.WaitsFor(x))
	}
	must(t, &r, "高翔", x)
	fell, err := r.End(Act{Person: "孙倩"}, x) // she makes it 3,930.00
	if err != nil || fell != 2 || r.Status != slip.Draft || len(r.Approvals()) != 0 {
		t.Errorf("%d fell away, %s: %v", fell, r.Status, err)
	}
	if w := Fell(fell); w.Zh != "已修改，2 个审批作废，需重新提交" || w.En != "2 approvals fell away, submit again" {
		t.Error(w)
	}
	r = submit(339000)
	for _, who := range []string{"陈立", "高翔", "李敏"} {
		must(t, &r, who, x)
	}
	if r.Now() != 4 || !slices.Equal(r.WaitsFor(x), []string{"张启明", "高翔"}) {
		t.Errorf("step %d waits for %v", r.Now(), r.WaitsFor(x))
	}
	if err := try(&r, "李敏", x); err == nil || !strings.Contains(err.Error(), "张启明, 高翔 (总经理)") {
		t.Errorf("step 4 by 李敏: %v", err)
	}
	for _, fourth := range []string{"高翔", "张启明"} {
		r := r
		must(t, &r, fourth, x)
		if r.Status != slip.Approved || !slices.Equal(r.WaitsFor(x), []string{"吴芳"}) {
			t.Errorf("by %s: %s, waits for %v", fourth, r.Status, r.WaitsFor(x))
		}
		if _, err := r.Carry("李敏", x); err == nil {
			t.Error("李敏 audits")
		}
		if whom, err := r.Carry("吴芳", x); err != nil || whom != "" {
			t.Errorf("the cashier pays: %q, %v", whom, err)
		}
		if _, err := r.Carry("孙倩", x); err == nil {
			t.Error("its maker pays")
		}
	}
	if _, err := r.Carry("吴芳", x); err == nil || !strings.Contains(err.Error(), "needs approval: step 4 总经理") {
		t.Errorf("before step 4: %v", err)
	}
}

func TestAmounts(t *testing.T) {
	c := read(t, Row{Chain: "a", Kind: "payment", Step: "1", By: "head"}, Row{Chain: "a", Kind: "payment", Step: "2", By: "role:manager", From: "10,000"}, Row{Chain: "a", Kind: "payment", Step: "3", By: "user:老板", From: "20000"})[0]
	for amount, want := range map[num.Amount]int{999999: 1, 1000000: 2, 1999999: 2, 2000000: 3, 2100000: 3} {
		if got := len(c.Ask(amount, Reasons{})); got != want {
			t.Errorf("%s: %d steps, want %d", amount, got, want)
		}
	}
	if Gross(&slip.Doc{Gross: -2100000}) != 2100000 || Gross(&slip.Doc{Gross: 5}) != 5 {
		t.Error("money that goes the other way is asked alike")
	}
}

// The account was changed 03-02: a submit on 04-01, 30 days later, asks, one on 04-02 does not.
func TestBank(t *testing.T) {
	x, c := shop(), chain(t, "bank", "payment")
	changed := text.Day(2026, 3, 2)
	for day, want := range map[text.Date]bool{text.Day(2026, 4, 1): true, text.Day(2026, 4, 2): false, text.Day(2026, 3, 2): true} {
		why := Reasons{Account: &AccountChange{Before: "6222 01", After: "6222 99", Person: "孙倩", On: changed, Days: day.Sub(changed)}}
		r, err := Begin(c, Facts{Maker: "孙倩"}, "孙倩", 100, why, x)
		if err != nil {
			t.Fatal(err)
		}
		if asked := r.Now() == 1; asked != want || (r.Status == slip.Approved) == want {
			t.Errorf("%s: asked %v, %s", day, asked, r.Status)
		}
		if w := c.Steps[0].When[0].Said(why); w.En != "bank account 6222 01 → 6222 99, changed by 孙倩 on 2026-03-02" {
			t.Error(w)
		}
	}
	if c.Steps[0].Asked(100, Reasons{}) {
		t.Error("no account was changed")
	}
}

// The sales order of K3: a clerk enters, the leader audits; nobody approves before.
func TestK3Order(t *testing.T) {
	x, c := shop(), chain(t, "k3", "sales-order")
	f := Facts{Department: "CG", Maker: "孙倩", Changed: "孙倩"}
	r, err := Begin(c, f, "孙倩", 100, Reasons{}, x)
	if err != nil || r.Status != slip.Approved || !slices.Equal(r.WaitsFor(x), []string{"张启明", "陈立"}) {
		t.Fatalf("%s waits for %v: %v", r.Status, r.WaitsFor(x), err)
	}
	for who, want := range map[string]bool{"陈立": true, "张启明": true, "孙倩": false, "李敏": false, "老板": false} {
		if err := Needs(c, f, 100, Reasons{}, who, x); (err == nil) != want {
			t.Errorf("%s audits it from draft: %v", who, err)
		}
		if _, err := r.Carry(who, x); (err == nil) != want {
			t.Errorf("%s audits it: %v", who, err)
		}
	}
	f.Maker, f.Changed = "陈立", "陈立"
	if err := Needs(c, f, 100, Reasons{}, "陈立", x); err != nil {
		t.Errorf("of a chain of one executing row four_eyes says: %v", err)
	}
	if err := Needs(chain(t, "suda", "payment"), f, 100, Reasons{}, "吴芳", x); err == nil || err.Error() != "needs approval: step 1 部门主管" {
		t.Errorf("from draft: %v", err)
	}
}

func TestDiscount(t *testing.T) {
	x, c := shop(), chain(t, "discount", "delivery")
	for i, why := range []Reasons{{Off: 1501}, {BelowCost: true}, {OverCredit: true}} {
		if r, err := Begin(c, Facts{Maker: "孙倩"}, "孙倩", 100, why, x); err != nil || r.Now() != 1 {
			t.Errorf("%d: %v", i, err)
		}
	}
	for i, why := range []Reasons{{}, {Off: 1500}, {Negative: true}, {Back: 90}} {
		if _, err := Begin(c, Facts{Maker: "孙倩"}, "孙倩", 100, why, x); err == nil || err.Error() != "it needs none" {
			t.Errorf("%d: %v", i, err)
		}
		if err := Needs(c, Facts{Maker: "孙倩"}, 100, why, "孙倩", x); err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
}

func TestWhatHoldsNewlyAsksAgain(t *testing.T) {
	x := shop()
	c := read(t, Row{Chain: "a", Kind: "payment", Step: "1", By: "head"}, Row{Chain: "a", Kind: "payment", Step: "2", By: "role:manager", When: "over-credit negative"}, Row{Chain: "a", Kind: "payment", Step: "3", By: "role:deputy", From: "1000"})[0]
	r, err := Begin(c, Facts{Maker: "孙倩", Department: "CG"}, "孙倩", 100, Reasons{}, x)
	if err != nil {
		t.Fatal(err)
	}
	must(t, &r, "陈立", x)
	if err := r.Again(100, Reasons{BelowCost: true}); err != nil {
		t.Errorf("no step asks for it: %v", err)
	}
	if err := r.Again(100, Reasons{OverCredit: true}); err == nil || err.Error() != "now over-credit: submit again" {
		t.Errorf("%v", err)
	}
	if err := r.Again(100000, Reasons{}); err == nil {
		t.Error("the amount grew")
	}
	credit, err := Begin(c, Facts{Maker: "孙倩", Department: "CG"}, "孙倩", 100, Reasons{OverCredit: true}, x)
	if err != nil {
		t.Fatal(err)
	}
	if credit.Stands(OverCredit) {
		t.Error("nobody has approved it yet")
	}
	must(t, &credit, "陈立", x)
	must(t, &credit, "张启明", x)
	if err := credit.Again(100, Reasons{OverCredit: true}); err != nil || !credit.Stands(OverCredit) || credit.Stands(BelowCost) {
		t.Errorf("it was asked and approved: %v", err)
	}
}

func TestRowsOfOneNumberAreAllNeeded(t *testing.T) {
	x := shop()
	c := read(t, Row{Chain: "a", Kind: "payment", Step: "1", By: "role:finance"}, Row{Chain: "a", Kind: "payment", Step: "1", By: "role:deputy"}, Row{Chain: "a", Kind: "payment", Step: "2", By: "role:manager"})[0]
	for _, order := range [][]string{{"李敏", "高翔"}, {"高翔", "李敏"}} {
		r, err := Begin(c, Facts{Maker: "孙倩"}, "孙倩", 100, Reasons{}, x)
		if err != nil || !slices.Equal(r.WaitsFor(x), []string{"李敏", "高翔"}) && !slices.Equal(r.WaitsFor(x), []string{"高翔", "李敏"}) {
			t.Fatalf("waits for %v: %v", r.WaitsFor(x), err)
		}
		must(t, &r, order[0], x)
		if err := try(&r, "张启明", x); err == nil || r.Now() != 1 {
			t.Error("one of two is enough")
		}
		must(t, &r, order[1], x)
		must(t, &r, "张启明", x)
		if r.Status != slip.Approved {
			t.Error(r.Status)
		}
		if whom, err := r.Carry("吴芳", x); err != nil || whom != "" {
			t.Errorf("no step executes: whoever may audit does: %v", err)
		}
	}
}

func TestWhoHeads(t *testing.T) {
	x := shop()
	c := read(t, Row{Chain: "a", Kind: "payment", Step: "1", By: "head"})[0]
	for dep, want := range map[string]string{"CG": "陈立", "CG1": "陈立", "XX": "陈立", "GS": "周正", "": "周正", "R1": "周正"} {
		r, err := Begin(c, Facts{Department: dep, Maker: "孙倩"}, "孙倩", 100, Reasons{}, x)
		if err != nil || !slices.Equal(r.WaitsFor(x), []string{want}) {
			t.Errorf("%q waits for %v: %v", dep, r.WaitsFor(x), err)
		}
	}
}

func TestWhoMayNot(t *testing.T) {
	x := shop()
	c := read(t, Row{Chain: "a", Kind: "payment", Step: "1", By: "role:buyer|role:finance|role:deputy"}, Row{Chain: "a", Kind: "payment", Step: "2", By: "role:buyer|role:finance|role:deputy"}, Row{Chain: "a", Kind: "payment", Step: "3", By: "role:finance|role:deputy|role:buyer", Execute: "yes"})[0]
	f := Facts{Maker: "孙倩", Changed: "陈立", Payee: "E9"}
	r, err := Begin(c, f, "张启明", 100, Reasons{}, x)
	if err != nil {
		t.Fatal(err)
	}
	for who, why := range map[string]string{"孙倩": "nobody approves his own", "陈立": "nobody approves his own", "冯二": "may not approve"} {
		if err := try(&r, who, x); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v", who, err)
		}
	}
	must(t, &r, "高翔", x)
	if err := try(&r, "高翔", x); err == nil || !strings.Contains(err.Error(), "step 1") {
		t.Errorf("one step a person: %v", err)
	}
	must(t, &r, "李敏", x)
	for _, who := range []string{"高翔", "李敏", "孙倩", "陈立"} {
		if _, err := r.Carry(who, x); err == nil {
			t.Errorf("%s made or approved it, and carries it out", who)
		}
	}
	if err := try(&r, "高翔", x); err == nil {
		t.Error("nothing is left to approve")
	}
	x.Own = true
	r, _ = Begin(c, f, "孙倩", 100, Reasons{}, x)
	must(t, &r, "孙倩", x)
	payee := read(t, Row{Chain: "a", Kind: "payment", Step: "1", By: "role:head|role:manager"})[0]
	x.Own = false
	r, _ = Begin(payee, f, "孙倩", 100, Reasons{}, x)
	if err := try(&r, "周正", x); err == nil {
		t.Error("an expense is approved by whom it is paid to")
	}
	must(t, &r, "张启明", x)
}

func TestNobodyForAStep(t *testing.T) {
	x := shop()
	for by, bad := range map[string]bool{"role:auditor": true, "user:冯二": true, "role:buyer": false, "user:孙倩": true, "user:nobody": true} {
		c := read(t, Row{Chain: "a", Kind: "payment", Step: "1", By: "role:finance"}, Row{Chain: "a", Kind: "payment", Step: "2", By: by, Title: "核"})[0]
		_, err := Begin(c, Facts{Maker: "孙倩"}, "孙倩", 100, Reasons{}, x)
		if (err != nil) != bad || bad && err.Error() != "step 2 核: there is nobody for it" {
			t.Errorf("%s: %v", by, err)
		}
	}
}

// 高翔 is away from 03-10 to 03-12: 张启明 takes his steps, written as that, and the rule of own slips is for both.
func TestSubstitutes(t *testing.T) {
	x, c := shop(), read(t, Row{Chain: "a", Kind: "payment", Step: "1", By: "role:deputy"}, Row{Chain: "a", Kind: "payment", Step: "2", By: "role:manager|role:finance"})[0]
	gao := slices.IndexFunc(x.All, func(p Person) bool { return p.Name == "高翔" })
	x.All[gao].Substitute, x.All[gao].From, x.All[gao].To = "张启明", text.Day(2026, 3, 10), text.Day(2026, 3, 12)
	zhang := slices.IndexFunc(x.All, func(p Person) bool { return p.Name == "张启明" })
	x.All[zhang].Substitute = "吴芳" // never further
	begin := func(maker string) Round {
		t.Helper()
		r, err := Begin(c, Facts{Maker: maker}, maker, 100, Reasons{}, x)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for day, want := range map[int]bool{9: false, 10: true, 12: true, 13: false} {
		x.Today = text.Day(2026, 3, day)
		r := begin("孙倩")
		if is := slices.Contains(r.WaitsFor(x), "张启明"); is != want {
			t.Errorf("03-%02d: waits for %v", day, r.WaitsFor(x))
		}
		if slices.Contains(r.WaitsFor(x), "吴芳") {
			t.Error("a substitute has a substitute")
		}
	}
	x.Today = text.Day(2026, 3, 11)
	r := begin("孙倩")
	act, err := r.Take(Act{Person: "张启明", At: time.Unix(0, 0)}, x)
	if err != nil || act.For != "高翔" || act.Step != 1 || act.Verb != Approve || act.Signed().En != "张启明 for 高翔" {
		t.Fatalf("%+v: %v", act, err)
	}
	if err := try(&r, "张启明", x); err == nil {
		t.Error("one step a person, also for another")
	}
	if err := try(&r, "高翔", x); err == nil {
		t.Error("who was stood in for takes no other")
	}
	if whom, ok := r.Steps[0].Taken.For, r.Now() == 2; whom != "高翔" || !ok {
		t.Error(whom, ok)
	}
	must(t, &r, "李敏", x)
	if r, err := Begin(c, Facts{Maker: "高翔"}, "高翔", 100, Reasons{}, x); err == nil {
		t.Errorf("the slip he made waits for %v, for his substitute too", r.WaitsFor(x))
	}
}

func TestReturnAndWithdraw(t *testing.T) {
	x, c := shop(), chain(t, "suda", "payment")
	begin := func() Round {
		t.Helper()
		r, err := Begin(c, Facts{Department: "CG", Maker: "孙倩", Changed: "孙倩"}, "孙倩", 100, Reasons{}, x)
		if err != nil {
			t.Fatal(err)
		}
		must(t, &r, "陈立", x)
		return r
	}
	for _, a := range []struct {
		act  Act
		fell int
		ok   bool
	}{
		{Act{Verb: Return, Person: "高翔", Comment: "发票没到"}, 1, true}, {Act{Verb: Return, Person: "高翔", Comment: " "}, 0, false}, {Act{Verb: Return, Person: "李敏", Comment: "x"}, 0, false},
		{Act{Verb: Withdraw, Person: "孙倩"}, 1, true}, {Act{Verb: Withdraw, Person: "李敏"}, 0, false},
	} {
		r := begin()
		fell, err := r.End(a.act, x)
		if (err == nil) != a.ok || fell != a.fell || (r.Status == slip.Draft) != a.ok || a.ok != (len(r.Approvals()) == 0) {
			t.Errorf("%+v: %d fell away, %s: %v", a.act, fell, r.Status, err)
		}
	}
	if Returned("陈立", "发票没到").Zh != "陈立 退回：发票没到" {
		t.Error(Returned("陈立", "发票没到"))
	}
}

func TestAnApprovalIsOfAState(t *testing.T) {
	x, c := shop(), chain(t, "suda", "payment")
	r, err := Begin(c, Facts{Department: "CG", Maker: "孙倩"}, "孙倩", 100, Reasons{}, x)
	if err != nil {
		t.Fatal(err)
	}
	must(t, &r, "陈立", x)
	if r.Unsealed("s1") != nil {
		t.Error("it is what was approved")
	}
	if a := r.Unsealed("s2"); a == nil || a.Person != "陈立" {
		t.Error("another state stands approved")
	}
}

// Later changes of the chain do not touch a slip that was submitted.
func TestStepsAreCopied(t *testing.T) {
	x := shop()
	c := read(t, Row{Chain: "a", Kind: "payment", Step: "1", By: "role:finance"})[0]
	r, _ := Begin(c, Facts{Maker: "孙倩"}, "孙倩", 100, Reasons{}, x)
	c.Steps[0] = Step{No: 1, By: []By{{ByRole, "cashier"}}}
	must(t, &r, "李敏", x)
}

// However a round goes, no two steps of it are one person's, its maker's are none, and it is approved just when nobody is waited for
// but who executes.
func TestNoRoundBreaksTheRules(t *testing.T) {
	names := []string{"老板", "张启明", "高翔", "陈立", "孙倩", "李敏", "吴芳", "周正"}
	bys := []string{"role:manager", "role:deputy|role:finance", "head", "role:buyer|role:cashier", "user:老板|role:head"}
	rapid.Check(t, func(rt *rapid.T) {
		x := shop()
		sub := rapid.IntRange(0, len(names)-1).Draw(rt, "away")
		x.All[sub].Substitute = rapid.SampledFrom(names).Draw(rt, "substitute")
		var rows []Row
		for i := range rapid.IntRange(1, 4).Draw(rt, "rows") {
			rows = append(rows, Row{Chain: "a", Kind: "payment", Step: string(rune('1' + i/2)), By: bys[(i+rapid.IntRange(0, 4).Draw(rt, "by"))%5], No: i})
		}
		list, err := Read(rows, func(string) bool { return true })
		if err != nil {
			return // the same row twice
		}
		maker := rapid.SampledFrom(names).Draw(rt, "maker")
		r, err := Begin(list[0], Facts{Maker: maker, Department: "CG"}, maker, 100, Reasons{}, x)
		if err != nil {
			return
		}
		for range 12 {
			who := rapid.SampledFrom(names).Draw(rt, "who")
			waits := slices.Contains(r.WaitsFor(x), who)
			before := len(r.Approvals())
			err := try(&r, who, x)
			if waits != (err == nil) || len(r.Approvals()) != before+map[bool]int{true: 1}[err == nil] {
				rt.Fatalf("it waits for him: %v; he approves: %v", waits, err)
			}
			if (r.Status == slip.Approved) != (len(r.WaitsFor(x)) == 0 && r.Now() == 0) {
				rt.Fatalf("%s at step %d", r.Status, r.Now())
			}
		}
		seen := map[string]bool{}
		for _, a := range r.Approvals() {
			for _, name := range []string{a.Person, a.For} {
				if name != "" && (seen[name] || name == maker) {
					rt.Fatalf("%s twice, or his own", name)
				}
				seen[name] = true
			}
		}
	})
}

// A round is kept as text, and comes back as it was.
func TestARoundIsKept(t *testing.T) {
	x := shop()
	r, err := Begin(chain(t, "suda", "payment"), Facts{Department: "CG", Maker: "孙倩", Payee: "E9"}, "孙倩", 100, Reasons{}, x)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Take(Act{Person: "陈立", At: time.UnixMilli(1772526600000).UTC(), Comment: "同意", Version: 3, Seal: "s"}, x); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back Round
	if err := json.Unmarshal(text, &back); err != nil || !reflect.DeepEqual(r, back) {
		t.Errorf("%+v\n%+v: %v", r, back, err)
	}
}
