package claim

import (
	"kontor/kernel/list"
	"kontor/kernel/text"
	"kontor/process/payables"
)

// demanded is what a claim wants besides the invoice.
const demanded = `(t.interest + t.compensation + t.fee)`

// All is the page "Påminnelser och krav".
var All = &list.Spec{
	Name: "payables.claims", Title: "Påminnelser och krav", Need: payables.MayRead, From: "payables_claim", Version: "version", Unit: "unit", Secrecy: "secrecy",
	Intro: "Vad leverantörer har krävt för sena betalningar. Ett krav betalas aldrig; det besvaras, och skulden är fakturan.",
	Joins: list.JoinClient, Order: "-arrived", Open: "/krav/{id}", Shown: "krav", Flow: Life.Name,
	New:   []list.New{{Label: "Registrera ett krav", URL: "/f/payables.claim", Need: payables.MayHandle}},
	Empty: "Inga påminnelser eller krav här. Registrera ett från fakturans sida, eller här när fakturan saknas.",
	Columns: []list.Column{
		{Key: "supplier", Label: "Leverantör", Expr: "t.supplier_name"},
		{Key: "supplier_key", Label: "Leverantör, sorterad", Expr: "t.supplier_key", Sort: true, Hidden: true},
		{Key: "number", Label: "Faktura", Kind: list.Code, Expr: "t.number"},
		list.Client,
		{Key: "kind", Label: "Slag", Kind: list.Word, Expr: "t.kind", Options: Kinds},
		{Key: "demanded", Label: "Krävs utöver fakturan, kr", Kind: list.Money, Expr: demanded},
		{Key: "may", Label: "Godtaget, kr", Kind: list.Money, Expr: "CASE WHEN t.state = 'accepted' THEN t.may_interest + t.may_compensation + t.may_fee ELSE 0 END"},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "arrived", Label: "Kom in", Kind: list.Time, Expr: "t.arrived", Sort: true},
		{Key: "keep_by", Label: "Löfte", Kind: list.Promise, Expr: "t.keep_by", Hidden: true},
		{Key: "dated", Label: "Kravets datum", Kind: list.Date, Expr: "t.dated", Hidden: true},
		{Key: "verdict", Label: "Bedömning", Kind: list.Word, Expr: "t.verdict", Options: Verdicts, Hidden: true},
		{Key: "register", Label: "Nummer", Kind: list.Code, Expr: "t.register", Hidden: true},
	},
	Filters: []list.Filter{
		list.OfClient(payables.MayRead),
		{Key: "state", Label: "Läge", Column: "state", Match: list.Is, Options: Life.Words()},
		{Key: "kind", Label: "Slag", Column: "kind", Match: list.Is, Options: Kinds},
		{Key: "verdict", Label: "Bedömning", Column: "verdict", Match: list.Is, Options: Verdicts[:len(Verdicts)-1]},
		{Key: "from", Label: "Kom in från", Column: "arrived", Match: list.From, Kind: list.Time},
		{Key: "to", Label: "Kom in till", Column: "arrived", Match: list.To, Kind: list.Time},
		{Key: "invoice", Label: "Faktura", Column: "invoice", Match: list.Is, Kind: list.ID, Hidden: true},
	},
	Search: []list.Search{{Column: "supplier_key", Fold: text.SortKey}, {Column: "number_norm", Fold: payables.NormalNumber}},
	Views: []list.View{
		{Key: "open", Label: "Att besvara", Filter: map[string][]string{"state": {string(Missing), string(Open)}}},
		{Key: "waiting", Label: "Väntar på kopia", Filter: map[string][]string{"state": {string(Waiting)}}},
		{Key: "all", Label: "Alla"},
	},
	Totals:  []list.Total{{Label: "kr krävs utöver fakturorna", Kind: list.Money, Expr: demanded}},
	Indexes: []list.Index{{"state", "arrived"}, {"arrived"}, {"invoice"}, {"supplier_key"}, {"number_norm"}},
	States:  Life.Words(),
	Shapes:  Life.Shapes(),
}
