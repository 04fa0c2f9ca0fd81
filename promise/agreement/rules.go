package agreement

import (
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/leadtime"
)

var (
	errEmpty = fault.New(fault.Conflict, "AGR-001",
		"Avtalet lovar ingenting än. Lägg till minst en ledtid eller en tilläggstjänst innan det skickas.")
	errSelf = fault.New(fault.Conflict, "AGR-002",
		"Den som har skickat avtalet kan inte teckna det. Be kunden eller en kollega.")
	errYear = fault.New(fault.Conflict, "AGR-003",
		"Kunden har redan ett avtal för %d. Gör en tilläggsöverenskommelse till det i stället.")
	errFixed = fault.New(fault.Conflict, "AGR-004",
		"Avtalet är skickat eller tecknat och kan inte ändras. Ta tillbaka det, eller gör en tilläggsöverenskommelse.")
	errParent = fault.New(fault.Conflict, "AGR-005",
		"En tilläggsöverenskommelse kan bara göras till ett tecknat årsavtal. Teckna avtalet först.")
	errFirst = fault.New(fault.Invalid, "AGR-006",
		"Tillägget måste börja gälla inom avtalets tid och tidigast i dag. Det som redan är lovat ändras inte bakåt.")
	errLast = fault.New(fault.Invalid, "AGR-007",
		"Sista dagen måste ligga inom avtalets tid och tidigast i dag. Det som redan är lovat ändras inte bakåt.")
	errDays   = fault.New(fault.Invalid, "AGR-008", "Ledtiden ska vara mellan 1 och %d arbetsdagar.")
	errGone   = fault.New(fault.NotFound, "AGR-009", "Uppgiften finns inte. Läs in sidan igen.")
	errSigned = fault.New(fault.Invalid, "AGR-010", "Avtalet kan inte vara undertecknat en dag som inte har varit. Rätta datumet.")
)

// daysMax is the longest lead time that can be promised: a working year.
const daysMax = 250

func complete(_ op.Who, a Agreement) error {
	if len(a.Promises) == 0 && len(a.Services) == 0 && strings.TrimSpace(a.Terms) == "" {
		return errEmpty
	}
	return nil
}

func bySomebodyElse(w op.Who, a Agreement) error {
	if w.Actor.ID == a.SentBy {
		return errSelf
	}
	return nil
}

// promisesOf turns the lead times of an agreement into what is in force from
// its first day. An addition signed late does not reach back: what arrived
// before the day of signing keeps its promise.
func promisesOf(a Agreement, today period.Date) []leadtime.Promise {
	first := a.ValidFrom
	if a.Kind == Addition {
		first = max(first, today)
	}
	all := make([]leadtime.Promise, len(a.Promises))
	for i, p := range a.Promises {
		all[i] = leadtime.Promise{Client: a.Client, Agreement: id.ID[leadtime.Agreement](a.ID), Year: a.Year,
			Service: p.Service, Days: p.Days, ValidFrom: first, ValidTo: a.ValidTo}
	}
	return all
}

// additionDays refuses an addition that would change what has already been promised.
func additionDays(parent Agreement, from, today period.Date) error {
	if parent.Kind != Yearly || parent.State != Signed {
		return errParent
	}
	if from < parent.ValidFrom || from > parent.ValidTo || from < today {
		return errFirst
	}
	return nil
}

func lastDay(a Agreement, last, today period.Date) error {
	if last < today || last < a.ValidFrom || last > a.ValidTo {
		return errLast
	}
	return nil
}
