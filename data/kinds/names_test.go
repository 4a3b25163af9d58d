package kinds

import (
	"testing"

	"zhanggui/data/master"
)

// reserved are the codes and prefixes that further kinds and masters will have: nothing else may take them.
var (
	reservedKinds = map[string]string{"production-plan": "SJ", "work-order": "GD", "production-receipt": "SC", "opportunity": "JH", "activity": "GJ", "contract": "HT",
		"contract-filing": "BA", "service": "FW", "commission": "TC", "shift": "JB", "top-up": "CZ", "points": "JF", "sales-allowance": "ZR", "settlement": "PJ"}
	reservedMasters = []string{"roles", "approval-chains", "work-centres", "leads", "stages", "competitors", "terms", "service-levels", "revisit-rules", "targets", "commission-rules",
		"size-groups", "colours", "size-runs", "styles", "tills", "levels", "promotions", "coupons", "channels", "channel-products", "channel-columns", "markdown-rules", "contacts", "checklists"}
)

// One name has one meaning (rule 7.5): kinds and masters share one space of codes, as objects of rights and areas of the log; reports
// join them in the reports' own test.
func TestNoCodeOrPrefixMeansTwoThings(t *testing.T) {
	codes, prefixes := map[string]string{}, map[string]string{}
	take := func(in map[string]string, name, who string) {
		if is, ok := in[name]; ok && is != who {
			t.Errorf("%s is both %s and %s", name, is, who)
		}
		in[name] = who
	}
	for code, prefix := range reservedKinds {
		take(codes, code, "kind "+code)
		if prefix != "" {
			take(prefixes, prefix, "kind "+code)
		}
	}
	for _, code := range reservedMasters {
		take(codes, code, "master "+code)
	}
	for _, k := range All {
		take(codes, k.Code, "kind "+k.Code)
		take(prefixes, k.Prefix, "kind "+k.Code)
	}
	for _, m := range master.All {
		take(codes, m.Code, "master "+m.Code)
	}
	for _, word := range []string{"slips", "settings", "users", "see", "book", "till", "may"} {
		take(codes, word, "a word of the program's own")
	}
}
