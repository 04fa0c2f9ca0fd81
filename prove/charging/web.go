package charging

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"

	"kontor/kernel/form"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/kernel/work"
	"kontor/promise/catalogue"
	"kontor/promise/client"
)

const here = "/debitering"

func billURL(c client.Client, m period.Month) string { return here + "/" + c.Code + "/" + m.Key() }

// monthView is the bills of one month, client by client.
type monthView struct {
	head  ui.HeadView
	table ui.TableView
}

func showMonth(o *op.Op, r *http.Request) (web.Answer, error) {
	m := period.MonthOf(period.DateOf(o.Now))
	if key := r.URL.Query().Get("month"); key != "" {
		var err error
		if m, err = month(key); err != nil {
			return web.Answer{}, err
		}
	}
	clients, err := inScope(o, Read)
	if err != nil {
		return web.Answer{}, err
	}
	v := monthView{table: ui.TableView{Caption: text.F(o, "Räkningar för %s", m.Text(text.Lang(o))), Columns: []ui.Col{
		{Label: text.T(o, "Kund")}, {Label: text.T(o, "Poster"), Kind: ui.CellMoney, Secondary: true},
		{Label: text.T(o, "Rättelser"), Kind: ui.CellMoney, Secondary: true}, {Label: text.T(o, "Fasta avgifter"), Kind: ui.CellMoney, Secondary: true},
		{Label: text.T(o, "Summa, kr"), Kind: ui.CellMoney}, {Label: text.T(o, "Läge"), Kind: ui.CellStatus},
	}, Empty: ui.Empty{Heading: text.T(o, "Inga kunder"), Text: text.T(o, "Du har inga kunder i din behörighet. Be systemförvaltningen om du behöver det.")}}}
	all, total, err := bills(o, clients, m)
	if err != nil {
		return web.Answer{}, err
	}
	open := 0
	for i, b := range all {
		row := ui.Row{URL: billURL(clients[i], m), Cells: []ui.Cell{{Text: clients[i].Name}}}
		for _, p := range b.parts {
			cell := ui.Cell{Text: p.String(), URL: row.URL}
			if p == 0 {
				cell = ui.Cell{Text: "–"}
			}
			row.Cells = append(row.Cells, cell)
		}
		row.Cells = append(row.Cells, status(o, b.Bill))
		if b.Closed == nil {
			open++
		}
		v.table.Rows = append(v.table.Rows, row)
	}
	v.table.Foot = []ui.Cell{{Text: text.T(o, "Alla kunder")}}
	for _, t := range total {
		v.table.Foot = append(v.table.Foot, ui.Cell{Text: t.String(), Kind: ui.CellMoney})
	}
	v.table.Foot = append(v.table.Foot, ui.Cell{})
	v.head = monthHead(o, m, total[3], len(clients), open)
	return web.Answer{Title: text.T(o, "Debitering"), Current: here, Body: monthPage(v)}, nil
}

func monthHead(o *op.Op, m period.Month, total money.Amount, clients, open int) ui.HeadView {
	h := ui.HeadView{
		Eyebrow: text.F(o, "Debitering · %s", m.Text(text.Lang(o))),
		Headline: text.F(o, "%s kr till %s", total.String(),
			text.N(o, int64(clients), "%s kund", "%s kunder")),
		Links: []ui.Link{{Label: m.Prev().Text(text.Lang(o)), URL: here + "?month=" + m.Prev().Key()}},
	}
	over := m.Last() < period.DateOf(o.Now)
	switch {
	case open == 0:
		h.Intro = ui.Words(text.T(o, "Månaden är stängd för alla kunder. Det som ändras efteråt kommer som rättelse på nästa räkning."))
	case over:
		h.Intro = ui.Words(text.T(o, "Månaden är slut och räkningarna kan stängas."))
		if _, may := o.Actor.Grants[CloseMonth]; may {
			h.Links = append([]ui.Link{{Label: text.T(o, "Stäng månaden"), URL: "/f/charging.close/" + m.Key()}}, h.Links...)
			h.Primary = true
		}
	default:
		h.Intro = ui.Words(text.T(o, "Månaden pågår. Beloppen är vad som har hanterats hittills och växer tills månaden är slut."))
	}
	if over {
		h.Links = append(h.Links, ui.Link{Label: m.Next().Text(text.Lang(o)), URL: here + "?month=" + m.Next().Key()})
	}
	return h
}

// parted is a bill with the sums of its parts.
type parted struct {
	Bill
	parts [4]money.Amount
}

