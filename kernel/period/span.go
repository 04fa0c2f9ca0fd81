package period

import (
	"fmt"
	"time"

	"kontor/kernel/fault"
)

// Period is a Month, a Tertial or a Year.
type Period interface {
	First() Date    // the first day
	Last() Date     // the last day, which belongs to the period
	Key() string    // "2026-11", "2026-T3", "2026"; ParsePeriod reads it
	String() string // "november 2026", "T3 2026", "2026"
}

// Month is a month of a year.
type Month struct {
	Year  int
	Month time.Month
}

// Tertial is a third of a year.
type Tertial struct {
	Year   int
	Number int // 1, 2 or 3
}

// Year is a calendar year, which is also the accounting year of a municipality.
type Year int

// ErrPeriod is the fault of text that is not a period; compare with errors.Is.
var ErrPeriod = fault.New(fault.Invalid, "PER-002",
	"Perioden går inte att läsa. Skriv den som 2026-11, 2026-T3 eller 2026.")

// MonthOf returns the month that d falls in.
func MonthOf(d Date) Month { y, m, _ := d.civil(); return Month{y, m} }

// TertialOf returns the tertial that d falls in.
func TertialOf(d Date) Tertial {
	y, m, _ := d.civil()
	return Tertial{y, (int(m) + 3) / 4}
}

// YearOf returns the year that d falls in.
func YearOf(d Date) Year { return Year(d.Year()) }

// First returns the first day of the month.
func (m Month) First() Date { return NewDate(m.Year, m.Month, 1) }

// Last returns the last day of the month.
func (m Month) Last() Date { return NewDate(m.Year, m.Month+1, 0) }

// Start returns the first instant of the month.
func (m Month) Start() time.Time { return m.First().Start() }

// End returns the first instant after the month.
func (m Month) End() time.Time { return m.Next().Start() }

// Next returns the month after m.
func (m Month) Next() Month { return MonthOf(m.First().AddMonths(1)) }

// Prev returns the month before m.
func (m Month) Prev() Month { return MonthOf(m.First() - 1) }

// Months returns m alone.
func (m Month) Months() []Month { return []Month{m} }

// Key writes "2026-11".
func (m Month) Key() string { return fmt.Sprintf("%04d-%02d", m.Year, int(m.Month)) }

// String writes "november 2026".
func (m Month) String() string { return m.Text("sv") }

// Text writes "november 2026" in the given language, "sv" or "en".
func (m Month) Text(lang string) string {
	return fmt.Sprintf("%s %d", MonthName(m.Month, lang), m.Year)
}

func (t Tertial) month(n int) Month { return Month{t.Year, time.Month(4*(t.Number-1) + n)} }

// First returns the first day of the tertial.
func (t Tertial) First() Date { return t.month(1).First() }

// Last returns the last day of the tertial.
func (t Tertial) Last() Date { return t.month(4).Last() }

// Start returns the first instant of the tertial.
func (t Tertial) Start() time.Time { return t.First().Start() }

// End returns the first instant after the tertial.
func (t Tertial) End() time.Time { return t.Next().Start() }

// Next returns the tertial after t.
func (t Tertial) Next() Tertial { return TertialOf(t.Last() + 1) }

// Prev returns the tertial before t.
func (t Tertial) Prev() Tertial { return TertialOf(t.First() - 1) }

// Months returns the four months of the tertial.
func (t Tertial) Months() []Month {
	return []Month{t.month(1), t.month(2), t.month(3), t.month(4)}
}

// Key writes "2026-T3".
func (t Tertial) Key() string { return fmt.Sprintf("%04d-T%d", t.Year, t.Number) }

// String writes "T3 2026".
func (t Tertial) String() string { return fmt.Sprintf("T%d %d", t.Number, t.Year) }

// First returns the first of January.
func (y Year) First() Date { return NewDate(int(y), time.January, 1) }

// Last returns the last of December.
func (y Year) Last() Date { return NewDate(int(y), time.December, 31) }

// Start returns the first instant of the year.
func (y Year) Start() time.Time { return y.First().Start() }

// End returns the first instant after the year.
func (y Year) End() time.Time { return y.Next().Start() }

// Next returns the year after y.
func (y Year) Next() Year { return y + 1 }

// Prev returns the year before y.
func (y Year) Prev() Year { return y - 1 }

// Months returns the twelve months of the year.
func (y Year) Months() []Month {
	months := make([]Month, 12)
	for i := range months {
		months[i] = Month{int(y), time.Month(i + 1)}
	}
	return months
}

// Tertials returns the three tertials of the year.
func (y Year) Tertials() [3]Tertial {
	return [3]Tertial{{int(y), 1}, {int(y), 2}, {int(y), 3}}
}

// Key writes "2026".
func (y Year) Key() string { return fmt.Sprintf("%04d", int(y)) }

// String writes "2026".
func (y Year) String() string { return y.Key() }

// ParsePeriod reads a key: "2026-11", "2026-T3" or "2026".
func ParsePeriod(key string) (Period, error) {
	if p := parsePeriod(key); p != nil {
		return p, nil
	}
	return nil, ErrPeriod.Because("period: %q", key)
}

func parsePeriod(key string) Period {
	if len(key) != 4 && len(key) != 7 {
		return nil
	}
	year, ok := number(key[:4])
	if !ok || year == 0 {
		return nil
	}
	rest := key[4:]
	switch {
	case rest == "":
		return Year(year)
	case rest[:2] == "-T" && rest[2] >= '1' && rest[2] <= '3':
		return Tertial{year, int(rest[2] - '0')}
	case rest[0] == '-':
		if m, ok := number(rest[1:]); ok && m >= 1 && m <= 12 {
			return Month{year, time.Month(m)}
		}
	}
	return nil
}
