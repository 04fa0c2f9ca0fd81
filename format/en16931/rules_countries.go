package en16931

import (
	"regexp"
	"strings"
)

// countryRules hold where the seller is in Norway, Denmark, Italy, Iceland, the
// Netherlands or Greece. Germany has a file of its own.
// source: OpenPEPPOL BIS Billing 3.0.19
var countryRules = []group{
	{sellerParty.where(sellerCountry("NO")), []entry{
		{id: "NO-R-001", ok: norwegianVAT, seen: vatSeen},
		{id: "NO-R-002", ok: norwegianRegister},
	}},
	{root1(danishSeller), []entry{
		{id: "DK-R-002", ok: filled(cacAccountingSupplierParty, cacParty, cacPartyLegalEntity, cbcCompanyID)},
		{id: "DK-R-014", ok: danishScheme},
		{id: "DK-R-016", ok: danishCreditPositive},
	}},
	{top(cacAccountingSupplierParty).where(danishBoth).then(cacParty, cacPartyIdentification), []entry{
		{id: "DK-R-013", ok: identified},
	}},
	{top(cacAccountingCustomerParty).where(danishBoth).then(cacParty, cacPartyIdentification), []entry{
		{id: "DK-R-013", ok: identified},
	}},
	{rootOf(nameInvoice).where(danishBoth).then(cacPaymentMeans), danishPayment},
	{on(cacInvoiceLine, cacCreditNoteLine).where(danishBoth).where(atTop), []entry{
		{id: "DK-R-003", ok: danishClassification},
	}},
	{on(cacAllowanceCharge).where(danishBoth), []entry{
		{id: "DK-R-004", ok: danishLevy, seen: value(cbcAllowanceChargeReason)},
	}},
	{sellerParty.where(sellerCountry("IT")).then(cacPartyTaxScheme).where(func(j *judge, n ID) bool {
		scheme := j.t.at(n, cacTaxScheme, cbcID)
		return j.t.norm(scheme) != "VAT"
	}), []entry{{id: "IT-R-001", ok: func(j *judge, n ID) bool {
		s := j.t.norm(j.t.child(n, cbcCompanyID))
		return len(s) >= 11 && len(s) <= 16 && isAlphanumericUpper(s)
	}, seen: value(cbcCompanyID)}}},
	{sellerParty.where(sellerCountry("IT")), []entry{
		{id: "IT-R-002", ok: has(cacPostalAddress, cbcStreetName)},
		{id: "IT-R-003", ok: has(cacPostalAddress, cbcCityName)},
		{id: "IT-R-004", ok: has(cacPostalAddress, cbcPostalZone)},
	}},
	{root1(func(j *judge, _ ID) bool { return j.facts.sellerAt == "IS" }), icelandic},
	{top(cacAccountingCustomerParty).where(icelandicBoth), []entry{
		{id: "IS-R-004", ok: schemed("0196", cacParty, cacPartyLegalEntity, cbcCompanyID)},
		{id: "IS-R-005", ok: both(has(cacParty, cacPostalAddress, cbcStreetName), has(cacParty, cacPostalAddress, cbcPostalZone))},
	}},
	{on(cbcCreditNoteTypeCode).where(dutchSeller), []entry{{id: "NL-R-001", ok: func(j *judge, _ ID) bool {
		return j.t.at(Root, cacBillingReference, cacInvoiceDocumentReference, cbcID) != None
	}, seen: secret}}},
	{inside(cacPostalAddress, cacParty, cacAccountingSupplierParty).where(dutchSeller), []entry{
		{id: "NL-R-002", ok: fullAddress},
	}},
	{inside(cbcCompanyID, cacPartyLegalEntity, cacParty, cacAccountingSupplierParty).where(dutchSeller), []entry{
		{id: "NL-R-003", ok: dutchNumber},
	}},
	{inside(cacPostalAddress, cacParty, cacAccountingCustomerParty).where(dutchBoth), []entry{
		{id: "NL-R-004", ok: fullAddress},
	}},
	{inside(cbcCompanyID, cacPartyLegalEntity, cacParty, cacAccountingCustomerParty).where(dutchBoth), []entry{
		{id: "NL-R-005", ok: dutchNumber},
	}},
	{inside(cacPostalAddress, cacTaxRepresentativeParty).where(dutchSeller).where(func(j *judge, n ID) bool {
		return upper(j.t.norm(j.t.at(n, cacCountry, cbcIdentificationCode))) == "NL"
	}), []entry{{id: "NL-R-006", ok: fullAddress}}},
	{on(cacLegalMonetaryTotal).where(dutchSeller), []entry{{id: "NL-R-007", ok: dutchMeans}}},
	{on(cacPaymentMeans).where(dutchBoth), []entry{{id: "NL-R-008", ok: func(j *judge, n ID) bool {
		return oneOf(j.t.norm(j.t.child(n, cbcPaymentMeansCode)), "30", "48", "49", "57", "58", "59")
	}, seen: value(cbcPaymentMeansCode)}}},
	{inside(cbcLineID, cacOrderLineReference).where(dutchSeller), []entry{{id: "NL-R-009", ok: func(j *judge, _ ID) bool {
		return j.t.at(Root, cacOrderReference, cbcID) != None
	}, seen: secret}}},
}

