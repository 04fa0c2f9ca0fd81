package ubl

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding/charmap"

	"kontor/format/en16931"
	"kontor/format/xmlscan"
	"kontor/kernel/golden"
)

// sameTerms compares documents by their business terms, not where they stood.
var sameTerms = cmp.Options{
	cmpopts.IgnoreUnexported(en16931.Document{}),
	cmpopts.IgnoreFields(en16931.Amount{}, "Line"),
	cmpopts.IgnoreFields(en16931.Line{}, "Row"),
	cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b en16931.Amount) bool {
		return a.Text == b.Text && a.Present == b.Present && a.Valid == b.Valid && a.Value.Cmp(b.Value) == 0 &&
			(a.Currency == b.Currency || a.Currency == "" || b.Currency == "")
	}),
}

func TestWrittenInvoiceIsTheGoldenFile(t *testing.T) {
	got, err := Write(sample())
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/invoice.xml", string(got))
}

func TestReadOfWrittenIsTheSameDocument(t *testing.T) {
	want := sample()
	got := roundTrip(t, want)
	if diff := cmp.Diff(want, got, sameTerms); diff != "" {
		t.Errorf("read(write(d)) differs (-want +got):\n%s", diff)
	}
}

func TestGoodInvoiceBreaksNoRule(t *testing.T) {
	for _, d := range []*en16931.Document{sample(), credit(), roundTrip(t, sample()), roundTrip(t, credit())} {
		for _, v := range en16931.Check(d, en16931.Options{}) {
			t.Errorf("%s %s: %s", d.TypeCode, v.Rule, v.Text)
		}
	}
}

// credit is the sample as a full credit note.
func credit() *en16931.Document {
	d := sample()
	d.Syntax, d.Kind, d.TypeCode, d.Number = en16931.UBLCreditNote, en16931.CreditNote, "381", "2026-10418"
	d.Preceding = []en16931.Reference{{Number: "2026-10417", Issued: d.Issued}}
	d.Payments[0].Due = d.Due
	return d
}

func roundTrip(t *testing.T, d *en16931.Document) *en16931.Document {
	t.Helper()
	b, err := Write(d)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestCharsetsByMarkAndDeclaration(t *testing.T) {
	b, err := Write(sample())
	if err != nil {
		t.Fatal(err)
	}
	plain := string(b)
	declared := func(name string) string { return strings.Replace(plain, "UTF-8", name, 1) }
	encode := func(m *charmap.Charmap, s string) []byte {
		out, err := m.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return []byte(out)
	}
	for name, file := range map[string][]byte{
		"UTF-8":                   b,
		"UTF-8 with mark":         append([]byte("\xEF\xBB\xBF"), b...),
		"UTF-16 big endian":       utf16Bytes(declared("UTF-16"), true),
		"UTF-16 little endian":    utf16Bytes(declared("UTF-16"), false),
		"ISO 8859-1":              encode(charmap.ISO8859_1, declared("ISO-8859-1")),
		"ISO 8859-15":             encode(charmap.ISO8859_15, declared("iso-8859-15")),
		"Windows 1252":            encode(charmap.Windows1252, declared("windows-1252")),
		"no declaration is UTF-8": []byte(plain[strings.Index(plain, "<Invoice"):]),
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Read(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(sample(), d, sameTerms); diff != "" {
				t.Errorf("differs (-want +got):\n%s", diff)
			}
		})
	}
}

func utf16Bytes(s string, big bool) []byte {
	var b []byte
	for _, u := range append([]uint16{0xFEFF}, utf16.Encode([]rune(s))...) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}

