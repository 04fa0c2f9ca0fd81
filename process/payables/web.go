package payables

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"kontor/kernel/audit"
	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
)

// pages are the pages unlike others.
func pages() []web.Route {
	return []web.Route{
		{Pattern: "GET /payables/{id}", Need: MayRead, Handle: showInvoice},
		{Pattern: "GET /payables/{id}/original", Need: MayRead, Handle: original},
		{Pattern: "GET /payables/{id}/bild", Need: MayRead, Handle: showPicture},
		{Pattern: "GET /payables/{id}/bilaga/{n}", Need: MayRead, Handle: attachment},
		{Pattern: "GET /payables/{id}/bilaga/{n}/visa", Need: MayRead, Handle: shownAttachment},
		{Pattern: "GET /payables/{id}/brev/{n}", Need: MayRead, Handle: letter},
		{Pattern: "GET /payables/{id}/kontering", Need: MayCode, Handle: showCoding},
		{Pattern: "POST /payables/{id}/kontering", Need: MayCode, Handle: saveCoding},
		{Pattern: "POST /payables/{id}/handler", Need: MayHandle, Handle: takeInvoice},
		{Pattern: "GET " + proposalsURL, Need: MayRegister, Handle: showProposals},
		{Pattern: "POST " + proposalsURL + "/{key}", Need: MayRegister, Handle: acceptProposal},
		{Pattern: "POST " + proposalsURL + "/angra/{rule}", Need: MayRegister, Handle: withdrawRule},
		{Pattern: "GET " + misplacedPage, Need: MayRead, Handle: showMisplaced},
		{Pattern: "GET /payables/next", Need: MayRead, Handle: nextInvoice},
		{Pattern: "GET /leverantor/{id}", Need: MayRead, Handle: showSupplier},
		{Pattern: "POST /payables/account/{id}/{step}", Need: MayRegister, Handle: moveSupplierAccount},
	}
}

// listURL is the menu item that the pages belong to.
const listURL = "/l/payables.invoices"

var errNoInvoice = fault.New(fault.NotFound, "PAY-001", "Fakturan finns inte.")

func showInvoice(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	p, err := page(o, v)
	if err != nil {
		return web.Answer{}, err
	}
	bar, err := web.Actions(o, Life.Name, v.ID.String(), v.Version, Table.Buttons(o, v))
	if err != nil {
		return web.Answer{}, err
	}
	bar.Next = ui.Link{Label: text.T(o, "Nästa"), URL: "/payables/next?after=" + v.ID.String() + "&state=" + string(v.State), Key: "N"}
	for i := range bar.Buttons {
		b := &bar.Buttons[i]
		b.Quiet = b.Step == "void" || b.Step == "wait" || b.Step == "accept" && !b.Recommended || b.Step == "recode"
	}
	if !bar.Held && o.Actor.MayIn(MayHandle, v.Client, v.Unit) && v.Handler != o.Actor.ID && (v.State == Registered || v.State == Waiting || v.State == Queried || v.State == Held) {
		bar.Buttons = append(bar.Buttons, ui.Button{Step: "handler", Label: text.T(o, "Ta fakturan"), Key: "M",
			URL: "/payables/" + v.ID.String() + "/handler", Version: v.Version, Quiet: true})
	}
	return web.Answer{Title: p.Head.Headline, Current: listURL, Class: "it", Keys: p.Head.Keys, Body: itemBody(p), Actions: bar}, nil
}

func original(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	b, err := blob.Get(o, v.File)
	if media := pictureMedia(b.Content); media != "" {
		return web.Answer{File: b.Content, Media: media, Name: fileName(v.Number) + "." + strings.TrimPrefix(media[strings.IndexByte(media, '/'):], "/")}, err
	}
	return web.Answer{File: b.Content, Media: "application/xml", Name: fileName(v.Number) + ".xml"}, err
}

// fileName keeps what a file can be called everywhere.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, s)
	if s == "" {
		return "faktura"
	}
	return s
}

