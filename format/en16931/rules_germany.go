package en16931

import (
	"regexp"
	"strings"
)

// germanRules hold between a seller and a buyer in Germany.
// source: OpenPEPPOL BIS Billing 3.0.19, DE-R
var germanRules = []group{
	{root1(bothGerman), []entry{
		{id: "DE-R-001", ok: has(cacPaymentMeans)},
		{id: "DE-R-015", ok: filled(cbcBuyerReference)},
		{id: "DE-R-016", ok: germanSellerTaxed},
		{id: "DE-R-017", ok: func(j *judge, n ID) bool {
			code := j.t.norm(j.t.child(n, cbcInvoiceTypeCode)) + j.t.norm(j.t.child(n, cbcCreditNoteTypeCode))
			return oneOf(code, "326", "380", "384", "389", "381", "875", "876", "877")
		}},
		{id: "DE-R-018", ok: germanDiscount},
		{id: "DE-R-022", ok: uniqueFilenames},
		{id: "DE-R-026", ok: func(j *judge, n ID) bool {
			return j.t.raw(j.t.child(n, cbcInvoiceTypeCode)) != "384" || has(cacBillingReference, cacInvoiceDocumentReference)(j, n)
		}},
		{id: "DE-R-030", ok: either(lacks(cacPaymentMeans, cacPaymentMandate), either(
			schemed("SEPA", cacAccountingSupplierParty, cacParty, cacPartyIdentification, cbcID),
			schemed("SEPA", cacPayeeParty, cacPartyIdentification, cbcID),
		))},
		{id: "DE-R-031", ok: either(
			lacks(cacPaymentMeans, cacPaymentMandate),
			filled(cacPaymentMeans, cacPaymentMandate, cacPayerFinancialAccount, cbcID),
		)},
	}},
	{on(cacAccountingSupplierParty).where(bothGerman), []entry{
		{id: "DE-R-002", ok: has(cacParty, cacContact)},
	}},
	{inside(cacPostalAddress, cacParty, cacAccountingSupplierParty).where(bothGerman), []entry{
		{id: "DE-R-003", ok: filled(cbcCityName)},
		{id: "DE-R-004", ok: filled(cbcPostalZone)},
	}},
	{inside(cacContact, cacParty, cacAccountingSupplierParty).where(bothGerman), []entry{
		{id: "DE-R-005", ok: filled(cbcName)},
		{id: "DE-R-006", ok: filled(cbcTelephone)},
		{id: "DE-R-007", ok: filled(cbcElectronicMail)},
		{id: "DE-R-027", ok: threeDigits, seen: value(cbcTelephone)},
		{
			id: "DE-R-028", seen: value(cbcElectronicMail),
			ok: func(j *judge, n ID) bool { return mailAddress.MatchString(j.t.norm(j.t.child(n, cbcElectronicMail))) },
		},
	}},
	{inside(cacPostalAddress, cacParty, cacAccountingCustomerParty).where(bothGerman), []entry{
		{id: "DE-R-008", ok: filled(cbcCityName)},
		{id: "DE-R-009", ok: filled(cbcPostalZone)},
	}},
	{inside(cacAddress, cacDeliveryLocation, cacDelivery).where(bothGerman), []entry{
		{id: "DE-R-010", ok: filled(cbcCityName)},
		{id: "DE-R-011", ok: filled(cbcPostalZone)},
	}},
	{germanMeans("30", "58"), []entry{
		{id: "DE-R-019", ok: func(j *judge, n ID) bool {
			return means(j, n) != "58" || isIBAN(j.t.raw(j.t.at(n, cacPayeeFinancialAccount, cbcID)))
		}},
		{id: "DE-R-023-1", ok: has(cacPayeeFinancialAccount)},
		{id: "DE-R-023-2", ok: both(lacks(cacCardAccount), lacks(cacPaymentMandate))},
	}},
	{germanMeans("48", "54", "55"), []entry{
		{id: "DE-R-024-1", ok: has(cacCardAccount)},
		{id: "DE-R-024-2", ok: both(lacks(cacPayeeFinancialAccount), lacks(cacPaymentMandate))},
	}},
	{germanMeans("59"), []entry{
		{id: "DE-R-020", ok: func(j *judge, n ID) bool {
			return isIBAN(j.t.raw(j.t.at(n, cacPaymentMandate, cacPayerFinancialAccount, cbcID)))
		}},
		{id: "DE-R-025-1", ok: has(cacPaymentMandate)},
		{id: "DE-R-025-2", ok: both(lacks(cacPayeeFinancialAccount), lacks(cacCardAccount))},
	}},
	{inside(cacTaxSubtotal, cacTaxTotal).where(bothGerman), []entry{
		{id: "DE-R-014", ok: filled(cacTaxCategory, cbcPercent)},
	}},
}

