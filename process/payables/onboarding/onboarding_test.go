package onboarding

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/promise/catalogue"
	"kontor/promise/client"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// The sum over suppliers is the sum over invoices, and paper that costs no more
// saves nothing.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Prices{Electronic: money.Amount(rapid.Int64Range(0, 9000).Draw(t, "electronic")), Scanned: money.Amount(rapid.Int64Range(0, 9000).Draw(t, "scanned")),
			Manual: money.Amount(rapid.Int64Range(0, 9000).Draw(t, "manual"))}
		var all []tally
		var n, other int64
		for k := range rapid.IntRange(0, 20).Draw(t, "rows") {
			x := tally{Client: op.ClientID(1 + k%3), Channel: rapid.SampledFrom([]work.Channel{work.Electronic, work.Scanned, work.Manual}).Draw(t, "channel"), N: rapid.Int64Range(1, 500).Draw(t, "n")}
			x.Supplier += 7
			n += x.N
			if x.Channel != work.Electronic {
				other += x.N
			}
			all = append(all, x)
		}
		var gotN, gotOther int64
		for _, u := range fold(all, p) {
			gotN, gotOther = gotN+u.Electronic+u.Other(), gotOther+u.Other()
			if u.Saving < 0 || u.Share < 0 || u.Share > 10_000 || (u.Other() == 0) != (u.Share == 10_000) && u.Share == 10_000 && u.Other()*20_000 > u.Electronic+u.Other() {
				t.Fatalf("%+v", u)
			}
		}
		if gotN != n || gotOther != other {
			t.Fatalf("%d of %d invoices, %d of %d on paper", gotN, n, gotOther, other)
		}
	})
}

func TestFromPaperToLive(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		now := time.Date(2026, time.November, 25, 8, 0, 0, 0, time.UTC)
		clock.Set(now)
		maja := dbtest.Actor("Maja", payables.MayRead, payables.MayHandle, payables.MayRegister)
		k := &client.Client{Code: "KULT", Name: "Kulturförvaltningen", Kind: "administration", Active: true}
		s := &payables.Supplier{Org: "165560360793", Name: "Åbergs Rör AB", Country: "SE", State: payables.SupplierApproved, FTax: "yes"}
		dbtest.Do(t, door, maja, func(o *op.Op) error {
			return errors.Join(client.Add(o, k), payables.AddSuppliers(o, s))
		})
		dbtest.Do(t, door, maja, catalogue.Module().Install)
		at := func(days int, channel work.Channel) {
			v := &payables.Invoice{Supplier: s.ID, SupplierOrg: s.Org, SupplierName: s.Name, Number: fmt.Sprint(days, channel), Kind: payables.Debit, Currency: "SEK", Channel: channel}
			v.Client, v.State, v.Arrived = k.ID, payables.Registered, now.AddDate(0, 0, days)
			dbtest.Do(t, door, maja, func(o *op.Op) error { return payables.Table.Add(o, "Registrerad", v) })
		}
		for days, channel := range map[int]work.Channel{-400: work.Scanned, -300: work.Scanned, -100: work.Manual, -90: work.Scanned, -20: work.Electronic, 0: work.Electronic} {
			at(days, channel)
		}
		var u Use
		look := func() {
			dbtest.Do(t, door, maja, Count)
			dbtest.Do(t, door, maja, func(o *op.Op) error {
				all, err := usesOf.All(o, s.ID)
				if len(all) != 1 {
					return errors.Join(err, fmt.Errorf("%d rows", len(all)))
				}
				u = all[0]
				return err
			})
		}
		look()
		// What came 400 days ago and what came today are outside the twelve months.
		if u.Electronic != 1 || u.Scanned != 2 || u.Manual != 1 || u.Share != 2500 || u.Saving <= 0 || u.Step != None {
			t.Fatalf("%+v", u)
		}
		dbtest.Do(t, door, maja, func(o *op.Op) error {
			q := list.Query{View: "all", Filters: map[string][]string{"supplier": {fmt.Sprint(int64(s.ID))}, "channel": channels,
				"arrived_from": {u.First.String()}, "arrived_to": {u.Last.String()}}}
			n, _, err := payables.Invoices.Count(o, q)
			if n != u.Other() {
				t.Errorf("the figure %d opens onto %d rows", u.Other(), n)
			}
			worth, by, err2 := worthAsking(o, 10)
			if len(worth) != 1 || worth[0].Saving != u.Saving || by[k.ID].Saving != u.Saving {
				t.Errorf("%+v %+v", worth, by)
			}
			return errors.Join(err, err2)
		})
		ask := func(version int64) error {
			return door.Do(t.Context(), maja, func(o *op.Op) error {
				return Put(o, Ask{Supplier: s.ID, Step: Asked, OnDay: period.DateOf(o.Now), Note: "Talade med Eva."}, version)
			})
		}
		if err := errors.Join(ask(0), ask(1)); err != nil {
			t.Fatal(err)
		}
		if err := ask(1); !errors.Is(err, errOld) {
			t.Errorf("saved on an old version: %v", err)
		}
		look()
		if u.Step != Live {
			t.Errorf("sixty days of e-invoices alone, and the step is %s", u.Step)
		}
		at(-1, work.Scanned)
		look()
		if u.Step != Live || u.Scanned != 3 {
			t.Errorf("%+v", u)
		}
	})
}
