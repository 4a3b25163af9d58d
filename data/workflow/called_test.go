package workflow_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// bare are the codes of records that words say without the name of any record of that code.
func bare(b *workflow.Book, words string) (list []string) {
	names := map[string][]string{}
	for _, typ := range []*master.Type{master.Products, master.Customers, master.Suppliers, master.Warehouses, master.Accounts, master.Employees, master.GL} {
		b.Masters().Each(typ.Code, func(r *master.Record) { names[r.Code()] = append(names[r.Code()], r.Get("name"), r.Get("name2")) })
	}
	for code, called := range names {
		for _, at := range regexp.MustCompile(`(?:^|[^0-9A-Za-z"“.-])(`+regexp.QuoteMeta(code)+`)(?:$|[^0-9A-Za-z"”.-])`).FindAllStringSubmatchIndex(words, -1) {
			rest := strings.TrimLeft(words[at[3]:], " ")
			if !slices.ContainsFunc(called, func(n string) bool { return n != "" && strings.HasPrefix(rest, n) }) {
				list = append(list, code)
			}
		}
	}
	return list
}

// Whatever the gate tells or refuses, and whatever is refused of records, calls them by name, in both languages: a code stands beside its name or not
// at all. Codes here are unlike names.
func TestNoFindingOrRefusalSaysABareCode(t *testing.T) {
	say := func(b *workflow.Book, what string, list fault.List) {
		t.Helper()
		for _, f := range list {
			for _, l := range []text.Lang{text.Zh, text.En} {
				if codes := bare(b, f.Text.In(l)); len(codes) > 0 {
					t.Errorf("%s: %q says %v without a name", what, f.Text.In(l), codes)
				}
			}
		}
	}
	for _, x := range learned {
		b := scene(t)
		told, refusal := b.Gate(x.slip(t, b))
		say(b, x.words, append(fault.Of(refusal), told...))
	}
	b := scene(t)
	load(t, b, "boms", "product,component,qty", "B,A,2")
	refusedOf := func(what string, err error) {
		t.Helper()
		if err == nil {
			t.Errorf("%s is not refused", what)
		}
		say(b, what, fault.Of(err))
	}
	for _, code := range []string{"W1", "W2"} {
		r, _ := b.Masters().Find(master.Warehouses.Code, code)
		if err := b.DeleteMaster(r.Clone()); code == "W1" {
			refusedOf("deleting a store in use", err)
		}
	}
	for typ, rows := range map[string][]string{
		"products":      {"code,name,tracking;M,药膏,none", "code,name,service;A,螺丝,yes"},
		"boms":          {"product,component,qty;A,B,1", "product,component,qty;A,Y,1"},
		"opening-stock": {"warehouse,product,qty,cost,lot;W1,A,5,2,L1", "warehouse,product,qty,cost;W1,M,5,2", "warehouse,product,qty,cost;W1,Y,5,2"},
		"warehouses":    {"code,name,transit;W1,主仓,yes"},
		"slips": {"kind,number,date,debit_account,credit_account,amount;journal-voucher,j,2026-02-07,5711,222101,30", "kind,number,date,debit_account,credit_account,amount;journal-voucher,j,2026-02-07,5711,1405,30",
			"kind,number,date,warehouse,product,qty,audit;transfer,x,2026-02-08,W1,Y,1,yes",
			"kind,number,date,party,warehouse,product,qty,price,audit;delivery,x,2026-02-08,C,W1,A,99,20,yes", "kind,number,date,party,warehouse,product,qty,price,audit;delivery,x,2026-02-08,C,WT,A,9,20,yes",
			"kind,number,date,warehouse,product,qty,audit;assembly,x,2026-02-08,W1,A,1,yes", "kind,number,date,party,amount,offset_kind,source,audit;offset,x,2026-02-08,C,50,advance-receivable,d,yes"},
	} {
		for _, r := range rows {
			header, row, _ := strings.Cut(r, ";")
			refusedOf(typ+" "+row, try(b, typ, header, row))
		}
	}
}
