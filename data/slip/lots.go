package slip

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"zhanggui/data/fault"
	"zhanggui/data/num"
)

// Lot 批次 is so much of one lot of a line, in base units, never below zero. A serial number 序列号 is a lot of one.
type Lot struct {
	Code string
	Qty  num.Quantity
}

// Lines say what they move of which lot in one text, kept under LotKey among their Extra; ExpiryKey says when those lots expire.
const (
	LotKey    = "lot"
	ExpiryKey = "expiry"
)

// maxLots is how many lots one line may name, maxLotCode how long a code may be.
const (
	maxLots    = 10_000
	maxLotCode = 40
)

// Lot is what the line says of its lots, as typed.
func (l *Line) Lot() string { return l.Extra[LotKey] }

// Fill writes a field the program fills in, and remembers that it was the program: what a person changed is left alone afterwards.
func (l *Line) Fill(key, value string) {
	if value == "" {
		delete(l.Extra, key)
		delete(l.Extra, key+filled)
		return
	}
	if l.Extra == nil {
		l.Extra = map[string]string{}
	}
	l.Extra[key], l.Extra[key+filled] = value, value
}

const filled = "_filled"

// Filled tells whether the field is empty or stands as the program filled it in.
func (l *Line) Filled(key string) bool {
	v := l.Extra[key]
	return v == "" || v == l.Extra[key+filled]
}

// ParseLots reads what a line of q base units (of either sign) says of its lots: `A01`, `A01:6 A02:4`, also `A01*6`, with spaces, commas
// or 、 between; one of them may leave its quantity out and has the rest. Serial numbers stand alone or as ranges, `SN001~SN010`. The
// quantities add up to q. What is wrong is a Fault at the lot.
func ParseLots(value string, q num.Quantity, serial bool) ([]Lot, error) {
	q = max(q, -q)
	var list []Lot
	open := -1
	for _, w := range strings.FieldsFunc(value, betweenLots) {
		code, qty, given, err := parseLot(w)
		if err != nil {
			return nil, err
		}
		if serial {
			if given && qty != num.QuantityOne {
				return nil, badLot("一个序列号只有一件：%s", "a serial number is one piece: %s", w)
			}
			if list, err = appendSerials(list, code, q); err != nil {
				return nil, err
			}
			continue
		}
		if strings.ContainsAny(code, "~～") {
			return nil, badLot("批号“%s”不能含 ~（它表示序列号范围）", "a lot is not named with ~, which is for ranges of serial numbers: %q", code)
		}
		if !given {
			if open >= 0 {
				return nil, badLot("有多个批号时请写数量，如 A01:6 A02:4", "of several lots give the quantities, such as A01:6 A02:4")
			}
			open = len(list)
		}
		list = append(list, Lot{code, qty})
	}
	var sum num.Quantity
	seen := map[string]bool{}
	for _, x := range list {
		if seen[x.Code] {
			return nil, badLot("%s 写了两次", "%s stands twice", x.Code)
		}
		seen[x.Code] = true
		sum += x.Qty
	}
	if open >= 0 && sum <= q {
		list[open].Qty, sum = q-sum, q
	}
	switch {
	case len(list) > 0 && serial && sum != q:
		return nil, badLot("序列号有 %d 个，数量是 %s", "%d serial numbers for a quantity of %s", len(list), q)
	case len(list) > 0 && sum != q:
		return nil, badLot("各批合计 %s，数量是 %s（基本单位）", "the lots add up to %s, the quantity is %s in base units", sum, q)
	case open >= 0 && q > 0 && list[open].Qty == 0:
		return nil, badLot("批号 %s 没有剩余数量", "nothing is left for lot %s", list[open].Code)
	}
	return list, nil
}

func badLot(zh, en string, args ...any) error {
	return fault.New(fault.Invalid, zh, en, args...).At(LotKey)
}

func betweenLots(r rune) bool { return strings.ContainsRune(" \t\r\n,，、;；", r) }

