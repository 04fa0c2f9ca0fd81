package agreement

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/web"
)

// Module is the agreements as the program sees them.
func Module() module.Module {
	return module.Module{
		Name:  "agreement",
		Title: "Serviceavtal",
		Menu:  []module.Item{{Label: "Serviceavtal", URL: "/l/agreement.agreements", Need: "agreement.read", Order: 610}},
		Permissions: []module.Permission{
			{Name: "agreement.read", Label: "Se serviceavtal, gränssnitt och avvikelser"},
			{Name: "agreement.write", Label: "Skriva, skicka och återkalla serviceavtal och svara på intresse"},
			{Name: "agreement.sign", Label: "Teckna serviceavtal för kunden"},
			{Name: "agreement.end", Label: "Avsluta serviceavtal i förtid"},
			{Name: "agreement.deviate", Label: "Godkänna och avsluta avvikelser för en kund"},
			{Name: "agreement.duties", Label: "Ändra gränssnittet, vem som gör vad"},
			{Name: "agreement.interest", Label: "Anmäla intresse för tilläggstjänster"},
		},
		Records: []module.Record{{Table: Table, Title: "Serviceavtal", URL: "/avtal/{id}"}},
		Cards:   cards(),
		Lists:   []*list.Spec{Agreements, DeviationList, DutyList, InterestList},
		Forms: []*form.Spec{BeginForm, ExtendForm, PromiseForm, ServiceForm, TermsForm, DeviationForm, DeviationEnd, InterestForm,
			AnswerForm, DutyForm, DutyEnd},
		Pages:   []web.Route{{Pattern: "GET /avtal/{id}", Need: "agreement.read", Handle: show}},
		Install: install,
	}
}
