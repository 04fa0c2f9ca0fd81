package intake

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/process/payables"
)

var fileStates = []form.Option{
	{Value: string(Failed), Label: "Kunde inte läsas"}, {Value: string(Unrouted), Label: "Okänd kund"}, {Value: string(Held), Label: "Stoppad faktura"},
	{Value: string(Imported), Label: "Registrerad"}, {Value: string(Dismissed), Label: "Avfärdad"},
}

var fileShapes = map[string]string{string(Failed): "miss", string(Unrouted): "miss", string(Held): "near", string(Imported): "ok", string(Dismissed): "none"}

// Fallout is the files that became no registered invoice, and what to do.
var Fallout = &list.Spec{
	Name: "payables.fallout", Title: "Filer som föll ut", Need: payables.MayImport, Global: true, Version: "version",
	Intro: "Varje mottagen fil finns kvar, byte för byte. Rätta det som är fel och kör filen igen.",
	From:  "payables_file", Joins: list.JoinClient, Open: "/fil/{id}", Shown: "filer",
	Columns: []list.Column{
		{Key: "name", Label: "Fil", Kind: list.Text, Expr: "t.name"},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "note", Label: "Vad som är fel", Kind: list.Prose, Expr: "t.note"},
		list.Client,
		{Key: "received", Label: "Kom in", Kind: list.Time, Expr: "t.received", Sort: true},
		{Key: "attempts", Label: "Försök", Kind: list.Whole, Expr: "t.attempts"},
		{Key: "code", Label: "Kod", Kind: list.Code, Expr: "t.code", Hidden: true},
		{Key: "size", Label: "Storlek, byte", Kind: list.Whole, Expr: "t.size", Hidden: true},
		list.Made,
	},
	Filters: []list.Filter{
		{Key: "state", Label: "Läge", Column: "state", Match: list.Is, Options: fileStates},
		{Key: "batch", Label: "Inläsning", Column: "batch", Match: list.Is, Kind: list.ID, Hidden: true},
	},
	Views: []list.View{
		{Key: "todo", Label: "Att åtgärda", Filter: map[string][]string{"state": {string(Failed), string(Unrouted)}}, Sort: "-received"},
		{Key: "held", Label: "Stoppade fakturor", Filter: map[string][]string{"state": {string(Held)}}, Sort: "-received"},
		{Key: "dismissed", Label: "Avfärdade", Filter: map[string][]string{"state": {string(Dismissed)}}, Sort: "-received"},
		{Key: "all", Label: "Alla filer", Sort: "-id"},
	},
	Indexes: []list.Index{{"state", "received"}}, Order: "-id", States: fileStates, Shapes: fileShapes,
	Empty: "Inga filer här. Allt som har kommit in är registrerat.",
}

// Batches is every import run.
var Batches = &list.Spec{
	Name: "payables.batches", Title: "Inläsningar", Need: payables.MayImport, Global: true,
	From: "payables_batch", Open: "/inlasning/{id}", Shown: "inläsningar",
	Columns: []list.Column{
		{Key: "name", Label: "Vad", Kind: list.Text, Expr: "t.name"},
		{Key: "started", Label: "Började", Kind: list.Time, Expr: "t.started", Sort: true},
		{Key: "ended", Label: "Slutade", Kind: list.Time, Expr: "t.ended"},
		{Key: "total", Label: "Filer", Kind: list.Whole, Expr: "t.total"},
		{Key: "imported", Label: "Registrerade", Kind: list.Whole, Expr: "t.imported"},
		{Key: "held", Label: "Stoppade", Kind: list.Whole, Expr: "t.held"},
		{Key: "already", Label: "Därav redan inlästa", Kind: list.Whole, Expr: "t.already"},
		{Key: "failed", Label: "Kunde inte läsas", Kind: list.Whole, Expr: "t.failed"},
	},
	Indexes: []list.Index{{"started"}}, Order: "-started",
	Empty: "Inget är inläst än. Läs in filer från en mapp eller ladda upp dem här.",
}

var routeKinds = []form.Option{
	{Value: ByReference, Label: "Referens"}, {Value: ByContract, Label: "Avtalsnummer"}, {Value: ByOrder, Label: "Ordernummer börjar med"}, {Value: ByAddress, Label: "Adress (GLN eller organisationsnummer)"},
}

// Routes is how invoices find their client.
var Routes = &list.Spec{
	Name: "payables.routes", Title: "Styrning till kund", Need: payables.MayRead, Version: "version",
	Intro: "Referensen på fakturan avgör först, sedan abonnemang, avtal och order, sist adressen.",
	From:  "payables_route", Joins: list.JoinClient, Open: "/f/payables.route.end/{id}", Shown: "koder",
	Columns: []list.Column{
		{Key: "code", Label: "Kod", Kind: list.Code, Expr: "t.code", Sort: true},
		{Key: "kind", Label: "Slag", Kind: list.Word, Expr: "t.kind", Options: routeKinds},
		list.Client,
		{Key: "note", Label: "Anmärkning", Kind: list.Text, Expr: "t.note"},
		{Key: "valid_from", Label: "Från", Kind: list.Date, Expr: "t.valid_from"},
		{Key: "valid_to", Label: "Till", Kind: list.Date, Expr: "t.valid_to"},
	},
	Filters: []list.Filter{
		list.OfClient(payables.MayRead),
		{Key: "kind", Label: "Slag", Column: "kind", Match: list.Is, Options: routeKinds},
	},
	Search:  []list.Search{{Column: "code", Fold: payables.NormalCode}},
	Indexes: []list.Index{{"code"}}, Order: "code",
	Empty: "Inga koder än. Lägg upp kundernas referenskoder, så hittar fakturorna rätt.",
}
