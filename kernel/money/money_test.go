package money_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/govalues/decimal"
	"pgregory.net/rapid"

	"kontor/kernel/money"
)

var amounts = rapid.OneOf(
	rapid.Int64(),
	rapid.Int64Range(-1000, 1000),
	rapid.SampledFrom([]int64{0, 1, -1, math.MaxInt64, math.MinInt64, math.MaxInt32 + 1}),
)

// decimals draws up to 19 digits with 0 to 19 of them behind the point, and often
// an exact half of an öre.
var decimals = rapid.Custom(func(t *rapid.T) decimal.Decimal {
	if rapid.Bool().Draw(t, "half") {
		return decimal.MustNew(10*rapid.Int64Range(-1e12, 1e12).Draw(t, "n")+5, 3)
	}
	coef := rapid.Int64().Draw(t, "coefficient")
	return decimal.MustNew(coef, rapid.IntRange(0, 19).Draw(t, "scale"))
})

// oracle rounds r kronor to öre in big numbers.
func oracle(r *big.Rat, up bool) *big.Int {
	r = new(big.Rat).Mul(r, big.NewRat(100, 1))
	half := big.NewRat(1, 2)
	negative := r.Sign() < 0
	if negative && !up {
		return new(big.Int).Neg(oracle(new(big.Rat).Neg(new(big.Rat).Quo(r, big.NewRat(100, 1))), false))
	}
	r.Add(r, half)
	// Euclidean division by a positive denominator is the floor.
	return new(big.Int).Div(r.Num(), r.Denom())
}

func rat(d decimal.Decimal) *big.Rat {
	r, _ := new(big.Rat).SetString(d.String())
	return r
}

func agrees(t *rapid.T, got money.Amount, err error, want *big.Int) {
	if !want.IsInt64() {
		if !errors.Is(err, money.ErrOverflow) {
			t.Fatalf("got %d, %v; want overflow for %v", got, err, want)
		}
		return
	}
	if err != nil || int64(got) != want.Int64() {
		t.Fatalf("got %d, %v; want %v", got, err, want)
	}
}

func TestSumsAreExactOrRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := amounts.Draw(t, "a"), amounts.Draw(t, "b")
		x, y := big.NewInt(a), big.NewInt(b)
		got, err := money.Amount(a).Add(money.Amount(b))
		agrees(t, got, err, new(big.Int).Add(x, y))
		got, err = money.Amount(a).Sub(money.Amount(b))
		agrees(t, got, err, new(big.Int).Sub(x, y))
		got, err = money.Amount(a).Neg()
		agrees(t, got, err, new(big.Int).Neg(x))

		many := rapid.SliceOf(amounts).Draw(t, "many")
		total, list := new(big.Int), make([]money.Amount, len(many))
		for i, m := range many {
			total.Add(total, big.NewInt(m))
			list[i] = money.Amount(m)
		}
		got, err = money.Sum(list...)
		agrees(t, got, err, total)
	})
}

func TestSumMayPassOutsideTheRangeOnTheWay(t *testing.T) {
	got, err := money.Sum(money.Max, money.Max, money.Min, money.Min, 5)
	if err != nil || got != 3 {
		t.Errorf("got %d, %v; want 3", got, err)
	}
}

func TestRoundingsAgreeWithBigNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := decimals.Draw(t, "d"), decimals.Draw(t, "e")
		got, err := money.RoundHalfAway(d)
		agrees(t, got, err, oracle(rat(d), false))
		got, err = money.RoundHalfUp(d)
		agrees(t, got, err, oracle(rat(d), true))
		got, err = money.Times(d, e)
		agrees(t, got, err, oracle(new(big.Rat).Mul(rat(d), rat(e)), false))

		a, num := amounts.Draw(t, "a"), amounts.Draw(t, "num")
		den := rapid.Int64Range(1, math.MaxInt64).Draw(t, "den")
		got, err = money.Amount(a).Portion(num, den)
		r := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(a), big.NewInt(num)), big.NewInt(den))
		agrees(t, got, err, oracle(r.Quo(r, big.NewRat(100, 1)), false))
	})
}

