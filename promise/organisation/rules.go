package organisation

import (
	"cmp"
	"slices"

	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/workday"
)

// Calendar says which days are worked; a month's full-time equivalent is spread
// evenly over them.
var Calendar = workday.Office

// Part is what one row of working time contributes to a process in one month.
type Part struct {
	Month      period.Month
	Time       Time
	Days       int   // working days of the month on which the row was in force
	Away       int64 // hundredths of working days of leave among them
	Hundredths int64 // of full-time equivalent months
}

// Month is the full-time equivalents of a process in one month.
type Month struct {
	Month      period.Month
	Workdays   int
	Hundredths int64 // of full-time equivalent months; the sum of the parts
	Parts      []Part
}

// Months computes the full-time equivalents month by month from first to last.
//
// The exact value of a row in a month is share × present ÷ working days, where
// present counts a day of leave by the part that is worked. The rows of a month
// are added exactly and rounded once, halves up, to hundredths; the parts then
// get their share of that figure by largest remainder, so that they sum to it.
// A month that is only partly inside the span counts the days inside it, still
// divided by all working days of the month.
func Months(rows []Time, leaves []Leave, first, last period.Date) []Month {
	var all []Month
	for m := period.MonthOf(first); m.First() <= last; m = m.Next() {
		all = append(all, month(rows, leaves, m, max(first, m.First()), min(last, m.Last())))
	}
	return all
}

func month(rows []Time, leaves []Leave, m period.Month, first, last period.Date) Month {
	out := Month{Month: m, Workdays: Calendar.Workdays(m.First(), m.Last())}
	if out.Workdays == 0 {
		return out
	}
	var exact []int64 // share × present, in hundredths of days
	var sum int64
	for _, t := range rows {
		from, to := max(first, t.ValidFrom), min(last, until(t.ValidTo))
		days := Calendar.Workdays(from, to)
		if days == 0 || t.Share == 0 {
			continue
		}
		away := awayDays(leaves, t.Person, from, to)
		out.Parts = append(out.Parts, Part{Month: m, Time: t, Days: days, Away: away})
		exact = append(exact, t.Share*(int64(days)*100-away))
		sum += exact[len(exact)-1]
	}
	den := int64(out.Workdays) * 100
	out.Hundredths = (2*sum + den) / (2 * den)
	for i, h := range largestRemainder(out.Hundredths, exact, den) {
		out.Parts[i].Hundredths = h
	}
	return out
}

// awayDays returns the hundredths of working days that a person is away; on a
// day that several rows cover, never more than the whole day.
func awayDays(leaves []Leave, person op.PersonID, from, to period.Date) int64 {
	var mine []Leave
	for _, l := range leaves {
		if l.Person == person && l.ValidFrom <= to && until(l.ValidTo) >= from {
			mine = append(mine, l)
		}
	}
	if len(mine) == 0 {
		return 0
	}
	var away int64
	for d := from; d <= to; d++ {
		if Calendar.Closed(d) {
			continue
		}
		var share int64
		for _, l := range mine {
			if l.ValidFrom <= d && d <= until(l.ValidTo) {
				share += l.Share
			}
		}
		away += min(share, 100)
	}
	return away
}

// largestRemainder splits total over rows whose exact values are exact/den and
// sum, rounded, to total.
func largestRemainder(total int64, exact []int64, den int64) []int64 {
	out, order := make([]int64, len(exact)), make([]int, len(exact))
	left := total
	for i, e := range exact {
		out[i], order[i] = e/den, i
		left -= e / den
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(exact[b]%den, exact[a]%den) })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}

var endless = period.NewDate(9999, 12, 31)

func until(d period.Date) period.Date {
	if d.IsZero() {
		return endless
	}
	return d
}

// overFull returns the first day on which one person's shares sum to more than
// full time, counting the new row instead of the one with its identity.
func overFull(rows []Time, added Time) (period.Date, int64) {
	starts := []period.Date{added.ValidFrom}
	for _, r := range rows {
		if r.ValidFrom > added.ValidFrom && r.ValidFrom <= until(added.ValidTo) {
			starts = append(starts, r.ValidFrom)
		}
	}
	slices.Sort(starts)
	for _, d := range starts {
		sum := added.Share
		for _, r := range rows {
			if r.ID != added.ID && r.ValidFrom <= d && d <= until(r.ValidTo) {
				sum += r.Share
			}
		}
		if sum > fullTime {
			return d, sum
		}
	}
	return 0, 0
}

const fullTime = 100 // hundredths
