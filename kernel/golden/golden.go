// Package golden holds what a test made against a file that is checked in, so
// that a change of it is read in review.
//
// # What always holds
//
// go test -update writes the file and never fails by it; without it a
// difference is an error that shows what differs.
//
// # Not here
//
// Deciding that the difference is right: whoever updates reads the diff.
package golden

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Update is whether the files are to be written.
var Update = flag.Bool("update", false, "rewrite the golden files")

// Check holds got against the file.
func Check(t testing.TB, path, got string) {
	t.Helper()
	if *Update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(got), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is out of date; run go test -update and read the diff (-want +got):\n%s", path, diff)
	}
}

// Life holds a flow against its drawing in testdata/life.mermaid: what users see
// is the table that the program runs.
func Life(t testing.TB, life interface {
	Check() error
	Mermaid() string
}) {
	t.Helper()
	if err := life.Check(); err != nil {
		t.Error(err)
	}
	Check(t, "testdata/life.mermaid", life.Mermaid())
}
