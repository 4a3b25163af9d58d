package text

import (
	"strings"
	"testing"
)

// What is typed, the name, and the characters it means; none where it means nothing of it.
func TestSpells(t *testing.T) {
	for _, x := range []struct{ typed, name, want string }{
		{"dayin", "打印", "打印"}, {"dyin", "打印", "打印"}, {"dy", "打印", "打印"}, {"day", "打印", "打印"}, {"da", "打印", "打"},
		{"yin", "打印", "印"}, {"ayin", "打印", ""}, {"dayinx", "打印", ""},
		{"jiezhang", "月末结账…", "结账"}, {"jzhang", "月末结账…", "结账"},
		{"luosi", "镀锌螺丝 M8×30", "螺丝"}, {"luosim8", "镀锌螺丝 M8×30", "螺丝 M8"}, {"luosim830", "镀锌螺丝 M8×30", "螺丝 M8×30"}, {"xinls", "镀锌螺丝", "锌螺丝"},
		{"changcheng", "长城干红", "长城"}, {"zhangcheng", "长城干红", "长城"}, {"lv", "绿茶", "绿"}, {"lvcha", "绿茶", "绿茶"},
		{"xian", "西安", "西安"}, {"drill", "Electric Drill", "Drill"}, {"", "打印", ""},
	} {
		from, to, ok := Spells(x.name, x.typed)
		if got := x.name[from:to]; got != x.want || ok != (x.want != "") {
			t.Errorf("%q spells %q of %q, want %q", x.typed, got, x.name, x.want)
		}
	}
	if _, _, ok := Spells(strings.Repeat("安", 200), strings.Repeat("a", 200)+"x"); ok {
		t.Error("a long name spells what it has not")
	}
}

func BenchmarkSpells(b *testing.B) {
	for b.Loop() {
		Spells("镀锌六角头螺栓 M10×40", "chuikuai")
	}
}
