package ledger

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
)

// label and month write a voucher's name and a period as people do.
const (
	label = `v.series || ' ' || CAST(v.year AS TEXT) || '-' || CAST(v.number AS TEXT)`
	month = `substr(CAST(t.period AS TEXT), 1, 4) || '-' || substr(CAST(t.period AS TEXT), 5, 2)`
)

var moduleOptions = []form.Option{
	{Value: "", Label: "Alla"},
	{Value: "payables", Label: "Leverantörsreskontra"},
	{Value: "receivables", Label: "Kundreskontra"},
	{Value: "treasury", Label: "Kassa och bank"},
	{Value: "generalledger", Label: "Huvudbok"},
	{Value: "fixedassets", Label: "Anläggningar"},
	{Value: "payroll", Label: "Lön"},
	{Value: "leasing", Label: "Hyror"},
	{Value: "charging", Label: "Debitering"},
}

var stateOptions = []form.Option{{Value: string(Soft), Label: "Stängd"}, {Value: string(Hard), Label: "Slutligt stängd"}}

// Vouchers is every voucher.
var Vouchers = &list.Spec{
	Name: "ledger.vouchers", Title: "Verifikationer", Need: "ledger.read", From: "ledger_voucher",
	Joins: list.JoinClient, Open: "/ledger/{id}", Shown: "verifikationer",
	Columns: []list.Column{
		{Key: "label", Label: "Verifikation", Kind: list.Code, Expr: "t.series || ' ' || CAST(t.year AS TEXT) || '-' || CAST(t.number AS TEXT)"},
		{Key: "date", Label: "Datum", Kind: list.Date, Expr: "t.date"},
		{Key: "month", Label: "Period", Kind: list.Code, Expr: month},
		{Key: "text", Label: "Text", Kind: list.Text, Expr: "t.text"},
		list.Client,
		{Key: "module", Label: "Från", Kind: list.Word, Expr: "t.module", Options: moduleOptions},
		{Key: "name", Label: "Bokförd av", Kind: list.Text, Expr: "t.name"},
		{Key: "registered", Label: "Bokförd", Kind: list.Time, Expr: "t.registered"},
		{Key: "number", Label: "Nummer", Kind: list.Whole, Expr: "t.number", Sort: true, Hidden: true},
		{Key: "period", Label: "Period, sorterad", Kind: list.Code, Expr: "t.period", Sort: true, Hidden: true},
		{Key: "document", Label: "Underlag", Kind: list.ID, Expr: "t.document", Hidden: true},
		{Key: "key", Label: "Nyckel", Kind: list.Code, Expr: "t.key", Hidden: true},
		list.Made,
	},
	Filters: []list.Filter{
		list.OfClient("ledger.read"),
		{Key: "series", Label: "Serie", Column: "series", Match: list.Is},
		{Key: "year", Label: "År", Column: "year", Match: list.Is, Kind: list.Whole},
		{Key: "module", Label: "Från", Column: "module", Match: list.Is, Options: moduleOptions[1:]},
		{Key: "period", Label: "Period, som 202611", Column: "period", Match: list.Is, Kind: list.Whole},
		{Key: "date_from", Label: "Datum från", Column: "date", Match: list.From, Kind: list.Date},
		{Key: "date_to", Label: "Datum till", Column: "date", Match: list.To, Kind: list.Date},
		{Key: "registered_from", Label: "Bokförd från", Column: "registered", Match: list.From, Kind: list.Time},
		{Key: "registered_to", Label: "Bokförd till", Column: "registered", Match: list.To, Kind: list.Time},
		{Key: "number", Label: "Nummer", Column: "number", Match: list.Is, Kind: list.Whole, Hidden: true},
		{Key: "document", Label: "Underlag", Column: "document", Match: list.Is, Kind: list.ID, Hidden: true},
	},
	Indexes: []list.Index{{"series", "year", "number"}, {"period", "id"}, {"document", "id"}},
	Order:   "-id",
	Empty:   "Inga verifikationer stämmer med urvalet. Ta bort något filter.",
}

