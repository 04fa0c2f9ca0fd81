package indicator

import (
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/promise/organisation"
)

const process = "payables"

var (
	invoices   = report.Measure{Process: process, Activities: []string{"supplier-invoice"}}
	promised   = report.Measure{Process: process, Activities: []string{"supplier-invoice"}, Of: report.Promised}
	inTime     = report.Measure{Process: process, Activities: []string{"supplier-invoice"}, Of: report.Kept}
	automated  = report.Measure{Process: process, Activities: []string{"supplier-invoice"}, Automated: true}
	electronic = report.Measure{Process: process, Activities: []string{"supplier-invoice"}, Channels: []work.Channel{work.Electronic}}
)

// staff is the denominator of what is counted per person who works with
// supplier invoices.
func staff(name string) *report.Part {
	return &report.Part{Name: name, Rows: "/l/organisation.time?process=" + process + "&from={to}",
		Sum: func(o *op.Op, first, last period.Date) (int64, error) {
			return organisation.FTE(o, process, first, last)
		}}
}

var since2012 = period.NewDate(2012, 1, 1)

// PerFTE is supplier invoices per full-time equivalent and month.
var PerFTE = &report.Figure{
	Key: "payables.per-fte", Name: "Leverantörsfakturor per årsarbetare", Unit: "fakturor per årsarbetare och månad", Higher: true,
	Definitions: []report.Definition{
		// Both words stand in the plan of 2012, the first in the table of
		// indicators and the second in the text of the commitment.
		{Version: 1, From: since2012, Source: "002 s.5", Numerator: invoices, Denominator: staff("handläggare"),
			Text: "Antal leverantörsfakturor per handläggare i genomsnitt per månad."},
		{Version: 2, From: since2012, Source: "002 s.9", Numerator: invoices, Denominator: staff("ekonomiadministratörer"),
			Text: "Antal leverantörsfakturor per ekonomiadministratör i genomsnitt per månad. Samma plan använder båda orden; åtagandets gäller."},
		{Version: 3, From: period.NewDate(2014, 1, 1), Source: "000 s.5", Numerator: invoices, Denominator: staff("årsarbetare"),
			Text: "Antal leverantörsfakturor per årsarbetare i genomsnitt per månad. Deltid räknas efter sin andel, frånvaro räknas bort."},
	},
}

// InTime is the share of supplier invoices handled within the promised lead time.
var InTime = &report.Figure{
	Key: "payables.in-time", Name: "Inom utlovad ledtid", Unit: "%", Percent: true, Decimals: 1, Higher: true,
	Definitions: []report.Definition{{Version: 1, From: since2012, Source: "003 s.15", Numerator: inTime, Denominator: &report.Part{Measure: &promised},
		Text: "Andel leverantörsfakturor som blev klara inom den ledtid som kundens avtal lovade när fakturan kom. Tid då underlaget var hos kunden räknas inte."}},
}

// ElectronicShare is the share of supplier invoices that came electronically.
var ElectronicShare = &report.Figure{
	Key: "payables.electronic-share", Name: "Elektroniska leverantörsfakturor", Unit: "%", Percent: true, Decimals: 1, Higher: true,
	Definitions: []report.Definition{{Version: 1, From: since2012, Source: "000 s.3", Numerator: electronic, Denominator: &report.Part{Measure: &invoices},
		Text: "Andel leverantörsfakturor som kom elektroniskt, av alla som hanterades."}},
}

// AutomatedShare is the share of supplier invoices that nobody at the office had
// to handle.
var AutomatedShare = &report.Figure{
	Key: "payables.automated-share", Name: "Automatiskt konterade leverantörsfakturor", Unit: "%", Percent: true, Decimals: 1, Higher: true,
	Definitions: []report.Definition{{Version: 1, From: since2012, Source: "000 s.4", Numerator: automated, Denominator: &report.Part{Measure: &invoices},
		Text: "Andel leverantörsfakturor som den digitala medarbetaren konterade, efter regel, order eller förslag, och som ingen på kontoret behövde handlägga. Kunden granskar och attesterar alltid."}},
}

// Count is the number of supplier invoices.
var Count = &report.Figure{
	Key: "payables.count", Name: "Leverantörsfakturor", Unit: "fakturor",
	Definitions: []report.Definition{{Version: 1, From: since2012, Source: "000 s.3", Numerator: invoices,
		Text: "Antal hanterade leverantörsfakturor. En rättelse räknas bort den dag den görs."}},
}

// Figures are the indicators of the supplier invoices.
var Figures = append([]*report.Figure{PerFTE, InTime, ElectronicShare, AutomatedShare, Count}, payables.Figures...)
