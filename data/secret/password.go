package secret

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"zhanggui/data/fault"
)

// How long a password and a PIN may be, in characters.
const (
	shortest, longest       = 8, 128
	shortestPIN, longestPIN = 4, 8
)

// fold makes equal what differs in case or in the width of its characters only.
func fold(s string) string {
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s)))
}

// normal is a typed secret in the one form that is hashed: a full-width keyboard writes the same password.
func normal(typed string) string { return norm.NFKC.String(typed) }

// Password says whether a new password will do for a person of that name (U3): 8 to 128 characters, not the name, none of the 200 that
// everybody uses. Of a file, the name is empty. A password that will not do is a Fault at password.
func Password(name, typed string) error {
	p := normal(typed)
	n := utf8.RuneCountInString(p)
	switch {
	case !utf8.ValidString(typed) || strings.IndexFunc(p, unicode.IsControl) >= 0:
		return fault.New(fault.Invalid, "密码里有不能输入的字符", "the password holds characters that cannot be typed").At("password")
	case n < shortest || n > longest:
		return fault.New(fault.Invalid, "密码应有 %d 到 %d 个字符，这里是 %d 个", "a password has %d to %d characters, this one %d", shortest, longest, n).At("password")
	case name != "" && Folded(p) == Folded(name):
		return fault.New(fault.Invalid, "密码不能就是用户名", "the password is the name").At("password")
	case common[fold(p)]:
		return fault.New(fault.Invalid, "这个密码人人都猜得到，请换一个", "everybody would guess this password; choose another").At("password")
	}
	return nil
}

// PIN says whether a new PIN will do: 4 to 8 digits.
func PIN(typed string) error {
	p := normal(typed)
	if len(p) < shortestPIN || len(p) > longestPIN || strings.Trim(p, "0123456789") != "" {
		return fault.New(fault.Invalid, "PIN 应为 %d 到 %d 位数字", "a PIN has %d to %d digits", shortestPIN, longestPIN).At("pin")
	}
	return nil
}
