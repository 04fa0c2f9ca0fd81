package en16931

import "strings"

// Some rules are worded otherwise for CII than for UBL, since the two syntaxes
// say the same thing in other places. These are the tests where they differ; all
// other rules are the same in both.
// source: EN 16931-CII 1.3.16, PEPPOL-EN16931-CII 3.0.19

// isCII says whether the document was read from CII.
func (j *judge) isCII() bool { return j.t.Syntax == CII }

// onlyCII passes what was read from CII: the lists of UBL's two kinds of document
// part types that CII has in one. BR-CL-01 holds for both.
func onlyCII(j *judge, _ ID) bool { return j.isCII() }

// inCII is a context that holds for CII alone.
func inCII(c context) context {
	return func(j *judge, visit func(ID)) {
		if j.isCII() {
			c(j, visit)
		}
	}
}

var ciiRules = []group{
	{inCII(on(cacAllowanceCharge).where(func(j *judge, n ID) bool { return j.t.name(j.t.parent(n)) == cacPrice })), []entry{
		{id: "PEPPOL-EN16931-R043", ok: indicatorWord, seen: value(cbcChargeIndicator)},
	}},
	{inCII(root), []entry{
		{id: "PEPPOL-EN16931-R080", ok: atMost(1, cacOriginatorDocumentReference)},
	}},
}

// oneNote: UBL lets two German parties write several notes; CII lets nobody, and
// no subject code either, which stands before the text as "#AAI#".
func oneNote(j *judge, n ID) bool {
	if !j.isCII() {
		return j.t.count(n, cbcNote) <= 1 || bothGerman(j, n)
	}
	notes := 0
	for note := range j.t.children(n, cbcNote) {
		if notes++; notes > 1 || strings.HasPrefix(j.t.raw(note), "#") {
			return false
		}
	}
	return true
}

// statedTotals is how many tax totals the file states in the invoice's currency;
// one that the reader made has no line.
func statedTotals(j *judge, n ID) int {
	sum := 0
	for total := range j.t.children(n, cacTaxTotal) {
		a := j.t.child(total, cbcTaxAmount)
		if j.t.Line(a) != 0 && j.t.attrText(a, "currencyID") == normalize(j.facts.currency) {
			sum++
		}
	}
	return sum
}

// accountingTotalCII: one tax total in the accounting currency, and no third.
func accountingTotalCII(j *judge, n ID) bool {
	code := j.t.child(n, cbcTaxCurrencyCode)
	if code == None {
		return true
	}
	all, own := 0, 0
	for total := range j.t.children(n, cacTaxTotal) {
		all++
		if j.t.attrText(j.t.child(total, cbcTaxAmount), "currencyID") == j.t.norm(code) {
			own++
		}
	}
	return own == 1 && all <= 2
}

// taxNearCII is taxNear, with the whole unit itself allowed.
func taxNearCII(tax, base, rate num) bool {
	return tax.abs().near(base.abs().mul(rate.div(hundred)).round2(), one)
}
