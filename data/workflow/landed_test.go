package workflow_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// cell is one column of the row of a report whose first column is key; empty where there is none.
func cell(t testing.TB, b *workflow.Book, name, key, column string, p reports.Params) string {
	t.Helper()
	rep, ok := reports.ByName(name)
	if !ok {
		t.Fatal("no report", name)
	}
	rows, err := rep.Texts(b, p)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		for i, c := range rep.Columns {
			if c.Key == column && r[0] == key {
				return r[i]
			}
		}
	}
	return ""
}

// sum adds up a column of the rows of the journal in an account.
func journalSum(t testing.TB, b *workflow.Book, account string, from, to text.Date) (debit, credit string) {
	t.Helper()
	var d, c num.Amount
	if err := b.DB.Journal(from, to, func(r *store.VoucherLine) error {
		if r.Account == account {
			d, c = d+r.Debit, c+r.Credit
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return d.String(), c.String()
}

var freight = []string{"kind=goods-receipt number=r date=2026-01-05 party=S warehouse=W1 product=A qty=10 price=10",
	"kind=landed-cost number=l date=2026-01-20 party=S2 amount=17.29 tax_rate=0 source=r"}

// Goods cost their freight from their own day, the carrier is owed from his bill's (7.3.1).
func TestFreightOfTheSameMonthIsOwedFromItsOwnDay(t *testing.T) {
	for _, order := range [][]string{freight, {freight[0] + " audit=no", freight[1]}} {
		b := trader(t, workflow.Settings{})
		enterRows(t, b, order[0])
		if strings.Contains(order[0], "audit=no") {
			if _, err := b.Audit("r"); err != nil {
				t.Fatal(err)
			}
		}
		enterRows(t, b, order[1])
		for _, x := range []struct {
			to              text.Date
			owed, accrued   string
			carrier, stands string
		}{{20260114, "113.00", "17.29", "", "117.29"}, {20260119, "113.00", "17.29", "", "117.29"}, {20260120, "130.29", "0.00", "17.29", "117.29"}} {
			p := reports.Params{From: 20260101, To: x.to}
			if got := cell(t, b, "trial-balance", "220201", "closing_credit", p); got != x.owed {
				t.Errorf("220201 on %s is %s, want %s", x.to, got, x.owed)
			}
			if got := cell(t, b, "trial-balance", "220202", "closing_credit", p); got != x.accrued {
				t.Errorf("220202 on %s is %s, want %s", x.to, got, x.accrued)
			}
			if got := cell(t, b, "payables", "S2", "balance", reports.Params{AsOf: x.to}); got != x.carrier {
				t.Errorf("the carrier is owed %s on %s, want %s", got, x.to, x.carrier)
			}
			if got := cell(t, b, "trial-balance", "1405", "closing_debit", p); got != x.stands {
				t.Errorf("stock on %s is %s, want %s", x.to, got, x.stands)
			}
		}
		mustHold(t, b)
	}
}

// A journal row belongs to the day it is dated: a span of days has the rows of these days, no others, as the trial balance has.
func TestTheJournalIsTheTrialBalanceOfAnyDays(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, append(freight, "kind=goods-receipt number=r2 date=2026-01-31 party=S warehouse=W1 product=A qty=2 price=10",
		"kind=landed-cost number=l2 date=2026-02-12 party=S2 amount=5 tax_rate=0 source=r2", "kind=delivery number=d date=2026-02-01 party=C warehouse=W1 product=A qty=3 price=20")...)
	for _, span := range [][2]text.Date{{20260101, 20260114}, {20260115, 20260131}, {20260106, 20260119}, {20260101, 20260131}, {20260201, 20260228}, {20260101, 20260228}, {20260110, 20260212}} {
		p := reports.Params{From: span[0], To: span[1]}
		for _, account := range []string{"1405", "220201", "220202", "1122", "5401"} {
			debit, credit := journalSum(t, b, account, span[0], span[1])
			for column, got := range map[string]string{"debit": debit, "credit": credit} {
				if want := cell(t, b, "trial-balance", account, column, p); got != want && (want != "" || got != "0.00") {
					t.Errorf("%s %s of %v: journal %s, trial balance %s", account, column, span, got, want)
				}
			}
		}
		rep, _ := reports.ByName("journal")
		rows, err := rep.Texts(b, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if d, _ := text.ParseDate(r[1]); d < span[0] || d > span[1] {
				t.Errorf("the journal of %v has a row of %s", span, r[1])
			}
			if r[2] == "FT-202602-0001" && r[0] != "202602-0002" { // behind the delivery of the 1st, whatever the day of the row
				t.Errorf("%s of %s has number %s", r[2], r[1], r[0])
			}
		}
	}
	mustHold(t, b)
}

// A book of an older program had the carrier's payable on the receipt's day: it is posted anew when it is opened, closed months as well.
func TestFreightOfAnOlderBookIsAccrued(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, freight...)
	for m := text.Month(202601); m <= 202601; m = m.Next() {
		if err := b.ClosePeriod(m); err != nil {
			t.Fatal(err)
		}
	}
	trial, _ := reports.ByName("trial-balance")
	want, err := trial.Texts(b, reports.Params{})
	if err != nil {
		t.Fatal(err)
	}
	path := b.DB.Path
	b.Close()
	tamper(t, path, `UPDATE stock_row SET contra = '220201' WHERE basis = 'late'`, `DELETE FROM voucher_line WHERE debit + credit = 1729`, `UPDATE match SET apart = 0`,
		`UPDATE account_month SET debit = debit - 1729, credit = credit - 1729 WHERE account = '220202'`)
	again, err := workflow.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	mustHold(t, again)
	got, err := trial.Texts(again, reports.Params{})
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("posted anew\n%v, want\n%v (%v)", got, want, err)
	}
}

// tamper changes a closed book's file behind the program's back.
func tamper(t testing.TB, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range statements {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}
