package approval

import (
	"fmt"

	"zhanggui/data/text"
)

// ReadyNames are the sets of chains a shop may begin with: papers signed as the owners' documents say, the K3 way, discounts, bank accounts.
var ReadyNames = []string{"suda", "k3", "discount", "bank"}

// one is a step of a ready chain.
type one struct {
	step           string
	by             string
	title          text.Text
	when           string
	twice, execute bool
}

var (
	titleHead    = text.T("部门主管", "Head of department")
	titleCashier = text.T("出纳", "Cashier")
	suda         = []one{
		{"1", "head", titleHead, "", false, false},
		{"2", "role:deputy", text.T("副总经理", "Deputy manager"), "", false, false},
		{"3", "role:finance", text.T("财务", "Finance"), "", false, false},
		{"4", "role:manager|role:deputy", text.T("总经理", "General manager"), "", true, false},
		{"5", "role:cashier", titleCashier, "", false, true}}
	bank = []one{
		{"1", "role:manager", text.T("账号核对", "Account checked"), "new-account:30", false, false},
		{"2", "role:cashier", titleCashier, "", false, true}}
	cheap = []one{{"1", "role:manager", text.T("批准", "Approved"), "discount:0.15 below-cost over-credit", false, false}}
)

var readySets = map[string][]struct {
	kind  string
	steps []one
}{
	"suda":     {{"payment", suda}, {"prepayment", suda}},
	"k3":       {{"sales-order", []one{{"1", "head|role:manager", text.T("审核", "Audit"), "", false, true}}}, {"payment", []one{{"1", "role:finance", text.T("财务审核", "Audit by finance"), "", false, true}}}},
	"discount": {{"delivery", cheap}, {"sales-order", cheap}},
	"bank":     {{"payment", bank}, {"prepayment", bank}},
}

// ReadyChains are the chains of a set, one a kind, in the language; ok is false where there is no such set.
func ReadyChains(name string, lang text.Lang) (list []Chain, ok bool) {
	set, ok := readySets[name]
	var rows []Row
	yes := func(b bool) string { return map[bool]string{true: "yes"}[b] }
	for _, c := range set {
		for _, s := range c.steps {
			rows = append(rows, Row{Chain: name + "-" + c.kind, Kind: c.kind, Step: s.step, By: s.by, Title: s.title.In(lang), When: s.when, Twice: yes(s.twice), Execute: yes(s.execute)})
		}
	}
	list, err := Read(rows, func(string) bool { return true })
	if err != nil {
		panic(fmt.Sprintf("ready chains %s: %v", name, err))
	}
	return list, ok
}
