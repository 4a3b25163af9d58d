// Package people shows who works in a book with users (8.2). In reading order:
//
//	signin.go  the screen that asks who is there
//	staff.go   who there is: a line a person
//	roles.go   what roles may do: role by object, a letter a verb
//	chains.go  the steps by which slips are approved
//	inbox.go   what waits for who works here
//	words.go   what users do for a book and what they do not, said plainly; the recovery code
package people
