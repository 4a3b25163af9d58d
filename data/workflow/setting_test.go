package workflow_test

import (
	"errors"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// declare adds a setting and a kind of a module for one test.
func declare(t *testing.T, k *slip.Kind, x *workflow.Setting) {
	t.Helper()
	allKinds, declared := kinds.All, workflow.Declared
	t.Cleanup(func() { kinds.All, workflow.Declared = allKinds, declared })
	kinds.All = append(allKinds[:len(allKinds):len(allKinds)], k)
	workflow.Declared = append(declared[:len(declared):len(declared)], x)
}

func TestEverySettingHasWordsAndADefaultItMayBe(t *testing.T) {
	seen := map[string]bool{}
	for _, x := range workflow.Declared {
		if x.Key == "" || x.Label.Zh == "" || x.Label.En == "" || x.Help.Zh == "" || x.Help.En == "" || x.Can().Empty() || seen[x.Key] {
			t.Errorf("%q lacks words or stands twice", x.Key)
		}
		seen[x.Key] = true
		if x.Default == "" {
			continue
		}
		if v, err := x.Read(x.Default); err != nil || v != x.Default {
			t.Errorf("%s: default %q reads as %q, %v", x.Key, x.Default, v, err)
		}
	}
}

// TestALongSettingIsToldItsLength: a company's name has 200 characters at most, a term of orders 2,000; the refusal says how many there are.
func TestALongSettingIsToldItsLength(t *testing.T) {
	b := open(t, workflow.Settings{Company: "恒达"})
	for _, c := range []struct{ key, value, want string }{
		{"company", strings.Repeat("恒", 201), "201 characters, more than 200"},
		{"bank", strings.Repeat("b", 333), "333 characters, more than 200"},
		{"terms_en", strings.Repeat("t", 2_001), "2001 characters, more than 2000"},
		{"company", "恒达\u202e", ""},
		{"company", strings.Repeat("恒", 200), ""},
	} {
		err := b.Set(map[string]string{c.key: c.value})
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.key, err, c.want)
		}
	}
}

func TestSettingsChangeInOneTransaction(t *testing.T) {
	b := open(t, workflow.Settings{Company: "恒达"})
	for pairs, want := range map[string]fault.Code{
		"below_cost=never": fault.Usage, "colour=red": fault.Usage, "slow_days=0": fault.Usage, "slow_days=": fault.Usage, "over_credit=": fault.Usage, "modules=sewing": fault.Usage,
		"auto_codes=customers": fault.Usage, "auto_codes=prices:P": fault.Usage, "lock_wait=601": fault.Usage, "flow=sideways": fault.Usage,
		"flow=invoice": fault.Refused, "start=2025-01": fault.Refused, "costing=fifo": fault.Refused, "modules=production": fault.Refused, "slow_days=200": fault.Refused,
	} {
		key, v, _ := strings.Cut(pairs, "=")
		if err := b.Set(map[string]string{"company": "other", key: v}); !fault.Is(err, want) {
			t.Errorf("%s: %v, want %s", pairs, err, want)
		}
	}
	if s := b.Settings(); s.Company != "恒达" {
		t.Errorf("a refused change left %q", s.Company)
	}
	before, _, _ := b.DB.LastLog()
	if err := b.Set(map[string]string{"over_credit": "禁止", "slow_days": "45", "flow": "direct", "auto_codes": "products:SP，customers:KH"}); err != nil {
		t.Fatal(err)
	}
	s := b.Settings()
	if s.OverCredit != "forbid" || s.SlowDays != 45 || s.DeadDays != 180 || s.AutoCodes != "products:SP customers:KH" {
		t.Errorf("%+v", s)
	}
	if after, _, _ := b.DB.LastLog(); after != before+1 {
		t.Errorf("%d entries in the log, want one", after-before)
	}
	again, err := workflow.Open(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if s := again.Settings(); s.OverCredit != "forbid" || s.SlowDays != 45 || s.LockWait != 10 {
		t.Errorf("opened again: %+v", s)
	}
}

// A further chapter is declarations alone: a module, its kind, its setting.
func TestASettingOfAModuleIsThereWithIt(t *testing.T) {
	declare(t, &slip.Kind{Code: "work-order", Title: text.T("工单", "Work order"), Prefix: "GD", Module: []string{"production"}},
		&workflow.Setting{Field: slip.Field{Key: "plan_slack", Label: text.T("宽限", "Slack"), Type: slip.TypeInt, Default: "5", Module: []string{"production"}}, Help: text.T("天", "days")})
	b := open(t, workflow.Settings{})
	err := b.Set(map[string]string{"plan_slack": "7"})
	if !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "switch on module production") {
		t.Errorf("a key of a module that is off: %v", err)
	}
	if err := b.Set(map[string]string{"plan_slack": "7", "modules": "production"}); err != nil {
		t.Fatal(err)
	}
	if s := b.Settings(); s.Get("plan_slack") != "7" || s.Get("modules") != "production" {
		t.Errorf("slack %q, modules %q", s.Get("plan_slack"), s.Get("modules"))
	}
	if err := b.Set(map[string]string{"modules": ""}); err != nil || len(b.Settings().Modules) != 0 || b.Settings().Get("plan_slack") != "7" {
		t.Errorf("switched off: %v; switching off hides and keeps", err)
	}
	if err := b.Set(map[string]string{"modules": "production, crm"}); !fault.Is(err, fault.Refused) {
		t.Errorf("a module the program has not got: %v", err)
	}
}

