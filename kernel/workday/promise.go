package workday

import (
	"time"

	"kontor/kernel/period"
)

// DayNumber returns which day of the agreement, "Dag n", it is at the instant
// at for something that arrived at arrived. The day of arrival is day 1 if it is
// a working day, otherwise the next working day is. Each further working day
// counts one, unless pauses cover it from midnight to midnight: a day on which
// we had the case for some of the time counts as ours. On closed and paused days
// the number is that of the day before; it is 0 until day 1 has come.
//
// source: 003 s.15 (SF:s handläggningstid)
func DayNumber(c *Calendar, arrived, at time.Time, pauses Pauses) int {
	if at.Before(arrived) {
		return 0
	}
	first, last := period.DateOf(arrived), period.DateOf(at)
	n := c.Workdays(first, last)
	for _, p := range pauses.set {
		from, to := p.wholeDays()
		n -= c.Workdays(max(first, from), min(last, to))
	}
	return n
}

// DueDate returns the last day that still keeps a promise of so many days: the
// date on which DayNumber becomes days. A pause that still goes on is taken to
// end now, together with any that it has swallowed. It is no date if days is less than 1 or the answer lies beyond the
// years that calendars know.
func DueDate(c *Calendar, arrived time.Time, days int, pauses Pauses, now time.Time) period.Date {
	if days < 1 {
		return 0
	}
	t := c.table()
	first := period.DateOf(arrived)
	n := t.workdays(first) + days
	due := t.nth(n)
	for _, p := range pauses.set {
		if p.To.IsZero() {
			if p.To = now; !p.From.Before(now) {
				break
			}
		}
		from, to := p.wholeDays()
		if from = max(from, first); from > due {
			break
		}
		n += c.Workdays(from, to)
		due = t.nth(n)
	}
	return due
}

// Hours are the office hours, in minutes after midnight in Stockholm. Open must
// be before Close, and neither may lie in the hour from 02:00 that is skipped or
// repeated when the clocks change. A HalfClose of 0 gives half days full hours.
type Hours struct{ Open, Close, HalfClose int }

const clocksChanged = 3 * 60 // from this minute on every day has its usual length

// Worked returns the office time from one instant to another, less the pauses.
// A pause that still goes on runs to the end. It is 0 if to is not after from.
func Worked(c *Calendar, hours Hours, from, to time.Time, pauses Pauses) time.Duration {
	if !from.Before(to) {
		return 0
	}
	between := hours.between
	if hours.Open < clocksChanged {
		between = hours.betweenByDay
	}
	worked := between(c, from, to)
	for _, p := range pauses.set {
		if p, ok := p.clip(from, to); ok {
			worked -= between(c, p.From, p.To)
		}
	}
	return worked
}

// between needs no loop because every office day has the same length.
func (h Hours) between(c *Calendar, from, to time.Time) time.Duration {
	return h.since(c, to) - h.since(c, from)
}

// since returns the office time from the first day of the calendar until t.
func (h Hours) since(c *Calendar, t time.Time) time.Duration {
	days, d := c.table(), period.DateOf(t)
	half := days.halfdays(d)
	full := days.workdays(d) - half
	minutes := full*(h.Close-h.Open) + half*(h.close(true)-h.Open)
	sum := time.Duration(minutes) * time.Minute
	if c.Closed(d) {
		return sum
	}
	length := time.Duration(h.close(c.Half(d))-h.Open) * time.Minute
	return sum + min(max(t.Sub(d.At(h.Open)), 0), length)
}

// betweenByDay is for hours that include the night when the clocks change.
func (h Hours) betweenByDay(c *Calendar, from, to time.Time) (sum time.Duration) {
	last := period.DateOf(to)
	for d := c.OnOrAfter(period.DateOf(from)); d != 0 && d <= last; d = c.OnOrAfter(d + 1) {
		start, end := d.At(h.Open), d.At(h.close(c.Half(d)))
		if start.Before(from) {
			start = from
		}
		if end.After(to) {
			end = to
		}
		sum += max(end.Sub(start), 0)
	}
	return sum
}

func (h Hours) close(half bool) int {
	if half && h.HalfClose != 0 {
		return h.HalfClose
	}
	return h.Close
}
