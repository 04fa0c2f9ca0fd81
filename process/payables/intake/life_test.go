package intake

import (
	"context"
	"errors"
	"slices"
	"testing"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/format/en16931"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/promise/approval/approvaltest"
)

// take takes a step and returns its fault's code, "" when it was taken.
func (c *city) take(t testing.TB, who op.Actor, key payables.ID, step string, in map[string]string) string {
	t.Helper()
	err := c.door.Do(context.Background(), who, func(o *op.Op) error {
		_, err := payables.Table.Take(o, key, step, 0, in)
		return err
	})
	return codeOfFault(t, err)
}

// codeOfFault is what was refused with, "" for nothing.
func codeOfFault(t testing.TB, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var f *fault.Fault
	if !errors.As(err, &f) {
		t.Fatal(err)
	}
	return f.Code
}

func (c *city) code(t testing.TB, who op.Actor, key payables.ID, lines ...coding.Line) {
	t.Helper()
	dbtest.Do(t, c.door, who, func(o *op.Op) error {
		_, err := payables.SetCoding(o, key, 0, lines, "prov")
		return err
	})
}

// office is the people that an invoice passes.
type office struct{ reviewer, approver, other op.Actor }

func (c *city) office(t testing.TB, most money.Amount) office {
	t.Helper()
	p := office{dbtest.Actor("Rut Granskare", payables.MayRead, payables.MayReview, payables.MayApprove),
		dbtest.Actor("Astrid Attestant", payables.MayRead, payables.MayReview, payables.MayApprove),
		dbtest.Actor("Olle Annan", payables.MayRead, payables.MayReview, payables.MayApprove)}
	for _, client := range c.clients {
		approvaltest.Adopt(t, c.door, client, approvaltest.Final(p.reviewer, most), approvaltest.Final(p.approver, most), approvaltest.Final(p.other, most))
	}
	return p
}

func (c *city) see(t testing.TB, f func(o *op.Op) error) {
	t.Helper()
	if err := c.door.View(context.Background(), c.clerk, f); err != nil {
		t.Fatal(err)
	}
}

// balances sums the ledger's lines by account.
func (c *city) balances(t testing.TB, key payables.ID) map[string]money.Amount {
	t.Helper()
	sums := map[string]money.Amount{}
	v := c.invoice(t, key)
	c.see(t, func(o *op.Op) error {
		vouchers, err := ledger.OfDocument(o, v.Client, int64(key))
		for _, x := range vouchers {
			for _, l := range x.Lines {
				sums[l.Account] += l.Amount
			}
		}
		return err
	})
	return sums
}

func (c *city) events(t testing.TB, key payables.ID) []work.Event {
	t.Helper()
	var all []work.Event
	v := c.invoice(t, key)
	c.see(t, func(o *op.Op) (err error) {
		all, err = work.Of(o, v.Client, int64(key))
		return err
	})
	return all
}

func TestTheWholeLife(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 2, 3)
		p := c.office(t, money.Kronor(100_000))
		key := c.receive(t, file(t, bill(1, 1, 42)))[0].Invoice
		v := c.invoice(t, key)
		if got := c.take(t, c.clerk, key, "code", nil); got != "PAY-011" {
			t.Errorf("an invoice without coding was coded: %q", got)
		}
		c.code(t, c.clerk, key, coding.Line{Account: "6400", Amount: v.Net - 1})
		if got := c.take(t, c.clerk, key, "code", nil); got != "PAY-012" {
			t.Errorf("a coding one öre off was taken: %q", got)
		}
		c.code(t, c.clerk, key, coding.Line{Account: "6400", Amount: v.Net})
		for _, s := range []struct {
			name string
			who  op.Actor
			step string
			want string
		}{
			{"the clerk codes", c.clerk, "code", ""},
			{"approval needs a review first", p.approver, "approve", "FLO-002"},
			{"a reviewer reviews", p.reviewer, "review", ""},
			{"the reviewer cannot approve as well", p.reviewer, "approve", "PAY-031"},
			{"another approves", p.approver, "approve", ""},
			{"and only once", p.approver, "approve", "FLO-002"},
		} {
			if got := c.take(t, s.who, key, s.step, nil); got != s.want {
				t.Fatalf("%s: %q, want %q", s.name, got, s.want)
			}
		}
		sums := c.balances(t, key)
		if sums["1790"] != 0 || sums["2511"] != -v.Payable || sums["6400"] != v.Net || sums["1651"] != v.VAT {
			t.Errorf("balances %v", sums)
		}
		if e := c.events(t, key); len(e) != 1 || e[0].Activity != payables.Activity || e[0].Channel != work.Electronic {
			t.Errorf("events %+v", e)
		}
	})
}

