package pain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/period"
	"kontor/kernel/workday"
)

// Refusal is why a batch, or one payment of it, cannot be written.
type Refusal struct {
	Payment string // its ID; "" where the fault is of the batch
	Code    string
	Text    string // Swedish, says what to do
}

// Most that identities and amounts may be.
const (
	messageIDMost = 30 // so that a group's number fits within 35
	paymentIDMost = 35
	amountMost    = money.Amount(999_999_999_999_99)
	sumMost       = money.Amount(999_999_999_999_999_999) // the schema's 18 digits
)

func total(payments []Payment) (money.Amount, error) {
	var sum money.Amount
	var err error
	for k := range payments {
		if sum, err = sum.Add(payments[k].Amount); err != nil {
			return 0, err
		}
	}
	return sum, nil
}

// ErrRefused is the fault of a batch that the bank would refuse.
var ErrRefused = fault.New(fault.Conflict, "PAIN-001",
	"Betalningsfilen kan inte göras, för banken skulle inte ta emot den. Rätta det som är fel och gör om utbetalningen.")

// Refusals says all that is wrong with a batch; a batch with none is written.
func Refusals(b *Batch) []Refusal {
	var out []Refusal
	say := func(payment, code, format string, args ...any) {
		out = append(out, Refusal{Payment: payment, Code: code, Text: fmt.Sprintf(format, args...)})
	}
	p, known := ProfileOf(b.Profile)
	if !known {
		say("", "profile", "Banken ”%s” är inte känd. Välj en bank för kontot.", b.Profile)
		return out
	}
	if !sound(b.MsgID, messageIDMost) {
		say("", "message-id", "Utbetalningens nummer ska vara 1–%d tecken ur A–Z, 0–9 och bindestreck.", messageIDMost)
	}
	if b.Created.IsZero() {
		say("", "created", "Utbetalningen saknar tid då den frisläpptes.")
	}
	if _, err := ident.ParseIBAN(b.IBAN); err != nil {
		say("", "debtor-account", "Kontot som betalningarna dras från har inget giltigt IBAN. Rätta det i bankens uppgifter.")
	}
	if p.Text(b.Debtor.Name, p.NameMost) == "" {
		say("", "debtor-name", "Betalarens namn saknas. Fyll i det i bankens uppgifter.")
	}
	if p.InitiatorScheme != "" && b.Initiator.ID == "" {
		say("", "initiator", "%s kräver avtalets nummer som avsändare. Fyll i det i bankens uppgifter.", p.Title)
	}
	if p.DebtorScheme != "" && b.Debtor.ID == "" {
		say("", "debtor-id", "%s kräver betalarens identitet. Fyll i den i bankens uppgifter.", p.Title)
	}
	if len(b.Payments) == 0 {
		say("", "empty", "Utbetalningen är tom.")
	}
	if sum, err := total(b.Payments); err != nil || sum > sumMost {
		say("", "sum", "Utbetalningens summa är för stor för en fil. Dela upp den.")
	}
	seen := make(map[string]bool, len(b.Payments))
	for k := range b.Payments {
		pay := &b.Payments[k]
		if !sound(pay.ID, paymentIDMost) || seen[pay.ID] {
			say(pay.ID, "id", "Betalningens nummer ”%s” är upptaget eller inte 1–%d tecken.", pay.ID, paymentIDMost)
		}
		seen[pay.ID] = true
		refusePayment(p, b, pay, func(code, format string, args ...any) { say(pay.ID, code, format, args...) })
	}
	return out
}

func refusePayment(p *Profile, b *Batch, pay *Payment, say func(code, format string, args ...any)) {
	switch {
	case pay.Amount <= 0:
		say("amount", "Beloppet är %v. Bara belopp över noll kan betalas; en kreditfaktura kvittas mot fakturor.", pay.Amount)
	case pay.Amount > amountMost:
		say("amount", "Beloppet %v är större än vad en betalning kan vara.", pay.Amount)
	}
	if workday.BankDayOnOrAfter(pay.Execute) != pay.Execute || pay.Execute == 0 {
		say("date", "Betalningsdagen %v är ingen bankdag.", pay.Execute)
	} else if !b.Created.IsZero() && pay.Execute < period.DateOf(b.Created) {
		say("date", "Betalningsdagen %v har varit när utbetalningen frisläpps.", pay.Execute)
	}
	if p.Text(pay.Payee.Name, p.NameMost) == "" {
		say("name", "Mottagarens namn saknas. Fyll i det hos leverantören.")
	}
	if p.Address && (pay.Payee.Town == "" || len(pay.Payee.Country) != 2) {
		say("address", "%s kräver mottagarens ort och land. Fyll i dem hos leverantören.", p.Title)
	}
	if pay.OCR != "" && (!digits(pay.OCR) || len(pay.OCR) < 2 || len(pay.OCR) > 25) {
		say("ocr", "OCR-numret ”%s” är inte 2–25 siffror.", pay.OCR)
	}
	if len(pay.Parts) > 0 {
		var sum money.Amount
		for _, part := range pay.Parts {
			sum += part.Amount
		}
		if sum != pay.Amount {
			say("parts", "Betalningen är på %v men det som den avser summerar till %v.", pay.Amount, sum)
		}
	}
	refuseAccount(p, b, pay, say)
}

