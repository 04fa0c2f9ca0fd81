package generalledger

import (
	"kontor/kernel/list"
)

// Orders is every journal order and internal charge.
var Orders = &list.Spec{
	Name: "generalledger.orders", Title: "Bokföringsordrar", Need: MayRead, From: "generalledger_order", Version: "version", Unit: "unit", Secrecy: "secrecy",
	Intro: "Bokföringsordrar och interndebiteringar. Den som har skrivit en order attesterar den aldrig själv.",
	Joins: "LEFT JOIN client AS c ON c.id = t.client LEFT JOIN client AS s ON s.id = t.other", Order: "-arrived",
	Open: "/bokforingsorder/{id}", Shown: "ordrar", Flow: "generalledger.order",
	New: []list.New{
		{Label: "Skriv en bokföringsorder", URL: "/bokforingsorder/ny", Need: MayWrite},
		{Label: "Skriv en interndebitering", URL: "/interndebitering/ny", Need: MayWrite},
		{Label: "Gör bokslut", URL: "/f/generalledger.closing", Need: MayWrite},
	},
	Empty: "Inga ordrar här. Skriv en bokföringsorder eller en interndebitering.",
	Columns: []list.Column{
		{Key: "number", Label: "Nummer", Expr: "t.number"},
		{Key: "kind", Label: "Slag", Kind: list.Word, Expr: "t.kind", Options: Kinds},
		{Key: "text", Label: "Text", Expr: "t.text"},
		list.Client,
		{Key: "seller", Label: "Säljare", Expr: "COALESCE(s.name, '')"},
		{Key: "date", Label: "Datum", Kind: list.Date, Expr: "t.date"},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "arrived", Label: "Skriven", Kind: list.Time, Expr: "t.arrived", Sort: true},
	},
	Filters: []list.Filter{
		{Key: "state", Label: "Läge", Column: "state", Options: Life.Words()},
		{Key: "kind", Label: "Slag", Column: "kind", Options: Kinds},
		list.OfClient(MayRead),
		{Key: "date_from", Label: "Datum från", Column: "date", Match: list.From, Kind: list.Date},
		{Key: "date_to", Label: "Datum till", Column: "date", Match: list.To, Kind: list.Date},
	},
	Views: []list.View{
		{Key: "open", Label: "Öppna", Filter: map[string][]string{"state": {string(Draft), string(Sent)}}},
		{Key: "approve", Label: "Att attestera", Filter: map[string][]string{"state": {string(Sent)}}},
		{Key: "posted", Label: "Bokförda", Filter: map[string][]string{"state": {string(Posted)}}},
		{Key: "all", Label: "Alla"},
	},
	Indexes: []list.Index{{"state", "arrived"}, {"arrived"}},
	States:  Life.Words(), Shapes: Life.Shapes(),
}

// LoadList is every file that was loaded into the books.
var LoadList = &list.Spec{
	Name: "generalledger.loads", Title: "Inlästa filer", Need: MayRead, From: "generalledger_load", Version: "version",
	Intro: "Filer som har lästs in i bokföringen. Varje fil läses in hel eller inte alls, och varje verifikation bara en gång.",
	Joins: list.JoinClient, Order: "-arrived", Open: "/bokforingsfil/{id}", Shown: "filer", Flow: "generalledger.load",
	New: []list.New{
		{Label: "Läs in en försystemsfil", URL: "/forsystemsfil", Need: MayLoad},
		{Label: "Läs in ingående balanser", URL: "/ingaende-balans", Need: MayLoad},
	},
	Empty: "Inga filer är inlästa här.",
	Columns: []list.Column{
		{Key: "name", Label: "Fil", Expr: "t.name"},
		{Key: "kind", Label: "Slag", Kind: list.Word, Expr: "t.kind", Options: LoadKinds},
		list.Client,
		{Key: "vouchers", Label: "Verifikationer", Kind: list.Whole, Expr: "t.vouchers"},
		{Key: "already", Label: "Redan bokförda", Kind: list.Whole, Expr: "t.already"},
		{Key: "debit", Label: "Omslutning, kr", Kind: list.Money, Expr: "t.debit"},
		{Key: "by", Label: "Inläst av", Expr: "t.by"},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "arrived", Label: "Inläst", Kind: list.Time, Expr: "t.arrived", Sort: true},
	},
	Filters: []list.Filter{
		list.OfClient(MayRead),
		{Key: "kind", Label: "Slag", Column: "kind", Options: LoadKinds},
	},
	Indexes: []list.Index{{"arrived"}},
	States:  LoadLife.Words(), Shapes: LoadLife.Shapes(),
}

// PublicationList is the open supplier ledger of each month, as it was made.
var PublicationList = &list.Spec{
	Name: "generalledger.publications", Title: "Öppen leverantörsreskontra", Need: "ledger.read", From: "generalledger_publication", Global: true,
	Intro: "Stadens kostnader per leverantörsfaktura, för var och en att läsa. Privatpersoner och skyddade leverantörer nämns inte; så många rader är utan namn.",
	Order: "-id", Open: "/oppen-reskontra/{id}", Shown: "publiceringar",
	New:   []list.New{{Label: "Publicera en månad", URL: "/f/generalledger.publish", Need: MayPublish}},
	Empty: "Ingen månad är publicerad än. Publicera den månad som är färdig.",
	Columns: []list.Column{
		{Key: "month", Label: "Månad", Kind: list.Code, Expr: "substr(CAST(t.period AS TEXT), 1, 4) || '-' || substr(CAST(t.period AS TEXT), 5, 2)"},
		{Key: "rows", Label: "Rader", Kind: list.Whole, Expr: "t.rows"},
		{Key: "suppressed", Label: "Utan namn", Kind: list.Whole, Expr: "t.suppressed"},
		{Key: "amount", Label: "Belopp, kr", Kind: list.Money, Expr: "t.amount"},
		{Key: "made", Label: "Gjord", Kind: list.Time, Expr: "t.made"},
		{Key: "by", Label: "Av", Expr: "t.by"},
		list.Made,
	},
	Filters: []list.Filter{{Key: "period", Label: "Månad, som 202610", Column: "period", Match: list.Is, Kind: list.Whole}},
}
