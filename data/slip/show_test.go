package slip

import (
	"testing"

	"zhanggui/data/text"
)

// One value, as the window's form, a paper and a report show it.
func TestAValueIsShownInOnePlace(t *testing.T) {
	yesNo := Field{Type: TypeBool}
	method := Field{Type: TypeChoice, Choices: []Choice{{Value: "cash", Label: text.T("现金", "Cash")}}}
	form, paper, report := Look{Lang: text.Zh, Bare: true}, Look{Lang: text.En}, Look{Lang: text.En, Short: true, Places: 2}
	for _, x := range []struct {
		look    Look
		field   Field
		v, want string
	}{
		{form, Field{Type: TypeAmount}, "1234567.5", "1,234,567.50"}, {paper, Field{Type: TypeQuantity}, "-12000", "-12,000"},
		{form, Field{Type: TypePrice}, "1234.567891", "1,234.567891"}, {report, Field{Type: TypePrice}, "3.333333", "3.3333"},
		{form, Field{Type: TypeRate}, "0.13", "13"}, {paper, Field{Type: TypeRate}, "0.13", "13%"}, {report, Field{Type: TypeRate}, "0.255", "25.50%"}, {report, Field{Type: TypeRate}, "0.1234", "12.34%"},
		{form, yesNo, "yes", "是"}, {paper, yesNo, "yes", "yes"}, {paper, yesNo, "no", ""}, {form, yesNo, "", ""},
		{form, method, "cash", "现金"}, {paper, method, "cash", "Cash"}, {paper, method, "barter", "barter"},
		{form, Field{Type: TypeAmount}, "12a", "12a"}, {form, Field{Type: TypeAmount}, "", ""}, {form, Field{Type: TypeDate}, "2026-03-01", "2026-03-01"},
	} {
		if got := x.look.Shown(x.field, x.v); got != x.want {
			t.Errorf("type %d %q is shown as %q, want %q", x.field.Type, x.v, got, x.want)
		}
	}
}
