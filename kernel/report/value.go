package report

import (
	"math/big"

	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
)

// State says whether there is a number at all.
type State string

// The states. They are stored with frozen values.
const (
	Measured      State = "measured"
	NotDue        State = "not-due"        // the period has not begun
	NotReportable State = "not-reportable" // the reason says why
	TooFew        State = "too-few"        // cases, to be shown
)

// Value is what a figure was in a period.
type Value struct {
	Figure     *Figure
	Definition int64 // version; 0 where none was valid
	Period     period.Period
	Client     op.ClientID // 0 for all
	State      State
	Reason     string // Swedish, whole sentence; "" when measured
	Running    bool   // the period has begun and not ended: the number is so far
	Num        int64  // sum of the numerator's events
	Den        int64  // of the denominator; hundredths when it is outside the events; 0 for a count
}

// Say is the number in Swedish form with its per cent sign, "–" where there is
// none.
func (v Value) Say() string {
	n, ok := v.Scaled()
	if !ok {
		return "–"
	}
	s := text.Decimal(n, v.Figure.Decimals)
	if v.Figure.Percent {
		s += "\u00a0%"
	}
	return s
}

// Scaled is the number in units of 10^-Decimals, halves rounded away from zero;
// per cents are whole ones. It is false where there is no number.
func (v Value) Scaled() (int64, bool) {
	n, ok := v.rounded(v.Figure.Decimals)
	return n, ok
}

// Hundredths is the number in hundredths, to be held against a target.
func (v Value) Hundredths() (int64, bool) { return v.rounded(2) }

// Rat is the number exactly; nil where there is none.
func (v Value) Rat() *big.Rat {
	if v.State != Measured {
		return nil
	}
	d, ok := v.definition()
	if !ok || d.Denominator == nil {
		return new(big.Rat).SetInt64(v.Num)
	}
	if v.Den == 0 {
		return nil
	}
	r := big.NewRat(v.Num, 1)
	r.Quo(r, big.NewRat(v.Den, 1))
	if d.Denominator.Measure == nil {
		r.Mul(r, big.NewRat(100, 1)) // hundredths
	}
	if v.Figure.Percent {
		r.Mul(r, big.NewRat(100, 1))
	}
	return r
}

func (v Value) definition() (Definition, bool) {
	for _, d := range v.Figure.Definitions {
		if d.Version == v.Definition {
			return d, true
		}
	}
	return Definition{}, false
}

func (v Value) rounded(decimals int) (int64, bool) {
	r := v.Rat()
	if r == nil {
		return 0, false
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	n := new(big.Int).Mul(r.Num(), scale)
	two := big.NewInt(2)
	half := new(big.Int).Set(r.Denom())
	if n.Sign() < 0 {
		half.Neg(half)
	}
	n.Mul(n, two).Add(n, half)
	n.Quo(n, new(big.Int).Mul(r.Denom(), two))
	return n.Int64(), n.IsInt64()
}

// Count is the number of cases that the value rests on: the denominator of a
// share, otherwise the numerator.
func (v Value) Count() int64 {
	if d, ok := v.definition(); ok && d.Denominator != nil && d.Denominator.Measure != nil {
		return v.Den
	}
	return v.Num
}
