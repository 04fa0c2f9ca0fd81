package payables

import (
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/treasury"
)

// Paying is how far the payment of an invoice has come, and what stops it.
type Paying struct {
	Payment  string // the latest treasury.Event that holds; "" when it waits to be proposed
	PaidOn   period.Date
	Stop     string // Swedish, why it must not be paid; "" when it may
	StopKind string // StopHold, StopDispute, StopBank
	TaxSaid  bool   // somebody has said what is pay for work, of a payee without F-tax
	Withheld money.Amount

	// Untaxed says that the supplier has no F-tax; loaded while it is approved.
	Untaxed bool `db:"-"`
}

// What stops a payment.
const (
	StopHold    = "hold"    // we wait with it
	StopDispute = "dispute" // the client disputes the invoice
	StopBank    = "bank"    // the bank refused it or sent it back
)

// MayPay lets payments be stopped and let go, and invoices be disputed.
const MayPay op.Permission = "payables.pay"

const payMay = "Det gör den som sköter betalningar hos oss."

var (
	errAtBank    = fault.New(fault.Conflict, "PAY-070", "Betalningen är redan hos banken. Den kan inte stoppas här; ring banken.")
	errStopped   = fault.New(fault.Conflict, "PAY-071", "Betalningen är redan stoppad: %s")
	errNoStop    = fault.New(fault.Conflict, "PAY-072", "Betalningen är inte stoppad.")
	errDisputed  = fault.New(fault.Conflict, "PAY-073", "Fakturan är bestriden. Avsluta tvisten i stället.")
	errNoTax     = fault.New(fault.Conflict, "PAY-074", "Leverantören har F-skatt, eller är inte kontrollerad. Rätta uppgiften på leverantörens sida om den är fel.")
	errProposed2 = fault.New(fault.Conflict, "PAY-076", "Fakturan står i ett betalningsförslag. Ta bort den därifrån först.")
	errNotOne    = fault.New(fault.Invalid, "PAY-077", "%s är inget godkänt konto hos leverantören. Välj ett av dem som står på leverantörens sida.")
	errTaxMuch   = fault.New(fault.Invalid, "PAY-075", "Ersättningen för arbete kan inte vara större än fakturan utan moms, %s kr.")
)

// paySteps are what can be done with an approved invoice before it is paid.
func paySteps() []flow.Step[Invoice] {
	ready := []flow.State{Ready}
	return []flow.Step[Invoice]{
		{Name: "stop", Label: "Stoppa betalningen", Done: "Stoppade betalningen.", WhoMay: payMay, From: ready, To: Ready, Need: MayPay,
			Guard: mayStop, Input: []form.Field{inReason}},
		{Name: "go", Label: "Släpp betalningen", Done: "Släppte betalningen.", WhoMay: payMay, From: ready, To: Ready, Need: MayPay,
			Guard: mayGo, Prefer: isStopped, Input: []form.Field{inReason}},
		{Name: "dispute", Label: "Bestrid", Done: "Bestred fakturan.", WhoMay: payMay, From: ready, To: Ready, Need: MayPay,
			Guard: mayStop, Input: []form.Field{inReason}},
		{Name: "agree", Label: "Avsluta tvisten", Done: "Avslutade tvisten. Fakturan kan betalas.", WhoMay: payMay, From: ready, To: Ready, Need: MayPay,
			Guard: mayAgree, Prefer: isDisputed, Input: []form.Field{inReason}},
		{Name: "account", Label: "Välj konto", Done: "Valde vilket av leverantörens konton som betalas.", WhoMay: payMay, From: ready, To: Ready, Need: MayPay,
			Guard: mayChoose, Input: []form.Field{{Key: "number", Label: "Konto", Kind: form.Text, Required: true, Max: 34,
				Help: "Ett av leverantörens godkända konton. De står på leverantörens sida."}}},
		{Name: "withhold", Label: "Ange skatteavdrag", Done: "Angav vad som är ersättning för arbete.", WhoMay: payMay, From: ready, To: Ready, Need: MayPay,
			Guard: mayWithhold, Input: []form.Field{{Key: "work", Label: "Ersättning för arbete, utan moms", Kind: form.Money, Required: true,
				Help: "Leverantören saknar F-skatt. Skatt dras från det som är ersättning för arbete. Skriv 0 om fakturan bara gäller varor."}, inReason}},
	}
}

