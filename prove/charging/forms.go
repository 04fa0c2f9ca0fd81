package charging

import (
	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/promise/client"
)

// closeForm closes one month for every client that the actor may close for.
var closeForm = &form.Spec{
	Name: "charging.close", Title: "Stäng månaden", Submit: "Stäng månaden", Need: CloseMonth,
	Intro:  "Räkningarna sparas som de är nu och kan inte ändras efteråt. Det som ändras sedan kommer som rättelse på nästa öppna månads räkning.",
	Fields: []form.Field{{Key: "sure", Label: "Jag har gått igenom räkningarna för månaden", Kind: form.Check, Required: true}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		m, err := month(key)
		if err != nil {
			return form.Loaded{}, err
		}
		return form.Loaded{Values: form.Values{}, Title: text.F(o, "Stäng %s", m), Version: 1}, nil
	},
	Save: func(o *op.Op, key string, _ int64, _ form.Values) (string, error) {
		m, err := month(key)
		if err != nil {
			return "", err
		}
		clients, err := inScope(o, CloseMonth)
		if err != nil {
			return "", err
		}
		for _, c := range clients {
			if _, closed, err := billOf.Maybe(o, c.ID, m.Key()); err != nil {
				return "", err
			} else if closed {
				continue
			}
			if _, err := Close(o, c.ID, m); err != nil {
				return "", err
			}
		}
		return "/debitering?month=" + m.Key(), nil
	},
}

func month(key string) (period.Month, error) {
	p, err := period.ParsePeriod(key)
	if err != nil {
		return period.Month{}, err
	}
	if m, ok := p.(period.Month); ok {
		return m, nil
	}
	return period.Month{}, period.ErrPeriod.Because("%q is no month", key)
}

// inScope lists the clients for whom the actor holds a permission.
func inScope(o *op.Op, p op.Permission) ([]client.Client, error) {
	every, err := client.All(o)
	if err != nil {
		return nil, err
	}
	var mine []client.Client
	for _, c := range every {
		if o.Actor.May(p, c.ID) {
			mine = append(mine, c)
		}
	}
	return mine, nil
}
