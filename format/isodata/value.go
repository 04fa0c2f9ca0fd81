// Package isodata reads the plain values of ISO 20022 messages, whose readers
// share it: amounts, days and times.
//
// # What always holds
//
// Nothing is rounded: an amount with parts of an öre says so.
//
// # Not here
//
// Messages: format/pain, format/camt.
package isodata

import (
	"math"
	"strings"
	"time"

	"kontor/kernel/money"
	"kontor/kernel/period"
)

// Amount reads ISO 20022's decimal: at most 18 digits, 5 of them decimals. exact
// is false where it has more than hundredths, which no Swedish account has; it is
// then cut. ok is false where it is no amount.
func Amount(s string) (a money.Amount, exact, ok bool) {
	whole, decimals, _ := strings.Cut(s, ".")
	negative := strings.HasPrefix(whole, "-")
	whole = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(whole, "-"), "+"), "0")
	if len(whole) > 16 || len(decimals) > 12 || len(s) == 0 || s[len(s)-1] < '0' && s[len(s)-1] != '.' {
		return 0, false, false
	}
	var n int64
	for k := 0; k < len(whole); k++ {
		if whole[k] < '0' || whole[k] > '9' {
			return 0, false, false
		}
		n = n*10 + int64(whole[k]-'0')
	}
	exact = true
	for k := 0; k < max(2, len(decimals)); k++ {
		d := byte('0')
		if k < len(decimals) {
			d = decimals[k]
		}
		switch {
		case d < '0' || d > '9':
			return 0, false, false
		case k < 2:
			if n > (math.MaxInt64-9)/10 {
				return 0, false, false
			}
			n = n*10 + int64(d-'0')
		case d != '0':
			exact = false
		}
	}
	if negative {
		n = -n
	}
	return money.Amount(n), exact, true
}

// Date reads a day, or the day in Sweden of a time with its zone. A time without
// zone is Swedish.
func Date(s string) period.Date {
	if len(s) > 10 {
		if t := Instant(s); !t.IsZero() {
			return period.DateOf(t)
		}
		// A day may carry a zone, and banks write stranger things after it.
		s = s[:10]
	}
	d, err := period.ParseDate(s)
	if err != nil {
		return 0
	}
	return d
}

// Instant reads a time; zero where it cannot be read.
func Instant(s string) time.Time {
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t.UTC()
	}
	t, err := time.ParseInLocation("2006-01-02T15:04:05.999999999", s, period.Stockholm)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
