package organisation

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/web"
)

// Module is the organisation as the program sees it.
func Module() module.Module {
	return module.Module{
		Name:  "organisation",
		Title: "Organisation",
		Menu:  []module.Item{{Label: "Organisation", URL: "/organisation", Need: "organisation.read", Order: 800}},
		Permissions: []module.Permission{
			{Name: "organisation.read", Label: "Se enheter, roller i processerna och arbetstid per process"},
			{Name: "organisation.write", Label: "Ändra enheter och utse ansvariga för processerna"},
			{Name: "organisation.staff", Label: "Lägga in arbetstid per process och frånvaro"},
		},
		Cards: cards(),
		Lists: []*list.Spec{UnitList, TimeList, LeaveList, RoleList},
		Forms: []*form.Spec{NewUnit, EditUnit, NewTime, EndTime, NewLeave, EndLeave, NewRole, EndRole},
		Pages: []web.Route{
			{Pattern: "GET /organisation", Need: "organisation.read", Handle: showOffice},
			{Pattern: "GET /organisation/arsarbetare", Need: "organisation.read", Handle: showStaffing},
		},
		Invariants: []module.Invariant{{Name: "organisation.full-time",
			Label: "Ingen medarbetare har mer än heltid inlagd på någon dag.", Check: fullTimeHeld}},
	}
}
