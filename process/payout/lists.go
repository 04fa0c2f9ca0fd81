package payout

import (
	"strings"

	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/text"
)

// Requests is every payout request that the reader may see: what concerns a
// person only to those who may see personal data, what concerns somebody under
// protection only to those who may see secrets. Those too open the request to see
// who it is, which is logged; a list, which can be taken out as a file, tells nobody.
var Requests = &list.Spec{
	Name: "payout.requests", Title: "Utbetalningsunderlag", Need: MayRead, From: "payout_request", Version: "version", Unit: "unit", Secrecy: "secrecy",
	Intro: "Betalningar som vilar på ett beslut och inte på en faktura: bidrag, arvoden, ersättningar. Mottagare med skyddade uppgifter visas bara för den som får se dem.",
	Joins: list.JoinClient, Order: "-arrived", Open: "/utbetalning/{id}", Shown: "underlag", Flow: Life.Name,
	New:   []list.New{{Label: "Nytt underlag", URL: newURL, Need: MayWrite}},
	Empty: "Inga underlag här. Skriv ett nytt när någon ska få betalt utan faktura.",
	Columns: []list.Column{
		{Key: "number", Label: "Nummer", Kind: list.Code, Expr: "t.number"},
		{Key: "reference", Label: "Avsändarens referens", Kind: list.Code, Expr: "t.reference", Hidden: true},
		{Key: "payee", Label: "Mottagare", Expr: "CASE WHEN t.secrecy >= 2 THEN '" + somebodyProtected + "' ELSE t.payee_name END"},
		{Key: "payee_key", Label: "Mottagare, sorterad", Expr: "t.payee_key", Sort: true, Hidden: true},
		{Key: "purpose", Label: "Ändamål", Expr: "CASE WHEN t.secrecy >= 2 THEN '' ELSE t.purpose END"},
		list.Client,
		{Key: "amount", Label: "Belopp, kr", Kind: list.Money, Expr: "t.amount", Sort: true},
		{Key: "due", Label: "Betalas", Kind: list.Date, Expr: "t.due", Sort: true},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "arrived", Label: "Skrivet", Kind: list.Time, Expr: "t.arrived", Sort: true},
		{Key: "paid_on", Label: "Betalt", Kind: list.Date, Expr: "t.paid_on", Hidden: true},
		{Key: "stop", Label: "Stoppat", Expr: "CASE WHEN t.secrecy >= 2 THEN '' ELSE t.stop END", Hidden: true},
		{Key: "unconfirmed", Label: "Kontot väntar på att bekräftas", Kind: list.Yes, Expr: "t.unconfirmed", Hidden: true},
	},
	Filters: []list.Filter{
		list.OfClient(MayRead),
		{Key: "state", Label: "Läge", Column: "state", Match: list.Is, Options: Life.Words()},
		{Key: "unconfirmed", Label: "Konto att bekräfta", Column: "unconfirmed", Match: list.Is, Kind: list.Yes,
			Options: []form.Option{{Value: "true", Label: "Ja"}, {Value: "false", Label: "Nej"}}},
		{Key: "due_from", Label: "Betalas från", Column: "due", Match: list.From, Kind: list.Date},
		{Key: "due_to", Label: "Betalas till", Column: "due", Match: list.To, Kind: list.Date},
		{Key: "least", Label: "Belopp från", Column: "amount", Match: list.From, Kind: list.Money},
	},
	Search: []list.Search{{Column: "payee_key", Fold: text.SortKey}, {Column: "number", Fold: strings.ToUpper}},
	Views: []list.View{
		{Key: "open", Label: "Att göra", Filter: map[string][]string{"state": {string(Draft), string(Sent), string(Reviewed)}}, Sort: "due"},
		{Key: "accounts", Label: "Konton att bekräfta", Filter: map[string][]string{"unconfirmed": {"true"}}, Sort: "due"},
		{Key: "review", Label: "Att granska", Filter: map[string][]string{"state": {string(Sent)}}, Sort: "due"},
		{Key: "approve", Label: "Att attestera", Filter: map[string][]string{"state": {string(Reviewed)}}, Sort: "due"},
		{Key: "ready", Label: "Att betala", Filter: map[string][]string{"state": {string(Ready), string(Paying)}}, Sort: "due"},
		{Key: "all", Label: "Alla"},
	},
	Totals:  []list.Total{{Label: "kr", Kind: list.Money, Expr: "t.amount"}},
	Indexes: []list.Index{{"state", "due"}, {"unconfirmed", "due"}, {"due"}, {"arrived"}, {"payee_key"}, {"amount"}, {"number"}},
	States:  Life.Words(), Shapes: Life.Shapes(),
}
