package onboarding

import (
	"net/http"
	"net/url"
	"strconv"

	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/promise/client"
)

// shownMost is how many suppliers stand on the page.
const shownMost = 40

var shapes = map[Step]ui.StatusKind{None: ui.None, Asked: ui.Near, Agreed: ui.Near, Live: ui.OK, Declined: ui.Miss}

// view is a page with two tables.
type view struct {
	Head   ui.HeadView
	Facts  []ui.Definition
	Tables []ui.TableView
}

func percent(part, whole int64) string {
	if whole == 0 {
		return "–"
	}
	return money.Amount(share(part, whole)).String()
}

// showAll says what paper costs, who is worth asking, and how far each client has
// come.
func showAll(o *op.Op, _ *http.Request) (web.Answer, error) {
	worth, by, err := worthAsking(o, shownMost)
	if err != nil {
		return web.Answer{}, err
	}
	all, err := client.All(o)
	if err != nil {
		return web.Answer{}, err
	}
	v := view{}
	var sum sums
	clients := ui.TableView{Caption: text.T(o, "Så kommer varje kunds fakturor in"), Columns: []ui.Col{{Label: text.T(o, "Kund")},
		{Label: text.T(o, "E-fakturor"), Kind: ui.CellNumber, Secondary: true}, {Label: text.T(o, "Skannade och manuella"), Kind: ui.CellNumber, Secondary: true},
		{Label: text.T(o, "E-fakturor, procent"), Kind: ui.CellNumber}, {Label: text.T(o, "Besparing om året, kr"), Kind: ui.CellMoney}}}
	for _, c := range all {
		s, seen := by[c.ID]
		if !seen || s.Electronic+s.Other == 0 {
			continue
		}
		sum.Electronic, sum.Other, sum.Saving = sum.Electronic+s.Electronic, sum.Other+s.Other, sum.Saving+s.Saving
		u := "/l/payables.uses?view=all&client=" + c.ID.String()
		clients.Rows = append(clients.Rows, ui.Row{URL: u, Cells: []ui.Cell{{Text: c.Name}, count(s.Electronic, u), count(s.Other, u),
			{Text: percent(s.Electronic, s.Electronic+s.Other), URL: u}, kronor(s.Saving, u)}})
	}
	v.Head = ui.HeadView{Eyebrow: text.T(o, "Leverantörsfakturor"), Headline: headline(o, sum),
		Links: []ui.Link{{Label: text.T(o, "Alla leverantörer och kunder"), URL: "/l/payables.uses?view=all"}}}
	suppliers := ui.TableView{Caption: text.T(o, "Värda att fråga"), Columns: []ui.Col{{Label: text.T(o, "Leverantör")},
		{Label: text.T(o, "Skannade och manuella"), Kind: ui.CellNumber, Secondary: true}, {Label: text.T(o, "Kunder"), Kind: ui.CellNumber, Secondary: true},
		{Label: text.T(o, "Besparing om året, kr"), Kind: ui.CellMoney}, {Label: text.T(o, "Steg"), Kind: ui.CellStatus, Secondary: true}},
		Empty: ui.Empty{Heading: text.T(o, "Ingen skickar på papper"), Text: text.T(o, "Fakturorna räknas varje natt.")}}
	for _, w := range worth {
		u := here + "/" + w.Supplier.String()
		suppliers.Rows = append(suppliers.Rows, ui.Row{URL: u, Cells: []ui.Cell{{Text: w.SupplierName}, {Text: text.Int(w.Other()), URL: u},
			{Text: text.Int(w.Clients), URL: u}, {Text: w.Saving.String(), URL: u}, {Text: text.T(o, w.Step.Word()), Status: shapes[w.Step]}}})
	}
	v.Tables = []ui.TableView{suppliers, clients}
	return web.Answer{Title: text.T(o, "Över till e-faktura"), Current: here, Body: page(v)}, nil
}