// bills are the bills of a month, one for each client, and the sums of their parts.
func bills(o *op.Op, clients []client.Client, m period.Month) (all []parted, total [4]money.Amount, err error) {
	book, err := catalogue.Load(o)
	if err != nil {
		return nil, total, err
	}
	months := newCells(op.Scope{All: true})
	if len(clients) == 1 {
		months = newCells(one(clients[0].ID))
	}
	for _, c := range clients {
		b := parted{}
		if b.Bill, err = of(o, book, months, c.ID, m); err != nil {
			return nil, total, err
		}
		if b.parts, err = b.Bill.parts(); err != nil {
			return nil, total, err
		}
		for i, p := range b.parts {
			if total[i], err = total[i].Add(p); err != nil {
				return nil, total, err
			}
		}
		all = append(all, b)
	}
	return all, total, nil
}

// parts are the sums of items, corrections, fees and all.
func (b Bill) parts() (parts [4]money.Amount, err error) {
	at := map[Sort]int{Item: 0, Correction: 1, Fee: 2}
	for _, l := range b.Lines {
		i := at[l.Sort]
		if parts[i], err = parts[i].Add(l.Sum); err != nil {
			return parts, err
		}
	}
	parts[3] = b.Sum
	return parts, nil
}

func status(o *op.Op, b Bill) ui.Cell {
	if b.Closed != nil {
		return ui.Cell{Text: text.T(o, "Stängd"), Status: ui.OK}
	}
	return ui.Cell{Text: text.T(o, "Öppen"), Status: ui.None}
}

// billView is one bill.
type billView struct {
	head  ui.HeadView
	bill  ui.BillView
	notes []ui.Prose
}

// found returns the client and month of the address as the actor may see them,
// and the form of the answer: "", "csv" or "json".
func found(o *op.Op, r *http.Request) (c client.Client, m period.Month, as string, err error) {
	key, as, _ := strings.Cut(r.PathValue("month"), ".")
	if m, err = month(key); err != nil {
		return c, m, as, err
	}
	if c, err = client.ByCode(o, r.PathValue("client")); err != nil {
		return c, m, as, err
	}
	if !o.Actor.May(Read, c.ID) || as != "" && as != "csv" && as != "json" {
		err = errHidden.Because("%s may not see the bill of %s", o.Actor.ID, c.Code)
	}
	return c, m, as, err
}

func showBill(o *op.Op, r *http.Request) (web.Answer, error) {
	c, m, as, err := found(o, r)
	if err != nil {
		return web.Answer{}, err
	}
	b, err := Of(o, c.ID, m)
	if err != nil {
		return web.Answer{}, err
	}
	switch as {
	case "csv":
		return csvOf(o, c, b)
	case "json":
		return jsonOf(c, b)
	}
	v := billView{
		head: ui.HeadView{
			Eyebrow:  text.F(o, "Räkning · %s", m.Text(text.Lang(o))),
			Headline: text.F(o, "%s: %s kr för %s", c.Name, b.Sum.String(), m.Text(text.Lang(o))),
			Links: []ui.Link{
				{Label: text.T(o, "Alla kunder"), URL: here + "?month=" + m.Key()},
				{Label: text.T(o, "Månaden före"), URL: billURL(c, m.Prev())},
				{Label: text.T(o, "Skriv ut"), URL: ui.PrintURL},
				{Label: "CSV", URL: billURL(c, m) + ".csv", Download: true},
				{Label: "JSON", URL: billURL(c, m) + ".json", Download: true},
			},
		},
		bill: Table(o, b),
	}
	v.head.Intro = ui.Words(said(o, b))
	if b.Unpriced != 0 {
		v.notes = append(v.notes, ui.Words(text.F(o, "%s hanterade poster står inte i någon prislista och kostar ingenting.", text.Int(b.Unpriced))))
	}
	for _, k := range b.Keyless {
		v.notes = append(v.notes, ui.Words(text.F(o, "%s är inte med, eftersom fördelningsnyckeln inte är beslutad.", k)))
	}
	return web.Answer{Title: text.F(o, "Räkning %s %s", c.Code, m.Key()), Current: here, Class: "reading", Body: billPage(v)}, nil
}

func said(o *op.Op, b Bill) string {
	if b.Closed != nil {
		return text.F(o, "Stängd %s. Kontrollsumma %s.", web.Moment(b.Closed.At), b.Closed.Hash[:12])
	}
	if b.Month.Last() >= period.DateOf(o.Now) {
		return text.T(o, "Månaden pågår. Räkningen växer tills månaden är slut.")
	}
	return text.T(o, "Månaden är slut men inte stängd än.")
}

