package svefaktura

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"kontor/format/en16931"
	"kontor/format/xmlscan"
)

func fixture(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/invoice.xml")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func change(t testing.TB, pairs ...string) []byte {
	t.Helper()
	b := fixture(t)
	for k := 0; k < len(pairs); k += 2 {
		if !bytes.Contains(b, []byte(pairs[k])) {
			t.Fatalf("the fixture has no %q", pairs[k])
		}
		b = bytes.ReplaceAll(b, []byte(pairs[k]), []byte(pairs[k+1]))
	}
	return b
}

func read(t testing.TB, b []byte) *Invoice {
	t.Helper()
	v, err := Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// trap 48: ISO-8859-1 decoded as UTF-8 → the declared encoding is read.
func TestTermsOfASvefaktura(t *testing.T) {
	v := read(t, fixture(t))
	if found, faults := v.Check(), v.Faults(); len(found)+len(faults) > 0 {
		t.Fatalf("%+v %+v", found, faults)
	}
	d := v.Terms()
	for what, c := range map[string][2]string{
		"number":       {d.Number, "S-1001"},
		"seller":       {d.Seller.LegalName, "Östra Städ AB"},
		"seller's no":  {d.Seller.LegalID.Scheme + d.Seller.LegalID.ID, "00075599990016"},
		"seller's VAT": {d.Seller.VATID, "SE559999001601"},
		"F-tax":        {d.Seller.TaxID, "Godkänd för F-skatt"},
		"contact":      {d.Seller.Contact.Name, "Åsa"},
		"buyer's GLN":  {d.Buyer.Endpoint.Scheme + d.Buyer.Endpoint.ID, "00887365560000009"},
		"reference":    {d.BuyerReference, "REF007"},
		"order":        {d.OrderReference, "O-9"},
		"contract":     {d.ContractReference, "AVT-77"},
		"object":       {d.ObjectReference.ID, "ANL-5"},
		"due":          {d.Due.String(), "2014-04-02"},
		"account":      {d.Payments[0].Branch + d.Payments[0].Account, "SE:BANKGIRO9912346"},
		"OCR":          {d.Payments[0].RemittanceID, "10018"},
		"note":         {d.Notes[0].Text, "Blås och brännbart"},
		"charge":       {d.Charges[0].Reason + d.Totals.Charges.Value.String(), "Frakt100.00"},
		"allowance":    {d.Lines[1].Allowances[0].Amount.Text, "20.00"},
		"net":          {d.Totals.WithoutTax.Text, "1000.40"},
		"tax":          {d.Totals.Tax.Value.String(), "250.10"},
		"rounding":     {d.Totals.Rounding.Value.String(), "0.50"},
		"with tax":     {d.Totals.WithTax.Value.String(), "1250.50"},
		"payable":      {d.Totals.Payable.Text, "1251.00"},
		"attachment":   {d.Attachments[0].Filename + string(d.Attachments[0].Content), "bilaga.pdf%PDF-1.5\r\n"},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: %q, want %q", what, c[0], c[1])
		}
	}
	if len(d.Attachments) != 1 || len(d.Lines) != 2 || d.Kind != en16931.Invoice {
		t.Errorf("%d attachments, %d lines, kind %d", len(d.Attachments), len(d.Lines), d.Kind)
	}
}

// trap 46: the sign is by document type and amounts. A credit note may be written
// with positive or negative amounts, and is the same credit note.
func TestCreditNotesHavePositiveAmountsHoweverWritten(t *testing.T) {
	positive := change(t, "<InvoiceTypeCode>380", "<InvoiceTypeCode>381")
	negative := positive
	for _, amount := range []string{"250.10", "1000.40", "900.40", "1251.00", "0.50", "800.40", ">100.00", "20.00"} {
		digits := strings.TrimPrefix(amount, ">")
		negative = bytes.ReplaceAll(negative, []byte(">"+digits+"<"), []byte(">-"+digits+"<"))
	}
	want := read(t, positive).Terms()
	got := read(t, negative).Terms()
	if want.Kind != en16931.CreditNote || got.Kind != en16931.CreditNote {
		t.Fatal("not credit notes")
	}
	for what, c := range map[string][2]en16931.Amount{
		"payable": {want.Totals.Payable, got.Totals.Payable}, "tax": {want.Totals.Tax, got.Totals.Tax},
		"net": {want.Totals.WithoutTax, got.Totals.WithoutTax}, "with tax": {want.Totals.WithTax, got.Totals.WithTax},
		"rounding": {want.Totals.Rounding, got.Totals.Rounding}, "line": {want.Lines[0].Net, got.Lines[0].Net},
		"charges": {want.Totals.Charges, got.Totals.Charges},
	} {
		if c[0].Value.Cmp(c[1].Value) != 0 || !c[1].Value.IsPos() {
			t.Errorf("%s: %s as positive, %s as negative", what, c[0].Value, c[1].Value)
		}
	}
	invoice := read(t, bytes.ReplaceAll(negative, []byte(">381<"), []byte(">380<"))).Terms()
	if !invoice.Totals.Payable.Value.IsNeg() {
		t.Error("a negative invoice is not negative")
	}
}

