package xmlscan

import "fmt"

// Code names a kind of refusal. Codes are stable: callers count and test by them.
type Code string

// The closed set of refusals.
const (
	Empty      Code = "xml-empty"      // no bytes, or only space
	NotXML     Code = "xml-not"        // the first character is not the beginning of a document
	Broken     Code = "xml-broken"     // not well-formed
	Strict     Code = "xml-strict"     // not well-formed in a way that lenient readers let pass
	Truncated  Code = "xml-truncated"  // ends inside an element or a tag
	BadCharset Code = "xml-charset"    // unknown or untrue character encoding
	Doctype    Code = "xml-doctype"    // a document type declaration, which could carry entities
	TooDeep    Code = "xml-deep"       // nested deeper than the limit
	TooLarge   Code = "xml-large"      // more bytes than the limit
	TooMany    Code = "xml-many"       // more elements or attributes than the limit
	WrongRoot  Code = "xml-root"       // a document of a kind that the caller does not read
	WrongSpace Code = "xml-namespace"  // the right root name in the wrong namespace
	Undeclared Code = "xml-undeclared" // a namespace prefix that nothing declares
)

// Error says why a file was refused, and where. Line and Col count from 1;
// both are 0 where the fault is of the whole file.
type Error struct {
	Line, Col int
	Code      Code
	// Text is a whole Swedish sentence for the person who sees the file in the
	// fallout list: what is wrong and what to do.
	Text string
}

// Error gives the place and the sentence.
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.Code, e.Text)
	}
	return fmt.Sprintf("%s at %d:%d: %s", e.Code, e.Line, e.Col, e.Text)
}
