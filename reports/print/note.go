package print

import (
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports/paper"
)

var wordRecovery, wordRecoveryOf = text.T("恢复单", "Recovery sheet"), text.T("恢复码", "recovery code")

// Recovery prints an owner's recovery code with what is to be known of it; lang empty is the book's.
func Recovery(b *workflow.Book, name, code string, lines []text.Text, lang text.Lang) ([]byte, error) {
	o := Options{Lang: lang}
	if err := o.complete(b); err != nil {
		return nil, err
	}
	n := &paper.Note{Company: b.Settings().Company, Title: wordRecovery.In(o.Lang), About: name + "  " + wordRecoveryOf.In(o.Lang) + "  " + b.Now().Format("2006-01-02"), Big: code}
	for _, l := range lines {
		n.Lines = append(n.Lines, l.In(o.Lang))
	}
	return paper.PDF(n)
}
