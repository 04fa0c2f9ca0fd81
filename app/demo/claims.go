package demo

import (
	"fmt"
	"slices"

	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/kernel/workday"
	"kontor/process/payables"
	"kontor/process/payables/claim"
	"kontor/process/payables/onboarding"
)

// demand is what a supplier writes about an invoice, and when it is answered.
type demand struct {
	kind                        claim.Kind
	interest, compensation, fee money.Amount
	feeAgreed                   bool
	unknown                     bool // about an invoice that never came
	days                        int  // working days until it is answered; less than 0 for what still waits
	id                          claim.ID
	about                       payables.ID
	due                         period.Date // to be answered; none when it is not
	client                      *Client
	serial                      int
}

// demands are sent in turn, one each week.
var demands = []demand{
	{kind: claim.Reminder, days: 1},
	{kind: claim.Reminder, fee: money.Kronor(60), days: 1},
	{kind: claim.Demand, interest: money.Kronor(38), fee: money.Kronor(180), days: 2},
	{kind: claim.Reminder, unknown: true, days: 1},
	{kind: claim.Reminder, compensation: money.Kronor(450), days: 1},
	{kind: claim.Demand, interest: money.Kronor(212), compensation: money.Kronor(450), fee: money.Kronor(180), days: 2},
	{kind: claim.Reminder, fee: money.Kronor(60), feeAgreed: true, days: 1},
}

// lastDemands are what waits when the city is shown.
var lastDemands = map[int]demand{ // by days before today
	4: {kind: claim.Demand, interest: money.Kronor(64), compensation: money.Kronor(450), fee: money.Kronor(180), days: -1},
	1: {kind: claim.Reminder, fee: money.Kronor(95), days: -1},
}

// dun is what suppliers demand on a day, and what the office answers: one letter
// each Wednesday, about invoices that the suppliers have waited longest for.
func (b *builder) dun(day period.Date) error {
	b.at = day.At(11*60 + 20)
	for k := range b.demands {
		if d := &b.demands[k]; d.due == day {
			if err := b.do(b.System, func(o *op.Op) error { return b.answerDemand(o, d) }); err != nil {
				return fmt.Errorf("demand %d: %w", d.serial, err)
			}
		}
	}
	if day == Today.AddDays(-30) {
		if err := b.do(b.System, b.askSuppliers); err != nil {
			return err
		}
	}
	d, today := lastDemands[int(Today-day)]
	if !today {
		if day.Weekday() != 3 || day > Today.AddDays(-6) {
			return nil
		}
		d = demands[len(b.demands)%len(demands)]
	}
	d.serial = len(b.demands)
	found := false
	err := b.do(b.System, func(o *op.Op) (err error) { found, err = b.sendDemand(o, &d, day); return err })
	if err != nil || !found {
		return err
	}
	b.demanded[d.about] = !d.unknown
	if d.days >= 0 {
		d.due = workday.AddWorkdays(workday.Office, day, 1+d.days)
	}
	b.demands = append(b.demands, d)
	return nil
}

// notDue is about how many invoices come in a month, and looked how many before
// them are looked at.
const (
	notDue = 100
	looked = 16
)

// sendDemand registers a letter about an invoice of the last months, best one
// that was paid late or is not paid.
func (b *builder) sendDemand(o *op.Op, d *demand, day period.Date) (bool, error) {
	all := make([]payables.ID, 0, len(b.state))
	for key, state := range b.state {
		if state != payables.Returned && state != payables.Voided {
			all = append(all, key)
		}
	}
	slices.Sort(all)
	slices.Reverse(all)
	var about *payables.Invoice
	for _, key := range all[min(notDue, len(all)):min(notDue+looked, len(all))] {
		v, err := payables.Table.Get(o, key)
		if err != nil {
			return false, err
		}
		if v.Kind != payables.Debit || v.Payable <= 0 || v.SupplierOrg == "" || v.Due == 0 || v.Due >= day.AddDays(-3) || b.clientOf(v.Client) == nil || b.demanded[v.ID] {
			continue
		}
		late := v.PaidOn == 0 || v.PaidOn > v.Due.AddDays(10)
		if about == nil || late {
			about = &v
		}
		if late {
			break
		}
	}
	if about == nil {
		return false, nil
	}
	v := *about
	d.client = b.clientOf(v.Client)
	c := &claim.Claim{Kind: d.kind, Channel: work.Manual, SupplierOrg: v.SupplierOrg, SupplierName: v.SupplierName, Number: v.Number, Dated: day.AddDays(-2),
		Capital: v.Payable, Interest: d.interest, Compensation: d.compensation, Fee: d.fee, FeeAgreed: d.feeAgreed}
	if d.unknown {
		c.Number = fmt.Sprintf("%d", 88_100+d.serial)
	}
	c.Client = v.Client
	err := claim.Register(o.As(b.actor[b.clerk(d.client, d.serial)]), c)
	d.id, d.about = c.ID, v.ID
	return err == nil, err
}

func (b *builder) clientOf(at op.ClientID) *Client {
	for code, key := range b.clients {
		if key == at {
			return b.city.Client(code)
		}
	}
	return nil
}

// answerDemand answers as the law has it, with the letter that is proposed.
func (b *builder) answerDemand(o *op.Op, d *demand) error {
	by := o.As(b.actor[b.clerk(d.client, d.serial)])
	c, err := claim.Table.Get(by, d.id)
	if err != nil {
		return err
	}
	step := "answer"
	switch {
	case c.State == claim.Missing:
		d.due = workday.AddWorkdays(workday.Office, d.due, 15) // for the copy
		_, err = claim.Table.Take(by, d.id, "copy", 0, nil)
		return err
	case c.State == claim.Waiting:
		step = "close"
	case c.Judged.Verdict == claim.Excess, c.Judged.Verdict == claim.Baseless:
		step = "contest"
	case c.Judged.Verdict == claim.Lawful:
		step = "accept"
	}
	_, err = claim.Table.Take(by, d.id, step, 0, map[string]string{"answer": claim.Letter(c)})
	return err
}

// askSuppliers asks those who send most on paper for e-invoices.
func (b *builder) askSuppliers(o *op.Op) error {
	by := o.As(b.actor[b.of(Accountant, units[0].Code)])
	for k, name := range []string{"Hagaby Kontor AB", "Kastanjens Skolmat AB", "Björkvalla Städ AB", "Ekudden Förlag AB"} {
		at := slices.IndexFunc(b.city.Suppliers, func(s Supplier) bool { return s.Name == name })
		if at < 0 {
			continue
		}
		s, known, err := payables.SupplierByOrg(o, b.city.Suppliers[at].Org)
		if err != nil || !known {
			return err
		}
		a := onboarding.Ask{Supplier: s.ID, Step: onboarding.Asked, OnDay: period.DateOf(o.Now), Note: "Ringde växeln. Vår fråga skickas till ekonomichefen."}
		if k == 0 {
			a.Step, a.Note = onboarding.Agreed, "Börjar skicka via Peppol vid årsskiftet, säger ekonomichefen."
		}
		if k == 3 {
			a.Step, a.Note = onboarding.Declined, "Skickar få fakturor och vill fortsätta med papper."
		}
		if err := onboarding.Put(by, a, 0); err != nil {
			return err
		}
	}
	return nil
}
