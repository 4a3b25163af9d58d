// Package auditlog says what the audit log 操作日志 is made of: its entries and their chain, the anchors 锚点 kept outside the book, and the
// seals 封印 of what entries left behind (rule 8.7). All are functions of values: it knows no book, no clock and no key, and never the values
// of passwords. Three words: entry 记录, chain 链, seal 封印.
//
// # Contents
//
//	said      entry.go (Entry, its hash), detail.go (what the entry tells, in its one form), verbs.go (what was done)
//	proved    verify.go (the chain read from its first entry), former.go (entries as they were before)
//	outside   anchor.go (entry and 16 digits, an old copy), seen.go (what this PC saw last)
//	sealed    seal.go (`key=value` lines and their digest), sealslip.go (of a slip, of a record)
package auditlog
