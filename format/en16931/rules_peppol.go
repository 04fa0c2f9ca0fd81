package en16931

import "strings"

// billing is the specification identifier that Peppol BIS Billing 3 begins with.
const billing = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"

// peppolRules are the rules of Peppol BIS Billing 3 that hold for every country.
// source: OpenPEPPOL BIS Billing 3.0.19 (May 2025), in force 2025-08-25
var peppolRules = []group{
	{everyEmpty, []entry{{id: "PEPPOL-EN16931-R008", ok: never, seen: func(j *judge, n ID) string {
		return "Det tomma elementet heter " + clip(j.t.Named(n)) + "."
	}}}},
	{rootOf(nameCreditNote), []entry{{id: "PEPPOL-EN16931-R080", ok: oneProject}}},
	{root, []entry{
		{id: "PEPPOL-EN16931-R001", ok: has(cbcProfileID)},
		{
			id: "PEPPOL-EN16931-R007", seen: value(cbcProfileID),
			ok: func(j *judge, _ ID) bool { return j.facts.profile != "" },
		},
		{id: "PEPPOL-EN16931-R002", ok: oneNote},
		{id: "PEPPOL-EN16931-R003", ok: either(has(cbcBuyerReference), has(cacOrderReference, cbcID))},
		{id: "PEPPOL-EN16931-R004", ok: func(j *judge, n ID) bool {
			return strings.HasPrefix(j.t.norm(j.t.child(n, cbcCustomizationID)), billing)
		}, seen: value(cbcCustomizationID)},
		{id: "PEPPOL-EN16931-R053", ok: func(j *judge, n ID) bool {
			return j.isCII() && statedTotals(j, n) == 1 || !j.isCII() && taxTotals(j, n, true) == 1
		}},
		{id: "PEPPOL-EN16931-R054", ok: accountingTotal},
		{id: "PEPPOL-EN16931-R055", ok: sameSign},
	}},
	{on(cbcTaxCurrencyCode), []entry{{id: "PEPPOL-EN16931-R005", ok: func(j *judge, n ID) bool {
		return j.t.norm(n) != j.t.norm(j.t.child(j.t.parent(n), cbcDocumentCurrencyCode))
	}}}},
	{inside(cacParty, cacAccountingCustomerParty), []entry{
		{id: "PEPPOL-EN16931-R010", ok: has(cbcEndpointID)},
	}},
	{inside(cacParty, cacAccountingSupplierParty), []entry{
		{id: "PEPPOL-EN16931-R020", ok: has(cbcEndpointID)},
	}},
	{countedAllowance.where(both(has(cbcMultiplierFactorNumeric), lacks(cbcBaseAmount))), []entry{
		{id: "PEPPOL-EN16931-R041", ok: never},
	}},
	{countedAllowance.where(both(lacks(cbcMultiplierFactorNumeric), has(cbcBaseAmount))), []entry{
		{id: "PEPPOL-EN16931-R042", ok: never},
	}},
	{countedAllowance.where(percentageWhole), []entry{
		{id: "PEPPOL-EN16931-R040", ok: percentageKept, seen: percentageSeen},
		{id: "PEPPOL-EN16931-R043", ok: indicatorWord, seen: value(cbcChargeIndicator)},
	}},
	{on(cacPaymentMeans).where(directDebit), []entry{
		{id: "PEPPOL-EN16931-R061", ok: has(cacPaymentMandate, cbcID)},
	}},
	{on(amountNames...).where(inDocumentCurrency), []entry{
		{id: "PEPPOL-EN16931-R051", ok: currencyKept, seen: valueOf("currencyID")},
	}},
	{linePeriod(cbcStartDate, periodStart), []entry{
		{id: "PEPPOL-EN16931-R110", ok: withinPeriod(periodStart, 1)},
	}},
	{linePeriod(cbcEndDate, periodEnd), []entry{{id: "PEPPOL-EN16931-R111", ok: withinPeriod(periodEnd, -1)}}},
	{on(cacInvoiceLine, cacCreditNoteLine), []entry{
		{id: "PEPPOL-EN16931-R120", ok: lineNet, seen: lineNetSeen},
		{id: "PEPPOL-EN16931-R121", ok: either(lacks(cacPrice, cbcBaseQuantity), func(j *judge, n ID) bool {
			return zero.lt(j.t.num(j.t.at(n, cacPrice, cbcBaseQuantity)))
		}), seen: value(cacPrice, cbcBaseQuantity)},
		{id: "PEPPOL-EN16931-R100", ok: atMost(1, cacDocumentReference)},
		{id: "PEPPOL-EN16931-R101", ok: either(lacks(cacDocumentReference), func(j *judge, n ID) bool {
			return j.t.hasText(n, objectCode, cacDocumentReference, cbcDocumentTypeCode)
		})},
	}},
	{inside(cacAllowanceCharge, cacPrice), []entry{
		{id: "PEPPOL-EN16931-R044", ok: func(j *judge, n ID) bool {
			return j.t.norm(j.t.child(n, cbcChargeIndicator)) == "false"
		}},
		{id: "PEPPOL-EN16931-R046", ok: grossPrice, seen: grossPriceSeen},
	}},
	{inside(cbcBaseQuantity, cacPrice).where(carries("unitCode")), []entry{
		{id: "PEPPOL-EN16931-R130", ok: sameUnit, seen: valueOf("unitCode")},
	}},
}

