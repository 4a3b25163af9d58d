package slip

import (
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// 60 characters are a code, 61 are not; a Chinese character is one, whatever it takes in bytes.
func TestLongValuesAreRefused(t *testing.T) {
	for _, c := range []struct {
		f    Field
		most int
	}{{Field{Key: "code"}, 60}, {Field{Key: "barcode"}, 60}, {Field{Key: "supplier", Type: TypeRef, Ref: "suppliers"}, 60}, {Field{Key: "name"}, 200}, {Field{Key: "brand"}, 200},
		{Field{Key: "remark"}, 2000}, {Field{Key: "address"}, 2000}} {
		if v, err := Check(c.f, strings.Repeat("螺", c.most)); err != nil || len(v) != 3*c.most {
			t.Errorf("%s of %d characters: %v", c.f.Key, c.most, err)
		}
		_, err := Check(c.f, strings.Repeat("螺", c.most+1))
		if list := fault.Of(err); len(list) != 1 || list[0].Field != c.f.Key || len(list[0].Text.Zh) > 300 {
			t.Errorf("%s of %d characters: %v", c.f.Key, c.most+1, err)
		}
	}
}

func TestWhatCannotBeSeenIsRefusedInCodesAndTakenOutElsewhere(t *testing.T) {
	for _, c := range []string{"\u200b", "\u202e", "\ufeff", "\u00ad", "\x1b", "\x01", "\n", "\u2066", "\u2060"} {
		if _, err := Check(Field{Key: "code"}, "Q"+c+"7"); !fault.Is(err, fault.Invalid) {
			t.Errorf("the code Q%+q7 is taken: %v", c, err)
		}
		v, err := Check(Field{Key: "name"}, "铰"+c+"链"+c)
		if want := map[bool]string{true: "铰 链", false: "铰链"}[c == "\n"]; err != nil || v != want {
			t.Errorf("the name 铰%+q链 becomes %q, want %q (%v)", c, v, want, err)
		}
	}
	if v, err := Check(Field{Key: "remark"}, "一\r\n二\t三\u200b"); err != nil || v != "一\n二\t三" {
		t.Errorf("a remark of two lines becomes %q, %v", v, err)
	}
	for _, f := range []Field{{Key: "product", Type: TypeRef}, {Key: "unit", Type: TypeUnit}, {Key: LotKey}} {
		var l Line
		if err := l.Set(f, "Q\u200b7"); !fault.Is(err, fault.Invalid) || l.Product+l.Unit+l.Lot() != "" {
			t.Errorf("%s: %v, %+v", f.Key, err, l)
		}
	}
}

// What stands in an older book may be written over itself, not typed anew.
func TestAValueOfAnOlderBookStands(t *testing.T) {
	d := &Doc{Remark: strings.Repeat("x", 3000)}
	if err := d.Set(Field{Key: "remark"}, d.Remark); err != nil || len(d.Remark) != 3000 {
		t.Error(err)
	}
	if err := d.Set(Field{Key: "remark"}, d.Remark+"y"); err == nil || len(d.Remark) != 3000 {
		t.Error("a longer one was taken")
	}
}

func TestAMessageShowsTheBeginningOfALongText(t *testing.T) {
	for in, want := range map[string]string{"abc": "abc", strings.Repeat("螺", 1<<20): strings.Repeat("螺", 30) + "…", "a\x1b[2Jb": "a[2Jb"} {
		if got := text.Short(in); got != want {
			t.Errorf("%.20q… is shown as %q", in, got)
		}
	}
}
