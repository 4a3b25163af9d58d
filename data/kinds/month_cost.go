package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// MonthCost 月末成本结转: the voucher by which closing a month brings what was issued from the estimate to the month's average. The program
// makes it, and takes it back when the month is reopened. Its stock rows belong to the lines of the slips they re-cost (ledger.MonthEnd);
// it has no lines of its own.
var MonthCost = &slip.Kind{
	Code: "month-cost", Title: text.T("月末成本结转", "Month-end costing"), Prefix: "CB1", Group: slip.Books, Hidden: true,
	Header: []slip.Field{date},
	Post:   func(*slip.Doc) (slip.Effects, error) { return slip.Effects{}, nil },
}
