package indicator

import (
	"kontor/kernel/report"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

// Judgement is how a value stands against its target.
type Judgement struct {
	Status ui.StatusKind
	Word   string // Swedish
}

// The words are those of the report; each has its shape and colour.
//
// source: steering.md 4.4
const (
	reached = "Uppnått"
	near    = "Nära"
	missed  = "Ej uppnått"
	silent  = "Går ej att redovisa"
	notNow  = "Ej aktuellt nu"
	running = "Pågår"
	without = "Inget mål"
)

// Judge holds a value against its target. A period that is running is not
// judged.
func Judge(v report.Value, t Target, has bool) Judgement {
	n, ok := v.Hundredths()
	switch {
	case v.State == report.NotDue:
		return Judgement{ui.None, notNow}
	case !ok:
		return Judgement{ui.None, silent}
	case v.Running:
		return Judgement{ui.None, running}
	case !has:
		return Judgement{ui.None, without}
	}
	short := t.Value - n // how far on the bad side
	if !v.Figure.Higher {
		short = -short
	}
	switch {
	case short <= 0:
		return Judgement{ui.OK, reached}
	case short <= t.Tolerance:
		return Judgement{ui.Near, near}
	}
	return Judgement{ui.Miss, missed}
}

// Deviation is how far a value is from its target, in the unit of the figure:
// "+210", "−0,1 procentenheter".
func Deviation(v report.Value, t Target) string {
	n, ok := v.Hundredths()
	if !ok {
		return ""
	}
	d := n - t.Value
	for range 2 - v.Figure.Decimals { // hundredths to the figure's decimals, halves away from zero
		if d < 0 {
			d = (d - 5) / 10
		} else {
			d = (d + 5) / 10
		}
	}
	s := text.Signed(d, v.Figure.Decimals)
	if v.Figure.Percent {
		s += " procentenheter"
	}
	return s
}

// pick returns the target in force in a year: the last decision for the latest
// year that is not after it. The rows are in the order of year and decision.
func pick(rows []Target, figure string, year int64) (t Target, ok bool) {
	for _, r := range rows {
		if r.Figure == figure && r.Year <= year {
			t, ok = r, true
		}
	}
	return t, ok
}

// Say writes a target as its figure is written.
func (t Target) Say(f *report.Figure) string {
	n := t.Value
	for range 2 - f.Decimals {
		n = (n + 5) / 10
	}
	s := text.Decimal(n, f.Decimals)
	if f.Percent {
		s += "\u00a0%"
	}
	return s
}