func TestChangedCodingTakesApprovalsAway(t *testing.T) { // trap 31
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		p := c.office(t, money.Kronor(100_000))
		key := c.receive(t, file(t, bill(0, 0, 1)))[0].Invoice
		v := c.invoice(t, key)
		c.code(t, c.clerk, key, coding.Line{Account: "6400", Amount: v.Net})
		c.take(t, c.clerk, key, "code", nil)
		c.take(t, p.reviewer, key, "review", nil)
		c.code(t, c.clerk, key, coding.Line{Account: "7790", Amount: v.Net})
		if v = c.invoice(t, key); v.State != payables.Coded {
			t.Fatalf("state %s, want coded", v.State)
		}
		if got := c.take(t, p.approver, key, "approve", nil); got != "FLO-002" {
			t.Errorf("a changed coding was approved on the old review: %q", got)
		}
	})
}

func TestSplitPurchasePassesNoLimit(t *testing.T) { // trap 30
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		p := c.office(t, money.Kronor(300)) // each is 125 kr and some more
		var last string
		for n := range 3 {
			doc := bill(0, 0, n)
			key := c.receive(t, file(t, doc))[0].Invoice
			v := c.invoice(t, key)
			c.code(t, c.clerk, key, coding.Line{Account: "6400", Amount: v.Net})
			c.take(t, c.clerk, key, "code", nil)
			c.take(t, p.reviewer, key, "review", nil)
			last = c.take(t, p.approver, key, "approve", nil)
		}
		if last != "PAY-036" {
			t.Errorf("the third part of a purchase: %q, want PAY-036", last)
		}
	})
}

// Many marked rows are approved in one operation, each judged with those before
// it: a purchase that is cut up does not pass, whatever way it is approved.
func TestManyApprovedAtOnceAreJudgedOneByOne(t *testing.T) { // trap 30
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 2)
		p := c.office(t, money.Kronor(300)) // each is 125 kr and some more
		var keys []payables.ID
		for n := range 4 {
			key := c.receive(t, file(t, bill(n/3, 0, n)))[0].Invoice
			c.code(t, c.clerk, key, coding.Line{Account: "6400", Amount: c.invoice(t, key).Net})
			c.take(t, c.clerk, key, "code", nil)
			reviewer := p.reviewer
			if n == 0 {
				reviewer = p.approver // his own review
			}
			c.take(t, reviewer, key, "review", nil)
			keys = append(keys, key)
		}
		keys = append(keys, c.receive(t, file(t, bill(0, 0, 9)))[0].Invoice) // not reviewed yet
		var got []string
		dbtest.Do(t, door, p.approver, func(o *op.Op) error {
			got = nil
			for _, key := range keys {
				got = append(got, codeOfFault(t, o.Try(func() error {
					_, err := payables.Table.AskText(o, key.String(), "approve", 0, nil)
					return err
				})))
			}
			return nil
		})
		if want := []string{"PAY-031", "", "", "", "FLO-002"}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		late := c.receive(t, file(t, bill(0, 0, 3)))[0].Invoice
		c.code(t, c.clerk, late, coding.Line{Account: "6400", Amount: c.invoice(t, late).Net})
		c.take(t, c.clerk, late, "code", nil)
		c.take(t, p.reviewer, late, "review", nil)
		if got := c.take(t, p.approver, late, "approve", nil); got != "PAY-036" {
			t.Errorf("the third part of a purchase: %q, want PAY-036", got)
		}
	})
}

