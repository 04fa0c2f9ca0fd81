package en16931

import (
	_ "embed"
	"strings"

	"kontor/kernel/period"
)

// codesText is the code lists: a line for each version of each list with the
// day from which it is used, where it comes from, and the codes.
//
//go:embed codes.tsv
var codesText string

// codeList is one version of a list of codes.
type codeList struct {
	from  period.Date
	codes map[string]struct{}
	text  string // the codes with a space on both sides of each
}

// codeLists are the versions of every list, newest first.
var codeLists = parseCodes(codesText)

func parseCodes(text string) map[string][]codeList {
	lists := map[string][]codeList{}
	for _, line := range strings.Split(text, "\n")[1:] {
		field := strings.Split(line, "\t")
		if len(field) != 4 {
			continue
		}
		from, err := period.ParseDate(field[1])
		if err != nil {
			panic("en16931: codes.tsv: " + err.Error())
		}
		list := codeList{from: from, codes: map[string]struct{}{}, text: " " + field[3] + " "}
		for _, code := range strings.Fields(field[3]) {
			list.codes[code] = struct{}{}
		}
		// A later version is written below the one that it follows.
		lists[field[0]] = append([]codeList{list}, lists[field[0]]...)
	}
	return lists
}

// codes gives the version of a list in force on the day of the check: before
// the first version that is the first, since no older one is kept.
func (j *judge) codes(name string) *codeList {
	versions := codeLists[name]
	if !j.on.IsZero() {
		for k := range versions {
			if versions[k].from <= j.on {
				return &versions[k]
			}
		}
		return &versions[len(versions)-1]
	}
	return &versions[0]
}

func (j *judge) listed(name, code string) bool {
	_, known := j.codes(name).codes[code]
	return known
}

// coded: the element's text is in a list.
func coded(list string) test {
	mustList(list)
	return func(j *judge, n ID) bool { return j.listed(list, j.t.norm(n)) }
}

// attrCoded: an attribute is in a list.
func attrCoded(list, attr string) test {
	mustList(list)
	return func(j *judge, n ID) bool { return j.listed(list, normalize(j.t.attrText(n, attr))) }
}

// attrExact is attrCoded without leave for space around the code, which Peppol's
// own lists do not give.
func attrExact(list, attr string) test {
	mustList(list)
	return func(j *judge, n ID) bool { return j.listed(list, j.t.attrText(n, attr)) }
}

func mustList(name string) {
	if len(codeLists[name]) == 0 {
		panic("en16931: codes.tsv lacks " + name)
	}
}

// codeRules are the rules that a value is from a list.
// source: EN 16931 code lists, CEN/TC 434 validation artefacts 1.3.16 (BR-CL);
// OpenPEPPOL BIS Billing 3.0.19 (CL, P, F)
func codeRules() []group {
	return append(append(headerCodes(), partCodes()...), dateCodes...)
}

