package en16931

// swedishRules hold where the seller is in Sweden, whoever buys.
// source: OpenPEPPOL BIS Billing 3.0.19, SE-R
var swedishRules = []group{
	{sellerParty.where(swedishParty).where(swedishNumbered), []entry{
		{
			id: "SE-R-001", seen: vatSeen,
			ok: func(j *judge, n ID) bool { return len(j.t.norm(j.t.plainVAT(n))) == 14 },
		},
		{id: "SE-R-002", ok: func(j *judge, n ID) bool {
			number := j.t.raw(j.t.plainVAT(n))
			return isNumber(number[2:min(len(number), 14)])
		}, seen: vatSeen},
	}},
	{sellerParty.where(swedishParty).then(cacPartyLegalEntity).where(has(cbcCompanyID)), []entry{
		{
			id: "SE-R-003", seen: value(cbcCompanyID),
			ok: func(j *judge, n ID) bool { return isNumber(j.t.raw(j.t.child(n, cbcCompanyID))) },
		},
		{
			id: "SE-R-004", seen: value(cbcCompanyID),
			ok: func(j *judge, n ID) bool { return len([]rune(j.t.norm(j.t.child(n, cbcCompanyID)))) == 10 },
		},
		{
			id: "SE-R-013", seen: value(cbcCompanyID),
			ok: func(j *judge, n ID) bool { return swedishCheck(j.t.norm(j.t.child(n, cbcCompanyID))) },
		},
	}},
	{swedishRegistered.then(cacPartyTaxScheme).where(otherTax).then(cbcCompanyID), []entry{
		{id: "SE-R-005", ok: func(j *judge, n ID) bool {
			return normalize(upper(j.t.raw(n))) == approvedForTax
		}},
	}},
	{on(cacTaxCategory, cacClassifiedTaxCategory).where(swedishStandard), []entry{
		{id: "SE-R-006", ok: swedishRate, seen: value(cbcPercent)},
	}},
	{giroAccount("SE:PLUSGIRO"), []entry{
		{id: "SE-R-007", ok: normIs(isNumber)},
		{id: "SE-R-010", ok: normIs(func(s string) bool { return len(s) >= 2 && len(s) <= 8 })},
	}},
	{giroAccount("SE:BANKGIRO"), []entry{
		{id: "SE-R-008", ok: normIs(isNumber)},
		{id: "SE-R-009", ok: normIs(func(s string) bool { return len(s) == 7 || len(s) == 8 })},
	}},
	{on(cacPaymentMeans).where(swedishSeller).where(func(j *judge, n ID) bool {
		return j.t.hasText(n, "50", cbcPaymentMeansCode) || j.t.hasText(n, "56", cbcPaymentMeansCode)
	}), []entry{{id: "SE-R-011", ok: never, seen: value(cbcPaymentMeansCode)}}},
	{on(cacPaymentMeans).where(swedishSeller).where(func(j *judge, n ID) bool {
		return j.facts.buyerAt == "SE" && j.t.hasText(n, "31", cbcPaymentMeansCode)
	}), []entry{{id: "SE-R-012", ok: never, seen: value(cbcPaymentMeansCode)}}},
}

// approvedForTax is what a Swedish seller with F-tax writes in BT-32.
const approvedForTax = "GODKÄND FÖR F-SKATT"

var sellerParty = inside(cacParty, cacAccountingSupplierParty)

// swedishRegistered is a Swedish seller that gives its organisation number.
var swedishRegistered = sellerParty.where(swedishParty).where(has(cacPartyLegalEntity, cbcCompanyID))

func swedishParty(j *judge, n ID) bool {
	return j.t.hasText(n, "SE", cacPostalAddress, cacCountry, cbcIdentificationCode)
}

func swedishSeller(j *judge, _ ID) bool { return j.facts.sellerAt == "SE" }

// swedishNumbered: the VAT number begins with SE.
func swedishNumbered(j *judge, n ID) bool {
	number := j.t.raw(j.t.plainVAT(n))
	return len(number) >= 2 && number[:2] == "SE"
}

func vatSeen(j *judge, n ID) string { return quoted(j.t.norm(j.t.plainVAT(n))) }

// isNumber is what XPath's number() can read, in the decimal forms that occur.
func isNumber(s string) bool { return parseNum(s).ok }

// swedishCheck is the Luhn digit of the first ten digits; other characters fail.
func swedishCheck(s string) bool { return len(s) >= 10 && isDigits(s) && isSwedish(s[:10]) }

// otherTax: the scheme is named and is not VAT.
func otherTax(j *judge, n ID) bool {
	return normalize(upper(j.t.raw(j.t.at(n, cacTaxScheme, cbcID)))) != "VAT"
}

func swedishStandard(j *judge, n ID) bool {
	return j.facts.swedishVAT && j.t.hasText(n, "S", cbcID)
}

func swedishRate(j *judge, n ID) bool {
	rate := j.t.num(j.t.child(n, cbcPercent))
	for _, allowed := range swedishRates {
		if rate.eq(allowed) {
			return true
		}
	}
	return false
}

// giroAccount is the account of a Swedish seller's transfers through that branch.
func giroAccount(branch string) context {
	return on(cacPaymentMeans).where(swedishSeller).where(func(j *judge, n ID) bool {
		return j.t.norm(j.t.child(n, cbcPaymentMeansCode)) == "30" &&
			j.t.norm(j.t.at(n, cacPayeeFinancialAccount, cacFinancialInstitutionBranch, cbcID)) == branch
	}).then(cacPayeeFinancialAccount, cbcID)
}

// swedishRates are the rates that SE-R-006 allows: 25, 12 and 6 per cent. A
// change of the law changes the rule in a new release of the rule book.
// source: OpenPEPPOL BIS Billing 3.0.19, SE-R-006
var swedishRates = []num{whole(25), whole(12), whole(6)}
