package payables

import (
	"kontor/format/response"
	"kontor/kernel/form"
	"kontor/kernel/list"
)

func channelLists() []*list.Spec {
	return []*list.Spec{Orders, Subscriptions, Automatic, Warned, SettingList}
}

// Orders are what invoices are held against.
var Orders = &list.Spec{
	Name: "payables.orders", Title: "Ordrar", Need: MayRead, Version: "version",
	Intro: "En faktura som anger ett ordernummer härifrån konteras som ordern, så länge beloppet räcker.",
	From:  "payables_order", Joins: list.JoinClient, Open: "/f/payables.order.end/{id}", Shown: "ordrar",
	Columns: []list.Column{
		{Key: "number", Label: "Ordernummer", Kind: list.Code, Expr: "t.number"},
		list.Made,
		{Key: "name", Label: "Vad", Kind: list.Text, Expr: "t.name"},
		list.Client,
		{Key: "supplier", Label: "Leverantör", Kind: list.Code, Expr: "t.supplier"},
		{Key: "amount", Label: "Utan moms, kr", Kind: list.Money, Expr: "t.amount"},
		{Key: "used", Label: "Använt, kr", Kind: list.Money, Expr: `CAST(COALESCE((SELECT sum(m.amount) FROM payables_match AS m WHERE m.client = t.client AND m.record = t.id), 0) AS BIGINT)`},
		{Key: "account", Label: "Konto", Kind: list.Code, Expr: "t.account"},
		{Key: "unit", Label: "Ansvar", Kind: list.Code, Expr: "t.unit"},
		{Key: "valid_to", Label: "Till", Kind: list.Date, Expr: "t.valid_to"},
	},
	Filters: []list.Filter{list.OfClient(MayRead), {Key: "supplier", Label: "Leverantör", Column: "supplier", Match: list.Is}},
	Order:   "-id",
	Empty:   "Inga ordrar än. Lägg upp en, så konteras fakturorna som anger den.",
}

// Subscriptions are what comes back.
var Subscriptions = &list.Spec{
	Name: "payables.subscriptions", Title: "Abonnemang", Need: MayRead, Version: "version",
	Intro: "Det som återkommer: hyror, el, avtal. Det som stämmer konteras. Det attesteras av sig självt bara när kunden har beslutat och bekräftat det.",
	From:  "payables_subscription", Joins: list.JoinClient, Open: "/abonnemang/{id}", Shown: "abonnemang",
	Columns: []list.Column{
		{Key: "name", Label: "Namn", Kind: list.Text, Expr: "t.name", Sort: true},
		list.Client,
		{Key: "reference", Label: "Nummer", Kind: list.Code, Expr: "t.reference"},
		{Key: "supplier", Label: "Leverantör", Kind: list.Code, Expr: "t.supplier"},
		{Key: "months", Label: "Månader mellan", Kind: list.Whole, Expr: "t.months"},
		{Key: "least", Label: "Minst, kr", Kind: list.Money, Expr: "t.least"},
		{Key: "most", Label: "Högst, kr", Kind: list.Money, Expr: "t.most"},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: `CASE WHEN NOT t.approves THEN 'codes' WHEN t.confirmed_by = 0 THEN 'waits' ELSE 'approves' END`},
		{Key: "account", Label: "Konto", Kind: list.Code, Expr: "t.account", Hidden: true},
		{Key: "unit", Label: "Ansvar", Kind: list.Code, Expr: "t.unit", Hidden: true},
		{Key: "valid_to", Label: "Till", Kind: list.Date, Expr: "t.valid_to"},
	},
	Filters: []list.Filter{list.OfClient(MayRead), {Key: "supplier", Label: "Leverantör", Column: "supplier", Match: list.Is}},
	Indexes: []list.Index{{"name"}}, Order: "name",
	States: []form.Option{{Value: "codes", Label: "Konteras"}, {Value: "waits", Label: "Väntar på bekräftelse"}, {Value: "approves", Label: "Godkänns utan attest"}},
	Shapes: map[string]string{"codes": "none", "waits": "near", "approves": "ok"},
	Empty:  "Inga abonnemang än. Lägg upp ett för det som återkommer.",
}

