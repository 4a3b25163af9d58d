// Package people shows who works in a book with users (8.2). In reading order:
//
//	signin.go  the screen that asks who is there
//	words.go   what users do for a book and what they do not, said plainly; the recovery code
package people
