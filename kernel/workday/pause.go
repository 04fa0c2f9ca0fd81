package workday

import (
	"cmp"
	"slices"
	"time"

	"kontor/kernel/period"
)

// Pause is a span in which the clock stood still, From included and To not. A
// zero To means that it still does.
type Pause struct{ From, To time.Time }

// Pauses is a set of pauses: sorted, none empty, none overlapping or touching.
// The zero value has none. It is never changed.
type Pauses struct{ set []Pause }

// NewPauses makes a set of pauses in any order. Pauses that end before they
// begin are left out.
func NewPauses(pauses ...Pause) Pauses {
	if len(pauses) == 0 {
		return Pauses{}
	}
	sorted := make([]Pause, 0, len(pauses))
	for _, p := range pauses {
		if p.To.IsZero() || p.From.Before(p.To) {
			sorted = append(sorted, p)
		}
	}
	slices.SortFunc(sorted, func(a, b Pause) int {
		return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To))
	})
	merged := sorted[:0]
	for _, p := range sorted {
		n := len(merged) - 1
		switch {
		case n < 0 || !merged[n].To.IsZero() && merged[n].To.Before(p.From):
			merged = append(merged, p)
		case merged[n].To.IsZero():
			// The rest lies inside a pause that still goes on.
		case p.To.IsZero() || p.To.After(merged[n].To):
			merged[n].To = p.To
		}
	}
	return Pauses{merged}
}

// All returns a copy of the pauses in order.
func (p Pauses) All() []Pause { return slices.Clone(p.set) }

// Paused reports whether the clock stands still at the instant t.
func (p Pauses) Paused(t time.Time) bool {
	for _, x := range p.set {
		if !t.Before(x.From) && (x.To.IsZero() || t.Before(x.To)) {
			return true
		}
	}
	return false
}

// Union returns the pauses that are in p or in q.
func (p Pauses) Union(q Pauses) Pauses {
	switch {
	case len(p.set) == 0:
		return q
	case len(q.set) == 0:
		return p
	}
	return NewPauses(slices.Concat(p.set, q.set)...)
}

// Clip returns what lies between from and to of the pauses; those that still go
// on end at to. A zero to is no limit.
func (p Pauses) Clip(from, to time.Time) Pauses {
	var clipped []Pause
	for _, x := range p.set {
		if x, ok := x.clip(from, to); ok {
			clipped = append(clipped, x)
		}
	}
	return Pauses{clipped}
}

func (x Pause) clip(from, to time.Time) (Pause, bool) {
	if x.From.Before(from) {
		x.From = from
	}
	if !to.IsZero() && (x.To.IsZero() || x.To.After(to)) {
		x.To = to
	}
	return x, x.To.IsZero() || x.From.Before(x.To)
}

// wholeDays returns the first and the last day that x covers from midnight to
// midnight; last is before first if there is none.
func (x Pause) wholeDays() (first, last period.Date) {
	first = period.DateOf(x.From)
	if first.Start().Before(x.From) {
		first++
	}
	if x.To.IsZero() {
		return first, endDay
	}
	return first, period.DateOf(x.To) - 1
}
