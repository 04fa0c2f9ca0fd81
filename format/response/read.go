package response

import (
	"bytes"
	"strings"

	"kontor/format/en16931"
	"kontor/format/envelope"
	"kontor/format/xmlscan"
	"kontor/format/xmltree"
	"kontor/kernel/period"
)

// ReadError says why a file cannot be read.
type ReadError = xmlscan.Error

// sizeMost is the largest file that is read; a response is a few kilobytes.
const sizeMost = 1 << 20

// sniffMost is how much of a file is looked at.
const sniffMost = 16 << 10

// Sniff says from the first bytes whether a file is a response to a document.
func Sniff(b []byte) bool {
	return bytes.Contains(b[:min(len(b), sniffMost)], []byte(Namespace))
}

// Read reads a response, in an envelope or not. The error is a *ReadError.
func Read(b []byte) (*Response, error) {
	root, err := parse(b)
	if err != nil {
		return nil, err
	}
	return fromTree(root), nil
}

func parse(b []byte) (*xmltree.Element, error) {
	c, e, err := envelope.Begin(b, xmlscan.Limits{Bytes: sizeMost})
	if err != nil {
		return nil, err
	}
	if c.Name.Space != Namespace || c.Name.Local != Root {
		return nil, &ReadError{Line: c.Line(), Col: 1, Code: xmlscan.WrongRoot, Text: "Filen är inget svar på en faktura. Be avsändaren skicka rätt fil."}
	}
	root, err := xmltree.Read(c, known)
	if err != nil {
		return nil, err
	}
	if err := e.Rest(c); err != nil {
		return nil, err
	}
	return root, nil
}

func known(space string) bool {
	return space == Namespace || space == en16931.SpaceCAC || space == en16931.SpaceCBC
}

func fromTree(root *xmltree.Element) *Response {
	answer := root.At("DocumentResponse", "Response")
	about := root.At("DocumentResponse", "DocumentReference")
	r := &Response{
		Customization: root.Value("CustomizationID"), Profile: root.Value("ProfileID"), ID: root.Value("ID"), Issued: date(root.Value("IssueDate")),
		Time: root.Value("IssueTime"), Note: root.Value("Note"), Sender: party(root.At("SenderParty")), Receiver: party(root.At("ReceiverParty")),
		Status: Status(answer.Value("ResponseCode")), Effective: date(answer.Value("EffectiveDate")),
		Invoice: about.Value("ID"), InvoiceIssued: date(about.Value("IssueDate")), InvoiceType: about.Value("DocumentTypeCode"),
	}
	for _, s := range answer.All("Status") {
		c := Clarification{List: s.At("StatusReasonCode").Attr("listID"), Code: s.Value("StatusReasonCode"), Text: s.Value("StatusReason")}
		for _, k := range s.All("Condition") {
			c.Conditions = append(c.Conditions, Condition{Term: k.Value("AttributeID"), Value: k.Value("Description")})
		}
		r.Why = append(r.Why, c)
	}
	return r
}

func date(s string) period.Date {
	d, err := period.ParseDate(strings.TrimSpace(s))
	if err != nil {
		return 0
	}
	return d
}

func party(e *xmltree.Element) Party {
	return Party{
		Endpoint: identifier(e.At("EndpointID")), ID: identifier(e.At("PartyIdentification", "ID")), Name: e.Value("PartyLegalEntity", "RegistrationName"),
		Contact: Contact{Name: e.Value("Contact", "Name"), Phone: e.Value("Contact", "Telephone"), Email: e.Value("Contact", "ElectronicMail")},
	}
}

func identifier(e *xmltree.Element) Identifier {
	return Identifier{Scheme: e.Attr("schemeID"), ID: e.Value()}
}
