package en16931

import "strings"

// family is how one VAT category may be used. The standard says the same ten
// things of each category; here they are said once, and the table tells the
// categories apart.
type family struct {
	id, code string
	rate     rateRule
	seller   partyRule
	buyer    partyRule
	// perRate: the base is summed for each rate and may differ by less than one
	// unit of currency, and so may the tax. Otherwise the base is exact and the
	// tax nought.
	perRate bool
	// used: for S a subtotal needs a line or an allowance with its rate.
	used bool
	// explained: an exemption reason is required; otherwise it is forbidden.
	explained bool
	// many: several subtotals are allowed, one a rate; otherwise exactly one.
	many bool
	// lax: the scheme of a category is not looked at when its use is sought;
	// laxRow: nor that of a row in the breakdown when it is used.
	lax, laxRow bool
}

type rateRule uint8

const (
	rateZero rateRule = iota
	ratePositive
	rateNotNegative
	rateAbsent
)

// partyRule is which number of a party a category asks for.
type partyRule uint8

const (
	numberFree   partyRule = iota
	numberAny              // VAT number or tax registration, or the representative's VAT number
	numberVAT              // VAT number, or the representative's
	numberLegal            // VAT number or legal registration
	numberAbsent           // no VAT number at all
)

// families. source: EN 16931-1 tables 6-15
var families = []family{
	{id: "BR-S", code: "S", rate: ratePositive, seller: numberAny, perRate: true, used: true, many: true, lax: true},
	{id: "BR-Z", code: "Z", rate: rateZero, seller: numberAny},
	{id: "BR-E", code: "E", rate: rateZero, seller: numberAny, explained: true},
	{id: "BR-AE", code: "AE", rate: rateZero, seller: numberAny, buyer: numberLegal, explained: true},
	{id: "BR-IC", code: "K", rate: rateZero, seller: numberVAT, buyer: numberVAT, explained: true},
	{id: "BR-G", code: "G", rate: rateZero, seller: numberVAT, explained: true},
	{id: "BR-O", code: "O", rate: rateAbsent, seller: numberAbsent, buyer: numberAbsent, explained: true},
	{id: "BR-AF", code: "L", rate: rateNotNegative, seller: numberAny, perRate: true, many: true, laxRow: true},
	{id: "BR-AG", code: "M", rate: rateNotNegative, seller: numberAny, perRate: true, many: true},
}

// familyRules makes the groups of every family.
func familyRules() []group {
	var groups []group
	for k := range families {
		f := &families[k]
		rate := f.rateKept()
		groups = append(
			groups,
			group{root, []entry{
				{id: f.id + "-01", ok: f.brokenDown},
				{id: f.id + "-02", ok: f.numbersFor(onLine)},
				{id: f.id + "-03", ok: f.numbersFor(onAllowance)},
				{id: f.id + "-04", ok: f.numbersFor(onCharge)},
			}},
			group{f.at(onLine), []entry{{id: f.id + "-05", ok: rate, seen: value(cbcPercent)}}},
			group{f.at(onAllowance), []entry{{id: f.id + "-06", ok: rate, seen: value(cbcPercent)}}},
			group{f.at(onCharge), []entry{{id: f.id + "-07", ok: rate, seen: value(cbcPercent)}}},
			group{f.at(onSubtotal).first(few), []entry{
				{id: f.id + "-08", ok: f.baseKept, seen: f.baseSeen},
				{id: f.id + "-09", ok: f.taxKept, seen: f.taxKeptSeen},
				{id: f.id + "-10", ok: f.reasonKept},
			}},
		)
	}
	return append(groups, lonelyRules...)
}

// lonelyRules are those that only one category has.
var lonelyRules = []group{
	{root, []entry{
		{id: "BR-IC-11", ok: deliveryOrPeriod},
		{id: "BR-IC-12", ok: deliveryCountry},
		{id: "BR-O-11", ok: aloneAt(onSubtotal)},
		{id: "BR-O-12", ok: aloneAt(onLine)},
		{id: "BR-O-13", ok: aloneAt(onAllowance)},
		{id: "BR-O-14", ok: aloneAt(onCharge)},
		{id: "BR-B-01", ok: splitPaymentItalian},
		{id: "BR-B-02", ok: splitPaymentAlone},
	}},
}

// at is every category of the family in that use.
func (f *family) at(u use) context {
	return func(j *judge, visit func(ID)) {
		for k := range j.facts.categories {
			if c := &j.facts.categories[k]; c.use == u && c.vat && c.code == f.code {
				visit(c.n)
			}
		}
	}
}

