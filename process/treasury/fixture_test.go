package treasury_test

import (
	"context"
	"fmt"
	"testing"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/dbtest"
	"kontor/kernel/ident"
	"kontor/kernel/module"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/process/payables"
	"kontor/process/treasury"
	"kontor/process/treasury/standin"
	"kontor/promise/client"
)

var start = period.NewDate(2020, 1, 1)

// city is a small city with debts and an account to pay them from.
type city struct {
	door    *op.Door
	bank    *treasury.Treasury
	clients []op.ClientID
	payee   []payables.Supplier
	account treasury.Account
	// Who does what. Each is another person.
	coder, proposer, releaser, checker op.Actor
	system                             op.Actor
	serial                             int
}

const iban = "SE3550000000054910000003"

func open() *treasury.Treasury { return treasury.New(payables.PaymentSource()) }

var all = []op.Permission{payables.MayRead, payables.MayCode, payables.MayPay, payables.MayRegister, payables.MayHandle, payables.MayReview,
	payables.MayApprove, treasury.MayRead, treasury.MayHandle, treasury.MayRelease, treasury.MayUrgent, treasury.MayAccount, "ledger.read"}

func people(c *city) {
	c.coder = dbtest.Actor("Kim Kontera", all...)
	c.proposer = dbtest.Actor("Petra Föreslår", all...)
	c.releaser = dbtest.Actor("Rut Släpper", all...)
	c.checker = dbtest.Actor("Karl Kontroll", all...)
	c.system = dbtest.Actor("Kontor", all...)
	c.system.Kind = op.System
}

func found(t testing.TB, door *op.Door, clients, payees int) *city {
	t.Helper()
	c := &city{door: door, bank: open()}
	people(c)
	dbtest.Do(t, door, c.system, func(o *op.Op) error {
		if err := coding.Install(o); err != nil {
			return err
		}
		if err := payables.Module().Install(o); err != nil {
			return err
		}
		for i := range clients {
			x := &client.Client{Code: fmt.Sprintf("K%02d", i), Name: fmt.Sprintf("Förvaltning %d", i), Kind: client.Administration, Org: "162120000142", Active: true}
			if err := client.Add(o, x); err != nil {
				return err
			}
			c.clients = append(c.clients, x.ID)
		}
		for i := range payees {
			s := payables.Supplier{Org: "16" + org(i), Name: fmt.Sprintf("Leverantör %03d AB", i), Country: "SE", State: payables.SupplierApproved, FTax: "yes"}
			if err := payables.AddSuppliers(o, &s); err != nil {
				return err
			}
			if err := payables.Propose(o, payables.Account{Supplier: s.ID, Scheme: payables.Bankgiro, Number: giro(i), State: payables.AccountApproved}); err != nil {
				return err
			}
			c.payee = append(c.payee, s)
		}
		c.account = treasury.Account{Name: "Koncernkontot", IBAN: iban, Bankgiro: giro(900), Profile: "handelsbanken", Agreement: "162120000142", Holder: "Exempelstad",
			Ledger: "1940", Clearing: "1990", Books: "camt.053", Cutoff: 14 * 60, ValidFrom: start, ValidTo: period.NewDate(9999, 12, 31)}
		return treasury.PutAccount(o, &c.account)
	})
	return c
}

func org(i int) string {
	body := fmt.Sprintf("5599%05d", i)
	d, _ := ident.LuhnDigit(body)
	return body + string(d)
}

func giro(i int) string {
	body := fmt.Sprintf("99%04d", i)
	d, _ := ident.LuhnDigit(body)
	return body + string(d)
}

// invoice is an approved and posted debt; a negative amount is a credit note.
func (c *city) invoice(t testing.TB, client, payee int, amount money.Amount, due period.Date) payables.ID {
	t.Helper()
	return c.add(t, client, payee, amount, due, nil)
}

func (c *city) add(t testing.TB, client, payee int, amount money.Amount, due period.Date, change func(*payables.Invoice)) payables.ID {
	t.Helper()
	c.serial++
	s := c.payee[payee]
	v := payables.Invoice{Supplier: s.ID, SupplierOrg: s.Org, SupplierName: s.Name, SupplierKey: text.SortKey(s.Name), Number: fmt.Sprintf("F-%05d", c.serial),
		Kind: payables.Debit, Issued: due - 30, Due: due, Currency: "SEK", Net: amount, Gross: amount, Payable: amount, Scheme: payables.Bankgiro, Account: giro(payee),
		CodedBy: c.coder.ID}
	if amount < 0 {
		v.Kind = payables.Credit
	}
	v.NumberNorm = payables.NormalNumber(v.Number)
	v.Client, v.State = c.clients[client], payables.Ready
	v.Coding = []coding.Line{{Account: "6440", Unit: "100", Activity: "9100", Amount: amount}}
	if change != nil {
		change(&v)
	}
	dbtest.Do(t, c.door, c.system, func(o *op.Op) error {
		v.ID = 0
		if err := payables.Table.Add(o, "prov", &v); err != nil {
			return err
		}
		p, err := payables.PostingsOf(o, v.Client, start)
		if err != nil {
			return err
		}
		voucher := payables.LiabilityVoucher(&v, p, period.DateOf(o.Now))
		if voucher == nil {
			return nil
		}
		return ledger.Post(o, voucher)
	})
	return v.ID
}

