package agreement

import (
	"github.com/a-h/templ"

	"kontor/kernel/id"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/promise/client"
	"kontor/promise/leadtime"
)

func cards() []module.Card {
	return []module.Card{{Place: module.Contact, Order: 20, Need: "agreement.read", Side: true, Render: inForce}}
}

// mostClients is for how many clients a start page says what is promised.
const mostClients = 3

// inForce is what the agreements of the reader's clients promise today.
func inForce(o *op.Op) (templ.Component, error) {
	options, err := client.Options(o)
	if err != nil || len(options) == 0 || len(options) > mostClients {
		return nil, err
	}
	book, err := leadtime.Load(o)
	if err != nil {
		return nil, err
	}
	var all []templ.Component
	for _, x := range options {
		a, ok, err := Current(o, id.Known[op.Client](x.Value), period.DateOf(o.Now))
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		panel := ui.PanelView{ID: "agreement-" + x.Value, Heading: text.T(o, "Avtalet lovar"), Link: ui.Link{Label: text.F(o, "Avtal %s", a.Number), URL: a.URL()}}
		if len(options) > 1 {
			panel.Heading = text.F(o, "Avtalet lovar %s", x.Label)
		}
		bill := ui.BillView{Caption: panel.Heading, SumLabel: text.T(o, "Gäller till och med"), Sum: ui.Figure{Text: a.Last().String()}}
		for _, p := range a.Promises {
			bill.Rows = append(bill.Rows, ui.BillRow{Label: book.Name(p.Service),
				Figure: ui.Figure{Text: text.N(o, p.Days, "%s arbetsdag", "%s arbetsdagar"), URL: eventsURL(a, p), Title: text.T(o, "Visa vad som har hanterats")}})
		}
		all = append(all, ui.Within(ui.SideSection(panel), ui.Bill(bill)))
	}
	if len(all) == 0 {
		return nil, nil
	}
	return templ.Join(all...), nil
}
