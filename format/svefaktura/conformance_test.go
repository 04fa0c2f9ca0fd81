package svefaktura

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// suite is where the test documents lie beside the repository, when they do.
const suite = "../../../shared/data/svefaktura"

var marked = regexp.MustCompile(`\[(R-\d+)\] \[(\w+)\]`)

// The rules that the documents break are those that SFTI's own validator says,
// and the schema is broken where an XML validator says so.
func TestConformanceDocuments(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(suite, "ORACLE.tsv"))
	if os.IsNotExist(err) {
		t.Skip("the test documents of Svefaktura are not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	right, wrong := map[string]int{}, map[string]int{}
	count := func(what, file string, same bool, got, want any) {
		if same {
			right[what]++
			return
		}
		wrong[what]++
		t.Errorf("%s: %s: got %v, want %v", file, what, got, want)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n")[1:] {
		row := strings.Split(line, "\t")
		if len(row) < 4 || row[2] == "n/a" {
			continue
		}
		file, err := os.ReadFile(filepath.Join(suite, row[0]))
		if err != nil {
			t.Fatal(err)
		}
		v, err := Read(file)
		if err != nil {
			t.Errorf("%s: %v", row[0], err)
			continue
		}
		want := map[string][]string{}
		for _, m := range marked.FindAllStringSubmatch(row[3], -1) {
			want[m[2]] = append(want[m[2]], m[1])
		}
		got := map[string][]string{}
		words := map[Severity]string{Fatal: "fatal", Warning: "warning", Information: "information"}
		for _, x := range v.Check() {
			got[words[x.Severity]] = append(got[words[x.Severity]], x.Rule)
		}
		for _, level := range []string{"fatal", "warning", "information"} {
			slices.Sort(got[level])
			slices.Sort(want[level])
			count(level, row[0], slices.Equal(got[level], want[level]), got[level], want[level])
		}
		faults := v.Faults()
		count("schema", row[0], (len(faults) == 0) == (row[2] == "xsd-ok"), faults, row[2])
	}
	for _, level := range []string{"fatal", "warning", "information", "schema"} {
		t.Logf("svefaktura  %-11s  %d right, %d wrong", level, right[level], wrong[level])
	}
}
