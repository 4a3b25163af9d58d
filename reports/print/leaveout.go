package print

import (
	"slices"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

// What a slip's paper can leave out 印哪些 (Options.Without).
const (
	PartMoney    = "money"    // prices and amounts
	PartDiscount = "discount" // the column of discounts: prices and amounts stay
	PartWords    = "words"    // the amount in words
	PartBalance  = "balance"  // what was owed before, and is now
	PartTimes    = "times"    // when it was printed, by whom, the how many-eth time
)

// everyPart are all of them, in the order they are offered.
var everyPart = []slip.Choice{{Value: PartMoney, Label: text.T("单价金额", "Prices")}, {Value: PartDiscount, Label: text.T("折扣", "Discount")}, {Value: PartWords, Label: text.T("大写金额", "Total line")},
	{Value: PartTimes, Label: text.T("打印次数", "Times printed")}, {Value: PartBalance, Label: text.T("上期欠款", "Balance")}}

// partsOf are the parts that the slips of a kind have, and can leave out.
func partsOf(k *slip.Kind) []slip.Choice {
	return slices.DeleteFunc(slices.Clone(everyPart), func(c slip.Choice) bool {
		_, discount := k.LineField("discount_rate")
		switch c.Value {
		case PartMoney:
			return !k.Goods() || !k.Taxed || k.Paper.NoMoney
		case PartDiscount:
			return !discount || k.Paper.NoMoney
		case PartWords:
			return !k.Taxed && k.Goods() || k.Paper.NoMoney
		case PartBalance:
			return k.Paper.NoMoney || k.Group != slip.Sales && k.Money.Settles != slip.Receivable
		}
		return false
	})
}

// leaveOut takes off a paper what is not wanted on it.
func (s *sheet) leaveOut(v *paper.Voucher) {
	for _, part := range s.opt.Without {
		switch part {
		case PartMoney:
			v.NoAmounts = true
		case PartDiscount:
			for i := range v.Lines {
				delete(v.Lines[i].Cells, paper.ColDiscount)
			}
		case PartWords:
			v.NoWords = true
		case PartBalance:
			v.Balance = nil
		case PartTimes:
			v.Print.Count = 0
		}
	}
}
