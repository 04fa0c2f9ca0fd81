package en16931

import (
	"cmp"
	"regexp"
	"strings"
)

// facts are what many rules ask about the whole document, found out once.
type facts struct {
	sellerTax   bool // any seller tax number
	sellerVAT   bool
	agentVAT    bool // the seller's tax representative has a VAT number
	buyerVAT    bool
	buyerLegal  bool
	categories  []category
	currency    string // BT-5 as written
	profile     string // two digits, "" if the process is not Peppol billing
	seller      string // country by VAT number, representative, address; "XX" if none
	sellerAlone string // the same without the representative
	buyer       string
	sellerAt    string // country of the seller's address, as written
	buyerAt     string
	start, end  ID   // of the document's period
	swedishVAT  bool // seller in SE with a VAT number that begins with SE
}

// use is where a tax category stands.
type use uint8

const (
	elsewhere use = iota
	onLine
	onAllowance
	onCharge
	onSubtotal
)

// category is one TaxCategory or ClassifiedTaxCategory.
type category struct {
	n      ID
	code   string
	vat    bool // its scheme is VAT
	use    use
	header bool // of the document, not of a line
}

func (f *facts) gather(t *Tree) {
	f.currency = t.raw(t.child(Root, cbcDocumentCurrencyCode))
	f.start, f.end = t.at(Root, cacInvoicePeriod, cbcStartDate), t.at(Root, cacInvoicePeriod, cbcEndDate)
	f.parties(t)
	f.profile = profileOf(t.norm(t.child(Root, cbcProfileID)))
	f.categories = make([]category, 0, 16)
	for n := range t.all(cacClassifiedTaxCategory) {
		c := category{n: n, code: t.norm(t.child(n, cbcID)), vat: t.isVAT(n)}
		if t.name(t.parent(n)) == cacItem && t.isLine(t.parent(t.parent(n))) {
			c.use = onLine
		}
		f.categories = append(f.categories, c)
	}
	for n := range t.all(cacTaxCategory) {
		c := category{n: n, code: t.norm(t.child(n, cbcID)), vat: t.isVAT(n)}
		p := t.parent(n)
		switch t.name(p) {
		case cacAllowanceCharge:
			c.header = t.parent(p) == Root
			switch {
			case t.isAllowance(p):
				c.use = onAllowance
			case t.isCharge(p):
				c.use = onCharge
			}
		case cacTaxSubtotal:
			c.header = t.parent(t.parent(p)) == Root
			if c.header && t.name(t.parent(p)) == cacTaxTotal {
				c.use = onSubtotal
			}
		}
		f.categories = append(f.categories, c)
	}
}

func (f *facts) parties(t *Tree) {
	var sellerNo, agentNo, buyerNo ID
	for s := range t.all(cacAccountingSupplierParty) {
		for p := range t.children(s, cacParty) {
			f.sellerTax = f.sellerTax || t.at(p, cacPartyTaxScheme, cbcCompanyID) != None
			f.sellerVAT = f.sellerVAT || t.vatNumber(p) != None
			sellerNo = cmp.Or(sellerNo, t.plainVAT(p))
		}
	}
	for p := range t.all(cacTaxRepresentativeParty) {
		f.agentVAT = f.agentVAT || t.vatNumber(p) != None
		agentNo = cmp.Or(agentNo, t.plainVAT(p))
	}
	for c := range t.all(cacAccountingCustomerParty) {
		for p := range t.children(c, cacParty) {
			f.buyerVAT = f.buyerVAT || t.vatNumber(p) != None
			f.buyerLegal = f.buyerLegal || t.at(p, cacPartyLegalEntity, cbcCompanyID) != None
			buyerNo = cmp.Or(buyerNo, t.plainVAT(p))
		}
	}
	f.sellerAt = t.raw(t.at(Root, cacAccountingSupplierParty, cacParty, cacPostalAddress, cacCountry, cbcIdentificationCode))
	f.buyerAt = t.raw(t.at(Root, cacAccountingCustomerParty, cacParty, cacPostalAddress, cacCountry, cbcIdentificationCode))
	f.sellerAlone = t.countryOf(sellerNo, None, f.sellerAt)
	f.seller = t.countryOf(sellerNo, agentNo, f.sellerAt)
	f.buyer = t.countryOf(buyerNo, None, f.buyerAt)
	f.swedishVAT = f.sellerAt == "SE" && strings.HasPrefix(t.raw(sellerNo), "SE")
}

// vatNumber is the party's number under a scheme that is VAT in any case.
func (t *Tree) vatNumber(party ID) ID {
	for s := range t.children(party, cacPartyTaxScheme) {
		if n := t.child(s, cbcCompanyID); n != None && t.isVAT(s) {
			return n
		}
	}
	return None
}

// plainVAT is the party's number under a scheme written exactly VAT, as Peppol
// compares.
func (t *Tree) plainVAT(party ID) ID {
	for s := range t.children(party, cacPartyTaxScheme) {
		if n := t.child(s, cbcCompanyID); n != None && t.raw(t.at(s, cacTaxScheme, cbcID)) == "VAT" {
			return n
		}
	}
	return None
}

// countryOf is Peppol's way to a party's country.
func (t *Tree) countryOf(number, agent ID, address string) string {
	for _, n := range [...]ID{number, agent} {
		if s := t.raw(n); len(s) >= 2 {
			return upper(normalize(s[:2]))
		}
	}
	if address != "" {
		return upper(normalize(address))
	}
	return "XX"
}

// billingProfile is looked for anywhere in the profile, as the official rule does.
var billingProfile = regexp.MustCompile(`urn:fdc:peppol.eu:2017:poacc:billing:[0-9]{2}:1.0`)

// profileOf gives NN of "urn:fdc:peppol.eu:2017:poacc:billing:NN:1.0"; "" if that
// is not in s.
func profileOf(s string) string {
	if s == "" || !billingProfile.MatchString(s) {
		return ""
	}
	return strings.Split(s, ":")[6]
}

// isDigits says whether s is one or more of 0 to 9.
func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
