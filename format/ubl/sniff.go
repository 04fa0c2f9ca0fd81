package ubl

import (
	"bytes"

	"kontor/format/en16931"
	"kontor/format/xmlscan"
)

// Kind is what a file is, as far as its first bytes tell.
type Kind uint8

// The kinds that arrive where invoices are received.
const (
	NotXML Kind = iota
	Invoice
	CreditNote
	Svefaktura
	CII
	SBDH           // a StandardBusinessDocument envelope
	ObjectEnvelope // Svefaktura's envelope with attachments
	Other          // XML of another kind
)

var kindWords = [...]string{
	NotXML: "ingen XML-fil", Invoice: "en UBL-faktura", CreditNote: "en UBL-kreditfaktura",
	Svefaktura: "en Svefaktura", CII: "en faktura i CII-format", SBDH: "ett kuvert (SBDH)",
	ObjectEnvelope: "ett kuvert för Svefaktura (ObjectEnvelope)", Other: "en XML-fil av annat slag",
}

var kindCodes = [...]string{
	NotXML: "not-xml", Invoice: "ubl-invoice", CreditNote: "ubl-creditnote", Svefaktura: "svefaktura", CII: "cii",
	SBDH: "sbdh", ObjectEnvelope: "svefaktura-envelope", Other: "xml",
}

// Code is the kind for programs; it never changes.
func (k Kind) Code() string { return kindCodes[k] }

// String is the kind in Swedish words, with its article.
func (k Kind) String() string { return kindWords[k] }

// sniffMost is how much of a file is looked at: generators write long comments
// before the root.
const sniffMost = 16 << 10

// The document elements other than UBL's that are told apart.
const (
	spaceSvefaktura = "urn:sfti:documents:BasicInvoice:1:0"
	spaceEnvelope   = "urn:sfti:documents:ObjectEnvelope:1:0"
	spaceSBDH       = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
	spaceCII        = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
)

// Sniff tells what b is and the name of its document element, from the first
// bytes alone. It does not promise that the rest can be read.
func Sniff(b []byte) (Kind, string) {
	b = b[:min(len(b), sniffMost)]
	s, err := xmlscan.Decode(b)
	if err != nil && len(b) == sniffMost {
		// The cut may have fallen inside a character.
		if k := bytes.LastIndexByte(b, '>'); k > 0 {
			s, err = xmlscan.Decode(b[:k+1])
		}
	}
	if err != nil {
		return NotXML, ""
	}
	c, err := xmlscan.New(s, xmlscan.Limits{})
	if err != nil {
		return NotXML, ""
	}
	if err := c.Element(); err != nil {
		return NotXML, ""
	}
	return KindOf(c.Name), c.Name.Local
}

// KindOf tells what a document element is the beginning of.
func KindOf(n xmlscan.Name) Kind {
	switch n {
	case xmlscan.Name{Space: en16931.SpaceInvoice, Local: "Invoice", Prefix: n.Prefix}:
		return Invoice
	case xmlscan.Name{Space: en16931.SpaceCreditNote, Local: "CreditNote", Prefix: n.Prefix}:
		return CreditNote
	case xmlscan.Name{Space: spaceSvefaktura, Local: "Invoice", Prefix: n.Prefix}:
		return Svefaktura
	case xmlscan.Name{Space: spaceCII, Local: "CrossIndustryInvoice", Prefix: n.Prefix}:
		return CII
	case xmlscan.Name{Space: spaceSBDH, Local: "StandardBusinessDocument", Prefix: n.Prefix}:
		return SBDH
	case xmlscan.Name{Space: spaceEnvelope, Local: "ObjectEnvelope", Prefix: n.Prefix}:
		return ObjectEnvelope
	}
	return Other
}
