package cii

import (
	"strings"

	"kontor/format/en16931"
	"kontor/format/xmlscan"
)

// ReadError says why a file cannot be read as an invoice.
type ReadError = xmlscan.Error

// Namespace and Root are the document element of CII.
const (
	Namespace = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
	Root      = "CrossIndustryInvoice"
)

const (
	spaceRAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
	spaceUDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
	spaceQDT = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
)

// limits are the ordinary ones, but all lines stand inside one element.
var limits = xmlscan.Limits{Children: 40_000}

// linesMost bounds the memory of the business terms.
const linesMost = 12_000

// Read reads a CII invoice. The error is a *ReadError.
func Read(b []byte) (*en16931.Document, error) {
	s, err := decode(b)
	if err != nil {
		return nil, err
	}
	root, err := parse(s)
	if err != nil {
		return nil, err
	}
	t := convert(root)
	if t.Cost() > linesMost*2000 {
		return nil, &ReadError{
			Code: xmlscan.TooMany,
			Text: "Fakturan har fler rader och uppgifter än vad som läses i en fil. Be leverantören dela upp den på flera fakturor.",
		}
	}
	return en16931.FromTree(t), nil
}

func decode(b []byte) (string, error) {
	if len(b) > xmlscan.Ordinary.Bytes {
		return "", xmlscan.TooLargeError(len(b), xmlscan.Ordinary.Bytes)
	}
	return xmlscan.Decode(b)
}

// element is one element of CII; those of other namespaces are left out. A nil
// element is one that is not there: asking it for anything gives nothing.
type element struct {
	name     string
	text     string
	line     int
	attrs    []xmlscan.Attr
	children []*element
}

func parse(s string) (*element, error) {
	c, err := xmlscan.New(s, limits)
	if err != nil {
		return nil, err
	}
	var open []*element
	var root *element
	pieces := []string(nil)
	for {
		kind, err := c.Next()
		if err != nil {
			return nil, err
		}
		switch kind {
		case xmlscan.Start:
			e := &element{name: nameOf(c.Name), line: c.Line()}
			if len(c.Attrs) > 0 {
				e.attrs = append([]xmlscan.Attr(nil), c.Attrs...)
			}
			if len(open) == 0 {
				if c.Name.Space != Namespace || c.Name.Local != Root {
					return nil, &ReadError{
						Line: e.line, Col: 1, Code: xmlscan.WrongRoot,
						Text: "Filen är XML men ingen faktura i CII-format. Be leverantören om en faktura enligt Peppol BIS Billing 3.",
					}
				}
				root = e
			} else if e.name != "" {
				top := open[len(open)-1]
				top.children = append(top.children, e)
			}
			open = append(open, e)
			pieces = pieces[:0]
		case xmlscan.Text:
			pieces = append(pieces, c.Text)
		case xmlscan.End:
			if top := open[len(open)-1]; len(top.children) == 0 {
				top.text = strings.Join(pieces, "")
			}
			pieces = pieces[:0]
			open = open[:len(open)-1]
		case xmlscan.EOF:
			return root, nil
		}
	}
}

func nameOf(n xmlscan.Name) string {
	switch n.Space {
	case spaceRAM, spaceUDT, spaceQDT, Namespace:
		return n.Local
	}
	return ""
}

// at is the first element that a path leads to.
func (e *element) at(path ...string) *element {
	if e == nil || len(path) == 0 {
		return e
	}
	for _, c := range e.children {
		if c.name == path[0] {
			if found := c.at(path[1:]...); found != nil {
				return found
			}
		}
	}
	return nil
}

// all are the children of that name.
func (e *element) all(name string) []*element {
	if e == nil {
		return nil
	}
	var found []*element
	for _, c := range e.children {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

func (e *element) value(path ...string) string {
	if found := e.at(path...); found != nil {
		return found.text
	}
	return ""
}

func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	for _, a := range e.attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
