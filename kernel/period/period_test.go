package period_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/kernel/period"
)

var (
	years = rapid.IntRange(1, 9999)
	dates = rapid.Custom(func(t *rapid.T) period.Date {
		return period.Date(rapid.Int32Range(1, int32(period.NewDate(9999, 12, 31))).Draw(t, "date"))
	})
	// recent dates are those for which the zone has its present rules.
	recent = rapid.Custom(func(t *rapid.T) period.Date {
		first, last := period.NewDate(1996, 1, 1), period.NewDate(2100, 1, 1)
		return period.Date(rapid.Int32Range(int32(first), int32(last)).Draw(t, "date"))
	})
)

// Every day of the calendar agrees with package time, in order and without gap.
func TestEveryDayAgreesWithTime(t *testing.T) {
	day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := period.Date(1); day.Year() <= 2500; d++ {
		y, m, n := day.Date()
		if period.NewDate(y, m, n) != d ||
			d.Year() != y || d.Month() != m || d.Day() != n || d.Weekday() != day.Weekday() {
			t.Fatalf("day %d is %v, want %v", d, d, day)
		}
		wy, w := day.ISOWeek()
		if gy, g := d.ISOWeek(); gy != wy || g != w {
			t.Fatalf("%v is in week %d %d, want %d %d", d, gy, g, wy, w)
		}
		day = day.AddDate(0, 0, 1)
	}
}

func TestDatesCarryOverAsTimeDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := years.Draw(t, "year")
		m := time.Month(rapid.IntRange(-30, 30).Draw(t, "month"))
		day := rapid.IntRange(-400, 400).Draw(t, "day")
		want := time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
		got := period.NewDate(y, m, day)
		if got.Year() != want.Year() || got.Month() != want.Month() || got.Day() != want.Day() {
			t.Fatalf("NewDate(%d, %d, %d) = %d-%d-%d, want %v", y, m, day, got.Year(), got.Month(), got.Day(), want)
		}
	})
}

func TestWrittenDatesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dates.Draw(t, "d")
		if got, err := period.ParseDate(d.String()); err != nil || got != d {
			t.Fatalf("%v reads back as %v, %v", d, got, err)
		}
		doc, err := json.Marshal(d)
		if err != nil || string(doc) != `"`+d.String()+`"` {
			t.Fatalf("JSON %s, %v", doc, err)
		}
		stored, err := d.Value()
		if err != nil {
			t.Fatal(err)
		}
		midnight := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
		for _, src := range []any{stored, []byte(d.String()), midnight} {
			var got period.Date
			if err := got.Scan(src); err != nil || got != d {
				t.Fatalf("%v stored as %v comes back as %v, %v", d, src, got, err)
			}
		}
		if e := dates.Draw(t, "e"); (d < e) != (d.String() < e.String()) {
			t.Fatalf("%v and %v sort differently as text", d, e)
		}
	})
}

func TestNoDateIsNull(t *testing.T) {
	var d period.Date
	if v, err := d.Value(); v != nil || err != nil || !d.IsZero() || d.String() != "" {
		t.Errorf("no date is stored as %v, %v, written %q", v, err, d)
	}
	doc, err := json.Marshal(d)
	if err != nil || string(doc) != `""` {
		t.Errorf("JSON of no date: %s, %v", doc, err)
	}
	d = 5
	if err := d.Scan(nil); err != nil || d != 0 {
		t.Errorf("NULL comes back as %v, %v", d, err)
	}
	d = 5
	if err := json.Unmarshal([]byte(`""`), &d); err != nil || d != 0 {
		t.Errorf("empty text comes back as %v, %v", d, err)
	}
	if period.DateOf(time.Time{}) != 0 {
		t.Error("the zero time has a date")
	}
}

func TestScanRefusesWhatIsNoDate(t *testing.T) {
	instant := time.Date(2026, 11, 25, 23, 30, 0, 0, time.UTC)
	for _, src := range []any{int64(5), true, "igår", "2026-11-25 10:00", instant} {
		d := period.Date(7)
		if err := d.Scan(src); !errors.Is(err, period.ErrDate) || d != 7 {
			t.Errorf("Scan(%v) = %v and %v", src, err, d)
		}
	}
}

