package master

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

func product1(id int64, code, name string, more ...string) *Record {
	r := &Record{ID: id, Type: Products, Values: map[string]string{"code": code, "name": name, "active": "yes"}}
	for i := 0; i < len(more); i += 2 {
		r.Values[more[i]] = more[i+1]
	}
	return r
}

func shop() *Set {
	s := NewSet()
	for i, r := range []*Record{
		product1(0, "P01", "螺丝刀", "spec", "PH2×100", "barcode", "6901234567892", "initials", "lsd"),
		product1(0, "P02", "螺丝M8", "spec", "M8*20", "initials", "lsm8"),
		product1(0, "P03", "大螺丝刀", "spec", "ＰＨ２×200"),
		product1(0, "P04", "长城干红", "spec", "750ml", "name2", "Great Wall red wine"),
		product1(0, "P010", "红星 螺丝刀", "spec", "PH1x75"),
		product1(0, "P05", "老款螺丝", "active", "no"),
		product1(0, "LS-9", "Steel hammer", "barcode", "9300000000017"),
		product1(0, "P06", "重庆小面", "initials", "xm"),
	} {
		r.ID = int64(i + 1)
		s.Put(r)
	}
	return s
}

func codes(list []Match) string {
	var c []string
	for _, m := range list {
		c = append(c, m.Record.Code())
	}
	return strings.Join(c, " ")
}

func TestSearchFindsAndRanks(t *testing.T) {
	s := shop()
	for words, want := range map[string]string{
		"lsd":           "P01 P010 P03",          // initials' start, a word's start, inside
		"ls":            "LS-9 P01 P02 P010 P03", // a code starts with it as well
		"LS":            "LS-9 P01 P02 P010 P03",
		"cc":            "P04", // 长 read as in 长城, never zc first
		"zc":            "P04", // and by its other reading
		"cqxm":          "P06", // what is typed into the field does not hide the name's own reading
		"xm":            "P06",
		"螺丝":            "P01 P010 P02 P03",
		"p01":           "P01 P010", // a whole code first
		"Ｐ０１":           "P01 P010",
		"6901234567892": "P01",
		"690":           "P01",
		"m8":            "P02",
		"ph2x100":       "P01",
		"PH2*":          "P01 P03",
		"螺丝刀 ph2":       "P01 P03",
		"ph2　lsd":       "P01 P03",
		"wine great":    "P04",
		"ham":           "LS-9",
		"steelh":        "LS-9",
		"螺丝 wine":       "",
		"老款":            "", // inactive
		"":              "LS-9 P01 P010 P02 P03 P04 P06",
	} {
		if got := codes(s.Search("products", words, 10, nil)); got != want {
			t.Errorf("%q finds %s, want %s", words, got, want)
		}
	}
	uses := func(r *Record) int { return map[string]int{"P02": 5, "P03": 9}[r.Code()] }
	for words, want := range map[string]string{"ls": "P02 LS-9", "螺丝": "P02 P01", "": "P03 P02"} {
		if got := codes(s.Search("products", words, 2, uses)); got != want {
			t.Errorf("%q with the customer's use finds %s, want %s", words, got, want)
		}
	}
	if got := s.Search("customers", "a", 10, nil); len(got) != 0 {
		t.Errorf("no customers, but %v", got)
	}
}

func TestSearchMarksWhatMatched(t *testing.T) {
	s := shop()
	for words, want := range map[string]string{
		"lsd":    "initials:lsd name:螺丝刀",
		"丝刀":     "name:丝刀",
		"ph2X1":  "spec:PH2×1",
		"刀 6901": "name:刀 barcode:6901",
		"p01 sd": "code:P01 initials:sd name:丝刀",
		"screw":  "",
	} {
		var got []string
		for _, m := range s.Search("products", words, 1, nil) {
			for _, k := range m.Marks {
				got = append(got, k.Field+":"+m.Record.Get(k.Field)[k.From:k.To])
			}
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q marks %s, want %s", words, g, want)
		}
	}
	m := s.Search("products", "ph2 200", 1, nil)[0]
	if got := m.Record.Get("spec")[m.Marks[0].From:m.Marks[0].To]; got != "ＰＨ２" {
		t.Errorf("full width: %s", got)
	}
}