// Automatic is what was approved by a decision of the client, and the sample of
// it that people have looked at.
var Automatic = &list.Spec{
	Name: "payables.automatic", Title: "Automatiskt avstämda fakturor", Need: MayRead,
	Intro: "Fakturor som stämde med en order eller ett abonnemang. En av tjugo som godkändes utan attest dras som stickprov.",
	From:  "payables_match", Joins: "LEFT JOIN client AS c ON c.id = t.client LEFT JOIN payables_invoice AS v ON v.client = t.client AND v.id = t.id",
	Open: "/payables/{id}", Shown: "fakturor",
	Columns: []list.Column{
		{Key: "supplier", Label: "Leverantör", Kind: list.Text, Expr: "v.supplier_name"},
		{Key: "number", Label: "Nummer", Kind: list.Code, Expr: "v.number"},
		list.Client,
		{Key: "kind", Label: "Stämde med", Kind: list.Word, Expr: "t.kind", Options: []form.Option{{Value: MatchOrder, Label: "Order"}, {Value: MatchSubscription, Label: "Abonnemang"}}},
		{Key: "amount", Label: "Utan moms, kr", Kind: list.Money, Expr: "t.amount"},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: `CASE WHEN NOT t.settled THEN 'coded' WHEN t.wrong THEN 'wrong' WHEN t.looked_by <> 0 THEN 'right' WHEN t.sample THEN 'sample' ELSE 'settled' END`},
		{Key: "at", Label: "När", Kind: list.Time, Expr: "t.at", Sort: true},
	},
	Filters: []list.Filter{list.OfClient(MayRead)},
	Indexes: []list.Index{{"at"}}, Order: "-at",
	States: []form.Option{{Value: "coded", Label: "Konterad"}, {Value: "settled", Label: "Godkänd utan attest"}, {Value: "sample", Label: "Stickprov att granska"},
		{Value: "right", Label: "Stickprov: rätt"}, {Value: "wrong", Label: "Stickprov: fel"}},
	Shapes: map[string]string{"coded": "none", "settled": "ok", "sample": "near", "right": "ok", "wrong": "miss"},
	Empty:  "Ingen faktura har stämt med en order eller ett abonnemang än.",
}

// Warned is the list of those who have sent invoices for nothing.
var Warned = &list.Spec{
	Name: "payables.warnings", Title: "Varningslista", Need: MayRead, Global: true, Version: "version",
	Intro: "De som skickar fakturor på det som ingen har beställt. En träff är ett tecken; en person avgör.",
	From:  "payables_warning", Open: "/f/payables.warning.end/{id}", Shown: "rader",
	Columns: []list.Column{
		{Key: "name", Label: "Namn", Kind: list.Text, Expr: "t.name", Sort: true},
		{Key: "org", Label: "Organisationsnummer", Kind: list.Code, Expr: "t.org"},
		{Key: "account", Label: "Konto", Kind: list.Code, Expr: "t.account"},
		{Key: "source", Label: "Vem varnar", Kind: list.Text, Expr: "t.source"},
		{Key: "since", Label: "Från", Kind: list.Date, Expr: "t.since"},
		{Key: "until", Label: "Till", Kind: list.Date, Expr: "t.until"},
	},
	Indexes: []list.Index{{"name"}}, Order: "name",
	Empty: "Ingen varning är inlagd. Lägg in dem som Svensk Handel och polisen varnar för.",
}

var settingKinds = []form.Option{{Value: CoolingDays, Label: "Dagar från att ett konto godkänns till att det betalas till"},
	{Value: TaxDays, Label: "Dagar som en kontroll av F-skatt gäller"}, {Value: ScoreLeast, Label: "Poäng av tecken då en person ska titta"},
	{Value: SampleEvery, Label: "En av så många dras som stickprov"}, {Value: LimitNear, Label: "Gräns som belopp strax under är ett tecken, öre"},
	{Value: AnswerOf + string(response.Acknowledged), Label: "Svar till leverantörer när fakturan har kommit: 1 ja, 0 nej"},
	{Value: AnswerOf + string(response.InProcess), Label: "Svar när fakturan flyttas till rätt kund: 1 ja, 0 nej"},
	{Value: AnswerOf + string(response.UnderQuery), Label: "Svar när leverantören får en fråga: 1 ja, 0 nej"},
	{Value: AnswerOf + string(response.Conditional), Label: "Svar när fakturan godkänns med villkor: 1 ja, 0 nej"},
	{Value: AnswerOf + string(response.Accepted), Label: "Svar när fakturan är attesterad: 1 ja, 0 nej"},
	{Value: AnswerOf + string(response.Rejected), Label: "Svar när fakturan skickas tillbaka: 1 ja, 0 nej"},
	{Value: AnswerOf + string(response.Paid), Label: "Svar när fakturan är betald: 1 ja, 0 nej"}}

// SettingList is the numbers that the controls go by.
var SettingList = &list.Spec{
	Name: "payables.settings", Title: "Kontrollernas gränser", Need: MayRead, Global: true,
	Intro: "Talen som kontrollerna går efter. En ändring är en ny rad från en dag; den senaste gäller.",
	From:  "payables_setting", Joins: list.JoinClient, Shown: "rader",
	Columns: []list.Column{
		{Key: "key", Label: "Vad", Kind: list.Word, Expr: "t.key", Options: settingKinds, Sort: true},
		{Key: "client", Label: "Kund", Kind: list.Text, Expr: "COALESCE(c.name, 'Alla')"},
		{Key: "value", Label: "Tal", Kind: list.Whole, Expr: "t.value"},
		{Key: "valid_from", Label: "Från", Kind: list.Date, Expr: "t.valid_from"},
		{Key: "decision", Label: "Beslut", Kind: list.Text, Expr: "t.decision"},
	},
	Indexes: []list.Index{{"key"}}, Order: "key",
	Empty: "Inga gränser är satta.",
}
