// Package envelope opens what an e-invoice came in: the standard business
// document header (SBDH) of UN/CEFACT or SFTI, also one inside another, and
// Svefaktura's ObjectEnvelope with attachments beside the invoice.
//
// # Words
//
// A [Header] is what is written on an envelope. The content is the one document
// inside; objects are the files that travel beside it.
//
// # What always holds
//
// A file without an envelope is its own content. There is exactly one content:
// an empty envelope, or one with two documents, is refused, so that nothing is
// half imported. What is written on the envelope never decides what is read.
//
// # Not here
//
// No reading of the content: the scanner is handed on, standing at its start.
package envelope

import (
	"encoding/base64"
	"fmt"
	"strings"

	"kontor/format/xmlscan"
	"kontor/format/xmltree"
)

// The namespaces of envelopes.
const (
	SpaceSBDH     = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
	SpaceSFTI     = "urn:sfti:documents:StandardBusinessDocumentHeader"
	SpaceEnvelope = "urn:sfti:documents:ObjectEnvelope:1:0"
)

// depthMost is how many envelopes may be inside each other; two are seen.
const depthMost = 4

// objectsMost bounds the attachments of one file.
const objectsMost = 1000

// Header is what is written on one envelope.
type Header struct {
	Sender, Receiver string // as written, with the authority's prefix: "0007:2120009994"
	Standard, Type   string
	Instance         string // the sender's id of this sending
	Created          string // as written
	Scopes           map[string]string
}

// Object is a file that travels beside the document.
type Object struct {
	ID, Filename, MIME string
	Content            []byte // nil if it was not base64
}

// Envelope is what was around a document.
type Envelope struct {
	Headers []Header // outermost first
	Objects []Object
}

// Open moves the scanner, fresh from the beginning of a file, to the start of
// the content. The error is a *xmlscan.Error.
func Open(c *xmlscan.Scanner) (*Envelope, error) {
	e := &Envelope{}
	if err := c.Element(); err != nil {
		return nil, err
	}
	for depth := 0; isOuter(c.Name); depth++ {
		if depth == depthMost {
			return nil, refuse(c, "Filen är ett kuvert i kuvert i fler led än vad som öppnas. Be avsändaren skicka fakturan utan kuvert.")
		}
		if err := e.next(c); err != nil {
			return nil, err
		}
	}
	if c.Name.Local == "" {
		return nil, refuse(c, "Kuvertet är tomt: det finns ingen faktura i det. Be avsändaren skicka filen igen.")
	}
	return e, nil
}

// Begin opens a file, its envelopes too: the scanner stands at the start of the
// content. The error is a *xmlscan.Error.
func Begin(b []byte, l xmlscan.Limits) (*xmlscan.Scanner, *Envelope, error) {
	c, err := xmlscan.Open(b, l)
	if err != nil {
		return nil, nil, err
	}
	e, err := Open(c)
	return c, e, err
}

// Rest reads what comes after the content: attachments, and nothing else.
func (e *Envelope) Rest(c *xmlscan.Scanner) error {
	if err := e.next(c); err != nil {
		return err
	}
	if c.Name.Local != "" {
		return refuse(c, fmt.Sprintf("Kuvertet innehåller mer än ett dokument (”%s”). Be avsändaren skicka ett i varje fil.", xmlscan.Clip(c.Name.Local)))
	}
	return nil
}

// next reads headers and objects until something else begins.
func (e *Envelope) next(c *xmlscan.Scanner) error {
	for {
		if err := c.Element(); err != nil {
			return err
		}
		switch {
		case c.Name.Local == "StandardBusinessDocumentHeader" && isHeaderSpace(c.Name.Space):
			h, err := xmltree.Read(c, isHeaderSpace)
			if err != nil {
				return err
			}
			e.Headers = append(e.Headers, header(h))
		case c.Name.Local == "ObjectEnvelope" && c.Name.Space == SpaceEnvelope:
			o, err := xmltree.Read(c, func(s string) bool { return s == SpaceEnvelope })
			if err != nil {
				return err
			}
			if err := e.objects(c, o); err != nil {
				return err
			}
		default:
			return nil
		}
	}
}

// isOuter says whether an element is an envelope around others.
func isOuter(n xmlscan.Name) bool {
	return n.Local == "StandardBusinessDocument" && isHeaderSpace(n.Space)
}

func isHeaderSpace(s string) bool { return s == SpaceSBDH || s == SpaceSFTI }

func header(h *xmltree.Element) Header {
	d := h.At("DocumentIdentification")
	out := Header{
		Sender: h.Value("Sender", "Identifier"), Receiver: h.Value("Receiver", "Identifier"),
		Standard: d.Value("Standard"), Type: d.Value("Type"), Instance: d.Value("InstanceIdentifier"), Created: d.Value("CreationDateAndTime"),
	}
	for _, s := range h.All("BusinessScope", "Scope") {
		if out.Scopes == nil {
			out.Scopes = map[string]string{}
		}
		out.Scopes[s.Value("Type")] = s.Value("InstanceIdentifier")
	}
	return out
}

func (e *Envelope) objects(c *xmlscan.Scanner, env *xmltree.Element) error {
	for _, o := range env.All("EncodedObject") {
		if len(e.Objects) == objectsMost {
			return refuse(c, fmt.Sprintf("Kuvertet har fler bilagor än de %d som tas emot. Be avsändaren dela upp dem.", objectsMost))
		}
		data := o.At("EncodedData")
		e.Objects = append(e.Objects, Object{
			ID: o.Value("ObjectID"), Filename: data.Attr("filename"), MIME: data.Attr("mimeCode"), Content: decode(data.Raw()),
		})
	}
	return nil
}

// decode gives nil for what is not base64. Lines may end in any way.
func decode(s string) []byte {
	s = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\r' || r == '\n' {
			return -1
		}
		return r
	}, s)
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(b) == 0 {
		return nil
	}
	return b
}

func refuse(c *xmlscan.Scanner, text string) *xmlscan.Error {
	return &xmlscan.Error{Line: c.Line(), Col: 1, Code: xmlscan.WrongRoot, Text: text}
}
