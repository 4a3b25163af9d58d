package auditlog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/slip"
)

// Ref gives the name by which a record is sealed: one that stays when the record gets another code. nil: its code.
type Ref func(typ, code string) string

func (r Ref) of(typ, code string) string {
	if r == nil || typ == "" || code == "" {
		return code
	}
	return r(typ, code)
}

// worked are what a line comes to: worked out, but written with the slip and its own.
var worked = []string{"net", "tax", "gross"}

// Slip are the values of a slip that its own life gave it: status, version, prints, its fields, lines and lists, and what a person chose it
// to settle. Traces that other slips leave (what is open, what was carried out) are none: what is partly done or done counts as audited.
func Slip(k *slip.Kind, d *slip.Doc, ref Ref) Values {
	l := make(Values, 0, room(k, d))
	status := d.Status
	if status == slip.PartlyDone || status == slip.Done {
		status = slip.Audited
	}
	l.Put("status", string(status))
	l.Put("version", count(d.Version))
	l.Put("prints", count(int64(d.Prints)))
	l.content(k, d, ref, func(*slip.Field) bool { return true })
	return l
}

// room is how many values a slip has at most, but for its lists: a slip is sealed with every audit, so that nothing is moved about.
func room(k *slip.Kind, d *slip.Doc) int {
	return 16 + len(k.Header) + (len(k.Lines)+len(worked))*len(d.Lines)
}

// Approved is what an approval is of: what is in the slip, but for what who carries it out may still say, as day and account of a payment.
func Approved(k *slip.Kind, d *slip.Doc, ref Ref) Values {
	l := make(Values, 0, room(k, d))
	l.content(k, d, ref, func(f *slip.Field) bool { return !f.Executes })
	return l
}

// content adds what is in the slip, apart from where in its life it stands; of its head the fields that keep holds for.
func (l *Values) content(k *slip.Kind, d *slip.Doc, ref Ref, keep func(*slip.Field) bool) {
	l.Put("kind", d.Kind)
	l.Put("number", d.Number)
	for i := range k.Header {
		if f := &k.Header[i]; own(f) && keep(f) {
			l.Put(f.Key, ref.of(k.RefOf(d, *f), d.Get(f.Key)))
		}
	}
	for i := range d.Splits { // further payments are typed by keys of their own: account2, paid2 …
		n := strconv.Itoa(i + 2)
		l.Put("account"+n, ref.of("accounts", d.Get("account"+n)))
		l.Put("paid"+n, d.Get("paid"+n))
	}
	for i := range d.Lines {
		l.line(k, d, i, ref)
	}
	for _, g := range k.Lists {
		for i, x := range d.Lists[g.Key] {
			for j := range g.Fields {
				if f := &g.Fields[j]; own(f) {
					l.put(Value{g.Key, i + 1, f.Key, ref.of(f.Ref, x.Get(f.Key))})
				}
			}
		}
	}
	for _, a := range inOrder(d.Allocations) {
		if a.Chosen {
			l.Put("settles."+a.Target+"."+string(a.Book), a.Amount.String())
		}
	}
}

// inOrder are allocations by what they settle: a slip may name them in any order.
func inOrder(list []slip.Allocation) []slip.Allocation {
	if len(list) < 2 {
		return list
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b slip.Allocation) int {
		return cmp.Or(strings.Compare(a.Target, b.Target), strings.Compare(string(a.Book), string(b.Book)))
	})
	return list
}

func (l *Values) line(k *slip.Kind, d *slip.Doc, i int, ref Ref) {
	line, no := &d.Lines[i], i+1
	for i := range k.Lines {
		f := &k.Lines[i]
		if f.Key == "warehouse" { // by default the slip's, and kept so
			l.put(Value{"", no, f.Key, ref.of(f.Ref, d.At(line))})
			continue
		}
		if !own(f) {
			continue
		}
		typ := "units"
		if f.Type != slip.TypeUnit {
			typ = k.LineRefOf(line, *f)
		}
		l.put(Value{"", no, f.Key, ref.of(typ, line.Get(f.Key))})
	}
	for _, key := range worked {
		if v := line.Get(key); v != "0.00" {
			l.put(Value{"", no, key, v})
		}
	}
}

// own tells whether a field holds something of the slip's or record's own: not what it shows of others.
func own(f *slip.Field) bool { return !f.ReadOnly || f.Again }

// Record are the values of a record, a role, a chain, or whatever else is declared by fields.
func Record(fields []slip.Field, get func(key string) string, ref Ref) (l Values) {
	for i := range fields {
		if f := &fields[i]; own(f) {
			l.Put(f.Key, ref.of(f.Ref, get(f.Key)))
		}
	}
	return l
}

// count is a number that is left out where it is none.
func count(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