func letter(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	all, err := lettersOf.All(o, v.Client, v.ID)
	if err != nil {
		return web.Answer{}, err
	}
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil || n < 1 || n > len(all) {
		return web.Answer{}, errNoInvoice.Because("no letter %s", r.PathValue("n"))
	}
	b, err := blob.Get(o, all[n-1].Hash)
	if err != nil {
		return web.Answer{}, err
	}
	head := ui.HeadView{Eyebrow: all[n-1].way(o), Headline: all[n-1].Subject}
	return web.Answer{Title: all[n-1].Subject, Current: listURL, Class: "reading", Body: letterBody(head, string(b.Content))}, nil
}

func takeInvoice(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	version, err := strconv.ParseInt(r.FormValue("version"), 10, 64)
	if err != nil {
		return web.Answer{}, errOld.Because("%w", err)
	}
	return web.See("/payables/"+v.ID.String(), text.T(o, "Fakturan är din.")), Take(o, v.ID, version, o.Actor.ID)
}

// nextInvoice leads to the next item of the queue that the actor works in: own
// first, by promise, after the one that is left.
func nextInvoice(o *op.Op, r *http.Request) (web.Answer, error) {
	after := r.FormValue("after")
	for _, q := range queuesOf(o) {
		q.Limit, q.NoCount = 100, true
		page, err := Invoices.Run(o, q)
		if err != nil {
			return web.Answer{}, err
		}
		at := -1
		for i, row := range page.Rows {
			if row.Key() == after {
				at = i
			}
		}
		if at+1 < len(page.Rows) {
			return web.Answer{Location: "/payables/" + page.Rows[at+1].Key()}, nil
		}
		if at > 0 {
			return web.Answer{Location: "/payables/" + page.Rows[0].Key()}, nil
		}
	}
	return web.Answer{Location: listURL, Flash: text.T(o, "Kön är tom.")}, nil
}

// queuesOf are the lists that an actor works off, in order.
func queuesOf(o *op.Op) []list.Query {
	if o.Need(MayHandle) == nil {
		return []list.Query{{View: "mine"}, {View: "code"}}
	}
	if o.Need(MayApprove) == nil || o.Need(MayReview) == nil {
		return []list.Query{{View: "approve"}}
	}
	return []list.Query{{View: "all"}}
}

// supplierPage is a supplier with accounts.
type supplierPage struct {
	Head     ui.HeadView
	Edit     ui.Link
	Ask      ui.Link // for another account
	Facts    []ui.Definition
	Accounts []accountView
	History  []ui.HistoryLine
}

type accountView struct {
	Label, Word, Text string
	Status            ui.StatusKind
	Steps             []accountButton
}

type accountButton struct {
	ID, Label, URL, Version, Asks string
}

