package slip

import (
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// Module is a part of the business beyond trade, which a book has or has not (rule 7.1).
type Module struct {
	Code  string
	Title text.Text
	// Brings are the kinds, master types, settings and reports that come with it, by code: who asks for one is told to switch the module on, also
	// before the program has got it.
	Brings []string
}

// Modules lists the modules in the order they are offered.
var Modules = []Module{
	{"production", text.T("生产", "Production"), []string{"production-plan", "work-order", "production-receipt", "work-centres", "workdays", "issue_days", "plan_slack", "issue_check", "mixing", "pegging", "plan-exceptions", "shortages", "work-orders", "work-order-cost", "wip", "order-progress", "inspections"}},
	{"crm", text.T("商机跟进", "Opportunities"), []string{"opportunity", "activity", "leads", "stages", "competitors", "contacts", "checklists", "stage_rule", "attachment_limit", "pipeline", "opportunities", "funnel", "follow-ups", "activities", "win-loss"}},
	{"contracts", text.T("合同", "Contracts"), []string{"contract", "contract-filing", "activity", "terms", "contacts", "checklists", "renew_days", "filing_required", "attachment_limit", "contract-schedule", "follow-ups", "activities"}},
	{"service", text.T("售后服务", "Service"), []string{"service", "activity", "service-levels", "revisit-rules", "contacts", "checklists", "service_hours", "service_days", "warranty_from", "warranty_replacement", "attachment_limit", "tickets", "ticket-ageing", "satisfaction", "follow-ups", "activities"}},
	{"targets", text.T("目标与提成", "Targets and commission"), []string{"commission", "targets", "commission-rules", "contacts", "checklists", "attachment_limit", "commissions"}},
	{"styles", text.T("款式尺码", "Styles"), []string{"size-groups", "colours", "size-runs", "styles", "sku_pattern", "stock-matrix", "broken-runs"}},
	{"till", text.T("收银", "Till"), []string{"shift", "tills", "till_rounding", "till_limit", "till_blind", "return_rule", "return_days", "no_receipt_days", "printer_raster", "satellite_stored", "tenders"}},
	{"members", text.T("会员", "Members"), []string{"top-up", "points", "levels", "points_value", "points_max_rate", "points_earn", "points_days", "stored_mix", "stored_max", "members", "points-ledger", "stored-value"}},
	{"promotions", text.T("促销", "Promotions"), []string{"promotions", "coupons", "coupon_max", "promotion-effect"}},
	{"channels", text.T("网店", "Channels"), []string{"settlement", "channels", "channel-products", "channel-columns", "ship_from_file", "order-pipeline", "unmapped", "platform-check", "channel-profit"}},
	{"markdown", text.T("清仓降价", "Markdown"), []string{"markdown-rules", "at-risk"}},
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

// Bringing are the modules with which a kind, master type, setting or report comes; none: it is nobody's.
func Bringing(code string) (list []string) {
	for _, m := range Modules {
		if slices.Contains(m.Brings, code) {
			list = append(list, m.Code)
		}
	}
	return list
}

// SwitchOn refuses what belongs to modules none of which is on.
func SwitchOn(modules []string) *fault.Fault {
	return fault.New(fault.Refused, "请先打开模块 %s", "switch on module %s", strings.Join(modules, " / "))
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