func (c *city) do(t testing.TB, who op.Actor, f func(o *op.Op) error) {
	t.Helper()
	dbtest.Do(t, c.door, who, f)
}

func (c *city) try(who op.Actor, f func(o *op.Op) error) error {
	return c.door.Do(context.Background(), who, f)
}

func (c *city) get(t testing.TB, key payables.ID) payables.Invoice {
	t.Helper()
	var v payables.Invoice
	c.see(t, func(o *op.Op) (err error) { v, err = payables.Table.Get(o, key); return err })
	return v
}

func (c *city) see(t testing.TB, f func(o *op.Op) error) {
	t.Helper()
	if err := c.door.View(context.Background(), c.system, f); err != nil {
		t.Fatal(err)
	}
}

func (c *city) propose(t testing.TB, until period.Date) treasury.Proposal {
	t.Helper()
	var p treasury.Proposal
	c.do(t, c.proposer, func(o *op.Op) (err error) {
		p, err = c.bank.Propose(o, treasury.Ask{Account: c.account.ID, Until: until})
		return err
	})
	return p
}

func (c *city) load(t testing.TB, key treasury.ID) treasury.Proposal {
	t.Helper()
	var p treasury.Proposal
	c.see(t, func(o *op.Op) (err error) { p, err = c.bank.Table.Get(o, key); return err })
	return p
}

// control ticks off the whole sample.
func (c *city) control(t testing.TB, key treasury.ID) {
	t.Helper()
	for _, r := range c.load(t, key).Rows {
		if r.Sampled == "" || r.CheckedBy != 0 || r.State != treasury.Proposed {
			continue
		}
		c.do(t, c.checker, func(o *op.Op) error { return c.bank.Control(o, r.ID, 0, "Mot fakturan") })
	}
}

func (c *city) step(t testing.TB, who op.Actor, key treasury.ID, step string, in map[string]string) {
	t.Helper()
	c.do(t, who, func(o *op.Op) error {
		_, err := c.bank.Table.Take(o, key, step, 0, in)
		return err
	})
}

// file takes a proposal through to its file.
func (c *city) file(t testing.TB, key treasury.ID) []byte {
	t.Helper()
	c.control(t, key)
	c.step(t, c.releaser, key, "release", nil)
	c.step(t, c.proposer, key, "file", nil)
	return c.bytes(t, key)
}

func (c *city) bytes(t testing.TB, key treasury.ID) []byte {
	t.Helper()
	var b []byte
	c.see(t, func(o *op.Op) error {
		f, _, err := c.bank.Fetch(o, key)
		b = f.Bytes
		return err
	})
	return b
}

func (c *city) answer(t testing.TB, name string, b []byte) treasury.Answer {
	t.Helper()
	var a treasury.Answer
	c.do(t, c.proposer, func(o *op.Op) (err error) {
		a, _, err = c.bank.Read(o, name, b)
		return err
	})
	return a
}

// balance is what a client's account in the books stands at.
func (c *city) balance(t testing.TB, client int, account string) money.Amount {
	t.Helper()
	var sum money.Amount
	c.see(t, func(o *op.Op) error {
		all, err := ledger.Balances(o, c.clients[client], 190001, 299912)
		for _, b := range all {
			if b.Account == account {
				sum += b.Net()
			}
		}
		return err
	})
	return sum
}

// whole proves the invariants of the ledger, the invoices and the payments.
func (c *city) whole(t testing.TB) {
	t.Helper()
	for _, m := range []module.Module{ledger.Module(), c.bank.Module()} {
		for _, inv := range m.Invariants {
			err := c.door.View(context.Background(), c.system, func(o *op.Op) error { _, err := inv.Check(o); return err })
			if err != nil {
				t.Errorf("%s: %v", inv.Name, err)
			}
		}
	}
}

func newBank() *standin.Bank { return &standin.Bank{IBAN: iban, Balance: money.Kronor(10_000_000)} }
