package reports_test

import (
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/reports"
)

// TestTurnoversOfAnyDaysAreTheJournals: whichever months a span of days has whole, its trial balance is what the journal's lines come to.
func TestTurnoversOfAnyDaysAreTheJournals(t *testing.T) {
	b := northwind(t)
	journal := func(from, to text.Date) map[string]num.Amount {
		sums := map[string]num.Amount{}
		rows := run(t, b, "journal", reports.Params{From: from, To: to})
		for _, row := range rows[:len(rows)-1] {
			debit, _ := num.ParseAmount(row[6])
			credit, _ := num.ParseAmount(row[7])
			sums[row[3]] += debit - credit
			sums[row[3]+" debit"] += debit
		}
		return sums
	}
	for _, span := range [][2]text.Date{{19960710, 19960720}, {19960715, 19960815}, {19960715, 19961120}, {19960701, 19961120}, {19960715, 19961031}, {19960801, 19960810}, {19960810, 19960831}} {
		before, within := journal(19960630, span[0].AddDays(-1)), journal(span[0], span[1])
		rows := run(t, b, "trial-balance", reports.Params{From: span[0], To: span[1]})
		seen := map[string]bool{}
		for _, row := range rows[:len(rows)-1] {
			var f [4]num.Amount // opening debit and credit, debit, credit
			for i := range f {
				f[i], _ = num.ParseAmount(row[2+i])
			}
			if f[0]-f[1] != before[row[0]] || f[2] != within[row[0]+" debit"] || f[2]-f[3] != within[row[0]] {
				t.Errorf("%v: account %s %v; the journal has %s before, %s of it debit", span, row[0], row[2:6], before[row[0]], within[row[0]+" debit"])
			}
			seen[row[0]] = true
		}
		for account, v := range within {
			if v != 0 && len(account) < 9 && !seen[account] {
				t.Errorf("%v: account %s is missing", span, account)
			}
		}
	}
}