func TestRegisterVersionIsKept(t *testing.T) { // trap 29
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		p := c.office(t, money.Kronor(100_000))
		key := c.receive(t, file(t, bill(0, 0, 1)))[0].Invoice
		v := c.invoice(t, key)
		c.code(t, c.clerk, key, coding.Line{Account: "6400", Amount: v.Net})
		c.take(t, c.clerk, key, "code", nil)
		c.take(t, p.reviewer, key, "review", nil)
		if got := c.take(t, p.approver, key, "approve", nil); got != "" {
			t.Fatal(got)
		}
		c.office(t, money.Kronor(1)) // another version is decided afterwards
		v = c.invoice(t, key)
		for _, a := range v.Approvals {
			if a.Step == "approve" && (a.Register != 1 || a.Authority == 0) {
				t.Errorf("approval %+v, want the register's version 1", a)
			}
		}
	})
}

func TestCreditNoteNeedsApprovalToo(t *testing.T) { // traps 12, 32, 46
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		p := c.office(t, money.Kronor(100_000))
		doc := bill(0, 0, 1)
		c.receive(t, file(t, doc))
		doc.Kind, doc.Syntax, doc.TypeCode = en16931.CreditNote, en16931.UBLCreditNote, "381"
		doc.Preceding = []en16931.Reference{{Number: doc.Number}}
		f := c.receive(t, file(t, doc))[0]
		if f.State != Imported {
			t.Fatalf("the credit note of an invoice with the same number: %s %s %s", f.State, f.Code, f.Note)
		}
		v := c.invoice(t, f.Invoice)
		if v.Payable >= 0 || v.Kind != payables.Credit {
			t.Fatalf("%s %s", v.Kind, v.Payable)
		}
		c.code(t, c.clerk, f.Invoice, coding.Line{Account: "6400", Amount: v.Net})
		c.take(t, c.clerk, f.Invoice, "code", nil)
		c.take(t, p.reviewer, f.Invoice, "review", nil)
		if got := c.take(t, p.reviewer, f.Invoice, "approve", nil); got != "PAY-031" {
			t.Errorf("one person approved a credit note: %q", got)
		}
		if got := c.take(t, p.approver, f.Invoice, "approve", nil); got != "" {
			t.Fatal(got)
		}
		if sums := c.balances(t, f.Invoice); sums["2511"] != -v.Payable || sums["6400"] != v.Net {
			t.Errorf("balances %v", sums)
		}
	})
}

func TestDuplicateIsHeldUntilASecondPersonReleases(t *testing.T) { // trap 12
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 2, 1)
		boss := dbtest.Actor("Chef", payables.MayRead, payables.MayRelease, payables.MayHandle)
		doc := bill(0, 0, 1)
		c.receive(t, file(t, doc))
		doc.Number, doc.BuyerReference = " f 000001", "REF01" // another client, written otherwise
		f := c.receive(t, file(t, doc))[0]
		if f.State != Held || f.Code != string(payables.SameNumber) {
			t.Fatalf("%s %s", f.State, f.Code)
		}
		if sums := c.balances(t, f.Invoice); len(sums) != 0 {
			t.Errorf("a held invoice is posted: %v", sums)
		}
		reason := map[string]string{"reason": "Ny numrering varje år."}
		for _, s := range []struct {
			who  op.Actor
			step string
			want string
		}{{boss, "release", "PAY-018"}, {c.clerk, "propose", ""}, {c.clerk, "release", "PAY-019"}, {boss, "release", ""}} {
			if got := c.take(t, s.who, f.Invoice, s.step, reason); got != s.want {
				t.Errorf("%s by %s: %q, want %q", s.step, s.who.Name, got, s.want)
			}
		}
		v := c.invoice(t, f.Invoice)
		if v.State != payables.Registered || v.Liability == 0 || v.Lacks != "" {
			t.Errorf("released: %s, %q", v.State, v.Lacks)
		}
	})
}

func TestReturnedInvoiceLeavesNoDebt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		doc := bill(0, 0, 1)
		doc.Totals.Payable = kr(1)
		key := c.receive(t, file(t, doc))[0].Invoice
		if got := c.take(t, c.clerk, key, "code", nil); got != "PAY-010" {
			t.Errorf("an invoice with findings was coded: %q", got)
		}
		if got := c.take(t, c.clerk, key, "return", nil); got != "" {
			t.Fatal(got)
		}
		for account, sum := range c.balances(t, key) {
			if sum != 0 {
				t.Errorf("%s is %s after the return", account, sum)
			}
		}
		if e := c.events(t, key); len(e) != 1 || e[0].Activity != payables.ActivityReturned {
			t.Errorf("events %+v", e)
		}
	})
}
