package agreement

import (
	"kontor/kernel/list"
	"kontor/promise/organisation"
)

// Agreements is every agreement and addition.
var Agreements = &list.Spec{
	Name: "agreement.agreements", Title: "Serviceavtal", Need: "agreement.read", From: "agreement", Version: "version",
	Unit: "unit", Secrecy: "secrecy", Joins: list.JoinClient,
	Columns: []list.Column{
		{Key: "number", Label: "Avtal", Kind: list.Code, Expr: "t.number"},
		list.Client,
		{Key: "kind", Label: "Slag", Kind: list.Word, Expr: "t.kind", Options: kinds},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "from", Label: "Gäller från", Kind: list.Date, Expr: "t.valid_from", Sort: true},
		{Key: "to", Label: "Till och med", Kind: list.Date, Expr: "COALESCE(t.ended_on, t.valid_to)"},
		{Key: "signed", Label: "Undertecknat", Kind: list.Date, Expr: "t.signed_on"},
	},
	Filters: []list.Filter{
		{Key: "state", Label: "Läge", Column: "state", Match: list.Is, Options: Life.Words()},
		list.OfClient("agreement.read"),
		{Key: "year", Label: "År", Column: "year", Match: list.Is, Kind: list.Whole},
		{Key: "kind", Label: "Slag", Column: "kind", Match: list.Is, Options: kinds},
	},
	Views: []list.View{
		{Key: "all", Label: "Alla"},
		{Key: "draft", Label: "Utkast", Filter: map[string][]string{"state": {string(Draft)}}},
		{Key: "sent", Label: "Hos kunden", Filter: map[string][]string{"state": {string(Sent)}}},
		{Key: "signed", Label: "Tecknade", Filter: map[string][]string{"state": {string(Signed)}}},
	},
	Indexes: []list.Index{{"state", "valid_from"}, {"valid_from"}},
	Order:   "-from", States: Life.Words(), Shapes: Life.Shapes(), Open: "/avtal/{id}", Flow: Life.Name, Bulk: []string{"send"}, Shown: "avtal",
	Empty: "Inga avtal finns här. Börja ett avtal för en kund och ett år.",
}

// DeviationList is what deviates for which client.
var DeviationList = &list.Spec{
	Name: "agreement.deviations", Title: "Godkända avvikelser", Need: "agreement.read", From: "agreement_deviation", Version: "version",
	Intro: "Arbetssätt som skiljer sig för en kund och som är godkända. De visas där arbetet görs.",
	Joins: list.JoinClient,
	Columns: []list.Column{
		{Key: "text", Label: "Avvikelse", Kind: list.Text, Expr: "t.text"},
		list.Client,
		{Key: "process", Label: "Process", Kind: list.Word, Expr: "t.process", Options: organisation.Processes},
		{Key: "by", Label: "Godkänd av", Kind: list.Text, Expr: "t.decided_by"},
		{Key: "on", Label: "Godkänd", Kind: list.Date, Expr: "t.decided_on"},
		{Key: "from", Label: "Gäller från", Kind: list.Date, Expr: "t.valid_from", Sort: true},
		{Key: "to", Label: "Till och med", Kind: list.Date, Expr: "t.valid_to"},
	},
	Filters: []list.Filter{
		list.OfClient("agreement.read"),
		{Key: "process", Label: "Process", Column: "process", Match: list.Is, Options: organisation.Processes},
	},
	Indexes: []list.Index{{"valid_from"}},
	Order:   "-from", Open: "/f/agreement.deviation-end/{id}", Shown: "avvikelser",
	Empty: "Ingen kund har någon godkänd avvikelse.",
}

// InterestList is what clients want to buy.
var InterestList = &list.Spec{
	Name: "agreement.interests", Title: "Intresse för tilläggstjänster", Need: "agreement.read", From: "interest", Version: "version",
	Joins: "LEFT JOIN client AS c ON c.id = t.client LEFT JOIN catalogue_item AS i ON i.id = t.item",
	Columns: []list.Column{
		list.Client,
		{Key: "year", Label: "År", Kind: list.Whole, Expr: "t.year"},
		{Key: "item", Label: "Tjänst", Kind: list.Code, Expr: "COALESCE(i.code, '')"},
		{Key: "hours", Label: "Timmar", Kind: list.Whole, Expr: "t.hours"},
		{Key: "text", Label: "Önskemål", Kind: list.Text, Expr: "t.text"},
		{Key: "by", Label: "Anmält av", Kind: list.Text, Expr: "t.by_name"},
		{Key: "at", Label: "Anmält", Kind: list.Time, Expr: "t.at", Sort: true},
		{Key: "answer", Label: "Svar", Kind: list.Word, Expr: "t.answer", Options: answers},
		{Key: "reply", Label: "Vårt besked", Kind: list.Text, Expr: "t.reply"},
	},
	Filters: []list.Filter{
		{Key: "year", Label: "År", Column: "year", Match: list.Is, Kind: list.Whole},
		list.OfClient("agreement.read"),
		{Key: "answer", Label: "Svar", Column: "answer", Match: list.Is, Options: answers},
	},
	Indexes: []list.Index{{"year", "at"}, {"at"}},
	Order:   "-at", Open: "/f/agreement.answer/{id}", Shown: "anmälningar",
	Empty: "Ingen kund har anmält intresse än.",
}

// DutyList is who does what.
var DutyList = &list.Spec{
	Name: "agreement.duties", Title: "Vem gör vad", Need: "agreement.read", From: "responsibility", Global: true, Version: "version",
	Intro: "Gränssnittet: vilka steg vi gör och vilka kunden gör. Det är lika för alla kunder; avvikelser godkänns för sig.",
	Columns: []list.Column{
		{Key: "process", Label: "Process", Kind: list.Word, Expr: "t.process", Options: organisation.Processes},
		{Key: "position", Label: "Ordning", Kind: list.Whole, Expr: "t.position", Sort: true},
		{Key: "text", Label: "Steg", Kind: list.Text, Expr: "t.text"},
		{Key: "party", Label: "Vem", Kind: list.Word, Expr: "t.party", Options: parties},
		{Key: "source", Label: "Källa", Kind: list.Text, Expr: "t.source"},
		{Key: "from", Label: "Gäller från", Kind: list.Date, Expr: "t.valid_from"},
		{Key: "to", Label: "Till och med", Kind: list.Date, Expr: "t.valid_to"},
	},
	Filters: []list.Filter{
		{Key: "process", Label: "Process", Column: "process", Match: list.Is, Options: organisation.Processes},
		{Key: "party", Label: "Vem", Column: "party", Match: list.Is, Options: parties},
	},
	Indexes: []list.Index{{"process", "position"}, {"position"}},
	Order:   "position", Open: "/f/agreement.duty-end/{id}", Shown: "steg",
	Empty: "Gränssnittet är inte beskrivet än. Lägg till det första steget.",
}
