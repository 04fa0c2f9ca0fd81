package payout

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Module is the payout requests as the program sees them.
func Module() module.Module {
	return module.Module{
		Name: "payout", Title: "Utbetalningsunderlag",
		Menu: []module.Item{{Label: "Utbetalningsunderlag", URL: listURL, Need: MayRead, Order: 63}},
		Permissions: []module.Permission{
			{Name: MayRead, Label: "Se utbetalningsunderlag"},
			{Name: MayWrite, Label: "Skriva utbetalningsunderlag"},
			{Name: MayCheck, Label: "Bekräfta mottagares konton och avgöra om ett underlag är en dubblett"},
			{Name: MayReview, Label: "Sakgranska utbetalningsunderlag"},
			{Name: MayApprove, Label: "Attestera utbetalningsunderlag"},
			{Name: MayVoid, Label: "Makulera utbetalningsunderlag"},
			{Name: MayPay, Label: "Stoppa och släppa betalningar av utbetalningsunderlag"},
		},
		Activities: []form.Option{{Value: ActivityVoided, Label: "Makulerat utbetalningsunderlag"}},
		Records:    []module.Record{{Table: Table, Title: "Utbetalningsunderlag", URL: "/utbetalning/{id}"}},
		Lists:      []*list.Spec{Requests},
		Pages:      pages(),
		Cards:      cards(),
		Invariants: invariants(),
		Install:    install,
	}
}

// install sets what approved requests are owed on, as the reference chart has it.
func install(o *op.Op) error {
	return SetPosting(o, 0, "2515", period.NewDate(2000, 1, 1))
}
