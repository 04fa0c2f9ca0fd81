package payables

import (
	"github.com/a-h/templ"

	"kontor/kernel/flow"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/work"
	"kontor/promise/client"
)

// portalHead says how much waits for the reader's clients.
func portalHead(o *op.Op) (templ.Component, error) {
	clients, err := client.Options(o)
	if err != nil {
		return nil, err
	}
	place := text.N(o, int64(len(clients)), "%s kund", "%s kunder")
	if len(clients) == 1 {
		place = clients[0].Label
	}
	_, theirs, err := opened(o, "all", inStates(nil, Waiting, Coded, Reviewed))
	if err != nil {
		return nil, err
	}
	_, ours, err := opened(o, "all", inStates(nil, Registered, Queried, Held))
	if err != nil {
		return nil, err
	}
	words := text.T(o, "Inga fakturor väntar på er.")
	if theirs > 0 {
		words = text.N(o, theirs, "%s faktura väntar på er.", "%s fakturor väntar på er.")
	}
	if ours > 0 {
		words += " " + text.N(o, ours, "Vi arbetar med %s.", "Vi arbetar med %s.")
	}
	return ui.Head(ui.HeadView{Eyebrow: place + " · " + period.LongDate(period.DateOf(o.Now), text.Lang(o)), Headline: words}), nil
}

// portalWaits is what waits for the client.
func portalWaits(o *op.Op) (templ.Component, error) {
	var rows []ui.WaitRow
	for _, w := range []struct {
		state              flow.State
		heading, text, act string
	}{
		{Waiting, "Vi väntar på svar från er", "Något saknas på fakturorna. Ring oss så löser vi det.", "Visa"},
		{Coded, "Att sakgranska", "Någon hos er ska intyga att varan eller tjänsten har kommit.", "Granska"},
		{Reviewed, "Att attestera", "Attestanten ska godkänna att kostnaden betalas.", "Attestera"},
	} {
		filters := inStates(nil, w.state)
		page, err := Invoices.Run(o, list.Query{View: "all", Filters: filters, Limit: 1})
		if err != nil {
			return nil, err
		}
		f, n, err := opened(o, "all", filters)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			continue
		}
		row := ui.WaitRow{Status: ui.Near, Heading: text.T(o, w.heading), Text: text.T(o, w.text), When: text.N(o, n, "%s faktura", "%s fakturor"),
			Link: ui.Link{Label: text.T(o, "Visa"), URL: f.URL}}
		if may := map[flow.State]op.Permission{Coded: MayReview, Reviewed: MayApprove}[w.state]; may != "" && o.Need(may) == nil {
			row.Link.Label = text.T(o, w.act)
		}
		if len(page.Totals) > 0 {
			row.Note = money.Amount(page.Totals[0]).String() + "\u00a0kr"
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return ui.EmptyState(ui.Empty{Heading: text.T(o, "Inget väntar på er"), Text: text.T(o, "Fakturor som ni ska granska eller attestera visas här."),
			Link: ui.Link{Label: text.T(o, "Alla fakturor"), URL: listURL + "?view=all"}}), nil
	}
	return ui.Within(ui.Panel(ui.PanelView{ID: "payables-waits", Heading: text.T(o, "Väntar på er"),
		Link: ui.Link{Label: text.T(o, "Alla fakturor"), URL: listURL + "?view=all"}}), ui.Waiting(rows)), nil
}

// portalWork is what the office does for the client.
func portalWork(o *op.Op) (templ.Component, error) {
	day := period.DateOf(o.Now)
	monday := day.AddDays(-(int(day.Weekday()) + 6) % 7)
	_, week := day.ISOWeek()
	t := ui.TableView{Caption: text.T(o, "Det här gör vi åt er"), Columns: []ui.Col{{Label: text.T(o, "Tjänst")}}}
	row := ui.Row{Cells: []ui.Cell{{Text: text.T(o, "Leverantörsfakturor")}}}
	for _, x := range []struct {
		label   string
		filters map[string][]string
	}{
		{text.F(o, "Kom in, vecka %d", week), cameIn(monday, day)},
		{text.T(o, "Pågår hos oss"), inStates(nil, Registered, Queried, Held)},
		{text.T(o, "Väntar på er"), inStates(nil, Waiting, Coded, Reviewed)},
	} {
		f, _, err := opened(o, "all", x.filters)
		if err != nil {
			return nil, err
		}
		t.Columns = append(t.Columns, ui.Col{Label: x.label, Kind: ui.CellNumber})
		row.Cells = append(row.Cells, ui.Cell{Text: f.Text, URL: f.URL})
	}
	if o.Need(work.Read) == nil {
		done, err := handled(o)
		if err != nil {
			return nil, err
		}
		for _, d := range done[:2] {
			t.Columns = append(t.Columns, ui.Col{Label: d.Label, Kind: ui.CellNumber, Secondary: true})
			row.Cells = append(row.Cells, ui.Cell{Text: d.Figure.Text, URL: d.Figure.URL})
		}
	}
	t.Rows = []ui.Row{row}
	return ui.Within(ui.Panel(ui.PanelView{ID: "payables-work", Heading: text.T(o, "Det här gör vi åt er")}), ui.Table(t)), nil
}
