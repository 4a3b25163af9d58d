package slip

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// How many characters a value may have: window, slips, masters and imports obey, because all of them take a value through Set or
// Canonical. What an older book holds beyond them stays as it is until somebody types it anew.
const (
	MostCode   = 60      // codes, numbers, units
	MostName   = 200     // names and every other text
	MostRemark = 2_000   // remarks, addresses, reasons
	mostList   = 500_000 // texts that list things, such as 10,000 serial numbers on one line
)

// remarks are the fields where people write sentences; they alone may have line breaks and tabs.
var remarks = map[string]bool{"remark": true, "line_remark": true, "address": true, CountRange: true, "terms_zh": true, "terms_en": true}

// lists are the fields that name any number of things.
var lists = map[string]bool{LotKey: true, "match": true, "allocations": true}

// codes are the fields that tell one thing from another without being references.
var codes = map[string]bool{"code": true, "number": true, "external_no": true, "barcode": true, "kind": true, "party": true, "to_party": true,
	"warehouse": true, "to_warehouse": true, "account": true, "to_account": true, "employee": true, "product": true, "line_party": true, "line_account": true}

// IsCode tells whether the field tells one thing from another: what cannot be seen is refused there, elsewhere it is taken out.
func (f Field) IsCode() bool {
	switch f.Type {
	case TypeRef, TypeSource, TypeUnit:
		return true
	}
	return codes[f.Key] || lists[f.Key]
}

// Most is how many characters a value of the field may have.
func (f Field) Most() int {
	switch {
	case remarks[f.Key]:
		return MostRemark
	case lists[f.Key]:
		return mostList
	case f.IsCode():
		return MostCode
	}
	return MostName
}

// errUnseen: the character is the place of the first that cannot be seen.
type errUnseen rune

func (errUnseen) Error() string { return "a character that cannot be seen" }

var errLong = errors.New("too long")

// clean is a typed text as the field may hold it: without what cannot be seen, not too long. In a code the first such character is
// an error: two codes that look the same would be two products.
func clean(f Field, value string) (string, error) {
	value = strings.TrimSpace(value)
	if plain(value) && len(value) <= MostCode {
		return value, nil
	}
	if f.IsCode() {
		for _, r := range value {
			if text.Unseen(r) {
				return "", errUnseen(r)
			}
		}
	} else {
		value = strings.TrimSpace(text.Seen(value, remarks[f.Key]))
	}
	if len(value) > f.Most() && utf8.RuneCountInString(value) > f.Most() {
		return "", errLong
	}
	return value, nil
}

// plain tells of a text of ordinary ASCII characters.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// TooMuch tells whether a text is refused for its characters or its length, which is its own word: TooMuch in the fault's words; nil for
// every other text.
func TooMuch(f Field, value string) *fault.Fault {
	if _, err := clean(f, value); err != nil {
		return tooMuch(f, strings.TrimSpace(value), err)
	}
	return nil
}

// tooMuch words what clean refuses.
func tooMuch(f Field, value string, err error) *fault.Fault {
	var unseen errUnseen
	switch {
	case errors.As(err, &unseen) && unicode.IsControl(rune(unseen)):
		return fault.New(fault.Invalid, "“%s”含有控制字符 U+%04[2]X，请重新输入", "%q contains the control character U+%04[2]X; type it anew", text.Short(value), rune(unseen)).At(f.Key)
	case errors.As(err, &unseen):
		return fault.New(fault.Invalid, "“%s”含有看不见的字符 U+%04[2]X，请重新输入", "%q contains the invisible character U+%04[2]X; type it anew", text.Short(value), rune(unseen)).At(f.Key)
	}
	return fault.New(fault.Invalid, "“%s”有 %d 字，最多 %d 字", "%q has %d characters, more than %d", text.Short(value), utf8.RuneCountInString(value), f.Most()).At(f.Key)
}
