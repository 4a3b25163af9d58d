package approval

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

func TestWhichChainHolds(t *testing.T) {
	list := []Chain{{Code: "all", Kind: "payment"}, {Code: "gs", Kind: "payment", Department: "GS"}, {Code: "xx", Kind: "payment", Department: "XX"}, {Code: "off", Kind: "payment", Department: "CG", Off: true}, {Code: "d", Kind: "delivery", Department: "GS"}}
	above := shop().Above
	for dep, want := range map[string]string{"": "all", "GS": "gs", "CG": "gs", "CG1": "gs", "XX": "xx", "ZZ": "all", "R1": "all"} {
		if c, ok := Holding(list, "payment", dep, above); !ok || c.Code != want {
			t.Errorf("%q: %s", dep, c.Code)
		}
	}
	if _, ok := Holding(list, "delivery", "ZZ", above); ok {
		t.Error("a chain of one department holds in another")
	}
	if c, ok := Holding(list, "delivery", "CG1", above); !ok || c.Code != "d" {
		t.Error(c)
	}
}

func TestTwoChainsForTheSameAreRefused(t *testing.T) {
	a, b := Chain{Code: "a", Kind: "payment"}, Chain{Code: "b", Kind: "payment"}
	if _, err := Replace([]Chain{a}, []Chain{b}); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "a and b") {
		t.Errorf("%v", err)
	}
	b.Off = true
	if list, err := Replace([]Chain{a}, []Chain{b}); err != nil || len(list) != 2 {
		t.Errorf("one of them is off: %v", err)
	}
	again := Chain{Code: "a", Kind: "delivery"}
	if list, err := Replace([]Chain{a}, []Chain{again}); err != nil || len(list) != 1 || list[0].Kind != "delivery" {
		t.Errorf("a file replaces the chains it names: %v %v", list, err)
	}
	a2 := Chain{Code: "c", Kind: "payment", Department: "CG"}
	if _, err := Replace([]Chain{a}, []Chain{a2}); err != nil {
		t.Errorf("of another department: %v", err)
	}
}

func TestRowsReadBack(t *testing.T) {
	for _, name := range ReadyNames {
		for _, lang := range []text.Lang{text.Zh, text.En} {
			list, ok := ReadyChains(name, lang)
			if !ok || len(list) != 2 {
				t.Errorf("%s has %d chains", name, len(list))
			}
			for _, c := range list {
				c.Name = "付款"
				back, err := Read(c.Rows(), func(string) bool { return true })
				if err != nil || len(back) != 1 || len(back[0].Steps) != len(c.Steps) {
					t.Fatalf("%s: %v %v", c.Code, back, err)
				}
				for i, r := range back[0].Rows() {
					if !slices.Equal(r.Cells(), c.Rows()[i].Cells()) {
						t.Errorf("%v is %v", c.Rows()[i].Cells(), r.Cells())
					}
				}
				if c.Code != name+"-"+c.Kind {
					t.Errorf("%s is for %s", c.Code, c.Kind)
				}
			}
		}
	}
	if list, ok := ReadyChains("none", text.Zh); ok || len(list) > 0 {
		t.Error("there is no such set")
	}
	suda := chain(t, "suda", "payment")
	want := []string{"1 head 部门主管", "2 role:deputy 副总经理", "3 role:finance 财务", "4 role:manager|role:deputy 总经理", "5 role:cashier 出纳"}
	for i, r := range suda.Rows() {
		if got := r.Step + " " + r.By + " " + r.Title; got != want[i] || r.Twice != map[bool]string{true: "yes"}[i == 3] || r.Execute != map[bool]string{true: "yes"}[i == 4] {
			t.Errorf("%s, twice %s, execute %s", got, r.Twice, r.Execute)
		}
	}
	var r Row
	if len(r.Cells()) != len(Columns) || !r.Set("from_amount", " 5 ") || r.From != "5" || r.Set("amount", "5") {
		t.Error("a row is filled by its columns")
	}
}