func TestSearchKeepsInStep(t *testing.T) {
	s := shop()
	s.Search("products", "", 1, nil)
	steps := []struct {
		do    func()
		words string
		want  string
	}{
		{func() { s.Put(product1(20, "N1", "羊角锤")) }, "yjc", "N1"},
		{func() { s.Put(product1(20, "N1", "木锤")) }, "yjc", ""},
		{func() {}, "mc", "N1"},
		{func() { s.Put(product1(20, "N1", "木锤", "active", "no")) }, "mc", ""},
		{func() { s.Put(product1(20, "N2", "木锤")) }, "mc", "N2"},
		{func() { r, _ := s.Find("products", "P01"); s.Remove(r) }, "lsd", "P010 P03"},
		{func() { r, _ := s.Find("products", "N2"); s.Remove(r) }, "mc", ""},
	}
	for i, step := range steps {
		step.do()
		if got := codes(s.Search("products", step.words, 10, nil)); got != step.want {
			t.Errorf("step %d: %q finds %s, want %s", i, step.words, got, step.want)
		}
	}
}

// A random shop, changed at random: the index answers as a look at every record does, and a rank may ask the set.
func TestSearchAnswersAsALookAtEveryRecord(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	s := NewSet()
	for range 600 {
		s.Put(randomProduct(rnd, rnd.Int64N(300)))
	}
	var all sync.WaitGroup
	for _, words := range []string{"s", "ls", "螺", "锤 1", "b0 z", ""} {
		all.Go(func() {
			var want []hit
			for _, r := range s.List("products") {
				if e := newEntry(r); e != nil {
					h := hit{entry: e, first: beginning(e.code), rank: int32(len(r.Get("spec")))}
					for _, w := range strings.Fields(words) {
						how := e.match(w)
						h.how += int32(how)
						if how == none {
							h.entry = nil
							break
						}
					}
					if h.entry != nil {
						want = append(want, h)
					}
				}
			}
			slices.SortFunc(want, hit.compare)
			got := s.Search("products", words, 12, func(r *Record) int {
				p, _ := s.Product(r.Code())
				return len(p.Get("spec"))
			})
			for i, m := range got {
				if m.Record != want[i].Record {
					t.Errorf("%q: place %d is %s, want %s", words, i, m.Record.Code(), want[i].Code())
				}
			}
			if len(got) != min(12, len(want)) || len(got) == 0 {
				t.Errorf("%q: %d of %d found", words, len(got), len(want))
			}
		})
	}
	all.Wait()
}

func randomProduct(rnd *rand.Rand, id int64) *Record {
	pick := func(list string) string { w := strings.Fields(list); return w[rnd.IntN(len(w))] }
	name := pick("红星 长城 大号 不锈钢 加长 十字 世达 得力") + pick("螺丝 螺母 垫片 扳手 锤子 钳子 电钻 卷尺 胶带 插座") + pick("刀 套装 M8 M10 组合 (盒) 加厚")
	r := product1(id+1, fmt.Sprintf("B%05d", id), name, "spec", fmt.Sprintf("%d×%d", 1+rnd.IntN(20), 10*(1+rnd.IntN(30))))
	r.Values["barcode"] = fmt.Sprintf("69%011d", rnd.Int64N(1e11))
	if rnd.IntN(20) == 0 {
		r.Values["active"] = "no"
	}
	return r
}

func BenchmarkSearch(b *testing.B) {
	rnd := rand.New(rand.NewPCG(1, 2))
	s := NewSet()
	for i := range int64(100_000) {
		s.Put(randomProduct(rnd, i))
	}
	for _, words := range []string{"s", "ls", "lsd", "螺丝", "69", "b00", "ls 10", "6912345", ""} {
		b.Run(words, func(b *testing.B) {
			s.Search("products", words, 50, nil)
			for b.Loop() {
				s.Search("products", words, 50, func(r *Record) int { return int(r.ID % 7) })
			}
		})
	}
}

func BenchmarkSearchIndex(b *testing.B) {
	rnd := rand.New(rand.NewPCG(1, 2))
	s := NewSet()
	for i := range int64(100_000) {
		s.Put(randomProduct(rnd, i))
	}
	for b.Loop() {
		delete(s.search, "products")
		s.prepare("products")
	}
}
