package workday_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/kernel/period"
	"kontor/kernel/workday"
)

var (
	everyDay = workday.New("Alla dagar")
	bridged  = workday.Office.With("Arbetsdagar med klämdagar",
		workday.Exception{Date: period.NewDate(2018, 5, 11), State: workday.Closed, Name: "klämdag"},
		workday.Exception{Date: period.NewDate(2018, 5, 12), State: workday.Open, Name: "lördagsöppet"},
		workday.Exception{Date: period.NewDate(2018, 4, 30), State: workday.Closed, Name: "klämdag"},
		workday.Exception{Date: period.NewDate(2018, 5, 9), State: workday.Half, Name: "halvdag"},
	)
	calendars = []*workday.Calendar{workday.Office, workday.Bank, workday.Public, everyDay, bridged}
	office    = workday.Hours{Open: 8 * 60, Close: 16*60 + 30, HalfClose: 12 * 60}
	hours     = rapid.SampledFrom([]workday.Hours{
		office,
		{Open: 8 * 60, Close: 17 * 60},
		{Open: 0, Close: 24 * 60, HalfClose: 1 * 60},
		{Open: 30, Close: 4 * 60, HalfClose: 3 * 60},
		{Open: 3 * 60, Close: 23*60 + 59, HalfClose: 3*60 + 1},
	})
)

// calendar draws by number, because a failure prints what was drawn.
func calendar(t *rapid.T) *workday.Calendar {
	return calendars[rapid.IntRange(0, len(calendars)-1).Draw(t, "calendar")]
}

// spread draws a number from lo to hi. Rapid alone prefers small numbers, which
// would keep nearly all spans within a day.
func spread(t *rapid.T, lo, hi int, label string) int {
	if rapid.Bool().Draw(t, "near") {
		return rapid.IntRange(lo, hi).Draw(t, label)
	}
	x := rapid.Uint64().Draw(t, label)
	return lo + int(rand.New(rand.NewPCG(x, x)).Uint64()%uint64(hi-lo+1))
}

// moment draws a whole minute of twenty years, most of them near a night when
// the clocks change or a half day.
func moment(t *rapid.T, label string) time.Time {
	year := 2010 + spread(t, 0, 19, label+" year")
	start, minute := period.NewDate(year, 1, 1).Start(), spread(t, -5*24*60, 3*24*60, label+" minutes")
	switch rapid.IntRange(0, 4).Draw(t, label+" near") {
	case 0:
		minute = spread(t, 0, 365*24*60, label+" minutes")
	case 1, 2:
		start = rapid.SampledFrom(changes(year)).Draw(t, label+" clocks")
	case 3:
		start = period.NewDate(year, 4, 30).Start()
	case 4:
		start = workday.EasterSunday(year).AddDays(-3).Start()
	}
	return start.Add(time.Duration(minute) * time.Minute)
}

// changes returns the two instants of year when the clocks change: 01:00 UTC on
// the last Sundays of March and October.
func changes(year int) []time.Time {
	var at []time.Time
	for _, m := range []time.Month{time.March, time.October} {
		d := time.Date(year, m, 31, 1, 0, 0, 0, time.UTC)
		at = append(at, d.AddDate(0, 0, -int(d.Weekday())))
	}
	return at
}

// pausesAfter draws up to five pauses, some overlapping, touching, empty, closed
// at midnight or still open, in any order.
func pausesAfter(t *rapid.T, at time.Time, days int) []workday.Pause {
	pauses := make([]workday.Pause, rapid.IntRange(0, 5).Draw(t, "pauses"))
	edge := func(label string) time.Time {
		x := at.Add(time.Duration(spread(t, -24*60, days*24*60, label)) * time.Minute)
		if rapid.Bool().Draw(t, "midnight") {
			return period.DateOf(x).Start()
		}
		return x
	}
	for i := range pauses {
		pauses[i].From = edge("from")
		if rapid.IntRange(0, 9).Draw(t, "open") > 0 {
			pauses[i].To = edge("to")
		}
	}
	return pauses
}

func paused(at time.Time, pauses []workday.Pause) bool {
	return slices.ContainsFunc(pauses, func(p workday.Pause) bool {
		return !at.Before(p.From) && (p.To.IsZero() || at.Before(p.To))
	})
}

// knownAt returns the pauses as they are known at now, when none has ended later.
func knownAt(now time.Time, pauses []workday.Pause) []workday.Pause {
	var known []workday.Pause
	for _, p := range pauses {
		if p.To.After(now) {
			p.To = time.Time{}
		}
		if p.From.Before(now) {
			known = append(known, p)
		}
	}
	return known
}