func headline(o *op.Op, s sums) string {
	if s.Other == 0 {
		return text.T(o, "Alla fakturor kommer som e-faktura.")
	}
	return text.F(o, "%s av fakturorna kommer på annat sätt än som e-faktura. Det kostar kunderna %s kr om året.", text.Int(s.Other), s.Saving)
}

// showOne is one supplier: what it sends to each client, and how far it has come.
func showOne(o *op.Op, r *http.Request) (web.Answer, error) {
	s, a, err := askBy(o, r.PathValue("supplier"))
	if err != nil {
		return web.Answer{}, err
	}
	all, err := usesOf.All(o, s.ID)
	if err != nil {
		return web.Answer{}, err
	}
	names, err := client.Names(o)
	if err != nil {
		return web.Answer{}, err
	}
	t := ui.TableView{Caption: text.T(o, "De senaste tolv månaderna"), Columns: []ui.Col{{Label: text.T(o, "Kund")},
		{Label: text.T(o, "E-fakturor"), Kind: ui.CellNumber}, {Label: text.T(o, "Skannade och manuella"), Kind: ui.CellNumber},
		{Label: text.T(o, "Besparing om året, kr"), Kind: ui.CellMoney}},
		Empty: ui.Empty{Heading: text.T(o, "Inga fakturor är räknade än"), Text: text.T(o, "Fakturorna räknas varje natt.")}}
	var saving money.Amount
	for _, u := range all {
		if !o.Actor.May(payables.MayHandle, u.Client) {
			continue
		}
		saving += u.Saving
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: names[u.Client]}, count(u.Electronic, rows(u, string(work.Electronic))), count(u.Other(), rows(u, channels...)),
			kronor(u.Saving, rows(u, channels...))}})
	}
	step := a.Step
	if step == "" {
		step = None
	}
	v := view{Head: ui.HeadView{Eyebrow: text.T(o, "Över till e-faktura"), Headline: text.F(o, "%s: %s kr om året att spara", s.Name, saving)}, Tables: []ui.TableView{t},
		Facts: []ui.Definition{{Term: text.T(o, "Steg"), Text: ui.Words(text.T(o, step.Word())), Status: shapes[step]}}}
	if o.Need(payables.MayRegister) == nil {
		v.Head.Links = []ui.Link{{Label: text.T(o, "Ändra steget"), URL: "/f/payables.ask/" + s.ID.String(), Key: "E"}}
	}
	if a.OnDay != 0 {
		v.Facts = append(v.Facts, ui.Definition{Term: text.T(o, "Sedan"), Text: ui.Words(a.OnDay.String())})
	}
	if a.Note != "" {
		v.Facts = append(v.Facts, ui.Definition{Term: text.T(o, "Anteckning"), Text: ui.Words(a.Note)})
	}
	v.Facts = append(v.Facts, ui.Definition{Term: text.T(o, "Leverantör"), Text: ui.Prose{{Text: s.Name, URL: "/leverantor/" + s.ID.String()}}})
	return web.Answer{Title: s.Name, Current: here, Body: page(v)}, nil
}

// count is a number that opens; none opens nothing.
func count(n int64, u string) ui.Cell {
	if n == 0 {
		return ui.Cell{Text: "–"}
	}
	return ui.Cell{Text: text.Int(n), URL: u}
}

func kronor(a money.Amount, u string) ui.Cell {
	if a == 0 {
		return ui.Cell{Text: "–"}
	}
	return ui.Cell{Text: a.String(), URL: u}
}

// rows are the invoices behind a count.
func rows(u Use, channels ...string) string {
	q := url.Values{"view": {"all"}, "client": {u.Client.String()}, "supplier": {strconv.FormatInt(int64(u.Supplier), 10)}, "channel": channels,
		"arrived_from": {u.First.String()}, "arrived_to": {u.Last.String()}}
	return "/l/payables.invoices?" + q.Encode()
}
