package money

import (
	"math"
	"math/bits"

	"github.com/govalues/decimal"
)

// RoundHalfAway rounds d kronor to the öre, a half away from zero: the rule of
// the ledger, in which a credit is the exact opposite of its debit.
func RoundHalfAway(d decimal.Decimal) (Amount, error) {
	return fromScaled(0, d.Coef(), d.Scale(), d.IsNeg(), halfAway)
}

// RoundHalfUp rounds d kronor to the öre, a half towards plus infinity, as the
// function round of XPath does. It is for judging documents by the rules of
// EN 16931, not for booking.
//
// source: XPath and XQuery Functions and Operators 3.1, 4.4.4 fn:round
func RoundHalfUp(d decimal.Decimal) (Amount, error) {
	return fromScaled(0, d.Coef(), d.Scale(), d.IsNeg(), halfUp)
}

// Times returns price × qty in öre, with price in kronor. The product is exact,
// up to 38 digits, and is rounded once, a half away from zero.
func Times(price, qty decimal.Decimal) (Amount, error) {
	hi, lo := bits.Mul64(price.Coef(), qty.Coef())
	return fromScaled(hi, lo, price.Scale()+qty.Scale(), price.IsNeg() != qty.IsNeg(), halfAway)
}

// Portion returns a × num ÷ den, rounded once, a half away from zero: the tax
// within a gross sum, a percentage, some days of a year. It panics if den is
// not positive.
func (a Amount) Portion(num, den int64) (Amount, error) {
	if den <= 0 {
		panic("money: Portion of nothing")
	}
	whole, negative := magnitude(a)
	n, opposite := magnitude(Amount(num))
	hi, lo := bits.Mul64(whole, n)
	if hi >= uint64(den) {
		return 0, ErrOverflow
	}
	q, r := bits.Div64(hi, lo, uint64(den))
	// r ≥ den − r is 2r ≥ den without overflow.
	if r >= uint64(den)-r {
		q++
	}
	return inRange(q, negative != opposite)
}

type rounding bool

const (
	halfAway rounding = false
	halfUp   rounding = true
)

// fromScaled returns the number ±(hi:lo) × 10^−scale kronor as öre.
func fromScaled(hi, lo uint64, scale int, negative bool, r rounding) (Amount, error) {
	up := r == halfAway || !negative
	scale -= 2
	if scale <= 0 {
		h, l := bits.Mul64(lo, pow10[-scale])
		if hi != 0 || h != 0 {
			return 0, ErrOverflow
		}
		return inRange(l, negative)
	}
	// Digits beyond the nineteenth are cut off first; they only decide
	// whether the rest lies above a half.
	var dust bool
	if scale > maxPow {
		var cut uint64
		hi, lo, cut = div128(hi, lo, pow10[scale-maxPow])
		dust = cut != 0
		scale = maxPow
	}
	hi, lo, rest := div128(hi, lo, pow10[scale])
	if hi != 0 {
		return 0, ErrOverflow
	}
	half := pow10[scale] / 2
	if rest > half || rest == half && (dust || up) {
		lo++ // cannot wrap: a quotient near 2⁶⁴ is refused by inRange
		if lo == 0 {
			return 0, ErrOverflow
		}
	}
	return inRange(lo, negative)
}

// div128 divides hi:lo by y and returns the quotient's two words and the rest.
func div128(hi, lo, y uint64) (qhi, qlo, rest uint64) {
	qhi, rest = hi/y, hi%y
	qlo, rest = bits.Div64(rest, lo, y)
	return qhi, qlo, rest
}

func inRange(m uint64, negative bool) (Amount, error) {
	if m > math.MaxInt64 && !(negative && m == 1<<63) {
		return 0, ErrOverflow
	}
	return signed(m, negative), nil
}

const maxPow = 19

// pow10 has the powers of ten that fit 64 bits.
var pow10 = [maxPow + 1]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
	1e15, 1e16, 1e17, 1e18, 1e19,
}
