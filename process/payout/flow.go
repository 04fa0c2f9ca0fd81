package payout

import (
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/op"
)

// The states of a request.
const (
	Draft     flow.State = "draft"
	Sent      flow.State = "sent"
	Reviewed  flow.State = "reviewed"
	Ready     flow.State = "ready"
	Paying    flow.State = "paying"
	Paid      flow.State = "paid"
	Withdrawn flow.State = "withdrawn"
	Voided    flow.State = "voided"
)

// The permissions of payout requests.
const (
	MayRead    op.Permission = "payout.read"
	MayWrite   op.Permission = "payout.write"
	MayCheck   op.Permission = "payout.check"
	MayReview  op.Permission = "payout.review"
	MayApprove op.Permission = "payout.approve"
	MayVoid    op.Permission = "payout.void"
	MayPay     op.Permission = "payout.pay"
)

// What requests count as. The price list has one price for an invoice that is
// handled by hand and for a payout request.
//
// source: 002 s.3, 000 s.3 ("Per faktura, manuell, utbetalningsunderlag")
const (
	Process        = "payout"
	Activity       = "supplier-invoice"
	ActivityVoided = "payout-request.voided"
)

const (
	whoWrites   = "Det gör den som skriver utbetalningsunderlag för kunden."
	whoChecks   = "Det gör en annan person hos oss än den som skrev underlaget."
	whoReviews  = "Det gör den som granskar hos kunden, och som inte har skrivit underlaget."
	whoApproves = "Det gör en attestant hos kunden, inom sin attesträtt, som varken har skrivit eller granskat underlaget."
	whoVoids    = "Det gör en redovisningsekonom."
	whoPays     = "Det gör den som sköter betalningar hos oss."
)

var inReason = form.Field{Key: "reason", Label: "Motivering", Kind: form.Text, Required: true, Max: 300}

