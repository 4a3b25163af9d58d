package kinds

import (
	"regexp"
	"testing"

	"zhanggui/data/master"
	"zhanggui/data/slip"
)

// checkKind is what every declaration must pass.
func checkKind(t *testing.T, k *slip.Kind) {
	t.Helper()
	if k.Title.Zh == "" || k.Title.En == "" || !regexp.MustCompile(`^[A-Z][A-Z0-9]+$`).MatchString(k.Prefix) {
		t.Errorf("%s: title %v, prefix %q", k.Code, k.Title, k.Prefix)
	}
	if _, ok := k.HeaderField("date"); !ok {
		t.Errorf("%s has no date", k.Code)
	}
	if k.Plan == k.Posts() {
		t.Errorf("%s: a plan posts nothing, everything else posts", k.Code)
	}
	seen := map[string]bool{}
	for i, f := range append(append([]slip.Field{}, k.Header...), k.Lines...) {
		if i == len(k.Header) {
			seen = map[string]bool{}
		}
		if f.Key == "" || f.Label.Zh == "" || f.Label.En == "" || seen[f.Key] {
			t.Errorf("%s: field %q lacks words or stands twice", k.Code, f.Key)
		}
		seen[f.Key] = true
		if _, ok := master.ByCode(f.Ref); f.Type == slip.TypeRef && !ok {
			t.Errorf("%s: field %s refers to %q, which is no master", k.Code, f.Key, f.Ref)
		}
		if f.Type == slip.TypeChoice && len(f.Choices) == 0 {
			t.Errorf("%s: field %s has no choices", k.Code, f.Key)
		}
	}
	for _, g := range k.Lists {
		own := map[string]bool{}
		for _, f := range g.Fields {
			if f.Key == "" || f.Key == "list" || f.Label.Zh == "" || f.Label.En == "" || own[f.Key] {
				t.Errorf("%s: field %q of list %s lacks words, stands twice or is the column list itself", k.Code, f.Key, g.Key)
			}
			own[f.Key] = true
			if _, ok := master.ByCode(f.Ref); f.Type == slip.TypeRef && !ok {
				t.Errorf("%s: field %s of list %s refers to %q, which is no master", k.Code, f.Key, g.Key, f.Ref)
			}
		}
		if g.Key == "" || g.Title.Zh == "" || g.Title.En == "" || len(g.Fields) == 0 || seen["list "+g.Key] {
			t.Errorf("%s: list %q lacks words or fields, or stands twice", k.Code, g.Key)
		}
		seen["list "+g.Key] = true
	}
	if f, has := k.HeaderField(slip.CaseKey); has && f.Type != slip.TypeSource || k.Case && !k.Plan {
		t.Errorf("%s: a case is a plan, and belonging to one is typed as a number of a slip", k.Code)
	}
	for _, c := range k.Cases {
		if _, ok := ByCode(c); !ok {
			t.Errorf("%s belongs to %q, which does not exist", k.Code, c)
		}
	}
	if !k.Hidden && len(k.Paper.Hands) == 0 {
		t.Errorf("%s has nobody to sign its paper", k.Code)
	}
}

func TestEveryKind(t *testing.T) {
	codes, prefixes := map[string]bool{}, map[string]bool{}
	for _, k := range All {
		t.Run(k.Code, func(t *testing.T) { checkKind(t, k) })
		if codes[k.Code] || prefixes[k.Prefix] {
			t.Errorf("%s or its prefix %s stands twice", k.Code, k.Prefix)
		}
		codes[k.Code], prefixes[k.Prefix] = true, true
		for _, s := range k.From {
			if _, ok := ByCode(s.Kind); !ok {
				t.Errorf("%s follows from %q, which does not exist", k.Code, s.Kind)
			}
		}
		if (k.Row.Read == nil) != (k.Row.Write == nil) {
			t.Errorf("%s reads import rows of its own, or writes them, but not both", k.Code)
		}
		for _, m := range k.Matches {
			if _, ok := k.Source(m); !ok {
				t.Errorf("%s is matched with %s, but does not follow from it", k.Code, m)
			}
		}
		for _, s := range k.From {
			if src, _ := ByCode(s.Kind); s.Money && !src.Plan && len(src.Money.Opens) == 0 {
				t.Errorf("%s settles %s, which opens nothing", k.Code, s.Kind)
			}
		}
		if _, ok := ByCode(k.ReturnOf); k.ReturnOf != "" && !ok {
			t.Errorf("%s returns %q, which does not exist", k.Code, k.ReturnOf)
		}
	}
}