func headerCodes() []group {
	scheme, currency := valueOf("schemeID"), valueOf("currencyID")
	return []group{
		{on(cbcInvoiceTypeCode), []entry{
			{id: "BR-CL-01", ok: coded("invoice-type")},
			{id: "PEPPOL-EN16931-P0100", ok: either(onlyCII, inProfile(coded("peppol-invoice-type")))},
			{id: "PEPPOL-EN16931-P0112", ok: either(bothGerman, func(j *judge, n ID) bool { return !oneOf(j.t.norm(n), "326", "384") })},
		}},
		{on(cbcCreditNoteTypeCode), []entry{
			{id: "BR-CL-01", ok: coded("credit-type")},
			{id: "PEPPOL-EN16931-P0101", ok: inProfile(coded("peppol-credit-type"))},
		}},
		{on(amountNames...), []entry{
			{id: "BR-CL-03", ok: attrCoded("currency", "currencyID"), seen: currency},
			{id: "PEPPOL-EN16931-CL007", ok: attrExact("peppol-currency", "currencyID"), seen: currency},
		}},
		{on(cbcDocumentCurrencyCode), []entry{{id: "BR-CL-04", ok: coded("currency")}}},
		{on(cbcTaxCurrencyCode), []entry{{id: "BR-CL-05", ok: coded("currency")}}},
		{inside(cbcDescriptionCode, cacInvoicePeriod), []entry{
			{id: "BR-CL-06", ok: coded("tax-point")},
			{id: "PEPPOL-EN16931-CL006", ok: coded("peppol-tax-point")},
		}},
		{on(cacAdditionalDocumentReference, cacDocumentReference).where(isObject).then(cbcID).where(carries("schemeID")), []entry{
			{id: "BR-CL-07", ok: attrCoded("object", "schemeID"), seen: scheme},
		}},
		{top(cbcNote), []entry{{id: "BR-CL-08", ok: subjectCoded}}},
		{inside(cbcID, cacPartyIdentification).where(carries("schemeID")), []entry{
			{id: "BR-CL-10", ok: partyCoded, seen: scheme},
		}},
		{inside(cbcCompanyID, cacPartyLegalEntity).where(carries("schemeID")), []entry{
			{id: "BR-CL-11", ok: attrCoded("identifier", "schemeID"), seen: scheme},
		}},
		{inside(cbcItemClassificationCode, cacCommodityClassification).where(carries("listID")), []entry{
			{id: "BR-CL-13", ok: attrCoded("item-class", "listID"), seen: valueOf("listID")},
		}},
		{inside(cbcIdentificationCode, cacCountry), []entry{{id: "BR-CL-14", ok: coded("country")}}},
	}
}

func partCodes() []group {
	scheme := valueOf("schemeID")
	return []group{
		{inside(cbcIdentificationCode, cacOriginCountry), []entry{{id: "BR-CL-15", ok: coded("country")}}},
		{inside(cbcPaymentMeansCode, cacPaymentMeans), []entry{{id: "BR-CL-16", ok: coded("payment")}}},
		{inside(cbcID, cacTaxCategory), []entry{{id: "BR-CL-17", ok: coded("vat-category")}}},
		{inside(cbcID, cacClassifiedTaxCategory), []entry{{id: "BR-CL-18", ok: coded("vat-category")}}},
		{on(cacAllowanceCharge).where(isAllowance).then(cbcAllowanceChargeReasonCode), []entry{
			{id: "BR-CL-19", ok: coded("allowance")},
		}},
		{on(cacAllowanceCharge).where(indicated("false")).then(cbcAllowanceChargeReasonCode), []entry{
			{id: "PEPPOL-EN16931-CL002", ok: coded("peppol-allowance")},
		}},
		{on(cacAllowanceCharge).where(isCharge).then(cbcAllowanceChargeReasonCode), []entry{
			{id: "BR-CL-20", ok: coded("charge")},
		}},
		{on(cacAllowanceCharge).where(indicated("true")).then(cbcAllowanceChargeReasonCode), []entry{
			{id: "PEPPOL-EN16931-CL003", ok: coded("peppol-charge")},
		}},
		{inside(cbcID, cacStandardItemIdentification).where(carries("schemeID")), []entry{
			{id: "BR-CL-21", ok: attrCoded("identifier", "schemeID"), seen: scheme},
		}},
		{on(cbcTaxExemptionReasonCode), []entry{{id: "BR-CL-22", ok: func(j *judge, n ID) bool {
			return j.listed("exemption", upper(j.t.norm(n)))
		}}}},
		{on(cbcInvoicedQuantity, cbcBaseQuantity, cbcCreditedQuantity).where(carries("unitCode")), []entry{
			{id: "BR-CL-23", ok: attrCoded("unit", "unitCode"), seen: valueOf("unitCode")},
		}},
		{on(cbcEmbeddedDocumentBinaryObject).where(carries("mimeCode")), []entry{
			{id: "BR-CL-24", ok: attrExact("mime", "mimeCode"), seen: valueOf("mimeCode")},
			{id: "PEPPOL-EN16931-CL001", ok: attrExact("mime", "mimeCode"), seen: valueOf("mimeCode")},
		}},
		{on(cbcEndpointID).where(carries("schemeID")), []entry{
			{id: "BR-CL-25", ok: attrCoded("endpoint", "schemeID"), seen: scheme},
			{id: "PEPPOL-EN16931-CL008", ok: attrExact("peppol-endpoint", "schemeID"), seen: scheme},
		}},
		{inside(cbcID, cacDeliveryLocation).where(carries("schemeID")), []entry{
			{id: "BR-CL-26", ok: attrCoded("identifier", "schemeID"), seen: scheme},
		}},
	}
}

