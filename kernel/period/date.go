package period

import (
	"database/sql/driver"
	"fmt"
	"time"
	_ "time/tzdata" // a server without zone files must still know Stockholm

	"kontor/kernel/fault"
)

// Date is a civil date, counted in days so that 0001-01-01 is 1. The zero value
// means no date. Dates are compared and subtracted as numbers; proper dates run
// to 9999-12-31.
type Date int32

// Stockholm is the zone of every civil date and office hour.
var Stockholm = stockholm()

func stockholm() *time.Location {
	loc, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		panic(err) // the zone is embedded
	}
	return loc
}

// ErrDate is the fault of text that is not a date; compare with errors.Is.
var ErrDate = fault.New(fault.Invalid, "PER-001",
	"Datumet finns inte eller går inte att läsa. Skriv det som 2026-11-25.")

const (
	epoch      = 719163 // 1970-01-01
	lastDate   = 3652059
	secondsDay = 24 * 60 * 60
)

// NewDate returns the date of year, month and day. Values outside their range
// are carried over, as time.Date does: day 0 is the last day of the month before.
func NewDate(year int, month time.Month, day int) Date {
	m := int(month) - 1
	year += floorDiv(m, 12)
	m = m - 12*floorDiv(m, 12) + 1
	// Years are counted from March, so that the leap day comes last.
	// source: H. Hinnant, chrono-Compatible Low-Level Date Algorithms
	if m <= 2 {
		year--
		m += 12
	}
	era := floorDiv(year, 400)
	yoe := year - era*400
	doy := (153*(m-3)+2)/5 + day - 1
	return Date(era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 305)
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// civil is the inverse of NewDate.
func (d Date) civil() (year int, month time.Month, day int) {
	z := int(d) + 305
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	year, month = yoe+era*400, time.Month(mp+3)
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

// DateOf returns the date in Stockholm at the instant t; no date for the zero
// time.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return 0
	}
	_, offset := t.In(Stockholm).Zone()
	s := t.Unix() + int64(offset)
	return Date(floorDiv(int(s), secondsDay) + epoch)
}

// ParseDate reads "2026-11-25" and nothing else.
func ParseDate(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, ErrDate.Because("period: %q", s)
	}
	y, ok1 := number(s[:4])
	m, ok2 := number(s[5:7])
	day, ok3 := number(s[8:])
	if !ok1 || !ok2 || !ok3 || !Valid(y, time.Month(m), day) {
		return 0, ErrDate.Because("period: %q", s)
	}
	return NewDate(y, time.Month(m), day), nil
}

// Valid reports whether the calendar has this day, in the years 1–9999.
func Valid(year int, month time.Month, day int) bool {
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 &&
		day >= 1 && day <= daysIn(year, month)
}

func daysIn(year int, month time.Month) int {
	return int(NewDate(year, month+1, 1) - NewDate(year, month, 1))
}

// number reads ASCII digits only, so that no sign and no space gets in.
func number(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = 10*n + int(s[i]-'0')
	}
	return n, s != ""
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == 0 }

// Year returns the year of d.
func (d Date) Year() int { y, _, _ := d.civil(); return y }

// Month returns the month of d.
func (d Date) Month() time.Month { _, m, _ := d.civil(); return m }

// Day returns the day of the month of d.
func (d Date) Day() int { _, _, day := d.civil(); return day }

// Weekday returns the day of the week; 0001-01-01 was a Monday.
func (d Date) Weekday() time.Weekday { return time.Weekday((d%7 + 7) % 7) }

// ISOWeek returns the week number and the year that the week belongs to, which
// is the year of its Thursday.
func (d Date) ISOWeek() (year, week int) {
	thursday := d - (d+6)%7 + 3
	year = thursday.Year()
	return year, int(thursday-NewDate(year, time.January, 1))/7 + 1
}

// AddDays returns the date n days later, or earlier if n is negative.
func (d Date) AddDays(n int) Date { return d + Date(n) }

// AddMonths returns the same day n months later, or the last day of that month
// if it is shorter: 31 January and one month is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.civil()
	first := NewDate(y, m+time.Month(n), 1)
	y, m, _ = first.civil()
	return first + Date(min(day, daysIn(y, m))) - 1
}

// Start returns the first instant of d, midnight in Stockholm, in UTC. The day
// ends at d.AddDays(1).Start(), which is 23, 24 or 25 hours later.
func (d Date) Start() time.Time {
	y, m, day := d.civil()
	return time.Date(y, m, day, 0, 0, 0, 0, Stockholm).UTC()
}

// At returns the instant on d when clocks in Stockholm show the given number of
// minutes after midnight, in UTC. It is exact for times outside the hour that
// is skipped or repeated when the clocks change.
func (d Date) At(minutes int) time.Time {
	y, m, day := d.civil()
	return time.Date(y, m, day, 0, minutes, 0, 0, Stockholm).UTC()
}

// String writes "2026-11-25", and nothing for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	var b [16]byte
	return string(d.appendISO(b[:0]))
}

func (d Date) appendISO(b []byte) []byte {
	if d < 1 || d > lastDate {
		return fmt.Appendf(b, "period.Date(%d)", int32(d))
	}
	y, m, day := d.civil()
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10),
		'-', byte('0'+m/10), byte('0'+m%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// MarshalText writes ISO text; JSON has it as a string, empty for no date.
func (d Date) MarshalText() ([]byte, error) {
	if d == 0 {
		return []byte{}, nil
	}
	return d.appendISO(make([]byte, 0, 10)), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	v, err := ParseDate(string(text))
	if err == nil {
		*d = v
	}
	return err
}

// ColumnType is the column that a date is stored in.
func (Date) ColumnType() string { return "DATE" }

// Value stores ISO text, and NULL for no date.
func (d Date) Value() (driver.Value, error) {
	if d == 0 {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads ISO text, NULL, or the midnight that a driver makes of a column of
// type date. An instant is not a date: use DateOf.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = 0
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	case time.Time:
		if h, m, s := v.Clock(); h != 0 || m != 0 || s != 0 || v.Nanosecond() != 0 {
			return ErrDate.Because("period: the instant %v", v)
		}
		*d = NewDate(v.Date())
		return nil
	}
	return ErrDate.Because("period: a %T", src)
}
