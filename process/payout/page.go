package payout

import (
	"net/http"
	"slices"

	"kontor/books/coding"
	"kontor/books/coding/sheet"
	"kontor/books/ledger"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/process/treasury"
	"kontor/promise/client"
)

type requestView struct {
	Head     ui.HeadView
	Problem  string // what keeps a draft from being sent
	Findings ui.FindingsView
	Coding   ui.TableView
	Payee    []ui.Definition
	Facts    []ui.Definition
	Attached []ui.AttachmentView
	History  []ui.HistoryLine
}

func showRequest(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	page, err := pageOf(o, v)
	if err != nil {
		return web.Answer{}, err
	}
	bar, err := web.Actions(o, Life.Name, v.ID.String(), v.Version, Table.Buttons(o, v))
	if err != nil {
		return web.Answer{}, err
	}
	bar.Buttons = slices.DeleteFunc(bar.Buttons, func(b ui.Button) bool { return idle(o, v, b.Step) })
	for i := range bar.Buttons {
		b := &bar.Buttons[i]
		b.Quiet = b.Step == "withdraw" || b.Step == "change" || b.Step == "void" || b.Step == "stop"
	}
	title := page.Head.Headline
	if v.secrecy() > op.Open { // a browser keeps the titles of pages
		title = page.Head.Eyebrow
	}
	return web.Answer{Title: title, Current: listURL, Class: "it", Body: requestBody(page), Actions: bar}, nil
}

// idle reports whether a step has nothing to do with the request as it is: there
// is no account to confirm, no duplicate to decide, no stop to lift.
func idle(o *op.Op, v Request, step string) bool {
	switch step {
	case "confirm":
		return !mustConfirm(o.Who, v)
	case "decide":
		return !mustDecide(o.Who, v)
	case "stop":
		return v.Stop != ""
	case "go":
		return v.Stop == ""
	}
	return false
}

func pageOf(o *op.Op, v Request) (p requestView, err error) {
	of, err := client.Get(o, v.Client)
	if err != nil {
		return p, err
	}
	lines, err := Table.History(o, &v)
	if err != nil {
		return p, err
	}
	for i := range lines {
		if lines[i].Text == "" {
			lines[i].Text = paymentWords[lines[i].Step]
		}
	}
	p.History = web.History(o, lines)
	p.Head = ui.HeadView{Eyebrow: text.T(o, "Utbetalningsunderlag") + " " + v.Number + " · " + of.Name, Headline: text.F(o, "%s kr till %s", v.Amount, v.PayeeName)}
	if v.State == Draft && o.Actor.May(MayWrite, v.Client) {
		p.Head.Links = append(p.Head.Links, ui.Link{Label: text.T(o, "Ändra"), URL: pageURL(v.ID) + "/andra", Key: "E"})
	}
	if o.Actor.May(MayWrite, v.Client) {
		p.Head.Links = append(p.Head.Links, ui.Link{Label: text.T(o, "Nytt likadant"), URL: newURL + "?like=" + v.ID.String()})
	}
	if v.State == Draft || v.State == Sent || v.State == Reviewed {
		if err := Check(v); err != nil {
			f := fault.Of(err)
			p.Problem = text.F(o, f.Text, f.Args...)
		}
		p.Findings = findings(o, v)
	}
	p.Payee = payee(o, v)
	if p.Facts, err = facts(o, v); err != nil {
		return p, err
	}
	if v.File != "" {
		at := pageURL(v.ID) + "/bilaga"
		p.Attached = []ui.AttachmentView{{Label: text.F(o, "Bilaga: %s", v.FileName), URL: at, Shown: at + "/visa"}}
	}
	p.Coding, err = codingTable(o, &v)
	return p, err
}

func findings(o *op.Op, v Request) ui.FindingsView {
	view := ui.FindingsView{Heading: text.T(o, "Att se efter")}
	for i, f := range Findings(v) {
		seen := ui.Words(text.F(o, f.Seen, f.Args...))
		if f.Like.URL != "" {
			seen = append(seen, ui.Piece{Text: " "}, ui.Piece{Text: text.F(o, "Visa %s", f.Like.Number), URL: f.Like.URL})
		}
		view.Findings = append(view.Findings, ui.FindingView{Number: i + 1, Heading: text.T(o, f.Heading), Seen: seen, Remedy: ui.Words(text.T(o, f.Remedy)),
			Code: f.Code, Solved: f.Solved, Calm: !f.Blocks})
	}
	return view
}

