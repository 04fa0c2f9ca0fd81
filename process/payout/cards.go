package payout

import (
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
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
		{Place: module.Approver, Order: 20, Need: MayReview, Render: mine},
		{Place: module.Contact, Order: 25, Need: MayReview, Render: mine},
	}
}

// shownMost is how many requests of each kind stand on a start page; the list has
// all.
const shownMost = 15

// mine are the requests that the reader may review or approve now, the one that
// is to be paid first at the top; nothing where none are.
func mine(o *op.Op) (templ.Component, error) {
	var rows []ui.WaitRow
	for _, x := range []struct {
		view, act string
		may       func(op.Who, Request) error
	}{{"approve", "Attestera", mayApprove}, {"review", "Sakgranska", mayReview}} {
		page, err := Requests.Run(o, list.Query{View: x.view, Limit: shownMost, NoCount: true})
		if err != nil {
			return nil, err
		}
		for _, r := range page.Rows {
			row, ok, err := waitRow(o, r, x.may)
			if err != nil {
				return nil, err
			}
			if row.Link.Label = text.T(o, x.act); ok {
				rows = append(rows, row)
			}
		}
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return ui.Within(ui.Panel(ui.PanelView{ID: "payouts", Heading: text.T(o, "Utbetalningsunderlag som väntar på dig"),
		Link: ui.Link{Label: text.T(o, "Visa alla"), URL: listURL + "?view=open"}}), ui.Waiting(rows)), nil
}

// waitRow is a request that waits, and whether it waits for the reader. One about
// somebody under protection is not opened for it, since every opening is logged:
// it is told without a name, and the page says who may.
func waitRow(o *op.Op, r list.Row, may func(op.Who, Request) error) (ui.WaitRow, bool, error) {
	value := func(key string) any {
		return r.Values[slices.IndexFunc(Requests.Columns, func(c list.Column) bool { return c.Key == key })]
	}
	payee, _ := value("payee").(string)
	amount, _ := value("amount").(int64)
	number, _ := value("number").(string)
	purpose, _ := value("purpose").(string)
	of, _ := value("client").(string)
	row := ui.WaitRow{Status: ui.Near, Heading: text.F(o, "%s, %s kr", payee, money.Amount(amount)), Text: strings.TrimSuffix(number+" · "+of+" · "+purpose, " · "),
		Link: ui.Link{URL: "/utbetalning/" + r.Key()}}
	if due, ok := value("due").(time.Time); ok {
		row.Note = text.F(o, "betalas %s", period.NewDate(due.Year(), due.Month(), due.Day()))
	}
	if payee == somebodyProtected {
		return row, true, nil
	}
	v, err := Table.GetText(o, r.Key())
	return row, err == nil && may(o.Who, v) == nil, err
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
