package period_test

import (
	"database/sql"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

type stored struct {
	ID     int64
	Day    period.Date
	Amount money.Amount
	Org    ident.Org
}

// Dates, amounts and numbers of organisations come back from a database as they
// went in, at the ends of their ranges too.
func TestValuesComeBackFromADatabase(t *testing.T) {
	want := []stored{
		{1, period.NewDate(2026, 11, 25), 123450, ident.Org{Digits: "165560360793", Kind: ident.Organisation}},
		{2, period.NewDate(1, 1, 1), money.Min, ident.Org{Digits: "198112189876", Kind: ident.Person}},
		{3, period.NewDate(9999, 12, 31), money.Max, ident.Org{Digits: "20000101T220", Kind: ident.Person}},
		{4, 0, 0, ident.Org{}},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tx, err := d.Raw().BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		exec(t, tx, `CREATE TEMPORARY TABLE stored (id BIGINT, day DATE, amount BIGINT, org TEXT)`)
		for _, s := range want {
			exec(t, tx, `INSERT INTO stored (id, day, amount, org) VALUES ($1, $2, $3, $4)`, s.ID, s.Day, s.Amount, s.Org)
		}
		for _, s := range want {
			var got stored
			row := tx.QueryRowContext(t.Context(), `SELECT id, day, amount, org FROM stored WHERE id = $1`, s.ID)
			if err := row.Scan(&got.ID, &got.Day, &got.Amount, &got.Org); err != nil || got != s {
				t.Errorf("%+v comes back as %+v, %v", s, got, err)
			}
		}
		var nulls, later int
		row := tx.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM stored WHERE day IS NULL AND org IS NULL`)
		if err := row.Scan(&nulls); err != nil || nulls != 1 {
			t.Errorf("%d rows without date and number, %v; want 1", nulls, err)
		}
		row = tx.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM stored WHERE day >= $1`, want[0].Day)
		if err := row.Scan(&later); err != nil || later != 2 {
			t.Errorf("%d rows from a date on, %v; want 2", later, err)
		}
	})
}

func exec(t *testing.T, tx *sql.Tx, statement string, args ...any) {
	t.Helper()
	if _, err := tx.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}
