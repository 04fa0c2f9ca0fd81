// Package report computes figures: what a figure means, from when, out of which
// events, against which target, and which rows stand behind it.
package report

import (
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
)

// Sum says what is added up of events.
type Sum string

const (
	Quantity Sum = "quantity"
	Promised Sum = "promised" // quantity with a promise
	Kept     Sum = "kept"     // of those, in time
)

// Measure is a sum over work events.
type Measure struct {
	Process    string
	Activities []string // none: every activity of the process
	Channels   []work.Channel
	Of         Sum
}

// Part is what a figure divides by: a measure, or something outside the events.
type Part struct {
	Measure *Measure
	Name    string // Swedish, of what is outside the events: "årsarbetare, månader"
	// Sum returns hundredths, so that half a full-time equivalent is 50.
	Sum func(o *op.Op, s op.Scope, first, last period.Date) (hundredths int64, err error)
	// Rows is where the rows behind it are seen; %s is the key of the period.
	Rows string
}

// Definition is what a figure means from a day on.
type Definition struct {
	Version     int64
	From        period.Date
	Text        string // Swedish
	Source      string // "000 s.5"
	Numerator   Measure
	Denominator *Part // nil for a count
}

// Figure is one figure of reports and indicators.
type Figure struct {
	Key         string // "payables.per-fte"
	Name        string // Swedish
	Unit        string // Swedish: "fakturor per årsarbetare och månad", "%"
	Percent     bool   // the quotient is shown as per cent
	Decimals    int
	Higher      bool         // more is better
	Definitions []Definition // oldest first
}
