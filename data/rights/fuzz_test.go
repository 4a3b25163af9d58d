package rights_test

import (
	"testing"

	"pgregory.net/rapid"

	"zhanggui/data/fault"
	"zhanggui/data/rights"
)

// Whatever a file holds, it is read or its rows are named; what comes of it is within what its giver has, and reads back.
func TestWhateverAFileOfRolesHolds(t *testing.T) {
	space := today()
	giver := rights.Role{Code: "head"}.Set(space)
	word := rapid.OneOf(rapid.SampledFrom([]string{"keeper", "night", "delivery", "kinds", "masters", "reports", "area:sales", "may", "see", "till", "book", "payment", "customers", "work-order", "*", "see enter", "audit", "backdate", "price negative", "sales", "", "3", "0.05", "12%", "owner"}), rapid.StringN(0, 12, 40))
	rapid.Check(t, func(t *rapid.T) {
		var rows []rights.Row
		for i := range rapid.IntRange(0, 6).Draw(t, "rows") {
			rows = append(rows, rights.Row{File: "r.csv", No: i + 2, Role: word.Draw(t, "role"), Object: word.Draw(t, "object"), Verbs: word.Draw(t, "verbs"), Limit: word.Draw(t, "limit"), Name: word.Draw(t, "name")})
		}
		roles, err := rights.Read(rows, nil, space, giver)
		if err != nil {
			for _, f := range fault.Of(err) {
				if f.Row < 2 || f.Field == "" || f.Text.Zh == "" || f.Text.En == "" {
					t.Fatalf("%+v", f)
				}
			}
			return
		}
		for _, r := range roles {
			added := r.Set(space).Beyond(rights.Together(giver, rights.Role{Code: r.Code}.Set(space)))
			if len(added) > 0 {
				t.Fatalf("%s is given %v, which its giver has not", r.Code, added)
			}
		}
		if _, err := rights.Read(rights.Rows(roles, space), roles, space, giver); err != nil {
			t.Fatalf("what was written is not read: %v", err)
		}
	})
}
