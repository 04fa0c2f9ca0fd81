package ident

import "strings"

// Luhn reports whether the last of the digits is the right check digit of those
// before it, modulus 10 with weights 1 and 2. It is false for other characters
// and for fewer than two digits.
func Luhn(digits string) bool {
	n := len(digits) - 1
	if n < 1 {
		return false
	}
	check, ok := LuhnDigit(digits[:n])
	return ok && check == digits[n]
}

// LuhnDigit returns the check digit that Luhn wants after payload; it is false
// if payload is empty or has anything else than digits.
func LuhnDigit(payload string) (check byte, ok bool) {
	sum, double := 0, true
	for i := len(payload) - 1; i >= 0; i-- {
		d := int(payload[i]) - '0'
		if d < 0 || d > 9 {
			return 0, false
		}
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
		double = !double
	}
	return byte('0' + (10-sum%10)%10), payload != ""
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// clean takes away the spaces that people and documents put into numbers and
// makes every kind of dash a hyphen.
func clean(s string) string {
	plain := true
	for i := range len(s) {
		plain = plain && s[i] > ' ' && s[i] < 0x80
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', '\r', '\u00a0', '\u2009', '\u202f':
			return -1
		case '\u2010', '\u2011', '\u2012', '\u2013', '\u2212':
			return '-'
		}
		return r
	}, s)
}
