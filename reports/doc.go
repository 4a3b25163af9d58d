// Package reports declares the reports: parameters, columns, and the query behind each. Console, window, workbook and paper read the same
// declaration. It never writes. Three words: column 栏, parameter 条件, by 汇总方式.
//
// # Contents
//
//	the mechanism   reports.go (Report, All), columns.go (Column says all of itself), params.go (what narrows a report), keys.go (what it
//	                can be by), cells.go (rows of cells that stay what they are), across.go (a column's values side by side)
//	warehouse       stock.go (on hand, movement, ledger, in transit), lots.go (lots, expiry, recall, serials), counts.go (count differences),
//	                slow.go (slow, ABC, age), reorder.go (over maximum too), bom.go (cost roll-up, where used, buildable)
//	trade           trade.go (summaries and ledgers of purchase and sales, orders), prices.go (price history)
//	                reconcile.go (what was sold and bought led over to what was billed and booked)
//	money           money.go (receivables, payables, statement, cash book, journal, trial balance), ageing.go
//	books           books.go (general ledger, balance sheet, income statement, VAT)
package reports
