package main

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestPushOfOneLineOnADay(t *testing.T) {
	s := newShop(t, "--negative", "allow")
	s.must("import", s.book(), "slips", s.file("o.csv", slipHead+"sales-order,o,2026-01-05,C,W,A,4,10,,yes\nsales-order,o,2026-01-05,C,W,A,6,10,,yes\n"))
	n := strings.TrimSpace(s.must("push", s.book(), "o", "delivery", "--line", "2", "--date", "2026-01-08", "--audit"))
	if got := s.must("slip", "show", s.book(), n, "--json"); !strings.Contains(got, "2026-01-08") || !strings.Contains(got, `"qty": "6"`) || strings.Contains(got, `"qty": "4"`) {
		t.Errorf("%s:\n%s", n, got)
	}
	s.refused(1, "date: 2026-01-04 is before XD-202601-0001 of 2026-01-05\n", "push", s.book(), "o", "delivery", "--date", "2026-01-04")
	s.refused(2, "--line: \"x\" is not the number of a line\n", "push", s.book(), "o", "delivery", "--line", "x")
}

// A shop that enters its past goes on at its newest slip's day, which is not the day of the program's own closing voucher.
func TestAPushWithoutADayFollowsTheNewestSlip(t *testing.T) {
	s := newShop(t, "--negative", "allow")
	s.must("import", s.book(), "slips", s.file("o.csv", slipHead+"sales-order,o,2026-01-05,C,W,A,4,10,,yes\ndelivery,d,2026-01-12,C,W,A,1,10,,yes\n"))
	s.must("close", s.book(), "2026-01")
	s.must("reopen", s.book(), "2026-01")
	n := strings.TrimSpace(s.must("push", s.book(), "o", "delivery"))
	if got := s.must("slip", "show", s.book(), n, "--json"); !strings.Contains(got, `"date": "2026-01-12"`) {
		t.Errorf("%s:\n%s", n, got)
	}
}

// In a closed month, where nobody said a day, the refusal says how to say one; where one was said it stays as it is.
func TestAPushIntoAClosedMonthNamesTheDay(t *testing.T) {
	s := newShop(t, "--negative", "allow")
	s.must("import", s.book(), "slips", s.file("o.csv", slipHead+"sales-order,o,2026-01-05,C,W,A,4,10,,yes\ndelivery,d,2026-01-19,C,W,A,1,10,,yes\n"))
	s.must("close", s.book(), "2026-01")
	s.refused(1, "date: the period of 2026-01-19 is closed; say another day with --date\n", "push", s.book(), "o", "delivery", "--audit")
	s.refused(1, "date: the period of 2026-01-21 is closed\n", "push", s.book(), "o", "delivery", "--audit", "--date", "2026-01-21")
	s.must("push", s.book(), "o", "delivery", "--audit", "--date", "2026-02-03")
}

// A request id is one line that can be seen, of at most 64 characters, Chinese ones too.
func TestWhatIsNoRequestID(t *testing.T) {
	s := newShop(t)
	for id, want := range map[string]string{
		strings.Repeat("单", 65): "--request: at most 64 characters, not 65\n",
		"a\nb":                  "--request: contains the character U+000A, which cannot be seen\n",
		"a\x1b[2J":              "--request: contains the character U+001B, which cannot be seen\n",
		"a\u202eb":              "--request: contains the character U+202E, which cannot be seen\n",
		"a\xffb":                "--request: is not UTF-8\n",
	} {
		s.refused(2, want, "set", s.book(), "company=Yi", "--request", id)
	}
	if said := s.must("set", s.book()); strings.Contains(said, "Yi\n") {
		t.Error(said)
	}
	s.must("set", s.book(), "company=Yi", "--request", strings.Repeat("单", 64))
}

// The list of reports is there for other programs too.
func TestTheListOfReportsAsJSON(t *testing.T) {
	s := newShop(t)
	var list []map[string]any
	if err := json.Unmarshal([]byte(s.must("report", "--list", "--format", "json")), &list); err != nil {
		t.Fatal(err)
	}
	names := strings.Count(s.must("report", "--list"), "\n  area: ")
	i := slices.IndexFunc(list, func(x map[string]any) bool { return x["code"] == "ageing" })
	if len(list) != names || i < 0 {
		t.Fatalf("%d of %d, ageing at %d", len(list), names, i)
	}
	if x := list[i]; x["area"] != "money" || x["en"] == "" || x["zh"] == "" || !reflect.DeepEqual(x["params"], []any{"as-of", "by", "party"}) || !reflect.DeepEqual(x["by"], []any{"receivables", "payables"}) {
		t.Errorf("%v", x)
	}
	s.refused(2, "report --list is there as table and json, not as csv\n", "report", "--list", "--format", "csv")
}
