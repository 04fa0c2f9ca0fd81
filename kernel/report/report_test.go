package report

import (
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

var (
	invoices = Measure{Process: "payables", Activities: []string{"supplier-invoice"}}
	promised = Measure{Process: "payables", Activities: []string{"supplier-invoice"}, Of: Promised}
	kept     = Measure{Process: "payables", Of: Kept}
	electric = Measure{Process: "payables", Activities: []string{"supplier-invoice"}, Channels: []work.Channel{work.Electronic}}

	always = period.NewDate(2010, 1, 1)

	count = &Figure{Key: "count", Definitions: []Definition{{Version: 1, From: always, Numerator: invoices}}}
	share = &Figure{Key: "in-time", Percent: true, Decimals: 1, Definitions: []Definition{
		{Version: 1, From: always, Numerator: kept, Denominator: &Part{Measure: &promised}}}}
	byWay = &Figure{Key: "electronic", Percent: true, Decimals: 1, Least: 3, Definitions: []Definition{
		{Version: 1, From: always, Numerator: electric, Denominator: &Part{Measure: &invoices}}}}
	perFTE = &Figure{Key: "per-fte", Definitions: []Definition{
		{Version: 1, From: always, Numerator: invoices, Denominator: &Part{Name: "handläggare"}},
		{Version: 2, From: period.NewDate(2026, 1, 1), Numerator: invoices, Denominator: &Part{Name: "årsarbetare",
			Sum: func(_ *op.Op, first, last period.Date) (int64, error) { return int64(last-first+1) * 10, nil }}},
	}}
	figures = []*Figure{count, share, byWay, perFTE}
)

var clients = []op.ClientID{1, 2, 3}

// spread records events over a year and some corrections, and turns the clock to
// the year after.
func spread(t testing.TB, rt *rapid.T, door *op.Door, clock *dbtest.Clock, year int, document *int64) {
	for range rapid.IntRange(1, 8).Draw(rt, "operations") {
		clock.Set(time.Date(year, 1, 1, 10, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 364).Draw(rt, "day")))
		dbtest.Do(t, door, dbtest.Actor("Maja"), func(o *op.Op) error {
			var batch []work.Event
			for range rapid.IntRange(1, 5).Draw(rt, "events") {
				*document++
				batch = append(batch, work.Event{Client: rapid.SampledFrom(clients).Draw(rt, "client"), Process: "payables",
					Activity: rapid.SampledFrom([]string{"supplier-invoice", "supplier-invoice", "returned"}).Draw(rt, "activity"),
					Channel:  rapid.SampledFrom([]work.Channel{work.Electronic, work.Manual}).Draw(rt, "channel"),
					Quantity: 1, Arrived: o.Now, Promised: int64(rapid.SampledFrom([]int{0, 5}).Draw(rt, "promised")),
					Taken: int64(rapid.IntRange(1, 9).Draw(rt, "taken")), Kind: "payables.invoice", Document: *document})
			}
			if err := work.Record(o, batch...); err != nil {
				return err
			}
			if rapid.Bool().Draw(rt, "correct") {
				es, err := work.Of(o, batch[0].Client, batch[0].Document)
				if err != nil {
					return err
				}
				if err := work.Correct(o, es[0].Client, es[0].ID); err != nil {
					return err
				}
			}
			if rapid.Bool().Draw(rt, "fold") {
				_, err := work.Fold(o)
				return err
			}
			return nil
		})
	}
	clock.Set(time.Date(year+1, 2, 1, 8, 0, 0, 0, time.UTC))
}