// trap 5: the ledger and XPath part ways on negative halves.
func TestHalvesOfNegatives(t *testing.T) {
	for _, c := range []struct {
		in       string
		away, up money.Amount
	}{
		{"1.005", 101, 101},
		{"-1.005", -101, -100},
		{"-1.0049999999999999", -100, -100},
		{"-1.0050000000000001", -101, -101},
		{"0.005", 1, 1},
		{"-0.005", -1, 0},
		{"67.155", 6716, 6716},
	} {
		d := decimal.MustParse(c.in)
		away, err1 := money.RoundHalfAway(d)
		up, err2 := money.RoundHalfUp(d)
		if err1 != nil || err2 != nil || away != c.away || up != c.up {
			t.Errorf("%s: away %d, up %d, %v %v; want %d and %d", c.in, away, up, err1, err2, c.away, c.up)
		}
	}
}

// trap 5: a credit is the opposite of its original, to the öre.
func TestACreditIsTheOppositeOfItsDebit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := decimals.Draw(t, "d")
		debit, err := money.RoundHalfAway(d)
		if err != nil || debit == money.Min {
			return
		}
		if credit, err := money.RoundHalfAway(d.Neg()); err != nil || credit != -debit {
			t.Fatalf("%v gives %d, its credit %d, %v", d, debit, credit, err)
		}
	})
}

// trap 1, 2: nothing is lost above 32 bits of öre, nor where a floating
// number would have no room for the öre.
func TestLargeAmounts(t *testing.T) {
	for _, c := range []struct {
		text, plain string
		want        money.Amount
	}{
		{"21 474 836,47", "21474836.47", math.MaxInt32},
		{"21 474 836,48", "21474836.48", math.MaxInt32 + 1},
		{"999 999 999 999,99", "999999999999.99", 99_999_999_999_999},
		{"90 071 992 547 409,93", "90071992547409.93", 1<<53 + 1},
		{"−92 233 720 368 547 758,08", "-92233720368547758.08", money.Min},
		{"92 233 720 368 547 758,07", "92233720368547758.07", money.Max},
	} {
		got, err := money.Parse(c.text)
		if err != nil || got != c.want || got.Plain() != c.plain {
			t.Errorf("Parse(%q) = %s, %v; want %s", c.text, got.Plain(), err, c.plain)
		}
		got, err = money.RoundHalfAway(decimal.MustParse(c.plain))
		if err != nil || got != c.want {
			t.Errorf("RoundHalfAway(%s) = %d, %v; want %d", c.plain, got, err, c.want)
		}
		if d := c.want.Decimal(); d.String() != c.plain {
			t.Errorf("Decimal() of %d = %s", c.want, d)
		}
	}
	sum := money.Amount(0)
	for range 1_000 {
		sum, _ = sum.Add(10)
	}
	if sum != money.Kronor(100) {
		t.Errorf("a thousand times ten öre is %s", sum)
	}
}

// trap 4: 11,000 tkr on 33 clients, and a coding split that does not go evenly.
func TestSharesLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.Amount(amounts.Draw(t, "a"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1e9), 1, 40).Draw(t, "weights")
		weights[0]++
		parts := a.Share(weights)
		if sum, err := money.Sum(parts...); err != nil || sum != a {
			t.Fatalf("parts %v add up to %d, %v; want %d", parts, sum, err, a)
		}
		total := int64(0)
		for _, w := range weights {
			total += w
		}
		for i, p := range parts {
			// |part − a·w/total| < 1 öre
			exact := new(big.Int).Mul(big.NewInt(int64(a)), big.NewInt(weights[i]))
			off := new(big.Int).Mul(big.NewInt(int64(p)), big.NewInt(total))
			if off.Sub(off, exact).CmpAbs(big.NewInt(total)) >= 0 {
				t.Fatalf("part %d of %d by %v is %d", i, a, weights, p)
			}
		}
		if a != money.Min {
			for i, p := range (-a).Share(weights) {
				if p != -parts[i] {
					t.Fatalf("part %d of −a is %d, of a %d", i, p, parts[i])
				}
			}
		}
		n := len(weights)
		even := a.Split(n)
		if sum, err := money.Sum(even...); err != nil || sum != a {
			t.Fatalf("Split gives %v, together %d, %v; want %d", even, sum, err, a)
		}
		if slices.Max(even)-slices.Min(even) > 1 {
			t.Fatalf("Split gives %v", even)
		}
	})
}

