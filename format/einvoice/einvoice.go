// Package einvoice opens an e-invoice in whatever format and envelope it came:
// Peppol BIS Billing 3 and other UBL 2.1, CII, Svefaktura 1.0; plain, in an SBDH or
// in several.
//
// # Words
//
// A [Received] is one file that is an invoice: the document by business term, and
// what was written on its envelopes. Its rules are those of its format.
//
// # What always holds
//
// The content decides what a file is, never its name or its envelope. What is no
// invoice is refused in words that say what it is: an order, a catalogue, an
// answer, an older format. Every error is a *ReadError with a Swedish sentence.
//
// # Not here
//
// No formats of its own: each is a package. What the office does with a broken
// rule is process/payables.
package einvoice

import (
	"fmt"
	"slices"
	"strings"

	"kontor/format/cii"
	"kontor/format/en16931"
	"kontor/format/envelope"
	"kontor/format/svefaktura"
	"kontor/format/ubl"
	"kontor/format/xmlscan"
)

// ReadError says why a file cannot be read as an invoice.
type ReadError = xmlscan.Error

// Received is one invoice as it came.
type Received struct {
	Doc     *en16931.Document
	Headers []envelope.Header // of the envelopes, outermost first; nil without

	old *svefaktura.Invoice // when it is a Svefaktura
}

// Read reads one file. The error is a *ReadError.
func Read(b []byte) (*Received, error) {
	c, e, err := envelope.Begin(b, xmlscan.Ordinary)
	if err != nil {
		return nil, err
	}
	r := &Received{}
	switch name := c.Name; {
	case name.Space == svefaktura.Namespace && name.Local == svefaktura.Root:
		if r.old, err = svefaktura.ReadFrom(c); err == nil {
			r.old.Stylesheet = svefaktura.HasStylesheet(c)
		}
	case name.Space == cii.Namespace && name.Local == cii.Root:
		r.Doc, err = cii.ReadFrom(c)
	default:
		if other, known := others[name.Local]; known {
			return nil, &ReadError{Line: c.Line(), Col: 1, Code: xmlscan.WrongRoot, Text: fmt.Sprintf(
				"Det här är %s, inte en faktura. Filen är lagd åt sidan. Be avsändaren skicka fakturan.", other.words)}
		}
		r.Doc, err = ubl.ReadFrom(c)
	}
	if err != nil {
		return nil, err
	}
	if err := e.Rest(c); err != nil {
		return nil, err
	}
	r.Headers = e.Headers
	if r.old != nil {
		r.old.Headers, r.old.Objects = e.Headers, e.Objects
		r.Doc = r.old.Terms()
	} else {
		addObjects(r.Doc, e.Objects)
	}
	return r, nil
}

// Document is Read for whoever only shows the invoice.
func Document(b []byte) (*en16931.Document, error) {
	r, err := Read(b)
	if err != nil {
		return nil, err
	}
	return r.Doc, nil
}

// addObjects gives an invoice of another format the files that travelled beside it.
func addObjects(d *en16931.Document, objects []envelope.Object) {
	for k := range objects {
		o := &objects[k]
		d.Attachments = append(d.Attachments, en16931.Attachment{ID: o.ID, Filename: o.Filename, MIME: o.MIME, Content: o.Content})
	}
}

// others are documents that arrive in the same channels: a code for programs,
// which never changes, and Swedish words.
var others = map[string]struct{ code, words string }{
	"Order":               {"order", "en order"},
	"OrderChange":         {"order-change", "en ändring av en order"},
	"OrderCancellation":   {"order-cancellation", "en annullering av en order"},
	"OrderResponse":       {"order-response", "ett svar på en order"},
	"OrderResponseSimple": {"order-response", "ett svar på en order"},
	"Catalogue":           {"catalogue", "en katalog"},
	"PriceList":           {"price-list", "en prislista"},
	"DespatchAdvice":      {"despatch-advice", "en leveransavisering"},
	"ReceiptAdvice":       {"receipt-advice", "en mottagningskvittens"},
	"ApplicationResponse": {"application-response", "ett svar på en faktura"},
	"Reminder":            {"reminder", "en påminnelse"},
	"Statement":           {"statement", "ett kontoutdrag"},
	"RequestForQuotation": {"request-for-quotation", "en offertförfrågan"},
	"Quotation":           {"quotation", "en offert"},
	"SelfBilledInvoice":   {"self-billed-invoice", "en självfaktura"},
	"AttachedDocument":    {"attached-document", "ett dokument med bilaga"},
	"ObjectEnvelope":      {"svefaktura-envelope", "ett kuvert med bara bilagor"},
}

