package treasury_test

import (
	"strings"
	"testing"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/process/payables"
	"kontor/process/treasury"
)

func TestLifeOfAnExplanation(t *testing.T) {
	if err := treasury.ExplanationLife.Check(); err != nil {
		t.Error(err)
	}
}

// entries are those of an answer, in the order of their amounts.
func (c *city) entries(t *testing.T, a treasury.Answer) (all []treasury.Entry) {
	t.Helper()
	if a.Note != "" {
		t.Logf("note: %s", a.Note)
	}
	c.see(t, func(o *op.Op) (err error) { all, err = treasury.EntriesOf(o, a.ID); return err })
	return all
}

func (c *city) entry(t *testing.T, key id.ID[treasury.Entry]) (e treasury.Entry) {
	t.Helper()
	c.see(t, func(o *op.Op) (err error) { e, err = treasury.EntryOf(o, key); return err })
	return e
}

// explain says what an entry is and returns what keeps it from being said.
func (c *city) explain(who op.Actor, x treasury.Explanation) (treasury.Explanation, error) {
	x.Reason = "Enligt bankens brev"
	err := c.try(who, func(o *op.Op) error { return c.bank.Explain(o, &x) })
	return x, err
}

func (c *city) settle(who op.Actor, x treasury.Explanation, step string) error {
	return c.try(who, func(o *op.Op) error {
		_, err := c.bank.Explanations.Take(o, x.ID, step, 0, map[string]string{"reason": "Fel uppgift"})
		return err
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(fault.Of(err).Say(), err)
	}
}

func refuses(t *testing.T, what string, err error) {
	t.Helper()
	if err == nil {
		t.Errorf("%s", what)
	}
}

// onItsWay is a city with one payment at the bank.
func onItsWay(t *testing.T, d *db.DB) (c *city, invoice payables.ID, p treasury.Proposal) {
	door, _ := dbtest.Door(d)
	c = found(t, door, 2, 3)
	c.do(t, c.system, func(o *op.Op) error {
		_, err := coding.Put(o, coding.Value{Segment: coding.Unit, Code: "100", Name: "Stab", ValidFrom: start}, coding.Value{Segment: coding.Activity, Code: "9100", Name: "Administration", ValidFrom: start})
		return err
	})
	invoice = c.invoice(t, 0, 0, money.Kronor(100), noon)
	p = c.propose(t, noon)
	c.file(t, p.ID)
	return c, invoice, c.load(t, p.ID)
}

// What the bank paid without saying which payment it was is paid when two people
// have said so, the bank's fee apart; it can be taken back and said again.
func TestAnEntryThatIsAPayment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, invoice, p := onItsWay(t, d)
		e := c.entries(t, c.answer(t, "s.xml", statement("camt.053", 1, 0, move{amount: -money.Kronor(103), text: "Uttag"})))[0]
		if e.State != treasury.EntryOther {
			t.Fatalf("it is %s", e.State)
		}
		if got := c.page(t, c.proposer, "/kontohandelse/{id}", "/kontohandelse/"+e.ID.String()); !strings.Contains(got, "103,00") || !strings.Contains(got, "Förklara") {
			t.Error("the page does not say what there is to explain")
		}
		x := treasury.Explanation{Entry: e.ID, Kind: treasury.ByPayment, Payment: p.Rows[0].ID}
		_, err := c.explain(c.proposer, x)
		refuses(t, "another sum is the payment, without a word of the rest", err)
		x.Line = coding.Line{Account: "6440", Unit: "100", Activity: "9100"}
		x, err = c.explain(c.proposer, x)
		must(t, err)
		_, err = c.explain(c.checker, treasury.Explanation{Entry: e.ID, Kind: treasury.ByPayment, Payment: p.Rows[0].ID, Line: x.Line})
		refuses(t, "it was explained twice", err)
		refuses(t, "one person alone explained and approved", c.settle(c.proposer, x, "approve"))
		if got := c.load(t, p.ID).Rows[0].State; got != treasury.Filed {
			t.Errorf("before the second person it is %s", got)
		}
		must(t, c.settle(c.releaser, x, "approve"))
		after := func(state treasury.State, entry, payment string, cash, fee money.Amount) {
			t.Helper()
			if r := c.load(t, p.ID).Rows[0]; r.State != state {
				t.Errorf("the payment is %s, want %s", r.State, state)
			}
			if got := c.entry(t, e.ID).State; got != entry {
				t.Errorf("the entry is %s, want %s", got, entry)
			}
			if v := c.get(t, invoice); v.Payment != payment {
				t.Errorf("the invoice says %q, want %q", v.Payment, payment)
			}
			if got, rest := c.balance(t, 0, "1940"), c.balance(t, 0, "6440"); got != cash || rest != fee {
				t.Errorf("cash %s, fee %s; want %s and %s", got, rest, cash, fee)
			}
			c.whole(t)
		}
		after(treasury.Paid, treasury.EntryExplained, string(treasury.Done), -money.Kronor(103), money.Kronor(3))
		if got := c.load(t, p.ID).State; got != treasury.Closed {
			t.Errorf("the proposal is %s", got)
		}
		refuses(t, "who approved it took it back", c.settle(c.releaser, x, "reverse"))
		must(t, c.settle(c.proposer, x, "reverse"))
		after(treasury.Filed, treasury.EntryOther, string(treasury.Taken), 0, 0)
		if got := c.load(t, p.ID).State; got != treasury.AtBank {
			t.Errorf("taken back, the proposal is %s", got)
		}
		again, err := c.explain(c.checker, treasury.Explanation{Entry: e.ID, Kind: treasury.ByPayment, Payment: p.Rows[0].ID, Line: x.Line})
		must(t, err)
		must(t, c.settle(c.releaser, again, "approve"))
		after(treasury.Paid, treasury.EntryExplained, string(treasury.Done), -money.Kronor(103), money.Kronor(3))
		for path, words := range map[string][]string{"/kontohandelse/{id}": {"utredd", "Vänd", "Gäller", "Rut Släpper"}, "/utredning/{id}": {"Enligt bankens brev", "6440 100 9100: 3,00", "Visa verifikationen"}} {
			key := e.ID.String()
			if path == "/utredning/{id}" {
				key = again.ID.String()
			}
			got := c.page(t, c.proposer, path, strings.Replace(path, "{id}", key, 1))
			for _, w := range words {
				if !strings.Contains(strings.ReplaceAll(got, "\u00a0", " "), w) {
					t.Errorf("%s does not say %q", path, w)
				}
			}
		}
		// The bank says it once more, by name: the money has moved twice.
		twice := c.entries(t, c.answer(t, "t.xml", statement("camt.053", 2, -money.Kronor(103), move{amount: -money.Kronor(100), ref: p.Rows[0].EndToEnd})))[0]
		if twice.State != treasury.EntryOpen {
			t.Errorf("money that moved twice is %s", twice.State)
		}
		refuses(t, "a paid payment was paid again", func() error {
			_, err := c.explain(c.proposer, treasury.Explanation{Entry: twice.ID, Kind: treasury.ByPayment, Payment: p.Rows[0].ID})
			return err
		}())
		c.whole(t)
	})
}

