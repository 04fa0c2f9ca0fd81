package claim

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/books/ledger"
	"kontor/books/statute"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/golden"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/promise/client"
)

// The drawing that the users see is the table that the program runs.
func TestLife(t *testing.T) { golden.Life(t, &Life) }

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// The invoice of these tests: 10,000 kr that came on 1 May and was due on 31 May 2023.
func debtOn(t testing.TB, due, paid string) *Debt {
	return &Debt{Amount: 10_000_00, Arrived: dbtest.Day("2023-05-01"), Due: dbtest.Day(due), Paid: dbtest.Day(paid)}
}

func TestJudge(t *testing.T) {
	book := statute.NewBook(statute.Reference())
	reminder := func(c Claim) Claim {
		c.Kind, c.Number, c.SupplierName = Kind(orDefault(string(c.Kind))), "4711", "Åbergs Rör AB"
		if c.Dated == 0 {
			c.Dated = dbtest.Day("2023-09-01")
		}
		return c
	}
	early := dbtest.Day("2023-05-20")
	for _, c := range []struct {
		name  string
		claim Claim
		debt  *Debt
		want  Verdict
		may   money.Amount // of interest, compensation and fee together
		codes string
	}{
		{"trap 34: interest day by day over a half-year shift", Claim{Interest: 284_79}, debtOn(t, "2023-05-31", ""), Lawful, 284_79, "unpaid"},
		{"trap 34: an öre too much", Claim{Interest: 284_80}, debtOn(t, "2023-05-31", ""), Excess, 284_79, "unpaid interest"},
		{"trap 34: no interest before the due day", Claim{Interest: 1, Dated: early}, debtOn(t, "2023-05-31", ""), Baseless, 0, "not-due interest"},
		{"interest stops when the bank has paid", Claim{Interest: 284_79}, debtOn(t, "2023-05-31", "2023-06-30"), Excess, 86_30, "interest"},
		{"nothing is late when it was paid in time", Claim{Interest: 100, Fee: 60_00, FeeAgreed: true}, debtOn(t, "2023-05-31", "2023-05-31"), Baseless, 0, "in-time interest fee"},
		{"an authority has thirty days", Claim{Interest: 284_79, Dated: dbtest.Day("2023-05-31")}, debtOn(t, "2023-05-10", ""), Baseless, 0, "thirty-days not-due interest"},
		{"but for a shorter time that was agreed", Claim{Interest: 60_41, TermAgreed: true, Dated: dbtest.Day("2023-05-31")}, debtOn(t, "2023-05-10", ""), Lawful, 60_41, "unpaid"},
		{"a longer time that the supplier gives", Claim{Interest: 28_77, Dated: dbtest.Day("2023-06-30")}, debtOn(t, "2023-06-20", ""), Lawful, 28_77, "unpaid"},
		{"without a due day it is thirty days", Claim{Interest: 1, Dated: dbtest.Day("2023-05-31")}, debtOn(t, "", ""), Baseless, 0, "no-due not-due interest"},
		{"trap 33: a reminder fee without agreement", Claim{Fee: 60_00}, debtOn(t, "2023-05-31", ""), Baseless, 284_79, "unpaid fee"},
		{"trap 33: an agreed reminder fee", Claim{Fee: 60_00, FeeAgreed: true}, debtOn(t, "2023-05-31", ""), Lawful, 344_79, "unpaid"},
		{"trap 33: an agreed reminder fee before the due day", Claim{Fee: 60_00, FeeAgreed: true, Dated: early}, debtOn(t, "2023-05-31", ""), Baseless, 0, "not-due fee"},
		{"trap 33: a dearer reminder than the law's", Claim{Fee: 95_00, FeeAgreed: true}, debtOn(t, "2023-05-31", ""), Excess, 344_79, "unpaid fee"},
		{"trap 33: a collection demand costs 180", Claim{Kind: Demand, Fee: 180_00}, debtOn(t, "2023-05-31", ""), Lawful, 464_79, "unpaid"},
		{"trap 33: 450 between a business and an authority", Claim{Compensation: 450_00}, debtOn(t, "2023-05-31", ""), Lawful, 734_79, "unpaid"},
		{"trap 33: 450 replaces the cost of collecting", Claim{Kind: Demand, Compensation: 450_00, Fee: 180_00}, debtOn(t, "2023-05-31", ""), Excess, 734_79, "unpaid fee"},
		{"trap 33: 450 is taken once", Claim{Compensation: 450_00}, &Debt{Amount: 100, Arrived: dbtest.Day("2023-05-01"), Due: dbtest.Day("2023-05-31"), Earlier: true}, Baseless, 3, "unpaid compensation"},
		{"trap 33: 40 euro converted dearly", Claim{Compensation: 460_00}, debtOn(t, "2023-05-31", ""), Excess, 734_79, "unpaid compensation"},
		{"a plain reminder demands nothing", Claim{}, debtOn(t, "2023-05-31", ""), Plain, 284_79, "unpaid"},
		{"trap 27: an invoice that we do not have", Claim{Interest: 500_00}, nil, Unknown, 0, "unknown"},
		{"a credit note is no debt", Claim{Interest: 1}, &Debt{Amount: -100, Arrived: dbtest.Day("2023-05-01"), Due: dbtest.Day("2023-05-31")}, Baseless, 0, "no-debt interest"},
		{"a returned invoice is not paid", Claim{Fee: 60_00}, &Debt{Amount: 100, Arrived: dbtest.Day("2023-05-01"), Due: dbtest.Day("2023-05-31"), Ended: "tillbakaskickad"}, Baseless, 0, "ended fee"},
	} {
		t.Run(c.name, func(t *testing.T) {
			claim := reminder(c.claim)
			j, err := Judge(claim, c.debt, book)
			if err != nil {
				t.Fatal(err)
			}
			var codes []string
			for _, f := range j.Findings {
				codes = append(codes, f.Code)
			}
			if j.Verdict != c.want || j.May() != c.may || strings.Join(codes, " ") != c.codes {
				t.Errorf("%s, %v, %q; want %s, %v, %q", j.Verdict, j.May(), codes, c.want, c.may, c.codes)
			}
			claim.Judged, claim.Debt = j, c.debt
			if letter := Letter(claim); strings.Contains(letter, "%!") {
				t.Error(letter)
			}
		})
	}
}

