package camt

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/format/verdict"
)

// samples is where files of banks and of other programs' tests lie beside the
// repository, when they do.
const samples = "../../../shared/data/iso20022"

func manifest(t testing.TB) [][]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(samples, "MANIFEST.tsv"))
	if err != nil {
		t.Skip("no ISO 20022 samples beside the repository: ", err)
	}
	var rows [][]string
	for line := range strings.Lines(string(b)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) > 3 && strings.HasPrefix(f[2], "camt.05") {
			rows = append(rows, f)
		}
	}
	return rows
}

// Every sample gets the verdict that its origin states: what other readers take
// is taken, and what they refuse is refused.
func TestConformanceSamples(t *testing.T) {
	const slowest = time.Second
	wrong, total := 0, 0
	for _, row := range manifest(t) {
		b, err := os.ReadFile(filepath.Join(samples, row[0]))
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		v := Check(b)
		if took := time.Since(begun); took > slowest {
			t.Errorf("%s took %v", row[0], took)
		}
		total++
		if (v.Level == verdict.Reject) != (row[1] == "reject") {
			wrong++
			t.Errorf("%s: %v, expected %s: %q", row[0], v.Level, row[1], v.Reasons)
		}
		if v.Kind != row[2][:8] {
			t.Errorf("%s: kind %s, expected %s", row[0], v.Kind, row[2])
		}
		t.Logf("%-75s %-6s %v %q", row[0], v.Level, v.Counts, v.Reasons)
	}
	t.Logf("camt samples %d, wrong verdicts %d", total, wrong)
}
