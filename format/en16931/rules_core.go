package en16931

import "kontor/kernel/period"

// coreRules are the rules of EN 16931 that are about what must be there: BR,
// and the parts of BR-CO and BR-DEC that belong to one element.
// source: EN 16931-1 tables 3-5; CEN/TC 434 validation artefacts 1.3.16, UBL
var coreRules = []group{
	{root, []entry{
		{id: "BR-01", ok: filled(cbcCustomizationID)},
		{id: "BR-02", ok: filled(cbcID)},
		{id: "BR-03", ok: filled(cbcIssueDate)},
		{id: "BR-04", ok: either(filled(cbcInvoiceTypeCode), filled(cbcCreditNoteTypeCode))},
		{id: "BR-05", ok: filled(cbcDocumentCurrencyCode)},
		{id: "BR-06", ok: filled(cacAccountingSupplierParty, cacParty, cacPartyLegalEntity, cbcRegistrationName)},
		{id: "BR-07", ok: filled(cacAccountingCustomerParty, cacParty, cacPartyLegalEntity, cbcRegistrationName)},
		{id: "BR-08", ok: has(cacAccountingSupplierParty, cacParty, cacPostalAddress)},
		{id: "BR-10", ok: has(cacAccountingCustomerParty, cacParty, cacPostalAddress)},
		{id: "BR-16", ok: either(has(cacInvoiceLine), has(cacCreditNoteLine))},
		{id: "BR-53", ok: taxInAccountingCurrency},
		{id: "BR-66", ok: atMost(1, cacPaymentMeans, cacCardAccount)},
		{id: "BR-67", ok: atMost(1, cacPaymentMeans, cacPaymentMandate)},
		{id: "BR-CO-03", ok: either(lacks(cbcTaxPointDate), lacks(cacInvoicePeriod, cbcDescriptionCode))},
		{id: "BR-CO-18", ok: has(cacTaxTotal, cacTaxSubtotal)},
		// These two look for a currency inside an amount, where it never is, so
		// the official validators never report them; UBL-DT-01 does.
		{id: "BR-DEC-13", ok: always},
		{id: "BR-DEC-15", ok: always},
	}},
	{inside(cacPostalAddress, cacParty, cacAccountingSupplierParty), []entry{
		{id: "BR-09", ok: filled(cacCountry, cbcIdentificationCode)},
	}},
	{inside(cacPostalAddress, cacParty, cacAccountingCustomerParty), []entry{
		{id: "BR-11", ok: filled(cacCountry, cbcIdentificationCode)},
	}},
	{inside(cbcEndpointID, cacParty, cacAccountingSupplierParty), []entry{
		{id: "BR-62", ok: carries("schemeID")},
	}},
	{inside(cbcEndpointID, cacParty, cacAccountingCustomerParty), []entry{
		{id: "BR-63", ok: carries("schemeID")},
	}},
	{on(cacAccountingSupplierParty), []entry{{id: "BR-CO-26", ok: sellerIdentified}}},
	{on(cacPayeeParty).first(few), []entry{{id: "BR-17", ok: payeeDiffers}}},
	{on(cacTaxRepresentativeParty), []entry{
		{id: "BR-18", ok: filled(cacPartyName, cbcName)},
		{id: "BR-19", ok: has(cacPostalAddress)},
		{id: "BR-56", ok: func(j *judge, n ID) bool { return j.t.vatNumber(n) != None }},
	}},
	{inside(cacPostalAddress, cacTaxRepresentativeParty), []entry{
		{id: "BR-20", ok: filled(cacCountry, cbcIdentificationCode)},
	}},
	{inside(cacAddress, cacDeliveryLocation, cacDelivery), []entry{
		{id: "BR-57", ok: has(cacCountry, cbcIdentificationCode)},
	}},
	{on(cacBillingReference), []entry{{id: "BR-55", ok: has(cacInvoiceDocumentReference, cbcID)}}},
	{on(cacAdditionalDocumentReference), []entry{{id: "BR-52", ok: filled(cbcID)}}},
	{on(cacPaymentMeans), []entry{
		{id: "BR-49", ok: has(cbcPaymentMeansCode)},
		{id: "BR-61", ok: transferHasAccount},
	}},
	{on(cacPaymentMeans).where(rawTransfer).then(cacPayeeFinancialAccount), []entry{
		{id: "BR-50", ok: filled(cbcID)},
	}},
	{inside(cbcPrimaryAccountNumberID, cacCardAccount, cacPaymentMeans), []entry{
		// The number itself must not be repeated in a message.
		{id: "BR-51", ok: func(j *judge, n ID) bool { return len([]rune(j.t.norm(n))) <= 10 }, seen: secret},
	}},
	{on(cacAdditionalItemProperty), []entry{{id: "BR-54", ok: both(has(cbcName), has(cbcValue))}}},
	{on(cbcItemClassificationCode).where(inItem(cacCommodityClassification)), []entry{
		{id: "BR-65", ok: carries("listID")},
	}},
	{on(cbcID).where(inItem(cacStandardItemIdentification)), []entry{{id: "BR-64", ok: carries("schemeID")}}},
}