func TestParseDateIsStrict(t *testing.T) {
	for _, s := range []string{
		"", "2026-11-5", "2026-13-01", "2026-00-10", "2026-02-29", "2026-04-31", "2026-11-00", "2026/11/25",
		"20261125", " 2026-11-25", "2026-11-25 ", "+026-11-25", "0000-01-01", "2026-1١-2", "25-11-2026",
	} {
		if d, err := period.ParseDate(s); !errors.Is(err, period.ErrDate) {
			t.Errorf("ParseDate(%q) = %v, %v", s, d, err)
		}
	}
	if d, err := period.ParseDate("2024-02-29"); err != nil || d != period.NewDate(2024, 2, 29) {
		t.Errorf("the leap day is %v, %v", d, err)
	}
}

func TestAddMonthsStopsAtTheEndOfTheMonth(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-11-25", 2, "2027-01-25"},
		{"2026-12-31", 12, "2027-12-31"},
		{"2024-02-29", -12, "2023-02-28"},
		{"2026-05-31", 0, "2026-05-31"},
		{"2026-01-15", -1, "2025-12-15"},
	} {
		d, _ := period.ParseDate(c.from)
		if got := d.AddMonths(c.n); got.String() != c.want {
			t.Errorf("%s and %d months is %v, want %s", c.from, c.n, got, c.want)
		}
	}
}

// An instant falls on the date whose day, midnight to midnight in Stockholm,
// holds it.
func TestDateOfIsTheDayThatHoldsTheInstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := recent.Draw(t, "d")
		start, end := d.Start(), d.AddDays(1).Start()
		if start.Location() != time.UTC || period.DateOf(start) != d || period.DateOf(end.Add(-1)) != d {
			t.Fatalf("%v runs from %v to %v", d, start, end)
		}
		at := start.Add(time.Duration(rapid.Int64Range(0, int64(end.Sub(start))-1).Draw(t, "ns")))
		local := at.In(period.Stockholm)
		if want := period.NewDate(local.Date()); period.DateOf(at) != want || want != d {
			t.Fatalf("%v is on %v, want %v", at, period.DateOf(at), want)
		}
	})
}

func TestDaysWhenTheClocksChange(t *testing.T) {
	for date, want := range map[string]time.Duration{
		"2026-03-29": 23 * time.Hour,
		"2026-10-25": 25 * time.Hour,
		"2026-10-26": 24 * time.Hour,
	} {
		d, _ := period.ParseDate(date)
		if got := d.AddDays(1).Start().Sub(d.Start()); got != want {
			t.Errorf("%s is %v long, want %v", date, got, want)
		}
		if at := d.At(8*60 + 15).In(period.Stockholm); at.Hour() != 8 || at.Minute() != 15 {
			t.Errorf("08:15 on %s is %v", date, at)
		}
	}
	if d := period.DateOf(time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC)); d.String() != "2027-01-01" {
		t.Errorf("half past eleven UTC at New Year's Eve is %v", d)
	}
}

func TestPeriodsFollowOnEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := recent.Draw(t, "d")
		m, ter, y := period.MonthOf(d), period.TertialOf(d), period.YearOf(d)
		for _, p := range []period.Period{m, ter, y} {
			if d < p.First() || d > p.Last() {
				t.Fatalf("%v is not in %v, %v to %v", d, p, p.First(), p.Last())
			}
			if back, err := period.ParsePeriod(p.Key()); err != nil || back != p {
				t.Fatalf("%q reads back as %v, %v", p.Key(), back, err)
			}
		}
		next := []bool{
			m.Next().First() == m.Last()+1, ter.Next().First() == ter.Last()+1, y.Next().First() == y.Last()+1,
			m.Next().Prev() == m, ter.Next().Prev() == ter, y.Next().Prev() == y,
			m.End().Equal(m.Next().Start()), ter.End().Equal(ter.Next().Start()), y.End().Equal(y.Next().Start()),
		}
		for i, ok := range next {
			if !ok {
				t.Fatalf("around %v: %d", d, i)
			}
		}
		covers(t, ter, ter.Months())
		covers(t, y, y.Months())
		covers(t, m, m.Months())
		parts := y.Tertials()
		covers(t, y, parts[:])
	})
}

