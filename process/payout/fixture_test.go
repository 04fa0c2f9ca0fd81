package payout

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
	"kontor/process/treasury"
	"kontor/process/treasury/standin"
	"kontor/promise/approval"
	"kontor/promise/approval/approvaltest"
	"kontor/promise/client"
)

var (
	start = period.NewDate(2020, 1, 1)
	noon  = period.DateOf(dbtest.Noon)
)

const (
	iban  = "SE3550000000054910000003"
	anna  = "198001019986" // a person who must not be told anywhere
	union = "165599991006"
)

var all = []op.Permission{MayRead, MayWrite, MayCheck, MayReview, MayApprove, MayVoid, MayPay, payables.MayRead, payables.MayRegister,
	treasury.MayRead, treasury.MayHandle, treasury.MayRelease, treasury.MayUrgent, treasury.MayAccount, "ledger.read", "work.read", "mail.read", "audit.read"}

// city is a client with people, each of whom does one thing.
type city struct {
	door    *op.Door
	clock   *dbtest.Clock
	bank    *treasury.Treasury
	stand   standin.Bank
	account treasury.Account
	at      op.ClientID

	writer, checker, reviewer, approver, proposer, controller, releaser, system op.Actor
}

func found(t testing.TB, d *db.DB) *city {
	t.Helper()
	c := &city{bank: treasury.New(payables.PaymentSource(), PaymentSource()), stand: standin.Bank{IBAN: iban, Balance: money.Kronor(1_000_000)}}
	c.door, c.clock = dbtest.Door(d)
	for name, who := range map[string]*op.Actor{"Vera Skriver": &c.writer, "Kim Kollar": &c.checker, "Greta Granskar": &c.reviewer, "Atle Attesterar": &c.approver,
		"Petra Föreslår": &c.proposer, "Karl Kontroll": &c.controller, "Rut Släpper": &c.releaser, "Kontor": &c.system} {
		*who = dbtest.Actor(name, all...)
	}
	c.system.Kind = op.System
	c.do(t, c.system, func(o *op.Op) error {
		if err := errors.Join(coding.Install(o), payables.Module().Install(o), install(o)); err != nil {
			return err
		}
		k := &client.Client{Code: "SOC", Name: "Socialförvaltningen", Kind: client.Administration, Org: "162120000142", Active: true}
		if err := client.Add(o, k); err != nil {
			return err
		}
		c.at = k.ID
		_, err := coding.Put(o, coding.Value{Owner: c.at, Segment: coding.Unit, Code: "21100", Name: "Stöd", ValidFrom: start})
		if err != nil {
			return err
		}
		c.account = treasury.Account{Name: "Koncernkontot", IBAN: iban, Bankgiro: "99999997", Profile: "handelsbanken", Agreement: "162120000142", Holder: "Exempelstad",
			Ledger: "1940", Clearing: "1990", Books: "camt.053", Cutoff: 14 * 60, ValidFrom: start, ValidTo: period.NewDate(9999, 12, 31)}
		return treasury.PutAccount(o, &c.account)
	})
	approvaltest.Adopt(t, c.door, c.at, approvaltest.Final(c.approver, money.Kronor(50_000)), approval.Row{Person: c.reviewer.ID, Name: c.reviewer.Name, Kind: approval.Review, Most: money.Kronor(50_000)})
	return c
}

func (c *city) do(t testing.TB, who op.Actor, f func(o *op.Op) error) {
	t.Helper()
	dbtest.Do(t, c.door, who, f)
}

func (c *city) try(who op.Actor, f func(o *op.Op) error) error {
	return c.door.Do(context.Background(), who, f)
}

func (c *city) step(who op.Actor, key ID, step string, in map[string]string) error {
	return c.try(who, func(o *op.Op) error { _, err := Table.Take(o, key, step, 0, in); return err })
}

func (c *city) must(t testing.TB, who op.Actor, key ID, step string) {
	t.Helper()
	if err := c.step(who, key, step, map[string]string{"how": "Ringde Anna Hemlig på 0123", "reason": "Anna Hemlig bad om det"}); err != nil {
		t.Fatalf("%s: %v", step, err)
	}
}

