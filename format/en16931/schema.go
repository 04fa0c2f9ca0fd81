package en16931

import "fmt"

// SchemaRule is the id of a breach of UBL's schema, which has no official one.
const SchemaRule = "UBL-XSD"

// names is a set of the names that have a constant.
type names [(namesFixed + 63) / 64]uint64

func (s *names) has(n Name) bool { return s[n/64]&(1<<(n%64)) != 0 }
func (s *names) add(n Name)      { s[n/64] |= 1 << (n % 64) }

// repeatable are the elements that may stand more than once in the same place;
// the other known ones may not, in any known element.
// source: UBL 2.1, UBL-CommonAggregateComponents-2.1.xsd, UBL-Invoice-2.1.xsd, UBL-CreditNote-2.1.xsd
var repeatable = setOf(
	cacAdditionalDocumentReference, cacAdditionalItemProperty, cacAddressLine, cacAllowanceCharge, cacBillingReference,
	cacClassifiedTaxCategory, cacCommodityClassification, cacContractDocumentReference, cacCreditNoteLine, cacDelivery,
	cacDespatchDocumentReference, cacDocumentReference, cacInvoiceLine, cacInvoicePeriod, cacOrderLineReference,
	cacOriginatorDocumentReference, cacPartyIdentification, cacPartyLegalEntity, cacPartyName, cacPartyTaxScheme,
	cacPaymentMeans, cacPaymentTerms, cacProjectReference, cacReceiptDocumentReference, cacTaxCategory, cacTaxSubtotal,
	cacTaxTotal, cbcAllowanceChargeReason, cbcDescription, cbcDescriptionCode, cbcDocumentDescription, cbcNote,
	cbcPaymentID, cbcTaxExemptionReason,
)

func setOf(list ...Name) (s names) {
	for _, n := range list {
		s.add(n)
	}
	return s
}

// Faults are breaches of UBL's schema that leave open what an invoice says: a
// value that is there twice, such as two amounts to pay, and a value with other
// elements inside it. The official validators stop at these without a rule id.
// A document that is not UBL has none.
func (d *Document) Faults() []Violation {
	t := d.tree
	if t == nil || t.Syntax != UBLInvoice && t.Syntax != UBLCreditNote {
		return nil
	}
	var out []Violation
	tell := func(n ID, format string) {
		if len(out) < placesMost {
			out = append(out, Violation{Rule: SchemaRule, Fatal: true, Text: fmt.Sprintf(format, t.Named(n)), Where: t.where(n), Line: t.Line(n)})
		}
	}
	for n := Root; int(n) < len(t.nodes); n++ {
		e := &t.nodes[n]
		if e.first == None || e.name == nameOther || e.name >= namesFixed {
			continue
		}
		if e.name >= cbcAccountingCost {
			tell(n, "Elementet %s ska ha ett värde, men har andra element i sig.")
		}
		var seen names
		for c := e.first; c != None; c = t.nodes[c].next {
			name := t.nodes[c].name
			if name == nameOther || name >= namesFixed || repeatable.has(name) && (name != cacTaxCategory || e.name != cacTaxSubtotal) {
				continue
			}
			if seen.has(name) {
				tell(c, "Elementet %s står mer än en gång där det bara får stå en gång, så det går inte att veta vilket som gäller.")
			}
			seen.add(name)
		}
	}
	return out
}
