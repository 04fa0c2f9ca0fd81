package treasury

import (
	"net/http"

	"kontor/kernel/db"
	"kontor/kernel/flow"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/kernel/workday"
)

type overviewPage struct {
	Head  ui.HeadView
	Facts []ui.Fact
	Open  ui.TableView
	Links []ui.Link
}

type standing struct {
	State  State
	Count  int64
	Amount money.Amount
}

var underWay = db.Select[standing](`
	SELECT state, count(*) AS count, CAST(sum(amount) AS BIGINT) AS amount
	FROM   treasury_payment
	WHERE  state IN ('filed', 'accepted', 'rejected', 'returned')
	GROUP  BY state
	ORDER  BY state`)

var openEntries = db.Select[int64](`SELECT count(*) FROM treasury_entry WHERE state = 'open'`)

var askedExplanations = db.Select[int64](`SELECT count(*) FROM treasury_explanation WHERE state = 'asked'`)

// showOverview is the page that whoever pays begins at.
func (t *Treasury) showOverview(o *op.Op, _ *http.Request) (web.Answer, error) {
	p := &overviewPage{Head: ui.HeadView{Eyebrow: text.T(o, "Betalningar"), Primary: true, Links: []ui.Link{
		{Label: text.T(o, "Gör ett förslag"), URL: "/f/treasury.propose", Key: "F"}, {Label: text.T(o, "Läs in bankens svar"), URL: "/bankens-svar"}}}}
	if o.Need(MayUrgent) == nil {
		p.Head.Links = append(p.Head.Links, ui.Link{Label: text.T(o, "Ilbetalning"), URL: "/f/treasury.urgent/ny"})
	}
	page, err := Proposals.Run(o, list.Query{View: "open", Limit: 20})
	if err != nil {
		return web.Answer{}, err
	}
	bank, err := Proposals.Run(o, list.Query{View: "bank", Limit: 20})
	if err != nil {
		return web.Answer{}, err
	}
	p.Head.Headline = text.T(o, "Inget förslag väntar på kontroll")
	if n := len(page.Rows); n > 0 {
		p.Head.Headline = text.N(o, int64(n), "%s förslag väntar på att kontrolleras, frisläppas eller bli en fil", "%s förslag väntar på att kontrolleras, frisläppas eller bli filer")
	}
	p.Open = proposalTable(o, append(page.Rows, bank.Rows...))
	if p.Facts, err = t.facts(o); err != nil {
		return web.Answer{}, err
	}
	p.Links = []ui.Link{{Label: text.T(o, "Alla betalningar"), URL: "/l/treasury.payments"}, {Label: text.T(o, "Bankens svar"), URL: "/l/treasury.answers"},
		{Label: text.T(o, "Händelser på våra konton"), URL: "/l/treasury.entries"},
		{Label: text.T(o, "Utredda händelser"), URL: "/l/treasury.explanations"}}
	if o.Need(MayAccount) == nil {
		p.Links = append(p.Links, ui.Link{Label: text.T(o, "Våra bankkonton"), URL: "/l/treasury.accounts"}, ui.Link{Label: text.T(o, "Lägg upp ett bankkonto"), URL: "/f/treasury.account.new"})
	}
	return web.Answer{Title: p.Head.Headline, Current: overview, Body: overviewBody(p)}, nil
}

func proposalTable(o *op.Op, rows []list.Row) ui.TableView {
	v := ui.TableView{Caption: text.T(o, "Förslag"), Columns: []ui.Col{{Label: text.T(o, "Nummer"), Kind: ui.CellCode}, {Label: text.T(o, "Läge"), Kind: ui.CellStatus},
		{Label: text.T(o, "Betalningar"), Kind: ui.CellNumber}, {Label: text.T(o, "Belopp"), Kind: ui.CellMoney}, {Label: text.T(o, "Föreslogs av"), Secondary: true}},
		Empty: ui.Empty{Heading: text.T(o, "Inget förslag pågår"), Text: text.T(o, "Gör ett förslag av det som förfaller."), Link: ui.Link{Label: text.T(o, "Gör ett förslag"), URL: "/f/treasury.propose"}}}
	for _, r := range rows {
		state, _ := Proposals.Value(r, "state").(string)
		n, _ := Proposals.Value(r, "payments").(int64)
		amount, _ := Proposals.Value(r, "amount").(int64)
		number, _ := Proposals.Value(r, "number").(string)
		by, _ := Proposals.Value(r, "proposed").(string)
		word, status := Life.Word(flow.State(state)), ui.Near
		if state == string(AtBank) {
			status = ui.None
		}
		v.Rows = append(v.Rows, ui.Row{URL: "/betalning/" + r.Key(), Cells: []ui.Cell{{Text: number}, {Text: text.T(o, word), Status: status}, {Text: text.Int(n)}, {Text: money.Amount(amount).String()}, {Text: by}}})
	}
	return v
}

// facts are what is under way and what the bank has refused.
func (t *Treasury) facts(o *op.Op) ([]ui.Fact, error) {
	all, err := underWay.All(o)
	if err != nil {
		return nil, err
	}
	var way, wrong standing
	for _, s := range all {
		x := &way
		if s.State == Rejected || s.State == Returned {
			x = &wrong
		}
		x.Count, x.Amount = x.Count+s.Count, x.Amount+s.Amount
	}
	open, err := openEntries.One(o)
	if err != nil {
		return nil, err
	}
	asked, err := askedExplanations.One(o)
	next := workday.Bank.OnOrAfter(today(o).AddDays(1))
	facts := []ui.Fact{
		{Figure: ui.Figure{Text: text.Int(way.Count), URL: "/l/treasury.payments?view=way"}, Label: text.T(o, "betalningar hos banken"), Note: kronor(way.Amount)},
		{Figure: ui.Figure{Text: text.Int(wrong.Count), URL: "/l/treasury.payments?view=wrong"}, Label: text.T(o, "avvisade eller återkomna"), Note: kronor(wrong.Amount)},
		{Figure: ui.Figure{Text: text.Int(open), URL: "/l/treasury.entries?view=open"}, Label: text.T(o, "händelser att reda ut"), Note: text.F(o, "Nästa bankdag är %s", next)},
		{Figure: ui.Figure{Text: text.Int(asked), URL: "/l/treasury.explanations?view=open"}, Label: text.T(o, "förklaringar att attestera")},
	}
	return facts, err
}
