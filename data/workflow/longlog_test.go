package workflow_test

import (
	"context"
	"os"
	"testing"
	"time"

	"zhanggui/data/workflow"
	"zhanggui/data/workflow/testbook"
)

// The proof of the log goes through it once: its time grows with the entries. The long form (ZG_LONG=1, on a machine that does nothing else) has a
// million of them, which are proved within 10 s.
func TestALongLogIsProved(t *testing.T) {
	n := 20_000
	long := os.Getenv("ZG_LONG") != ""
	if long {
		n = 1_000_000
	}
	b := testbook.Open(t, workflow.Settings{})
	if err := testbook.LongLog(b, n); err != nil {
		t.Fatal(err)
	}
	last, took, entries := time.Now(), time.Duration(0), ""
	list, err := b.Prove(context.Background(), func(p workflow.Proof, _ int) {
		if p.Number == 10 {
			took, entries = time.Since(last), p.Title.En
		}
		last = time.Now()
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if !p.Holds() {
			t.Error(p.Title.En, p.Faults)
		}
	}
	t.Logf("%s: %v", entries, took)
	if long && took > 10*time.Second {
		t.Errorf("%v, at most 10 s", took)
	}
}