func TestBlanksAroundCodesAreTolerated(t *testing.T) {
	v := read(t, change(t, "<InvoiceCurrencyCode>SEK", "<InvoiceCurrencyCode>SEK      ", "<InvoiceTypeCode>380", "<InvoiceTypeCode> 380 "))
	if d := v.Terms(); d.Currency != "SEK" || d.TypeCode != "380" {
		t.Errorf("%q %q", d.Currency, d.TypeCode)
	}
	if found := v.Check(); !slices.ContainsFunc(found, func(x Violation) bool { return x.Rule == "R-100" }) {
		t.Error("the rules compare the file as written")
	}
}

func TestWhatDeniesFTaxIsNoApproval(t *testing.T) {
	for said, want := range map[string]string{
		"F-skattebevis finns": "Godkänd för F-skatt", "Innehar F-skattsedel": "Godkänd för F-skatt", "GODKÄND FÖR F-SKATT": "Godkänd för F-skatt",
		"Saknar F-skattebevis": "Saknar F-skattebevis", "Ej godkänd för F-skatt": "Ej godkänd för F-skatt", "A-skatt": "A-skatt", "": "",
	} {
		if got := approval(said); got != want {
			t.Errorf("%q is read as %q", said, got)
		}
	}
}

// What each rule lets pass in the fixture it finds when the fixture is changed.
func TestRulesFindWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ rule, from, to string }{
		{"R-1", "<LineItemCountNumeric>2</LineItemCountNumeric>", ""},
		{"R-27", "Numeric>2<", "Numeric>3<"},
		{"R-29", "Numeric>2<", "Numeric>0<"},
		{"R-22", "TypeCode>380<", "TypeCode>383<"},
		{"R-2", "TypeCode>380<", "TypeCode>381<"},
		{"R-79", "REF007", "  "},
		{"R-47", "<cac:PaymentMeans>", "<cac:Delivery><cbc:ActualDeliveryDateTime>2014-03-04T00:00:00</cbc:ActualDeliveryDateTime></cac:Delivery><cac:PaymentMeans>"},
		{"R-8", ">12345<", ">123 45<"},
		{"R-9", "0101234567", "010-123 45 67"},
		{"R-36", "2120009994</cac", "212000-9994</cac"},
		{"R-45", ">5599990016</cac", ">559999-0016</cac"},
		{"R-46", "<cac:ID>SWT</cac:ID></cac:TaxScheme>\n        </cac", "<cac:ID>ORG</cac:ID></cac:TaxScheme>\n        </cac"},
		{"R-44", "<cac:CompanyID>5599990016", "<cbc:RegistrationName>\xd6stra St\xe4d AB</cbc:RegistrationName><cac:CompanyID>5599990016"},
		{"R-88", "<cac:PartyTaxScheme><cac:CompanyID>SE559999001601</cac:CompanyID><cac:TaxScheme><cac:ID>VAT</cac:ID></cac:TaxScheme></cac:PartyTaxScheme>", ""},
		{"R-48", "TypeCode>1<", "TypeCode>30<"},
		{"R-49", "2014-04-02", "2014-03-02"},
		{"R-50", "9912346", "991-2346"},
		{"R-51", "<cac:ID>9912346</cac:ID>", ""},
		{"R-101", "<cac:FinancialInstitutionBranch><cac:FinancialInstitution><cac:ID>BGABSESS</cac:ID></cac:FinancialInstitution></cac:FinancialInstitutionBranch>", ""},
		{"R-57", ">ZZZ<", ">AA<"},
		{"R-11", ">12.00<", ">13.00<"},
		{"R-20", ">400.20<", ">400.60<"},
		{"R-78", "cbc:BaseQuantity quantityUnitCode=\"C62\"", "cbc:BaseQuantity quantityUnitCode=\"KGM\""},
		{"R-102", "<cbc:Description>St\xe4dning</cbc:Description>", ""},
		{"R-73", "<cbc:ChargeIndicator>false", "<cbc:ChargeIndicator>0"},
		{"R-74", ">20.00<", ">-20.00<"},
		{"R-77", "<cac:ID>S</cac:ID><cbc:Percent>25.00", "<cac:ID>E</cac:ID><cbc:Percent>25.00"},
		{"R-90", "<cac:ID>S</cac:ID><cbc:Percent>25.00", "<cac:ID>E</cac:ID><cbc:Percent>0"},
		{"R-7", "<cbc:Percent>25.00", "<cbc:Percent>24"},
		{"R-106", "<cbc:Percent>25.00", "<cbc:Percent>12"},
		{"R-100", "InvoiceCurrencyCode>SEK", "InvoiceCurrencyCode>EUR"},
		{"R-5", "</InvoiceCurrencyCode>", "</InvoiceCurrencyCode><TaxCurrencyCode>SEK</TaxCurrencyCode>"},
		{"R-23", "</InvoiceCurrencyCode>", "</InvoiceCurrencyCode><TaxCurrencyCode>EUR</TaxCurrencyCode>"},
		{"R-67", "TotalTaxAmount amountCurrencyID=\"SEK\">250.10", "TotalTaxAmount amountCurrencyID=\"SEK\">251.10"},
		{"R-4", ">1000.40<", ">1003.40<"},
		{"R-10", "TaxableAmount amountCurrencyID=\"SEK\">1000.40", "TaxableAmount amountCurrencyID=\"SEK\">1001.40"},
		{"R-69", ">900.40<", ">901.40<"},
		{"R-70", "TaxExclusiveTotalAmount amountCurrencyID=\"SEK\">1000.40", "TaxExclusiveTotalAmount amountCurrencyID=\"SEK\">1001.40"},
		{"R-71", ">1251.00<", ">1252.00<"},
		{"R-92", ">1251.00<", ">1251.01<"},
		{"R-86", "identificationSchemeID=\"CT\" identificationSchemeAgencyName=\"SFTI\"", "identificationSchemeID=\"CT\""},
		{"R-83", "<StandardBusinessDocument ", "<?xml-stylesheet href=\"a.xsl\"?><StandardBusinessDocument "},
	} {
		t.Run(c.rule, func(t *testing.T) {
			var got []string
			for _, x := range read(t, change(t, c.from, c.to)).Check() {
				got = append(got, x.Rule)
				if x.Text == "" || x.Where == "" || x.Line == 0 {
					t.Errorf("%+v", x)
				}
			}
			if !slices.Contains(got, c.rule) {
				t.Errorf("found %v", got)
			}
		})
	}
}

