package text

import (
	"math/big"
	"strconv"
)

const (
	thin  = "\u00a0" // between thousands, and before a unit, so that a number never breaks over two lines
	minus = "\u2212"
)

// Int writes a whole number in Swedish form: 1 234 567 with no-break spaces, minus as U+2212.
func Int(n int64) string { return Decimal(n, 0) }

// Decimal writes n · 10^-decimals in Swedish form: Decimal(1465, 1) is "146,5".
func Decimal(n int64, decimals int) string {
	var room [48]byte
	return string(appendDecimal(room[:0], n, decimals))
}

// Signed is Decimal with a plus before what is above zero, for deviations: "+210", "−0,1", "0".
func Signed(n int64, decimals int) string {
	if n > 0 {
		return "+" + Decimal(n, decimals)
	}
	return Decimal(n, decimals)
}

// Percent writes the share num/den with a fixed number of decimals: "97,4 %". Halves are rounded away from zero. A
// share of nothing is "–", since no share of nothing exists.
func Percent(num, den int64, decimals int) string {
	n, ok := Share(num, den, decimals)
	if !ok {
		return "–"
	}
	return Decimal(n, decimals) + thin + "%"
}

// Share is num/den in units of 10^-decimals per cent, halves rounded away from zero; false when den is 0.
func Share(num, den int64, decimals int) (int64, bool) {
	if den == 0 || decimals < 0 {
		return 0, false
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)+2), nil)
	n := new(big.Int).Mul(big.NewInt(num), scale)
	d := big.NewInt(den)
	neg := n.Sign()*d.Sign() < 0
	n.Abs(n).Mul(n, big.NewInt(2)).Add(n, new(big.Int).Abs(d))
	n.Quo(n, new(big.Int).Mul(new(big.Int).Abs(d), big.NewInt(2)))
	if neg {
		n.Neg(n)
	}
	return n.Int64(), n.IsInt64()
}

func appendDecimal(b []byte, n int64, decimals int) []byte {
	u := uint64(n)
	if n < 0 {
		b = append(b, minus...)
		u = -u
	}
	var room [32]byte
	digits := strconv.AppendUint(room[:0], u, 10)
	for len(digits) <= decimals {
		digits = append([]byte{'0'}, digits...)
	}
	whole := len(digits) - decimals
	for i, d := range digits[:whole] {
		if i > 0 && (whole-i)%3 == 0 {
			b = append(b, thin...)
		}
		b = append(b, d)
	}
	if decimals > 0 {
		b = append(b, ',')
		b = append(b, digits[whole:]...)
	}
	return b
}
