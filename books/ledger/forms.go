package ledger

import (
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
)

// CloseForm closes a period.
var CloseForm = &form.Spec{
	Name: "ledger.close", Title: "Stäng en period", Submit: "Stäng perioden", Need: "ledger.lock",
	Intro: "När perioden är stängd bokförs det som dateras i den i nästa öppna period, med sitt eget datum kvar.",
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: func(o *op.Op) ([]form.Option, error) { return clientOptions(o, "ledger.lock") }},
		{Key: "period", Label: "Period", Kind: form.Text, Required: true, Max: 7, Help: "År och månad, till exempel 2026-11."},
		{Key: "module", Label: "Gäller", Kind: form.Choice, Options: moduleOptions},
		{Key: "state", Label: "Stängning", Kind: form.Radio, Required: true, Options: stateOptions, Default: string(Soft)},
		{Key: "reason", Label: "Skäl", Kind: form.Text, Required: true, Max: 200},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		if _, err := ParsePeriod(v.Text("period")); err != nil {
			return []fault.Field{{Name: "period", Text: "Skriv år och månad, till exempel 2026-11."}}
		}
		return nil
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		client, err := id.Parse[op.Client](v.Text("client"))
		if err != nil {
			return "", form.ErrInvalid.Because("ledger: client: %w", err)
		}
		if err := o.NeedFor("ledger.lock", client); err != nil {
			return "", err
		}
		p, err := ParsePeriod(v.Text("period"))
		if err != nil {
			return "", err
		}
		return "/l/ledger.locks", Close(o, client, v.Text("module"), p, LockState(v.Text("state")), v.Text("reason"))
	},
}

// ReopenForm opens a closed period for some days; its key is the lock's.
var ReopenForm = &form.Spec{
	Name: "ledger.reopen", Title: "Öppna en stängd period", Submit: "Öppna perioden", Need: "ledger.reopen",
	Fields: []form.Field{
		{Key: "reason", Label: "Skäl", Kind: form.Text, Required: true, Max: 200, Help: "Skälet syns för revisorn."},
		{Key: "until", Label: "Öppen till och med", Kind: form.Date, Required: true, Help: "Högst 14 dagar framåt."},
		{Key: "person", Label: "För", Kind: form.Choice, Choices: personChoices},
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		l, err := lockOf(o, "ledger.reopen", key)
		if err != nil {
			return form.Loaded{}, err
		}
		until := period.DateOf(o.Now).AddDays(2)
		return form.Loaded{
			Title:  text.F(o, "Öppna %s", l.Period.Month()),
			Intro:  text.F(o, "Perioden stängdes av %s: %s", l.Name, l.Reason),
			Values: form.Values{"until": until.String()},
		}, nil
	},
	Save: func(o *op.Op, key string, _ int64, v form.Values) (string, error) {
		l, err := lockOf(o, "ledger.reopen", key)
		if err != nil {
			return "", err
		}
		var person op.PersonID
		if s := v.Text("person"); s != "" {
			if person, err = id.Parse[op.Actor](s); err != nil {
				return "", form.ErrInvalid.Because("ledger: person: %w", err)
			}
		}
		r, err := Reopen(o, l.Client, l.Module, l.Period, person, v.Text("reason"), v.Date("until").AddDays(1).Start())
		return "/ledger/reopening/" + r.String(), err
	},
}

// personChoices are those who may be let in: whoever has closed a period or
// posted is known by name.
func personChoices(o *op.Op) ([]form.Option, error) {
	people, err := closers.All(o)
	all := []form.Option{{Value: "", Label: "Alla som annars får bokföra där"}}
	for _, p := range people {
		if p.Actor != o.Actor.ID {
			all = append(all, form.Option{Value: p.Actor.String(), Label: p.Name})
		}
	}
	return all, err
}
