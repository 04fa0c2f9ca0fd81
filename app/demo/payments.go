package demo

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"kontor/books/coding"
	"kontor/format/pain"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/workday"
	"kontor/process/payables"
	"kontor/process/payout"
	"kontor/process/treasury"
	"kontor/process/treasury/standin"
)

// bankName is the folder of files to and from the bank, in the folder of the demo.
const bankName = "bank"

// cityIBAN is an account of a bank that does not exist: 999 is nobody's.
const cityIBAN = "SE1499900000000085000001"

// Who pays in the city: one proposes, one controls, one releases. None of them
// approves.
const (
	proposes = "ulrika.falk"
	controls = "bo.stenman"
	releases = "sigrid.ahlen"
)

// cash is the city's payments out, and the bank that is not there.
type cash struct {
	treasury *treasury.Treasury
	bank     standin.Bank
	account  treasury.Account
	said     period.Date // the last day that the bank has told of
	stopped  []stoppedInvoice
}

// stoppedInvoice is one that the bank refused or sent back.
type stoppedInvoice struct {
	key payables.ID
	on  period.Date
}

// openAccount lays up the account that the city pays from.
func (b *builder) openAccount(o *op.Op) error {
	b.cash.treasury = treasury.New(payables.PaymentSource(), payout.PaymentSource())
	b.cash.bank = standin.Bank{IBAN: cityIBAN, Balance: money.Kronor(250_000_000), Bundled: true}
	// A payment in some hundreds goes wrong: the amounts decide, so that every build is the same.
	refused := map[money.Amount]bool{} // once is enough: then somebody has mended it
	b.cash.bank.Refuses = func(p *pain.ReadPayment) string {
		if refused[p.Amount] {
			return ""
		}
		refused[p.Amount] = true
		return unlucky(p.Amount, 307, "AC04")
	}
	b.cash.bank.Returns = func(p *pain.ReadPayment) string { return unlucky(p.Amount, 311, "AC06") }
	b.cash.bank.Besides = func(day period.Date) (all []standin.Movement) {
		for _, e := range events {
			if e.on == day {
				all = append(all, e.Movement)
			}
		}
		return all
	}
	b.cash.account = treasury.Account{Name: "Koncernkontot", IBAN: cityIBAN, Bankgiro: giro("99", 850, 8), Profile: "handelsbanken", Agreement: "2129990850",
		Holder: b.city.Name, Ledger: "1940", Clearing: "1990", Books: "camt.053", Cutoff: 14 * 60, ValidFrom: begun, ValidTo: period.NewDate(9999, time.December, 31)}
	return treasury.PutAccount(o, &b.cash.account)
}

// bankEvent is something that the city did not ask the bank for.
type bankEvent struct {
	on      period.Date
	client  string // whose it is
	account string // that it is posted on; "" for what nobody has looked into yet
	standin.Movement
}

var events = []bankEvent{
	{period.NewDate(2026, time.September, 30), "SLK", "8410", standin.Movement{Amount: money.Kronor(18_432), Text: "Ränta på koncernkontot, tredje kvartalet"}},
	{period.NewDate(2026, time.November, 18), "", "", standin.Movement{Amount: money.Kronor(4_870), Text: "Återsänd betalning, uppgift om referens saknas", Code: "AC04"}},
}

