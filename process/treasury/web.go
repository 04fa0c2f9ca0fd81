package treasury

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"kontor/books/ledger"
	"kontor/kernel/audit"
	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

// overview is the menu item that the pages belong to.
const overview = "/betalningar"

func (t *Treasury) pages() []web.Route {
	return []web.Route{
		{Pattern: "GET /betalningar", Need: MayHandle, Handle: t.showOverview},
		{Pattern: "GET /betalning/{id}", Need: MayHandle, Handle: t.showProposal},
		{Pattern: "GET /betalning/{id}/fil", Need: MayHandle, Handle: t.download},
		{Pattern: "GET /betalning-rad/{id}", Need: MayRead, Handle: t.showPayment},
		{Pattern: "POST /betalning-rad/{id}/{step}", Need: MayHandle, Handle: t.movePayment},
		{Pattern: "GET /bankens-svar", Need: MayHandle, Handle: showUpload},
		{Pattern: "POST /bankens-svar", Need: MayHandle, Upload: true, Handle: t.upload},
		{Pattern: "GET /bankens-svar/{id}", Need: MayHandle, Handle: showAnswer},
		{Pattern: "GET /bankens-svar/{id}/original", Need: MayHandle, Handle: originalAnswer},
		{Pattern: "GET /kontohandelse/{id}", Need: MayHandle, Handle: t.showEntry},
		web.RecordPage("GET /utredning/{id}", t.Explanations, t.sayExplanation),
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func kronor(a money.Amount) string { return a.String() + "\u00a0kr" }

// stateWord is how the state of a payment is shown.
func stateWord(s State) (word string, kind ui.StatusKind) {
	return form.Word(paymentStates, s), ui.StatusOf(paymentShapes[string(s)])
}

func (t *Treasury) showProposal(o *op.Op, r *http.Request) (web.Answer, error) {
	p, err := t.Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	page, err := t.proposalPage(o, &p)
	if err != nil {
		return web.Answer{}, err
	}
	bar, err := web.Actions(o, Life.Name, p.ID.String(), p.Version, t.Table.Buttons(o, p))
	if err != nil {
		return web.Answer{}, err
	}
	for i := range bar.Buttons {
		bar.Buttons[i].Quiet = bar.Buttons[i].Step == "withdraw"
	}
	return web.Answer{Title: page.Head.Headline, Current: overview, Body: proposalBody(page), Actions: bar}, nil
}

func (t *Treasury) download(o *op.Op, r *http.Request) (web.Answer, error) {
	key, err := id.Parse[Proposal](r.PathValue("id"))
	if err != nil {
		return web.Answer{}, errNoProposal.Because("%w", err)
	}
	f, ok, err := t.Fetch(o, key)
	if err == nil && !ok {
		err = errNoFile
	}
	return web.Answer{File: f.Bytes, Media: "application/xml", Name: f.Name}, err
}

func (t *Treasury) movePayment(o *op.Op, r *http.Request) (web.Answer, error) {
	key, err := id.Parse[Payment](r.PathValue("id"))
	if err != nil {
		return web.Answer{}, errNoPayment.Because("%w", err)
	}
	version, err := strconv.ParseInt(r.FormValue("version"), 10, 64)
	if err != nil {
		return web.Answer{}, errOldPayment.Because("%w", err)
	}
	one, ok, err := paymentByID.Maybe(o, key)
	if err != nil || !ok {
		return web.Answer{}, errNoPayment.Because("payment %s: %w", key, err)
	}
	back := web.See("/betalning/"+one.Proposal.String(), text.T(o, "Sparat."))
	switch r.PathValue("step") {
	case "kontroll":
		return back, t.Control(o, key, version, r.FormValue("note"))
	case "bort":
		return back, t.Exclude(o, key, version, r.FormValue("note"))
	}
	return web.Answer{}, errNoPayment.Because("no step %s", r.PathValue("step"))
}

func (t *Treasury) showPayment(o *op.Op, r *http.Request) (web.Answer, error) {
	key, err := id.Parse[Payment](r.PathValue("id"))
	if err != nil {
		return web.Answer{}, errNoPayment.Because("%w", err)
	}
	p, err := Load(o, key)
	if err != nil {
		return web.Answer{}, err
	}
	buyer, err := client.Get(o, p.Client)
	if err != nil {
		return web.Answer{}, err
	}
	word, status := stateWord(p.State)
	page := &paymentPage{Head: ui.HeadView{Eyebrow: text.F(o, "Betalning till %s", p.PayeeName), Headline: t.paymentHeadline(o, &p)}, Status: status, Word: text.T(o, word)}
	page.Facts = []ui.Definition{
		{Term: text.T(o, "Belopp"), Text: ui.Words(kronor(p.Amount))},
		{Term: text.T(o, "Kund"), Text: ui.Words(buyer.Name)},
		{Term: text.T(o, "Konto"), Text: ui.Words(p.Scheme + " " + p.Number)},
		{Term: text.T(o, "Referens"), Text: ui.Words(cmp.Or(p.OCR, p.Message))},
		{Term: text.T(o, "Betalningsdag"), Text: ui.Words(p.Execute.String())},
		{Term: text.T(o, "Bankens referens"), Text: ui.Words(p.EndToEnd)},
	}
	if !p.Paid.IsZero() {
		page.Facts = append(page.Facts, ui.Definition{Term: text.T(o, "Betald enligt banken"), Text: ui.Words(p.Paid.String())})
	}
	if o.Actor.May(MayHandle, 0) {
		page.Facts = append(page.Facts, ui.Definition{Term: text.T(o, "Förslag"), Text: ui.Prose{{Text: text.T(o, "Visa förslaget"), URL: "/betalning/" + p.Proposal.String()}}})
	}
	if p.CheckedBy != 0 {
		page.Facts = append(page.Facts, ui.Definition{Term: text.T(o, "Kontrollerad av"), Text: ui.Words(p.CheckedName + ", " + web.Moment(p.Checked) + " " + p.CheckNote)})
	}
	page.Parts = t.partTable(o, &p)
	if page.Vouchers, err = voucherProse(o, &p); err != nil {
		return web.Answer{}, err
	}
	rows, err := audit.Of(o, p.Client, int64(p.ID))
	for _, x := range rows {
		page.History = append(page.History, ui.HistoryLine{Time: web.Moment(x.At), Who: x.Name, Text: strings.TrimSpace(text.T(o, paymentSteps[x.Step]) + " " + x.Note)})
	}
	return web.Answer{Title: page.Head.Headline, Current: "/l/treasury.payments", Body: paymentBody(page)}, err
}

var paymentSteps = map[string]string{"dropped": "Föll bort:", "withdrawn": "Togs tillbaka:", "status": "Banken svarade:", "paid": "Betalades enligt", "returned": "Kom tillbaka:",
	"booked": "Bokfördes i", "explained": "Utreddes:", "unexplained": "Utredningen vändes:"}

func (t *Treasury) paymentHeadline(o *op.Op, p *Payment) string {
	switch p.State {
	case Paid:
		if p.Amount == 0 {
			return text.T(o, "Kvittad mot kreditfakturor, inget gick till banken")
		}
		return text.F(o, "%s betalades %s", kronor(p.Amount), p.Paid)
	case Rejected, Returned, Fell, Withdrawn:
		return text.F(o, "%s betalades inte: %s", kronor(p.Amount), p.Reason)
	case Filed, Accepted:
		return text.F(o, "%s är hos banken och betalas %s", kronor(p.Amount), p.Execute)
	case Proposed, Released:
	}
	return text.F(o, "%s ska betalas %s", kronor(p.Amount), p.Execute)
}

func (t *Treasury) partTable(o *op.Op, p *Payment) ui.TableView {
	v := ui.TableView{Caption: text.T(o, "Det här betalas"), Columns: []ui.Col{{Label: text.T(o, "Dokument")}, {Label: text.T(o, "Förfaller"), Kind: ui.CellDate},
		{Label: text.T(o, "Belopp"), Kind: ui.CellMoney}, {Label: text.T(o, "Skatteavdrag"), Kind: ui.CellMoney, Secondary: true}}}
	for _, x := range p.Parts {
		url := t.opens(o, x.Kind, x.Document)
		v.Rows = append(v.Rows, ui.Row{URL: url, Cells: []ui.Cell{{Text: x.Number}, {Text: x.Due.String()}, {Text: x.Amount.String()}, {Text: x.Withheld.String()}}})
	}
	return v
}

// voucherProse links to what has been posted of a payment.
func voucherProse(o *op.Op, p *Payment) (ui.Prose, error) {
	if o.Need("ledger.read") != nil {
		return nil, nil
	}
	all, err := ledger.OfDocument(o, p.Client, int64(p.ID))
	var links ui.Prose
	add := func(label string, v ledger.ID) {
		if len(links) > 0 {
			links = append(links, ui.Piece{Text: ", "})
		}
		links = append(links, ui.Piece{Text: label, URL: ledger.URL(v)})
	}
	for i := range all {
		add(all[i].Label(), all[i].ID)
	}
	for _, v := range []int64{p.Booked, p.Returned} {
		if v != 0 {
			add(text.T(o, "pengarna på kontot"), ledger.ID(v))
		}
	}
	return links, err
}

func showUpload(o *op.Op, _ *http.Request) (web.Answer, error) {
	head := ui.HeadView{Eyebrow: text.T(o, "Betalningar"), Headline: text.T(o, "Läs in bankens svar"),
		Intro: ui.Words(text.T(o, "Svar på betalningsfiler (pain.002) och kontoutdrag (camt.053, camt.054). Samma fil igen ändrar ingenting."))}
	return web.Answer{Title: head.Headline, Current: overview, Class: "narrow",
		Body: uploadBody(head, []ui.Link{{Label: text.T(o, "Alla svar"), URL: "/l/treasury.answers"}, {Label: text.T(o, "Händelser på våra konton"), URL: "/l/treasury.entries"}})}, nil
}

func (t *Treasury) upload(o *op.Op, r *http.Request) (web.Answer, error) {
	files, err := web.NeedUploads(r, "files")
	if err != nil {
		return web.Answer{}, err
	}
	var last Answer
	for _, f := range files {
		if last, _, err = t.Read(o, f.Name, f.Content); err != nil {
			return web.Answer{}, err
		}
	}
	return web.See("/bankens-svar/"+last.ID.String(), text.T(o, "Filen är inläst.")), nil
}

func answerOf(o *op.Op, text string) (Answer, error) {
	key, err := id.Parse[Answer](text)
	if err != nil {
		return Answer{}, errNoAnswer.Because("%w", err)
	}
	a, ok, err := answerByID.Maybe(o, key)
	if err == nil && !ok {
		err = errNoAnswer.Because("no answer %s", key)
	}
	return a, err
}

var errNoAnswer = fault.New(fault.NotFound, "TRE-008", "Filen från banken finns inte. Sök upp den i listan.")

func showAnswer(o *op.Op, r *http.Request) (web.Answer, error) {
	a, err := answerOf(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	entries, err := entriesOf.All(o, a.ID)
	if err != nil {
		return web.Answer{}, err
	}
	head := ui.HeadView{Eyebrow: text.F(o, "Bankens svar, %s, lästes in %s", a.Kind, web.Moment(a.Received)), Headline: answerHeadline(o, a),
		Links: []ui.Link{{Label: text.T(o, "Hämta filen"), URL: "/bankens-svar/" + a.ID.String() + "/original", Download: true}}}
	page := &answerPage{Head: head}
	if a.Note != "" {
		page.Notes = strings.Split(a.Note, "\n")
	}
	page.Table = ui.TableView{Caption: text.T(o, "Händelser på kontot"), Columns: []ui.Col{{Label: text.T(o, "Bokförd"), Kind: ui.CellDate}, {Label: text.T(o, "Läge")},
		{Label: text.T(o, "Bankens referens"), Kind: ui.CellCode}, {Label: text.T(o, "Belopp"), Kind: ui.CellMoney}, {Label: text.T(o, "Att se efter")}}}
	for i, e := range entries {
		if i == shownMost {
			page.Table.Links = []ui.Link{{Label: text.F(o, "Alla %d händelser", len(entries)), URL: "/l/treasury.entries?answer=" + a.ID.String()}}
			break
		}
		page.Table.Rows = append(page.Table.Rows, ui.Row{URL: entryURL(e), Cells: []ui.Cell{{Text: e.Booked.String()}, {Text: text.T(o, form.Word(entryStates, e.State))}, {Text: e.Ref}, {Text: e.Amount.String()}, {Text: e.Note}}})
	}
	return web.Answer{Title: head.Headline, Current: overview, Body: answerBody(page)}, nil
}

func answerHeadline(o *op.Op, a Answer) string {
	words := text.N(o, a.Matched, "Banken sade något nytt om %s betalning", "Banken sade något nytt om %s betalningar")
	if a.Matched == 0 {
		words = text.T(o, "Banken sade inget nytt om våra betalningar")
	}
	return words
}

func originalAnswer(o *op.Op, r *http.Request) (web.Answer, error) {
	a, err := answerOf(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	b, err := blob.Get(o, a.Hash)
	return web.Answer{File: b.Content, Media: "application/xml", Name: fmt.Sprintf("%s-%s.xml", a.Kind, a.ID)}, err
}

// today is the day of the operation.
func today(o *op.Op) period.Date { return period.DateOf(o.Now) }
