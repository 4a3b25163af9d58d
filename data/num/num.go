// Package num holds the exact numbers of the trade: amounts of money, quantities, unit prices and rates as
// scaled 64-bit integers, with one rounding function. No floating point is used anywhere.
//
//	Amount 金额    2 decimals   1 = 0.01
//	Quantity 数量  4 decimals   1 = 0.0001
//	Price 单价     6 decimals   1 = 0.000001 (unit prices and unit costs)
//	Rate 率        4 decimals   0.1300 = 13 %
//
// Products and quotients are worked out in 128 bits and rounded once, half away from zero 四舍五入. What does
// not fit is ErrOverflow, never a wrap.
package num

import (
	"errors"
	"math"
	"math/bits"
)

// Amount is money in hundredths (分).
type Amount int64

// Quantity counts goods in ten-thousandths of a unit.
type Quantity int64

// Price is money for one unit, in millionths.
type Price int64

// Rate is a fraction in ten-thousandths: 1300 is 13 %.
type Rate int64

// Scales: how many steps make one.
const (
	AmountOne   = 100
	QuantityOne = 10_000
	PriceOne    = 1_000_000
	RateOne     = 10_000
)

// Limits of a single entered figure. They leave room for the sum of any number of slips a shop can write.
const (
	MaxAmount   Amount   = 999_999_999_999_99
	MaxQuantity Quantity = 9_999_999_999_9999
	MaxPrice    Price    = 999_999_999_999999
	MaxRate     Rate     = 100 * RateOne
)

// ErrOverflow says that a result is larger than the program can carry exactly.
var ErrOverflow = errors.New("number too large")

// MulDiv returns a·b/c rounded half away from zero.
func MulDiv(a, b, c int64) (int64, error) {
	if c == 0 {
		return 0, ErrOverflow
	}
	neg := (a < 0) != (b < 0) != (c < 0)
	hi, lo := bits.Mul64(abs(a), abs(b))
	return divRound(hi, lo, abs(c), neg)
}

func divRound(hi, lo, d uint64, neg bool) (int64, error) {
	if hi >= d {
		return 0, ErrOverflow
	}
	q, r := bits.Div64(hi, lo, d)
	if r >= d-r { // 2r >= d without overflow
		q++
	}
	if q > math.MaxInt64 {
		return 0, ErrOverflow
	}
	if neg {
		return -int64(q), nil
	}
	return int64(q), nil
}

func abs(a int64) uint64 {
	if a < 0 {
		return uint64(-(a + 1)) + 1
	}
	return uint64(a)
}

// Extend returns quantity × price × (1 − discount), rounded once to cents (rule 2.2).
// It fails with ErrOverflow where the result is beyond MaxAmount.
func Extend(q Quantity, p Price, discount Rate) (Amount, error) {
	keep := int64(RateOne - discount)
	neg := (q < 0) != (p < 0) != (keep < 0)
	hi, lo := bits.Mul64(abs(int64(q)), abs(int64(p)))
	h2, l2 := bits.Mul64(lo, abs(keep))
	h1, l1 := bits.Mul64(hi, abs(keep))
	if h1 != 0 {
		return 0, ErrOverflow
	}
	h, carry := bits.Add64(h2, l1, 0)
	if carry != 0 {
		return 0, ErrOverflow
	}
	// scales: 4 + 6 + 4 decimals down to 2
	v, err := divRound(h, l2, 1_000_000_000_000, neg)
	if err != nil || v > int64(MaxAmount) || v < -int64(MaxAmount) {
		return 0, ErrOverflow
	}
	return Amount(v), nil
}

// Times returns the amount multiplied by a rate, rounded: the tax on a net amount.
func (a Amount) Times(r Rate) (Amount, error) {
	v, err := MulDiv(int64(a), int64(r), RateOne)
	return Amount(v), err
}

// Without returns the amount less the tax it contains: a / (1 + r), rounded.
func (a Amount) Without(r Rate) (Amount, error) {
	v, err := MulDiv(int64(a), RateOne, RateOne+int64(r))
	return Amount(v), err
}