// parseLot reads CODE, CODE:QTY or CODE*QTY.
func parseLot(w string) (code string, q num.Quantity, given bool, err error) {
	code = w
	if i := strings.LastIndexAny(w, ":：*×"); i >= 0 {
		_, n := utf8.DecodeRuneInString(w[i:])
		code, given = w[:i], true
		if q, err = num.ParseQuantity(w[i+n:]); err != nil || q < 0 {
			return "", 0, false, badLot("“%s”的数量写错了，应如 A01:6", "the quantity of %q is wrong; write A01:6", w)
		}
	}
	switch {
	case code == "" || strings.ContainsAny(code, ":：*×"):
		return "", 0, false, badLot("“%s”不是批号，应如 A01 或 A01:6", "%q is no lot; write A01 or A01:6", w)
	case utf8.RuneCountInString(code) > maxLotCode && !strings.ContainsAny(code, "~～"):
		return "", 0, false, badLot("批号“%s”太长，最多 %d 字", "the lot %q is longer than %d characters", code, maxLotCode)
	}
	return code, q, given, nil
}

// appendSerials adds one serial number or a range of them; a line of none (counted, and none there) has them with nothing each.
func appendSerials(list []Lot, code string, q num.Quantity) ([]Lot, error) {
	one := num.Quantity(num.QuantityOne)
	if q == 0 {
		one = 0
	}
	from, to, isRange := strings.Cut(strings.ReplaceAll(code, "～", "~"), "~")
	if !isRange {
		return append(list, Lot{code, one}), nil
	}
	prefix, first, width := tail(from)
	prefix2, last, width2 := tail(to)
	if width == 0 || width2 == 0 || prefix != prefix2 && prefix2 != "" || last < first || width != width2 && (width > width2 || from[len(prefix)] == '0') {
		return nil, badLot("序列号范围“%s”写错了，应如 SN001~SN010", "the range of serial numbers %q is wrong; write SN001~SN010", code)
	}
	if last-first >= maxLots-int64(len(list)) {
		return nil, badLot("一行最多 %d 个序列号", "a line has %d serial numbers at most", maxLots)
	}
	for n := first; n <= last; n++ {
		list = append(list, Lot{fmt.Sprintf("%s%0*d", prefix, width, n), one})
	}
	return list, nil
}

// tail splits a code into what stands before its last digits, those, and how many they are (eighteen at most).
func tail(code string) (prefix string, n int64, width int) {
	i := len(code)
	for i > 0 && code[i-1] >= '0' && code[i-1] <= '9' && len(code)-i < 18 {
		i--
	}
	n, _ = strconv.ParseInt(code[i:], 10, 64)
	return code[:i], n, len(code) - i
}

// FormatLots writes lots so that ParseLots reads them back: one by its code alone, several with their quantities, serial numbers as
// ranges where three or more follow each other.
func FormatLots(list []Lot, serial bool) string {
	if serial {
		return formatSerials(list)
	}
	if len(list) == 1 {
		return list[0].Code
	}
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = x.Code + ":" + x.Qty.String()
	}
	return strings.Join(words, " ")
}

func formatSerials(list []Lot) string {
	codes := make([]string, len(list))
	for i, x := range list {
		codes[i] = x.Code
	}
	slices.Sort(codes)
	var words []string
	for i := 0; i < len(codes); {
		prefix, n, width := tail(codes[i])
		k := i + 1
		for ; k < len(codes) && width > 0 && codes[k] == fmt.Sprintf("%s%0*d", prefix, width, n+int64(k-i)) && len(codes[k]) == len(codes[i]); k++ {
		}
		if k-i < 3 {
			words = append(words, codes[i])
			i++
			continue
		}
		words = append(words, codes[i]+"~"+codes[k-1])
		i = k
	}
	return strings.Join(words, " ")
}

// Lots are the lots of a line as they are written, with their quantities: several without any, or a range, are serial numbers. A line that
// names none, or is written wrongly, has one of all its quantity.
func (l *Line) Lots() []Lot {
	value := l.Lot()
	bare := 0
	for _, w := range strings.FieldsFunc(value, betweenLots) {
		if !strings.ContainsAny(w, ":：*×") {
			bare++
		}
	}
	list, err := ParseLots(value, l.Base, bare > 1 || strings.ContainsAny(value, "~～"))
	if err != nil || len(list) == 0 {
		return []Lot{{strings.TrimSpace(value), max(l.Base, -l.Base)}}
	}
	return list
}
