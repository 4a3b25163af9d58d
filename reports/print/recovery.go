package print

import (
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports/paper"
)

// RecoverySheet prints the sheet with an owner's recovery code, which is shown once and kept nowhere. lang empty is the book's.
func RecoverySheet(b *workflow.Book, user, code string, lang text.Lang) ([]byte, error) {
	set := b.Settings()
	if lang == "" {
		lang = set.Lang
	}
	return paper.PDF(&paper.Recovery{Lang: lang, Company: set.Company, User: user, Code: code, Day: b.Today().String()})
}
