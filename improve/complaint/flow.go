package complaint

import (
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/op"
)

// The states of a complaint.
const (
	New    flow.State = "new"
	Open   flow.State = "open"
	Closed flow.State = "closed"
)

// The permissions of the register.
const (
	MayRead   op.Permission = "complaint.read"
	MayHandle op.Permission = "complaint.handle"
	MayInform op.Permission = "complaint.manage"
)

// Activity is what a closed complaint counts, on the process that it is about.
const Activity = "complaint"

var (
	errUnanswered = fault.New(fault.Conflict, "KLA-001", "Svara avsändaren först.")
	errNoMeasure  = fault.New(fault.Conflict, "KLA-002", "Skriv åtgärden först: vad som görs för att det inte ska hända igen.")
)

// Life says that the manager is told first and that nothing is closed without an
// answer.
//
// source: 000 s.27 (Klagomål), 000 s.14 (sammanställning per enhet och process)
var Life = flow.Flow[Complaint]{
	Name: "complaint",
	Labels: []flow.StateLabel{
		{State: New, Word: "Ny", Kind: "near"},
		{State: Open, Word: "Hos chefen", Kind: "near"},
		{State: Closed, Word: "Avslutad", Kind: "ok"},
	},
	Start: []flow.State{New},
	Ends:  []flow.State{Closed},
	Steps: []flow.Step[Complaint]{
		{Name: "inform", Label: "Ta emot som chef", Done: "Tog del av ärendet som chef.", Key: "T", From: []flow.State{New}, To: Open,
			Need: MayInform, WhoMay: "Enhetschefen för kundens enhet", Prefer: always},
		{Name: "answer", Label: "Svara avsändaren", Done: "Svarade avsändaren.", Key: "S", From: []flow.State{Open}, To: Open,
			Need: MayHandle, WhoMay: "Den som handlägger klagomål", Prefer: unanswered, Input: []form.Field{
				{Key: "answer", Label: "Svar", Kind: form.Area, Rows: 5, Max: 4000, Required: true, Help: "Skriv som till en kollega: vad som hände, vad vi gör nu."}}},
		{Name: "close", Label: "Avsluta", Done: "Avslutade ärendet.", Key: "G", From: []flow.State{Open}, To: Closed,
			Need: MayHandle, WhoMay: "Den som handlägger klagomål", Guard: mayClose, Prefer: closable, Clock: flow.Stops, Counts: Activity},
		{Name: "measure", Label: "Skriv åtgärd", Done: "Skrev åtgärd.", Key: "E", From: []flow.State{Open}, To: Open,
			Need: MayHandle, WhoMay: "Den som handlägger klagomål", Input: []form.Field{
				{Key: "measure", Label: "Åtgärd", Kind: form.Area, Rows: 3, Max: 2000, Required: true, Help: "Vad görs för att det inte ska hända igen?"}}},
	},
}

func always(op.Who, Complaint) bool { return true }

func unanswered(_ op.Who, c Complaint) bool { return c.ReplyTo != "" && c.Answer == "" }

func closable(w op.Who, c Complaint) bool { return mayClose(w, c) == nil }

func mayClose(_ op.Who, c Complaint) error {
	switch {
	case c.ReplyTo != "" && c.Answer == "":
		return errUnanswered
	case c.Kind == "complaint" && c.Measure == "":
		return errNoMeasure
	}
	return nil
}
