package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// standAs puts a slip into a status that only chains of approval give.
func standAs(t testing.TB, b *workflow.Book, ref string, s slip.Status) {
	t.Helper()
	d, err := b.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Tamper(func(tx *store.Tx) error { return tx.SetStatus(d.ID, s, "") }); err != nil {
		t.Fatal(err)
	}
}

func set(t testing.TB, b *workflow.Book, ref string, version int64, changes ...workflow.Change) (fault.List, error) {
	t.Helper()
	_, warnings, err := b.Change(ref, version, changes)
	return warnings, err
}

func TestFieldsOfADraftAreSet(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "slips", goods, "delivery,d1,2026-01-05,C,W1,,A,2,20,,no", "delivery,d1,2026-01-05,C,W1,,B,1,9,,no")
	if _, err := set(t, b, "d1", 0, workflow.Change{Key: "remark", Value: "急"}, workflow.Change{Line: 1, Key: "qty", Value: "3"}, workflow.Change{Line: 1, Key: "price", Value: "19"}, workflow.Change{Line: 2, Key: "unit", Value: "个"}); err != nil {
		t.Fatal(err)
	}
	d, _ := b.Load("d1")
	if d.Remark != "急" || d.Lines[0].Net != 5700 || d.Net != 6600 || d.Version != 2 {
		t.Errorf("%q, %s, %s, version %d", d.Remark, d.Lines[0].Net, d.Net, d.Version)
	}
	// another product brings its own price, unless one is said beside it, wherever it stands
	if _, err := set(t, b, "d1", 2, workflow.Change{Line: 2, Key: "price", Value: "21.5"}, workflow.Change{Line: 2, Key: "product", Value: "A"}); err != nil {
		t.Fatal(err)
	}
	if d, _ = b.Load("d1"); d.Lines[1].Product != "A" || d.Lines[1].Price != 21_500_000 {
		t.Errorf("%s at %s", d.Lines[1].Product, d.Lines[1].Price)
	}
	// 2 boxes of 100
	if _, err := set(t, b, "d1", 0, workflow.Change{Line: 1, Key: "unit", Value: "盒"}, workflow.Change{Line: 1, Key: "qty", Value: "2"}); err != nil {
		t.Fatal(err)
	}
	if d, _ = b.Load("d1"); d.Lines[0].Base.String() != "200" {
		t.Error(d.Lines[0].Base)
	}
	for _, x := range []struct {
		version int64
		c       workflow.Change
		code    fault.Code
	}{{2, workflow.Change{Key: "remark", Value: "x"}, fault.Conflict}, {0, workflow.Change{Key: "colour", Value: "x"}, fault.Usage}, {0, workflow.Change{Key: "gross", Value: "1"}, fault.Usage},
		{0, workflow.Change{Line: 3, Key: "qty", Value: "1"}, fault.NotFound}, {0, workflow.Change{Line: 1, Key: "qty", Value: "many"}, fault.Invalid}, {0, workflow.Change{Key: "party", Value: ""}, fault.Invalid}} {
		if _, err := set(t, b, "d1", x.version, x.c); !fault.Is(err, x.code) {
			t.Errorf("%+v: %v", x.c, err)
		}
	}
	if again, _ := b.Load("d1"); again.Version != d.Version || again.Party != "C" {
		t.Error("a refusal changed it")
	}
}

