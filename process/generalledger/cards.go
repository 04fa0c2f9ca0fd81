package generalledger

import (
	"net/url"

	"github.com/a-h/templ"

	"kontor/kernel/flow"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

func cards() []module.Card {
	return []module.Card{
		{Place: module.Approver, Order: 40, Need: MayApprove, Side: true, Render: waiting(Sent, "ordrar att attestera")},
		{Place: module.Assistant, Order: 60, Need: MayWrite, Side: true, Render: waiting(Draft, "utkast kvar att skicka")},
	}
}

// waiting is how many orders stand in a state, opening them; nothing when none do.
func waiting(state flow.State, words string) func(*op.Op) (templ.Component, error) {
	return func(o *op.Op) (templ.Component, error) {
		filter := map[string][]string{"state": {string(state)}}
		n, more, err := Orders.Count(o, list.Query{View: "all", Filters: filter})
		if err != nil || n == 0 {
			return nil, err
		}
		figure := text.Int(n)
		if more {
			figure = text.F(o, "mer än %s", figure)
		}
		facts := []ui.Fact{{Label: text.T(o, words), Figure: ui.Figure{
			Text: figure, URL: ordersURL + "?view=all&" + url.Values(filter).Encode(), Title: text.T(o, "Visa raderna"),
		}}}
		return ui.Within(ui.SideSection(ui.PanelView{ID: "orders", Heading: text.T(o, "Bokföringsordrar"),
			Link: ui.Link{Label: text.T(o, "Alla"), URL: ordersURL + "?view=all"}}), ui.Facts(facts)), nil
	}
}
