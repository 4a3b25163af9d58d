package reports

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Column is a field of a report. Key is its JSON name.
type Column struct {
	Key   string
	Title text.Text
	Type  slip.Type
	Tag   slip.Tag // what one must be allowed to see to be shown it; on every amount, price and share of them
	Total bool
	Ref   string // master type its codes belong to, where the key alone does not say (see Refs)
	By    string // the column is there only where the report is by this
	NotBy string // and not where it is by this
	Tree  bool   // stands in by the row's level (see Indent)
	Quiet bool   // of the console's formats only: it would tell a person nothing
}

// There tells whether a column belongs to the report as it is asked for.
func (c Column) There(p Params) bool {
	return (c.By == "" || c.By == p.By) && (c.NotBy == "" || c.NotBy != p.By)
}

// Seen tells whether it is shown to people: in the window, on paper, in what the window exports.
func (c Column) Seen(p Params) bool { return c.There(p) && !c.Quiet }

func txt(key, zh, en string) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeText}
}

// tree stands a column's values in by the level of their row, for people.
func (c Column) tree() Column {
	c.Tree = true
	return c
}

// of says which master type a column's codes belong to.
func (c Column) of(ref string) Column {
	c.Ref = ref
	return c
}

func day(key, zh, en string) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeDate}
}

func qty(key, zh, en string) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeQuantity, Total: true}
}

func amt(key, zh, en string, tag slip.Tag) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeAmount, Total: true, Tag: tag}
}

func unit(key, zh, en string, tag slip.Tag) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypePrice, Tag: tag}
}

// balance is an amount whose sum says nothing.
func balance(key, zh, en string, tag slip.Tag) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeAmount, Tag: tag}
}

// share is a part of a whole; its column is read by places, so all have two decimals of a per cent.
func share(key, zh, en string, tag slip.Tag) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeRate, Tag: tag}
}

// tagged says that a column which is no money tells about some.
func (c Column) tagged(tag slip.Tag) Column {
	c.Tag = tag
	return c
}