// countedAllowance is every allowance and charge of the document and its lines.
var countedAllowance = on(cacAllowanceCharge).where(func(j *judge, n ID) bool {
	p := j.t.parent(n)
	return p == Root || j.t.isLine(p) && j.t.parent(p) == Root
})

// everyEmpty is every element without text or elements.
func everyEmpty(j *judge, visit func(ID)) {
	for k := range j.t.nodes[1:] {
		e := &j.t.nodes[k+1]
		if e.first == None && (e.text == "" || isBlank(e.text)) {
			visit(ID(k + 1))
		}
	}
}

func oneProject(j *judge, n ID) bool {
	sum := 0
	for r := range j.t.children(n, cacAdditionalDocumentReference) {
		if j.t.hasText(r, projectCode, cbcDocumentTypeCode) {
			sum++
		}
	}
	return sum <= 1
}

func bothGerman(j *judge, _ ID) bool { return j.facts.sellerIn("DE") && j.facts.buyerIn("DE") }

// sellerIn and buyerIn go by the postal address alone.
func (f *facts) sellerIn(country string) bool { return upper(normalize(f.sellerAt)) == country }
func (f *facts) buyerIn(country string) bool  { return upper(normalize(f.buyerAt)) == country }

func taxTotals(j *judge, n ID, brokenDown bool) int {
	sum := 0
	for total := range j.t.children(n, cacTaxTotal) {
		if (j.t.child(total, cacTaxSubtotal) != None) == brokenDown {
			sum++
		}
	}
	return sum
}

func accountingTotal(j *judge, n ID) bool {
	if j.isCII() {
		return accountingTotalCII(j, n)
	}
	want := 0
	if j.t.child(n, cbcTaxCurrencyCode) != None {
		want = 1
	}
	return taxTotals(j, n, false) == want
}

// sameSign: the tax in both currencies is on the same side of nought.
func sameSign(j *judge, n ID) bool {
	code := j.t.child(n, cbcTaxCurrencyCode)
	if code == None {
		return true
	}
	var up, down [2]bool
	for k, currency := range [2]string{j.t.norm(code), normalize(j.facts.currency)} {
		j.t.each(n, []Name{cacTaxTotal, cbcTaxAmount}, func(a ID) bool {
			if cur, there := j.t.attr(a, "currencyID"); there && cur == currency {
				down[k] = down[k] || j.t.num(a).le(zero)
				up[k] = up[k] || zero.le(j.t.num(a))
			}
			return true
		})
	}
	return up[0] && up[1] || down[0] && down[1]
}

// percentageWhole: percentage and base come together or not at all; the other
// allowances are another rule's.
func percentageWhole(j *judge, n ID) bool {
	return has(cbcMultiplierFactorNumeric)(j, n) == has(cbcBaseAmount)(j, n)
}

func percentageOf(j *judge, n ID) num {
	return j.t.num(j.t.child(n, cbcBaseAmount)).mul(j.t.num(j.t.child(n, cbcMultiplierFactorNumeric))).div(hundred)
}

func percentageKept(j *judge, n ID) bool {
	if j.t.child(n, cbcBaseAmount) == None {
		return true
	}
	amount := zero
	if a := j.t.child(n, cbcAmount); a != None {
		amount = j.t.num(a)
	}
	return amount.near(percentageOf(j, n), tolerance)
}

func percentageSeen(j *judge, n ID) string {
	return rateWords(j.t.num(j.t.child(n, cbcMultiplierFactorNumeric))) + " procent av " +
		j.t.num(j.t.child(n, cbcBaseAmount)).swedish() + " är " + percentageOf(j, n).round2().swedish() +
		", men fakturan anger " + j.t.num(j.t.child(n, cbcAmount)).swedish() + "."
}

