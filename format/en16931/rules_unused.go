package en16931

// unusedRules are the rules of the kind "should not
// include" that are not a plain path.
// source: CEN/TC 434 validation artefacts 1.3.16, UBL-CR
var unusedRules = []group{
	{root, []entry{
		{id: "UBL-CR-001", ok: func(j *judge, n ID) bool { return j.t.otherChild(n, "UBLExtensions") == None }},
		{id: "UBL-CR-002", ok: either(lacks(cbcUBLVersionID), func(j *judge, n ID) bool { return j.t.hasText(n, "2.1", cbcUBLVersionID) })},
		{id: "UBL-CR-412", ok: either(lacks(cacPaymentMeans, cbcPaymentDueDate), func(j *judge, _ ID) bool { return j.t.name(Root) == nameCreditNote })},
		{id: "UBL-CR-648", ok: bare("schemeID", cbcCustomizationID)},
		{id: "UBL-CR-649", ok: bare("schemeID", cbcProfileID)},
		{id: "UBL-CR-650", ok: bare("schemeID", cbcID)},
		{id: "UBL-CR-651", ok: bare("schemeID", cbcSalesOrderID)},
		{id: "UBL-CR-653", ok: bare("schemeID", cacPaymentMeans, cbcPaymentID)},
		{id: "UBL-CR-654", ok: bare("schemeID", cacPaymentMeans, cacPayeeFinancialAccount, cbcID)},
		{id: "UBL-CR-655", ok: bare("schemeID", cacPaymentMeans, cacPayeeFinancialAccount, cacFinancialInstitutionBranch, cbcID)},
		{id: "UBL-CR-656", ok: bare("listID", cbcInvoiceTypeCode)},
		{id: "UBL-CR-657", ok: bare("listID", cbcDocumentCurrencyCode)},
		{id: "UBL-CR-658", ok: bare("listID", cbcTaxCurrencyCode)},
		{id: "UBL-CR-659", ok: bare("listID", cacAdditionalDocumentReference, cbcDocumentTypeCode)},
		{id: "UBL-CR-661", ok: bare("listID", cacPaymentMeans, cbcPaymentMeansCode)},
		{id: "UBL-CR-672", ok: bare("listID", cbcCreditNoteTypeCode)},
		{id: "UBL-CR-652", ok: bareAll("schemeID", cacPartyTaxScheme, cbcCompanyID)},
		{id: "UBL-CR-660", ok: bareAll("listID", cacCountry, cbcIdentificationCode)},
		{id: "UBL-CR-662", ok: bareAll("listID", cbcAllowanceChargeReasonCode)},
		{id: "UBL-CR-664", ok: func(j *judge, _ ID) bool { return j.t.heads[cacFinancialInstitution] == None }},
		{id: "UBL-CR-665", ok: func(j *judge, _ ID) bool { return j.plainReferencesBare() }},
		{id: "UBL-CR-666", ok: objectWithout(cacAttachment)},
		{id: "UBL-CR-667", ok: bareAll("schemeID", cacBuyersItemIdentification, cbcID)},
		{id: "UBL-CR-668", ok: bareAll("schemeID", cacSellersItemIdentification, cbcID)},
		{id: "UBL-CR-669", ok: priceWithout(cbcAllowanceChargeReasonCode)},
		{id: "UBL-CR-670", ok: priceWithout(cbcAllowanceChargeReason)},
		{id: "UBL-CR-671", ok: priceWithout(cbcMultiplierFactorNumeric)},
		{id: "UBL-CR-673", ok: objectWithout(cbcDocumentDescription)},
		{id: "UBL-CR-674", ok: bareAll("schemeID", cbcPrimaryAccountNumber)},
		{id: "UBL-CR-675", ok: bareAll("schemeID", cacCardAccount, cbcNetworkID)},
		{id: "UBL-CR-676", ok: bareAll("schemeID", cacPaymentMandate, cbcID)},
		{id: "UBL-CR-677", ok: bareAll("schemeID", cacPaymentMandate, cacPayerFinancialAccount, cbcID)},
		{id: "UBL-CR-678", ok: bareAll("schemeID", cacTaxCategory, cbcID)},
		{id: "UBL-CR-679", ok: bareAll("schemeID", cacClassifiedTaxCategory, cbcID)},
		{id: "UBL-CR-680", ok: func(j *judge, _ ID) bool {
			for m := range j.t.all(cacPaymentMeans) {
				if j.t.child(m, cacPayerFinancialAccount) != None {
					return false
				}
			}
			return true
		}},
	}},
}

// otherChild is the child of that name outside the vocabulary.
func (t *Tree) otherChild(n ID, local string) ID {
	for c := t.nodes[n].first; c != None; c = t.nodes[c].next {
		if t.nodes[c].name == nameOther && t.others[c] == local {
			return c
		}
	}
	return None
}

// bare: nothing that a path leads to carries an attribute.
func bare(attr string, path ...Name) test {
	there := carries(attr)
	return func(j *judge, n ID) bool {
		return j.t.each(n, path, func(c ID) bool { return !there(j, c) })
	}
}

// bareAll is bare for a path that may begin anywhere.
func bareAll(attr string, path ...Name) test {
	there := carries(attr)
	return func(j *judge, _ ID) bool {
		for n := range j.t.all(path[0]) {
			if len(path) == 1 {
				if there(j, n) {
					return false
				}
			} else if !j.t.each(n, path[1:], func(c ID) bool { return !there(j, c) }) {
				return false
			}
		}
		return true
	}
}

// plainReferencesBare: only the identifier of an invoiced object has a scheme.
func (j *judge) plainReferencesBare() bool {
	for r := range j.t.all(cacAdditionalDocumentReference) {
		if code := j.t.child(r, cbcDocumentTypeCode); code != None && j.t.raw(code) == objectCode {
			continue
		}
		for id := range j.t.children(r, cbcID) {
			if _, there := j.t.attr(id, "schemeID"); there {
				return false
			}
		}
	}
	return true
}

// objectWithout: no reference to an invoiced object has that part.
func objectWithout(part Name) test {
	return func(j *judge, _ ID) bool {
		for r := range j.t.all(cacAdditionalDocumentReference) {
			if isObject(j, r) && j.t.child(r, part) != None {
				return false
			}
		}
		return true
	}
}

// priceWithout: no allowance on a price has that part.
func priceWithout(part Name) test {
	return func(j *judge, _ ID) bool {
		for p := range j.t.all(cacPrice) {
			if j.t.at(p, cacAllowanceCharge, part) != None {
				return false
			}
		}
		return true
	}
}
