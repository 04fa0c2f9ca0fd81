package ubl

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"
	"pgregory.net/rapid"

	"kontor/format/en16931"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

// line is text as documents hold it: no space at the ends, no character that XML
// lacks, and not so that it would read as a note's subject code.
var line = rapid.StringMatching(`[A-Za-zÅÄÖåäö0-9&<>"'\]](([A-Za-zÅÄÖåäö0-9 &<>"'\]\n]|😀){0,20}[A-Za-zÅÄÖåäö0-9&<>"'])?`)

var word = rapid.StringMatching(`[A-Z0-9]{1,8}`)

func maybe[T any](t *rapid.T, name string, g *rapid.Generator[T]) (v T) {
	if rapid.Bool().Draw(t, "has "+name) {
		v = g.Draw(t, name)
	}
	return v
}

var someDate = rapid.Custom(func(t *rapid.T) period.Date {
	return period.NewDate(rapid.IntRange(2000, 2040).Draw(t, "year"), 1, 1).AddDays(rapid.IntRange(0, 365).Draw(t, "day"))
})

var someAmount = rapid.Custom(func(t *rapid.T) en16931.Amount {
	return en16931.Money(money.Amount(rapid.Int64Range(-1e12, 1e12).Draw(t, "öre")), "SEK")
})

var someNumber = rapid.Custom(func(t *rapid.T) en16931.Amount {
	return en16931.Number(decimal.MustNew(rapid.Int64Range(-1e9, 1e9).Draw(t, "coefficient"), rapid.IntRange(0, 6).Draw(t, "scale")))
})

var someID = rapid.Custom(func(t *rapid.T) en16931.Identifier {
	return en16931.Identifier{Scheme: maybe(t, "scheme", word), ID: line.Draw(t, "id")}
})

var someVAT = rapid.Custom(func(t *rapid.T) en16931.VAT {
	return en16931.VAT{
		Category: rapid.SampledFrom([]string{"S", "Z", "E", "AE", "O"}).Draw(t, "category"),
		Rate:     maybe(t, "rate", someNumber), Reason: maybe(t, "reason", line), ReasonCode: maybe(t, "code", word),
	}
})

var someAllowance = rapid.Custom(func(t *rapid.T) en16931.Allowance {
	return en16931.Allowance{
		Amount: someAmount.Draw(t, "amount"), Base: maybe(t, "base", someAmount), Percentage: maybe(t, "percentage", someNumber),
		Reason: maybe(t, "reason", line), ReasonCode: maybe(t, "code", word), VAT: maybe(t, "vat", someVAT),
	}
})

var someParty = rapid.Custom(func(t *rapid.T) en16931.Party {
	return en16931.Party{
		Name: line.Draw(t, "name"), LegalName: maybe(t, "legal name", line), Endpoint: maybe(t, "endpoint", someID),
		IDs: rapid.SliceOfN(someID, 0, 2).Draw(t, "ids"), LegalID: maybe(t, "legal id", someID),
		VATID: maybe(t, "vat", word), TaxID: maybe(t, "tax", line), LegalForm: maybe(t, "form", line),
		Address: en16931.Address{
			Lines: rapid.SliceOfN(line, 0, 3).Draw(t, "lines"), City: maybe(t, "city", line),
			PostalCode: maybe(t, "code", word), Subdivision: maybe(t, "subdivision", line), Country: maybe(t, "country", word),
		},
		Contact: en16931.Contact{Name: maybe(t, "contact", line), Phone: maybe(t, "phone", line), Email: maybe(t, "email", line)},
	}
})

var someLine = rapid.Custom(func(t *rapid.T) en16931.Line {
	l := en16931.Line{
		ID: word.Draw(t, "id"), Note: maybe(t, "note", line), Object: maybe(t, "object", someID),
		Quantity: someNumber.Draw(t, "quantity"), Unit: word.Draw(t, "unit"), Net: someAmount.Draw(t, "net"),
		OrderLine: maybe(t, "order line", word), AccountingCost: maybe(t, "cost", line),
		Period:     en16931.Period{From: maybe(t, "from", someDate), To: maybe(t, "to", someDate)},
		Allowances: rapid.SliceOfN(someAllowance, 0, 2).Draw(t, "allowances"),
		Charges:    rapid.SliceOfN(someAllowance, 0, 2).Draw(t, "charges"),
		Price:      someAmount.Draw(t, "price"), Discount: maybe(t, "discount", someAmount), GrossPrice: maybe(t, "gross", someAmount),
		VAT: someVAT.Draw(t, "vat"),
		Item: en16931.Item{
			Name: line.Draw(t, "item"), Description: maybe(t, "description", line), SellerID: maybe(t, "seller id", word),
			BuyerID: maybe(t, "buyer id", word), StandardID: maybe(t, "standard id", someID), Origin: maybe(t, "origin", word),
			Classifications: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) en16931.Classification {
				return en16931.Classification{List: word.Draw(t, "list"), Version: maybe(t, "version", word), Code: word.Draw(t, "code")}
			}), 0, 2).Draw(t, "classifications"),
			Attributes: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) en16931.Attribute {
				return en16931.Attribute{Name: line.Draw(t, "name"), Value: line.Draw(t, "value")}
			}), 0, 2).Draw(t, "attributes"),
		},
	}
	if rapid.Bool().Draw(t, "has base quantity") {
		l.BaseQuantity, l.BaseUnit = someNumber.Draw(t, "base quantity"), word.Draw(t, "base unit")
	}
	return l
})