// bruteDay counts the agreement's days minute by minute.
func bruteDay(c *workday.Calendar, arrived, at time.Time, pauses []workday.Pause) int {
	n, last := 0, period.DateOf(at)
	for d := period.DateOf(arrived); d <= last && !at.Before(arrived); d++ {
		if c.Closed(d) {
			continue
		}
		for m := d.Start(); m.Before(d.AddDays(1).Start()); m = m.Add(time.Minute) {
			if !paused(m, pauses) {
				n++
				break
			}
		}
	}
	return n
}

// bruteWorked counts office time minute by minute, by what the clock on the wall
// shows.
func bruteWorked(c *workday.Calendar, h workday.Hours, from, to time.Time, pauses []workday.Pause) time.Duration {
	n := 0
	for m := from; m.Before(to); m = m.Add(time.Minute) {
		local := m.In(period.Stockholm)
		d := period.NewDate(local.Date())
		end := h.Close
		if c.Half(d) && h.HalfClose != 0 {
			end = h.HalfClose
		}
		clock := local.Hour()*60 + local.Minute()
		if !c.Closed(d) && clock >= h.Open && clock < end && !paused(m, pauses) {
			n++
		}
	}
	return time.Duration(n) * time.Minute
}

func TestDayNumberAgreesWithMinutes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, arrived := calendar(t), moment(t, "arrived")
		at := arrived.Add(time.Duration(spread(t, -60, 12*24*60, "minutes")) * time.Minute)
		pauses := pausesAfter(t, arrived, 12)
		got := workday.DayNumber(c, arrived, at, workday.NewPauses(pauses...))
		if want := bruteDay(c, arrived, at, pauses); got != want {
			t.Fatalf("%s, %v to %v: day %d, want %d", c.Name(), arrived, at, got, want)
		}
	})
}

func TestWorkedAgreesWithMinutes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, h, from := calendar(t), hours.Draw(t, "hours"), moment(t, "from")
		to := from.Add(time.Duration(spread(t, -60, 9*24*60, "minutes")) * time.Minute)
		pauses := pausesAfter(t, from, 9)
		got := workday.Worked(c, h, from, to, workday.NewPauses(pauses...))
		if want := bruteWorked(c, h, from, to, pauses); got != want {
			t.Fatalf("%s, %v, %v to %v: %v, want %v", c.Name(), h, from, to, got, want)
		}
	})
}

// Both nights of each year are counted to the minute, in an office that never
// closes.
func TestNightsWhenTheClocksChange(t *testing.T) {
	always := workday.Hours{Open: 0, Close: 24 * 60}
	for year := 2010; year < 2030; year++ {
		for i, night := range changes(year) {
			d := period.DateOf(night)
			from, to := d.Start(), d.AddDays(1).Start()
			want := []time.Duration{23 * time.Hour, 25 * time.Hour}[i]
			if got := workday.Worked(everyDay, always, from, to, workday.Pauses{}); got != want {
				t.Errorf("%v has %v, want %v", d, got, want)
			}
			for _, h := range []workday.Hours{always, office, {Open: 60, Close: 5 * 60}} {
				from, to := night.Add(-30*time.Hour), night.Add(30*time.Hour)
				got := workday.Worked(everyDay, h, from, to, workday.Pauses{})
				if want := bruteWorked(everyDay, h, from, to, nil); got != want {
					t.Errorf("around %v with %v: %v, want %v", d, h, got, want)
				}
			}
			if n := workday.DayNumber(everyDay, from, to.Add(-1), workday.Pauses{}); n != 1 {
				t.Errorf("%v counts %d days", d, n)
			}
		}
	}
}

func TestDueDateIsWhenTheDayNumberGetsThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, arrived := calendar(t), moment(t, "arrived")
		days := rapid.IntRange(1, 15).Draw(t, "days")
		now := arrived.Add(time.Duration(spread(t, 0, 20*24*60, "minutes")) * time.Minute)
		raw := knownAt(now, pausesAfter(t, arrived, 12))
		due := workday.DueDate(c, arrived, days, workday.NewPauses(raw...), now)
		known := slices.Clone(raw)
		for i := range known {
			if known[i].To.IsZero() {
				known[i].To = now
			}
		}
		pauses := workday.NewPauses(known...)
		end := due.AddDays(1).Start().Add(-time.Minute)
		if n := workday.DayNumber(c, arrived, end, pauses); n != days || bruteDay(c, arrived, end, known) != days {
			t.Fatalf("on its due date %v it is day %d, want %d", due, n, days)
		}
		if before := due.Start().Add(-time.Minute); !before.Before(arrived) {
			if n := workday.DayNumber(c, arrived, before, pauses); n != days-1 {
				t.Fatalf("before its due date %v it is day %d, want %d", due, n, days-1)
			}
		}
	})
}

func TestTimeAndPausesOnlyMoveOneWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, arrived := calendar(t), moment(t, "arrived")
		at := arrived.Add(time.Duration(spread(t, 0, 30*24*60, "minutes")) * time.Minute)
		p := workday.NewPauses(knownAt(at, pausesAfter(t, arrived, 30))...)
		more := p.Union(workday.NewPauses(knownAt(at, pausesAfter(t, arrived, 30))...))
		later := at.Add(time.Duration(spread(t, 0, 30*24*60, "minutes")) * time.Minute)
		if a, b := workday.DayNumber(c, arrived, at, p), workday.DayNumber(c, arrived, later, p); a > b {
			t.Fatalf("day %d became day %d", a, b)
		}
		if a, b := workday.DayNumber(c, arrived, at, p), workday.DayNumber(c, arrived, at, more); b > a || b < 0 {
			t.Fatalf("more pauses made day %d day %d", a, b)
		}
		if a, b := workday.Worked(c, office, arrived, at, p), workday.Worked(c, office, arrived, later, p); a > b || a < 0 {
			t.Fatalf("%v worked became %v", a, b)
		}
		days := rapid.IntRange(1, 20).Draw(t, "days")
		a, b := workday.DueDate(c, arrived, days, p, at), workday.DueDate(c, arrived, days, more, at)
		if b < a || workday.DueDate(c, arrived, days+1, p, at) <= a {
			t.Fatalf("due %v, with more pauses %v", a, b)
		}
		mid := workday.Worked(c, office, arrived, at, p) + workday.Worked(c, office, at, later, p)
		if whole := workday.Worked(c, office, arrived, later, p); whole != mid {
			t.Fatalf("%v in one piece, %v in two", whole, mid)
		}
	})
}

func TestPausesAreASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := moment(t, "at")
		raw, other := pausesAfter(t, at, 3), pausesAfter(t, at, 3)
		p, q := workday.NewPauses(raw...), workday.NewPauses(other...)
		all := p.All()
		for i, x := range all {
			if !x.To.IsZero() && !x.From.Before(x.To) || x.To.IsZero() && i < len(all)-1 {
				t.Fatalf("%v is empty or not the last", x)
			}
			if i > 0 && !all[i-1].To.Before(x.From) {
				t.Fatalf("%v and %v touch", all[i-1], x)
			}
		}
		from := at.Add(time.Duration(rapid.IntRange(-24*60, 24*60).Draw(t, "from")) * time.Minute)
		to := from.Add(time.Duration(rapid.IntRange(0, 72*60).Draw(t, "length")) * time.Minute)
		clipped, both := p.Clip(from, to), p.Union(q)
		for range 50 {
			m := at.Add(time.Duration(rapid.IntRange(-25*60, 80*60).Draw(t, "minute")) * time.Minute)
			if p.Paused(m) != paused(m, raw) {
				t.Fatalf("%v: %v in %v, want %v", m, p.Paused(m), all, paused(m, raw))
			}
			if both.Paused(m) != (p.Paused(m) || q.Paused(m)) {
				t.Fatalf("%v in the union: %v", m, both.Paused(m))
			}
			if clipped.Paused(m) != (p.Paused(m) && !m.Before(from) && m.Before(to)) {
				t.Fatalf("%v in the clip %v to %v: %v", m, from, to, clipped.Paused(m))
			}
		}
		if same := q.Union(p); fmt.Sprint(same) != fmt.Sprint(both) {
			t.Fatalf("%v and %v", same, both)
		}
	})
}