// danishPayment. source: DK-R-005 to DK-R-011
var danishPayment = []entry{
	{id: "DK-R-005", ok: func(j *judge, n ID) bool {
		return oneOf(means(j, n), "1", "10", "31", "42", "48", "49", "50", "58", "59", "93", "97")
	}, seen: value(cbcPaymentMeansCode)},
	{id: "DK-R-006", ok: func(j *judge, n ID) bool {
		return !oneOf(means(j, n), "31", "42") ||
			filled(cacPayeeFinancialAccount, cbcID)(j, n) && filled(cacPayeeFinancialAccount, cacFinancialInstitutionBranch, cbcID)(j, n)
	}},
	{id: "DK-R-007", ok: func(j *judge, n ID) bool {
		return means(j, n) != "49" ||
			filled(cacPaymentMandate, cbcID)(j, n) && filled(cacPaymentMandate, cacPayerFinancialAccount, cbcID)(j, n)
	}},
	{id: "DK-R-008", ok: func(j *judge, n ID) bool {
		account := j.t.raw(j.t.at(n, cacPayeeFinancialAccount, cbcID))
		return means(j, n) != "50" || oneOf(cardKind(j, n), "01#", "04#", "15#") &&
			isDigits(account) && (len(account) == 7 || len(account) == 8)
	}},
	{id: "DK-R-009", ok: func(j *judge, n ID) bool {
		return means(j, n) != "50" || !oneOf(cardKind(j, n), "04#", "15#") || len(j.t.raw(j.t.child(n, cbcPaymentID))) == 19
	}, seen: value(cbcPaymentID)},
	{id: "DK-R-010", ok: func(j *judge, n ID) bool {
		// The creditor number may stand as either account.
		return means(j, n) != "93" || oneOf(cardKind(j, n), "71#", "73#", "75#") &&
			(len(j.t.raw(j.t.at(n, cacPayeeFinancialAccount, cbcID))) == 8 ||
				len(j.t.raw(j.t.at(n, cacCreditAccount, cbcAccountID))) == 8)
	}},
	{id: "DK-R-011", ok: func(j *judge, n ID) bool {
		length := len(j.t.raw(j.t.child(n, cbcPaymentID)))
		return means(j, n) != "93" || !oneOf(cardKind(j, n), "71#", "75#") || length == 18 || length == 19
	}, seen: value(cbcPaymentID)},
}

// icelandic. source: IS-R-001 to IS-R-010
var icelandic = []entry{
	{id: "IS-R-001", ok: func(j *judge, n ID) bool {
		return oneOf(j.t.norm(j.t.child(n, cbcInvoiceTypeCode)), "380", "381") ||
			oneOf(j.t.norm(j.t.child(n, cbcCreditNoteTypeCode)), "380", "381")
	}},
	{id: "IS-R-002", ok: schemed("0196", cacAccountingSupplierParty, cacParty, cacPartyLegalEntity, cbcCompanyID)},
	{id: "IS-R-003", ok: both(
		has(cacAccountingSupplierParty, cacParty, cacPostalAddress, cbcStreetName),
		has(cacAccountingSupplierParty, cacParty, cacPostalAddress, cbcPostalZone),
	)},
	{id: "IS-R-006", ok: icelandicAccount("9")},
	{id: "IS-R-007", ok: icelandicAccount("42")},
	{id: "IS-R-008", ok: final(func(j *judge, id ID) bool { _, day := parseDate(j.t.raw(id)); return len(j.t.raw(id)) == 10 && day })},
	{id: "IS-R-009", ok: final(func(j *judge, _ ID) bool { return j.t.child(Root, cbcDueDate) != None })},
	{id: "IS-R-010", ok: final(func(j *judge, id ID) bool {
		due := j.t.child(Root, cbcDueDate)
		return due != None && j.t.raw(due) <= j.t.raw(id)
	})},
}

