package statute

import (
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
)

// The permissions.
const (
	MayRead  op.Permission = "statute.read"
	MayWrite op.Permission = "statute.write"
)

// Module is the law's amounts as the program sees them.
func Module() module.Module {
	return module.Module{
		Name:  "statute",
		Title: "Lagens belopp",
		Menu:  []module.Item{{Label: "Lagens belopp", URL: "/l/statute.values", Need: MayRead, Order: 740}},
		Permissions: []module.Permission{
			{Name: MayRead, Label: "Se lagens räntor, avgifter och belopp"},
			{Name: MayWrite, Label: "Lägga in nya räntor, avgifter och belopp ur lagen"},
		},
		Lists:   []*list.Spec{Values},
		Forms:   []*form.Spec{NewValue},
		Install: install,
	}
}

// Values is the page "Lagens belopp".
var Values = &list.Spec{
	Name: "statute.values", Title: "Lagens belopp", Need: MayRead, Global: true,
	Intro: "Räntor, avgifter och belopp som lagen bestämmer, var och en från en dag. Det som inte är kontrollerat mot källan är märkt.",
	From:  "statute_value", Shown: "belopp", Order: "-valid_from",
	New:   []list.New{{Label: "Lägg in ett belopp", URL: "/f/statute.value", Need: MayWrite}},
	Empty: "Här finns inga belopp. Lägg in det första med sin källa.",
	Columns: []list.Column{
		{Key: "kind", Label: "Belopp eller ränta", Kind: list.Word, Expr: "t.kind", Options: Kinds},
		{Key: "valid_from", Label: "Från och med", Kind: list.Date, Expr: "t.valid_from", Sort: true},
		{Key: "value", Label: "Värde", Kind: list.Money, Expr: "t.value"},
		{Key: "state", Label: "Källan", Kind: list.Status, Expr: "t.state"},
		{Key: "source", Label: "Varifrån", Kind: list.Text, Expr: "t.source"},
		{Key: "revision", Label: "Rättelse nummer", Kind: list.Whole, Expr: "t.revision", Hidden: true},
	},
	Filters: []list.Filter{
		{Key: "kind", Label: "Belopp eller ränta", Column: "kind", Match: list.Is, Options: Kinds},
		{Key: "state", Label: "Källan", Column: "state", Match: list.Is, Options: States},
	},
	Views: []list.View{
		{Key: "all", Label: "Alla"},
		{Key: "rates", Label: "Referensräntan", Filter: map[string][]string{"kind": {string(ReferenceRate)}}},
		{Key: "unverified", Label: "Inte kontrollerade", Filter: map[string][]string{"state": {Unverified}}},
	},
	Indexes: []list.Index{{"valid_from"}},
	States:  States,
	Shapes:  map[string]string{Verified: "ok", Unverified: "near"},
}

// NewValue adds a value: next half-year's reference rate, or a correction.
var NewValue = &form.Spec{
	Name: "statute.value", Title: "Nytt belopp ur lagen", Submit: "Lägg in beloppet", Need: MayWrite,
	Intro: "Ett belopp ändras aldrig. Ett nytt från samma dag tar över, och det gamla står kvar.",
	Fields: []form.Field{
		{Key: "kind", Label: "Belopp eller ränta", Kind: form.Choice, Required: true, Options: Kinds},
		{Key: "valid_from", Label: "Från och med", Kind: form.Date, Required: true, Help: "Referensräntan gäller från 1 januari eller 1 juli."},
		{Key: "value", Label: "Värde", Required: true, Max: 16, Help: "Kronor eller procent, till exempel 450 eller 2,00. Referensräntan kan vara negativ."},
		{Key: "source", Label: "Varifrån", Required: true, Max: 200, Help: "Lagrum eller beslut, så att någon annan kan kontrollera det."},
		{Key: "verified", Label: "Jag har läst källan och beloppet stämmer", Kind: form.Check},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field { return checkValue(v) },
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		n := Value{Kind: Kind(v.Text("kind")), ValidFrom: v.Date("valid_from"), Value: int64(v.Money("value")), State: Unverified, Source: v.Text("source")}
		if v.Bool("verified") {
			n.State = Verified
		}
		return "/l/statute.values", Add(o, n)
	},
}
