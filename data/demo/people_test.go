package demo_test

import (
	"testing"

	"zhanggui/data/demo"
	"zhanggui/reports"
)

// A demo with people: five sign in, have signed for a month, and some of it waits today; the book holds.
func TestPeople(t *testing.T) {
	b := shop(t, demo.Options{Today: 20260415, People: true})
	who := b.As(demo.Members("zh")[0].Name)
	verbs := map[string]int{}
	rows, err := reports.Approvals.Texts(who, reports.Params{By: "history"})
	if err != nil {
		t.Fatal(err)
	}
	at, stood := reports.Approvals.Index("verb"), 0
	for _, r := range rows {
		verbs[r[at]]++
		if r[at-1] != "" {
			stood++
		}
	}
	t.Log(verbs, stood)
	for verb, least := range map[string]int{"submit": 10, "approve": 20, "return": 1, "fell-away": 1, "execute": 4} {
		if verbs[verb] < least {
			t.Errorf("%s: %d, want %d at least", verb, verbs[verb], least)
		}
	}
	if stood == 0 {
		t.Error("nobody stood in for anybody")
	}
	open, err := reports.Approvals.Texts(who, reports.Params{By: "open"})
	if err != nil || len(open) == 0 {
		t.Error(open, err)
	}
	proved(t, b)
}
