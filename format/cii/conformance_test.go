package cii

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kontor/format/en16931"
)

// suites is where the official test suites lie beside the repository, when they do.
const suites = "../../../shared/data"

// The least shares, in per cent, that must be right.
const (
	casesLeast     = 99
	documentsLeast = 99
)

func rows(t *testing.T, set, name string) (head []string, rows [][]string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(suites, set, name))
	if os.IsNotExist(err) {
		t.Skipf("the official suite %s is not beside the repository", set)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		rows = append(rows, strings.Split(l, "\t"))
	}
	return rows[0], rows[1:]
}

func document(t *testing.T, set, file string) *en16931.Document {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(suites, set, file))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), Namespace) {
		return nil
	}
	d, err := Read(b)
	if err != nil {
		t.Errorf("%s: %v", file, err)
	}
	return d
}

func broken(d *en16931.Document, o en16931.Options) []string {
	var out []string
	for _, v := range en16931.Check(d, o) {
		out = append(out, v.Rule)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// The rule cases for CII of rules that are about meaning give their verdicts.
func TestConformanceCases(t *testing.T) {
	right, wrong := 0, 0
	for _, set := range []string{"en16931", "peppol-bis3"} {
		_, list := rows(t, set, "MANIFEST.tsv")
		for _, row := range list {
			file, expect, ids := row[0], strings.Split(row[1], ";"), strings.Split(row[2], ";")
			if !strings.HasPrefix(file, "cases/") || !strings.Contains(strings.ToLower(file), "cii") {
				continue
			}
			d := document(t, set, file)
			if d == nil {
				continue
			}
			got := broken(d, en16931.Options{Rules: ids})
			for k, id := range ids {
				if _, known := en16931.Find(id); !known {
					continue
				}
				if slices.Contains(got, id) == !strings.HasPrefix(expect[k], "pass") {
					right++
				} else {
					wrong++
					t.Logf("%s: %s should be %s", file, id, expect[k])
				}
			}
		}
	}
	t.Logf("rules  cii  %d right, %d wrong", right, wrong)
	if right*100 < casesLeast*(right+wrong) {
		t.Errorf("%d of %d rule verdicts are wrong", wrong, right+wrong)
	}
}

// Whole CII documents break the fatal rules of EN 16931 that the official
// validator says, rules of the CII syntax aside.
func TestConformanceDocuments(t *testing.T) {
	right, wrong := 0, 0
	for _, set := range []string{"en16931", "xrechnung"} {
		head, list := rows(t, set, "ORACLE.tsv")
		column := slices.Index(head, "EN16931_fatal")
		for _, row := range list {
			if strings.HasPrefix(row[0], "cases/") || strings.Contains(row[column], "(error)") {
				continue
			}
			d := document(t, set, row[0])
			if d == nil {
				continue
			}
			got := slices.DeleteFunc(broken(d, en16931.Options{}), notCore)
			want := slices.DeleteFunc(strings.Fields(row[column]), notCore)
			slices.Sort(want)
			if slices.Equal(got, want) {
				right++
			} else {
				wrong++
				t.Logf("%s/%s: got %v, want %v", set, row[0], got, want)
			}
		}
	}
	t.Logf("fatal  cii  %d right, %d wrong", right, wrong)
	if right*100 < documentsLeast*(right+wrong) {
		t.Errorf("%d of %d documents are judged wrongly", wrong, right+wrong)
	}
}

func notCore(id string) bool {
	r, known := en16931.Find(id)
	return !strings.HasPrefix(id, "BR-") || !known || r.Severity != en16931.Fatal
}
