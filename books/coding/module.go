package coding

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/web"
)

// Module is the code plan as the program sees it.
func Module() module.Module {
	return module.Module{
		Name:  "coding",
		Title: "Kodplan",
		Menu:  []web.Item{{Label: "Kodplan", URL: "/l/coding.values", Need: "coding.read", Order: 720}},
		Permissions: []module.Permission{
			{Name: "coding.read", Label: "Se kodplanen och konteringsreglerna"},
			{Name: "coding.write", Label: "Lägga upp, ändra och stänga koder och konteringsregler"},
		},
		Lists:   []*list.Spec{Values, Rules},
		Forms:   []*form.Spec{ValueForm, RuleForm},
		Install: Install,
	}
}
