package payables

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/fault"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

// The pages of somebody who approves on a phone: what waits for him, one card
// for each with what matters, and the next one after it.
func approverPages() []web.Route {
	return []web.Route{
		{Pattern: "GET /attest", Need: MayApprove, Handle: showWaiting},
		{Pattern: "GET /attest/{id}", Need: MayApprove, Handle: showCard},
		{Pattern: "POST /attest/{id}/approve", Need: MayApprove, Handle: approveCard},
	}
}

// mineMost is how many invoices are looked at to find those that the actor may
// approve; the list has all.
const mineMost = 100

// minesToApprove are the invoices that the actor may approve now, by promise.
func minesToApprove(o *op.Op) ([]Invoice, error) {
	items, _, err := queue(o, list.Query{View: "approve", Filters: map[string][]string{"state": {string(Reviewed)}}, NoCount: true}, mineMost)
	if err != nil {
		return nil, err
	}
	var mine []Invoice
	for _, q := range items {
		v, err := Table.GetText(o, q.Key)
		if err != nil {
			return nil, err
		}
		if mayApprove(o.Who, v) == nil {
			mine = append(mine, v)
		}
	}
	return mine, nil
}

func showWaiting(o *op.Op, _ *http.Request) (web.Answer, error) {
	mine, err := minesToApprove(o)
	if err != nil {
		return web.Answer{}, err
	}
	head := ui.HeadView{Eyebrow: text.T(o, "Attest"), Headline: text.N(o, int64(len(mine)), "%s faktura väntar på dig", "%s fakturor väntar på dig")}
	if len(mine) == 0 {
		head.Headline = text.T(o, "Ingenting väntar på din attest")
	}
	names, err := client.Names(o)
	if err != nil {
		return web.Answer{}, err
	}
	var rows []ui.WaitRow
	for _, v := range mine {
		row := ui.WaitRow{Status: ui.Near, Heading: text.F(o, "%s, %s kr", v.SupplierName, v.Payable), Text: names[v.Client],
			Link: ui.Link{Label: text.T(o, "Läs"), URL: cardURL(v.ID)}}
		if !v.Due.IsZero() {
			row.Note = text.F(o, "förfaller %s", v.Due)
			if v.Due < period.DateOf(o.Now) {
				row.Status, row.When = ui.Miss, text.T(o, "har förfallit")
			}
		}
		rows = append(rows, row)
	}
	return web.Answer{Title: head.Headline, Current: "/", Class: "narrow", Body: waitingBody(head, rows, ui.Link{Label: text.T(o, "Alla att granska och attestera"), URL: listURL + "?view=approve"})}, nil
}

func cardURL(key ID) string { return "/attest/" + key.String() }

// card is one invoice as its approver reads it.
type card struct {
	Head  ui.HeadView
	Facts []ui.Definition
	Whole ui.Link
}

func showCard(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	if v.State != Reviewed {
		return web.Answer{Location: "/payables/" + v.ID.String()}, nil
	}
	c, err := cardOf(o, v)
	if err != nil {
		return web.Answer{}, err
	}
	b := ui.Button{Step: "approve", Label: text.T(o, "Attestera"), Key: "G", URL: cardURL(v.ID) + "/approve", Version: v.Version, Recommended: true}
	bar := &ui.ActionsView{Next: ui.Link{Label: text.T(o, "Nästa"), URL: "/attest", Key: "N"}}
	if next, ok, err := nextMine(o, v.ID); err != nil {
		return web.Answer{}, err
	} else if ok {
		bar.Next.URL = cardURL(next)
	}
	if why := mayApprove(o.Who, v); why != nil {
		f := fault.Of(why)
		b.Closed, b.Recommended, b.Why = true, false, text.F(o, f.Text, f.Args...)
	}
	bar.Buttons = []ui.Button{b}
	return web.Answer{Title: c.Head.Headline, Current: "/", Class: "narrow", Body: cardBody(c), Actions: bar}, nil
}

func nextMine(o *op.Op, after ID) (ID, bool, error) {
	mine, err := minesToApprove(o)
	if err != nil {
		return 0, false, err
	}
	at := slices.IndexFunc(mine, func(v Invoice) bool { return v.ID == after })
	switch {
	case at+1 < len(mine):
		return mine[at+1].ID, true, nil
	case at > 0:
		return mine[0].ID, true, nil
	}
	return 0, false, nil
}

