package claim

import (
	"net/url"

	"github.com/a-h/templ"

	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/process/payables"
	"kontor/promise/client"
)

func cards() []module.Card {
	return []module.Card{
		{Place: module.Assistant, Order: 35, Need: payables.MayHandle, Side: true, Render: counts},
		{Place: module.Unit, Order: 45, Need: payables.MayRead, Side: true, Render: counts},
		{Place: module.Contact, Order: 55, Need: payables.MayRead, Side: true, Render: counts},
	}
}

// counts are the claims that wait, each count opening its rows; nothing where
// none does.
func counts(o *op.Op) (templ.Component, error) {
	var rows []ui.Fact
	for _, f := range []struct{ label, view string }{{"att besvara", "open"}, {"väntar på kopia", "waiting"}} {
		n, more, err := All.Count(o, list.Query{View: f.view})
		if err != nil {
			return nil, err
		}
		if n == 0 {
			continue
		}
		words := text.Int(n)
		if more {
			words = text.F(o, "mer än %s", text.Int(n))
		}
		rows = append(rows, ui.Fact{Label: text.T(o, f.label), Figure: ui.Figure{Text: words, URL: listURL + "?view=" + f.view, Title: text.T(o, "Visa raderna")}})
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return ui.Within(ui.SideSection(ui.PanelView{ID: "claims", Heading: text.T(o, "Påminnelser och krav"),
		Link: ui.Link{Label: text.T(o, "Alla"), URL: listURL + "?view=all"}}), ui.Facts(rows)), nil
}

// About is how many claims a client's suppliers have sent this year, for the
// client's page.
func About() client.About {
	return client.About{Label: "krav från leverantörer i år", Need: payables.MayRead, Figure: func(o *op.Op, c op.ClientID) (ui.Figure, error) {
		filters := map[string][]string{"client": {c.String()}, "from": {period.YearOf(period.DateOf(o.Now)).First().String()},
			"state": {string(Missing), string(Waiting), string(Open), string(Answered), string(Contested), string(Accepted)}}
		n, _, err := All.Count(o, list.Query{View: "all", Filters: filters})
		return ui.Figure{Text: text.Int(n), URL: listURL + "?view=all&" + url.Values(filters).Encode(), Title: text.T(o, "Visa raderna")}, err
	}}
}
