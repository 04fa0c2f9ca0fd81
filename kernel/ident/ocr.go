package ident

import (
	"slices"
	"strings"
)

// OCRLevel is how strictly the bank checks the reference of a payment. It is
// agreed for each receiving bankgiro.
type OCRLevel uint8

// The levels, from the loosest to the strictest.
const (
	OCRNone   OCRLevel = iota // any text is a reference
	OCRSoft                   // a reference without a right check digit is accepted and flagged
	OCRCheck                  // check digit
	OCRLength                 // check digit, and before it a digit for the length
	OCRFixed                  // check digit, and one of one or two agreed lengths
)

// OCRRule is the agreement for one bankgiro. Lengths, used by OCRFixed alone,
// are total lengths in digits, 0 if there is no second one.
type OCRRule struct {
	Level   OCRLevel
	Lengths [2]int
}

// OCRVerdict is what the agreement says about a received reference.
type OCRVerdict uint8

// The verdicts.
const (
	OCRRight   OCRVerdict = iota + 1 // as agreed
	OCRFlagged                       // accepted though its check digit is wrong
	OCRRefused                       // the bank would have stopped the payment
)

// The shortest and the longest reference, in digits.
const (
	minOCR = 2
	maxOCR = 25
)

// Make returns the reference for payload, which has digits only: with a check
// digit at every level, so that a loose agreement can be tightened later. For
// OCRFixed the payload is filled with leading zeros to the shortest agreed
// length that holds it. Faults are ErrOCR.
func (r OCRRule) Make(payload string) (string, error) {
	if !isDigits(payload) {
		return "", ErrOCR.Because("ident: OCR payload is not digits")
	}
	switch r.Level {
	case OCRLength:
		payload += string(lengthDigit(len(payload) + 2))
	case OCRFixed:
		length := 0
		for _, l := range r.Lengths {
			if l > len(payload) && (length == 0 || l < length) {
				length = l
			}
		}
		if length == 0 {
			return "", ErrOCR.Because("ident: OCR payload of %d digits, agreed lengths %v", len(payload), r.Lengths)
		}
		payload = strings.Repeat("0", length-1-len(payload)) + payload
	}
	if len(payload)+1 > maxOCR {
		return "", ErrOCR.Because("ident: OCR reference of %d digits", len(payload)+1)
	}
	check, _ := LuhnDigit(payload)
	return payload + string(check), nil
}

// Check judges a received reference, without spaces, by the agreement.
func (r OCRRule) Check(ref string) OCRVerdict {
	if r.Level == OCRNone {
		return OCRRight
	}
	n := len(ref)
	right := n >= minOCR && n <= maxOCR && Luhn(ref)
	switch r.Level {
	case OCRSoft:
		if !right {
			return OCRFlagged
		}
	case OCRLength:
		// The shortest has a payload digit, the length and the check.
		right = right && n > minOCR && ref[n-2] == lengthDigit(n)
	case OCRFixed:
		right = right && slices.Contains(r.Lengths[:], n)
	}
	if !right {
		return OCRRefused
	}
	return OCRRight
}

// lengthDigit is the last digit of the total length; not its first digit, which
// agrees only up to 11.
func lengthDigit(total int) byte { return byte('0' + total%10) }