func orDefault(kind string) string {
	if kind == "" {
		return string(Reminder)
	}
	return kind
}

// What the law allows never depends on what is demanded, but that 450 takes the
// place of fees; and a claim for exactly what is allowed is lawful.
func TestProperties(t *testing.T) {
	book := statute.NewBook(statute.Reference())
	rapid.Check(t, func(t *rapid.T) {
		arrived := period.NewDate(2018, time.January, 1).AddDays(rapid.IntRange(0, 2000).Draw(t, "arrived"))
		d := &Debt{Amount: money.Amount(rapid.Int64Range(-1e6, 1e10).Draw(t, "amount")), Arrived: arrived, Due: arrived.AddDays(rapid.IntRange(-5, 90).Draw(t, "days"))}
		if rapid.Bool().Draw(t, "is paid") {
			d.Paid = arrived.AddDays(rapid.IntRange(0, 200).Draw(t, "paid"))
		}
		c := Claim{Kind: Kind(rapid.SampledFrom(Kinds).Draw(t, "kind").Value), Dated: arrived.AddDays(rapid.IntRange(0, 300).Draw(t, "dated")),
			FeeAgreed: rapid.Bool().Draw(t, "fee agreed"), TermAgreed: rapid.Bool().Draw(t, "term agreed"),
			Interest: money.Amount(rapid.Int64Range(0, 1e7).Draw(t, "interest")), Fee: money.Amount(rapid.Int64Range(0, 1e5).Draw(t, "fee")),
			Compensation: money.Amount(rapid.Int64Range(0, 1e5).Draw(t, "compensation"))}
		j, err := Judge(c, d, book)
		if err != nil {
			t.Fatal(err)
		}
		wrong := slices.ContainsFunc(j.Findings, func(f Finding) bool { return f.Wrong })
		if wrong != (j.Verdict == Excess || j.Verdict == Baseless) {
			t.Fatalf("%s with findings %+v", j.Verdict, j.Findings)
		}
		if d.Paid != 0 && d.Paid <= d.Due && j.May() != 0 {
			t.Fatalf("paid in time, and still %v", j.May())
		}
		exact := c
		exact.Interest, exact.Compensation, exact.Fee = j.Interest, j.Compensation, j.Fee
		if k, err := Judge(exact, d, book); err != nil || k.Verdict != Lawful && k.Verdict != Plain {
			t.Fatalf("what is allowed is %s: %+v", k.Verdict, k.Findings)
		}
	})
}

// office is a client with one invoice of 10,000 kr.
func office(t *testing.T, d *db.DB) (door *op.Door, maja op.Actor, at op.ClientID, invoice payables.ID) {
	t.Helper()
	door, clock := dbtest.Door(d)
	clock.Set(time.Date(2023, time.September, 2, 8, 0, 0, 0, time.UTC))
	maja = dbtest.Actor("Maja", payables.MayRead, payables.MayHandle, statute.MayRead)
	k := &client.Client{Code: "KULT", Name: "Kulturförvaltningen", Kind: "administration", Active: true}
	dbtest.Do(t, door, maja, func(o *op.Op) error { return client.Add(o, k) })
	dbtest.Do(t, door, maja, statute.Module().Install)
	v := &payables.Invoice{SupplierOrg: "165560360793", SupplierName: "Åbergs Rör AB", Number: "F-4711", NumberNorm: "F4711", Kind: payables.Debit,
		Currency: "SEK", Payable: 10_000_00, Gross: 10_000_00, Due: dbtest.Day("2023-05-31"), Channel: work.Electronic}
	v.Client, v.State, v.Arrived = k.ID, payables.Registered, dbtest.Day("2023-05-01").At(600)
	dbtest.Do(t, door, maja, func(o *op.Op) error { return payables.Table.Add(o, "Registrerad", v) })
	return door, maja, k.ID, v.ID
}

