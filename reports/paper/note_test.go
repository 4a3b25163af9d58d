package paper

import "testing"

// A recovery sheet has its code in one piece on one page, with a long name made smaller and every line that fits.
func TestNoteHasItsWordWhole(t *testing.T) {
	n := &Note{Company: "恒达五金商行", Title: "恢复单", About: "王强 2026-03-10", Big: "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2", Lines: []string{"one", "二"}}
	list, err := n.pages()
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	found := map[string]bool{}
	for _, o := range list[0].ops {
		found[o.text] = true
	}
	for _, w := range []string{n.Company, n.Title, n.About, n.Big, "one", "二"} {
		if !found[w] {
			t.Errorf("%q is not on the sheet", w)
		}
	}
}
