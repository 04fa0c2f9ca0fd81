package payables

import (
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/promise/client"
)

// Trusts is what the clients have decided about learned suggestions.
var Trusts = &list.Spec{
	Name: "payables.trusts", Title: "Förtroende för förslag", Need: MayRead, Version: "version",
	Intro: "Så säkert måste ett inlärt förslag vara för att den digitala medarbetaren ska få kontera med det. Kunden beslutar, från en dag. En person granskar och attesterar alltid.",
	From:  "payables_trust", Joins: "LEFT JOIN client AS c ON c.id = t.client LEFT JOIN person AS p ON p.id = t.decided_by", Shown: "beslut",
	Columns: []list.Column{
		list.Client,
		{Key: "least", Label: "Säkert till, promille", Kind: list.Whole, Expr: "t.least"},
		{Key: "most", Label: "Högst, kr", Kind: list.Money, Expr: "t.most"},
		{Key: "decision", Label: "Beslut", Kind: list.Text, Expr: "t.decision"},
		{Key: "valid_from", Label: "Från", Kind: list.Date, Expr: "t.valid_from"},
		{Key: "valid_to", Label: "Till", Kind: list.Date, Expr: "t.valid_to"},
		{Key: "person", Label: "Inlagt av", Kind: list.Text, Expr: "COALESCE(p.name, '')"},
		list.Made,
	},
	Filters: []list.Filter{list.OfClient(MayRead)},
	Order:   "-id",
	Empty:   "Ingen kund har beslutat om förslag än. Då väntar varje förslag på en person.",
}

// NewTrust stores such a decision.
var NewTrust = &form.Spec{
	Name: "payables.trust", Title: "Nytt beslut om förslag", Submit: "Spara beslutet", Need: MayRegister,
	Intro: "Beslutet ersätter kundens tidigare från den dag som du anger. Noll procent betyder att förslag alltid väntar på en person.",
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
		{Key: "percent", Label: "Förslaget ska vara säkert till minst", Kind: form.Whole, Required: true, Help: "I procent, till exempel 97. Under 90 tas inga förslag."},
		{Key: "most", Label: "Högst, utan moms", Kind: form.Money, Required: true},
		{Key: "valid_from", Label: "Gäller från", Kind: form.Date, Required: true},
		{Key: "valid_to", Label: "Gäller till och med", Kind: form.Date, NotBefore: "valid_from", Help: "Lämna tomt om det gäller tills vidare."},
		{Key: "decision", Label: "Beslut", Kind: form.Text, Required: true, Max: 200, Help: "Vem beslutade, och när? Till exempel: ekonomichefen 2026-11-02."},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		if n := v.Int("percent"); n != 0 && (n < 90 || n > 100) {
			return []fault.Field{{Name: "percent", Text: "Skriv mellan 90 och 100, eller 0 för att sluta."}}
		}
		return nil
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		c, err := chosenClient(o, MayRegister, v, "client")
		if err != nil {
			return "", err
		}
		return "/l/payables.trusts", PutTrust(o, Trust{Client: c, Least: v.Int("percent") * 10, Most: v.Money("most"),
			Decision: v.Text("decision"), ValidFrom: v.Date("valid_from"), ValidTo: until(v.Date("valid_to"))})
	},
}

// Mistakes are the codings of the digital co-worker that people changed.
var Mistakes = &list.Spec{
	Name: "payables.mistakes", Title: "Ändrad automatisk kontering", Need: MayRead,
	Intro: "Här har en person ändrat det som den digitala medarbetaren konterade. Varje rad är ett fel att lära av.",
	From:  "payables_mistake",
	Joins: "JOIN payables_invoice AS i ON i.client = t.client AND i.id = t.invoice LEFT JOIN client AS c ON c.id = t.client LEFT JOIN person AS p ON p.id = t.by",
	Open:  "/payables/{invoice}", Shown: "ändringar",
	Columns: []list.Column{
		{Key: "supplier", Label: "Leverantör", Kind: list.Text, Expr: "i.supplier_name"},
		{Key: "number", Label: "Faktura", Kind: list.Code, Expr: "i.number"},
		list.Client,
		{Key: "was", Label: "Konterades som", Kind: list.Text, Expr: "t.was"},
		{Key: "became", Label: "Ändrades till", Kind: list.Text, Expr: "t.became"},
		{Key: "why", Label: "Skälet var", Kind: list.Text, Expr: "t.why"},
		{Key: "person", Label: "Av", Kind: list.Text, Expr: "COALESCE(p.name, '')"},
		{Key: "at", Label: "När", Kind: list.Time, Expr: "t.at", Sort: true},
		{Key: "invoice", Label: "Fakturans id", Kind: list.ID, Expr: "t.invoice", Hidden: true},
	},
	Filters: []list.Filter{
		list.OfClient(MayRead),
		{Key: "from", Label: "Från", Column: "at", Match: list.From, Kind: list.Time},
		{Key: "to", Label: "Till", Column: "at", Match: list.To, Kind: list.Time},
	},
	Indexes: []list.Index{{"at"}}, Order: "-at",
	Empty: "Ingen har ändrat en automatisk kontering.",
}
