package slip

import (
	"slices"

	"zhanggui/data/text"
)

// Module is a part of the business beyond trade, which a book has or has not (rule 7.1).
type Module struct {
	Code  string
	Title text.Text
}

// Modules lists the modules in the order they are offered.
var Modules = []Module{
	{"production", text.T("生产", "Production")},
	{"crm", text.T("商机跟进", "Opportunities")},
	{"contracts", text.T("合同", "Contracts")},
	{"service", text.T("售后服务", "Service")},
	{"targets", text.T("目标与提成", "Targets and commission")},
	{"styles", text.T("款式尺码", "Styles")},
	{"till", text.T("收银", "Till")},
	{"members", text.T("会员", "Members")},
	{"promotions", text.T("促销", "Promotions")},
	{"channels", text.T("网店", "Channels")},
	{"markdown", text.T("清仓降价", "Markdown")},
}

// ModuleOf returns the module of the code.
func ModuleOf(code string) (Module, bool) {
	for _, m := range Modules {
		if m.Code == code {
			return m, true
		}
	}
	return Module{}, false
}

// On are the modules a book has switched on; nil: it has trade alone.
type On []string

// Has tells whether what belongs to the modules is there: to none of them everything does that is always there.
func (on On) Has(modules []string) bool {
	return len(modules) == 0 || slices.ContainsFunc(modules, func(m string) bool { return slices.Contains(on, m) })
}

// Fields are those of the fields that are there; the list itself where all are.
func (on On) Fields(list []Field) []Field {
	off := func(f Field) bool { return !on.Has(f.Module) }
	if !slices.ContainsFunc(list, off) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), off)
}
