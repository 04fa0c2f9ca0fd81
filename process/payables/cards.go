package payables

import (
	"context"
	"strings"
	"time"

	"github.com/a-h/templ"

	"kontor/kernel/flow"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/process/approving"
	"kontor/promise/client"
	"kontor/promise/leadtime"
)

func cards() []module.Card {
	return []module.Card{
		{Place: module.Assistant, Order: -10, Need: MayHandle, Render: assistantHead},
		{Place: module.Assistant, Order: 10, Need: MayHandle, Render: assistantQueue},
		{Place: module.Assistant, Order: 10, Need: MayHandle, Side: true, Render: dayFacts},
		{Place: module.Assistant, Order: 20, Need: MayHandle, Side: true, Render: monthFacts},
		{Place: module.Unit, Order: -10, Need: MayRead, Render: boardHead},
		{Place: module.Unit, Order: 10, Need: MayRead, Render: boardQueue},
		{Place: module.Unit, Order: 10, Need: MayRead, Side: true, Render: boardRisks},
		{Place: module.Head, Order: 10, Need: MayRead, Side: true, Render: standing},
		{Place: module.Contact, Order: -10, Need: MayRead, Render: portalHead},
		{Place: module.Contact, Order: 20, Need: MayRead, Render: portalWaits},
		{Place: module.Contact, Order: 30, Need: MayRead, Render: portalWork},
	}
}

// queueItem is an invoice as a start page needs it.
type queueItem struct {
	Key, Supplier, Number, Text, Client string
	Payable                             money.Amount
	KeepBy, Due                         period.Date
	Days                                int
}

// queue reads the first items of a view by their promise.
func queue(o *op.Op, q list.Query, most int) ([]queueItem, list.Page, error) {
	q.Limit = most
	page, err := Invoices.Run(o, q)
	if err != nil {
		return nil, page, err
	}
	words := map[string]string{}
	for _, s := range Invoices.States {
		words[s.Value] = s.Label
	}
	names, err := client.Names(o)
	if err != nil {
		return nil, page, err
	}
	items := make([]queueItem, len(page.Rows))
	for i, r := range page.Rows {
		payable, _ := Invoices.Value(r, "payable").(int64)
		days, _ := Invoices.Value(r, "keep_by.days").(int64)
		supplier, _ := Invoices.Value(r, "supplier").(string)
		number, _ := Invoices.Value(r, "number").(string)
		situation, _ := Invoices.Value(r, "situation").(string)
		items[i] = queueItem{Key: r.Key(), Supplier: supplier, Number: number, Text: text.T(o, doWords(situation, words)),
			Client: names[r.Client], Payable: money.Amount(payable), Days: int(days), KeepBy: dateOf(Invoices.Value(r, "keep_by")), Due: dateOf(Invoices.Value(r, "due"))}
	}
	return items, page, nil
}

// doWords says what to do with an item rather than what it is.
func doWords(situation string, words map[string]string) string {
	switch situation {
	case string(Registered):
		return "Klar att kontera"
	case string(Coded):
		return "Granska att varan eller tjänsten har kommit"
	case string(Reviewed):
		return "Attestera"
	}
	if l, ok := lacks[Code(situation)]; ok {
		return l.Heading
	}
	return words[situation]
}

// bucket is how near an item is to its promise.
type bucket int

const (
	late bucket = iota
	today
	coming
)

func bucketOf(keep, day period.Date) bucket {
	switch {
	case keep < day:
		return late
	case keep == day:
		return today
	}
	return coming
}

// elapsed counts the promised days that have passed, back from the last one.
func (q queueItem) elapsed(day period.Date) int {
	if q.KeepBy < day {
		return q.Days + leadtime.Calendar.Workdays(q.KeepBy+1, day)
	}
	return max(0, q.Days-leadtime.Calendar.Workdays(day+1, q.KeepBy))
}

func (q queueItem) promised() bool { return q.Days > 0 && q.KeepBy != flow.NoPromise }

// workingQueue is what the assistant works off: own items when there are any,
// else all that waits to be coded.
func workingQueue(o *op.Op, most int) ([]queueItem, list.Page, error) {
	items, page, err := queue(o, list.Query{View: "mine"}, most)
	if err != nil || len(items) > 0 {
		return items, page, err
	}
	return queue(o, list.Query{View: "code"}, most)
}

