package inquiry

import (
	"strings"

	"zhanggui/data/master"
	"zhanggui/data/text"
)

// Called is how people call a record that a slip names by its code, in each language; what is no record is called as it is written.
func (b *Book) Called(typ *master.Type, code string) text.Text {
	if r, ok := b.Masters().Find(typ.Code, code); ok {
		return b.Calls(r)
	}
	return text.T(code, code)
}

// Calls is how people call a record: goods and accounts, known by their codes too, by code and name, goods with their specification; others by
// their name, and where two have the same one by their code besides.
func (b *Book) Calls(r *master.Record) text.Text {
	t := namesOf(r, b.Rules().Lang)
	switch {
	case t.Zh == "" || t.En == "":
		return text.T(r.Key(), r.Key())
	case r.Type == master.Products || r.Type == master.GL:
		return withCode(r, b.Rules().Lang)
	}
	twice := false
	b.Masters().Each(r.Type.Code, func(o *master.Record) { twice = twice || o.ID != r.ID && o.Get("name") == r.Get("name") })
	if twice {
		return text.T(t.Zh+"（"+r.Code()+"）", t.En+" ("+r.Code()+")")
	}
	return t
}

// CalledAll is how people call several records of a type, one behind the other.
func (b *Book) CalledAll(typ *master.Type, codes []string, between string) text.Text {
	var zh, en []string
	for _, c := range codes {
		t := b.Called(typ, c)
		zh, en = append(zh, t.Zh), append(en, t.En)
	}
	return text.T(strings.Join(zh, between), strings.Join(en, between))
}

// withCode is a record's code, its name in each language, and the specification of goods; the code alone where the name says the same.
func withCode(r *master.Record, book text.Lang) text.Text {
	t, spec := namesOf(r, book), r.Get("spec")
	if spec != "" {
		spec = " " + spec
	}
	say := func(name string) string {
		if name == r.Code() {
			return name + spec
		}
		return r.Code() + " " + name + spec
	}
	return text.T(say(t.Zh), say(t.En))
}

// namesOf is a record's name in each language: the first is in the book's, the second, where there is one, in the other.
func namesOf(r *master.Record, book text.Lang) text.Text {
	return text.T(r.Name(book != text.Zh), r.Name(book != text.En))
}
