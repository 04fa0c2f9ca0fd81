package generalledger

import (
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/op"
)

// The states of an order.
const (
	Draft     flow.State = "draft"
	Sent      flow.State = "sent"
	Posted    flow.State = "posted"
	Reversed  flow.State = "reversed"
	Withdrawn flow.State = "withdrawn"
)

// The states of a load.
const (
	Loaded flow.State = "loaded"
	Undone flow.State = "undone"
)

// The permissions of the general ledger.
const (
	MayRead    op.Permission = "generalledger.read"
	MayWrite   op.Permission = "generalledger.write"
	MayApprove op.Permission = "generalledger.approve"
	MayReverse op.Permission = "generalledger.reverse"
	MayLoad    op.Permission = "generalledger.load"
	MayPublish op.Permission = "generalledger.publish"
)

// What orders count as, all by the process of the general ledger.
const (
	ActivityJournal = "journal-order"
	ActivityCharge  = "internal-charge"
	Process         = "generalledger"
)

const (
	whoWrites   = "Den som skriver bokföringsorder för kunden."
	whoApproves = "En attestant hos kunden som varken har skrivit eller skickat ordern."
	whoReverses = "En redovisningsekonom."
)

var inReason = form.Field{Key: "reason", Label: "Motivering", Kind: form.Text, Required: true, Max: 300}

// Life is the whole life of an order.
var Life = &flow.Flow[Order]{
	Name: "generalledger.order",
	Labels: []flow.StateLabel{
		{State: Draft, Word: "Utkast", Kind: "none"},
		{State: Sent, Word: "Att attestera", Kind: "near"},
		{State: Posted, Word: "Bokförd", Kind: "ok"},
		{State: Reversed, Word: "Rättad", Kind: "none"},
		{State: Withdrawn, Word: "Återtagen", Kind: "none"},
	},
	Start: []flow.State{Draft},
	Ends:  []flow.State{Reversed, Withdrawn},
	Steps: []flow.Step[Order]{
		{
			Name: "send", Label: "Skicka för attest", Done: "Skickade ordern för attest.", Key: "S", From: []flow.State{Draft}, To: Sent,
			Need: MayWrite, WhoMay: whoWrites, Guard: maySend, Prefer: always,
		},
		{
			Name: "approve", Label: "Attestera", Done: "Attesterade ordern. Den är bokförd.", Key: "G", From: []flow.State{Sent}, To: Posted,
			Need: MayApprove, WhoMay: whoApproves, Guard: mayApprove, Prefer: always, Clock: flow.Stops, Counts: ActivityJournal,
		},
		{
			Name: "return", Label: "Skicka tillbaka", Done: "Skickade tillbaka ordern.", Key: "T", From: []flow.State{Sent}, To: Draft,
			Need: MayApprove, WhoMay: whoApproves, Input: []form.Field{inReason},
		},
		{
			Name: "fetch", Label: "Hämta tillbaka", Done: "Hämtade tillbaka ordern.", From: []flow.State{Sent}, To: Draft,
			Need: MayWrite, WhoMay: whoWrites,
		},
		{
			Name: "withdraw", Label: "Ta bort utkastet", Done: "Tog bort utkastet.", From: []flow.State{Draft}, To: Withdrawn,
			Need: MayWrite, WhoMay: whoWrites,
		},
		{
			Name: "reverse", Label: "Rätta genom att vända", Done: "Vände ordern.", From: []flow.State{Posted}, To: Reversed,
			Need: MayReverse, WhoMay: whoReverses, Guard: mayReverse, Input: []form.Field{
				inReason,
				{Key: "date", Label: "Rättelsens datum", Kind: form.Date, Help: "Lämna tomt för i dag. Är perioden stängd bokförs rättelsen i nästa öppna period."},
			},
		},
	},
}

// LoadLife is the life of a file that was loaded: it can be taken back.
var LoadLife = &flow.Flow[Load]{
	Name: "generalledger.load",
	Labels: []flow.StateLabel{
		{State: Loaded, Word: "Inläst", Kind: "ok"},
		{State: Undone, Word: "Återtagen", Kind: "none"},
	},
	Start: []flow.State{Loaded},
	Ends:  []flow.State{Loaded, Undone},
	Steps: []flow.Step[Load]{
		{
			Name: "undo", Label: "Ta tillbaka inläsningen", Done: "Tog tillbaka inläsningen.", From: []flow.State{Loaded}, To: Undone,
			Need: MayReverse, WhoMay: whoReverses, Guard: mayUndo, Input: []form.Field{inReason},
		},
	},
}

func always(op.Who, Order) bool { return true }
