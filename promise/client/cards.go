package client

import (
	"strings"

	"kontor/kernel/id"

	"github.com/a-h/templ"

	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/role"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

func cards() []module.Card {
	return []module.Card{
		{Place: module.Contact, Order: 60, Need: "client.read", Side: true, Render: wayToUs},
		{Place: module.Approver, Order: 60, Need: "client.read", Side: true, Render: wayToUs},
	}
}

// mostClients is for how many clients a start page says whom to turn to.
const mostClients = 3

// wayToUs says to whom the reader's clients turn.
func wayToUs(o *op.Op) (templ.Component, error) {
	options, err := Options(o)
	if err != nil || len(options) == 0 || len(options) > mostClients {
		return nil, err
	}
	names, err := role.Names(o)
	if err != nil {
		return nil, err
	}
	var body []templ.Component
	for _, x := range options {
		c, err := Get(o, id.Known[op.Client](x.Value))
		if err != nil {
			return nil, err
		}
		if v := (ui.ContactView{Name: names[c.Lead], Text: text.T(o, "kundansvarig"), Initials: initials(names[c.Lead]), Phone: c.Phone, Mail: c.Mailbox, Hours: c.Hours}); v.Name != "" {
			body = append(body, ui.Contact(v))
		}
	}
	if len(body) == 0 {
		return nil, nil
	}
	return ui.Within(ui.SideSection(ui.PanelView{ID: "lead", Heading: text.T(o, "Er väg till oss"),
		Link: ui.Link{Label: text.T(o, "Alla kontakter"), URL: "/l/client.contacts"}}), body...), nil
}

func initials(name string) string {
	var s string
	for _, part := range strings.Fields(name) {
		s += string([]rune(part)[:1])
	}
	return s
}