// brokenDown: what is used has its row in the breakdown, and nothing else has.
func (f *family) brokenDown(j *judge, _ ID) bool {
	used, rows, laxRows := false, 0, 0
	for k := range j.facts.categories {
		c := &j.facts.categories[k]
		if c.code == f.code && c.use == onSubtotal {
			laxRows++
		}
		if c.code != f.code || !c.vat && !f.lax {
			continue
		}
		if c.use == onSubtotal {
			rows += j.t.countText(c.n, f.code, cbcID)
		}
		used = used || !f.many || j.t.name(c.n) == cacClassifiedTaxCategory || j.t.name(j.t.parent(c.n)) == cacAllowanceCharge
	}
	switch {
	case f.many && used:
		return rows > 0 || f.laxRow && laxRows > 0
	case f.many:
		return rows == 0
	}
	return !used || rows == 1
}

// countText is how many children of a name have that text.
func (t *Tree) countText(n ID, text string, name Name) int {
	sum := 0
	for c := range t.children(n, name) {
		if t.norm(c) == text {
			sum++
		}
	}
	return sum
}

// numbersFor: the parties have the numbers that a category used there asks for.
func (f *family) numbersFor(u use) test {
	return func(j *judge, _ ID) bool {
		for k := range j.facts.categories {
			c := &j.facts.categories[k]
			if c.code != f.code || !c.vat && !(f.lax && u == onLine) || !f.counts(j, c, u) {
				continue
			}
			return f.seller.kept(j, true) && f.buyer.kept(j, false) && (c.vat || f.anyVAT(j))
		}
		return true
	}
}

// counts says whether a category is used where the rule looks. A classified
// category counts wherever it stands; one of O only in the header if it is an
// allowance or charge.
func (f *family) counts(j *judge, c *category, u use) bool {
	if u == onLine {
		return j.t.name(c.n) == cacClassifiedTaxCategory
	}
	return c.use == u && (f.rate != rateAbsent || c.header)
}

// anyVAT: some classified category of the family is under VAT. source: BR-S-02
func (f *family) anyVAT(j *judge) bool {
	for k := range j.facts.categories {
		c := &j.facts.categories[k]
		if c.code == f.code && c.vat && j.t.name(c.n) == cacClassifiedTaxCategory {
			return true
		}
	}
	return false
}

func (p partyRule) kept(j *judge, seller bool) bool {
	f := &j.facts
	switch p {
	case numberAny:
		return f.sellerTax || f.agentVAT
	case numberVAT:
		if seller {
			return f.sellerVAT || f.agentVAT
		}
		return f.buyerVAT
	case numberLegal:
		return f.buyerVAT || f.buyerLegal
	case numberAbsent:
		if seller {
			return !f.sellerVAT && !f.agentVAT
		}
		return !f.buyerVAT
	}
	return true
}

func (f *family) rateKept() test {
	return func(j *judge, n ID) bool {
		rate := j.t.child(n, cbcPercent)
		switch f.rate {
		case rateAbsent:
			return rate == None
		case ratePositive:
			return zero.lt(j.t.num(rate))
		case rateNotNegative:
			return zero.le(j.t.num(rate))
		}
		return j.t.num(rate).eq(zero)
	}
}

// baseKept: the base of a row is what the lines, charges and allowances of its
// category, and rate where the family has several, add up to.
func (f *family) baseKept(j *judge, n ID) bool {
	stated := j.t.num(j.t.child(j.t.parent(n), cbcTaxableAmount))
	lines := j.t.heads[cacInvoiceLine] != None || j.t.heads[cacCreditNoteLine] != None
	if !f.perRate {
		return lines && stated.eq(f.base(j, nil).sum())
	}
	rates := 0
	for r := range j.t.children(n, cbcPercent) {
		if rates++; rates > few {
			break
		}
		rate := j.t.num(r)
		b := f.base(j, &rate)
		kept := lines && stated.within(b.sum())
		if f.used {
			// The rule book tries S with the lines of an invoice and with those of
			// a credit note, and either will do: where an allowance or charge has
			// the rate, a row may leave all lines out.
			kept = (b.lined || b.charged) && stated.within(b.sum()) || b.charged && stated.within(b.extra)
		}
		if !kept {
			return false
		}
	}
	return true
}

// basis is what a category adds up to.
type basis struct {
	lines, extra   num  // the lines; the charges less the allowances
	lined, charged bool // a line has it; an allowance or charge anywhere has it
}

func (b basis) sum() num { return b.lines.add(b.extra) }

// within says whether b is less than one unit of currency from a.
func (a num) within(b num) bool { return a.sub(one).lt(b) && b.lt(a.add(one)) }

// base adds up a category, of one rate if given.
func (f *family) base(j *judge, rate *num) basis {
	t, b := j.t, basis{lines: zero, extra: zero}
	line := cacInvoiceLine
	if t.heads[cacInvoiceLine] == None {
		line = cacCreditNoteLine
	}
	for n := range t.children(Root, line) {
		if f.lineIs(t, n, rate) {
			b.lined = true
			b.lines = t.sumAt(b.lines, n, cbcLineExtensionAmount)
		}
	}
	for a := range t.all(cacAllowanceCharge) {
		if !f.categoryIs(t, a, cacTaxCategory, rate) {
			continue
		}
		b.charged = true
		if t.parent(a) != Root {
			continue
		}
		switch amount := t.sumAt(zero, a, cbcAmount); {
		case t.isCharge(a):
			b.extra = b.extra.add(amount)
		case t.isAllowance(a):
			b.extra = b.extra.sub(amount)
		}
	}
	return b
}

