package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kontor/books/coding"
	"kontor/format/response"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/job"
	"kontor/kernel/list"
	"kontor/kernel/mail"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
	"kontor/process/payables/reply"
	"kontor/process/treasury"
)

// said are the statuses that have been said of a document, in order.
func said(all []*response.Response) (statuses []response.Status) {
	slices.SortFunc(all, func(a, b *response.Response) int { return strings.Compare(a.ID, b.ID) })
	for _, r := range all {
		statuses = append(statuses, r.Status)
	}
	return statuses
}

// ready takes an invoice all the way to its approval.
func (c *city) ready(t *testing.T, p office, key payables.ID) {
	t.Helper()
	c.code(t, c.clerk, key, coding.Line{Account: "6400", Amount: c.invoice(t, key).Net})
	for _, s := range []struct {
		who  op.Actor
		step string
	}{{c.clerk, "code"}, {p.reviewer, "review"}, {p.approver, "approve"}} {
		if got := c.take(t, s.who, key, s.step, nil); got != "" {
			t.Fatalf("%s: %s", s.step, got)
		}
	}
}

// bankPays tells the supplier ledger that the bank has paid an invoice, and does
// the jobs that it asks for.
func (c *city) bankPays(t *testing.T, key payables.ID) {
	t.Helper()
	v := c.invoice(t, key)
	dbtest.Do(t, c.door, c.clerk, func(o *op.Op) error {
		return payables.PaymentSource().Settle(o, []treasury.Settlement{{Event: treasury.Done, Client: v.Client, Document: int64(key), Date: period.DateOf(o.Now), Amount: v.Payable}})
	})
	runner := &job.Runner{Door: c.door, Kinds: payables.Module().Jobs, Actor: c.clerk}
	if _, err := runner.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestASupplierIsToldWhatHappensInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		p := c.office(t, money.Kronor(100_000))
		dbtest.Do(t, door, c.clerk, func(o *op.Op) error {
			return payables.PutSetting(o, 0, payables.AnswerOf+string(response.Acknowledged), 1, start, "Prov")
		})
		doc := bill(0, 0, 1)
		doc.BuyerReference, doc.OrderReference = "Anna", ""
		f := c.receive(t, file(t, doc))[0]
		dbtest.Do(t, door, c.clerk, func(o *op.Op) (err error) {
			f, err = Rerun(o, f.ID, 0, c.clients[0])
			return err
		})
		key := f.Invoice
		ask := map[string]string{"question": "Vem hos oss har beställt?"}
		answer := map[string]string{"answer": "Anna på Förvaltning 0.", "reference": "REF00"}
		for range 2 { // asked twice, it is said once by Peppol
			if got := c.take(t, c.clerk, key, "query", ask); got != "" {
				t.Fatal(got)
			}
			if v := c.invoice(t, key); v.State != payables.Queried {
				t.Fatal(v.State)
			}
			if got := c.take(t, c.clerk, key, "answered", answer); got != "" {
				t.Fatal(got)
			}
		}
		if v := c.invoice(t, key); v.Reference != "REF00" || v.Lacks != "" {
			t.Errorf("the answer did not solve what was asked: %q, lacks %s", v.Reference, v.Lacks)
		}
		c.ready(t, p, key)
		c.bankPays(t, key)
		c.bankPays(t, key)
		all := c.replies(t, key)
		if got := said(all); !slices.Equal(got, []response.Status{response.Acknowledged, response.UnderQuery, response.Accepted, response.Paid}) {
			t.Fatalf("said %v", got)
		}
		for _, r := range all {
			if broken := r.Check(); len(broken) > 0 || r.Invoice != doc.Number || r.Receiver.Endpoint.ID != org(0) {
				t.Errorf("%s: %v %+v", r.Status, broken, r.Receiver)
			}
		}
		if why := all[1].Why; why[0].Code != string(response.BadReferences) || why[len(why)-1].Code != string(response.ProvideMore) || why[len(why)-1].Text != ask["question"] {
			t.Errorf("asked %+v", why)
		}
		c.see(t, func(o *op.Op) error {
			letters, err := payables.LettersOf(o, c.invoice(t, key))
			if err == nil && len(letters) != 2 {
				t.Errorf("%d letters, want one a question", len(letters))
			}
			return err
		})
		checkAll(t, c)
	})
}

