package ident

import (
	"database/sql/driver"
	"log/slog"
	"strings"
	"time"

	"kontor/kernel/period"
)

// Kind tells what an Org is.
type Kind uint8

// The kinds of Org. The zero Kind belongs to the zero Org, which is none.
const (
	Organisation Kind = iota + 1 // organisationsnummer
	Person                       // personnummer, also an interim number with a letter
	Coordination                 // samordningsnummer: the day is written plus 60
)

func (k Kind) String() string {
	switch k {
	case Organisation:
		return "organisation"
	case Person:
		return "person"
	case Coordination:
		return "coordination"
	}
	return ""
}

// Org identifies a legal or natural person. Digits are twelve: 16 before an
// organisation's ten, the century before a person's. In an interim number the
// ninth is a letter. Orgs are compared with ==.
type Org struct {
	Digits string
	Kind   Kind
}

// interim has the letters of interim numbers, each counted as 1 by Luhn.
// source: reference vectors of the project personnummer/meta
const interim = "TRSUWXJKLMN"

// ParseOrg reads a number of ten or twelve digits, with or without separator.
// today decides the century of a person's number that is written without it:
// from the year in which somebody turns 100 the hyphen is a plus sign. With no
// date for today such numbers are refused. All faults are ErrOrg.
//
// source: folkbokföringslagen 1991:481 18 §; 003 s.15
func ParseOrg(s string, today period.Date) (Org, error) {
	s = clean(s)
	century, body, sep := "", s, byte(0)
	if n := len(s); n >= 5 && (s[n-5] == '-' || s[n-5] == '+') {
		body, sep = s[:n-5]+s[n-4:], s[n-5]
	}
	if len(body) == 12 {
		century, body = body[:2], body[2:]
	}
	if len(body) != 10 {
		return Org{}, ErrOrg.Because("ident: %d characters", len(s))
	}
	if !isDigits(body[:6]) || century != "" && !isDigits(century) {
		return Org{}, ErrOrg.Because("ident: not digits")
	}
	// The third digit is at least 2 in the number of an organisation, where
	// that of a person has a month.
	if body[2] >= '2' {
		if !Luhn(body) || sep == '+' || century != "" && century != "16" {
			return Org{}, ErrOrg.Because("ident: organisation number fails its control")
		}
		return Org{"16" + body, Organisation}, nil
	}
	return parsePerson(century, body, sep, today)
}

func parsePerson(century, body string, sep byte, today period.Date) (Org, error) {
	digits := body
	if strings.IndexByte(interim, body[6]) >= 0 {
		digits = body[:6] + "1" + body[7:]
	}
	if !Luhn(digits) || body[6:9] == "000" {
		return Org{}, ErrOrg.Because("ident: personal number fails its control")
	}
	year := int(body[0]-'0')*10 + int(body[1]-'0')
	kind, month, day := civil(body)
	switch {
	case century != "":
		year += 100 * (int(century[0]-'0')*10 + int(century[1]-'0'))
	case today.IsZero():
		return Org{}, ErrOrg.Because("ident: no century and no date to tell it by")
	default:
		year = resolveCentury(year, month, day, sep, today)
	}
	// A co-ordination number may have 0 for an unknown month or day, and a day
	// that its month has not when the numbers of the right day have run out.
	// source: Skatteverket's list of test numbers
	dated := period.Valid(year, month, day)
	if year < 1800 || !dated && (kind == Person || month > 12 || day > 31) {
		return Org{}, ErrOrg.Because("ident: no such date in a personal number")
	}
	if !today.IsZero() {
		if year > today.Year() || dated && period.NewDate(year, month, day) > today {
			return Org{}, ErrOrg.Because("ident: personal number of somebody not yet born")
		}
		if sep == '+' && today.Year()-year < 100 {
			return Org{}, ErrOrg.Because("ident: plus sign for somebody younger than 100")
		}
	}
	b := [12]byte{byte('0' + year/1000), byte('0' + year/100%10)}
	copy(b[2:], body)
	return Org{string(b[:]), kind}, nil
}

// civil reads the kind, month and day of a person's ten digits.
func civil(body string) (kind Kind, month time.Month, day int) {
	kind = Person
	month, day = time.Month((body[2]-'0')*10+body[3]-'0'), int(body[4]-'0')*10+int(body[5]-'0')
	if day >= 60 {
		kind, day = Coordination, day-60
	}
	return kind, month, day
}