// payee is who is paid, how and why.
func payee(o *op.Op, v Request) []ui.Definition {
	number := v.PayeeOrg
	if org, err := ident.OrgOf(v.PayeeOrg); err == nil {
		number = org.String()
	}
	all := []ui.Definition{{Term: text.T(o, "Mottagare"), Text: ui.Words(v.PayeeName + ", " + number)}}
	add := func(term, words string) {
		if words != "" {
			all = append(all, ui.Definition{Term: text.T(o, term), Text: ui.Words(words)})
		}
	}
	if v.Protected {
		all = append(all, ui.Definition{Term: text.T(o, "Skydd"), Status: ui.Near, Text: ui.Words(text.T(o, "Skyddade personuppgifter"))})
	}
	add("Namn till banken", v.BankName)
	add("Postort", v.Town)
	add("Konto", text.T(o, form.Word(Schemes, v.Scheme))+" "+accountText(v.Scheme, v.Account))
	switch {
	case v.Supplier.Approved:
		all = append(all, ui.Definition{Term: text.T(o, "Kontot"), Status: ui.OK, Text: ui.Words(text.T(o, "Godkänt hos leverantören"))})
	case v.ConfirmedBy != 0:
		all = append(all, ui.Definition{Term: text.T(o, "Kontot"), Status: ui.OK, Text: ui.Words(text.T(o, "Bekräftat"))})
		add("Så kontrollerades det", v.ConfirmedHow)
	case v.State == Draft || v.State == Sent:
		all = append(all, ui.Definition{Term: text.T(o, "Kontot"), Status: ui.Near, Text: ui.Words(text.T(o, "Inte bekräftat"))})
	}
	add("Meddelande", v.Message)
	add("Ändamål", v.Purpose)
	add("Beslut eller lag", v.Basis)
	add("Betalas trots likhet", v.Decided)
	return all
}

// accountText is an account as people read it.
func accountText(scheme, number string) string {
	switch scheme {
	case "BG":
		return ident.Giro{Scheme: ident.Bankgiro, Number: number}.String()
	case "PG":
		return ident.Giro{Scheme: ident.Plusgiro, Number: number}.String()
	case "IBAN":
		return ident.IBAN(number).String()
	}
	if len(number) > 4 {
		return number[:4] + "-" + number[4:]
	}
	return number
}

func facts(o *op.Op, v Request) ([]ui.Definition, error) {
	label := Life.Label(v.State)
	all := []ui.Definition{
		{Term: text.T(o, "Läge"), Text: ui.Words(text.T(o, label.Word)), Status: ui.StatusOf(label.Kind)},
		{Term: text.T(o, "Belopp"), Text: ui.Words(v.Amount.String() + "\u00a0kr")},
		{Term: text.T(o, "Betalas"), Text: ui.Words(v.Due.String())},
	}
	if v.Reason != "" && (v.State == Draft || v.State == Voided) {
		all = append(all, ui.Definition{Term: text.T(o, "Skäl"), Text: ui.Words(v.Reason)})
	}
	if v.Stop != "" {
		all = append(all, ui.Definition{Term: text.T(o, "Betalningen är stoppad"), Status: ui.Miss, Text: ui.Words(v.Stop)})
	}
	for _, a := range v.Held {
		term, words := "Granskat av", a.Name
		if a.Step == "approve" {
			term = "Attesterat av"
		}
		if a.Holder != a.Person {
			words = text.F(o, "%s för %s", a.Name, a.HolderName)
		}
		all = append(all, ui.Definition{Term: text.T(o, term), Text: ui.Words(words)})
	}
	paid, err := treasury.Told(o, v.Client, Life.Name, int64(v.ID))
	return append(all, paid...), err
}

// codingTable is what the request costs and whom; it opens the voucher when
// there is one.
func codingTable(o *op.Op, v *Request) (ui.TableView, error) {
	plan, err := coding.Load(o, v.Client)
	if err != nil {
		return ui.TableView{}, err
	}
	t := sheet.Shown(o, text.T(o, "Kontering"), plan, columns, v.Lines)
	if v.Liability != 0 && o.Actor.May("ledger.read", v.Client) {
		t.Links = []ui.Link{{Label: text.T(o, "Visa verifikationen"), URL: ledger.URL(ledger.ID(v.Liability))}}
	}
	return t, nil
}