// Whatever has happened, a figure is the sum of the rows that it opens onto,
// clients sum to the total, months to the tertial, and the report of the second
// tertial is the first plus May to August.
func TestAFigureIsItsRows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		var document int64
		year := 2025
		rapid.Check(t, func(rt *rapid.T) {
			year++ // a year of its own, since nothing recorded is ever removed
			spread(t, rt, door, clock, year, &document)
			second := period.Tertial{Year: year, Number: 2}
			periods := []period.Period{second, ToDate(second)}
			reader := dbtest.At(dbtest.Actor("Lo", work.Read), clients...)
			dbtest.Do(t, door, reader, func(o *op.Op) error {
				num := func(f *Figure, p period.Period, c op.ClientID) Value {
					v, err := Compute(o, f, op.Scope{All: true}, p, c)
					if err != nil {
						rt.Fatal(err)
					}
					return v
				}
				for _, f := range figures {
					for _, p := range periods {
						total := num(f, p, 0)
						rowsAre(rt, o, total)
						var byClient int64
						for _, c := range clients {
							v := num(f, p, c)
							rowsAre(rt, o, v)
							byClient += v.Num
						}
						if byClient != total.Num {
							rt.Errorf("%s %s: clients sum to %d, total %d", f.Key, p.Key(), byClient, total.Num)
						}
					}
					var months int64
					for _, m := range second.Months() {
						months += num(f, m, 0).Num
					}
					t1, t2, both := num(f, second.Prev(), 0).Num, num(f, second, 0).Num, num(f, ToDate(second), 0).Num
					if months != t2 || t1+t2 != both {
						rt.Errorf("%s: months %d, T2 %d, T1 %d, both %d", f.Key, months, t2, t1, both)
					}
				}
				return nil
			})
		})
	})
}

var events = work.Events(nil, nil)

func rowsAre(t *rapid.T, o *op.Op, v Value) {
	var rows, sum int64
	err := events.Each(o, v.Rows(), func(r list.Row) error {
		rows++
		sum += r.Values[4].(int64)
		if link := events.Link(r); !strings.HasPrefix(link, "/d/payables.invoice/0000") {
			t.Errorf("a row leads to %q", link)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	page, err := events.Run(o, v.Rows())
	if err != nil {
		t.Fatal(err)
	}
	if sum != v.Num || page.Count != rows || page.Totals[0] != sum {
		t.Errorf("%s %s client %d is %d; its rows are %d and sum to %d, the list says %d and %d",
			v.Figure.Key, v.Period.Key(), int64(v.Client), v.Num, rows, sum, page.Count, page.Totals[0])
	}
}

func TestNumbersAreRoundedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := Value{Figure: share, Definition: 1, State: Measured, Num: rapid.Int64Range(-1e15, 1e15).Draw(t, "num"),
			Den: rapid.Int64Range(1, 1e15).Draw(t, "den")}
		got, ok := v.Scaled()
		exact := new(big.Rat).Mul(big.NewRat(v.Num, v.Den), big.NewRat(1000, 1))
		off := new(big.Rat).Sub(new(big.Rat).SetInt64(got), exact)
		if !ok || off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
			t.Fatalf("%d/%d is %s, written %d", v.Num, v.Den, exact, got)
		}
		v.Num = -v.Num
		if back, _ := v.Scaled(); back != -got {
			t.Fatalf("%d and %d: halves are not treated alike on both sides of zero", got, back)
		}
	})
}

