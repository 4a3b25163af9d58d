package workflow_test

import (
	"testing"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/testbook"
)

// TestARecordSavedAsItStandsGetsNoVersion: its version, the log and the tick stay; the next change is the next version.
func TestARecordSavedAsItStandsGetsNoVersion(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{Company: "Test", Start: 202601, Lang: text.En})
	testbook.Load(t, b, "customers", "code,name,phone", "C,Cust,111")
	c, _ := b.DB.Masters.Find("customers", "C")
	again := c.Clone()
	was := again.Version
	entries := func() int64 {
		end, _, err := b.DB.LogEnd()
		if err != nil {
			t.Fatal(err)
		}
		return end.Entry
	}
	before := entries()
	if err := b.SaveMaster(again); err != nil {
		t.Fatal(err)
	}
	if again.Version != was || entries() != before {
		t.Errorf("saved as it stands: version %d after %d, %d entries more", again.Version, was, entries()-before)
	}
	again.Values["phone"] = "222"
	if err := b.SaveMaster(again); err != nil {
		t.Fatal(err)
	}
	if again.Version != was+1 {
		t.Errorf("changed: version %d", again.Version)
	}
}
