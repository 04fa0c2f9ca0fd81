package sie_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kontor/format/sie"
	"kontor/format/verdict"
)

// samples is where the collected files lie beside the repository, when they do.
const samples = "../../../shared/data/sie4"

type sample struct{ file, expect, rule string }

func manifest(t *testing.T) []sample {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(samples, "MANIFEST.tsv"))
	if os.IsNotExist(err) {
		t.Skip("the SIE samples are not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	var out []sample
	for _, l := range strings.Split(strings.TrimSpace(string(b)), "\n")[1:] {
		f := strings.Split(l, "\t")
		out = append(out, sample{f[0], f[1], f[2]})
	}
	return out
}

func (s sample) read(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(samples, s.file))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// otherwise are the samples that are judged otherwise than their manifest says,
// where "valid" only means that some program could read them.
var otherwise = []struct{ file, level, why string }{
	{"barsoom/sie_file*.se", "reject", "the first voucher does not balance, and rows that do not are refused elsewhere in the manifest"},
	{"idstam/XE_SIE_4_*.SE", "reject", "a voucher does not balance"},
	{"idstam/Sie[34].se", "reject", "an account is called FEL; accounts are numeric, as the manifest says of another file"},
	{"wilhelmuggla/Sie4E1ksumma.SI", "reject", "its checksum, 123456789, is not its sum"},
	{"idstam/SIE4_Exempelfil_med_underdim.SE", "warn", "#FLAGGA 1, and lost characters"},
	{"*/Bokslut_Norstedts_SIE_4E.se", "warn", "three vouchers are empty, which the manifest wants told of another file"},
	{"*/SIE-fil_från_Visma_Enskild_Firma_2010.se", "warn", "#SRU without a code, which the manifest wants told of another file"},
	{"blinfo/BLBLOV_SIE4_UTF_8_with_errors.SE", "warn", "#SRU without a code and with an account that is no number"},
	{"blinfo/BLBLOV_SIE4_UTF_8_with_erroneous_taxar.SE", "accept", "fields after the known ones are to be ignored; four other files say the same and are valid"},
	{"blinfo/SIE_with_long_voucher_series_number.SE", "accept", "a series may have several characters; other files with the same are valid"},
	{"blinfo/*.json", "reject", "not a SIE file"},
	{"idstam/BokSald.SE", "reject", notFound}, {"idstam/PerSald.SE", "reject", notFound},
	{"idstam/HAS*_1412.*", "reject", notFound}, {"idstam/TRANSAK.SE", "reject", notFound},
}

const notFound = "a web page that says 404 Not Found"

func deviation(file string, level verdict.Level) string {
	for _, o := range otherwise {
		if ok, err := filepath.Match(o.file, file); err == nil && ok && o.level == level.String() {
			return o.why
		}
	}
	return ""
}

// Every sample gets the verdict of the manifest, or one that is explained.
func TestConformanceVerdicts(t *testing.T) {
	wanted := map[string]verdict.Level{"valid": verdict.Accept, "warn": verdict.Warn, "reject": verdict.Reject, "SIE 5 XML": verdict.Reject}
	table := map[string]int{}
	for _, s := range manifest(t) {
		v := sie.Check(s.read(t))
		want, ok := wanted[s.expect]
		switch why := deviation(s.file, v.Level); {
		case !ok:
			t.Errorf("%s: the manifest expects %q", s.file, s.expect)
		case v.Level == want:
			table[s.expect+" as expected"]++
		case why != "":
			table[s.expect+" judged otherwise, explained"]++
			t.Logf("%s: %v, not %s: %s", s.file, v.Level, s.expect, why)
		default:
			t.Errorf("%s: %v, want %s (%s): %s", s.file, v.Level, s.expect, s.rule, strings.Join(v.Reasons, " | "))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(table)) {
		t.Logf("%-42s %d", k, table[k])
	}
}
