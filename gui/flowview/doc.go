// Package flowview shows what hangs together with a slip. In reading order:
//
//	flow.go      the flow 单据流: the chain a slip stands in, as a map or a list
//	vouchers.go what stands on it besides slips: vouchers, and how many goods
//	flowmap.go   how the map is drawn
//	reconcile.go what of the trade is open, and why: ordered, moved, billed, paid
//	voucher.go   the journal voucher of one slip
package flowview
