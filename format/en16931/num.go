package en16931

import (
	"strings"

	"github.com/govalues/decimal"
)

// num is a decimal or nothing: absent, not a decimal, or too large. Nothing
// spreads through every operation and equals nothing, as the empty sequence
// does in the official rules, so that a rule cannot pass by accident.
type num struct {
	d  decimal.Decimal
	ok bool
}

var (
	zero      = whole(0)
	one       = whole(1)
	hundred   = whole(100)
	half      = num{decimal.MustNew(5, 1), true}
	cents     = num{decimal.MustNew(1, 2), true}
	tolerance = num{decimal.MustNew(2, 2), true} // source: PEPPOL-EN16931-R040, R120
)

func whole(n int64) num { return num{decimal.MustNew(n, 0), true} }

// digitsMost is how many digits an int64 holds whatever they are.
const digitsMost = 18

// parseNum reads an xs:decimal: an optional sign, digits, an optional point; no
// exponent. Space around it is allowed.
func parseNum(s string) num {
	s = strings.Trim(s, blanks)
	i := 0
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		i++
	}
	var coef int64
	digits, scale, point := 0, 0, false
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			if digits++; digits <= digitsMost {
				coef = coef*10 + int64(c-'0')
			}
			if point {
				scale++
			}
		case c == '.' && !point:
			point = true
		default:
			return num{}
		}
	}
	if digits == 0 {
		return num{}
	}
	if digits > digitsMost {
		d, err := decimal.Parse(s) // rounds to what it can hold
		if d.IsZero() && strings.ContainsAny(s, "123456789") {
			return num{} // a rate of 10⁻³⁰ is not zero
		}
		return num{d, err == nil}
	}
	if s[0] == '-' {
		coef = -coef
	}
	d, err := decimal.New(coef, scale)
	return num{d, err == nil}
}

func (a num) add(b num) num {
	if !a.ok || !b.ok {
		return num{}
	}
	d, err := a.d.Add(b.d)
	return num{d, err == nil}
}

func (a num) sub(b num) num {
	if !a.ok || !b.ok {
		return num{}
	}
	d, err := a.d.Sub(b.d)
	return num{d, err == nil}
}

func (a num) mul(b num) num {
	if !a.ok || !b.ok {
		return num{}
	}
	d, err := a.d.Mul(b.d)
	return num{d, err == nil}
}

func (a num) div(b num) num {
	if !a.ok || !b.ok {
		return num{}
	}
	d, err := a.d.Quo(b.d)
	return num{d, err == nil}
}

func (a num) abs() num { return num{a.d.Abs(), a.ok} }

// or gives b in place of nothing.
func (a num) or(b num) num {
	if a.ok {
		return a
	}
	return b
}

func (a num) eq(b num) bool { return a.ok && b.ok && a.d.Cmp(b.d) == 0 }
func (a num) lt(b num) bool { return a.ok && b.ok && a.d.Cmp(b.d) < 0 }
func (a num) le(b num) bool { return a.ok && b.ok && a.d.Cmp(b.d) <= 0 }

// near says whether a and b differ by at most slack.
func (a num) near(b, slack num) bool { return a.sub(b).abs().le(slack) }

// round is XPath's round: to the nearest whole number, halves toward plus
// infinity, so that -2.5 becomes -2.
func (a num) round() num {
	s := a.add(half)
	return num{s.d.Floor(0), s.ok}
}

// round2 rounds to two decimals the way round does.
func (a num) round2() num {
	if a.ok && a.d.Scale() <= 2 {
		return a
	}
	s := a.mul(hundred).add(half)
	return num{s.d.Floor(0), s.ok}.mul(cents)
}

// decimals is how many characters follow the first point in s, whatever they
// are: BR-DEC counts text, not digits.
func decimals(s string) int {
	k := strings.IndexByte(s, '.')
	if k < 0 {
		return 0
	}
	return len(s) - k - 1
}

// swedish writes a number as Swedish readers do, with at least two decimals:
// "1 234,50".
func (a num) swedish() string {
	if !a.ok {
		return "?"
	}
	text := a.d.Pad(2).String()
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "\u2212", text[1:]
	}
	integer, fraction, _ := strings.Cut(text, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i, c := range integer {
		if i > 0 && (len(integer)-i)%3 == 0 {
			b.WriteRune('\u00a0')
		}
		b.WriteRune(c)
	}
	if fraction != "" {
		b.WriteByte(',')
		b.WriteString(fraction)
	}
	return b.String()
}

// num is the element's text as a decimal.
func (t *Tree) num(n ID) num {
	if n == None {
		return num{}
	}
	return parseNum(t.nodes[n].text)
}
