package report

import (
	"slices"

	"kontor/kernel/fault"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
)

var errHidden = fault.New(fault.NotFound, "RPT-001", "Kunden finns inte.")

const (
	sayNotBegun  = "Perioden har inte börjat."
	sayUndefined = "Måttet är inte definierat för den här perioden."
	sayWholeOnly = "Måttet finns bara för hela verksamheten."
	sayNoCases   = "Det finns inga poster att räkna på i perioden."
	sayNoOutside = "Underlag saknas för perioden: det finns inga registrerade %s."
	sayTooFew    = "Det är för få poster för att visas."
)

// Cells are the sums of one period that several figures are computed from.
type Cells struct {
	Period period.Period
	Scope  op.Scope
	All    []work.Cell
}

// Read reads the sums of a period within the scope. One client narrows it; a
// client outside the scope is not found.
func Read(o *op.Op, s op.Scope, p period.Period, client op.ClientID) (Cells, error) {
	if client != 0 {
		if !s.Holds(client) {
			return Cells{}, errHidden.Because("%s may not see client %s", o.Actor.ID, client)
		}
		s = op.Scope{Clients: []op.ClientID{client}, Units: s.Units}
	}
	cells, err := work.Table(o, s, p.First(), p.Last())
	if s.Units != nil {
		cells = slices.DeleteFunc(cells, func(c work.Cell) bool { return !slices.Contains(s.Units, c.Unit) })
	}
	return Cells{p, s, cells}, err
}

// Client is the part of the cells that belongs to one client.
func (c Cells) Client(client op.ClientID) Cells {
	part := Cells{Period: c.Period, Scope: op.Scope{Clients: []op.ClientID{client}, Units: c.Scope.Units}}
	for _, x := range c.All {
		if x.Client == client {
			part.All = append(part.All, x)
		}
	}
	return part
}

// Compute says what a figure was in a period, within the scope, for one client
// or for all of them (0).
func Compute(o *op.Op, f *Figure, s op.Scope, p period.Period, client op.ClientID) (Value, error) {
	cells, err := Read(o, s, p, client)
	if err != nil {
		return Value{}, err
	}
	return f.Value(o, cells, client)
}

// Value says what a figure was, from sums that have been read.
func (f *Figure) Value(o *op.Op, c Cells, client op.ClientID) (Value, error) {
	today := period.DateOf(o.Now)
	v := Value{Figure: f, Period: c.Period, Client: client, State: Measured,
		Running: c.Period.First() <= today && today <= c.Period.Last()}
	none := func(s State, reason string) (Value, error) {
		v.State, v.Reason = s, reason
		return v, nil
	}
	d, ok := f.On(c.Period.Last())
	switch {
	case !ok:
		return none(NotReportable, sayUndefined)
	case c.Period.First() > today:
		v.Definition = d.Version
		return none(NotDue, sayNotBegun)
	}
	v.Definition = d.Version
	var err error
	if v.Num, err = d.Numerator.number(o, c); err != nil || d.Denominator == nil {
		return v, err
	}
	if m := d.Denominator.Measure; m != nil {
		if v.Den, err = m.number(o, c); err != nil {
			return v, err
		}
		if v.Den == 0 {
			return none(NotReportable, sayNoCases)
		}
		if v.Den < f.Least {
			return none(TooFew, sayTooFew)
		}
		return v, nil
	}
	if !c.Scope.All || c.Scope.Units != nil {
		return none(NotReportable, sayWholeOnly)
	}
	if v.Den, err = d.Denominator.Sum(o, c.Period.First(), min(c.Period.Last(), today)); err != nil {
		return v, err
	}
	if v.Den == 0 {
		return none(NotReportable, lacking(d.Denominator.Name))
	}
	return v, nil
}

// Series says what a figure was, month by month.
func Series(o *op.Op, f *Figure, s op.Scope, months []period.Month, client op.ClientID) ([]Value, error) {
	values := make([]Value, len(months))
	for i, m := range months {
		var err error
		if values[i], err = Compute(o, f, s, m, client); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// Months are the n months that end with last, oldest first.
func Months(last period.Month, n int) []period.Month {
	all := make([]period.Month, n)
	for i := range slices.Backward(all) {
		all[i], last = last, last.Prev()
	}
	return all
}