// allowanceRules are the rules about allowances and charges.
var allowanceRules = []group{
	{top(cacAllowanceCharge).where(isAllowance), []entry{
		{id: "BR-31", ok: has(cbcAmount)},
		{id: "BR-32", ok: hasVATCategory},
		{id: "BR-33", ok: reason},
		{id: "BR-CO-05", ok: always},
		{id: "BR-CO-21", ok: reason},
		{id: "BR-DEC-01", ok: twoDecimals(cbcAmount), seen: value(cbcAmount)},
		{id: "BR-DEC-02", ok: twoDecimals(cbcBaseAmount), seen: value(cbcBaseAmount)},
	}},
	{top(cacAllowanceCharge).where(isCharge), []entry{
		{id: "BR-36", ok: has(cbcAmount)},
		{id: "BR-37", ok: hasVATCategory},
		{id: "BR-38", ok: reason},
		{id: "BR-CO-06", ok: always},
		{id: "BR-CO-22", ok: reason},
		{id: "BR-DEC-05", ok: twoDecimals(cbcAmount), seen: value(cbcAmount)},
		{id: "BR-DEC-06", ok: twoDecimals(cbcBaseAmount), seen: value(cbcBaseAmount)},
	}},
	{on(cacAllowanceCharge).where(onALine).where(isAllowance), []entry{
		{id: "BR-41", ok: has(cbcAmount)},
		{id: "BR-42", ok: reason},
		{id: "BR-CO-07", ok: always},
		{id: "BR-CO-23", ok: reason},
		{id: "BR-DEC-24", ok: twoDecimals(cbcAmount), seen: value(cbcAmount)},
		{id: "BR-DEC-25", ok: twoDecimals(cbcBaseAmount), seen: value(cbcBaseAmount)},
	}},
	{on(cacAllowanceCharge).where(onALine).where(isCharge), []entry{
		{id: "BR-43", ok: has(cbcAmount)},
		{id: "BR-44", ok: reason},
		{id: "BR-CO-08", ok: always},
		{id: "BR-CO-24", ok: reason},
		{id: "BR-DEC-27", ok: twoDecimals(cbcAmount), seen: value(cbcAmount)},
		{id: "BR-DEC-28", ok: twoDecimals(cbcBaseAmount), seen: value(cbcBaseAmount)},
	}},
}

// lineRules are the rules about lines and periods.
var lineRules = []group{
	{on(cacInvoiceLine, cacCreditNoteLine), []entry{
		{id: "BR-21", ok: filled(cbcID)},
		{id: "BR-22", ok: either(has(cbcInvoicedQuantity), has(cbcCreditedQuantity))},
		{id: "BR-23", ok: quantityHasUnit},
		{id: "BR-24", ok: has(cbcLineExtensionAmount)},
		{id: "BR-25", ok: filled(cacItem, cbcName)},
		{id: "BR-26", ok: has(cacPrice, cbcPriceAmount)},
		{id: "BR-27", ok: notNegative(cacPrice, cbcPriceAmount), seen: value(cacPrice, cbcPriceAmount)},
		{
			id:   "BR-28",
			ok:   either(lacks(cacPrice, cacAllowanceCharge, cbcBaseAmount), notNegative(cacPrice, cacAllowanceCharge, cbcBaseAmount)),
			seen: value(cacPrice, cacAllowanceCharge, cbcBaseAmount),
		},
		{id: "BR-CO-04", ok: lineHasVATCategory},
		{id: "BR-DEC-23", ok: twoDecimals(cbcLineExtensionAmount), seen: value(cbcLineExtensionAmount)},
	}},
	{on(cacInvoicePeriod).where(onALine), []entry{
		{id: "BR-30", ok: periodForward, seen: periodSeen},
		{id: "BR-CO-20", ok: either(has(cbcStartDate), has(cbcEndDate))},
	}},
	{on(cacInvoicePeriod).where(func(j *judge, n ID) bool { return !onALine(j, n) }), []entry{
		{id: "BR-29", ok: periodForward, seen: periodSeen},
		{id: "BR-CO-19", ok: either(has(cbcStartDate), either(has(cbcEndDate), has(cbcDescriptionCode)))},
	}},
}

