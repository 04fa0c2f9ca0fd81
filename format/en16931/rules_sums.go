package en16931

// sumRules are the arithmetic of the document (BR-CO) and the decimals of its
// totals (BR-DEC). A total that cannot be read breaks the rule that needs it.
// source: EN 16931-1 section 6.4.4; CEN/TC 434 validation artefacts 1.3.16, UBL
var sumRules = []group{
	{root, []entry{{id: "BR-CO-15", ok: totalWithTax, seen: totalWithTaxSeen}}},
	{rootOf(nameInvoice).then(cacLegalMonetaryTotal, cbcPayableAmount), []entry{
		{id: "BR-CO-25", ok: payableHasDue},
	}},
	{on(cacLegalMonetaryTotal).first(few), []entry{
		{id: "BR-12", ok: has(cbcLineExtensionAmount)},
		{id: "BR-13", ok: has(cbcTaxExclusiveAmount)},
		{id: "BR-14", ok: has(cbcTaxInclusiveAmount)},
		{id: "BR-15", ok: has(cbcPayableAmount)},
		{id: "BR-CO-10", ok: linesSum, seen: linesSumSeen},
		{
			id: "BR-CO-11", seen: sumOfSeen(cbcAllowanceTotalAmount, isAllowance),
			ok: sumOf(cbcAllowanceTotalAmount, isAllowance),
		},
		{
			id: "BR-CO-12", seen: sumOfSeen(cbcChargeTotalAmount, isCharge),
			ok: sumOf(cbcChargeTotalAmount, isCharge),
		},
		{id: "BR-CO-13", ok: totalWithoutTax, seen: totalWithoutTaxSeen},
		{id: "BR-CO-16", ok: payable, seen: payableSeen},
		{id: "BR-DEC-09", ok: twoDecimals(cbcLineExtensionAmount), seen: value(cbcLineExtensionAmount)},
		{id: "BR-DEC-10", ok: twoDecimals(cbcAllowanceTotalAmount), seen: value(cbcAllowanceTotalAmount)},
		{id: "BR-DEC-11", ok: twoDecimals(cbcChargeTotalAmount), seen: value(cbcChargeTotalAmount)},
		{id: "BR-DEC-12", ok: twoDecimals(cbcTaxExclusiveAmount), seen: value(cbcTaxExclusiveAmount)},
		{id: "BR-DEC-14", ok: twoDecimals(cbcTaxInclusiveAmount), seen: value(cbcTaxInclusiveAmount)},
		{id: "BR-DEC-16", ok: twoDecimals(cbcPrepaidAmount), seen: value(cbcPrepaidAmount)},
		{id: "BR-DEC-17", ok: twoDecimals(cbcPayableRoundingAmount), seen: value(cbcPayableRoundingAmount)},
		{id: "BR-DEC-18", ok: twoDecimals(cbcPayableAmount), seen: value(cbcPayableAmount)},
	}},
	{top(cacTaxTotal), []entry{{id: "BR-CO-14", ok: taxSum, seen: taxSumSeen}}},
	{inside(cacTaxSubtotal, cacTaxTotal), []entry{
		{id: "BR-45", ok: has(cbcTaxableAmount)},
		{id: "BR-46", ok: has(cbcTaxAmount)},
		{id: "BR-47", ok: hasVATCategory},
		{id: "BR-48", ok: subtotalHasRate},
		{id: "BR-CO-17", ok: subtotalTax, seen: subtotalTaxSeen},
		{id: "BR-DEC-19", ok: twoDecimals(cbcTaxableAmount), seen: value(cbcTaxableAmount)},
		{id: "BR-DEC-20", ok: twoDecimals(cbcTaxAmount), seen: value(cbcTaxAmount)},
	}},
}

// sumAt adds up what a path leads to from each element; what is absent or no
// number adds nothing.
func (t *Tree) sumAt(sum num, n ID, name Name) num {
	for c := range t.children(n, name) {
		sum = sum.add(t.num(c).or(zero))
	}
	return sum
}

