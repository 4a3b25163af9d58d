package gui

import (
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
)

// What a list of slips shows in figures is of the side of its kind (rule 8.3), but for numbers of prints and quantities.
func TestEveryAmountOfAListHasATag(t *testing.T) {
	for _, k := range kinds.All {
		for _, c := range listColumns(k) {
			if tag := k.TagOf(&slip.Doc{}, slip.OnHead, c.key); c.right && c.key != "left" && c.key != "prints" && tag == "" {
				t.Errorf("%s: the column %s has no tag; slip.TagOf knows what no field declares", k.Code, c.key)
			}
		}
	}
}