func TestSharesAreTheLargestRemainders(t *testing.T) {
	for _, c := range []struct {
		name    string
		amount  money.Amount
		weights []int64
		want    []money.Amount
	}{
		{"equal remainders go to the first", 100, []int64{1, 1, 1}, []money.Amount{34, 33, 33}},
		{"the larger remainder wins over the place", 100, []int64{1, 5, 1}, []money.Amount{14, 72, 14}},
		{"negative is the mirror", -100, []int64{1, 5, 1}, []money.Amount{-14, -72, -14}},
		{"no weight gets nothing", 7, []int64{0, 3, 0}, []money.Amount{0, 7, 0}},
		{"one öre on many", 1, []int64{2, 3, 3}, []money.Amount{0, 1, 0}},
	} {
		if got := c.amount.Share(c.weights); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	parts := money.Kronor(11_000_000).Split(33)
	if parts[0] != 33333334 || parts[32] != 33333333 {
		t.Errorf("11 000 tkr on 33: first %s, last %s", parts[0], parts[32])
	}
}

// trap 6: the tax within gross amounts is computed on the group of one rate and
// then shared out, so that the lines add up to the tax of the group.
func TestTaxWithinAGroupOfGrossLines(t *testing.T) {
	lines := []money.Amount{999, 999, 999, 4999}
	gross, err := money.Sum(lines...)
	if err != nil {
		t.Fatal(err)
	}
	tax, err := gross.Portion(25, 125)
	if err != nil || tax != 1599 { // 79.96 × 25/125 = 15.992
		t.Fatalf("tax %d, %v", tax, err)
	}
	byLine, weights := money.Amount(0), make([]int64, len(lines))
	for i, l := range lines {
		t, _ := l.Portion(25, 125)
		byLine += t
		weights[i] = int64(l)
	}
	if byLine == tax {
		t.Fatal("the example must be one in which rounding by line differs")
	}
	shared, _ := money.Sum(tax.Share(weights)...)
	if shared != tax {
		t.Errorf("shared %d, want %d", shared, tax)
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in   string
		want money.Amount
		err  error
	}{
		{"1 234,50", 123450, nil},
		{"1234.50", 123450, nil},
		{"1\u00a0234,50", 123450, nil},
		{"1\u202f234\u2009567,5", 123456750, nil},
		{"\u22121 234,50", -123450, nil},
		{"-0,01", -1, nil},
		{"+7", 700, nil},
		{"  12  ", 1200, nil},
		{"0012,00", 1200, nil},
		{"", 0, money.ErrSyntax},
		{"-", 0, money.ErrSyntax},
		{",50", 0, money.ErrSyntax},
		{"12,", 0, money.ErrSyntax},
		{"1,234", 0, money.ErrDecimals},
		{"1.234,50", 0, money.ErrSyntax},
		{"1 23,50", 0, money.ErrSyntax},
		{"1234 567", 0, money.ErrSyntax},
		{"1  234", 0, money.ErrSyntax},
		{"12 ,50", 0, money.ErrSyntax},
		{"12, 50", 0, money.ErrSyntax},
		{"1e3", 0, money.ErrSyntax},
		{"--1", 0, money.ErrSyntax},
		{"١٢", 0, money.ErrSyntax},
		{"92 233 720 368 547 758,08", 0, money.ErrOverflow},
		{"99999999999999999999999", 0, money.ErrOverflow},
	} {
		if got, err := money.Parse(c.in); got != c.want || !errors.Is(err, c.err) {
			t.Errorf("Parse(%q) = %d, %v; want %d, %v", c.in, got, err, c.want, c.err)
		}
	}
}

func TestParseXML(t *testing.T) {
	for _, c := range []struct {
		in   string
		want money.Amount
		err  error
	}{
		{"1234.50", 123450, nil},
		{"-1234.5", -123450, nil},
		{"+.5", 50, nil},
		{"5.", 500, nil},
		{"\n\t 12 ", 1200, nil},
		{"-0", 0, nil},
		{".", 0, money.ErrSyntax},
		{"", 0, money.ErrSyntax},
		{"1 234", 0, money.ErrSyntax},
		{"1,50", 0, money.ErrSyntax},
		{"1e2", 0, money.ErrSyntax},
		{"NaN", 0, money.ErrSyntax},
		{"\u00a01", 0, money.ErrSyntax},
		{"\u22121", 0, money.ErrSyntax},
		{"1.2.3", 0, money.ErrSyntax},
		{"1.00x", 0, money.ErrSyntax},
		{"1.005", 0, money.ErrDecimals},
		{"1.000", 0, money.ErrDecimals},
		{"92233720368547758.08", 0, money.ErrOverflow},
		{"-92233720368547758.08", money.Min, nil},
	} {
		if got, err := money.ParseXML(c.in); got != c.want || !errors.Is(err, c.err) {
			t.Errorf("ParseXML(%q) = %d, %v; want %d, %v", c.in, got, err, c.want, c.err)
		}
	}
}

func TestWrittenAmountsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.Amount(amounts.Draw(t, "a"))
		if got, err := money.Parse(a.String()); err != nil || got != a {
			t.Fatalf("Parse(%q) = %d, %v", a.String(), got, err)
		}
		if got, err := money.ParseXML(a.Plain()); err != nil || got != a {
			t.Fatalf("ParseXML(%q) = %d, %v", a.Plain(), got, err)
		}
		doc, err := json.Marshal(map[string]money.Amount{"sum": a})
		if want := fmt.Sprintf(`{"sum":"%s"}`, a.Plain()); err != nil || string(doc) != want {
			t.Fatalf("JSON %s, %v; want %s", doc, err, want)
		}
		var back map[string]money.Amount
		if err := json.Unmarshal(doc, &back); err != nil || back["sum"] != a {
			t.Fatalf("JSON back %v, %v", back, err)
		}
	})
}

