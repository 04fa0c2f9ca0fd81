package client

import (
	"kontor/kernel/list"
	"kontor/kernel/op"
)

// Clients is every client.
var Clients = &list.Spec{
	Opens: func(o *op.Op, r list.Row) bool { return o.Actor.May("client.read", op.ClientID(r.ID)) },
	Name:  "client.clients", Title: "Kunder", Need: "client.read", From: "client", Global: true, Version: "version",
	Joins: "LEFT JOIN unit AS u ON u.id = t.unit LEFT JOIN person AS p ON p.id = t.lead",
	Columns: []list.Column{
		{Key: "name", Label: "Kund", Kind: list.Text, Expr: "t.name", Sort: true},
		{Key: "code", Label: "Kod", Kind: list.Code, Expr: "t.code", Sort: true},
		{Key: "kind", Label: "Slag", Kind: list.Word, Expr: "t.kind", Options: kinds},
		{Key: "unit", Label: "Hemenhet", Kind: list.Text, Expr: "COALESCE(u.name, '')"},
		{Key: "lead", Label: "Kundansvarig", Kind: list.Text, Expr: "COALESCE(p.name, '')"},
		{Key: "mailbox", Label: "Funktionsbrevlåda", Kind: list.Text, Expr: "t.mailbox"},
		{Key: "org", Label: "Organisationsnummer", Kind: list.Code, Expr: "t.org", Hidden: true},
		{Key: "phone", Label: "Grupptelefon", Kind: list.Text, Expr: "t.phone", Hidden: true},
		{Key: "active", Label: "Aktiv", Kind: list.Yes, Expr: "t.active"},
	},
	Filters: []list.Filter{
		{Key: "kind", Label: "Slag", Column: "kind", Match: list.Is, Options: kinds},
		{Key: "active", Label: "Aktiv", Column: "active", Match: list.Is, Kind: list.Yes, Hidden: true},
	},
	Search:  []list.Search{{Column: "name"}, {Column: "code"}},
	Indexes: []list.Index{{"name"}, {"code"}},
	Order:   "name", Open: "/kund/{id}", Shown: "kunder",
	Empty: "Inga kunder finns än. Lägg till den första.",
}

// ContactList is the people whom we turn to at the clients.
var ContactList = &list.Spec{
	Name: "client.contacts", Title: "Kontakter hos kunderna", Need: "client.read", From: "client_contact", Version: "version",
	Joins: list.JoinClient,
	Columns: []list.Column{
		{Key: "name", Label: "Namn", Kind: list.Text, Expr: "t.name", Sort: true},
		list.Client,
		{Key: "role", Label: "Roll", Kind: list.Word, Expr: "t.role", Options: contactRoles},
		{Key: "title", Label: "Titel", Kind: list.Text, Expr: "t.title"},
		{Key: "phone", Label: "Telefon", Kind: list.Text, Expr: "t.phone"},
		{Key: "mail", Label: "E-post", Kind: list.Text, Expr: "t.mail"},
		{Key: "from", Label: "Från", Kind: list.Date, Expr: "t.valid_from"},
		{Key: "to", Label: "Till och med", Kind: list.Date, Expr: "t.valid_to"},
	},
	Filters: []list.Filter{
		list.OfClient("client.read"),
		{Key: "role", Label: "Roll", Column: "role", Match: list.Is, Options: contactRoles},
	},
	Search:  []list.Search{{Column: "name"}},
	Indexes: []list.Index{{"name"}},
	Order:   "name", Open: "/f/client.contact/{id}", Shown: "kontakter",
	Empty: "Inga kontakter finns än. Lägg till en på kundens sida.",
}
