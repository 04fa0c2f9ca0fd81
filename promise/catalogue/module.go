package catalogue

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/web"
)

// Module is the catalogue as the program sees it.
func Module() module.Module {
	return module.Module{
		Name:  "catalogue",
		Title: "Tjänster och priser",
		Menu:  []module.Item{{Label: "Prislista", URL: "/prislista", Need: "catalogue.read", Order: 620}},
		Permissions: []module.Permission{
			{Name: "catalogue.read", Label: "Se tjänster och beslutade priser"},
			{Name: "catalogue.write", Label: "Förbereda förslag till prislista"},
			{Name: "catalogue.decide", Label: "Registrera nämndens beslut om priser och fördelningsnycklar"},
		},
		Lists: []*list.Spec{Lines},
		Forms: []*form.Spec{BeginDraft, SetPrice, DecideDraft, ShareFee},
		Pages: []web.Route{
			{Pattern: "GET /prislista", Need: "catalogue.read", Handle: showPrices},
			{Pattern: "GET /prislista/forslag/{id}", Need: "catalogue.write", Handle: showDraft},
		},
		Invariants: []module.Invariant{{Name: "catalogue.priced",
			Label: "Varje händelse med en prislista pekar på en lista som gällde när den räknades.", Check: held}},
		Install: install,
	}
}
