package complaint

import (
	"net/url"

	"github.com/a-h/templ"

	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

func cards() []module.Card {
	return []module.Card{
		{Place: module.Unit, Order: 40, Need: MayInform, Side: true, Render: counts},
		{Place: module.Head, Order: 40, Need: MayRead, Side: true, Render: counts},
		{Place: module.Contact, Order: 50, Need: MayRead, Side: true, Render: counts},
	}
}

// counts are the complaints that are not closed, each count opening its rows.
func counts(o *op.Op) (templ.Component, error) {
	var facts []ui.Fact
	for _, f := range []struct{ label, state string }{{"väntar på chefen", string(New)}, {"under arbete", string(Open)}} {
		filter := map[string][]string{"state": {f.state}}
		n, more, err := All.Count(o, list.Query{View: "all", Filters: filter})
		if err != nil {
			return nil, err
		}
		words := text.Int(n)
		if more {
			words = text.F(o, "mer än %s", text.Int(n))
		}
		facts = append(facts, ui.Fact{Label: text.T(o, f.label),
			Figure: ui.Figure{Text: words, URL: "/l/complaint.all?view=all&" + url.Values(filter).Encode(), Title: text.T(o, "Visa raderna")}})
	}
	return ui.Within(ui.SideSection(ui.PanelView{ID: "complaints", Heading: text.T(o, "Klagomål och synpunkter"),
		Link: ui.Link{Label: text.T(o, "Alla"), URL: "/l/complaint.all?view=all"}}), ui.Facts(facts)), nil
}