// dateCodes are the rules about how countries in VAT numbers, dates and
// exemption codes are written.
var dateCodes = []group{
	{on(cacPartyTaxScheme).where(vatScheme), []entry{
		{id: "BR-CO-09", ok: vatCountry, seen: value(cbcCompanyID)},
	}},
	{on(cbcIssueDate, cbcDueDate, cbcTaxPointDate, cbcStartDate, cbcEndDate, cbcActualDeliveryDate), []entry{
		{id: "PEPPOL-EN16931-F001", ok: plainDate},
	}},
	{on(cacTaxCategory).where(has(cbcTaxExemptionReasonCode)), exemptionEntries()},
}

// exemptions ties an exemption code to the category that it is for.
var exemptions = []struct{ id, code, category string }{
	{"PEPPOL-EN16931-P0104", "VATEX-EU-G", "G"},
	{"PEPPOL-EN16931-P0105", "VATEX-EU-O", "O"},
	{"PEPPOL-EN16931-P0106", "VATEX-EU-IC", "K"},
	{"PEPPOL-EN16931-P0107", "VATEX-EU-AE", "AE"},
	{"PEPPOL-EN16931-P0108", "VATEX-EU-D", "E"},
	{"PEPPOL-EN16931-P0109", "VATEX-EU-F", "E"},
	{"PEPPOL-EN16931-P0110", "VATEX-EU-I", "E"},
	{"PEPPOL-EN16931-P0111", "VATEX-EU-J", "E"},
}

func exemptionEntries() []entry {
	var entries []entry
	for _, x := range exemptions {
		entries = append(entries, entry{id: x.id, seen: value(cbcID), ok: func(j *judge, n ID) bool {
			return upper(j.t.raw(j.t.child(n, cbcTaxExemptionReasonCode))) != x.code || j.t.norm(j.t.child(n, cbcID)) == x.category
		}})
	}
	return entries
}

// inProfile judges only the billing process, 01.
func inProfile(ok test) test {
	return func(j *judge, n ID) bool { return j.facts.profile != "01" || ok(j, n) }
}

func isObject(j *judge, n ID) bool { return j.t.hasText(n, objectCode, cbcDocumentTypeCode) }

// subjectCoded: what stands between the first two # is a subject code, if it is
// three characters.
func subjectCoded(j *judge, n ID) bool {
	_, rest, marked := strings.Cut(j.t.raw(n), "#")
	code, _, closed := strings.Cut(rest, "#")
	if !marked || !closed || len([]rune(code)) != 3 {
		return true
	}
	return strings.Contains(j.codes("subject").text, code)
}

// partyCoded: a party identifier's scheme is in the list, or it is a bank's
// creditor identifier of the seller or the payee.
func partyCoded(j *judge, n ID) bool {
	scheme := normalize(j.t.attrText(n, "schemeID"))
	if j.listed("identifier", scheme) {
		return true
	}
	if scheme != "SEPA" {
		return false
	}
	for p := j.t.parent(n); p != None; p = j.t.parent(p) {
		if name := j.t.name(p); name == cacAccountingSupplierParty || name == cacPayeeParty {
			return true
		}
	}
	return false
}

// vatCountry: a VAT number begins with a country; without a number there is
// nothing to judge.
func vatCountry(j *judge, n ID) bool {
	number := j.t.raw(j.t.child(n, cbcCompanyID))
	return strings.Contains(j.codes("vat-country").text, number[:min(2, len(number))])
}

// plainDate: ten characters that are a day.
func plainDate(j *judge, n ID) bool {
	s := j.t.raw(n)
	_, day := parseDate(s)
	return len(s) == 10 && day
}
