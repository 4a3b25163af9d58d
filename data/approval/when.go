package approval

import (
	"strconv"
	"strings"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// When is a reason by which a step is asked: a word, and with some how much of it.
type When struct {
	Word string
	Far  int64 // of discount a num.Rate, of backdated and new-account days
}

// The words (A4).
const (
	OverCredit = "over-credit" // the customer would owe more than his limit
	BelowCost  = "below-cost"
	Negative   = "negative"    // stock would fall below zero
	Discount   = "discount"    // a line's off is above it
	NoSource   = "no-source"   // it follows from no other slip
	Backdated  = "backdated"   // more days than that
	NewParty   = "new-party"   // the party's first slip
	OverSource = "over-source" // more than is open on what it settles, or than its order
	NewAccount = "new-account" // the payee's bank account was entered or changed so many days before, or fewer
)

// words lists them, and whether a number goes with them.
var words = []struct {
	word string
	far  bool
}{{OverCredit, false}, {BelowCost, false}, {Negative, false}, {Discount, true}, {NoSource, false}, {Backdated, true}, {NewParty, false}, {OverSource, false}, {NewAccount, true}}

// Words lists the words of `when`.
func Words() (list []string) {
	for _, w := range words {
		list = append(list, w.word)
	}
	return list
}

// String is the reason as a file has it: discount:0.1, backdated:3, over-credit.
func (w When) String() string {
	switch w.Word {
	case Discount:
		return w.Word + ":" + num.Rate(w.Far).String()
	case Backdated, NewAccount:
		return w.Word + ":" + strconv.FormatInt(w.Far, 10)
	}
	return w.Word
}

// ReadWhen reads one reason; ok is false where it is none.
func ReadWhen(written string) (w When, ok bool) {
	word, far, has := strings.Cut(written, ":")
	for _, x := range words {
		if x.word != word || x.far != has {
			continue
		}
		w.Word = word
		switch {
		case !has:
			return w, true
		case word == Discount:
			r, err := num.ParseRate(far)
			w.Far = int64(r)
			return w, err == nil && r >= 0 && r <= num.RateOne
		default:
			n, err := strconv.ParseInt(far, 10, 32)
			w.Far = n
			return w, err == nil && n >= 0
		}
	}
	return w, false
}

// Reasons is what a trial audit found of a slip.
type Reasons struct {
	OverCredit, BelowCost, Negative, NoSource, NewParty, OverSource bool
	Off                                                             num.Rate // the most that a line is off its proposed price
	Back                                                            int      // days its date lies back
	Account                                                         *AccountChange
}

// AccountChange is the last change of the payee's bank account: what it was and is, by whom, on which day, and how many days that is ago.
// Before is empty where it was entered for the first time.
type AccountChange struct {
	Before, After, Person string
	On                    text.Date
	Days                  int
}

// Holds tells whether the reason is there.
func (w When) Holds(r Reasons) bool {
	switch w.Word {
	case OverCredit:
		return r.OverCredit
	case BelowCost:
		return r.BelowCost
	case Negative:
		return r.Negative
	case NoSource:
		return r.NoSource
	case NewParty:
		return r.NewParty
	case OverSource:
		return r.OverSource
	case Discount:
		return int64(r.Off) > w.Far
	case Backdated:
		return int64(r.Back) > w.Far
	case NewAccount:
		return r.Account != nil && int64(r.Account.Days) <= w.Far
	}
	return false
}

// Said is the reason in words, with the figures found.
func (w When) Said(r Reasons) text.Text {
	switch w.Word {
	case OverCredit:
		return text.T("超出信用额度", "over the credit limit")
	case BelowCost:
		return text.T("低于成本", "below cost")
	case Negative:
		return text.T("库存为负", "stock below zero")
	case NoSource:
		return text.T("没有来源单据", "no source slip")
	case NewParty:
		return text.T("往来单位的第一张单据", "the party's first slip")
	case OverSource:
		return text.T("超过未结金额或订单", "more than is open, or ordered")
	case Discount:
		return text.Tf("让价 %s", "%s off", r.Off.Percent())
	case Backdated:
		return text.Tf("倒填 %d 天", "dated back %d {day|days}", r.Back)
	case NewAccount:
		if a := r.Account; a != nil && a.Before == "" {
			return text.Tf("银行账号 %[1]s 由 %[2]s 于 %[3]s 录入", "bank account %s, entered by %s on %s", a.After, a.Person, a.On.String())
		} else if a != nil {
			return text.Tf("银行账号 %s → %s，%s 于 %s 修改", "bank account %s → %s, changed by %s on %s", a.Before, a.After, a.Person, a.On.String())
		}
	}
	return text.T(w.Word, w.Word)
}

// Gross is the amount by which steps are asked: what the slip comes to, whichever way the money goes.
func Gross(d *slip.Doc) num.Amount {
	g := d.Gross
	if g == 0 { // of money alone
		g = d.Amount
	}
	return max(g, -g)
}
