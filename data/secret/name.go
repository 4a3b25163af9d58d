package secret

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// longestName is how many characters a user's name has at most.
const longestName = 40

// Name brings a new user's name into the form that is kept, or says why it cannot be one: 1 to 40 characters, all of them to be seen.
func Name(typed string) (string, error) {
	bad := func(zh, en string, args ...any) (string, error) {
		return "", fault.New(fault.Invalid, zh, en, args...).At("name")
	}
	if !utf8.ValidString(typed) {
		return bad("用户名不是文字", "the name is no text")
	}
	name := strings.Join(strings.Fields(norm.NFKC.String(typed)), " ")
	n := utf8.RuneCountInString(name)
	switch {
	case n < 1 || n > longestName:
		return bad("用户名应有 1 到 %d 个字符，这里是 %d 个", "a name has 1 to %d characters, this one %d", longestName, n)
	case strings.IndexFunc(name, hides) >= 0:
		return bad("用户名“%s”里有看不见的字符", "the name %q holds characters that cannot be seen", text.Short(name))
	case strings.ContainsAny(name, ",，;；、|@"):
		return bad("用户名“%s”里不能有 , ; 、 | @", "the name %q may not hold , ; | @", text.Short(name))
	}
	return name, nil
}

// hides tells of a character that nobody sees, though it makes another name.
func hides(r rune) bool { return text.Unseen(r) || !unicode.IsGraphic(r) }

// alike are letters of other scripts that people read as Latin ones, in small letters.
var alike = strings.NewReplacer(
	"а", "a", "в", "b", "е", "e", "к", "k", "м", "m", "н", "h", "о", "o", "р", "p", "с", "c", "т", "t", "у", "y", "х", "x", "і", "i", "ј", "j", "ѕ", "s", "ӏ", "l",
	"α", "a", "β", "b", "ε", "e", "ζ", "z", "η", "h", "ι", "i", "κ", "k", "μ", "m", "ν", "v", "ο", "o", "ρ", "p", "τ", "t", "υ", "y", "χ", "x")

// Folded is by what names are compared: two that people cannot tell apart are one (U6).
func Folded(name string) string {
	return alike.Replace(fold(strings.Join(strings.Fields(name), " ")))
}