// Table is a bill as it is shown; each figure opens what stands behind it.
func Table(o *op.Op, b Bill) ui.BillView {
	v := ui.BillView{Caption: text.F(o, "Räkning för %s", b.Month.Text(text.Lang(o))), SumLabel: text.T(o, "Summa, kr"),
		Sum: ui.Figure{Text: b.Sum.String()}} // the sum of the rows above it
	for _, l := range b.Lines {
		row := ui.BillRow{Label: l.Text, Figure: ui.Figure{Text: l.Sum.String(), URL: l.URL(b.Client), Title: text.T(o, "Visa underlag")}}
		switch l.Sort {
		case Item:
			row.Detail = text.F(o, "%s, %s × %s kr", Channel(o, l.Channel), text.Int(l.Quantity), l.Each.String())
		case Correction:
			row.Detail = text.F(o, "%s, rättelse av %s, %s × %s kr", Channel(o, l.Channel), l.Month, text.Signed(l.Quantity, 0), l.Each.String())
		case Fee:
			row.Detail = text.T(o, "en tolftedel av årets del")
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// Channel is the Swedish word for a channel, within a sentence.
func Channel(o *op.Op, c work.Channel) string {
	return strings.ToLower(text.T(o, form.Word(work.ChannelLabels(), c)))
}

func csvOf(o *op.Op, c client.Client, b Bill) (web.Answer, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma = ';'
	rows := [][]string{{"kund", "månad", "sort", "tjänst", "text", "kanal", "prislista", "antal", "pris", "summa"}}
	for _, l := range b.Lines {
		rows = append(rows, []string{c.Code, l.Month, string(l.Sort), l.Item, l.Text, string(l.Channel), whole(l.Price), whole(l.Quantity), l.Each.Plain(), l.Sum.Plain()})
	}
	for _, row := range rows {
		if strings.ContainsAny(row[4][:min(1, len(row[4]))], "=+-@") { // a spreadsheet would take it for a formula
			row[4] = "'" + row[4]
		}
		if err := w.Write(row); err != nil {
			return web.Answer{}, err
		}
	}
	w.Flush()
	return web.Answer{File: out.Bytes(), Media: "text/csv; charset=utf-8", Name: "rakning-" + c.Code + "-" + b.Month.Key() + ".csv"}, w.Error()
}

func jsonOf(c client.Client, b Bill) (web.Answer, error) {
	body, err := json.MarshalIndent(struct {
		Code  string `json:"code"`
		Month string `json:"month"`
		Bill
	}{c.Code, b.Month.Key(), b}, "", "  ")
	return web.Answer{File: body, Media: "application/json", Name: "rakning-" + c.Code + "-" + b.Month.Key() + ".json"}, err
}

// showFee is the distribution key behind a fixed fee.
func showFee(o *op.Op, r *http.Request) (web.Answer, error) {
	m, err := month(r.PathValue("month"))
	if err != nil {
		return web.Answer{}, err
	}
	book, err := catalogue.Load(o)
	if err != nil {
		return web.Answer{}, err
	}
	names, err := client.Names(o)
	if err != nil {
		return web.Answer{}, err
	}
	for _, f := range book.Fees(book.List(m.First()), int64(m.Year)) {
		if f.Item.Code != r.PathValue("item") {
			continue
		}
		v := monthView{
			head: ui.HeadView{Eyebrow: text.F(o, "Fördelningsnyckel %d", m.Year),
				Headline: text.F(o, "%s: %s kr om året", f.Line.Text, f.Line.Price.String()),
				Intro:    ui.Words(text.F(o, "Varje kund betalar sin del av alla vikter, i tolv delar som tillsammans är årets. Källa: %s.", f.Line.Source))},
			table: ui.TableView{Caption: text.T(o, "Fördelningsnyckel"), Columns: []ui.Col{{Label: text.T(o, "Kund")},
				{Label: text.T(o, "Vikt"), Kind: ui.CellNumber}, {Label: text.T(o, "År, kr"), Kind: ui.CellMoney}, {Label: text.F(o, "%s, kr", m.Text(text.Lang(o))), Kind: ui.CellMoney}}},
		}
		for _, s := range f.Shares {
			v.table.Rows = append(v.table.Rows, ui.Row{Cells: []ui.Cell{{Text: names[s.Client]}, {Text: text.Int(s.Weight)},
				{Text: f.Yearly(s.Client).String()}, {Text: f.Monthly(s.Client, m).String()}}})
		}
		return web.Answer{Title: f.Line.Text, Current: here, Body: monthPage(v)}, nil
	}
	return web.Answer{}, errHidden.Because("no fee %s in %s", r.PathValue("item"), m.Key())
}
