package charging

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/promise/catalogue"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// book has two lists, of which the second raises the manual price, and a fee.
func book() *catalogue.Book {
	items := []catalogue.Item{
		{ID: 1, Code: "supplier-invoice.electronic", Mode: catalogue.Electronic, Activity: "supplier-invoice"},
		{ID: 2, Code: "supplier-invoice.manual", Mode: catalogue.Manual, Position: 2},
		{ID: 3, Code: "treasury.fee", Mode: catalogue.Fixed, Position: 3},
	}
	lists := []catalogue.List{{ID: 2012, ValidFrom: period.NewDate(2012, 1, 1)}, {ID: 2014, ValidFrom: period.NewDate(2014, 1, 1)}}
	lines := []catalogue.Line{
		{List: 2012, Item: 1, Text: "Per faktura, elektronisk", Price: 1500, Activity: "supplier-invoice", Channels: "electronic"},
		{List: 2012, Item: 2, Text: "Per faktura, manuell", Price: 5000, Activity: "supplier-invoice", Channels: "manual,scanned"},
		{List: 2014, Item: 1, Text: "Per faktura, elektronisk", Price: 1425, Activity: "supplier-invoice", Channels: "electronic"},
		{List: 2014, Item: 2, Text: "Per faktura, manuell", Price: 8000, Activity: "supplier-invoice", Channels: "manual,scanned"},
		{List: 2014, Item: 3, Text: "Fast avgift", Price: 1_100_000_001},
	}
	shares := []catalogue.Share{{Item: 3, Year: 2014, Client: 1, Weight: 1}, {Item: 3, Year: 2014, Client: 2, Weight: 2}, {Item: 3, Year: 2014, Client: 3, Weight: 4}}
	return catalogue.NewBook(nil, items, lists, lines, shares)
}

var november = period.Month{Year: 2026, Month: time.November}

func cell(c op.ClientID, channel work.Channel, list, n int64) work.Cell {
	return work.Cell{Client: c, Process: "payables", Activity: "supplier-invoice", Channel: channel, Price: list, Sums: work.Sums{Quantity: n}}
}

func TestMake(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []work.Cell
		drift map[Key]int64
		want  string
	}{
		{"a line for each channel and price", []work.Cell{cell(1, work.Electronic, 2014, 1000), cell(1, work.Manual, 2014, 10)},
			nil, "1000×14,25=14 250,00 10×80,00=800,00"},
		{"trap 59: the price that was in force when the item came", []work.Cell{cell(1, work.Electronic, 2012, 3), cell(1, work.Electronic, 2014, 3)},
			nil, "3×15,00=45,00 3×14,25=42,75"},
		{"another client's items stand elsewhere", []work.Cell{cell(2, work.Electronic, 2014, 5)}, nil, ""},
		{"trap 59: a credit is a line with a minus, at the price of what it credits", []work.Cell{cell(1, work.Manual, 2014, -2)}, nil, "-2×80,00=−160,00"},
		{"what was taken back in the same month leaves no line", []work.Cell{cell(1, work.Manual, 2014, 0)}, nil, ""},
		{"what no list prices costs nothing", []work.Cell{cell(1, work.Phone, 2014, 7)}, nil, "7 utan pris"},
		{"what is never priced is not missed", []work.Cell{{Client: 1, Process: "payables", Activity: "complaint", Sums: work.Sums{Quantity: 2}}}, nil, ""},
		{"a closed month that has changed is corrected", nil,
			map[Key]int64{{"2026-09", "payables", "supplier-invoice", work.Manual, 2014}: 3}, "3×80,00=240,00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := Make(book(), 1, november, c.cells, c.drift)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, l := range b.Lines {
				if l.Sort != Fee {
					got += fmt.Sprintf(" %d×%s=%s", l.Quantity, l.Each, l.Sum)
				}
			}
			if b.Unpriced != 0 {
				got += fmt.Sprintf(" %d utan pris", b.Unpriced)
			}
			if got = nbsp(got); got != c.want && got != " "+c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func nbsp(s string) string {
	out := []rune(s)
	for i, r := range out {
		if r == '\u00a0' {
			out[i] = ' '
		}
	}
	return string(out)
}

// The bills of all clients are the total, line by line.
func TestBillsSumToTheTotal(t *testing.T) {
	cells := []work.Cell{cell(1, work.Electronic, 2014, 10), cell(2, work.Electronic, 2014, 5), cell(2, work.Manual, 2012, 7), cell(3, work.Phone, 2014, 1)}
	clients := []op.ClientID{1, 2, 3}
	whole, err := Total(book(), cells, clients, november.Months())
	if err != nil {
		t.Fatal(err)
	}
	var billed money.Amount
	for _, c := range clients {
		b, err := Make(book(), c, november, cells, nil)
		if err != nil {
			t.Fatal(err)
		}
		billed += b.Sum
	}
	if whole.Sum != billed || whole.Unpriced != 1 || len(whole.Lines) != 3 {
		t.Errorf("%+v, the bills sum to %s", whole, billed)
	}
}

// The twelve bills of all clients hold the whole fee of the year, to the öre.
func TestFeesOfAYearAreTheFee(t *testing.T) {
	var total money.Amount
	for _, m := range period.Year(2026).Months() {
		for c := range op.ClientID(3) {
			b, err := Make(book(), c+1, m, nil, nil)
			if err != nil || len(b.Lines) != 1 {
				t.Fatalf("%+v %v", b, err)
			}
			total += b.Sum
		}
	}
	if total != 1_100_000_001 {
		t.Errorf("the year's bills hold %s", total)
	}
}

// Whatever is handled, corrected, late or closed in whatever order, all bills
// together are what all events cost.
func TestBillsAreWhatTheEventsCost(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		client, document := op.ClientID(0), int64(0)
		rapid.Check(t, func(rt *rapid.T) {
			client++ // a client of its own, since nothing recorded is ever removed
			months := []period.Month{{Year: 2026, Month: time.September}, {Year: 2026, Month: time.October}, november}
			for i, m := range months {
				clock.Set(m.End().AddDate(0, 0, 5))
				var batch []work.Event
				for range rapid.IntRange(0, 4).Draw(rt, "events") {
					document++
					done := rapid.SampledFrom(months[:i+1]).Draw(rt, "month").Start().AddDate(0, 0, rapid.IntRange(1, 27).Draw(rt, "day"))
					batch = append(batch, work.Event{Client: client, Process: "payables", Activity: "supplier-invoice", Quantity: 1, Arrived: done, Done: done,
						Channel: rapid.SampledFrom([]work.Channel{work.Electronic, work.Manual, work.Phone}).Draw(rt, "channel"),
						Price:   rapid.SampledFrom([]int64{2012, 2014}).Draw(rt, "list"), Document: document})
				}
				closing := i < 2 && rapid.Bool().Draw(rt, "close")
				dbtest.Do(t, door, dbtest.Actor("Lo"), func(o *op.Op) error {
					if err := work.Record(o, batch...); err != nil || !closing {
						return err
					}
					bill, err := closeWith(o, client, m)
					if err == nil && bill.Closed == nil {
						rt.Error("a closed bill is open")
					}
					return err
				})
			}
			dbtest.Do(t, door, dbtest.Actor("Lo"), func(o *op.Op) error {
				var billed, cost money.Amount
				cells, err := work.Table(o, one(client), months[0].First(), november.Last())
				if err != nil {
					return err
				}
				for _, c := range cells {
					p, _ := book().Price(c.Price, c.Activity, c.Channel)
					cost += p * money.Amount(c.Quantity)
				}
				for _, m := range months {
					b, err := of(o, book(), newCells(one(client)), client, m)
					if err != nil {
						return err
					}
					for _, l := range b.Lines {
						if l.Sort != Fee {
							billed += l.Sum
						}
						if b.Closed == nil && l.Sort == Item {
							rowsAre(rt, o, client, l)
						}
					}
				}
				if billed != cost {
					rt.Errorf("the bills hold %s, the events cost %s", billed, cost)
				}
				_, err = verify(o)
				return err
			})
		})
	})
}