func covers[P period.Period](t *rapid.T, whole period.Period, parts []P) {
	at := whole.First()
	for _, p := range parts {
		if p.First() != at {
			t.Fatalf("%v begins %v, want %v", p, p.First(), at)
		}
		at = p.Last() + 1
	}
	if at != whole.Last()+1 {
		t.Fatalf("the parts of %v end before %v", whole, at)
	}
}

func TestPeriodsAreWritten(t *testing.T) {
	for _, c := range []struct {
		p           period.Period
		key, text   string
		first, last string
	}{
		{period.Month{Year: 2026, Month: time.November}, "2026-11", "november 2026", "2026-11-01", "2026-11-30"},
		{period.Month{Year: 2024, Month: time.February}, "2024-02", "februari 2024", "2024-02-01", "2024-02-29"},
		{period.Tertial{Year: 2026, Number: 1}, "2026-T1", "T1 2026", "2026-01-01", "2026-04-30"},
		{period.Tertial{Year: 2026, Number: 2}, "2026-T2", "T2 2026", "2026-05-01", "2026-08-31"},
		{period.Tertial{Year: 2026, Number: 3}, "2026-T3", "T3 2026", "2026-09-01", "2026-12-31"},
		{period.Year(2026), "2026", "2026", "2026-01-01", "2026-12-31"},
	} {
		got := []string{c.p.Key(), c.p.String(), c.p.First().String(), c.p.Last().String()}
		want := []string{c.key, c.text, c.first, c.last}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
	if got := (period.Month{Year: 2026, Month: time.May}).Text("en"); got != "May 2026" {
		t.Errorf("in English: %q", got)
	}
}

func TestParsePeriodIsStrict(t *testing.T) {
	for _, s := range []string{
		"", "26", "2026-", "2026-13", "2026-00", "2026-T0", "2026-T4", "2026-t1", "2026-1", "2026T1x", "0000", "20261",
	} {
		if p, err := period.ParsePeriod(s); !errors.Is(err, period.ErrPeriod) || p != nil {
			t.Errorf("ParsePeriod(%q) = %v, %v", s, p, err)
		}
	}
}

func TestLongDate(t *testing.T) {
	d := period.NewDate(2026, 11, 25)
	for lang, want := range map[string]string{
		"sv": "onsdag 25 november", "en": "Wednesday 25 November", "": "onsdag 25 november",
	} {
		if got := period.LongDate(d, lang); got != want {
			t.Errorf("%q: %q, want %q", lang, got, want)
		}
	}
	if got := period.LongDate(period.NewDate(2026, 8, 2), "sv"); got != "söndag 2 augusti" {
		t.Errorf("%q", got)
	}
	if got := period.LongDate(0, "sv"); got != "" {
		t.Errorf("no date is %q", got)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-25", "2024-02-29", "0000-00-00", "9999-12-31", "2026-1١-2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, werr := time.Parse("2006-01-02", s)
		got, err := period.ParseDate(s)
		if (err == nil) != (werr == nil && want.Year() > 0) {
			t.Fatalf("%q: %v, package time says %v", s, err, werr)
		}
		if err == nil && got.String() != s {
			t.Fatalf("%q reads as %v", s, got)
		}
	})
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2026", "2026-11", "2026-T3", "2026-T4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := period.ParsePeriod(s); err == nil && p.Key() != s {
			t.Fatalf("%q reads as %v", s, p.Key())
		}
	})
}

func BenchmarkDateOf(b *testing.B) {
	at := time.Date(2026, 11, 25, 9, 30, 0, 0, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		_ = period.DateOf(at)
	}
}

func BenchmarkParseDate(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := period.ParseDate("2026-11-25"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkString(b *testing.B) {
	d := period.NewDate(2026, 11, 25)
	b.ReportAllocs()
	for b.Loop() {
		_ = d.String()
	}
}
