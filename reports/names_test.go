package reports

import (
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/master"
)

// Codes of kinds, masters and reports share one space (rule 7.5): each is the name of an object of rights.
func TestNoReportIsCalledAsAKindOrAMaster(t *testing.T) {
	taken := map[string]string{"commission": "a kind", "points": "a kind", "settlement": "a kind", "contract": "a kind", "service": "a kind", "shift": "a kind", "targets": "a master",
		"channels": "a master", "promotions": "a master", "coupons": "a master", "styles": "a master", "slips": "the slips", "settings": "the settings", "users": "the users"}
	for _, k := range kinds.All {
		taken[k.Code] = "a kind"
	}
	for _, m := range master.All {
		taken[m.Code] = "a master"
	}
	for _, r := range All {
		if is, ok := taken[r.Name]; ok {
			t.Errorf("%s is the name of a report and of %s", r.Name, is)
		}
		taken[r.Name] = "a report"
	}
}