func atBank(v Invoice) bool { return treasury.Event(v.Payment).AtBank() }

func mayStop(_ op.Who, v Invoice) error {
	switch {
	case atBank(v):
		return errAtBank
	case v.Stop != "":
		return errStopped.With(v.Stop)
	}
	return nil
}

func isStopped(_ op.Who, v Invoice) bool  { return v.Stop != "" && v.StopKind != StopDispute }
func isDisputed(_ op.Who, v Invoice) bool { return v.StopKind == StopDispute }

func mayGo(_ op.Who, v Invoice) error {
	switch {
	case v.Stop == "":
		return errNoStop
	case v.StopKind == StopDispute:
		return errDisputed
	}
	return nil
}

func mayAgree(_ op.Who, v Invoice) error {
	if v.StopKind != StopDispute {
		return errNoStop
	}
	return nil
}

func mayChoose(_ op.Who, v Invoice) error {
	switch {
	case atBank(v):
		return errAtBank
	case v.Payment != "":
		return errProposed2
	}
	return nil
}

func mayWithhold(_ op.Who, v Invoice) error {
	switch {
	case atBank(v):
		return errAtBank
	case !v.Untaxed:
		return errNoTax
	}
	return nil
}

// taxRates is what is withheld of pay for work to a payee without F-tax.
//
// source: skatteförfarandelagen (2011:1244) 10 kap. 11 och 14 §§, 13 kap. 4 §
var taxRates = []struct {
	from    period.Date
	percent int64
}{{period.NewDate(2012, 1, 1), 30}}

// taxOf is the tax to withhold of an amount of pay, in whole kronor downwards.
//
// source: skatteförfarandelagen 22 kap. 1 § (hela krontal, öretal faller bort)
func taxOf(pay money.Amount, on period.Date) money.Amount {
	percent := int64(0)
	for _, r := range taxRates {
		if r.from <= on {
			percent = r.percent
		}
	}
	whole := int64(pay) / 100
	return money.Amount(whole*percent/100) * 100
}

func doStop(kind string) func(*op.Op, *Invoice, form.Values) error {
	return func(_ *op.Op, v *Invoice, in form.Values) error {
		v.Stop, v.StopKind = in.Text("reason"), kind
		return nil
	}
}

func doGo(_ *op.Op, v *Invoice, _ form.Values) error {
	v.Stop, v.StopKind = "", ""
	return nil
}

// doChoose takes one of the supplier's approved accounts, and no other.
func doChoose(o *op.Op, v *Invoice, in form.Values) error {
	digits := strings.NewReplacer(" ", "", "-", "").Replace(in.Text("number"))
	all, err := AccountsOf(o, v.Supplier)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.State == AccountApproved && strings.EqualFold(a.Number, digits) {
			v.Scheme, v.Account = a.Scheme, a.Number
			return nil
		}
	}
	return errNotOne.With(in.Text("number"))
}

func doWithhold(o *op.Op, v *Invoice, in form.Values) error {
	pay := in.Money("work")
	if pay < 0 || pay > v.Net {
		return errTaxMuch.With(v.Net)
	}
	v.TaxSaid, v.Withheld = true, taxOf(pay, period.DateOf(o.Now))
	return nil
}

// loadTax looks up whether the supplier of an approved invoice lacks F-tax: as
// it is now, not as it was when the invoice came.
func loadTax(o *op.Op, v *Invoice) error {
	if v.Supplier == 0 || v.Payable <= 0 {
		return nil
	}
	s, err := GetSupplier(o, v.Supplier)
	v.Untaxed = s.FTax == "no" && s.Country == "SE"
	return err
}