func (c *city) get(t testing.TB, key ID) (v Request) {
	t.Helper()
	if err := c.door.View(context.Background(), c.system, func(o *op.Op) (err error) { v, err = Table.Get(o, key); return err }); err != nil {
		t.Fatal(err)
	}
	return v
}

// grant is a good request to an association that nobody knows yet.
func (c *city) grant() *Request {
	v := &Request{PayeeOrg: union, PayeeName: "Idrottsföreningen Kamraterna", Scheme: "BG", Account: "9912346", Message: "Bidrag 2026", Purpose: "Verksamhetsbidrag 2026",
		Basis: "Nämndens beslut 2026-11-02 § 12", Amount: money.Kronor(12_000), Due: noon + 5,
		Lines: []coding.Line{{Account: "4120", Unit: "21100", Activity: "3100", Amount: money.Kronor(12_000), Text: "Bidrag till Kamraterna"}}}
	v.Client = c.at
	return v
}

// aid is a good request to somebody under protection.
func (c *city) aid() *Request {
	v := c.grant()
	v.PayeeOrg, v.PayeeName, v.Protected, v.BankName = anna, "Anna Hemlig", true, "Mottagare 4711"
	v.Scheme, v.Account, v.Message, v.Purpose = "BBAN", "58398257466", "Till Anna", "Ersättning till Anna Hemlig"
	v.Lines[0].Account, v.Lines[0].Text = "4110", "Anna Hemlig"
	return v
}

var pdf = append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("beslut "), 20)...)

// add writes a request and keeps its document.
func (c *city) add(t testing.TB, v *Request) ID {
	t.Helper()
	c.do(t, c.writer, func(o *op.Op) error {
		v.ID, v.Version = 0, 0
		if err := Attach(o, v, "beslut.pdf", pdf); err != nil {
			return err
		}
		return Add(o, v)
	})
	return v.ID
}

// approved takes a request through to its approval.
func (c *city) approved(t testing.TB, v *Request) ID {
	t.Helper()
	key := c.add(t, v)
	c.must(t, c.writer, key, "send")
	if c.get(t, key).Unconfirmed {
		c.must(t, c.checker, key, "confirm")
	}
	c.must(t, c.reviewer, key, "review")
	c.must(t, c.approver, key, "approve")
	return key
}

// pay takes what is due through a proposal and a file to the bank, which answers
// on the day of payment. It returns the file and what the bank has said.
func (c *city) pay(t testing.TB) (file []byte, said [][]byte) {
	t.Helper()
	var p treasury.Proposal
	c.do(t, c.proposer, func(o *op.Op) (err error) {
		p, err = c.bank.Propose(o, treasury.Ask{Account: c.account.ID, Until: noon + 30})
		return err
	})
	for _, r := range p.Rows {
		if r.Sampled != "" {
			c.do(t, c.controller, func(o *op.Op) error { return c.bank.Control(o, r.ID, 0, "Mot underlaget") })
		}
	}
	take := func(who op.Actor, step string) {
		t.Helper()
		c.do(t, who, func(o *op.Op) (err error) { p, err = c.bank.Table.Take(o, p.ID, step, 0, nil); return err })
	}
	take(c.releaser, "release")
	take(c.proposer, "file")
	c.do(t, c.proposer, func(o *op.Op) (err error) { file, err = treasury.Bytes(o, &p); return err })
	ack, err := c.stand.Take(file, c.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	said = append(said, ack, c.stand.Judge("KB"+p.ID.String(), c.clock.Now()))
	for day := noon; day <= noon+10; day++ {
		if s := c.stand.Day(day, c.clock.Now()); s != nil {
			said = append(said, s)
		}
	}
	for i, b := range said {
		c.do(t, c.proposer, func(o *op.Op) error { _, _, err := c.bank.Read(o, string(rune('a'+i))+".xml", b); return err })
	}
	return file, said
}
