package audit

import (
	"context"
	"strings"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

func TestAnAlteredRowShows(t *testing.T) {
	for _, c := range []struct{ name, change, want string }{
		{"nothing was changed", `SELECT 1`, ""},
		{"the actor was changed", `UPDATE audit_row SET name = 'Bo' WHERE step = 'b'`, "has been changed"},
		{"a row was taken out", `DELETE FROM audit_row WHERE step = 'b'`, "does not follow|is missing|lost their rows"},
		{"a link was taken out", `DELETE FROM audit_chain WHERE seq = 2`, "is missing"},
		{"a sum was changed", `UPDATE audit_chain SET sum = 'x' WHERE seq = 2`, "does not follow"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				door, _ := dbtest.Door(d)
				a := dbtest.Actor("Maja")
				dbtest.Do(t, door, a, func(o *op.Op) error {
					return Note(o, Change{1, "x", 7, "a", ""}, Change{1, "x", 7, "b", "å"}, Change{2, "x", 8, "c", ""})
				})
				dbtest.Do(t, door, a, func(o *op.Op) error {
					n, err := Seal(o)
					if n != 3 {
						t.Errorf("%d rows were sealed", n)
					}
					return err
				})
				tamper(t, d, c.change)
				err := door.View(context.Background(), a, func(o *op.Op) error { _, err := Verify(o); return err })
				switch {
				case c.want == "" && err != nil:
					t.Error(err)
				case c.want != "" && (err == nil || !anyOf(err.Error(), c.want)):
					t.Errorf("got %v, want %q", err, c.want)
				}
			})
		})
	}
}

func anyOf(s, alternatives string) bool {
	for a := range strings.SplitSeq(alternatives, "|") {
		if strings.Contains(s, a) {
			return true
		}
	}
	return false
}

// tamper first proves that the database refuses the change, then does what an
// intruder with the owner's rights would do.
func tamper(t *testing.T, d *db.DB, change string) {
	t.Helper()
	if change == `SELECT 1` {
		return
	}
	if _, err := d.Raw().Exec(change); err == nil {
		t.Errorf("the database let through: %s", change)
	}
	off := []string{"DROP TRIGGER audit_row_kept_update", "DROP TRIGGER audit_row_kept_delete",
		"DROP TRIGGER audit_chain_kept_update", "DROP TRIGGER audit_chain_kept_delete"}
	if d.Engine == db.Postgres {
		off = []string{"RESET ROLE", "ALTER TABLE audit_row DISABLE TRIGGER ALL", "ALTER TABLE audit_chain DISABLE TRIGGER ALL"}
	}
	c, err := d.Raw().Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, text := range append(off, change) {
		if _, err := c.ExecContext(context.Background(), text); err != nil {
			t.Fatal(err)
		}
	}
}

// Sealing again finds what was written meanwhile, and nothing twice.
func TestSealGoesOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		a := dbtest.Actor("Maja")
		for i := range 5 {
			dbtest.Do(t, door, a, func(o *op.Op) error { return Note(o, Change{1, "x", int64(i), "a", ""}) })
			dbtest.Do(t, door, a, func(o *op.Op) error { _, err := Seal(o); return err })
			clock.Pass(1e12)
		}
		dbtest.Do(t, door, a, func(o *op.Op) error {
			v, err := Verify(o)
			if v.Rows != 5 || v.Unsealed != 0 {
				t.Errorf("%+v", v)
			}
			return err
		})
	})
}
