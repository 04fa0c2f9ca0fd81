package client

import (
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

func TestRules(t *testing.T) {
	good := form.Values{"code": "KULT", "mailbox": "kultur@exempelstad.se"}
	contactGood := form.Values{"phone": "08-1", "mail": "a@b.se", "from": "2026-01-01", "to": "2026-02-01"}
	for _, c := range []struct {
		name  string
		rule  func(op.Who, form.Values) []fault.Field
		base  form.Values
		key   string
		value string
		wrong string
	}{
		{"a good client passes", clientRule, good, "code", "KULT", ""},
		{"small letters are made large", clientRule, good, "code", "kult", ""},
		{"a code of one letter is too short", clientRule, good, "code", "K", "code"},
		{"a code has no blanks", clientRule, good, "code", "KU LT", "code"},
		{"a mailbox is an address", clientRule, good, "mailbox", "kultur", "mailbox"},
		{"two addresses are not one", clientRule, good, "mailbox", "a@b.se, c@d.se", "mailbox"},
		{"a good contact passes", contactRule, contactGood, "phone", "08-1", ""},
		{"a contact's mail is an address", contactRule, contactGood, "mail", "@b.se", "mail"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := form.Values{}
			for k, s := range c.base {
				v[k] = s
			}
			v[c.key] = c.value
			got := ""
			if wrong := c.rule(op.Who{}, v); len(wrong) > 0 {
				got = wrong[0].Name
			}
			if got != c.wrong {
				t.Errorf("%q is wrong, want %q", got, c.wrong)
			}
		})
	}
}

func TestClientsOnBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		actor := dbtest.Actor("Lo Wester", "client.read", "client.write", "client.contacts")
		raw := map[string]string{"name": "Kulturförvaltningen", "code": "kult", "kind": "administration", "org": "212000-0142",
			"mailbox": "kultur@exempelstad.se", "active": "on"}
		var culture Client
		dbtest.Do(t, door, actor, func(o *op.Op) error {
			next, _, err := NewClient.Post(o, "", 0, raw)
			if err != nil {
				return err
			}
			if next != "/kund/KULT" {
				t.Errorf("the person goes to %s", next)
			}
			if culture, err = ByCode(o, "kult"); err != nil {
				return err
			}
			if culture.Org != "162120000142" {
				t.Errorf("the organisation number is stored as %s", culture.Org)
			}
			err = o.Try(func() error { _, _, err := NewClient.Post(o, "", 0, raw); return err })
			if fault.Of(err).Code != "CLI-002" {
				t.Errorf("a code was taken twice: %v", err)
			}
			other := Client{Code: "SKOL", Name: "Skolförvaltningen", Kind: Administration, Org: "162120000142", Active: true}
			return Add(o, &other)
		})
		dbtest.Do(t, door, actor, func(o *op.Op) error {
			raw["name"] = "Kulturen"
			if _, _, err := EditClient.Post(o, culture.ID.String(), 1, raw); err != nil {
				return err
			}
			if _, _, err := EditClient.Post(o, culture.ID.String(), 1, raw); fault.Of(err).Code != "FRM-002" {
				t.Errorf("an old version was saved: %v", err)
			}
			_, _, err := NewContact.Post(o, culture.ID.String(), 0, map[string]string{"name": "Ann Berg", "role": "contact", "mail": "ann@exempelstad.se", "from": "2026-01-01"})
			return err
		})
		narrow := dbtest.At(dbtest.Actor("Kim Ros", "client.read", "client.contacts"), culture.ID)
		stranger := dbtest.At(dbtest.Actor("Bo Vik", "client.read", "client.contacts"), culture.ID+1)
		dbtest.Do(t, door, narrow, func(o *op.Op) error {
			options, err := Options(o)
			if err != nil || len(options) != 1 || options[0].Label != "Kulturen" {
				t.Errorf("the choices of one client: %v, %v", options, err)
			}
			names, err := Names(o)
			if err != nil || len(names) != 2 {
				t.Errorf("names are not secret, but %d are seen, %v", len(names), err)
			}
			people, err := Contacts(o, culture.ID, period.DateOf(o.Now))
			if err != nil || len(people) != 1 {
				t.Fatalf("%d contacts, %v", len(people), err)
			}
			_, err = EditContact.Show(o, people[0].ID.String())
			return err
		})
		dbtest.Do(t, door, stranger, func(o *op.Op) error {
			people, err := Contacts(o, culture.ID, period.DateOf(o.Now))
			if err != nil {
				return err
			}
			if _, err := EditContact.Show(o, people[0].ID.String()); fault.Of(err).Kind != fault.NotFound {
				t.Errorf("another client's contact was opened: %v", err)
			}
			if _, _, err := NewContact.Post(o, culture.ID.String(), 0, map[string]string{"name": "X", "role": "contact", "mail": "x@y.se", "from": "2026-01-01"}); fault.Of(err).Kind != fault.Forbidden {
				t.Errorf("a contact was added at another client: %v", err)
			}
			page, err := ContactList.Run(o, list.Query{})
			if err != nil || len(page.Rows) != 0 {
				t.Errorf("the list shows %d contacts of another client, %v", len(page.Rows), err)
			}
			return nil
		})
	})
}
