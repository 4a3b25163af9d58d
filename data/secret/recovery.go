package secret

import "strings"

// letters of a recovery code: no I, L, O, U, which people misread.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// A code is five groups of five letters of five bits each: 125 bits.
const groups, groupLen = 5, 5

// NewCode makes a recovery code XXXXX-XXXXX-XXXXX-XXXXX-XXXXX of 125 random bits. It is shown once and kept as a Hash of Code.
func NewCode() string {
	var b strings.Builder
	for i, x := range random(groups * groupLen) {
		if i > 0 && i%groupLen == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(letters[x&31])
	}
	return b.String()
}

var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "", "–", "", "—", "")

// Code brings a typed recovery code into its one form; ok is false where it cannot be one. Case, hyphens and letters misread do not matter.
func Code(typed string) (code string, ok bool) {
	s := misread.Replace(strings.ToUpper(normal(strings.TrimSpace(typed))))
	if len(s) != groups*groupLen || strings.Trim(s, letters) != "" {
		return "", false
	}
	var parts []string
	for i := 0; i < len(s); i += groupLen {
		parts = append(parts, s[i:i+groupLen])
	}
	return strings.Join(parts, "-"), true
}