var somePayment = rapid.Custom(func(t *rapid.T) en16931.PaymentMeans {
	p := en16931.PaymentMeans{
		Code: word.Draw(t, "code"), Text: maybe(t, "text", line), RemittanceID: maybe(t, "remittance", line),
		Mandate: maybe(t, "mandate", word), Debited: maybe(t, "debited", word), Due: maybe(t, "due", someDate),
	}
	if rapid.Bool().Draw(t, "has account") {
		p.Account, p.AccountName, p.Branch = word.Draw(t, "account"), maybe(t, "account name", line), maybe(t, "branch", word)
	}
	if rapid.Bool().Draw(t, "has card") {
		p.Card, p.CardHolder = word.Draw(t, "card"), maybe(t, "holder", line)
	}
	return p
})

var someDocument = rapid.Custom(func(t *rapid.T) *en16931.Document {
	d := &en16931.Document{
		Syntax: en16931.UBLInvoice, Kind: en16931.Invoice, Customization: Customization, Profile: Profile,
		TypeCode: word.Draw(t, "type"), Number: line.Draw(t, "number"), Issued: someDate.Draw(t, "issued"),
		Due: maybe(t, "due", someDate), TaxPoint: maybe(t, "tax point", someDate), TaxPointCode: maybe(t, "tax point code", word),
		Period:   en16931.Period{From: maybe(t, "from", someDate), To: maybe(t, "to", someDate)},
		Currency: "SEK", BuyerReference: maybe(t, "reference", line), ProjectReference: maybe(t, "project", word),
		ContractReference: maybe(t, "contract", word), OrderReference: maybe(t, "order", word), SalesOrder: maybe(t, "sales order", word),
		ReceivingAdvice: maybe(t, "receiving", word), DespatchAdvice: maybe(t, "despatch", word), TenderReference: maybe(t, "tender", word),
		ObjectReference: maybe(t, "object", someID), AccountingCost: maybe(t, "cost", line), PaymentTerms: maybe(t, "terms", line),
		Notes: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) en16931.Note {
			return en16931.Note{Code: maybe(t, "code", rapid.StringMatching(`[A-Z]{3}`)), Text: line.Draw(t, "text")}
		}), 0, 2).Draw(t, "notes"),
		Seller: someParty.Draw(t, "seller"), Buyer: someParty.Draw(t, "buyer"), Payee: maybe(t, "payee", someParty),
		TaxRepresentative: maybe(t, "representative", someParty),
		Payments:          rapid.SliceOfN(somePayment, 0, 2).Draw(t, "payments"),
		Allowances:        rapid.SliceOfN(someAllowance, 0, 2).Draw(t, "allowances"),
		Charges:           rapid.SliceOfN(someAllowance, 0, 2).Draw(t, "charges"),
		Totals: en16931.Totals{
			Lines: someAmount.Draw(t, "lines"), WithoutTax: someAmount.Draw(t, "without"), WithTax: someAmount.Draw(t, "with"),
			Tax: someAmount.Draw(t, "tax"), Payable: someAmount.Draw(t, "payable"), Prepaid: maybe(t, "prepaid", someAmount),
			Rounding: maybe(t, "rounding", someAmount),
		},
		Taxes: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) en16931.TaxSubtotal {
			return en16931.TaxSubtotal{Taxable: someAmount.Draw(t, "taxable"), Tax: someAmount.Draw(t, "tax"), VAT: someVAT.Draw(t, "vat")}
		}), 1, 3).Draw(t, "taxes"),
		Lines: rapid.SliceOfN(someLine, 0, 3).Draw(t, "lines"),
	}
	if rapid.Bool().Draw(t, "is a credit note") {
		d.Syntax, d.Kind = en16931.UBLCreditNote, en16931.CreditNote
		// Its due date stands at a means of payment, so it needs one.
		d.Due = 0
		for k := range d.Payments {
			if d.Due.IsZero() {
				d.Due = d.Payments[k].Due
			}
		}
		if len(d.Payments) > 0 && d.Payments[0].Due.IsZero() {
			d.Payments[0].Due = d.Due
		}
	}
	return d
})

func TestAnyDocumentIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := someDocument.Draw(rt, "document")
		b, err := Write(want)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := Read(b)
		if err != nil {
			rt.Fatalf("%v\n%s", err, b)
		}
		if diff := cmp.Diff(want, got, sameTerms); diff != "" {
			rt.Fatalf("differs (-want +got):\n%s\n%s", diff, b)
		}
		again, err := Write(got)
		if err != nil || string(again) != string(b) {
			rt.Fatalf("written again it differs: %v", err)
		}
	})
}

