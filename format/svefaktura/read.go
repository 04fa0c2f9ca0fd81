package svefaktura

import (
	"strings"

	"github.com/govalues/decimal"

	"kontor/format/envelope"
	"kontor/format/xmlscan"
	"kontor/format/xmltree"
)

// The document element and the namespaces of Svefaktura 1.0.
const (
	Namespace = "urn:sfti:documents:BasicInvoice:1:0"
	Root      = "Invoice"

	spaceCAC = "urn:sfti:CommonAggregateComponents:1:0"
	spaceCBC = "urn:oasis:names:tc:ubl:CommonBasicComponents:1:0"
	spaceXSI = "http://www.w3.org/2001/XMLSchema-instance"
)

// Invoice is one Svefaktura as it was written.
type Invoice struct {
	Headers    []envelope.Header // of the envelopes, outermost first
	Objects    []envelope.Object // that travelled beside it
	Stylesheet bool              // the file names a style sheet for browsers

	root *xmltree.Element
	// parts are the root's children by name, and rates the rates of category S in
	// the VAT breakdown: rules ask for them once for every line.
	parts  map[string][]*xmltree.Element
	rates  map[decimal.Decimal]bool
	exempt bool // the VAT breakdown has a category E
	sums   sums
}

type element = xmltree.Element

// Read reads a file with a Svefaktura, in an envelope or not. The error is a
// *xmlscan.Error.
func Read(b []byte) (*Invoice, error) {
	c, e, err := envelope.Begin(b, xmlscan.Ordinary)
	if err != nil {
		return nil, err
	}
	v, err := ReadFrom(c)
	if err != nil {
		return nil, err
	}
	if err := e.Rest(c); err != nil {
		return nil, err
	}
	v.Headers, v.Objects, v.Stylesheet = e.Headers, e.Objects, HasStylesheet(c)
	return v, nil
}

// ReadFrom reads the Svefaktura whose start the scanner stands at, to its end.
// The error is a *xmlscan.Error.
func ReadFrom(c *xmlscan.Scanner) (*Invoice, error) {
	if c.Name.Space != Namespace || c.Name.Local != Root {
		return nil, &xmlscan.Error{
			Line: c.Line(), Col: 1, Code: xmlscan.WrongRoot,
			Text: "Filen är XML men ingen Svefaktura. Be avsändaren skicka rätt fil.",
		}
	}
	c.Content(0)
	root, err := xmltree.Read(c, known)
	if err != nil {
		return nil, err
	}
	v := &Invoice{root: root, parts: map[string][]*element{}, rates: map[decimal.Decimal]bool{}}
	for _, c := range root.Children {
		v.parts[c.Name] = append(v.parts[c.Name], c)
	}
	for _, c := range v.all("TaxTotal", "TaxSubTotal", "TaxCategory") {
		switch rate := number(c.At("Percent")); c.At("ID").Raw() {
		case "S":
			if rate.ok {
				v.rates[rate.d.Trim(0)] = true
			}
		case "E":
			v.exempt = true
		}
	}
	v.sums = v.compute()
	return v, nil
}

// at is the first element that a path from the root leads to.
func (v *Invoice) at(name string, path ...string) *element {
	for _, c := range v.parts[name] {
		if found := c.At(path...); found != nil {
			return found
		}
	}
	return nil
}

// all are the elements that a path from the root leads to.
func (v *Invoice) all(name string, path ...string) []*element {
	if len(path) == 0 {
		return v.parts[name]
	}
	var found []*element
	for _, c := range v.parts[name] {
		found = append(found, c.All(path...)...)
	}
	return found
}

// HasStylesheet says whether a file names a style sheet before its document
// element; the scanner passes such instructions over.
func HasStylesheet(c *xmlscan.Scanner) bool {
	const most = 4 << 10
	s := c.Source()
	return strings.Contains(s[:min(len(s), most)], "<?xml-stylesheet")
}

func known(space string) bool { return space == Namespace || space == spaceCAC || space == spaceCBC }
