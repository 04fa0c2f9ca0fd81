package charging

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/web"
)

// Read and CloseMonth are what can be done with bills.
const (
	Read       op.Permission = "charging.read"
	CloseMonth op.Permission = "charging.close"
)

// Module is charging as the program sees it.
func Module() module.Module {
	return module.Module{
		Name: "charging", Title: "Debitering",
		Menu: []module.Item{{Label: "Debitering", URL: "/debitering", Need: Read, Order: 50}},
		Permissions: []module.Permission{
			{Name: Read, Label: "Se kundens räkning"},
			{Name: CloseMonth, Label: "Stänga en månads räkningar"},
		},
		Lists: []*list.Spec{Closed},
		Forms: []*form.Spec{closeForm},
		Cards: cards(),
		Pages: []web.Route{
			{Pattern: "GET /debitering", Need: Read, Handle: showMonth},
			{Pattern: "GET /debitering/{client}/{month}", Need: Read, Handle: showBill},
			{Pattern: "GET /debitering/avgift/{item}/{month}", Need: Read, Handle: showFee},
		},
		Invariants: []module.Invariant{{Name: "charging.closed", Label: "Varje stängd räkning är som den stängdes", Check: verify}},
	}
}
