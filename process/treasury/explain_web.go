package treasury

import (
	"cmp"
	"net/http"
	"strings"

	"kontor/books/ledger"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

// entryPage is one entry of the bank: what it says, what it may be, and what
// somebody has said that it is.
type entryPage struct {
	Head  ui.HeadView
	Facts []ui.Definition
	Maybe ui.TableView
	Said  ui.TableView
}

// entryURL is the page of an entry.
func entryURL(e Entry) string { return "/kontohandelse/" + e.ID.String() }

func (t *Treasury) showEntry(o *op.Op, r *http.Request) (web.Answer, error) {
	e, err := entryOfText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	account, err := AccountOf(o, e.Account)
	if err != nil {
		return web.Answer{}, err
	}
	p := &entryPage{Head: ui.HeadView{Eyebrow: text.F(o, "Händelse på %s, %s", account.Name, e.Booked), Headline: entryHeadline(o, e)}}
	p.Facts = []ui.Definition{
		{Term: text.T(o, "Belopp"), Text: ui.Words(kronor(e.Amount))},
		{Term: text.T(o, "Läge"), Text: ui.Words(text.T(o, form.Word(entryStates, e.State))), Status: ui.StatusOf(entryShapes[e.State])},
		{Term: text.T(o, "Bankens referens"), Text: ui.Words(e.Ref)},
		{Term: text.T(o, "Text"), Text: ui.Words(e.Text)},
		{Term: text.T(o, "Att se efter"), Text: ui.Words(e.Note)},
		{Term: text.T(o, "Kom i filen"), Text: ui.Prose{{Text: e.Kind, URL: "/bankens-svar/" + e.Answer.String()}}},
	}
	if e.State == EntryOpen || e.State == EntryOther {
		p.Head.Links, p.Head.Primary = []ui.Link{{Label: text.T(o, "Förklara"), URL: "/f/treasury.explain/" + e.ID.String(), Key: "F"}}, e.State == EntryOpen
		if p.Maybe, err = t.maybe(o, e, account); err != nil {
			return web.Answer{}, err
		}
	}
	p.Said, err = t.said(o, e)
	return web.Answer{Title: p.Head.Headline, Current: overview, Body: entryBody(p)}, err
}

func entryHeadline(o *op.Op, e Entry) string {
	way := text.F(o, "%s in", kronor(e.Amount))
	if e.Amount < 0 {
		way = text.F(o, "%s ut", kronor(-e.Amount))
	}
	switch e.State {
	case EntryOpen:
		return text.F(o, "%s: banken säger inte vad det är", way)
	case EntryAsked:
		return text.F(o, "%s: förklaringen ska attesteras", way)
	case EntryOther:
		return text.F(o, "%s: ingen av våra betalningar", way)
	case EntryExplained:
		return text.F(o, "%s: utredd", way)
	case EntryReturned:
		return text.F(o, "%s: en betalning som kom tillbaka", way)
	}
	return text.F(o, "%s: betalt", way)
}

// maybe are the payments that an entry may be about, and the entries that take it
// out; each leads to the form with itself filled in.
func (t *Treasury) maybe(o *op.Op, e Entry, a Account) (v ui.TableView, err error) {
	ask, amount := maybeIn, e.Amount
	if e.Amount < 0 {
		ask, amount = maybeOut, -e.Amount
	}
	payments, err := ask.All(o, a.ID, amount)
	if err != nil {
		return v, err
	}
	pairs, err := maybePair.All(o, a.ID, e.Kind, -e.Amount)
	if err != nil {
		return v, err
	}
	names, err := client.Names(o)
	v = ui.TableView{Caption: text.T(o, "Det kan vara"), Columns: []ui.Col{{Label: text.T(o, "Vad")}, {Label: text.T(o, "Kund"), Secondary: true}, {Label: text.T(o, "Dag"), Kind: ui.CellDate}, {Label: text.T(o, "Läge")}}}
	to := "/f/treasury.explain/" + e.ID.String() + "."
	for i := range payments {
		p := &payments[i]
		word, _ := stateWord(p.State)
		v.Rows = append(v.Rows, ui.Row{URL: to + p.EndToEnd, Cells: []ui.Cell{{Text: text.F(o, "Betalningen till %s", p.PayeeName)}, {Text: names[p.Client]}, {Text: p.Execute.String()}, {Text: text.T(o, word)}}})
	}
	for _, x := range pairs {
		v.Rows = append(v.Rows, ui.Row{URL: to + x.ID.String(), Cells: []ui.Cell{{Text: text.F(o, "Banken har tagit tillbaka det: %s", cmp.Or(x.Ref, x.Text))}, {}, {Text: x.Booked.String()}, {Text: text.T(o, form.Word(entryStates, x.State))}}})
	}
	return v, err
}

// said is what has been said of an entry, the latest first.
func (t *Treasury) said(o *op.Op, e Entry) (ui.TableView, error) {
	v := ui.TableView{Caption: text.T(o, "Förklaringar"), Columns: []ui.Col{{Label: text.T(o, "Förklaring")}, {Label: text.T(o, "Läge"), Kind: ui.CellStatus}, {Label: text.T(o, "Skrevs av")}, {Label: text.T(o, "Attesterades av")}}}
	keys, err := explainedBy.All(o, e.ID)
	for i := len(keys) - 1; err == nil && i >= 0; i-- {
		var x Explanation
		if x, err = t.Explanations.Get(o, keys[i]); err != nil {
			break
		}
		l := ExplanationLife.Label(x.State)
		v.Rows = append(v.Rows, ui.Row{URL: "/utredning/" + x.ID.String(), Cells: []ui.Cell{{Text: x.Reason}, {Text: text.T(o, l.Word), Status: ui.StatusOf(l.Kind)}, {Text: x.WriterName}, {Text: x.ApproverName}}})
	}
	return v, err
}

// sayExplanation is what the page of an explanation shows of it.
func (t *Treasury) sayExplanation(o *op.Op, x Explanation) (s web.Shown, err error) {
	names, err := client.Names(o)
	if err != nil {
		return s, err
	}
	s = web.Shown{Eyebrow: text.F(o, "Utredning av %s, %s", kronor(x.Amount), x.Of.Booked), Headline: x.Reason, Current: overview,
		Links: []ui.Link{{Label: text.T(o, "Visa händelsen"), URL: entryURL(x.Of)}}}
	add := func(term string, p ui.Prose) {
		if len(p) > 0 {
			s.Facts = append(s.Facts, ui.Definition{Term: text.T(o, term), Text: p})
		}
	}
	add("Vad är det?", ui.Words(text.T(o, form.Word(explanationKinds, x.Kind))))
	add("Kund", ui.Words(names[x.Owner]))
	if !x.Payment.IsZero() {
		add("Betalning", ui.Prose{{Text: x.Paying.PayeeName + ", " + kronor(x.Paying.Amount), URL: "/betalning-rad/" + x.Payment.String()}})
	}
	if !x.Pair.IsZero() {
		add("Händelsen som tar ut den", ui.Prose{{Text: x.Pair.String(), URL: "/kontohandelse/" + x.Pair.String()}})
	}
	if x.Line.Account != "" && x.Line.Amount != 0 {
		l := x.Line
		add("Kontering", ui.Words(strings.Join(strings.Fields(l.Account+" "+l.Unit+" "+l.Activity+" "+l.Project+" "+l.Counterpart), " ")+": "+kronor(l.Amount)))
	}
	add("Skrevs av", ui.Words(x.WriterName))
	add("Attesterades av", ui.Words(x.ApproverName))
	if !x.Voucher.IsZero() && o.Actor.May("ledger.read", x.VoucherClient) {
		add("Bokfört", ui.Prose{{Text: text.T(o, "Visa verifikationen"), URL: ledger.URL(x.Voucher)}})
	}
	if x.State == Asked {
		if why := CheckExplanation(x); why != nil {
			s.Parts = append(s.Parts, web.Text{Heading: text.T(o, "Kan inte attesteras nu"), Text: text.F(o, fault.Of(why).Text, fault.Of(why).Args...)})
		}
	}
	return s, nil
}
