package num

import "strings"

const digitWords = "零壹贰叁肆伍陆柒捌玖"

// Words returns the amount in words 金额大写 as banks and vouchers write it, without a leading 人民币:
// 12018.68 is 壹万贰仟零壹拾捌元陆角捌分. Rules: 正确填写票据和结算凭证的基本规定; where the rule
// leaves a choice (元 ending in 0 before 角) no 零 is written.
func Words(a Amount) string {
	if a == 0 {
		return "零元整"
	}
	var b strings.Builder
	if a < 0 {
		b.WriteString("负")
	}
	v := abs(int64(a))
	yuan, jiao, fen := v/100, v/10%10, v%10
	if yuan > 0 {
		b.WriteString(wholeWords(yuan))
		b.WriteString("元")
	}
	switch {
	case jiao == 0 && fen == 0:
		b.WriteString("整")
	case fen == 0:
		b.WriteString(digitWord(jiao) + "角整")
	case jiao == 0:
		if yuan > 0 {
			b.WriteString("零")
		}
		b.WriteString(digitWord(fen) + "分")
	default:
		b.WriteString(digitWord(jiao) + "角" + digitWord(fen) + "分")
	}
	return b.String()
}

func digitWord(d uint64) string { return string([]rune(digitWords)[d]) }

// wholeWords writes a whole number by groups of four: 万 and 亿; 万亿 for the fourth group.
func wholeWords(n uint64) string {
	units := []string{"", "万", "亿", "万亿", "亿亿"}
	var groups []uint64
	for ; n > 0; n /= 10_000 {
		groups = append(groups, n%10_000)
	}
	var b strings.Builder
	gap := false
	for i := len(groups) - 1; i >= 0; i-- {
		g := groups[i]
		if g == 0 {
			gap = b.Len() > 0
			// 亿 is spoken even if its own group is empty after 万亿
			if i == 2 && len(groups) > 3 && !strings.HasSuffix(b.String(), "亿") {
				b.WriteString("亿")
			}
			continue
		}
		if b.Len() > 0 && (gap || g < 1000) {
			b.WriteString("零")
		}
		gap = false
		b.WriteString(groupWords(g))
		switch {
		case i == 3 && groups[2] != 0:
			b.WriteString("万") // 壹万零壹亿: the 亿 comes with the next group
		default:
			b.WriteString(units[i])
		}
	}
	return b.String()
}

func groupWords(g uint64) string {
	units := []string{"仟", "佰", "拾", ""}
	div := uint64(1000)
	var b strings.Builder
	gap := false
	for i := range 4 {
		d := g / div % 10
		div /= 10
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteString("零")
			gap = false
		}
		b.WriteString(digitWord(d) + units[i])
	}
	return b.String()
}
