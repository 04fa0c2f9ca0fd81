package leadtime

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/op"
)

// ServiceList is what a lead time can be promised for, with the office's
// ordinary promise and where it comes from.
var ServiceList = &list.Spec{
	Name: "leadtime.services", Title: "Ledtider per tjänst",
	Intro: "Vad vi brukar lova. Det som gäller för en kund står i kundens avtal.",
	Need:  "leadtime.read", From: "lead_service", Global: true, Shown: "tjänster",
	Columns: []list.Column{
		{Key: "name", Label: "Tjänst", Kind: list.Text, Expr: "t.name"},
		{Key: "code", Label: "Kod", Kind: list.Code, Expr: "t.code"},
		{Key: "process", Label: "Process", Kind: list.Code, Expr: "t.process"},
		{Key: "days", Label: "Dagar", Kind: list.Whole, Expr: "t.days"},
		{Key: "source", Label: "Källa", Kind: list.Text, Expr: "t.source"},
		{Key: "id", Label: "Ordning", Kind: list.Whole, Expr: "t.id", Sort: true, Hidden: true},
	},
	Order: "id",
	Empty: "Inga tjänster är inlästa. Kör kontor migrate, som läser in dem.",
}

// Promises is every promise of every signed agreement.
var Promises = &list.Spec{
	Name: "leadtime.promises", Title: "Lovade ledtider", Need: "leadtime.read",
	Intro: "Rader ändras aldrig. Den som började gälla senast är den som gäller; 0 dagar avslutar det som samma avtal lovade.",
	From:  "lead_promise", Joins: "LEFT JOIN client AS c ON c.id = t.client LEFT JOIN lead_service AS s ON s.code = t.service",
	Columns: []list.Column{
		{Key: "service", Label: "Tjänst", Kind: list.Text, Expr: "COALESCE(s.name, t.service)"},
		list.Client,
		{Key: "days", Label: "Dagar", Kind: list.Whole, Expr: "t.days"},
		{Key: "from", Label: "Gäller från", Kind: list.Date, Expr: "t.valid_from"},
		{Key: "to", Label: "Till och med", Kind: list.Date, Expr: "t.valid_to"},
		{Key: "year", Label: "Avtal", Kind: list.Whole, Expr: "t.year"},
		list.Made,
	},
	Filters: []list.Filter{
		{Key: "service", Label: "Tjänst", Column: "service", Match: list.Is, Choices: serviceChoices},
		{Key: "client", Label: "Kund", Column: "client", Match: list.Is, Kind: list.ID, Hidden: true},
		{Key: "agreement", Label: "Avtal", Column: "agreement", Match: list.Is, Kind: list.ID, Hidden: true},
	},
	Order: "id",
	Shown: "löften",
	Empty: "Inget avtal är undertecknat än. Löftena kommer hit när kunden har skrivit under.",
}

func serviceChoices(o *op.Op) ([]form.Option, error) { return Options(o) }
