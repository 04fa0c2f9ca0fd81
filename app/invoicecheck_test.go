package app

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// checked runs a check on the command line, in the folder of its files.
func checked(t *testing.T, stdin string, args ...string) (status int, answers []map[string]any, errors string) {
	t.Helper()
	var out, err bytes.Buffer
	status = Run(args, IO{In: strings.NewReader(stdin), Out: &out, Err: &err})
	for text := range strings.Lines(out.String()) {
		var a map[string]any
		if err := json.Unmarshal([]byte(text), &a); err != nil {
			t.Fatalf("this is not JSON: %q, %v", text, err)
		}
		answers = append(answers, a)
	}
	return status, answers, err.String()
}

// oddities are files that nobody means to send, and what is said of them.
func oddities(t *testing.T) map[string]string {
	t.Helper()
	invoice, err := os.ReadFile("../format/ubl/testdata/invoice.xml")
	if err != nil {
		t.Fatal(err)
	}
	const space = `xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"`
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(strings.Replace(string(invoice), "UTF-8", "UTF-16", 1))) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	files := map[string]struct{ content, says string }{
		"bra.xml":               {string(invoice), ""},
		"märkt åäö.xml":         {"\ufeff" + string(invoice), ""},
		"bred.xml":              {string(wide), ""},
		"tom.xml":               {"", "Filen är tom."},
		"bara märke.xml":        {"\ufeff", "Filen är tom."},
		"blank.xml":             {" \r\n\t\n", "Filen är tom."},
		"packad.xml":            {"\x1f\x8b\x08\x00", "packad med gzip"},
		"arkiv.xml":             {"PK\x03\x04rest", "ZIP-fil"},
		"404.xml":               {"<!DOCTYPE html>\n<html><title>404 Not Found", "webbsida"},
		"nollor.xml":            {strings.Repeat("\x00", 1<<20), "Filen är"},
		"entiteter.xml":         {`<!DOCTYPE a [<!ENTITY b "bbbb">]><Invoice ` + space + `>&b;</Invoice>`, "Rad 1: Filen innehåller en dokumenttypsdeklaration"},
		"djup.xml":              {"<Invoice " + space + ">" + strings.Repeat("<a>", 100_000), "kapslad djupare"},
		"attribut.xml":          {"<Invoice " + space + strings.Repeat(` a="1"`, 100_000) + "/>", "attribut"},
		"stor text.xml":         {"<Invoice " + space + "><cbc:Note>" + strings.Repeat("x", 21<<20) + "</cbc:Note></Invoice>", "för stor"},
		"avbruten faktura.xml":  {string(invoice[:len(invoice)/2]), "Filen tar slut"},
		"en mapp.xml/bra 2.xml": {string(invoice), ""},
	}
	t.Chdir(t.TempDir())
	says := map[string]string{}
	for name, f := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(f.content), 0o600); err != nil {
			t.Fatal(err)
		}
		says[name] = f.says
	}
	says["saknas.xml"] = "Filen finns inte."
	return says
}

func TestEveryOddFileIsAnsweredInWords(t *testing.T) {
	says := oddities(t)
	var names []string
	for name := range says {
		names = append(names, name)
	}
	slices.Sort(names)
	names = append(names, names[0], "saknas.xml", names[0]) // the same path twice

	for _, command := range []string{"invoice", "file"} {
		status, answers, errors := checked(t, "", append([]string{command, "check", "--json"}, names...)...)
		if status != 1 || errors != "" || len(answers) != len(names) {
			t.Fatalf("%s check: status %d, %d answers to %d files, %q", command, status, len(answers), len(names), errors)
		}
		for k, a := range answers {
			why, _ := a["error"].(string)
			if reasons, ok := a["reasons"].([]any); ok && len(reasons) > 0 {
				why = reasons[0].(string)
			}
			if a["file"] != names[k] {
				t.Errorf("%s check: answer %d is of %v, not of %s", command, k, a["file"], names[k])
			}
			if want := says[names[k]]; !strings.Contains(why, want) || want == "" && why != "" {
				t.Errorf("%s check %s: says %q, not %q", command, names[k], why, want)
			}
		}
	}
}

