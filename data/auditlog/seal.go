package auditlog

import "strings"

// sealLen is the length of a seal, in hex.
const sealLen = 64

// Value is one declared value of something sealed.
type Value struct{ Key, Value string }

// Values are the declared values of one thing, in the order of its declaration.
type Values []Value

// Put adds a value; an empty one is none, so that a field declared later leaves old seals as they are.
func (l *Values) Put(key, value string) {
	if value != "" {
		*l = append(*l, Value{key, value})
	}
}

// one takes a value to one line, and two values never to the same.
var oneLine = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`)

// Text is what is sealed: a line `key=value` each.
func (l Values) Text() string {
	var b strings.Builder
	for _, v := range l {
		b.WriteString(v.Key)
		b.WriteByte('=')
		b.WriteString(oneLine.Replace(v.Value))
		b.WriteByte('\n')
	}
	return b.String()
}

// Seal is the digest of the values (J4).
func (l Values) Seal() string { return Digest(l.Text()) }

// Differences are the values by which two sealed things differ, in the order of the first, then what only the second has.
func (l Values) Differences(now Values) (list []Change) {
	has := make(map[string]string, len(now))
	for _, v := range now {
		has[v.Key] = v.Value
	}
	was := make(map[string]bool, len(l))
	for _, v := range l {
		was[v.Key] = true
		if has[v.Key] != v.Value {
			list = append(list, Change{Field: v.Key, Before: v.Value, After: has[v.Key]})
		}
	}
	for _, v := range now {
		if !was[v.Key] {
			list = append(list, Change{Field: v.Key, After: v.Value})
		}
	}
	return list
}