// root1 is the document element where a test passes.
func root1(keep test) context { return context(root).where(keep) }

func oneOf(s string, codes ...string) bool {
	for _, c := range codes {
		if s == c {
			return true
		}
	}
	return false
}

func sellerCountry(code string) test {
	return func(j *judge, _ ID) bool { return j.facts.seller == code }
}

func norwegianVAT(j *judge, n ID) bool {
	for s := range j.t.children(n, cacPartyTaxScheme) {
		if j.t.norm(j.t.at(s, cacTaxScheme, cbcID)) != "VAT" {
			continue
		}
		number := j.t.raw(j.t.child(s, cbcCompanyID))
		if rest, norwegian := strings.CutPrefix(number, "NO"); norwegian {
			digits, marked := strings.CutSuffix(rest, "MVA")
			return marked && isNorwegian(digits)
		}
	}
	return true
}

func norwegianRegister(j *judge, n ID) bool {
	for s := range j.t.children(n, cacPartyTaxScheme) {
		if j.t.norm(j.t.at(s, cacTaxScheme, cbcID)) == "TAX" {
			return j.t.norm(j.t.child(s, cbcCompanyID)) == "Foretaksregisteret"
		}
	}
	return false
}

func atTop(j *judge, n ID) bool { return j.t.parent(n) == Root }

func icelandicBoth(j *judge, _ ID) bool { return j.facts.sellerAt == "IS" && j.facts.buyerAt == "IS" }

func danishSeller(j *judge, _ ID) bool { return j.facts.sellerAt == "DK" }

func danishBoth(j *judge, _ ID) bool { return j.facts.sellerAt == "DK" && j.facts.buyerAt == "DK" }

func danishScheme(j *judge, n ID) bool {
	id := j.t.at(n, cacAccountingSupplierParty, cacParty, cacPartyLegalEntity, cbcCompanyID)
	return id == None || normalize(j.t.attrText(id, "schemeID")) == "0184"
}

func danishCreditPositive(j *judge, n ID) bool {
	due := j.t.num(j.t.at(n, cacLegalMonetaryTotal, cbcPayableAmount))
	return j.t.name(Root) != nameCreditNote || j.facts.buyerAt != "DK" || !due.lt(zero)
}

// identified: an identifier has a scheme.
func identified(j *judge, n ID) bool {
	id := j.t.child(n, cbcID)
	return id == None || !isBlank(j.t.attrText(id, "schemeID"))
}

func means(j *judge, n ID) string { return j.t.raw(j.t.child(n, cbcPaymentMeansCode)) }

// cardKind is the first three characters of a Danish payment reference.
func cardKind(j *judge, n ID) string {
	s := j.t.raw(j.t.child(n, cbcPaymentID))
	return s[:min(3, len(s))]
}

func danishClassification(j *judge, n ID) bool {
	unspsc, dated := false, false
	j.t.each(n, []Name{cacItem, cacCommodityClassification, cbcItemClassificationCode}, func(c ID) bool {
		unspsc = unspsc || j.t.attrText(c, "listID") == "TST"
		dated = dated || oneOf(j.t.attrText(c, "listVersionID"), "19.05.01", "19.0501", "26.08.01", "26.0801")
		return true
	})
	return !unspsc || dated
}

// danishLevy: a levy is named by four digits, or with a # inside.
func danishLevy(j *judge, n ID) bool {
	if j.t.raw(j.t.child(n, cbcAllowanceChargeReasonCode)) != "ZZZ" {
		return true
	}
	s := j.t.norm(j.t.child(n, cbcAllowanceChargeReason))
	if len(s) == 4 && isDigits(s) {
		return true
	}
	return strings.Contains(s, "#") && !strings.HasPrefix(s, "#") && !strings.HasSuffix(s, "#")
}

func isAlphanumericUpper(s string) bool { return all(s, isAlphanumeric) && upper(s) == s }

// schemed: some element that a path leads to has that scheme.
func schemed(scheme string, path ...Name) test {
	return func(j *judge, n ID) bool {
		return !j.t.each(n, path, func(c ID) bool { return j.t.attrText(c, "schemeID") != scheme })
	}
}

