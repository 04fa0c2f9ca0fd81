package demo

import (
	"kontor/books/coding"
	"kontor/kernel/op"
	"kontor/process/payables"
	"kontor/process/payables/intake"
)

// codes gives each client its own units in the code plan; the rest of the plan
// is the city's.
func (b *builder) codes(o *op.Op) error {
	var values []coding.Value
	for _, k := range b.city.Clients {
		for _, c := range k.Codes {
			values = append(values, coding.Value{Owner: b.clients[k.Code], Segment: coding.Unit, Code: c.Code,
				Name: k.Short + ": " + c.Name, ValidFrom: begun})
		}
	}
	_, err := coding.Put(o, values...)
	return err
}

// suppliers stores those who have sent invoices before, with the account that
// they are known by.
func (b *builder) suppliers(o *op.Op) error {
	var all []*payables.Supplier
	var accounts []payables.Account
	for _, s := range b.city.Suppliers {
		if s.New {
			continue
		}
		all = append(all, &payables.Supplier{Org: s.Org, Name: s.Name, Country: "SE", State: payables.SupplierApproved,
			FTax: "yes", FTaxOn: begun, Phone: s.Phone, Mail: s.Email})
	}
	if err := payables.AddSuppliers(o, all...); err != nil {
		return err
	}
	n := 0
	for _, s := range b.city.Suppliers {
		if s.New {
			continue
		}
		scheme := payables.Bankgiro
		if s.Scheme == "SE:PLUSGIRO" {
			scheme = payables.Plusgiro
		}
		accounts = append(accounts, payables.Account{Supplier: all[n].ID, Scheme: scheme, Number: s.Account,
			State: payables.AccountApproved, Source: "Fört över från det tidigare registret"})
		n++
	}
	return payables.Propose(o, accounts...)
}

// authorities enters who may approve at each client, as its committee has
// decided.
func (b *builder) authorities(o *op.Op) error {
	for _, k := range b.city.Clients {
		for _, a := range []payables.Authority{
			{Person: b.persons[k.Approver], Name: b.city.Person(k.Approver).Name, Most: approverMost},
			{Person: b.persons[k.Manager], Name: b.city.Person(k.Manager).Name, Most: managerMost},
		} {
			a.Client, a.ValidFrom, a.Decision = b.clients[k.Code], begun, "Nämndens attestförteckning 2025, § 12"
			if _, err := payables.PutAuthority(o, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// routes lead invoices to their clients: by the code of who ordered, else by
// the address that the sender used.
func (b *builder) routes(o *op.Op) error {
	for _, k := range b.city.Clients {
		add := func(kind, code, note string) error {
			return intake.AddRoute(o, intake.Route{Client: b.clients[k.Code], Kind: kind, Code: code, Note: note, ValidFrom: begun})
		}
		for _, c := range k.Codes {
			if err := add(intake.ByReference, c.Code, c.Name); err != nil {
				return err
			}
		}
		if err := add(intake.ByAddress, "0007:"+k.Org[2:], "Organisationsnummer"); err != nil {
			return err
		}
		if err := add(intake.ByAddress, "0088:"+k.GLN, "Lokaliseringsnummer"); err != nil {
			return err
		}
	}
	return nil
}
