package payables

import (
	"slices"

	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/text"
	"kontor/kernel/work"
)

// short are the findings in two or three words, for lists.
var short = map[Code]string{
	NoReference: "Saknar beställare", NoSupplier: "Org.nummer saknas", NoDueDate: "Förfallodag saknas", SumsWrong: "Summor fel",
	TaxWrong: "Moms fel", FormWrong: "Fel format", FormRemark: "Anmärkning", NewSupplier: "Ny leverantör", OtherAccount: "Okänt konto",
	NoFTax: "F-skatt saknas", SameDayTwin: "Möjlig dubblett", SameOCRTwin: "Möjlig dubblett", SameNumber: "Dubblett",
	OtherCurrency: "Annan valuta", ReverseCharge: "Omvänd moms", TaxDeviates: "Moms avviker", CreditOfWhat: "Kredit utan grund",
	Prepaid: "Delvis betald", OtherRecipient: "Två mottagare", NumberWrong: "Fel kontonummer", Blocked: "Spärrad leverantör", NoAccount: "Saknar konto",
	SameAttachment: "Samma bilaga", NotTaxed: "Ej F-skatt", TaxOld: "F-skatt gammal", Suspicious: "Misstänkt", OrderExceeded: "Över order",
	Irregular: "Avviker", ScanUnsure: "Osäker skanning", ScanLacks: "Ofullständig skanning",
	NotOurs: "Fel mottagare", NotOrdered: "Ej beställd", NotDelivered: "Ej levererad", WrongPrice: "Fel pris",
}

// situation is where an invoice stands: what it lacks while that is what stops
// it, how far its payment has come once it is approved, else its state.
const situation = `CASE WHEN t.lacks <> '' AND t.state IN ('registered', 'held') THEN t.lacks
	WHEN t.state = 'ready' AND t.stop_kind <> '' THEN t.stop_kind WHEN t.state = 'ready' AND t.payment <> '' THEN t.payment ELSE t.state END`

func situations() (words []form.Option, shapes map[string]string) {
	shapes = Life.Shapes()
	shapes[string(Registered)] = "ok" // nothing lacks
	words = slices.Concat(Life.Words(), payStates, stopKinds)
	for value, shape := range payShapes {
		shapes[value] = shape
	}
	for _, l := range Flexibility {
		words = append(words, form.Option{Value: string(l.Code), Label: short[l.Code]})
		shapes[string(l.Code)] = "near"
		if l.Remedy == Return {
			shapes[string(l.Code)] = "miss"
		}
	}
	return words, shapes
}

func lackOptions() (all []form.Option) {
	for _, l := range Flexibility {
		all = append(all, form.Option{Value: string(l.Code), Label: l.Heading})
	}
	return all
}

// Invoices is the working list of supplier invoices.
var Invoices = invoices()

