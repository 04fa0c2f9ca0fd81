package approving

import (
	"slices"
	"time"

	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/workday"
	"kontor/promise/approval"
)

// Matter is a document that waits for somebody at its client.
type Matter struct {
	Client op.ClientID
	Record int64
	Number string
	Amount money.Amount
	Due    period.Date
	Step   string               // "review" or "approve"
	Since  time.Time            // it has been somebody's turn
	Who    []approval.Authority // those who may, the nearest first, as [approval.Register.Who]
	Rights *approval.Register   // of the client
}

// Ask is that a person was reminded of a document on a day.
type Ask struct {
	Client    op.ClientID
	Kind      string
	Record    int64
	Person    op.PersonID
	Day       period.Date
	Step      string
	Escalated bool
	Number    string
	Amount    money.Amount
	Due       period.Date
}

// Reminders says who is to be reminded of one document: the nearest after some
// working days, later those above them as well.
func Reminders(m Matter, set approval.Setting, calendar *workday.Calendar, now time.Time) (asks []Ask, names []string, escalated bool) {
	day := period.DateOf(now)
	waited := int64(calendar.Workdays(period.DateOf(m.Since), day)) - 1
	if waited < set.Remind {
		return nil, nil, false
	}
	add := func(a approval.Authority, up bool) {
		if slices.ContainsFunc(asks, func(x Ask) bool { return x.Person == a.Person }) {
			return
		}
		asks = append(asks, Ask{Client: m.Client, Record: m.Record, Person: a.Person, Day: day, Step: m.Step, Escalated: up, Number: m.Number, Amount: m.Amount, Due: m.Due})
		names = append(names, a.Name)
	}
	near := nearest(m.Who)
	for _, a := range near {
		add(a, false)
	}
	if waited < set.Escalate {
		return asks, names, false
	}
	for _, a := range above(m, near, day) {
		before := len(asks)
		add(a, true)
		escalated = escalated || len(asks) > before
	}
	return asks, names, escalated
}

// nearest are those with the lowest limit that suffices, as Who orders them.
func nearest(who []approval.Authority) []approval.Authority {
	n := 0
	for n < len(who) && who[n].Most == who[0].Most {
		n++
	}
	return who[:n]
}

// above are those to turn to when the nearest do not answer: their superiors,
// among those who may, else those with the next limit.
func above(m Matter, near []approval.Authority, day period.Date) (all []approval.Authority) {
	var over []op.PersonID
	for _, a := range near {
		over = append(over, m.Rights.Superiors(a.For, day)...)
	}
	for _, a := range m.Who {
		if slices.Contains(over, a.Person) || slices.Contains(over, a.For) {
			all = append(all, a)
		}
	}
	if all == nil {
		all = nearest(m.Who[len(near):])
	}
	return all
}
