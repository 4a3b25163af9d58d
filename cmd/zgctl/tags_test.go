package main

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
)

// plain are figures of a slip that are no money, though they may have decimals.
var plain = map[string]bool{"qty": true, "base_qty": true, "remaining": true, "tax_rate": true, "done": true, "billed": true}

var looksLikeMoney = regexp.MustCompile(`^-?\d+\.\d\d+$`)

// Whatever a slip is shown with and looks like money has a tag: what no field declares, slip.TagOf must know (rule 8.3).
func TestEveryAmountOfASlipShownHasATag(t *testing.T) {
	c := &console{t: t}
	book := filepath.Join(t.TempDir(), "d.zg")
	c.ok("demo", book, "--today", "2026-03-31", "--lang", "en")
	shown := 0
	for _, k := range kinds.All {
		if k.Hidden {
			continue
		}
		var rows []map[string]any
		if err := json.Unmarshal([]byte(c.ok("slip", "list", book, "--json", "--kind", k.Code)), &rows); err != nil {
			t.Fatal(err)
		}
		for _, r := range rows[:min(len(rows), 5)] {
			var s map[string]any
			if err := json.Unmarshal([]byte(c.ok("slip", "show", book, r["number"].(string), "--json")), &s); err != nil {
				t.Fatal(err)
			}
			shown++
			holdTags(t, k, slip.OnHead, r)
			holdTags(t, k, slip.OnHead, s)
		}
	}
	if shown < 45 {
		t.Errorf("only %d slips looked at", shown)
	}
}

// holdTags looks at the values of one part of a slip, and at the parts in it.
func holdTags(t *testing.T, k *slip.Kind, part slip.Part, x map[string]any) {
	t.Helper()
	in := map[string]slip.Part{"lines": slip.OnLine, "matches": slip.OnMatch, "allocations": slip.OnAllocation, "voucher": slip.OnVoucher}
	for key, v := range x {
		switch v := v.(type) {
		case string:
			if looksLikeMoney.MatchString(v) && !plain[key] && k.TagOf(&slip.Doc{}, part, key) == "" {
				t.Errorf("%s: %s %q has no tag", k.Code, key, v)
			}
		case []any:
			for _, row := range v {
				if m, ok := row.(map[string]any); ok {
					holdTags(t, k, in[key], m)
				}
			}
		}
	}
}