// KindOf names what a file is for programs, envelopes peeled off, whether it can
// be read or not: "ubl-invoice", "svefaktura", "order", "xml", "not-xml".
func KindOf(b []byte) string {
	kind, _ := ubl.Sniff(b)
	if kind != ubl.SBDH && kind != ubl.Other {
		return kind.Code()
	}
	c, _, err := envelope.Begin(b, xmlscan.Ordinary)
	if err != nil {
		return kind.Code()
	}
	if other, known := others[c.Name.Local]; known {
		return other.code
	}
	return ubl.KindOf(c.Name).Code()
}

// outdated is in the customization of the Swedish and European invoices before
// EN 16931: Svefaktura 2 and Peppol BIS 4A and 5A.
const outdated = "cenbii.eu"

// Outdated says in Swedish that the invoice is of a format that is no longer
// received; "" if it is not. Its rules are unknown here, so nobody can say
// whether it is right.
func (r *Received) Outdated() string {
	if !strings.Contains(r.Doc.Customization, outdated) {
		return ""
	}
	return "Det här är en faktura i ett äldre format (Svefaktura 2 eller Peppol BIS 4A/5A) som inte längre tas emot. " +
		"Be leverantören skicka den som Peppol BIS Billing 3."
}

// Kind names the format for programs; it never changes.
func (r *Received) Kind() string {
	switch r.Doc.Syntax {
	case en16931.Svefaktura:
		return ubl.Svefaktura.Code()
	case en16931.CII:
		return ubl.CII.Code()
	case en16931.UBLCreditNote:
		return ubl.CreditNote.Code()
	}
	return ubl.Invoice.Code()
}

// schemas are the ids of what breaches a format's schema, which has no official
// one, and whose schema it is.
var schemas = map[string]string{en16931.SchemaRule: "UBL:s", svefakturaSchema: "Svefakturas"}

const svefakturaSchema = "SVEFAKTURA-XSD"

// SchemaOf says in Swedish whose schema a rule is about; "" for the others.
func SchemaOf(rule string) string { return schemas[rule] }

// HasRule says whether some format's rules have one with that id.
func HasRule(id string) bool {
	_, known := en16931.Find(id)
	return known || SchemaOf(id) != "" || slices.ContainsFunc(svefaktura.Rules, func(r svefaktura.Rule) bool { return r.ID == id })
}

// Check judges the invoice by the rules of its format: EN 16931 and Peppol BIS
// Billing 3, or SFTI's. What SFTI only informs of is left out. Named rules are
// judged alone.
func (r *Received) Check(o en16931.Options) []en16931.Violation {
	wants := func(rule string) bool { return len(o.Rules) == 0 || slices.Contains(o.Rules, rule) }
	if r.old == nil {
		out := en16931.Check(r.Doc, o)
		if wants(en16931.SchemaRule) {
			out = append(out, r.Doc.Faults()...)
		}
		return out
	}
	var out []en16931.Violation
	if wants(svefakturaSchema) {
		for _, f := range r.old.Faults() {
			out = append(out, en16931.Violation{Rule: svefakturaSchema, Fatal: true, Text: f.Text, Where: f.Where, Line: f.Line})
		}
	}
	for _, x := range r.old.Check() {
		if x.Severity != svefaktura.Information && wants(x.Rule) {
			out = append(out, en16931.Violation{Rule: x.Rule, Fatal: x.Severity == svefaktura.Fatal, Text: x.Text, Where: x.Where, Line: x.Line})
		}
	}
	return out
}
