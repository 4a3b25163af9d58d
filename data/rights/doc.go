// Package rights says who may do what (rules 8.3 and 8.4). Rights 权限 are not listed anywhere: they follow from what kinds, master types
// and reports there are, and from a few words. A role 角色 is a table of them, a scope 范围 what of the book a person has to do with, a Set
// what all roles of a person add up to. All are values and functions of values: this room knows no book and no person's password.
//
// # Contents
//
//	what there is  space.go (Right, Object, Space), words.go (see, book, till, may), verbs.go
//	who has it     ready.go (the roles every book begins with), readytable.go (their table), readymore.go (module roles)
//	               who.go (somebody who asks), role.go (a role and what a shop changed of it), rolerows.go (as rows of a file, in and out)
//	at work        set.go (Set: a right is a map look-up), crew.go (everybody of a book, what each may), limits.go (how far back, how much off, over which lines), lend.go (override, four eyes)
//	               scope.go (what of the book), sides.go (reports by a side of the business), refusal.go (the words of a refusal)
package rights
