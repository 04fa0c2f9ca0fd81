package reply

import (
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/op"
)

// The states of a reply.
const (
	Waiting flow.State = "waiting"
	Sent    flow.State = "sent"
	Stopped flow.State = "stopped"
)

// The permissions of the outbox.
const (
	MayRead op.Permission = "reply.read"
	MaySend op.Permission = "reply.send"
)

const whoMay = "Den som får sköta svar till leverantörer"

// Life is the life of a reply. It ends when it is handed over or stopped; both can
// be taken back.
var Life = flow.Flow[Reply]{
	Name: "payables.reply",
	Labels: []flow.StateLabel{
		{State: Waiting, Word: "Att skicka", Kind: "near"},
		{State: Sent, Word: "Skickat", Kind: "ok"},
		{State: Stopped, Word: "Stoppat", Kind: "none"},
	},
	Start: []flow.State{Waiting},
	Ends:  []flow.State{Sent, Stopped},
	Steps: []flow.Step[Reply]{
		{Name: "hand", Label: "Lämna till accesspunkten", Done: "Lämnade filen till accesspunkten.", From: []flow.State{Waiting}, To: Sent,
			Need: MaySend, WhoMay: whoMay, Machine: true},
		{Name: "stop", Label: "Stoppa", Done: "Stoppade svaret.", Key: "S", From: []flow.State{Waiting}, To: Stopped, Need: MaySend, WhoMay: whoMay,
			Input: []form.Field{{Key: "reason", Label: "Motivering", Kind: form.Text, Required: true, Max: 500}}},
		{Name: "resume", Label: "Skicka ändå", Done: "Släppte svaret.", Key: "G", From: []flow.State{Stopped}, To: Waiting, Need: MaySend, WhoMay: whoMay,
			Guard: isLatest},
		{Name: "again", Label: "Skicka igen", Done: "Ställde svaret i kö igen.", Key: "I", From: []flow.State{Sent}, To: Waiting, Need: MaySend, WhoMay: whoMay},
	},
}

var errLater = fault.New(fault.Conflict, "REP-004", "Leverantören har fått ett senare svar om fakturan. Det här kan inte skickas efter det.")

// isLatest holds an answer back when a later one has been made: the supplier would
// read them in the wrong order.
func isLatest(_ op.Who, r Reply) error {
	if len(r.Later) > 0 {
		return errLater
	}
	return nil
}