// closeWith is Close with the book of these tests.
func closeWith(o *op.Op, client op.ClientID, m period.Month) (Bill, error) {
	before, err := allOf.All(o, client)
	if err != nil {
		return Bill{}, err
	}
	if err := mayClose(before, m, period.DateOf(o.Now)); errors.Is(err, errGap) {
		if _, err := closeWith(o, client, m.Prev()); err != nil {
			return Bill{}, err
		}
	} else if err != nil {
		return Bill{}, err
	}
	bill, err := of(o, book(), newCells(one(client)), client, m)
	if err != nil {
		return bill, err
	}
	return bill, put(o, &bill)
}

func rowsAre(t *rapid.T, o *op.Op, client op.ClientID, l Line) {
	q, ok := l.Rows(client)
	if !ok {
		t.Fatal("an item line opens onto nothing")
	}
	reader := dbtest.At(dbtest.Actor("Lo", work.Read), client)
	page, err := work.Events(nil, nil).Run(o.As(reader), q)
	if err != nil {
		t.Fatal(err)
	}
	if page.Totals[0] != l.Quantity {
		t.Errorf("a line of %d opens onto %d", l.Quantity, page.Totals[0])
	}
}

func TestMonthsAreClosedOnceInOrderAndWhenTheyAreOver(t *testing.T) {
	october := november.Prev()
	for _, c := range []struct {
		name   string
		closed []string
		m      period.Month
		today  period.Date
		want   error
	}{
		{"the first month that is over", nil, october, november.First(), nil},
		{"the next", []string{"2026-09"}, october, november.First(), nil},
		{"on its last day", nil, october, october.Last(), errRunning},
		{"again", []string{"2026-09", "2026-10"}, october, november.First(), errClosed},
		{"before a later one", []string{"2026-11"}, october, november.Last() + 1, errOrder},
		{"past a month that is open", []string{"2026-08"}, october, november.First(), errGap},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before []billRow
			for _, m := range c.closed {
				before = append(before, billRow{Month: m})
			}
			if err := mayClose(before, c.m, c.today); !errors.Is(err, c.want) && (err != nil || c.want != nil) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestAClosedBillCannotBeTouched(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		clock.Set(november.End())
		dbtest.Do(t, door, dbtest.Actor("Lo"), func(o *op.Op) error { _, err := closeWith(o, 1, november); return err })
		for _, s := range []string{`UPDATE bill SET sum = 0`, `DELETE FROM bill_line`} {
			if _, err := d.Raw().Exec(s); err == nil {
				t.Errorf("the database let it: %s", s)
			}
		}
	})
}
