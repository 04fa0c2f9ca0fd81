package db_test

import (
	"slices"
	"testing"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// kept is a row of every kind of column, in a table of the tests' own.
type kept struct {
	Client  int64
	ID      int64
	Version int64
	Word    string
	Live    bool
	Day     period.Date
	At      time.Time
	Names   []string `db:"names,json"`
	Other   string
}

// Many rows are written back in one go as one by one: those whose version is old
// are left as they are, and so is every column that is not named.
func TestManyRowsAreWrittenBack(t *testing.T) {
	add, save := db.Insert[kept]("kept", ""), db.UpdateMany[kept]("kept", "word", "live", "day", "at", "names")
	table := db.Change(`CREATE TEMP TABLE kept (client BIGINT NOT NULL, id BIGINT NOT NULL, version BIGINT NOT NULL, word TEXT NOT NULL, live BOOLEAN NOT NULL,
		day DATE, at TIMESTAMP, names TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (client, id))`)
	all := db.Select[kept](`SELECT client, id, version, word, live, day, at, names, other FROM kept ORDER BY id`)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		const n = 700 // more than one part, and a rest
		rows := make([]*kept, n)
		values := make([]kept, n)
		for i := range rows {
			values[i] = kept{Client: int64(i % 3), ID: int64(i + 1), Version: 1, Other: "står kvar", Day: period.DateOf(dbtest.Noon), Names: []string{"a"}}
			rows[i] = &values[i]
		}
		var got []kept
		dbtest.Do(t, door, op.Actor{}, func(o *op.Op) error {
			if _, err := table.Do(o); err != nil {
				return err
			}
			if _, err := add.Add(o, values...); err != nil {
				return err
			}
			for i, r := range rows {
				r.Word, r.Live, r.At, r.Names, r.Other = "å", i%2 == 0, dbtest.Noon, []string{"b", "c"}, "skrivs inte"
				if r.Day = r.Day.AddDays(i); i%5 == 0 {
					r.Day, r.At = 0, time.Time{}
				}
				if i%7 == 0 {
					r.Version = 9
				}
			}
			saved, err := save.Save(o, rows...)
			if want := int64(n - (n+6)/7); saved != want {
				t.Errorf("%d rows were saved, want %d", saved, want)
			}
			if err == nil {
				got, err = all.All(o)
			}
			return err
		})
		for i, g := range got {
			want := *rows[i]
			if want.Version, want.Other = 2, "står kvar"; i%7 == 0 {
				want = kept{Client: int64(i % 3), ID: int64(i + 1), Version: 1, Other: "står kvar", Day: period.DateOf(dbtest.Noon), Names: []string{"a"}}
			}
			if !slices.Equal(g.Names, want.Names) || g.Word != want.Word || g.Live != want.Live || g.Day != want.Day || !g.At.Equal(want.At) || g.Other != want.Other || g.Version != want.Version {
				t.Fatalf("row %d is %+v, want %+v", i, g, want)
			}
		}
	})
}