// Money that came back without a word of which payment it was opens the debt.
func TestAnEntryThatIsAReturn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, invoice, p := onItsWay(t, d)
		a := c.answer(t, "s.xml", statement("camt.053", 1, 0, move{amount: -money.Kronor(100), ref: p.Rows[0].EndToEnd}, move{amount: money.Kronor(100), text: "Insättning"}))
		var in treasury.Entry
		for _, e := range c.entries(t, a) {
			if e.Amount > 0 {
				in = e
			}
		}
		x, err := c.explain(c.proposer, treasury.Explanation{Entry: in.ID, Kind: treasury.ByPayment, Payment: p.Rows[0].ID})
		must(t, err)
		must(t, c.settle(c.releaser, x, "approve"))
		if r := c.load(t, p.ID).Rows[0]; r.State != treasury.Returned || r.Returned == 0 {
			t.Errorf("the payment is %s", r.State)
		}
		if v := c.get(t, invoice); v.Payment != "" || v.StopKind != payables.StopBank {
			t.Errorf("the invoice says %q, stopped: %q", v.Payment, v.StopKind)
		}
		if cash, way := c.balance(t, 0, "1940"), c.balance(t, 0, "1990"); cash != 0 || way != 0 {
			t.Errorf("cash %s, under way %s", cash, way)
		}
		refuses(t, "who approved it took it back", c.settle(c.releaser, x, "reverse"))
		// It was something else: everything is as it was, and it can be said again.
		must(t, c.settle(c.proposer, x, "reverse"))
		if r := c.load(t, p.ID); r.Rows[0].State != treasury.Paid || r.Rows[0].Returned != 0 || r.State != treasury.Closed {
			t.Errorf("the payment is %s, the proposal %s", r.Rows[0].State, r.State)
		}
		if v := c.get(t, invoice); v.Payment != string(treasury.Done) || v.Stop != "" {
			t.Errorf("the invoice says %q, stopped: %q", v.Payment, v.Stop)
		}
		stands := func(cash, debt money.Amount) {
			t.Helper()
			for account, want := range map[string]money.Amount{"1940": cash, "1990": 0, "2511": debt} {
				if got := c.balance(t, 0, account); got != want {
					t.Errorf("%s stands at %s, want %s", account, got, want)
				}
			}
			c.whole(t)
		}
		stands(-money.Kronor(100), 0)
		if got := c.entry(t, in.ID).State; got != in.State {
			t.Errorf("the entry is %s", got)
		}
		again, err := c.explain(c.proposer, treasury.Explanation{Entry: in.ID, Kind: treasury.ByPayment, Payment: p.Rows[0].ID})
		must(t, err)
		must(t, c.settle(c.releaser, again, "approve"))
		stands(0, -money.Kronor(100))
		// Once the debt is on its way anew it cannot be taken back.
		c.step2(t, invoice, "go", map[string]string{"reason": "Kontot är öppet igen."})
		anew := c.propose(t, noon)
		refuses(t, "a debt that is proposed anew was closed", c.settle(c.proposer, again, "reverse"))
		c.file(t, anew.ID)
		refuses(t, "a debt that is paid anew was closed", c.settle(c.proposer, again, "reverse"))
		c.whole(t)
	})
}

