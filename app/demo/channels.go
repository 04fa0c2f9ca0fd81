package demo

import (
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/process/payables"
	"kontor/process/payables/intake"
)

// registersOfControls enters what invoices are held against: orders, what comes
// back, a contract that leads to its client, and one that everybody is warned
// of. A subscription waits for the client to confirm it.
func (b *builder) registersOfControls(o *op.Op) error {
	k, seller := &b.city.Clients[0], &b.city.Suppliers[0]
	unit := k.Codes[0]
	client := b.clients[k.Code]
	by := o.As(b.actor[b.of(Accountant, k.Unit)])
	order := payables.Order{Client: client, Number: "R-2026-118", Supplier: seller.Org, Name: "Nya stolar till biblioteket", Amount: money.Kronor(84_000),
		Account: "6410", Unit: unit.Code, Activity: activityOf(unit.Name), ValidFrom: begun}
	if _, err := payables.PutOrder(by, order); err != nil {
		return err
	}
	for _, s := range []payables.Subscription{
		{Reference: "LOKAL-7", Name: "Hyra, Verkstadsgatan 7", Least: money.Kronor(18_000), Most: money.Kronor(19_500), Approves: true, Decision: "Nämnden 2025-01-15 § 12"},
		{Reference: "ANL-550", Name: "El, Verkstadsgatan 7", Least: money.Kronor(900), Most: money.Kronor(6_000)},
	} {
		s.Client, s.Supplier, s.Months = client, seller.Org, 1
		s.Account, s.Unit, s.Activity, s.ValidFrom = "6410", unit.Code, activityOf(unit.Name), begun
		if _, err := payables.PutSubscription(by, s); err != nil {
			return err
		}
	}
	err := intake.AddRoute(by, intake.Route{Client: client, Kind: intake.ByContract, Code: "AV-2025-31", Note: "Ramavtal kontorsmateriel", ValidFrom: begun})
	if err != nil {
		return err
	}
	return payables.PutWarning(by, payables.Warning{Org: orgNumber(authoritySeries, 901), Name: "Företagsregistret Norden", Source: "Branschens varningslista 2025", Since: begun})
}
