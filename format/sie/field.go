package sie

import (
	"bytes"
	"math"
	"time"

	"kontor/kernel/money"
	"kontor/kernel/period"
)

// field is one field of a record, as bytes of the file.
type field struct {
	b    []byte
	list bool // an object list: b is what stands between its braces
}

// line is a record taken apart.
type line struct {
	fields []field
	buf    []byte
	open   bool // it ends with a { that is not closed
	broken bool // it ends inside quotes
}

func blank(c byte) bool { return c == ' ' || c == '\t' }

// split takes b, what stands after the label, apart. The fields are good until
// the next call.
func (l *line) split(b []byte) {
	l.fields, l.open, l.broken = l.fields[:0], false, false
	if cap(l.buf) < len(b) {
		l.buf = make([]byte, 0, 2*len(b))
	}
	l.buf = l.buf[:0]
	for k := 0; ; {
		for k < len(b) && blank(b[k]) {
			k++
		}
		if k == len(b) {
			return
		}
		var f field
		switch b[k] {
		case '"':
			f.b, k = l.quoted(b, k+1)
		case '{':
			end := listEnd(b, k+1)
			if end < 0 {
				l.open = true
				return
			}
			f.b, f.list, k = b[k+1:end], true, end+1
		default:
			from := k
			for k < len(b) && !blank(b[k]) && b[k] != '{' {
				k++
			}
			f.b = b[from:k]
		}
		l.fields = append(l.fields, f)
	}
}

// quoted is the field that begins at from, after its quote, and what follows it.
func (l *line) quoted(b []byte, from int) ([]byte, int) {
	rest := b[from:]
	q := bytes.IndexByte(rest, '"')
	if q >= 0 && (q == 0 || rest[q-1] != '\\') {
		return rest[:q], from + q + 1
	}
	start, end := len(l.buf), len(bytes.TrimRight(rest, " \t"))
	for k := 0; k < len(rest); k++ {
		switch {
		case rest[k] == '\\' && k+1 < len(rest) && rest[k+1] == '"':
			if k+2 >= end {
				// A path that ends with a backslash: "C:\BOK\".
				l.buf = append(l.buf, '\\')
				return l.buf[start:], len(b)
			}
			l.buf = append(l.buf, '"')
			k++
		case rest[k] == '"':
			return l.buf[start:], from + k + 1
		default:
			l.buf = append(l.buf, rest[k])
		}
	}
	l.broken = true
	return l.buf[start:], len(b)
}

// listEnd is where the brace is that ends a list beginning at from, or -1.
func listEnd(b []byte, from int) int {
	in := false
	for k := from; k < len(b); k++ {
		switch c := b[k]; {
		case c == '\\' && in && k+1 < len(b) && b[k+1] == '"':
			k++
		case c == '"':
			in = !in
		case c == '}' && !in:
			return k
		}
	}
	return -1
}

// at is field k, or nothing.
func (l *line) at(k int) []byte {
	if k < len(l.fields) {
		return l.fields[k].b
	}
	return nil
}

func digits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}

// whole reads a number without decimals, of at most nine digits.
func whole(b []byte) (int, bool) {
	negative := len(b) > 1 && b[0] == '-'
	if negative {
		b = b[1:]
	}
	if !digits(b) || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		n = n*10 + int(c-'0')
	}
	if negative {
		n = -n
	}
	return n, true
}

// manner is how well something was written.
type manner uint8

const (
	well   manner = iota
	badly         // it can be understood, and is not as the specification wants
	absurd        // it cannot be understood
)

// amount reads a sum in öre. A decimal comma, a plus sign and decimals that are
// nought after the second are written badly.
func amount(b []byte) (money.Amount, manner) {
	how := well
	negative := false
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		negative = b[0] == '-'
		if !negative {
			how = badly
		}
		b = b[1:]
	}
	var n uint64
	seen, decimals := 0, -1
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			seen++
			switch {
			case decimals >= 2:
				if how = badly; c != '0' {
					return 0, absurd
				}
				decimals++
				continue
			case decimals >= 0:
				decimals++
			}
			if n = n*10 + uint64(c-'0'); n > math.MaxInt64/100 {
				return 0, absurd
			}
		case (c == '.' || c == ',') && decimals < 0:
			if decimals = 0; c == ',' {
				how = badly
			}
		default:
			return 0, absurd
		}
	}
	if seen == 0 {
		return 0, absurd
	}
	for k := max(decimals, 0); k < 2; k++ {
		n *= 10
	}
	a := money.Amount(n)
	if negative {
		a = -a
	}
	return a, how
}

// date reads a day. Empty is the zero day. Six digits and hyphens are written badly.
func date(b []byte) (period.Date, manner) {
	b = bytes.TrimSpace(b)
	how := well
	var eight [8]byte
	switch {
	case len(b) == 0:
		return 0, well
	case len(b) == 8 && digits(b):
		copy(eight[:], b)
	case len(b) == 6 && digits(b):
		how = badly
		copy(eight[:], "20")
		if b[0] >= '7' {
			copy(eight[:], "19")
		}
		copy(eight[2:], b)
	case len(b) == 10 && b[4] == '-' && b[7] == '-':
		how = badly
		copy(eight[:], b[:4])
		copy(eight[4:], b[5:7])
		copy(eight[6:], b[8:])
	}
	d, ok := day(eight)
	if !ok {
		return 0, absurd
	}
	return d, how
}

func day(b [8]byte) (period.Date, bool) {
	n, ok := whole(b[:])
	if !ok {
		return 0, false
	}
	y, m, d := n/10000, n/100%100, n%100
	if !period.Valid(y, time.Month(m), d) {
		return 0, false
	}
	return period.NewDate(y, time.Month(m), d), true
}

// decimal says whether b is a quantity: a decimal number.
func decimal(b []byte) bool {
	if len(b) > 0 && b[0] == '-' {
		b = b[1:]
	}
	k := bytes.IndexAny(b, ".,")
	if k < 0 {
		return digits(b)
	}
	return digits(b[:k]) && digits(b[k+1:])
}
