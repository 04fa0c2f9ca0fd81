package client

import (
	"net/http"

	"kontor/kernel/form"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/leadtime"
	"kontor/promise/organisation"
)

type view struct {
	Head           ui.HeadView
	AddContact     ui.Link
	Contacts       ui.TableView
	Promises       ui.TableView
	AgreementLinks []ui.Link
	Us, Facts      []ui.Definition
	Work           []ui.Link
	About          []ui.Fact
}

// show is the client's page, by code or by the short text of its identity, with
// what other modules have to say of the client.
func show(about []About) func(*op.Op, *http.Request) (web.Answer, error) {
	return func(o *op.Op, r *http.Request) (web.Answer, error) { return showOne(o, r, about) }
}

func showOne(o *op.Op, r *http.Request, about []About) (web.Answer, error) {
	c, err := byText(o, r.PathValue("code"))
	if err != nil {
		return web.Answer{}, err
	}
	if !o.Actor.May("client.read", c.ID) {
		return web.Answer{}, errNone.Because("%s may not see client %s", o.Actor.ID, c.Code)
	}
	v := view{Head: c.head(o), Facts: c.facts(o)}
	if v.Us, err = c.us(o); err != nil {
		return web.Answer{}, err
	}
	if v.Contacts, err = c.contactTable(o); err != nil {
		return web.Answer{}, err
	}
	if v.Promises, err = c.promiseTable(o); err != nil {
		return web.Answer{}, err
	}
	if v.About, err = c.abouts(o, about); err != nil {
		return web.Answer{}, err
	}
	key := c.ID.String()
	if o.Actor.May("client.contacts", c.ID) {
		v.AddContact = ui.Link{Label: text.T(o, "Lägg till en kontakt"), URL: "/f/client.contact-new/" + key}
	}
	v.AgreementLinks = []ui.Link{{Label: text.T(o, "Kundens avtal"), URL: "/l/agreement.agreements?client=" + key},
		{Label: text.T(o, "Godkända avvikelser"), URL: "/l/agreement.deviations?client=" + key}}
	month := period.MonthOf(period.DateOf(o.Now))
	v.Work = []ui.Link{{Label: text.T(o, "Allt vi har gjort för kunden"), URL: "/l/work.events?client=" + key},
		{Label: text.F(o, "Debitering för %s", month.Text(text.Lang(o))), URL: "/debitering/" + c.Code + "/" + month.Key()}}
	return web.Answer{Title: c.Name, Current: "/l/client.clients", Body: page(v)}, nil
}

func (c Client) head(o *op.Op) ui.HeadView {
	h := ui.HeadView{Eyebrow: text.T(o, c.Kind.Word()) + " · " + c.Code, Headline: c.Name}
	if !c.Active {
		h.Intro = ui.Words(text.T(o, "Kunden är inte längre aktiv."))
	}
	if o.Actor.May("client.write", c.ID) {
		h.Links = []ui.Link{{Label: text.T(o, "Ändra kunden"), URL: "/f/client.edit/" + c.ID.String()}}
	}
	return h
}

func (c Client) facts(o *op.Op) []ui.Definition {
	return said(o, "Organisationsnummer", ident.Org{Digits: c.Org}.String(), "Adress", c.Address, "Kortnamn", c.Short)
}

func (c Client) us(o *op.Op) ([]ui.Definition, error) {
	names, err := role.Names(o)
	if err != nil {
		return nil, err
	}
	unit := ""
	if !c.Unit.IsZero() {
		u, err := organisation.GetUnit(o, c.Unit)
		if err != nil {
			return nil, err
		}
		unit = u.Name
	}
	return said(o, "Hemenhet", unit, "Kundansvarig", names[c.Lead], "Funktionsbrevlåda", c.Mailbox, "Grupptelefon", c.Phone,
		"Öppettider", c.Hours), nil
}

// said pairs labels with words; what is not known is said to be missing.
func said(o *op.Op, pairs ...string) []ui.Definition {
	var all []ui.Definition
	for i := 0; i+1 < len(pairs); i += 2 {
		words := pairs[i+1]
		if words == "" {
			words = text.T(o, "Saknas")
		}
		all = append(all, ui.Definition{Term: text.T(o, pairs[i]), Text: ui.Words(words)})
	}
	return all
}

func (c Client) contactTable(o *op.Op) (ui.TableView, error) {
	rows, err := Contacts(o, c.ID, period.DateOf(o.Now))
	t := ui.TableView{Caption: text.T(o, "Kontakter hos kunden"), Columns: []ui.Col{{Label: text.T(o, "Namn")}, {Label: text.T(o, "Roll")},
		{Label: text.T(o, "Telefon")}, {Label: text.T(o, "E-post")}},
		Empty: ui.Empty{Heading: text.T(o, "Kunden har ingen kontakt inlagd."),
			Text: text.T(o, "Lägg till en kontaktperson, så att frågor hamnar rätt.")}}
	for _, x := range rows {
		name := ui.Cell{Text: x.Name, Sub: x.Title}
		if o.Actor.May("client.contacts", c.ID) {
			name.URL = "/f/client.contact/" + x.ID.String()
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{name, {Text: text.T(o, form.Word(contactRoles, x.Role))},
			{Text: x.Phone, URL: scheme("tel:", x.Phone), Kind: linked(x.Phone)}, {Text: x.Mail, URL: scheme("mailto:", x.Mail), Kind: linked(x.Mail)}}})
	}
	return t, err
}

func scheme(s, address string) string {
	if address == "" {
		return ""
	}
	return s + address
}

func linked(address string) ui.CellKind {
	if address == "" {
		return ui.CellText
	}
	return ui.CellLink
}

func (c Client) promiseTable(o *op.Op) (ui.TableView, error) {
	book, err := leadtime.Load(o)
	if err != nil {
		return ui.TableView{}, err
	}
	services, err := leadtime.Services(o)
	t := ui.TableView{Caption: text.T(o, "Lovade ledtider i dag"), Columns: []ui.Col{{Label: text.T(o, "Tjänst")},
		{Label: text.T(o, "Arbetsdagar"), Kind: ui.CellNumber}, {Label: text.T(o, "Till och med"), Kind: ui.CellDate}},
		Empty: ui.Empty{Heading: text.T(o, "Inget avtal gäller i dag."), Text: text.T(o, "Börja ett avtal och låt kunden teckna det.")}}
	for _, s := range services {
		if p, ok := book.Row(c.ID, s.Code, period.DateOf(o.Now)); ok {
			url := ""
			if o.Actor.MayIn("agreement.read", c.ID, c.Unit) { // an agreement belongs to the client's unit
				url = "/avtal/" + p.Agreement.String()
			}
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Name, URL: url},
				{Kind: ui.CellNumber, Text: text.Int(p.Days)}, {Kind: ui.CellDate, Text: p.ValidTo.String()}}})
		}
	}
	return t, err
}
