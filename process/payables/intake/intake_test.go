package intake

import (
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
)

// Every statement is understood by both engines.
func TestStatements(t *testing.T) { dbtest.Statements(t) }

func TestGoodInvoice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 2, 3)
		f := c.receive(t, file(t, bill(1, 1, 42)))[0]
		if f.State != Imported {
			t.Fatalf("state %s: %s %s", f.State, f.Code, f.Note)
		}
		v := c.invoice(t, f.Invoice)
		if v.Client != c.clients[1] || v.State != "registered" || v.Lacks != "" || v.Liability == 0 || v.Account != giro(1) {
			t.Errorf("%+v", v)
		}
		for _, x := range v.Findings {
			t.Errorf("finding %s: %s", x.Code, x.Seen)
		}
	})
}