func indicatorWord(j *judge, n ID) bool {
	s := j.t.norm(j.t.child(n, cbcChargeIndicator))
	return s == "true" || s == "false"
}

// directDebit: 49 and 59. source: UNTDID 4461
func directDebit(j *judge, n ID) bool {
	code := j.t.norm(j.t.child(n, cbcPaymentMeansCode))
	return code == "49" || code == "59"
}

// inDocumentCurrency: every amount but the tax total in the accounting currency.
func inDocumentCurrency(j *judge, n ID) bool {
	if j.t.name(n) != cbcTaxAmount {
		return true
	}
	p := j.t.parent(n)
	return j.t.name(p) == cacTaxSubtotal || j.t.name(p) == cacTaxTotal && j.t.child(p, cacTaxSubtotal) != None
}

func currencyKept(j *judge, n ID) bool {
	cur, there := j.t.attr(n, "currencyID")
	return there && j.t.child(Root, cbcDocumentCurrencyCode) != None && cur == j.facts.currency
}

func periodStart(j *judge) ID { return j.facts.start }
func periodEnd(j *judge) ID   { return j.facts.end }

// linePeriod is the dates of line periods where the document has that date too.
func linePeriod(date Name, document func(*judge) ID) context {
	return inside(date, cacInvoicePeriod).where(func(j *judge, n ID) bool {
		line := j.t.parent(j.t.parent(n))
		return document(j) != None && j.t.isLine(line) && j.t.parent(line) == Root
	})
}

// withinPeriod: the line's date is on the right side of the document's.
func withinPeriod(document func(*judge) ID, side int) test {
	return func(j *judge, n ID) bool {
		a, okA := parseDate(j.t.raw(n))
		b, okB := parseDate(j.t.raw(document(j)))
		return okA && okB && (int(a)-int(b))*side >= 0
	}
}

// numOr is a child's number, or another where there is no such child. Of a child
// that is no number it is nothing.
func (t *Tree) numOr(n ID, other num, path ...Name) num {
	if c := t.at(n, path...); c != None {
		return t.num(c)
	}
	return other
}

func expectedNet(j *judge, n ID) num {
	quantity := cbcInvoicedQuantity
	if j.t.name(Root) == nameCreditNote {
		quantity = cbcCreditedQuantity
	}
	base := j.t.numOr(n, one, cacPrice, cbcBaseQuantity)
	if base.eq(zero) {
		base = one
	}
	sum := j.t.numOr(n, one, quantity).mul(j.t.numOr(n, zero, cacPrice, cbcPriceAmount).div(base))
	up, down := zero, zero
	for a := range j.t.children(n, cacAllowanceCharge) {
		switch j.t.norm(j.t.child(a, cbcChargeIndicator)) {
		case "true":
			up = j.t.sumAt(up, a, cbcAmount)
		case "false":
			down = j.t.sumAt(down, a, cbcAmount)
		}
	}
	return sum.add(up.round2()).sub(down.round2())
}

func lineNet(j *judge, n ID) bool {
	return j.t.numOr(n, zero, cbcLineExtensionAmount).near(expectedNet(j, n), tolerance)
}

func lineNetSeen(j *judge, n ID) string {
	return "Antal gånger pris ger " + expectedNet(j, n).round2().swedish() + ", men raden anger " +
		j.t.numOr(n, zero, cbcLineExtensionAmount).swedish() + "."
}

func grossPrice(j *judge, n ID) bool {
	gross := j.t.child(n, cbcBaseAmount)
	return gross == None || j.t.num(j.t.child(j.t.parent(n), cbcPriceAmount)).eq(expectedPrice(j, n))
}

func expectedPrice(j *judge, n ID) num {
	return j.t.num(j.t.child(n, cbcBaseAmount)).sub(j.t.num(j.t.child(n, cbcAmount)))
}

func grossPriceSeen(j *judge, n ID) string {
	return "Priset ska vara " + expectedPrice(j, n).swedish() + ", men raden anger " +
		j.t.num(j.t.child(j.t.parent(n), cbcPriceAmount)).swedish() + "."
}

func sameUnit(j *judge, n ID) bool {
	line := j.t.parent(j.t.parent(n))
	invoiced, credited := j.t.child(line, cbcInvoicedQuantity), j.t.child(line, cbcCreditedQuantity)
	if invoiced == None && credited == None {
		return true
	}
	quantity := invoiced
	if j.t.name(Root) == nameCreditNote {
		quantity = credited
	}
	unit, there := j.t.attr(quantity, "unitCode")
	return there && unit == j.t.attrText(n, "unitCode")
}