// Lines is every line; the card of an account is this list narrowed to it.
var Lines = &list.Spec{
	Name: "ledger.lines", Title: "Bokförda rader", Need: "ledger.read", From: "ledger_line",
	Joins: "JOIN ledger_voucher AS v ON v.client = t.client AND v.id = t.voucher LEFT JOIN client AS c ON c.id = t.client",
	Open:  "/ledger/line/{id}", Shown: "rader",
	Columns: []list.Column{
		{Key: "label", Label: "Verifikation", Kind: list.Code, Expr: label},
		{Key: "date", Label: "Datum", Kind: list.Date, Expr: "v.date"},
		{Key: "month", Label: "Period", Kind: list.Code, Expr: month},
		{Key: "account", Label: "Konto", Kind: list.Code, Expr: "t.account"},
		{Key: "unit", Label: "Ansvar", Kind: list.Code, Expr: "t.unit"},
		{Key: "activity", Label: "Verksamhet", Kind: list.Code, Expr: "t.activity"},
		{Key: "project", Label: "Projekt", Kind: list.Code, Expr: "t.project"},
		{Key: "counterpart", Label: "Motpart", Kind: list.Code, Expr: "t.counterpart"},
		{Key: "object", Label: "Objekt", Kind: list.Code, Expr: "t.object", Hidden: true},
		{Key: "text", Label: "Text", Kind: list.Text, Expr: "CASE WHEN t.text = '' THEN v.text ELSE t.text END"},
		{Key: "amount", Label: "Belopp, kr", Kind: list.Money, Expr: "t.amount"},
		list.Client,
		{Key: "period", Label: "Period, sorterad", Kind: list.Code, Expr: "t.period", Sort: true, Hidden: true},
		{Key: "subledger", Label: "Reskontra", Kind: list.Code, Expr: "t.subledger", Hidden: true},
		{Key: "ref", Label: "Post i reskontra", Kind: list.ID, Expr: "t.ref", Hidden: true},
		list.Made,
	},
	Filters: []list.Filter{
		list.OfClient("ledger.read"),
		{Key: "account", Label: "Konto", Column: "account", Match: list.Is},
		{Key: "unit", Label: "Ansvar", Column: "unit", Match: list.Is},
		{Key: "unit_prefix", Label: "Ansvar som börjar på", Column: "unit", Match: list.Prefix, Hidden: true},
		{Key: "activity", Label: "Verksamhet", Column: "activity", Match: list.Is},
		{Key: "project", Label: "Projekt", Column: "project", Match: list.Is},
		{Key: "period_from", Label: "Period från, som 202601", Column: "period", Match: list.From, Kind: list.Whole},
		{Key: "period_to", Label: "Period till", Column: "period", Match: list.To, Kind: list.Whole},
		{Key: "debit", Label: "Belopp från", Column: "amount", Match: list.From, Kind: list.Money, Hidden: true},
		{Key: "credit", Label: "Belopp till", Column: "amount", Match: list.To, Kind: list.Money, Hidden: true},
		{Key: "voucher", Label: "Verifikation", Column: "voucher", Match: list.Is, Kind: list.ID, Hidden: true},
		{Key: "subledger", Label: "Reskontra", Column: "subledger", Match: list.Is, Hidden: true},
		{Key: "ref", Label: "Post i reskontra", Column: "ref", Match: list.Is, Kind: list.ID, Hidden: true},
	},
	Totals:  []list.Total{{Label: "kr netto", Kind: list.Money, Expr: "t.amount"}},
	Indexes: []list.Index{{"account", "period", "id"}, {"voucher", "id"}},
	Order:   "-id",
	Empty:   "Inga rader stämmer med urvalet. Ta bort något filter.",
}

// Locks is every closed period.
var Locks = &list.Spec{
	Name: "ledger.locks", Title: "Stängda perioder", Need: "ledger.read", From: "ledger_lock",
	Intro: "En stängd period tar inga verifikationer. En stängning kan öppnas en tid av någon annan; en slutlig stängning aldrig.",
	Joins: list.JoinClient, Open: "/f/ledger.reopen/{id}", Shown: "stängningar",
	Columns: []list.Column{
		{Key: "month", Label: "Period", Kind: list.Code, Expr: month},
		list.Client,
		{Key: "module", Label: "Gäller", Kind: list.Word, Expr: "t.module", Options: moduleOptions},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "reason", Label: "Skäl", Kind: list.Text, Expr: "t.reason"},
		{Key: "name", Label: "Stängd av", Kind: list.Text, Expr: "t.name"},
		{Key: "at", Label: "Stängd", Kind: list.Time, Expr: "t.at"},
		{Key: "period", Label: "Period, sorterad", Kind: list.Code, Expr: "t.period", Sort: true, Hidden: true},
	},
	Filters: []list.Filter{
		list.OfClient("ledger.read"),
		{Key: "module", Label: "Gäller", Column: "module", Match: list.Is, Options: moduleOptions[1:]},
		{Key: "state", Label: "Läge", Column: "state", Match: list.Is, Options: stateOptions},
		{Key: "period", Label: "Period, som 202611", Column: "period", Match: list.Is, Kind: list.Whole},
	},
	States: stateOptions, Shapes: map[string]string{string(Soft): "near", string(Hard): "ok"},
	Indexes: []list.Index{{"period", "module"}},
	Order:   "-period",
	Empty:   "Inga perioder är stängda. Stäng en period när den är avstämd.",
}

// Reopenings is every exception from a lock.
var Reopenings = &list.Spec{
	Name: "ledger.reopenings", Title: "Öppnade perioder", Need: "ledger.read", From: "ledger_reopening",
	Intro: "Perioder som har öppnats en tid, av vem och varför. Öppna en rad för att se vad som bokfördes under tiden.",
	Joins: list.JoinClient, Open: "/ledger/reopening/{id}", Shown: "öppningar",
	Columns: []list.Column{
		{Key: "month", Label: "Period", Kind: list.Code, Expr: month},
		list.Client,
		{Key: "module", Label: "Gäller", Kind: list.Word, Expr: "t.module", Options: moduleOptions},
		{Key: "reason", Label: "Skäl", Kind: list.Text, Expr: "t.reason"},
		{Key: "name", Label: "Beslutad av", Kind: list.Text, Expr: "t.name"},
		{Key: "at", Label: "Öppnad", Kind: list.Time, Expr: "t.at"},
		{Key: "until", Label: "Till", Kind: list.Time, Expr: "t.until"},
		list.Made,
	},
	Filters: []list.Filter{
		list.OfClient("ledger.read"),
		{Key: "period", Label: "Period, som 202611", Column: "period", Match: list.Is, Kind: list.Whole},
	},
	Order: "-id",
	Empty: "Ingen period har öppnats efter stängning.",
}