func (f *family) lineIs(t *Tree, line ID, rate *num) bool {
	for item := range t.children(line, cacItem) {
		if f.categoryIs(t, item, cacClassifiedTaxCategory, rate) {
			return true
		}
	}
	return false
}

func (f *family) categoryIs(t *Tree, n ID, name Name, rate *num) bool {
	code, same := false, rate == nil
	for c := range t.children(n, name) {
		code = code || t.norm(t.child(c, cbcID)) == f.code
		same = same || t.num(t.child(c, cbcPercent)).eq(*rate)
	}
	return code && same
}

func (f *family) baseSeen(j *judge, n ID) string {
	var rate *num
	if f.perRate {
		r := j.t.num(j.t.child(n, cbcPercent))
		rate = &r
	}
	sum := f.base(j, rate).sum()
	return "Raderna, avgifterna och rabatterna ger " + sum.swedish() + ", men underlaget anges till " +
		j.t.num(j.t.child(j.t.parent(n), cbcTaxableAmount)).swedish() + "."
}

func (f *family) taxKept(j *judge, n ID) bool {
	row := j.t.parent(n)
	tax := j.t.num(j.t.child(row, cbcTaxAmount))
	if !f.perRate {
		return tax.eq(zero)
	}
	return taxNear(tax, j.t.num(j.t.child(row, cbcTaxableAmount)), j.t.num(j.t.child(n, cbcPercent)))
}

func (f *family) taxKeptSeen(j *judge, n ID) string {
	row := j.t.parent(n)
	tax := j.t.num(j.t.child(row, cbcTaxAmount))
	if !f.perRate {
		return "Momsen anges till " + tax.swedish() + "."
	}
	return taxSeen(j.t.num(j.t.child(row, cbcTaxableAmount)), j.t.num(j.t.child(n, cbcPercent)), tax)
}

func (f *family) reasonKept(j *judge, n ID) bool {
	said := j.t.child(n, cbcTaxExemptionReason) != None || j.t.child(n, cbcTaxExemptionReasonCode) != None
	return said == f.explained
}

// rowOf says whether the breakdown has a row of that category.
func rowOf(j *judge, code string) bool {
	for k := range j.facts.categories {
		if c := &j.facts.categories[k]; c.use == onSubtotal && c.vat && c.code == code {
			return true
		}
	}
	return false
}

// intraCommunity is the category of goods and services to another EU country.
const (
	intraCommunity = "K"
	outsideScope   = "O"
	splitPayment   = "B"
)

func deliveryOrPeriod(j *judge, _ ID) bool {
	return !rowOf(j, intraCommunity) ||
		len(j.t.raw(j.t.at(Root, cacDelivery, cbcActualDeliveryDate))) > 1 ||
		j.t.nodes[j.t.child(Root, cacInvoicePeriod)].first != None
}

func deliveryCountry(j *judge, _ ID) bool {
	return !rowOf(j, intraCommunity) ||
		len(j.t.raw(j.t.at(Root, cacDelivery, cacDeliveryLocation, cacAddress, cacCountry, cbcIdentificationCode))) > 1
}

// aloneAt: a document outside the scope of VAT has no other category there.
func aloneAt(u use) test {
	return func(j *judge, _ ID) bool {
		if !rowOf(j, outsideScope) {
			return true
		}
		for k := range j.facts.categories {
			c := &j.facts.categories[k]
			there := c.use == u || u == onLine && j.t.name(c.n) == cacClassifiedTaxCategory
			if there && c.vat && c.code != outsideScope {
				return false
			}
		}
		return true
	}
}

func splitPaymentItalian(j *judge, _ ID) bool {
	used := false
	for k := range j.facts.categories {
		used = used || j.t.raw(j.t.child(j.facts.categories[k].n, cbcID)) == splitPayment
	}
	if !used {
		return true
	}
	for n := range j.t.all(cbcIdentificationCode) {
		if j.t.raw(n) != "IT" {
			return false
		}
	}
	return true
}

func splitPaymentAlone(j *judge, _ ID) bool {
	split, standard := false, false
	for k := range j.facts.categories {
		c := &j.facts.categories[k]
		classified := j.t.name(c.n) == cacClassifiedTaxCategory
		code := j.t.raw(j.t.child(c.n, cbcID))
		allowed := classified || c.header && c.use != onSubtotal
		split = split || code == splitPayment && (allowed || c.use == onSubtotal)
		standard = standard || code == "S" && allowed
	}
	return !split || !standard
}

// rateWords writes a rate without needless decimals: "25", "12,5".
func rateWords(rate num) string {
	if !rate.ok {
		return "?"
	}
	return strings.Replace(rate.d.Trim(0).String(), ".", ",", 1)
}
