package demo

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"kontor/format/en16931"
	"kontor/format/envelope"
	"kontor/format/svefaktura"
)

// oldTrade is the trade whose companies still send Svefaktura 1.0.
const oldTrade = "taxi"

// old says whether the paper is sent as a Svefaktura: an ordinary invoice or
// credit note of a company that never changed.
func (p *paper) old() bool {
	return p.seller.Trade == oldTrade && !p.modern && p.skew == skew{} && p.currency == "" && !p.reverse && p.ref != ""
}

// oldFile is a document as a Svefaktura 1.0 in an envelope, in ISO-8859-1 as most
// of them are.
func oldFile(d *en16931.Document) []byte {
	w := &oldWriter{d: d}
	fmt.Fprintf(&w.b, `<?xml version="1.0" encoding="ISO-8859-1"?>
<StandardBusinessDocument xmlns=%q><StandardBusinessDocumentHeader><HeaderVersion>1.0</HeaderVersion>`, envelope.SpaceSBDH)
	w.f(`<Sender><Identifier Authority="iso6523-actorid-upis">0007:%s</Identifier></Sender>`, d.Seller.LegalID.ID)
	w.f(`<Receiver><Identifier Authority="iso6523-actorid-upis">0007:%s</Identifier></Receiver>`, d.Buyer.LegalID.ID)
	w.f(`<DocumentIdentification><Standard>%s</Standard><TypeVersion>1.0</TypeVersion><InstanceIdentifier>%s</InstanceIdentifier><Type>Invoice</Type><CreationDateAndTime>%sT06:00:00Z</CreationDateAndTime></DocumentIdentification></StandardBusinessDocumentHeader>`,
		svefaktura.Namespace, d.Number, d.Issued)
	w.f("\n"+`<Invoice xmlns="%s" xmlns:cac="urn:sfti:CommonAggregateComponents:1:0" xmlns:cbc="urn:oasis:names:tc:ubl:CommonBasicComponents:1:0">`, svefaktura.Namespace)
	w.invoice()
	w.f("</Invoice>\n")
	if len(d.Attachments) > 0 {
		w.f(`<ObjectEnvelope xmlns="%s"><CreationDateTime>%sT06:00:00</CreationDateTime>`, envelope.SpaceEnvelope, d.Issued)
		for _, a := range d.Attachments {
			w.f(`<EncodedObject><ObjectID>%s</ObjectID><EncodedData format="BASE64" mimeCode="%s" filename="%s">%s</EncodedData></EncodedObject>`,
				a.ID, a.MIME, a.Filename, base64.StdEncoding.EncodeToString(a.Content))
		}
		w.f("</ObjectEnvelope>\n")
	}
	w.f("</StandardBusinessDocument>\n")
	b, err := charmap.ISO8859_1.NewEncoder().Bytes(w.b.Bytes())
	if err != nil {
		panic("demo: " + err.Error())
	}
	return b
}

type oldWriter struct {
	b bytes.Buffer
	d *en16931.Document
}

// f writes formatted XML; the values are escaped.
func (w *oldWriter) f(format string, values ...any) {
	for k, v := range values {
		var escaped strings.Builder
		if err := xml.EscapeText(&escaped, []byte(fmt.Sprint(v))); err != nil {
			panic("demo: " + err.Error())
		}
		values[k] = escaped.String() // so that every verb is %s
	}
	fmt.Fprintf(&w.b, format, values...)
}

func (w *oldWriter) invoice() {
	d := w.d
	w.f("\n<ID>%s</ID><cbc:IssueDate>%s</cbc:IssueDate><InvoiceTypeCode>%s</InvoiceTypeCode>", d.Number, d.Issued, d.TypeCode)
	for _, n := range d.Notes[:min(1, len(d.Notes))] {
		w.f("<cbc:Note>%s</cbc:Note>", n.Text)
	}
	w.f("<InvoiceCurrencyCode>%s</InvoiceCurrencyCode><LineItemCountNumeric>%s</LineItemCountNumeric>\n", d.Currency, strconv.Itoa(len(d.Lines)))
	for _, a := range d.Attachments {
		w.f(`<AdditionalDocumentReference><cac:ID identificationSchemeID="ATS" identificationSchemeAgencyName="SFTI">urn:sfti:documents:object:%s</cac:ID></AdditionalDocumentReference>`, a.ID)
	}
	w.party("Buyer", &d.Buyer)
	w.party("Seller", &d.Seller)
	for _, m := range d.Payments {
		w.payment(&m)
	}
	w.f("<cac:PaymentTerms><cbc:Note>%s</cbc:Note></cac:PaymentTerms>\n", d.PaymentTerms)
	w.f(`<cac:TaxTotal><cbc:TotalTaxAmount amountCurrencyID="SEK">%s</cbc:TotalTaxAmount>`, d.Totals.Tax.Value)
	for _, t := range d.Taxes {
		w.f(`<cac:TaxSubTotal><cbc:TaxableAmount amountCurrencyID="SEK">%s</cbc:TaxableAmount><cbc:TaxAmount amountCurrencyID="SEK">%s</cbc:TaxAmount>`, t.Taxable.Value, t.Tax.Value)
		w.category(&t.VAT)
		w.f("</cac:TaxSubTotal>")
	}
	w.f("</cac:TaxTotal>\n")
	w.f(`<cac:LegalTotal><cbc:LineExtensionTotalAmount amountCurrencyID="SEK">%s</cbc:LineExtensionTotalAmount><cbc:TaxExclusiveTotalAmount amountCurrencyID="SEK">%s</cbc:TaxExclusiveTotalAmount><cbc:TaxInclusiveTotalAmount amountCurrencyID="SEK">%s</cbc:TaxInclusiveTotalAmount>`,
		d.Totals.Lines.Value, d.Totals.WithoutTax.Value, d.Totals.Payable.Value)
	if d.Totals.Rounding.Present {
		w.f(`<cac:RoundOffAmount amountCurrencyID="SEK">%s</cac:RoundOffAmount>`, d.Totals.Rounding.Value)
	}
	w.f("</cac:LegalTotal>\n")
	for k := range d.Lines {
		w.line(&d.Lines[k])
	}
	w.f("<RequisitionistDocumentReference><cac:ID>%s</cac:ID></RequisitionistDocumentReference>", d.BuyerReference)
	for _, r := range d.Preceding {
		w.f("<InitialInvoiceDocumentReference><cac:ID>%s</cac:ID></InitialInvoiceDocumentReference>", r.Number)
	}
}

