package en16931

import "strings"

// syntaxRules are the rules of the binding to UBL (UBL-SR, UBL-DT): how often an
// element may stand, and which attributes.
// source: CEN/TC 434 validation artefacts 1.3.16, UBL
var syntaxRules = []group{
	{root, []entry{
		{id: "UBL-SR-01", ok: atMost(1, cacContractDocumentReference, cbcID)},
		{id: "UBL-SR-02", ok: atMost(1, cacReceiptDocumentReference, cbcID)},
		{id: "UBL-SR-03", ok: atMost(1, cacDespatchDocumentReference, cbcID)},
		{id: "UBL-SR-04", ok: oneObject},
		{id: "UBL-SR-05", ok: atMost(1, cacPaymentTerms, cbcNote)},
		{id: "UBL-SR-08", ok: atMost(1, cacInvoicePeriod)},
		{id: "UBL-SR-09", ok: atMost(1, cacAccountingSupplierParty, cacParty, cacPartyLegalEntity, cbcRegistrationName)},
		{id: "UBL-SR-10", ok: atMost(1, cacAccountingSupplierParty, cacParty, cacPartyName, cbcName)},
		{id: "UBL-SR-11", ok: atMost(1, cacAccountingSupplierParty, cacParty, cacPartyLegalEntity, cbcCompanyID)},
		{id: "UBL-SR-12", ok: taxNumbers(cacAccountingSupplierParty, true)},
		{id: "UBL-SR-13", ok: taxNumbers(cacAccountingSupplierParty, false)},
		{id: "UBL-SR-14", ok: atMost(1, cacAccountingSupplierParty, cacParty, cacPartyLegalEntity, cbcCompanyLegalForm)},
		{id: "UBL-SR-15", ok: atMost(1, cacAccountingCustomerParty, cacParty, cacPartyLegalEntity, cbcRegistrationName)},
		{id: "UBL-SR-16", ok: atMost(1, cacAccountingCustomerParty, cacParty, cacPartyIdentification, cbcID)},
		{id: "UBL-SR-17", ok: atMost(1, cacAccountingCustomerParty, cacParty, cacPartyLegalEntity, cbcCompanyID)},
		{id: "UBL-SR-18", ok: taxNumbers(cacAccountingCustomerParty, true)},
		{id: "UBL-SR-24", ok: atMost(1, cacDelivery)},
		{id: "UBL-SR-29", ok: oneCreditor},
		{id: "UBL-SR-39", ok: atMost(1, cacProjectReference, cbcID)},
		{id: "UBL-SR-40", ok: atMost(1, cacAccountingCustomerParty, cacParty, cacPartyName, cbcName)},
		{id: "UBL-SR-44", ok: oneText(cbcPaymentID)},
		{id: "UBL-SR-45", ok: atMost(1, cacPaymentMeans, cbcPaymentDueDate)},
		{id: "UBL-SR-46", ok: oneMeansName},
		{id: "UBL-SR-47", ok: oneText(cbcPaymentMeansCode)},
		{id: "UBL-SR-49", ok: atMost(1, cacInvoicePeriod, cbcDescriptionCode)},
		{id: "UBL-SR-54", ok: atMost(1, cacPaymentMeans, cacCardAccount)},
		{id: "UBL-SR-55", ok: atMost(1, cacPaymentMeans, cacPaymentMandate)},
		{id: "UBL-SR-56", ok: atMost(1, cacOriginatorDocumentReference, cbcID)},
		{id: "UBL-DT-18", ok: noName},
	}},
	{on(cacInvoiceLine, cacCreditNoteLine), []entry{
		{id: "UBL-SR-34", ok: atMost(1, cbcNote)},
		{id: "UBL-SR-35", ok: atMost(1, cacOrderLineReference, cbcLineID)},
		{id: "UBL-SR-36", ok: atMost(1, cacInvoicePeriod)},
		{id: "UBL-SR-37", ok: atMost(1, cacPrice, cacAllowanceCharge, cbcAmount)},
		{id: "UBL-SR-48", ok: both(has(cacItem, cacClassifiedTaxCategory), atMost(1, cacItem, cacClassifiedTaxCategory))},
		{id: "UBL-SR-50", ok: atMost(1, cacItem, cbcDescription)},
		{id: "UBL-SR-52", ok: atMost(1, cacDocumentReference)},
	}},
	{on(cacPayeeParty).first(few), []entry{
		{id: "UBL-SR-19", ok: both(atMost(1, cacPartyName, cbcName), payeeOtherName)},
		{id: "UBL-SR-20", ok: both(onePayeeID, payeeOtherName)},
		{id: "UBL-SR-21", ok: both(atMost(1, cacPartyLegalEntity, cbcCompanyID), payeeOtherName)},
	}},
	{on(cacTaxRepresentativeParty), []entry{
		{id: "UBL-SR-22", ok: atMost(1, cacPartyName, cbcName)},
		{id: "UBL-SR-23", ok: atMost(1, cacParty, cacPartyTaxScheme, cbcCompanyID)},
	}},
	{on(cacDelivery), []entry{{id: "UBL-SR-25", ok: atMost(1, cacDeliveryParty, cacPartyName, cbcName)}}},
	{on(cacPaymentMeans), []entry{
		{id: "UBL-SR-26", ok: atMost(1, cbcPaymentID)},
		{id: "UBL-SR-27", ok: atMost(1, cbcPaymentMeansCode)},
		{id: "UBL-SR-28", ok: atMost(1, cacPaymentMandate, cbcID)},
	}},
	{on(cacBillingReference), []entry{
		{id: "UBL-SR-06", ok: atMost(1, cacInvoiceDocumentReference)},
		{id: "UBL-SR-07", ok: has(cacInvoiceDocumentReference, cbcID)},
	}},
	{on(cacAllowanceCharge).where(isAllowance), []entry{
		{id: "UBL-SR-30", ok: atMost(1, cbcAllowanceChargeReason)},
	}},
	{on(cacAllowanceCharge).where(isCharge), []entry{
		{id: "UBL-SR-31", ok: atMost(1, cbcAllowanceChargeReason)},
	}},
	{on(cacTaxSubtotal), []entry{{id: "UBL-SR-32", ok: atMost(1, cacTaxCategory, cbcTaxExemptionReason)}}},
	{on(cacAdditionalDocumentReference), []entry{
		{id: "UBL-SR-33", ok: atMost(1, cbcDocumentDescription)},
		{id: "UBL-SR-43", ok: referenceKind},
	}},
	{inside(cacParty, cacAccountingSupplierParty), []entry{
		{id: "UBL-SR-42", ok: atMost(2, cacPartyTaxScheme)},
	}},
	{on(cacPostalAddress, cacAddress), []entry{{id: "UBL-SR-51", ok: atMost(1, cacAddressLine)}}},
	{on(cacPartyTaxScheme), []entry{{id: "UBL-SR-53", ok: both(has(cacTaxScheme, cbcID), has(cbcCompanyID))}}},
	{everyAmount, []entry{
		{id: "UBL-DT-01", ok: func(j *judge, n ID) bool { return decimals(j.t.raw(n)) <= 2 }},
	}},
	{on(cbcEmbeddedDocumentBinaryObject), []entry{
		{id: "UBL-DT-06", ok: carries("mimeCode"), seen: secret},
		{id: "UBL-DT-07", ok: carries("filename"), seen: secret},
	}},
}

