package rights

import "zhanggui/data/slip"

// sides are reports that can be asked by a side of the business, and what one must be allowed to see for it: the kind, or the master.
var sides = map[string]map[string]string{
	"order-status": {"sales-order": "sales-order", "purchase-order": "purchase-order"},
	"ageing":       {"receivables": "customers", "payables": "suppliers"},
}

// Side is the right that a report asked by a side needs besides its own; ok is false where it needs none.
func Side(report, by string) (r Right, ok bool) {
	object, ok := sides[report][by]
	return Of(object, "see"), ok
}

// Statement is the right that the statement of a party of the role needs besides the report's own.
func Statement(role slip.Role) Right { return Of(string(role), "see") }
