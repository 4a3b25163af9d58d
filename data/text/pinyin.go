package text

import (
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// words whose single characters mislead; a longer word goes before its parts.
var words = map[string]string{"长城": "cc", "重庆": "cq", "银行": "yh", "空调": "kt", "厦门": "xm", "弹簧": "th", "调拨": "db", "调和": "th",
	"重型": "zx", "重钢": "zg", "长沙": "cs", "长春": "cc", "行李": "xl", "弹性": "tx", "调节": "tj", "调速": "ts", "一行": "yh"}

var (
	initialOnce  sync.Once
	initialTable map[rune]byte
)

func initialOf(r rune) byte {
	initialOnce.Do(func() {
		initialTable = make(map[rune]byte, len(pinyin.PinyinDict))
		args := pinyin.NewArgs()
		args.Style = pinyin.FirstLetter
		for code := range pinyin.PinyinDict {
			if p := pinyin.SinglePinyin(rune(code), args); len(p) > 0 && p[0] != "" {
				initialTable[rune(code)] = p[0][0]
			}
		}
	})
	return initialTable[r]
}

// Initials returns the pinyin initials 助记码 of a name in lower case; letters and digits are kept: 螺丝M8 is lsm8.
func Initials(name string) string {
	var b strings.Builder
	rs := []rune(name)
	for i := 0; i < len(rs); i++ {
		if i+1 < len(rs) {
			if w, ok := words[string(rs[i:i+2])]; ok {
				b.WriteString(w)
				i++
				continue
			}
		}
		switch r := unicode.ToLower(rs[i]); {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r > 127:
			if c := initialOf(r); c >= 'a' && c <= 'z' {
				b.WriteByte(c)
			}
		}
	}
	return b.String()
}
