package intake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
	"kontor/promise/approval"
	"kontor/promise/approval/approvaltest"
)

// everything is every permission that has to do with an invoice or with who may
// approve it, in one hand.
var everything = []op.Permission{payables.MayRead, payables.MayHandle, payables.MayCode, payables.MayReview, payables.MayApprove, payables.MayReturn,
	payables.MayRelease, payables.MayVoid, payables.MayRegister, payables.MayImport, approval.MayRead, approval.MayWrite, approval.MayDecide, approval.MayOwn}

// walk tries every row of acts by some actors on one invoice, until one of them
// has made it ready for payment or there is nothing new to try.
type walk struct {
	key    payables.ID
	client op.ClientID
	actors []op.Actor
	absent op.Actor       // who is in the register and never acts
	seen   map[string]int // situation → how many acts were left when it was last tried from
	depth  int
	path   []string
	found  []string
}

var errUndone = errors.New("undone")

// depth is how many acts are tried one after the other; four are needed. The
// rules are the same on both engines, and the embedded one is faster.
func depth(e db.Engine) int {
	switch {
	case os.Getenv("KONTOR_SOAK") == "1":
		return 8
	case e == db.Postgres:
		return 4
	}
	return 5
}

// act is something that an actor can try.
type act struct {
	name string
	do   func(o *op.Op) error
}

func (w *walk) acts(a op.Actor) (all []act) {
	add := func(name string, do func(o *op.Op) error) { all = append(all, act{a.Name + " " + name, do}) }
	said := map[string]string{"answer": "ja", "reason": "därför", "asked": "vem", "more": "mer", "question": "vem", "cause": string(payables.NotOrdered), "client": w.client.String()}
	for _, s := range payables.Life.Steps {
		add(s.Name, func(o *op.Op) error {
			_, err := payables.Table.Take(o, w.key, s.Name, 0, said)
			return err
		})
	}
	add("codes", func(o *op.Op) error {
		v, err := payables.Table.Get(o, w.key)
		if err == nil {
			_, err = payables.SetCoding(o, w.key, 0, []coding.Line{{Account: "6400", Amount: v.Net}}, "")
		}
		return err
	})
	add("says why", func(o *op.Op) error {
		return payables.Occasion{ID: w.key, Version: 0, Purpose: "syfte", Participants: "Gäst", Persons: []op.PersonID{}}.Write(o)
	})
	for _, x := range []struct{ absent, person op.Actor }{{w.absent, a}, {a, w.absent}} {
		add("lets "+x.person.Name+" stand in for "+x.absent.Name, func(o *op.Op) error {
			day := period.DateOf(o.Now)
			_, err := approval.StandIn(o, approval.Substitution{Client: w.client, Absent: x.absent.ID, AbsentName: x.absent.Name,
				Person: x.person.ID, PersonName: x.person.Name, ValidFrom: day, ValidTo: day})
			return err
		})
	}
	for _, to := range []op.Actor{a, w.absent} {
		add("decides alone on a register for "+to.Name, func(o *op.Op) error {
			key, err := approval.Begin(o, w.client, period.DateOf(o.Now), approval.Forever)
			if err != nil {
				return err
			}
			if err = approval.Write(o, key, approvaltest.Final(to, money.Kronor(1_000_000))); err == nil {
				err = decide(o, key)
			}
			return err
		})
	}
	return all
}

func decide(o *op.Op, key id.ID[approval.Scheme]) error {
	_, err := approval.Table.Take(o, key, "decide", 0, map[string]string{"body": "Nämnden", "on": period.DateOf(o.Now).String(), "registry": "§ 1"})
	return err
}

// look is all that decides what can be done next.
func (w *walk) look(o *op.Op) (string, error) {
	v, err := payables.Table.Get(o, w.key)
	if err != nil {
		return "", err
	}
	s := fmt.Sprint(v.State, v.Client, len(v.Coding) > 0, v.CodedBy, v.ProposedBy, v.Automated, v.Handler, v.Occasion.Purpose)
	for _, a := range v.Approvals {
		s += fmt.Sprint("|", a.Step, a.Person, a.Holder, a.Voided.IsZero() && a.CodingNo == v.CodingNo)
	}
	g, err := approval.Load(o, w.client)
	if err != nil {
		return "", err
	}
	for _, x := range g.Stands {
		s += fmt.Sprint("|", x.Absent, x.Person)
	}
	s += fmt.Sprint("|", len(g.Schemes))
	if v.State == payables.Ready {
		w.found = append([]string(nil), w.path...)
	}
	return s, nil
}