func TestStringIsSwedish(t *testing.T) {
	for a, want := range map[money.Amount]string{
		0:          "0,00",
		5:          "0,05",
		-5:         "\u22120,05",
		99999:      "999,99",
		100000:     "1\u00a0000,00",
		-123456789: "\u22121\u00a0234\u00a0567,89",
	} {
		if got := a.String(); got != want {
			t.Errorf("%d is written %q, want %q", a, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1 234,50", "-0.5", "\u22121\u00a0000", "1e9", "99999999999999999999", ",", "1,234"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if a, err := money.Parse(s); err == nil {
			if b, err := money.Parse(a.String()); err != nil || a != b {
				t.Fatalf("%q is %d, which reads back as %d, %v", s, a, b, err)
			}
		}
		if a, err := money.ParseXML(s); err == nil {
			want, ok := new(big.Rat).SetString(trimXML(s))
			if !ok || want.Mul(want, big.NewRat(100, 1)).Cmp(new(big.Rat).SetInt64(int64(a))) != 0 {
				t.Fatalf("ParseXML(%q) = %d", s, a)
			}
		}
	})
}

func trimXML(s string) string {
	b := []byte(s)
	return string(slices.DeleteFunc(b, func(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }))
}

func BenchmarkParseXML(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := money.ParseXML("123456.78"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTimes(b *testing.B) {
	price, qty := decimal.MustParse("24.50"), decimal.MustParse("3.125")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := money.Times(price, qty); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkString(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = money.Amount(123456789).String()
	}
}

func TestImpossibleArgumentsPanic(t *testing.T) {
	for name, f := range map[string]func(){
		"no parts":           func() { money.Amount(1).Split(0) },
		"no weights":         func() { money.Amount(1).Share(nil) },
		"weights of nothing": func() { money.Amount(1).Share([]int64{0, 0}) },
		"a negative weight":  func() { money.Amount(1).Share([]int64{2, -1}) },
		"too large weights":  func() { money.Amount(1).Share([]int64{math.MaxInt64, 1}) },
		"parts of nothing":   func() { _, _ = money.Amount(1).Portion(1, 0) },
		"too many kronor":    func() { money.Kronor(math.MaxInt64) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s did not panic", name)
				}
			}()
			f()
		}()
	}
}
