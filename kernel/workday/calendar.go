package workday

import (
	"math/bits"
	"sort"
	"sync"
	"time"

	"kontor/kernel/period"
)

// The years that calendars know. Outside them every day is closed, so that a
// date such as 9999-12-31 costs nothing and promises nothing.
const (
	firstYear = 1900
	lastYear  = 2199
)

var (
	firstDay = period.NewDate(firstYear, time.January, 1)
	endDay   = period.NewDate(lastYear+1, time.January, 1)
)

// State is what a day is in a calendar.
type State uint8

// The states of a day.
const (
	Open State = iota
	Half       // open, but closing early
	Closed
)

// Exception is one day that differs from the rules of a calendar: an office
// that is closed on a bridge day, a half day that is worked in full.
type Exception struct {
	Date  period.Date
	State State
	Name  string // what it is called, in Swedish
}

// Calendar says which days are closed and which are half days. It is immutable
// and safe for use by many goroutines. A day that is closed is no half day.
type Calendar struct {
	name       string
	rules      []Rule
	exceptions []Exception
	once       sync.Once
	days       table
}

// table has one bit for each day from firstDay, and before each word the count
// of the bits set in all earlier ones, so that any span is counted with two
// lookups.
type table struct {
	open, half             []uint64
	openBefore, halfBefore []int32
}

// New makes a calendar of rules. Days that no rule names are open.
func New(name string, rules ...[]Rule) *Calendar {
	c := &Calendar{name: name}
	for _, r := range rules {
		c.rules = append(c.rules, r...)
	}
	return c
}

// With returns a calendar that differs from c on some days. Exceptions win over
// rules, and later ones over earlier.
func (c *Calendar) With(name string, exceptions ...Exception) *Calendar {
	all := append(append([]Exception(nil), c.exceptions...), exceptions...)
	return &Calendar{name: name, rules: c.rules, exceptions: all}
}

// Name returns the name of the calendar, which is stored with what it counted.
func (c *Calendar) Name() string { return c.name }

// Closed reports whether d is no working day.
func (c *Calendar) Closed(d period.Date) bool { return !has(c.table().open, d) }

// Half reports whether d is a working day that ends early.
func (c *Calendar) Half(d period.Date) bool { return has(c.table().half, d) }

// DayName returns what the calendar calls d, "midsommarafton"; "" if it has no
// name. A holiday on a Sunday has the name of the holiday.
func (c *Calendar) DayName(d period.Date) string {
	for i := len(c.exceptions) - 1; i >= 0; i-- {
		if c.exceptions[i].Date == d {
			return c.exceptions[i].Name
		}
	}
	name := ""
	for _, r := range c.rules {
		if day, ok := r.in(d.Year()); ok && day == d {
			return r.Name
		}
		if r.Anchor == Weekly && r.Weekday == d.Weekday() {
			name = r.Name
		}
	}
	return name
}

// Workdays returns the number of working days from first to last, both included.
func (c *Calendar) Workdays(first, last period.Date) int {
	if last < first {
		return 0
	}
	t := c.table()
	return t.workdays(last+1) - t.workdays(first)
}

// OnOrAfter returns d, or the next working day if d is closed; no date beyond
// the years that calendars know.
func (c *Calendar) OnOrAfter(d period.Date) period.Date {
	t := c.table()
	return t.nth(t.workdays(d) + 1)
}

// OnOrBefore returns d, or the working day before it if d is closed; no date
// before the years that calendars know.
func (c *Calendar) OnOrBefore(d period.Date) period.Date {
	t := c.table()
	return t.nth(t.workdays(d + 1))
}

// AddWorkdays returns the n-th working day after d, or before it if n is
// negative. With n = 0 it is OnOrAfter.
func AddWorkdays(c *Calendar, d period.Date, n int) period.Date {
	t := c.table()
	switch {
	case n > 0:
		return t.nth(t.workdays(d+1) + n)
	case n < 0:
		return t.nth(t.workdays(d) + n + 1)
	}
	return c.OnOrAfter(d)
}

// BankDayBefore returns the last bank day earlier than d.
func BankDayBefore(d period.Date) period.Date { return Bank.OnOrBefore(d - 1) }

// BankDayOnOrBefore returns d, or the bank day before it: when a supplier must
// have its money by a due date on which no money moves.
func BankDayOnOrBefore(d period.Date) period.Date { return Bank.OnOrBefore(d) }

// BankDayOnOrAfter returns d, or the next bank day.
func BankDayOnOrAfter(d period.Date) period.Date { return Bank.OnOrAfter(d) }

func (c *Calendar) table() *table {
	c.once.Do(c.build)
	return &c.days
}

func (c *Calendar) build() {
	words := (int(endDay-firstDay) + 63) / 64
	open, half := make([]uint64, words), make([]uint64, words)
	set := func(d period.Date, s State) {
		if d < firstDay || d >= endDay {
			return
		}
		i, bit := int(d-firstDay)/64, uint64(1)<<(uint(d-firstDay)%64)
		open[i], half[i] = open[i]|bit, half[i]&^bit
		switch s {
		case Half:
			half[i] |= bit
		case Closed:
			open[i] &^= bit
		}
	}
	weekly := [7]State{}
	for _, r := range c.rules {
		if r.Anchor == Weekly {
			weekly[r.Weekday] = max(weekly[r.Weekday], r.state())
		}
	}
	for d := firstDay; d < endDay; d++ {
		set(d, weekly[d.Weekday()])
	}
	// Half days first: a rule that closes wins over one that only shortens.
	for _, state := range []State{Half, Closed} {
		for _, r := range c.rules {
			if r.state() != state {
				continue
			}
			for year := firstYear; year <= lastYear; year++ {
				if d, ok := r.in(year); ok && (state == Closed || has(open, d)) {
					set(d, state)
				}
			}
		}
	}
	for _, e := range c.exceptions {
		set(e.Date, e.State)
	}
	c.days = table{open, half, before(open), before(half)}
}

func (r Rule) state() State {
	if r.Half {
		return Half
	}
	return Closed
}

// before returns, for each word and for the end, the bits set in earlier words.
func before(set []uint64) []int32 {
	sums := make([]int32, len(set)+1)
	for i, w := range set {
		sums[i+1] = sums[i] + int32(bits.OnesCount64(w))
	}
	return sums
}

func has(set []uint64, d period.Date) bool {
	if d < firstDay || d >= endDay {
		return false
	}
	return set[(d-firstDay)/64]>>(uint(d-firstDay)%64)&1 == 1
}

// workdays counts the working days earlier than d.
func (t *table) workdays(d period.Date) int { return count(t.open, t.openBefore, d) }

// halfdays counts the half days earlier than d.
func (t *table) halfdays(d period.Date) int { return count(t.half, t.halfBefore, d) }

func count(set []uint64, sums []int32, d period.Date) int {
	i := uint(min(max(d, firstDay), endDay) - firstDay)
	n := int(sums[i/64])
	if i%64 != 0 {
		n += bits.OnesCount64(set[i/64] & (1<<(i%64) - 1))
	}
	return n
}

// nth returns the n-th working day, counted from 1; no date if there is none.
func (t *table) nth(n int) period.Date {
	words := len(t.open)
	if n < 1 || n > int(t.openBefore[words]) {
		return 0
	}
	i := sort.Search(words, func(i int) bool { return int(t.openBefore[i+1]) >= n })
	w := t.open[i]
	for range n - 1 - int(t.openBefore[i]) {
		w &= w - 1
	}
	return firstDay + period.Date(i*64+bits.TrailingZeros64(w))
}