func label(options []optionOf, value string) string {
	for _, c := range options {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}

func showSupplier(o *op.Op, r *http.Request) (web.Answer, error) {
	s, err := supplierByKey(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	p := &supplierPage{Head: ui.HeadView{Eyebrow: text.T(o, "Leverantör"), Headline: s.Name}}
	if o.Need(MayRegister) == nil {
		p.Ask = ui.Link{Label: text.T(o, "Nytt konto"), URL: "/f/payables.account/" + s.ID.String()}
		p.Edit = ui.Link{Label: text.T(o, "Ändra"), URL: "/f/payables.supplier/" + s.ID.String(), Key: "E"}
	}
	org := s.Org
	if parsed, err := orgText(s.Org); err == nil {
		org = parsed
	}
	tax := text.T(o, label(taxStates, s.FTax))
	if !s.FTaxOn.IsZero() {
		tax += ", " + s.FTaxOn.String()
	}
	p.Facts = []ui.Definition{
		{Term: text.T(o, "Organisationsnummer"), Text: ui.Words(org)},
		{Term: text.T(o, "Läge"), Text: ui.Words(text.T(o, label(supplierStates, s.State)))},
		{Term: text.T(o, "F-skatt"), Text: ui.Words(tax)},
		{Term: text.T(o, "Ort och land"), Text: ui.Words(strings.TrimPrefix(s.Town+", "+s.Country, ", "))},
		{Term: text.T(o, "Känt telefonnummer"), Text: ui.Words(orDash(s.Phone))},
		{Term: text.T(o, "Fakturor"), Text: ui.Prose{{Text: text.T(o, "Visa alla"), URL: listURL + "?view=all&supplier_key=" + query(s.SortKey)}}},
	}
	if p.Accounts, err = accountViews(o, s); err != nil {
		return web.Answer{}, err
	}
	rows, err := audit.Of(o, 0, int64(s.ID))
	if err != nil {
		return web.Answer{}, err
	}
	for _, x := range rows {
		p.History = append(p.History, ui.HistoryLine{Time: web.Moment(x.At), Who: x.Name, Text: text.T(o, supplierSteps[x.Step]) + " " + x.Note})
	}
	return web.Answer{Title: s.Name, Current: "/l/payables.suppliers", Body: supplierBody(p)}, nil
}

var supplierSteps = map[string]string{"add": "Lades upp:", "locate": "Orten kom från en faktura:", "change": "Ändrades:", "check": "Konto kontrollerades:",
	"approve": "Konto godkändes:", "ask": "Nytt konto begärdes:", "block": "Konto spärrades:"}

func accountViews(o *op.Op, s Supplier) ([]accountView, error) {
	all, err := AccountsOf(o, s.ID)
	var views []accountView
	for _, a := range all {
		v := accountView{Label: schemeName(a.Scheme) + " " + accountText(a.Scheme, a.Number), Text: a.Source}
		if a.Called != "" {
			v.Text += " · " + a.Called
		}
		step := func(name, label, asks string) {
			v.Steps = append(v.Steps, accountButton{ID: name + a.ID.String(), Label: text.T(o, label), Asks: asks,
				URL: "/payables/account/" + a.ID.String() + "/" + name, Version: itoa(a.Version)})
		}
		switch a.State {
		case AccountPending:
			v.Status, v.Word = ui.Near, text.T(o, "Föreslaget av en faktura")
			step("check", "Kontrollerat", text.T(o, "Vem ringde du, och på vilket nummer?"))
		case AccountChecked:
			v.Status, v.Word = ui.Near, text.T(o, "Kontrollerat, ska godkännas av en annan person")
			step("approve", "Godkänn", "")
		case AccountApproved:
			v.Status, v.Word = ui.OK, text.T(o, "Godkänt")
		default:
			v.Status, v.Word = ui.Miss, text.T(o, "Spärrat")
		}
		if a.State != AccountBlocked {
			step("block", "Spärra", text.T(o, "Varför spärras kontot?"))
		}
		if o.Need(MayRegister) != nil {
			v.Steps = nil
		}
		views = append(views, v)
	}
	return views, err
}

func moveSupplierAccount(o *op.Op, r *http.Request) (web.Answer, error) {
	key, err := id.Parse[Account](r.PathValue("id"))
	if err != nil {
		return web.Answer{}, errNoSupplier.Because("%w", err)
	}
	version, err := strconv.ParseInt(r.FormValue("version"), 10, 64)
	if err != nil {
		return web.Answer{}, errOldSupplier.Because("%w", err)
	}
	a, err := accountOf(o, key)
	if err != nil {
		return web.Answer{}, err
	}
	back := web.See("/leverantor/"+a.Supplier.String(), text.T(o, "Sparat."))
	switch r.PathValue("step") {
	case "check":
		return back, CheckAccount(o, key, version, strings.TrimSpace(r.FormValue("note")))
	case "approve":
		return back, ApproveAccount(o, key, version)
	case "block":
		return back, BlockAccount(o, key, version, strings.TrimSpace(r.FormValue("note")))
	}
	return web.Answer{}, errNoSupplier.Because("no step %s", r.PathValue("step"))
}

func query(s string) string { return url.QueryEscape(s) }
