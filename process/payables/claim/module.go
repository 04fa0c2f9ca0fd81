package claim

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/web"
	"kontor/process/payables"
)

// Module is suppliers' claims as the program sees them. Its permissions are those
// of the supplier ledger.
func Module() module.Module {
	return module.Module{
		Name:       "payables.claim",
		Title:      "Påminnelser och krav",
		Menu:       []module.Item{{Label: "Påminnelser och krav", URL: listURL, Need: payables.MayHandle, Order: 61}},
		Activities: []form.Option{{Value: Activity, Label: "Påminnelse, inkassokrav eller kronofogdeärende"}},
		Records:    []module.Record{{Table: Table, Title: "Påminnelse eller krav", URL: "/krav/{id}"}},
		Cards:      cards(),
		Lists:      []*list.Spec{All},
		Forms:      []*form.Spec{New},
		Pages:      []web.Route{web.RecordPage("GET /krav/{id}", Table, say)},
	}
}
