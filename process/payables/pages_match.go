package payables

import (
	"fmt"
	"net/http"

	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

func channelPages() []web.Route {
	return []web.Route{{Pattern: "GET /abonnemang/{id}", Need: MayRead, Handle: showSubscription}}
}

const subscriptionsURL = "/l/payables.subscriptions"

type usedRow struct {
	Match
	Number string
}

// usedShown is how many invoices the page of a subscription has.
const usedShown = 24

var usedBy = db.Select[usedRow](`
	SELECT m.client, m.id, m.kind, m.record, m.version, m.amount, m.issued, m.settled, m.sample, m.looked_by, m.wrong, m.at, v.number
	FROM   payables_match AS m JOIN payables_invoice AS v ON v.client = m.client AND v.id = m.id
	WHERE  m.client = $1 AND m.record = $2
	ORDER  BY m.id DESC
	LIMIT  $3`)

func showSubscription(o *op.Op, r *http.Request) (web.Answer, error) {
	s, err := findSubscription(o, r.PathValue("id"), MayRead)
	if err != nil {
		return web.Answer{}, err
	}
	buyer, err := client.Get(o, s.Client)
	if err != nil {
		return web.Answer{}, err
	}
	p := &subscriptionPage{Head: ui.HeadView{Eyebrow: text.T(o, "Abonnemang") + " · " + buyer.Name, Headline: s.Name}}
	p.Facts = []ui.Definition{
		{Term: text.T(o, "Leverantör"), Text: ui.Words(s.Supplier)},
		{Term: text.T(o, "Nummer på fakturan"), Text: ui.Words(s.Reference)},
		{Term: text.T(o, "Belopp"), Text: ui.Words(text.F(o, "mellan %s och %s kr utan moms, med %d månader mellan", s.Least, s.Most, s.Months))},
		{Term: text.T(o, "Konteras"), Text: ui.Words(text.F(o, "konto %s, ansvar %s", s.Account, orDash(s.Unit)))},
		{Term: text.T(o, "Gäller"), Text: ui.Words(text.F(o, "%s till %s", s.ValidFrom, s.ValidTo))},
		s.approving(o),
	}
	used, err := usedBy.All(o, s.Client, s.ID, usedShown)
	if err != nil {
		return web.Answer{}, err
	}
	p.Used = ui.TableView{Caption: text.T(o, "Fakturor som stämde"), Columns: []ui.Col{{Label: text.T(o, "Faktura")}, {Label: text.T(o, "Fakturadatum")},
		{Label: text.T(o, "Utan moms, kr")}, {Label: text.T(o, "Läge")}}}
	for _, u := range used {
		word := text.T(o, "Konterad")
		if u.Settled {
			word = text.T(o, "Godkänd utan attest")
		}
		p.Used.Rows = append(p.Used.Rows, ui.Row{URL: "/payables/" + u.Invoice.String(), Cells: []ui.Cell{{Text: u.Number}, {Text: u.Issued.String()},
			{Text: u.Amount.String(), Kind: ui.CellMoney}, {Text: word}}})
	}
	if s.Approves && s.ConfirmedBy == 0 && o.Actor.May(MayApprove, s.Client) {
		p.Links = append(p.Links, ui.Link{Label: text.T(o, "Bekräfta"), URL: "/f/payables.subscription.confirm/" + s.ID.String()})
	}
	if o.Actor.May(MayRegister, s.Client) {
		p.Links = append(p.Links, ui.Link{Label: text.T(o, "Avsluta"), URL: "/f/payables.subscription.end/" + s.ID.String()})
	}
	return web.Answer{Title: s.Name, Current: subscriptionsURL, Class: "reading", Body: subscriptionBody(p)}, nil
}

func (s Subscription) approving(o *op.Op) ui.Definition {
	d := ui.Definition{Term: text.T(o, "Godkännande"), Text: ui.Words(text.T(o, "Konteras. En person granskar och attesterar."))}
	switch {
	case s.Decided():
		d.Status, d.Text = ui.OK, ui.Words(text.F(o, "Godkänns utan attest. Bekräftat %s. %s", web.Moment(s.Confirmed), s.Decision))
	case s.Approves:
		d.Status, d.Text = ui.Near, ui.Words(text.T(o, "Väntar på att en attestant hos kunden bekräftar."))
	}
	return d
}

// routeWords say why an invoice came to its client.
var routeWords = map[string]string{
	"person":       "En person har valt kunden.",
	"reference":    "Referensen ”%s” hör till kunden.",
	"word":         "Ett ord i referensen ”%s” hör till kunden.",
	"subscription": "Kunden har abonnemanget ”%s” hos leverantören.",
	"contract":     "Avtalet ”%s” hör till kunden.",
	"purchase":     "Kunden har gjort beställningen ”%s”.",
	"order":        "Ordernumret ”%s” börjar som kundens.",
	"place":        "Leveransplatsen %s hör till kunden.",
	"address":      "Fakturan skickades till kundens adress %s.",
	"moved":        "Flyttades hit från en annan kund.",
}

// RouteWords says in a sentence by which clue an invoice came to its client; ""
// when nobody knows.
func RouteWords(o *op.Op, clue, code string) string {
	words := routeWords[clue]
	switch clue {
	case "":
		return ""
	case "person", "moved":
		return text.T(o, words)
	}
	return text.F(o, words, code)
}

// channelFacts tell how the invoice came here, where it went, and the signs that
// something may be wrong with it.
func channelFacts(o *op.Op, v Invoice, add func(string, ui.StatusKind, ui.Prose)) error {
	if words := RouteWords(o, v.RoutedBy, v.RoutedCode); words != "" {
		prose := ui.Words(words)
		if v.MovedFrom != 0 {
			prose = append(prose, ui.Piece{Text: " "}, ui.Piece{Text: text.T(o, "Visa den där"), URL: "/payables/" + v.MovedFrom.String()})
		}
		add(text.T(o, "Kom hit för att"), ui.Unmarked, prose)
	}
	if v.MovedTo != 0 {
		add(text.T(o, "Flyttad"), ui.Unmarked, ui.Prose{{Text: text.T(o, "Visa fakturan hos rätt kund"), URL: "/payables/" + v.MovedTo.String()}})
	}
	if v.Score > 0 {
		signs, err := SignsOf(o, v)
		if err != nil {
			return err
		}
		for _, s := range signs {
			add(text.F(o, "Tecken, %d poäng", s.Points), ui.Near, ui.Words(signLabel(o, s.Sign)))
			add(text.T(o, "Underlag"), ui.Unmarked, ui.Words(s.Seen))
		}
	}
	m, ok, err := matchOf.Maybe(o, v.Client, v.ID)
	if err != nil || !ok {
		return err
	}
	prose := ui.Words(text.T(o, "Stämmer med en order."))
	if m.Kind == MatchSubscription {
		prose = ui.Prose{{Text: text.T(o, "Stämmer med abonnemanget"), URL: "/abonnemang/" + id.ID[Subscription](m.Record).String()}}
	}
	if m.Sample && m.LookedBy == 0 && o.Actor.May(MayReview, v.Client) {
		prose = append(prose, ui.Piece{Text: " "}, ui.Piece{Text: text.T(o, "Granska stickprovet"), URL: fmt.Sprintf("/f/payables.sample/%s", v.ID)})
	}
	add(text.T(o, "Avstämd"), ui.Unmarked, prose)
	return nil
}

func signLabel(o *op.Op, c SignCode) string {
	for _, k := range SignKinds {
		if k.Code == c {
			return text.T(o, k.Label)
		}
	}
	return string(c)
}