// oddAttributes are the attributes that no business term uses, by the rule that
// warns of each. source: CEN/TC 434 validation artefacts 1.3.16, UBL-DT
var oddAttributes = []struct{ id, attr string }{
	{"UBL-DT-08", "schemeName"},
	{"UBL-DT-09", "schemeAgencyName"},
	{"UBL-DT-10", "schemeDataURI"},
	{"UBL-DT-11", "schemeURI"},
	{"UBL-DT-12", "format"},
	{"UBL-DT-13", "unitCodeListIdentifier"},
	{"UBL-DT-14", "unitCodeListAgencyIdentifier"},
	{"UBL-DT-15", "unitCodeListAgencyName"},
	{"UBL-DT-16", "listAgencyName"},
	{"UBL-DT-17", "listName"},
	{"UBL-DT-19", "languageID"},
	{"UBL-DT-20", "listURI"},
	{"UBL-DT-21", "listSchemeURI"},
	{"UBL-DT-22", "languageLocaleID"},
	{"UBL-DT-23", "uri"},
	{"UBL-DT-24", "currencyCodeListVersionID"},
	{"UBL-DT-25", "characterSetCode"},
	{"UBL-DT-26", "encodingCode"},
	{"UBL-DT-27", "schemeAgencyID"},
	{"UBL-DT-28", "listAgencyID"},
	{"UBL-CR-663", "unitCodeListID"},
}

func attributeRules() []group {
	g := group{context: func(j *judge, visit func(ID)) {
		if len(j.t.odd) > 0 {
			visit(Root)
		}
	}}
	for _, a := range oddAttributes {
		g.entries = append(g.entries, entry{id: a.id, ok: func(j *judge, _ ID) bool { return !j.t.isOdd(a.attr) }})
	}
	return []group{g}
}

func (t *Tree) isOdd(attr string) bool {
	for _, name := range t.odd {
		if name == attr {
			return true
		}
	}
	return false
}

func oneObject(j *judge, n ID) bool {
	sum := 0
	for r := range j.t.children(n, cacAdditionalDocumentReference) {
		if j.t.hasText(r, objectCode, cbcDocumentTypeCode) {
			sum += j.t.count(r, cbcID)
		}
	}
	return sum <= 1
}

