package payables

import (
	"slices"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/workday"
	"kontor/process/approving"
	"kontor/promise/approval"
)

var waiting = db.Select[ID](`
	SELECT id FROM payables_invoice WHERE client = $1 AND state IN ('coded', 'reviewed') ORDER BY keep_by, id LIMIT $2`)

// matters are the invoices of a client that wait for somebody there.
func matters(o *op.Op, of op.ClientID, most int) ([]approving.Matter, error) {
	keys, err := waiting.All(o, of, most)
	if err != nil {
		return nil, err
	}
	contacts, err := approving.Contacts(o, of)
	if err != nil {
		return nil, err
	}
	all := make([]approving.Matter, len(keys))
	for i, k := range keys {
		v, err := Table.Get(o, k)
		if err != nil {
			return nil, err
		}
		pauses, err := pausesOf(o, v)
		if err != nil {
			return nil, err
		}
		all[i] = matter(v, contacts, since(v, pauses), period.DateOf(o.Now))
	}
	return all, nil
}

// matter says for whom an invoice waits on a day. It is pure.
func matter(v Invoice, contacts []approval.Authority, since time.Time, day period.Date) approving.Matter {
	m := approving.Matter{Client: v.Client, Record: int64(v.ID), Number: v.Number, Amount: v.Payable, Due: v.Due, Step: "approve", Since: since, Rights: rights(v)}
	if v.State != Coded {
		m.Who = asked(v, day)
		return m
	}
	m.Step, m.Who = "review", slices.Clone(contacts)
	if !m.Rights.Open(approval.Review, day) {
		m.Who = m.Rights.Who(approval.Review, v.Coding, v.Payable, day)
	}
	m.Who = slices.DeleteFunc(m.Who, func(a approval.Authority) bool { return tied(v, op.Actor{}, a.Person, day) })
	return m
}

// since is when it became somebody's turn: the review, else when the ball went to
// the client.
func since(v Invoice, p workday.Pauses) time.Time {
	if a, ok := holding(v, "review"); ok && v.State == Reviewed {
		return a.At
	}
	at := v.Arrived
	for _, x := range p.All() {
		at = latest(at, x.From)
	}
	return at
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
