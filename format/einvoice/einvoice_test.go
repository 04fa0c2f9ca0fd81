package einvoice

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"kontor/format/en16931"
	"kontor/format/envelope"
	"kontor/format/verdict"
)

func file(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func wrap(b []byte) []byte {
	_, rest, _ := bytes.Cut(b, []byte("?>"))
	return fmt.Appendf(nil, `<sh:StandardBusinessDocument xmlns:sh=%q><sh:StandardBusinessDocumentHeader><sh:Sender><sh:Identifier>0007:5599990016</sh:Identifier></sh:Sender></sh:StandardBusinessDocumentHeader>%s</sh:StandardBusinessDocument>`,
		envelope.SpaceSBDH, rest)
}

// Each format is read in an envelope and without, to the same invoice.
func TestFormatsAreReadInEnvelopesAndWithout(t *testing.T) {
	for kind, path := range map[string]string{
		"ubl-invoice": "../ubl/testdata/invoice.xml", "cii": "../cii/testdata/invoice.xml", "svefaktura": "../svefaktura/testdata/invoice.xml",
	} {
		t.Run(kind, func(t *testing.T) {
			b := file(t, path)
			r, err := Read(b)
			if err != nil {
				t.Fatal(err)
			}
			if r.Kind() != kind || r.Doc.Number == "" || r.Outdated() != "" {
				t.Errorf("kind %s, number %q", r.Kind(), r.Doc.Number)
			}
			if found := r.Check(en16931.Options{}); len(found) > 0 {
				t.Errorf("found %+v", found)
			}
			if kind == "svefaktura" { // its declared encoding belongs to the whole file, and it has an envelope
				return
			}
			inside, err := Read(wrap(b))
			if err != nil {
				t.Fatal(err)
			}
			if len(inside.Headers) != 1 || inside.Doc.Number != r.Doc.Number || len(inside.Doc.Lines) != len(r.Doc.Lines) || len(inside.Check(en16931.Options{})) > 0 {
				t.Errorf("in an envelope it is %+v", inside.Headers)
			}
		})
	}
}

func TestWhatIsNoInvoiceIsSetAsideInWords(t *testing.T) {
	ubl := file(t, "../ubl/testdata/invoice.xml")
	for says, b := range map[string][]byte{
		"en order":               []byte(`<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>`),
		"en katalog":             wrap([]byte(`<?xml version="1.0"?><Catalogue xmlns="urn:oasis:names:specification:ubl:schema:xsd:Catalogue-2"/>`)),
		"ett svar på en faktura": []byte(`<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"/>`),
		"mer än ett dokument":    bytes.Replace(wrap(ubl), []byte("</sh:StandardBusinessDocument>"), []byte(`<Order xmlns="x"/></sh:StandardBusinessDocument>`), 1),
		"slaget ”Hej”":           []byte("<Hej/>"),
		"inget dokument":         []byte("<!-- -->"),
		"stor fil":               nil,
	} {
		t.Run(says, func(t *testing.T) {
			if b == nil {
				b, says = make([]byte, 21<<20), "för stor"
			}
			r, err := Read(b)
			var refused *ReadError
			if r != nil || !errors.As(err, &refused) || !strings.Contains(refused.Text, says) {
				t.Errorf("%v %v", r, err)
			}
		})
	}
}

func TestKindOfWhatCannotBeRead(t *testing.T) {
	for want, b := range map[string]string{
		"order": string(wrap([]byte(`<?xml version="1.0"?><Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>`))),
		"xml":   "<Hej/>", "not-xml": "%PDF", "sbdh": string(wrap([]byte(`<?xml version="1.0"?>`))),
		"application-response": `<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"/>`,
	} {
		if got := KindOf([]byte(b)); got != want {
			t.Errorf("%q is %s, want %s", b, got, want)
		}
	}
}

func TestVerdicts(t *testing.T) {
	good := file(t, "../svefaktura/testdata/invoice.xml")
	for name, c := range map[string]struct {
		b    []byte
		kind string
		want verdict.Level
		says string
	}{
		"a right Svefaktura":        {good, "svefaktura", verdict.Accept, ""},
		"one that breaks a warning": {bytes.Replace(good, []byte(">12345<"), []byte(">123 45<"), 1), "svefaktura", verdict.Warn, "(R-8)"},
		"one that breaks a rule":    {bytes.Replace(good, []byte(">900.40<"), []byte(">901.40<"), 1), "svefaktura", verdict.Reject, "(R-69)"},
		"one that breaks a schema":  {bytes.Replace(good, []byte("2014-04-02"), []byte("snart"), 1), "svefaktura", verdict.Reject, "ett datum"},
		"an order":                  {[]byte("<Order/>"), "order", verdict.Reject, "en order, inte en faktura"},
		"what is cut off":           {good[:900], "sbdh", verdict.Reject, "Rad "},
	} {
		t.Run(name, func(t *testing.T) {
			v := Check(c.b)
			if !Sniff(c.b) || v.Kind != c.kind || v.Level != c.want || !strings.Contains(strings.Join(v.Reasons, " "), c.says) || (v.Level == verdict.Accept) != (len(v.Reasons) == 0) {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestSvefaktura2IsOutdated(t *testing.T) {
	b := file(t, "../ubl/testdata/invoice.xml")
	b = bytes.Replace(b, []byte("urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"),
		[]byte("urn:www.cenbii.eu:transaction:biitrns010:ver2.0:extended:urn:www.peppol.eu:bis:peppol5a:ver2.0"), 1)
	r, err := Read(b)
	if err != nil || !strings.Contains(r.Outdated(), "äldre format") {
		t.Errorf("%v", err)
	}
}

// Every file of the suites beside the repository is read or refused in words,
// within a second.
func TestEveryFileOfTheSuitesIsReadOrRefusedInWords(t *testing.T) {
	if _, err := os.Stat(suites); err != nil {
		t.Skip("the suites are not beside the repository")
	}
	read, refused := 0, 0
	for _, pattern := range []string{"svefaktura/xml/*", "xrechnung/*/*/*.xml", "sfti-bis3-se/*.xml", "en16931/examples/*.xml", "peppol-poacc/examples/*/*.xml"} {
		files, err := filepath.Glob(filepath.Join(suites, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			b := file(t, path)
			began := time.Now()
			r, err := Read(b)
			if err == nil {
				r.Check(en16931.Options{})
				read++
			} else {
				var why *ReadError
				if !errors.As(err, &why) || !strings.HasSuffix(why.Text, ".") {
					t.Errorf("%s: %v", path, err)
				}
				refused++
			}
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("%s took %s", path, took)
			}
		}
	}
	t.Logf("einvoice  %d read, %d refused in words", read, refused)
}

// Whatever a file holds, in envelopes or not, it is judged in words, the same
// every time, and what cannot be read is rejected.
func FuzzCheck(f *testing.F) {
	for _, path := range []string{"../ubl/testdata/invoice.xml", "../cii/testdata/invoice.xml", "../svefaktura/testdata/invoice.xml"} {
		b := file(f, path)
		f.Add(b)
		f.Add(wrap(b))
		f.Add(wrap(wrap(b)))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v := Check(b)
		if v.Level != verdict.Accept && len(v.Reasons) == 0 {
			t.Error("no reason is given")
		}
		if again := Check(b); !reflect.DeepEqual(v, again) {
			t.Errorf("%+v, then %+v", v, again)
		}
		if _, err := Read(b); err != nil && v.Level != verdict.Reject {
			t.Errorf("%v, but the verdict is %v", err, v.Level)
		}
		if Sniff(b) && KindOf(b) == "not-xml" {
			t.Errorf("a file that may be an invoice is not XML")
		}
	})
}