// hasText says whether a path leads to an element with exactly that text.
func (t *Tree) hasText(n ID, text string, path ...Name) bool {
	return !t.each(n, path, func(c ID) bool { return t.raw(c) != text })
}

func taxNumbers(party Name, vat bool) test {
	return func(j *judge, n ID) bool {
		sum := 0
		j.t.each(n, []Name{party, cacParty, cacPartyTaxScheme}, func(s ID) bool {
			for scheme := range j.t.children(s, cacTaxScheme) {
				if (upper(j.t.raw(j.t.child(scheme, cbcID))) == "VAT") == vat {
					sum += j.t.count(s, cbcCompanyID)
					break
				}
			}
			return true
		})
		return sum <= 1
	}
}

// isSEPA: an identifier is a bank's creditor identifier (BT-90).
func (t *Tree) isSEPA(id ID) (sepa, stated bool) {
	scheme, stated := t.attr(id, "schemeID")
	return upper(scheme) == "SEPA", stated
}

func oneCreditor(j *judge, _ ID) bool {
	sum := 0
	for p := range j.t.all(cacPartyIdentification) {
		for id := range j.t.children(p, cbcID) {
			if sepa, _ := j.t.isSEPA(id); sepa {
				sum++
			}
		}
	}
	return sum <= 1
}

func onePayeeID(j *judge, n ID) bool {
	sum := 0
	j.t.each(n, []Name{cacPartyIdentification, cbcID}, func(id ID) bool {
		if sepa, stated := j.t.isSEPA(id); stated && !sepa {
			sum++
		}
		return true
	})
	return sum <= 1
}

// payeeOtherName: some name of the payee is not some registered name of the
// seller; both must be there.
func payeeOtherName(j *judge, n ID) bool {
	seller := j.t.at(j.t.parent(n), cacAccountingSupplierParty)
	registered := j.t.texts(seller, cacParty, cacPartyLegalEntity, cbcRegistrationName)
	return !j.t.each(n, []Name{cacPartyName, cbcName}, func(c ID) bool {
		return len(registered) == 0 || len(registered) == 1 && registered[j.t.raw(c)]
	})
}

// oneText: all elements of a name say the same.
func oneText(name Name) test {
	return func(j *judge, _ ID) bool {
		head := j.t.heads[name]
		for n := range j.t.all(name) {
			if j.t.raw(n) != j.t.raw(head) {
				return false
			}
		}
		return true
	}
}

func oneMeansName(j *judge, n ID) bool {
	sum := 0
	j.t.each(n, []Name{cacPaymentMeans, cbcPaymentMeansCode}, func(c ID) bool {
		if _, there := j.t.attr(c, "name"); there {
			sum++
		}
		return true
	})
	return sum <= 1
}

// noName: only a payment means code may carry the attribute name.
func noName(j *judge, _ ID) bool {
	all := 0
	for k := range j.t.attrs {
		if j.t.attrs[k].Name == "name" {
			all++
		}
	}
	for c := range j.t.all(cbcPaymentMeansCode) {
		if _, there := j.t.attr(c, "name"); there {
			all--
		}
	}
	return all <= 0
}

// referenceKind: a document reference is an object, a credit note's project, or
// a plain attachment without scheme or type.
func referenceKind(j *judge, n ID) bool {
	for c := range j.t.children(n, cbcDocumentTypeCode) {
		code := j.t.raw(c)
		if code == objectCode || code == projectCode && j.t.name(Root) == nameCreditNote {
			return true
		}
	}
	_, scheme := j.t.attr(j.t.child(n, cbcID), "schemeID")
	return !scheme && j.t.child(n, cbcDocumentTypeCode) == None
}

// everyAmount is every element whose name ends in Amount, prices excepted.
func everyAmount(j *judge, visit func(ID)) {
	for _, name := range amountNames {
		if name == cbcPriceAmount {
			continue
		}
		for n := range j.t.all(name) {
			if !j.t.under(n, cacAllowanceCharge, cacPrice) {
				visit(n)
			}
		}
	}
	for k := range j.t.nodes[1:] {
		n := ID(k + 1)
		if j.t.name(n) < namesFixed && j.t.name(n) != nameOther {
			continue
		}
		name := j.t.Named(n)
		if strings.HasSuffix(name, "Amount") && !strings.HasSuffix(name, "PriceAmount") {
			visit(n)
		}
	}
}

// amountNames are the elements that carry a currency. source: BR-CL-03
var amountNames = []Name{
	cbcAmount, cbcBaseAmount, cbcPriceAmount, cbcTaxAmount, cbcTaxableAmount, cbcLineExtensionAmount,
	cbcTaxExclusiveAmount, cbcTaxInclusiveAmount, cbcAllowanceTotalAmount, cbcChargeTotalAmount,
	cbcPrepaidAmount, cbcPayableRoundingAmount, cbcPayableAmount,
}
