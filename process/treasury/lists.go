package treasury

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/text"
)

// paymentStates are the states of a payment in words.
var paymentStates = []form.Option{
	{Value: string(Proposed), Label: "Föreslagen"}, {Value: string(Released), Label: "Frisläppt"}, {Value: string(Filed), Label: "I bankfil"},
	{Value: string(Accepted), Label: "Godtagen av banken"}, {Value: string(Paid), Label: "Betald"}, {Value: string(Rejected), Label: "Avvisad av banken"},
	{Value: string(Returned), Label: "Kom tillbaka"}, {Value: string(Fell), Label: "Föll bort"}, {Value: string(Withdrawn), Label: "Tillbakatagen"},
}

var paymentShapes = map[string]string{string(Proposed): "near", string(Released): "near", string(Filed): "none", string(Accepted): "none",
	string(Paid): "ok", string(Rejected): "miss", string(Returned): "miss", string(Fell): "near", string(Withdrawn): "none"}

// Proposals is the list of proposals.
var Proposals = &list.Spec{
	Name: "treasury.proposals", Title: "Betalningar", Need: MayHandle, Global: true, Version: "version", Flow: Life.Name,
	Intro: "Ett förslag kontrolleras och frisläpps av en annan person än den som gjorde det. Betalt är det som banken säger är betalt.",
	From:  "treasury_proposal", Joins: "LEFT JOIN treasury_account AS a ON a.id = t.account", Open: "/betalning/{id}", Shown: "förslag",
	Columns: []list.Column{
		{Key: "number", Label: "Nummer", Kind: list.Code, Expr: "t.number"},
		list.Made,
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "payments", Label: "Betalningar", Kind: list.Whole, Expr: "t.payments"},
		{Key: "amount", Label: "Belopp, kr", Kind: list.Money, Expr: "t.amount"},
		{Key: "until", Label: "Förfaller till och med", Kind: list.Date, Expr: "t.until"},
		{Key: "account", Label: "Från konto", Kind: list.Text, Expr: "COALESCE(a.name, '')"},
		{Key: "urgent", Label: "Ilbetalning", Kind: list.Yes, Expr: "t.urgent"},
		{Key: "proposed", Label: "Föreslogs av", Kind: list.Text, Expr: "t.proposed_name"},
		{Key: "released", Label: "Frisläpptes av", Kind: list.Text, Expr: "t.released_name"},
		{Key: "settled", Label: "Klara hos banken", Kind: list.Whole, Expr: "t.settled"},
		{Key: "left_out", Label: "Lämnades utanför", Kind: list.Whole, Expr: "t.left_out", Hidden: true},
		{Key: "dropped", Label: "Föll bort", Kind: list.Whole, Expr: "t.dropped", Hidden: true},
	},
	Filters: []list.Filter{{Key: "state", Label: "Läge", Column: "state", Match: list.Is, Options: Life.Words()}},
	Views: []list.View{
		{Key: "open", Label: "Att göra", Filter: map[string][]string{"state": {string(ToControl), string(ToFile)}}, Sort: "-id"},
		{Key: "bank", Label: "Hos banken", Filter: map[string][]string{"state": {string(AtBank)}}, Sort: "-id"},
		{Key: "all", Label: "Alla", Sort: "-id"},
	},
	Order: "-id", States: Life.Words(), Shapes: Life.Shapes(),
	Empty: "Inga betalningsförslag här. Gör ett förslag av det som förfaller.",
}

