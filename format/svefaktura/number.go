package svefaktura

import (
	"strings"

	"github.com/govalues/decimal"

	"kontor/kernel/period"
)

// num is a decimal or nothing. Nothing spreads through every operation and is
// within no tolerance, as NaN is in the official rules.
type num struct {
	d  decimal.Decimal
	ok bool
}

var (
	zero    = num{decimal.MustNew(0, 0), true}
	hundred = num{decimal.MustNew(100, 0), true}
	half    = num{decimal.MustNew(5, 1), true}
	cent    = num{decimal.MustNew(1, 2), true}
	mill    = num{decimal.MustNew(1, 3), true}
)

// number reads the text of an element; an element that is not there is nothing.
func number(e *element) num {
	if e == nil {
		return num{}
	}
	s := strings.TrimSpace(e.Text)
	if strings.ContainsAny(s, "eE_") || strings.HasPrefix(s, "+") {
		return num{}
	}
	d, err := decimal.Parse(s)
	return num{d, err == nil}
}

func op2(a, b num, f func(decimal.Decimal, decimal.Decimal) (decimal.Decimal, error)) num {
	if !a.ok || !b.ok {
		return num{}
	}
	d, err := f(a.d, b.d)
	return num{d, err == nil}
}

func add(a, b num) num { return op2(a, b, decimal.Decimal.Add) }
func sub(a, b num) num { return op2(a, b, decimal.Decimal.Sub) }
func mul(a, b num) num { return op2(a, b, decimal.Decimal.Mul) }

// div is nothing when b is zero.
func div(a, b num) num { return op2(a, b, decimal.Decimal.Quo) }

// sum adds elements; none is zero, one that is no number makes the sum nothing.
func sum(all []*element) num {
	total := zero
	for _, e := range all {
		total = add(total, number(e))
	}
	return total
}

// within says whether |a| < most.
func (a num) within(most num) bool { return a.ok && a.d.Abs().Cmp(most.d) < 0 }

// upTo says whether |a| <= most.
func (a num) upTo(most num) bool { return a.ok && a.d.Abs().Cmp(most.d) <= 0 }

func (a num) equals(n int64) bool { return a.ok && a.d.Cmp(decimal.MustNew(n, 0)) == 0 }

// day reads a date, or the date of a date and time; zero if it is neither.
func day(e *element) period.Date {
	if e == nil {
		return 0
	}
	s, _, _ := strings.Cut(strings.TrimSpace(e.Text), "T")
	if len(s) > 10 {
		s = s[:10]
	}
	d, err := period.ParseDate(s)
	if err != nil {
		return 0
	}
	return d
}
