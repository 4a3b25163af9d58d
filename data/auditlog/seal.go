package auditlog

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// sealLen is the length of a seal, in hex.
const sealLen = 64

// Value is one declared value of something sealed: of the thing itself, of its line No, or of row No of its list In.
type Value struct {
	In         string
	No         int
	Key, Value string
}

// Name is the value's key with its place: remark, 2.qty, checks.1.result.
func (v Value) Name() string { return string(v.name(nil)) }

func (v Value) name(b []byte) []byte {
	if v.In != "" {
		b = append(append(b, v.In...), '.')
	}
	if v.No > 0 {
		b = append(strconv.AppendInt(b, int64(v.No), 10), '.')
	}
	return append(b, v.Key...)
}

// Values are the declared values of one thing, in the order of its declaration.
type Values []Value

// Put adds a value; an empty one is none, so that a field declared later leaves old seals as they are.
func (l *Values) Put(key, value string) { l.put(Value{Key: key, Value: value}) }

func (l *Values) put(v Value) {
	if v.Value != "" {
		*l = append(*l, v)
	}
}

// oneLine takes a value to one line, and two values never to the same.
var oneLine = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`)

// Text is what is sealed: a line `key=value` each.
func (l Values) Text() string { return string(l.text()) }

func (l Values) text() []byte {
	b := make([]byte, 0, 24*len(l))
	for _, v := range l {
		b = append(v.name(b), '=')
		if strings.ContainsAny(v.Value, "\\\n\r") {
			b = append(b, oneLine.Replace(v.Value)...)
		} else {
			b = append(b, v.Value...)
		}
		b = append(b, '\n')
	}
	return b
}

// Seal is the digest of the values (J4).
func (l Values) Seal() string {
	sum := sha256.Sum256(l.text())
	return hex.EncodeToString(sum[:])
}

// Differences are the values by which two sealed things differ, in the order of the first, then what only the second has.
func (l Values) Differences(now Values) (list []Change) {
	has := make(map[string]string, len(now))
	for _, v := range now {
		has[v.Name()] = v.Value
	}
	was := make(map[string]bool, len(l))
	for _, v := range l {
		name := v.Name()
		was[name] = true
		if has[name] != v.Value {
			list = append(list, v.change(v.Value, has[name]))
		}
	}
	for _, v := range now {
		if !was[v.Name()] {
			list = append(list, v.change("", v.Value))
		}
	}
	return list
}

// change is what became of the value.
func (v Value) change(before, after string) Change {
	return Change{List: v.In, Line: v.No, Field: v.Key, Before: before, After: after}
}