// Share returns the part of whole that belongs to part/of, rounded. An empty whole (of = 0) has no parts.
func Share(whole Amount, part, of Quantity) (Amount, error) {
	if of == 0 {
		return 0, nil
	}
	v, err := MulDiv(int64(whole), int64(part), int64(of))
	return Amount(v), err
}

// UnitPrice returns amount ÷ quantity to six decimals; zero where the quantity is zero.
func UnitPrice(a Amount, q Quantity) (Price, error) {
	if q == 0 {
		return 0, nil
	}
	// amount 2 + 8 more decimals, over 4 decimals, gives 6.
	v, err := MulDiv(int64(a), 100_000_000, int64(q))
	return Price(v), err
}

// Convert returns q units of factor pieces each, as pieces: a box of 25 kg is Convert(boxes, 25.0000).
func Convert(q, factor Quantity) (Quantity, error) {
	v, err := MulDiv(int64(q), int64(factor), QuantityOne)
	if err == nil && (v > int64(MaxQuantity) || v < -int64(MaxQuantity)) {
		err = ErrOverflow
	}
	return Quantity(v), err
}

// Add returns the sum, or ErrOverflow.
func Add[T ~int64](a, b T) (T, error) {
	s := a + b
	if (a > 0 && b > 0 && s < 0) || (a < 0 && b < 0 && s >= 0) {
		return 0, ErrOverflow
	}
	return s, nil
}

// Spread divides total over weights so that the parts add up to exactly total (largest remainder; on a tie
// the earlier part gets the cent). All weights zero: in equal parts. Weights of mixed sign are refused.
func Spread(total Amount, weights []int64) ([]Amount, error) {
	parts := make([]Amount, len(weights))
	if len(weights) == 0 {
		return parts, nil
	}
	var sum int64
	var pos, neg bool
	for _, w := range weights {
		var err error
		if sum, err = Add(sum, w); err != nil {
			return nil, err
		}
		pos, neg = pos || w > 0, neg || w < 0
	}
	if pos && neg {
		return nil, ErrOverflow
	}
	if sum == 0 {
		weights = make([]int64, len(weights))
		for i := range weights {
			weights[i] = 1
		}
		sum = int64(len(weights))
	}
	sign := Amount(1)
	if total < 0 {
		sign, total = -1, -total
	}
	den := abs(sum)
	rest := make([]uint64, len(weights))
	left := total
	for i, w := range weights {
		hi, lo := bits.Mul64(uint64(total), abs(w))
		if hi >= den {
			return nil, ErrOverflow
		}
		q, r := bits.Div64(hi, lo, den)
		parts[i], rest[i] = Amount(q), r
		left -= Amount(q)
	}
	for ; left > 0; left-- {
		best := -1
		for i, r := range rest {
			if weights[i] != 0 && (best < 0 || r > rest[best]) {
				best = i
			}
		}
		parts[best]++
		rest[best] = 0
	}
	for i := range parts {
		parts[i] *= sign
	}
	return parts, nil
}

// Portion divides total over weights of any sign by their part of the weights' sum, so that the parts add up to exactly total (largest
// remainder; on a tie the earlier part gets the cent). A sum of zero has no parts: all are zero.
func Portion(total Amount, weights []int64) ([]Amount, error) {
	parts := make([]Amount, len(weights))
	var sum int64
	for _, w := range weights {
		var err error
		if sum, err = Add(sum, w); err != nil {
			return nil, err
		}
	}
	if sum == 0 {
		return parts, nil
	}
	left, den := total, abs(sum)
	rest := make([]uint64, len(weights))
	for i, w := range weights {
		hi, lo := bits.Mul64(abs(int64(total)), abs(w))
		if hi >= den {
			return nil, ErrOverflow
		}
		q, r := bits.Div64(hi, lo, den)
		if (total < 0) != (w < 0) != (sum < 0) && r > 0 { // round towards the smaller figure, what is left is then never negative
			q, r = q+1, den-r
		}
		parts[i], rest[i] = Amount(q), r
		if (total < 0) != (w < 0) != (sum < 0) {
			parts[i] = -parts[i]
		}
		left -= parts[i]
	}
	for ; left > 0; left-- {
		best := 0
		for i, r := range rest {
			if r > rest[best] {
				best = i
			}
		}
		parts[best]++
		rest[best] = 0
	}
	return parts, nil
}
