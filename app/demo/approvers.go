package demo

import (
	"time"

	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/approving"
	"kontor/process/payables"
	"kontor/process/payout"
	"kontor/promise/approval"
)

// renewed is the day on which the committees decided who approves next year.
var renewed = period.NewDate(2025, time.December, 11)

// approvers enters who may approve at each client: written by an accountant,
// the committee's decision entered by the head of operations.
func (b *builder) approvers() error {
	for i := range b.city.Clients {
		k := &b.city.Clients[i]
		if err := b.adopt(k, begun, period.NewDate(2025, time.December, 31), begun.AddDays(-30), "§ 12", 0); err != nil {
			return err
		}
	}
	return nil
}

// adopt decides a version of the register of one client.
func (b *builder) adopt(k *Client, from, to, on period.Date, paragraph string, raise int64) error {
	var key id.ID[approval.Scheme]
	err := b.do(b.actor[b.of(Accountant, k.Unit)], func(o *op.Op) (err error) {
		key, err = b.draft(o, k, from, to, raise)
		return err
	})
	if err != nil {
		return err
	}
	return b.do(b.actor["lo.wester"], func(o *op.Op) error {
		_, err := approval.Table.Take(o, key, "decide", 0, map[string]string{"body": "Nämnden för " + k.Name, "on": on.String(),
			"registry": k.Code + " " + on.String()[:4] + "/118, " + paragraph})
		return err
	})
}

func (b *builder) draft(o *op.Op, k *Client, from, to period.Date, raise int64) (id.ID[approval.Scheme], error) {
	key, err := approval.Begin(o, b.clients[k.Code], from, to)
	if err != nil {
		return key, err
	}
	if err := approval.Strike(o, key, 0); err != nil {
		return key, err
	}
	manager := b.persons[k.Manager]
	return key, approval.Write(o, key,
		approval.Row{Person: b.persons[k.Approver], Name: b.city.Person(k.Approver).Name, Kind: approval.Final, Most: approverMost * money.Amount(1+raise), Superior: manager},
		approval.Row{Person: manager, Name: b.city.Person(k.Manager).Name, Kind: approval.Final, Most: managerMost})
}

// renew decides the register of the next year, and, in the last week, lets a
// head be away and the year after be prepared.
func (b *builder) renew(day period.Date) error {
	for i := range b.city.Clients {
		k := &b.city.Clients[i]
		switch day {
		case Today:
			if k.Unit == units[0].Code { // as the job does every morning
				if err := b.do(b.System, func(o *op.Op) error { return approvers().Remind(o, b.clients[k.Code]) }); err != nil {
					return err
				}
			}
		case renewed:
			if err := b.adopt(k, period.NewDate(2026, time.January, 1), period.NewDate(2026, time.December, 31), day, "§ 131", 0); err != nil {
				return err
			}
		case Today.AddDays(-1):
			if k.Name != "Kulturförvaltningen" {
				continue
			}
			err := b.do(b.actor[k.Manager], func(o *op.Op) error {
				_, err := approval.StandIn(o, approval.Substitution{Client: b.clients[k.Code], Absent: b.persons[k.Manager], AbsentName: b.city.Person(k.Manager).Name,
					Person: b.persons[k.Approver], PersonName: b.city.Person(k.Approver).Name, ValidFrom: day, ValidTo: day.AddDays(6), Note: "Semester"})
				return err
			})
			if err != nil {
				return err
			}
			err = b.do(b.actor[b.of(Accountant, k.Unit)], func(o *op.Op) error {
				_, err := b.draft(o, k, period.NewDate(2027, time.January, 1), period.NewDate(2027, time.December, 31), 1)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	if day != Today {
		return nil
	}
	return b.do(b.System, approvers().Digest)
}

// occasion says what a course was about and who went, before somebody reviews it.
func (b *builder) occasion(by *op.Op, e *errand, v payables.Invoice) error {
	if v.Missing() == "" {
		return nil
	}
	return payables.Occasion{ID: v.ID, Purpose: "Planering inför nästa år", Programme: "Se bilagan till fakturan",
		Participants: b.city.Person(e.client.Contact).Name + ", " + e.client.Name, Persons: []op.PersonID{b.persons[e.client.Contact]}}.Write(by)
}

// approvers is the queue of everything that is approved on its own page.
func approvers() *approving.Desk { return approving.New(payables.Approvals(), payout.Approvals()) }