func TestChecksReadWhatIsPipedInAndFoldersThatAreLinks(t *testing.T) {
	oddities(t)
	invoice, err := os.ReadFile("bra.xml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("en mapp.xml", "länk"); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"invoice", "file"} {
		for arg, file := range map[string]string{"-": "-", "länk": "länk/bra 2.xml", "en mapp.xml/": "en mapp.xml/bra 2.xml"} {
			status, answers, _ := checked(t, string(invoice), command, "check", "--json", arg)
			if status != 0 || len(answers) != 1 || answers[0]["file"] != file || answers[0]["kind"] != "ubl-invoice" {
				t.Errorf("%s check %s: status %d, %v", command, arg, status, answers)
			}
		}
	}
}

func TestStatusOfChecks(t *testing.T) {
	oddities(t)
	if err := os.Mkdir("inget", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("inga fall", []byte("\r\n\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]int{
		"invoice check bra.xml":                       0,
		"file check bra.xml":                          0,
		"invoice check tom.xml":                       1,
		"file check tom.xml":                          1,
		"invoice check saknas.xml":                    1,
		"file check saknas.xml":                       1,
		"invoice check inget":                         2,
		"file check inget":                            2,
		"invoice check --cases inga\u00a0fall":        2,
		"invoice check --cases saknas.tsv":            2,
		"invoice check":                               80,
		"file check":                                  80,
		"invoice check --cases x bra.xml":             80,
		"invoice check --rules BR-01,BR-NO bra.xml":   80,
		"invoice check --rules br-01,r-69 bra.xml":    0,
		"invoice check --rules BR-01 --cases x":       80,
		"invoice check --no-such-flag bra.xml":        80,
		"invoice check --rules=,\u00a0 bra.xml":       0,
		"file check --quiet bra.xml en\u00a0mapp.xml": 0,
	} {
		args := strings.Fields(strings.ReplaceAll(line, "\u00a0", "\x00"))
		for k := range args {
			args[k] = strings.ReplaceAll(args[k], "\x00", " ")
		}
		var out, errors bytes.Buffer
		if got := Run(args, IO{In: strings.NewReader(""), Out: &out, Err: &errors}); got != want {
			t.Errorf("%s: status %d, want %d: %s", line, got, want, errors.String())
		}
		if want > 1 && errors.Len() == 0 {
			t.Errorf("%s: nothing is said of it", line)
		}
	}
}

func TestCases(t *testing.T) {
	oddities(t)
	broken, err := os.ReadFile("bra.xml")
	if err != nil {
		t.Fatal(err)
	}
	broken = bytes.Replace(broken, []byte("<cbc:IssueDate>"), []byte("<cbc:IssueDate>x"), 1)
	if err := os.WriteFile("fel datum.xml", broken, 0o600); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("BR-01,", 20_000) + "peppol-en16931-f001"
	cases := "\ufefffel datum.xml\tPEPPOL-EN16931-F001\r\n" +
		"fel datum.xml\tbr-01, peppol-en16931-f001\r\n" +
		"\r\n" +
		"fel datum.xml\tBR-NO,BR-01\r\n" +
		"fel datum.xml\tBR-NO\n" +
		"saknas.xml\tBR-01\n" +
		"fel datum.xml\n" +
		"fel datum.xml\t" + long
	want := []bool{true, true, false, false, false, true, true} // whether the date is told

	for _, from := range []string{"fall.tsv", "-"} {
		if err := os.WriteFile("fall.tsv", []byte(cases), 0o600); err != nil {
			t.Fatal(err)
		}
		status, answers, errors := checked(t, cases, "invoice", "check", "--json", "--cases", from)
		if status != 1 || len(answers) != len(want) {
			t.Fatalf("%s: status %d, %d answers: %s", from, status, len(answers), errors)
		}
		for k, a := range answers {
			fatal, _ := a["fatal"].([]any)
			if got := slices.Contains(fatal, any("PEPPOL-EN16931-F001")); got != want[k] {
				t.Errorf("%s, case %d: %v", from, k+1, a)
			}
		}
		if strings.Count(errors, "BR-NO") != 1 {
			t.Errorf("%s: the unknown rule is not told once: %q", from, errors)
		}
	}
}