// By hand: limit 500.00, owed nothing; 10 at 60.00 with 13 % are 678.00.
func TestOverCreditIsWarnedOfForbiddenOrAllowed(t *testing.T) {
	b := open(t, workflow.Settings{Negative: "allow"})
	load(t, b, "customers", "code,name,credit_limit", "C,装修队,500")
	load(t, b, "products", "code,name", "P,钉")
	load(t, b, "warehouses", "code,name", "W,仓")
	for rule, want := range map[string][2]int{"warn": {1, 0}, "allow": {0, 0}, "forbid": {0, 1}} {
		if err := b.Set(map[string]string{"over_credit": rule}); err != nil {
			t.Fatal(err)
		}
		load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price", "delivery,"+rule+",2026-01-05,C,W,P,10,60")
		warnings, err := b.Audit(rule)
		over := 0
		for _, w := range warnings {
			if strings.Contains(w.Text.En, "credit limit") {
				over++
			}
		}
		if refused := len(fault.Of(err)); over != want[0] || refused != want[1] {
			t.Errorf("%s: %d warnings, %v", rule, over, err)
		}
		if err == nil {
			if _, err := b.Unaudit(rule, false); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Two people saw slow 90 and dead 180. One makes slow 60; the other's dead 200 stands beside it, the other's slow 75 is refused with both.
func TestASettingTwoPeopleChangeIsToldOf(t *testing.T) {
	b := open(t, workflow.Settings{})
	seen := map[string]string{"slow_days": "90", "dead_days": "180"}
	if err := b.Set(map[string]string{"slow_days": "60"}); err != nil {
		t.Fatal(err)
	}
	if err := b.SetSeen(map[string]string{"dead_days": "200"}, seen); err != nil || b.Settings().Get("dead_days") != "200" || b.Settings().Get("slow_days") != "60" {
		t.Errorf("different settings: %v", err)
	}
	var c *workflow.SettingClash
	err := b.SetSeen(map[string]string{"slow_days": "75", "lock_wait": "20"}, seen)
	if !errors.As(err, &c) || !fault.Is(err, fault.Conflict) || len(c.Rows) != 1 || c.Rows[0].Opened != "90" || c.Rows[0].Mine != "75" || c.Rows[0].Now != "60" {
		t.Fatalf("the same setting: %v", err)
	}
	if want := "slow_days: the settings were changed meanwhile: slow_days 90 → 60"; err.Error() != want {
		t.Errorf("%v\nwant %s", err, want)
	}
	if s := b.Settings(); s.Get("slow_days") != "60" || s.Get("lock_wait") != "10" {
		t.Error("something of the refused call stands")
	}
	if err := b.SetSeen(map[string]string{"slow_days": "60"}, seen); err != nil {
		t.Errorf("both say the same: %v", err)
	}
}

// TestSettingsSayWhatTheyMayBe: a month and a rate are not "any words" and "a number".
func TestSettingsSayWhatTheyMayBe(t *testing.T) {
	want := map[string]string{"start": "a month, such as 2026-01", "vat": "a rate, such as 0.13 or 13%", "slow_days": "1 to 9999", "company": "any words", "below_cost": "warn, forbid, allow"}
	for _, x := range workflow.Declared {
		if w, ok := want[x.Key]; ok && x.Can().En != w {
			t.Errorf("%s may be %q, not %q", x.Key, x.Can().En, w)
		}
	}
}
