package demo

import (
	"slices"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/money"
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
			values = append(values, coding.Value{
				Owner: b.clients[k.Code], Segment: coding.Unit, Code: c.Code,
				Name: k.Short + ": " + c.Name, ValidFrom: begun,
			})
		}
	}
	_, err := coding.Put(o, values...)
	return err
}

// activities are what the units of the clients work with, by the beginning of
// their names; the rest is shared administration.
var activities = []struct{ name, code string }{
	{"Förskola", "4100"},
	{"Äldre", "5100"},
	{"Boende", "5300"},
	{"Bibliotek", "3200"},
	{"Museum", "3100"},
	{"Kulturskola", "3100"},
	{"Scen", "3100"},
	{"Publik", "3100"},
	{"Grundskola", "4200"},
	{"Skolmåltider", "4200"},
	{"Gymnasium", "4300"},
	{"Vuxenutbildning", "4400"},
	{"Simhallar", "3300"},
	{"Idrottsplatser", "3300"},
	{"Ishallar", "3300"},
	{"Fritid", "3300"},
	{"Gator", "2200"},
	{"Belysning", "2200"},
	{"Vinter", "2200"},
	{"Park", "2200"},
	{"Social", "5300"},
	{"Barn och unga", "5300"},
	{"Försörjning", "5300"},
	{"Tolk", "5300"},
	{"Praktik", "6100"},
	{"Drift", "9200"},
	{"Underhåll", "9200"},
	{"Bygg", "9200"},
}

func activityOf(unit string) string {
	for _, a := range activities {
		if strings.HasPrefix(unit, a.name) {
			return a.code
		}
	}
	return "9100"
}

// ruleMost is the highest amount that the digital co-worker codes by itself.
const ruleMost = money.Amount(25_000_00)

// trustMost is the highest amount that it codes by a suggestion.
const trustMost = money.Amount(5_000_00)

// steady are the trades whose invoices come again and again.
var steady = []string{"energi", "tele", "städ", "bevakning", "avfall", "måltid", "taxi"}

// rules lets the digital co-worker code what is steady: the supplier says the
// account, the reference the unit.
func (b *builder) rules(o *op.Op) error {
	by := o.As(b.actor[b.of(Accountant, "ost")])
	for _, s := range b.city.Suppliers {
		if s.New || !slices.Contains(steady, s.Trade) {
			continue
		}
		for _, k := range b.city.Clients {
			for _, c := range k.Codes {
				r := payables.Rule{
					Client: b.clients[k.Code], Supplier: s.Org, Reference: c.Code, Account: trades[s.Trade][0].Account, Unit: c.Code,
					Activity: activityOf(c.Name), Most: ruleMost, ValidFrom: begun,
				}
				if _, err := payables.PutRule(by, r); err != nil {
					return err
				}
			}
		}
	}
	// Two clients trust suggestions that are all but certain.
	for _, k := range b.city.Clients[:2] {
		by := o.As(b.actor[b.of(Accountant, k.Unit)])
		t := payables.Trust{Client: b.clients[k.Code], Least: 970, Most: trustMost, Decision: "ekonomichefen 2025-12-18", ValidFrom: begun}
		if err := payables.PutTrust(by, t); err != nil {
			return err
		}
	}
	return nil
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
		all = append(all, &payables.Supplier{
			Org: s.Org, Name: s.Name, Country: "SE", Town: s.Address.City, State: payables.SupplierApproved,
			FTax: "yes", FTaxOn: begun, Phone: s.Phone, Mail: s.Email,
		})
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
		accounts = append(accounts, payables.Account{
			Supplier: all[n].ID, Scheme: scheme, Number: s.Account,
			State: payables.AccountApproved, Source: "Fört över från det tidigare registret",
		})
		n++
	}
	return payables.Propose(o, accounts...)
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