// icelandicAccount: payments of that kind are to a twelve-digit account.
func icelandicAccount(code string) test {
	return func(j *judge, n ID) bool {
		for m := range j.t.children(n, cacPaymentMeans) {
			if means(j, m) == code && len(j.t.norm(j.t.at(m, cacPayeeFinancialAccount, cbcID))) != 12 {
				return false
			}
		}
		return true
	}
}

// final judges the reference of an Icelandic final due date, if there is one.
func final(ok test) test {
	return func(j *judge, n ID) bool {
		for r := range j.t.children(n, cacAdditionalDocumentReference) {
			if j.t.hasText(r, "EINDAGI", cbcDocumentDescription) {
				return ok(j, j.t.child(r, cbcID))
			}
		}
		return true
	}
}

func dutchSeller(j *judge, _ ID) bool { return j.facts.sellerIn("NL") }

func dutchBoth(j *judge, _ ID) bool { return j.facts.sellerIn("NL") && j.facts.buyerIn("NL") }

func fullAddress(j *judge, n ID) bool {
	return has(cbcStreetName)(j, n) && has(cbcCityName)(j, n) && has(cbcPostalZone)(j, n)
}

func dutchNumber(j *judge, n ID) bool {
	return oneOf(j.t.attrText(n, "schemeID"), "0106", "0190") && !isBlank(j.t.raw(n))
}

// dutchMeans: a payment means is needed where the buyer is to pay.
func dutchMeans(j *judge, n ID) bool {
	due := j.t.num(j.t.child(n, cbcPayableAmount))
	if j.t.name(Root) == nameCreditNote {
		return zero.le(due) || j.t.heads[cacPaymentMeans] != None
	}
	return due.le(zero) || j.t.heads[cacPaymentMeans] != None
}

// greekRules. source: OpenPEPPOL BIS Billing 3.0.19, GR
var greekRules = []group{
	{rootOf(nameInvoice).then(cbcID).where(greekSeller), greekNumber},
	{rootOf(nameCreditNote).then(cbcID).where(greekSeller), greekNumber},
	{sellerParty.where(greekSeller), []entry{
		{id: "GR-R-002", ok: filled(cacPartyName, cbcName)},
		{id: "GR-S-011", ok: greekVAT, seen: vatSeen},
	}},
	{sellerParty.where(greekSeller).then(cacPartyTaxScheme).where(func(j *judge, n ID) bool {
		return j.t.norm(j.t.at(n, cacTaxScheme, cbcID)) == "VAT"
	}).then(cbcCompanyID), []entry{{id: "GR-R-003", ok: func(j *judge, n ID) bool { return isGreekVAT(j.t.raw(n)) }}}},
	{root1(greekSeller).where(func(j *judge, _ ID) bool { return j.facts.sellerAt == "GR" }), []entry{
		{id: "GR-R-004-1", ok: func(j *judge, n ID) bool { return described(j, n, greekMark) == 1 }},
		{id: "GR-S-008-1", ok: func(j *judge, n ID) bool { return described(j, n, greekAddress) == 1 }},
		{id: "GR-R-008-2", ok: func(j *judge, n ID) bool { return described(j, n, greekAddress) <= 1 }},
	}},
	{on(cacAdditionalDocumentReference).where(greekSeller).where(func(j *judge, n ID) bool {
		return j.facts.sellerAt == "GR" && j.t.hasText(n, greekMark, cbcDocumentDescription)
	}).then(cbcID), []entry{{id: "GR-R-004-2", ok: func(j *judge, n ID) bool {
		s := j.t.raw(n)
		return s != "" && s[0] >= '1' && s[0] <= '9'
	}}}},
	{on(cacAdditionalDocumentReference).where(greekSeller).where(func(j *judge, n ID) bool {
		return j.t.hasText(n, greekAddress, cbcDocumentDescription)
	}), []entry{{id: "GR-R-008-3", ok: filled(cacAttachment, cacExternalReference, cbcURI)}}},
	{inside(cacParty, cacAccountingCustomerParty).where(greekSeller), []entry{
		{id: "GR-R-005", ok: filled(cacPartyName, cbcName)},
	}},
	{inside(cbcEndpointID, cacParty, cacAccountingSupplierParty).where(func(j *judge, _ ID) bool {
		return oneOf(j.facts.sellerAlone, "GR", "EL")
	}), []entry{{id: "GR-R-009", ok: greekEndpoint}}},
	{inside(cacParty, cacAccountingCustomerParty).where(greekBoth), []entry{
		{id: "GR-R-006", ok: greekVAT, seen: vatSeen},
	}},
	{inside(cbcEndpointID, cacParty, cacAccountingCustomerParty).where(greekBoth), []entry{
		{id: "GR-R-010", ok: greekEndpoint},
	}},
}

