package payables

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Module is the supplier ledger as the program sees it.
func Module() module.Module {
	return module.Module{
		Name:  "payables",
		Title: "Leverantörsreskontra",
		Menu: []module.Item{
			{Label: "Leverantörsfakturor", URL: listURL, Need: MayRead, Order: 20},
			{Label: "Leverantörer", URL: "/l/payables.suppliers", Need: MayHandle, Order: 60},
			{Label: "Abonnemang", URL: subscriptionsURL, Need: MayRead, Order: 63},
			{Label: "Ordrar", URL: "/l/payables.orders", Need: MayHandle, Order: 64},
			{Label: "Automatiskt avstämda", URL: "/l/payables.automatic", Need: MayRead, Order: 65},
			{Label: "Varningslista", URL: "/l/payables.warnings", Need: MayHandle, Order: 66},
			{Label: "Kontrollernas gränser", URL: "/l/payables.settings", Need: MayRegister, Order: 67},
			{Label: "Konteringsregler", URL: "/l/payables.rules", Need: MayRegister, Order: 62},
			{Label: "Förslag till regler", URL: proposalsURL, Need: MayRegister, Order: 62},
			{Label: "Förtroende för förslag", URL: "/l/payables.trusts", Need: MayRegister, Order: 63},
			{Label: "Felställda fakturor", URL: misplacedPage, Need: MayRead, Order: 65},
			{Label: "Konteringar", URL: "/l/" + codingsList, Need: MayHandle, Order: 65},
			{Label: "Ändrad automatisk kontering", URL: "/l/payables.mistakes", Need: MayHandle, Order: 64},
		},
		Permissions: []module.Permission{
			{Name: MayRead, Label: "Se leverantörsfakturor"},
			{Name: MayHandle, Label: "Handlägga leverantörsfakturor: komplettera, avgöra och vänta på kund"},
			{Name: MayCode, Label: "Kontera leverantörsfakturor"},
			{Name: MayReview, Label: "Sakgranska leverantörsfakturor"},
			{Name: MayApprove, Label: "Attestera leverantörsfakturor, inom attestförteckningen"},
			{Name: MayReturn, Label: "Skicka tillbaka leverantörsfakturor"},
			{Name: MayRelease, Label: "Släppa stoppade leverantörsfakturor"},
			{Name: MayVoid, Label: "Makulera leverantörsfakturor"},
			{Name: MayRegister, Label: "Sköta leverantörer, styrning och konteringsregler"},
			{Name: MayImport, Label: "Läsa in fakturafiler"},
			{Name: MaySettle, Label: "Godkänna det som stämmer med ett abonnemang, enligt kundens beslut; ges aldrig till en person"},
			{Name: MayPay, Label: "Stoppa och släppa betalningar, bestrida fakturor och ange skatteavdrag"},
		},
		Records: []module.Record{{Table: Table, Title: "Leverantörsfaktura", URL: "/payables/{id}"}},
		Activities: []form.Option{
			{Value: Activity, Label: "Leverantörsfaktura"},
			{Value: ActivityReturned, Label: "Tillbakaskickad leverantörsfaktura"},
			{Value: ActivityVoided, Label: "Makulerad leverantörsfaktura"},
			{Value: ActivityMoved, Label: "Leverantörsfaktura flyttad från fel mottagare"},
			{Value: ActivityNotOurs, Label: "Leverantörsfaktura som inte var till oss"},
		},
		Lists:      append([]*list.Spec{Invoices, Suppliers, Rules, Trusts, Mistakes, Codings}, channelLists()...),
		Forms:      append([]*form.Spec{EditOccasion, NewRule, EndRule, EditSupplier, NewTrust, DecideProposal}, channelForms()...),
		Jobs:       jobs(),
		Pages:      append(pages(), channelPages()...),
		Cards:      cards(),
		Invariants: invariants(),
		Install:    install,
	}
}

// install sets the accounts that are posted to, as the reference chart has them.
func install(o *op.Op) error {
	if err := installSpecial(o); err != nil {
		return err
	}
	if err := installSettings(o); err != nil {
		return err
	}
	return PutPostings(o, 0, period.NewDate(2000, 1, 1), Postings{Liability: "2511", Pending: "1790", VAT: "1651", Rounding: "7790", Prepaid: "1799", Tax: "2710", Reverse: "2614"})
}
