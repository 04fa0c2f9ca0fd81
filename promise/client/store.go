package client

import (
	"strings"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

var (
	add  = db.Insert[Client]("client", "")
	save = db.Change(`
		UPDATE client SET version = version + 1, code = $3, name = $4, kind = $5, org = $6, active = $7, short = $8,
		       address = $9, unit = $10, lead = $11, mailbox = $12, phone = $13, hours = $14
		WHERE  id = $1 AND version = $2`)
	active = db.Select[Client](`
		SELECT id, version, code, name, kind, org, active, short, address, unit, lead, mailbox, phone, hours
		FROM   client WHERE active ORDER BY name, id`)
	every = db.Select[Client](`
		SELECT id, version, code, name, kind, org, active, short, address, unit, lead, mailbox, phone, hours
		FROM   client ORDER BY name, id`)
	byID = db.Select[Client](`
		SELECT id, version, code, name, kind, org, active, short, address, unit, lead, mailbox, phone, hours
		FROM   client WHERE id = $1`)
	byCode = db.Select[Client](`
		SELECT id, version, code, name, kind, org, active, short, address, unit, lead, mailbox, phone, hours
		FROM   client WHERE code = $1`)
	byOrg = db.Select[Client](`
		SELECT id, version, code, name, kind, org, active, short, address, unit, lead, mailbox, phone, hours
		FROM   client WHERE org = $1 ORDER BY id`)

	addContact  = db.Insert[Contact]("client_contact", "")
	saveContact = db.Update[Contact]("client_contact")
	contactByID = db.Select[Contact](`
		SELECT client, id, version, person, name, role, title, phone, mail, valid_from, valid_to
		FROM   client_contact WHERE client = $1 AND id = $2`)
	contactClient = db.Select[op.ClientID](`SELECT client FROM client_contact WHERE id = $1`)
	contactsOf    = db.Select[Contact](`
		SELECT client, id, version, person, name, role, title, phone, mail, valid_from, valid_to
		FROM   client_contact
		WHERE  client = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)
		ORDER  BY name, id`)
)

var (
	errNone = fault.New(fault.NotFound, "CLI-001", "Kunden finns inte. Välj en kund i kundlistan.")
	errCode = fault.New(fault.Conflict, "CLI-002", "Det finns redan en kund med koden %s. Välj en annan kod.")
	errGone = fault.New(fault.NotFound, "CLI-003", "Kontakten finns inte. Läs in kundens sida igen.")
)

// All lists the active clients by name, whatever the actor's scope: the names
// are not secret.
func All(o *op.Op) ([]Client, error) { return active.All(o) }

// Get returns a client, active or not, or the fault CLI-001.
func Get(o *op.Op, key op.ClientID) (Client, error) {
	c, ok, err := byID.Maybe(o, key)
	return found(c, ok, err, key.String())
}

// ByCode returns the client with a code, in any case, or the fault CLI-001.
func ByCode(o *op.Op, code string) (Client, error) {
	c, ok, err := byCode.Maybe(o, strings.ToUpper(code))
	return found(c, ok, err, code)
}

// ByOrg returns the clients with an organisation number of twelve digits; more
// than one when several administrations of one legal person are clients.
func ByOrg(o *op.Op, digits string) ([]Client, error) { return byOrg.All(o, digits) }

func found(c Client, ok bool, err error, key string) (Client, error) {
	if err == nil && !ok {
		err = errNone.Because("no client %s", key)
	}
	return c, err
}

// Names maps every client, also those that are no longer active, to its name.
func Names(o *op.Op) (map[op.ClientID]string, error) {
	rows, err := every.All(o)
	names := make(map[op.ClientID]string, len(rows))
	for _, c := range rows {
		names[c.ID] = c.Name
	}
	return names, err
}

// Options are the active clients inside the actor's scope of any permission, as
// choices; the value is the identity.
func Options(o *op.Op) ([]form.Option, error) {
	rows, err := active.All(o)
	scope := op.Scope{}
	for _, s := range o.Actor.Grants {
		scope = scope.Join(s)
	}
	var all []form.Option
	for _, c := range rows {
		if scope.Holds(c.ID) {
			all = append(all, form.Option{Value: c.ID.String(), Label: c.Name})
		}
	}
	return all, err
}

// Add stores clients. Each is given an identity when it has none. A code that
// is taken is the fault CLI-002.
func Add(o *op.Op, clients ...*Client) error {
	rows, changes := make([]Client, len(clients)), make([]audit.Change, len(clients))
	for i, c := range clients {
		if c.ID.IsZero() {
			c.ID = id.New[op.Client](o)
		}
		c.Version, c.Code = max(c.Version, 1), strings.ToUpper(c.Code)
		rows[i] = *c
		changes[i] = change(*c, "add", c.Name)
	}
	if _, err := add.Add(o, rows...); err != nil {
		return taken(err, rows[0].Code)
	}
	return audit.Note(o, changes...)
}

// Save stores a changed client on the version that was read.
func Save(o *op.Op, c Client) error {
	old, err := Get(o, c.ID)
	if err != nil {
		return err
	}
	c.Code = strings.ToUpper(c.Code)
	n, err := save.Do(o, c.ID, c.Version, c.Code, c.Name, string(c.Kind), c.Org, c.Active, c.Short, c.Address, c.Unit, c.Lead,
		c.Mailbox, c.Phone, c.Hours)
	if err != nil {
		return taken(err, c.Code)
	}
	if n == 0 {
		return form.ErrConflict.Because("client %s has another version than %d", c.ID, c.Version)
	}
	return audit.Note(o, change(c, "change", differences(old, c)))
}

func taken(err error, code string) error {
	if db.Duplicate(err) {
		return errCode.With(code).Because("%w", err)
	}
	return err
}

func change(c Client, step, note string) audit.Change {
	return audit.Change{Client: c.ID, Kind: "client", Record: int64(c.ID), Step: step, Note: note}
}

// Contacts lists the contacts of a client that are in force on a day, by name.
func Contacts(o *op.Op, client op.ClientID, on period.Date) ([]Contact, error) {
	return contactsOf.All(o, client, on)
}

// AddContacts stores contacts. Each is given an identity.
func AddContacts(o *op.Op, contacts ...*Contact) error {
	rows, changes := make([]Contact, len(contacts)), make([]audit.Change, len(contacts))
	for i, c := range contacts {
		c.ID, c.Version = id.New[Contact](o), 1
		rows[i] = *c
		changes[i] = contactChange(*c, "add")
	}
	if _, err := addContact.Add(o, rows...); err != nil {
		return err
	}
	return audit.Note(o, changes...)
}

// SaveContact stores a changed contact on the version that was read.
func SaveContact(o *op.Op, c Contact) error {
	ok, err := saveContact.Save(o, &c)
	if err != nil {
		return err
	}
	if !ok {
		return form.ErrConflict.Because("contact %s has another version than %d", c.ID, c.Version)
	}
	return audit.Note(o, contactChange(c, "change"))
}

func contactChange(c Contact, step string) audit.Change {
	return audit.Change{Client: c.Client, Kind: "client.contact", Record: int64(c.ID), Step: step,
		Note: form.Word(contactRoles, c.Role) + " · " + c.Name}
}

// contact returns a contact that the actor may see, or the fault CLI-003.
func contact(o *op.Op, key string) (Contact, error) {
	k, err := id.Parse[Contact](key)
	if err != nil {
		return Contact{}, errGone.Because("%q: %w", key, err)
	}
	owner, ok, err := contactClient.Maybe(o, k)
	if err != nil {
		return Contact{}, err
	}
	if !ok || !o.Actor.May("client.read", owner) {
		return Contact{}, errGone.Because("%s may not see contact %s", o.Actor.ID, key)
	}
	return contactByID.One(o, owner, k)
}
