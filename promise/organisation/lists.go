package organisation

import (
	"kontor/kernel/list"
)

// UnitList is the office's units.
var UnitList = &list.Spec{
	Name: "organisation.units", Title: "Enheter", Need: "organisation.read", From: "unit", Global: true, Version: "version",
	Joins: "LEFT JOIN person AS m ON m.id = t.manager",
	Columns: []list.Column{
		{Key: "name", Label: "Enhet", Kind: list.Text, Expr: "t.name", Sort: true},
		{Key: "code", Label: "Kod", Kind: list.Code, Expr: "t.code"},
		{Key: "kind", Label: "Slag", Kind: list.Word, Expr: "t.kind", Options: unitKinds},
		{Key: "manager", Label: "Enhetschef", Kind: list.Text, Expr: "COALESCE(m.name, '')"},
		{Key: "phone", Label: "Telefon", Kind: list.Text, Expr: "t.phone"},
		{Key: "active", Label: "Aktiv", Kind: list.Yes, Expr: "t.active"},
	},
	Filters: []list.Filter{{Key: "kind", Label: "Slag", Column: "kind", Match: list.Is, Options: unitKinds}},
	Indexes: []list.Index{{"name"}},
	Order:   "name", Open: "/f/organisation.unit/{id}", Shown: "enheter",
	Empty: "Inga enheter finns än. Lägg till den första.",
}

// TimeList is the working time per process: what the full-time equivalents are
// computed from.
var TimeList = &list.Spec{
	Name: "organisation.time", Title: "Arbetstid per process", Need: "organisation.read", From: "staff_time", Global: true,
	Intro: "Hur stor del av heltid var och en arbetar med en process. Årsarbetare räknas av de här raderna.",
	Joins: "LEFT JOIN person AS p ON p.id = t.person LEFT JOIN unit AS u ON u.id = t.unit", Version: "version", Unit: "unit",
	Columns: []list.Column{
		{Key: "person", Label: "Medarbetare", Kind: list.Text, Expr: "COALESCE(p.name, '')"},
		{Key: "process", Label: "Process", Kind: list.Word, Expr: "t.process", Options: Processes},
		{Key: "share", Label: "Andel av heltid, %", Kind: list.Whole, Expr: "t.share"},
		{Key: "unit", Label: "Enhet", Kind: list.Text, Expr: "COALESCE(u.name, '')"},
		{Key: "from", Label: "Från", Kind: list.Date, Expr: "t.valid_from", Sort: true},
		{Key: "to", Label: "Till och med", Kind: list.Date, Expr: "t.valid_to"},
	},
	Filters: []list.Filter{
		{Key: "process", Label: "Process", Column: "process", Match: list.Is, Options: Processes},
		{Key: "unit", Label: "Enhet", Column: "unit", Match: list.Is, Kind: list.ID, Choices: Options},
		{Key: "person", Label: "Medarbetare", Column: "person", Match: list.Is, Kind: list.ID, Choices: PersonOptions},
		{Key: "from", Label: "Började senast", Column: "valid_from", Match: list.To, Kind: list.Date},
	},
	Indexes: []list.Index{{"process", "valid_from"}, {"person", "valid_from"}, {"valid_from"}},
	Order:   "-from", Open: "/f/organisation.time-end/{id}", Shown: "rader",
	Empty: "Ingen arbetstid är inlagd. Lägg in en rad för varje medarbetare och process.",
}

// LeaveList is when people work less.
var LeaveList = &list.Spec{
	Name: "organisation.leave", Title: "Frånvaro", Need: "organisation.staff", From: "staff_absence", Global: true, Version: "version",
	Intro: "När någon arbetar mindre än vanligt. Varför antecknas aldrig här.",
	Joins: "LEFT JOIN person AS p ON p.id = t.person",
	Columns: []list.Column{
		{Key: "person", Label: "Medarbetare", Kind: list.Text, Expr: "COALESCE(p.name, '')"},
		{Key: "share", Label: "Andel av arbetstiden, %", Kind: list.Whole, Expr: "t.share"},
		{Key: "from", Label: "Från", Kind: list.Date, Expr: "t.valid_from", Sort: true},
		{Key: "to", Label: "Till och med", Kind: list.Date, Expr: "t.valid_to"},
	},
	Filters: []list.Filter{{Key: "person", Label: "Medarbetare", Column: "person", Match: list.Is, Kind: list.ID, Choices: PersonOptions}},
	Indexes: []list.Index{{"person", "valid_from"}, {"valid_from"}},
	Order:   "-from", Open: "/f/organisation.leave-end/{id}", Shown: "rader", Empty: "Ingen frånvaro är inlagd.",
}

// RoleList is who leads the processes and who is a specialist in them.
var RoleList = &list.Spec{
	Name: "organisation.roles", Title: "Roller i processerna", Need: "organisation.read", From: "process_role", Global: true, Version: "version",
	Joins: "LEFT JOIN person AS p ON p.id = t.person",
	Columns: []list.Column{
		{Key: "person", Label: "Medarbetare", Kind: list.Text, Expr: "COALESCE(p.name, '')"},
		{Key: "role", Label: "Roll", Kind: list.Word, Expr: "t.role", Options: roleKinds},
		{Key: "process", Label: "Process", Kind: list.Word, Expr: "t.process", Options: Processes},
		{Key: "from", Label: "Från", Kind: list.Date, Expr: "t.valid_from"},
		{Key: "to", Label: "Till och med", Kind: list.Date, Expr: "t.valid_to"},
		list.Made,
	},
	Filters: []list.Filter{
		{Key: "process", Label: "Process", Column: "process", Match: list.Is, Options: Processes},
		{Key: "role", Label: "Roll", Column: "role", Match: list.Is, Options: roleKinds},
	},
	Order: "id", Open: "/f/organisation.role-end/{id}", Shown: "roller",
	Empty: "Ingen process har någon ansvarig än. Utse den första.",
}