func (w *walk) from(o *op.Op, depth int) error {
	if depth == 0 || w.found != nil {
		return nil
	}
	for _, a := range w.actors {
		for _, x := range w.acts(a) {
			err := o.Try(func() error {
				if err := x.do(o.As(a)); err != nil {
					return err
				}
				w.path = append(w.path, x.name)
				defer func() { w.path = w.path[:len(w.path)-1] }()
				s, err := w.look(o.As(dbtest.Actor("Åskådare", everything...)))
				if err != nil {
					s, err = w.look(o.As(a))
				}
				if err != nil {
					return err
				}
				if left, tried := w.seen[s]; !tried || left < depth-1 {
					w.seen[s] = depth - 1
					if err := w.from(o, depth-1); err != nil {
						return err
					}
				}
				return errUndone
			})
			var f *fault.Fault
			if err != nil && !errors.Is(err, errUndone) && (!errors.As(err, &f) || f.Kind == fault.Internal || f.Kind == fault.Unavailable) {
				return fmt.Errorf("%s after %v: %w", x.name, w.path, err)
			}
		}
	}
	return nil
}

// TestNobodyAloneGetsAnInvoiceReady walks steps × substitutes × registers with
// every permission in one hand, also with the digital co-worker helping, and
// finds no way to Ready; two persons find one.
func TestNobodyAloneGetsAnInvoiceReady(t *testing.T) { // traps 28 and 29
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		one, two := dbtest.Actor("Ensam", everything...), dbtest.Actor("Tvåa", everything...)
		absent := dbtest.Actor("Borta", everything...)
		robot := dbtest.Actor("Robot", everything...)
		robot.Kind = op.Automation
		client := c.clients[0]
		v := c.receive(t, file(t, bill(0, 0, 1)))[0].Invoice
		most := money.Kronor(1_000_000)
		review := approvaltest.Final(one, most)
		review.Kind = approval.Review
		standIn := func(by, missing, person op.Actor) {
			dbtest.Do(t, door, by, func(o *op.Op) error {
				day := period.DateOf(o.Now)
				_, err := approval.StandIn(o, approval.Substitution{Client: client, Absent: missing.ID, AbsentName: missing.Name,
					Person: person.ID, PersonName: person.Name, ValidFrom: day, ValidTo: day})
				return err
			})
		}
		for _, r := range []struct {
			name   string
			rows   []approval.Row
			before func()
		}{
			{name: "one alone in the register", rows: []approval.Row{approvaltest.Final(one, most)}},
			{name: "one and another", rows: []approval.Row{approvaltest.Final(one, most), approvaltest.Final(absent, most)}},
			{name: "another alone", rows: []approval.Row{approvaltest.Final(absent, most)}},
			{name: "one twice, to review and to approve", rows: []approval.Row{approvaltest.Final(one, most), review}},
			{name: "one stands in for another", rows: []approval.Row{review, approvaltest.Final(absent, most)}, before: func() { standIn(absent, absent, one) }},
			{name: "and another for one", rows: []approval.Row{approvaltest.Final(one, most), approvaltest.Final(absent, most)}, before: func() { standIn(one, one, absent) }},
		} {
			t.Run(r.name, func(t *testing.T) {
				approvaltest.Adopt(t, door, client, r.rows...)
				if r.before != nil {
					r.before()
				}
				hands := [][]op.Actor{{one}, {one, robot}}
				if d.Engine == db.Postgres && os.Getenv("KONTOR_SOAK") != "1" {
					hands = hands[:1] // each act is a round trip
				}
				for _, actors := range hands {
					w := &walk{key: v, client: client, actors: actors, absent: absent, depth: depth(d.Engine), seen: map[string]int{}}
					if found := w.run(t, door); found != nil {
						t.Fatalf("%s alone: %q", actors[0].Name, found)
					}
					if len(w.seen) < 10 {
						t.Fatalf("only %d situations were tried", len(w.seen))
					}
					t.Logf("%d situations, none of them ready", len(w.seen))
				}
			})
		}
		approvaltest.Adopt(t, door, client, approvaltest.Final(one, most))
		w := &walk{key: v, client: client, actors: []op.Actor{two, one}, absent: absent, depth: depth(d.Engine), seen: map[string]int{}}
		if found := w.run(t, door); found == nil {
			t.Fatal("two persons found no way either: the walk proves nothing")
		}
	})
}

func (w *walk) run(t *testing.T, door *op.Door) []string {
	t.Helper()
	err := door.Do(context.Background(), w.actors[0], func(o *op.Op) error {
		if err := w.from(o, w.depth); err != nil {
			return err
		}
		return errUndone
	})
	if !errors.Is(err, errUndone) {
		t.Fatal(err)
	}
	return w.found
}
