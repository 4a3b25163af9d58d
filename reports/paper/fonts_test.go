package paper

import (
	"slices"
	"strings"
	"testing"

	"zhanggui/assets"
	"zhanggui/data/text"
)

func TestWrapping(t *testing.T) {
	for _, c := range []struct {
		in   string
		room float64
		want string
	}{
		{"重型膨胀螺栓（国标）", 18, "重型膨胀螺|栓（国标）"}, // five characters of 3.175 fit
		{"一二三四五，六", 16, "一二三四|五，六"},       // the comma takes 五 along
		{"一二三四五）六", 16, "一二三四|五）六"},
		{"一二三四（五六）", 16, "一二三四|（五六）"},    // an opening bracket does not end a line
		{"螺栓 M12×120", 17, "螺栓|M12×120"}, // a Latin run stays whole
		{"灯 2×18W 白", 12, "灯|2×18W|白"},
		{"pipe DN25, 4 m", 15, "pipe|DN25,|4 m"}, // number and unit stay together
		{"copper 2.5 mm², red", 21, "copper|2.5 mm², red"},
		{"T8 tubes", 10, "T8|tubes"}, // T8 is no number
		{"", 10, ""},
		{"AAAAAAAAAAAAAAAAAAAA", 10, "AAAAA|AAAAA|AAAAA|AAAAA"}, // a run longer than the line breaks inside
	} {
		lines := wrap(c.in, 9, false, c.room)
		if got := strings.Join(lines, "|"); got != c.want {
			t.Errorf("%q in %v: %q, want %q", c.in, c.room, got, c.want)
		}
		if strings.Join(strings.Fields(strings.Join(lines, "")), "") != strings.Join(strings.Fields(c.in), "") {
			t.Errorf("%q lost characters: %q", c.in, lines)
		}
		for _, l := range lines {
			if width(l, 9, false) > c.room+0.001 {
				t.Errorf("%q is longer than %v", l, c.room)
			}
		}
	}
}

func TestEnglishHandsHaveRoom(t *testing.T) {
	v := delivery()
	v.Lang, v.Company, v.Title, v.Lines, v.Remark = text.En, hengtaiEn, "Delivery note", hardware(true), ""
	v.Signatures = []Signature{{"Prepared by", "Zhou Ting", 0}, {"Audited by", "Li Min", 0}, {"Issued by", "", 0}, {"Carrier", "", 0}, {"Received by (name, date, stamp)", "", 0}}
	for _, o := range layout(t, v)[0].ops {
		switch {
		case o.kind == 't' && o.text == "Zhou Ting" && o.size != 9:
			t.Errorf("a name is shrunk to %v", o.size)
		case o.kind == 'l' && o.y > 120 && o.w-o.x < 13:
			t.Errorf("a line for the pen is only %.1f long", o.w-o.x)
		case o.kind == 't' && o.text == hengtaiEn.Name && o.x+width(o.text, o.size, true) > 163:
			t.Error("the company runs into the bar code")
		}
	}
}

func TestFullWidthMarks(t *testing.T) {
	for in, want := range map[string]string{"收货人签字(盖章)": "收货人签字（盖章）", "VAT (13%)": "VAT (13%)", "备注:": "备注：", "A4 (210)": "A4 (210)"} {
		if got := full(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestWhatTheFontLacks(t *testing.T) {
	for in, want := range map[string]string{"𠮷野家": "𠮷野家", "好😀": "好〓", "ýňńžťčąęł": "ýňńžťčąęł", "\uE000": "〓", "a\tb\nc": "a b c", "镕喆": "镕喆", "√①☐": "√①〓"} {
		got := safe(in)
		if in == "√①☐" {
			if strings.ContainsRune(got, '☐') && faces()[0].advance['☐'] == absent {
				t.Errorf("%q: %q", in, got)
			}
			continue
		}
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	v := delivery()
	v.Lines[0].Name, v.Company.Name = "𠮷😀", "𠮷公司"
	if _, err := PDF(v); err != nil {
		t.Error(err)
	}
}

func TestCutFontsMeasureLikeTheFullOnes(t *testing.T) {
	full, fullBold := faces()[0], faces()[1]
	bold := readFace(assets.ScreenBold())
	n := 0
	for r, a := range cutFace().advance {
		if a == absent {
			continue
		}
		n++
		if a != full.advance[r] || bold.advance[r] != fullBold.advance[r] {
			t.Fatalf("%c is %d wide, in the full font %d", r, a, full.advance[r])
		}
	}
	common := func(s string) bool {
		l, err := look(func(f func(*page) error) error { return f(&page{ops: []op{{text: s}}}) })
		return err == nil && !l.rare
	}
	if n < 8000 || common("镕㐱") || !common("江城市恒泰 ABC①") {
		t.Errorf("%d characters in the cut font", n)
	}
}

// The table of characters keeps its length, whatever is named in it, and names as many as fit.
func TestCharactersBeyondSixteenBitsAreNamed(t *testing.T) {
	l, err := look(func(f func(*page) error) error { return f(&page{ops: []op{{text: "𠮷a"}, {text: "𠮷𠀋"}}}) })
	if err != nil {
		t.Fatal(err)
	}
	list := beyond(l.used)
	if len(list) != 2 || list[0] != '𠀋' {
		t.Fatalf("%c", list)
	}
	for n := range 12 {
		many := slices.Repeat(list[:1], n+1)
		table := string(characters(many, 348))
		if len(table) != 348 || !strings.HasSuffix(strings.TrimRight(table, " "), "end end") || !strings.Contains(table, "<D840DC0B>") {
			t.Errorf("%d characters: %q", n+1, table)
		}
	}
}
