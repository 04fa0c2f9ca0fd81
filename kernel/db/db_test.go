package db_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/golden"
	"kontor/kernel/op"
)

type pair struct {
	Name  string
	Value string
}

var (
	addPair  = db.Insert[pair]("program", "")
	pairs    = db.Select[pair](`SELECT name, value FROM program WHERE name LIKE $1 ORDER BY name`)
	setPair  = db.Change(`UPDATE program SET value = $2 WHERE name = $1`)
	wideRow  = db.Select[pair](`SELECT name, value, 1 AS extra FROM program`)
	noFields = db.Select[pair](`SELECT name FROM program`)
)

func TestRowsComeBackAsTheyWerePut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		var rows []pair
		for i := range 700 { // more than one chunk, and a rest
			rows = append(rows, pair{strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("y", i), "å"})
		}
		dbtest.Do(t, door, op.Actor{}, func(o *op.Op) error {
			n, err := addPair.Add(o, rows...)
			if n != 700 {
				t.Errorf("%d rows were added", n)
			}
			return err
		})
		err := door.View(context.Background(), op.Actor{}, func(o *op.Op) error {
			got, err := pairs.All(o, "%")
			if len(got) != 700 || got[0].Value != "å" {
				t.Errorf("%d rows came back", len(got))
			}
			_, changed := setPair.Do(o, "a", "b")
			if changed == nil {
				t.Error("a view changed a row")
			}
			return err
		})
		if err != nil && d.Engine == db.SQLite {
			t.Error(err)
		}
	})
}

func TestAResultMustFitItsStruct(t *testing.T) {
	d := dbtest.SQLite(t)
	door, _ := dbtest.Door(d)
	err := door.View(context.Background(), op.Actor{}, func(o *op.Op) error {
		if _, err := wideRow.All(o); err == nil {
			t.Error("a column without a field was dropped in silence")
		}
		if _, err := noFields.All(o); err == nil {
			t.Error("a field without a column was left empty in silence")
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// An item of a batch that fails takes nothing else with it, on either engine.
func TestSavepointUndoesOneItem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		dbtest.Do(t, door, op.Actor{}, func(o *op.Op) error {
			for _, name := range []string{"a", "b", "a", "c"} {
				err := o.Try(func() error { _, err := addPair.Add(o, pair{name, ""}); return err })
				if err != nil && !db.Duplicate(err) {
					return err
				}
			}
			got, err := pairs.All(o, "%")
			if len(got) != 3 {
				t.Errorf("%d rows, want a, b and c", len(got))
			}
			return err
		})
	})
}

// What has been posted cannot be changed or deleted: by trigger on both
// engines, and by right on PostgreSQL.
func TestPostedRowsAreImmutable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tables, err := db.Manifest()
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, tb := range tables {
			if !tb.Immutable {
				continue
			}
			n++
			for _, text := range []string{"DELETE FROM " + tb.Name, "UPDATE " + tb.Name + " SET id = 1"} {
				text = strings.Replace(text, "audit_chain SET id", "audit_chain SET seq", 1)
				_, err := d.Raw().Exec(text)
				if d.Engine == db.Postgres && err == nil {
					t.Errorf("%s went through", text)
				}
			}
		}
		if n == 0 {
			t.Error("no table is immutable")
		}
	})
}

func TestClosingTwiceDoesNothing(t *testing.T) {
	d := dbtest.SQLite(t)
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

func TestALostRaceIsRunAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		dbtest.Do(t, door, op.Actor{}, func(o *op.Op) error { _, err := addPair.Add(o, pair{"n", ""}); return err })
		done := make(chan error)
		for range 8 {
			go func() {
				done <- door.Do(context.Background(), op.Actor{}, func(o *op.Op) error {
					p, err := pairs.One(o, "n")
					if err != nil {
						return err
					}
					_, err = setPair.Do(o, "n", p.Value+"x")
					return err
				})
			}()
		}
		for range 8 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		err := door.View(context.Background(), op.Actor{}, func(o *op.Op) error {
			p, err := pairs.One(o, "n")
			if p.Value != "xxxxxxxx" {
				t.Errorf("%q: a change was lost", p.Value)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// The sum of all changes is a file that can be read and compared in review.
func TestGoldenSchema(t *testing.T) {
	d := dbtest.SQLite(t)
	rows, err := d.Raw().Query(`SELECT sql FROM sqlite_master
		WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%' ORDER BY tbl_name, type DESC, name`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	b.WriteString("-- The sum of all changes, made by go test ./kernel/db -update.\n\n")
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		b.WriteString(text + ";\n\n")
	}
	golden.Check(t, "../../schema/testdata/golden.sql", b.String())
}

// Both engines have the same tables, and each is in the manifest.
func TestManifestNamesEveryTable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		text := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
		if d.Engine == db.Postgres {
			text = `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`
		}
		rows, err := d.Raw().Query(text)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var have, want []string
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(name, "goose_") {
				have = append(have, name)
			}
		}
		tables, err := db.Manifest()
		if err != nil {
			t.Fatal(err)
		}
		for _, tb := range tables {
			want = append(want, tb.Name)
			if !slices.Contains([]db.Placement{db.Distributed, db.Reference, db.Local}, tb.Placement) {
				t.Errorf("%s: placement %q", tb.Name, tb.Placement)
			}
		}
		slices.Sort(have)
		if !slices.Equal(have, want) {
			t.Errorf("tables %v\nmanifest %v", have, want)
		}
	})
}