func invoices() *list.Spec {
	words, shapes := situations()
	return &list.Spec{
		Name: "payables.invoices", Title: "Leverantörsfakturor", Need: MayRead,
		From: "payables_invoice", Joins: "LEFT JOIN client AS c ON c.id = t.client LEFT JOIN person AS h ON h.id = t.handler",
		Version: "version", Unit: "unit", Secrecy: "secrecy", Flow: Life.Name, Open: "/payables/{id}", Shown: "fakturor",
		Columns: []list.Column{
			{Key: "supplier", Label: "Leverantör", Kind: list.Text, Expr: "t.supplier_name"},
			{Key: "supplier_key", Label: "Leverantör, sorterad", Kind: list.Text, Expr: "t.supplier_key", Sort: true, Hidden: true},
			{Key: "number", Label: "Nummer", Kind: list.Code, Expr: "t.number"},
			{Key: "number_norm", Label: "Nummer, sorterat", Kind: list.Code, Expr: "t.number_norm", Sort: true, Hidden: true},
			list.Client,
			{Key: "payable", Label: "Att betala, kr", Kind: list.Money, Expr: "t.payable", Sort: true},
			{Key: "situation", Label: "Läge", Kind: list.Status, Expr: situation},
			{Key: "arrived", Label: "Kom in", Kind: list.Time, Expr: "t.arrived", Sort: true},
			{Key: "keep_by", Label: "Löfte", Kind: list.Promise, Expr: "t.keep_by", Sort: true},
			{Key: "keep_by.days", Label: "Löfte, dagar", Kind: list.Whole, Expr: "t.promised", Hidden: true},
			{Key: "keep_by.over", Label: "Avslutad", Kind: list.Yes, Hidden: true,
				Expr: "CASE WHEN t.state IN ('ready', 'returned', 'voided', 'moved') THEN 1 ELSE 0 END"},
			{Key: "handler", Label: "Handläggare", Kind: list.Text, Expr: "COALESCE(h.name, 'Ingen')"},
			{Key: "state", Label: "Steg", Kind: list.Word, Expr: "t.state", Hidden: true, Options: Life.Words()},
			{Key: "due", Label: "Förfaller", Kind: list.Date, Expr: "t.due", Hidden: true},
			{Key: "handled", Label: "Klar", Kind: list.Date, Expr: "t.handled", Hidden: true},
			{Key: "paid_on", Label: "Betald", Kind: list.Date, Expr: "t.paid_on", Hidden: true},
			{Key: "issued", Label: "Fakturadatum", Kind: list.Date, Expr: "t.issued", Hidden: true},
			{Key: "net", Label: "Utan moms, kr", Kind: list.Money, Expr: "t.net", Hidden: true},
			{Key: "vat", Label: "Moms, kr", Kind: list.Money, Expr: "t.vat", Hidden: true},
			{Key: "gross", Label: "Med moms, kr", Kind: list.Money, Expr: "t.gross", Hidden: true},
			{Key: "reference", Label: "Referens", Kind: list.Text, Expr: "t.reference", Hidden: true},
			{Key: "org", Label: "Organisationsnummer", Kind: list.Code, Expr: "t.supplier_org", Hidden: true},
		},
		Filters: []list.Filter{
			list.OfClient(MayRead),
			{Key: "state", Label: "Läge", Column: "state", Match: list.Is, Options: Life.Words()},
			{Key: "from", Label: "Belopp från", Column: "payable", Match: list.From, Kind: list.Money},
			{Key: "to", Label: "Belopp till", Column: "payable", Match: list.To, Kind: list.Money},
			{Key: "lacks", Label: "Brist", Column: "lacks", Match: list.Is, Options: lackOptions()},
			{Key: "channel", Label: "Kanal", Column: "channel", Match: list.Is, Options: work.ChannelLabels()},
			{Key: "arrived_from", Label: "Kom in från", Column: "arrived", Match: list.From, Kind: list.Time},
			{Key: "arrived_to", Label: "Kom in till", Column: "arrived", Match: list.To, Kind: list.Time},
			{Key: "handled_from", Label: "Klar från och med", Column: "handled", Match: list.From, Kind: list.Date},
			{Key: "handled_to", Label: "Klar till och med", Column: "handled", Match: list.To, Kind: list.Date},
			{Key: "keep_from", Label: "Löfte från och med", Column: "keep_by", Match: list.From, Kind: list.Promise},
			{Key: "keep_by", Label: "Löfte till och med", Column: "keep_by", Match: list.To, Kind: list.Promise},
			{Key: "payment", Label: "Betalning", Column: "payment", Match: list.Is, Options: payStates},
			{Key: "stopped", Label: "Stoppad betalning", Column: "stop_kind", Match: list.Is, Options: stopKinds},
			{Key: "handler", Label: "Handläggare", Column: "handler", Match: list.Is, Kind: list.ID, Hidden: true},
			{Key: "supplier", Label: "Leverantör", Column: "supplier", Match: list.Is, Kind: list.ID, Hidden: true},
			{Key: "supplier_key", Label: "Leverantörens namn", Column: "supplier_key", Match: list.Is, Hidden: true},
			{Key: "unit", Label: "Enhet", Column: "unit", Match: list.Is, Kind: list.ID, Hidden: true},
		},
		Search: []list.Search{{Column: "supplier_key", Fold: text.SortKey}, {Column: "number_norm", Fold: NormalNumber}},
		Views: []list.View{
			{Key: "code", Label: "Att kontera", Filter: map[string][]string{"state": {string(Registered)}}, Sort: "keep_by"},
			{Key: "mine", Label: "Mina", Filter: map[string][]string{"handler": {"@me"}, "state": {string(Registered), string(Waiting), string(Queried), string(Held)}}, Sort: "keep_by"},
			{Key: "today", Label: "Bryter löftet i dag", Filter: map[string][]string{"state": {string(Registered)}, "keep_by": {"@today"}}, Sort: "keep_by"},
			{Key: "reference", Label: "Saknar beställare", Filter: map[string][]string{"state": {string(Registered)}, "lacks": {string(NoReference)}}, Sort: "keep_by"},
			{Key: "large", Label: "Över 100 000 kr", Filter: map[string][]string{"from": {"100000"}}, Sort: "-payable"},
			{Key: "approve", Label: "Att granska och attestera", Filter: map[string][]string{"state": {string(Coded), string(Reviewed)}}, Sort: "keep_by"},
			{Key: "held", Label: "Stoppade", Filter: map[string][]string{"state": {string(Held)}}, Sort: "keep_by"},
			{Key: "ready", Label: "Klara", Filter: map[string][]string{"state": {string(Ready)}}, Sort: "-keep_by"},
			{Key: "stopped", Label: "Stoppade betalningar", Filter: map[string][]string{"stopped": {StopHold, StopDispute, StopBank}}, Sort: "-keep_by"},
			{Key: "all", Label: "Alla", Sort: "-arrived"},
		},
		Totals: []list.Total{{Label: "kr", Kind: list.Money, Expr: "t.payable"}},
		Indexes: []list.Index{{"state", "keep_by"}, {"handler", "state", "keep_by"}, {"keep_by"}, {"arrived"}, {"payable"},
			{"supplier_key"}, {"number_norm"}, {"supplier"}, {"lacks"}, {"stop_kind"}, {"payment", "due"}},
		Order: "-arrived", States: words, Shapes: shapes,
		Empty: "Här finns inga fakturor nu. Läs in fler filer, eller välj en annan vy.",
		Bulk:  []string{"code", "review", "approve", "return"},
	}
}

