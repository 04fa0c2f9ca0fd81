package einvoice

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kontor/format/en16931"
)

// suites is where the official documents lie beside the repository, when they do.
const suites = "../../../shared/data"

// documentsLeast is the least share, in per cent, of a set that must be right.
const documentsLeast = 99

// counted is how the verdicts of the official validator say that a rule was
// broken several times.
var counted = regexp.MustCompile(`x\d+$`)

// Whole documents, UBL and CII alike, break the fatal rules that the official
// validators of EN 16931 and Peppol BIS Billing 3 say. Rules of the CII syntax
// alone, which have no business term, are left out.
func TestConformanceDocuments(t *testing.T) {
	for _, set := range []string{"xrechnung", "sfti-bis3-se"} {
		b, err := os.ReadFile(filepath.Join(suites, set, "ORACLE.tsv"))
		if os.IsNotExist(err) {
			t.Skipf("the documents of %s are not beside the repository", set)
		}
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(b)), "\n")
		head := strings.Split(lines[0], "\t")
		right, wrong := map[string]int{}, map[string]int{}
		for _, line := range lines[1:] {
			row := strings.Split(line, "\t")
			row = append(row, make([]string, len(head))...)
			r, err := Read(file(t, filepath.Join(suites, set, row[0])))
			if err != nil {
				t.Errorf("%s: %v", row[0], err)
				continue
			}
			got := map[bool][]string{}
			for _, v := range r.Check(en16931.Options{}) {
				if SchemaOf(v.Rule) != "" {
					if row[slices.Index(head, "UBL21_xsd")] == "ok" {
						t.Errorf("%s: %s, but it follows the schema", row[0], v.Text)
					}
					continue
				}
				got[v.Fatal] = append(got[v.Fatal], v.Rule)
			}
			for level, fatal := range map[string]bool{"fatal": true, "warning": false} {
				want := strings.Fields(row[slices.Index(head, "EN16931_"+level)] + " " + row[slices.Index(head, "PEPPOL_"+level)])
				for k := range want {
					want[k] = counted.ReplaceAllString(want[k], "")
				}
				have := sorted(got[fatal])
				want = sorted(slices.DeleteFunc(want, func(id string) bool { return strings.HasPrefix(id, "CII-") }))
				if slices.Equal(have, want) {
					right[level]++
					continue
				}
				wrong[level]++
				t.Logf("%s/%s: %s: got %v, want %v", set, row[0], level, have, want)
			}
		}
		for _, level := range []string{"fatal", "warning"} {
			t.Logf("%-7s  %-12s  %d right, %d wrong", level, set, right[level], wrong[level])
			if right[level]*100 < documentsLeast*(right[level]+wrong[level]) {
				t.Errorf("%s: %d of %d documents are judged wrongly", set, wrong[level], right[level]+wrong[level])
			}
		}
	}
}

func sorted(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}
