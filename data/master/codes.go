package master

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// codeDigits is how many digits stand behind the prefix of a code the program gives: K00001.
const codeDigits = 5

// Codes gives records their codes during one use case: it reads the type's codes and names once, when the first record without comes.
type Codes struct {
	prefix string
	last   int
	named  map[string][]string // folded name → codes
}

// NewCodes reads the codes and names of a type; prefix is that of the codes it gives, empty where they are typed.
func NewCodes(set *Set, t *Type, prefix string) *Codes {
	c := &Codes{prefix: prefix, named: map[string][]string{}}
	set.Each(t.Code, func(r *Record) { c.Add(r) })
	return c
}

// Add takes a record's code and name into account.
func (c *Codes) Add(r *Record) {
	name := Fold(r.Get("name"))
	if code := r.Code(); !slices.Contains(c.named[name], code) {
		c.named[name] = append(c.named[name], code)
	}
	if digits, ok := strings.CutPrefix(r.Code(), c.prefix); ok && c.prefix != "" && len(digits) >= codeDigits && len(digits) < 10 {
		if n, err := strconv.Atoi(digits); err == nil {
			c.last = max(c.last, n)
		}
	}
}

// Next is the code of a new record; empty: the type's codes are typed.
func (c *Codes) Next() string {
	if c.prefix == "" {
		return ""
	}
	return fmt.Sprintf("%s%0*d", c.prefix, codeDigits, c.last+1)
}

// Find gives a row without a code that of the record of its very name, else the next one. Several of the name are a fault.
func (c *Codes) Find(r *Record) *fault.Fault {
	switch list := c.named[Fold(r.Get("name"))]; {
	case r.Get("name") == "":
	case len(list) == 1:
		r.Values["code"] = list[0]
	case len(list) > 1:
		return fault.New(fault.Invalid, "有 %d 条资料叫“%s”，请写编码", "%d records are called %q: say which by its code", len(list), r.Get("name")).At("code")
	default:
		if code := c.Next(); code != "" {
			r.Values["code"] = code
		}
	}
	return nil
}

// CheckCodes refuses a product whose code or bar code is another's: both are what a scanner reads, so they are one space. What stood so
// before may stay until it is changed. except tells of products not to look at.
func (s *Set) CheckCodes(old, r *Record, except func(*Record) bool) (faults fault.List) {
	if r.Type != Products {
		return nil
	}
	for _, key := range []string{"code", "barcode"} {
		v := r.Get(key)
		if v == "" || old != nil && old.Get(key) == v || key == "barcode" && v == r.Code() {
			continue
		}
		for _, p := range s.Scanned(v) {
			switch {
			case p.ID == r.ID, p.Code() == r.Code(), except != nil && except(p.Record):
				continue
			case key == "code":
				faults = append(faults, fault.New(fault.Invalid, "%s 已是 %s %s 的条码，不能再作编码", "%s is the bar code of %s %s and cannot be another's code", v, p.Code(), p.Get("name")).At(key))
			case p.Code() == v:
				faults = append(faults, fault.New(fault.Invalid, "条码 %s 已是 %s %s 的编码", "the bar code %s is the code of %s %s", v, p.Code(), p.Get("name")).At(key))
			default:
				faults = append(faults, fault.New(fault.Invalid, "条码 %s 已是 %s %s 的", "the bar code %s is already that of %s %s", v, p.Code(), p.Get("name")).At(key))
			}
			break
		}
	}
	return faults
}

// Own codes 自编码 are EAN-13 codes of a shop's own: they begin with 20 to 29, which no maker of goods is ever given.
const (
	firstOwn = 200_000_000_001
	lastOwn  = 299_999_999_999
)

// NextOwn is the own code after the last one given that no product is known by; last becomes its number.
func (s *Set) NextOwn(last *int64) (string, error) {
	*last = max(*last, firstOwn-1)
	for *last < lastOwn {
		*last++
		code := fmt.Sprintf("%d%d", *last, checkDigit(*last))
		if len(s.Scanned(code)) == 0 {
			return code, nil
		}
	}
	return "", fault.New(fault.Refused, "自编码 20–29 已用完", "the own codes from 20 to 29 are used up")
}

// checkDigit of twelve digits: every second from the right counts three times, and the sum is filled up to a ten.
func checkDigit(n int64) int64 {
	sum := int64(0)
	for times := int64(3); n > 0; n, times = n/10, 4-times {
		sum += n % 10 * times
	}
	return (10 - sum%10) % 10
}

// Several refuses a bar code that several products answer to, naming them.
func (s *Set) Several(code string) *fault.Fault {
	zh, en := s.Answering(code)
	if zh == "" {
		return nil
	}
	return fault.New(fault.Invalid, "条码 %s 属于多个商品：%s，请写编码", "the bar code %s is that of several products: %s; give the code", code, text.T(zh, en)).At("product")
}

// Answering names, in both languages, the products that answer to a bar code; nothing where it is at most one.
func (s *Set) Answering(code string) (zh, en string) {
	var z, e []string
	for _, p := range s.Scanned(code) {
		z, e = append(z, p.Code()+" "+p.Name(false)), append(e, p.Code()+" "+p.Name(false))
	}
	if len(z) < 2 {
		return "", ""
	}
	return strings.Join(z, "、"), strings.Join(e, ", ")
}
