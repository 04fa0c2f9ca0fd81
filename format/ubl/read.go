package ubl

import (
	"fmt"
	"strings"

	"kontor/format/en16931"
	"kontor/format/xmlscan"
)

// ReadError says why a file cannot be read as an invoice: Line and Col from 1,
// a stable Code and a Swedish sentence.
type ReadError = xmlscan.Error

// Read reads a UBL 2.1 invoice or credit note. The error is a *ReadError.
func Read(b []byte) (*en16931.Document, error) {
	t, err := ReadTree(b)
	if err != nil {
		return nil, err
	}
	return terms(t)
}

// ReadFrom reads the invoice or credit note whose start the scanner stands at,
// to its end: one in an envelope. The error is a *ReadError.
func ReadFrom(c *xmlscan.Scanner) (*en16931.Document, error) {
	syntax, err := syntaxOf(c)
	if err != nil {
		return nil, err
	}
	c.Content(0)
	t, err := build(c, syntax, elementsLikely)
	if err != nil {
		return nil, err
	}
	return terms(t)
}

// elementsLikely is the room taken for an invoice whose size is not known.
const elementsLikely = 400

func terms(t *en16931.Tree) (*en16931.Document, error) {
	if t.Cost() > termsMost {
		return nil, &ReadError{
			Code: xmlscan.TooMany,
			Text: "Fakturan har fler rader och uppgifter än vad som läses i en fil. Be leverantören dela upp den på flera fakturor.",
		}
	}
	return en16931.FromTree(t), nil
}

// termsMost bounds the memory of the business terms: some ten thousand lines.
const termsMost = 24 << 20

// ReadTree is Read without the business terms: enough for a check.
func ReadTree(b []byte) (*en16931.Tree, error) {
	c, err := xmlscan.Open(b, xmlscan.Ordinary)
	if err != nil {
		return nil, err
	}
	if err := c.Element(); err != nil {
		return nil, err
	}
	syntax, err := syntaxOf(c)
	if err != nil {
		return nil, err
	}
	t, err := build(c, syntax, strings.Count(c.Source(), "</"))
	if err != nil {
		return nil, err
	}
	if err := c.Element(); err != nil {
		return nil, err
	}
	return t, nil
}

func syntaxOf(c *xmlscan.Scanner) (en16931.Syntax, error) {
	switch kind := KindOf(c.Name); kind {
	case Invoice:
		return en16931.UBLInvoice, nil
	case CreditNote:
		return en16931.UBLCreditNote, nil
	default:
		return "", refusal(c, kind)
	}
}

func refusal(c *xmlscan.Scanner, kind Kind) *ReadError {
	e := &ReadError{Line: c.Line(), Col: 1, Code: xmlscan.WrongRoot}
	switch {
	case kind == Other && (c.Name.Local == "Invoice" || c.Name.Local == "CreditNote"):
		e.Code = xmlscan.WrongSpace
		e.Text = fmt.Sprintf("Filen ser ut som en faktura men har fel namnrymd (”%s”). "+
			"Be leverantören skicka den som Peppol BIS Billing 3.", xmlscan.Clip(c.Name.Space))
	case kind == Other:
		e.Text = fmt.Sprintf("Filen är XML men ingen faktura: den innehåller ett dokument av slaget ”%s”. "+
			"Be avsändaren skicka rätt fil.", xmlscan.Clip(c.Name.Local))
	default:
		e.Text = fmt.Sprintf("Filen är %s, men här läses bara fakturor enligt Peppol BIS Billing 3. "+
			"Be leverantören skicka fakturan i det formatet.", kind)
	}
	return e
}

// build reads the element that the scanner stands at, to its end.
func build(c *xmlscan.Scanner, syntax en16931.Syntax, elements int) (*en16931.Tree, error) {
	t := en16931.NewTree(syntax, min(elements, xmlscan.Ordinary.Elements))
	kind := xmlscan.Start
	for depth := 0; ; {
		switch kind {
		case xmlscan.Start:
			depth++
			t.Start(c.Name.Space, c.Name.Local, c.Line())
			for k := range c.Attrs {
				if a := &c.Attrs[k]; a.Name.Space == "" {
					t.Attr(a.Name.Local, a.Value)
				}
			}
		case xmlscan.Text:
			t.Text(c.Text)
		case xmlscan.End:
			t.End()
			if depth--; depth == 0 {
				return t, nil
			}
		}
		var err error
		if kind, err = c.Next(); err != nil {
			return nil, err
		}
	}
}
