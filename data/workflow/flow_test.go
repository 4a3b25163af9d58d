package workflow_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestTheFlowShowsWhatIsOpenAndLeftOfEverySlip(t *testing.T) {
	b := shop(t)
	list, err := b.Flow("d1")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range list {
		got = append(got, fmt.Sprintf("%s %s %s %s %s open %s left %s of %s", n.Doc.Kind, n.Doc.ExternalNo, n.Doc.Status, n.Doc.Date, n.Doc.Gross, n.Open, n.Left, strings.Join(n.Sources, " ")))
	}
	want := []string{
		"sales-order so partly-done 2026-01-03 180.00 open 0.00 left 5 of ",
		"delivery d1 audited 2026-01-05 80.00 open 10.00 left 0 of XD-202601-0001",
		"sales-return x1 audited 2026-01-07 20.00 open 0.00 left 0 of XC-202601-0001",
		"collection k1 audited 2026-01-08 50.00 open 0.00 left 0 of XC-202601-0001",
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("the flow is\n%s\nwant\n%s", a, b)
	}
}