func TestTextThatXMLCannotCarryIsNotWritten(t *testing.T) {
	for _, bad := range []string{"a\x00b", "\x1b", "\xff", "\uffff"} {
		d := sample()
		d.Number = bad
		if b, err := Write(d); err == nil {
			t.Errorf("wrote %q: %s", bad, b)
		}
	}
}

// FuzzRead: whatever the bytes, reading ends with a document or a refusal, takes
// bounded memory, and every rule can judge what was read.
func FuzzRead(f *testing.F) {
	good, err := Write(sample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte(`<CreditNote xmlns="` + en16931.SpaceCreditNote + `"/>`))
	f.Add(utf16Bytes("<a/>", true))
	f.Fuzz(func(t *testing.T, b []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Sniff(b)
		d, err := Read(b)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
			t.Errorf("%d bytes taken for a file of %d", used, len(b))
		}
		if err != nil {
			var refused *ReadError
			if d != nil || !errors.As(err, &refused) || refused.Text == "" {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		en16931.Check(d, en16931.Options{})
		if _, err := Write(d); err != nil {
			t.Logf("cannot be written: %v", err)
		}
	})
}

func TestLargestFilesStayWithinMemory(t *testing.T) {
	head := "<Invoice xmlns=\"" + en16931.SpaceInvoice + "\" xmlns:a=\"" + en16931.SpaceCAC + "\" xmlns:b=\"" + en16931.SpaceCBC + "\">"
	for name, inside := range map[string]string{
		"one long text":   "<b:Note>" + strings.Repeat("å", 9<<20) + "</b:Note>",
		"many elements":   strings.Repeat("<b:ID/>", 240_000),
		"many attributes": strings.Repeat("<b:ID"+manyAttrs(12)+"/>", 16_000),
		"many lines":      strings.Repeat("<a:InvoiceLine/>", 12_000),
		"too many lines":  strings.Repeat("<a:InvoiceLine/>", 200_000),
		"mixed content":   strings.Repeat("<a:Item>"+strings.Repeat("xxxxxxxx<b:ID/>", 1_900)+"</a:Item>", 120),
		"many totals":     strings.Repeat("<a:LegalMonetaryTotal/><a:InvoiceLine/><b:DocumentCurrencyCode/>", 10_000),
		"many rates": strings.Repeat("<a:InvoiceLine/>", 10_000) + strings.Repeat("<a:TaxTotal>"+
			strings.Repeat("<a:TaxSubtotal><a:TaxCategory><b:ID>S</b:ID><b:Percent>25</b:Percent><a:TaxScheme><b:ID>VAT</b:ID></a:TaxScheme></a:TaxCategory></a:TaxSubtotal>", 1_000)+"</a:TaxTotal>", 30),
		"many amounts without currency": strings.Repeat("<a:InvoiceLine><b:LineExtensionAmount>1</b:LineExtensionAmount></a:InvoiceLine>", 12_000),
		"too many children":             "<a:Item>" + strings.Repeat("<b:ID/>", 2_001) + "</a:Item>",
		"only ampersands":               "<b:Note>" + strings.Repeat("&amp;", 3<<20) + "</b:Note>",
		"many unknown":                  strings.Repeat("<x/>", 240_000),
		"very many breaks":              "<b:Note>" + strings.Repeat("<!---->a", 2<<20) + "</b:Note>",
	} {
		t.Run(name, func(t *testing.T) {
			file := []byte(head + inside + "</Invoice>")
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			d, err := Read(file)
			runtime.GC()
			runtime.ReadMemStats(&after)
			held := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) >> 20
			if held > 64 {
				t.Errorf("%d MB held", held)
			}
			start := time.Now()
			if d != nil {
				en16931.Check(d, en16931.Options{})
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("judged in %v", took)
			} else {
				t.Logf("%d MB file: %d MB held, %d MB in all, judged in %v, %v",
					len(file)>>20, held, (after.TotalAlloc-before.TotalAlloc)>>20, took, err)
			}
			runtime.KeepAlive(file)
			runtime.KeepAlive(d)
		})
	}
}

func TestEveryRealFileIsReadOrRefused(t *testing.T) {
	if _, err := os.Stat(suites); err != nil {
		t.Skip("the real files are not beside the repository")
	}
	files := 0
	for _, set := range []string{"en16931", "peppol-bis3", "sfti-bis3-se", "xrechnung", "svefaktura", "iso20022", "email-mime"} {
		err := filepath.WalkDir(filepath.Join(suites, set), func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files++
			kind, _ := Sniff(b)
			d, err := Read(b)
			if (kind == Invoice || kind == CreditNote) != (d != nil) {
				t.Errorf("%s: %v, %v", path, kind, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 1000 {
		t.Errorf("only %d files", files)
	}
}
