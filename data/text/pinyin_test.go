package text

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"长城": "cc", "重庆": "cq", "中国银行": "zgyh", "空调": "kt", "厦门": "xm", "弹簧": "th", "调拨": "db", "角磨机": "jmj",
		"重型": "zx", "螺丝M8": "lsm8", "Ｍ８螺栓（镀锌）": "m8lsdx", "3M 胶带 50mm×20m": "3mjd50mm20m", "长尾夹": "cwj", "加长杆": "jcg",
		"行李箱": "xlx", "汽车行李架": "qcxlj", "支行": "zh", "调味酱": "twj", "可调扳手": "ktbs", "重量": "zl", "净重": "jz", "": "", "——": "", "Café": "caf",
		"不粘锅": "bzg", "车床": "cc", "粘合剂": "zhj", "校准仪": "jzy", "给水管": "jsg", "会计凭证": "kjpz", "二氧化碳": "eyht", "嗯": "n",
		"子弹头": "zdt", "调节阀": "tjf", "胡萝卜": "hlb", "薄荷糖": "bht", "汽车行": "qch", "功率表": "glb",
	} {
		if got := Initials(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestInitialsOfFoodNames(t *testing.T) {
	f, err := os.Open("testdata/pinyin_initials.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, r := range rows[1:] {
		name, want, kind := r[0], strings.ToLower(r[1]), r[3]
		count[kind]++
		got := Initials(name)
		seen := append(strings.Fields(strings.ToLower(r[4])), want)
		switch {
		case kind == "plain" && got != want:
			t.Errorf("%s: %s, want %s", name, got, want)
		case !slices.Contains(seen, got):
			t.Errorf("%s: %s, want one of %v", name, got, seen)
		case got != want:
			t.Logf("%s: %s, properly %s", name, got, want)
		}
		if all := InitialsAll(name); !slices.Contains(all, want) {
			t.Errorf("%s: %s is not among %v", name, want, all)
		}
	}
	if count["plain"] != 300 || count["polyphone"] != 50 {
		t.Fatalf("%v names", count)
	}
}

func TestInitialsAll(t *testing.T) {
	for name, want := range map[string][]string{
		"长城": {"cc", "zc"},
		"M8": {"m8"},
		"——": nil,
	} {
		if got := InitialsAll(name); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	all := InitialsAll("重长重长重长重长")
	if len(all) != MostInitials || all[0] != "zczczczc" {
		t.Errorf("%d readings: %v", len(all), all)
	}
	if s := slices.Sorted(slices.Values(all)); len(slices.Compact(s)) != len(all) {
		t.Errorf("a reading comes twice: %v", s)
	}
}

func TestWordReadings(t *testing.T) {
	seen := map[string]bool{}
	for pair := range slices.Chunk(strings.Fields(wordReadings), 2) {
		w, initials := pair[0], pair[1]
		if utf8.RuneCountInString(w) != len(initials) {
			t.Fatalf("%s: %s has not a letter for each character", w, initials)
		}
		if seen[w] {
			t.Errorf("%s is listed twice", w)
		}
		seen[w] = true
		alone := ""
		for i, r := range []rune(w) {
			letters := initialsTable().letters(r)
			if !strings.Contains(letters, initials[i:i+1]) {
				t.Errorf("%s: no reading of %c begins with %c", w, r, initials[i])
			}
			alone += letters[:1]
		}
		if alone == initials && w != "车行李" { // which keeps 车行 out of 汽车行李架
			t.Errorf("%s %s: its characters alone say the same", w, initials)
		}
	}
}

func BenchmarkInitials(b *testing.B) {
	names := []string{"镀锌六角螺栓M8×50", "长城干红葡萄酒750ml", "角磨机100mm", "空调扇", "重型货架"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Initials(names[i%len(names)])
	}
}
