package payout

import (
	"github.com/a-h/templ"

	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

// todo is a view of the list that somebody works off.
type todo struct{ label, view string }

func cards() []module.Card {
	office := waiting(todo{"utkast och underlag på väg", "open"}, todo{"konton att bekräfta", "accounts"})
	return []module.Card{
		{Place: module.Assistant, Order: 37, Need: MayWrite, Side: true, Render: office},
		{Place: module.Unit, Order: 47, Need: MayRead, Side: true, Render: office},
		{Place: module.Contact, Order: 25, Need: MayReview, Render: mine},
	}
}

// shownMost is how many requests of each kind stand on a start page; the list has
// all.
const shownMost = 15

// mine are the requests that the reader may review or approve now; nothing where
// none are.
func mine(o *op.Op) (templ.Component, error) {
	w, err := toApprove(o, shownMost)
	if err != nil {
		return nil, err
	}
	var rows []ui.WaitRow
	for _, x := range append(w.Approve, w.Review...) {
		rows = append(rows, x.WaitRow)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return ui.Within(ui.Panel(ui.PanelView{ID: "payouts", Heading: text.T(o, "Utbetalningsunderlag som väntar på dig"),
		Link: ui.Link{Label: text.T(o, "Visa alla"), URL: listURL + "?view=open"}}), ui.Waiting(rows)), nil
}

// waiting are how many requests wait, each count opening its rows; nothing where
// none do.
func waiting(all ...todo) func(*op.Op) (templ.Component, error) {
	return func(o *op.Op) (templ.Component, error) {
		var rows []ui.Fact
		for _, x := range all {
			n, more, err := Requests.Count(o, list.Query{View: x.view})
			if err != nil {
				return nil, err
			}
			if n == 0 {
				continue
			}
			words := text.Int(n)
			if more {
				words = text.F(o, "mer än %s", words)
			}
			rows = append(rows, ui.Fact{Label: text.T(o, x.label), Figure: ui.Figure{Text: words, URL: listURL + "?view=" + x.view, Title: text.T(o, "Visa raderna")}})
		}
		if len(rows) == 0 {
			return nil, nil
		}
		return ui.Within(ui.SideSection(ui.PanelView{ID: "payouts", Heading: text.T(o, "Utbetalningsunderlag"),
			Link: ui.Link{Label: text.T(o, "Alla"), URL: listURL + "?view=all"}}), ui.Facts(rows)), nil
	}
}