// The descriptions by which Greek references are known.
const (
	greekMark    = "##M.AR.K##"
	greekAddress = "##INVOICE|URL##"
)

// greekNumber: a Greek invoice number is six parts between bars.
var greekNumber = []entry{
	{id: "GR-R-001-1", ok: func(j *judge, n ID) bool { return strings.Count(j.t.raw(n), "|") == 5 }},
	{id: "GR-R-001-2", ok: func(j *judge, n ID) bool {
		part := greekPart(j, n, 0)
		return len(normalize(part)) == 9 && isGreek(part) && greekOwn(j, part)
	}},
	{id: "GR-R-001-3", ok: func(j *judge, n ID) bool {
		date := greekPart(j, n, 1)
		issued := strings.Split(j.t.raw(j.t.child(Root, cbcIssueDate)), "-")
		day := strings.Split(date, "/")
		return greekDate.MatchString(date) && len(day) >= 3 && len(issued) >= 3 &&
			day[0] == issued[2] && day[1] == issued[1] && day[2] == issued[0]
	}},
	{id: "GR-R-001-4", ok: func(j *judge, n ID) bool {
		return isDigits(strings.Trim(greekPart(j, n, 2), blanks))
	}},
	{id: "GR-R-001-5", ok: func(j *judge, n ID) bool {
		return oneOf(greekPart(j, n, 3), "1.1", "1.6", "2.1", "2.4", "5.1", "5.2")
	}},
	{id: "GR-R-001-6", ok: func(j *judge, n ID) bool { return greekPart(j, n, 4) != "" }},
	{id: "GR-R-001-7", ok: func(j *judge, n ID) bool { return greekPart(j, n, 5) != "" }},
}

var greekDate = regexp.MustCompile(`^(0?[1-9]|[12][0-9]|3[01])[-\\/ ]?(0?[1-9]|1[0-2])[-\\/ ]?(19|20)[0-9]{2}`)

func greekPart(j *judge, n ID, k int) string {
	parts := strings.Split(j.t.raw(n), "|")
	if k >= len(parts) {
		return ""
	}
	return parts[k]
}

// greekOwn: the number is the seller's or its tax representative's.
func greekOwn(j *judge, number string) bool {
	own := false
	compare := func(party ID) bool {
		s := j.t.raw(j.t.plainVAT(party))
		own = own || len(s) > 2 && s[2:min(len(s), 11)] == number
		return true
	}
	j.t.each(Root, []Name{cacAccountingSupplierParty, cacParty}, compare)
	j.t.each(Root, []Name{cacTaxRepresentativeParty}, compare)
	return own
}

func greekSeller(j *judge, _ ID) bool { return oneOf(j.facts.seller, "GR", "EL") }

func greekBoth(j *judge, _ ID) bool {
	return oneOf(j.facts.seller, "GR", "EL") && oneOf(j.facts.buyer, "GR", "EL")
}

func isGreekVAT(s string) bool { return strings.HasPrefix(s, "EL") && isGreek(s[2:]) }

func greekVAT(j *judge, n ID) bool {
	count, number := 0, ""
	for s := range j.t.children(n, cacPartyTaxScheme) {
		if j.t.norm(j.t.at(s, cacTaxScheme, cbcID)) == "VAT" {
			count += j.t.count(s, cbcCompanyID)
			number = j.t.raw(j.t.child(s, cbcCompanyID))
		}
	}
	return count == 1 && isGreekVAT(number)
}

func greekEndpoint(j *judge, n ID) bool {
	return j.t.attrText(n, "schemeID") == "9933" && isGreek(j.t.raw(n))
}

// described counts the references with that description.
func described(j *judge, n ID, text string) int {
	sum := 0
	for r := range j.t.children(n, cacAdditionalDocumentReference) {
		if j.t.hasText(r, text, cbcDocumentDescription) {
			sum++
		}
	}
	return sum
}
