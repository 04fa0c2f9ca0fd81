package claim

import (
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/process/payables"
)

// The states of a claim.
const (
	Missing   flow.State = "missing" // the invoice is not here
	Waiting   flow.State = "waiting" // a copy has been asked for
	Open      flow.State = "open"
	Answered  flow.State = "answered"
	Contested flow.State = "contested"
	Accepted  flow.State = "accepted"
	Withdrawn flow.State = "withdrawn"
)

// Activity is what an answered claim counts; it has a price of its own.
//
// source: 000 s.3 (hantering av påminnelse/inkassokrav, kronofogdeärenden)
const Activity = "supplier-reminder"

var (
	errExcess  = fault.New(fault.Conflict, "KRV-001", "Kravet är högre än vad lagen tillåter. Bestrid det som är för högt.")
	errNothing = fault.New(fault.Conflict, "KRV-002", "Kravet är lagligt eller kräver inget utöver fakturan. Besvara det i stället.")
	errNone    = fault.New(fault.NotFound, "KRV-003", "Kunden har ingen faktura med det numret från den leverantören. Kontrollera numret, eller be om en kopia.")
	errTwice   = fault.New(fault.Conflict, "KRV-004", "Kravet är redan registrerat som %s.")
	errRegular = fault.New(fault.Conflict, "KRV-005", "Kravet begär inget utöver fakturan. Besvara det i stället.")
)

const handlers = "Den som handlägger leverantörsfakturor"

// Life is short: find the invoice, judge, answer. No state has to do with money.
var Life = flow.Flow[Claim]{
	Name: "payables.claim",
	Labels: []flow.StateLabel{
		{State: Missing, Word: "Faktura saknas", Kind: "miss"},
		{State: Waiting, Word: "Väntar på kopia", Kind: "near"},
		{State: Open, Word: "Att besvara", Kind: "near"},
		{State: Answered, Word: "Besvarat", Kind: "ok"},
		{State: Contested, Word: "Bestritt", Kind: "ok"},
		{State: Accepted, Word: "Godtaget", Kind: "ok"},
		{State: Withdrawn, Word: "Borttaget", Kind: "none"},
	},
	Start: []flow.State{Missing, Open},
	Ends:  []flow.State{Answered, Contested, Accepted, Withdrawn},
	Steps: []flow.Step[Claim]{
		{Name: "copy", Label: "Begär kopia", Done: "Bad leverantören om en kopia av fakturan.", Key: "B", From: []flow.State{Missing}, To: Waiting,
			Need: payables.MayHandle, WhoMay: handlers, Prefer: always, Clock: flow.Pauses},
		{Name: "link", Label: "Koppla till faktura", Done: "Kopplade kravet till fakturan.", Key: "K", From: []flow.State{Missing}, To: Open,
			Need: payables.MayHandle, WhoMay: handlers, Input: []form.Field{inNumber}},
		{Name: "found", Label: "Kopian har kommit", Done: "Kopplade kravet till fakturan.", Key: "K", From: []flow.State{Waiting}, To: Open,
			Need: payables.MayHandle, WhoMay: handlers, Prefer: always, Clock: flow.Resumes, Input: []form.Field{inNumber}},
		{Name: "contest", Label: "Bestrid kravet", Done: "Bestred kravet.", Key: "T", From: []flow.State{Open}, To: Contested,
			Need: payables.MayHandle, WhoMay: handlers, Guard: mayContest, Prefer: wrong, Clock: flow.Stops, Counts: Activity, Input: []form.Field{inAnswer}},
		{Name: "accept", Label: "Godta kravet", Done: "Godtog kravet. Leverantören fakturerar kostnaden.", Key: "G", From: []flow.State{Open}, To: Accepted,
			Need: payables.MayHandle, WhoMay: handlers, Guard: mayAccept, Prefer: right, Clock: flow.Stops, Counts: Activity, Input: []form.Field{inAnswer}},
		{Name: "answer", Label: "Besvara", Done: "Besvarade kravet.", Key: "S", From: []flow.State{Open}, To: Answered,
			Need: payables.MayHandle, WhoMay: handlers, Prefer: plain, Clock: flow.Stops, Counts: Activity, Input: []form.Field{inAnswer}},
		{Name: "close", Label: "Avsluta utan faktura", Done: "Avslutade kravet: ingen faktura har kommit.", From: []flow.State{Missing, Waiting}, To: Answered,
			Need: payables.MayHandle, WhoMay: handlers, Clock: flow.Stops, Counts: Activity, Input: []form.Field{inAnswer}},
		{Name: "withdraw", Label: "Ta bort, registrerat av misstag", Done: "Tog bort kravet: det registrerades av misstag.",
			From: []flow.State{Missing, Waiting, Open}, To: Withdrawn, Need: payables.MayHandle, WhoMay: handlers, Clock: flow.Stops},
	},
}

var (
	inNumber = form.Field{Key: "number", Label: "Fakturans nummer", Required: true, Max: 60, Help: "Så som leverantören skriver det på fakturan."}
	inAnswer = form.Field{Key: "answer", Label: "Vad vi svarade", Kind: form.Area, Rows: 5, Max: 4000, Required: true,
		Help: "Förslaget till svar står på sidan. Kostnader betalas bara mot en egen faktura."}
)

func always(op.Who, Claim) bool { return true }

func wrong(_ op.Who, c Claim) bool {
	return c.Judged.Verdict == Excess || c.Judged.Verdict == Baseless
}

func right(_ op.Who, c Claim) bool { return c.Judged.Verdict == Lawful }

func plain(_ op.Who, c Claim) bool { return c.Judged.Verdict == Plain }

func mayContest(w op.Who, c Claim) error {
	if !wrong(w, c) && (c.Debt == nil || !c.Debt.Disputed) {
		return errNothing
	}
	return nil
}

func mayAccept(w op.Who, c Claim) error {
	switch {
	case wrong(w, c):
		return errExcess
	case c.Judged.Verdict == Plain:
		return errRegular
	}
	return nil
}
