package payout

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"kontor/books/ledger"
	"kontor/format/pain"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/golden"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/work"
	"kontor/process/treasury"
)

// The drawing that the users see is the table that the program runs.
func TestLife(t *testing.T) { golden.Life(t, Life) }

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// proven proves what the program itself says that it proves, the books and
// the treasury included.
func proven(t *testing.T, c *city) {
	t.Helper()
	for _, m := range append(Module().Invariants, append(c.bank.Module().Invariants, ledger.Module().Invariants...)...) {
		if err := c.door.View(context.Background(), c.system, func(o *op.Op) error { _, err := m.Check(o); return err }); err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
	}
}

// owedNow is what the books say that a request is owed.
func (c *city) owedNow(t *testing.T, key ID) (sum money.Amount) {
	t.Helper()
	err := c.door.View(context.Background(), c.system, func(o *op.Op) error {
		items, err := ledger.Open(o, c.at, Subledger)
		for _, x := range items {
			if x.Ref == int64(key) {
				sum -= x.Amount
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestFromDraftToPaid(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d)
		key := c.add(t, c.grant())
		if v := c.get(t, key); v.Number != "UU 2026:1" || v.State != Draft || v.Secrecy != op.Open {
			t.Fatalf("%+v", v)
		}
		c.must(t, c.writer, key, "send")
		if err := c.step(c.reviewer, key, "review", nil); !errors.Is(err, errUnconfirmed) {
			t.Errorf("reviewed before the account was confirmed: %v", err)
		}
		c.must(t, c.checker, key, "confirm")
		c.must(t, c.reviewer, key, "review")
		if c.owedNow(t, key) != 0 {
			t.Error("it is a debt before it is approved")
		}
		c.must(t, c.approver, key, "approve")
		v := c.get(t, key)
		if v.State != Ready || v.Liability == 0 || c.owedNow(t, key) != v.Amount {
			t.Fatalf("%s, owed %s: %+v", v.State, c.owedNow(t, key), v)
		}
		c.do(t, c.system, func(o *op.Op) error {
			events, err := work.Of(o, c.at, int64(key))
			if err != nil || len(events) != 1 {
				t.Fatalf("%v %v", events, err)
			}
			if e := events[0]; e.Process != Process || e.Activity != Activity || e.Channel != work.Manual {
				t.Errorf("%+v", e)
			}
			return nil
		})
		proven(t, c)
		file, _ := c.pay(t)
		read, err := pain.Read(file)
		if err != nil || len(read.Groups) != 1 || len(read.Groups[0].Payments) != 1 {
			t.Fatal(read, err)
		}
		if p := read.Groups[0].Payments[0]; p.Payee != "Idrottsföreningen Kamraterna" || p.Amount != v.Amount {
			t.Errorf("%+v", p)
		}
		if !bytes.Contains(file, []byte("Bidrag 2026")) {
			t.Error("the message to the payee is not in the file")
		}
		if v := c.get(t, key); v.State != Paid || v.PaidOn.IsZero() || v.Payment != string(treasury.Done) || c.owedNow(t, key) != 0 {
			t.Errorf("%s, owed %s: %+v", v.State, c.owedNow(t, key), v)
		}
		proven(t, c)
	})
}

// A payment that the bank refuses, or sends back, is owed again and stopped until
// somebody has looked at it.
func TestWhatTheBankSendsBackIsOwedAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for name, set := range map[string]func(b *city){
			"refused":  func(c *city) { c.stand.Refuses = func(*pain.ReadPayment) string { return "AC04" } },
			"returned": func(c *city) { c.stand.Returns = func(*pain.ReadPayment) string { return "AC06" } },
		} {
			t.Run(name, func(t *testing.T) {
				c := found(t, fresh(t, d))
				set(c)
				key := c.approved(t, c.grant())
				c.pay(t)
				v := c.get(t, key)
				if v.State != Ready || v.Stop == "" || v.Payment != "" || c.owedNow(t, key) != v.Amount {
					t.Fatalf("%s, owed %s: %+v", v.State, c.owedNow(t, key), v)
				}
				proven(t, c)
				// The account is put right: that is a change, so everything is done again.
				c.must(t, c.writer, key, "change")
				if v := c.get(t, key); v.State != Draft || len(v.Held) != 0 || v.ConfirmedBy != 0 || c.owedNow(t, key) != 0 {
					t.Errorf("a change left %+v", v)
				}
				c.do(t, c.writer, func(o *op.Op) error {
					v, err := Table.Get(o, key)
					if err != nil {
						return err
					}
					v.Account = "9912353"
					return Save(o, &v)
				})
				c.must(t, c.writer, key, "send")
				c.must(t, c.checker, key, "confirm")
				c.must(t, c.reviewer, key, "review")
				c.must(t, c.approver, key, "approve")
				c.stand.Refuses, c.stand.Returns = nil, nil
				c.pay(t)
				if v := c.get(t, key); v.State != Paid || v.Approvals != 2 {
					t.Errorf("%s: %+v", v.State, v)
				}
				proven(t, c)
			})
		}
	})
}

