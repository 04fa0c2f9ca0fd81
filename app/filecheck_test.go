package app

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"kontor/format/verdict"
)

// collected is where the collections of real files lie beside the repository, when they do.
const collected = "../../shared/data"

var collections = []string{"en16931", "peppol-bis3", "sfti-bis3-se", "xrechnung", "svefaktura", "sie4", "iso20022"}

// Every file of the collections is read without a crash, within a second and
// 64 MB, and what is rejected is said in words.
func TestConformanceFilesAreRead(t *testing.T) {
	const (
		slowest = time.Second
		heap    = 64 << 20
	)
	for _, set := range collections {
		root := filepath.Join(collected, set)
		if _, err := os.Stat(root); os.IsNotExist(err) {
			t.Skipf("the collection %s is not beside the repository", set)
		}
		files, kinds := 0, map[string]int{}
		var most time.Duration
		var largest uint64
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			v := checkFile(path, nil)
			spent := time.Since(began)
			runtime.ReadMemStats(&after)
			// What was allocated at all is more than was ever in use at once.
			allocated := after.TotalAlloc - before.TotalAlloc
			files++
			kinds[v.Kind+" "+v.Level.String()]++
			most, largest = max(most, spent), max(largest, allocated)
			if spent > slowest || allocated > heap {
				t.Errorf("%s: %v, %d kB", path, spent, allocated>>10)
			}
			if v.Level != verdict.Accept && len(v.Reasons) == 0 {
				t.Errorf("%s: %v without a reason", path, v.Level)
			}
			for _, r := range v.Reasons {
				if !strings.Contains(r, " ") || strings.Contains(r, "%!") {
					t.Errorf("%s: this is not words: %q", path, r)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%-14s %4d files, slowest %v, most %d kB: %v", set, files, most.Round(time.Millisecond), largest>>10, kinds)
	}
}

// No file is of two formats, as far as the fixtures go: otherwise the order of
// the table would decide what it is.
func TestFormatsDoNotOverlap(t *testing.T) {
	n := 0
	for _, pattern := range []string{"../format/*/testdata/*.xml", "../format/*/testdata/*.s[ei]"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var known []string
			for _, f := range formats {
				if f.sniff(b) {
					known = append(known, f.name)
				}
			}
			if n += len(known); len(known) > 1 {
				t.Errorf("%s is known as %v", path, known)
			}
		}
	}
	if n < 5 {
		t.Errorf("only %d fixtures are of a known format", n)
	}
}

func TestFileCheckSaysWhatItCannotRead(t *testing.T) {
	dir := t.TempDir()
	for name, tt := range map[string]struct{ content, kind, says string }{
		"tom.se":   {"", "", "Filen är tom."},
		"bild.png": {"\x89PNG\r\n\x1a\n", "", "inte känner igen"},
		"sida.xml": {"<html><body/></html>", "xml", `första element är "html"`},
		"sie5.sie": {`<SieEntry xmlns="http://www.sie.se/sie5"/>`, "sie5", "SIE 5"},
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(tt.content), 0o600); err != nil {
			t.Fatal(err)
		}
		v := checkFile(path, nil)
		if v.Level != verdict.Reject || v.Kind != tt.kind || !strings.Contains(strings.Join(v.Reasons, " "), tt.says) {
			t.Errorf("%s: %+v", name, v)
		}
	}
	if v := checkFile(filepath.Join(dir, "saknas.se"), nil); v.Level != verdict.Reject || v.Reasons[0] != "Filen finns inte." {
		t.Errorf("%+v", v)
	}
}

// A file that is read piece by piece gets the verdict of one that is held whole.
func TestLargeFilesAreReadPieceByPiece(t *testing.T) {
	content := payroll[:strings.Index(payroll, "#VER")] + strings.Repeat("#VER L \"\" 20260125\n{\n#TRANS 5010 {} 1.00\n#TRANS 1930 {} -1.00\n}\n", 5000)
	path := filepath.Join(t.TempDir(), "stor.si")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if len(content) <= 2*headSize {
		t.Fatalf("%d bytes are no large file", len(content))
	}
	whole, pieces := checkBytes([]byte(content)), checkFile(path, nil)
	if !reflect.DeepEqual(whole, pieces) || pieces.Counts["vouchers"] != 5000 {
		t.Errorf("got %+v, want %+v", pieces, whole)
	}
}

func TestSaidHasNoNulls(t *testing.T) {
	b, err := json.Marshal(said{File: "x"})
	if err != nil || strings.Contains(string(b), "null") {
		t.Errorf("%s, %v", b, err)
	}
}