func (t *Tree) linesTotal() num {
	sum := zero
	for _, name := range [...]Name{cacInvoiceLine, cacCreditNoteLine} {
		for n := range t.all(name) {
			sum = t.sumAt(sum, n, cbcLineExtensionAmount)
		}
	}
	return sum.round2()
}

func linesSum(j *judge, n ID) bool {
	return j.t.num(j.t.child(n, cbcLineExtensionAmount)).eq(j.t.linesTotal())
}

func linesSumSeen(j *judge, n ID) string {
	return "Raderna ger " + j.t.linesTotal().swedish() + ", men fakturan anger " +
		j.t.num(j.t.child(n, cbcLineExtensionAmount)).swedish() + "."
}

// headerSum adds up the document's allowances or charges beside n.
func headerSum(j *judge, n ID, keep test) (sum num, found bool) {
	sum = zero
	for a := range j.t.children(j.t.parent(n), cacAllowanceCharge) {
		if keep(j, a) {
			found = true
			sum = j.t.sumAt(sum, a, cbcAmount)
		}
	}
	return sum.round2(), found
}

func sumOf(total Name, keep test) test {
	return func(j *judge, n ID) bool {
		stated := j.t.child(n, total)
		sum, found := headerSum(j, n, keep)
		return j.t.num(stated).eq(sum) || stated == None && !found
	}
}

func sumOfSeen(total Name, keep test) func(*judge, ID) string {
	return func(j *judge, n ID) string {
		sum, _ := headerSum(j, n, keep)
		return "Delarna ger " + sum.swedish() + ", men fakturan anger " + j.t.num(j.t.child(n, total)).swedish() + "."
	}
}

func expectedWithoutTax(j *judge, n ID) num {
	sum := j.t.num(j.t.child(n, cbcLineExtensionAmount))
	up, down := j.t.child(n, cbcChargeTotalAmount), j.t.child(n, cbcAllowanceTotalAmount)
	if up == None && down == None {
		return sum
	}
	if up != None {
		sum = sum.add(j.t.num(up))
	}
	if down != None {
		sum = sum.sub(j.t.num(down))
	}
	return sum.round2()
}

func totalWithoutTax(j *judge, n ID) bool {
	return j.t.num(j.t.child(n, cbcTaxExclusiveAmount)).eq(expectedWithoutTax(j, n))
}

func totalWithoutTaxSeen(j *judge, n ID) string {
	return "Beloppet ska vara " + expectedWithoutTax(j, n).swedish() + ", men fakturan anger " +
		j.t.num(j.t.child(n, cbcTaxExclusiveAmount)).swedish() + "."
}

func totalWithTax(j *judge, n ID) bool {
	if j.t.child(n, cbcDocumentCurrencyCode) == None {
		return true
	}
	expected, count := expectedWithTax(j, n)
	total := j.t.child(n, cacLegalMonetaryTotal)
	return count == 1 && j.t.num(j.t.child(total, cbcTaxInclusiveAmount)).eq(expected)
}

func expectedWithTax(j *judge, n ID) (num, int) {
	var tax num
	count := 0
	for total := range j.t.children(n, cacTaxTotal) {
		for a := range j.t.children(total, cbcTaxAmount) {
			if cur, there := j.t.attr(a, "currencyID"); there && cur == j.facts.currency {
				count++
				tax = j.t.num(a)
			}
		}
	}
	total := j.t.child(n, cacLegalMonetaryTotal)
	return j.t.num(j.t.child(total, cbcTaxExclusiveAmount)).add(tax).round2(), count
}

func totalWithTaxSeen(j *judge, n ID) string {
	expected, count := expectedWithTax(j, n)
	if count != 1 {
		return "Momsens total i fakturans valuta ska anges en gång och finns " + countWords(count) + "."
	}
	total := j.t.child(n, cacLegalMonetaryTotal)
	return "Beloppet ska vara " + expected.swedish() + ", men fakturan anger " +
		j.t.num(j.t.child(total, cbcTaxInclusiveAmount)).swedish() + "."
}

func countWords(n int) string {
	if n == 0 {
		return "inte alls"
	}
	return "flera gånger"
}

