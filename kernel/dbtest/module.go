package dbtest

import (
	"testing"

	"kontor/kernel/db"
)

// Statements holds every declared statement of the packages under test against
// the schema, on both engines.
func Statements(t *testing.T) {
	t.Helper()
	Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Check(t.Context()); err != nil {
			t.Error(err)
		}
	})
}
