// Package kinds declares the slip kinds, one file each, and lists them in menu order. Fields and postings that
// several kinds share stand in fields.go and post.go. It never touches the database or the window.
package kinds

import (
	"slices"

	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// All lists the kinds in menu order. A kind that is not here does not exist.
var All = []*slip.Kind{
	PurchasePlan, PurchaseOrder, GoodsReceipt, PurchaseReturn, PurchaseInvoice, LandedCost,
	Quotation, SalesOrder, Delivery, SalesReturn, SalesInvoice, RetailSale, PriceChange,
	Transfer, MaterialIssue, MaterialReturn, Assembly, Disassembly, OtherReceipt, OtherIssue, WriteOff, Overage, Stocktake, CostAdjustment,
	Payment, Prepayment, Collection, Advance, Offset, Expense, Income, CashTransfer,
	JournalVoucher,
	Opening, MonthCost, PeriodClose,
}

func init() {
	for _, k := range All {
		k.Header, k.Lines = sides(k, k.Header), sides(k, k.Lines)
		k.Lists = slices.Clone(k.Lists)
		for i := range k.Lists {
			k.Lists[i].Fields = sides(k, k.Lists[i].Fields)
		}
	}
}

// Hidden lists the kinds of slips that only the program makes.
func Hidden() (list []string) {
	for _, k := range All {
		if k.Hidden {
			list = append(list, k.Code)
		}
	}
	return list
}

// Closable lists the kinds that may not change once their month is closed: those that post, and those that put prices into force; not the
// program's own.
func Closable() (list []string) {
	for _, k := range All {
		if k.Closes() && !k.Hidden {
			list = append(list, k.Code)
		}
	}
	return list
}

// Lined lists the kinds whose totals are the sums of their lines.
func Lined() (list []string) {
	for _, k := range All {
		if len(k.Lines) > 0 && !k.Hidden {
			list = append(list, k.Code)
		}
	}
	return list
}

// ByCode returns the kind of the code. Where there is none, as in a damaged book, it says so and gives a kind without rules or fields
// that bears the code for a name.
func ByCode(code string) (*slip.Kind, bool) {
	for _, k := range All {
		if k.Code == code {
			return k, true
		}
	}
	return &slip.Kind{Code: code, Title: text.T("未知类型 "+code, "unknown kind "+code)}, false
}

// Successors lists the kinds that can be pushed down from a kind, in menu order.
func Successors(code string) []*slip.Kind {
	var list []*slip.Kind
	for _, k := range All {
		if _, ok := k.Source(code); ok {
			list = append(list, k)
		}
	}
	return list
}