func TestFromLetterToAnswer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, maja, at, invoice := office(t, d)
		c := &Claim{Kind: Demand, Channel: work.Manual, SupplierOrg: "165560360793", SupplierName: "Åbergs", Number: "f 4711", Dated: dbtest.Day("2023-09-01"),
			Interest: 300_00, Fee: 180_00}
		c.Client = at
		dbtest.Do(t, door, maja, func(o *op.Op) error { return Register(o, c) })
		if c.Invoice != invoice || c.State != Open || c.Register != "KR 2023:1" {
			t.Fatalf("%+v", c)
		}
		twin := *c
		twin.ID, twin.Version, twin.Invoice = 0, 0, 0
		if err := door.Do(t.Context(), maja, func(o *op.Op) error { return Register(o, &twin) }); err == nil {
			t.Error("the same letter was registered twice")
		}
		take := func(step string, in map[string]string) (Claim, error) {
			var out Claim
			err := door.Do(t.Context(), maja, func(o *op.Op) (err error) { out, err = Table.Take(o, c.ID, step, 0, in); return err })
			return out, err
		}
		if _, err := take("accept", map[string]string{"answer": "Ja"}); err == nil {
			t.Error("an excessive claim was accepted")
		}
		got, err := take("contest", map[string]string{"answer": "Nej"})
		if err != nil || got.Verdict != Excess || got.MayInterest != 284_79 || got.MayFee != 180_00 {
			t.Fatalf("%+v %v", got, err)
		}
		dbtest.Do(t, door, maja, func(o *op.Op) error {
			events, err := work.Of(o, at, int64(c.ID))
			if len(events) != 1 || events[0].Activity != Activity {
				t.Errorf("events %+v, want one", events)
			}
			n, _, err2 := All.Count(o, list.Query{View: "all"})
			if n != 1 {
				t.Errorf("%d claims in the list", n)
			}
			return errors.Join(err, err2)
		})
	})
}

func TestTrap27(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, maja, at, invoice := office(t, d)
		count := func() (n int) {
			dbtest.Do(t, door, maja, func(o *op.Op) error {
				posted, err := ledger.OfDocument(o, at, int64(invoice))
				all, _, err2 := payables.Invoices.Count(o, list.Query{View: "all"})
				n = len(posted) + int(all)
				return errors.Join(err, err2)
			})
			return n
		}
		before := count()
		c := &Claim{Kind: Reminder, Channel: work.Manual, SupplierOrg: "165560360793", SupplierName: "Åbergs", Number: "9999", Dated: dbtest.Day("2023-09-01"), Capital: 10_000_00}
		c.Client = at
		dbtest.Do(t, door, maja, func(o *op.Op) error { return Register(o, c) })
		take := func(step string, in map[string]string) error {
			return door.Do(t.Context(), maja, func(o *op.Op) error { _, err := Table.Take(o, c.ID, step, 0, in); return err })
		}
		t.Run("trap 27: a reminder of an unknown invoice asks for a copy and is never a payable", func(t *testing.T) {
			if c.State != Missing || c.Invoice != 0 {
				t.Errorf("%+v", c)
			}
			if err := take("copy", nil); err != nil {
				t.Error(err)
			}
			if err := take("found", map[string]string{"number": "12"}); !errors.Is(err, errNone) {
				t.Errorf("linked to an invoice that is not here: %v", err)
			}
			if err := take("found", map[string]string{"number": "f-4711"}); err != nil {
				t.Error(err)
			}
			if err := take("answer", map[string]string{"answer": "Fakturan handläggs."}); err != nil {
				t.Error(err)
			}
			if now := count(); now != before {
				t.Errorf("%d invoices and vouchers, there were %d", now, before)
			}
		})
	})
}

func TestWhatWasRegisteredByMistakeLeavesNoEvent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, maja, at, _ := office(t, d)
		c := &Claim{Kind: Reminder, Channel: work.Manual, SupplierOrg: "165560360793", SupplierName: "Åbergs", Number: "F-4711", Dated: dbtest.Day("2023-09-01")}
		c.Client = at
		dbtest.Do(t, door, maja, func(o *op.Op) error { return Register(o, c) })
		dbtest.Do(t, door, maja, func(o *op.Op) error { _, err := Table.Take(o, c.ID, "withdraw", 0, nil); return err })
		dbtest.Do(t, door, maja, func(o *op.Op) error {
			events, err := work.Of(o, at, int64(c.ID))
			if len(events) != 0 {
				t.Errorf("events %+v", events)
			}
			again := *c
			again.ID, again.Version, again.Invoice = 0, 0, 0
			return errors.Join(err, Register(o, &again))
		})
	})
}
