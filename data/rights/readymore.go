package rights

import (
	"slices"
	"strings"

	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// more is a role beside the table: letters for what its work is, the masters that a role of the table sees, its area's reports.
type more struct {
	code    string
	name    text.Text
	module  []string
	may     string       // objects and their letters, a semicolon behind each group
	masters string       // letters of all masters; empty: those that like sees
	like    string       // the role of the table whose masters it sees
	areas   []slip.Group // whose reports it sees
	words   []Right
	scope   string
}

var theMore = []more{
	{"planner", text.T("计划", "Planner"), []string{"production"},
		"production-plan work-order purchase-plan seavpx; material-issue production-receipt s; sales-order purchase-order s", "", "buyer", []slip.Group{slip.Production}, nil, ""},
	{"ap", text.T("应付", "Payables"), nil, "purchase-invoice payment prepayment offset sevpx", "", "sales-clerk", []slip.Group{slip.Money}, []Right{"see.purchase"}, ""},
	{"ar", text.T("应收", "Receivables"), nil, "sales-invoice collection advance offset sevpx", "", "sales-clerk", []slip.Group{slip.Money}, []Right{"see.sales"}, ""},
	{"it", text.T("信息", "IT"), nil, "", "sex", "", nil, []Right{"book.users", "book.backup"}, ""},
	{"seller", text.T("业务", "Seller"), []string{"crm", "contracts"},
		"opportunity activity quotation seavp; contract contract-filing sales-order sevp; contacts leads customers se", "", "sales-clerk", []slip.Group{slip.Relations}, []Right{"see.sales"}, "customers=own"},
	{"service", text.T("售后", "Service"), []string{"service"}, "service activity seavp; delivery other-issue sep", "", "sales-clerk", []slip.Group{slip.Relations}, []Right{"see.sales"}, ""},
	{"online", text.T("网店", "Online shop"), []string{"channels"},
		"sales-order delivery seavp; sales-return sevp; sales-allowance seap; settlement s", "", "sales-clerk", []slip.Group{slip.Sales}, []Right{"see.sales"}, ""},
}

func moduleRoles() (list []Ready) {
	for _, m := range theMore {
		own := map[string]string{}
		for _, part := range strings.Split(m.may, ";") {
			words := strings.Fields(part)
			for i := range max(0, len(words)-1) {
				own[words[i]] = words[len(words)-1]
			}
		}
		words := map[Right]Limit{}
		for _, r := range m.words {
			words[r] = NoLimit
		}
		list = append(list, Ready{Code: m.code, Name: m.name, Module: m.module, Scope: m.scope, words: words, may: func(o Object) []string { return m.of(own, o) }})
	}
	return list
}

func (m more) of(own map[string]string, o Object) []string {
	if cell, is := own[o.Code]; is {
		return spelled(cell, o.Class)
	}
	switch {
	case o.Class == Masters && m.masters != "":
		return spelled(m.masters, Masters)
	case o.Class == Masters && slices.Contains(table[m.like].may(m.like, o), "see"), o.Class == Reports && slices.Contains(m.areas, o.Area):
		return []string{"see"}
	}
	return nil
}