func cardOf(o *op.Op, v Invoice) (*card, error) {
	buyer, err := client.Get(o, v.Client)
	if err != nil {
		return nil, err
	}
	plan, err := coding.Load(o, v.Client)
	if err != nil {
		return nil, err
	}
	c := &card{Head: ui.HeadView{Eyebrow: text.T(o, "Attestera") + " · " + buyer.Name, Headline: text.F(o, "%s, %s kr", v.SupplierName, v.Payable)},
		Whole: ui.Link{Label: text.T(o, "Läs hela fakturan"), URL: "/payables/" + v.ID.String()}}
	add := func(term string, s ui.StatusKind, words ...string) {
		if words = slices.DeleteFunc(words, func(s string) bool { return s == "" }); len(words) > 0 {
			c.Facts = append(c.Facts, ui.Definition{Term: text.T(o, term), Text: ui.Words(strings.Join(words, " ")), Status: s})
		}
	}
	add("Gäller", ui.Unmarked, bought(o, v))
	var coded []string
	for _, l := range v.Coding {
		coded = append(coded, inWords(o, plan, l))
	}
	add("Konteras", ui.Unmarked, strings.Join(coded, "; ")+".")
	if a, ok := holding(v, "review"); ok {
		add("Sakgranskad", ui.OK, text.F(o, "av %s %s", a.Name, web.Moment(a.At)))
	}
	if x := v.Occasion; x.Purpose != "" {
		add("Syfte", ui.Unmarked, x.Purpose)
		add("Deltagare", ui.Unmarked, strings.Join(strings.Split(strings.TrimSpace(x.Participants), "\n"), "; "))
	}
	for _, f := range v.Findings {
		if f.State == FindingReturned {
			continue
		}
		add("Att veta", ui.Near, text.T(o, lacks[f.Code].Heading)+".", f.Answer)
	}
	if !v.Due.IsZero() {
		s := ui.Unmarked
		if v.Due < period.DateOf(o.Now) {
			s = ui.Miss
		}
		add("Förfaller", s, v.Due.String())
	}
	if a, err := approveRight(o.Who, v); err == nil {
		words := text.F(o, "Din attesträtt, upp till %s kr.", a.Most)
		if a.Substitute() {
			words = text.F(o, "Du är ersättare för %s, upp till %s kr.", a.ForName, a.Most)
		}
		add("Rätt", ui.Unmarked, words)
	}
	return c, nil
}

// bought is what the first lines of the document say.
func bought(o *op.Op, v Invoice) string {
	s, _, err := sheet(o, v, nil)
	if err != nil || s == nil {
		return text.F(o, "faktura %s", v.Number)
	}
	var names []string
	for _, l := range s.Lines {
		if len(names) == 3 {
			names = append(names, text.N(o, int64(len(s.Lines)-3), "och %s rad till", "och %s rader till"))
			break
		}
		names = append(names, l.Name)
	}
	return strings.Join(names, ", ")
}

// inWords is a coded line as a sentence of names.
func inWords(o *op.Op, plan *coding.Plan, l coding.Line) string {
	said := func(s coding.Segment, code string) string {
		if name := plan.Name(s, code); name != "" {
			return name + " (" + code + ")"
		}
		return code
	}
	words := said(coding.Account, l.Account)
	if l.Unit != "" {
		words = text.F(o, "%s på %s", words, said(coding.Unit, l.Unit))
	}
	if l.Project != "" {
		words += ", " + said(coding.Project, l.Project)
	}
	return words + " " + l.Amount.String() + " kr"
}

// approveCard approves and goes on with the next.
func approveCard(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	version, err := strconv.ParseInt(r.FormValue("version"), 10, 64)
	if err != nil {
		return web.Answer{}, errOld.Because("%w", err)
	}
	next, more, err := nextMine(o, v.ID)
	if err != nil {
		return web.Answer{}, err
	}
	if _, err := Table.Take(o, v.ID, "approve", version, nil); err != nil {
		return web.Answer{}, err
	}
	done := text.F(o, "Du attesterade %s, %s kr.", v.SupplierName, v.Payable)
	if !more {
		return web.See("/attest", done), nil
	}
	return web.See(cardURL(next), done), nil
}
