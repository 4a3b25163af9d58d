package workflow

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/store"
)

// codeDigits is how many digits stand behind the prefix of a code the program gives: K00001.
const codeDigits = 5

// CodesItself tells whether a record of the type that has no code gets the next one (setting auto_codes).
func (b *Book) CodesItself(t *master.Type) bool { return b.codePrefix(t) != "" }

func (b *Book) codePrefix(t *master.Type) string {
	for _, w := range strings.Fields(b.Settings().AutoCodes) {
		if typ, prefix, _ := strings.Cut(w, ":"); typ == t.Code {
			return prefix
		}
	}
	return ""
}

// codes gives records their codes during one use case: it reads the type's codes and names once, when the first record without comes.
type codes struct {
	prefix string
	last   int
	named  map[string][]string // folded name → codes
}

func (b *Book) codes(tx *store.Tx, t *master.Type) *codes {
	c := &codes{prefix: b.codePrefix(t), named: map[string][]string{}}
	tx.Masters().Each(t.Code, func(r *master.Record) { c.add(r) })
	return c
}

// add takes a record's code and name into account.
func (c *codes) add(r *master.Record) {
	name := master.Fold(r.Get("name"))
	if code := r.Code(); !slices.Contains(c.named[name], code) {
		c.named[name] = append(c.named[name], code)
	}
	if digits, ok := strings.CutPrefix(r.Code(), c.prefix); ok && c.prefix != "" && len(digits) >= codeDigits && len(digits) < 10 {
		if n, err := strconv.Atoi(digits); err == nil {
			c.last = max(c.last, n)
		}
	}
}

// next is the code of a new record; empty: the type's codes are typed.
func (c *codes) next() string {
	if c.prefix == "" {
		return ""
	}
	return fmt.Sprintf("%s%0*d", c.prefix, codeDigits, c.last+1)
}

// find gives a row without a code that of the record of its very name, else the next one. Several of the name are a fault.
func (c *codes) find(r *master.Record) *fault.Fault {
	switch list := c.named[master.Fold(r.Get("name"))]; {
	case r.Get("name") == "":
	case len(list) == 1:
		r.Values["code"] = list[0]
	case len(list) > 1:
		return fault.New(fault.Invalid, "有 %d 条资料叫“%s”，请写编码", "%d records are called %q: say which by its code", len(list), r.Get("name")).At("code")
	default:
		if code := c.next(); code != "" {
			r.Values["code"] = code
		}
	}
	return nil
}
