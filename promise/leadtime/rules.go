package leadtime

import (
	"context"
	"strings"
	"time"

	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/workday"
)

// spans says when an agreement promised a number of days, whatever the service.
type spans map[spanKey][]span

type spanKey struct {
	client    op.ClientID
	agreement id.ID[Agreement]
	days      int64
}

type span struct{ first, last period.Date }

// spansOf makes spans of all promises.
func spansOf(promises []Promise) spans {
	s := spans{}
	for _, p := range inForce(promises) {
		k := spanKey{p.Client, p.Agreement, p.Days}
		s[k] = append(s[k], span{p.ValidFrom, p.ValidTo})
	}
	return s
}

// inForce returns the promises with their real last days: a row with 0 days cuts
// those of its own agreement and service short and is itself left out.
func inForce(promises []Promise) []Promise {
	type own struct {
		client    op.ClientID
		agreement id.ID[Agreement]
		service   string
	}
	ends := map[own]period.Date{}
	for _, p := range promises {
		k := own{p.Client, p.Agreement, p.Service}
		if d, seen := ends[k]; p.Days == 0 && (!seen || p.ValidFrom < d) {
			ends[k] = p.ValidFrom
		}
	}
	var all []Promise
	for _, p := range promises {
		if d, ended := ends[own{p.Client, p.Agreement, p.Service}]; ended {
			p.ValidTo = min(p.ValidTo, d-1)
		}
		if p.Days > 0 && p.ValidFrom <= p.ValidTo {
			all = append(all, p)
		}
	}
	return all
}

func (s spans) hold(e promisedEvent, arrived period.Date) bool {
	for _, x := range s[spanKey{e.Client, e.Agreement, e.Promised}] {
		if x.first <= arrived && arrived <= x.last {
			return true
		}
	}
	return false
}

// Said is what the sentence about a promise needs.
type Said struct {
	Client  string // name
	Year    int64  // of the agreement
	Days    int64  // promised; 0 where nothing is promised
	Arrived time.Time
	Pauses  workday.Pauses // while the ball was with the client
	Now     time.Time
}

// Sentence says a promise with its reason, in the language of the context:
// "Ska vara klar onsdag 25 november, dag 5, eftersom avtalet 2026 lovar
// Kulturförvaltningen 5 dagar." Pure.
func Sentence(ctx context.Context, s Said) string {
	if s.Days <= 0 {
		return text.F(ctx, "Ingen ledtid är avtalad med %s för det här.", s.Client)
	}
	due := workday.DueDate(Calendar, s.Arrived, int(s.Days), s.Pauses, s.Now)
	day, today := workday.DayNumber(Calendar, s.Arrived, s.Now, s.Pauses), period.DateOf(s.Now)
	when := period.LongDate(due, text.Lang(ctx))
	if due.Year() != today.Year() {
		when += " " + period.YearOf(due).String()
	}
	why := reason(ctx, s)
	switch {
	case s.Pauses.Paused(s.Now):
		return text.F(ctx, "Väntar på %s. Ska vara klar %s om svaret kommer i dag, %s.", s.Client, when, why)
	case due < today:
		late := int64(day) - s.Days
		return text.F(ctx, "Skulle ha varit klar %s och är %s sen, %s.", when, text.N(ctx, max(late, 1), "%s dag", "%s dagar"), why)
	}
	return text.F(ctx, "Ska vara klar %s, dag %d, %s.", when, s.Days, why)
}

func reason(ctx context.Context, s Said) string {
	days := text.N(ctx, s.Days, "%s dag", "%s dagar")
	return text.F(ctx, "eftersom avtalet %d lovar %s %s", s.Year, strings.TrimSpace(s.Client), days)
}
