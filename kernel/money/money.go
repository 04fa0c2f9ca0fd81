// Package money counts Swedish kronor in whole öre.
//
// # Words
//
// An Amount is a sum in öre, positive or negative. A price or a quantity is a
// decimal.Decimal and becomes an Amount once, by one named rounding.
//
// # What always holds
//
//   - There is no floating point, and nothing narrower than 64 bits.
//   - Parts made by Split and Share add up to the whole, to the öre, and the
//     same input always gives the same parts.
//   - A sum that does not fit is an error, never a wrapped number.
//
// # Not here
//
// Rates of tax, fees and interest are dated tables of the modules that use
// them. Other currencies than SEK are kept as they were written by format/*.
package money

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// Amount is a sum in öre. The zero value is nought kronor. In a database it is
// a plain integer.
type Amount int64

// Max and Min are the largest and the smallest amounts.
const (
	Max Amount = math.MaxInt64
	Min Amount = math.MinInt64
)

// Kronor returns the amount of k kronor and no öre. It is for amounts written
// in code and panics on overflow.
func Kronor(k int64) Amount {
	if k > math.MaxInt64/100 || k < math.MinInt64/100 {
		panic("money: Kronor out of range")
	}
	return Amount(k * 100)
}

// Add returns a + b, or ErrOverflow.
func (a Amount) Add(b Amount) (Amount, error) {
	s := a + b
	if (a > 0 && b > 0 && s < 0) || (a < 0 && b < 0 && s >= 0) {
		return 0, ErrOverflow
	}
	return s, nil
}

// Sub returns a − b, or ErrOverflow.
func (a Amount) Sub(b Amount) (Amount, error) {
	s := a - b
	if (a >= 0 && b < 0 && s < 0) || (a < 0 && b > 0 && s >= 0) {
		return 0, ErrOverflow
	}
	return s, nil
}

// Neg returns −a, or ErrOverflow for Min, which has no opposite.
func (a Amount) Neg() (Amount, error) { return Amount(0).Sub(a) }

// Abs is a without its sign. Of Min, which has no opposite, it is Max.
func (a Amount) Abs() Amount {
	if a == Min {
		return Max
	}
	return max(a, -a)
}

// Sum adds exactly. Only the total has to fit: a sum that passes outside the
// range on the way is still right.
func Sum(amounts ...Amount) (Amount, error) {
	var hi, lo uint64
	for _, a := range amounts {
		var carry uint64
		lo, carry = bits.Add64(lo, uint64(a), 0)
		hi, _ = bits.Add64(hi, uint64(int64(a)>>63), carry)
	}
	if hi != uint64(int64(lo)>>63) {
		return 0, ErrOverflow
	}
	return Amount(lo), nil
}

// Split shares a out over n parts that differ by at most one öre and add up to
// a again. The parts further from zero come first. It panics if n is not
// positive.
func (a Amount) Split(n int) []Amount {
	if n <= 0 {
		panic("money: Split into no parts")
	}
	q, r := int64(a)/int64(n), int64(a)%int64(n)
	parts := make([]Amount, n)
	for i := range parts {
		parts[i] = Amount(q)
		switch {
		case r > 0 && int64(i) < r:
			parts[i]++
		case r < 0 && int64(i) < -r:
			parts[i]--
		}
	}
	return parts
}

// Share shares a out in proportion to the weights by the largest remainder;
// equal remainders go to the earlier weight. The parts add up to a again, and
// the parts of −a are the opposites of those of a. It panics on a negative
// weight, on weights that are all zero and on weights whose sum exceeds 63 bits.
func (a Amount) Share(weights []int64) []Amount {
	var total int64
	for _, w := range weights {
		if w < 0 || total > math.MaxInt64-w {
			panic("money: Share by a negative or too large weight")
		}
		total += w
	}
	if total == 0 {
		panic("money: Share by no weight")
	}
	whole, negative := magnitude(a)
	parts := make([]Amount, len(weights))
	rest := make([]remainder, len(weights))
	left := whole
	for i, w := range weights {
		// The quotient fits: w ≤ total, so it is at most whole.
		hi, lo := bits.Mul64(whole, uint64(w))
		q, r := bits.Div64(hi, lo, uint64(total))
		parts[i], rest[i] = signed(q, negative), remainder{r, i}
		left -= q
	}
	if left > 0 {
		slices.SortFunc(rest, func(x, y remainder) int {
			return cmp.Or(cmp.Compare(y.size, x.size), cmp.Compare(x.at, y.at))
		})
	}
	for _, r := range rest[:left] {
		if negative {
			parts[r.at]--
		} else {
			parts[r.at]++
		}
	}
	return parts
}

type remainder struct {
	size uint64
	at   int
}

// magnitude returns |a|, which for Min needs the 64th bit, and whether a < 0.
func magnitude(a Amount) (uint64, bool) {
	if a < 0 {
		return -uint64(a), true
	}
	return uint64(a), false
}

// signed is the inverse of magnitude; the caller has checked the range.
func signed(m uint64, negative bool) Amount {
	if negative {
		return Amount(-m)
	}
	return Amount(m)
}