func TestTheSchemaIsHeld(t *testing.T) {
	for name, c := range map[string]struct{ from, to, says string }{
		"a party is missing":            {"BuyerParty", "Buyer", "BuyerParty saknas"},
		"an element in the wrong place": {"<cbc:IssueDate>2014-03-03</cbc:IssueDate>\n    <InvoiceTypeCode>380</InvoiceTypeCode>", "<InvoiceTypeCode>380</InvoiceTypeCode><cbc:IssueDate>2014-03-03</cbc:IssueDate>", "IssueDate saknas"},
		"a date that is none":           {"2014-04-02", "2014-4-2", "ett datum"},
		"a currency with blanks":        {"InvoiceCurrencyCode>SEK", "InvoiceCurrencyCode>SEK ", "valutakod"},
		"an amount without a currency":  {"<cac:RoundOffAmount amountCurrencyID=\"SEK\">", "<cac:RoundOffAmount>", "saknar valuta"},
	} {
		t.Run(name, func(t *testing.T) {
			faults := read(t, change(t, c.from, c.to)).Faults()
			if len(faults) == 0 || !strings.Contains(faults[0].Text, c.says) || faults[0].Line == 0 {
				t.Errorf("%+v", faults)
			}
		})
	}
}

func TestEveryRuleIsExplained(t *testing.T) {
	for _, r := range Rules {
		if r.Text == "" || !strings.HasSuffix(r.Swedish, ".") || r.Swedish == r.Text || strings.ContainsAny(r.Swedish, "/<>=") {
			t.Errorf("%s: %q", r.ID, r.Swedish)
		}
	}
}

// FuzzRead: whatever the bytes, reading ends with an invoice or a refusal, and
// rules and terms can be made of what was read.
func FuzzRead(f *testing.F) {
	f.Add(fixture(f))
	f.Add([]byte(`<Invoice xmlns="` + Namespace + `"><LegalTotal/></Invoice>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := Read(b)
		if err != nil {
			var refused *xmlscan.Error
			if v != nil || !errors.As(err, &refused) || refused.Text == "" {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		v.Check()
		v.Faults()
		en16931.Check(v.Terms(), en16931.Options{})
	})
}