// resolveCentury returns the full year of a person who is at most 99, or with a
// plus sign 100 to 199, by the end of today's year. Somebody who would be born
// later this year turns 100 instead: the plus sign is often left out.
func resolveCentury(yy int, month time.Month, day int, sep byte, today period.Date) int {
	now := today.Year()
	year := now - ((now-yy)%100+100)%100
	switch {
	case sep == '+':
		return year - 100
	case period.NewDate(year, month, day) > today:
		return year - 100
	}
	return year
}

// OrgOf returns the Org of twelve stored digits, as ParseOrg made them.
func OrgOf(digits string) (Org, error) {
	if len(digits) != 12 {
		return Org{}, ErrOrg.Because("ident: %d stored digits", len(digits))
	}
	return ParseOrg(digits, 0)
}

// IsZero reports whether o is none.
func (o Org) IsZero() bool { return o.Digits == "" }

// IsPerson reports whether o is personal data: any number of a natural person,
// also when it is the number of a sole trader's business.
func (o Org) IsPerson() bool { return o.Kind == Person || o.Kind == Coordination }

// Ten returns the ten digits without century, as files and VAT numbers have
// them; "" for none.
func (o Org) Ten() string {
	if len(o.Digits) != 12 {
		return ""
	}
	return o.Digits[2:]
}

// String writes "556036-0793" for an organisation, and with the century,
// "19811218-9876", for a person.
func (o Org) String() string {
	switch {
	case len(o.Digits) != 12:
		return ""
	case o.IsPerson():
		return o.Digits[:8] + "-" + o.Digits[8:]
	}
	return o.Digits[2:8] + "-" + o.Digits[8:]
}

// Masked is String with the last four digits of a person hidden.
func (o Org) Masked() string {
	s := o.String()
	if o.IsPerson() && len(s) == 13 {
		return s[:9] + "••••"
	}
	return s
}

// Birthday returns the date in a person's number. It is no date for an
// organisation and for a co-ordination number without a real one.
func (o Org) Birthday() period.Date {
	if !o.IsPerson() || len(o.Digits) != 12 {
		return 0
	}
	year := 0
	for i := range 4 {
		year = 10*year + int(o.Digits[i]-'0')
	}
	_, month, day := civil(o.Digits[2:])
	if !period.Valid(year, month, day) {
		return 0
	}
	return period.NewDate(year, month, day)
}

// VAT returns the VAT registration number that belongs to o.
func (o Org) VAT() VATNumber {
	if o.IsZero() {
		return ""
	}
	return VATNumber("SE" + o.Ten() + "01")
}

// LogValue keeps personal data out of the log.
func (o Org) LogValue() slog.Value { return slog.StringValue(o.Masked()) }

// MarshalText writes the twelve digits.
func (o Org) MarshalText() ([]byte, error) { return []byte(o.Digits), nil }

// UnmarshalText reads twelve digits, or nothing for none.
func (o *Org) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*o = Org{}
		return nil
	}
	v, err := OrgOf(string(text))
	if err == nil {
		*o = v
	}
	return err
}

// Value stores the twelve digits, and NULL for none.
func (o Org) Value() (driver.Value, error) {
	if o.IsZero() {
		return nil, nil
	}
	return o.Digits, nil
}

// Scan reads what Value stored.
func (o *Org) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*o = Org{}
		return nil
	case string:
		return o.UnmarshalText([]byte(v))
	case []byte:
		return o.UnmarshalText(v)
	}
	return ErrOrg.Because("ident: a stored %T", src)
}

// VATNumber is a Swedish VAT registration number, "SE556036079301".
type VATNumber string

// ParseVAT reads and checks a VAT number; spaces, hyphens and lower case are
// allowed. Faults are ErrVAT.
//
// source: rules SE-R-001 and SE-R-002 of Peppol BIS Billing 3
func ParseVAT(s string) (VATNumber, error) {
	s = strings.ToUpper(strings.ReplaceAll(clean(s), "-", ""))
	ten, ok := strings.CutPrefix(s, "SE")
	if !ok || len(ten) != 12 || ten[10:] != "01" || !Luhn(ten[:10]) {
		return "", ErrVAT
	}
	return VATNumber(s), nil
}

// Org returns whose number it is; today decides a sole trader's century, as in
// ParseOrg.
func (v VATNumber) Org(today period.Date) (Org, error) {
	if len(v) != 14 {
		return Org{}, ErrOrg.Because("ident: no VAT number")
	}
	return ParseOrg(string(v[2:12]), today)
}
