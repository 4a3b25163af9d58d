// Package workflow holds the use cases: what changes a book, and nothing else. Each opens one transaction and knows the rules, the
// numbering and the log; the window and the console call nothing else to change a book. What only reads stands in inquiry.
// Three words: audit 审核, un-audit 反审核, push down 下推.
//
// # Life of a slip
//
//	save.go      drafts, numbers, external numbers      audit.go     checks again, fixes what posting needs
//	post.go      a slip's effects to the ledgers         allocate.go  what money settles, oldest due first
//	undo.go      un-audit, in chains; void; close; prints correct.go   un-audit, change and audit again in one step
//	push.go      the next slip of a chain               reversal.go  what a return gives back of its source
//	match.go     invoices against goods                 transit.go   goods on their way between warehouses
//	request.go   a call that is made once               seat.go      who acts, and what he may
//	change.go    what several people changed of one slip  versions.go  a slip or record that was changed meanwhile
//
// # Checks and proposals
//
//	check.go     what is wrong with a slip, field by field   propose.go  prices and what else fills itself
//	gate.go      what may be, but is asked first             prices.go   price changes put into force
//	approvals.go what a slip needs before it is audited      bom.go      components written onto a slip
//	lots.go      lots and expiry that fill themselves        lotcheck.go what is wrong with them, and with serials
//	lotpick.go   which lots to take                          items.go    rows of a slip's lists, and the case it belongs to
//	try.go       what auditing would do, undone again
//
// # Ledger rows
//
//	replay.go    rows valued anew from a place forward       derived.go     what is kept with a slip for speed, and how far orders are
//	accounts.go  accounts of lines, money, parties, services        monthcost.go  the month's average
//
// # Standing data
//
//	book.go      opening, making, watching a book        setting.go, settings.go  the company's settings
//	masters.go   records checked and written, own bar codes  opening.go  the opening voucher; what older books posted otherwise
//
// # The month
//
//	period.go    closing and reopening                   costing.go  another costing method
//	verify.go    the proofs                              backup.go   backups and restoring
//
// # Several use cases in one
//
//	steps.go     a Batch, and the Steps that use cases are made of, for the rooms above:
//	             exchange takes tables in and gives them out · scan is the work with a scanner · desk keeps what is typed and not saved ·
//	             making says what an assembly lacks · people are the users, their roles, and how they say who they are · salvage makes a new book of a damaged one · testbook makes books for tests
package workflow
