// Package scan holds the work with a scanner: counting stock, picking orders, and the till counted.
//
//	count.go      stocktakes by several counters, merged and held against the book
//	pick.go       what was picked of orders and drafts, and walks over several of them
//	cashcount.go  the till counted against the books
package scan

import "zhanggui/data/workflow"

// book is a book whose steps are at hand.
type book struct{ workflow.Steps }

func of(b *workflow.Book) book { return book{workflow.Steps{Book: b}} }
