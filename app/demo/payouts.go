package demo

import (
	"fmt"
	"time"

	"kontor/books/coding"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/workday"
	"kontor/process/payout"
)

// secretOf is the client whose payees may be under protection, and secretive are
// those at the centre who may see who they are.
const secretOf = "SOC"

var secretive = []string{"elias.dahl", "samira.farah", "sigrid.ahlen"}

// stage is how far a payout request has come when the day is over.
type stage int

const (
	untilDrafted stage = iota
	untilSent
	untilConfirmed
	untilReviewed
	untilApproved
)

// grantee is somebody who is paid without an invoice.
type grantee struct {
	client    string
	name, org string
	scheme    string
	number    string
	kronor    int64
	code      int // which of the client's units bears it
	account   string
	purpose   string
	basis     string
	protected bool
	every     int // months
}

// grantees are paid on the sixth working day of their months. The persons have
// the numbers that are kept for tests, and accounts at a bank that is not there.
var grantees = []grantee{
	{"KULT", "Föreningen Ekbackens Spelmän", orgNumber("802999", 11), "BG", giro("99", 801, 8), 18_000, 4, "4120", "Arrangemangsbidrag", "Kulturnämnden 2025-02-11 § 14", false, 2},
	{"IDR", "Exempelstads Friidrottsklubb", orgNumber("802999", 12), "PG", giro("99", 802, 7), 42_500, 2, "4120", "Aktivitetsstöd", "Idrottsnämnden 2025-02-18 § 9", false, 3},
	{"UTB", "Nora Stipendiat", person("200703", 12, 981), "IBAN", fictionIBAN(81), 5_000, 3, "4110", "Stipendium ur skolans samfond", "Rektors beslut 2025-05-20, UTB 2025/381", false, 6},
	{"SOC", "Rita Dold", person("198604", 23, 982), "IBAN", fictionIBAN(82), 7_350, 1, "4110", "Ersättning enligt beslut", "Nämndens delegationsbeslut, akten", true, 1},
	{"SOC", "Kalle Kontaktman", person("197211", 2, 983), "IBAN", fictionIBAN(83), 2_140, 4, "4110", "Omkostnader för kontaktperson", "Delegationsbeslut 2025-01-30, SOC 2025/77", false, 1},
}

// waitingPayouts are what waits when the city is shown, by days before today.
var waitingPayouts = []struct {
	before int
	who    int
	upTo   stage
	more   int64 // kronor beside the ordinary
	words  string
}{
	{2, 0, untilConfirmed, 0, "Arrangemangsbidrag, höstens spelmansstämma"},
	{2, 3, untilConfirmed, 450, "Ersättning enligt beslut, tillägg"},
	{1, 0, untilReviewed, 1_500, "Arrangemangsbidrag, luciakonserten"},
	{1, 2, untilSent, 500, "Stipendium ur skolans samfond, bokstipendium"},
	{1, 4, untilDrafted, 60, "Omkostnader för kontaktperson, resor"},
}

// person is the number of somebody who is not there.
//
// source: Skatteverket, personal numbers for tests have 980–999
func person(month string, day, serial int) string {
	body := fmt.Sprintf("%s%02d%03d", month[2:], day, serial)
	digit, _ := ident.LuhnDigit(body)
	return month[:2] + body + string(digit)
}

// fictionIBAN is an account at 999, which is no bank.
func fictionIBAN(n int) string {
	bban := fmt.Sprintf("999%017d", 85_000_000+n)
	rest := 0
	for _, c := range bban + "281400" { // SE00 as digits
		rest = (rest*10 + int(c-'0')) % 97
	}
	return fmt.Sprintf("SE%02d%s", 98-rest, bban)
}

// payOut writes the payout requests of a day and takes them through to their
// approval; in the last days some are left for the one who looks at the city.
func (b *builder) payOut(day period.Date) error {
	b.at = day.At(10*60 + 50)
	month := period.MonthOf(day)
	if workday.Office.Workdays(month.First(), day) == 6 {
		for i, g := range grantees {
			if int(month.Month)%g.every != 0 {
				continue
			}
			if err := b.payoutTo(g, i, day, g.purpose+" "+month.String(), 0, untilApproved); err != nil {
				return fmt.Errorf("payout to %s: %w", g.client, err)
			}
		}
	}
	for i, w := range waitingPayouts {
		if day != Today.AddDays(-w.before) {
			continue
		}
		if err := b.payoutTo(grantees[w.who], i, day, w.words, w.more, w.upTo); err != nil {
			return fmt.Errorf("waiting payout %d: %w", i, err)
		}
	}
	return nil
}

// payoutTo is written by one clerk of the client's unit, confirmed by another,
// reviewed by the client's contact and approved by its approver.
func (b *builder) payoutTo(g grantee, serial int, day period.Date, purpose string, more int64, upTo stage) error {
	k := b.city.Client(g.client)
	writer, checker := b.clerk(k, serial), b.clerk(k, serial+1)
	if g.protected {
		writer, checker = secretive[0], secretive[1]
	}
	unit := k.Codes[min(g.code, len(k.Codes)-1)]
	v := &payout.Request{PayeeOrg: g.org, PayeeName: g.name, Protected: g.protected, Scheme: g.scheme, Account: g.number, Purpose: purpose, Basis: g.basis,
		Amount: money.Kronor(g.kronor + more), Due: day.AddDays(12)}
	if g.protected {
		v.BankName = "Betalningsmottagare 4711"
	}
	v.Lines = []coding.Line{{Account: g.account, Unit: unit.Code, Activity: activityOf(unit.Name), Amount: v.Amount, Text: purpose}}
	v.Client = b.clients[g.client]
	if err := b.do(b.actor[writer], func(o *op.Op) error {
		v.ID, v.Version = 0, 0
		lines := []string{"Beslut om utbetalning", "", purpose, "", g.basis, "Belopp: " + v.Amount.String() + " kr"}
		if err := payout.Attach(o, v, "beslut.pdf", pdf(lines)); err != nil {
			return err
		}
		return payout.Add(o, v)
	}); err != nil {
		return err
	}
	for i, x := range []struct {
		step, who string
		in        map[string]string
	}{
		{"send", writer, nil},
		{"confirm", checker, map[string]string{"how": "Ringde på numret i ansökan från i fjol. Kontot stämmer."}},
		{"review", k.Contact, nil},
		{"approve", k.Approver, nil},
	} {
		if stage(i) >= upTo {
			break
		}
		b.at = b.at.Add(9 * time.Minute)
		if err := b.do(b.actor[x.who], func(o *op.Op) error {
			_, err := payout.Table.Take(o, v.ID, x.step, 0, x.in)
			return err
		}); err != nil {
			return fmt.Errorf("%s by %s: %w", x.step, x.who, err)
		}
	}
	return nil
}

// clearanceOf is what a person may see: the centre, and those at the clients who
// review and approve, personal data; some of them what is secret.
func (b *builder) clearanceOf(p Person) op.Clearance {
	for _, key := range secretive {
		if p.Key == key {
			return op.Secret
		}
	}
	switch {
	case p.Client == secretOf && (p.Role == Approver || p.Role == Contact):
		return op.Secret
	case p.Client == "" || p.Role == Approver || p.Role == Contact:
		return op.Sensitive
	}
	return op.Open
}
