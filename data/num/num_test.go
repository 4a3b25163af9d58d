package num

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestWordsFollowTheBankRules(t *testing.T) {
	cases := map[string]string{
		"0.05": "伍分", "0.50": "伍角整", "10.00": "壹拾元整", "100.05": "壹佰元零伍分",
		"1680.32": "壹仟陆佰捌拾元叁角贰分", "12018.68": "壹万贰仟零壹拾捌元陆角捌分",
		"20631.64": "贰万零陆佰叁拾壹元陆角肆分", "107000.53": "壹拾万柒仟元伍角叁分",
		"100500.00": "壹拾万零伍佰元整", "30005000.09": "叁仟万伍仟元零玖分",
		"50020300.00": "伍仟零贰万零叁佰元整", "100010001.00": "壹亿零壹万零壹元整",
		"1000100000000.00": "壹万零壹亿元整", "-38.40": "负叁拾捌元肆角整", "0": "零元整",
		"100000000.00": "壹亿元整",
	}
	for in, want := range cases {
		v, err := parse(in, 2)
		if err != nil {
			t.Fatal(in, err)
		}
		if got := Words(Amount(v)); got != want {
			t.Errorf("Words(%s) = %s, want %s", in, got, want)
		}
	}
}

func TestParseRefusesWhatIsNotExact(t *testing.T) {
	for in, want := range map[string]Amount{"1,234.50": 123450, "-0.05": -5, "7": 700, ".5": 50, "1.500": 150, "+3": 300} {
		if got, err := ParseAmount(in); err != nil || got != want {
			t.Errorf("ParseAmount(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
	for in, want := range map[string]error{"": ErrNotNumber, "1,5": ErrNotNumber, "12a": ErrNotNumber, "1.005": ErrDecimals,
		"9999999999999999999999": ErrOverflow, "1e5": ErrNotNumber, "--1": ErrNotNumber, ".": ErrNotNumber} {
		if _, err := ParseAmount(in); err != want {
			t.Errorf("ParseAmount(%q): %v, want %v", in, err, want)
		}
	}
	for in, want := range map[string]Rate{"0.13": 1300, "13%": 1300, "6.5%": 650, "3%": 300} {
		if got, err := ParseRate(in); err != nil || got != want {
			t.Errorf("ParseRate(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
}

func TestFiguresPrint(t *testing.T) {
	for _, c := range [][2]string{
		{Amount(-123450).Grouped(), "-1,234.50"}, {Amount(5).String(), "0.05"}, {Quantity(125000).String(), "12.5"},
		{Quantity(20000000).Grouped(), "2,000"}, {Price(333333).String(), "0.333333"}, {Price(127268350).Short(), "127.2684"}, {Price(-1268000000).Short(), "-1,268.00"}, {Price(12500000).String(), "12.50"},
		{Rate(1300).Percent(), "13%"}, {Rate(1300).String(), "0.13"}, {Amount(0).String(), "0.00"}, {Quantity(0).String(), "0"},
	} {
		if c[0] != c[1] {
			t.Errorf("got %s, want %s", c[0], c[1])
		}
	}
}

func TestExtendRoundsOnceHalfAwayFromZero(t *testing.T) {
	q, _ := ParseQuantity("3")
	p, _ := ParsePrice("0.335")
	if got, _ := Extend(q, p, 0); got != 101 { // 1.005
		t.Errorf("3 × 0.335 = %v, want 1.01", got)
	}
	if got, _ := Extend(-q, p, 0); got != -101 {
		t.Errorf("-3 × 0.335 = %v, want -1.01", got)
	}
	if got, _ := Extend(q, p, 500); got != 95 { // 0.95475
		t.Errorf("less 5 %% = %v, want 0.95", got)
	}
	if _, err := Extend(MaxQuantity, MaxPrice, 0); err != ErrOverflow {
		t.Errorf("largest × largest: %v, want ErrOverflow", err)
	}
}

func TestArithmeticAgreesWithBigRationals(t *testing.T) {
	half := big.NewRat(1, 2)
	round := func(r *big.Rat) int64 {
		neg := r.Sign() < 0
		x := new(big.Rat).Abs(r)
		x.Add(x, half)
		v := new(big.Int).Quo(x.Num(), x.Denom()).Int64()
		if neg {
			return -v
		}
		return v
	}
	rapid.Check(t, func(t *rapid.T) {
		q := Quantity(rapid.Int64Range(-1e10, 1e10).Draw(t, "q"))
		p := Price(rapid.Int64Range(0, 1e12).Draw(t, "p"))
		d := Rate(rapid.Int64Range(0, RateOne).Draw(t, "d"))
		want := new(big.Rat).SetFrac(big.NewInt(int64(q)), big.NewInt(1))
		want.Mul(want, big.NewRat(int64(p), 1))
		want.Mul(want, big.NewRat(int64(RateOne-d), 1_000_000_000_000))
		if got, err := Extend(q, p, d); err == nil && int64(got) != round(want) {
			t.Fatalf("Extend(%d,%d,%d) = %d, want %d", q, p, d, got, round(want))
		}
		a := rapid.Int64Range(-1e15, 1e15).Draw(t, "a")
		c := rapid.Int64Range(1, 1e15).Draw(t, "c")
		got, err := MulDiv(a, int64(q), c)
		exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(a), big.NewInt(int64(q))), big.NewInt(c))
		if err == nil && got != round(exact) {
			t.Fatalf("MulDiv(%d,%d,%d) = %d, want %d", a, q, c, got, round(exact))
		}
	})
}

func TestSpreadIsExact(t *testing.T) {
	got, _ := Spread(1000, []int64{1, 1, 1})
	if got[0] != 334 || got[1] != 333 || got[2] != 333 {
		t.Errorf("10.00 over three = %v", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		total := Amount(rapid.Int64Range(-1e12, 1e12).Draw(t, "total"))
		ws := rapid.SliceOfN(rapid.Int64Range(0, 1e10), 1, 20).Draw(t, "weights")
		parts, err := Spread(total, ws)
		if err != nil {
			t.Fatal(err)
		}
		var sum Amount
		for _, p := range parts {
			sum += p
		}
		if sum != total {
			t.Fatalf("parts add up to %d, not %d", sum, total)
		}
	})
}

func TestPortionsOfAnySignAddUp(t *testing.T) {
	for _, c := range []struct {
		total   Amount
		weights []int64
		want    []Amount
	}{
		{1000, []int64{1, 1, 1}, []Amount{334, 333, 333}},
		{1000, []int64{5, -3}, []Amount{2500, -1500}},
		{-1000, []int64{1, -4}, []Amount{333, -1333}}, // V −10.00 over Q −3: +3.333 and −13.333
		{-1000, []int64{-1, -2}, []Amount{-333, -667}},
		{0, []int64{3, -3}, []Amount{0, 0}},
		{500, []int64{3, -3}, []Amount{0, 0}},
	} {
		got, err := Portion(c.total, c.weights)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%v over %v is %v (%v), want %v", c.total, c.weights, got, err, c.want)
		}
	}
}
