// Package bookroom shows what concerns a book as a whole 账套, over host.Host. In reading order:
//
//	salvage.go  a damaged book: what can be read becomes a new one, and what is missing is said
package bookroom
