package coding

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/op"
)

var segmentOptions = []form.Option{
	{Value: string(Account), Label: "Konto"},
	{Value: string(Unit), Label: "Ansvar"},
	{Value: string(Activity), Label: "Verksamhet"},
	{Value: string(Project), Label: "Projekt"},
	{Value: string(Counterpart), Label: "Motpart"},
	{Value: string(Object), Label: "Objekt"},
}

var kindOptions = []form.Option{
	{Value: string(Asset), Label: "Tillgång"},
	{Value: string(Liability), Label: "Skuld eller eget kapital"},
	{Value: string(Income), Label: "Intäkt"},
	{Value: string(Cost), Label: "Kostnad"},
}

var demandOptions = []form.Option{
	{Value: string(Required), Label: "Krävs"}, {Value: string(Forbidden), Label: "Får inte anges"}, {Value: string(Allowed), Label: "Bara vissa koder"},
}

// ownerChoices are the whole city and the clients, as plain numbers: the city is
// no client and has no identity.
func ownerChoices(o *op.Op) ([]form.Option, error) {
	clients, err := clientNames.All(o)
	all := []form.Option{{Value: ownerText(0), Label: "Hela staden"}}
	for _, c := range clients {
		all = append(all, form.Option{Value: ownerText(c.ID), Label: c.Name})
	}
	return all, err
}

const ownerName = `CASE WHEN t.owner = 0 THEN 'Hela staden' ELSE c.name END`

// controlOptions are the subledgers that an account can be the sum of.
var controlOptions = []form.Option{{Value: "", Label: ""}, {Value: "payables", Label: "Leverantörsreskontra"}, {Value: "payout", Label: "Utbetalningsunderlag"},
	{Value: "receivables", Label: "Kundreskontra"}, {Value: "leasing", Label: "Hyresreskontra"}, {Value: "payroll", Label: "Lön"}}

// Values is the code plan.
var Values = &list.Spec{
	Name: "coding.values", Title: "Kodplan", Need: "coding.read", Global: true,
	Intro: "Koderna som kontering får använda. Stadens gemensamma koder gäller alla; en kund kan ha egna därutöver.",
	From:  "coding_value", Joins: "LEFT JOIN client AS c ON c.id = t.owner", Open: "/f/coding.value/{id}", Shown: "koder",
	Columns: []list.Column{
		{Key: "code", Label: "Kod", Kind: list.Code, Expr: "t.code", Sort: true},
		{Key: "name", Label: "Namn", Kind: list.Text, Expr: "t.name"},
		{Key: "segment", Label: "Koddel", Kind: list.Word, Expr: "t.segment", Options: segmentOptions},
		{Key: "owner", Label: "Gäller", Kind: list.Text, Expr: ownerName},
		{Key: "kind", Label: "Kontoslag", Kind: list.Word, Expr: "t.kind", Options: append([]form.Option{{Value: "", Label: ""}}, kindOptions...)},
		{Key: "control", Label: "Reskontra", Kind: list.Word, Expr: "t.control", Options: controlOptions},
		{Key: "from", Label: "Från", Kind: list.Date, Expr: "t.valid_from"},
		{Key: "to", Label: "Till och med", Kind: list.Date, Expr: "t.valid_to"},
		{Key: "successor", Label: "Ersätts av", Kind: list.Code, Expr: "t.successor", Hidden: true},
	},
	Filters: []list.Filter{
		{Key: "segment", Label: "Koddel", Column: "segment", Match: list.Is, Options: segmentOptions},
		{Key: "owner", Label: "Gäller", Column: "owner", Match: list.Is, Kind: list.Whole, Choices: ownerChoices},
		{Key: "kind", Label: "Kontoslag", Column: "kind", Match: list.Is, Options: kindOptions},
		{Key: "code", Label: "Kod från", Column: "code", Match: list.From, Hidden: true},
	},
	Search: []list.Search{{Column: "code"}},
	Views: []list.View{
		{Key: "account", Label: "Konto", Filter: map[string][]string{"segment": {string(Account)}}, Sort: "code"},
		{Key: "unit", Label: "Ansvar", Filter: map[string][]string{"segment": {string(Unit)}}, Sort: "code"},
		{Key: "activity", Label: "Verksamhet", Filter: map[string][]string{"segment": {string(Activity)}}, Sort: "code"},
		{Key: "project", Label: "Projekt", Filter: map[string][]string{"segment": {string(Project)}}, Sort: "code"},
		{Key: "counterpart", Label: "Motpart", Filter: map[string][]string{"segment": {string(Counterpart)}}, Sort: "code"},
		{Key: "object", Label: "Objekt", Filter: map[string][]string{"segment": {string(Object)}}, Sort: "code"},
		{Key: "all", Label: "Alla", Sort: "code"},
	},
	Indexes: []list.Index{{"segment", "code"}, {"code"}},
	Order:   "code",
	Empty:   "Här finns inga koder. Lägg upp en ny kod, eller välj en annan koddel.",
}

// Rules is the coding rules.
var Rules = &list.Spec{
	Name: "coding.rules", Title: "Konteringsregler", Need: "coding.read", Global: true,
	Intro: "Vilka koddelar som krävs eller inte får anges, och från när. Den som bokför ser skälet när en kontering inte går.",
	From:  "coding_rule", Joins: "LEFT JOIN client AS c ON c.id = t.owner", Open: "/f/coding.rule/{id}", Shown: "regler",
	Columns: []list.Column{
		{Key: "text", Label: "Skäl", Kind: list.Text, Expr: "t.text"},
		{Key: "given", Label: "När", Kind: list.Word, Expr: "t.given", Options: segmentOptions},
		{Key: "first", Label: "Från kod", Kind: list.Code, Expr: "t.first"},
		{Key: "last", Label: "Till kod", Kind: list.Code, Expr: "t.last"},
		{Key: "segment", Label: "Koddel", Kind: list.Word, Expr: "t.segment", Options: segmentOptions},
		{Key: "demand", Label: "Krav", Kind: list.Word, Expr: "t.demand", Options: demandOptions},
		{Key: "codes", Label: "Koder", Kind: list.Code, Expr: "t.codes"},
		{Key: "owner", Label: "Gäller", Kind: list.Text, Expr: ownerName},
		{Key: "from", Label: "Från", Kind: list.Date, Expr: "t.valid_from"},
		{Key: "to", Label: "Till och med", Kind: list.Date, Expr: "t.valid_to"},
		list.Made,
	},
	Filters: []list.Filter{
		{Key: "segment", Label: "Koddel", Column: "segment", Match: list.Is, Options: segmentOptions},
		{Key: "owner", Label: "Gäller", Column: "owner", Match: list.Is, Kind: list.Whole, Choices: ownerChoices},
	},
	Order: "id",
	Empty: "Här finns inga regler. Lägg upp en regel när en kontering ska krävas eller stoppas.",
}
