package leadtime

import (
	"kontor/kernel/list"
	"kontor/kernel/module"
)

// Module is the lead times as the program sees them.
func Module() module.Module {
	return module.Module{
		Name:  "leadtime",
		Title: "Ledtider",
		Permissions: []module.Permission{
			{Name: "leadtime.read", Label: "Se vilka ledtider som är lovade"},
		},
		Lists: []*list.Spec{ServiceList, Promises},
		Invariants: []module.Invariant{{Name: "leadtime.held",
			Label: "Varje händelse med löfte pekar på ett avtal som gällde när posten kom.", Check: held}},
		Install: install,
	}
}
