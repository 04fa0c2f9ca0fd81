package workday_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/kernel/period"
	"kontor/kernel/workday"
)

func date(t *testing.T, s string) period.Date {
	t.Helper()
	d, err := period.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDaysOfTheCalendars(t *testing.T) {
	for _, c := range []struct {
		day, name                    string
		public, bank, office, isHalf bool // closed, closed, closed, half in Office
	}{
		{"2026-01-01", "nyårsdagen", true, true, true, false},
		{"2026-01-05", "trettondagsafton", false, false, false, true},
		{"2026-01-06", "trettondedag jul", true, true, true, false},
		{"2026-04-02", "skärtorsdagen", false, false, false, true},
		{"2026-04-03", "långfredagen", true, true, true, false},
		{"2026-04-06", "annandag påsk", true, true, true, false},
		{"2026-04-30", "valborgsmässoafton", false, false, false, true},
		{"2026-05-01", "första maj", true, true, true, false},
		{"2026-05-14", "Kristi himmelsfärdsdag", true, true, true, false},
		{"2024-06-06", "nationaldagen", true, true, true, false},
		{"2005-06-06", "nationaldagen", true, true, true, false},
		{"2004-06-06", "söndag", true, true, true, false},
		{"2003-06-06", "", false, false, false, false},
		{"2004-05-31", "annandag pingst", true, true, true, false},
		{"2005-05-16", "", false, false, false, false},
		{"2026-06-19", "midsommarafton", false, true, true, false},
		{"2026-06-20", "midsommardagen", true, true, true, false},
		{"2026-10-30", "dagen före alla helgons dag", false, false, false, true},
		{"2026-10-31", "alla helgons dag", true, true, true, false},
		{"2026-12-24", "julafton", false, true, true, false},
		{"2026-12-25", "juldagen", true, true, true, false},
		{"2026-12-31", "nyårsafton", false, true, true, false},
		{"2025-01-05", "trettondagsafton", true, true, true, false}, // a Sunday is no half day
		{"2026-11-25", "", false, false, false, false},
		{"1952-06-24", "midsommardagen", true, true, true, false},
		{"1953-06-24", "", false, false, false, false},
	} {
		d := date(t, c.day)
		got := []bool{workday.Public.Closed(d), workday.Bank.Closed(d), workday.Office.Closed(d), workday.Office.Half(d)}
		if !slices.Equal(got, []bool{c.public, c.bank, c.office, c.isHalf}) || workday.Office.DayName(d) != c.name {
			t.Errorf("%s %s: %v, %q", c.day, c.name, got, workday.Office.DayName(d))
		}
		if workday.Bank.Half(d) || workday.Public.Half(d) {
			t.Errorf("%s is a half day of a calendar that has none", c.day)
		}
	}
}

// Easter lies where the almanac has it, at both ends of its range too.
func TestEaster(t *testing.T) {
	for _, s := range []string{
		"1913-03-23", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21",
		"2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25", "2049-04-18", "2076-04-19",
	} {
		d := date(t, s)
		if got := workday.EasterSunday(d.Year()); got != d {
			t.Errorf("Easter is %v, want %s", got, s)
		}
	}
	for year := 1583; year < 3000; year++ {
		d := workday.EasterSunday(year)
		if d.Weekday() != time.Sunday || d < period.NewDate(year, 3, 22) || d > period.NewDate(year, 4, 25) {
			t.Errorf("Easter %d is %v", year, d)
		}
	}
}

func TestExceptionsMakeAnotherCalendar(t *testing.T) {
	closed, open, half := date(t, "2018-05-11"), date(t, "2018-05-12"), date(t, "2018-05-09")
	if !bridged.Closed(closed) || bridged.Closed(open) || !bridged.Half(half) || bridged.DayName(closed) != "klämdag" {
		t.Error("the exceptions are not in the new calendar")
	}
	if was := date(t, "2018-04-30"); bridged.Half(was) || !bridged.Closed(was) {
		t.Error("a closed day is still a half day")
	}
	if workday.Office.Closed(closed) || !workday.Office.Closed(open) || workday.Office.Half(half) {
		t.Error("the exceptions have changed the old calendar")
	}
	again := bridged.With("åter öppet", workday.Exception{Date: closed, State: workday.Open})
	if again.Closed(closed) || !bridged.Closed(closed) || again.Closed(open) {
		t.Error("a later exception does not win, or the earlier ones are lost")
	}
}

func TestOutsideTheYearsEveryDayIsClosed(t *testing.T) {
	for _, s := range []string{"1899-12-29", "2200-01-02", "9999-12-31", "0001-01-01"} {
		if d := date(t, s); !workday.Office.Closed(d) || workday.Office.Half(d) {
			t.Errorf("%s is open", s)
		}
	}
	last := date(t, "9999-12-31")
	if d := workday.Office.OnOrAfter(last); d != 0 {
		t.Errorf("after the last year comes %v", d)
	}
	if d := workday.AddWorkdays(workday.Office, date(t, "1900-01-03"), -50); d != 0 {
		t.Errorf("before the first year comes %v", d)
	}
	if d := workday.Office.OnOrBefore(last); d.String() != "2199-12-30" {
		t.Errorf("the last working day is %v", d)
	}
}

// The calendars hold what two independent packages agree on for 2000–2040, but
// for the days on which the packages are wrong.
func TestHolidaysAgreeWithReference(t *testing.T) {
	f, err := os.Open("../../../shared/data/se-reference/holidays/helgdagar-2000-2040.csv")
	if os.IsNotExist(err) {
		t.Skip("the list of holidays is not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	public, eves := map[period.Date]string{}, map[period.Date]string{}
	for _, row := range rows[1:] {
		switch d := date(t, row[0]); {
		case row[2] == "public":
			public[d] = row[1]
		case slices.Contains([]string{"midsommarafton", "julafton", "nyårsafton"}, strings.ToLower(row[1])):
			eves[d] = row[1]
		}
	}
	if len(public) < 500 || len(eves) != 3*41 {
		t.Fatalf("read %d holidays and %d eves", len(public), len(eves))
	}
	// Annandag pingst was a holiday until 2004, lag 1989:253 in its first wording;
	// the two later days are nationaldagen, taken for the day after Whit Sunday.
	for _, s := range []string{
		"2000-06-12", "2001-06-04", "2002-05-20", "2003-06-09", "2004-05-31", "2022-06-06", "2033-06-06",
	} {
		d := date(t, s)
		if _, known := public[d]; known {
			t.Errorf("the packages know %s now: take it off this list", s)
		}
		public[d] = "left out by the packages"
	}
	for d := date(t, "2000-01-01"); d <= date(t, "2040-12-31"); d++ {
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		_, isPublic := public[d]
		_, isEve := eves[d]
		if got, want := workday.Public.Closed(d), weekend || isPublic; got != want {
			t.Errorf("%v %s: public holiday %v, want %v", d, public[d], got, want)
		}
		for _, c := range []*workday.Calendar{workday.Bank, workday.Office} {
			if got, want := c.Closed(d), weekend || isPublic || isEve; got != want {
				t.Errorf("%v %s%s: closed in %s %v, want %v", d, public[d], eves[d], c.Name(), got, want)
			}
		}
	}
}