// Life is the whole life of a request. The clock of the promise stands still
// while the client reviews and approves.
var Life = &flow.Flow[Request]{
	Name: "payout.request",
	Labels: []flow.StateLabel{
		{State: Draft, Word: "Utkast", Kind: "none"},
		{State: Sent, Word: "Att granska", Kind: "near"},
		{State: Reviewed, Word: "Att attestera", Kind: "near"},
		{State: Ready, Word: "Klar att betala", Kind: "ok"},
		{State: Paying, Word: "Hos banken", Kind: "none"},
		{State: Paid, Word: "Betald", Kind: "ok"},
		{State: Withdrawn, Word: "Borttagen", Kind: "none"},
		{State: Voided, Word: "Makulerad", Kind: "none"},
	},
	Start: []flow.State{Draft},
	Ends:  []flow.State{Paid, Withdrawn, Voided},
	Steps: append([]flow.Step[Request]{
		{Name: "send", Label: "Skicka för granskning", Done: "Skickade underlaget för granskning.", Key: "S", WhoMay: whoWrites,
			From: []flow.State{Draft}, To: Sent, Need: MayWrite, Guard: maySend, Prefer: always, Clock: flow.Pauses},
		{Name: "confirm", Label: "Bekräfta kontot", Done: "Bekräftade mottagarens konto.", Key: "B", WhoMay: whoChecks,
			From: []flow.State{Sent}, To: Sent, Need: MayCheck, Guard: mayConfirm, Prefer: mustConfirm,
			Input: []form.Field{{Key: "how", Label: "Hur är kontot kontrollerat?", Kind: form.Text, Required: true, Max: 300,
				Help: "Vem frågade du, på vilket nummer, eller vilken handling visar kontot? Fråga inte på ett nummer som kom med underlaget."}}},
		{Name: "decide", Label: "Betala trots likheten", Done: "Avgjorde att underlaget inte är en dubblett.", Key: "A", WhoMay: whoChecks,
			From: []flow.State{Sent}, To: Sent, Need: MayCheck, Guard: mayDecide, Prefer: mustDecide, Input: []form.Field{inReason}},
		{Name: "review", Label: "Sakgranska", Done: "Sakgranskade underlaget.", Key: "G", WhoMay: whoReviews,
			From: []flow.State{Sent}, To: Reviewed, Need: MayReview, Guard: mayReview, Prefer: settled},
		{Name: "approve", Label: "Attestera", Done: "Attesterade underlaget. Det är bokfört och klart att betala.", Key: "G", WhoMay: whoApproves,
			From: []flow.State{Reviewed}, To: Ready, Need: MayApprove, Guard: mayApprove, Prefer: always, Clock: flow.Stops, Counts: Activity},
		{Name: "return", Label: "Skicka tillbaka", Done: "Skickade tillbaka underlaget. Det som var godkänt föll.", Key: "T", WhoMay: whoReviews,
			From: []flow.State{Sent, Reviewed}, To: Draft, Need: MayReview, Clock: flow.Resumes, Input: []form.Field{inReason}},
		{Name: "change", Label: "Hämta tillbaka för att ändra", Done: "Hämtade tillbaka underlaget. Det som var godkänt föll.", WhoMay: whoWrites,
			From: []flow.State{Sent, Reviewed, Ready}, To: Draft, Need: MayWrite, Guard: mayChange, Clock: flow.Resumes},
		{Name: "withdraw", Label: "Ta bort utkastet", Done: "Tog bort utkastet.", WhoMay: whoWrites,
			From: []flow.State{Draft}, To: Withdrawn, Need: MayWrite, Clock: flow.Stops},
		{Name: "void", Label: "Makulera", Done: "Makulerade underlaget.", WhoMay: whoVoids,
			From: []flow.State{Sent, Reviewed, Ready}, To: Voided, Need: MayVoid, Clock: flow.Stops, Counts: ActivityVoided, Input: []form.Field{inReason}},
		{Name: "stop", Label: "Stoppa betalningen", Done: "Stoppade betalningen.", WhoMay: whoPays,
			From: []flow.State{Ready}, To: Ready, Need: MayPay, Guard: mayStop, Input: []form.Field{inReason}},
		{Name: "go", Label: "Släpp betalningen", Done: "Släppte betalningen.", WhoMay: whoPays,
			From: []flow.State{Ready}, To: Ready, Need: MayPay, Guard: mayGo, Input: []form.Field{inReason}},
	}, bankSteps...),
}

// bankSteps are what the bank does; the treasury tells of them and no person
// takes them.
var bankSteps = []flow.Step[Request]{
	{Name: "payment.filed", Label: "I bankfil", Done: "Betalningen gick till banken.", From: []flow.State{Ready}, To: Paying, Need: MayPay, Guard: nobody, Machine: true},
	{Name: "payment.paid", Label: "Betald", Done: "Banken betalade.", From: []flow.State{Paying}, To: Paid, Need: MayPay, Guard: nobody, Machine: true},
	{Name: "payment.rejected", Label: "Avvisad", Done: "Banken avvisade betalningen. Skulden är öppen igen.", From: []flow.State{Paying}, To: Ready, Need: MayPay, Guard: nobody, Machine: true},
	{Name: "payment.returned", Label: "Återsänd", Done: "Pengarna kom tillbaka. Skulden är öppen igen.", From: []flow.State{Paying, Paid}, To: Ready, Need: MayPay, Guard: nobody, Machine: true},
}

// paymentWords are what the treasury does besides, which moves no state.
var paymentWords = map[string]string{"payment.scheduled": "Togs med i ett betalningsförslag.", "payment.dropped": "Föll ur betalningsförslaget.", "payment.accepted": "Banken godtog betalningen.",
	"write": "Ändrade utkastet.", "remind": "Påminde om attest:", "escalate": "Ingen svarade. Frågade vidare:"}

func always(op.Who, Request) bool { return true }

func nobody(op.Who, Request) error { return errBank }
