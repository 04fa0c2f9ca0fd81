package ident

import "strings"

// Scheme tells bankgiro and plusgiro numbers apart.
type Scheme uint8

// The two schemes. The zero Scheme belongs to the zero Giro, which is none.
const (
	Bankgiro Scheme = iota + 1
	Plusgiro
)

// String writes "BG" or "PG".
func (s Scheme) String() string { return [...]string{"", "BG", "PG"}[s] }

// Giro is a bankgiro or plusgiro number. Number has digits only. Giros are
// compared with ==; equal digits in different schemes are different numbers.
type Giro struct {
	Scheme Scheme
	Number string
}

// ParseBankgiro reads "5402-9681" or "54029681". Faults are ErrBankgiro.
func ParseBankgiro(s string) (Giro, error) {
	s, ok := unhyphen(clean(s), 4)
	if !ok || len(s) < 7 || len(s) > 8 || s[0] == '0' || !Luhn(s) {
		return Giro{}, ErrBankgiro
	}
	return Giro{Bankgiro, s}, nil
}

// ParsePlusgiro reads "90 19 50-6" or "9019506". Faults are ErrPlusgiro.
func ParsePlusgiro(s string) (Giro, error) {
	s, ok := unhyphen(clean(s), 1)
	if !ok || len(s) < 2 || len(s) > 8 || s[0] == '0' || !Luhn(s) {
		return Giro{}, ErrPlusgiro
	}
	return Giro{Plusgiro, s}, nil
}

// ParseGiro reads a number of a scheme that the caller knows.
func ParseGiro(scheme Scheme, s string) (Giro, error) {
	switch scheme {
	case Bankgiro:
		return ParseBankgiro(s)
	case Plusgiro:
		return ParsePlusgiro(s)
	}
	return Giro{}, ErrScheme
}

// unhyphen takes away a hyphen before the last tail characters; it is false for
// a hyphen anywhere else.
func unhyphen(s string, tail int) (string, bool) {
	if n := len(s) - tail - 1; n >= 0 && s[n] == '-' {
		s = s[:n] + s[n+1:]
	}
	return s, strings.IndexByte(s, '-') < 0
}

// IsZero reports whether g is none.
func (g Giro) IsZero() bool { return g.Number == "" }

// String writes "5402-9681" or "901950-6", without the scheme.
func (g Giro) String() string {
	tail := 4
	if g.Scheme == Plusgiro {
		tail = 1
	}
	if n := len(g.Number) - tail; n > 0 {
		return g.Number[:n] + "-" + g.Number[n:]
	}
	return g.Number
}

// MarshalText writes the scheme and the digits, "BG54029681".
func (g Giro) MarshalText() ([]byte, error) { return []byte(g.Scheme.String() + g.Number), nil }

// UnmarshalText reads what MarshalText writes.
func (g *Giro) UnmarshalText(text []byte) (err error) {
	s, v := string(text), Giro{}
	switch {
	case s == "":
	case strings.HasPrefix(s, "BG"):
		v, err = ParseBankgiro(s[2:])
	case strings.HasPrefix(s, "PG"):
		v, err = ParsePlusgiro(s[2:])
	default:
		err = ErrScheme
	}
	if err == nil {
		*g = v
	}
	return err
}
