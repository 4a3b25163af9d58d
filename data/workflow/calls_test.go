package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// What a file calls a slip is known to later files, also where it says an external number beside it.
func TestALaterFileNamesASlipAsTheFirstCalledIt(t *testing.T) {
	b := open(t, workflow.Settings{})
	const head = "kind,number,external_no,date,party,warehouse,product,qty,price,source,audit"
	load(t, b, "slips", head, "purchase-order,OURS-7,THEIRS-9,2026-01-02,S,W1,A,10,5,,yes")
	for _, name := range []string{"OURS-7", "THEIRS-9"} {
		if d, err := b.Load(name); err != nil || d.Number != "CD-202601-0001" || d.ExternalNo != "THEIRS-9" {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
	load(t, b, "slips", head, "goods-receipt,R,,2026-01-03,S,W1,A,4,5,OURS-7,yes")
	if d, err := b.Load("R"); err != nil || d.Lines[0].SourceNumber != "CD-202601-0001" {
		t.Errorf("the receipt follows from %+v, %v", d.Lines, err)
	}
	err := try(b, "slips", head, "purchase-order,OURS-7,THEIRS-10,2026-01-04,S,W1,A,1,5,,yes")
	if err == nil || !strings.Contains(err.Error(), "OURS-7 exists already") {
		t.Errorf("the same slip twice: %v", err)
	}
}

// Rows of a slip that stand apart say where its others are.
func TestRowsOfASlipStandTogether(t *testing.T) {
	b := open(t, workflow.Settings{})
	err := try(b, "slips", goods, "purchase-order,N1,2026-01-22,S,W1,,A,4,14,,", "purchase-order,N2,2026-01-22,S,W1,,A,1,8,,",
		"purchase-order,N1,2026-01-22,S,W1,,B,4,16,,")
	if err == nil || err.Error() != "slips.csv:4: number: rows of one slip stand together, N1 first at line 2" {
		t.Errorf("%v", err)
	}
	load(t, b, "slips", goods, "purchase-order,N1,2026-01-22,S,W1,,A,4,14,,", "sales-order,N1,2026-01-22,C,W1,,A,1,8,,") // another kind's is another slip
}

// A product of which nobody says a unit has the book's word for a piece.
func TestThePieceIsAWordOfTheBooksLanguage(t *testing.T) {
	for lang, want := range map[text.Lang]string{text.Zh: "件", text.En: "pcs"} {
		b := open(t, workflow.Settings{Lang: lang})
		load(t, b, "products", "code,name", "NEW,Nail")
		if p, ok := b.Masters().Product("NEW"); !ok || p.Unit != want {
			t.Errorf("%s: unit %q, want %q", lang, p.Unit, want)
		}
	}
}
