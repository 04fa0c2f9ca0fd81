package indicator

import (
	"kontor/kernel/form"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/web"
)

// Read and Decide are what can be done with indicators.
const (
	Read   op.Permission = "indicator.read"
	Decide op.Permission = "indicator.write"
)

// Module is the indicators as the program sees them.
func Module() module.Module {
	return module.Module{
		Name: "indicator", Title: "Indikatorer",
		Menu: []module.Item{{Label: "Indikatorer", URL: here, Need: Read, Order: 40}},
		Permissions: []module.Permission{
			{Name: Read, Label: "Se indikatorer"},
			{Name: Decide, Label: "Besluta mål för indikatorer"},
		},
		Figures: Figures,
		Forms:   []*form.Spec{targetForm(Figures)},
		Pages: []web.Route{
			{Pattern: "GET " + here, Need: Read, Handle: showAll(Figures)},
			{Pattern: "GET " + here + "/{key}", Need: Read, Handle: showOne(Figures)},
		},
		Cards:   cards(),
		Install: install,
	}
}
