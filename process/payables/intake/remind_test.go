package intake

import (
	"testing"

	"kontor/books/coding"
	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/role"
	"kontor/process/approving"
	"kontor/process/payables"
	"kontor/promise/approval/approvaltest"
)

// Whoever waits with many invoices gets one mail a day, however often the
// reminder is run, and each invoice tells it.
func TestOneMailADay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		c := found(t, door, 1, 1)
		desk := approving.New(payables.Approvals())
		boss := role.Person{Name: "Bo Chef", Email: "bo@stad.example", Kind: op.Person, Language: "sv", Active: true, Interests: []string{}}
		dbtest.Do(t, door, c.clerk, func(o *op.Op) error { return role.Add(o, &boss) })
		reviewer := dbtest.Actor("Rut Granskare", payables.MayRead, payables.MayReview)
		approvaltest.Adopt(t, door, c.clients[0], approvaltest.Final(op.Actor{ID: boss.ID, Name: boss.Name}, money.Kronor(1000)))
		var last payables.ID
		for n := range 3 {
			last = c.receive(t, file(t, bill(0, 0, n)))[0].Invoice
			c.code(t, c.clerk, last, coding.Line{Account: "6400", Amount: c.invoice(t, last).Net})
			for _, s := range []struct {
				who  op.Actor
				step string
			}{{c.clerk, "code"}, {reviewer, "review"}} {
				if got := c.take(t, s.who, last, s.step, nil); got != "" {
					t.Fatalf("%s: %s", s.step, got)
				}
			}
		}
		system := dbtest.Actor("Kontor", payables.MayRead)
		mails := func() (n int64) {
			dbtest.Do(t, door, system, func(o *op.Op) (err error) {
				n, err = db.Select[int64](`SELECT count(*) FROM mail`).One(o)
				return err
			})
			return n
		}
		remind := func() {
			for range 2 {
				dbtest.Do(t, door, system, func(o *op.Op) error {
					if err := desk.Remind(o, c.clients[0]); err != nil {
						return err
					}
					return desk.Digest(o)
				})
			}
		}
		if remind(); mails() != 0 {
			t.Errorf("%d mails on the same day", mails())
		}
		clock.Set(clock.Now().AddDate(0, 0, 1))
		if remind(); mails() != 1 {
			t.Errorf("%d mails of three invoices, want one", mails())
		}
		clock.Set(clock.Now().AddDate(0, 0, 1))
		if remind(); mails() != 2 {
			t.Errorf("%d mails after two days", mails())
		}
		dbtest.Do(t, door, system, func(o *op.Op) error {
			rows, err := audit.Of(o, c.clients[0], int64(last))
			n := 0
			for _, r := range rows {
				if r.Step == "remind" && r.Note == boss.Name {
					n++
				}
			}
			if n == 0 {
				t.Errorf("the invoice does not tell who was reminded: %+v", rows)
			}
			return err
		})
	})
}
