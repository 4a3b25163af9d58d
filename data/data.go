// Package data is the map of the rooms below it, in reading order. It holds no code.
//
//	num       exact figures: Amount, Quantity, Price, Rate; 金额大写
//	text      words in both languages, dates, pinyin initials
//	chart     the accounts that postings, proofs and papers name
//	fault     errors for people: code, words, the field they are about
//	files     what the program writes: never half, never over a book; the log of internal errors
//	secret    passwords, PINs, recovery codes, how long wrong ones lock; the owner's mark; encrypted files. Pure
//	slip      the business document: Kind, Field, Doc, Status; line arithmetic; Effects. Pure
//	kinds     one file a slip kind, and the list of all
//	master    standing data: products, parties, warehouses …, declared with the same Field
//	rights    who may do what: rights derived from what there is, ready roles, scopes, limits, refusals. Pure
//	approval  chains of approval, which steps are asked, who may take them, how a round goes. Pure
//	auditlog  what the audit log is made of: entries and their chain, anchors, seals. Pure
//	ledger    the stock ledger valued in one forward pass; vouchers. Pure
//	store     one SQLite file: every SQL statement of the program
//	inquiry   what people ask of a book: lists, facts of a line, stock, flow, differences; it cannot write
//	workflow  the use cases: save, audit, un-audit, push, void, import, close, verify; one transaction each
//	workflow/exchange  tables in and out
//	workflow/scan      counting, picking, the till counted
//	workflow/desk      what is typed and not saved
//	workflow/who       who has the book open, what changes in it
//	workflow/seen      how far this PC saw the logs of books go
//	workflow/making    what an assembly lacks
//	workflow/salvage   a new book of what a damaged one still says
//	demo      a believable company made by the use cases, for a first look and for measuring
//
// Imports point one way: workflow → inquiry → {store, ledger, rights, approval, auditlog, kinds, master} → slip → {num, text, chart, fault}.
package data
