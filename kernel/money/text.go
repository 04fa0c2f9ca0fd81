package money

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/govalues/decimal"

	"kontor/kernel/fault"
)

// What can be wrong with an amount; compare with errors.Is.
var (
	ErrOverflow = fault.New(fault.Invalid, "MNY-001", "Beloppet är för stort. Ange ett mindre belopp.")
	ErrSyntax   = fault.New(fault.Invalid, "MNY-002", "Beloppet går inte att läsa. Skriv det som 1 234,50.")
	ErrDecimals = fault.New(fault.Invalid, "MNY-003", "Beloppet har fler än två decimaler. Ange kronor och ören.")
)

const (
	noBreakSpace = '\u00a0'
	minusSign    = '\u2212'
)

// Parse reads an amount in kronor as a person writes it: "1234,5", "1 234,50",
// "1234.50", "−12". Digits may be grouped by threes with any space; the sign may
// be a hyphen or U+2212. "1,234" is refused because nobody can tell what it is.
func Parse(s string) (Amount, error) {
	t := strings.TrimSpace(s)
	negative := false
	switch {
	case strings.HasPrefix(t, "-"):
		negative, t = true, t[1:]
	case strings.HasPrefix(t, string(minusSign)):
		negative, t = true, t[len(string(minusSign)):]
	case strings.HasPrefix(t, "+"):
		t = t[1:]
	}
	whole, frac := t, ""
	if at := strings.IndexAny(t, ",."); at >= 0 {
		whole, frac = t[:at], t[at+1:]
		if frac == "" {
			return 0, ErrSyntax.Because("money: %q", s)
		}
	}
	if whole == "" {
		return 0, ErrSyntax.Because("money: %q", s)
	}
	var m uint64
	ok, grouped, run := true, false, 0
	for _, r := range whole {
		switch {
		case r >= '0' && r <= '9':
			if m, ok = pushDigit(m, byte(r)); !ok {
				return 0, ErrOverflow.Because("money: %q", s)
			}
			run++
		case isSpace(r) && (run == 3 || !grouped && run > 0 && run < 3):
			grouped, run = true, 0
		default:
			return 0, ErrSyntax.Because("money: %q", s)
		}
	}
	if grouped && run != 3 {
		return 0, ErrSyntax.Because("money: %q", s)
	}
	return finish(m, frac, negative, s)
}

// isSpace knows the spaces that a person, a spreadsheet and a web page put
// between groups of digits.
func isSpace(r rune) bool {
	return r == ' ' || r == noBreakSpace || r == '\u2009' || r == '\u202f'
}

// ParseXML reads an amount in kronor as an xs:decimal with at most two
// decimals; surrounding XML white space is allowed, exponents and grouping are
// not. A third decimal is ErrDecimals even if it is a zero.
func ParseXML(s string) (Amount, error) {
	t := strings.Trim(s, " \t\r\n")
	negative := false
	if t != "" && (t[0] == '-' || t[0] == '+') {
		negative, t = t[0] == '-', t[1:]
	}
	whole, frac, _ := strings.Cut(t, ".")
	if whole == "" && frac == "" {
		return 0, ErrSyntax.Because("money: %q", s)
	}
	var m uint64
	for i := range len(whole) {
		var ok bool
		if m, ok = pushDigit(m, whole[i]); !ok {
			if isDigit(whole[i]) {
				return 0, ErrOverflow.Because("money: %q", s)
			}
			return 0, ErrSyntax.Because("money: %q", s)
		}
	}
	return finish(m, frac, negative, s)
}

// finish adds the decimals to m whole kronor.
func finish(m uint64, frac string, negative bool, s string) (Amount, error) {
	for i := range len(frac) {
		if !isDigit(frac[i]) {
			return 0, ErrSyntax.Because("money: %q", s)
		}
	}
	if len(frac) > 2 {
		return 0, ErrDecimals.Because("money: %q", s)
	}
	for i := range 2 {
		c := byte('0')
		if i < len(frac) {
			c = frac[i]
		}
		var ok bool
		if m, ok = pushDigit(m, c); !ok {
			return 0, ErrOverflow.Because("money: %q", s)
		}
	}
	a, err := inRange(m, negative)
	if err != nil {
		return 0, ErrOverflow.Because("money: %q", s)
	}
	return a, nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// pushDigit appends the digit c to m; it is false for another byte and on
// overflow.
func pushDigit(m uint64, c byte) (uint64, bool) {
	if !isDigit(c) || m > math.MaxUint64/10-1 {
		return 0, false
	}
	return m*10 + uint64(c-'0'), true
}

// String writes a the Swedish way, without a unit: "1 025 000,50" with no-break
// spaces, and U+2212 before a negative amount.
func (a Amount) String() string {
	m, negative := magnitude(a)
	var buf [40]byte
	at := len(buf)
	put := func(c byte) { at--; buf[at] = c }
	put(byte('0' + m%10))
	put(byte('0' + m/10%10))
	put(',')
	m /= 100
	for n := 0; n == 0 || m > 0; n++ {
		if n > 0 && n%3 == 0 {
			at -= utf8.RuneLen(noBreakSpace)
			utf8.EncodeRune(buf[at:], noBreakSpace)
		}
		put(byte('0' + m%10))
		m /= 10
	}
	if negative {
		at -= utf8.RuneLen(minusSign)
		utf8.EncodeRune(buf[at:], minusSign)
	}
	return string(buf[at:])
}

// Plain writes a for machines: "-1234.50". ParseXML reads it back.
func (a Amount) Plain() string { return string(a.appendPlain(nil)) }

func (a Amount) appendPlain(b []byte) []byte {
	m, negative := magnitude(a)
	if negative {
		b = append(b, '-')
	}
	b = strconv.AppendUint(b, m/100, 10)
	return append(b, '.', byte('0'+m/10%10), byte('0'+m%10))
}

// Decimal returns a in kronor, with two decimals.
func (a Amount) Decimal() decimal.Decimal {
	d, err := decimal.New(int64(a), 2)
	if err != nil {
		panic(err) // 19 digits hold every int64
	}
	return d
}

// AppendText and MarshalText write Plain, so that JSON has amounts as strings:
// a number beyond 2⁵³ would be changed by the reader.
func (a Amount) AppendText(b []byte) ([]byte, error) { return a.appendPlain(b), nil }

// MarshalText writes Plain.
func (a Amount) MarshalText() ([]byte, error) { return a.appendPlain(nil), nil }

// UnmarshalText reads what ParseXML reads.
func (a *Amount) UnmarshalText(text []byte) error {
	v, err := ParseXML(string(text))
	if err != nil {
		return err
	}
	*a = v
	return nil
}