var supplierStates = []form.Option{{Value: SupplierNew, Label: "Ny"}, {Value: SupplierApproved, Label: "Godkänd"}, {Value: SupplierBlocked, Label: "Spärrad"}}

var taxStates = []form.Option{{Value: "yes", Label: "Godkänd"}, {Value: "no", Label: "Inte godkänd"}, {Value: "unknown", Label: "Inte kontrollerad"}}

// Suppliers is the register of suppliers.
var Suppliers = &list.Spec{
	Name: "payables.suppliers", Title: "Leverantörer", Need: MayRead, Global: true, Version: "version",
	Intro: "Registret är gemensamt för alla kunder. En faktura ändrar det aldrig.",
	From:  "payables_supplier", Open: "/leverantor/{id}", Shown: "leverantörer",
	Columns: []list.Column{
		{Key: "name", Label: "Namn", Kind: list.Text, Expr: "t.name"},
		{Key: "sort_key", Label: "Namn, sorterat", Kind: list.Text, Expr: "t.sort_key", Sort: true, Hidden: true},
		{Key: "org", Label: "Organisationsnummer", Kind: list.Code, Expr: "t.org"},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "f_tax", Label: "F-skatt", Kind: list.Word, Expr: "t.f_tax", Options: taxStates},
		{Key: "country", Label: "Land", Kind: list.Code, Expr: "t.country"},
		{Key: "phone", Label: "Känt telefonnummer", Kind: list.Text, Expr: "t.phone"},
		{Key: "since", Label: "Sedan", Kind: list.Time, Expr: "t.since"},
	},
	Filters: []list.Filter{
		{Key: "state", Label: "Läge", Column: "state", Match: list.Is, Options: supplierStates},
		{Key: "f_tax", Label: "F-skatt", Column: "f_tax", Match: list.Is, Options: taxStates},
		{Key: "org", Label: "Organisationsnummer", Column: "org", Match: list.Is},
	},
	Views: []list.View{{Key: "all", Label: "Alla"}, {Key: "new", Label: "Nya", Filter: map[string][]string{"state": {SupplierNew}}},
		{Key: "blocked", Label: "Spärrade", Filter: map[string][]string{"state": {SupplierBlocked}}}},
	Search:  []list.Search{{Column: "sort_key", Fold: text.SortKey}},
	Indexes: []list.Index{{"sort_key"}}, Order: "sort_key", States: supplierStates,
	Shapes: map[string]string{SupplierNew: "near", SupplierApproved: "ok", SupplierBlocked: "miss"},
	Empty:  "Inga leverantörer än. De läggs upp av den första fakturan.",
}

// Rules is how the digital co-worker codes.
var Rules = &list.Spec{
	Name: "payables.rules", Title: "Konteringsregler", Need: MayRead, Version: "version",
	Intro: "Så konterar den digitala medarbetaren det som återkommer. Den attesterar aldrig.",
	From:  "payables_rule", Joins: list.JoinClient, Open: "/f/payables.rule.end/{id}", Shown: "regler",
	Columns: []list.Column{
		{Key: "supplier", Label: "Leverantör", Kind: list.Code, Expr: "CASE WHEN t.supplier = '' THEN 'alla' ELSE t.supplier END"},
		list.Made,
		{Key: "reference", Label: "Referens börjar med", Kind: list.Code, Expr: "t.reference"},
		list.Client,
		{Key: "account", Label: "Konto", Kind: list.Code, Expr: "t.account"},
		{Key: "unit", Label: "Ansvar", Kind: list.Code, Expr: "t.unit"},
		{Key: "activity", Label: "Verksamhet", Kind: list.Code, Expr: "t.activity"},
		{Key: "project", Label: "Projekt", Kind: list.Code, Expr: "t.project"},
		{Key: "most", Label: "Högst, kr", Kind: list.Money, Expr: "t.most"},
		{Key: "valid_from", Label: "Från", Kind: list.Date, Expr: "t.valid_from"},
		{Key: "valid_to", Label: "Till", Kind: list.Date, Expr: "t.valid_to"},
		{Key: "note", Label: "Varför", Kind: list.Text, Expr: "t.note"},
	},
	Filters: []list.Filter{
		list.OfClient(MayRead),
		{Key: "supplier", Label: "Leverantör", Column: "supplier", Match: list.Is},
	},
	Order: "id",
	Empty: "Inga regler än. Lägg upp en för det som återkommer.",
}
