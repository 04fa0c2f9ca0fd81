package demo

import (
	"kontor/kernel/id"
	"kontor/kernel/login"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/promise/client"
	"kontor/promise/organisation"
)

// begun is from when everything in the city is valid: the agreement of 2025 is
// in force long before the first invoice.
var begun = period.NewDate(2025, 1, 1)

// people stores units and persons.
func (b *builder) people(o *op.Op) error {
	for _, u := range b.city.Units {
		b.units[u.Code] = id.New[op.Unit](o)
	}
	for _, p := range b.city.People {
		row := role.Person{
			Name: p.Name, Email: p.Email, Kind: op.Person, Unit: b.units[p.Unit], Title: p.Title,
			Clearance: b.clearanceOf(p), Keys: true, Active: true,
		}
		if p.Machine {
			row.Kind = op.Automation
		}
		if err := role.Add(o, &row); err != nil {
			return err
		}
		b.persons[p.Key] = row.ID
	}
	for i, u := range b.city.Units {
		row := organisation.Unit{ID: b.units[u.Code], Code: u.Code, Name: u.Name, Kind: "operations", Phone: fictionPhone(250 + i), Active: true}
		if u.Code == "system" {
			row.Kind = "administration"
		}
		for _, key := range b.city.those(UnitManager, u.Code) {
			row.Manager = b.persons[key]
		}
		if err := organisation.Add(o, &row); err != nil {
			return err
		}
	}
	return nil
}

// clientele stores the clients and the people there whom we turn to.
func (b *builder) clientele(o *op.Op) error {
	for i := range b.city.Clients {
		k := &b.city.Clients[i]
		row := client.Client{
			Code: k.Code, Name: k.Name, Kind: client.Kind(k.Kind), Org: k.Org, Active: true, Short: k.Short,
			Address: k.Address.Street + ", " + k.Address.PostalCode + " " + k.Address.City, Unit: b.units[k.Unit],
			Lead: b.persons[k.Lead], Mailbox: k.Mailbox, Phone: k.Phone, Hours: "Helgfria vardagar 8–17",
		}
		if err := client.Add(o, &row); err != nil {
			return err
		}
		b.clients[k.Code] = row.ID
		var contacts []*client.Contact
		for _, p := range b.city.People {
			if p.Client != k.Code {
				continue
			}
			as := p.Role
			if p.Key == k.Manager {
				as = "head"
			}
			contacts = append(contacts, &client.Contact{
				Client: row.ID, Person: b.persons[p.Key], Name: p.Name, Role: as,
				Title: p.Title, Phone: p.Phone, Mail: p.Email, ValidFrom: begun,
			})
		}
		if err := client.AddContacts(o, contacts...); err != nil {
			return err
		}
	}
	return nil
}

// staffing gives the process its working time: 0.03 full-time equivalents, the
// scale of the city. They stand on three people.
func (b *builder) staffing(o *op.Op) error {
	var times []organisation.Time
	for _, key := range []string{"maja.ek", "noor.salim", "klara.vik"} {
		times = append(times, organisation.Time{
			Person: b.persons[key], Unit: b.units[b.city.Person(key).Unit],
			Process: "payables", Share: 1, ValidFrom: begun,
		})
	}
	if err := organisation.AddTimes(o, times...); err != nil {
		return err
	}
	return organisation.AddRoles(o,
		organisation.Role{Process: "payables", Role: "lead", Person: b.persons["sigrid.ahlen"], ValidFrom: begun},
		organisation.Role{Process: "payables", Role: "specialist", Person: b.persons["ulrika.falk"], ValidFrom: begun},
		organisation.Role{Process: "complaint", Role: "lead", Person: b.persons["tomas.back"], ValidFrom: begun},
	)
}

// roles gives everybody their role: at the centre for all clients, at a client
// for that client alone.
func (b *builder) roles(o *op.Op) error {
	for _, p := range b.city.People {
		a := role.Assignment{Person: b.persons[p.Key], Role: role.Name(p.Role), Client: b.clients[p.Client], ValidFrom: begun}
		if p.Role == Assistant {
			a.Unit = b.units[p.Unit]
		}
		if err := role.Assign(o, b.Matrix, &a); err != nil {
			return err
		}
	}
	return nil
}

// actors reads what each person may do.
func (b *builder) actors(o *op.Op) error {
	for _, p := range b.city.People {
		a, err := role.Load(o, b.Matrix, b.persons[p.Key])
		if err != nil {
			return err
		}
		b.actor[p.Key] = a
	}
	return nil
}

// signIn makes the accounts. The hashes are made outside any operation, since
// each takes its time.
func (b *builder) signIn(accounts []Account) error {
	hashes := make([]string, len(accounts))
	for i, a := range accounts {
		var err error
		if hashes[i], err = login.Hash(b.ctx, a.Password); err != nil {
			return err
		}
	}
	return b.do(b.System, func(o *op.Op) error {
		for i, a := range accounts {
			if err := login.Put(o, b.persons[a.User], a.User, hashes[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