// fresh is another empty database on the same engine.
func fresh(t *testing.T, d *db.DB) *db.DB {
	t.Helper()
	if d.Engine == db.Postgres {
		return dbtest.Postgres(t)
	}
	return dbtest.SQLite(t)
}

func TestWhatIsStoppedIsNotPaid(t *testing.T) {
	c := found(t, dbtest.SQLite(t))
	key := c.approved(t, c.grant())
	c.must(t, c.proposer, key, "stop")
	err := c.try(c.proposer, func(o *op.Op) error {
		p, err := c.bank.Propose(o, treasury.Ask{Account: c.account.ID, Until: noon + 30})
		if err == nil && p.Payments != 0 {
			t.Errorf("%+v", p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.step(c.proposer, key, "stop", map[string]string{"reason": "igen"}); !errors.Is(err, errStopped) {
		t.Error(err)
	}
	c.must(t, c.proposer, key, "go")
	c.pay(t)
	if v := c.get(t, key); v.State != Paid {
		t.Errorf("%s", v.State)
	}
}

// No person says what the bank says.
func TestOnlyTheBankSaysThatItIsPaid(t *testing.T) {
	c := found(t, dbtest.SQLite(t))
	key := c.approved(t, c.grant())
	for _, step := range []string{"payment.filed", "payment.paid", "payment.returned"} {
		if err := c.step(c.system, key, step, nil); err == nil {
			t.Errorf("somebody took %s", step)
		}
	}
}

func TestAVoidedRequestIsNoDebtAndCountedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d)
		before, after := c.add(t, c.grant()), c.grant()
		c.must(t, c.writer, before, "send")
		c.must(t, c.system, before, "void")
		after.Purpose = "Annat"
		c.must(t, c.system, c.approved(t, after), "void")
		for key, activity := range map[ID]string{before: ActivityVoided, after.ID: Activity} {
			c.do(t, c.system, func(o *op.Op) error {
				events, err := work.Of(o, c.at, int64(key))
				if len(events) != 1 || events[0].Activity != activity {
					t.Errorf("%+v", events)
				}
				return err
			})
			if c.owedNow(t, key) != 0 {
				t.Error("a voided request is still owed")
			}
		}
		proven(t, c)
	})
}

// What stands in a proposal is not changed under it.
func TestWhatIsProposedIsNotChanged(t *testing.T) {
	c := found(t, dbtest.SQLite(t))
	key := c.approved(t, c.grant())
	c.do(t, c.proposer, func(o *op.Op) error {
		_, err := c.bank.Propose(o, treasury.Ask{Account: c.account.ID, Until: noon + 30})
		return err
	})
	if err := c.step(c.writer, key, "change", nil); !errors.Is(err, errProposed) {
		t.Error(err)
	}
	if v := c.get(t, key); v.State != Ready || !strings.HasPrefix(v.Payment, "sched") {
		t.Errorf("%+v", v)
	}
}
