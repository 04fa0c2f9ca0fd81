package treasury

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/workday"
)

// transfer is a payment to be: the documents that it settles.
type transfer struct {
	parts  []Due
	amount money.Amount
	due    period.Date // by which the payee must have its money
}

// why not, in the order that they are looked at.
const (
	whyNoAccount = "Mottagaren har inget godkänt konto. Kontrollera kontot med mottagaren och låt en annan person godkänna det."
	whyScheme    = "Kontot är av ett slag som inte kan betalas från Kontor. Betala i internetbanken och registrera betalningen."
	whyNothing   = "Det finns inget belopp att betala."
	whyOwed      = "Mottagaren är skyldig oss %s kr mer än vi ska betala. Det väntar tills nya fakturor väger upp krediten, eller tills pengarna krävs tillbaka."
	whyTooMuch   = "Summan är större än vad som kan räknas. Dela upp betalningen."
	whyTax       = "Avdragen skatt är större än beloppet. Rätta avdraget på fakturan."
)

// eligible says why a due may not be proposed now; "" when it may.
//
// source: ISO 20022 pain.001, CdtTrfTxInf: one account, an amount above nought
func eligible(d *Due) string {
	switch {
	case d.Hold != "":
		return d.Hold
	case d.Amount == 0:
		return whyNothing
	case d.Scheme == "" || d.Account == "":
		return whyNoAccount
	case !slices.Contains([]string{"BG", "PG", "IBAN", "BBAN"}, d.Scheme):
		return whyScheme
	case d.Withheld < 0, d.Amount < 0 && d.Withheld != 0, d.Amount > 0 && d.Withheld > d.Amount:
		return whyTax
	}
	return ""
}

// kept is a due that was left out, and why.
type kept struct {
	Due
	reason string
}

type payee struct {
	client          op.ClientID
	org             string
	scheme, account string
}

// net makes transfers of what is due. An invoice is a transfer of its own, with
// its own reference; credit notes are set off against invoices to the same payee
// and account for the same client, the largest first, so that as few as possible
// lose their own reference. A transfer is never below nought: a payee that owes
// us more than we owe gets nothing, and everything of it waits. The outcome
// depends on what is due alone, not on its order.
func net(all []Due) (pay []transfer, left []kept) {
	groups := map[payee][]Due{}
	var order []payee
	for _, d := range all {
		if why := eligible(&d); why != "" {
			left = append(left, kept{d, why})
			continue
		}
		k := payee{d.Client, d.PayeeOrg, d.Scheme, cmp.Or(d.BankAccount, d.Account)}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], d)
	}
	slices.SortFunc(order, func(a, b payee) int {
		return cmp.Or(cmp.Compare(a.client, b.client), strings.Compare(a.org, b.org), strings.Compare(a.scheme, b.scheme), strings.Compare(a.account, b.account))
	})
	for _, k := range order {
		p, l := netOne(groups[k])
		pay, left = append(pay, p...), append(left, l...)
	}
	return pay, left
}

func netOne(all []Due) (pay []transfer, left []kept) {
	wait := func(why string) ([]transfer, []kept) {
		for _, d := range all {
			left = append(left, kept{d, why})
		}
		return nil, left
	}
	var debit, credit money.Amount
	for i := range all {
		side := &debit
		if all[i].pays() < 0 {
			side = &credit
		}
		s, err := side.Add(all[i].pays())
		if err != nil {
			return wait(whyTooMuch)
		}
		*side = s
	}
	if sum := debit + credit; sum < 0 {
		return wait(fmt.Sprintf(whyOwed, -sum))
	}
	// Largest invoice first; credit notes, below nought, come last.
	slices.SortFunc(all, func(a, b Due) int {
		return cmp.Or(cmp.Compare(b.pays(), a.pays()), cmp.Compare(a.Due, b.Due), strings.Compare(a.Kind, b.Kind), cmp.Compare(a.Document, b.Document))
	})
	first := slices.IndexFunc(all, func(d Due) bool { return d.pays() < 0 })
	if first < 0 {
		first = len(all)
	}
	i := 0
	if credit < 0 {
		together := transfer{parts: slices.Clone(all[first:]), amount: credit}
		for ; i < first && (together.amount < 0 || i == 0); i++ {
			together.add(all[i])
		}
		pay = append(pay, together)
	}
	for ; i < first; i++ {
		var alone transfer
		alone.add(all[i])
		pay = append(pay, alone)
	}
	return pay, left
}

func (t *transfer) add(d Due) {
	t.parts = append(t.parts, d)
	t.amount += d.pays()
	if t.due.IsZero() || d.Due < t.due {
		t.due = d.Due
	}
}

// reference is what the payee is told: the OCR number of a single document, or
// the numbers of all, credit notes among them.
func (t *transfer) reference() (ocr, message string) {
	if len(t.parts) == 1 {
		return t.parts[0].OCR, cmp.Or(t.parts[0].Message, t.parts[0].Number)
	}
	parts := slices.Clone(t.parts)
	slices.SortFunc(parts, func(a, b Due) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), strings.Compare(a.Number, b.Number))
	})
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteByte(' ')
		}
		if p.Amount < 0 {
			b.WriteByte('-')
		}
		b.WriteString(p.Number)
	}
	return "", b.String()
}

// given is what the bank alone is told: who the payee is, and the message where
// one document is paid.
func (t *transfer) given() Given {
	g := t.parts[0].Given
	if len(t.parts) > 1 {
		g.BankMessage = ""
	}
	return g
}

