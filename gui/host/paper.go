package host

import (
	"zhanggui/data/text"
	"zhanggui/reports/print"
)

// LabelKind is what the preview remembers the paper of labels under, that no slip asks for.
const LabelKind = "labels"

// Paper is what a preview shows that is no slip: Make lays it out as the options say.
type Paper struct {
	ID      string // tells it apart from other previews
	Title   text.Text
	Area    string
	Kind    string // what its choices are remembered under; none: they are not
	Ways    []print.Way
	Options print.Options
	Make    func(print.Options) ([]byte, error)
}

// PlainPaper is a paper on A4 without choices.
func PlainPaper(title text.Text, area string, lay func(print.Options) ([]byte, error)) Paper {
	return Paper{ID: title.En, Title: title, Area: area, Options: print.Options{Paper: "a4"}, Make: lay}
}