// What is no payment is posted where two people say, or was the bank's mistake.
func TestAnEntryThatIsNoPayment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, _, _ := onItsWay(t, d)
		all := c.entries(t, c.answer(t, "s.xml", statement("camt.053", 1, 0, move{amount: -money.Kronor(50), text: "Avgift"}, move{amount: money.Kronor(500), text: "Insättning"}, move{amount: -money.Kronor(500), text: "Rättelse"})))
		fee := treasury.Explanation{Entry: all[0].ID, Kind: treasury.ByBooks, Owner: c.clients[1], Line: coding.Line{Account: "6440", Unit: "100", Activity: "9100"}}
		for _, e := range all {
			switch e.Amount {
			case -money.Kronor(50):
				fee.Entry = e.ID
			}
		}
		for what, account := range map[string]string{"on the bank account itself": "1940", "on what is under way": "1990", "on a control account": "2511", "on no account": "9"} {
			x := fee
			x.Line.Account = account
			_, err := c.explain(c.proposer, x)
			refuses(t, "it was posted "+what, err)
		}
		_, err := c.explain(c.proposer, treasury.Explanation{Entry: fee.Entry, Kind: treasury.ByOther})
		refuses(t, "what is posted from this file was left to another", err)
		x, err := c.explain(c.proposer, fee)
		must(t, err)
		must(t, c.settle(c.checker, x, "withdraw"))
		x, err = c.explain(c.proposer, fee)
		must(t, err)
		must(t, c.settle(c.releaser, x, "approve"))
		if cash, cost := c.balance(t, 1, "1940"), c.balance(t, 1, "6440"); cash != -money.Kronor(50) || cost != money.Kronor(50) {
			t.Errorf("cash %s, cost %s", cash, cost)
		}
		c.whole(t)
		must(t, c.settle(c.proposer, x, "reverse"))
		if cash := c.balance(t, 1, "1940"); cash != 0 || c.entry(t, fee.Entry).State != treasury.EntryOther {
			t.Errorf("taken back: cash %s, the entry is %s", cash, c.entry(t, fee.Entry).State)
		}
		pair := treasury.Explanation{Kind: treasury.ByPair}
		for _, e := range all {
			switch e.Amount {
			case money.Kronor(500):
				pair.Entry = e.ID
			case -money.Kronor(500):
				pair.Pair = e.ID
			}
		}
		wrong := pair
		wrong.Pair = fee.Entry
		_, err = c.explain(c.proposer, wrong)
		refuses(t, "entries of different sums took each other out", err)
		y, err := c.explain(c.proposer, pair)
		must(t, err)
		if a, b := c.entry(t, pair.Entry).State, c.entry(t, pair.Pair).State; y.State != treasury.Settled || a != treasury.EntryExplained || b != a {
			t.Errorf("%s: %s and %s", y.State, a, b)
		}
		c.whole(t)
		must(t, c.settle(c.proposer, y, "reverse"))
		if a, b := c.entry(t, pair.Entry).State, c.entry(t, pair.Pair).State; a != treasury.EntryOther || b != treasury.EntryOpen {
			t.Errorf("taken back: %s and %s", a, b)
		}
		other := c.entries(t, c.answer(t, "d.xml", statement("camt.054", 9, 0, move{amount: -money.Kronor(7), text: "Avgift"})))[0]
		fee.Entry = other.ID
		_, err = c.explain(c.proposer, fee)
		refuses(t, "the same money was posted from both kinds of file", err)
		_, err = c.explain(c.proposer, treasury.Explanation{Entry: other.ID, Kind: treasury.ByOther})
		must(t, err)
		c.whole(t)
	})
}
