package treasury

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
)

// Module is payments out as the program sees them.
func (t *Treasury) Module() module.Module {
	return module.Module{
		Name:  Module,
		Title: "Betalningar",
		Menu: []module.Item{
			{Label: "Betalningar", URL: overview, Need: MayHandle, Order: 30},
			{Label: "Betalda till leverantörer", URL: "/l/treasury.payments", Need: MayRead, Order: 31},
			{Label: "Bankens svar", URL: "/l/treasury.answers", Need: MayHandle, Order: 32},
			{Label: "Våra bankkonton", URL: "/l/treasury.accounts", Need: MayAccount, Order: 65},
		},
		Permissions: []module.Permission{
			{Name: MayRead, Label: "Se betalningar till leverantörer"},
			{Name: MayHandle, Label: "Föreslå betalningar, kontrollera stickprov, göra bankfiler och läsa in bankens svar"},
			{Name: MayRelease, Label: "Frisläppa betalningar som någon annan har föreslagit, och attestera vad någon annan har sagt om händelser på våra konton"},
			{Name: MayUrgent, Label: "Föreslå ilbetalningar samma dag"},
			{Name: MayAccount, Label: "Sköta våra bankkonton"},
		},
		Records:    []module.Record{{Table: t.Table, Title: "Betalningsförslag", URL: "/betalning/{id}"}, {Table: t.Explanations, Title: "Utredning av händelse", URL: "/utredning/{id}"}},
		Lists:      []*list.Spec{Proposals, Payments, Answers, Entries, Explanations, OwnAccounts},
		Forms:      []*form.Spec{t.proposeForm(), t.urgentForm(), t.explainForm(), NewAccountForm, EditAccount},
		Pages:      t.pages(),
		Invariants: invariants(),
	}
}

const home = "/l/treasury.proposals"