// payableHasDue: money to pay needs a day or terms. Dates and terms anywhere in
// the file count.
func payableHasDue(j *judge, n ID) bool {
	amount := j.t.num(n)
	if amount.le(zero) {
		return true
	}
	if !amount.ok {
		return false
	}
	if j.t.heads[cbcDueDate] != None {
		return true
	}
	for terms := range j.t.all(cacPaymentTerms) {
		if j.t.child(terms, cbcNote) != None {
			return true
		}
	}
	return false
}

// payable compares as the rule does: with rounding on both sides only where
// there is something to move over.
func payable(j *judge, n ID) bool {
	due, sum := payableSides(j, n)
	return due.eq(sum)
}

func payableSides(j *judge, n ID) (due, sum num) {
	due, sum = j.t.num(j.t.child(n, cbcPayableAmount)), j.t.num(j.t.child(n, cbcTaxInclusiveAmount))
	if rounding := j.t.child(n, cbcPayableRoundingAmount); rounding != None {
		due = due.sub(j.t.num(rounding)).round2()
	}
	if prepaid := j.t.child(n, cbcPrepaidAmount); prepaid != None {
		sum = sum.sub(j.t.num(prepaid)).round2()
	}
	return due, sum
}

func payableSeen(j *judge, n ID) string {
	_, sum := payableSides(j, n)
	if rounding := j.t.child(n, cbcPayableRoundingAmount); rounding != None {
		sum = sum.add(j.t.num(rounding))
	}
	return "Beloppet ska vara " + sum.swedish() + ", men fakturan anger " +
		j.t.num(j.t.child(n, cbcPayableAmount)).swedish() + "."
}

func subtotalsTax(j *judge, n ID) num {
	sum := zero
	for s := range j.t.children(n, cacTaxSubtotal) {
		sum = j.t.sumAt(sum, s, cbcTaxAmount)
	}
	return sum.round2()
}

func taxSum(j *judge, n ID) bool {
	return j.t.child(n, cacTaxSubtotal) == None || j.t.num(j.t.child(n, cbcTaxAmount)).eq(subtotalsTax(j, n))
}

func taxSumSeen(j *judge, n ID) string {
	return "Momsbeloppen ger " + subtotalsTax(j, n).swedish() + ", men momsens total är " +
		j.t.num(j.t.child(n, cbcTaxAmount)).swedish() + "."
}

func subtotalHasRate(j *judge, n ID) bool {
	for c := range j.t.children(n, cacTaxCategory) {
		if j.t.isVAT(c) && (j.t.child(c, cbcPercent) != None || j.t.norm(j.t.child(c, cbcID)) == "O") {
			return true
		}
	}
	return false
}

// subtotalTax: the tax of a rate is the base times the rate, to within one unit
// of currency; nought where the rate is.
func subtotalTax(j *judge, n ID) bool {
	tax := j.t.num(j.t.child(n, cbcTaxAmount))
	rate := j.t.child(j.t.vatCategory(n, cacTaxCategory), cbcPercent)
	if rate == None || j.t.num(rate).round().eq(zero) {
		return tax.round().eq(zero)
	}
	near := taxNear
	if j.isCII() {
		near = taxNearCII
	}
	return near(tax, j.t.num(j.t.child(n, cbcTaxableAmount)), j.t.num(rate))
}

// taxNear says whether tax is base × rate within less than one unit, signs
// aside. source: BR-CO-17, BR-S-09
func taxNear(tax, base, rate num) bool {
	expected := base.abs().mul(rate.div(hundred)).round2()
	return tax.abs().within(expected)
}

func subtotalTaxSeen(j *judge, n ID) string {
	rate := j.t.num(j.t.child(j.t.vatCategory(n, cacTaxCategory), cbcPercent)).or(zero)
	base, tax := j.t.num(j.t.child(n, cbcTaxableAmount)), j.t.num(j.t.child(n, cbcTaxAmount))
	return taxSeen(base, rate, tax)
}

func taxSeen(base, rate, tax num) string {
	return rateWords(rate) + " procent av " + base.swedish() + " är " + base.mul(rate.div(hundred)).round2().swedish() +
		", men fakturan anger " + tax.swedish() + "."
}
