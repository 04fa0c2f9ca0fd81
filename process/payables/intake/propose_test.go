package intake

import (
	"strings"
	"testing"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/web"
	"kontor/process/payables"
)

func TestHabitsThatNeverWaverAreProposedAsRules(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		c := found(t, door, 2, 4)
		p := c.office(t, money.Kronor(1_000_000))
		coded := func(supplier, to, number int, account string) {
			key := c.receive(t, file(t, bill(supplier, to, number)))[0].Invoice
			c.code(t, c.clerk, key, coding.Line{Account: account, Amount: c.invoice(t, key).Net})
			for _, s := range []struct {
				who  op.Actor
				step string
			}{{c.clerk, "code"}, {p.reviewer, "review"}, {p.approver, "approve"}} {
				if got := c.take(t, s.who, key, s.step, nil); got != "" {
					t.Fatalf("%s: %s", s.step, got)
				}
			}
		}
		for n := range 5 {
			coded(0, 0, n, "6400")                              // always alike
			coded(1, 0, n, []string{"6400", "7790"}[min(n, 1)]) // once otherwise
		}
		for n := range 4 {
			coded(2, 0, n, "6400") // too few
		}
		clock.Pass(100 * 24 * 3600e9)
		coded(0, 0, 90, "6400") // the try-out looks at the last 90 days
		proposals := func(who op.Actor) (all []payables.Proposal, err error) {
			err = door.View(t.Context(), who, func(o *op.Op) (err error) {
				all, err = payables.Proposals(o, c.clients[0])
				return err
			})
			return all, err
		}
		all, err := proposals(c.clerk)
		if err != nil || len(all) != 1 {
			t.Fatalf("%+v %v", all, err)
		}
		if x := all[0]; x.Rule.Supplier != "16"+org(0) || x.Rule.Reference != "" || x.Rule.Account != "6400" || x.Invoices != 6 || x.Right != 1 || x.Wrong != 0 {
			t.Errorf("%+v", x)
		}
		outside := c.clerk
		outside.Grants = map[op.Permission]op.Scope{payables.MayRegister: {Clients: c.clients[1:]}}
		if _, err := proposals(outside); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("asked by somebody for another client: %v", err)
		}
		decide := func(who op.Actor, verdict string) error {
			return door.Do(t.Context(), who, func(o *op.Op) error {
				_, _, err := payables.DecideProposal.Post(o, c.clients[0].String()+".16"+org(0)+".", 0, map[string]string{"verdict": verdict, "most": "5000", "note": "Alltid så."})
				return err
			})
		}
		if err := decide(outside, "yes"); err == nil {
			t.Error("decided by somebody for another client")
		}
		click := func(who op.Actor, pattern string, at ...string) (a web.Answer, err error) {
			err = door.Do(t.Context(), who, func(o *op.Op) (err error) {
				a, err = c.post(t, o, pattern, at...)
				return err
			})
			return a, err
		}
		const accept, undo = "POST /regelforslag/{key}", "POST /regelforslag/angra/{rule}"
		key := c.clients[0].String() + ".16" + org(0) + "."
		if _, err := click(outside, accept, "key", key); err == nil {
			t.Error("accepted by somebody for another client")
		}
		accepted, err := click(c.clerk, accept, "key", key)
		if err != nil || !strings.HasPrefix(accepted.Undo, "/regelforslag/angra/") || !strings.Contains(accepted.Flash, name(0)) {
			t.Fatalf("accepted with one click: %+v %v", accepted, err)
		}
		if all, err := proposals(c.clerk); err != nil || len(all) != 0 {
			t.Errorf("a rule already, and still proposed: %+v %v", all, err)
		}
		rule := strings.TrimPrefix(accepted.Undo, "/regelforslag/angra/")
		other := c.clerk
		other.ID++
		if _, err := click(other, undo, "rule", rule); fault.Of(err).Kind != fault.Conflict {
			t.Errorf("somebody else regretted it: %v", err)
		}
		if _, err := click(c.clerk, undo, "rule", rule); err != nil {
			t.Error(err)
		}
		if all, err := proposals(c.clerk); err != nil || len(all) != 1 {
			t.Errorf("regretted, and not proposed again: %+v %v", all, err)
		}
		if _, err := click(c.clerk, undo, "rule", rule); fault.Of(err).Kind != fault.NotFound {
			t.Errorf("regretted twice: %v", err)
		}
		if err := decide(c.clerk, "yes"); err != nil {
			t.Fatal(err)
		}
		if all, err := proposals(c.clerk); err != nil || len(all) != 0 {
			t.Errorf("after the decision %+v %v", all, err)
		}
		if err := decide(c.clerk, "yes"); fault.Of(err).Kind != fault.NotFound {
			t.Errorf("decided twice: %v", err)
		}
		robot := dbtest.Actor("Robot", payables.MayRead, payables.MayCode)
		robot.Kind = op.Automation
		next := c.receive(t, file(t, bill(0, 0, 91)))[0].Invoice
		dbtest.Do(t, door, robot, func(o *op.Op) error { _, _, err := payables.Automate(o, c.clients[0], 0); return err })
		if v := c.invoice(t, next); v.State != payables.Coded || v.Coding[0].Account != "6400" || !v.Automated {
			t.Errorf("%s %+v", v.State, v.Coding)
		}
		coded(2, 0, 95, "6400") // the fifth
		err = door.View(t.Context(), c.clerk, func(o *op.Op) error {
			if shown := c.page(t, o, "/regelforslag"); !strings.Contains(shown, `action="/regelforslag/`+c.clients[0].String()+".16"+org(2)+`."`) {
				t.Error("no button that accepts it")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if all, _ := proposals(c.clerk); len(all) != 1 || all[0].Rule.Supplier != "16"+org(2) {
			t.Fatalf("%+v", all)
		}
		err = door.Do(t.Context(), c.clerk, func(o *op.Op) error {
			_, _, err := payables.DecideProposal.Post(o, c.clients[0].String()+".16"+org(2)+".", 0, map[string]string{"verdict": "no", "most": "1", "note": "Avtalet upphör."})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		coded(2, 0, 96, "6400")
		if all, _ := proposals(c.clerk); len(all) != 0 {
			t.Errorf("what was declined is proposed again: %+v", all)
		}
		coded(0, 0, 97, "7790") // a contradiction of what is a rule already proposes nothing
		err = door.View(t.Context(), c.clerk, func(o *op.Op) error { c.page(t, o, "/regelforslag"); return nil })
		if err != nil {
			t.Fatal(err)
		}
	})
}
