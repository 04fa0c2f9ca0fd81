package complaint

import (
	"kontor/kernel/list"
	"kontor/promise/organisation"
)

// All is the page "Klagomål och synpunkter".
var All = &list.Spec{
	Name: "complaint.all", Title: "Klagomål och synpunkter", Need: MayRead, From: "complaint", Version: "version", Unit: "unit", Secrecy: "secrecy",
	Joins: list.JoinClient, Order: "-arrived", Open: "/klagomal/{id}", Shown: "klagomål och synpunkter",
	Empty: "Inga klagomål eller synpunkter här. Registrera ett när någon hör av sig.",
	Columns: []list.Column{
		{Key: "number", Label: "Nummer", Expr: "t.number"},
		{Key: "kind", Label: "Slag", Kind: list.Word, Expr: "t.kind", Options: Kinds},
		list.Client,
		{Key: "process", Label: "Process", Kind: list.Word, Expr: "t.process", Options: organisation.Processes},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "arrived", Label: "Kom in", Kind: list.Time, Expr: "t.arrived", Sort: true},
	},
	Filters: []list.Filter{
		{Key: "state", Label: "Läge", Column: "state", Options: Life.Words()},
		list.OfClient(MayRead),
		{Key: "process", Label: "Process", Column: "process", Options: organisation.Processes},
		{Key: "kind", Label: "Slag", Column: "kind", Options: Kinds},
		{Key: "from", Label: "Från och med", Column: "arrived", Match: list.From, Kind: list.Time},
		{Key: "to", Label: "Till och med", Column: "arrived", Match: list.To, Kind: list.Time},
	},
	Views: []list.View{
		{Key: "open", Label: "Öppna", Filter: map[string][]string{"state": {string(New), string(Open)}}},
		{Key: "all", Label: "Alla"},
	},
	Indexes: []list.Index{{"state", "arrived"}, {"arrived"}},
	States:  Life.Words(),
	Shapes:  Life.Shapes(),
}
