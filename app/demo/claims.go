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
)

// demand is what a supplier writes about an invoice, and when it is answered.
type demand struct {
	kind                        claim.Kind
	interest, compensation, fee money.Amount
	feeAgreed                   bool
	unknown                     bool // about an invoice that never came
	days                        int  // working days until it is answered; less than 0 for what still waits
	id                          claim.ID
	due                         period.Date // to be answered; none when it is not
	client                      *Client
	serial                      int
}

// demands are sent in turn, one each week.
var demands = []demand{
	{kind: claim.Reminder, days: 1},
	{kind: claim.Reminder, fee: money.Kronor(60), days: 1},
	{kind: claim.Demand, interest: money.Kronor(38), fee: money.Kronor(180), days: 2},
	{kind: claim.Reminder, unknown: true, days: -1},
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
	if d.days >= 0 {
		d.due = workday.AddWorkdays(workday.Office, day, 1+d.days)
	}
	b.demands = append(b.demands, d)
	return nil
}

// sendDemand registers a letter about an invoice that is past its due day.
func (b *builder) sendDemand(o *op.Op, d *demand, day period.Date) (bool, error) {
	all := make([]payables.ID, 0, len(b.state))
	for key, state := range b.state {
		if state != payables.Returned && state != payables.Voided {
			all = append(all, key)
		}
	}
	slices.Sort(all)
	third := max(1, len(all)/3)
	for at := d.serial * 29 % third; at < third && at < len(all); at++ {
		v, err := payables.Table.Get(o, all[at])
		if err != nil {
			return false, err
		}
		if v.Kind != payables.Debit || v.Payable <= 0 || v.SupplierOrg == "" || v.Due == 0 || v.Due >= day.AddDays(-3) {
			continue
		}
		if d.client = b.clientOf(v.Client); d.client == nil {
			continue
		}
		c := &claim.Claim{Kind: d.kind, Channel: work.Manual, SupplierOrg: v.SupplierOrg, SupplierName: v.SupplierName, Number: v.Number, Dated: day.AddDays(-2),
			Capital: v.Payable, Interest: d.interest, Compensation: d.compensation, Fee: d.fee, FeeAgreed: d.feeAgreed}
		if d.unknown {
			c.Number = fmt.Sprintf("%d", 88_100+d.serial)
		}
		c.Client = v.Client
		err = claim.Register(o.As(b.actor[b.clerk(d.client, d.serial)]), c)
		d.id = c.ID
		return err == nil, err
	}
	return false, nil
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
	switch c.Judged.Verdict {
	case claim.Excess, claim.Baseless:
		step = "contest"
	case claim.Lawful:
		step = "accept"
	}
	_, err = claim.Table.Take(by, d.id, step, 0, map[string]string{"answer": claim.Letter(c)})
	return err
}
