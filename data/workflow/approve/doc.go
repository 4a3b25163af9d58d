// Package approve is how slips are approved (8.6): chains are read from a file, slips submitted, approved, returned and withdrawn, and
// everybody asks what waits for him. What a chain asks of an audit workflow itself asks.
//
// # Contents
//
//	chains.go  chains of approval from a file and back, the ready ones
//	act.go     submit, approve, return, withdraw
//	turn.go    what somebody can do next about a slip's approval
//	inbox.go   what waits for whom: home's count (Calls), a page of it (Inbox), all of it (Everybodys); the round of a slip (Of)
package approve
