package chart

import (
	"context"
	"math"
	"slices"

	"kontor/kernel/text"
)

// The constants of an XmR chart: 3/d2 with d2 = 1.128 for ranges of two, and D4 for the range chart.
// source: steering.md 2.7
const (
	limitFactor = 2.66
	rangeFactor = 3.267
	baseLeast   = 12 // points; with fewer the limits are trial limits
	runLength   = 7
)

// Direction says which way is better.
type Direction uint8

// The directions. Neither is for figures that are watched but not judged.
const (
	Neither Direction = iota
	HigherIsBetter
	LowerIsBetter
)

// Signal is what a point tells beyond ordinary variation.
type Signal uint8

// The signals, in the order in which they are looked for.
const (
	Common Signal = iota
	Outside
	LongRun
	Trend
	TwoOfThree
)

// Analysis is the variation of a series.
type Analysis struct {
	Mean, MeanRange float64
	Lower, Upper    float64
	Trial           bool // fewer than twelve points in the base
	Signals         []Signal
	Up              []bool // whether a point speaks of a rise: it lies above the mean, or in a rising trend
}

// Analyse computes mean and natural process limits from the first base values (all when base is 0) and looks for
// signals in all of them. Fewer than two values have no limits.
func Analyse(values []float64, base int) Analysis { return analyse(values, base, false) }

// AnalyseScreened is Analyse with ranges beyond the range limit left out once before the limits are computed, so that
// one single shock does not widen them.
func AnalyseScreened(values []float64, base int) Analysis { return analyse(values, base, true) }

func analyse(values []float64, base int, screen bool) Analysis {
	if base <= 0 || base > len(values) {
		base = len(values)
	}
	a := Analysis{Trial: base < baseLeast, Signals: make([]Signal, len(values)), Up: make([]bool, len(values))}
	if len(values) == 0 {
		return a
	}
	ranges := make([]float64, 0, base)
	sum := 0.0
	for i, v := range values[:base] {
		sum += v
		if i > 0 {
			ranges = append(ranges, math.Abs(v-values[i-1]))
		}
	}
	a.Mean = sum / float64(base)
	a.MeanRange = mean(ranges)
	if screen {
		limit := rangeFactor * a.MeanRange
		a.MeanRange = mean(slices.DeleteFunc(ranges, func(r float64) bool { return r > limit }))
	}
	a.Lower, a.Upper = a.Mean-limitFactor*a.MeanRange, a.Mean+limitFactor*a.MeanRange
	for i, v := range values {
		a.Up[i] = v > a.Mean
	}
	if len(values) > 1 {
		a.mark(values)
	}
	return a
}

func mean(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// mark sets the first signal that holds of each point.
func (a *Analysis) mark(values []float64) {
	third := (a.Upper - a.Mean) * 2 / 3
	for i, v := range values {
		if v > a.Upper || v < a.Lower {
			a.Signals[i] = Outside
		}
	}
	side := func(i int) int { return sign(values[i] - a.Mean) }
	a.runs(len(values), runLength, LongRun, side)
	step := func(i int) int {
		if i == 0 {
			return 0
		}
		return sign(values[i] - values[i-1])
	}
	a.trends(len(values), step)
	for i := range len(values) - 2 {
		for _, s := range []int{-1, 1} {
			var far []int
			for j := i; j < i+3; j++ {
				if float64(s)*(values[j]-a.Mean) > third && third > 0 {
					far = append(far, j)
				}
			}
			if len(far) >= 2 {
				a.set(far, TwoOfThree)
			}
		}
	}
}

// runs marks every stretch of at least length points for which of is the same and not zero.
func (a *Analysis) runs(n, length int, s Signal, of func(int) int) {
	for from := 0; from < n; {
		to := from + 1
		for to < n && of(to) == of(from) {
			to++
		}
		if of(from) != 0 && to-from >= length {
			for i := from; i < to; i++ {
				a.set([]int{i}, s)
			}
		}
		from = to
	}
}

// trends marks every stretch of seven points in which each is above the one before, or each below.
func (a *Analysis) trends(n int, step func(int) int) {
	for from := 1; from < n; {
		to := from + 1
		for to < n && step(to) == step(from) {
			to++
		}
		if step(from) != 0 && to-from+1 >= runLength {
			for i := from - 1; i < to; i++ {
				if a.Signals[i] == Common {
					a.Up[i] = step(from) > 0
				}
				a.set([]int{i}, Trend)
			}
		}
		from = to
	}
}

func (a *Analysis) set(points []int, s Signal) {
	for _, i := range points {
		if a.Signals[i] == Common {
			a.Signals[i] = s
		}
	}
}

func sign(v float64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// Words says what the last point tells, as the end of a sentence about the figure.
func (a Analysis) Words(ctx context.Context) string {
	if len(a.Signals) == 0 {
		return text.T(ctx, "Det finns inga värden än.")
	}
	last := len(a.Signals) - 1
	if a.Trial && a.Signals[last] == Common {
		return text.T(ctx, "Gränserna är preliminära, eftersom det finns färre än tolv värden.")
	}
	switch a.Signals[last] {
	case Outside:
		if a.Up[last] {
			return text.T(ctx, "Det senaste värdet ligger över den övre gränsen, alltså en verklig förändring.")
		}
		return text.T(ctx, "Det senaste värdet ligger under den nedre gränsen, alltså en verklig förändring.")
	case LongRun:
		return text.T(ctx, "Minst sju värden i rad ligger på samma sida om medelvärdet, alltså en verklig förändring.")
	case Trend:
		return text.T(ctx, "Minst sju värden i rad går åt samma håll, alltså en verklig förändring.")
	case TwoOfThree:
		return text.T(ctx, "Två av tre värden ligger nära gränsen, vilket tyder på en verklig förändring.")
	}
	return text.T(ctx, "Värdet ligger inom vanlig variation.")
}

// Assurance says whether the process can be relied on to reach a target as it is: 1 always, -1 never, 0 sometimes.
func (a Analysis) Assurance(target float64, better Direction) int {
	switch {
	case better == HigherIsBetter && a.Lower > target, better == LowerIsBetter && a.Upper < target:
		return 1
	case better == HigherIsBetter && a.Upper < target, better == LowerIsBetter && a.Lower > target:
		return -1
	}
	return 0
}