func TestBadFilesAreRefusedWithReasonAndPlace(t *testing.T) {
	good, err := Write(sample())
	if err != nil {
		t.Fatal(err)
	}
	whole := string(good)
	root := "<Invoice xmlns=\"" + en16931.SpaceInvoice + "\">"
	for name, c := range map[string]struct {
		file string
		code xmlscan.Code
		line int
	}{
		"an empty file":                      {"", xmlscan.Empty, 0},
		"only space":                         {" \n\t ", xmlscan.Empty, 0},
		"a PDF":                              {"%PDF-1.7\n\xff\xfe", xmlscan.NotXML, 1},
		"a text":                             {"Hej! Här kommer fakturan.", xmlscan.NotXML, 1},
		"an entity bomb":                     {"<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>\n<a>&b;</a>", xmlscan.Doctype, 2},
		"an unknown entity":                  {root + "\n&b;</Invoice>", xmlscan.Broken, 2},
		"a file cut in the middle":           {whole[:len(whole)/2], xmlscan.Truncated, 0},
		"a file cut in a tag":                {root + "<b", xmlscan.Truncated, 1},
		"tags that do not match":             {root + "\n<a></b></Invoice>", xmlscan.Broken, 2},
		"an unknown encoding":                {"<?xml version=\"1.0\" encoding=\"EBCDIC\"?><a/>", xmlscan.BadCharset, 1},
		"latin 1 that says it is UTF-8":      {"<a>\nF\xf6rs\xe4ljning</a>", xmlscan.BadCharset, 2},
		"deeper than any invoice":            {root + strings.Repeat("<a>", 64) + strings.Repeat("</a>", 64) + "</Invoice>", xmlscan.TooDeep, 1},
		"more attributes than any":           {"<a" + manyAttrs(65) + "/>", xmlscan.TooMany, 1},
		"an order":                           {"<Order xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Order-2\"/>", xmlscan.WrongRoot, 1},
		"an invoice in the wrong name space": {strings.Replace(whole, en16931.SpaceInvoice, "urn:x", 1), xmlscan.WrongSpace, 2},
		"an undeclared prefix":               {"<cbc:a/>", xmlscan.Undeclared, 1},
		"two documents":                      {root + "</Invoice><a/>", xmlscan.Strict, 1},
		"a control character":                {root + "\x01</Invoice>", xmlscan.Broken, 1},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Read([]byte(c.file))
			var refused *ReadError
			if d != nil || !errors.As(err, &refused) {
				t.Fatalf("got %v, %v", d, err)
			}
			if refused.Code != c.code || c.line > 0 && refused.Line != c.line {
				t.Errorf("got %v", refused)
			}
			if !strings.HasSuffix(refused.Text, ".") {
				t.Errorf("not a sentence: %q", refused.Text)
			}
		})
	}
}

func manyAttrs(n int) string {
	var b strings.Builder
	for k := range n {
		b.WriteString(" a" + strings.Repeat("x", k) + "=\"\"")
	}
	return b.String()
}

func TestTooLargeFileIsRefusedUnread(t *testing.T) {
	_, err := Read(make([]byte, xmlscan.Ordinary.Bytes+1))
	var refused *ReadError
	if !errors.As(err, &refused) || refused.Code != xmlscan.TooLarge {
		t.Errorf("got %v", err)
	}
}

func TestSniffTellsKindsApart(t *testing.T) {
	for file, want := range map[string]Kind{
		`<Invoice xmlns="` + en16931.SpaceInvoice + `">`:                           Invoice,
		`<u:CreditNote xmlns:u="` + en16931.SpaceCreditNote + `">`:                 CreditNote,
		`<!-- brev --><Invoice xmlns="` + spaceSvefaktura + `">`:                   Svefaktura,
		`<?xml version="1.0"?><r:CrossIndustryInvoice xmlns:r="` + spaceCII + `">`: CII,
		`<StandardBusinessDocument xmlns="` + spaceSBDH + `">`:                     SBDH,
		`<ObjectEnvelope xmlns="` + spaceEnvelope + `">`:                           ObjectEnvelope,
		`<Invoice>`:   Other,
		`<Invoice xm`: NotXML,
		"":            NotXML,
		"%PDF":        NotXML,
	} {
		if got, _ := Sniff([]byte(file)); got != want {
			t.Errorf("%s: got %v, want %v", file, got, want)
		}
	}
}
