// Package exchange takes tables in and gives them out: masters and slips as rows of a file, in one transaction a call. What a table says
// goes the way of what a person types, by the steps of workflow.
//
//	table.go    tables, and what an import does with each        columns.go  headings and the fields they mean
//	masters.go  records, units and categories that they name     slips.go    rows gathered into slips, saved or audited
//	rows.go     what a row says of a slip and its lines          lists.go    what a row says of a slip's lists, and its case
//	exports.go  the same tables out                             pile.go     rows of a long table, beyond those in memory
//	seen.go     what an import remembers of the slips before     brought.go  tables that rooms above this one take in and give out
package exchange

import "zhanggui/data/workflow"

// book is a book whose steps are at hand.
type book struct{ workflow.Steps }

func of(b *workflow.Book) book { return book{workflow.Steps{Book: b}} }
