package ident

import "strings"

// GLN is a global location number of thirteen digits.
type GLN string

// ParseGLN reads and checks a GLN; spaces are allowed. Faults are ErrGLN.
func ParseGLN(s string) (GLN, error) {
	s = clean(s)
	if len(s) != 13 || !isDigits(s) {
		return "", ErrGLN
	}
	// Modulus 10 with weights 3 and 1 from the digit before the check digit.
	// source: GS1 General Specifications 7.9.1
	sum := 0
	for i := range 12 {
		sum += int(s[i]-'0') * (1 + 2*(i%2))
	}
	if (10-sum%10)%10 != int(s[12]-'0') {
		return "", ErrGLN
	}
	return GLN(s), nil
}

// IBAN is an international bank account number, without spaces.
type IBAN string

// ParseIBAN reads an IBAN, with or without spaces, and checks its two check
// digits and, for Sweden, its length. That the account behind it exists, or
// passes its own control, is not known. Faults are ErrIBAN.
//
// source: ISO 13616 and ISO 7064 (modulus 97-10)
func ParseIBAN(s string) (IBAN, error) {
	s = strings.ToUpper(clean(s))
	if len(s) < 15 || len(s) > 34 || !isLetter(s[0]) || !isLetter(s[1]) || !isDigits(s[2:4]) {
		return "", ErrIBAN
	}
	if s[:2] == "SE" && (len(s) != 24 || !isDigits(s[2:])) {
		return "", ErrIBAN
	}
	// The check digits are 02 to 98: 97-10 never makes the others.
	if s[2:4] < "02" || s[2:4] > "98" {
		return "", ErrIBAN
	}
	rest := 0
	for i := range len(s) {
		c := s[(i+4)%len(s)]
		switch {
		case c >= '0' && c <= '9':
			rest = (rest*10 + int(c-'0')) % 97
		case isLetter(c):
			rest = (rest*100 + int(c-'A') + 10) % 97
		default:
			return "", ErrIBAN
		}
	}
	if rest != 1 {
		return "", ErrIBAN
	}
	return IBAN(s), nil
}

func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' }

// String writes the number in groups of four.
func (n IBAN) String() string {
	var b strings.Builder
	for i := range len(n) {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteByte(n[i])
	}
	return b.String()
}