func TestWrongRowsAreNamed(t *testing.T) {
	good := Row{Chain: "a", Kind: "payment", Step: "1", By: "head"}
	for _, c := range []struct {
		change func(*Row)
		field  string
	}{
		{func(r *Row) { r.Chain = "" }, "chain"}, {func(r *Row) { r.Chain = strings.Repeat("x", 10_000) }, "chain"}, {func(r *Row) { r.Chain = "a\x00" }, "chain"}, {func(r *Row) { r.Kind = "pay" }, "kind"}, {func(r *Row) { r.Step = "" }, "step"}, {func(r *Row) { r.Step = "0" }, "step"}, {func(r *Row) { r.Step = "1.5" }, "step"},
		{func(r *Row) { r.By = "" }, "by"}, {func(r *Row) { r.By = "boss" }, "by"}, {func(r *Row) { r.By = "role:" }, "by"}, {func(r *Row) { r.By = "head:x" }, "by"}, {func(r *Row) { r.By = "head|head" }, "by"}, {func(r *Row) { r.By = "head|" }, "by"},
		{func(r *Row) { r.From = "much" }, "from_amount"}, {func(r *Row) { r.From = "-1" }, "from_amount"}, {func(r *Row) { r.When = "late" }, "when"}, {func(r *Row) { r.Twice = "maybe" }, "twice"}, {func(r *Row) { r.Execute = "maybe" }, "execute"}, {func(r *Row) { r.Active = "maybe" }, "active"},
	} {
		bad := good
		c.change(&bad)
		bad.File, bad.No = "chains.csv", 9
		_, err := Read([]Row{{Chain: "b", Kind: "payment", Step: "1", By: "head"}, bad}, func(k string) bool { return k == "payment" })
		if list := fault.Of(err); len(list) != 1 || list[0].Field != c.field || list[0].Row != 9 || list[0].Text.Zh == "" {
			t.Errorf("%.80v: %v", bad, err)
		}
	}
	for name, rows := range map[string][]Row{
		"twice the same":              {good, good},
		"two departments":             {good, {Chain: "a", Kind: "payment", Step: "2", By: "head", Department: "CG"}},
		"executes before the last":    {{Chain: "a", Kind: "payment", Step: "1", By: "head", Execute: "yes"}, {Chain: "a", Kind: "payment", Step: "2", By: "head"}},
		"two execute":                 {{Chain: "a", Kind: "payment", Step: "2", By: "head", Execute: "yes"}, {Chain: "a", Kind: "payment", Step: "2", By: "role:x", Execute: "yes"}},
		"executes beside the last":    {{Chain: "a", Kind: "payment", Step: "2", By: "head"}, {Chain: "a", Kind: "payment", Step: "2", By: "role:x", Execute: "yes"}},
		"executes on a condition":     {{Chain: "a", Kind: "payment", Step: "1", By: "head", Execute: "yes", When: "negative"}},
		"executes from an amount":     {{Chain: "a", Kind: "payment", Step: "1", By: "head", Execute: "yes", From: "1"}},
		"executes, the rows reversed": {{Chain: "a", Kind: "payment", Step: "3", By: "head"}, {Chain: "a", Kind: "payment", Step: "2", By: "role:x", Execute: "yes"}},
	} {
		if _, err := Read(rows, func(string) bool { return true }); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEveryWordOfWhen(t *testing.T) {
	for written, holds := range map[string][2]Reasons{
		"over-credit": {{OverCredit: true}, {BelowCost: true}}, "below-cost": {{BelowCost: true}, {}}, "negative": {{Negative: true}, {}}, "no-source": {{NoSource: true}, {}}, "new-party": {{NewParty: true}, {}}, "over-source": {{OverSource: true}, {}},
		"discount:0.1": {{Off: 1001}, {Off: 1000}}, "backdated:3": {{Back: 4}, {Back: 3}}, "new-account:30": {{Account: &AccountChange{Days: 30}}, {Account: &AccountChange{Days: 31}}},
	} {
		w, ok := ReadWhen(written)
		if !ok || w.String() != written || !w.Holds(holds[0]) || w.Holds(holds[1]) {
			t.Errorf("%s: %v %v", written, w, ok)
		}
		if s := w.Said(holds[0]); s.Zh == "" || s.En == "" || s.En == w.Word {
			t.Errorf("%s is said as %v", written, s)
		}
	}
	if len(Words()) != 9 {
		t.Error(Words())
	}
	for _, written := range []string{"", "late", "discount", "discount:", "discount:x", "discount:2", "discount:-0.1", "backdated", "backdated:x", "backdated:-1", "over-credit:1", "new-account:1.5"} {
		if w, ok := ReadWhen(written); ok {
			t.Errorf("%q is read as %v", written, w)
		}
	}
}

// Whatever a file holds, it is read or its rows are named, and what was read reads back.
func TestWhateverAFileOfChainsHolds(t *testing.T) {
	word := rapid.OneOf(rapid.SampledFrom([]string{"a", "b", "payment", "1", "2", "head", "role:x|user:y", "yes", "no", "", "10,000", "over-credit discount:0.1", "new-account:30", "CG"}), rapid.StringN(0, 12, 40))
	rapid.Check(t, func(t *rapid.T) {
		var rows []Row
		for i := range rapid.IntRange(0, 5).Draw(t, "rows") {
			r := Row{File: "c.csv", No: i + 2}
			for _, c := range Columns {
				r.Set(c, word.Draw(t, c))
			}
			rows = append(rows, r)
		}
		list, err := Read(rows, func(k string) bool { return k == "payment" })
		for _, f := range fault.Of(err) {
			if f.Field == "" || f.Text.Zh == "" || f.Text.En == "" {
				t.Fatalf("%+v", f)
			}
		}
		for _, c := range list {
			back, err := Read(c.Rows(), func(string) bool { return true })
			if err != nil || len(back) != 1 || len(back[0].Steps) != len(c.Steps) {
				t.Fatalf("%+v is not read: %v", c, err)
			}
		}
	})
}