// explain says what an event of the bank was; a second person approves it.
func (b *builder) explain(answer treasury.Answer, e bankEvent) error {
	if e.account == "" {
		return nil
	}
	k := b.city.Client(e.client)
	var key treasury.ExplanationID
	err := b.do(b.actor[proposes], func(o *op.Op) error {
		entries, err := treasury.EntriesOf(o, answer.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(entries, func(x treasury.Entry) bool { return x.Amount == e.Amount && x.Text == e.Text })
		if i < 0 {
			return fmt.Errorf("no entry of %s: %s", e.on, e.Text)
		}
		x := treasury.Explanation{Entry: entries[i].ID, Kind: treasury.ByBooks, Reason: e.Text, Owner: b.clients[k.Code],
			Line: coding.Line{Account: e.account, Unit: k.Codes[0].Code, Activity: activityOf(k.Codes[0].Name), Text: e.Text}}
		x.ID = id.New[treasury.Explanation](o)
		key = x.ID
		return b.cash.treasury.Explain(o, &x)
	})
	if err != nil {
		return err
	}
	return b.do(b.actor[releases], func(o *op.Op) error {
		_, err := b.cash.treasury.Explanations.Take(o, key, "approve", 0, nil)
		return err
	})
}

func unlucky(a money.Amount, one int64, why string) string {
	if int64(a)/100%one == 0 {
		return why
	}
	return ""
}

// pay lives the bank's part of a working day, and on Tuesdays what falls due
// within a week is paid. The proposal of the last Tuesday waits for the one who
// looks at the city.
func (b *builder) pay(day period.Date) error {
	b.at = day.At(10*60 + 40)
	if b.at.After(ShownAt) {
		return nil
	}
	if day != tuesday(day) {
		return nil
	}
	if err := b.letGo(day); err != nil {
		return err
	}
	p, err := b.proposePayments(day)
	if err != nil || p == 0 || day > Today-7 {
		return err
	}
	return b.send(day, p)
}

// tuesday is the payment day of a week: Tuesday, or the first working day after.
func tuesday(day period.Date) period.Date {
	monday := day - period.Date((int(day.Weekday())+6)%7)
	return workday.Office.OnOrAfter(monday + 1)
}

func (b *builder) proposePayments(day period.Date) (key treasury.ID, err error) {
	err = b.do(b.actor[proposes], func(o *op.Op) error {
		p, err := b.cash.treasury.Propose(o, treasury.Ask{Account: b.cash.account.ID, Until: day + 7})
		if p.Payments > 0 {
			key = p.ID
		}
		return err
	})
	if errors.Is(err, treasury.ErrNothingDue) {
		return 0, nil
	}
	return key, err
}

// send takes a proposal through control and release to the bank, which answers
// the same afternoon.
func (b *builder) send(day period.Date, key treasury.ID) error {
	t := b.cash.treasury
	b.at = day.At(11*60 + 5)
	if err := b.do(b.actor[controls], func(o *op.Op) error {
		p, err := t.Table.Get(o, key)
		if err != nil {
			return err
		}
		for _, r := range p.Rows {
			if r.Sampled == "" {
				continue
			}
			if err := t.Control(o, r.ID, 0, "Mot fakturan och leverantörens uppgifter"); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	b.at = day.At(13*60 + 20)
	if err := b.do(b.actor[releases], func(o *op.Op) error { _, err := t.Table.Take(o, key, "release", 0, nil); return err }); err != nil {
		return err
	}
	b.at = day.At(13*60 + 30)
	var file treasury.Outgoing
	err := b.do(b.actor[proposes], func(o *op.Op) error {
		p, err := t.Table.Take(o, key, "file", 0, nil)
		if err != nil || p.File == "" {
			return err
		}
		file, _, err = t.Fetch(o, key)
		return err
	})
	if err != nil || file.Bytes == nil {
		return err
	}
	ack, err := b.cash.bank.Take(file.Bytes, b.at)
	if err != nil {
		return err
	}
	b.at = day.At(15*60 + 10)
	status := b.cash.bank.Judge("KB"+key.String(), b.at)
	for _, x := range []struct {
		name  string
		bytes []byte
	}{{file.Name, file.Bytes}, {"pain002-" + day.String() + "-1.xml", ack}, {"pain002-" + day.String() + "-2.xml", status}} {
		if err := b.keepFile(x.name, x.bytes); err != nil {
			return err
		}
	}
	if _, err := b.tellBank("pain002-"+day.String()+"-1.xml", ack, false); err != nil {
		return err
	}
	if _, err := b.tellBank("pain002-"+day.String()+"-2.xml", status, false); err != nil {
		return err
	}
	return b.stopsOf(day, key)
}

// hearBank reads the statements of the days since the last one.
func (b *builder) hearBank(day period.Date) error {
	if b.cash.said == 0 {
		b.cash.said = day - 1
	}
	for d := b.cash.said + 1; d < day; d++ {
		b.cash.said = d
		if workday.Bank.Closed(d) {
			continue
		}
		s := b.cash.bank.Day(d, b.at)
		if s == nil {
			continue
		}
		name := "camt053-" + d.String() + ".xml"
		if err := b.keepFile(name, s); err != nil {
			return err
		}
		a, err := b.tellBank(name, s, slices.ContainsFunc(events, func(e bankEvent) bool { return e.on == d && e.account == "" }))
		if err != nil {
			return err
		}
		for _, e := range events {
			if e.on == d {
				if err := b.explain(a, e); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// tellBank reads what the bank says; what it leaves for a person to look into is
// a refusal, unless the city is to show it.
func (b *builder) tellBank(name string, file []byte, shown bool) (a treasury.Answer, err error) {
	err = b.do(b.actor[proposes], func(o *op.Op) (err error) {
		if a, _, err = b.cash.treasury.Read(o, name, file); err == nil && a.Note != "" && !shown {
			b.refusals = append(b.refusals, name+": "+a.Note)
		}
		return err
	})
	return a, err
}

// keepFile puts a file to or from the bank where the one who looks can find it.
func (b *builder) keepFile(name string, bytes []byte) error {
	dir := filepath.Join(filepath.Dir(b.inbox), bankName)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name), bytes, 0o640)
}

// stopsOf remembers what the bank refused, for somebody to look at.
func (b *builder) stopsOf(day period.Date, key treasury.ID) error {
	return b.Door.View(b.ctx, b.System, func(o *op.Op) error {
		p, err := b.cash.treasury.Table.Get(o, key)
		if err != nil {
			return err
		}
		for _, r := range p.Rows {
			if r.State != treasury.Rejected && r.State != treasury.Returned {
				continue
			}
			for _, x := range r.Parts {
				if x.Kind != payables.Life.Name {
					continue // a payout request waits until somebody has changed its account
				}
				b.cash.stopped = append(b.cash.stopped, stoppedInvoice{payables.ID(x.Document), day})
			}
		}
		return nil
	})
}

// letGo lets what the bank refused two weeks ago be paid again: by then somebody
// has called the supplier.
func (b *builder) letGo(day period.Date) error {
	left := b.cash.stopped[:0]
	for _, s := range b.cash.stopped {
		if s.on > day-14 {
			left = append(left, s)
			continue
		}
		err := b.do(b.actor[proposes], func(o *op.Op) error {
			_, err := payables.Table.Take(o, s.key, "go", 0, map[string]string{"reason": "Leverantören och banken har rättat kontot."})
			return err
		})
		if err != nil {
			return fmt.Errorf("stopped invoice: %w", err)
		}
	}
	b.cash.stopped = left
	return nil
}
