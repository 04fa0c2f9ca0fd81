package payables

import (
	"net/url"

	"github.com/a-h/templ"

	"kontor/kernel/flow"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/work"
)

// opened counts the rows of a view as a figure that opens onto exactly them.
func opened(o *op.Op, view string, filters map[string][]string) (ui.Figure, int64, error) {
	n, more, err := Invoices.Count(o, list.Query{View: view, Filters: filters})
	words := text.Int(n)
	if more {
		words = text.F(o, "mer än %s", words)
	}
	at := listURL + "?view=" + view
	if len(filters) > 0 {
		at += "&" + url.Values(filters).Encode()
	}
	return ui.Figure{Text: words, URL: at, Title: text.T(o, "Visa raderna")}, n, err
}

// when narrows a view to what is as near its promise as a bucket.
func (b bucket) when(day period.Date) map[string][]string {
	switch b {
	case late:
		return map[string][]string{"keep_by": {(day - 1).String()}}
	case today:
		return map[string][]string{"keep_from": {day.String()}, "keep_by": {day.String()}}
	}
	return map[string][]string{"keep_from": {(day + 1).String()}}
}

func inStates(filters map[string][]string, states ...flow.State) map[string][]string {
	all := map[string][]string{}
	for k, v := range filters {
		all[k] = v
	}
	for _, s := range states {
		all["state"] = append(all["state"], string(s))
	}
	return all
}

// cameIn is what arrived from first to last.
func cameIn(first, last period.Date) map[string][]string {
	return map[string][]string{"arrived_from": {first.String()}, "arrived_to": {last.String()}}
}

// boardHead is the board's answer and the day in some figures.
func boardHead(o *op.Op) (templ.Component, error) {
	day := period.DateOf(o.Now)
	_, late, err := opened(o, "all", inStates(late.when(day), Registered))
	if err != nil {
		return nil, err
	}
	risk, due, err := opened(o, "today", nil)
	if err != nil {
		return nil, err
	}
	came, _, err := opened(o, "all", cameIn(day, day))
	if err != nil {
		return nil, err
	}
	queued, _, err := opened(o, "all", inStates(nil, Registered, Waiting, Queried, Held))
	if err != nil {
		return nil, err
	}
	done, err := handled(o)
	if err != nil {
		return nil, err
	}
	words := text.T(o, "Allt som är lovat till i dag är klart.")
	switch {
	case late > 0 && due > late:
		words = text.N(o, late, "%s faktura är sen", "%s fakturor är sena") + " " + text.N(o, due-late, "och %s bryter löftet i dag om den inte konteras.", "och %s bryter löftet i dag om de inte konteras.")
	case late > 0:
		words = text.N(o, late, "%s faktura är sen. Resten hinns med i dag.", "%s fakturor är sena. Resten hinns med i dag.")
	case due > 0:
		words = text.N(o, due, "%s faktura bryter löftet i dag om den inte konteras.", "%s fakturor bryter löftet i dag om de inte konteras.")
	}
	head := ui.HeadView{Eyebrow: text.F(o, "Tavlan · %s", period.LongDate(day, text.Lang(o))), Headline: words}
	facts := append([]ui.Fact{{Label: text.T(o, "Kom in i dag"), Figure: came}, {Label: text.T(o, "I kön nu"), Figure: queued},
		{Label: text.T(o, "Sena eller lovade i dag"), Figure: risk}}, done[1:]...)
	return templ.Join(ui.Head(head), ui.Strip(facts)), nil
}

