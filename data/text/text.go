// Package text holds words in both languages and the calendar: Text (中文 and English side by side), Lang, Date.
// Pinyin initials 助记码 are made here too. It never formats figures (see num) and knows no slips.
package text

import (
	"fmt"
	"regexp"
	"strconv"
)

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
// each side's own language. Words that go with a number stand as {one|many} behind its verb: "%d {line|lines}".
func Tf(zh, en string, args ...any) Text {
	z, e := make([]any, len(args)), make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(Text); ok {
			z[i], e[i] = t.Zh, t.En
			continue
		}
		z[i], e[i] = a, a
	}
	en = numbered(en, e)
	return Text{fmt.Sprintf(zh, z[:min(len(z), used(zh))]...), fmt.Sprintf(en, e[:min(len(e), used(en))]...)}
}

var choice = regexp.MustCompile(`\{([^{}|]*)\|([^{}|]*)\}`)

// numbered takes of each {one|many} in a format what goes with the argument of the last verb before it.
func numbered(format string, args []any) string {
	at := choice.FindAllStringSubmatchIndex(format, -1)
	for i := len(at) - 1; i >= 0; i-- {
		m := at[i]
		n, last := 0, -1
		for _, v := range verb.FindAllStringSubmatch(format[:m[0]], -1) {
			if v[3] == "%" {
				continue
			}
			last, n = n, n+1
			if x, err := strconv.Atoi(v[1]); err == nil {
				last, n = x-1, x
			}
		}
		word := format[m[4]:m[5]]
		if last >= 0 && last < len(args) && fmt.Sprint(args[last]) == "1" {
			word = format[m[2]:m[3]]
		}
		format = format[:m[0]] + word + format[m[1]:]
	}
	return format
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+# 0-9.]*(?:\[(\d+)\])?([a-zA-Z%])`)

// used is how many of its arguments a format speaks of: what one language has no word for, the other may have.
func used(format string) int {
	n, most := 0, 0
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[3] == "%" {
			continue
		}
		n++
		for _, at := range m[1:3] {
			if i, err := strconv.Atoi(at); err == nil {
				n = i
			}
		}
		most = max(most, n)
	}
	return most
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
