package text

import "testing"

func TestParseDateTakesTheFormsPeopleType(t *testing.T) {
	for _, s := range []string{"2026-01-31", "2026/1/31", "20260131", "2026年1月31日", " 2026.1.31 ", "2026-01-31 00:00:00", "46053"} {
		if d, err := ParseDate(s); err != nil || d != 20260131 {
			t.Errorf("ParseDate(%q) = %v, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "2026-02-30", "26-1-1", "2026-13-01", "tomorrow", "2026-1", "99999999", "11031", "460530"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", s, d)
		}
	}
}

func TestMonthsTurnTheYear(t *testing.T) {
	if m := Month(202612).Next(); m != 202701 {
		t.Error(m)
	}
	if m := Month(202601).Prev(); m != 202512 {
		t.Error(m)
	}
	if d := Month(202402).Last(); d != 20240229 {
		t.Error(d)
	}
	if n := Date(20260301).Sub(20260227); n != 2 {
		t.Error(n)
	}
}

func TestTfPutsEachLanguageIntoItsSide(t *testing.T) {
	if got := Tf("%s 剩 %d", "%s: %d left", T("螺丝", "screw"), 2); got != T("螺丝 剩 2", "screw: 2 left") {
		t.Error(got)
	}
}

func TestALanguageMayLeaveAnArgumentOut(t *testing.T) {
	for _, x := range []struct{ got, want Text }{
		{Tf("%s %s，不能审核", "%s is %[3]s and cannot be audited", "X1", "已审核", "audited"), T("X1 已审核，不能审核", "X1 is audited and cannot be audited")},
		{Tf("只能有一行", "there are %d", 3), T("只能有一行", "there are 3")},
		{Tf("%d%% 的 %.1f", "%[2]q of %[1]d", 5, "a"), T("5% 的 %!f(string=a)", `"a" of 5`)},
		{Tf("%s", "%[1]s", T("甲", "A")), T("甲", "A")},
	} {
		if x.got != x.want {
			t.Errorf("%q, want %q", x.got, x.want)
		}
	}
}

func TestWordsGoWithTheirNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0 lines of X, {a}", 1: "1 line of X, {a}", 2: "2 lines of X, {a}"} {
		if got := Tf("%d 行", "%d {line|lines} of %s, {a}", n, "X").En; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := Tf("", "up to %s %d {slip is|slips are} left, %[2]d {draft|drafts}, %s", "May", 1, "{x|y}").En; got != "up to May 1 slip is left, 1 draft, {x|y}" {
		t.Error(got)
	}
}

func TestWhatCannotBeSeen(t *testing.T) {
	for _, r := range "\u200b\u202e\ufe0f\ufeff\u00ad\u2800\x1b\n" {
		if !Unseen(r) {
			t.Errorf("U+%04X is seen", r)
		}
	}
	for _, r := range " 中é①\u3000" {
		if Unseen(r) {
			t.Errorf("U+%04X is not seen", r)
		}
	}
}
