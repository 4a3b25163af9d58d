package host

import (
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports/print"
)

// LabelKind is what the preview remembers the paper of labels under, that no slip asks for.
const LabelKind = "labels"

// Paper is what a preview shows that is no slip: Make lays it out as the options say, from the book as it stands at one moment (M11).
type Paper struct {
	ID      string // tells it apart from other previews
	Title   text.Text
	Area    string
	Kind    string // what its choices are remembered under; none: they are not
	Forms   []print.Form
	Options print.Options
	Make    Layer
}

// Layer lays a paper out; the book it is given can only be asked.
type Layer func(still *workflow.Book, o print.Options) ([]byte, error)

// PlainPaper is a paper on A4 without choices.
func PlainPaper(title text.Text, area string, lay Layer) Paper {
	return Paper{ID: title.En, Title: title, Area: area, Options: print.Options{Paper: "a4"}, Make: lay}
}
