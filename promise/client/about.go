package client

import (
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

// About is a figure that another module has of a client, shown on the client's
// page. Modules above this one offer it, and the program puts it here.
type About struct {
	Label  string // Swedish, after the figure: "krav från leverantörer i år"
	Need   op.Permission
	Figure func(o *op.Op, c op.ClientID) (ui.Figure, error)
}

// abouts are the figures of a client that the reader may see.
func (c Client) abouts(o *op.Op, all []About) ([]ui.Fact, error) {
	var facts []ui.Fact
	for _, a := range all {
		if !o.Actor.May(a.Need, c.ID) {
			continue
		}
		f, err := a.Figure(o, c.ID)
		if err != nil {
			return nil, err
		}
		facts = append(facts, ui.Fact{Label: text.T(o, a.Label), Figure: f})
	}
	return facts, nil
}