// Payments is every payment, by client.
var Payments = &list.Spec{
	Name: "treasury.payments", Title: "Betalningar till leverantörer", Need: MayRead, Version: "version",
	Intro: "Varje rad är en betalning till en mottagare. Den öppnas ned till fakturorna.",
	From:  "treasury_payment", Joins: list.JoinClient, Open: "/betalning-rad/{id}", Shown: "betalningar",
	Columns: []list.Column{
		{Key: "payee", Label: "Mottagare", Kind: list.Text, Expr: "t.payee_name"},
		{Key: "payee_key", Label: "Mottagare, sorterad", Kind: list.Text, Expr: "t.payee_key", Sort: true, Hidden: true},
		list.Client,
		{Key: "amount", Label: "Belopp, kr", Kind: list.Money, Expr: "t.amount", Sort: true},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "execute", Label: "Betalningsdag", Kind: list.Date, Expr: "t.execute", Sort: true},
		{Key: "paid", Label: "Betald", Kind: list.Date, Expr: "t.paid"},
		{Key: "account", Label: "Konto", Kind: list.Code, Expr: "t.scheme || ' ' || t.number"},
		{Key: "reason", Label: "Skäl", Kind: list.Text, Expr: "t.reason"},
		{Key: "reference", Label: "Referens", Kind: list.Text, Expr: "CASE WHEN t.ocr <> '' THEN t.ocr ELSE t.message END", Hidden: true},
		{Key: "end_to_end", Label: "Bankens referens", Kind: list.Code, Expr: "t.end_to_end", Hidden: true},
	},
	Filters: []list.Filter{
		list.OfClient(MayRead),
		{Key: "state", Label: "Läge", Column: "state", Match: list.Is, Options: paymentStates},
		{Key: "from", Label: "Betalningsdag från", Column: "execute", Match: list.From, Kind: list.Date},
		{Key: "to", Label: "Betalningsdag till", Column: "execute", Match: list.To, Kind: list.Date},
		{Key: "least", Label: "Belopp från", Column: "amount", Match: list.From, Kind: list.Money},
		{Key: "proposal", Label: "Förslag", Column: "proposal", Match: list.Is, Kind: list.ID, Hidden: true},
	},
	Views: []list.View{
		{Key: "all", Label: "Alla"},
		{Key: "way", Label: "Under väg", Filter: map[string][]string{"state": {string(Filed), string(Accepted)}}},
		{Key: "wrong", Label: "Avvisade och återkomna", Filter: map[string][]string{"state": {string(Rejected), string(Returned)}}},
	},
	Totals:  []list.Total{{Label: "kr", Kind: list.Money, Expr: "t.amount"}},
	Search:  []list.Search{{Column: "payee_key", Fold: text.SortKey}},
	Indexes: []list.Index{{"state"}, {"execute"}, {"payee_key"}, {"amount"}},
	Order:   "-execute", States: paymentStates, Shapes: paymentShapes,
	Empty: "Inga betalningar här.",
}

// Answers is the files that the bank has sent.
var Answers = &list.Spec{
	Name: "treasury.answers", Title: "Bankens svar", Need: MayHandle, Global: true,
	Intro: "Varje fil läses in en gång. Samma fil igen ändrar ingenting.",
	From:  "treasury_answer", Open: "/bankens-svar/{id}", Shown: "filer",
	Columns: []list.Column{
		{Key: "name", Label: "Fil", Kind: list.Text, Expr: "t.name"},
		{Key: "kind", Label: "Slag", Kind: list.Code, Expr: "t.kind"},
		{Key: "received", Label: "Lästes in", Kind: list.Time, Expr: "t.received", Sort: true},
		{Key: "matched", Label: "Nytt om betalningar", Kind: list.Whole, Expr: "t.matched"},
		{Key: "already", Label: "Redan kända", Kind: list.Whole, Expr: "t.already"},
		{Key: "other", Label: "Annat på kontot", Kind: list.Whole, Expr: "t.other"},
		{Key: "note", Label: "Att se efter", Kind: list.Text, Expr: "t.note"},
	},
	Filters: []list.Filter{{Key: "kind", Label: "Slag", Column: "kind", Match: list.Is, Options: []form.Option{
		{Value: "pain.002", Label: "Svar på fil"}, {Value: "camt.053", Label: "Kontoutdrag"}, {Value: "camt.054", Label: "Avisering"}}}},
	Indexes: []list.Index{{"received"}}, Order: "-received",
	Empty: "Banken har inte svarat än. Läs in en fil från banken.",
}

var entryStates = []form.Option{{Value: EntryPaid, Label: "Betalning"}, {Value: EntryReturned, Label: "Kom tillbaka"},
	{Value: EntryOther, Label: "Annan händelse"}, {Value: EntryOpen, Label: "Att reda ut"},
	{Value: EntryAsked, Label: "Förklaring att attestera"}, {Value: EntryExplained, Label: "Utredd"}}

var entryShapes = map[string]string{EntryPaid: "ok", EntryReturned: "miss", EntryOther: "none", EntryOpen: "miss", EntryAsked: "near", EntryExplained: "ok"}

