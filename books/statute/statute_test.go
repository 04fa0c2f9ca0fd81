package statute

import (
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

func TestReferenceIsWhole(t *testing.T) {
	book := NewBook(Reference())
	for _, k := range Kinds {
		if _, ok := book.On(Kind(k.Value), dbtest.Day("2026-11-22")); !ok {
			t.Errorf("%s has no value", k.Value)
		}
	}
	for d := dbtest.Day("2002-07-01"); d < dbtest.Day("2026-01-01"); d = d.AddMonths(6) {
		if _, known := book.ReferenceRate(d); !known {
			t.Errorf("no reference rate from %v", d)
		}
	}
	if v, known := book.ReferenceRate(dbtest.Day("2024-08-01")); !known || v.Sure() {
		t.Error("a rate that nobody has verified is sure")
	}
	if v, known := book.ReferenceRate(dbtest.Day("2026-08-01")); known || v.Value != 200 {
		t.Error("a half-year without rate is known, or not computed with the last one")
	}
}

func TestInterest(t *testing.T) {
	book := NewBook(Reference())
	for _, c := range []struct {
		name      string
		capital   money.Amount
		due, paid string
		basis     Basis
		want      money.Amount
		parts     int
	}{
		{"trap 34: two rates over a half-year shift", 10_000_00, "2023-05-31", "2023-09-01", Days365, 284_79, 2},
		{"trap 34: the sum is rounded once", 7_781_50, "2023-05-31", "2023-06-30", Days365, 67_16, 1},
		{"trap 34: a negative reference rate is legal", 10_000_00, "2017-12-31", "2018-12-31", Days365, 750_00, 1},
		{"trap 34: no interest before the due day", 10_000_00, "2023-05-31", "2023-05-31", Days365, 0, 0},
		{"trap 34: nor for paying early", 10_000_00, "2023-05-31", "2023-04-01", Days365, 0, 0},
		{"trap 34: a year of 360 days is dearer", 7_781_50, "2023-05-31", "2023-06-30", Days360, 68_09, 1},
		{"a credit bears none", -500_00, "2023-05-31", "2024-05-31", Days365, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			in, err := book.Interest(c.capital, dbtest.Day(c.due), dbtest.Day(c.paid), c.basis)
			if err != nil || in.Sum != c.want || len(in.Parts) != c.parts || !in.Sure {
				t.Errorf("%+v %v, want %v in %d parts", in, err, c.want, c.parts)
			}
		})
	}
	if _, err := book.Interest(1, dbtest.Day("1999-01-01"), dbtest.Day("2003-01-01"), Days365); err == nil {
		t.Error("interest on days before the first rate")
	}
	if in, err := book.Interest(1000_00, dbtest.Day("2026-10-01"), dbtest.Day("2026-11-01"), Days365); err != nil || in.Sure || in.Parts[0].Known {
		t.Errorf("interest with a rate that is not known is sure: %+v %v", in, err)
	}
}

// Interest is the sum over days of the rate of each, and never falls with time.
func TestProperties(t *testing.T) {
	book := NewBook(Reference())
	first, last := int32(dbtest.Day("2002-07-01")), int32(dbtest.Day("2024-06-29"))
	rapid.Check(t, func(t *rapid.T) {
		due := period.Date(rapid.Int32Range(first, last-1).Draw(t, "due"))
		paid := period.Date(rapid.Int32Range(int32(due), last).Draw(t, "paid"))
		capital := money.Amount(rapid.Int64Range(1, 1e14).Draw(t, "öre"))
		in, err := book.Interest(capital, due, paid, Days365)
		if err != nil {
			t.Fatal(err)
		}
		var rates int64
		for d := due.AddDays(1); d <= paid; d = d.AddDays(1) {
			v, _ := book.ReferenceRate(d)
			rates += v.Value + 800
		}
		// Half away from zero: (2n + d) / 2d.
		num := new(big.Int).Mul(big.NewInt(2*int64(capital)), big.NewInt(rates))
		const den = 10_000 * 365
		num.Add(num, big.NewInt(den)).Div(num, big.NewInt(2*den))
		want := money.Amount(num.Int64())
		if err != nil || in.Sum != want || in.Days != int64(paid-due) {
			t.Fatalf("%+v, day by day %v %v", in, want, err)
		}
		more, err := book.Interest(capital, due, paid.AddDays(1), Days365)
		if err != nil || more.Sum < in.Sum {
			t.Fatalf("a day later it is %v after %v", more.Sum, in.Sum)
		}
	})
}

func TestARevisionTakesOverAndTheOldOneStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		admin := dbtest.Actor("Ada", MayRead, MayWrite)
		from := period.NewDate(2025, time.July, 1)
		dbtest.Do(t, door, admin, install)
		dbtest.Do(t, door, admin, install)
		dbtest.Do(t, door, admin, func(o *op.Op) error {
			return Add(o, Value{Kind: ReferenceRate, ValidFrom: from, Value: 250, State: Verified, Source: "Riksbanken"})
		})
		dbtest.Do(t, door, admin, func(o *op.Op) error {
			book, err := Load(o)
			if v, known := book.ReferenceRate(from); !known || v.Value != 250 || !v.Sure() || v.Revision != 1 {
				t.Errorf("%+v", v)
			}
			all, err2 := allValues.All(o)
			if len(all) != len(Reference())+1 {
				t.Errorf("%d rows, the program has %d", len(all), len(Reference()))
			}
			if err2 != nil {
				return err2
			}
			return err
		})
		if err := door.Do(t.Context(), dbtest.Actor("Bo", MayRead), func(o *op.Op) error { return Add(o, Value{Kind: PriceBase}) }); err == nil {
			t.Error("somebody without permission added a value")
		}
	})
}