// handled is what has become ready this month: how many, how many within the
// promise, how many without a person.
func handled(o *op.Op) ([]ui.Fact, error) {
	day := period.DateOf(o.Now)
	m := period.MonthOf(day)
	read, err := report.Read(o, o.Actor.Grants[work.Read], m, 0) // as the rows behind are read
	if err != nil {
		return nil, err
	}
	cells := read.All
	all := report.Measure{Process: Process, Activities: []string{Activity}}
	kept, promised := all, all
	kept.Of, promised.Of = report.Kept, report.Promised
	var alone int64
	for i := range cells {
		if c := &cells[i]; c.Automated && all.Covers(c) {
			alone += c.Quantity
		}
	}
	rows := all.Rows(m, 0)
	auto := all.Rows(m, 0)
	auto.Filters["automated"] = []string{"true"}
	month := period.MonthName(m.Month, text.Lang(o))
	figure := func(s string, q list.Query) ui.Figure {
		return ui.Figure{Text: s, URL: report.RowsURL(q), Title: text.T(o, "Visa raderna")}
	}
	return []ui.Fact{
		{Label: text.F(o, "Klara i %s", month), Figure: figure(text.Int(all.Sum(cells)), rows)},
		{Label: text.F(o, "Inom löftet i %s", month), Figure: figure(text.Percent(kept.Sum(cells), promised.Sum(cells), 1), kept.Rows(m, 0))},
		{Label: text.F(o, "Konterade utan person i %s", month), Figure: figure(text.Percent(alone, all.Sum(cells), 1), auto)},
	}, nil
}

// monthFacts are the same figures beside a queue.
func monthFacts(o *op.Op) (templ.Component, error) {
	if o.Need(work.Read) != nil {
		return nil, nil
	}
	facts, err := handled(o)
	if err != nil {
		return nil, err
	}
	m := period.MonthOf(period.DateOf(o.Now))
	month := text.Capital(period.MonthName(m.Month, text.Lang(o)))
	for i, label := range []string{"klara", "inom löftet", "konterade utan person"} {
		facts[i].Label = text.T(o, label)
	}
	return ui.Within(ui.SideSection(ui.PanelView{ID: "payables-month", Heading: month, Aside: text.T(o, "hittills")}), ui.Facts(facts)), nil
}

// boardQueue is the queue step by step, by nearness to the promise where the
// promise runs with us.
func boardQueue(o *op.Op) (templ.Component, error) {
	day := period.DateOf(o.Now)
	t := ui.TableView{Caption: text.T(o, "Leverantörsfakturor steg för steg"), Columns: []ui.Col{{Label: text.T(o, "Steg")}, {Label: text.T(o, "Alla"), Kind: ui.CellNumber},
		{Label: text.T(o, "Sena"), Kind: ui.CellNumber}, {Label: text.T(o, "I dag"), Kind: ui.CellNumber}, {Label: text.T(o, "Senare"), Kind: ui.CellNumber}}}
	for _, s := range []struct {
		state flow.State
		ours  bool // the promise runs
	}{{Registered, true}, {Held, true}, {Waiting, false}, {Queried, false}, {Coded, false}, {Reviewed, false}} {
		row := ui.Row{Cells: []ui.Cell{{Text: text.T(o, Life.Word(s.state))}}}
		for _, filter := range []map[string][]string{nil, late.when(day), today.when(day), coming.when(day)} {
			if filter != nil && !s.ours {
				row.Cells = append(row.Cells, ui.Cell{Text: "–"})
				continue
			}
			f, n, err := opened(o, "all", inStates(filter, s.state))
			if err != nil {
				return nil, err
			}
			cell := ui.Cell{Text: f.Text, URL: f.URL}
			if n == 0 {
				cell.URL = ""
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return ui.Within(ui.Panel(ui.PanelView{ID: "payables-steps", Heading: text.T(o, "Leverantörsfakturor steg för steg"),
		Aside: text.T(o, "löftet vilar medan kunden har fakturan")}), ui.Table(t)), nil
}

// standing is how the supplier invoices stand, for the head.
func standing(o *op.Op) (templ.Component, error) {
	day := period.DateOf(o.Now)
	var facts []ui.Fact
	for _, x := range []struct {
		label   string
		filters map[string][]string
	}{
		{"sena", inStates(late.when(day), Registered)},
		{"ska klaras i dag", inStates(today.when(day), Registered)},
		{"hos kunden", inStates(nil, Waiting, Coded, Reviewed)},
		{"stoppade", inStates(nil, Held)},
	} {
		f, _, err := opened(o, "all", x.filters)
		if err != nil {
			return nil, err
		}
		facts = append(facts, ui.Fact{Label: text.T(o, x.label), Figure: f})
	}
	return ui.Within(ui.SideSection(ui.PanelView{ID: "payables-now", Heading: text.T(o, "Leverantörsfakturor just nu")}), ui.Facts(facts)), nil
}
