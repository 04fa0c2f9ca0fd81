package ledger

import (
	"fmt"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// ID identifies a voucher.
type ID = id.ID[Voucher]

// Voucher is one balanced entry in the books of one client.
type Voucher struct {
	Client   op.ClientID
	Series   string      // letters and digits, "L"
	Date     period.Date // of the document
	Text     string      // Swedish, what happened
	Kind     string      // of the document, "payables.invoice"
	Document int64       // 0 when there is none
	Key      string      // the same key is posted once; "" for what cannot come twice
	Module   string      // that posts, "payables"
	Reverses ID          // 0 unless this takes another back
	Lines    []Line      `db:"-"`

	// Strict refuses the voucher when its own period is closed, instead of
	// posting it in the first open one: for what must stand in a given month.
	Strict bool `db:"-"`

	// What Post fills in.
	ID         ID
	Period     Period
	Year       int64
	Number     int64
	Registered time.Time
	Actor      op.PersonID
	Name       string // of the actor, as it was then
	Prev, Sum  []byte // of the chain
}

// Line is one line of a voucher.
type Line struct {
	coding.Line
	Subledger string // "" except on control accounts: the module whose item it is
	Ref       int64  // the open item, a record of the module
}

// Label is how people name the voucher: "L 2026-1042".
func (v *Voucher) Label() string { return fmt.Sprintf("%s %d-%d", v.Series, v.Year, v.Number) }

// Moved reports whether the voucher stands in a later period than its date.
func (v *Voucher) Moved() bool { return v.Period != PeriodOf(v.Date) }

// Period is a month of the accounts as year and month: 202611.
type Period int64

// PeriodOf is the period that a date falls in; none for no date.
func PeriodOf(d period.Date) Period {
	if d.IsZero() {
		return 0
	}
	m := period.MonthOf(d)
	return Period(m.Year*100 + int(m.Month))
}

// ParsePeriod reads "2026-11".
func ParsePeriod(s string) (Period, error) {
	p, err := period.ParsePeriod(strings.TrimSpace(s))
	if err != nil {
		return 0, err
	}
	m, ok := p.(period.Month)
	if !ok {
		return 0, period.ErrPeriod.Because("ledger: %q is no month", s)
	}
	return Period(m.Year*100 + int(m.Month)), nil
}

// Month is the period as a month.
func (p Period) Month() period.Month {
	return period.Month{Year: int(p / 100), Month: time.Month(p % 100)}
}

// Year is the year of the accounts.
func (p Period) Year() int64 { return int64(p) / 100 }

// Next is the period after p.
func (p Period) Next() Period {
	if p%100 == 12 {
		return p + 89
	}
	return p + 1
}

// Prev is the period before p.
func (p Period) Prev() Period {
	if p%100 == 1 {
		return p - 89
	}
	return p - 1
}

// Key writes "2026-11".
func (p Period) Key() string { return p.Month().Key() }
