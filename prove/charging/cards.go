package charging

import (
	"github.com/a-h/templ"

	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

func cards() []module.Card {
	return []module.Card{
		{Place: module.Head, Order: 30, Need: Read, Side: true, Render: sofar},
		{Place: module.Contact, Order: 10, Need: Read, Side: true, Render: sofar},
	}
}

// sofar is what this month costs until now: the whole bill of a reader with one
// client, the sum of all bills for the others.
func sofar(o *op.Op) (templ.Component, error) {
	clients, err := inScope(o, Read)
	if err != nil || len(clients) == 0 {
		return nil, err
	}
	m := period.MonthOf(period.DateOf(o.Now))
	all, total, err := bills(o, clients, m)
	if err != nil {
		return nil, err
	}
	url := here + "?month=" + m.Key()
	note := text.N(o, int64(len(clients)), "%s kund", "till %s kunder, med fasta avgifter")
	if len(clients) == 1 {
		url, note = billURL(clients[0], m), clients[0].Name
	}
	panel := ui.PanelView{ID: "bill", Heading: text.F(o, "Räkningen för %s", period.MonthName(m.Month, text.Lang(o))), Aside: text.T(o, "hittills")}
	body := []templ.Component{ui.BigFigure(ui.Fact{Figure: ui.Figure{Text: total[3].String() + "\u00a0kr", URL: url, Title: text.T(o, "Visa räkningen")}, Note: note})}
	if len(all) == 1 {
		body = append(body, ui.Bill(short(o, all[0].Bill)))
	}
	return ui.Within(ui.SideSection(panel), body...), nil
}

// short is a bill for the narrow column: the quantity without its price.
func short(o *op.Op, b Bill) ui.BillView {
	v := Table(o, b)
	for i, l := range b.Lines {
		v.Rows[i].Detail = ""
		if l.Sort == Item {
			v.Rows[i].Detail = text.F(o, "%s st", text.Int(l.Quantity))
		}
	}
	return v
}
