package demo

import (
	"kontor/kernel/module"
	"kontor/promise/leadtime"
)

func modules() []module.Module {
	return []module.Module{leadtime.Module()}
}