// What a supplier is written goes by mail to an address that people have noted,
// each time that it is written; otherwise, and when it is confidential, on paper.
func TestALetterGoesByMailWhereThereIsAnAddress(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 3)
		outbox := dbtest.Actor("SYSTEM", mail.Read)
		sent := func() (to []string) {
			t.Helper()
			err := door.View(t.Context(), outbox, func(o *op.Op) error {
				return mail.All.Each(o, list.Query{}, func(r list.Row) error {
					to = append(to, fmt.Sprint(r.Values[1], ": ", r.Values[0]))
					return nil
				})
			})
			if err != nil {
				t.Fatal(err)
			}
			return to
		}
		ask := func(key payables.ID) {
			t.Helper()
			if got := c.take(t, c.clerk, key, "query", map[string]string{"question": "Vem hos oss har beställt?"}); got != "" {
				t.Fatal(got)
			}
			if got := c.take(t, c.clerk, key, "answered", map[string]string{"answer": "Anna."}); got != "" {
				t.Fatal(got)
			}
		}
		first := c.receive(t, file(t, bill(0, 0, 1)))[0].Invoice
		ask(first)
		if to := sent(); len(to) != 0 {
			t.Errorf("mail to nobody's address: %v", to)
		}
		s := c.invoice(t, first).Supplier
		dbtest.Do(t, door, c.clerk, func(o *op.Op) error {
			x, err := payables.GetSupplier(o, s)
			if err != nil {
				return err
			}
			x.Mail = "faktura@leverantor.example"
			return payables.SaveSupplier(o, x)
		})
		ask(first)
		ask(first)
		if got := c.take(t, c.clerk, first, "refuse", map[string]string{"cause": string(payables.WrongPrice)}); got != "" {
			t.Fatal(got)
		}
		number := c.invoice(t, first).Number
		question := "faktura@leverantor.example: Fråga om faktura " + number
		want := []string{"faktura@leverantor.example: Faktura " + number + " kan inte betalas, vi behöver en rättad", question, question}
		got := sent()
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("sent %q, want %q", got, want)
		}
		c.see(t, func(o *op.Op) error {
			letters, err := payables.LettersOf(o, c.invoice(t, first))
			if err != nil || len(letters) != 4 || letters[0].Mail != "" || letters[1].Mail != "faktura@leverantor.example" {
				t.Errorf("kept %+v %v", letters, err)
			}
			return err
		})
		hidden := c.receive(t, file(t, bill(0, 0, 2)))[0].Invoice
		dbtest.Do(t, door, c.clerk, func(o *op.Op) error {
			v, err := payables.Table.Get(o, hidden)
			if err != nil {
				return err
			}
			v.Secrecy = op.Sensitive
			return payables.Table.Save(o, &v, "conceal", "")
		})
		ask(hidden)
		if to := sent(); len(to) != len(want) {
			t.Errorf("a confidential invoice is written of by mail: %v", to)
		}
	})
}

func TestAWrongRecipientIsToldWithTheRightReference(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 2, 1)
		p := c.office(t, money.Kronor(100_000))
		old := c.receive(t, file(t, bill(0, 0, 1)))[0].Invoice
		if got := c.take(t, c.clerk, old, "move", map[string]string{"client": c.clients[1].String(), "reference": "REF01", "reason": "Anna ringde."}); got != "" {
			t.Fatal(got)
		}
		key := c.invoice(t, old).MovedTo
		if got := c.take(t, c.clerk, key, "query", map[string]string{"question": "Vad gäller det?"}); got != "" {
			t.Fatal(got)
		}
		c.take(t, c.clerk, key, "answered", map[string]string{"answer": "Bläck."})
		c.ready(t, p, key)
		all := c.replies(t, key)
		if got := said(all); !slices.Equal(got, []response.Status{response.InProcess, response.UnderQuery, response.Accepted}) {
			t.Fatalf("one document, two clients: said %v", got)
		}
		why := all[0].Why[0]
		if why.Code != string(response.BadReceiver) || len(why.Conditions) != 1 || why.Conditions[0] != (response.Condition{Term: "BT-10", Value: "REF01"}) || len(all[0].Check()) > 0 {
			t.Errorf("%+v", all[0].Why)
		}
	})
}