func refuseAccount(p *Profile, b *Batch, pay *Payment, say func(code, format string, args ...any)) {
	switch y := &pay.Payee; y.Scheme {
	case Bankgiro:
		if g, err := ident.ParseBankgiro(y.Number); err != nil || g.Number != y.Number {
			say("account", "Mottagarens bankgiro ”%s” är inte giltigt.", y.Number)
		}
		if p.GiroDebtor {
			if g, err := ident.ParseBankgiro(b.Bankgiro); err != nil || g.Number != b.Bankgiro {
				say("giro-debtor", "%s kräver att bankgiron betalas från ett eget bankgiro. Fyll i det i bankens uppgifter.", p.Title)
			}
		}
	case Plusgiro:
		if g, err := ident.ParsePlusgiro(y.Number); err != nil || g.Number != y.Number {
			say("account", "Mottagarens plusgiro ”%s” är inte giltigt.", y.Number)
		}
	case Domestic:
		member, account := y.domestic()
		if !digits(member) || len(member) != 4 || !digits(account) || len(account) < 2 || len(account) > 12 {
			say("account", "Mottagarens konto ska vara clearingnummer med fyra eller fem siffror och ett kontonummer.")
		}
	case IBAN:
		if n, err := ident.ParseIBAN(y.Number); err != nil || string(n) != y.Number {
			say("account", "Mottagarens IBAN är inte giltigt.")
		}
	default:
		say("account", "Mottagaren saknar godkänt konto.")
	}
}

// domestic gives the clearing member and the account; a fifth clearing digit,
// Swedbank's, goes first in the account.
func (y *Payee) domestic() (member, account string) {
	if len(y.Clearing) == 5 {
		return y.Clearing[:4], y.Clearing[4:] + y.Number
	}
	return y.Clearing, y.Number
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// sound says whether s may be an identity: it comes back from every bank as it was.
func sound(s string, most int) bool {
	for k := range len(s) {
		if c := s[k]; c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return s != "" && len(s) <= most && s[0] != '-'
}

// Groups arranges a batch as the bank takes it. The order of the payments in the
// batch does not matter.
func Groups(b *Batch) []Group {
	p, known := ProfileOf(b.Profile)
	if !known {
		p = &Profile{}
	}
	var out []Group
	order := make([]*Payment, 0, len(b.Payments))
	for k := range b.Payments {
		order = append(order, &b.Payments[k])
	}
	slices.SortFunc(order, func(a, c *Payment) int {
		return cmp.Or(cmp.Compare(a.Execute, c.Execute), compareBool(p.giro(a), p.giro(c)), cmp.Compare(p.purpose(a), p.purpose(c)), cmp.Compare(a.ID, c.ID))
	})
	for _, pay := range order {
		last := len(out) - 1
		if last < 0 || out[last].Execute != pay.Execute || out[last].Giro != p.giro(pay) || out[last].Purpose != p.purpose(pay) {
			out = append(out, Group{
				ID: fmt.Sprintf("%s-%d", b.MsgID, len(out)+1), Execute: pay.Execute, Giro: p.giro(pay), Purpose: p.purpose(pay),
			})
			last++
		}
		out[last].Payments = append(out[last].Payments, pay)
		out[last].Sum += pay.Amount
	}
	return out
}

func (p *Profile) giro(pay *Payment) bool { return p.GiroDebtor && pay.Payee.Scheme == Bankgiro }

func (p *Profile) purpose(pay *Payment) string { return cmp.Or(pay.Purpose, p.Purpose) }

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
