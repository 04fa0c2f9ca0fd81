package pain

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Profile is what one bank wants of a file, beyond the schema.
type Profile struct {
	Name    string // "swedbank"; stored with a batch
	Title   string
	Version Version
	BIC     string
	// InitiatorScheme and DebtorScheme are the code of the identity's scheme, BANK
	// or CUST, or "" for none written. "-" writes the identity without a scheme.
	InitiatorScheme string
	DebtorScheme    string
	// GiroDebtor: a payee with a bankgiro must be paid from the debtor's bankgiro,
	// and so stands in a group of its own.
	GiroDebtor     bool
	PlusgiroMember string // clearing member of plusgiro payees: 9960 or 9500
	Address        bool   // the payee's town and country must be written
	Charset        string // characters beside letters and digits that are taken
	NameMost       int    // characters
	TextMost       int    // of a message to an account
	GiroTextMost   int    // of a message to a bankgiro or plusgiro
	Purpose        string // category purpose of supplier payments; "" writes none
	BatchBooking   bool   // ask for one booking a group
	Documents      bool   // takes structured documents (CINV, CREN) of a netted payment
	Source         string
	Unverified     string // Swedish: what has not been tried against the bank; "" when all has
}

// commonCharset is what every bank in the Nordic countries takes.
// source: formats by bank, Swedbank Validex rule 214
const commonCharset = "/-?:().,'+ "

// untried is said of a profile whose file no bank's own validator has judged.
const untried = "Profilen bygger på bankens beskrivning och har inte prövats mot bankens egen validering. Skicka en provfil innan den används."

// Profiles are the banks that files can be written for.
var Profiles = []Profile{
	{
		Name: "swedbank", Title: "Swedbank och sparbankerna", Version: V03, BIC: "SWEDSESS",
		InitiatorScheme: "BANK", DebtorScheme: "BANK", GiroDebtor: true, PlusgiroMember: "9960", Address: true,
		Charset: commonCharset, NameMost: 70, TextMost: 140, GiroTextMost: 25,
		Source: "Swedbank Validex 2026-08-10: 002 initiator, 214 characters, 217 order of remittance, 219 giro debtor, 222 and 237 address",
	},
	{
		Name: "nordea", Title: "Nordea", Version: V03, BIC: "NDEASESS",
		InitiatorScheme: "CUST", DebtorScheme: "CUST", PlusgiroMember: "9960",
		Charset: commonCharset, NameMost: 70, TextMost: 140, GiroTextMost: 25,
		Source: "Nordea Corporate Access, examples v2.6, 2026-06-22", Unverified: untried,
	},
	{
		Name: "handelsbanken", Title: "Handelsbanken", Version: V09, BIC: "HANDSESS",
		InitiatorScheme: "CUST", PlusgiroMember: "9960",
		Charset: commonCharset, NameMost: 70, TextMost: 140, GiroTextMost: 25,
		Source: "Svenska Bankföreningen, Common Payment Types in Sweden, app. 1; handelsbanken.se 2026-11-21", Unverified: untried,
	},
	{
		Name: "seb", Title: "SEB", Version: V03, BIC: "ESSESESS",
		InitiatorScheme: "BANK", DebtorScheme: "BANK", PlusgiroMember: "9500",
		Charset: commonCharset, NameMost: 70, TextMost: 140, GiroTextMost: 25, Documents: true,
		Source: "Svenska Bankföreningen, Common Payment Types in Sweden, app. 1", Unverified: untried,
	},
	{
		Name: "danske", Title: "Danske Bank", Version: V09, BIC: "DABASESX",
		InitiatorScheme: "CUST", PlusgiroMember: "9960", Address: true,
		Charset: commonCharset, NameMost: 70, TextMost: 140, GiroTextMost: 25,
		Source: "Svenska Bankföreningen, Common Payment Types in Sweden, app. 1; danskeci.com 2026-11-21", Unverified: untried,
	},
}

// ProfileOf gives the profile of a name.
func ProfileOf(name string) (*Profile, bool) {
	k := slices.IndexFunc(Profiles, func(p Profile) bool { return p.Name == name })
	if k < 0 {
		return nil, false
	}
	return &Profiles[k], true
}

// spelled are characters that banks do not take but that mean one they do.
var spelled = strings.NewReplacer("&", "+", "–", "-", "—", "-", "−", "-", "’", "'", "‘", "'", "´", "'", "`", "'",
	"”", "'", "“", "'", "\"", "'", "æ", "ä", "Æ", "Ä", "ø", "ö", "Ø", "Ö", "ß", "ss", "_", "-", ";", ",", "\t", " ", "\n", " ", "\u00a0", " ")

// Text is s as the bank takes it, at most so many characters: accents that
// Swedish does not have are dropped, what cannot be said becomes a full stop.
// The result is what the payee reads.
func (p *Profile) Text(s string, most int) string {
	var b strings.Builder
	n, space := 0, true
	for _, r := range spelled.Replace(norm.NFC.String(s)) {
		if !p.takes(r) {
			// The letter under an accent: é, ü.
			r = []rune(norm.NFD.String(string(r)))[0]
		}
		switch {
		case unicode.IsControl(r):
			r = ' '
		case !p.takes(r):
			r = '.'
		}
		if r == ' ' && space {
			continue
		}
		if n++; n > most {
			break
		}
		space = r == ' '
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), " ")
}

func (p *Profile) takes(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' ||
		strings.ContainsRune("åäöÅÄÖ", r) || strings.ContainsRune(p.Charset, r)
}

// Message is the text that a payee reads beside a payment without a structured
// reference, as the bank will pass it on.
func (p *Profile) Message(pay *Payment) string {
	text := pay.Message
	if text == "" {
		numbers := make([]string, 0, len(pay.Parts))
		for _, part := range pay.Parts {
			if part.Amount < 0 {
				numbers = append(numbers, "-"+part.Number)
				continue
			}
			numbers = append(numbers, part.Number)
		}
		text = strings.Join(numbers, ", ")
	}
	most := p.TextMost
	if pay.Payee.Scheme == Bankgiro || pay.Payee.Scheme == Plusgiro {
		most = p.GiroTextMost
	}
	return p.Text(text, most)
}