func TestHowValuesAreWritten(t *testing.T) {
	for _, c := range []struct {
		name     string
		f        *Figure
		def      int64
		num, den int64
		want     string
	}{
		{"a count", count, 1, 683500, 0, "683 500"},
		{"a share with a half that is rounded up", share, 1, 1945, 2000, "97,3 %"},
		{"everything", share, 1, 7, 7, "100,0 %"},
		{"per full-time equivalent, of which there are hundredths", perFTE, 2, 7401, 205, "3 610"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Value{Figure: c.f, Definition: c.def, State: Measured, Num: c.num, Den: c.den}
			if got := strings.ReplaceAll(v.Say(), "\u00a0", " "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestWhatCannotBeSaidIsSaidSo(t *testing.T) {
	door, clock := dbtest.Door(dbtest.SQLite(t))
	all := op.Scope{All: true}
	dbtest.Do(t, door, dbtest.Actor("Maja"), func(o *op.Op) error {
		return work.Record(o, work.Event{Client: 1, Process: "payables", Activity: "supplier-invoice", Channel: work.Electronic,
			Quantity: 1, Document: 1, Arrived: o.Now})
	})
	clock.Set(dbtest.Noon)
	for _, c := range []struct {
		name   string
		f      *Figure
		scope  op.Scope
		p      period.Period
		client op.ClientID
		want   State
		reason string
	}{
		{"a period that has not begun", count, all, period.Tertial{Year: 2027, Number: 1}, 0, NotDue, sayNotBegun},
		{"a year before the definition", count, all, period.Year(2009), 0, NotReportable, sayUndefined},
		{"a share of nothing", share, all, period.Year(2025), 0, NotReportable, sayNoCases},
		{"a share of too few", byWay, all, period.Year(2026), 0, TooFew, sayTooFew},
		{"one client's part of what is known of all", perFTE, all, period.Year(2026), 1, NotReportable, sayWholeOnly},
		{"what is known of all, to somebody who sees some", perFTE, op.Scope{Clients: clients}, period.Year(2026), 0, NotReportable, sayWholeOnly},
		{"what is known of all", perFTE, all, period.Year(2026), 0, Measured, ""},
		{"none of something is a number", count, all, period.Year(2025), 0, Measured, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Do(t, door, dbtest.Actor("Lo"), func(o *op.Op) error {
				v, err := Compute(o, c.f, c.scope, c.p, c.client)
				if v.State != c.want || v.Reason != c.reason || (v.Rat() != nil) != (c.want == Measured) || (v.Say() == "–") == (c.want == Measured) {
					t.Errorf("%s %q %s", v.State, v.Reason, v.Say())
				}
				return err
			})
		})
	}
	err := door.View(t.Context(), dbtest.Actor("Lo"), func(o *op.Op) error {
		_, err := Compute(o, count, op.Scope{Clients: clients}, period.Year(2026), 9)
		return err
	})
	if !errors.Is(err, errHidden) {
		t.Errorf("a client outside the scope: %v", err)
	}
}

// A later definition never moves an old figure.
func TestAPeriodIsJudgedByItsOwnDefinition(t *testing.T) {
	for _, c := range []struct {
		day  period.Date
		want int64
	}{{always - 1, 0}, {always, 1}, {period.NewDate(2025, 12, 31), 1}, {period.NewDate(2026, 1, 1), 2}, {period.NewDate(2030, 1, 1), 2}} {
		if d, ok := perFTE.On(c.day); d.Version != c.want || ok != (c.want > 0) {
			t.Errorf("on %s version %d is valid, want %d", c.day, d.Version, c.want)
		}
	}
}

func TestFrozenAndRestated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		p := period.Tertial{Year: 2026, Number: 3}
		record := func(document int64) {
			dbtest.Do(t, door, dbtest.Actor("Maja"), func(o *op.Op) error {
				return work.Record(o, work.Event{Client: 1, Process: "payables", Activity: "supplier-invoice", Quantity: 1,
					Document: document, Arrived: o.Now, Done: dbtest.Noon})
			})
		}
		now := func(o *op.Op) Value {
			v, err := Compute(o, count, op.Scope{All: true}, p, 0)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		do := func(f func(o *op.Op) error) error { return door.Do(t.Context(), dbtest.Actor("Lo"), f) }
		record(1)
		if err := do(func(o *op.Op) error { return Freeze(o, now(o)) }); !errors.Is(err, errRunning) {
			t.Errorf("freezing before the end: %v", err)
		}
		clock.Set(time.Date(2027, 1, 15, 8, 0, 0, 0, time.UTC))
		if err := do(func(o *op.Op) error { return Restate(o, now(o), "Rättad.") }); !errors.Is(err, errNever) {
			t.Errorf("restating what was never frozen: %v", err)
		}
		if err := do(func(o *op.Op) error { return Freeze(o, now(o)) }); err != nil {
			t.Fatal(err)
		}
		if err := do(func(o *op.Op) error { return Freeze(o, now(o)) }); !errors.Is(err, errTwice) {
			t.Errorf("freezing twice: %v", err)
		}
		record(2)
		last := func(o *op.Op) Frozen {
			m, err := FrozenIn(o, p)
			if err != nil {
				t.Fatal(err)
			}
			return m[FrozenKey{"count", 0}]
		}
		err := do(func(o *op.Op) error {
			if f := last(o); !f.Drifted(now(o)) || f.Value(count, p).Say() != "1" {
				t.Errorf("frozen %+v does not differ from %d", f, now(o).Num)
			}
			if err := Restate(o, now(o), ""); !errors.Is(err, errNoWhy) {
				t.Errorf("restating without a reason: %v", err)
			}
			return Restate(o, now(o), "En faktura kom bort i räkningen.")
		})
		if err != nil {
			t.Fatal(err)
		}
		dbtest.Do(t, door, dbtest.Actor("Lo"), func(o *op.Op) error {
			all, err := History(o, "count", p, 0)
			if f := last(o); f.Drifted(now(o)) || len(all) != 2 || all[1].Restates != all[0].ID {
				t.Errorf("after the restatement: %+v of %d rows", f, len(all))
			}
			return err
		})
		if _, err := d.Raw().Exec(`UPDATE report_frozen SET numerator = 0`); err == nil {
			t.Error("the database let a frozen figure be changed")
		}
	})
}

func TestAddressesOfRows(t *testing.T) {
	v := Value{Figure: byWay, Definition: 1, Period: ToDate{Year: 2026, Number: 2}, Client: 7}
	want := "/l/work.events?activity=supplier-invoice&channel=electronic&client=0000000000007&from=2026-01-01&process=payables&to=2026-08-31"
	if got := v.URL(); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := v.Period.String(); got != "januari–augusti 2026" {
		t.Error(got)
	}
}

// A figure may count rows that are no work events: within the scope, for the
// period, and opening onto their own list.
func TestAFigureOfOtherRows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		m := period.Month{Year: 2026, Month: time.August}
		clock.Set(m.End().AddDate(0, 0, 3))
		rows := func(per int64) *Counted {
			return &Counted{List: "test.rows", Only: map[string][]string{"wrong": {"true"}},
				Sum: func(_ *op.Op, s op.Scope, first, last period.Date) (int64, error) {
					if first != m.First() || last != m.Last() {
						t.Errorf("asked for %s to %s", first, last)
					}
					if s.All {
						return 10 * per, nil
					}
					return int64(len(s.Clients)) * per, nil
				}}
		}
		f := &Figure{Key: "test", Percent: true, Decimals: 1, Definitions: []Definition{{Version: 1, From: m.First(),
			Numerator: Measure{Counted: rows(1)}, Denominator: &Part{Measure: &Measure{Counted: rows(4)}}}}}
		dbtest.Do(t, door, dbtest.Actor("Lo", work.Read), func(o *op.Op) error {
			all, err := Compute(o, f, op.Scope{All: true}, m, 0)
			if err != nil || all.Num != 10 || all.Den != 40 || all.Say() != "25,0\u00a0%" {
				t.Errorf("%+v %v", all, err)
			}
			one, err := Compute(o, f, op.Scope{All: true}, m, 7)
			if err != nil || one.Num != 1 || one.Den != 4 {
				t.Errorf("%+v %v", one, err)
			}
			if got := one.URL(); got != "/l/test.rows?client="+op.ClientID(7).String()+"&from=2026-08-01&to=2026-08-31&wrong=true" || one.CasesURL() == "" {
				t.Error(got)
			}
			f.Definitions[0].Denominator.Measure.Counted = rows(0)
			none, err := Compute(o, f, op.Scope{All: true}, m, 0)
			if none.State != NotReportable {
				t.Errorf("of nothing: %+v", none)
			}
			return err
		})
	})
}
