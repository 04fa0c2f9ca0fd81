package db_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
)

// The directive kontor:deny, through one of the schema's own guards: a row that
// the condition holds for is refused by name, others are let in.
func TestTheSchemaDeniesRowsByName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		add := func(period int) error {
			_, err := d.Raw().Exec(`INSERT INTO ledger_voucher (client, id, series, year, number, date, period, registered, text, kind, document, key,
				module, actor, name, reverses, prev, sum) VALUES (1, $1, 'A', 2026, $1, '2026-01-01', $1, $2, '', '', 0, $3, 'x', 1, '', 0, $4, $4)`,
				period, dbtest.Noon, fmt.Sprint(period), []byte{1})
			return err
		}
		_, err := d.Raw().Exec(`INSERT INTO ledger_lock (client, id, period, module, state, reason, actor, name, at)
			VALUES (1, 1, 202601, '', 'hard', '', 1, '', $1)`, dbtest.Noon)
		if err != nil {
			t.Fatal(err)
		}
		if err := add(202602); err != nil {
			t.Errorf("an open period: %v", err)
		}
		err = add(202601)
		if !db.Denied(err, "ledger_period_closed") || db.Denied(err, "ledger_period") || db.Denied(nil, "ledger_period_closed") {
			t.Errorf("a closed period: %v", err)
		}
		if err := add(202602); db.Denied(err, "ledger_period_closed") || !db.Duplicate(err) {
			t.Errorf("the same row again: %v", err)
		}
	})
}

// What is kept for a database is not seen in another.
func TestMemoBelongsToOneDatabase(t *testing.T) {
	one, two := dbtest.SQLite(t), dbtest.SQLite(t)
	memo := func(d *db.DB, f func(tx *db.Tx)) {
		door, _ := dbtest.Door(d)
		err := door.View(context.Background(), dbtest.Actor("x"), func(o *op.Op) error { f(o.SQL()); return nil })
		if err != nil {
			t.Fatal(err)
		}
	}
	memo(one, func(tx *db.Tx) { tx.Memo().Store("k", 1) })
	memo(one, func(tx *db.Tx) {
		if v, ok := tx.Memo().Load("k"); !ok || v != 1 {
			t.Error("the value is gone in the next transaction")
		}
	})
	memo(two, func(tx *db.Tx) {
		if _, ok := tx.Memo().Load("k"); ok {
			t.Error("the value is seen in another database")
		}
	})
}

// Rows come in chunks of several sizes; none is lost or doubled at their edges.
func TestManyRowsAreAddedWhateverTheirNumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		stop := errors.New("stop")
		for _, n := range []int{0, 1, 3, 16, 17, 64, 85, 256, 337, 700} {
			err := door.Do(context.Background(), dbtest.Actor("x"), func(o *op.Op) error {
				rows := make([]pair, n)
				for i := range rows {
					rows[i] = pair{fmt.Sprintf("row%04d", i), fmt.Sprint(i)}
				}
				added, err := addPair.Add(o, rows...)
				if err != nil {
					return err
				}
				back, err := pairs.All(o, "row%")
				if err != nil {
					return err
				}
				if added != int64(n) || len(back) != n {
					t.Errorf("%d rows: %d added, %d there", n, added, len(back))
				}
				for i := range back {
					if back[i] != rows[i] {
						t.Errorf("%d rows: row %d is %v", n, i, back[i])
					}
				}
				return stop
			})
			if !errors.Is(err, stop) {
				t.Error(err)
			}
		}
	})
}
