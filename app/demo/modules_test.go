package demo

import (
	"kontor/books/coding"
	"kontor/improve/complaint"
	"kontor/kernel/module"
	"kontor/promise/agreement"
	"kontor/promise/catalogue"
	"kontor/promise/client"
	"kontor/promise/leadtime"
	"kontor/promise/organisation"
)

func modules() []module.Module {
	return []module.Module{
		organisation.Module(), client.Module(), catalogue.Module(), agreement.Module(), leadtime.Module(), coding.Module(),
		complaint.Module(),
	}
}
