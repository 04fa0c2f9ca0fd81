package approval

import (
	"cmp"
	"fmt"
	"slices"

	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// The permissions of the register.
const (
	MayRead   op.Permission = "approval.read"
	MayWrite  op.Permission = "approval.write"
	MayDecide op.Permission = "approval.decide"
	MayOwn    op.Permission = "approval.own"
)

// The states of a version.
const (
	Draft     flow.State = "draft"
	Decided   flow.State = "decided"
	Withdrawn flow.State = "withdrawn"
)

// Life is the life of a version. What is decided is never taken back: the next
// decision replaces it.
var Life = &flow.Flow[Scheme]{
	Name: "approval.scheme",
	Labels: []flow.StateLabel{
		{State: Draft, Word: "Utkast", Kind: "near"},
		{State: Decided, Word: "Beslutad", Kind: "ok"},
		{State: Withdrawn, Word: "Kastad", Kind: "none"},
	},
	Start: []flow.State{Draft},
	Ends:  []flow.State{Decided, Withdrawn},
	Steps: []flow.Step[Scheme]{
		{Name: "decide", Label: "För in beslutet", Done: "Förde in beslutet. Versionen gäller från sin första dag.", Key: "G",
			WhoMay: "Det gör en annan person än de som har skrivit i utkastet, med rätt att föra in nämndens beslut.",
			From:   []flow.State{Draft}, To: Decided, Need: MayDecide, Guard: mayDecide, Prefer: always, Input: []form.Field{
				{Key: "body", Label: "Beslutat av", Kind: form.Text, Required: true, Max: 120, Help: "Nämnden, eller den som har fått rätten delegerad."},
				{Key: "on", Label: "Beslutsdatum", Kind: form.Date, Required: true},
				{Key: "registry", Label: "Diarienummer och paragraf", Kind: form.Text, Required: true, Max: 80, Help: "Till exempel: KN 2026/118, § 12."},
			}},
		{Name: "withdraw", Label: "Kasta utkastet", Done: "Kastade utkastet.", WhoMay: "Det gör den som sköter attestförteckningen.",
			From: []flow.State{Draft}, To: Withdrawn, Need: MayWrite},
	},
}

func always(op.Who, Scheme) bool { return true }

var (
	errEmpty  = fault.New(fault.Conflict, "APV-010", "Utkastet har inga rader. Lägg till minst en attestant först.")
	errEditor = fault.New(fault.Forbidden, "APV-011", "Du har själv skrivit i utkastet. En annan person ska föra in beslutet.")
	errOwn    = fault.New(fault.Forbidden, "APV-012", "Utkastet ändrar din egen rätt. En annan person ska föra in beslutet.")
	errPerson = fault.New(fault.Forbidden, "APV-013", "Bara en person får föra in ett beslut.")
	errSelf   = fault.New(fault.Forbidden, "APV-014", "Du kan inte ge dig själv attesträtt. Be en kollega skriva raden.")
	errFixed  = fault.New(fault.Conflict, "APV-015", "Versionen är beslutad och kan inte ändras. Börja ett nytt utkast.")
	errFuture = fault.New(fault.Invalid, "APV-016", "Beslutsdatumet ligger efter i dag. Skriv dagen då beslutet togs.")
)

// mayDecide wants another person than the draft's authors, and nobody who gets
// more by it.
func mayDecide(w op.Who, s Scheme) error {
	switch {
	case w.Actor.Kind != op.Person:
		return errPerson
	case len(s.Rows) == 0:
		return errEmpty
	case s.DraftedBy == w.Actor.ID || slices.Contains(s.Editors, w.Actor.ID):
		return errEditor
	}
	for _, c := range Diff(s.Before, s.Rows) {
		if c.Row.Person == w.Actor.ID && !c.Gone {
			return errOwn
		}
	}
	return nil
}

// Change is a difference between two versions.
type Change struct {
	Row  Row
	Gone bool // the row is only in the earlier one; else only in the later one
}

// Diff tells the rows that are in one of two versions only, by name. A changed
// row is one that is gone and one that is new.
func Diff(before, after []Row) []Change {
	had := map[string]int{}
	for _, r := range before {
		had[r.content()]++
	}
	var all []Change
	for _, r := range after {
		if had[r.content()] > 0 {
			had[r.content()]--
			continue
		}
		all = append(all, Change{Row: r})
	}
	for _, r := range before {
		if had[r.content()] > 0 {
			had[r.content()]--
			all = append(all, Change{Row: r, Gone: true})
		}
	}
	slices.SortStableFunc(all, func(a, b Change) int {
		gone := func(c Change) int {
			if c.Gone {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Row.Name, b.Row.Name), cmp.Compare(a.Row.Kind, b.Row.Kind), cmp.Compare(gone(a), gone(b)))
	})
	return all
}

// content is all that a row decides.
func (r *Row) content() string {
	return fmt.Sprint(r.Person, r.Kind, "|", r.Units, "|", r.Activities, "|", r.Projects, "|", r.Accounts, "|", r.Most, r.Superior, r.ValidFrom, r.ValidTo)
}

// renewBefore is how long before the last day of a version, or before a year
// has gone since its decision, somebody is told to prepare the next.
//
// source: attestreglementen (Alingsås, Haninge, Håbo): förteckningen beslutas minst en gång om året
const (
	renewBefore = 60 // days
	renewYear   = 365
)

// Renewal is the day by which a version is to be decided anew, and whether it
// is time to prepare that.
func (s *Scheme) Renewal(day period.Date) (by period.Date, now bool) {
	by = s.ValidTo
	if !s.DecidedOn.IsZero() {
		by = min(by, s.DecidedOn.AddDays(renewYear))
	}
	return by, by.AddDays(-renewBefore) <= day
}
