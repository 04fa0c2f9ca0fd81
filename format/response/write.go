package response

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf8"

	"kontor/format/en16931"
)

// Write gives the response as a file in UTF-8. It does not judge: Check does. The
// error names a text that holds a character which XML cannot carry.
func Write(r *Response) ([]byte, error) {
	w := &writer{}
	w.b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	fmt.Fprintf(&w.b, "<%s xmlns=%q xmlns:cac=%q xmlns:cbc=%q>\n", Root, Namespace, en16931.SpaceCAC, en16931.SpaceCBC)
	w.depth = 1
	w.leaf("CustomizationID", Customization)
	w.leaf("ProfileID", Profile)
	w.leaf("ID", r.ID)
	w.date("IssueDate", r.Issued)
	w.leaf("IssueTime", r.Time)
	w.leaf("Note", r.Note)
	w.party("SenderParty", &r.Sender)
	w.party("ReceiverParty", &r.Receiver)
	w.in("DocumentResponse", func() {
		w.in("Response", func() {
			w.leaf("ResponseCode", string(r.Status))
			w.date("EffectiveDate", r.Effective)
			for k := range r.Why {
				w.clarification(&r.Why[k])
			}
		})
		w.in("DocumentReference", func() {
			w.leaf("ID", r.Invoice)
			w.date("IssueDate", r.InvoiceIssued)
			w.leaf("DocumentTypeCode", r.InvoiceType)
		})
	})
	fmt.Fprintf(&w.b, "</%s>\n", Root)
	return w.b.Bytes(), w.err
}

type writer struct {
	b     bytes.Buffer
	depth int
	err   error
}

func (w *writer) in(name string, inside func()) {
	w.indent()
	w.b.WriteString("<cac:" + name + ">\n")
	w.depth++
	inside()
	w.depth--
	w.indent()
	w.b.WriteString("</cac:" + name + ">\n")
}

func (w *writer) indent() { w.b.WriteString(strings.Repeat("  ", w.depth)) }

// leaf writes an element with text, unless it is empty: Peppol allows no empty
// elements.
func (w *writer) leaf(name, text string, attrs ...string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	w.indent()
	w.b.WriteString("<cbc:" + name)
	for k := 0; k+1 < len(attrs); k += 2 {
		if attrs[k+1] != "" {
			w.b.WriteString(" " + attrs[k] + `="`)
			w.escape(attrs[k+1])
			w.b.WriteByte('"')
		}
	}
	w.b.WriteByte('>')
	w.escape(text)
	w.b.WriteString("</cbc:" + name + ">\n")
}

func (w *writer) escape(s string) {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool {
		return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
	}) {
		w.err = fmt.Errorf("response: a text holds a character that XML cannot carry: %q", s)
		return
	}
	if err := xml.EscapeText(&w.b, []byte(s)); err != nil {
		w.err = err
	}
}

func (w *writer) date(name string, d interface {
	IsZero() bool
	String() string
}) {
	if !d.IsZero() {
		w.leaf(name, d.String())
	}
}

func (w *writer) party(name string, p *Party) {
	w.in(name, func() {
		w.leaf("EndpointID", p.Endpoint.ID, "schemeID", p.Endpoint.Scheme)
		if p.ID.ID != "" {
			w.in("PartyIdentification", func() { w.leaf("ID", p.ID.ID, "schemeID", p.ID.Scheme) })
		}
		if p.Name != "" {
			w.in("PartyLegalEntity", func() { w.leaf("RegistrationName", p.Name) })
		}
		if p.Contact != (Contact{}) {
			w.in("Contact", func() {
				w.leaf("Name", p.Contact.Name)
				w.leaf("Telephone", p.Contact.Phone)
				w.leaf("ElectronicMail", p.Contact.Email)
			})
		}
	})
}

func (w *writer) clarification(c *Clarification) {
	w.in("Status", func() {
		w.leaf("StatusReasonCode", c.Code, "listID", c.List)
		w.leaf("StatusReason", c.Text)
		for _, k := range c.Conditions {
			w.in("Condition", func() {
				w.leaf("AttributeID", k.Term)
				w.leaf("Description", k.Value)
			})
		}
	})
}
