package client

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/web"
)

// Module is the clients as the program sees them, with what other modules have to
// say of each on its page.
func Module(about ...About) module.Module {
	return module.Module{
		Name:  "client",
		Title: "Kunder",
		Menu:  []module.Item{{Label: "Kunder", URL: "/l/client.clients", Need: "client.read", Order: 600}},
		Permissions: []module.Permission{
			{Name: "client.read", Label: "Se kunder och deras kontakter"},
			{Name: "client.contacts", Label: "Ändra kontakter hos kunder"},
			{Name: "client.write", Label: "Lägga till och ändra kunder"},
		},
		Cards: cards(),
		Lists: []*list.Spec{Clients, ContactList},
		Forms: []*form.Spec{NewClient, EditClient, NewContact, EditContact},
		Pages: []web.Route{{Pattern: "GET /kund/{code}", Need: "client.read", Handle: show(about)}},
	}
}
