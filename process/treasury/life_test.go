package treasury_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"kontor/format/pain"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
	"kontor/process/treasury"
	"kontor/process/treasury/standin"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

func TestFlow(t *testing.T) {
	if err := treasury.Life.Check(); err != nil {
		t.Error(err)
	}
}

var noon = period.DateOf(dbtest.Noon)

func TestTheWholeLife(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		c := found(t, door, 2, 3)
		inv := []payables.ID{
			c.invoice(t, 0, 0, money.Kronor(1000), noon+1),
			c.invoice(t, 0, 1, 999_999_999_999_99, noon), // trap 2: the largest amount of a file
			c.invoice(t, 1, 0, money.Kronor(250), noon+3),
			c.invoice(t, 1, 2, money.Kronor(4000), noon-5),
		}
		credit := c.invoice(t, 1, 2, -money.Kronor(500), noon-4)
		later := c.invoice(t, 0, 2, money.Kronor(77), noon+30)
		held := c.add(t, 0, 2, money.Kronor(88), noon, func(v *payables.Invoice) { v.Stop, v.StopKind = "Vi väntar på kreditfaktura.", payables.StopHold })

		p := c.propose(t, noon+7)
		if p.Payments != 4 || p.LeftOut != 1 || p.Amount != money.Kronor(1000+250+3500)+999_999_999_999_99 {
			t.Fatalf("%d payments of %s, %d left out", p.Payments, p.Amount, p.LeftOut)
		}
		if v := c.get(t, inv[0]); v.Payment != string(treasury.Scheduled) {
			t.Errorf("the invoice says %q", v.Payment)
		}
		if v := c.get(t, later); v.Payment != "" {
			t.Errorf("what is not due says %q", v.Payment)
		}
		if v := c.get(t, held); v.Payment != "" {
			t.Errorf("what is held says %q", v.Payment)
		}
		before := c.balance(t, 0, "2511")
		file := c.file(t, p.ID)
		if v := c.get(t, inv[0]); v.Payment != string(treasury.InFile) {
			t.Errorf("trap 23: with the file made the invoice says %q", v.Payment)
		}
		if got := c.balance(t, 0, "2511") - before; got != money.Kronor(1000)+999_999_999_999_99 {
			t.Errorf("the debts fell by %s", got)
		}
		if got := c.balance(t, 1, "1990"); got != -money.Kronor(3750) {
			t.Errorf("under way: %s", got)
		}
		c.whole(t)

		bank := newBank()
		ack, err := bank.Take(file, door.Now())
		if err != nil {
			t.Fatal(err)
		}
		c.answer(t, "ack.xml", ack)
		if got := c.load(t, p.ID).Rows[0].State; got != treasury.Filed {
			t.Errorf("a file that is technically right has payments that are %s", got)
		}
		c.answer(t, "status.xml", bank.Judge("KB"+p.ID.String(), door.Now()))
		for _, r := range c.load(t, p.ID).Rows {
			if r.State != treasury.Accepted {
				t.Errorf("%s is %s", r.EndToEnd, r.State)
			}
		}
		for day := noon; day < noon+10; day++ {
			clock.Set(day.At(17 * 60))
			if s := bank.Day(day, door.Now()); s != nil {
				c.answer(t, "camt-"+day.String()+".xml", s)
				c.answer(t, "again.xml", append(s, '\n')) // other bytes, the same statement
				c.answer(t, "054.xml", standin.Details(s))
			}
		}
		done := c.load(t, p.ID)
		if done.State != treasury.Closed {
			t.Errorf("the proposal is %s, %d of %d settled", done.State, done.Settled, done.Payments)
		}
		for _, key := range append(inv, credit) {
			if v := c.get(t, key); v.Payment != string(treasury.Done) || v.PaidOn.IsZero() {
				t.Errorf("%s says %q on %s", v.Number, v.Payment, v.PaidOn)
			}
		}
		for client := range c.clients {
			if got := c.balance(t, client, "1990"); got != 0 {
				t.Errorf("client %d: %s is still under way", client, got)
			}
		}
		if got := c.balance(t, 1, "1940"); got != -money.Kronor(3750) {
			t.Errorf("trap 61: the bank account moved %s", got)
		}
		c.whole(t)
	})
}

