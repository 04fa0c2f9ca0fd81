package report

import (
	"slices"

	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
)

// Sum says what is added up of events.
type Sum string

// The sums. An event that corrects another has them with a minus.
const (
	Quantity Sum = "quantity"
	Promised Sum = "promised" // quantity with a promise
	Kept     Sum = "kept"     // of those, in time
)

// Measure is a sum over work events.
type Measure struct {
	Process    string
	Activities []string       // none: every activity of the process
	Channels   []work.Channel // none: every channel
	Automated  bool           // only what no person of the office had to do
	Of         Sum            // "" is Quantity
	Counted    *Counted       // instead of events
}

// Counted is a number of rows that are no work events.
type Counted struct {
	// Sum is how many there are within a scope, from the first day to the last.
	Sum func(o *op.Op, s op.Scope, first, last period.Date) (int64, error)
	// List has the rows; its filters client, from and to narrow it to the period,
	// and Only to what is counted.
	List string
	Only map[string][]string
}

// Part is what a figure divides by: a measure, or something outside the events.
type Part struct {
	Measure *Measure
	Name    string // Swedish, of what is outside the events: "årsarbetare, månader"
	// Sum returns hundredths, so that half a full-time equivalent is 50. What is
	// outside the events is known of the whole operation only.
	Sum func(o *op.Op, first, last period.Date) (hundredths int64, err error)
	// Rows is where the rows behind it are seen, with the marks {from} and {to}.
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
	Least       int64        // a quotient of fewer is not shown; 0 for no bound
	Definitions []Definition // oldest first
}

// On returns the definition that is valid on a day. A period is judged by the
// definition on its last day.
func (f *Figure) On(day period.Date) (Definition, bool) {
	for _, d := range slices.Backward(f.Definitions) {
		if d.From <= day {
			return d, true
		}
	}
	return Definition{}, false
}

// Sum adds up the cells that the measure is about.
func (m Measure) Sum(cells []work.Cell) int64 {
	var sum int64
	for i := range cells {
		if c := &cells[i]; m.Covers(c) {
			sum += m.of(c.Sums)
		}
	}
	return sum
}

// number is what the measure comes to in sums that have been read.
func (m Measure) number(o *op.Op, c Cells) (int64, error) {
	if m.Counted == nil {
		return m.Sum(c.All), nil
	}
	return m.Counted.Sum(o, c.Scope, c.Period.First(), c.Period.Last())
}

// Covers reports whether the measure is about the events of a cell.
func (m Measure) Covers(c *work.Cell) bool {
	return c.Process == m.Process &&
		(len(m.Activities) == 0 || slices.Contains(m.Activities, c.Activity)) &&
		(len(m.Channels) == 0 || slices.Contains(m.Channels, c.Channel)) &&
		(!m.Automated || c.Automated)
}

func (m Measure) of(s work.Sums) int64 {
	switch m.Of {
	case Promised:
		return s.Promised
	case Kept:
		return s.Kept
	}
	return s.Quantity
}
