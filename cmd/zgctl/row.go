package main

import (
	"encoding/json"
	"slices"
	"strings"

	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

// row is what is told of one thing: values by their keys, in order.
type row struct {
	keys   []string
	values []any
}

func (r *row) add(key string, v any) {
	r.keys = append(r.keys, key)
	r.values = append(r.values, v)
}

// of is the value of a key; nothing where it is not there.
func (r row) of(key string) any {
	if i := slices.Index(r.keys, key); i >= 0 {
		return r.values[i]
	}
	return ""
}

// refs are the keys of a slip that name a record, whatever its kind.
var refs = map[string][]string{"party": {"customers", "suppliers"}, "to_party": {"customers", "suppliers"}, "warehouse": {"warehouses"}, "to_warehouse": {"warehouses"}, "account": {"accounts"}, "to_account": {"accounts"},
	"employee": {"employees"}, "department": {"departments"}, "product": {"products"}}

// seen is what of a row of a slip who asks may see: other keys are not there (R4, R5).
func (r row) seen(b *workflow.Book, k *slip.Kind, d *slip.Doc, part slip.Part) row {
	who := b.Who()
	if !who.Asked() {
		return r
	}
	var own row
	for i, key := range r.keys {
		types := refs[key]
		if f, ok := k.HeaderField(key); ok && part == slip.OnHead && types != nil && (k.PartyOf == nil || d.ID != 0) {
			if t := k.RefOf(d, f); t != "" { // a party of just this type
				types = []string{t}
			}
		}
		if may := types == nil || slices.ContainsFunc(types, func(t string) bool { return who.May(t, "see") }); may && who.Sees(k.TagOf(d, part, key)) {
			own.add(key, r.values[i])
		}
	}
	return own
}

// without is the row without a key.
func (r row) without(key string) (own row) {
	for i, k := range r.keys {
		if k != key {
			own.add(k, r.values[i])
		}
	}
	return own
}

// MarshalJSON keeps the order of the fields.
func (r row) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, k := range r.keys {
		if i > 0 {
			b.WriteByte(',')
		}
		kb, _ := json.Marshal(k)
		vb, err := json.Marshal(r.values[i])
		if err != nil {
			return nil, err
		}
		b.Write(kb)
		b.WriteByte(':')
		b.Write(vb)
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}
