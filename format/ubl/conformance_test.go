package ubl

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kontor/format/en16931"
)

// suites is where the official test suites lie beside the repository, when they do.
const suites = "../../../shared/data"

// The shares below which conformance has failed, in tenths of a per cent.
const (
	casesLeast     = 995
	documentsLeast = 990
)

type tally struct{ right, wrong int }

func (c tally) permille() int { return c.right * 1000 / max(1, c.right+c.wrong) }

func (c tally) String() string {
	total := c.right + c.wrong
	return fmt.Sprintf("%6d cases  %6d right  %4d wrong  %3d.%02d %%", total, c.right, c.wrong,
		c.right*100/max(1, total), c.right*10000/max(1, total)%100)
}

// Every rule case of the official suites gives the verdict that the suite states.
func TestConformanceCases(t *testing.T) {
	for _, set := range []string{"en16931", "peppol-bis3"} {
		c := judgeCases(t, set)
		t.Logf("rules  %-14s %v", set, c)
		if c.permille() < casesLeast {
			t.Errorf("%s: %d of %d rule verdicts are wrong", set, c.wrong, c.right+c.wrong)
		}
	}
}

// Every whole document breaks exactly the fatal rules that the official
// validator says.
func TestConformanceDocuments(t *testing.T) {
	var sum tally
	for _, set := range []string{"en16931", "peppol-bis3", "sfti-bis3-se", "xrechnung"} {
		c := judgeDocuments(t, set)
		t.Logf("fatal  %-14s %v", set, c)
		sum.right, sum.wrong = sum.right+c.right, sum.wrong+c.wrong
	}
	if sum.permille() < documentsLeast {
		t.Errorf("%d of %d documents are judged wrongly", sum.wrong, sum.right+sum.wrong)
	}
}

func rows(t *testing.T, set, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(suites, set, name))
	if os.IsNotExist(err) {
		t.Skipf("the official suite %s is not beside the repository", set)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	var head []string
	var out []map[string]string
	for s.Scan() {
		field := strings.Split(s.Text(), "\t")
		if head == nil {
			head = field
			continue
		}
		row := map[string]string{}
		for k, v := range field {
			row[head[k]] = v
		}
		out = append(out, row)
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func judgeCases(t *testing.T, set string) tally {
	t.Helper()
	var c tally
	for _, row := range rows(t, set, "MANIFEST.tsv") {
		if !strings.HasPrefix(row["file"], "cases/") || row["rule"] == "" {
			continue
		}
		b, err := os.ReadFile(filepath.Join(suites, set, row["file"]))
		if err != nil {
			t.Fatal(err)
		}
		if kind, _ := Sniff(b); kind != Invoice && kind != CreditNote {
			continue
		}
		doc, err := Read(b)
		if err != nil {
			t.Errorf("%s: %v", row["file"], err)
			c.wrong++
			continue
		}
		ids, expected := strings.Split(row["rule"], ";"), strings.Split(row["expect"], ";")
		broken := map[string]bool{}
		for _, v := range en16931.Check(doc, en16931.Options{Rules: ids}) {
			broken[v.Rule] = true
		}
		for k, id := range ids {
			if broken[id] == !strings.HasPrefix(expected[k], "pass") {
				c.right++
			} else {
				c.wrong++
				t.Logf("%s/%s: %s should be %s", set, row["file"], id, expected[k])
			}
		}
	}
	return c
}

func judgeDocuments(t *testing.T, set string) tally {
	t.Helper()
	var c tally
	for _, row := range rows(t, set, "ORACLE.tsv") {
		b, err := os.ReadFile(filepath.Join(suites, set, row["file"]))
		if err != nil {
			t.Fatal(err)
		}
		if kind, _ := Sniff(b); kind != Invoice && kind != CreditNote {
			continue
		}
		doc, err := Read(b)
		if err != nil {
			t.Errorf("%s: %v", row["file"], err)
			c.wrong++
			continue
		}
		verdict := map[string][]string{}
		for _, v := range en16931.Check(doc, en16931.Options{}) {
			key := column(v)
			verdict[key] = append(verdict[key], v.Rule)
		}
		right := true
		for _, key := range []string{"EN16931_fatal", "EN16931_warning", "PEPPOL_fatal", "PEPPOL_warning"} {
			want := idsOf(row[key])
			if strings.Contains(row[key], "(error)") {
				continue // the official validator stopped
			}
			got := slices.Compact(slices.Sorted(slices.Values(verdict[key])))
			if !slices.Equal(got, want) {
				t.Logf("%s/%s: %s\n   lacks %v\n   extra %v", set, row["file"], key, minus(want, got), minus(got, want))
				right = right && strings.HasSuffix(key, "warning")
			}
		}
		if right {
			c.right++
		} else {
			c.wrong++
		}
	}
	return c
}

func column(v en16931.Violation) string {
	book, severity := "PEPPOL", "_warning"
	if strings.HasPrefix(v.Rule, "BR-") || strings.HasPrefix(v.Rule, "UBL-") {
		book = "EN16931"
	}
	if v.Fatal {
		severity = "_fatal"
	}
	return book + severity
}

// idsOf reads "BR-45x2 BR-46".
func idsOf(s string) []string {
	var out []string
	for _, id := range strings.Fields(s) {
		if k := strings.LastIndexByte(id, 'x'); k > 0 && strings.Trim(id[k+1:], "0123456789") == "" {
			id = id[:k]
		}
		out = append(out, id)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func minus(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}