func assistantHead(o *op.Op) (templ.Component, error) {
	items, page, err := workingQueue(o, list.LimitMax)
	if err != nil {
		return nil, err
	}
	day := period.DateOf(o.Now)
	var n [3]int64
	for _, q := range items {
		n[bucketOf(q.KeepBy, day)]++
	}
	_, week := day.ISOWeek()
	head := ui.HeadView{Eyebrow: text.F(o, "%s, vecka %d", period.LongDate(day, text.Lang(o)), week), Headline: greeting(o) + " " + headline(o, n, page.Count),
		Keys: []ui.KeyHint{{Keys: []string{"J", "K"}, Text: text.T(o, "upp och ned")}, {Keys: []string{"↵"}, Text: text.T(o, "öppna")},
			{Keys: []string{"N"}, Text: text.T(o, "nästa")}, {Keys: []string{"?"}, Text: text.T(o, "alla tangenter")}}}
	return ui.Head(head), nil
}

// greeting is said by the hour in Stockholm.
func greeting(o *op.Op) string {
	name, _, _ := strings.Cut(o.Actor.Name, " ")
	switch hour := o.Now.In(period.Stockholm).Hour(); {
	case hour < 10:
		return text.F(o, "God morgon, %s.", name)
	case hour < 18:
		return text.F(o, "Hej, %s.", name)
	}
	return text.F(o, "God kväll, %s.", name)
}

// headline is the answer to the morning's question.
func headline(ctx context.Context, n [3]int64, all int64) string {
	switch {
	case all <= 0:
		return text.T(ctx, "Kön är tom. Inget väntar på dig.")
	case n[late] > 0 && n[today] > 0:
		return text.N(ctx, n[late], "%s är sen", "%s är sena") + " " + text.N(ctx, n[today], "och %s ska vara klar i dag.", "och %s ska vara klara i dag.")
	case n[late] > 0:
		return text.N(ctx, n[late], "%s är sen. Inget mer ska vara klart i dag.", "%s är sena. Inget mer ska vara klart i dag.")
	case n[today] > 0:
		return text.N(ctx, n[today], "%s ska vara klar i dag. Inget är sent.", "%s ska vara klara i dag. Inget är sent.")
	}
	return text.N(ctx, all, "Inget är sent. %s väntar.", "Inget är sent. %s väntar.")
}

// shownMost is how many rows of a queue stand on a start page.
const shownMost = 40

func assistantQueue(o *op.Op) (templ.Component, error) {
	items, page, err := workingQueue(o, shownMost)
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return ui.Queue(ui.QueueView{Label: text.T(o, "Min kö efter löfte"), Empty: ui.Empty{Heading: text.T(o, "Kön är tom"),
			Text: text.T(o, "Nya fakturor kommer hit när de har lästs in."), Link: ui.Link{Label: text.T(o, "Alla fakturor"), URL: listURL + "?view=all"}}}), nil
	}
	view, err := queueView(o, items, page)
	return templ.Join(nextCard(o, items[0]), ui.Queue(view)), err
}

func nextCard(o *op.Op, q queueItem) templ.Component {
	kicker := text.T(o, "Nästa i din kö")
	if q.promised() {
		kicker = text.F(o, "Nästa i din kö · lovad %s", period.LongDate(q.KeepBy, text.Lang(o)))
	}
	return ui.NextCard(ui.NextView{Kicker: kicker, Heading: text.F(o, "%s, faktura %s, %s kr", q.Supplier, q.Number, q.Payable),
		Text: q.Text + ". " + q.Client + ".", URL: "/payables/" + q.Key, Label: text.T(o, "Öppna nästa"), Key: "N"})
}

