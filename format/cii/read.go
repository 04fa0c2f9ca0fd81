package cii

import (
	"kontor/format/en16931"
	"kontor/format/xmlscan"
	"kontor/format/xmltree"
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

// childrenMost is more than ordinary: all lines stand inside one element.
const childrenMost = 40_000

// linesMost bounds the memory of the business terms.
const linesMost = 12_000

// Read reads a CII invoice. The error is a *ReadError.
func Read(b []byte) (*en16931.Document, error) {
	c, err := xmlscan.Open(b, xmlscan.Ordinary)
	if err != nil {
		return nil, err
	}
	if err := c.Element(); err != nil {
		return nil, err
	}
	d, err := ReadFrom(c)
	if err != nil {
		return nil, err
	}
	if err := c.Element(); err != nil {
		return nil, err
	}
	return d, nil
}

// ReadFrom reads the invoice whose start the scanner stands at, to its end. The
// error is a *ReadError.
func ReadFrom(c *xmlscan.Scanner) (*en16931.Document, error) {
	if c.Name.Space != Namespace || c.Name.Local != Root {
		return nil, &ReadError{
			Line: c.Line(), Col: 1, Code: xmlscan.WrongRoot,
			Text: "Filen är XML men ingen faktura i CII-format. Be leverantören om en faktura enligt Peppol BIS Billing 3.",
		}
	}
	c.Content(childrenMost)
	root, err := xmltree.Read(c, known)
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

// element is one element of CII; those of other namespaces are left out.
type element = xmltree.Element

func known(space string) bool {
	switch space {
	case spaceRAM, spaceUDT, spaceQDT, Namespace:
		return true
	}
	return false
}
