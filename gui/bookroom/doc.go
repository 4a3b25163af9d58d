// Package bookroom shows what concerns a book as a whole 账套, over host.Host. In reading order:
//
//	settings.go   what can be set, of the window and of the book
//	period.go     months, closed and re-opened
//	verify.go     the proofs that the book agrees with itself
//	backups.go    backed up and brought back
//	salvage.go    a damaged book: what can be read becomes a new one, and what is missing is said
//	imports.go    files in and out, and the list of what is wrong with one
//	costing.go    another costing method from a month on
//	cashcount.go  a till counted by notes and coins
package bookroom
