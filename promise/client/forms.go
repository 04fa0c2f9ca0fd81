package client

import (
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/promise/organisation"
)

var fields = []form.Field{
	{Key: "name", Label: "Namn", Required: true, Max: 120},
	{Key: "short", Label: "Kortnamn", Max: 30, Help: "Används där det är ont om plats, till exempel Kultur."},
	{Key: "code", Label: "Kod", Required: true, Max: 12, Help: "Kort kod för adresser och filer, till exempel KULT."},
	{Key: "kind", Label: "Slag", Kind: form.Choice, Required: true, Options: kinds},
	{Key: "org", Label: "Organisationsnummer", Kind: form.Org, Required: true},
	{Key: "address", Label: "Adress", Kind: form.Area, Rows: 3},
	{Key: "unit", Label: "Hemenhet", Kind: form.Choice, Choices: organisation.Options, Help: "Enheten som tar hand om kundens poster."},
	{Key: "lead", Label: "Kundansvarig", Kind: form.Choice, Choices: organisation.PersonOptions},
	{Key: "mailbox", Label: "Funktionsbrevlåda", Help: "Adressen som kunden skriver till."},
	{Key: "phone", Label: "Grupptelefon", Max: 40},
	{Key: "hours", Label: "Öppettider", Help: "Till exempel: helgfria vardagar 8–16."},
	{Key: "active", Label: "Aktiv", Kind: form.Check, Default: "on"},
}

// NewClient adds a client.
var NewClient = &form.Spec{
	Name: "client.new", Title: "Lägg till en kund", Submit: "Lägg till", Need: "client.write", Fields: fields, Rule: clientRule,
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		c := Client{}
		if err := c.fill(o, v); err != nil {
			return "", err
		}
		err := Add(o, &c)
		return c.URL(), err
	},
}

// EditClient changes a client.
var EditClient = &form.Spec{
	Name: "client.edit", Title: "Ändra kunden", Submit: "Spara", Need: "client.write", Fields: fields, Rule: clientRule,
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		c, err := byText(o, key)
		active := ""
		if c.Active {
			active = "on"
		}
		return form.Loaded{Version: c.Version, Title: c.Name, Values: form.Values{"name": c.Name, "short": c.Short, "code": c.Code,
			"kind": string(c.Kind), "org": c.Org, "address": c.Address, "unit": c.Unit.Field(), "lead": c.Lead.Field(),
			"mailbox": c.Mailbox, "phone": c.Phone, "hours": c.Hours, "active": active}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		c, err := byText(o, key)
		if err != nil {
			return "", err
		}
		if err := o.NeedFor("client.write", c.ID); err != nil {
			return "", err
		}
		if err := c.fill(o, v); err != nil {
			return "", err
		}
		c.Version = version
		return c.URL(), Save(o, c)
	},
}

func (c *Client) fill(o *op.Op, v form.Values) error {
	org, err := ident.ParseOrg(v.Text("org"), period.DateOf(o.Now))
	if err != nil {
		return err
	}
	c.Name, c.Short, c.Code, c.Kind, c.Org = v.Text("name"), v.Text("short"), v.Text("code"), Kind(v.Text("kind")), org.Digits
	c.Address, c.Mailbox, c.Phone, c.Hours, c.Active = v.Text("address"), v.Text("mailbox"), v.Text("phone"), v.Text("hours"), v.Bool("active")
	c.Unit, c.Lead = id.Known[op.Unit](v.Text("unit")), id.Known[op.Actor](v.Text("lead"))
	return nil
}

// byText finds a client by the short text of its identity or by its code.
func byText(o *op.Op, key string) (Client, error) {
	if k, err := id.Parse[op.Client](key); err == nil {
		return Get(o, k)
	}
	return ByCode(o, key)
}

var contactFields = []form.Field{
	{Key: "name", Label: "Namn", Required: true, Max: 120},
	{Key: "role", Label: "Roll", Kind: form.Choice, Required: true, Options: contactRoles},
	{Key: "title", Label: "Titel", Max: 80},
	{Key: "phone", Label: "Telefon", Max: 40},
	{Key: "mail", Label: "E-post", Max: 120},
	{Key: "from", Label: "Från", Kind: form.Date, Required: true},
	{Key: "to", Label: "Till och med", Kind: form.Date, NotBefore: "from", Help: "Lämna tomt så länge kontakten är kvar."},
}

// NewContact adds a person at a client; the key is the client.
var NewContact = &form.Spec{
	Name: "client.contact-new", Title: "Lägg till en kontakt", Submit: "Lägg till", Need: "client.contacts",
	Fields: contactFields, Rule: contactRule,
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		c, err := byText(o, key)
		return form.Loaded{Title: text.F(o, "Lägg till en kontakt hos %s", c.Name),
			Values: form.Values{"from": period.DateOf(o.Now).String(), "role": "contact"}}, err
	},
	Save: func(o *op.Op, key string, _ int64, v form.Values) (string, error) {
		c, err := byText(o, key)
		if err != nil {
			return "", err
		}
		if err := o.NeedFor("client.contacts", c.ID); err != nil {
			return "", err
		}
		x := Contact{Client: c.ID}
		x.fill(v)
		return c.URL(), AddContacts(o, &x)
	},
}

// EditContact changes or ends a contact.
var EditContact = &form.Spec{
	Name: "client.contact", Title: "Ändra kontakten", Submit: "Spara", Need: "client.contacts", Fields: contactFields, Rule: contactRule,
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		x, err := contact(o, key)
		return form.Loaded{Version: x.Version, Title: x.Name, Values: form.Values{"name": x.Name, "role": x.Role, "title": x.Title,
			"phone": x.Phone, "mail": x.Mail, "from": x.ValidFrom.String(), "to": x.ValidTo.String()}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		x, err := contact(o, key)
		if err != nil {
			return "", err
		}
		if err := o.NeedFor("client.contacts", x.Client); err != nil {
			return "", err
		}
		x.fill(v)
		x.Version = version
		c, err := Get(o, x.Client)
		if err != nil {
			return "", err
		}
		return c.URL(), SaveContact(o, x)
	},
}

func (x *Contact) fill(v form.Values) {
	x.Name, x.Role, x.Title, x.Phone, x.Mail = v.Text("name"), v.Text("role"), v.Text("title"), v.Text("phone"), v.Text("mail")
	x.ValidFrom, x.ValidTo = v.Date("from"), v.Date("to")
}