// What was submitted or approved counts among the slips that wait to be audited, changes as a draft does, and becomes one by it.
func TestAnApprovedSlipBecomesADraftWhenChanged(t *testing.T) {
	b := open(t, workflow.Settings{Negative: "allow"})
	load(t, b, "slips", goods, "delivery,d1,2026-01-05,C,W1,,A,2,20,,no", "delivery,d2,2026-01-06,C,W1,,A,1,20,,no")
	for _, s := range []slip.Status{slip.Submitted, slip.Approved} {
		standAs(t, b, "d1", s)
		l, err := b.List(inquiry.Filter{Status: []slip.Status{s}}, inquiry.Sorting{})
		if err != nil || l.Count != 1 || l.Drafts != 1 {
			t.Errorf("%s: %d listed, %d of them drafts, %v", s, l.Count, l.Drafts, err)
		}
		if n, err := b.DraftsUntil(202601); n != 2 || err != nil {
			t.Errorf("%s: %d wait, %v", s, n, err)
		}
		warnings, err := set(t, b, "d1", 0, workflow.Change{Key: "remark", Value: string(s)})
		if err != nil || len(warnings) != 1 || !strings.Contains(warnings[0].Error(), "draft again") {
			t.Error(s, warnings, err)
		}
		if d, _ := b.Load("d1"); d.Status != slip.Draft || d.Remark != string(s) {
			t.Error(d.Status, d.Remark)
		}
	}
	standAs(t, b, "d1", slip.Approved)
	if _, err := b.Audit("d1"); err != nil {
		t.Error(err)
	}
	proved(t, b)
	if err := b.Submit("d2"); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "needs no approval") {
		t.Error(err)
	}
	if err := b.Submit("d1"); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "is audited") {
		t.Error(err)
	}
	if slip.Approved.Label() != text.T("已批准", "Approved") {
		t.Error(slip.Approved.Label())
	}
}

// withFields gives a kind more fields for the time of a test.
func withFields(t *testing.T, k *slip.Kind, head, line []slip.Field) {
	h, l := k.Header, k.Lines
	t.Cleanup(func() { k.Header, k.Lines = h, l })
	k.Header, k.Lines = append(slices.Clone(h), head...), append(slices.Clone(l), line...)
}

// A Live field is changed on an audited slip: nothing is posted anew, the version rises, the log says it; everything else stays shut.
func TestALiveFieldChangesAfterAudit(t *testing.T) {
	withFields(t, kinds.Delivery, []slip.Field{{Key: "signed_by", Label: text.T("签收人", "Signed by"), Live: true}, {Key: "driver", Label: text.T("司机", "Driver"), Type: slip.TypeRef, Ref: "employees", Live: true}},
		[]slip.Field{{Key: "checked", Label: text.T("验货", "Checked"), Type: slip.TypeBool, Live: true}})
	b := open(t, workflow.Settings{Negative: "allow"})
	load(t, b, "slips", goods, "delivery,d1,2026-01-05,C,W1,,A,2,20,,yes")
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	before := posted(t, b, "d1")
	if _, err := set(t, b, "d1", 0, workflow.Change{Key: "signed_by", Value: "老周"}, workflow.Change{Line: 1, Key: "checked", Value: "是"}); err != nil {
		t.Fatal(err)
	}
	d, _ := b.Load("d1")
	if d.Get("signed_by") != "老周" || d.Lines[0].Get("checked") != "yes" || d.Status != slip.Audited || d.Version != 3 {
		t.Errorf("%q %q %s, version %d", d.Get("signed_by"), d.Lines[0].Get("checked"), d.Status, d.Version)
	}
	if _, err := set(t, b, "d1", 0, workflow.Change{Key: "signed_by", Value: "老周"}); err != nil {
		t.Fatal(err)
	}
	if d, _ = b.Load("d1"); d.Version != 3 {
		t.Error("nothing changed, and the version is", d.Version)
	}
	if now := posted(t, b, "d1"); now != before {
		t.Errorf("posted %s, now %s", before, now)
	}
	for _, c := range []workflow.Change{{Key: "remark", Value: "x"}, {Line: 1, Key: "qty", Value: "1"}, {Key: "driver", Value: "nobody"}} {
		if _, err := set(t, b, "d1", 0, c); err == nil {
			t.Errorf("%s is set on an audited slip", c.Key)
		}
	}
	if _, err := set(t, b, "d1", 2, workflow.Change{Key: "signed_by", Value: "小李"}); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
	proved(t, b)
}

// What is changed without posting anew may not have a column that posting reads.
func TestLiveFieldsPostNothing(t *testing.T) {
	for _, k := range kinds.All {
		d, l := &slip.Doc{}, &slip.Line{}
		for _, f := range k.Header {
			if f.Live && (d.Set(f, "1") != nil || d.Extra[f.Key] == "") {
				t.Errorf("%s.%s is Live and has a place of its own", k.Code, f.Key)
			}
		}
		for _, f := range k.Lines {
			if f.Live && (l.Set(f, "1") != nil || l.Extra[f.Key] == "") {
				t.Errorf("%s.%s of lines is Live and has a place of its own", k.Code, f.Key)
			}
		}
	}
}
