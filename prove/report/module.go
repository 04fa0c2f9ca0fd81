package report

import (
	"kontor/kernel/form"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/web"
)

// Read and Freeze are what can be done with reports.
const (
	Read   op.Permission = "report.read"
	Freeze op.Permission = "report.freeze"
)

// Module is the reports as the program sees them.
func Module() module.Module {
	return module.Module{
		Name: "report", Title: "Rapporter",
		Menu: []module.Item{{Label: "Rapporter", URL: here, Need: Read, Order: 45}},
		Permissions: []module.Permission{
			{Name: Read, Label: "Se tertialrapporten"},
			{Name: Freeze, Label: "Frysa och rätta tertialrapporten"},
		},
		Cards: cards(),
		Forms: []*form.Spec{freezeForm, restateForm},
		Pages: []web.Route{
			{Pattern: "GET " + here, Need: Read, Handle: current},
			{Pattern: "GET " + here + "/{year}/{tertial}", Need: Read, Handle: show},
		},
		Invariants: []module.Invariant{{Name: "report.rows", Label: "Rapportens antal leverantörsfakturor är summan av sina rader", Check: prove}},
	}
}
