package reply

import (
	"kontor/kernel/list"
)

// listURL is where the outbox is.
const listURL = "/l/payables.replies"

// Replies is the outbox.
var Replies = &list.Spec{
	Name: "payables.replies", Title: "Svar till leverantörer", Need: MayRead, From: "payables_reply", Version: "version", Unit: "unit", Secrecy: "secrecy",
	Intro: "Leverantören får veta vad som händer med en e-faktura som Peppol Invoice Response: en fråga, en flytt, attest, retur med samma orsaker som i brevet, betalning.",
	Joins: list.JoinClient, Order: "-arrived", Open: "/svar/{id}", Shown: "svar",
	Empty: "Inga svar här. De görs när e-fakturor attesteras, betalas eller skickas tillbaka, eller när leverantören får en fråga.",
	Columns: []list.Column{
		{Key: "supplier", Label: "Leverantör", Expr: "t.supplier"},
		{Key: "number", Label: "Fakturanummer", Kind: list.Code, Expr: "t.number"},
		{Key: "status", Label: "Svar", Kind: list.Word, Expr: "t.status", Options: statusOptions()},
		{Key: "reasons", Label: "Orsaker", Kind: list.Code, Expr: "t.reasons"},
		list.Client,
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "arrived", Label: "Gjort", Kind: list.Time, Expr: "t.arrived", Sort: true},
		{Key: "sent", Label: "Skickat", Kind: list.Time, Expr: "t.sent"},
		{Key: "receiver", Label: "Adress", Kind: list.Code, Expr: "t.receiver", Hidden: true},
	},
	Filters: []list.Filter{
		{Key: "state", Label: "Läge", Column: "state", Options: Life.Words()},
		list.OfClient(MayRead),
		{Key: "status", Label: "Svar", Column: "status", Match: list.Is, Options: statusOptions()},
		{Key: "invoice", Label: "Faktura", Column: "invoice", Kind: list.ID, Match: list.Is, Hidden: true},
	},
	Views: []list.View{
		{Key: "waiting", Label: "Att skicka", Filter: map[string][]string{"state": {string(Waiting)}}},
		{Key: "rejected", Label: "Avvisade", Filter: map[string][]string{"status": {"RE"}}},
		{Key: "asked", Label: "Frågor", Filter: map[string][]string{"status": {"UQ"}}},
		{Key: "all", Label: "Alla"},
	},
	Indexes: []list.Index{{"state", "arrived"}, {"invoice", "arrived"}, {"arrived"}},
	States:  Life.Words(), Shapes: Life.Shapes(),
}
