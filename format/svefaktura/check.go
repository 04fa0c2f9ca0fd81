package svefaktura

import (
	"fmt"
	"strings"

	"kontor/format/xmlscan"
)

// Severity is what SFTI's validator does about a broken rule.
type Severity uint8

// The severities.
const (
	Fatal Severity = iota + 1
	Warning
	Information
)

// Rule is one of SFTI's rules. Two pairs of rules share their id.
type Rule struct {
	ID       string // "R-69"
	Severity Severity
	Text     string // official
	Swedish  string // what it means to somebody who handles invoices

	at []string // the elements that it is about, as a path from the root
	ok func(v *Invoice, e *element) bool
}

// Violation is one rule that an invoice breaks in one place.
type Violation struct {
	Rule     string
	Severity Severity
	Text     string // Swedish, with the value seen
	Where    string // Swedish: which part of the document
	Line     int    // in the file, from 1
}

// placesMost bounds how many places one rule is told of.
const placesMost = 100

// Check judges the invoice by all of SFTI's rules, in the order of the table.
func (v *Invoice) Check() []Violation {
	var out []Violation
	for k := range Rules {
		r := &Rules[k]
		places := 0
		v.each(r.at, func(e *element) {
			if r.ok(v, e) {
				return
			}
			if places++; places <= placesMost {
				out = append(out, violation(r, e))
			}
		})
	}
	return out
}

// each visits what a rule is about: a path from the root, "//" and names
// anywhere, or "//" alone for every element.
func (v *Invoice) each(at []string, visit func(*element)) {
	switch {
	case len(at) == 0:
		visit(v.root)
	case at[0] == "//" && len(at) == 1:
		walk(v.root, visit)
	case at[0] == "//":
		for _, name := range at[1:] {
			v.root.Each(name, visit)
		}
	default:
		for _, e := range v.all(at[0], at[1:]...) {
			visit(e)
		}
	}
}

func walk(e *element, visit func(*element)) {
	visit(e)
	for _, c := range e.Children {
		walk(c, visit)
	}
}

func violation(r *Rule, e *element) Violation {
	text := r.Swedish
	if seen := strings.TrimSpace(e.Text); len(e.Children) == 0 && seen != "" {
		text += fmt.Sprintf(" I filen står ”%s”.", xmlscan.Clip(seen))
	}
	return Violation{Rule: r.ID, Severity: r.Severity, Text: text, Where: where(e), Line: e.Line}
}

// places are what the parts of an invoice are called on screen.
var places = map[string]string{
	"SellerParty": "Säljaren", "BuyerParty": "Köparen", "Delivery": "Leveransen", "PaymentMeans": "Betalsättet",
	"PaymentTerms": "Betalningsvillkoren", "AllowanceCharge": "Rabatten eller avgiften", "TaxTotal": "Momsen",
	"LegalTotal": "Totalsummorna", "AdditionalDocumentReference": "Bilagan eller referensen", "InvoicingPeriod": "Fakturaperioden",
	"RequisitionistDocumentReference": "Beställarens referens", "InitialInvoiceDocumentReference": "Hänvisningen till tidigare faktura",
}

// where names the part of the document that e is in.
func where(e *element) string {
	for e.Parent != nil && e.Parent.Parent != nil {
		e = e.Parent
	}
	if e.Name == "InvoiceLine" {
		if id := e.Value("ID"); id != "" {
			return "Rad " + xmlscan.Clip(id)
		}
		return "En rad utan nummer"
	}
	if place, known := places[e.Name]; known && e.Parent != nil {
		return place
	}
	return "Fakturahuvudet"
}
