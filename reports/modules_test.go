package reports

import (
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// A column of a module is there while the module is on, and its cells with it; so are a parameter and, to the window, a whole report.
func TestWhatBelongsToAModuleIsThereWhileItIsOn(t *testing.T) {
	b, err := workflow.Create(filepath.Join(t.TempDir(), "b.zg"), workflow.Settings{Start: 202601, Lang: text.En})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	rows := func(f func(Row) error) error { return f(Row{Word("A"), Word("red"), Whole(7)}) }
	colour := txt("colour", "颜色", "Colour")
	colour.Module = []string{"styles", "till"}
	r := &Report{Name: "shades", Title: text.T("色", "Shades"), Area: slip.Sales, Params: []string{"from", "person"}, Columns: []Column{good, colour, whole("days", "天数", "Days")}, Module: []string{"styles"},
		Stream: func(_ *workflow.Book, _ Params, f func(Row) error) error { return rows(f) }}
	r.Run = r.Stream.all
	r.checked()
	said := func() string {
		var keys []string
		x := r.In(b)
		for _, c := range x.Columns {
			keys = append(keys, c.Key)
		}
		ran, err := x.Texts(b, Params{})
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(keys, " ") + ": " + strings.Join(ran[0], " ")
	}
	if got := said(); got != "product days: A 7" {
		t.Errorf("while styles are off: %s", got)
	}
	All = append(All, r)
	defer func() { All = All[:len(All)-1] }()
	has := func() bool {
		for _, x := range Of(b) {
			if x.Name == r.Name {
				return true
			}
		}
		return false
	}
	if has() {
		t.Error("the report is there while its module is off")
	}
	person, _ := ParamOf("person")
	person.Module = []string{"styles"}
	defer func() { person.Module = nil }()
	if _, err := r.Run(b, Params{Person: "Li"}); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "switch on module styles") {
		t.Errorf("asked with a parameter of a module that is off: %v", err)
	}
	dye := *kinds.OtherIssue // so that the program has the module
	dye.Code, dye.Prefix, dye.Module = "dye", "RS", []string{"styles"}
	kinds.All = append(kinds.All, &dye)
	defer func() { kinds.All = kinds.All[:len(kinds.All)-1] }()
	if err := b.Set(map[string]string{"modules": "styles"}); err != nil {
		t.Fatal(err)
	}
	if got := said(); got != "product colour days: A red 7" || !has() {
		t.Errorf("while styles are on: %s", got)
	}
	if _, err := r.Run(b, Params{Person: "Li"}); err != nil {
		t.Error(err)
	}
}