func germanMeans(codes ...string) context {
	return on(cacPaymentMeans).where(bothGerman).where(func(j *judge, n ID) bool {
		return oneOf(j.t.norm(j.t.child(n, cbcPaymentMeansCode)), codes...)
	})
}

// germanSellerTaxed: a taxed document says a tax number of the seller.
func germanSellerTaxed(j *judge, n ID) bool {
	for k := range j.facts.categories {
		if oneOf(j.facts.categories[k].code, "S", "Z", "E", "AE", "K", "G", "L", "M") {
			return has(cacTaxRepresentativeParty)(j, n) ||
				filled(cacAccountingSupplierParty, cacParty, cacPartyTaxScheme, cbcCompanyID)(j, n)
		}
	}
	return true
}

// discountLine is one statement of cash discount in BT-20.
var discountLine = regexp.MustCompile(`#SKONTO#TAGE=[0-9]+#PROZENT=[0-9]+\.[0-9]{2}(#BASISBETRAG=-?[0-9]+\.[0-9]{2})?#$`)

func germanDiscount(j *judge, n ID) bool {
	note := j.t.at(n, cacPaymentTerms, cbcNote)
	if note == None {
		return true
	}
	lines := strings.Split(j.t.raw(note), "\n")
	for _, line := range lines {
		if line = normalize(line); strings.HasPrefix(line, "#") && !discountLine.MatchString(line) {
			return false
		}
	}
	// A statement must end with a line break.
	return !strings.HasPrefix(normalize(lines[len(lines)-1]), "#")
}

func uniqueFilenames(j *judge, n ID) bool {
	seen := map[string]bool{}
	return j.t.each(n, []Name{cacAdditionalDocumentReference, cacAttachment, cbcEmbeddedDocumentBinaryObject}, func(f ID) bool {
		name := upper(j.t.attrText(f, "filename"))
		if name != "" && seen[name] {
			return false
		}
		seen[name] = true
		return true
	})
}

func threeDigits(j *judge, n ID) bool {
	digits := 0
	for _, c := range j.t.raw(j.t.child(n, cbcTelephone)) {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	return digits >= 3
}

// mailAddress has one at sign, no point or space next to it, first or last, and
// a domain of at least two parts.
var mailAddress = regexp.MustCompile(`^[^@\s.]([^@\s]*[^@\s.])@([^@\s.]+\.)+[^@\s.]+$`)

// isIBAN: shape and remainder by 97. source: ISO 13616
func isIBAN(s string) bool {
	s = strings.ReplaceAll(normalize(s), " ", "")
	if len(s) < 5 || len(s) > 34 || !all(s[:2], isLetter) || !isDigits(s[2:4]) || !all(s[4:], isAlphanumeric) {
		return false
	}
	remainder := 0
	for _, c := range upper(s[4:] + s[:4]) {
		if c >= 'A' {
			remainder = (remainder*100 + int(c-'A') + 10) % 97
		} else {
			remainder = (remainder*10 + int(c-'0')) % 97
		}
	}
	return remainder == 1
}
