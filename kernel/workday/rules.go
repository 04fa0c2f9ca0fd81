package workday

import (
	"time"

	"kontor/kernel/period"
)

// Anchor tells how a Rule finds its day.
type Anchor uint8

// The anchors.
const (
	Fixed       Anchor = iota // Month and Day
	Easter                    // Day days after Easter Sunday
	WeekdayFrom               // the first Weekday on or after Month and Day
	Weekly                    // every Weekday
)

// Rule is one line of a calendar: a day of each year, or of each week, from the
// year From up to and with the year To. A zero year is no limit. Names are
// Swedish.
type Rule struct {
	Name     string
	Anchor   Anchor
	Month    time.Month
	Day      int
	Weekday  time.Weekday
	From, To int
	Half     bool // open, but closing early
}

// Weekend closes Saturdays and Sundays.
var Weekend = []Rule{
	{Name: "lördag", Anchor: Weekly, Weekday: time.Saturday},
	{Name: "söndag", Anchor: Weekly, Weekday: time.Sunday},
}

// PublicHolidays are the public holidays of Sweden.
//
// source: lag 1989:253 om allmänna helgdagar 1–2 §§; lag 2004:1320 (nationaldagen
// in place of annandag pingst from 2005). The years before 1990 follow the
// almanac: första maj from 1939, days moved to Saturdays in 1953.
var PublicHolidays = []Rule{
	{Name: "nyårsdagen", Month: time.January, Day: 1},
	{Name: "trettondedag jul", Month: time.January, Day: 6},
	{Name: "Marie bebådelsedag", Month: time.March, Day: 25, To: 1952},
	{Name: "långfredagen", Anchor: Easter, Day: -2},
	{Name: "påskdagen", Anchor: Easter, Day: 0},
	{Name: "annandag påsk", Anchor: Easter, Day: 1},
	{Name: "första maj", Month: time.May, Day: 1, From: 1939},
	{Name: "Kristi himmelsfärdsdag", Anchor: Easter, Day: 39},
	{Name: "pingstdagen", Anchor: Easter, Day: 49},
	{Name: "annandag pingst", Anchor: Easter, Day: 50, To: 2004},
	{Name: "nationaldagen", Month: time.June, Day: 6, From: 2005},
	{Name: "midsommardagen", Month: time.June, Day: 24, To: 1952},
	{Name: "midsommardagen", Anchor: WeekdayFrom, Weekday: time.Saturday, Month: time.June, Day: 20, From: 1953},
	{Name: "alla helgons dag", Anchor: WeekdayFrom, Weekday: time.Saturday, Month: time.October, Day: 31, From: 1953},
	{Name: "juldagen", Month: time.December, Day: 25},
	{Name: "annandag jul", Month: time.December, Day: 26},
}

// Eves are the days that are no public holidays but are equal to them when a
// time limit ends, and on which neither banks nor offices are open.
//
// source: lag 1930:173 om beräkning av lagstadgad tid 2 §; BgMax manual
// November 2019, "Bankdag"
var Eves = []Rule{
	{Name: "midsommarafton", Month: time.June, Day: 23, To: 1952},
	{Name: "midsommarafton", Anchor: WeekdayFrom, Weekday: time.Friday, Month: time.June, Day: 19, From: 1953},
	{Name: "julafton", Month: time.December, Day: 24},
	{Name: "nyårsafton", Month: time.December, Day: 31},
}

// HalfDays are the days on which municipal offices usually close early. They are
// no law: an office with other days makes its own calendar.
var HalfDays = []Rule{
	{Name: "trettondagsafton", Month: time.January, Day: 5, Half: true},
	{Name: "skärtorsdagen", Anchor: Easter, Day: -3, Half: true},
	{Name: "valborgsmässoafton", Month: time.April, Day: 30, Half: true},
	{
		Name: "dagen före alla helgons dag", Anchor: WeekdayFrom, Weekday: time.Friday, Month: time.October, Day: 30,
		From: 1953, Half: true,
	},
}

// The calendars that everybody shares.
var (
	// Public closes weekends and public holidays.
	Public = New("Allmänna helgdagar", Weekend, PublicHolidays)
	// Bank closes also the eves: the days on which money moves are the others.
	Bank = New("Bankdagar", Weekend, PublicHolidays, Eves)
	// Office is Bank with half days: the days that an agreement counts unless it
	// names another calendar.
	Office = New("Arbetsdagar", Weekend, PublicHolidays, Eves, HalfDays)
)

// in returns the day of r in year; false if it has none or is Weekly.
func (r Rule) in(year int) (period.Date, bool) {
	if year < r.From || r.To != 0 && year > r.To {
		return 0, false
	}
	switch r.Anchor {
	case Fixed:
		return period.NewDate(year, r.Month, r.Day), true
	case Easter:
		return EasterSunday(year).AddDays(r.Day), true
	case WeekdayFrom:
		d := period.NewDate(year, r.Month, r.Day)
		return d.AddDays((int(r.Weekday-d.Weekday()) + 7) % 7), true
	}
	return 0, false
}

// EasterSunday returns the date of Easter in the Gregorian calendar.
//
// source: J. Meeus, Astronomical Algorithms, ch. 8 (Butcher's rule)
func EasterSunday(year int) period.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return period.NewDate(year, time.Month(month), day)
}