func onALine(j *judge, n ID) bool { return j.t.isLine(j.t.parent(n)) }

// inItem: the element is in a part of a line's item.
func inItem(part Name) test {
	return func(j *judge, n ID) bool {
		return j.t.under(n, part, cacItem) && j.t.isLine(j.t.parent(j.t.parent(j.t.parent(n))))
	}
}

func secret(*judge, ID) string { return "" }

func taxInAccountingCurrency(j *judge, n ID) bool {
	if j.t.child(n, cbcTaxCurrencyCode) == None {
		return true
	}
	stated := map[string]bool{}
	for total := range j.t.all(cacTaxTotal) {
		for a := range j.t.children(total, cbcTaxAmount) {
			if currency, there := j.t.attr(a, "currencyID"); there {
				stated[currency] = true
			}
		}
	}
	for c := range j.t.children(n, cbcTaxCurrencyCode) {
		if !stated[j.t.raw(c)] {
			return false
		}
	}
	return true
}

func sellerIdentified(j *judge, n ID) bool {
	for p := range j.t.children(n, cacParty) {
		if j.t.vatNumber(p) != None {
			return true
		}
	}
	return j.t.at(n, cacParty, cacPartyIdentification, cbcID) != None ||
		j.t.at(n, cacParty, cacPartyLegalEntity, cbcCompanyID) != None
}

func payeeDiffers(j *judge, n ID) bool {
	seller := j.t.at(j.t.parent(n), cacAccountingSupplierParty, cacParty)
	return has(cacPartyName, cbcName)(j, n) &&
		!j.t.share(n, seller, cacPartyName, cbcName) && !j.t.share(n, seller, cacPartyIdentification, cbcID)
}

// texts are the texts that a path leads to.
func (t *Tree) texts(n ID, path ...Name) map[string]bool {
	found := map[string]bool{}
	t.each(n, path, func(c ID) bool { found[t.raw(c)] = true; return true })
	return found
}

// share says whether some text at a path under a is also under b.
func (t *Tree) share(a, b ID, path ...Name) bool {
	known := t.texts(b, path...)
	return !t.each(a, path, func(c ID) bool { return !known[t.raw(c)] })
}

// isTransfer: 30 and 58 are credit transfers. source: UNTDID 4461
func isTransfer(code string) bool { return code == "30" || code == "58" }

func rawTransfer(j *judge, n ID) bool { return isTransfer(j.t.raw(j.t.child(n, cbcPaymentMeansCode))) }

func transferHasAccount(j *judge, n ID) bool {
	return !isTransfer(j.t.norm(j.t.child(n, cbcPaymentMeansCode))) || j.t.at(n, cacPayeeFinancialAccount, cbcID) != None
}

func hasVATCategory(j *judge, n ID) bool {
	for c := range j.t.children(n, cacTaxCategory) {
		if j.t.child(c, cbcID) != None && j.t.isVAT(c) {
			return true
		}
	}
	return false
}

func lineHasVATCategory(j *judge, n ID) bool {
	for item := range j.t.children(n, cacItem) {
		for c := range j.t.children(item, cacClassifiedTaxCategory) {
			if j.t.child(c, cbcID) != None && j.t.isVAT(c) {
				return true
			}
		}
	}
	return false
}

func quantityHasUnit(j *judge, n ID) bool {
	for _, name := range [...]Name{cbcInvoicedQuantity, cbcCreditedQuantity} {
		if _, there := j.t.attr(j.t.child(n, name), "unitCode"); there {
			return true
		}
	}
	return false
}

func notNegative(path ...Name) test {
	return func(j *judge, n ID) bool { return zero.le(j.t.num(j.t.at(n, path...))) }
}

// periodForward: an end that is there is not before the start.
func periodForward(j *judge, n ID) bool {
	from, to := j.t.child(n, cbcStartDate), j.t.child(n, cbcEndDate)
	if from == None || to == None {
		return true
	}
	a, okA := parseDate(j.t.raw(from))
	b, okB := parseDate(j.t.raw(to))
	return okA && okB && a <= b
}

func periodSeen(j *judge, n ID) string {
	return "I filen står från ”" + clip(j.t.norm(j.t.child(n, cbcStartDate))) +
		"” till ”" + clip(j.t.norm(j.t.child(n, cbcEndDate))) + "”."
}

// parseDate reads the day of an xs:date, which may carry a zone.
func parseDate(s string) (period.Date, bool) {
	s = normalize(s)
	if len(s) > 10 && (s[10] == 'Z' || s[10] == '+' || s[10] == '-') {
		s = s[:10]
	}
	d, err := period.ParseDate(s)
	return d, err == nil
}
