// Package inquiry answers what people ask of a book, and changes nothing. It has a Book that can only be asked, so it could not
// write even by mistake. Three words: stand 库存状况, explain 查差异, flow 单据流.
//
// Contents
//
//	a slip          lists.go (lists with filters and sums), flow.go (what follows from what), progress.go (how far it is carried out),
//	                settleable.go (what money may settle)
//	a line          facts.go (stock, last price, cost while typing), prices.go (list and agreed prices), lots.go
//	goods           standing.go (on hand, reserved, on order, in transit: one reading for all), age.go, slow.go, reorder.go, bom.go
//	a difference    detective.go (what explains that a count differs)
//	the home page   overview.go (figures, what is to do, what is due)
//	what is kept    openings.go (which kinds have an open amount, promise something, are carried out), accounts.go
//	the book        book.go (what can be asked of), modules.go (what a module that is off hides), printed.go
package inquiry