// queueView groups a queue by nearness to the promise.
func queueView(o *op.Op, items []queueItem, page list.Page) (ui.QueueView, error) {
	day := period.DateOf(o.Now)
	groups := [3]ui.QueueGroup{{Status: ui.Miss, Word: text.T(o, "Sen"), Note: ui.Words(text.T(o, "lovad före i dag"))},
		{Status: ui.Near, Word: text.T(o, "I dag")}, {Status: ui.OK, Word: text.T(o, "Kommande")}}
	for i, q := range items {
		b := bucketOf(q.KeepBy, day)
		row := ui.QueueRow{Title: q.Supplier, Number: q.Number, Text: q.Text, Client: q.Client, Amount: q.Payable.String(),
			URL: "/payables/" + q.Key, Current: i == 0, Status: ui.None}
		if q.promised() {
			row.Elapsed, row.Promised = q.elapsed(day), q.Days
			row.Status = ui.PromiseStatus(row.Elapsed, row.Promised)
		}
		groups[b].Rows = append(groups[b].Rows, row)
	}
	view := ui.QueueView{Label: text.T(o, "Min kö efter löfte")}
	here := listURL + "?view=" + page.Query.View
	for i := range groups {
		g := &groups[i]
		if len(g.Rows) == 0 {
			continue
		}
		var err error
		if g.Count, _, err = opened(o, page.Query.View, bucket(i).when(day)); err != nil {
			return view, err
		}
		view.Groups = append(view.Groups, *g)
	}
	if last := len(view.Groups) - 1; page.Count > int64(len(items)) || page.More {
		view.Groups[last].More = ui.Link{Label: text.F(o, "Visa alla %s", text.Int(page.Count)), URL: here}
	}
	return view, nil
}

// dayFacts are the day in some figures, each opening onto its rows.
func dayFacts(o *op.Op) (templ.Component, error) {
	day := period.DateOf(o.Now)
	var facts []ui.Fact
	for _, x := range []struct {
		label, view string
		filters     map[string][]string
	}{
		{"kom in i dag", "all", cameIn(day, day)},
		{"att kontera", "code", nil},
		{"saknar beställare", "reference", nil},
		{"stoppade", "held", nil},
	} {
		f, _, err := opened(o, x.view, x.filters)
		if err != nil {
			return nil, err
		}
		facts = append(facts, ui.Fact{Figure: f, Label: text.T(o, x.label)})
	}
	return ui.Within(ui.SideSection(ui.PanelView{ID: "payables-day", Heading: text.T(o, "Leverantörsfakturor")}), ui.Facts(facts)), nil
}

// dateOf is the civil date that a database gave as midnight in UTC.
func dateOf(v any) period.Date {
	t, ok := v.(time.Time)
	if !ok {
		return 0
	}
	return period.NewDate(t.Year(), t.Month(), t.Day())
}

func boardRisks(o *op.Op) (templ.Component, error) {
	n, _, err := Invoices.Count(o, list.Query{View: "today"})
	if err != nil {
		return nil, err
	}
	held, _, err := Invoices.Count(o, list.Query{View: "held"})
	if err != nil || n+held == 0 {
		return nil, err
	}
	var rows []ui.RiskRow
	if n > 0 {
		rows = append(rows, ui.RiskRow{Figure: ui.Figure{Text: text.Int(n), URL: listURL + "?view=today"}, Heading: text.T(o, "Leverantörsfakturor bryter löftet i dag"),
			Text: text.T(o, "De är inte konterade än. Flytta arbete hit eller tala med kunden.")})
	}
	if held > 0 {
		rows = append(rows, ui.RiskRow{Figure: ui.Figure{Text: text.Int(held), URL: listURL + "?view=held"}, Heading: text.T(o, "Fakturor är stoppade"),
			Text: text.T(o, "Dubbletter och spärrade leverantörer. En person föreslår och en annan avgör.")})
	}
	return ui.Within(ui.Panel(ui.PanelView{ID: "payables-risk", Heading: text.T(o, "Behöver dig")}), ui.Risks(rows)), nil
}

// waits are the invoices that wait for the actor's review or approval.
func waits(o *op.Op, state flow.State, most int) ([]approving.Item, int64, error) {
	items, page, err := queue(o, list.Query{View: "approve", Filters: map[string][]string{"state": {string(state)}}}, most)
	var rows []approving.Item
	for _, q := range items {
		do := text.T(o, "Granska")
		if state == Reviewed {
			do = text.T(o, "Attestera")
		}
		row := approving.Item{Key: q.Key, Due: q.Due, WaitRow: ui.WaitRow{Status: ui.Near, Heading: text.F(o, "%s, %s kr", q.Supplier, q.Payable), Text: text.F(o, "Faktura %s. %s.", q.Number, q.Client),
			Link: ui.Link{Label: do, URL: "/payables/" + q.Key}}}
		switch day := period.DateOf(o.Now); {
		case q.Due.IsZero():
		case q.Due < day:
			row.Status, row.When, row.Note = ui.Miss, text.T(o, "har förfallit"), q.Due.String()
		default:
			row.Note = text.F(o, "förfaller %s", q.Due.String())
		}
		rows = append(rows, row)
	}
	return rows, page.Count, err
}