// Explanations is what people have said of entries that the files do not explain.
var Explanations = &list.Spec{
	Name: "treasury.explanations", Title: "Utredda händelser", Need: MayHandle, Global: true, Version: "version", Flow: ExplanationLife.Name,
	Intro: "Vad någon har sagt om händelser på våra konton som banken inte förklarar. Det som bokför pengar attesteras av en annan person.",
	From:  "treasury_explanation", Joins: "LEFT JOIN client AS c ON c.id = t.owner", Open: "/utredning/{id}", Shown: "utredningar",
	Columns: []list.Column{
		{Key: "reason", Label: "Förklaring", Kind: list.Text, Expr: "t.reason"},
		list.Made,
		{Key: "kind", Label: "Vad", Kind: list.Word, Expr: "t.kind", Options: explanationKinds},
		list.Client,
		{Key: "amount", Label: "Belopp, kr", Kind: list.Money, Expr: "t.amount"},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "writer", Label: "Skrevs av", Kind: list.Text, Expr: "t.writer_name"},
		{Key: "approver", Label: "Attesterades av", Kind: list.Text, Expr: "t.approver_name"},
	},
	Filters: []list.Filter{{Key: "state", Label: "Läge", Column: "state", Match: list.Is, Options: ExplanationLife.Words()}},
	Views: []list.View{
		{Key: "open", Label: "Att attestera", Filter: map[string][]string{"state": {string(Asked)}}, Sort: "-id"},
		{Key: "all", Label: "Alla", Sort: "-id"},
	},
	Order: "-id", States: ExplanationLife.Words(), Shapes: ExplanationLife.Shapes(),
	Empty: "Inga utredningar här. Öppna en händelse att reda ut och förklara den.",
}

// Entries is what has been booked on our accounts.
var Entries = &list.Spec{
	Name: "treasury.entries", Title: "Händelser på våra konton", Need: MayHandle, Global: true,
	From: "treasury_entry", Joins: "LEFT JOIN treasury_account AS a ON a.id = t.account", Open: "/kontohandelse/{id}", Shown: "händelser",
	Columns: []list.Column{
		{Key: "booked", Label: "Bokförd", Kind: list.Date, Expr: "t.booked", Sort: true},
		{Key: "account", Label: "Konto", Kind: list.Text, Expr: "COALESCE(a.name, '')"},
		{Key: "amount", Label: "Belopp, kr", Kind: list.Money, Expr: "t.amount"},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "ref", Label: "Bankens referens", Kind: list.Code, Expr: "t.ref"},
		{Key: "text", Label: "Text", Kind: list.Text, Expr: "t.text"},
		{Key: "note", Label: "Att se efter", Kind: list.Text, Expr: "t.note"},
		{Key: "kind", Label: "Slag", Kind: list.Code, Expr: "t.kind"},
	},
	Filters: []list.Filter{
		{Key: "state", Label: "Läge", Column: "state", Match: list.Is, Options: entryStates},
		{Key: "answer", Label: "Fil", Column: "answer", Match: list.Is, Kind: list.ID, Hidden: true},
		{Key: "from", Label: "Från", Column: "booked", Match: list.From, Kind: list.Date},
		{Key: "to", Label: "Till", Column: "booked", Match: list.To, Kind: list.Date},
	},
	Views:   []list.View{{Key: "all", Label: "Alla"}, {Key: "open", Label: "Att reda ut", Filter: map[string][]string{"state": {EntryOpen}}}},
	Indexes: []list.Index{{"state", "booked"}, {"booked"}, {"answer"}}, Order: "-booked", States: entryStates,
	Shapes: entryShapes,
	Empty:  "Inga händelser här.",
}

// OwnAccounts is the register of our accounts at the bank.
var OwnAccounts = &list.Spec{
	Name: "treasury.accounts", Title: "Våra bankkonton", Need: MayAccount, Global: true, Version: "version",
	Intro: "Konton som betalningar dras från. Ett konto utan ägare används av alla kunder som inte har ett eget.",
	From:  "treasury_account", Joins: "LEFT JOIN client AS c ON c.id = t.owner", Open: "/f/treasury.account/{id}", Shown: "konton",
	Columns: []list.Column{
		{Key: "name", Label: "Namn", Kind: list.Text, Expr: "t.name"},
		list.Made,
		{Key: "owner", Label: "Kund", Kind: list.Text, Expr: "COALESCE(c.name, 'alla utan eget konto')"},
		{Key: "iban", Label: "IBAN", Kind: list.Code, Expr: "t.iban"},
		{Key: "bankgiro", Label: "Bankgiro", Kind: list.Code, Expr: "t.bankgiro"},
		{Key: "profile", Label: "Bank", Kind: list.Code, Expr: "t.profile"},
		{Key: "ledger", Label: "Konto i bokföringen", Kind: list.Code, Expr: "t.ledger"},
		{Key: "clearing", Label: "Under väg", Kind: list.Code, Expr: "t.clearing"},
		{Key: "valid_from", Label: "Från", Kind: list.Date, Expr: "t.valid_from"},
		{Key: "valid_to", Label: "Till", Kind: list.Date, Expr: "t.valid_to"},
	},
	Order: "id",
	Empty: "Inga bankkonton än. Lägg upp det konto som betalningarna ska dras från.",
}
