package intake

import (
	"strings"
	"testing"

	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
	"kontor/process/payables"
)

func TestAWrongRecipientIsMovedInOneStep(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		c := found(t, door, 3, 1)
		doc := bill(0, 0, 1)
		f := c.receive(t, file(t, doc))[0]
		old := c.invoice(t, f.Invoice)
		clock.Pass(50 * 3600e9)
		in := map[string]string{"client": c.clients[2].String(), "reference": "REF02", "reason": "Anna ringde."}
		if got := c.take(t, c.clerk, old.ID, "move", map[string]string{"client": c.clients[0].String(), "reason": "x"}); got != "PAY-060" {
			t.Errorf("moved to where it was: %q", got)
		}
		if got := c.take(t, c.clerk, old.ID, "move", in); got != "" {
			t.Fatal(got)
		}
		old = c.invoice(t, old.ID)
		n := c.invoice(t, old.MovedTo)
		if old.State != payables.Moved || n.State != payables.Registered || n.Client != c.clients[2] || n.MovedFrom != old.ID {
			t.Fatalf("old %s, new %s at %s", old.State, n.State, n.Client)
		}
		if !n.Arrived.Equal(old.Arrived) || n.Reference != "REF02" || n.Payable != old.Payable || n.Liability == 0 {
			t.Errorf("the day of arrival, the reference and the debt go along: %+v", n)
		}
		for account, sum := range c.balances(t, old.ID) {
			if sum != 0 {
				t.Errorf("%s is %s at the old client", account, sum)
			}
		}
		if sums := c.balances(t, n.ID); sums["2511"] != -n.Payable || sums["1790"] != n.Payable {
			t.Errorf("at the new client %v", sums)
		}
		if e := c.events(t, old.ID); len(e) != 1 || e[0].Activity != payables.ActivityMoved {
			t.Errorf("events %+v", e)
		}
		if e := c.events(t, n.ID); len(e) != 0 {
			t.Errorf("the moved invoice is counted before it is handled: %+v", e)
		}
		c.see(t, func(o *op.Op) error {
			letters, err := payables.LettersOf(o, old)
			if err != nil || len(letters) != 1 {
				t.Fatalf("%d letters, %v", len(letters), err)
			}
			b, err := blob.Get(o, letters[0].Hash)
			if !strings.Contains(string(b.Content), "Ange referensen REF02") || !strings.Contains(string(b.Content), "inte skicka någon ny") {
				t.Errorf("%s", b.Content)
			}
			return err
		})
		again := bill(0, 1, 1) // the same number, now to a third client
		if g := c.receive(t, file(t, again))[0]; g.State != Held || g.Code != string(payables.SameNumber) {
			t.Errorf("the number did not follow the invoice: %s %s", g.State, g.Code)
		}
		checkAll(t, c)
	})
}

func TestWhatIsStoppedStaysStoppedWhereItIsMoved(t *testing.T) {
	door, _ := dbtest.Door(dbtest.SQLite(t))
	c := found(t, door, 2, 1)
	c.receive(t, file(t, bill(0, 0, 1)))
	f := c.receive(t, file(t, bill(0, 1, 1)))[0]
	if f.State != Held {
		t.Fatal(f.State)
	}
	if got := c.take(t, c.clerk, f.Invoice, "move", map[string]string{"client": c.clients[0].String(), "reason": "Fel."}); got != "" {
		t.Fatal(got)
	}
	n := c.invoice(t, c.invoice(t, f.Invoice).MovedTo)
	if n.State != payables.Held || n.Liability != 0 || n.Lacks != payables.SameNumber {
		t.Errorf("%s, lacks %s, voucher %d", n.State, n.Lacks, n.Liability)
	}
	checkAll(t, c)
}
