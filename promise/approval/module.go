package approval

import (
	"kontor/kernel/form"
	"kontor/kernel/module"
)

// Module is the register of approvers as the program sees it.
func Module() module.Module {
	return module.Module{
		Name:    "approval",
		Title:   "Attestförteckning",
		Menu:    []module.Item{{Label: "Attestförteckning", URL: registerURL, Need: MayRead, Order: 61}},
		Records: []module.Record{{Table: Table, Title: "Attestförteckning", URL: "/attestforteckning/version/{id}"}},
		Forms:   []*form.Spec{BeginForm, RowForm, StandInForm, EndStandInForm, TieForm, SettingForm},
		Pages:   pages(),
		Permissions: []module.Permission{
			{Name: MayRead, Label: "Se attestförteckningen: vem som får granska och attestera"},
			{Name: MayWrite, Label: "Skriva utkast till attestförteckning och utse ersättare"},
			{Name: MayDecide, Label: "Föra in nämndens beslut om attestförteckning"},
			{Name: MayOwn, Label: "Utse ersättare för sig själv och anmäla jäv"},
		},
	}
}
