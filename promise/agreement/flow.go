package agreement

import (
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/op"
)

// The states of an agreement.
const (
	Draft     flow.State = "draft"
	Sent      flow.State = "sent"
	Signed    flow.State = "signed"
	Ended     flow.State = "ended"
	Withdrawn flow.State = "withdrawn"
)

// Life is the whole life of an agreement.
var Life = flow.Flow[Agreement]{
	Name: "agreement",
	Labels: []flow.StateLabel{
		{State: Draft, Word: "Utkast", Kind: "none"},
		{State: Sent, Word: "Hos kunden", Kind: "near"},
		{State: Signed, Word: "Tecknat", Kind: "ok"},
		{State: Ended, Word: "Avslutat i förtid", Kind: "miss"},
		{State: Withdrawn, Word: "Återkallat", Kind: "none"},
	},
	Start: []flow.State{Draft},
	Ends:  []flow.State{Ended, Withdrawn},
	Steps: []flow.Step[Agreement]{
		{Name: "send", Label: "Skicka till kunden", Done: "Skickade avtalet till kunden.", Key: "S",
			From: []flow.State{Draft}, To: Sent, Need: "agreement.write", WhoMay: "Kundansvarig enhetschef",
			Guard: complete, Prefer: always},
		{Name: "recall", Label: "Ta tillbaka för ändring", Done: "Tog tillbaka avtalet för ändring.", Key: "T",
			From: []flow.State{Sent}, To: Draft, Need: "agreement.write", WhoMay: "Kundansvarig enhetschef"},
		{Name: "sign", Label: "Teckna avtalet", Done: "Tecknade avtalet.", Key: "G",
			From: []flow.State{Sent}, To: Signed, Need: "agreement.sign", WhoMay: "Kunden, eller verksamhetschefen för ett avtal på papper",
			Guard: bySomebodyElse, Prefer: always, Input: []form.Field{
				{Key: "name", Label: "Undertecknat av", Help: "Namn och titel på den som har skrivit under för kunden.", Required: true, Max: 120},
				{Key: "on", Label: "Datum", Kind: form.Date, Required: true},
			}},
		{Name: "end", Label: "Avsluta i förtid", Done: "Avslutade avtalet i förtid.",
			From: []flow.State{Signed}, To: Ended, Need: "agreement.end", WhoMay: "Verksamhetschefen",
			Input: []form.Field{
				{Key: "last", Label: "Sista dag", Kind: form.Date, Required: true, Help: "Löftet gäller till och med den dagen."},
				{Key: "why", Label: "Skäl", Kind: form.Area, Required: true},
			}},
		{Name: "withdraw", Label: "Återkalla", Done: "Återkallade avtalet.",
			From: []flow.State{Draft, Sent}, To: Withdrawn, Need: "agreement.write", WhoMay: "Kundansvarig enhetschef"},
	},
}

func always(op.Who, Agreement) bool { return true }
