package treasury_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/books/statute"
	"kontor/format/pain"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/process/payables/claim"
	"kontor/process/treasury"
)

// with changes what is known of a payee.
func (c *city) with(t *testing.T, payee int, edit func(*payables.Supplier)) {
	t.Helper()
	c.do(t, c.coder, func(o *op.Op) error {
		s, err := payables.GetSupplier(o, c.payee[payee].ID)
		if err != nil {
			return err
		}
		edit(&s)
		return payables.SaveSupplier(o, s)
	})
}

func TestWhomWePay(t *testing.T) {
	for name, run := range map[string]func(*testing.T, *city, *dbtest.Clock){
		"trap 8: a plusgiro with the digits of an approved bankgiro is not paid": func(t *testing.T, c *city, _ *dbtest.Clock) {
			c.add(t, 0, 0, money.Kronor(10), noon, func(v *payables.Invoice) { v.Scheme = payables.Plusgiro })
			c.invoice(t, 0, 1, money.Kronor(20), noon)
			if p := c.propose(t, noon); p.Payments != 1 || p.LeftOut != 1 || p.Amount != money.Kronor(20) {
				t.Errorf("%d payments of %s, %d left out", p.Payments, p.Amount, p.LeftOut)
			}
		},
		"trap 9: a bank account that no table of banks knows is paid once two people have approved it": func(t *testing.T, c *city, clock *dbtest.Clock) {
			const strange = "99990000000001"
			c.add(t, 0, 0, money.Kronor(10), noon, func(v *payables.Invoice) { v.Scheme, v.Account = payables.BBAN, strange })
			if err := c.try(c.proposer, func(o *op.Op) error {
				p, err := c.bank.Propose(o, treasury.Ask{Account: c.account.ID, Until: noon})
				if p.Payments > 0 {
					t.Error("it was proposed before anybody had looked at it")
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			c.with(t, 0, func(s *payables.Supplier) { s.Phone = "08-465 004 01" })
			c.do(t, c.coder, func(o *op.Op) error {
				return payables.Propose(o, payables.Account{Supplier: c.payee[0].ID, Scheme: payables.BBAN, Number: strange})
			})
			step := func(who op.Actor, f func(o *op.Op, a payables.Account) error) error {
				return c.try(who, func(o *op.Op) error {
					all, err := payables.AccountsOf(o, c.payee[0].ID)
					if err != nil {
						return err
					}
					for _, a := range all {
						if a.Number == strange {
							return f(o, a)
						}
					}
					t.Fatal("the account is not there")
					return nil
				})
			}
			check := func(o *op.Op, a payables.Account) error { return payables.CheckAccount(o, a.ID, 0, "Anna, växeln") }
			approve := func(o *op.Op, a payables.Account) error { return payables.ApproveAccount(o, a.ID, 0) }
			if err := step(c.coder, check); err != nil {
				t.Fatal(err)
			}
			if err := step(c.coder, approve); err == nil {
				t.Error("one person both called and approved")
			}
			if err := step(c.checker, approve); err != nil {
				t.Fatal(err)
			}
			clock.Pass(20 * 24 * time.Hour) // the time that a new account is left alone
			p := c.propose(t, noon)
			if r := c.load(t, p.ID).Rows; len(r) != 1 || r[0].Number != strange || r[0].Sampled != treasury.NewAccount {
				t.Errorf("%+v", r)
			}
		},
		"trap 27: a reminder of an invoice that we do not have pays nothing, also once it has been answered": func(t *testing.T, c *city, _ *dbtest.Clock) {
			clerk := dbtest.Actor("Maja Ek", append(slices.Clone(all), statute.MayRead)...)
			x := &claim.Claim{Kind: claim.Reminder, Channel: work.Manual, SupplierOrg: c.payee[0].Org, SupplierName: c.payee[0].Name, Number: "9999", Dated: noon, Capital: money.Kronor(10_000)}
			x.Client = c.clients[0]
			c.do(t, clerk, func(o *op.Op) error { return claim.Register(o, x) })
			c.do(t, clerk, func(o *op.Op) error { _, err := claim.Table.Take(o, x.ID, "copy", 0, nil); return err })
			nothing := func() {
				t.Helper()
				err := c.try(c.proposer, func(o *op.Op) error {
					_, err := c.bank.Propose(o, treasury.Ask{Account: c.account.ID, Until: noon + 60})
					return err
				})
				if fault.Of(err).Code != treasury.ErrNothingDue.Code {
					t.Errorf("proposed: %v", err)
				}
			}
			nothing()
			key := c.invoice(t, 0, 0, money.Kronor(7), noon)
			p := c.propose(t, noon)
			if p.Payments != 1 || p.Amount != money.Kronor(7) {
				t.Errorf("with the invoice %d payments of %s, not the reminder's sum", p.Payments, p.Amount)
			}
			c.file(t, p.ID)
			if v := c.get(t, key); v.Payment != string(treasury.InFile) {
				t.Errorf("the invoice says %q", v.Payment)
			}
			nothing() // the reminder is still there, and the invoice is on its way
		},
		"a bank that wants the payee's town gets it from the register; without it the payment waits and says so": func(t *testing.T, c *city, _ *dbtest.Clock) {
			c.do(t, c.coder, func(o *op.Op) error {
				c.account.Profile, c.account.Version = "swedbank", 1
				return treasury.PutAccount(o, &c.account)
			})
			c.with(t, 0, func(s *payables.Supplier) { s.Town, s.Country = "Ängby", "SE" })
			c.invoice(t, 0, 0, money.Kronor(10), noon)
			c.invoice(t, 0, 1, money.Kronor(20), noon)
			p := c.propose(t, noon)
			if p.Payments != 1 || p.LeftOut != 1 {
				t.Fatalf("%d payments, %d left out", p.Payments, p.LeftOut)
			}
			if got := c.page(t, c.checker, "/betalning/{id}", "/betalning/"+p.ID.String()); !strings.Contains(got, "kräver mottagarens ort och land") {
				t.Error("the page does not say why one waits")
			}
			// What is told the bank stays what it was when it was proposed.
			c.with(t, 0, func(s *payables.Supplier) { s.Town = "Någon annanstans" })
			b := c.file(t, p.ID)
			if !bytes.Contains(b, []byte("<TwnNm>Ängby</TwnNm>")) || !bytes.Contains(b, []byte("<Ctry>SE</Ctry>")) {
				t.Errorf("the file does not say where the payee is:\n%s", b)
			}
			if f, err := pain.Read(b); err != nil || f.Count != 1 {
				t.Errorf("%+v, %v", f, err)
			}
			c.see(t, func(o *op.Op) error {
				again, err := treasury.Remake(o, p.ID)
				if !bytes.Equal(again, b) {
					t.Error("made again it is another")
				}
				return err
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				door, clock := dbtest.Door(d)
				c := found(t, door, 2, 3)
				run(t, c, clock)
				c.whole(t)
			})
		})
	}
}
