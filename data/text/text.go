// Package text holds words in both languages and the calendar: Text (中文 and English side by side), Lang, Date.
// Pinyin initials 助记码 are made here too. It never formats figures (see num) and knows no slips.
package text

import "fmt"

// Lang is a language of the program: Zh or En.
type Lang string

// The two languages.
const (
	Zh Lang = "zh"
	En Lang = "en"
)

// Text is one phrase in both languages.
type Text struct{ Zh, En string }

// T makes a Text.
func T(zh, en string) Text { return Text{zh, en} }

// Tf makes a Text by formatting both sides with the same arguments. An argument that is a Text is put in
// each side's own language.
func Tf(zh, en string, args ...any) Text {
	z, e := make([]any, len(args)), make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(Text); ok {
			z[i], e[i] = t.Zh, t.En
			continue
		}
		z[i], e[i] = a, a
	}
	return Text{fmt.Sprintf(zh, z...), fmt.Sprintf(en, e...)}
}

// In returns the phrase in the language; anything but Zh is English.
func (t Text) In(l Lang) string {
	if l == Zh {
		return t.Zh
	}
	return t.En
}

// Empty tells whether there are no words at all.
func (t Text) Empty() bool { return t.Zh == "" && t.En == "" }
