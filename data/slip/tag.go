package slip

import "slices"

// Tag says what a person must be allowed to see to be shown a figure (rule 8.3). Every amount and price has one, or the word Open.
type Tag string

// The tags. Open is on figures that whoever sees the slip, record or report may see; TagTerms is seen like them, but entered only by who
// agrees terms with a party.
const (
	Open        Tag = "open"
	TagCost     Tag = "cost"
	TagMargin   Tag = "margin"
	TagPurchase Tag = "purchase"
	TagSales    Tag = "sales"
	TagPrivate  Tag = "private"
	TagTerms    Tag = "terms"
)

// Tags are what a figure may be tagged with.
var Tags = []Tag{Open, TagCost, TagMargin, TagPurchase, TagSales, TagPrivate, TagTerms}

// Hides tells whether what bears the tag is not shown to everybody who sees what it stands on.
func (t Tag) Hides() bool { return t != "" && t != Open && t != TagTerms }

// Part is where on a slip a figure stands.
type Part int

// The parts of a slip that have figures, further grids left out: their fields say all there is (List).
const (
	OnHead       Part = iota
	OnLine            // of goods or accounts
	OnMatch           // the goods a line of an invoice or of landed cost belongs to
	OnAllocation      // a slip it settles
	OnVoucher         // what it posts
)

// What a slip is shown with that no field declares: sums, and what auditing worked out. bySide stands for the side of the slip.
const bySide Tag = "side"

var worked = map[Part]map[string]Tag{
	OnHead:       {"net": bySide, "tax": bySide, "gross": bySide, "settled": bySide, "open": bySide, "amount": bySide, "rounding": bySide, "slip_discount": bySide, "paid_up": bySide},
	OnLine:       {"price": bySide, "discount_rate": bySide, "net": bySide, "tax": bySide, "gross": bySide, "cost": TagCost, "provisional": TagCost, "estimate": TagCost},
	OnMatch:      {"net": bySide, "value": TagCost},
	OnAllocation: {"amount": bySide},
	OnVoucher:    {"debit": TagMargin, "credit": TagMargin},
}

// Side is the tag of what slips of the kind come to, and of their prices: what is bought, what is sold, what goods cost. Who may see a
// slip of money or a journal voucher sees its amounts.
func (k *Kind) Side() Tag {
	switch k.Group {
	case Purchase:
		return TagPurchase
	case Sales:
		return TagSales
	case Warehouse:
		return TagCost
	}
	return Open
}

// SideOf is the side of one slip, where it depends on it.
func (k *Kind) SideOf(d *Doc) Tag {
	if k.Sided != nil {
		if t := k.Sided(d); t != "" {
			return t
		}
	}
	return k.Side()
}

// TagOf is the tag of a figure of a slip by the key it is shown under; empty: it is no money.
func (k *Kind) TagOf(d *Doc, part Part, key string) Tag {
	t, declared := worked[part][key], []Field(nil)
	switch part {
	case OnHead:
		declared = k.Header
	case OnLine:
		declared = k.Lines
	}
	if i := slices.IndexFunc(declared, func(f Field) bool { return f.Key == key }); i >= 0 {
		t = declared[i].Tag
	}
	if t == bySide || t == k.Side() {
		return k.SideOf(d)
	}
	return t
}