func TestWhatOnlyAPersonCanSeeIsRefusedWithItsReason(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		for n, x := range []struct {
			cause payables.Code
			want  response.Reason
		}{{payables.NotOurs, response.BadReceiver}, {payables.NotOrdered, response.Unrecognised}, {payables.NotDelivered, response.BadDelivery}, {payables.WrongPrice, response.BadPrices}} {
			key := c.receive(t, file(t, bill(0, 0, n+1)))[0].Invoice
			if got := c.take(t, c.clerk, key, "refuse", nil); got != "FRM-001" {
				t.Errorf("refused without a reason: %q", got)
			}
			if got := c.take(t, c.clerk, key, "refuse", map[string]string{"cause": string(x.cause)}); got != "" {
				t.Fatal(got)
			}
			if v := c.invoice(t, key); v.State != payables.Returned || len(c.events(t, key)) != 1 {
				t.Errorf("%s, %d events", v.State, len(c.events(t, key)))
			}
			all := c.replies(t, key)
			if len(all) != 1 || all[0].Status != response.Rejected || all[0].Why[0].Code != string(x.want) || len(all[0].Check()) > 0 {
				t.Errorf("%s: %+v", x.cause, all)
			}
		}
		checkAll(t, c)
	})
}

func TestAnInvoiceIsAcceptedOnConditionsThatAreSaid(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		p := c.office(t, money.Kronor(100_000))
		doc := bill(0, 0, 1)
		doc.Due, doc.PaymentTerms = 0, "30 dagar"
		key := c.receive(t, file(t, doc))[0].Invoice
		c.ready(t, p, key)
		c.bankPays(t, key)
		all := c.replies(t, key)
		if got := said(all); !slices.Equal(got, []response.Status{response.Conditional, response.Paid}) || all[0].Why[0].Code != string(response.BadTerms) {
			t.Errorf("said %v, %+v", got, all)
		}
	})
}

func TestOnlyWhatIsTakenAndDecidedIsSaid(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 2, 3)
		p := c.office(t, money.Kronor(100_000))
		dbtest.Do(t, door, c.clerk, func(o *op.Op) error {
			for i, takes := range []string{reply.TakesNone, reply.TakesFinal} {
				if err := reply.PutReceiver(o, reply.Receiver{Address: "0007:" + org(i), Takes: takes, Note: "Accesspunkten sade det."}); err != nil {
					return err
				}
			}
			return payables.PutSetting(o, c.clients[1], payables.AnswerOf+string(response.Paid), 0, start, "Nämnden 2026")
		})
		for name, x := range map[string]struct {
			supplier, client int
			want             []response.Status
		}{
			"an address that takes nothing":         {0, 0, nil},
			"an address that takes what is final":   {1, 0, []response.Status{response.Accepted, response.Paid}},
			"a client that does not tell of paying": {2, 1, []response.Status{response.UnderQuery, response.Accepted}},
		} {
			key := c.receive(t, file(t, bill(x.supplier, x.client, 10+x.supplier)))[0].Invoice
			c.take(t, c.clerk, key, "query", map[string]string{"question": "Vad gäller det?"})
			c.take(t, c.clerk, key, "answered", map[string]string{"answer": "Bläck."})
			c.ready(t, p, key)
			c.bankPays(t, key)
			if got := said(c.replies(t, key)); !slices.Equal(got, x.want) {
				t.Errorf("%s: said %v", name, got)
			}
		}
	})
}
