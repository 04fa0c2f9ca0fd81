package list

import (
	"kontor/kernel/db"
	"kontor/kernel/form"
	"kontor/kernel/op"
)

// Client is the column with the name of the client that a row belongs to. The
// spec has JoinClient among its joins.
var Client = Column{Key: "client", Label: "Kund", Expr: "COALESCE(c.name, '')"}

// JoinClient is what Client needs.
const JoinClient = "LEFT JOIN client AS c ON c.id = t.client"

// Made is the hidden column of lists in the order that their rows were made:
// identities are ordered by time.
var Made = Column{Key: "id", Label: "Ordning", Kind: ID, Expr: "t.id", Sort: true, Hidden: true}

type client struct {
	ID   op.ClientID
	Name string
}

var clients = db.Select[client](`SELECT id, name FROM client ORDER BY name, id`)

// OfClient narrows a list to some of the clients for which the actor holds the
// permission, former ones too.
func OfClient(need op.Permission) Filter {
	return Filter{Key: "client", Label: "Kund", Column: "client", Kind: ID, Choices: func(o *op.Op) ([]form.Option, error) {
		all, err := clients.All(o)
		var mine []form.Option
		for _, c := range all {
			if o.Actor.May(need, c.ID) {
				mine = append(mine, form.Option{Value: c.ID.String(), Label: c.Name})
			}
		}
		return mine, err
	}}
}
