package dbtest

import (
	"os"
	"path/filepath"
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

// Life holds the drawing of a life, which the users see, against the one that is
// kept in testdata; with rewrite it keeps the new one.
func Life(t *testing.T, rewrite bool, life interface {
	Check() error
	Mermaid() string
}) {
	t.Helper()
	if err := life.Check(); err != nil {
		t.Error(err)
	}
	const kept = "testdata/life.mermaid"
	if rewrite {
		if err := errorsFirst(os.MkdirAll(filepath.Dir(kept), 0o755), os.WriteFile(kept, []byte(life.Mermaid()), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(kept); err != nil || string(want) != life.Mermaid() {
		t.Errorf("%s is out of date (%v); run go test -update and read the diff", kept, err)
	}
}