func (w *oldWriter) party(role string, p *en16931.Party) {
	w.f("<cac:%sParty><cac:Party>", role)
	if role == "Buyer" && len(p.IDs) > 0 {
		w.f("<cac:PartyIdentification><cac:ID>%s</cac:ID></cac:PartyIdentification>", p.IDs[0].ID)
	}
	w.f("<cac:PartyName><cbc:Name>%s</cbc:Name></cac:PartyName><cac:Address><cbc:StreetName>%s</cbc:StreetName><cbc:CityName>%s</cbc:CityName><cbc:PostalZone>%s</cbc:PostalZone><cac:Country><cac:IdentificationCode>SE</cac:IdentificationCode></cac:Country></cac:Address>",
		p.Name, strings.Join(p.Address.Lines, ", "), p.Address.City, strings.ReplaceAll(p.Address.PostalCode, " ", ""))
	w.f("<cac:PartyTaxScheme><cac:CompanyID>%s</cac:CompanyID>", p.LegalID.ID)
	if p.TaxID != "" {
		w.f("<cbc:ExemptionReason>F-skattebevis finns</cbc:ExemptionReason>")
	}
	w.f("<cac:TaxScheme><cac:ID>SWT</cac:ID></cac:TaxScheme></cac:PartyTaxScheme>")
	if p.VATID != "" {
		w.f("<cac:PartyTaxScheme><cac:CompanyID>%s</cac:CompanyID><cac:TaxScheme><cac:ID>VAT</cac:ID></cac:TaxScheme></cac:PartyTaxScheme>", p.VATID)
	}
	w.f("</cac:Party>")
	if role == "Seller" {
		w.f("<cac:AccountsContact><cbc:Name>%s</cbc:Name><cbc:ElectronicMail>%s</cbc:ElectronicMail></cac:AccountsContact>", p.Contact.Name, p.Contact.Email)
	}
	w.f("</cac:%sParty>\n", role)
}

func (w *oldWriter) payment(m *en16931.PaymentMeans) {
	bank := "BGABSESS"
	if m.Branch == "SE:PLUSGIRO" {
		bank = "PGSISESS"
	}
	w.f("<cac:PaymentMeans><cac:PaymentMeansTypeCode>1</cac:PaymentMeansTypeCode><cbc:DuePaymentDate>%s</cbc:DuePaymentDate><cac:PayeeFinancialAccount><cac:ID>%s</cac:ID><cac:FinancialInstitutionBranch><cac:FinancialInstitution><cac:ID>%s</cac:ID></cac:FinancialInstitution></cac:FinancialInstitutionBranch><cac:PaymentInstructionID>%s</cac:PaymentInstructionID></cac:PayeeFinancialAccount></cac:PaymentMeans>\n",
		w.d.Due, m.Account, bank, m.RemittanceID)
}

func (w *oldWriter) category(v *en16931.VAT) {
	w.f("<cac:TaxCategory><cac:ID>%s</cac:ID><cbc:Percent>%s</cbc:Percent>", v.Category, v.Rate.Value)
	if v.Reason != "" {
		w.f("<cbc:ExemptionReason>%s</cbc:ExemptionReason>", v.Reason)
	}
	w.f("<cac:TaxScheme><cac:ID>VAT</cac:ID></cac:TaxScheme></cac:TaxCategory>")
}

func (w *oldWriter) line(l *en16931.Line) {
	w.f(`<cac:InvoiceLine><cac:ID>%s</cac:ID><cbc:InvoicedQuantity quantityUnitCode="%s">%s</cbc:InvoicedQuantity><cbc:LineExtensionAmount amountCurrencyID="SEK">%s</cbc:LineExtensionAmount>`,
		l.ID, l.Unit, l.Quantity.Value, l.Net.Value)
	if w.d.OrderReference != "" {
		w.f("<cac:OrderLineReference><cac:OrderReference><cac:BuyersID>%s</cac:BuyersID></cac:OrderReference></cac:OrderLineReference>", w.d.OrderReference)
	}
	w.f("<cac:Item><cbc:Description>%s</cbc:Description>", l.Item.Name)
	w.category(&l.VAT)
	w.f(`<cac:BasePrice><cbc:PriceAmount amountCurrencyID="SEK">%s</cbc:PriceAmount></cac:BasePrice></cac:Item></cac:InvoiceLine>`+"\n", l.Price.Value)
}
