package payables

import (
	"fmt"
	"strings"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// SignCode names a sign that something may be wrong.
type SignCode string

// The signs. None stops an invoice by itself.
//
// source: finance.md 4.8 (bluffakturor)
const (
	SignNewSupplier SignCode = "new-supplier"
	SignNewAccount  SignCode = "new-account"
	SignAskedByMail SignCode = "asked-by-mail"
	SignUnderLimit  SignCode = "under-limit"
	SignFarOutside  SignCode = "far-outside"
	SignForeign     SignCode = "foreign-account"
	SignSummer      SignCode = "summer"
	SignWarned      SignCode = "warned"
	SignRegister    SignCode = "register-words"
)

// SignKind is a sign as it is told, with how much it weighs.
type SignKind struct {
	Code   SignCode
	Label  string // Swedish
	Points int64
}

// SignKinds are the signs in the order of their weight. Points are of a hundred:
// two signs of fifty are as much as there is.
var SignKinds = []SignKind{
	{SignWarned, "Står på varningslistan", 60},
	{SignForeign, "Utländskt konto hos en svensk leverantör", 40},
	{SignRegister, "Ord som i katalog- och registerbluffar", 35},
	{SignAskedByMail, "Kontot byttes på begäran i ett brev eller en e-post", 30},
	{SignNewAccount, "Kontot är nytt för leverantören", 20},
	{SignFarOutside, "Beloppet är långt över leverantörens tidigare", 25},
	{SignUnderLimit, "Beloppet ligger strax under en gräns", 20},
	{SignNewSupplier, "Leverantören är ny", 15},
	{SignSummer, "Kom under sommaren", 5},
}

// Points is what a sign weighs.
func (c SignCode) Points() int64 {
	for _, k := range SignKinds {
		if k.Code == c {
			return k.Points
		}
	}
	return 0
}

// Sign is a sign on one invoice, with its evidence.
type Sign struct {
	Client  op.ClientID
	Invoice ID
	Sign    SignCode
	Points  int64
	Seen    string // Swedish: the evidence
}

// Evidence is what the signs of an invoice are looked for in.
type Evidence struct {
	Org     string // of the supplier
	Name    string
	New     bool         // the supplier has no approved invoice yet
	Payable money.Amount // öre
	Largest money.Amount // of the supplier's earlier invoices; 0 when there are none
	Earlier int64        // how many earlier invoices are known, at most as many as matter
	Day     period.Date  // of arrival
	Account string       // that the invoice asks to be paid to
	Scheme  string
	Known   bool      // the account is known since before
	Asked   time.Time // when an account was last asked for by mail; zero for never
	Words   []string  // what the lines are called
	Limits  []money.Amount
	Warned  []Warning
}

// Numbers of the signs. They are no law: how far is far.
const (
	farTimes   = 5 // times the largest before
	farLeast   = 3 // earlier invoices that make a history
	underParts = 50
)

// registerWords are what those who sell entries in registers that nobody reads
// call them.
//
// source: finance.md 4.8 (Svensk Handels varningslista: katalog, register, sökmotor)
var registerWords = []string{"KATALOGANNONS", "FÖRETAGSKATALOG", "FÖRETAGSREGISTER", "REGISTERUPPGIFT", "SÖKMOTOR", "SÖKOPTIMERING",
	"ONLINEKATALOG", "NUMMERUPPLYSNING", "VARUMÄRKESREGISTER", "DOMÄNBEVAKNING", "ANNONSPLATS INTERNET", "PROFILERING PÅ NÄTET"}

// Signs finds the signs of an invoice. It is pure; amounts of credit notes have
// none, since nobody is paid.
func Signs(e Evidence) []Sign {
	if e.Payable <= 0 {
		return nil
	}
	var all []Sign
	add := func(c SignCode, seen string, args ...any) {
		all = append(all, Sign{Sign: c, Points: c.Points(), Seen: fmt.Sprintf(seen, args...)})
	}
	for _, w := range e.Warned {
		if w.fits(e) {
			add(SignWarned, "%s varnar för %s sedan %s.", w.Source, w.Name, w.Since)
			break
		}
	}
	if e.Scheme == IBAN && !strings.HasPrefix(e.Account, "SE") && swedishOrg(e.Org) {
		add(SignForeign, "Leverantören är svensk men vill ha betalt till %s…", e.Account[:min(4, len(e.Account))])
	}
	if w := registerWord(e.Words); w != "" && e.New {
		add(SignRegister, "Raden ”%s” från en leverantör som vi inte har handlat av.", w)
	}
	if e.Account != "" && !e.Known && !e.New {
		add(SignNewAccount, "%s har tidigare fått betalt till ett annat konto.", e.Name)
	}
	if !e.Asked.IsZero() {
		add(SignAskedByMail, "Nytt konto begärdes %s utan att vi ringde först.", period.DateOf(e.Asked))
	}
	if e.Earlier >= farLeast && e.Largest > 0 && e.Payable/farTimes > e.Largest {
		add(SignFarOutside, "%s kr, och den största tidigare var %s kr.", e.Payable, e.Largest)
	}
	for _, l := range e.Limits {
		if e.Payable < l && e.Payable >= l-l/underParts {
			add(SignUnderLimit, "%s kr, gränsen är %s kr.", e.Payable, l)
			break
		}
	}
	if e.New {
		add(SignNewSupplier, "%s har inte skickat någon faktura som vi har godkänt.", e.Name)
	}
	if m := e.Day.Month(); (m == time.July || m == time.August) && len(all) > 0 {
		add(SignSummer, "Kom %s, när de som vet vad som är beställt ofta är lediga.", e.Day)
	}
	return all
}

func swedishOrg(org string) bool {
	_, err := ident.OrgOf(org)
	return err == nil
}

func registerWord(words []string) string {
	for _, w := range words {
		upper := strings.ToUpper(w)
		for _, r := range registerWords {
			if strings.Contains(upper, r) {
				return w
			}
		}
	}
	return ""
}

// Score adds up the points, at most a hundred.
func Score(signs []Sign) int64 {
	var sum int64
	for _, s := range signs {
		sum += s.Points
	}
	return min(sum, 100)
}

// SignText is the evidence in one go, the weightiest first.
func SignText(signs []Sign) string {
	var parts []string
	for _, k := range SignKinds {
		for _, s := range signs {
			if s.Sign == k.Code {
				parts = append(parts, s.Seen)
			}
		}
	}
	return strings.Join(parts, " ")
}

var (
	signsOf  = db.Select[Sign](`SELECT client, invoice, sign, points, seen FROM payables_sign WHERE client = $1 AND invoice = $2 ORDER BY points DESC, sign`)
	addSigns = db.Insert[Sign]("payables_sign", "")
)

// AddSigns stores the signs of new invoices.
func AddSigns(o *op.Op, all ...Sign) error {
	_, err := addSigns.Add(o, all...)
	return err
}

// SignsOf lists the signs of an invoice, the weightiest first.
func SignsOf(o *op.Op, v Invoice) ([]Sign, error) { return signsOf.All(o, v.Client, v.ID) }
