package cii

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kontor/format/en16931"
	"kontor/format/ubl"
	"kontor/format/xmlscan"
)

// sameTerms compares documents by their business terms, not where they stood.
var sameTerms = cmp.Options{
	cmpopts.IgnoreUnexported(en16931.Document{}),
	cmpopts.IgnoreFields(en16931.Document{}, "Syntax"),
	cmpopts.IgnoreFields(en16931.Line{}, "Row"),
	cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b en16931.Amount) bool {
		return a.Text == b.Text && a.Present == b.Present && a.Currency == b.Currency && a.Value.Cmp(b.Value) == 0
	}),
}

func fixture(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/invoice.xml")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The same invoice in both syntaxes is the same document.
func TestBothSyntaxesReadToTheSameTerms(t *testing.T) {
	got, err := Read(fixture(t))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("../ubl/testdata/invoice.xml")
	if err != nil {
		t.Fatal(err)
	}
	want, err := ubl.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, sameTerms); diff != "" {
		t.Errorf("differs (-UBL +CII):\n%s", diff)
	}
	for _, v := range en16931.Check(got, en16931.Options{}) {
		t.Errorf("%s: %s", v.Rule, v.Text)
	}
}

func TestBrokenCIIIsFoundWithItsLine(t *testing.T) {
	b := bytes.Replace(fixture(t), []byte("<ram:DuePayableAmount>3036.00"), []byte("<ram:DuePayableAmount>3036.25"), 1)
	d, err := Read(b)
	if err != nil {
		t.Fatal(err)
	}
	found := en16931.Check(d, en16931.Options{})
	if len(found) != 1 || found[0].Rule != "BR-CO-16" || found[0].Line != 105 {
		t.Errorf("found %+v", found)
	}
}

func TestCreditTypesAreCreditNotes(t *testing.T) {
	for code, want := range map[string]en16931.Kind{"380": en16931.Invoice, "381": en16931.CreditNote, "396": en16931.CreditNote, "38": en16931.Invoice} {
		d, err := Read(bytes.Replace(fixture(t), []byte(">380<"), []byte(">"+code+"<"), 1))
		if err != nil {
			t.Fatal(err)
		}
		if d.Kind != want || d.TypeCode != code || len(d.Lines) != 2 || !d.Lines[0].Quantity.Present || d.Due.IsZero() {
			t.Errorf("type %s: kind %d, %d lines", code, d.Kind, len(d.Lines))
		}
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		code xmlscan.Code
	}{
		"an empty file":          {"", xmlscan.Empty},
		"a UBL invoice":          {`<Invoice xmlns="` + en16931.SpaceInvoice + `"/>`, xmlscan.WrongRoot},
		"the root in no space":   {`<CrossIndustryInvoice/>`, xmlscan.WrongRoot},
		"a file that is cut off": {string(fixture(t)[:3000]), xmlscan.Truncated},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read([]byte(c.file))
			var refused *ReadError
			if !errors.As(err, &refused) || refused.Code != c.code {
				t.Errorf("got %v", err)
			}
		})
	}
}

// FuzzRead: whatever the bytes, reading ends with a document or a refusal, and
// every rule can judge what was read.
func FuzzRead(f *testing.F) {
	f.Add(fixture(f))
	f.Add([]byte(`<a:CrossIndustryInvoice xmlns:a="` + Namespace + `"/>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := Read(b)
		if err != nil {
			var refused *ReadError
			if d != nil || !errors.As(err, &refused) || refused.Text == "" {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		en16931.Check(d, en16931.Options{})
	})
}