// The story of the agreement: day 1 is the day of arrival, weekends do not
// count, and the day on which the client answers counts again.
func TestDayNumberTellsTheAgreement(t *testing.T) {
	at := func(date string, minutes int) time.Time {
		d, err := period.ParseDate(date)
		if err != nil {
			t.Fatal(err)
		}
		return d.At(minutes)
	}
	noon := 12 * 60
	waited := workday.NewPauses(workday.Pause{From: at("2026-11-18", noon), To: at("2026-11-23", noon)})
	for _, c := range []struct {
		name        string
		arrived, at time.Time
		pauses      workday.Pauses
		want        int
	}{
		{"the day of arrival is day 1", at("2026-11-17", noon), at("2026-11-17", noon+1), workday.Pauses{}, 1},
		{"just before midnight is still day 1", at("2026-11-17", noon), at("2026-11-17", 1439), workday.Pauses{}, 1},
		{"Tuesday to Monday is day 5", at("2026-11-17", noon), at("2026-11-23", noon), workday.Pauses{}, 5},
		{"before arrival there is no day", at("2026-11-17", noon), at("2026-11-17", noon-1), workday.Pauses{}, 0},
		{"what comes on Saturday has no day yet", at("2026-11-21", noon), at("2026-11-22", noon), workday.Pauses{}, 0},
		{"what comes on Saturday has day 1 on Monday", at("2026-11-21", noon), at("2026-11-23", 1), workday.Pauses{}, 1},
		{"midsommarafton does not count", at("2026-06-18", noon), at("2026-06-22", noon), workday.Pauses{}, 2},
		{"paused Thursday and Friday do not count", at("2026-11-17", noon), at("2026-11-23", noon), waited, 3},
		{"in the pause the number stands", at("2026-11-17", noon), at("2026-11-20", noon), waited, 2},
	} {
		if got := workday.DayNumber(workday.Office, c.arrived, c.at, c.pauses); got != c.want {
			t.Errorf("%s: day %d, want %d", c.name, got, c.want)
		}
	}
	due := workday.DueDate(workday.Office, at("2026-11-17", noon), 5, waited, at("2026-11-23", noon))
	if due.String() != "2026-11-25" {
		t.Errorf("due %v", due)
	}
	waiting := workday.NewPauses(workday.Pause{From: at("2026-11-18", noon)})
	due = workday.DueDate(workday.Office, at("2026-11-17", noon), 5, waiting, at("2026-11-23", noon))
	if due.String() != "2026-11-25" {
		t.Errorf("if the client answers now it is due %v", due)
	}
	for _, days := range []int{0, -3, 1e6} {
		if d := workday.DueDate(workday.Office, at("2026-11-17", noon), days, waited, at("2026-11-23", noon)); d != 0 {
			t.Errorf("a promise of %d days is due %v", days, d)
		}
	}
}

func TestWorkdaysAgreeWithWalking(t *testing.T) {
	first, last := period.NewDate(1995, 1, 1), period.NewDate(2040, 1, 1)
	rapid.Check(t, func(t *rapid.T) {
		c := calendar(t)
		d := first.AddDays(spread(t, 0, int(last-first), "d"))
		n := spread(t, -60, 60, "n")
		want := d
		if n == 0 {
			for c.Closed(want) {
				want++
			}
		}
		for left := n; left != 0; {
			want = want.AddDays(sign(n))
			if !c.Closed(want) {
				left -= sign(n)
			}
		}
		if got := workday.AddWorkdays(c, d, n); got != want {
			t.Fatalf("%s: %v and %d days is %v, want %v", c.Name(), d, n, got, want)
		}
		count := 0
		for x := d; x <= d.AddDays(n); x++ {
			if !c.Closed(x) {
				count++
			}
		}
		if got := c.Workdays(d, d.AddDays(n)); got != count {
			t.Fatalf("%s: %v and %d days has %d working days, want %d", c.Name(), d, n, got, count)
		}
	})
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

// trap 24: no money moves on the eves.
func TestBankDays(t *testing.T) {
	for _, c := range []struct{ day, before, onOrBefore, onOrAfter string }{
		{"2026-06-19", "2026-06-18", "2026-06-18", "2026-06-22"}, // midsommarafton
		{"2026-12-24", "2026-12-23", "2026-12-23", "2026-12-28"}, // julafton to Sunday
		{"2026-12-31", "2026-12-30", "2026-12-30", "2027-01-04"}, // nyårsafton to Sunday
		{"2025-06-06", "2025-06-05", "2025-06-05", "2025-06-09"}, // nationaldagen
		{"2026-11-25", "2026-11-24", "2026-11-25", "2026-11-25"},
	} {
		d, _ := period.ParseDate(c.day)
		got := []period.Date{workday.BankDayBefore(d), workday.BankDayOnOrBefore(d), workday.BankDayOnOrAfter(d)}
		if want := fmt.Sprint([]string{c.before, c.onOrBefore, c.onOrAfter}); fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %v", c.day, got, want)
		}
	}
}

var (
	benchArrived = time.Date(2026, 9, 14, 9, 30, 0, 0, time.UTC)
	benchNow     = time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC)
	benchPauses  = workday.NewPauses(
		workday.Pause{From: benchArrived.AddDate(0, 0, 3), To: benchArrived.AddDate(0, 0, 9)},
		workday.Pause{From: benchArrived.AddDate(0, 0, 20)},
	)
)

func BenchmarkDayNumber(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		workday.DayNumber(workday.Office, benchArrived, benchNow, benchPauses)
	}
}

func BenchmarkDueDate(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		workday.DueDate(workday.Office, benchArrived, 10, benchPauses, benchNow)
	}
}

func BenchmarkWorked(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		workday.Worked(workday.Office, office, benchArrived, benchNow, benchPauses)
	}
}

func BenchmarkNewCalendar(b *testing.B) {
	d := period.NewDate(2026, 11, 25)
	b.ReportAllocs()
	for b.Loop() {
		workday.New("nytt", workday.Weekend, workday.PublicHolidays, workday.Eves, workday.HalfDays).Closed(d)
	}
}
