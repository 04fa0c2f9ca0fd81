package intake

import (
	"strings"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
)

// coworker lets the digital co-worker code what it can.
func (c *city) coworker(t testing.TB) int {
	t.Helper()
	all := op.Scope{All: true}
	who := op.Actor{ID: 77, Name: "Digital medarbetare", Kind: op.Automation, Clearance: op.Sensitive,
		Grants: map[op.Permission]op.Scope{payables.MayRead: all, payables.MayCode: all, payables.MaySettle: all}}
	n := 0
	dbtest.Do(t, c.door, who, func(o *op.Op) (err error) {
		n, _, err = payables.Automate(o, c.clients[0], 0)
		return err
	})
	return n
}

func TestWhatTheClientHasDecidedIsApprovedByNoPerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		c := found(t, door, 1, 1)
		head := c.office(t, money.Kronor(400)).approver
		var key id.ID[payables.Subscription]
		dbtest.Do(t, door, c.clerk, func(o *op.Op) (err error) {
			key, err = payables.PutSubscription(o, payables.Subscription{Client: c.clients[0], Supplier: "16" + org(0), Reference: "LOKAL7", Name: "Hyra",
				Months: 1, Least: 1, Most: money.Kronor(300), Account: "6400", Approves: true, Decision: "Nämnden § 12", ValidFrom: start})
			return err
		})
		receive := func(n int, issued period.Date) payables.Invoice {
			doc := bill(0, 0, n)
			doc.ContractReference, doc.Issued, doc.BuyerReference = "lokal 7", issued, "Anna"
			f := c.receive(t, file(t, doc))[0]
			if f.Invoice == 0 {
				t.Fatalf("%s %s", f.State, f.Note)
			}
			c.coworker(t)
			return c.invoice(t, f.Invoice)
		}
		if v := receive(1, period.NewDate(2026, 8, 1)); v.State != payables.Coded || v.Client != c.clients[0] {
			t.Fatalf("before it is confirmed the invoice is only coded: %s %q", v.State, v.Lacks)
		}
		confirm := func(a op.Actor) string {
			return c.fault(t, a, func(o *op.Op) error { return payables.ConfirmSubscription(o, c.clients[0], key, 1) })
		}
		mighty := c.clerk
		mighty.Grants = map[op.Permission]op.Scope{payables.MayApprove: {All: true}}
		if a, b := confirm(mighty), confirm(head); a != "PAY-081" || b != "" {
			t.Fatalf("confirmed by who entered it %q, by another %q", a, b)
		}
		clock.Pass(3600e9)
		v := receive(2, period.NewDate(2026, 9, 1))
		if v.State != payables.Ready || v.Cost == 0 {
			t.Fatalf("%s %q %s", v.State, v.Lacks, v.CodedHow)
		}
		if e := c.events(t, v.ID); len(e) != 1 || !e[0].Automated || e[0].Activity != payables.Activity {
			t.Errorf("events %+v", e)
		}
		if sums := c.balances(t, v.ID); sums["1790"] != 0 || sums["6400"] != v.Net {
			t.Errorf("balances %v", sums)
		}
		if v := receive(3, period.NewDate(2026, 9, 5)); v.State != payables.Registered || v.Lacks != payables.Irregular {
			t.Errorf("twice in a month: %s %q", v.State, v.Lacks)
		}
		if got := c.take(t, c.clerk, v.ID, "settle", nil); got == "" {
			t.Error("a person took the step of the machine")
		}
		checkAll(t, c)
	})
}

func TestAnOrderCodesAndIsUsedUp(t *testing.T) {
	door, _ := dbtest.Door(dbtest.SQLite(t))
	c := found(t, door, 1, 1)
	dbtest.Do(t, door, c.clerk, func(o *op.Op) error {
		_, err := payables.PutOrder(o, payables.Order{Client: c.clients[0], Number: "B 4711", Supplier: "16" + org(0), Name: "Stolar",
			Amount: money.Kronor(203), Account: "6400", ValidFrom: start})
		return err
	})
	var states []string
	for n := range 3 { // 100, 101 and 102 kronor
		doc := bill(0, 0, n)
		doc.OrderReference, doc.BuyerReference = "b4711", ""
		f := c.receive(t, file(t, doc))[0]
		c.coworker(t)
		v := c.invoice(t, f.Invoice)
		states = append(states, string(v.State)+" "+string(v.Lacks))
	}
	if got := strings.Join(states, ", "); got != "coded , coded , registered "+string(payables.OrderExceeded) {
		t.Errorf("%s", got)
	}
	if n := c.coworker(t); n != 0 {
		t.Errorf("%d more were coded", n)
	}
}