// firstDay is the first bank day on which a file made now can be executed.
func firstDay(today period.Date, minute, cutoff int64) period.Date {
	if !workday.Bank.Closed(today) && minute <= cutoff {
		return today
	}
	return workday.Bank.OnOrAfter(today.AddDays(1))
}

// executeOn is the bank day on which a payee is paid: the last one that lets it
// have its money by its due date, or else as soon as can be.
//
// source: formats, "Bankdag": midsummer's eve, Christmas Eve, New Year's Eve and
// the national day are no bank days
func executeOn(due, soonest period.Date) period.Date {
	return max(workday.Bank.OnOrBefore(due), soonest)
}

// sealOf sums up what is paid to whom and for what. It leaves out everything that
// may change without changing that.
func sealOf(p *Payment) string {
	h := sha256.New()
	var n [8]byte
	number := func(v int64) {
		binary.BigEndian.PutUint64(n[:], uint64(v))
		h.Write(n[:])
	}
	text := func(s string) {
		number(int64(len(s)))
		h.Write([]byte(s))
	}
	number(int64(p.Client))
	number(int64(p.Account))
	number(int64(p.Amount))
	for _, s := range []string{p.EndToEnd, p.PayeeOrg, p.PayeeName, p.Scheme, p.Number, p.OCR, p.Message, p.BankName, p.BankAccount, p.BankMessage} {
		text(s)
	}
	parts := slices.Clone(p.Parts)
	slices.SortFunc(parts, func(a, b Part) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), cmp.Compare(a.Document, b.Document))
	})
	for _, x := range parts {
		text(x.Kind)
		text(x.Number)
		for _, v := range []int64{x.Document, int64(x.Amount), int64(x.Withheld)} {
			number(v)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// sealAll sums up a whole set of payments, in the order of their identities.
func sealAll(all []*Payment) string {
	h := sha256.New()
	rows := slices.Clone(all)
	slices.SortFunc(rows, func(a, b *Payment) int { return cmp.Compare(a.ID, b.ID) })
	for _, p := range rows {
		h.Write([]byte(p.ID.String() + p.Seal + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// changed says why a payment no longer is what was proposed, now that its
// documents have been read again; "" when it still is.
func changed(p *Payment, now map[int64]Due) string {
	sum := money.Amount(0)
	for _, x := range p.Parts {
		d, ok := now[x.Document]
		why := ""
		if ok {
			why = eligible(&d)
		}
		switch {
		case !ok:
			return fmt.Sprintf("%s är inte längre klar att betala.", x.Number)
		case why != "":
			return fmt.Sprintf("%s: %s", x.Number, why)
		case d.Client != p.Client || d.PayeeOrg != p.PayeeOrg:
			return fmt.Sprintf("%s har fått en annan mottagare.", x.Number)
		case d.BankName != p.BankName:
			return fmt.Sprintf("%s har fått ett annat namn på mottagaren.", x.Number)
		case d.Scheme != p.Scheme || d.Account != p.Number || d.BankAccount != p.BankAccount:
			return fmt.Sprintf("%s har fått ett annat konto.", x.Number)
		case d.Amount != x.Amount || d.Withheld != x.Withheld || d.Number != x.Number:
			return fmt.Sprintf("%s har fått ett annat belopp.", x.Number)
		case len(p.Parts) == 1 && d.OCR != p.OCR:
			return fmt.Sprintf("%s har fått en annan referens.", x.Number)
		}
		sum += d.pays()
	}
	if sum != p.Amount {
		return "Beloppet stämmer inte längre med fakturorna."
	}
	if sealOf(p) != p.Seal {
		return "Betalningen är inte den som föreslogs."
	}
	return ""
}

// control is how many payments a person looks at before a release. The office
// decides it; a proposal keeps to the rule of its day.
type control struct {
	from    period.Date
	percent int64
	least   int
	large   money.Amount // and every payment from this amount
	fresh   int          // days for which an approved account is a new one
}

// source: the office's routine for control of payments, point 3 (policy, not law)
var controls = []control{{from: period.NewDate(2000, 1, 1), percent: 5, least: 3, large: money.Kronor(500_000), fresh: 60}}

func controlOn(day period.Date) control {
	c := controls[0]
	for _, x := range controls {
		if x.from <= day {
			c = x
		}
	}
	return c
}

// sample draws the payments to be controlled: by the seed as many as the rule
// says, and besides every large one, every one to an account that is
// new, and all urgent ones. The same seed draws the same.
func sample(seed int64, all []Payment, c control, unknown func(*Payment) bool, urgent bool) {
	type lot struct {
		key [sha256.Size]byte
		at  int
	}
	lots := make([]lot, 0, len(all))
	for i := range all {
		p := &all[i]
		switch {
		case urgent:
			p.Sampled = Hurried
		case p.Amount >= c.large:
			p.Sampled = Large
		case unknown(p):
			p.Sampled = NewAccount
		default:
			lots = append(lots, lot{sha256.Sum256([]byte(strconv.FormatInt(seed, 10) + p.EndToEnd)), i})
		}
	}
	slices.SortFunc(lots, func(a, b lot) int { return cmp.Or(slices.Compare(a.key[:], b.key[:]), cmp.Compare(a.at, b.at)) })
	n := max(c.least, int((int64(len(all))*c.percent+99)/100))
	for _, l := range lots[:min(n, len(lots))] {
		all[l.at].Sampled = Drawn
	}
}
