package generalledger

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Module is the general ledger as the program sees it.
func Module() module.Module {
	return module.Module{
		Name: "generalledger", Title: "Huvudbok",
		Menu: []module.Item{
			{Label: "Bokföringsordrar", URL: ordersURL, Need: MayRead, Order: 690},
			{Label: "Inlästa filer", URL: loadsURL, Need: MayRead, Order: 691},
			{Label: "Ta ut filer", URL: "/bokforing/export", Need: "ledger.read", Order: 692},
			{Label: "Öppen leverantörsreskontra", URL: publicationsURL, Need: "ledger.read", Order: 693},
		},
		Permissions: []module.Permission{
			{Name: MayRead, Label: "Se bokföringsordrar, interndebiteringar och filer som lästs in i bokföringen"},
			{Name: MayWrite, Label: "Skriva bokföringsordrar och interndebiteringar"},
			{Name: MayApprove, Label: "Attestera bokföringsordrar och interndebiteringar"},
			{Name: MayReverse, Label: "Vända bokföringsordrar och ta tillbaka inlästa filer"},
			{Name: MayLoad, Label: "Läsa in ingående balanser och filer från försystem"},
			{Name: MayPublish, Label: "Publicera den öppna leverantörsreskontran"},
		},
		Activities: []form.Option{{Value: ActivityJournal, Label: "Bokföringsorder"}, {Value: ActivityCharge, Label: "Interndebitering"}},
		Records: []module.Record{
			{Table: Table, Title: "Bokföringsorder", URL: "/bokforingsorder/{id}"},
			{Table: Loads, Title: "Inläst fil", URL: "/bokforingsfil/{id}"},
		},
		Lists:   []*list.Spec{Orders, LoadList, PublicationList},
		Forms:   []*form.Spec{PublishForm, ClosingForm},
		Jobs:    jobs(),
		Pages:   append(pages(), loadPages()...),
		Cards:   cards(),
		Install: install,
	}
}

// install sets what charges are posted to, as the reference chart has it.
func install(o *op.Op) error {
	from := period.NewDate(2000, 1, 1)
	for use, code := range map[string]string{UseClaim: "1750", UseDebt: "2750", UseIncome: "3910", UseCost: "7520", UseCounterpart: "100", UseResult: "8990", UseYear: "2090", UseEquity: "2010"} {
		if err := SetPosting(o, 0, use, code, from); err != nil {
			return err
		}
	}
	return nil
}
