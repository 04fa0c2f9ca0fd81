package approving

import (
	"kontor/kernel/db"
	"kontor/kernel/op"
)

type receiver struct {
	ID       op.PersonID
	Name     string
	Email    string
	Language string
}

var (
	addAsks = db.Insert[Ask]("approving_asked", "ON CONFLICT (client, kind, record, person, day) DO NOTHING")
	asksOf  = db.Select[Ask](`
		SELECT client, kind, record, person, day, step, escalated, number, amount, due
		FROM   approving_asked WHERE day = $1 ORDER BY person, escalated, due, record`)
	receiverOf = db.Select[receiver](`SELECT id, name, email, language FROM person WHERE id = $1 AND active`)
	siteURL    = db.Select[string](`SELECT value FROM program WHERE name = 'url'`)
)