func TestTraps(t *testing.T) {
	for name, run := range map[string]func(*testing.T, *city, *dbtest.Clock){
		"trap 12, 13: what is in a proposal is not proposed again, and a proposal taken back lets it go": func(t *testing.T, c *city, _ *dbtest.Clock) {
			key := c.invoice(t, 0, 0, money.Kronor(10), noon)
			p := c.propose(t, noon)
			err := c.try(c.proposer, func(o *op.Op) error {
				_, err := c.bank.Propose(o, treasury.Ask{Account: c.account.ID, Until: noon})
				return err
			})
			if err == nil {
				t.Error("it was proposed twice")
			}
			c.step(t, c.proposer, p.ID, "withdraw", map[string]string{"reason": "Fel dag"})
			if v := c.get(t, key); v.Payment != "" {
				t.Errorf("it still says %q", v.Payment)
			}
			if again := c.propose(t, noon); again.Payments != 1 {
				t.Errorf("%d payments the second time", again.Payments)
			}
		},
		"trap 16, 17: an invoice whose account is no longer approved falls out alone at release": func(t *testing.T, c *city, _ *dbtest.Clock) {
			c.invoice(t, 0, 0, money.Kronor(10), noon)
			gone := c.invoice(t, 0, 1, money.Kronor(20), noon)
			p := c.propose(t, noon)
			c.control(t, p.ID)
			c.do(t, c.coder, func(o *op.Op) error {
				all, err := payables.AccountsOf(o, c.payee[1].ID)
				if err != nil {
					return err
				}
				return payables.BlockAccount(o, all[0].ID, 0, "Någon ringde och ändrade kontot.")
			})
			c.step(t, c.releaser, p.ID, "release", nil)
			after := c.load(t, p.ID)
			if after.Payments != 1 || after.Dropped != 1 {
				t.Errorf("%d left, %d fell", after.Payments, after.Dropped)
			}
			for _, r := range after.Rows {
				if r.State == treasury.Fell && !strings.Contains(r.Reason, "godkänt konto") {
					t.Errorf("it fell because %q", r.Reason)
				}
			}
			if v := c.get(t, gone); v.Payment != "" {
				t.Errorf("what fell says %q", v.Payment)
			}
		},
		"trap 18: a payee that owes us more than we owe gets nothing": func(t *testing.T, c *city, _ *dbtest.Clock) {
			c.invoice(t, 0, 0, money.Kronor(10), noon)
			c.invoice(t, 0, 0, -money.Kronor(11), noon)
			c.invoice(t, 0, 1, money.Kronor(5), noon)
			p := c.propose(t, noon)
			if p.Payments != 1 || p.LeftOut != 2 || p.Amount != money.Kronor(5) {
				t.Errorf("%d payments of %s, %d left out", p.Payments, p.Amount, p.LeftOut)
			}
		},
		"trap 18: an invoice and its credit note are set off without the bank": func(t *testing.T, c *city, _ *dbtest.Clock) {
			a := c.invoice(t, 0, 0, money.Kronor(10), noon)
			b := c.invoice(t, 0, 0, -money.Kronor(10), noon)
			p := c.propose(t, noon)
			if file := c.file(t, p.ID); len(file) > 0 {
				t.Error("a file was made of nothing")
			}
			for _, key := range []payables.ID{a, b} {
				if v := c.get(t, key); v.Payment != string(treasury.Done) {
					t.Errorf("%s says %q", v.Number, v.Payment)
				}
			}
			if got := c.balance(t, 0, "2511"); got != 0 {
				t.Errorf("the debt is %s", got)
			}
			if got := c.load(t, p.ID).State; got != treasury.Closed {
				t.Errorf("the proposal is %s", got)
			}
		},
		"trap 20: a file made again is the same, byte for byte": func(t *testing.T, c *city, clock *dbtest.Clock) {
			for i := range 20 {
				c.invoice(t, i%2, i%3, money.Kronor(int64(100+i)), noon+period.Date(i%5))
			}
			p := c.propose(t, noon+7)
			file := c.file(t, p.ID)
			clock.Pass(100 * 24 * time.Hour)
			c.see(t, func(o *op.Op) error {
				again, err := treasury.Remake(o, p.ID)
				if !bytes.Equal(file, again) {
					t.Error("the bytes are others")
				}
				return err
			})
			if got := c.bytes(t, p.ID); !bytes.Equal(file, got) {
				t.Error("the bytes that are kept are others")
			}
			bank := newBank()
			if _, err := bank.Take(file, clock.Now()); err != nil {
				t.Fatal(err)
			}
			ack, err := bank.Take(file, clock.Now())
			if err != nil || !bytes.Contains(ack, []byte("RJCT")) {
				t.Errorf("the bank took the same file twice: %s %v", ack, err)
			}
		},
		"trap 21: the sum of the file is the sum of its rows": func(t *testing.T, c *city, _ *dbtest.Clock) {
			for i := range 9 {
				c.invoice(t, 0, i%3, money.Amount(10_01+i), noon)
			}
			p := c.propose(t, noon)
			f, err := pain.Read(c.file(t, p.ID))
			if err != nil {
				t.Fatal(err)
			}
			sum, n := money.Amount(0), int64(0)
			for _, g := range f.Groups {
				for _, x := range g.Payments {
					sum, n = sum+x.Amount, n+1
				}
			}
			if sum != f.Sum || n != f.Count || sum != p.Amount {
				t.Errorf("%d rows of %s; the file says %d of %s, the proposal %s", n, sum, f.Count, f.Sum, p.Amount)
			}
		},
		"trap 22: only what the bank rejects opens again, and waits for somebody to look": func(t *testing.T, c *city, _ *dbtest.Clock) {
			good := c.invoice(t, 0, 0, money.Kronor(10), noon)
			bad := c.invoice(t, 0, 1, money.Kronor(20), noon)
			p := c.propose(t, noon)
			file := c.file(t, p.ID)
			bank := newBank()
			bank.Refuses = func(x *pain.ReadPayment) string {
				if x.Amount == money.Kronor(20) {
					return "AC04"
				}
				return ""
			}
			if _, err := bank.Take(file, dbtest.Noon); err != nil {
				t.Fatal(err)
			}
			status := bank.Judge("KB"+p.ID.String(), dbtest.Noon)
			c.answer(t, "status.xml", status)
			c.answer(t, "status-igen.xml", append(status, '\n'))
			if v := c.get(t, good); v.Payment != string(treasury.Taken) {
				t.Errorf("the good one says %q", v.Payment)
			}
			v := c.get(t, bad)
			if v.Payment != "" || v.StopKind != payables.StopBank || !strings.Contains(v.Stop, "Kontot är avslutat") {
				t.Errorf("the bad one says %q, stopped: %q", v.Payment, v.Stop)
			}
			if got := c.balance(t, 0, "1990"); got != -money.Kronor(10) {
				t.Errorf("under way: %s", got)
			}
			c.step2(t, bad, "go", map[string]string{"reason": "Nytt konto är godkänt."})
			if again := c.propose(t, noon); again.Payments != 1 {
				t.Errorf("%d payments the second time", again.Payments)
			}
		},
		"trap 22: money that comes back is a return, and opens the debt with its reason": func(t *testing.T, c *city, clock *dbtest.Clock) {
			key := c.invoice(t, 0, 0, money.Kronor(10), noon)
			p := c.propose(t, noon)
			file := c.file(t, p.ID)
			bank := newBank()
			bank.Returns = func(*pain.ReadPayment) string { return "AC04" }
			if _, err := bank.Take(file, dbtest.Noon); err != nil {
				t.Fatal(err)
			}
			c.answer(t, "a.xml", bank.Day(noon, dbtest.Noon))
			if v := c.get(t, key); v.Payment != string(treasury.Done) {
				t.Errorf("first it says %q", v.Payment)
			}
			clock.Pass(24 * time.Hour)
			c.answer(t, "b.xml", bank.Day(noon+1, clock.Now()))
			v := c.get(t, key)
			if v.Payment != "" || v.StopKind != payables.StopBank {
				t.Errorf("then it says %q, stopped: %q", v.Payment, v.Stop)
			}
			for account, want := range map[string]money.Amount{"1990": 0, "1940": 0, "2511": -money.Kronor(10)} {
				if got := c.balance(t, 0, account); got != want {
					t.Errorf("%s stands at %s", account, got)
				}
			}
		},
		"trap 24: nothing is executed on midsummer's eve, Christmas Eve, New Year's Eve or the national day": func(t *testing.T, c *city, clock *dbtest.Clock) {
			for _, eve := range []period.Date{period.NewDate(2026, 6, 19), period.NewDate(2026, 12, 24), period.NewDate(2026, 12, 31), period.NewDate(2027, 6, 6)} {
				clock.Set((eve - 20).At(8 * 60))
				c.invoice(t, 0, 0, money.Kronor(10), eve)
				p := c.propose(t, eve)
				for _, r := range c.load(t, p.ID).Rows {
					if r.Execute >= eve {
						t.Errorf("due %s is executed on %s", eve, r.Execute)
					}
				}
				c.step(t, c.proposer, p.ID, "withdraw", map[string]string{"reason": "Prov"})
			}
		},
		"trap 25: without F-tax nothing is paid before somebody has said what is pay for work, and then tax is kept": func(t *testing.T, c *city, _ *dbtest.Clock) {
			c.do(t, c.coder, func(o *op.Op) error {
				s, err := payables.GetSupplier(o, c.payee[0].ID)
				if err != nil {
					return err
				}
				s.FTax, s.FTaxOn = "no", noon
				return payables.SaveSupplier(o, s)
			})
			key := c.invoice(t, 0, 0, money.Kronor(1000), noon)
			if err := c.try(c.proposer, func(o *op.Op) error {
				p, err := c.bank.Propose(o, treasury.Ask{Account: c.account.ID, Until: noon})
				if p.Payments > 0 {
					t.Error("it was proposed")
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			c.step2(t, key, "withhold", map[string]string{"work": "600", "reason": "Timmar enligt faktura"})
			p := c.propose(t, noon)
			if p.Amount != money.Kronor(820) {
				t.Errorf("%s is paid", p.Amount)
			}
			c.file(t, p.ID)
			for account, want := range map[string]money.Amount{"2511": 0, "2710": -money.Kronor(180), "1990": -money.Kronor(820)} {
				if got := c.balance(t, 0, account); got != want {
					t.Errorf("%s stands at %s", account, got)
				}
			}
		},
		"trap 26: what is disputed after release falls out when the file is made": func(t *testing.T, c *city, _ *dbtest.Clock) {
			c.invoice(t, 0, 0, money.Kronor(10), noon)
			key := c.invoice(t, 0, 1, money.Kronor(20), noon)
			p := c.propose(t, noon)
			c.control(t, p.ID)
			c.step(t, c.releaser, p.ID, "release", nil)
			c.step2(t, key, "dispute", map[string]string{"reason": "Varan kom aldrig."})
			c.step(t, c.proposer, p.ID, "file", nil)
			f, err := pain.Read(c.bytes(t, p.ID))
			if err != nil || f.Count != 1 || f.Sum != money.Kronor(10) {
				t.Errorf("the file has %d payments of %s: %v", f.Count, f.Sum, err)
			}
			if v := c.get(t, key); v.Payment != "" {
				t.Errorf("the disputed one says %q", v.Payment)
			}
		},
		"trap 26: a row changed in the database after release makes no file": func(t *testing.T, c *city, _ *dbtest.Clock) {
			c.invoice(t, 0, 0, money.Kronor(10), noon)
			p := c.propose(t, noon)
			c.control(t, p.ID)
			c.step(t, c.releaser, p.ID, "release", nil)
			if _, err := c.door.DB.Raw().Exec(`UPDATE treasury_payment SET number = '99999999'`); err != nil {
				t.Fatal(err)
			}
			if err := c.try(c.proposer, func(o *op.Op) error { _, err := c.bank.Table.Take(o, p.ID, "file", 0, nil); return err }); err == nil {
				t.Error("a file was made")
			}
			if _, err := c.door.DB.Raw().Exec(`UPDATE treasury_payment SET number = '` + giro(0) + `'`); err != nil {
				t.Fatal(err)
			}
		},
		"trap 61: a bundle is one entry and many payments, pending entries move nothing, and cash is posted from one kind of file": func(t *testing.T, c *city, clock *dbtest.Clock) {
			for i := range 6 {
				c.invoice(t, i%2, i%3, money.Kronor(10), noon) // equal payments on one day are legal
			}
			p := c.propose(t, noon)
			file := c.file(t, p.ID)
			bank := newBank()
			bank.Bundled = true
			if _, err := bank.Take(file, clock.Now()); err != nil {
				t.Fatal(err)
			}
			s := bank.Day(noon, clock.Now())
			pending := bytes.ReplaceAll(bytes.ReplaceAll(s, []byte("<Cd>BOOK</Cd>"), []byte("<Cd>PDNG</Cd>")), []byte("<Id>U"), []byte("<Id>P"))
			c.answer(t, "pending.xml", standin.Details(pending))
			if got := c.load(t, p.ID).Rows[0].State; got != treasury.Filed {
				t.Errorf("a pending entry made it %s", got)
			}
			c.answer(t, "054.xml", standin.Details(s))
			if got := c.balance(t, 0, "1940"); got != 0 {
				t.Errorf("the details moved %s", got)
			}
			if got := c.load(t, p.ID).Rows[0].State; got != treasury.Paid {
				t.Errorf("with the details it is %s", got)
			}
			c.answer(t, "053.xml", s)
			if got := c.balance(t, 0, "1940"); got != -money.Kronor(30) {
				t.Errorf("the statement moved %s", got)
			}
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

// step2 takes a step of an invoice.
func (c *city) step2(t *testing.T, key payables.ID, step string, in map[string]string) {
	t.Helper()
	c.do(t, c.checker, func(o *op.Op) error {
		_, err := payables.Table.Take(o, key, step, 0, in)
		return err
	})
}

// An urgent payment needs its own permission, a reason, a second person and a
// call; it goes today.
func TestUrgent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		key := c.invoice(t, 0, 0, money.Kronor(10), noon+20)
		ask := treasury.Ask{Account: c.account.ID, Until: noon, Urgent: true, Documents: []int64{int64(key)}}
		without := dbtest.Actor("Utan", treasury.MayHandle, treasury.MayRead)
		asked := ask
		asked.Reason = "Strömmen bryts annars."
		propose := func(who op.Actor, ask treasury.Ask) (p treasury.Proposal, err error) {
			err = c.try(who, func(o *op.Op) (err error) { p, err = c.bank.Propose(o, ask); return err })
			return p, err
		}
		if _, err := propose(without, asked); err == nil {
			t.Error("it needs no permission")
		}
		if _, err := propose(c.proposer, ask); err == nil {
			t.Error("it needs no reason")
		}
		p, err := propose(c.proposer, asked)
		if err != nil {
			t.Fatal(err)
		}
		if r := c.load(t, p.ID).Rows[0]; r.Execute != noon || r.Sampled != treasury.Hurried {
			t.Errorf("it is executed on %s, sampled: %s", r.Execute, r.Sampled)
		}
		c.control(t, p.ID)
		for _, x := range []struct {
			who    op.Actor
			called string
			ok     bool
		}{{c.releaser, "", false}, {c.proposer, "Anna, växeln", false}, {c.coder, "Anna, växeln", false}, {c.releaser, "Anna, växeln", true}} {
			err := c.try(x.who, func(o *op.Op) error {
				_, err := c.bank.Table.Take(o, p.ID, "release", 0, map[string]string{"called": x.called})
				return err
			})
			if (err == nil) != x.ok {
				t.Errorf("%s, called %q: %v", x.who.Name, x.called, err)
			}
		}
		c.whole(t)
	})
}
